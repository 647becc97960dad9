"""How a patient kept their visits, in one line."""

from clinic_desktop.scheduling.attendance import Attendance
from clinic_desktop.ui.i18n import tr


def attendance_words(kept: Attendance) -> str:
    """ "Last 12 months: 2 late cancellations, 1 missed." Nothing where there is nothing to say."""
    parts = [
        tr("%n late cancellation(s)", "", kept.late_cancels) if kept.late_cancels else "",
        tr("%n missed", "", kept.missed) if kept.missed else "",
        tr("%n late arrival(s)", "", kept.late_arrivals) if kept.late_arrivals else "",
    ]
    said = ", ".join(part for part in parts if part)
    return tr("Last 12 months: {what}.").format(what=said) if said else ""
