"""Whether what is on record of the stays had happened when it was written: an entry that is dated ahead makes
a minimum stay seem over. A server refuses one (:mod:`clinic_desktop.storage.time_guard`); in a file the clock
is whoever's who writes, and afterwards the trail tells, whose entries stand in the order in which they came.
The days of a demo clinic are made in another order, each by its own clock.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from clinic_desktop.foundation.clock import CLOCKS_DIFFER
from clinic_desktop.storage.as_read import LAST_SECOND, is_moment
from clinic_desktop.storage.time_guard import TOLERANCE
from clinic_desktop.storage.trail_told import Read, Step, Told, proof

CODE = "times-ahead"
_PAGE, _AT_ONCE = 500, 100
_STAMPS = (
    "SELECT s.id, s.at, s.recorded_at, a.id, a.at FROM stamp s JOIN audit a ON a.kind = 'stamp'"
    " AND a.record_id = s.id AND a.action = 'add' AND a.change_number > 0 AND a.id > 0"
    f" WHERE s.id > ? ORDER BY s.id, a.id LIMIT {_PAGE}"
)
_DEMO = "SELECT id FROM clinic WHERE demo"
_LATER = (
    f"SELECT id, at FROM audit WHERE at > ? AND at <= {LAST_SECOND} AND id > 0"
    f" ORDER BY at, id LIMIT {_AT_ONCE}"
)
_AHEAD = "Stamp {number} is dated ahead of the entry of the trail that tells of it."
_BEFORE = "Entry {number} is dated more than an hour after entry {next}, which came later."
_COMING = "Entry {number} is dated more than an hour ahead of the clock."


def times(read: Read, now: datetime | None = None) -> Iterator[Step]:
    """Stamps that are dated ahead of when they were written, and entries of stamps that are dated ahead of
    what came after them. ``now``: entries of whatever kind that are dated ahead of it, too."""
    number, highest = 0, (0, 0)  # the entry with the latest moment so far, and that moment
    with read() as one:
        in_order = not one.rows(_DEMO)
    full = True
    while full:
        with read() as one:
            rows = one.rows(_STAMPS, [number])
        found: Step = []
        for stamp, at, recorded_at, entry, written in rows:
            number = stamp
            if not is_moment(written):
                continue  # which is told of the trail
            if any(_after(moment, written, TOLERANCE) for moment in (at, recorded_at)):
                said = proof("ahead", stamp, at, recorded_at, written)
                found.append(Told(CODE, _AHEAD.format(number=stamp), said))
            if in_order and _after(highest[1], written, CLOCKS_DIFFER):
                said = proof("before", *highest, entry, written)
                found.append(Told(CODE, _BEFORE.format(number=highest[0], next=entry), said))
                highest = entry, written  # said once; from here on the clock is right again
            highest = max(highest, (entry, written), key=lambda known: known[1])
        yield found
        full = len(rows) == _PAGE
    if now is not None:
        with read() as one:
            rows = one.rows(_LATER, [int((now + CLOCKS_DIFFER).timestamp())])
        yield [Told(CODE, _COMING.format(number=row[0]), proof("coming", *row)) for row in rows]


def _after(moment: object, written: int, tolerance: timedelta) -> bool:
    return isinstance(moment, int) and moment > written + tolerance.seconds
