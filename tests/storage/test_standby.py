"""The server dies under load, and its standby takes over: the desks come back by themselves, and what was
acknowledged is there."""

import os
from contextlib import ExitStack

import pytest

from benchmarks import race_clinic
from clinic_desktop.storage import check
from tests.storage import postgres
from tests.storage.desk_that_goes_on import ACKNOWLEDGED, AWAY, book_through
from tests.storage.killed_desk import started
from tests.storage.killed_kinds import courses_there

BEFORE, AFTER = 6, 6


def read_until(told: int, letter: bytes, times: int) -> bytes:
    said = b""
    while said.count(letter) < times and (more := os.read(told, 1)):
        said += more
    return said


def test_desks_go_on_with_the_standby_and_nothing_acknowledged_is_lost():
    try:
        postgres.programs()
    except postgres.NotInstalled as missing:
        pytest.skip(str(missing))
    with ExitStack() as stack:
        primary = stack.enter_context(postgres.running(durable=True))
        name = primary.database()
        race_clinic.make(primary.address(name, postgres.OWNER))
        standby = stack.enter_context(postgres.folder_for(durable=True))
        standby.follow(primary)
        # From here on a commit is acknowledged only once the standby has it, too.
        with primary.connect("postgres", "admin") as admin:
            admin.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            admin.execute("SELECT pg_reload_conf()")
        where = (
            f"postgresql://{postgres.DESK}@/{name}?host={primary.folder}&host={standby.folder}"
            "&target_session_attrs=read-write"
        )
        desk, told = started(where, 0, book_through)
        try:
            said = read_until(told, ACKNOWLEDGED, BEFORE)
            primary.stop(at_once=True)
            standby.promote()
            said += read_until(told, ACKNOWLEDGED, AFTER)
        finally:
            desk.kill()
            desk.join()
        while more := os.read(told, 4096):
            said += more
        os.close(told)
        assert AWAY in said  # it was told, and came back without anybody
        there = standby.address(name, postgres.DESK)
        # Stored without being acknowledged: in the commit in which the server died, and killed at the end.
        assert said.count(ACKNOWLEDGED) <= courses_there(there) <= said.count(ACKNOWLEDGED) + 2
        assert check.findings(there) == []
