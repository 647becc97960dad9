"""A clinic to race in: always open, no closures, everybody always at work, and visit types that claim
exactly one thing each. Clock time is UTC.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.people.model import Patient, Shift, Staff
from clinic_desktop.scheduling.board_rows import BoardRow
from clinic_desktop.scheduling.booking import Wish, draft
from clinic_desktop.scheduling.model import (
    Clinic,
    CourseTemplate,
    Cover,
    OpenHours,
    Phase,
    PhaseKind,
    Policies,
    Room,
    Step,
    VisitType,
)
from clinic_desktop.scheduling.settle import settle
from clinic_desktop.storage.store import SqlStore, open_store

CLOCK = FixedClock(datetime(2027, 1, 4, tzinfo=UTC))
RACERS, ROOMS, NURSES, PRESCRIBERS = 40, 6, 2, 2
ACTOR = Actor(0, PROGRAM.roles, "race")
_NURSE = frozenset({Role.NURSE})
_TURNOVER = Phase(PhaseKind.TURNOVER, 5, patient=False)

TYPES = (
    VisitType(
        code="BENCH", name="Bench", needs_fit="bench", phases=(Phase(PhaseKind.SESSION, 55), _TURNOVER)
    ),
    VisitType(code="TALK", name="Talk", phases=(Phase(PhaseKind.SESSION, 60, room=False),)),
    VisitType(code="HANDS", name="Hands", phases=(Phase(PhaseKind.SESSION, 60, room=False, hands=_NURSE),)),
    VisitType(
        code="WATCH", name="Watch", phases=(Phase(PhaseKind.MONITORING, 60, room=False, watch=Role.NURSE),)
    ),
    VisitType(
        code="COVER",
        name="Cover",
        phases=(Phase(PhaseKind.SESSION, 60, room=False, cover=Cover.PRESCRIBER),),
    ),
)
COURSE = CourseTemplate(code="RACE3", name="Three", steps=(Step("BENCH", 3),), span_days=30)


class RaceClinic:
    """The store with its records at hand, read once."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        with store.read() as records:
            self.setup = records.setup()
            self.patients = [one.id for one in records.find(Patient)]
        self.rooms = [one.id for one in self.setup.rooms]
        self.nurses = [one.id for one in self.setup.staff if Role.NURSE in one.roles]
        self.prescribers = [one.id for one in self.setup.staff if Role.PRESCRIBER in one.roles]

    def day_rows(self, day: date) -> list[BoardRow]:
        """What a screen shows of a day."""
        with self.store.read() as records:
            return records.day_rows(day)

    def warm_up(self) -> None:
        """Do what a booking does, and leave without commit: a desk is not new each morning."""
        self.day_rows(CLOCK.at.date())
        with self.store.write(ACTOR) as unit:
            unit.lock_days([CLOCK.at.date()])
            wish = self.wish("BENCH", CLOCK.at.date(), 1200, 0, self.rooms[0])
            settle(unit, [draft(unit.setup(), wish)])

    def wish(self, code: str, day: date, minute: int, racer: int, room_id: int | None = None) -> Wish:
        """A visit of a racer's own patient."""
        return Wish(self.patients[racer], code, day, minute, room_id=room_id)


def make(where: Path | str) -> None:
    """Make the clinic at a path or address."""
    store = open_store(where, CLOCK, make=True)
    with store.write(ACTOR) as unit:
        hours = tuple(OpenHours(weekday, 0, 1440) for weekday in range(7))
        unit.add(Clinic(name="Race", zone="UTC", hours=hours, policies=Policies(min_staff_with_dosed=0)))
        unit.add_all([Room(name=f"R{n}", fits=frozenset({"bench"}), position=n) for n in range(1, ROOMS + 1)])
        unit.add_all(list(TYPES))
        unit.add(COURSE)
        people = unit.add_all(
            [*_people("Nurse", Role.NURSE, NURSES), *_people("Dr", Role.PRESCRIBER, PRESCRIBERS)]
        )
        everyday = frozenset(range(7))
        unit.add_all([Shift(staff_id=one.id, weekdays=everyday, start=0, end=1440) for one in people])
        unit.add_all([Patient(given_name=f"P{n}", family_name="Racer") for n in range(RACERS)])
        unit.commit()
    store.close()


def _people(title: str, role: Role, count: int) -> Sequence[Staff]:
    return [Staff(name=f"{title} {n}", roles=frozenset({role})) for n in range(1, count + 1)]
