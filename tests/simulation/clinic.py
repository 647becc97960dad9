"""The clinic of the simulated month: 12 treatment rooms, 4 nurses, 75 patients, and 25 visits booked on each
of 21 working days. It is made once, through the use cases, and copied for each month.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import event

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.people.model import Patient, Shift, Staff
from clinic_desktop.scheduling.booking import Wish, book_all
from clinic_desktop.scheduling.model import Room
from tests.small_clinic import BEA, MONDAY, SmallClinic, at_home, build

DAYS, VISITS, GROUPS = 21, 25, 3  # everybody comes every third day
OPEN = 8 * 60
WAVE = 190  # minutes from one patient of a room to the next
_84_FROM = 6  # days: whoever gets 84 mg had 56 mg before

# What one nurse begins, in minutes after opening: hands are never needed twice, three are watched at most.
_BEGUN = ((0, "SP56"), (20, "SP56"), (45, "IVM"), (WAVE, "SP84"), (WAVE + 20, "SP56"), (WAVE + 45, "IVM"))
_LAST = (2 * WAVE, "IVM")


@dataclass(frozen=True)
class Slot:
    """A visit of every day."""

    minute: int
    code: str
    room: str
    nurse: int


def slots() -> list[Slot]:
    out = []
    for nurse in range(4):
        rooms = {0: f"Spravato {2 * nurse + 1}", 20: f"Spravato {2 * nurse + 2}", 45: f"Infusion {nurse + 1}"}
        for after, code in (*_BEGUN, *([_LAST] if nurse == 0 else [])):
            room = rooms.get(after % WAVE) if after < _LAST[0] else rooms[45]
            out.append(Slot(OPEN + 5 * nurse + after, code, str(room), nurse))
    assert len(out) == VISITS
    return out


def days() -> list[date]:
    """The working days of the month."""
    ahead = (MONDAY + timedelta(days=n) for n in range(2 * DAYS))
    return [one for one in ahead if one.weekday() < 5][:DAYS]


def month_clinic(path: Path) -> SmallClinic:
    """The clinic with its month booked, in a file of its own. It is written as in a clinic, but nobody waits
    for the disk: a month proves rules, and not what is left after a power cut."""
    model, file = _model()
    path.write_bytes(file)
    clinic = at_home(model, path)
    event.listen(clinic.store.engine, "connect", lambda line, _: line.execute("PRAGMA synchronous = 0"))
    return clinic


@cache
def _model() -> tuple[SmallClinic, bytes]:
    with TemporaryDirectory() as folder:
        clinic = build(Path(folder))
        _fill(clinic)
        clinic.store.close()
        return clinic, (Path(folder) / "clinic.sqlite").read_bytes()


def _fill(clinic: SmallClinic) -> None:
    nurses = [clinic.maya.id, clinic.tunde.id]
    with clinic.store.write(PROGRAM) as unit:
        for n in range(3, 9):
            room = Room(name=f"Spravato {n}", fits=frozenset({"spravato"}), position=5 + n)
            clinic.rooms[room.name] = unit.add(room)
        for name in ("Ana Silva", "Per Holm"):
            nurses.append(unit.add(Staff(name=name, roles=frozenset({Role.NURSE}))).id)
            unit.add(Shift(staff_id=nurses[-1], weekdays=frozenset(range(5)), start=450, end=1080))
        unit.commit()
    patients = [clinic.double(f"Case-{n}") for n in range(GROUPS * VISITS)]
    for number, day in enumerate(days()):
        book_all(clinic.store, clinic.desk, _wishes(clinic, nurses, patients, number, day))


def _wishes(
    clinic: SmallClinic, nurses: list[int], patients: list[Patient], number: int, day: date
) -> list[Wish]:
    wish = Wish(0, "", day, 0, plan=BEA)
    return [
        replace(
            wish,
            patient_id=patients[number % GROUPS * VISITS + n].id,
            type_code="SP56" if slot.code == "SP84" and number < _84_FROM else slot.code,
            minute=slot.minute,
            room_id=clinic.rooms[slot.room].id,
            nurse_id=nurses[slot.nurse],
        )
        for n, slot in enumerate(slots())
    ]
