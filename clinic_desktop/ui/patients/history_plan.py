"""What changed in a patient's visits and courses, in words."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from clinic_desktop.scheduling.model import Course, OwnCourse, Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.patients.history_facts import History
from clinic_desktop.ui.patients.history_record import Words, field_changes
from clinic_desktop.ui.patients.own_words import own_words
from clinic_desktop.ui.patients.wording import TRANSPORT

_WAITS = {"driver": QT_TR_NOOP("driver"), "clearance": QT_TR_NOOP("clearance")}
_COURSES = {
    "running": QT_TR_NOOP("running"),
    "finished": QT_TR_NOOP("finished"),
    "stopped": QT_TR_NOOP("stopped"),
}


def visit_changes(history: History, before: Visit | None, after: Visit | None) -> Iterator[str]:
    """ "IV ketamine, Tue, Nov 17, 10:00 AM: Confirmed", or nothing where only the program's own
    reckoning changed."""
    if after is None:
        return
    if before is None:
        yield _made(history, after)
        return
    named = visit_named(history, before)
    if found := visit_differences(history, before, after):
        yield tr("{visit}: {what}").format(visit=named, what="; ".join(found))


def visit_differences(history: History, before: Visit, after: Visit) -> list[str]:
    """ "moved to Tue, Nov 17, 11:00 AM", "Room: Infusion 1 → Infusion 2"; nothing of the program's own
    reckoning."""
    return [said for look in _LOOKS for said in look(history, before, after)]


def visit_named(history: History, visit: Visit) -> str:
    pattern = tr("{type}, {time}")
    return pattern.format(type=history.type_name(visit.type_id), time=history.time_of(visit))


def _made(history: History, visit: Visit) -> str:
    where = f"{visit_named(history, visit)}, {history.room(visit.room_id)}"
    if visit.state is VisitState.HELD:
        return tr("Held {visit}; waits for {what}").format(visit=where, what=_waits(visit))
    return tr("Booked {visit}").format(visit=where)


def _waits(visit: Visit) -> str:
    return ", ".join(tr(_WAITS[one]) for one in sorted(visit.held_for & _WAITS.keys()))


def _type(history: History, before: Visit, after: Visit) -> Iterator[str]:
    if before.type_id != after.type_id:
        yield tr("now {type}").format(type=history.type_name(after.type_id))


def _time(history: History, before: Visit, after: Visit) -> Iterator[str]:
    if (before.day, before.minute, before.fold) != (after.day, after.minute, after.fold):
        yield tr("moved to {time}").format(time=history.time_of(after))


def _state(_history: History, before: Visit, after: Visit) -> Iterator[str]:
    if before.whereabouts is not after.whereabouts:
        late = after.state is VisitState.CANCELLED and after.end_late
        word = state_word(after.whereabouts)
        yield tr("{state}, late").format(state=word) if late else word
    elif before.state is VisitState.HELD and after.state is not VisitState.HELD:
        yield tr("no longer held")
    if after.held_for and before.held_for != after.held_for:
        yield tr("waits for {what}").format(what=_waits(after))
    if before.displaced != after.displaced:
        yield tr("lost its room") if after.displaced else tr("has a room again")


def _people(history: History, before: Visit, after: Visit) -> Iterator[str]:
    words: Words[Visit] = {
        "room_id": (QT_TR_NOOP("Room"), lambda one: history.room(one.room_id)),
        "nurse_id": (QT_TR_NOOP("Nurse"), lambda one: history.staff(one.nurse_id)),
        "prescriber_id": (QT_TR_NOOP("Prescriber"), lambda one: history.staff(one.prescriber_id)),
        "therapist_id": (QT_TR_NOOP("Therapist"), lambda one: history.staff(one.therapist_id)),
        "plan": (QT_TR_NOOP("Driver"), _way_home),
        "note": (QT_TR_NOOP("Note"), lambda one: one.note),
    }
    yield from field_changes(before, after, words)
    if before.phase_staff != after.phase_staff:
        yield tr("other people for some phases")
    if before.phase_minutes != after.phase_minutes:
        yield tr("other lengths of its phases")
    if before.course_id is None and after.course_id is not None:
        yield tr("now part of a course")


def _way_home(visit: Visit) -> str:
    plan = visit.plan
    if plan is None:
        return tr("nobody named")
    parts = (plan.name, plan.relationship, plan.phone, tr(TRANSPORT[plan.kind]))
    return ", ".join(part for part in parts if part)


def _confirmed(_history: History, before: Visit, after: Visit) -> Iterator[str]:
    if (before.plan_confirmed_at is None) != (after.plan_confirmed_at is None):
        yield tr("driver confirmed") if after.plan_confirmed_at else tr("driver to be confirmed again")


_LOOKS: tuple[Callable[[History, Visit, Visit], Iterator[str]], ...] = (
    _type, _time, _state, _people, _confirmed,
)  # fmt: skip


def course_changes(history: History, before: Course | None, after: Course | None) -> Iterator[str]:
    if after is None:
        return
    if before is None:
        yield tr("Course planned: {course}, %n visit(s)", "", after.planned).format(course=after.name)
        before = replace(after, to_place=0, own=OwnCourse())
    words: Words[Course] = {
        "name": (QT_TR_NOOP("Name"), lambda one: one.name),
        "planned": (QT_TR_NOOP("Visits planned"), lambda one: str(one.planned)),
        "to_place": (QT_TR_NOOP("Visits without a time"), lambda one: str(one.to_place)),
        "state": (QT_TR_NOOP("State"), lambda one: tr(_COURSES[one.state])),
        "note": (QT_TR_NOOP("Note"), lambda one: one.note),
        "own": (
            QT_TR_NOOP("For this patient only"),
            lambda one: ", ".join(own_words(history.setup, None, one.own)),
        ),
    }
    for said in field_changes(before, after, words):
        yield tr("{course}: {what}").format(course=after.name, what=said)
