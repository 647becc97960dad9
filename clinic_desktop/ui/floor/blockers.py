"""What stands between a patient and the next gate, in a word each, for the card."""

from collections.abc import Mapping

from clinic_desktop.ui.floor.checklist import CheckList
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

# A line of the lists -> its word on the card.
WORDS: Mapping[str, str] = {
    "Room free": QT_TR_NOOP("room"),
    "Consent seen": QT_TR_NOOP("consent"),
    "Food and drink": QT_TR_NOOP("food/drink"),
    "Nasal spray": QT_TR_NOOP("spray"),
    "Pregnancy": QT_TR_NOOP("pregnancy"),
    "Medicines today": QT_TR_NOOP("medicines"),
    "Oximeter here": QT_TR_NOOP("oximeter"),
    "Pressure": QT_TR_NOOP("pressure"),
    "Treated today": QT_TR_NOOP("not today"),
    "Oxygen": QT_TR_NOOP("oxygen"),
    "Pressure limits": QT_TR_NOOP("limits"),
    "Driver": QT_TR_NOOP("driver"),
    "The driver stays in the house": QT_TR_NOOP("driver stays"),
    "Cleared and checked": QT_TR_NOOP("clearance"),
    "Allergies": QT_TR_NOOP("allergies"),
    "Enrolled": QT_TR_NOOP("enrolment"),
    "Clinic certified": QT_TR_NOOP("certification"),
    "Order": QT_TR_NOOP("order"),
    "PHQ-9, item 9": QT_TR_NOOP("item 9"),
    "Scores": QT_TR_NOOP("scores"),
    "Long pause": QT_TR_NOOP("long pause"),
    "Review": QT_TR_NOOP("review"),
    "Prescriber on site": QT_TR_NOOP("prescriber"),
    "Clinician on site": QT_TR_NOOP("clinician"),
    "Staff in the house": QT_TR_NOOP("staff"),
    "Times that contradict": QT_TR_NOOP("times"),
    "Dosing ended": QT_TR_NOOP("dosing"),
    "Time": QT_TR_NOOP("time"),
    "Pressure before the dose": QT_TR_NOOP("pressure before"),
    "40-minute pressure": QT_TR_NOOP("40-minute"),
    "Danger corrected": QT_TR_NOOP("prescriber"),
    "Emergency pressure": QT_TR_NOOP("emergency"),
    "Last pressure": QT_TR_NOOP("pressure"),
    "Awake": QT_TR_NOOP("awake"),
    "Settled": QT_TR_NOOP("settled"),
    "Walks steadily": QT_TR_NOOP("walks"),
    "Discharge form": QT_TR_NOOP("form"),
    "Line out": QT_TR_NOOP("line"),
    "Sheet": QT_TR_NOOP("sheet"),
    "Driver here": QT_TR_NOOP("driver"),
}


def blockers_of(checks: CheckList) -> tuple[str, ...]:
    """The items that are not settled, in their order."""
    return tuple(_word(one.line) for one in checks.items if not one.done)


def _word(line: str) -> str:
    """An item that no line stands for is a rule's whole sentence: the list beside the cards says it."""
    return tr(WORDS[line]) if line in WORDS else tr("see the list")
