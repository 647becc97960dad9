"""Looking for free time, before anything is booked: the next openings, and whether one start fits.

Called off the screen's thread; nothing is written. The last word is the database's, at booking.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from clinic_desktop.foundation.clock import DAY_MINUTES, WallTime, exists, from_utc_minute, to_utc_minute
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.availability import Availability, Options
from clinic_desktop.scheduling.choices import Choice, best_choice, chosen
from clinic_desktop.scheduling.looking_regardless import regardless
from clinic_desktop.scheduling.masks import bits, timeline
from clinic_desktop.scheduling.model import Setup, VisitType
from clinic_desktop.scheduling.openings import FIRST_PIECE, LAST_PIECE, read
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.reasons import why_not
from clinic_desktop.scheduling.rules import ROOM_UNFIT, SEEK_TOO_FAR, SKIPPED_TIME
from clinic_desktop.scheduling.safe_start import latest_start
from clinic_desktop.scheduling.working import Roster

DAYS_AHEAD = 180
MOST_DAYS = 731  # two years: more takes seconds, and nobody is booked so far ahead
APART = 60  # minutes between two offers of one day
A_DAY = 3  # offers of one day; more would hide the days after it
NOON = 720


@dataclass(frozen=True, slots=True)
class Offer:
    """A time to offer, with its room and people. Every start up to ``until`` (minute of the day) would
    do as well. late: it is free, and later than the last start that the board shows for the day."""

    at: WallTime
    until: int
    choice: Choice
    late: bool = False


@dataclass(frozen=True, slots=True)
class Seek:
    """What free time is looked for.

    after: UTC minute. half: "am", "pm" or both. near: the minute of the day that is liked; one offer a
    day then, as close to it as can be; with ``within``, only so many minutes from it. skip: days that would
    not do. without: visits whose own places do not count, because they are the ones that move. days: how
    many are looked at, at most :data:`MOST_DAYS`. minutes: lengths of the phases, when they differ from the
    type's.
    """

    type_code: str
    after: int
    count: int = 10
    patient_id: int | None = None
    room_id: int | None = None
    half: str = ""
    near: int | None = None
    skip: frozenset[date] = frozenset()
    nurse_id: int | None = None  # wished for, not demanded
    within: int | None = None
    without: frozenset[int] = frozenset()
    days: int = DAYS_AHEAD
    minutes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a visit can start then: its room and people, or everything that keeps it from it.

    regardless: room and people that nobody else has, where only hours, shifts or the room's fitting
    stand against it; somebody with the right may book them with a reason.
    """

    choice: Choice | None
    reasons: tuple[Finding, ...] = ()
    regardless: Choice | None = None


@dataclass(frozen=True, slots=True)
class NotEarlier:
    """A start that is not offered, and everything that keeps the visit from it."""

    at: WallTime
    reasons: tuple[Finding, ...]


def openings(store: ScheduleStore, seek: Seek) -> list[Offer]:
    """The next openings, in order of time."""
    with store.read() as records:
        return find_openings(records, seek)


def find_openings(records: ScheduleRecords, seek: Seek) -> list[Offer]:
    """The same inside a transaction. Raises :class:`Refusal` for no days and for more than
    :data:`MOST_DAYS`."""
    if not 1 <= seek.days <= MOST_DAYS:
        raise Refusal([Finding(SEEK_TOO_FAR, {"most": MOST_DAYS})])
    setup = records.setup()
    visit_type, zone = setup.type_by_code(seek.type_code), setup.clinic.zone
    options = _options(seek, visit_type)
    out: list[Offer] = []
    first = from_utc_minute(seek.after, zone).day
    for begin, days in _pieces(first, seek.days):
        line = timeline(begin, days + 1, zone)
        free = read(roster_for(setup), visit_type, records.taken, line, options)
        inside = (1 << line.day_bits(begin + timedelta(days=days - 1))[1]) - 1
        cells = bits(free.starts(visit_type, options) & inside)
        out += _offers(free, visit_type, cells, options, seek)
        if len(out) >= seek.count:
            break
    return out[: seek.count]


def fit_at(
    store: ScheduleStore,
    type_code: str,
    at: WallTime,
    room_id: int | None = None,
    patient_id: int | None = None,
    without: Iterable[int] = (),
) -> Fit:
    """Whether a visit of a type fits at a clinic's clock time, in one room or in any.

    ``without``: visits whose own places do not count, because they are the ones that move.
    """
    with store.read() as records:
        options = Options(patient_id, frozenset(without))
        visit_type = records.setup().type_by_code(type_code)
        return find_fit(records, visit_type, at, room_id, options)


def find_fit(
    records: ScheduleRecords,
    visit_type: VisitType,
    at: WallTime,
    room_id: int | None,
    options: Options,
    *,
    overlap: bool = False,
) -> Fit:
    """The same inside a transaction; ``options.rooms`` is set here. ``overlap``: what is taken may be
    shared on purpose."""
    setup = records.setup()
    zone = setup.clinic.zone
    if not exists(at, zone):
        return Fit(None, (Finding(SKIPPED_TIME, {"time": clock_time(at.minute), "day": short_date(at.day)}),))
    asked = frozenset({room_id}) if room_id and visit_type.needs_fit else None
    options = replace(options, rooms=asked)
    line = timeline(at.day, 2, zone)
    free = read(roster_for(setup), visit_type, records.taken, line, options)
    start = to_utc_minute(at, zone)
    choice = best_choice(free, visit_type, start, options)
    if choice is not None:
        return Fit(choice)
    off_grid = at.minute % setup.policies.grid
    anyhow = (
        None if off_grid else regardless(setup, records.taken, visit_type, start, options, overlap=overlap)
    )
    unfit = _unfit(setup, visit_type, room_id) if asked else None
    if unfit is not None:
        return Fit(None, (unfit,), anyhow)
    return Fit(None, tuple(why_not(free, visit_type, start, options)), anyhow)


def why_not_earlier(records: ScheduleRecords, seek: Seek, first: Offer | None) -> NotEarlier | None:
    """What keeps the visit from the last start within opening hours before the first offer; without an
    offer, from the first such start. None when there is none."""
    setup = records.setup()
    zone, visit_type = setup.clinic.zone, setup.type_by_code(seek.type_code)
    begin = from_utc_minute(seek.after, zone).day
    days = (first.at.day - begin).days + 2 if first else FIRST_PIECE
    line, options = timeline(begin, days, zone), _options(seek, visit_type)
    free = read(roster_for(setup), visit_type, records.taken, line, options)
    end = line.bit(first.choice.start) if first else line.cells
    opened = bits(free.parts(visit_type, options)["hours"] & ((1 << end) - 1))
    for bit in opened[::-1] if first else opened:
        at = from_utc_minute(line.minute(bit), zone)
        if at.day not in seek.skip and _in_half(at.minute, seek.half):
            reasons = why_not(free, visit_type, line.minute(bit), options)
            return NotEarlier(at, tuple(reasons)) if reasons else None
    return None


def why_not_at(records: ScheduleRecords, seek: Seek, at: WallTime) -> NotEarlier | None:
    """What keeps the visit from that start; None when nothing does."""
    setup = records.setup()
    zone, visit_type = setup.clinic.zone, setup.type_by_code(seek.type_code)
    if not exists(at, zone):
        return None
    options = _options(seek, visit_type)
    free = read(roster_for(setup), visit_type, records.taken, timeline(at.day, 2, zone), options)
    reasons = why_not(free, visit_type, to_utc_minute(at, zone), options)
    return NotEarlier(at, tuple(reasons)) if reasons else None


def _options(seek: Seek, visit_type: VisitType) -> Options:
    rooms = frozenset({seek.room_id}) if seek.room_id and visit_type.needs_fit else None
    return Options(
        seek.patient_id,
        seek.without,
        rooms,
        wish_nurse=seek.nurse_id,
        minutes=seek.minutes,
        after=seek.after,
    )


Start = tuple[WallTime, int]  # on the clinic's clock, and its cell


def _offers(
    free: Availability, visit_type: VisitType, cells: Iterable[int], options: Options, seek: Seek
) -> Iterator[Offer]:
    a_day: dict[date, list[Start]] = {}
    for cell in cells:
        at = from_utc_minute(free.line.minute(cell), free.line.zone)
        if at.day not in seek.skip and _wanted(at.minute, seek):
            a_day.setdefault(at.day, []).append((at, cell))
    for day, starts in a_day.items():
        last = _last_start(free.roster, visit_type, day, options)
        stretches = _stretches(starts, free.roster.setup.policies.grid)
        for at, cell, until in _picked(stretches, seek.near):
            late = at.minute > last
            yield Offer(
                at, until if late else min(until, last), chosen(free, visit_type, cell, options), late
            )


def _last_start(roster: Roster, visit_type: VisitType, day: date, options: Options) -> int:
    """The minute of the day up to which a start is as good as an earlier one."""
    last = latest_start(visit_type, roster, day, options.minutes)
    if last is None:
        return DAY_MINUTES
    at = from_utc_minute(last, roster.zone)
    return at.minute if at.day == day else 0


def _stretches(starts: Sequence[Start], grid: int) -> list[list[Start]]:
    """Starts that follow each other without a gap belong together."""
    out: list[list[Start]] = []
    for one in starts:
        if out and one[0].minute - out[-1][-1][0].minute == grid:
            out[-1].append(one)
        else:
            out.append([one])
    return out


def _picked(stretches: Sequence[Sequence[Start]], near: int | None) -> list[tuple[WallTime, int, int]]:
    """The starts of a day to offer: one of each stretch, well apart; or the one closest to a liked minute."""
    if near is None:
        return _apart(stretches)[:A_DAY]

    def distance(one: Start) -> int:
        return abs(one[0].minute - near)

    best = min(stretches, key=lambda some: min(map(distance, some)))
    return [(*min(best, key=distance), best[-1][0].minute)]


def _apart(stretches: Sequence[Sequence[Start]]) -> list[tuple[WallTime, int, int]]:
    out: list[tuple[WallTime, int, int]] = []
    for some in stretches:
        late = (one for one in some if not out or one[0].minute - out[-1][0].minute >= APART)
        if (first := next(late, None)) is not None:
            out.append((*first, some[-1][0].minute))
    return out


def _wanted(minute: int, seek: Seek) -> bool:
    """Whether a minute of the day is in the half, and near enough to the one that is liked."""
    far = seek.near is not None and seek.within is not None and abs(minute - seek.near) > seek.within
    return not far and _in_half(minute, seek.half)


def _in_half(minute: int, half: str) -> bool:
    return not half or (minute < NOON) == (half == "am")


def _unfit(setup: Setup, visit_type: VisitType, room_id: int | None) -> Finding | None:
    room = next((one for one in setup.rooms if one.id == room_id), None)
    if room is None or visit_type.needs_fit in room.fits:
        return None
    return Finding(ROOM_UNFIT, {"room": room.name, "type": visit_type.name})


def _pieces(first: date, days: int) -> Iterator[tuple[date, int]]:
    """Stretches of days that grow, because the first openings are mostly near."""
    piece, left = FIRST_PIECE, days
    while left > 0:
        piece = min(piece, left)
        yield first, piece
        first, left, piece = first + timedelta(days=piece), left - piece, min(2 * piece, LAST_PIECE)
