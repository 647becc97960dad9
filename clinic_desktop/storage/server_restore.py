"""A backup of a server's clinic put in its place: restored into a schema of its own, looked at there, then
swapped by two renamings in one transaction. What was there stays under a dated name.
"""

from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.backups import Restored, Seen
from clinic_desktop.foundation.clock import Clock, SystemClock, zone
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security.backup_place import KIND
from clinic_desktop.security.put_on_record import put_on_record
from clinic_desktop.security.rights import Right, require
from clinic_desktop.storage import backup_folder, check, guards, inside, moved, server_programs
from clinic_desktop.storage.engine import AT_SERVER, open_engine
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.other_clinic import refuse_other
from clinic_desktop.storage.server_scratch import NOT_ALLOWED, address_in, brought, drop, may_make_one
from clinic_desktop.storage.store import open_store
from clinic_desktop.storage.tables import schema_version

IN_USE = (
    "The clinic is open in %s other windows or programs. Close them on every desk, then restore. "
    "Nothing was changed."
)
NOT_SOUND = "What is in {name} does not hold together ({codes}). Nothing was changed. Take another backup."
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    f" AND (application_name = '{AT_SERVER}' OR application_name LIKE '{AT_SERVER} %')"
)
_OURS = text(
    "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
    " WHERE schemaname = current_schema() AND pg_has_role(tableowner, 'USAGE') ORDER BY tablename"
)


def look_into(where: str, file: Path) -> Seen:
    """Restore into a schema of its own, look, and drop it. By the owner of the database alone."""
    _not_moved(where)
    place = brought(where, file)
    try:
        return _seen(where, place, file)
    finally:
        drop(where, place)


def restore(
    where: str,
    file: Path,
    actor: Actor = PROGRAM,
    clock: Clock | None = None,
    *,
    other_clinic: bool = True,
) -> Restored:
    """The backup takes the clinic's place; what was there stays in a schema beside it.

    Raises :class:`EnvironmentFailure`; then the clinic is as it was.
    """
    require(actor, Right.SET_UP)
    clock = clock or SystemClock()
    _allowed(where)  # all of it sooner than after a minute's work
    _not_moved(where)
    _nobody_else(where)
    place = brought(where, file)
    try:
        seen = _seen(where, place, file)
        if seen.findings:
            raise EnvironmentFailure(NOT_SOUND.format(name=file.name, codes=", ".join(seen.findings)))
        refuse_other(seen, allowed=other_clinic)
        zone_name = seen.inside.zone
        local = clock.now().astimezone(zone(zone_name) if zone_name else None)
        aside = f"clinic_before_{local:%Y%m%d_%H%M%S}"
        about: dict[str, object] = {"from": file.name, "aside": aside}
        heads = {"backup": seen.inside.head, "instead": seen.now.head if seen.now else None}
        about |= {word: head and {"number": head.number, "hash": head.hash} for word, head in heads.items()}
        if seen.before_accounts:
            about["accounts"] = "none: of before the first"
        with closing(open_store(address_in(where, place), clock)) as store:
            put_on_record(store, actor, Deed.RESTORED, KIND, about)
        _swap(where, place, aside)
    except BaseException:
        drop(where, place)
        raise
    return Restored(seen, aside)


def _seen(where: str, place: str, file: Path) -> Seen:
    found = tuple(dict.fromkeys(one.code for one in check.findings(address_in(where, place))))
    facts = backup_folder.facts_of(file)
    as_written = None if facts is None else True
    there, engine = open_engine(address_in(where, place)), open_engine(where)
    try:
        with worded(), there.connect() as restored, engine.connect() as line:
            held = inside.of(restored)
            newer = backup_folder.newer_beside(file, held.clinic)
            if not _there(line):
                return Seen(file, held.inside, facts, as_written, found, newer=newer)
            now, at = inside.of(line), held.inside.head
            came_from_it = not at.number or inside.hash_at(line, at.number) == at.hash
            lost = inside.changes_after(line, at.number) if came_from_it else None
            same = held.clinic == now.clinic
            return Seen(file, held.inside, facts, as_written, found, now.inside, same, lost, newer)
    finally:
        there.dispose()
        engine.dispose()


def _there(line: Connection) -> bool:
    """Whether a clinic is there: a database may be new."""
    return bool(inspect(line).has_table(schema_version.name))


def _not_moved(where: str) -> None:
    """The old copy of a clinic that was moved away is left alone: else there would be two."""
    engine = open_engine(where)
    try:
        with worded(), engine.connect() as line:
            if _there(line):
                moved.refuse_marked(moved.revision_of(line))
    finally:
        engine.dispose()


def _swap(where: str, place: str, aside: str) -> None:
    own = server_programs.address_of(where)[1]
    engine = open_engine(where)
    try:
        with worded(), engine.begin() as line:
            _keep_out(line)
            _refuse_others(line)
            _rename(line, own, aside)
            _rename(line, place, own)
            guards.build(line)  # their functions name the schema
    finally:
        engine.dispose()


def _allowed(where: str) -> None:
    engine = open_engine(where)
    try:
        with worded(), engine.connect() as line:
            if not may_make_one(line):
                raise EnvironmentFailure(NOT_ALLOWED)
    finally:
        engine.dispose()


def _nobody_else(where: str) -> None:
    engine = open_engine(where)
    try:
        with worded(), engine.connect() as line:
            _refuse_others(line)
    finally:
        engine.dispose()


def _refuse_others(line: Connection) -> None:
    if others := int(line.execute(_OTHERS).scalar_one()):
        raise EnvironmentFailure(IN_USE % others)


def _keep_out(line: Connection) -> None:
    """Whoever comes from now on waits, and finds the backup; whoever writes already is waited for. Else they
    would write into what is put aside, and be told that it is kept."""
    tables = ", ".join(line.execute(_OURS).scalars())
    if not tables:  # of an empty database
        return
    line.exec_driver_sql(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")


def _rename(line: Connection, one: str, other: str) -> None:
    line.exec_driver_sql(f"ALTER SCHEMA {one} RENAME TO {other}")
