"""Visits whose patients changed rooms in mid-visit, room by room: planned in the first, present in each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from clinic_desktop.reports.sums import Turnovers, UsageSum
from clinic_desktop.scheduling.model import Visit


def room_by_room(visit: Visit) -> Iterator[UsageSum]:
    """What to add to sums that have such a visit in its last room alone, with the minutes there."""
    planned = visit.end - visit.start
    first = visit.planned_room
    if visit.room_id is None or first is None:
        return
    yield _part(visit, visit.room_id, visits=-1, planned=-planned)
    yield _part(visit, first, visits=1, planned=planned)
    for stay in visit.rooms_before:
        yield _part(visit, stay.room_id, in_room=max(0, (stay.left or stay.entered) - stay.entered))


def _part(visit: Visit, room_id: int, *, visits: int = 0, planned: int = 0, in_room: int = 0) -> UsageSum:
    people = visit.nurse_id or 0, visit.prescriber_id or 0
    return UsageSum(room_id, visit.type_id, *people, visit.state.value, visits, planned, in_room, 0)


def turned_over(
    there: Mapping[int, Turnovers], days: Iterable[Sequence[Visit]], longest: int
) -> dict[int, Turnovers]:
    """With the turnovers of some whole days, every room that a patient was in told apart."""
    out = dict(there)
    for visits in days:
        for room_id, gap in _gaps(visits):
            if 0 <= gap <= longest:
                known = out.get(room_id, Turnovers())
                out[room_id] = Turnovers(known.number + 1, known.minutes + gap)
    return out


def _gaps(visits: Iterable[Visit]) -> Iterator[tuple[int, int]]:
    """Room and minutes from each leaving to the next coming in."""
    stays = sorted((stay for one in visits for stay in one.room_stays), key=lambda one: one.entered)
    last: dict[int, int] = {}
    for stay in stays:
        if stay.room_id in last:
            yield stay.room_id, stay.entered - last[stay.room_id]
        if stay.left is not None:
            last[stay.room_id] = max(last.get(stay.room_id, stay.left), stay.left)
