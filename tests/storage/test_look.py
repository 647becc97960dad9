"""A file that is not a sound clinic of this program is refused, and not a byte of it is changed."""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.people.model import Patient
from clinic_desktop.storage import check, look
from clinic_desktop.storage.engine import APPLICATION_ID
from clinic_desktop.storage.store import open_store
from tests.shared_data import shared

PAGE = 4096


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refused(path: Path, words: str, *, make: bool = False) -> None:
    before = digest(path), path.stat().st_mtime_ns
    with pytest.raises(StoreRefused, match=words):
        open_store(path, make=make)
    assert (digest(path), path.stat().st_mtime_ns) == before


def edited(path: Path, at: int, what: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(what)


@pytest.fixture
def full_file(clinic_file: Path) -> Path:
    """A clinic with enough people that its middle is their pages."""
    store = open_store(clinic_file)
    with store.write(PROGRAM) as unit:
        unit.add_all([Patient(given_name=f"Given {n}", family_name=f"Family {n}") for n in range(400)])
        unit.commit()
    store.close()
    return clinic_file


FOREIGN = {
    "text": b"Patients: none yet\n" * 300,
    "header only": b"SQLite format 3\x00",
    "header and zeros": b"SQLite format 3\x00" + bytes(4080),
    "zeros": bytes(8192),
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 30,
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN.keys())
@pytest.mark.parametrize("make", [False, True])
def test_what_is_no_clinic_is_refused(tmp_path, content, make):
    path = tmp_path / "clinic.db"
    path.write_bytes(content)
    refused(path, "clinic.db is not a Clinic Desktop file", make=make)


def test_another_programs_sound_database_is_refused(tmp_path):
    path = tmp_path / "clinic.db"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE visit (id INTEGER PRIMARY KEY)")
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
        other.execute("INSERT INTO alembic_version VALUES ('0001')")
    refused(path, "is not a Clinic Desktop file")


def test_known_damaged_files_are_refused():
    for path in sorted(shared("data/bad_input/sqlite_damaged").glob("*.db")):
        refused(path, "is not a Clinic Desktop file")
        assert check.findings(path)


def test_known_damaged_files_are_refused_even_under_our_mark(tmp_path):
    """Had they been ours: the mark alone opens nothing."""
    for path in sorted(shared("data/bad_input/sqlite_damaged").glob("*.db")):
        copy = tmp_path / path.name
        shutil.copy(path, copy)
        edited(copy, 68, APPLICATION_ID.to_bytes(4))
        refused(copy, "is damaged. It was left as it is")
        assert check.findings(copy)


@pytest.mark.parametrize("keep", [100, 512, PAGE, 3 * PAGE, -PAGE, -1])
def test_a_truncated_clinic_is_refused(full_file, keep):
    content = full_file.read_bytes()
    full_file.write_bytes(content[:keep])
    refused(full_file, "is damaged")
    assert {one.code for one in check.findings(full_file)} & {"not-readable", "integrity"}


@pytest.mark.parametrize("page", [1, 2, 5, 9])
def test_a_page_of_zeros_is_noticed(full_file, page):
    edited(full_file, page * PAGE, bytes(PAGE))
    refused(full_file, "is damaged")
    assert check.findings(full_file)


def test_damage_in_the_middle_is_noticed(full_file):
    """Every page that a table or an index begins with or goes on in; the free bytes of a page may differ."""
    size = full_file.stat().st_size // PAGE
    for page in range(1, size, 7):
        edited(full_file, page * PAGE, b"\x0d\xff\xff\xff\xff\xff\xff\xff" * 8)
    refused(full_file, "is damaged")
    assert check.findings(full_file)


def test_damage_with_a_journal_beside_it_is_refused_too(full_file, tmp_path):
    """A crash left a journal, and the disk lost a page: neither file is touched."""
    store = open_store(full_file)
    with store.write(PROGRAM) as unit:
        unit.add(Patient(given_name="After"))
        unit.commit()
    crashed = tmp_path / "crashed.db"
    for end in ("", "-wal"):
        shutil.copy(f"{full_file}{end}", f"{crashed}{end}")
    store.close()
    edited(crashed, 5 * PAGE, bytes(PAGE))
    journal = digest(Path(f"{crashed}-wal"))
    refused(crashed, "is damaged")
    assert digest(Path(f"{crashed}-wal")) == journal


def test_a_crashed_clinic_opens_with_what_its_journal_holds(full_file, tmp_path):
    store = open_store(full_file)
    with store.write(PROGRAM) as unit:
        unit.add(Patient(given_name="After"))
        unit.commit()
    crashed = tmp_path / "crashed.db"
    for end in ("", "-wal"):
        shutil.copy(f"{full_file}{end}", f"{crashed}{end}")
    store.close()
    again = open_store(crashed)
    with again.read() as records:
        assert [one.given_name for one in records.find(Patient, given_name="After")] == ["After"]
    again.close()


def test_a_newer_clinic_is_refused(full_file):
    with closing(sqlite3.connect(full_file)) as other, other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    refused(full_file, "made by a newer Clinic Desktop. It was left as it is. Update the program")
    assert [one.code for one in check.findings(full_file)] == ["version"]


def test_a_newer_clinic_on_a_server_is_refused(postgres_store, owned):
    owned.run("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreRefused, match="made by a newer Clinic Desktop"):
        open_store(postgres_store.where)


def test_no_file_and_an_empty_one_can_become_a_clinic(tmp_path):
    for path in (tmp_path / "new folder" / "clinic.db", tmp_path / "empty.db"):
        if path.parent == tmp_path:
            path.touch()
        with pytest.raises(StoreRefused, match="There is no clinic at"):
            open_store(path)
        assert not path.exists() or not path.stat().st_size
        assert [one.code for one in check.findings(path)] == ["not-readable"]
        open_store(path, make=True).close()
        open_store(path).close()
        assert [other.name for other in path.parent.glob(f"*{path.name}*")] == [path.name]


def test_a_clinic_is_never_made_over_another(clinic_file):
    refused(clinic_file, "There is a clinic here already", make=True)


def test_of_two_who_make_a_clinic_one_does(tmp_path, monkeypatch):
    """Both looked and saw none; the second finds the first one's and leaves it."""
    path = tmp_path / "clinic.db"
    monkeypatch.setattr(look, "look", lambda _path: None)
    first = open_store(path, make=True)
    with first.write(PROGRAM) as unit:
        unit.add(Patient(given_name="First"))
        unit.commit()
    with pytest.raises(StoreRefused, match="There is a clinic here already"):
        open_store(path, make=True)
    with first.read() as records:
        assert len(records.find(Patient)) == 1
    first.close()


def test_a_making_that_stops_half_way_leaves_nothing(tmp_path, monkeypatch):
    def stop(_connection: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("clinic_desktop.storage.guards.build", stop)
    with pytest.raises(KeyboardInterrupt):
        open_store(tmp_path / "clinic.db", make=True)
    assert not list(tmp_path.glob("*clinic*"))


def test_a_file_only_its_owner_can_read(tmp_path):
    open_store(tmp_path / "clinic.db", make=True).close()
    assert (tmp_path / "clinic.db").stat().st_mode & 0o077 == 0


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path):
    (tmp_path / "clinic.db").mkdir()
    with pytest.raises(StoreRefused, match="is not a Clinic Desktop file"):
        open_store(tmp_path / "clinic.db")
    assert [one.code for one in check.findings(tmp_path / "clinic.db")] == ["not-readable"]


def test_a_large_file_is_looked_at_where_it_matters(full_file, monkeypatch):
    """Opening cannot read hundreds of megabytes; the small tables that everything stands on it reads."""
    monkeypatch.setattr(look, "WHOLE_CHECK_BYTES", 0)
    open_store(full_file).close()
    with closing(sqlite3.connect(full_file)) as other:
        (page,) = other.execute("SELECT rootpage FROM sqlite_master WHERE name = 'head'").fetchone()
    edited(full_file, (page - 1) * PAGE, bytes(PAGE))
    refused(full_file, "is damaged")
