"""The course that a treatment belongs to, as the rules before a dose look at it."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.message import Message
from clinic_desktop.people.model import Order
from clinic_desktop.people.scores import Score, scores_of, standing_scores
from clinic_desktop.scheduling.course_days import CourseDay
from clinic_desktop.scheduling.lapse import Lapse, lapse_on
from clinic_desktop.scheduling.model import Setup, Visit, VisitType
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.reviews import Due, Review, due_of
from clinic_desktop.scheduling.states import VisitState


@dataclass(frozen=True, slots=True)
class Before:
    """``scores``: those of the visit that stand. ``lapse`` and ``review``: what speaks of a long pause, and
    what a prescriber owes the course. ``item_nine``: thoughts of self-harm that no prescriber
    has answered."""

    scores: Sequence[Score] = ()
    lapse: Lapse | None = None
    review: Due | None = None
    item_nine: Score | None = None

    def missing(self, visit_type: VisitType) -> frozenset[str]:
        """The questionnaires that the type asks for and nobody has typed in."""
        return visit_type.scores - {one.instrument for one in self.scores}


def course_before(
    records: ScheduleRecords, setup: Setup, visit: Visit, visits: Sequence[Visit], orders: Sequence[Order]
) -> Before:
    """``visits``: all of the patient's; ``orders``: those of the treatment."""
    visit_type = setup.type_by_id(visit.type_id)
    scores = standing_scores(records.find(Score, visit_id=visit.id)) if visit_type.scores else []
    rows = [_row(one) for one in visits if one.id != visit.id and one.day <= visit.day and _counts(one)]
    same = [
        one for one in rows if one.given and setup.type_by_id(one.type_id).modality == visit_type.modality
    ]
    lapse = lapse_on(visit.day, (one.day for one in same), visit_type, orders, setup)
    due = due_of(setup, rows, (), visit_type.modality, visit.day) if same else None
    if due is not None:  # a prescriber's word is looked for only where the visits leave it open
        said = records.find(Review, patient_id=visit.patient_id)
        due = due_of(setup, rows, said, visit_type.modality, visit.day)
    return Before(scores, lapse, due, item_nine_open(records, visit.patient_id))


def item_nine_open(records: ScheduleRecords, patient_id: int) -> Score | None:
    """The score whose urgent message to the prescribers waits, as it stands now: with that message a
    prescriber says what was done."""
    there = records.find(Message, patient_id=patient_id, answered_at=None)
    waiting = {one.taken_at for one in there if one.urgent and one.for_role is Role.PRESCRIBER}
    if not waiting:
        return None
    scores = scores_of(records, patient_id)
    found = [_as_it_stands(one, scores) for one in scores if one.told and one.at in waiting]
    return next((one for one in found if one.told and not one.struck), None)


def _as_it_stands(score: Score, scores: Sequence[Score]) -> Score:
    later = {one.corrects: one for one in scores}
    while score.id in later:
        score = later[score.id]
    return score


def _row(visit: Visit) -> CourseDay:
    return CourseDay(visit.patient_id, visit.type_id, visit.day, visit.release_from is not None)


def _counts(visit: Visit) -> bool:
    return visit.release_from is not None or visit.state is VisitState.LEFT
