"""A backup of a clinic on a server: pg_dump's own form, of one moment, looked at after it is written."""

import os
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from clinic_desktop.foundation.backups import Backup, Check, Facts
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.storage import backup_folder, check, inside, server_programs, server_scratch
from clinic_desktop.storage.engine import open_engine
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.make_backup import at_first, failing_at, program
from clinic_desktop.storage.schema import new_file
from clinic_desktop.storage.server_programs import server_major
from clinic_desktop.storage.tables import metadata

_INCOMPLETE = "The backup of the server lacks {names}. It was not kept. Nothing else was changed."


def make(where: str, target: Path, at: datetime) -> Backup:
    """Whole under its name, or not there. What was looked at stands in its facts: every record where this
    role may restore it into a schema of its own, else the table of contents.

    Raises :class:`EnvironmentFailure`, also where pg_dump is missing or older than the server.
    """
    folder = backup_folder.own_folder(where)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = open_engine(where)
    try:
        with (
            failing_at(target.parent),
            worded(),
            at_first(folder, target.parent) as local,
            engine.connect() as line,
        ):
            line.execution_options(isolation_level="REPEATABLE READ")
            with line.begin():
                # pg_dump may take as long as it takes; this line keeps its moment for it.
                line.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
                # What pg_dump writes and what is said of it are of the same moment.
                moment = str(line.execute(text("SELECT pg_export_snapshot()")).scalar_one())
                there = inside.of(line)
                major = server_major(line)
                look_inside = server_scratch.may_make_one(line)
                _dump(where, local, moment, major)
            _listed(local, major)
            done, codes = _looked_at(where, local) if look_inside else (Check.CONTENTS, ())
            if not there.whole:
                codes = *codes, inside.UNREAD
            facts = Facts(
                there.clinic, at, program(), there.inside.revision, there.inside.head, done, codes,
                local.stat().st_size, backup_folder.hash_of(local),
            )  # fmt: skip
            return backup_folder.put(local, target, facts, None)
    finally:
        engine.dispose()


def _looked_at(where: str, local: Path) -> tuple[Check, tuple[str, ...]]:
    """Restored into a schema of its own, in which every record is looked at; gone afterwards."""
    place = server_scratch.brought(where, local)
    try:
        found = check.findings(server_scratch.address_in(where, place))
        return Check.RESTORED, tuple(dict.fromkeys(one.code for one in found))
    finally:
        server_scratch.drop(where, place)


def _dump(where: str, local: Path, moment: str, major: int) -> None:
    dump = server_programs.find("pg_dump", major, own=True)
    address, schema = server_programs.address_of(where)
    new_file(local)
    # A backup that is taken away does not open what the desks keep sealed.
    left_out = [f"--exclude-table-data={schema}.{one}" for one in sorted(server_scratch.LEFT_OUT)]
    options = [*left_out, "-Fc", "--no-owner", "--no-privileges", "--no-password", "--lock-wait-timeout=60s"]
    chosen = [f"--schema={schema}", f"--snapshot={moment}", f"--file={local}", f"--dbname={address}"]
    server_programs.run(dump, [*options, *chosen], where)
    handle = os.open(local, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _listed(local: Path, major: int) -> None:
    """Every table has its rows in it, but what is left out on purpose."""
    listed = server_programs.run(server_programs.find("pg_restore", major), ["--list", str(local)])
    held = {
        line.split(" TABLE DATA ")[1].split()[1] for line in listed.splitlines() if " TABLE DATA " in line
    }
    wanted = {table.name for table in metadata.sorted_tables} - server_scratch.LEFT_OUT
    if lacking := sorted(wanted - held):
        raise EnvironmentFailure(_INCOMPLETE.format(names=", ".join(lacking)))
