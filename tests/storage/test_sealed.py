"""A sealed clinic is opened, guarded, copied, checked and refused as a plain one, and tells nothing."""

import hashlib
import random
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import EnvironmentFailure, StoreRefused
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.security import key_slots
from clinic_desktop.security.key_slots import slots_file
from clinic_desktop.storage import backup, check, cipher, engine, failures, look
from clinic_desktop.storage.engine import Sealed, connect_file
from clinic_desktop.storage.guard_words import APPEND_ONLY, CLAIM_TAKEN, KEPT
from clinic_desktop.storage.store import open_store
from tests.every_case import EVERY_CASE
from tests.small_clinic import SmallClinic, filled
from tests.storage.conftest import everything

pytestmark = pytest.mark.skipif(not cipher.can_seal(), reason="SQLCipher does not come for this system")
KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
PAGE = cipher.PAGE
CLAIMED = "place, starts, ends, visit_id, override_id"


@pytest.fixture(scope="module")
def full_model(tmp_path_factory) -> tuple[SmallClinic, bytes]:
    path = tmp_path_factory.mktemp("sealed") / "clinic.sqlite"
    clinic = filled(open_store(Sealed(path, KEY), make=True))
    with clinic.store.write(PROGRAM) as unit:
        unit.add_all([Patient(given_name=f"Given {n}", family_name="Quillfeather") for n in range(200)])
        unit.commit()
    clinic.store.close()
    return clinic, path.read_bytes()


@pytest.fixture
def sealed(full_model, tmp_path) -> Sealed:
    path = tmp_path / "clinic.sqlite"
    path.write_bytes(full_model[1])
    key_slots.write(path, key_slots.with_recovery_key(key_slots.new_slots(), KEY)[0])
    return Sealed(path, KEY)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refused(where: Sealed | Path, words: str) -> Exception:
    path = engine.file_of(where)
    before = digest(path), path.stat().st_mtime_ns, sorted(path.parent.iterdir())
    with pytest.raises(StoreRefused, match=words) as told:
        open_store(where)
    assert (digest(path), path.stat().st_mtime_ns, sorted(path.parent.iterdir())) == before
    return told.value


def test_nothing_of_a_sealed_clinic_can_be_read_and_its_key_is_not_shown(sealed):
    store = open_store(sealed)
    with store.write(PROGRAM) as unit:
        unit.add(Patient(given_name="Wilhelmina", family_name="Quillfeather"))
        unit.commit()
    beside = [one.read_bytes() for one in sealed.path.parent.iterdir()]
    assert len(beside) >= 3  # with its journal
    for word in (b"Quillfeather", b"Wilhelmina", b"SQLite format", b"CREATE TABLE"):
        assert not any(word in content for content in beside)
    store.close()
    assert KEY.hex() not in repr(sealed)
    assert "key" not in repr(sealed)


def test_every_connection_is_set_and_read_back(sealed):
    with closing(connect_file(sealed)) as line:
        wanted = engine._PRAGMAS
        assert {name: line.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
        assert line.execute("PRAGMA cipher_log_level").fetchone() == ("NONE",)
    with pytest.raises(EnvironmentFailure, match="journal_mode is memory, not wal"):
        connect_file(Sealed(Path(":memory:"), KEY))


def test_it_books_guards_copies_and_checks_as_a_plain_one(full_model, sealed, tmp_path):
    store = open_store(sealed)
    clinic = replace(full_model[0], store=store)
    store.clock = clinic.clock
    book(store, clinic.desk, clinic.wish())
    with closing(connect_file(sealed)) as other:
        for deed, told in (
            ("UPDATE audit SET reason = 'x' WHERE id = 1", APPEND_ONLY),
            ("DELETE FROM audit", KEPT),
            ("INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE id = 1", KEPT),
            (f"INSERT INTO claim ({CLAIMED}) SELECT {CLAIMED} FROM claim", CLAIM_TAKEN),
            ("UPDATE claim SET ends = starts - 1", ""),
            ("DELETE FROM patient", ""),
        ):
            with pytest.raises(cipher.failures()[1]) as said:
                other.execute(deed)
            assert said.value.sqlite_errorname.startswith("SQLITE_CONSTRAINT")
            assert told in str(said.value)
        assert isinstance(failures.problem_of(said.value), failures.GuardRefused)
    copy = Sealed(backup.copy_file(store.where, tmp_path / "backups" / "copy.sqlite"), KEY)
    assert look.look(copy) is not None
    assert key_slots.read(copy.path) == key_slots.read(sealed.path)
    for one in (sealed, copy):  # one with its journal, and one without
        assert check.findings(one) == []
    assert everything(copy) == everything(sealed)
    store.close()
    assert [one.code for one in check.findings(sealed.path)] == ["not-readable"]


def test_a_writer_waits_its_turn_and_a_busy_file_is_told(sealed, monkeypatch):
    monkeypatch.setitem(engine._PRAGMAS, "busy_timeout", 30)
    store = open_store(sealed)
    with closing(connect_file(sealed)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(EnvironmentFailure) as told, store.write(PROGRAM):
            pass
        assert str(told.value) == failures.BUSY
        with store.read() as records:
            assert len(records.find(Patient)) > 200
    store.close()


def test_without_its_key_it_is_locked_and_another_key_is_told_from_damage(sealed, clinic_file, capfd):
    assert isinstance(refused(sealed.path, "is encrypted. It was left as it is"), look.Locked)
    refused(
        Sealed(sealed.path, OTHER), "does not open with this key. Either the key .* or the file is damaged"
    )
    assert [one.code for one in check.findings(Sealed(sealed.path, OTHER))] == ["not-readable"]
    refused(Sealed(clinic_file, KEY), "is not encrypted")
    assert (look.is_sealed(sealed.path), look.is_sealed(clinic_file)) == (True, False)
    slots_file(sealed.path).unlink()
    refused(sealed.path, r"clinic\.sqlite\.keys is missing.*Every backup has a copy")
    with pytest.raises(StoreRefused, match="already"):
        open_store(sealed, make=True)
    assert capfd.readouterr() == ("", "")  # the library keeps what it finds to itself


@pytest.mark.parametrize(
    "how", ["salt", "first", "middle", "last", "cut", "cut in a page", "all but the start"]
)
def test_a_damaged_one_is_refused_as_damaged_and_stays_as_it_is(sealed, how, capfd):
    content = bytearray(sealed.path.read_bytes())
    last = len(content) - PAGE
    place = {"salt": 3, "first": 200, "middle": 9 * PAGE + 50, "last": last + 7}.get(how)
    if place is not None:
        content[place] ^= 1
    kept = {"cut": -3 * PAGE, "cut in a page": -100, "all but the start": PAGE}.get(how, len(content))
    sealed.path.write_bytes(content[:kept])
    refused(sealed, r"clinic\.sqlite is damaged\. It was left as it is\. Restore")
    assert check.findings(sealed)
    assert capfd.readouterr() == ("", "")


def test_any_damage_anywhere_is_refused_and_nothing_is_changed(sealed):
    """One bit, some bytes, a lost end, a page in another's place: at places that chance has chosen."""
    chance, whole = random.Random(7), sealed.path.read_bytes()  # noqa: S311 - a place, not a secret
    pages = len(whole) // PAGE
    for turn in range(200 if EVERY_CASE else 16):
        content, at = bytearray(whole), chance.randrange(len(whole))
        if turn % 4 == 0:
            content[at] ^= 1 << chance.randrange(8)
        elif turn % 4 == 1:
            content[at : at + 64] = chance.randbytes(len(content[at : at + 64]))
        elif turn % 4 == 2:
            del content[max(at, 1) :]
        else:
            one, other = chance.sample(range(pages), 2)
            content[one * PAGE : (one + 1) * PAGE] = whole[other * PAGE : (other + 1) * PAGE]
        sealed.path.write_bytes(content)
        refused(sealed, "is damaged|does not open with this key")


def test_damage_met_at_work_is_told_in_words(sealed):
    store = open_store(sealed)
    content = bytearray(sealed.path.read_bytes())
    for page in range(4, len(content) // PAGE):
        content[page * PAGE + 100] ^= 1
    with sealed.path.open("r+b") as file:
        file.write(content)
    with pytest.raises(StoreRefused) as told, store.read() as records:
        records.find(Patient)
    assert str(told.value) == failures.DAMAGED
    store.close()
