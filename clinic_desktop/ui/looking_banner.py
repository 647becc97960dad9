"""What is said all the time while a clinic is open to look at only."""

from clinic_desktop.ui.banner import Banner
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone


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
