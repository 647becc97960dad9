"""A small clinic on a real SQLite file, for tests of use cases: five rooms, two nurses, one prescriber."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.clock import Clock, FixedClock, WallTime, instant_at, to_utc_minute
from clinic_desktop.people.model import (
    Clearance,
    Indication,
    Patient,
    Phone,
    Screening,
    Shift,
    Staff,
)
from clinic_desktop.scheduling.booking import Wish
from clinic_desktop.scheduling.defaults import HOURS, ROOMS, write_defaults
from clinic_desktop.scheduling.model import (
    Clinic,
    ClinicPhone,
    GoingHomePlan,
    Modality,
    Room,
    Visit,
    VisitType,
)
from clinic_desktop.storage.engine import Where
from clinic_desktop.storage.store import SqlStore, open_store
from tests.quick_file import quick_store

ZONE = "America/Chicago"
MONDAY = date(2026, 11, 16)
BEA = GoingHomePlan(name="Bea Marsh", phone="(217) 555-0142", relationship="sister", adult=True)
FRONT_DESK = Actor(0, frozenset({Role.RECEPTIONIST}), "front")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """The instant of a clock reading at the clinic."""
    return instant_at(to_utc_minute(WallTime(day, hour * 60 + minute), ZONE))


@dataclass
class SmallClinic:
    """The store with its people at hand. The clock stands at 7 AM of Monday, November 16, 2026."""

    store: SqlStore
    clock: FixedClock
    rooms: dict[str, Room] = field(default_factory=dict)
    maya: Staff = field(default_factory=Staff)
    tunde: Staff = field(default_factory=Staff)
    lin: Staff = field(default_factory=Staff)
    amara: Patient = field(default_factory=Patient)  # cleared for everything
    noah: Patient = field(default_factory=Patient)  # new: nothing on record but a name

    nurse: Actor = PROGRAM
    prescriber: Actor = PROGRAM
    desk: Actor = FRONT_DESK

    def wish(self, type_code: str = "IVM", minute: int = 600, **changes: object) -> Wish:
        """Amara, Monday 10 AM, Infusion 1, nurse Maya, driven home by Bea; ``changes`` to that."""
        rooms = {"IVM": "Infusion 1", "SP1": "Spravato 1", "SP56": "Spravato 1", "SP84": "Spravato 1"}
        fits = {"CON": "Consult 1", "FUP": "Consult 1"} | rooms
        consult, room = type_code.startswith(("CON", "FUP")), fits.get(type_code)
        wish = Wish(
            self.amara.id,
            type_code,
            MONDAY,
            minute,
            room_id=self.rooms[room].id if room else None,
            nurse_id=None if consult else self.maya.id,
            prescriber_id=self.lin.id if consult and room else None,
            plan=None if consult else BEA,
        )
        return replace(wish, **changes)  # type: ignore[arg-type]  # replace checks the names

    def double(self, family_name: str) -> Patient:
        """Somebody else, cleared as Amara is."""
        with self.store.write(PROGRAM) as unit:
            made = unit.add(
                replace(_cleared_patient(), given_name="Nina", family_name=family_name, phones=())
            )
            for kind in (Screening, Clearance):
                for one in unit.find(kind, patient_id=self.amara.id):
                    unit.add(replace(one, id=0, version=0, patient_id=made.id))
            unit.commit()
        return made

    def type_of(self, visit: Visit) -> VisitType:
        with self.store.read() as records:
            return records.get(VisitType, visit.type_id)

    def visit(self, visit_id: int) -> Visit:
        with self.store.read() as records:
            return records.get(Visit, visit_id)


def build(folder: Path, open_file: Callable[[Path, Clock], SqlStore] = quick_store) -> SmallClinic:
    """The clinic in a file in ``folder``: made once in each process, then copied.

    Whoever measures opens it by ``open_store``, as the program does, and waits for the disk.
    """
    model, file = _model()
    folder.mkdir(exist_ok=True)
    path = folder / "clinic.sqlite"
    path.write_bytes(file)
    return opened(model, partial(open_file, path))


def at_home(model: SmallClinic, where: Where) -> SmallClinic:
    """The small clinic in a copy of its database."""
    return opened(model, partial(open_store, where))


def opened(model: SmallClinic, store: Callable[[FixedClock], SqlStore]) -> SmallClinic:
    """The small clinic with a clock of its own, in a store that runs by it."""
    clock = FixedClock(model.clock.at)
    return replace(model, store=store(clock), clock=clock, rooms=dict(model.rooms))


@cache
def _model() -> tuple[SmallClinic, bytes]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "clinic.sqlite"
        clinic = filled(open_store(path, make=True))
        clinic.store.close()
        return clinic, path.read_bytes()


def filled(store: SqlStore) -> SmallClinic:
    """The small clinic in an empty store."""
    store.clock = clock = FixedClock(at(MONDAY, 7))
    clinic = SmallClinic(store, clock)
    with store.write(PROGRAM) as unit:
        phones = (ClinicPhone("(217) 555-0100", "Clinic", "weekdays 8 AM to 5:30 PM"),)
        certified = {"rems_number": "TEST-1", "certified_on": date(2026, 1, 5)}
        clinic_itself = Clinic(
            name="Test clinic", address="1 Oak Street", zone=ZONE, hours=HOURS, phones=phones
        )
        unit.add(replace(clinic_itself, **certified))
        write_defaults(unit)
        clinic.rooms = {room.name: room for room in unit.add_all(list(ROOMS))}
        clinic.maya = unit.add(Staff(name="Maya Jones", initials="MJ", roles=frozenset({Role.NURSE})))
        clinic.tunde = unit.add(Staff(name="Tunde Okoro", initials="TO", roles=frozenset({Role.NURSE})))
        clinic.lin = unit.add(Staff(name="Dr. Lin", initials="HL", roles=frozenset({Role.PRESCRIBER})))
        for one in (clinic.maya, clinic.tunde, clinic.lin):
            unit.add(Shift(staff_id=one.id, weekdays=frozenset(range(5)), start=450, end=1080))
        for one in unit.find(Modality):
            unit.save(replace(one, limits=replace(one.limits, set_by=clinic.lin.id, set_at=clock.now())))
        clinic.amara = unit.add(_cleared_patient())
        clinic.noah = unit.add(Patient(given_name="Noah", family_name="Reed", phones=(Phone("555-0101"),)))
        unit.add(Screening(patient_id=clinic.amara.id, reviewed_by=clinic.lin.id, reviewed_at=clock.now()))
        for modality in ("iv", "spravato"):
            unit.add(
                Clearance(
                    patient_id=clinic.amara.id,
                    modality=modality,
                    cleared_by=clinic.lin.id,
                    on=date(2026, 11, 1),
                    until=date(2027, 11, 1),
                )
            )
        unit.commit()
    clinic.nurse = Actor(clinic.maya.id, clinic.maya.roles, "floor")
    clinic.prescriber = Actor(clinic.lin.id, clinic.lin.roles, "office")
    return clinic


def _cleared_patient() -> Patient:
    return Patient(
        given_name="Amara",
        family_name="Okafor",
        birth_date=date(1984, 4, 12),
        phones=(Phone("(512) 555-0142"),),
        indication=Indication.TRD,
        allergies="None known",
        rems_enrolled_on=date(2026, 11, 2),
    )


def instant(hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of the clinic's Monday."""
    return at(MONDAY, hour, minute).replace(second=second).astimezone(UTC)
