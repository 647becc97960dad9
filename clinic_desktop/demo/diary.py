"""Which visits the demo clinic has on a day: courses that run over weeks, and single visits around them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from clinic_desktop.people.model import Patient

# Weekdays of the two visits of a week; with at least a clear day between, and from one week to the next.
_PAIRS = ((0, 2), (0, 3), (1, 3), (1, 4), (2, 4))
_IV_TIMES = (495, 510, 600, 615, 705, 720, 810, 825, 900)
_SPRAVATO_TIMES = (480, 495, 660, 675, 840)
IV_A_WEEK, SPRAVATO_A_WEEK = 9, 2  # courses begun
IV_WEEKS, SPRAVATO_WEEKS = 3, 4
LONGEST = timedelta(days=7 * SPRAVATO_WEEKS)
A_DAY = 25  # visits
LAST_MINUTE = 24 * 60 - 1
# Fit to go, recovering, at the infusion, just come into the room; somebody talks for longer than planned, and
# somebody sits in the waiting room for the same room. How long ago that visit began, and in which room
# (0 for any).
_AT_WORK = (("IVB", 110, 0), ("IVB", 68, 0), ("IVB", 33, 0), ("IVB", 6, 0), ("CON", 55, 7), ("FUP", -20, 7))
_SINGLES = ("CON", "FUP", "IVB", "CON", "IMK", "FUP", "CONF")


@dataclass(slots=True)
class Running:
    """A course of one patient: the day of each visit, the time of day they like, the dose ordered in mg."""

    patient: Patient
    template: str
    type_codes: tuple[str, ...]
    days: tuple[date, ...]
    minute: int
    mg: int
    course_id: int | None = None

    def day_after(self, number: int) -> date | None:
        """The day of the visit that follows one (counted from 1), as planned."""
        return self.days[number] if number < len(self.days) else None


@dataclass(frozen=True, slots=True)
class Due:
    """A visit somebody needs on a day, near a time; part of a course or single. ``room``: number of the
    room they have where it is free, 0 for any."""

    patient: Patient
    type_code: str
    minute: int
    running: Running | None = None
    number: int = 0
    room: int = 0


@dataclass
class Diary:
    """Courses begun week after week, so that the rooms are busy from ``first`` to ``last``.

    Their days are spread evenly over the weekdays on which the clinic is open."""

    first: date
    last: date
    weekdays: frozenset[int]
    rng: Random
    running: list[Running] = field(default_factory=list)
    _load: Counter[tuple[str, date]] = field(default_factory=Counter)

    @property
    def weeks(self) -> list[date]:
        """The Mondays of the weeks in which courses begin."""
        monday = self.first - timedelta(days=self.first.weekday()) - LONGEST
        return [monday + timedelta(days=n) for n in range(0, (self.last - monday).days + 1, 7)]

    def begin(self, pools: dict[str, list[Patient]], this_week: date) -> None:
        """Begin every course; ``this_week`` is its Monday."""
        patients = {kind: iter(people) for kind, people in pools.items()}
        for monday in self.weeks:
            for _ in range(IV_A_WEEK):
                mg = self.rng.choice((30, 35, 40, 45))
                self._add(next(patients["iv"]), "IV6", ("IVM",) * 6, monday, mg)
            for _ in range(SPRAVATO_A_WEEK):
                # Days are made out of order: the higher dose only where the first visits are made before.
                higher = monday >= this_week and self.rng.random() < 0.5
                codes = ("SP1", "SP56", "SP56", *("SP84" if higher else "SP56",) * 5)
                self._add(next(patients["spravato"]), "SP8", codes, monday, 56)

    def _add(self, patient: Patient, template: str, codes: tuple[str, ...], monday: date, mg: int) -> None:
        pairs = [*_PAIRS, *((day - 3, day) for day in self.weekdays if day > 4)]
        self.rng.shuffle(pairs)
        weeks = len(codes) // 2
        ways = [
            tuple(monday + timedelta(days=7 * week + day) for week in range(weeks) for day in pair)
            for pair in pairs
        ]
        days = min(ways, key=lambda way: max(self._load[template, day] for day in way))
        self._load.update((template, day) for day in days)
        times = _SPRAVATO_TIMES if template == "SP8" else _IV_TIMES
        self.running.append(Running(patient, template, codes, days, self.rng.choice(times), mg))

    def courses_on(self, day: date) -> list[Due]:
        """Everybody of a course who is due on a day."""
        return [
            Due(course.patient, course.type_codes[number], course.minute, course, number + 1)
            for course in self.running
            for number, due in enumerate(course.days)
            if due == day
        ]

    def at_work(self, others: list[Patient], minute: int) -> list[Due]:
        """Who is seen at every step of a visit by somebody who looks in at that minute of the day."""
        steps = zip(others, _AT_WORK, strict=False)
        return [
            Due(patient, code, min(max(0, minute - ago), LAST_MINUTE), room=room)
            for patient, (code, ago, room) in steps
        ]

    def singles(self, others: list[Patient]) -> Iterator[Due]:
        """Others who would come on a day, in no order; as many as the day has room for."""
        for patient in self.rng.sample(others[len(_AT_WORK) :], len(others) - len(_AT_WORK)):
            yield Due(patient, self.rng.choice(_SINGLES), self.rng.randrange(96, 192) * 5)
