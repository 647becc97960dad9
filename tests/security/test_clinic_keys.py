"""Changing what opens an encrypted clinic: never without one way that somebody knows, and on record."""

import json
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.security import clinic_keys, key_places, key_slots, recovery_key, unlocking
from clinic_desktop.security.key_slots import Cost, Kind, NotOpened
from clinic_desktop.security.recovery_key import Mistyped
from clinic_desktop.security.tries import NotLetIn
from tests.security.conftest import GOOD, Signed
from tests.security.test_key_slots import Ring

PHRASE, OTHER = "four quiet grey herons", "nine loud red foxes"


@pytest.fixture(autouse=True)
def ring(monkeypatch):
    monkeypatch.setattr(key_slots, "COST", Cost(64, 1, 1))
    before = keyring.get_keyring()
    keyring.set_keyring(one := Ring())
    yield one
    keyring.set_keyring(before)


@pytest.fixture
def sealed(tmp_path) -> tuple[Path, unlocking.NewKeys]:
    """The slots of a clinic; its trail is another file's, which the keys do not know."""
    made = unlocking.new_keys(PHRASE, remembered=True)
    file = tmp_path / "sealed.sqlite"
    made.write(file)
    return file, made


def on_record(signed: Signed) -> list[tuple[int, dict[str, str]]]:
    asked = "SELECT person_id, after FROM audit WHERE action = 'keys changed' ORDER BY id"
    with signed.store.read() as records:
        return [(row[0], json.loads(row[1])) for row in records.rows(asked)]


def test_the_passphrase_is_changed_by_the_old_one_or_the_recovery_key(signed_file, sealed):
    file, made = sealed
    store, lin = signed_file.store, signed_file.manager
    for wrong in (OTHER, recovery_key.new_recovery_key()):
        with pytest.raises(NotOpened):
            clinic_keys.change_passphrase(store, lin, file, wrong, OTHER)
    with pytest.raises(NotOpened, match="at least 12"):
        clinic_keys.change_passphrase(store, lin, file, PHRASE, "short")
    assert on_record(signed_file) == []
    assert unlocking.opened_by(file, PHRASE) == made.data_key
    clinic_keys.change_passphrase(store, lin, file, PHRASE, OTHER)
    assert unlocking.opened_by(file, OTHER) == made.data_key
    with pytest.raises(NotOpened):
        unlocking.opened_by(file, PHRASE)
    clinic_keys.change_passphrase(store, lin, file, made.recovery_key, PHRASE)
    assert unlocking.opened_by(file, PHRASE) == unlocking.found_here(file) == made.data_key
    assert on_record(signed_file) == [(lin.person_id, {"what": "passphrase"})] * 2


def test_the_old_recovery_key_opens_until_the_new_one_was_typed_back(signed_file, sealed):
    file, made = sealed
    store, lin, new = signed_file.store, signed_file.manager, recovery_key.new_recovery_key()

    def renew(proof: str, back: str) -> None:
        clinic_keys.renew_recovery_key(store, lin, file, made.data_key, proof, new, back)

    with pytest.raises(NotOpened, match="of before still opens"):
        renew(GOOD, made.recovery_key)
    with pytest.raises(Mistyped, match=r"Group 1 of the recovery key is mistyped\. Compare"):
        renew(GOOD, f"?{new[1:]}")
    with pytest.raises(NotLetIn):
        renew(PHRASE, new)  # what opens the data does not say who sits there
    assert unlocking.opened_by(file, made.recovery_key) == made.data_key
    assert on_record(signed_file) == []
    renew(GOOD, new.lower().replace("-", " "))
    assert unlocking.opened_by(file, new) == made.data_key
    with pytest.raises(NotOpened, match="replaced by a newer"):
        unlocking.opened_by(file, made.recovery_key)
    assert on_record(signed_file) == [(lin.person_id, {"what": "recovery key"})]


def test_without_accounts_what_opens_the_clinic_is_the_proof(file_clinic, sealed):
    file, made = sealed
    new, actor = recovery_key.new_recovery_key(), PROGRAM
    assert not clinic_keys.ways_in(file_clinic.store, actor, file).by_account
    with pytest.raises(NotOpened):
        clinic_keys.renew_recovery_key(file_clinic.store, actor, file, made.data_key, OTHER, new, new)
    clinic_keys.renew_recovery_key(file_clinic.store, actor, file, made.data_key, PHRASE, new, new)
    assert unlocking.opened_by(file, new) == made.data_key


def test_this_computer_forgets_only_where_somebody_knows_another_way(signed_file, sealed, ring):
    file, made = sealed
    store, lin = signed_file.store, signed_file.manager
    assert clinic_keys.ways_in(store, lin, file).keyring
    with pytest.raises(NotOpened):
        clinic_keys.forget_here(store, lin, file, OTHER)
    assert unlocking.found_here(file) == made.data_key
    clinic_keys.forget_here(store, lin, file, PHRASE)
    assert unlocking.found_here(file) is None
    assert ring.kept == {}
    clinic_keys.remember_here(store, lin, file, made.recovery_key)
    assert unlocking.found_here(file) == made.data_key
    said = [about["what"] for _, about in on_record(signed_file)]
    assert said == ["forgotten on a computer", "remembered on a computer"]
    keyring.set_keyring(NoKeyring())
    ways = clinic_keys.ways_in(store, lin, file)
    assert (ways.keyring, ways.elsewhere, ways.can_remember) == (False, True, False)
    with pytest.raises(NotOpened, match="no keyring"):
        clinic_keys.remember_here(store, lin, file, PHRASE)


def test_what_the_disk_does_not_take_changes_nothing_and_is_on_record_so(signed_file, sealed, monkeypatch):
    file, made = sealed
    store, lin = signed_file.store, signed_file.manager

    def full(*_args: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(key_slots, "write_private", full)
        with pytest.raises(EnvironmentFailure, match=r"No space.*before still opens it"):
            clinic_keys.change_passphrase(store, lin, file, PHRASE, OTHER)
    assert unlocking.opened_by(file, PHRASE) == made.data_key
    assert [about for _, about in on_record(signed_file)] == [
        {"what": "passphrase"}, {"what": "passphrase", "outcome": "not done"},
    ]  # fmt: skip


def test_a_change_of_another_program_meanwhile_is_kept(signed_file, sealed, monkeypatch):
    """The slots are read again under the lock: what was added since they were looked at stays."""
    file, made = sealed
    put, key_file = clinic_keys.put_on_record, file.with_name("key")

    def meanwhile(*args: object) -> None:
        put(*args)
        slots = unlocking.with_key_file(key_slots.read(file), made.data_key, key_file)
        key_slots.write(file, slots)

    monkeypatch.setattr(clinic_keys, "put_on_record", meanwhile)
    clinic_keys.change_passphrase(signed_file.store, signed_file.manager, file, PHRASE, OTHER)
    assert Kind.KEY_FILE in key_slots.read(file).kinds
    assert unlocking.opened_by(file, OTHER) == made.data_key


def test_nothing_typed_is_on_record(signed_file, sealed):
    file, made = sealed
    store, lin, new = signed_file.store, signed_file.manager, recovery_key.new_recovery_key()
    clinic_keys.change_passphrase(store, lin, file, PHRASE, OTHER)
    clinic_keys.renew_recovery_key(store, lin, file, made.data_key, GOOD, new, new)
    with store.read() as records:
        trail = str(records.rows("SELECT * FROM audit"))
    for secret in (PHRASE, OTHER, GOOD, new, made.recovery_key, made.data_key.hex()):
        assert secret not in trail


def test_a_plain_clinic_is_encrypted_at_the_next_start_by_whoever_may(signed_file, tmp_path):
    clinic_keys.wish_to_encrypt(signed_file.store, signed_file.manager, tmp_path / "clinic.sqlite")
    assert settings.to_encrypt() == str(tmp_path / "clinic.sqlite")
    assert [about["what"] for _, about in on_record(signed_file)] == ["to be encrypted at the next start"]


def test_the_last_ways_of_a_person_stay(sealed):
    file, _ = sealed
    slots = key_slots.without(key_slots.read(file), Kind.PASSPHRASE)
    with pytest.raises(NotOpened, match="must stay"):
        key_slots.without(slots, Kind.RECOVERY)
    assert key_places.has_keyring()
