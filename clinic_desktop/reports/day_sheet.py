"""The day on paper: rooms side by side, up to eight to a page, more pages by room and never through a visit.

The words are English; whoever shows or prints the page gives ``say``, which puts them into another language.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.day_axis import DAY, axis_of, short_clock
from clinic_desktop.foundation.document import (
    Block,
    DayGrid,
    Document,
    Footer,
    GridEntry,
    GridShut,
    PageBreak,
    PageSize,
    Run,
    Running,
    Words,
    text,
)
from clinic_desktop.foundation.intervals import Interval, minus
from clinic_desktop.foundation.trail import TrailHead
from clinic_desktop.foundation.words import clock_time, long_date, short_date
from clinic_desktop.people.similar_names import NamedPerson, alike
from clinic_desktop.reports.sums import ReportStore, UsageSource
from clinic_desktop.scheduling.board_layout import Item, laid_out
from clinic_desktop.scheduling.board_rows import BoardRow
from clinic_desktop.scheduling.model import PhaseKind, Room, Setup, Visit
from clinic_desktop.scheduling.overlaps import sharing
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.states import ENDED, LIVE, NEVER_CAME, VisitState
from clinic_desktop.scheduling.way_home import driver_word
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.session import visits_with_driver

ROOMS_TO_A_PAGE = 8
BODY_PT = 10.0
_LINES = 34  # of a page: what is shorter than one of them is drawn that long, so that its name has room
_STEP = 30
_LEAST_HOURS = (8 * 60, 17 * 60)  # of a clinic that has none

PAGE = "Page {page} of {pages}"
PRINTED = "Printed {day}, {time}."
TRAIL = "Trail {head}"
KEEP = "Names of patients: keep this page out of sight, and shred it after the day."
MORE = "In full:"
NO_ROOM = "No room"
NO_VISITS = "no visits"
OF = "{type}, {number} of {planned}"
WITH = "with {name}"
DISPLACED = "DISPLACED"
HELD_FOR = "HELD: {what}"
OVERLAPS = "OVERLAPS ON PURPOSE"
SIMILAR = "Similar name today"
_HELD = {"driver": "driver", "clearance": "clearance"}
_DRIVER = {
    "missing": "NO DRIVER",
    "named": "Driver named",
    "confirmed": "Driver confirmed",
    "here": "Driver here",
}
_STATES = frozenset({VisitState.CONFIRMED, *LIVE, *ENDED} - {VisitState.HELD, VisitState.BOOKED})

Say = Callable[[str], str]

SPOKEN = (
    *(PAGE, PRINTED, TRAIL, KEEP, MORE, NO_ROOM, NO_VISITS, OF, WITH, DISPLACED, HELD_FOR, OVERLAPS, SIMILAR),
    *_HELD.values(),
    *_DRIVER.values(),
)


@dataclass(frozen=True, slots=True)
class DayOnPaper:
    """What the page is made from: the day as it was read at ``at`` (local day and minute)."""

    day: date
    setup: Setup
    rows: tuple[BoardRow, ...]
    driver_here: frozenset[int]
    shares: frozenset[int]  # two at once on purpose
    at: tuple[date, int]
    trail: TrailHead  # by which a trail that somebody rewrote later is told


def read_day(store: ReportStore, day: date) -> DayOnPaper:
    """The visits of a day that are to come, are here or were; not those that never came."""
    with store.read() as records:
        return day_read(records, day, store.clock.now())


def day_read(records: UsageSource, day: date, now: datetime) -> DayOnPaper:
    """The same from records that are open already."""
    setup = records.setup()
    rows = tuple(one for one in records.day_rows(day) if one.visit.state not in NEVER_CAME)
    stamps = records.find(Stamp, visit_id=[one.visit.id for one in rows]) if rows else []
    shares = sharing(records, [one.visit for one in rows if one.visit.state in LIVE])
    at = local_time(now, setup.clinic.zone)
    here = frozenset(visits_with_driver(stamps))
    return DayOnPaper(day, setup, rows, here, frozenset(shares), (at.day, at.minute), records.trail_head())


def day_document(read: DayOnPaper, say: Say = str) -> Document:
    """The pages of the day."""
    setup = read.setup
    columns = _columns(read)
    hours = _hours(read)
    blocks: list[Block] = []
    for rooms in _pages(columns):
        blocks += [PageBreak()] if blocks else []
        blocks.append(_grid(read, rooms, hours, say))
    about = [setup.clinic.name, long_date(read.day), *([] if read.rows else [say(NO_VISITS)])]
    head = text(" \N{MIDDLE DOT} ".join(about), bold=True)
    day, minute = read.at
    printed = say(PRINTED).format(day=short_date(day), time=clock_time(minute))
    return Document(
        "Day sheet",
        "en",
        tuple(blocks),
        PageSize(setup.policies.sheet_page),
        landscape=True,
        body_pt=BODY_PT,
        running=Running(head, text(f"{printed} "), everywhere=True, page_label=say(PAGE)),
        footer=Footer((say(KEEP), say(TRAIL).format(head=read.trail.printed)), ""),
    )


def _columns(read: DayOnPaper) -> list[Room | None]:
    """The rooms in the order of the board, and None for what has no room: shown only when there is some."""
    used = {one.visit.room_id for one in read.rows}
    rooms = [one for one in read.setup.rooms if one.active or one.id in used]
    rooms.sort(key=lambda one: (one.position, one.id))
    without = any(_column_of(one.visit) is None for one in read.rows)
    return [*rooms, *([None] if without else [])]


def _column_of(visit: Visit) -> int | None:
    """A displaced visit has lost its room."""
    return None if visit.displaced and visit.state in LIVE else visit.room_id


def _pages(columns: Sequence[Room | None]) -> list[list[Room | None]]:
    """As few pages as hold them, and about the same number of rooms on each; what has no room stands last."""
    rooms = [one for one in columns if one is not None]
    pages = max(1, -(-len(rooms) // ROOMS_TO_A_PAGE))
    each, more = divmod(len(rooms), pages)
    out: list[list[Room | None]] = []
    at = 0
    for number in range(pages):
        size = each + (number < more)
        out.append([*rooms[at : at + size]])
        at += size
    out[-1] += [one for one in columns if one is None]
    return out


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row with its stay, minutes of the day's axis: ``end`` is when the patient leaves the room."""

    row: BoardRow
    start: int
    end: int


def _placed(row: BoardRow, setup: Setup) -> _Placed:
    visit = row.visit
    axis = axis_of(visit.day, visit.zone)
    kinds = setup.type_by_id(visit.type_id).phases
    lengths = visit.phase_minutes or tuple(one.minutes for one in kinds)
    turnover = sum(n for n, one in zip(lengths, kinds, strict=True) if one.kind is PhaseKind.TURNOVER)
    turned = max(visit.start, visit.room_until) if visit.room_until is not None else visit.end
    start = axis.minute(visit.start)
    return _Placed(row, start, max(axis.minute(turned) - turnover, start + 1))


def _hours(read: DayOnPaper) -> tuple[int, int]:
    """The clinic's longest hours, and whatever lies outside them, on half hours."""
    stays = [_placed(one, read.setup) for one in read.rows]
    hours = read.setup.clinic.hours
    first = min([*(one.start for one in hours), *(one.start for one in stays)], default=_LEAST_HOURS[0])
    last = max([*(one.end for one in hours), *(one.end for one in stays)], default=_LEAST_HOURS[1])
    return max(0, first // _STEP * _STEP), min(DAY, -(-last // _STEP) * _STEP)


def _grid(read: DayOnPaper, rooms: Sequence[Room | None], hours: tuple[int, int], say: Say) -> DayGrid:
    first, last = hours
    at = {None if one is None else one.id: number for number, one in enumerate(rooms)}
    here = [_placed(one, read.setup) for one in read.rows if _column_of(one.visit) in at]
    names = _similar(read.rows)
    entries = [
        GridEntry(
            box.column,
            box.start,
            box.end,
            _lines(read, here[box.id], say, similar=here[box.id].row.visit.patient_id in names),
            box.lane,
            box.span,
            box.lanes,
            dashed=here[box.id].row.visit.state is VisitState.HELD,
            hatched=here[box.id].row.visit.id in read.shares,
        )
        for box in laid_out(_items(here, at, hours))
    ]
    shut = [
        GridShut(number, one.start, one.end)
        for number, room in enumerate(rooms)
        for one in minus([Interval(first, last)], _open(read, room))
    ]
    return DayGrid(
        tuple(say(NO_ROOM) if one is None else one.name for one in rooms),
        first,
        last,
        tuple(entries),
        tuple(shut),
        tuple(
            (minute, clock_time(minute).replace(":00", ""))
            for minute in range(-(-first // 60) * 60, last, 60)
        ),
        say(MORE),
    )


def _items(here: Sequence[_Placed], at: dict[int | None, int], hours: tuple[int, int]) -> Iterable[Item]:
    """What is placed, none shorter than a line of the page, and none beyond its end."""
    first, last = hours
    least = -(-(last - first) // _LINES)
    for number, one in enumerate(here):
        end = min(last, max(one.end, one.start + least))
        yield Item(number, at[_column_of(one.row.visit)], min(one.start, end - least), end)


def _open(read: DayOnPaper, room: Room | None) -> list[Interval]:
    roster, axis = roster_for(read.setup), axis_of(read.day, read.setup.clinic.zone)
    spans = roster.clinic_open(read.day) if room is None else roster.room_open(room.id, read.day)
    return [Interval(axis.minute(one.start), axis.minute(one.end)) for one in spans]


def _similar(rows: Sequence[BoardRow]) -> set[int]:
    """Patients of the day who could be taken for another of it."""
    people = (NamedPerson(one.visit.patient_id, one.given_name, one.family_name) for one in rows)
    return set(alike(people))


def _lines(read: DayOnPaper, placed: _Placed, say: Say, *, similar: bool) -> tuple[Words, ...]:
    """The words of a visit, the most telling first."""
    row, visit = placed.row, placed.row.visit
    marks = [
        say(DISPLACED) if visit.displaced and visit.state in LIVE else "",
        _held(visit, say),
        say(OVERLAPS) if visit.id in read.shares else "",
    ]
    times = f"{short_clock(placed.start)}\N{EN DASH}{short_clock(placed.end)}"
    lines: list[Words] = [(Run(row.name, bold=True),)]
    lines += [(Run(one, bold=True),) for one in marks if one]
    rest = [times, _what(row, read.setup, say), _driver(read, visit, say), _staff(read.setup, visit, say)]
    rest += [
        say(str(visit.whereabouts)) if visit.whereabouts in _STATES else "",
        say(SIMILAR) if similar else "",
    ]
    return (*lines, *(text(one) for one in rest if one))


def _held(visit: Visit, say: Say) -> str:
    if visit.state is not VisitState.HELD:
        return ""
    waits = ", ".join(say(_HELD[one]) for one in sorted(visit.held_for) if one in _HELD)
    return say(HELD_FOR).format(what=waits)


def _what(row: BoardRow, setup: Setup, say: Say) -> str:
    name = setup.type_by_id(row.visit.type_id).name
    if not row.visit.course_no or not row.planned:
        return name
    return say(OF).format(type=name, number=row.visit.course_no, planned=row.planned)


def _driver(read: DayOnPaper, visit: Visit, say: Say) -> str:
    visit_type = read.setup.type_by_id(visit.type_id)
    if visit.state in ENDED or not visit_type.is_treatment:
        return ""
    word = driver_word(visit, read.setup.profile_of(visit_type), here=visit.id in read.driver_here)
    return say(_DRIVER[word]) if word else ""


def _staff(setup: Setup, visit: Visit, say: Say) -> str:
    """Who is with the patient: the nurse, else the prescriber, else the therapist."""
    people = (visit.staff_for(role) for role in (Role.NURSE, Role.PRESCRIBER, Role.THERAPIST))
    member = next((one for one in people if one is not None), None)
    return next((say(WITH).format(name=one.name) for one in setup.staff if one.id == member), "")
