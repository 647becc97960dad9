"""A clinic moves from a file to a server and back: all of it, proven, or none of it."""

import os
import signal
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure, StoreRefused
from clinic_desktop.foundation.moving_steps import Print, Step
from clinic_desktop.people.model import Patient
from clinic_desktop.people.patients import create
from clinic_desktop.scheduling.booking import book
from clinic_desktop.storage import backup_folder, engine, guards, moving, proof
from clinic_desktop.storage.check import findings
from clinic_desktop.storage.moved import WentElsewhere
from clinic_desktop.storage.moving import move, take_back
from clinic_desktop.storage.store import open_store
from tests.every_case import EVERY_CASE
from tests.small_clinic import SmallClinic
from tests.storage import postgres
from tests.storage.conftest import beside

AT = datetime(2026, 11, 30, 7, tzinfo=UTC)


@pytest.fixture
def source(file_clinic: SmallClinic) -> Path:
    """A clinic's file with a visit in it, and a number that was given and taken back."""
    book(file_clinic.store, file_clinic.desk, file_clinic.wish())
    where = file_clinic.store.where
    assert isinstance(where, Path)
    with beside(where) as direct:
        direct.run("UPDATE sqlite_sequence SET seq = seq + 7 WHERE name = 'visit'")
    return where


@pytest.fixture
def server(postgres_server: postgres.Server):
    """The owner's address of an empty database."""
    name = postgres_server.database()
    yield postgres_server.address(name, postgres.OWNER)
    postgres_server.drop(name)


def somebody_new(clinic: SmallClinic) -> None:
    create(clinic.store, clinic.desk, Patient(family_name="Lee", given_name="Ana"))


def desk(address: str) -> str:
    return address.replace(postgres.OWNER, postgres.DESK)


def all_of(where: Path | str) -> tuple[dict[str, Print], dict[str, int]]:
    opened = engine.open_engine(where)
    try:
        with opened.connect() as connection:
            assert guards.differing(connection) == []
            return proof.prints(connection), proof.numbered(connection)
    finally:
        opened.dispose()


def rows(where: Path | str) -> dict[str, Print]:
    """All but what says itself that the clinic was moved."""
    return {name: one for name, one in all_of(where)[0].items() if name not in ("audit", "head")}


def test_there_and_back_nothing_changed(source, server, tmp_path, file_clinic):
    before, numbers = all_of(source)
    done = move(source, server, PROGRAM, AT)
    assert done is not None
    assert done.prints == before
    assert findings(server) == []
    assert all_of(server)[1] == numbers
    assert rows(server) == rows(source)
    # the app's role works there at once, and the next number is a new one
    store = open_store(desk(server))
    new = create(store, file_clinic.desk, Patient(family_name="Lee", given_name="Ana"))
    assert new.patient.id == numbers["patient"] + 1
    with beside(server) as owner:
        assert owner.one("SELECT nextval(pg_get_serial_sequence('visit', 'id'))") == numbers["visit"] + 1
    store.close()
    # the old file lets nobody in, and says where its clinic went
    with pytest.raises(WentElsewhere, match="moved on 2026-11-30 to postgresql://") as went:
        open_store(source)
    assert went.value.there == server

    home = tmp_path / "home.sqlite"
    assert move(server, home, PROGRAM, AT) is not None
    assert findings(home) == []
    assert rows(home) == rows(server)
    assert all_of(home)[1]["visit"] == numbers["visit"] + 1
    with pytest.raises(StoreRefused, match=r"home\.sqlite"):
        open_store(desk(server))


def test_whoever_has_the_old_place_open_cannot_write_there_any_more(source, server, file_clinic):
    open_there = replace(file_clinic, store=open_store(source, file_clinic.clock))  # with its mark
    move(source, server, PROGRAM, AT)
    with pytest.raises(StoreRefused, match="moved on 2026-11-30"):
        somebody_new(open_there)
    take_back(source, PROGRAM, AT)
    somebody_new(open_there)
    open_there.store.close()
    assert findings(source) == []


def test_what_is_no_move_is_refused_and_changes_nothing(source, server, clinic_database, postgres_server):
    before = source.read_bytes()
    full = postgres_server.address(clinic_database, postgres.OWNER)
    for one, other, words in (
        (source, source, "there already"),
        (source, source.with_name("copy.sqlite"), "make a backup"),
        (source, full, "clinic here already"),
        (source.with_name("none.sqlite"), server, "no clinic at"),
        (server, source.with_name("copy.sqlite"), "no clinic at"),
        (postgres_server.address(clinic_database, postgres.DESK), source.with_name("c.sqlite"), "owner"),
        (source, desk(server), "does not let"),
    ):
        with pytest.raises(ClinicProblem, match=words):
            move(one, other, PROGRAM, AT)
    with pytest.raises(StoreRefused, match="not moved away"):
        take_back(source, PROGRAM, AT)
    assert source.read_bytes() == before


def test_nobody_writes_meanwhile(source, server, file_clinic, monkeypatch):
    monkeypatch.setitem(
        __import__("clinic_desktop.storage.engine", fromlist=["x"])._PRAGMAS, "busy_timeout", 20
    )
    said = []

    def somebody(far):
        if far.step is Step.PROVED:
            with pytest.raises(EnvironmentFailure) as told:
                somebody_new(file_clinic)
            said.append(str(told.value))

    move(source, server, PROGRAM, AT, somebody)
    assert said
    assert "busy on another desk" in said[0]


def test_a_copy_that_differs_is_thrown_away(source, server, monkeypatch):
    before = source.read_bytes()
    real = moving._into_server

    def altering(connection, table):
        found = real(connection, table)
        if table.name != "patient":
            return found
        place = list(table.c.keys()).index("family_name")

        class Altered:
            def __enter__(self):
                put = found.__enter__()
                return lambda row: put([*row[:place], row[place].upper(), *row[place + 1 :]])

            def __exit__(self, *problem):
                return found.__exit__(*problem)

        return Altered()

    monkeypatch.setattr(moving, "_into_server", altering)
    with pytest.raises(EnvironmentFailure, match=r"not the same as the clinic \(patient"):
        move(source, server, PROGRAM, AT)
    assert source.read_bytes() == before
    with pytest.raises(StoreRefused, match="no clinic yet"):
        open_store(server)


@pytest.fixture
def another(tmp_path: Path) -> Path:
    """Another clinic's file."""
    file = tmp_path / "another.sqlite"
    with closing(open_store(file, make=True)) as store, store.write(PROGRAM) as unit:
        unit.add(Patient(family_name="Other", given_name="Ann"))
        unit.commit()
    return file


@pytest.mark.parametrize("finds", [True, False], ids=["its check finds it", "its check is done"])
def test_a_move_that_is_overtaken_leaves_the_clinic_that_is_there_by_then(
    source, server, another, monkeypatch, finds
):
    real = moving._in_order_or_refused

    def meanwhile(target, coming):
        monkeypatch.setattr(moving, "_in_order_or_refused", real)
        if not finds:
            real(target, coming)
        move(another, server, PROGRAM, AT)
        if finds:
            real(target, coming)

    monkeypatch.setattr(moving, "_in_order_or_refused", meanwhile)
    before = rows(source)
    with pytest.raises(ClinicProblem, match=r"was not moved|a clinic here already"):
        move(source, server, PROGRAM, AT)
    with closing(open_store(server)) as store, store.read() as records:
        assert [one.family_name for one in records.find(Patient)] == ["Other"]
    assert findings(server) == []
    open_store(source).close()
    assert rows(source) == before


def test_of_two_that_finish_a_move_one_does(source, server):
    def finishing(far):
        if far.step is Step.MARKED:
            assert move(source, server, PROGRAM, AT) is None

    with pytest.raises(StoreRefused, match="was moved on"):
        move(source, server, PROGRAM, AT, finishing)
    assert findings(server) == []


def test_the_folder_for_backups_goes_along(source, server, tmp_path, monkeypatch):
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tmp_path / "home"))
    settings.remember_backup_folder(backup_folder.named(source), tmp_path / "nas")
    move(source, server, PROGRAM, AT)
    assert backup_folder.folder_of(desk(server)) == tmp_path / "nas"


def killed_at(step: Step, work: Callable[[moving.Tell], object]) -> None:
    """Do it in a process of its own, which ends without a goodbye as soon as it is that far."""

    def tell(far):
        if far.step is step:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        try:
            work(tell)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)


# The last one is the hardest: both places refuse until the move is begun again.
@pytest.mark.parametrize("step", [Step.COPIED, Step.ARRIVED, Step.MARKED] if EVERY_CASE else [Step.MARKED])
def test_killed_at_any_step_one_place_has_the_clinic(source, server, tmp_path, step):
    before = rows(source)
    killed_at(step, lambda tell: move(source, server, PROGRAM, AT, tell))
    with pytest.raises(StoreRefused, match=r"did not arrive|no clinic yet"):
        open_store(server)
    if step != Step.MARKED:
        open_store(source).close()
        assert rows(source) == before
    move(source, server, PROGRAM, AT)
    assert rows(server) == before

    home = tmp_path / "home.sqlite"
    for end in ("", "-wal", "-journal"):
        home.with_name(f".{home.name}.0123456789abcdef.new{end}").touch()  # of a move that was ended sooner
    killed_at(step, lambda tell: move(server, home, PROGRAM, AT, tell))
    with pytest.raises(StoreRefused):
        open_store(home)
    if step != Step.MARKED:
        open_store(desk(server)).close()
    move(server, home, PROGRAM, AT)
    assert findings(home) == []
    assert rows(home) == before
    assert not list(tmp_path.glob(".home*"))
