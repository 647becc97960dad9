"""A schema of its own, beside a clinic's on its server, into which a backup is restored to be looked at."""

import re
import secrets
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import IO

from sqlalchemy import Connection, inspect, text

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.storage import backup_folder, guards, schema, server_programs
from clinic_desktop.storage.engine import open_engine, server_url
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.make_backup import at_first
from clinic_desktop.storage.schema import new_file
from clinic_desktop.storage.server_programs import server_major

NOT_AS_WRITTEN = "{name} is not as it was written. Nothing was changed. Take another backup."
NO_BACKUP = "There is no backup at {name}. Nothing was changed."
NOT_ALLOWED = (
    "This role may not make a schema in the clinic's database. Let the owner of the database restore. "
    "Nothing was changed."
)
SENTENCES = (NOT_ALLOWED,)
LEFT_OUT = frozenset({"outage_key"})
"""Tables whose rows no backup has."""
_PLACE, _LEFT_SECONDS = re.compile("clinic_restored_(?:([0-9]+)_)?[0-9a-f]{8}"), 6 * 3600
# pg_restore of 17 and newer writes it whatever the server; one of before 17 refuses it, and with it all.
_UNKNOWN, _KNOWS_IT, _HEAD_LINES = b"SET transaction_timeout = 0;", 17, 40


def may_make_one(line: Connection) -> bool:
    """Whether this role may make a schema in the database, and rename the clinic's."""
    query = """SELECT has_database_privilege(current_database(), 'CREATE')
               AND pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = current_schema()"""
    return bool(line.execute(text(query)).scalar_one())


def address_in(where: str, place: str) -> str:
    """The address of another schema of the same database."""
    return (
        server_url(where)
        .set(drivername="postgresql")
        .update_query_dict({"schema": place})
        .render_as_string(hide_password=False)
    )


def brought(where: str, file: Path) -> str:
    """Into a new schema, in one transaction, in which the clinic's own is out of the way for a moment that
    nobody else sees. Its name."""
    if not file.is_file():
        raise EnvironmentFailure(NO_BACKUP.format(name=file.name))
    facts = backup_folder.facts_of(file)
    if facts is not None and backup_folder.hash_of(file) != facts.sha256:
        raise EnvironmentFailure(NOT_AS_WRITTEN.format(name=file.name))
    engine = open_engine(where)
    try:
        with worded(), engine.connect() as line:
            major = server_major(line)
            if not may_make_one(line):
                raise EnvironmentFailure(NOT_ALLOWED)
            line.rollback()
            with line.begin():
                place = _new_place(line)
    finally:
        engine.dispose()
    try:
        _fill(where, file, place, major)
    except BaseException:
        drop(where, place)  # of a backup that ends in the middle psql takes in what came until then
        raise
    return place


def _new_place(line: Connection) -> str:
    """A name for a schema. Those that a program that was ended left are dropped: by the time in their names
    no look at a backup takes so long, and older versions wrote none."""
    now = line.execute(text("SELECT now()")).scalar_one()
    query = r"""SELECT nspname FROM pg_namespace
                WHERE nspname LIKE 'clinic\_restored\_%' AND pg_has_role(nspowner, 'USAGE')"""
    for name in line.execute(text(query)).scalars().all():
        found = _PLACE.fullmatch(name)
        if found and (found[1] is None or now.timestamp() - int(found[1]) > _LEFT_SECONDS):
            line.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
    return f"clinic_restored_{now.timestamp():.0f}_{secrets.token_hex(4)}"


def _fill(where: str, file: Path, place: str, major: int) -> None:
    address, own = server_programs.address_of(where)
    away = f"{place}_away"
    folder = backup_folder.own_folder(where)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    restorer, psql = (server_programs.find(name, major) for name in ("pg_restore", "psql"))
    with at_first(folder) as chosen:
        listed = server_programs.run(restorer, ["--list", str(file)])
        new_file(chosen)
        kept = [one for one in listed.splitlines() if not re.match(r"\d+; \d+ \d+ (SCHEMA|COMMENT) ", one)]
        chosen.write_text("\n".join(kept) + "\n", encoding="utf-8")
        before = f"ALTER SCHEMA {own} RENAME TO {away}; CREATE SCHEMA {own};"
        after = f"ALTER SCHEMA {own} RENAME TO {place}; ALTER SCHEMA {away} RENAME TO {own};"
        reading = [restorer, "--no-owner", "--no-privileges", "-L", chosen, "-f", "-", file]
        writing = [psql, "-X", "-q", "-w", "-1", "-v", "ON_ERROR_STOP=1", "-d", address]
        writing += ["-c", before, "-f", "-", "-c", after]
        _piped(reading, writing, where, _UNKNOWN if major < _KNOWS_IT else b"")
    engine = open_engine(address_in(where, place))
    try:
        with worded(), engine.begin() as line:
            _with_its_key(line, own)
            schema.finish(line)
    finally:
        engine.dispose()


def _with_its_key(line: Connection, own: str) -> None:
    """What desks keep sealed while a backup is put back opens afterwards too: the key that the clinic has now
    comes along, where it is the one that the backup's trail knows. Else the first desk makes another."""
    last = (
        "SELECT after FROM {}audit WHERE kind = 'outage_key' AND change_number > 0 ORDER BY id DESC LIMIT 1"
    )
    there = inspect(line)
    if all(there.has_table(name, schema) for name in ("outage_key", "audit") for schema in (None, own)):
        guards.clear(line)  # which take no record without its entry; they are built anew right after this
        line.exec_driver_sql(
            f"INSERT INTO outage_key (id, version, key) SELECT id, version, key FROM {own}.outage_key"
            " WHERE NOT EXISTS (SELECT 1 FROM outage_key)"
            f" AND ({last.format('')}) = ({last.format(f'{own}.')})"
        )


def _piped(reading: Sequence[object], writing: Sequence[object], where: str, unknown: bytes) -> None:
    """unknown: a line of the head that the server would refuse; empty for none."""
    one, other = [*map(str, reading)], [*map(str, writing)]
    # Programs of the server's own, by their whole paths; no shell reads the words.
    with (
        subprocess.Popen(one, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as source,  # noqa: S603 - our own arguments
        subprocess.Popen(  # noqa: S603 - our own arguments
            other,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=server_programs.environment(where),
        ) as done,
    ):
        if source.stdout is None or done.stdin is None or done.stderr is None:
            raise AssertionError("all three are pipes")
        through = Thread(target=_without, args=(source.stdout, done.stdin, unknown))
        through.start()
        said = done.stderr.read().decode(errors="replace")
        through.join()
    if done.returncode or source.returncode:
        why = next((line for line in said.splitlines() if "ERROR" in line), "")
        raise EnvironmentFailure(server_programs.FAILED.format(name="pg_restore", why=why))


def _without(source: IO[bytes], target: IO[bytes], unknown: bytes) -> None:
    """Everything but a line of the head. Where the reader ended early, that is told by how it ended."""
    with suppress(OSError), source, target:
        for line in islice(source, _HEAD_LINES):
            if not unknown or line.strip() != unknown:
                target.write(line)
        shutil.copyfileobj(source, target, 2**20)


def drop(where: str, place: str) -> None:
    """Take it away again."""
    engine = open_engine(where)
    try:
        with worded(), engine.begin() as line:
            line.exec_driver_sql(f"DROP SCHEMA IF EXISTS {place} CASCADE")
    finally:
        engine.dispose()
