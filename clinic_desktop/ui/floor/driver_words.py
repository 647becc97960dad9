"""The driver in a few words, before their name on a card: call now, comes 12:15 PM."""

from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.driver_rules import CALL_AGAIN, CALL_NOW, OVERDUE
from clinic_desktop.treatment.driving import driver_day, to_call
from clinic_desktop.ui.floor.reading import Stay
from clinic_desktop.ui.floor.words import at_clock
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_TO_DO = {
    CALL_NOW.code: QT_TR_NOOP("call now"),
    CALL_AGAIN.code: QT_TR_NOOP("call again"),
    OVERDUE.code: QT_TR_NOOP("late, call again"),
}


def on_the_way(stay: Stay, care: Care) -> str:
    """What is to be done about a driver who is not here, or when they come."""
    day = driver_day(care, stay.calls)
    told = next((one.code for one in to_call(care, day)), "")
    if told in _TO_DO:
        return tr(_TO_DO[told])
    coming = day.expected if day.here is None and care.whole.ended_at is None else None
    return tr("comes {time}").format(time=at_clock(coming, care.visit.zone)) if coming else ""
