"""A clinic of rooms alone, whose visits are written down as they went: for what a report makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.foundation.clock import WallTime, instant_at, to_utc_minute
from clinic_desktop.people.model import Patient, Staff
from clinic_desktop.reports.usage import Usage, usage
from clinic_desktop.scheduling.model import (
    Clinic,
    Closure,
    OpenHours,
    Phase,
    PhaseKind,
    Room,
    Visit,
    VisitType,
)
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.store import SqlStore

ZONE = "America/Chicago"
MONDAY = date(2026, 11, 16)
OPEN, CLOSE = 8 * 60, 18 * 60
TURNOVER = 15
EVENING = 22 * 60


def utc(day: date, minute: int) -> int:
    return to_utc_minute(WallTime(day, minute), ZONE)


@dataclass
class RoomsOnly:
    """Rooms A and B, open from 8 to 6 on weekdays; nurse Nora, prescriber Pat; talks and treatments."""

    store: SqlStore
    hours: tuple[int, int] = (OPEN, CLOSE)
    names: Sequence[str] = ("A", "B")
    rooms: list[Room] = field(default_factory=list)

    def __post_init__(self) -> None:
        weekdays = tuple(OpenHours(day, *self.hours) for day in range(5))
        with self.store.write(PROGRAM) as unit:
            unit.add(Clinic(name="Rooms", zone=ZONE, hours=weekdays))
            self.rooms = unit.add_all([Room(name=name, fits=frozenset({"talk"})) for name in self.names])
            self.patient = unit.add(Patient(given_name="Pia", family_name="Sample"))
            self.nurse = unit.add(Staff(name="Nora Nurse", initials="NN", roles=frozenset({Role.NURSE})))
            self.prescriber = unit.add(
                Staff(name="Pat Prescriber", initials="PP", roles=frozenset({Role.PRESCRIBER}))
            )
            self.type = unit.add(VisitType(code="TALK", name="Talk", phases=_PHASES, needs_fit="talk"))
            unit.commit()

    def went(
        self,
        start: int,
        planned: int = 60,
        stay: tuple[int, int | None] | None = None,
        *,
        state: VisitState = VisitState.LEFT,
        room: int | None = 0,
        day: date = MONDAY,
        **more: object,
    ) -> Visit:
        """A visit of ``planned`` minutes and its turnover from minute ``start``; ``stay``: in and out."""
        entered, left = stay or (None, None)
        visit = Visit(
            patient_id=self.patient.id,
            type_id=self.type.id,
            room_id=None if room is None else self.rooms[room].id,
            day=day,
            minute=start,
            zone=ZONE,
            start=utc(day, start),
            end=utc(day, start) + planned + TURNOVER,
            phase_minutes=(10, planned - 10, TURNOVER),
            state=state,
            entered=None if entered is None else utc(day, entered),
            left=None if left is None else utc(day, left),
            **more,  # type: ignore[arg-type]  # the record checks the names
        )
        with self.store.write(PROGRAM) as unit:
            saved = unit.add(visit)
            unit.commit()
        return saved

    def close(self, room: int | None, start: int, end: int, day: date = MONDAY) -> None:
        with self.store.write(PROGRAM) as unit:
            room_id = None if room is None else self.rooms[room].id
            unit.add(Closure(0, 0, room_id, day, start, day, end, "x"))
            unit.commit()

    def usage(self, first: date = MONDAY, last: date | None = None, at: int = EVENING) -> Usage:
        """The report, asked for at a minute of the Monday."""
        with self.store.read() as records:
            return usage(records, first, last or first, self.moment(at))

    @staticmethod
    def moment(minute: int, day: date = MONDAY) -> datetime:
        return instant_at(utc(day, minute))


_PHASES = (
    Phase(PhaseKind.PREP, 10, hands=frozenset({Role.NURSE})),
    Phase(PhaseKind.SESSION, 50, hands=frozenset({Role.PRESCRIBER}), watch=Role.NURSE),
    Phase(PhaseKind.TURNOVER, TURNOVER, patient=False),
)
