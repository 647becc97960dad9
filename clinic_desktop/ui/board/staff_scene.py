"""The day by person: a lane for each patient a nurse may watch, a column for each prescriber and
therapist."""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.intervals import Interval, minus
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.board_layout import Item, laid_out
from clinic_desktop.scheduling.claims import phases_of, staff_of
from clinic_desktop.ui.board.block import Band, Block
from clinic_desktop.ui.board.cover import Cover, cover_of
from clinic_desktop.ui.board.day_axis import short_clock
from clinic_desktop.ui.board.free_time import HeadTone, HeadWords
from clinic_desktop.ui.board.gone import all_placed, lanes_for
from clinic_desktop.ui.board.nurse_load import Load, loads_of
from clinic_desktop.ui.board.room_scene import short_room
from clinic_desktop.ui.board.scene import (
    Column,
    Head,
    Scene,
    Shut,
    Subject,
    ViewKind,
    hours_shown,
    shut_of,
)
from clinic_desktop.ui.i18n import tr

EMPTY_WEIGHT = 0.45  # a lane without a patient gives its room to the others
_ORDER = (Role.PRESCRIBER, Role.NURSE, Role.THERAPIST)


def staff_scene(subject: Subject, blocks: Sequence[Block]) -> Scene:
    """Who serves whom, when."""
    day = subject.days[0]
    first, last = hours_shown(subject, blocks)
    served = _served(subject, {one.id: one for one in blocks})
    loads = {one.staff_id: one for one in loads_of(subject.rows, subject.setup, day)}
    cover = cover_of(subject.setup, day, [row.visit for row in subject.rows], subject.now)
    columns: list[Column] = []
    heads: list[Head] = []
    items: list[tuple[int, Block]] = []
    for person in _people(subject):
        mine = [one for one in served.get(person.id, []) if not one.gone]
        lanes = _lanes(mine)
        count = max([1, *(lane + 1 for lane in lanes)])
        if person.id in loads and Role.NURSE in person.roles:
            count = max(count, loads[person.id].limit)
        items += [(len(columns) + lane, block) for lane, block in zip(lanes, mine, strict=True)]
        taken = [[one for n, one in zip(lanes, mine, strict=True) if n == lane] for lane in range(count)]
        gone = [one for one in served.get(person.id, []) if one.gone]
        items += [(len(columns) + n, one) for n, one in zip(lanes_for(gone, taken), gone, strict=True)]
        words = _lacking(cover, person) or _words(subject, person, loads.get(person.id))
        heads.append(Head(len(columns), count, person.name, words, short=short_name(person.name)))
        used = set(lanes)
        columns += [
            _column(subject, person, number, (first, last), empty=number not in used)
            for number in range(count)
        ]
    return Scene(
        ViewKind.STAFF,
        tuple(columns),
        tuple(heads),
        all_placed(items),
        first,
        last,
        subject.today,
        subject.now_minute,
        subject.setup.policies.grid,
        cover,
        days=subject.days,
    )


def short_name(name: str) -> str:
    """ "Dr. Lin" for "Dr. Helen Lin", "Maya" for "Maya Jones"."""
    words = name.split()
    return f"{words[0]} {words[-1]}" if words and words[0].endswith(".") else words[0] if words else name


def _people(subject: Subject) -> list[Staff]:
    """Those who serve patients, by what they do first."""
    serving = [one for one in subject.setup.staff if one.active and set(one.roles) & set(_ORDER)]
    return sorted(
        serving, key=lambda one: (min(_ORDER.index(role) for role in one.roles if role in _ORDER), one.id)
    )


def _served(subject: Subject, blocks: dict[int, Block]) -> dict[int, list[Block]]:
    """The part of each block that each person serves, by time."""
    rooms: dict[int | None, str] = {one.id: short_room(one.name) for one in subject.setup.rooms}
    out: dict[int, list[Block]] = {}
    for row in subject.rows:
        block = blocks.get(row.visit.id)
        if block is None:
            continue
        visit_type = subject.setup.type_by_id(row.visit.type_id)
        spans: dict[int, list[Interval]] = {}
        for number, phase, span in phases_of(row.visit, visit_type):
            for role in phase.hands | ({phase.watch} if phase.watch else set()):
                person = staff_of(row.visit, number, role)
                if person is not None:
                    spans.setdefault(person, []).append(span.shifted(block.start - row.visit.start))
        for person, parts in spans.items():
            start, end = min(one.start for one in parts), max(one.end for one in parts)
            out.setdefault(person, []).append(_part(block, start, end, rooms.get(block.room_id, "")))
    for mine in out.values():
        mine.sort(key=lambda one: (one.start, one.id))
    return out


def _part(block: Block, start: int, end: int, room: str) -> Block:
    """The block between two minutes; one who serves to the planned end stays while the visit runs on."""
    planned_end = block.end - block.over
    end = block.end if end >= planned_end else end
    end = max(min(end, block.end), start + 5)
    bands = [
        Band(band.kind, max(band.start, start), min(band.end, end))
        for band in block.bands
        if band.start < end and start < band.end
    ]
    return replace(block, start=start, end=end, turned=end, arrive=start, bands=tuple(bands), staff=room)


def _lanes(blocks: Sequence[Block]) -> list[int]:
    """For each block the first lane that is free all day long from its start on."""
    boxes = laid_out(Item(number, 0, one.start, one.end) for number, one in enumerate(blocks))
    lane_of = {box.id: box.lane for box in boxes}
    return [lane_of[number] for number in range(len(blocks))]


def _column(subject: Subject, person: Staff, lane: int, hours: tuple[int, int], *, empty: bool) -> Column:
    day = subject.days[0]
    first, last = hours
    working = subject.on_axis(day, subject.roster.working(person.id, day))
    site = subject.on_axis(day, subject.roster.on_site(person.id, day))
    breaks = [Shut(one.start, one.end, tr("Break")) for one in minus(site, working)] if site else []
    away = tr("Not in") if not site else ""
    breaks = breaks if lane == 0 else []
    reasons = [*breaks, *([Shut(first, last, away)] if away else [])]
    title = str(lane + 1) if Role.NURSE in person.roles else ""
    place = tr("{name}, lane {lane}").format(name=person.name, lane=lane + 1) if title else person.name
    return Column(
        day,
        place,
        staff_id=person.id,
        shut=shut_of(working, first, last, reasons),
        free=tuple(working),
        weight=EMPTY_WEIGHT if empty else 1.0,
    )


def _lacking(cover: Cover, person: Staff) -> HeadWords | None:
    """Whoever has a patient while on a break or away; the first such time."""
    gap = next((one for one in cover.gaps if one.person == person.id), None)
    if gap is None:
        return None
    span = tr("{start} to {end}").format(start=short_clock(gap.start), end=short_clock(gap.end))
    texts = (tr("Break or away with a patient {span}"), tr("Has a patient {span}"), tr("Patient {span}"))
    return HeadWords(tuple(one.format(span=span) for one in texts), HeadTone.LATE)


def _words(subject: Subject, person: Staff, load: Load | None) -> HeadWords:
    """ "2 of 3 now, break 12:15"; on another day when they work."""
    day, now = subject.days[0], subject.now_minute
    site = subject.on_axis(day, subject.roster.on_site(person.id, day))
    if not site:
        return HeadWords((tr("Not in that day"), tr("Not in")))
    start, end = short_clock(site[0].start), short_clock(site[-1].end)
    working = subject.on_axis(day, subject.roster.working(person.id, day))
    pause = next((one for one in minus(site, working) if day != subject.today or one.end > now), None)
    later = [tr("break {time}").format(time=short_clock(pause.start))] if pause else []
    if day != subject.today or not any(one.start <= now < one.end for one in site):
        hours = tr("{start} to {end}").format(start=start, end=end)
        return HeadWords((", ".join([hours, *later]), hours))
    if load is None:
        here = tr("On site until {end}").format(end=end)
        return HeadWords((", ".join([here, *later]), here, tr("Until {end}").format(end=end)))
    count = load.at(now)
    busy = tr("{count} of {limit} now").format(count=count, limit=load.limit)
    tone = HeadTone.LATE if count > load.limit else HeadTone.QUIET
    return HeadWords((", ".join([busy, *later]), busy), tone)
