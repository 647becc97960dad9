"""A small clinic for the tests of the set-up: Monday, November 2, 2026, 7 in the morning in Chicago."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.clock import FixedClock, instant_minute
from clinic_desktop.people.model import Clearance, Indication, Patient, Staff, TransportKind
from clinic_desktop.scheduling.booking import Wish, book
from clinic_desktop.scheduling.model import GoingHomePlan, Room, Setup, Visit
from clinic_desktop.scheduling.set_up_new import Answers, NewPerson, make_clinic
from clinic_desktop.storage.store import SqlStore
from tests.quick_file import file_of, quick_store

EARLY = datetime(2026, 11, 2, 13, tzinfo=UTC)
MONDAY = date(2026, 11, 2)
TUESDAY = date(2026, 11, 3)
NINE = 9 * 60

ANSWERS = Answers(
    name="Cedar Street Clinic",
    address="12 Cedar Street, Springfield, IL 62701",
    people=(
        NewPerson("Dr. Priya Lin", frozenset({Role.PRESCRIBER})),
        NewPerson("Maya Jones", frozenset({Role.NURSE})),
        NewPerson("Tunde Bello", frozenset({Role.NURSE})),
        NewPerson("Priya Kaur", frozenset({Role.MANAGER, Role.RECEPTIONIST})),
    ),
)


@dataclass
class World:
    store: SqlStore
    clock: FixedClock

    @property
    def setup(self) -> Setup:
        with self.store.read() as records:
            return records.setup()

    @property
    def now(self) -> int:
        return instant_minute(self.clock.now())

    @property
    def manager(self) -> Actor:
        return self.acting("Priya Kaur")

    def acting(self, name: str) -> Actor:
        person = self.person(name)
        return Actor(person.id, person.roles, "desk 1")

    def person(self, name: str) -> Staff:
        return next(one for one in self.setup.staff if one.name == name)

    def room(self, name: str) -> Room:
        return next(one for one in self.setup.rooms if one.name == name)

    def visit(self, visit_id: int) -> Visit:
        with self.store.read() as records:
            return records.get(Visit, visit_id)

    def book(self, code: str, day: date, minute: int = NINE, *, room: str) -> Visit:
        """A booked visit of a new, cleared patient with a driver, served by Maya."""
        with self.store.write(PROGRAM) as unit:
            patient = unit.add(
                Patient(
                    given_name="Amara",
                    family_name="Okafor",
                    birth_date=date(1984, 4, 12),
                    indication=Indication.TRD,
                )
            )
            unit.add_all([
                Clearance(0, 0, patient.id, one, cleared_by=1, on=MONDAY, until=date(2027, 11, 1))
                for one in ("iv", "spravato")
            ])  # fmt: skip
            unit.commit()
        wish = Wish(
            patient.id, code, day, minute,
            room_id=self.room(room).id,
            nurse_id=self.person("Maya Jones").id,
            prescriber_id=self.person("Dr. Priya Lin").id,
            plan=GoingHomePlan(
                TransportKind.ADULT_DRIVES, "Ben Marsh", "217 555 0142", "brother", adult=True
            ),
        )  # fmt: skip
        return book(self.store, PROGRAM, wish).visits[0]


def certify(world: World) -> None:
    """The site's certification is written down."""
    with world.store.write(PROGRAM) as unit:
        unit.save(replace(world.setup.clinic, rems_number="TEST-1", certified_on=date(2026, 1, 5)))
        unit.commit()


def new_world(folder: Path) -> World:
    """The clinic in a file of its own."""
    path, clock = folder / "clinic.db", FixedClock(EARLY)
    path.write_bytes(file_of(world_in, EARLY))
    return World(quick_store(path, clock), clock)


def world_in(store: SqlStore) -> World:
    """The clinic in an empty store."""
    clock = FixedClock(EARLY)
    store.clock = clock
    make_clinic(store, PROGRAM, ANSWERS)
    return World(store, clock)
