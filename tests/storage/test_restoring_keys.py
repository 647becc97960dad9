"""A backup is opened by its own slots, and what takes the clinic's place is sealed as the clinic is."""

import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.set_up_new import make_clinic
from clinic_desktop.security import key_slots, unlocking
from clinic_desktop.security.key_slots import KeyWanted, NotOpened, SlotsLost, slots_file
from clinic_desktop.security.unlocking import NewKeys
from clinic_desktop.storage import against_backups, check, cipher, keyed, look
from clinic_desktop.storage.backing_up import back_up_to
from clinic_desktop.storage.engine import Sealed
from clinic_desktop.storage.keyed import new_store, to_restore
from clinic_desktop.storage.restoring import look_into, restore
from clinic_desktop.storage.sealing import seal
from clinic_desktop.storage.store import open_store
from tests.every_case import EVERY_CASE
from tests.scheduling.set_up_world import ANSWERS
from tests.storage.test_restoring import ends_at
from tests.without_keyring import with_cheap_keys

pytestmark = pytest.mark.skipif(not cipher.can_seal(), reason="SQLCipher does not come for this system")
PHRASE, OTHER = "four quiet grey herons", "seven tall brown cranes"


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch):
    with with_cheap_keys(monkeypatch):
        yield


@dataclass(frozen=True)
class Made:
    """A clinic with one patient, a backup of then, and a second patient since."""

    path: Path
    backup: Path
    keys: NewKeys | None


def made(folder: Path, keys: NewKeys | None, name: str = "Ash") -> Made:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "clinic.sqlite"
    with closing(new_store(path, keys)) as store:
        make_clinic(store, PROGRAM, ANSWERS)
        add(store, name)
        backup = back_up_to(store, folder / f"{name}.bak").file
        add(store, "Since")
    return Made(path, backup, keys)


def add(store, name: str) -> None:
    with store.write(PROGRAM) as unit:
        unit.add(Patient(family_name=name))
        unit.commit()


def people(where) -> list[str]:
    with closing(open_store(where)) as store, store.read() as records:
        return [one.family_name for one in records.find(Patient)]


def restored(clinic: Path, backup: Path, key_file: Path | None = None, typed: str = "") -> Path | None:
    """The whole way; where the data of before lies then."""
    place, source = to_restore(str(clinic), backup, key_file, typed)
    before = backup.read_bytes()
    done = restore(place, source)
    assert backup.read_bytes() == before
    assert not list(clinic.parent.glob(".clinic*"))
    return clinic.with_name(done.aside) if done.aside else None


def opens(clinic: Path, typed: str) -> Sealed:
    """By what is typed, and it holds together."""
    where = Sealed(clinic, unlocking.opened_by(clinic, typed))
    assert check.findings(where) == []
    assert against_backups.findings(where) == []
    return where


@pytest.fixture
def ash(tmp_path) -> Made:
    """Opened by a passphrase alone."""
    return made(tmp_path / "ash", unlocking.new_keys(PHRASE))


@pytest.mark.parametrize("place", ["gone", "gone with its keys", "empty", "a new folder", "damaged"])
@pytest.mark.parametrize("by", ["passphrase", "recovery key", "key file"])
def test_a_backup_is_opened_by_its_own_slots(tmp_path, place, by):
    key_file = tmp_path / "k" if by == "key file" else None
    ash = made(tmp_path / "ash", unlocking.new_keys(PHRASE, key_file=key_file))
    clinic, typed = ash.path, "" if key_file else PHRASE if by == "passphrase" else ash.keys.recovery_key
    if place.startswith("gone"):
        clinic.unlink()
    if place == "gone with its keys":
        slots_file(clinic).unlink()
    if place == "empty":
        clinic.write_bytes(b"")
    if place == "a new folder":
        clinic = tmp_path / "new" / "clinic.sqlite"
    if place == "damaged":
        data = bytearray(clinic.read_bytes())
        data[100_000:140_000] = bytes(40_000)
        clinic.write_bytes(data)
    with pytest.raises(KeyWanted, match="encrypted"):
        restored(clinic, ash.backup)
    with pytest.raises(NotOpened):
        restored(clinic, ash.backup, typed="no such passphrase")
    aside = restored(clinic, ash.backup, key_file, typed)
    assert (aside is None) is (place.startswith("gone") or place == "a new folder")
    assert people(opens(clinic, PHRASE)) == ["Ash"]
    assert people(opens(clinic, ash.keys.recovery_key)) == ["Ash"]
    if key_file is not None:
        assert unlocking.found_here(clinic, key_file) == ash.keys.data_key


def test_a_fresh_clinic_with_the_same_key_file_keeps_its_own_key(tmp_path):
    """A new PC on which somebody set a clinic up, to restore into it."""
    key_file = tmp_path / "k"
    ash = made(tmp_path / "ash", unlocking.new_keys(key_file=key_file))
    fresh = made(tmp_path / "fresh", unlocking.new_keys(OTHER, key_file=key_file), "Fresh")
    slots = slots_file(fresh.path).read_bytes()
    aside = restored(fresh.path, ash.backup, key_file)
    assert slots_file(fresh.path).read_bytes() == slots
    assert people(opens(fresh.path, OTHER)) == ["Ash"]
    assert aside is not None
    assert people(opens(aside, OTHER)) == ["Fresh", "Since"]


def test_another_clinic_that_nobody_opens_is_not_replaced_by_one_with_other_keys(tmp_path, ash):
    fresh = made(tmp_path / "fresh", unlocking.new_keys(OTHER), "Fresh")
    before = {one: one.read_bytes() for one in fresh.path.parent.iterdir()}
    with pytest.raises(KeyWanted, match="which is there now, is encrypted"):
        restored(fresh.path, ash.backup, typed=PHRASE)
    with pytest.raises(KeyWanted):  # in the core, too
        restore(fresh.path, Sealed(ash.backup, ash.keys.data_key))
    assert {one: one.read_bytes() for one in fresh.path.parent.iterdir()} == before
    typed = {"Ash.bak": PHRASE, "clinic.sqlite": OTHER}
    restore(*to_restore(str(fresh.path), ash.backup, ask=typed.__getitem__))
    assert people(opens(fresh.path, OTHER)) == ["Ash"]


def test_a_backup_of_before_encrypting_is_sealed_as_the_clinic_is(tmp_path):
    plain = made(tmp_path / "plain", None, "Plain")
    keys = unlocking.new_keys(PHRASE)
    where = seal(plain.path, keys.data_key, keys.slots)
    assert look_into(plain.backup, where).lost  # the window's own way, which has the key
    with pytest.raises(KeyWanted, match="is encrypted"):
        restored(plain.path, plain.backup)  # it would lie there in clear
    with pytest.raises(KeyWanted):
        restore(plain.path, plain.backup)
    aside = restored(plain.path, plain.backup, typed=PHRASE)
    assert look.is_sealed(plain.path)
    assert people(opens(plain.path, PHRASE)) == ["Plain"]
    assert aside is not None
    assert people(opens(aside, PHRASE)) == ["Plain", "Since"]
    assert not look.is_sealed(plain.backup)


def test_a_sealed_backup_over_a_plain_clinic_brings_its_keys(tmp_path, ash):
    plain = made(tmp_path / "plain", None, "Plain")
    aside = restored(plain.path, ash.backup, typed=PHRASE)
    assert people(opens(plain.path, PHRASE)) == ["Ash"]
    assert aside is not None
    assert people(aside) == ["Plain", "Since"]


def test_keys_of_another_clinic_that_lie_there_alone_are_kept(tmp_path, ash):
    place = tmp_path / "new" / "clinic.sqlite"
    place.parent.mkdir()
    others = unlocking.new_keys(OTHER)
    others.write(place)
    kept = slots_file(place).read_bytes()
    restored(place, ash.backup, typed=PHRASE)
    assert people(opens(place, PHRASE)) == ["Ash"]
    (aside,) = place.parent.glob("* before restoring *.keys")
    assert aside.read_bytes() == kept
    restored(place, ash.backup, typed=PHRASE)  # and no name is given twice
    assert aside.read_bytes() == kept


@pytest.mark.parametrize("how", ["typed", "asked"])
def test_the_words_of_now_open_an_older_backup_and_stay(ash, how):
    data = unlocking.opened_by(ash.path, PHRASE)
    key_slots.write(ash.path, key_slots.with_passphrase(key_slots.read(ash.path), data, OTHER))
    ash.path.unlink()
    if how == "typed":
        restored(ash.path, ash.backup, typed=OTHER)
    else:
        restore(*to_restore(str(ash.path), ash.backup, ask=lambda _name: OTHER))
    assert people(opens(ash.path, OTHER)) == ["Ash"]
    with pytest.raises(NotOpened):
        unlocking.opened_by(ash.path, PHRASE)


def test_nothing_is_put_in_place_that_nobody_could_open(ash):
    where = Sealed(ash.path, ash.keys.data_key)
    for file in (ash.path, ash.backup):
        slots_file(file).unlink()
    before = ash.path.read_bytes()
    with pytest.raises(SlotsLost):
        restore(where, ash.backup)
    assert ash.path.read_bytes() == before


def test_the_clinics_keys_come_back_with_the_backup_where_they_were_lost(ash):
    slots_file(ash.path).write_text("torn")
    aside = restored(ash.path, ash.backup, typed=PHRASE)
    assert people(opens(ash.path, PHRASE)) == ["Ash"]
    assert aside is not None
    assert slots_file(aside).read_text() == "torn"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="ends a process at each step")
@pytest.mark.parametrize("case", ["plain", "fresh", "lost", "gone"])
def test_the_power_goes_at_each_step_and_one_of_the_two_opens(tmp_path, case):
    key_file = tmp_path / "k"
    ash = made(tmp_path / "ash", unlocking.new_keys(PHRASE, key_file=key_file))
    model = {
        "plain": lambda: made(tmp_path / "model", None),
        "fresh": lambda: made(tmp_path / "model", unlocking.new_keys(OTHER, key_file=key_file)),
        "lost": lambda: made(tmp_path / "model", unlocking.new_keys(OTHER)),
        "gone": lambda: made(tmp_path / "model", unlocking.new_keys(OTHER)),
    }[case]()
    if case == "lost":
        slots_file(model.path).write_text("torn")
    if case == "gone":
        model.path.unlink()
    step, seen, ended = 0, set(), True
    while ended:
        step += 1 if EVERY_CASE else 5
        home = tmp_path / str(step)
        shutil.copytree(model.path.parent, home)
        clinic = home / "clinic.sqlite"
        place, source = to_restore(str(clinic), ash.backup, key_file)
        ended = ends_at(step, partial(restore, place, source))
        seen.add(_found(clinic, key_file, case))
        asides = list(home.glob("* before restoring *.sqlite"))
        assert case == "gone" or asides or _found(clinic, key_file, case) == "before"
    assert seen == {"before", "restored"}


def _found(clinic: Path, key_file: Path, case: str) -> str:
    if case == "gone" and not clinic.exists():
        return "before"
    if case == "lost" and not cipher.fits(clinic, _key(clinic, key_file)):
        return "before"  # which nobody could open before either
    names = people(keyed.with_its_key(str(clinic), key_file))
    assert names in (["Ash"], ["Ash", "Since"])
    return "restored" if names == ["Ash"] else "before"


def _key(clinic: Path, key_file: Path) -> bytes:
    try:
        return unlocking.found_here(clinic, key_file) or bytes(32)
    except (SlotsLost, NotOpened):
        return bytes(32)
