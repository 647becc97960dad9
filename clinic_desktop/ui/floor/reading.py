"""Reading the visits of a day. Called off the GUI thread; answers plain values.

Every number on the floor is worked out from these at the desk's clock: a timer only repaints.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from clinic_desktop.aftercare.sheets import still_true
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.foundation.clock import instant_minute, local_day
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.people.model import Order
from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.scheduling.knock_on import Late, knock_on
from clinic_desktop.scheduling.model import Course, Setup, Visit
from clinic_desktop.scheduling.open_visits import STOPPED
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.states import ENDED, LIVE, NEVER_CAME
from clinic_desktop.treatment.ahead import NEW
from clinic_desktop.treatment.answers import Answer
from clinic_desktop.treatment.asking import answers_last_time
from clinic_desktop.treatment.care import Care, care_of
from clinic_desktop.treatment.kept_entries import KeptEntry, care_with
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.printed import PrintState, SheetPrint, that_counts
from clinic_desktop.treatment.rooms import RoomNow, room_places, rooms_now
from clinic_desktop.treatment.slips import day_of_stay
from clinic_desktop.treatment.stock import Lot, open_lots
from clinic_desktop.treatment.to_see import ToSee, to_see
from clinic_desktop.ui.outage.outage import OpenCopy

V = TypeVar("V", Stamp, Sheet)
MOST_UNCLOSED = 30
_NO_PLACE = 1 << 30  # behind every room


@dataclass(frozen=True, slots=True)
class Stay:
    """One visit of the day. ``care.whole`` holds its stamps that stand, ``stamps`` every one.

    planned: visits of its course, 0 without one; stopped: no more of it is planned. sheet: the last
    one made; sheet_holds: it is still true, and no printer failed at it. displaced: visits that were to
    have its room next and lost it; late: whom that makes late, one after the other, with their names.
    calls: about the visit as it stands. last_time: what the patient answered before the last dose.
    """

    care: Care
    stamps: tuple[Stamp, ...] = ()
    planned: int = 0
    sheet: Sheet | None = None
    sheet_holds: bool = False
    displaced: tuple[tuple[Visit, str], ...] = ()
    late: tuple[tuple[Late, str], ...] = ()
    stopped: bool = False
    calls: tuple[CallAttempt, ...] = ()
    last_time: tuple[Answer, ...] = ()

    @property
    def order(self) -> Order | None:
        return self.care.order

    @property
    def visit(self) -> Visit:
        return self.care.visit

    @property
    def id(self) -> int:
        return self.care.visit.id

    @property
    def only_here(self) -> tuple[Stamp, ...]:
        """What is kept on this computer and not on the server yet, the newest first."""
        return tuple(one for one in reversed(self.care.whole.stamps) if is_only_here(one))


def is_only_here(stamp: Stamp) -> bool:
    """Whether this computer keeps it while the server is away: no other desk sees it."""
    return stamp.id >= NEW


@dataclass(frozen=True, slots=True)
class FloorRead:
    """The visits of a day: who is here (as the rooms lie) and who comes (by time), whose end nobody
    recorded, who has left, who was missed or cancelled.

    ``today`` when it was read. Today's floor shows what earlier days left open too, and who stays on past
    midnight. left_open: visits of all earlier days without an end, the latest first.
    as_of: when it was read, or when the copy was made from which it is: from_copy.
    waiting: what is to be seen to, of whatever day. places: room -> its place on the floor. lots: of devices
    that may be given, where somebody is to be given one. setup: the house as it was then.
    """

    day: date
    today: date
    here: tuple[Stay, ...] = ()
    coming: tuple[Stay, ...] = ()
    unclosed: tuple[Stay, ...] = ()
    done: tuple[Stay, ...] = ()
    away: tuple[Stay, ...] = ()
    left_open: tuple[Visit, ...] = ()
    waiting: ToSee = field(default_factory=ToSee)
    places: Mapping[int, int] = field(default_factory=dict)
    lots: tuple[Lot, ...] = ()
    setup: Setup | None = None
    as_of: datetime | None = None
    from_copy: bool = False

    @property
    def every(self) -> tuple[Stay, ...]:
        return (*self.here, *self.coming, *self.unclosed, *self.done, *self.away)

    @property
    def visits(self) -> tuple[Visit, ...]:
        """Those of each stay, whatever became of it."""
        return tuple(one.visit for one in self.every)

    def rooms(self, now: datetime) -> tuple[RoomNow, ...]:
        """What each room is doing at ``now``; of another day than today there is no now."""
        if self.setup is None or self.day != self.today:
            return ()
        visits = [one.visit for one in (*self.here, *self.coming, *self.done)]
        return rooms_now(self.setup, visits, instant_minute(now))

    def stay(self, visit_id: int) -> Stay | None:
        return next((one for one in self.every if one.id == visit_id), None)


def read_floor(store: ScheduleStore, day: date, now: datetime) -> FloorRead:
    """Everything the floor shows of a day."""
    with store.read() as records:
        setup = records.setup()
        zone = setup.clinic.zone
        today, night = local_day(now, zone), day_of_stay(now, zone)
        left_open = records.unclosed_before(today, MOST_UNCLOSED)
        waiting = to_see(records, today)
        visits = records.visits_on(day, day)
        stays = _stays(records, visits if day != today else [*visits, *left_open], now)
        sprayed = {one.visit.patient_id for one in stays if _is_to_be_sprayed(one)}
        lots = open_lots(records, day, sprayed) if sprayed else ()
    places = room_places(setup)
    read = _grouped(stays, night, places)
    read = replace(read, day=day, today=today, left_open=tuple(left_open), waiting=waiting)
    return replace(read, places=places, lots=lots, setup=setup)


def read_now(store: ScheduleStore, day: date, now: datetime) -> FloorRead:
    """The same, with the time at which it was read."""
    return replace(read_floor(store, day, now), as_of=now)


def read_copy(open_copy: OpenCopy, day: date, now: datetime, newest: datetime | None) -> FloorRead | None:
    """The same from the copy that this computer keeps, where that is newer than what is shown already; waits
    for no server. None where there is none, of another version, or without this day."""
    try:
        with open_copy() as (copy, made_at):
            if newest is not None and made_at <= newest:
                return None
            return replace(read_floor(copy, day, now), as_of=made_at, from_copy=True)
    except EnvironmentFailure:
        return None


def with_kept(read: FloorRead, kept: Sequence[KeptEntry]) -> FloorRead:
    """The same with what is kept on this computer while the server is away."""
    about = {one.visit_id for one in kept}
    if not about & {one.id for one in read.every}:
        return read
    shown = _late_by([_stay_with(one, kept) if one.id in about else one for one in read.every], about)
    night = read.unclosed[0].care.visit.day + timedelta(days=1) if read.unclosed else read.day
    again = _grouped(shown, min(night, read.day), read.places)
    return replace(
        read, here=again.here, coming=again.coming, unclosed=again.unclosed, done=again.done, away=again.away
    )


def _stay_with(stay: Stay, kept: Sequence[KeptEntry]) -> Stay:
    care = care_with(stay.care, kept)
    new = tuple(one for one in care.whole.stamps if one.id >= NEW)
    return replace(stay, care=care, stamps=(*stay.stamps, *new))


def _late_by(stays: Sequence[Stay], about: Collection[int]) -> list[Stay]:
    """The same with whom these ones make late by what is kept of them: whoever has left makes nobody late."""
    names = {one.id: one.care.patient.name for one in stays}
    visits = [one.visit for one in stays]
    return [_late_now(one, visits, names) if one.id in about else one for one in stays]


def _late_now(stay: Stay, visits: Sequence[Visit], names: Mapping[int, str]) -> Stay:
    lost = tuple(one for one in stay.displaced if _waits_for(one[0], stay.visit))
    there = (one for one in visits if one.day == stay.visit.day)
    late = knock_on(stay.visit, there, stay.care.setup.type_by_id) if lost else ()
    return replace(stay, displaced=lost, late=tuple((one, names[one.visit.id]) for one in late))


def _is_to_be_sprayed(stay: Stay) -> bool:
    """Here: a device beyond the plan has a lot too, and its digit names it as before."""
    care = stay.care
    return care.rems and care.visit.state in LIVE and care.visit.arrived is not None


def _grouped(stays: Sequence[Stay], night: date, places: Mapping[int, int]) -> FloorRead:
    """Each visit in its group; before ``night`` days are over."""
    live = [one for one in stays if one.visit.state in LIVE]
    unclosed = [one for one in live if one.visit.day < night]
    here = [one for one in live if one.visit.day >= night and one.visit.arrived is not None]
    coming = [one for one in live if one not in unclosed and one not in here]
    done = [one for one in stays if one.visit.state in ENDED - NEVER_CAME]
    away = [one for one in stays if one.visit.state in NEVER_CAME]
    here.sort(key=lambda one: (places.get(one.visit.room_id or 0, _NO_PLACE), one.visit.start, one.id))
    coming.sort(key=lambda one: (one.visit.start, one.id))
    done.sort(key=lambda one: (one.visit.left or one.visit.start, one.id), reverse=True)
    return FloorRead(night, night, tuple(here), tuple(coming), tuple(unclosed), tuple(done), tuple(away))


def _stays(records: ScheduleRecords, visits: Sequence[Visit], now: datetime) -> list[Stay]:
    if not visits:
        return []
    stamps = _by_visit(records.find(Stamp, visit_id=[one.id for one in visits]))
    calls = records.find(CallAttempt, visit_id=[one.id for one in visits])
    sheets = _by_visit(records.find(Sheet, visit_id=[one.id for one in visits]))
    courses = sorted({one.course_id for one in visits if one.course_id is not None})
    found = records.find(Course, id=courses) if courses else []
    planned = {one.id: one.planned for one in found}
    stopped = {one.id for one in found if one.state == STOPPED}
    cares = [care_of(records, one, now, stamps.get(one.id, [])) for one in visits]
    names = {one.visit.id: one.patient.name for one in cares}
    last_time = answers_last_time(records, [one.visit for one in cares if _is_to_be_asked(one)])
    lost = {one.id: [two for two in visits if _waits_for(two, one)] for one in visits}
    late = {one.id: _made_late(records, one, visits) if lost[one.id] else () for one in visits}
    return [
        Stay(
            care,
            tuple(stamps.get(care.visit.id, [])),
            planned.get(care.visit.course_id or 0, 0),
            *_last_sheet(records, sheets.get(care.visit.id, []), now),
            tuple((other, names[other.id]) for other in lost[care.visit.id]),
            tuple((one, names[one.visit.id]) for one in late[care.visit.id]),
            stopped=care.visit.course_id in stopped,
            calls=tuple(one for one in calls if one.about(care.visit)),
            last_time=last_time.get(care.visit.id, ()),
        )
        for care in cares
    ]


def _is_to_be_asked(care: Care) -> bool:
    return care.visit.arrived is not None and bool(care.type.asks) and not care.whole.dosed


def _by_visit(records: Iterable[V]) -> dict[int, list[V]]:
    out: dict[int, list[V]] = {}
    for one in records:
        out.setdefault(one.visit_id, []).append(one)
    return out


def _last_sheet(
    records: ScheduleRecords, sheets: Sequence[Sheet], now: datetime
) -> tuple[Sheet | None, bool]:
    """The last sheet made, and whether it can be in somebody's hands as it is: true, and not known to lack
    from the printer."""
    if not sheets:
        return None, False
    last = sheets[-1]
    return last, still_true(records, last) and not _failed(records, last, now)


def _failed(records: ScheduleRecords, sheet: Sheet, now: datetime) -> bool:
    job = that_counts(records.find(SheetPrint, sheet_id=sheet.id), now)
    return job is not None and job.state is PrintState.FAILED


def _made_late(records: ScheduleRecords, visit: Visit, visits: Sequence[Visit]) -> tuple[Late, ...]:
    """Whom a stay makes late that keeps its room from another."""
    return knock_on(visit, (one for one in visits if one.day == visit.day), records.setup().type_by_id)


def _waits_for(other: Visit, visit: Visit) -> bool:
    """Whether a visit lost the room that another patient is in."""
    in_room = visit.entered is not None and visit.left is None and visit.state in LIVE
    lost = other.displaced and other.entered is None and other.state in LIVE
    return in_room and lost and other.room_id == visit.room_id
