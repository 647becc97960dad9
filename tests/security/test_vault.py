"""Who can open what a computer keeps while the server is away."""

import json

import pytest

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.security import vault
from clinic_desktop.security.sealed_files import new_key
from clinic_desktop.security.vault import Known, Vault

NURSE = frozenset({Role.NURSE})
KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr(vault, "COST", {"iterations": 1, "memory_kib": 8})


def test_everybody_who_signed_in_here_opens_it_with_their_own_password(tmp_path):
    key = new_key()
    there = Vault(tmp_path / "clinic")
    there.admit(4, "Tunde", NURSE, "tall grass hums", key)
    there.admit(2, "Amy", frozenset({Role.MANAGER, Role.PRESCRIBER}), "old boats drift", key)
    assert there.people() == [Known(2, "Amy"), Known(4, "Tunde")]
    opened = Vault(tmp_path / "clinic").open(4, "tall grass hums")
    assert (opened.key, opened.roles) == (key, NURSE)
    assert key.hex() not in repr(opened)
    for who, word in ((4, "old boats drift"), (2, ""), (9, "tall grass hums")):
        with pytest.raises(EnvironmentFailure):
            there.open(who, word)


def test_neither_the_key_nor_a_password_lies_on_the_disk(tmp_path):
    key = new_key()
    Vault(tmp_path).admit(4, "Tunde", NURSE, "tall grass hums", key)
    (file,) = tmp_path.iterdir()
    said = file.read_text()
    assert key.hex() not in said
    assert "grass" not in said
    assert "nurse" not in said  # the roles are sealed with the key: nobody gives themselves others


def test_a_slot_cannot_be_put_in_anothers_place(tmp_path):
    there = Vault(tmp_path)
    there.admit(4, "Tunde", NURSE, "tall grass hums", new_key())
    slots = there._slots()
    there._write({"2": slots["4"] | {"name": "Amy"}})
    with pytest.raises(EnvironmentFailure):
        there.open(2, "tall grass hums")


def test_a_new_password_takes_the_place_of_the_old_one_and_who_left_is_forgotten(tmp_path):
    there, key = Vault(tmp_path), new_key()
    there.admit(4, "Tunde", NURSE, "tall grass hums", key)
    there.admit(4, "Tunde", NURSE, "wide rivers sing", key)
    with pytest.raises(EnvironmentFailure):
        there.open(4, "tall grass hums")
    assert there.open(4, "wide rivers sing").key == key
    there.forget(4)
    assert there.people() == []


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"4": {"name": "Tunde"}}'])
def test_a_damaged_list_is_told_in_words(tmp_path, damage):
    (tmp_path / "vault.json").write_text(damage)
    with pytest.raises(EnvironmentFailure):
        Vault(tmp_path).open(4, "tall grass hums")


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"4": 7}', '{"four": {"name": "Tunde"}}'])
def test_a_damaged_list_is_set_aside_by_the_next_who_signs_in_with_the_server(tmp_path, damage):
    (tmp_path / "vault.json").write_text(damage)
    with pytest.raises(EnvironmentFailure, match="damaged"):
        Vault(tmp_path).people()
    Vault(tmp_path).admit(4, "Tunde", NURSE, "tall grass hums", KEY)
    assert Vault(tmp_path).open(4, "tall grass hums").key == KEY
    assert (tmp_path / "vault.json.damaged").read_text() == damage


def test_a_list_that_was_tampered_with_asks_for_no_more_than_the_computer_has(tmp_path):
    Vault(tmp_path).admit(4, "Tunde", NURSE, "tall grass hums", KEY)
    file = tmp_path / "vault.json"
    slots = json.loads(file.read_text())
    for cost in ({"iterations": 65, "memory_kib": 8}, {"iterations": 1, "memory_kib": 2**20 + 1}):
        slots["4"]["cost"] = cost
        file.write_text(json.dumps(slots))
        with pytest.raises(EnvironmentFailure, match="damaged"):
            Vault(tmp_path).open(4, "tall grass hums")


def test_the_same_letters_open_it_whichever_keyboard_made_them(tmp_path):
    Vault(tmp_path).admit(4, "Tunde", NURSE, "gr\u00fcne Wiesen", KEY)
    assert Vault(tmp_path).open(4, "gru\u0308ne Wiesen").key == KEY
