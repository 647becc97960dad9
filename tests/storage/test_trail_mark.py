"""A trail that somebody rewrote with all its hashes is found out by its mark, and by a number on paper."""

from pathlib import Path

import pytest

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.trail import read_head
from clinic_desktop.people.model import Patient
from clinic_desktop.storage import check
from clinic_desktop.storage.audit import FIRST_HASH, chained
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.storage.trail_mark import derived
from clinic_desktop.storage.unit_of_work import UnitOfWork
from tests.storage.conftest import Direct, beside
from tests.storage.test_check import past_the_triggers
from tests.stores import NOON


@pytest.fixture
def marked(sqlite_store: SqlStore) -> SqlStore:
    for name in ("Ann", "Bob", "Cy"):
        write(sqlite_store, name)
    return sqlite_store


def write(store: SqlStore, name: str) -> None:
    with store.write(PROGRAM) as unit:
        unit.add(Patient(given_name=name))
        unit.commit()


def codes(where: Path, printed=None) -> list[str]:
    return sorted({one.code for one in check.findings(where, printed)})


def rewrite(direct: Direct) -> None:
    """Another reason in row 2, and every hash from there on, and the head, made anew."""
    past_the_triggers(direct, "UPDATE audit SET reason = 'forged' WHERE id = 2")
    hashed = FIRST_HASH
    direct.connection.row_factory = lambda cursor, row: dict(
        zip((one[0] for one in cursor.description), row, strict=True)
    )
    rows = direct.connection.execute("SELECT * FROM audit ORDER BY id").fetchall()
    direct.connection.row_factory = None
    for row in rows:
        row["previous_hash"] = hashed
        hashed = chained(row | {"at": NOON})
        new = f"UPDATE audit SET previous_hash = '{row['previous_hash']}', hash = '{hashed}'"
        past_the_triggers(direct, f"{new} WHERE id = {row['id']}")
    past_the_triggers(direct, f"UPDATE head SET audit_hash = '{hashed}'")


def test_a_trail_made_anew_without_the_key_is_found_and_stays_found(marked):
    where = marked.where
    with marked.read() as records:
        printed = records.trail_head()
    assert codes(where, printed) == []
    with beside(where) as direct:
        rewrite(direct)
    assert codes(where) == ["mark"]  # all its hashes hold
    assert codes(where, printed) == ["mark", "printed"]
    assert codes(where, read_head(f"1:{'0' * 8}")) == ["mark", "printed"]
    write(marked, "Dee")
    assert codes(where) == ["mark"]  # no later mark makes it good


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("UPDATE head SET marks = '{}'", ["mark"]),
        ("UPDATE head SET marks = upper(marks)", ["mark"]),
        ("UPDATE head SET marks = 'x'", ["mark"]),
    ],
)
def test_a_seal_that_was_taken_away_is_missed(marked, damage, found):
    with beside(marked.where) as direct:
        direct.run(damage)
    assert codes(marked.where) == found
    write(marked, "Dee")
    assert codes(marked.where) == found


def test_the_key_is_this_users_alone_and_on_another_computer_the_links_are_checked(
    marked, tmp_path, monkeypatch
):
    (key,) = (settings.home() / "trail-keys").iterdir()
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_bytes() not in marked.where.read_bytes()
    monkeypatch.setenv("CLINIC_DESKTOP_HOME", str(tmp_path / "elsewhere"))
    assert codes(marked.where) == []
    other = open_store(marked.where, marked.clock)
    write(other, "Dee")  # marks it by a key of its own, beside the first
    other.close()
    assert codes(marked.where) == []
    monkeypatch.undo()


def test_a_new_clinic_in_the_place_of_another_has_a_new_key(tmp_path, clinic_clock, monkeypatch):
    monkeypatch.setenv("CLINIC_DESKTOP_HOME", str(tmp_path / "home"))
    path = tmp_path / "clinic.db"
    for _ in range(2):
        store = open_store(path, clinic_clock, make=True)
        write(store, "Ann")
        store.close()
        assert codes(path) == []
        path.unlink()


def test_a_home_that_holds_no_key_leaves_the_trail_without_a_seal(sqlite_store, tmp_path):
    (settings.home() / "trail-keys").write_text("in the way")
    write(sqlite_store, "Ann")
    assert codes(sqlite_store.where) == []


def test_an_encrypted_clinics_key_follows_from_its_own_and_is_not_shown():
    mark = derived(b"k" * 32)
    assert mark.name == derived(b"k" * 32).name != derived(b"l" * 32).name
    assert "6b6b" not in repr(mark)
    marks = mark.renewed("{}", (0, FIRST_HASH), (4, "ab"), lambda _: None)
    assert mark.trouble(marks, 4, lambda _: "ab") == ""
    assert "rewritten" in mark.trouble(marks, 4, lambda _: "cd")
    assert "ends before" in mark.trouble(marks, 3, lambda _: None)
    assert "without a mark" in mark.trouble(marks, 5, lambda _: "ab")


@pytest.mark.parametrize("text", ["", "x:9f3a77c2", "12", "12:9f3a", "12:9f3a77cz", "١٢:9f3a77c2"])
def test_what_is_no_head_is_refused(text):
    with pytest.raises(ValueError, match="no head"):
        read_head(text)


def test_a_head_is_read_as_it_is_printed():
    assert read_head("48,213:9F3A 77C2").printed == "48,213 · 9f3a 77c2"


def test_two_windows_that_begin_at_once_seal_by_one_key(sqlite_store):
    where = sqlite_store.where
    first, second = open_store(where), open_store(where)
    for store, name in ((first, "Okafor"), (second, "Bloom"), (first, "Reyes")):
        write(store, name)
    first.close()
    second.close()
    assert codes(where) == []


class Died(Exception):
    """The desk, at that moment."""


def test_a_desk_that_dies_in_its_first_commit_leaves_no_seal_to_miss(marked, monkeypatch):
    """A file that came from another computer: here it is marked by the first commit, or not at all."""
    (key,) = (settings.home() / "trail-keys").iterdir()
    key.unlink()
    marked.close()
    with beside(marked.where) as direct:
        direct.run("UPDATE head SET marks = '{}'")

    def dies(_unit: UnitOfWork) -> None:
        raise Died

    desk = open_store(marked.where)
    with monkeypatch.context() as dying:
        dying.setattr(UnitOfWork, "_make_durable", dies)
        with pytest.raises(Died):
            write(desk, "Dee")
    desk.close()
    assert codes(marked.where) == []
    desk = open_store(marked.where)
    write(desk, "Eve")
    desk.close()
    assert [one.name for one in key.parent.iterdir()] == [key.name]
    with beside(marked.where) as direct:
        direct.run("UPDATE head SET marks = '{}'")
    assert codes(marked.where) == ["mark"]  # from here on it is missed
