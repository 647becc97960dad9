"""Reading the treatments of a day. Called off the GUI thread; answers plain values.

Every number on the floor is worked out from these at the desk's clock: a timer only repaints.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from clinic_desktop.aftercare.sheets import still_true
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.people.model import Order
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.states import ENDED, LIVE, NEVER_CAME
from clinic_desktop.treatment.care import Care, care_of
from clinic_desktop.treatment.model import Stamp

V = TypeVar("V", Stamp, Sheet)


@dataclass(frozen=True, slots=True)
class Stay:
    """One treatment of the day. ``care.whole`` holds its stamps that stand, ``stamps`` every one.

    planned: visits of its course, 0 without one. sheet: the last one made that is still true.
    displaced: visits that were to have its room next and lost it.
    """

    care: Care
    stamps: tuple[Stamp, ...] = ()
    planned: int = 0
    sheet: Sheet | None = None
    displaced: tuple[tuple[Visit, str], ...] = ()

    @property
    def order(self) -> Order | None:
        return self.care.order

    @property
    def visit(self) -> Visit:
        return self.care.visit

    @property
    def id(self) -> int:
        return self.care.visit.id


@dataclass(frozen=True, slots=True)
class FloorRead:
    """The treatments of a day by time: who is here, who comes, who has left."""

    day: date
    here: tuple[Stay, ...] = ()
    coming: tuple[Stay, ...] = ()
    done: tuple[Stay, ...] = ()

    def stay(self, visit_id: int) -> Stay | None:
        every = (*self.here, *self.coming, *self.done)
        return next((one for one in every if one.id == visit_id), None)


def read_floor(store: ScheduleStore, day: date, now: datetime) -> FloorRead:
    """Everything the floor shows of a day."""
    with store.read() as records:
        setup = records.setup()
        treatments = {one.id for one in setup.types if one.is_treatment}
        visits = [one for one in records.visits_on(day, day) if one.type_id in treatments]
        stays = _stays(records, [one for one in visits if one.state not in NEVER_CAME], now)
    here = [one for one in stays if one.visit.state not in ENDED and one.visit.arrived is not None]
    done = [one for one in stays if one.visit.state in ENDED]
    coming = [one for one in stays if one not in here and one not in done]
    done.sort(key=lambda one: (one.visit.left or one.visit.start, one.id), reverse=True)
    return FloorRead(day, tuple(here), tuple(coming), tuple(done))


def _stays(records: ScheduleRecords, visits: Sequence[Visit], now: datetime) -> list[Stay]:
    if not visits:
        return []
    stamps = _by_visit(records.find(Stamp, visit_id=[one.id for one in visits]))
    sheets = _by_visit(records.find(Sheet, visit_id=[one.id for one in visits]))
    courses = sorted({one.course_id for one in visits if one.course_id is not None})
    planned = {one.id: one.planned for one in records.find(Course, id=courses)} if courses else {}
    cares = [care_of(records, one, now, stamps.get(one.id, [])) for one in visits]
    names = {one.visit.id: one.patient.name for one in cares}
    return [
        Stay(
            care,
            tuple(stamps.get(care.visit.id, [])),
            planned.get(care.visit.course_id or 0, 0),
            _true_sheet(records, sheets.get(care.visit.id, [])),
            tuple((other, names[other.id]) for other in visits if _waits_for(other, care.visit)),
        )
        for care in cares
    ]


def _by_visit(records: Iterable[V]) -> dict[int, list[V]]:
    out: dict[int, list[V]] = {}
    for one in records:
        out.setdefault(one.visit_id, []).append(one)
    return out


def _true_sheet(records: ScheduleRecords, sheets: Sequence[Sheet]) -> Sheet | None:
    return next((one for one in reversed(sheets) if still_true(records, one)), None)


def _waits_for(other: Visit, visit: Visit) -> bool:
    """Whether a visit lost the room that another patient is in."""
    in_room = visit.entered is not None and visit.left is None and visit.state in LIVE
    lost = other.displaced and other.entered is None and other.state in LIVE
    return in_room and lost and other.room_id == visit.room_id
