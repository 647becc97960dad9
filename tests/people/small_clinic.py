"""A small clinic on a database file: four people who work, everything else as shipped. Tuesday, 10:00."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.people import patients
from clinic_desktop.people.model import Patient, Shift, Staff, TransportKind
from clinic_desktop.scheduling.booking import Wish, book
from clinic_desktop.scheduling.defaults import HOURS, write_defaults
from clinic_desktop.scheduling.model import Clinic, GoingHomePlan, Room, Setup, Visit
from clinic_desktop.storage.store import SqlStore
from tests.quick_file import file_of, quick_store

T = TypeVar("T")

TODAY = date(2026, 11, 17)  # a Tuesday
ZONE = "America/Chicago"
NOW = datetime(2026, 11, 17, 16, 0, tzinfo=UTC)
DRIVER = GoingHomePlan(TransportKind.ADULT_DRIVES, "Daniel Okafor", "(512) 555-0178", "husband", True)

_STAFF = (
    ("Dr. Lena Lin", "LL", Role.PRESCRIBER),
    ("Maya Jones", "MJ", Role.NURSE),
    ("Dana Reyes", "DR", Role.RECEPTIONIST),
    ("Priya Kapoor", "PK", Role.MANAGER),
)


@dataclass
class SmallClinic:
    store: SqlStore
    clock: FixedClock
    staff: dict[Role, Staff] = field(default_factory=dict)

    def actor(self, role: Role) -> Actor:
        return Actor(self.staff[role].id, frozenset({role}), "desk 1")

    @property
    def prescriber(self) -> Actor:
        return self.actor(Role.PRESCRIBER)

    @property
    def nurse(self) -> Actor:
        return self.actor(Role.NURSE)

    @property
    def reception(self) -> Actor:
        return self.actor(Role.RECEPTIONIST)

    @property
    def manager(self) -> Actor:
        return self.actor(Role.MANAGER)

    def patient(self, given: str = "Amara", family: str = "Okafor", **more: Any) -> Patient:
        draft = Patient(given_name=given, family_name=family, **more)
        return patients.create(self.store, self.reception, draft).patient

    def get(self, kind: type[T], number: int) -> T:
        with self.store.read() as records:
            return records.get(kind, number)

    def find(self, kind: type[T], /, **equal: object) -> list[T]:
        with self.store.read() as records:
            return records.find(kind, **equal)

    def book(
        self,
        patient_id: int,
        code: str,
        day: date,
        minute: int,
        plan: GoingHomePlan | None = DRIVER,
        **more: Any,
    ) -> Visit:
        """A visit in the room that fits, with the one nurse and the one prescriber."""
        setup = self.setup()
        fit = setup.type_by_code(code).needs_fit
        room = next((one.id for one in setup.rooms if fit in one.fits), None)
        people = {"nurse_id": self.staff[Role.NURSE].id, "prescriber_id": self.staff[Role.PRESCRIBER].id}
        wish = Wish(patient_id, code, day, minute, **({"room_id": room, **people} | more), plan=plan)
        return book(self.store, self.manager, wish).visits[0]

    def setup(self) -> Setup:
        with self.store.read() as records:
            return records.setup()


@contextmanager
def small_clinic(folder: Path) -> Iterator[SmallClinic]:
    path, clock = folder / "clinic.sqlite", FixedClock(NOW)
    path.write_bytes(file_of(_found, NOW))
    store = quick_store(path, clock)
    with store.read() as records:
        staff = {role: one for one in records.find(Staff) for role in one.roles}
    yield SmallClinic(store, clock, staff)
    store.close()


def _found(store: SqlStore) -> None:
    founded(store, FixedClock(NOW))


def founded(store: SqlStore, clock: FixedClock) -> SmallClinic:
    """The same in a store that is empty so far."""
    clinic = SmallClinic(store, clock)
    with store.write(PROGRAM) as unit:
        unit.add(Clinic(id=1, name="Riverside Ketamine", zone=ZONE, hours=HOURS))
        write_defaults(unit)
        infusion = Room(name="Infusion 1", fits=frozenset({"iv", "im", "consult"}), position=1)
        spravato = Room(name="Spravato 1", fits=frozenset({"spravato", "consult"}), position=2)
        unit.add_all([infusion, spravato])
        for name, initials, role in _STAFF:
            clinic.staff[role] = unit.add(Staff(name=name, initials=initials, roles=frozenset({role})))
        week = Shift(weekdays=frozenset(range(5)), start=8 * 60, end=17 * 60 + 30)
        unit.add_all([replace(week, staff_id=one.id) for one in clinic.staff.values()])
        unit.commit()
    return clinic
