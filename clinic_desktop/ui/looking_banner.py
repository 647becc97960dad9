"""What is said all the time while a clinic is open to look at only."""

from clinic_desktop.ui.banner import Banner
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame


def looking_words(*, backup: bool = False) -> str:
    """In one line, where one signs in."""
    if backup:
        return tr("This is a backup, open to look at only: nothing is saved in it.")
    return tr("The clinic is open to look at only: nothing is saved.")


def say_nothing_saved(frame: Frame) -> None:
    """Somebody wants to do what would be saved: at once, and not after all of it was typed."""
    text = tr(
        "Nothing that is done here is saved, so nothing is booked, moved or cancelled. Do it in the clinic "
        "itself; while its data cannot be written, on paper."
    )
    frame.notice(tr("Open to look at only"), text, Tone.WARN)


def looking_banner(*, backup: bool = False) -> Banner:
    """backup: it is one, which nobody works in."""
    if backup:
        text = tr("This is a backup. Nothing that is done here is saved: work in the clinic itself.")
        return Banner("only-looked-at", tr("Open to look at only: nothing is saved"), text, Tone.DANGER)
    return Banner(
        "only-looked-at",
        tr("Open to look at only: nothing is saved"),
        tr(
            "The clinic's data cannot be written. Nothing that is done here is saved: write it on paper. "
            "Once that is mended, close the program and open it again."
        ),
        Tone.DANGER,
    )
