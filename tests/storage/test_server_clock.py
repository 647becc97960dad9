"""With a server its clock is the clock, for every desk."""

from datetime import UTC, datetime, timedelta

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import FixedClock, ServerClock, SystemClock
from clinic_desktop.people.model import Patient
from clinic_desktop.storage.store import SqlStore, open_store


def test_a_desk_whose_clock_is_ten_minutes_fast_writes_the_servers_time(postgres_store: SqlStore) -> None:
    fast = ServerClock(FixedClock(datetime.now(UTC) + timedelta(minutes=10)))
    store = open_store(postgres_store.where, fast)
    with store.write(PROGRAM) as unit:
        unit.add(Patient(given_name="Ana", family_name="Bell"))
        assert abs(unit.at - datetime.now(UTC)) < timedelta(minutes=1)
        unit.commit()
    written = store.last_written()
    store.close()
    assert written is not None
    assert abs(written - datetime.now(UTC)) < timedelta(minutes=1)
    assert timedelta(minutes=9) < fast.ahead() < timedelta(minutes=11)


def test_the_feed_brings_the_servers_time(postgres_store: SqlStore) -> None:
    slow = ServerClock(FixedClock(datetime.now(UTC) - timedelta(minutes=10)))
    store = open_store(postgres_store.where, slow)
    store.changes_since(0)
    store.close()
    assert abs(slow.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_one_computer_goes_by_its_own_clock(sqlite_store: SqlStore) -> None:
    store = open_store(sqlite_store.where)
    assert isinstance(store.clock, SystemClock)
    assert store.last_written() is None
    store.close()
