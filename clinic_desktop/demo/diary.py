"""Which visits the demo clinic has on a day: courses that run over weeks, and single visits around them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from clinic_desktop.people.model import Patient

# (weekday of each visit, counted from the Monday the course begins with)
_IV_DAYS = ((0, 3, 7, 10, 14, 17), (1, 4, 8, 11, 15, 18), (0, 2, 4, 7, 9, 11))
_SPRAVATO_DAYS = ((0, 3, 7, 10, 14, 17, 21, 24), (1, 4, 8, 11, 15, 18, 22, 25))
_IV_TIMES = (495, 510, 600, 615, 705, 720, 810, 825, 900)
_SPRAVATO_TIMES = (480, 495, 660, 675, 840)
IV_A_WEEK, SPRAVATO_A_WEEK, A_DAY = (
    8,
    4,
    29,
)  # courses begun a week; visits asked for a day: some find no time
_SINGLES = ("CON", "CON", "FUP", "FUP", "CON", "IVB", "IMK", "FUP", "CONF")


@dataclass(slots=True)
class Running:
    """A course of one patient: the day of each visit and the time of day they like."""

    patient: Patient
    template: str
    type_codes: tuple[str, ...]
    days: tuple[date, ...]
    minute: int
    course_id: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A visit somebody needs on a day, near a time; part of a course or single."""

    patient: Patient
    type_code: str
    minute: int
    running: Running | None = None
    number: int = 0


def courses(first: date, last: date, patients: dict[str, list[Patient]], rng: Random) -> list[Running]:
    """Enough courses, begun week after week, to keep the rooms busy from ``first`` to ``last``."""
    out: list[Running] = []
    monday = first - timedelta(days=first.weekday() + 28)
    pools = {kind: iter(people) for kind, people in patients.items()}
    while monday <= last:
        for _ in range(IV_A_WEEK):
            out.append(_course(next(pools["iv"]), "IV6", ("IVM",) * 6, _IV_DAYS, _IV_TIMES, monday, rng))
        for _ in range(SPRAVATO_A_WEEK):
            codes = ("SP1", "SP56", "SP56", *(rng.choice(("SP56", "SP84")),) * 5)
            out.append(
                _course(next(pools["spravato"]), "SP8", codes, _SPRAVATO_DAYS, _SPRAVATO_TIMES, monday, rng)
            )
        monday += timedelta(days=7)
    return out


def _course(
    patient: Patient,
    template: str,
    codes: tuple[str, ...],
    patterns: tuple[tuple[int, ...], ...],
    times: tuple[int, ...],
    monday: date,
    rng: Random,
) -> Running:
    days = tuple(monday + timedelta(days=n) for n in rng.choice(patterns))
    return Running(patient, template, codes, days, rng.choice(times))


def due_on(day: date, running: list[Running], others: list[Patient], rng: Random) -> Iterator[Due]:
    """Everybody who is due on a day: those in courses first, then singles up to a full day."""
    count = 0
    for course in running:
        if day in course.days:
            number = course.days.index(day)
            count += 1
            # Days are made out of order: the higher dose only once an earlier visit stands.
            higher = course.course_id is not None and number > 2
            code = course.type_codes[number] if higher or number == 0 else course.type_codes[1]
            yield Due(course.patient, code, course.minute, course, number + 1)
    for patient in rng.sample(others, min(len(others), max(0, A_DAY - count))):
        yield Due(patient, rng.choice(_SINGLES), rng.randrange(96, 192) * 5)
