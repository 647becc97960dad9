"""What the one line is answered: days, visits and courses as they could be booked, people, what is unknown.

A pure read, for a worker thread: whatever was typed meanwhile makes the answer stale, and it is dropped.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from clinic_desktop.foundation.clock import WallTime, local_day
from clinic_desktop.people.directory import Directory, Found
from clinic_desktop.people.search import Matched
from clinic_desktop.scheduling.looking import NotEarlier, why_not_at
from clinic_desktop.scheduling.looking_booking import Answers, Look, look_at, seek_for
from clinic_desktop.scheduling.looking_course import CoursePlanWish, PlannedCourse, plan_course
from clinic_desktop.scheduling.looking_patient import About, about, type_after
from clinic_desktop.scheduling.model import OwnCourse, Setup, Visit
from clinic_desktop.scheduling.open_visits import stands
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.states import ENDED, HERE, VisitState
from clinic_desktop.scheduling.typed_dates import When, typed_when
from clinic_desktop.scheduling.typed_line import Line, read_line
from clinic_desktop.scheduling.typed_vocabulary import Vocabulary
from clinic_desktop.scheduling.way_home import gaps

VISITS = 3  # people for whom a time is looked for
PEOPLE = 12
WITHIN = 60  # minutes around the time that was typed
_NEAR = range(1, WITHIN + 1)  # minutes that are not quite what was typed
PATIENCE = 8  # days in which such a time must come; only the one that was typed, where one was
_SURE = frozenset({Matched.NAME, Matched.PHONE, Matched.CHART_NUMBER, Matched.BIRTH_DATE})


@dataclass(frozen=True, slots=True)
class VisitMeant:
    """A visit as it could be booked; without a patient, a time that is free. not_then: what keeps it from
    the very time that was typed, where it is offered near that."""

    line: Line
    seen: Look
    not_then: NotEarlier | None = None


@dataclass(frozen=True, slots=True)
class CourseMeant:
    """A course as it could be booked."""

    line: Line
    planned: PlannedCourse


@dataclass(frozen=True, slots=True)
class PersonMeant:
    """today: their visit of today, where it was asked for: the one they are here for, else the next one."""

    found: Found
    today: Visit | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Words that mean nothing here; the others were answered without them."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """More than one person fits what could be booked: said before all, so that nobody is booked before
    somebody went to one of them. more: others fit besides those that are offered."""

    people: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """The line is a day, or something to book, and the clinic's records do not answer: said in its place, so
    that nothing else stands there. ``day``: it is a day."""

    day: bool


Answer = When | VisitMeant | CourseMeant | PersonMeant | Unknown | Several | Unread


@dataclass(frozen=True, slots=True)
class _Asked:
    """A reading of the line, and for whom."""

    line: Line
    patient_id: int


def answers(
    store: ScheduleStore,
    now: datetime,
    people: Directory,
    text: str,
    shown: date | None = None,
    *,
    todays_first: bool = False,
) -> list[Answer]:
    """The answers to a line, the likeliest first. A time alone is on the day that is ``shown``.
    ``todays_first``: of people whom the line fits equally, those with a visit today come first, with it.

    What is unknown is said before all; then the day, where the line is one; then what could be booked for
    whom; then people; then the day where only a second reading is one, and free times for nobody yet.
    """
    with store.read() as records:
        setup = records.setup()
        today = local_day(now, setup.clinic.zone)
        coming = _coming(records.visits_on(today, today)) if todays_first else {}
    lines = _number_first(read_line(text, today, Vocabulary.of(setup)), people)
    if not lines:
        return []
    asked = list(_for_whom(lines, people))
    unknown: tuple[str, ...] = tuple(one.text for one in lines[0].unknown)
    if not asked and lines[0].books and not any(map(_needs_nobody, lines)):
        lost, known = _without_unknown(lines[0], people)
        unknown += lost
        asked = list(_for_whom([known], people)) if lost else []
    booked = _booked(store, now, asked)
    several = _several(lines, people, asked)
    days = [when] if (when := _day_of(text, lines, today, shown)) else []
    day_first = bool(days) and (lines[0].only_when or not lines[0].who)
    persons = _persons(text, asked, people, coming)
    said = [Unknown(unknown)] if unknown else []
    free = _free(store, now, lines) if lines[0].either or not (asked or persons or days) else []
    meant = [*persons, *booked] if lines[0].who and not lines[0].books else [*booked, *persons]
    return [*said, *(days if day_first else ()), *several, *meant, *(() if day_first else days), *free]


def answers_unread(
    setup: Setup,
    now: datetime,
    people: Directory,
    text: str,
    shown: date | None = None,
    todays: Iterable[Visit] = (),
) -> list[Answer]:
    """The answers to a line while the clinic's records do not answer: people, in the order that
    :func:`answers` has them in by the visits ``todays`` that are known. A day or a booking that would stand
    first is said not to be read."""
    today = local_day(now, setup.clinic.zone)
    lines = _number_first(read_line(text, today, Vocabulary.of(setup)), people)
    if not lines:
        return []
    day = _day_of(text, lines, today, shown) is not None and (lines[0].only_when or not lines[0].who)
    asked = list(_for_whom(lines, people))
    persons = _persons(text, asked, people, _coming(one for one in todays if one.day == today))
    name_first = bool(lines[0].who and not lines[0].books and persons)
    free = not persons and _for_nobody(lines) is not None
    books = bool(asked or lines[0].books or free) and not name_first
    return [*([Unread(day)] if day or books else ()), *persons]


def _number_first(lines: tuple[Line, ...], people: Directory) -> tuple[Line, ...]:
    """A name with three or four digits is that person and that number, where somebody has both."""
    both = next((one for one in lines if one.either and one.names and people.find(one.who, 1)), None)
    return lines if both is None else (both, *(one for one in lines if one is not both))


def _coming(todays: Iterable[Visit]) -> dict[int, Visit]:
    """Who has one of these visits, or had; also whoever did not come to it, for they may be late."""
    visits = [one for one in todays if one.state is not VisitState.CANCELLED]
    by_turn = sorted(visits, key=lambda one: (one.state in HERE, one.state not in ENDED, -one.minute))
    return {one.patient_id: one for one in by_turn}


def _persons(
    text: str, asked: Sequence[_Asked], people: Directory, coming: Mapping[int, Visit]
) -> list[Answer]:
    """Whoever fits; first those for whom something could be booked, to be opened instead."""
    first = frozenset(coming)
    who = people.find(asked[0].line.who, 2 * VISITS, first) if asked else []
    found = {one.person.id: one for one in (*who, *people.find(text, PEOPLE, first))}
    return [PersonMeant(one, coming.get(one.person.id)) for one in list(found.values())[:PEOPLE]]


def _day_of(text: str, lines: Sequence[Line], today: date, shown: date | None) -> When | None:
    """The day, where all of the line is one."""
    when = typed_when(text, today, shown)
    if when is not None:
        return when
    line = next((one for one in lines if one.only_when), None)
    return When(line.day, line.minute, line.half) if line and line.day else None


def _for_whom(lines: Iterable[Line], people: Directory) -> Iterator[_Asked]:
    """The first readings that book something, with people who fit what is said of them."""
    seen: set[tuple[int, Line]] = set()
    for line in lines:
        if not line.books or not line.who or line.unknown:
            continue
        for one in _people(line, people):
            asked = _Asked(line, one.person.id)
            key = (asked.patient_id, replace(line, text="", parts=(), names=(), number="", birth=None))
            if key not in seen:
                seen.add(key)
                yield asked


def _needs_nobody(line: Line) -> bool:
    """Whether every word has a meaning without anybody's name."""
    return not line.who and not line.unknown


def _people(line: Line, people: Directory) -> list[Found]:
    """Who is meant. A word that could be something else must be how a name begins; others may be misspelt."""
    found = people.find(line.who, 2 * VISITS)
    alive = [one for one in found if one.person.death_date is None]
    return [one for one in alive if line.sure or one.matched in _SURE][:VISITS]


def _several(lines: Sequence[Line], people: Directory, asked: Sequence[_Asked]) -> list[Answer]:
    """Whether the first that could be booked is only one of those whose name fits. A misspelt name that
    nobody has fits all that are near it; beside one that somebody has it fits nobody."""
    if not asked or (lines[0].who and not lines[0].books):
        return []
    line = asked[0].line
    alive = [one for one in people.find(line.who, PEOPLE) if one.person.death_date is None]
    sure = [one for one in alive if one.matched in _SURE]
    fit = len(sure or alive)
    return [Several(min(fit, VISITS), more=fit > VISITS)] if fit > 1 else []


def _without_unknown(line: Line, people: Directory) -> tuple[tuple[str, ...], Line]:
    """The words of a name that nobody has, and the line without them."""
    lost = tuple(one.text for one in line.parts if one.kind == "name" and not people.find(one.text, 1))
    kept = tuple(one for one in line.parts if one.text not in lost and one not in line.unknown)
    names = tuple(one for one in line.names if one not in lost)
    return lost, replace(line, parts=kept, names=names)


def _booked(store: ScheduleStore, now: datetime, asked: Sequence[_Asked]) -> list[Answer]:
    """A few visits, and a course for each of them; where a course is only the second reading, the first."""
    visits = [one for one in asked if not one.line.course][:VISITS]
    courses = [one for one in asked if one.line.course]
    with store.read() as records:
        seen: list[Answer] = [_visit(records, now, one) for one in visits]
    if courses and asked[0] is courses[0]:
        mine = [one for one in courses if one.line == courses[0].line][:VISITS]
        return [*(CourseMeant(one.line, _course(store, now, one)) for one in mine), *seen]
    second = [CourseMeant(one.line, _course(store, now, one)) for one in courses[:1]]
    # A second reading that fits nowhere was not meant.
    return [*seen, *(one for one in second if one.planned.plan.placed)]


def _free(store: ScheduleStore, now: datetime, lines: Sequence[Line]) -> list[Answer]:
    """The first free time of a type, when nobody is named."""
    line = _for_nobody(lines)
    if line is None:
        return []
    with store.read() as records:
        return [_meant(records, now, line, None)]


def _for_nobody(lines: Sequence[Line]) -> Line | None:
    return next((one for one in lines if one.types and not one.who and not one.unknown), None)


def _visit(records: ScheduleRecords, now: datetime, asked: _Asked) -> VisitMeant:
    today = local_day(now, records.setup().clinic.zone)
    return _meant(records, now, asked.line, about(records, asked.patient_id, today))


def _meant(records: ScheduleRecords, now: datetime, line: Line, known: About | None) -> VisitMeant:
    seen = _look(records, now, line, known)
    if line.minute is None or seen.spot is None or abs(seen.spot.at.minute - line.minute) not in _NEAR:
        return VisitMeant(line, seen)
    typed = WallTime(seen.spot.at.day, line.minute)
    return VisitMeant(line, seen, why_not_at(records, seek_for(records, now, seen), typed))


def _look(records: ScheduleRecords, now: datetime, line: Line, known: About | None) -> Look:
    """The first free time near the one that was typed; where there is none soon, the nearest of the first
    day that has any."""
    setup = records.setup()
    wanted = Answers(
        patient_id=known.patient.id if known else None,
        type_code=_type(setup, line, known),
        since=line.day or local_day(now, setup.clinic.zone),
        half=line.half if line.minute is None else "",
        near=line.minute,
        count=1,
        within=WITHIN if line.minute is not None else None,
        days=None if line.minute is None else 1 if line.day is not None else PATIENCE,
        seek_room=line.room_id,
        nurse_id=line.nurse_id,
    )
    seen = look_at(records, now, wanted, known)
    if seen.spot is None and wanted.within is not None:
        return look_at(records, now, replace(wanted, within=None, days=None), known)
    return seen


def _type(setup: Setup, line: Line, known: About | None) -> str:
    """Of the types that are meant, the one that comes next for the patient; else the usual one."""
    if not line.types or known is None:
        return line.types[0] if line.types else ""
    if known.suggestion.type_code in line.types:
        return known.suggestion.type_code
    codes = {one.id: one.code for one in setup.types}
    had = [one for one in known.visits if stands(one) and codes[one.type_id] in line.types]
    after = type_after(setup, had[-1]) if had else ""
    return after if after in line.types else line.types[0]


def _course(store: ScheduleStore, now: datetime, asked: _Asked) -> PlannedCourse:
    """The course as well as it can be placed."""
    line = asked.line
    with store.read() as records:
        setup = records.setup()
        today = local_day(now, setup.clinic.zone)
        known = about(records, asked.patient_id, today)
    return plan_course(store, now, replace(_homeward(setup, line, known), earliest=line.day or today))


def _homeward(setup: Setup, line: Line, known: About) -> CoursePlanWish:
    """What is asked of the plan, with whoever drove the last time, or whoever can of the usual drivers; a
    course that has open visits goes on."""
    running = (one for one in known.courses if one.course.template_code == line.course and one.missing)
    stand = next(running, None)
    template = next(one for one in setup.templates if one.code == line.course)
    profile = setup.profile_of(setup.type_by_code(template.type_codes[0]))
    able = [one for one in known.drivers if not gaps(one.plan, profile)]
    last = able[:1] if able and able[0].last else able
    liked = _liked(line, stand.course.own if stand else OwnCourse())
    return CoursePlanWish(
        patient_id=known.patient.id,
        template_code=line.course,
        earliest=date.min,
        clock=liked.clock,
        weekdays=liked.weekdays,
        nurse_id=line.nurse_id,
        drivers=tuple(one.usual for one in last if one.usual is not None),
        way_home=next((one.plan for one in last if one.usual is None), None),
        course_id=stand.course.id if stand else None,
        half=liked.half,
    )


def _liked(line: Line, kept: OwnCourse) -> OwnCourse:
    """When the visits are wished for: what is not typed, as the running course has it."""
    weekdays = line.weekdays or kept.weekdays
    if line.minute is None and not line.half:
        return replace(kept, weekdays=weekdays)
    return OwnCourse(weekdays=weekdays, clock=line.minute, half=line.half if line.minute is None else "")
