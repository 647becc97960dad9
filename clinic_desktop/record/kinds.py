"""Which kinds of record are about a patient, and by which field. A test holds this to the tables."""

from typing import Any

from clinic_desktop.aftercare.preparing import Preparation
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.foundation.message import Message
from clinic_desktop.people.model import (
    Authorization,
    Clearance,
    DrugMovement,
    Merge,
    Order,
    Package,
    Patient,
    Screening,
)
from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.scheduling.crisis import CrisisCall
from clinic_desktop.scheduling.model import Course, Override, Visit
from clinic_desktop.scheduling.papers import Paper
from clinic_desktop.scheduling.pinboard import Pin
from clinic_desktop.scheduling.reviews import Review
from clinic_desktop.scheduling.waiting import WaitEntry
from clinic_desktop.treatment.alarm_records import AlarmAnswer
from clinic_desktop.treatment.asked import Asked
from clinic_desktop.treatment.day_after import AfterCall, AfterFlag
from clinic_desktop.treatment.model import Incident, RemsForm, Stamp
from clinic_desktop.treatment.printed import SheetPrint
from clinic_desktop.treatment.told import ToldWord

# The names under which the kinds stand in the file that a patient gets. They never change.
NAMES: dict[type[Any], str] = {
    Patient: "patient",
    Merge: "merge",
    Clearance: "clearance",
    Screening: "screening",
    Order: "drug_order",
    Course: "course",
    Visit: "visit",
    Authorization: "payer_authorization",
    Package: "package",
    DrugMovement: "drug_movement",
    Score: "score",
    Review: "review",
    WaitEntry: "wait_entry",
    Message: "message",
    CrisisCall: "crisis_call",
    Paper: "paper",
    Stamp: "stamp",
    Override: "rule_override",
    Pin: "pin",
    CallAttempt: "call_attempt",
    Incident: "incident",
    ToldWord: "told_word",
    Asked: "asked",
    AfterFlag: "after_flag",
    AfterCall: "after_call",
    Sheet: "sheet",
    Preparation: "preparation",
    SheetPrint: "sheet_print",
    RemsForm: "rems_form",
    AlarmAnswer: "alarm_answer",
}
_BELONGINGS = (
    *(Clearance, Screening, Order, Course, Visit, Authorization, Package, DrugMovement, Score, Review),
    *(WaitEntry, Message, CrisisCall, Paper),
)
_OF_VISITS = (
    *(Stamp, Override, Pin, CallAttempt, Incident, ToldWord, Asked, AfterFlag, AfterCall),
    *(Sheet, Preparation, SheetPrint, RemsForm, AlarmAnswer),
)
LINKS: tuple[tuple[type[Any], str, type[Any]], ...] = (
    (Merge, "kept_id", Patient),
    (Merge, "merged_id", Patient),
    *((kind, "patient_id", Patient) for kind in _BELONGINGS),
    *((kind, "visit_id", Visit) for kind in (DrugMovement, Score, WaitEntry, *_OF_VISITS)),
    (DrugMovement, "takes_back", DrugMovement),
    (Score, "corrects", Score),
    (CallAttempt, "wait_id", WaitEntry),
    (SheetPrint, "sheet_id", Sheet),
    (SheetPrint, "preparation_id", Preparation),
)
"""A record of the first kind is the patient's where this field of it names one of the last; in an order in
which what is named has been found before."""

INTERNAL = (
    "message", "rule_override", "pin", "incident", "told_word", "asked", "after_flag", "alarm_answer",
)  # fmt: skip
"""What the staff wrote for each other. It is about the patient all the same, and goes out with the rest."""

NOT_GIVEN = {"merge": frozenset({"kept_before"})}
"""How a merge is undone: a copy of the record, which the history has. After a wrong merge it holds somebody
else's facts."""
