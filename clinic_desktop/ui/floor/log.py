"""What was recorded of a stay, newest first; a correction stands in for what it corrects."""

from collections.abc import Callable

from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.session import when
from clinic_desktop.ui.floor.entries import BY_KIND
from clinic_desktop.ui.floor.reading import Stay
from clinic_desktop.ui.floor.said import detail_of
from clinic_desktop.ui.floor.words import at_clock
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.widgets.rows import Row


def log_of(stay: Stay) -> list[tuple[Row, Stamp]]:
    """A row for each entry that stands, with the entry."""
    name = _names(stay)
    return [(_row(stay, one, name), one) for one in reversed(stay.care.whole.stamps)]


def _names(stay: Stay) -> Callable[[int], str]:
    people = {one.id: one.initials or one.name for one in stay.care.setup.staff}
    return lambda number: people.get(number, "")


def _row(stay: Stay, stamp: Stamp, name: Callable[[int], str]) -> Row:
    entry = BY_KIND.get(stamp.kind)
    label = tr(entry.label) if entry else str(stamp.kind)
    text = ", ".join(part for part in (label, detail_of(stamp)) if part)
    time = at_clock(when(stamp), stay.visit.zone)
    right = ", ".join(part for part in (time, name(stamp.by)) if part)
    if stamp.corrects is not None:
        return Row(text, "", right, badge=tr("corrected"), tone=Tone.INFO)
    if stamp.deviations:
        return Row(text, "", right, badge=tr("deviation"), tone=Tone.DANGER)
    return Row(text, "", right)
