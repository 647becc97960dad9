"""Whether a clinic's data is whole and in order. Reads only; damage is reported, not tripped over."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from sqlalchemy import CheckConstraint, Engine, TextClause, func, select, text

from clinic_desktop.foundation.backups import KEYS
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.foundation.trail import TrailHead
from clinic_desktop.people.model import Staff
from clinic_desktop.security import key_slots
from clinic_desktop.security.key_slots import SlotsLost
from clinic_desktop.storage import (
    as_read,
    check_claims,
    check_courses,
    check_times,
    check_visits,
    compare,
    guards,
    look,
    moved,
    trail_check,
)
from clinic_desktop.storage.columns import Day
from clinic_desktop.storage.engine import Sealed, Where, beside, file_of, is_address, open_engine, real_file
from clinic_desktop.storage.failures import problem_of
from clinic_desktop.storage.proof import sequences
from clinic_desktop.storage.reader import SqlRecords
from clinic_desktop.storage.revisions import CURRENT
from clinic_desktop.storage.setups import SetupCache
from clinic_desktop.storage.storable import LARGEST
from clinic_desktop.storage.tables import change, head, metadata
from clinic_desktop.storage.trail_mark import TrailMark, known_mark_of
from clinic_desktop.storage.trail_records import records as records_differ
from clinic_desktop.storage.trail_told import Read, Step

_SHORT = "The file is shorter than it says it is."
_NOT_OURS = "The clinic's tables are not there."
_LOOKS = 3
_AT_MOST = 20  # findings of one code; the rest are counted


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be. ``code`` is stable; the message names no patient."""

    code: str
    message: str


Part = tuple[str, Callable[[SqlRecords], Iterable[str]]]


def findings(where: Where, printed: TrailHead | None = None, *, revision: str = CURRENT) -> list[Finding]:
    """Everything wrong with the clinic in a file, plain or sealed, or at an address; empty when all is well.
    ``printed``: where the trail stood by a day sheet or a backup.

    revision: what stands there as its version; another one is a finding.
    Nothing is changed. A file is not even opened to write, so that a damaged one stays as it is.
    """
    more: list[Part] = [("mark", partial(_mark, known_mark_of(where)))]
    if printed is not None:
        more.append(("printed", partial(_printed, printed)))
    parts = (*_PARTS, *more)
    try:
        if is_address(where):
            return _of(open_engine(where), parts, revision)
        return _of_file(where, parts, revision)
    except SlotsLost as lost:
        return [Finding(KEYS, str(lost))]
    except ClinicProblem as problem:
        return [Finding("not-readable", str(problem))]


def accepted(where: Where) -> list[str]:
    """What earlier checks found, and who accepted it when and why; nothing where it cannot be read."""
    if is_address(where):
        engine = open_engine(where)
    else:
        kept = beside(where, file_of(where))
        engine = open_engine(kept, lambda: look.read_only(kept))
    try:
        with SqlRecords(engine, SetupCache()) as records:
            people = {one.id: one.name for one in records.find(Staff)}
            return [
                f"{told.message} Accepted on {one.at:%Y-%m-%d %H:%M} UTC by "
                f"{people.get(one.person_id, 'the program')} because: {one.reason}"
                for one in trail_check.acceptances(records)
                for told in one.found
            ]
    except Exception:
        return []  # that it cannot be read is a finding
    finally:
        engine.dispose()


def _of_file(where: Where, parts: Iterable[Part], revision: str) -> list[Finding]:
    path = file_of(where)
    kept = beside(where, path)
    if not look.is_ours(kept):
        raise EnvironmentFailure(f"There is no clinic at {path.name}.")
    while True:
        before = look.as_it_was(path)
        short = [] if look.has_its_length(kept) else [Finding("integrity", _SHORT)]
        found = _of(open_engine(kept, lambda: look.read_only(kept)), parts, revision)
        found = [*short, *_slots(kept), *found]
        # Read as a file that nobody writes to, it must have been one all the time.
        if before[0] or look.as_it_was(path) == before:
            return found


def _slots(kept: Path | Sealed) -> list[Finding]:
    """Of an encrypted clinic that something opened all the same: the next who comes finds no way in."""
    if isinstance(kept, Sealed):
        try:
            key_slots.read(real_file(kept.path))
        except SlotsLost as lost:
            return [Finding(KEYS, str(lost))]
    return []


def _of(engine: Engine, parts: Iterable[Part], wanted: str) -> list[Finding]:
    try:
        with SqlRecords(engine, SetupCache()) as records:
            revision = moved.revision_of(records.connection)
            if revision != wanted:
                said = moved.words_of(revision) or f"The data is of version {revision}, not {wanted}."
                return [Finding("version", said)]
            return [finding for part in parts for finding in _limited(*part, records)]
    except Exception as failure:
        return [Finding("not-readable", str(problem_of(failure) or _NOT_OURS))]
    finally:
        engine.dispose()


def _limited(
    code: str, part: Callable[[SqlRecords], Iterable[str]], records: SqlRecords
) -> Iterator[Finding]:
    """The first findings of one part, and how many more there are; a part that cannot be read says so."""
    count = 0
    try:
        for message in part(records):
            count += 1
            if count <= _AT_MOST:
                yield Finding(code, message)
    except Exception as failure:
        problem = problem_of(failure)
        yield Finding(code, f"Not readable: {problem or type(failure).__name__}")
    if count > _AT_MOST:
        yield Finding(code, f"... and {count - _AT_MOST} more.")


def _integrity(records: SqlRecords) -> Iterator[str]:
    if records.connection.dialect.name != "sqlite":
        return  # a server looks after its own pages
    for line in records.connection.execute(text("PRAGMA integrity_check")).scalars():
        if line != "ok":
            yield f"{line}."
    for line in sorted(_unsound_pages(records)):
        yield f"{line}."


def _unsound_pages(records: SqlRecords) -> set[str]:
    """Pages of a sealed file whose code does not hold; none of a plain one, which knows no such question.

    They are read past the locks: a page that somebody is just writing is sound the next time.
    """
    found: set[str] = set()
    for n in range(_LOOKS):
        now = {str(said) for (said,) in records.rows("PRAGMA cipher_integrity_check")}
        found = found & now if n else now
        if not found:
            break
    return found


def _references(records: SqlRecords) -> Iterator[str]:
    for table, column, query in _lost_references():
        for number in records.connection.execute(query).scalars():
            yield f"{table} {number}: its {column} refers to nothing."


@cache
def _lost_references() -> list[tuple[str, str, TextClause]]:
    """Table, column, and what finds the rows whose column names a row that is not there."""
    found = []
    for table in metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            (column,), (target,) = key.columns, (one.column for one in key.elements)
            query = text(
                f'SELECT own.id FROM "{table.name}" AS own WHERE own."{column.name}" IS NOT NULL '
                f'AND NOT EXISTS (SELECT 1 FROM "{target.table.name}" AS other '
                f'WHERE other."{target.name}" = own."{column.name}")'
            )
            found.append((table.name, column.name, query))
    return found


def _constraints(records: SqlRecords) -> Iterator[str]:
    # SQLite's own check passes these over on a connection that cannot write.
    for table, name, query in _broken_constraints():
        for number in records.connection.execute(query).scalars():
            yield f"{table} {number}: its {name} does not hold."


@cache
def _broken_constraints() -> list[tuple[str, str, TextClause]]:
    """Table, constraint, and what finds the rows of which it does not hold."""
    return [
        (table.name, str(one.name), text(f'SELECT id FROM "{table.name}" WHERE NOT ({one.sqltext})'))
        for table in metadata.sorted_tables
        for one in sorted(table.constraints, key=lambda constraint: str(constraint.name))
        if isinstance(one, CheckConstraint)
    ]


def _days(records: SqlRecords) -> Iterator[str]:
    """Each row with something else where a day stands; what reads it cannot say which it was. Of the feed the
    check of the trail says it."""
    for table in (one for one in metadata.sorted_tables if one is not change):
        (key,) = table.primary_key
        for column in (one for one in table.c if isinstance(one.type, Day)):
            there = f'FROM "{table.name}" WHERE "{column.name}"'
            spoiled = [
                value
                for (value,) in records.rows(f'SELECT DISTINCT "{column.name}" {there} IS NOT NULL')
                if as_read.day(value) is None
            ]
            for value in spoiled:
                for (number,) in records.rows(f'SELECT "{key.name}" {there} = ? ORDER BY 1', [value]):
                    yield f"{table.name} {number}: its {column.name} is no day."


def _guards(records: SqlRecords) -> Iterator[str]:
    for name in guards.differing(records.connection):
        yield f"The guard {name} is missing or was altered."


def _tables(records: SqlRecords) -> Iterator[str]:
    for said in compare.made_otherwise(records.connection, metadata):
        yield f"{said}."
    for difference in compare.differences(records.connection, metadata):
        yield f"{difference}."


def _numbers(records: SqlRecords) -> Iterator[str]:
    """Tables that could soon give no new numbers, and rows under one that is yet to be given."""
    if records.connection.dialect.name != "sqlite":
        yield from _numbers_on_server(records)
        return
    query = text("SELECT name, seq FROM sqlite_sequence WHERE typeof(seq) <> 'integer' OR seq > :most")
    for row in records.connection.execute(query, {"most": LARGEST // 2}):
        yield _RUN_OUT.format(name=row.name, last=row.seq)


_RUN_OUT = "The numbers of {name} go on after {last}: no more could be added there."
_NOT_GIVEN = "{name} {number}: the server has not given that number yet, and stops at it."


def _numbers_on_server(records: SqlRecords) -> Iterator[str]:
    for table, sequence in sequences(records.connection).items():
        query = f"SELECT s.last_value, (SELECT max(id) FROM {table}) FROM {sequence} s"
        ((last, highest),) = records.rows(query)
        if last > LARGEST // 2:
            yield _RUN_OUT.format(name=table, last=last)
        if highest is not None and highest > last:
            yield _NOT_GIVEN.format(name=table, number=highest)


def _audit(records: SqlRecords) -> Iterator[str]:
    yield from _open(records, trail_check.links(_again(records)))
    yield from _open(records, trail_check.feed(_again(records)))
    query = select(head.c.change_number, select(func.max(change.c.number)).scalar_subquery().label("last"),
                   select(func.count()).select_from(change).scalar_subquery().label("rows"))  # fmt: skip
    row = records.connection.execute(query).one()
    if not row.change_number == (row.last or 0) == row.rows:
        yield f"The change feed counts {row.change_number}, but holds {row.rows} up to {row.last}."


def _records(records: SqlRecords) -> Iterator[str]:
    yield from _open(records, records_differ(_again(records)))


def claims_differ(records: SqlRecords) -> Iterator[str]:
    """Visits whose places are not those of their plan, of all days."""
    yield from _open(records, check_claims.claims(_again(records)))


def _times(records: SqlRecords) -> Iterator[str]:
    """By the order of the trail alone: whoever checks may have a clock that is wrong."""
    yield from _open(records, check_times.times(_again(records)))


def _mark(mark: TrailMark | None, records: SqlRecords) -> Iterator[str]:
    yield from _told([trail_check.marked(_again(records), mark)])


def _printed(printed: TrailHead, records: SqlRecords) -> Iterator[str]:
    found = trail_check.hash_of(records, printed.number)
    if found is None:
        yield f"The trail ends before entry {printed.number}, which was printed."
    elif not found.startswith(printed.hashed):
        yield f"Entry {printed.number} of the trail is not the one that was printed."


def _again(records: SqlRecords) -> Read:
    """All steps of the check in its one transaction."""
    return lambda: nullcontext(records)


def _open(records: SqlRecords, steps: Iterable[Step]) -> Iterator[str]:
    """Without what somebody looked into and accepted; :func:`accepted` names that."""
    return _told(trail_check.open_only(_again(records), steps))


def _told(steps: Iterable[Step]) -> Iterator[str]:
    return (one.message for step in steps for one in step)


_PARTS: tuple[Part, ...] = (
    ("integrity", _integrity),
    ("references", _references),
    ("constraints", _constraints),
    ("days", _days),
    ("guards", _guards),
    ("tables", _tables),
    ("numbers", _numbers),
    ("claims-overlap", check_visits.overlaps),
    ("way-home", check_visits.ways_home),
    ("releases", check_visits.releases),
    ("red-answers", check_visits.red_answers),
    ("times", check_visits.times),
    (check_claims.CODE, claims_differ),
    ("to-place", check_courses.counts),
    ("audit", _audit),
    ("records", _records),
    (check_times.CODE, _times),
)
