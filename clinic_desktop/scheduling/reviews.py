"""The review that a course owes: after week 4 of Spravato [L2] [L4], after 3 and 6 infusions (clinic choice).

It is due by what was given, and done by a prescriber's visit or word. Nothing of it is kept but that word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.course_days import CourseDay
from clinic_desktop.scheduling.course_rules import (
    REVIEW_WORDS,
    SIX_INFUSIONS,
    THREE_INFUSIONS,
    WEEK_FOUR,
)
from clinic_desktop.scheduling.lapse import LAPSE_DAYS
from clinic_desktop.scheduling.model import PhaseKind, Setup, VisitType
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.security.rights import Right, require

_FOUR_WEEKS, _WEEK_FOUR_BEGINS = timedelta(days=28), timedelta(days=21)
_AFTER = {3: THREE_INFUSIONS, 6: SIX_INFUSIONS}


@dataclass(frozen=True, slots=True)
class Review:
    """A prescriber's word on how a course goes and whether it goes on, where no visit says so."""

    id: int = 0
    version: int = 0
    patient_id: int = 0
    modality: str = ""
    on: date = date.min
    at: datetime | None = None
    by: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A review is due: after what, and since when."""

    after: str
    since: date


@dataclass(frozen=True, slots=True)
class OpenReview:
    """The same with whom it is about."""

    patient_id: int
    patient: str
    modality: str  # its code
    due: Due


def review_due(given: Iterable[date], seen: Iterable[date], today: date, *, infusions: bool) -> Due | None:
    """The last review that the course owes on a day. ``given``: the days of its treatment; ``seen``: the days
    of a prescriber's visit or word. A pause of more than 28 days begins another course."""
    course = _course(sorted({one for one in given if one <= today}))
    if not course or (today - course[-1]).days > LAPSE_DAYS:
        return None
    owed = list(_after_infusions(course) if infusions else _after_week_four(course, today))
    if not owed:
        return None
    due, counts_from = owed[-1]
    return None if any(counts_from <= one <= today for one in seen) else due


def _course(days: Sequence[date]) -> list[date]:
    """The last days that follow each other."""
    out: list[date] = []
    for day in days:
        if out and (day - out[-1]).days > LAPSE_DAYS:
            out = []
        out.append(day)
    return out


def _after_infusions(course: Sequence[date]) -> Iterable[tuple[Due, date]]:
    for count, words in _AFTER.items():
        if len(course) >= count:
            yield Due(words, course[count - 1]), course[count - 1]


def _after_week_four(course: Sequence[date], today: date) -> Iterable[tuple[Due, date]]:
    """A prescriber's visit in week 4 is that review."""
    if course[0] + _FOUR_WEEKS <= today:
        yield Due(WEEK_FOUR, course[0] + _FOUR_WEEKS), course[0] + _WEEK_FOUR_BEGINS


def is_infusion(visit_type: VisitType) -> bool:
    return any(one.kind is PhaseKind.INFUSION for one in visit_type.phases)


def reviewed_treatment(setup: Setup, visit_type: VisitType) -> bool:
    """Whether the treatment of a type owes reviews: Spravato, and what is infused."""
    modality = setup.modality_of(visit_type)
    return modality is not None and (modality.rems or is_infusion(visit_type))


def due_of(
    setup: Setup, visits: Iterable[CourseDay], words: Iterable[Review], modality: str, today: date
) -> Due | None:
    """What one patient's course of a treatment owes."""
    types = {one.id: one for one in setup.types}
    return _due(
        setup, types, list(visits), [one.on for one in words if one.modality == modality], modality, today
    )


def _due(
    setup: Setup,
    types: Mapping[int, VisitType],
    visits: Sequence[CourseDay],
    said: Sequence[date],
    modality: str,
    today: date,
) -> Due | None:
    mine = [one for one in visits if one.given and types[one.type_id].modality == modality]
    if not mine or not reviewed_treatment(setup, types[mine[-1].type_id]):
        return None
    seen = [one.day for one in visits if not one.given and types[one.type_id].sees_prescriber]
    infusions = not setup.modality(modality).rems
    return review_due((one.day for one in mine), [*seen, *said], today, infusions=infusions)


def open_reviews(records: ScheduleRecords, today: date) -> list[OpenReview]:
    """Everybody's, the longest due first. Only courses that go on are looked at."""
    setup = records.setup()
    types = {one.id: one for one in setup.types}
    rows = records.course_days(today - timedelta(days=LAPSE_DAYS), today)
    found: list[tuple[int, str, Due]] = []
    for patient_id, group in groupby(rows, attrgetter("patient_id")):
        visits = list(group)
        for modality in sorted({types[one.type_id].modality for one in visits if one.given}):
            if (due := _due(setup, types, visits, (), modality, today)) is not None:
                found.append((patient_id, modality, due))
    return _without_words(records, found, rows, today)


def _without_words(
    records: ScheduleRecords, found: Sequence[tuple[int, str, Due]], rows: Sequence[CourseDay], today: date
) -> list[OpenReview]:
    """Those of which no prescriber has said a word: asked only where visits leave one open."""
    people = sorted({patient_id for patient_id, _, _ in found})
    if not people:
        return []
    setup = records.setup()
    words = records.find(Review, patient_id=people)
    names = {one.id: one.name for one in records.find(Patient, id=people) if one.death_date is None}
    out = []
    for patient_id, modality, due in found:
        said = [one for one in words if one.patient_id == patient_id]
        if said:
            mine = [one for one in rows if one.patient_id == patient_id]
            if due_of(setup, mine, said, modality, today) is None:
                continue
        if patient_id in names:
            out.append(OpenReview(patient_id, names[patient_id], modality, due))
    return sorted(out, key=lambda one: (one.due.since, one.patient, one.patient_id))


def record_review(store: ScheduleStore, actor: Actor, review: Review) -> Changes:
    """A prescriber says how the course goes on; it is the review, as a visit would be."""
    require(actor, Right.CLEAR)
    if not review.words.strip():
        raise BadInput({"words": Finding(REVIEW_WORDS)})
    with store.write(actor) as unit:
        unit.setup().modality(review.modality)
        today = local_day(unit.at, unit.setup().clinic.zone)
        by, words = actor.person_id, review.words.strip()
        unit.add(replace(review, id=0, version=0, on=today, at=unit.at, by=by, words=words))
        return unit.commit()
