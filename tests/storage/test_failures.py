"""When the surroundings fail: said in words, nothing half done, and it works again when they do."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from sqlalchemy import event

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.people.model import Patient
from clinic_desktop.storage import check, engine, failures
from clinic_desktop.storage.store import SqlStore, open_store
from tests.small_clinic import MONDAY
from tests.storage import postgres
from tests.storage.conftest import as_owner, beside

ANN = Patient(given_name="Ann")


def add(store: SqlStore, *people: Patient) -> list[Patient]:
    with store.write(PROGRAM) as unit:
        out = unit.add_all(people)
        unit.commit()
    return out


def names(store: SqlStore) -> list[str]:
    with store.read() as records:
        return [one.given_name for one in records.find(Patient)]


@contextmanager
def told(words: str) -> Iterator[None]:
    with pytest.raises(EnvironmentFailure) as caught:
        yield
    assert str(caught.value) == words


def test_a_file_that_stays_busy_is_told(clinic_file, monkeypatch):
    monkeypatch.setitem(engine._PRAGMAS, "busy_timeout", 30)
    store = open_store(clinic_file)
    with beside(clinic_file) as other:
        other.run("BEGIN IMMEDIATE")
        with told(failures.BUSY):
            add(store, ANN)
        assert names(store) == []  # reading goes on
        other.run("ROLLBACK")
    add(store, ANN)
    assert names(store) == ["Ann"]
    store.close()


def test_a_busy_pool_is_told(clinic_file, monkeypatch):
    monkeypatch.setattr(engine, "_POOL", {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.02})
    store = open_store(clinic_file)
    with store.write(PROGRAM), told(failures.BUSY):
        add(store, ANN)
    assert names(store) == []
    store.close()


def test_a_full_file_is_told_and_what_was_there_is_there(clinic_file):
    store = open_store(clinic_file)
    add(store, ANN)
    store.engine.dispose()

    @event.listens_for(store.engine, "connect")
    def _nearly_full(connection, _record):
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    with told(failures.FULL):
        add(store, *[replace(ANN, notes="x" * 500) for _ in range(200)])
    assert names(store) == ["Ann"]
    assert check.findings(clinic_file) == []
    store.close()


def test_a_file_that_cannot_be_written_is_told(clinic_file):
    store = open_store(clinic_file)
    add(store, ANN)
    store.engine.dispose()

    @event.listens_for(store.engine, "connect")
    def _read_only(connection, _record):
        connection.execute("PRAGMA query_only = ON")

    with told(failures.READ_ONLY):
        add(store, ANN)
    assert names(store) == ["Ann"]
    store.close()


def test_damage_found_while_working_is_told(clinic_file):
    store = open_store(clinic_file)
    add(store, *[replace(ANN, notes="x" * 3000) for _ in range(50)])
    store.close()
    store = open_store(clinic_file)
    with clinic_file.open("r+b") as file:  # the disk loses it under our hands
        file.seek(40 * 4096)
        file.write(bytes(80 * 4096))
    with told(failures.DAMAGED):
        names(store)
    with suppress(EnvironmentFailure):
        store.close()


@pytest.fixture
def own_server() -> Iterator[postgres.Server]:
    """A server that may be stopped."""
    try:
        postgres.programs()
    except postgres.NotInstalled as missing:
        pytest.skip(str(missing))
    with postgres.running() as server:
        yield server


def test_a_server_that_goes_away_is_told_and_works_again_when_it_is_back(own_server):
    database = own_server.database()
    open_store(own_server.address(database, postgres.OWNER), make=True).close()
    store = open_store(own_server.address(database, postgres.DESK))
    add(store, ANN)
    with told(failures.AWAY), store.write(PROGRAM) as unit:
        unit.add(ANN)
        own_server.stop(at_once=True)
        unit.add(ANN)
    with told(failures.AWAY_TO_READ):
        names(store)
    with told(failures.AWAY):
        open_store(store.where)
    own_server.start()
    assert names(store) == ["Ann"]
    add(store, ANN)
    assert check.findings(as_owner(store.where)) == []
    own_server.stop()
    own_server.start()  # lines that were idle meanwhile are dead, and nobody needs to know
    assert names(store) == ["Ann", "Ann"]
    add(store, ANN)
    store.close()


def test_what_is_read_tells_of_lines_that_died_without_a_word(own_server, monkeypatch):
    """A computer that slept hears of nothing: its lines look as they did."""
    monkeypatch.setattr(engine, "_still_up", lambda _line: True)
    database = own_server.database()
    open_store(own_server.address(database, postgres.OWNER), make=True).close()
    store = open_store(own_server.address(database, postgres.DESK))
    add(store, ANN)
    assert names(store) == ["Ann"]
    own_server.stop()
    own_server.start()
    assert names(store) == ["Ann"]
    add(store, ANN)
    own_server.stop()
    own_server.start()
    with told(failures.AWAY):  # and where nothing was read before, it is said; the next one works
        add(store, ANN)
    add(store, ANN)
    assert names(store) == ["Ann"] * 3
    store.close()


SLOW_COMMIT = (
    "CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS"
    " $$BEGIN PERFORM pg_sleep(30); RETURN NULL; END$$"
)


def test_a_server_that_goes_away_while_it_saves_leaves_it_open_whether_it_did(postgres_store, owned):
    """It was asked to commit: to say "nothing was saved" might be a lie."""
    owned.run(SLOW_COMMIT)
    owned.run(
        "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON patient DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION slowly()"
    )

    def end_it() -> None:
        sleeping = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
        with beside(as_owner(postgres_store.where).replace(postgres.OWNER, "admin")) as admin:
            while not admin.run(sleeping):
                pass

    ender = threading.Thread(target=end_it)
    ender.start()
    with told(failures.UNSURE):
        add(postgres_store, ANN)
    ender.join()


def test_a_lock_that_stays_taken_is_told(postgres_store, monkeypatch):
    monkeypatch.setitem(engine._SERVER_SETTINGS, "lock_timeout", "50ms")
    store = open_store(postgres_store.where)
    with postgres_store.write(PROGRAM) as holder:
        holder.lock_days([MONDAY])
        with told(failures.BUSY), store.write(PROGRAM) as unit:
            unit.lock_days([MONDAY])
        with told(failures.BUSY), store.write(PROGRAM) as unit:
            unit.lock_all_days()
    with store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY])
    store.close()


def test_of_two_who_wait_for_each_other_one_is_told_and_one_goes_on(postgres_store):
    """Two desks change two patients in opposite order: the server ends one of them."""
    one, other = add(postgres_store, ANN, replace(ANN, given_name="Bob"))
    both_have_one = threading.Barrier(2)
    said: list[object] = []

    def change(first: Patient, second: Patient) -> None:
        try:
            with postgres_store.write(PROGRAM) as unit:
                unit.save(replace(first, notes=first.given_name))
                both_have_one.wait()
                unit.save(replace(second, notes=first.given_name))
                said.append(unit.commit())
        except EnvironmentFailure as failure:
            said.append(str(failure))

    threads = [threading.Thread(target=change, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(str(type(one).__name__) for one in said) == ["Changes", "str"]
    assert failures.BUSY in said
    with postgres_store.read() as records:
        assert len({one.notes for one in records.find(Patient)}) == 1
