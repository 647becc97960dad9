"""The data key of a sealed clinic, wrapped once for each way to open it."""

import errno
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.security import key_places, key_slots, recovery_key, unlocking
from clinic_desktop.security.key_places import BadKeyFile
from clinic_desktop.security.key_slots import Cost, Kind, NotOpened, SlotsLost, SlotsThere
from clinic_desktop.security.recovery_key import Mistyped
from clinic_desktop.storage.keyed import new_store

QUICK = Cost(memory=64, passes=1, lanes=1)
PHRASE = "four quiet grey herons"


class Ring(KeyringBackend):
    """A keyring that keeps in memory."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


class Broken(Ring):
    def get_password(self, service, username):
        raise RuntimeError(service, username)

    set_password = get_password


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(key_slots, "COST", QUICK)
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def ring():
    keyring.set_keyring(one := Ring())
    return one


@pytest.fixture
def clinic(tmp_path) -> Path:
    return tmp_path / "clinic.sqlite"


def test_each_way_opens_and_a_change_of_one_loses_no_other(clinic, tmp_path, ring):
    made = unlocking.new_keys(PHRASE, remembered=True, key_file=tmp_path / "key")
    made.write(clinic)
    key = made.data_key

    def ways() -> set[str]:
        slots, out = key_slots.read(clinic), set()
        wrapping = key_places.from_keyring(slots.clinic)
        if wrapping and key_slots.opened_by_wrapping_key(slots, Kind.KEYRING, wrapping) == key:
            out.add("keyring")
        file = key_places.read_key_file(tmp_path / "key")
        if key_slots.opened_by_wrapping_key(slots, Kind.KEY_FILE, file) == key:
            out.add("file")
        for name, typed in (("old", PHRASE), ("new", "another long phrase"), ("printed", made.recovery_key)):
            try:
                assert unlocking.opened_by(clinic, typed) == key
                out.add(name)
            except NotOpened:
                pass
        return out

    def change(slots) -> None:
        key_slots.write(clinic, slots)

    assert ways() == {"keyring", "file", "old", "printed"}
    change(key_slots.with_passphrase(key_slots.read(clinic), key, "another long phrase"))
    assert ways() == {"keyring", "file", "new", "printed"}
    unlocking.forget(clinic)
    assert ways() == {"file", "new", "printed"}
    assert ring.kept == {}
    assert unlocking.remember(clinic, key)
    assert unlocking.remember(clinic, key)
    assert unlocking.found_here(clinic) == key
    slots, printed = key_slots.with_recovery_key(key_slots.read(clinic), key)
    change(slots)
    assert ways() == {"keyring", "file", "new"}
    assert unlocking.opened_by(clinic, printed) == key
    change(key_slots.without(slots, Kind.RECOVERY))
    with pytest.raises(NotOpened, match="must stay"):
        key_slots.without(key_slots.read(clinic), Kind.PASSPHRASE)
    assert stat.S_IMODE(key_slots.slots_file(clinic).stat().st_mode) == 0o600
    assert key.hex() not in repr(made) + key_slots.slots_file(clinic).read_text()
    assert made.recovery_key not in repr(made) + key_slots.slots_file(clinic).read_text()


def test_a_slot_is_bound_to_its_kind_and_its_clinic(clinic):
    wrapping, key = key_slots.new_key(), key_slots.new_key()
    slots = key_slots.with_wrapping_key(key_slots.new_slots(), key, Kind.KEYRING, wrapping)
    (slot,) = slots.slots
    as_file = key_slots.Slots(slots.clinic, (key_slots.Slot(Kind.KEY_FILE, slot.nonce, slot.wrapped, {}),))
    elsewhere = key_slots.Slots("0" * 16, slots.slots)
    assert key_slots.opened_by_wrapping_key(slots, Kind.KEYRING, wrapping) == key
    assert key_slots.opened_by_wrapping_key(as_file, Kind.KEY_FILE, wrapping) is None
    assert key_slots.opened_by_wrapping_key(elsewhere, Kind.KEYRING, wrapping) is None


def test_what_does_not_open_is_told_kindly(clinic):
    made = unlocking.new_keys()
    made.write(clinic)
    with pytest.raises(NotOpened, match=r"has no passphrase\. Type the recovery key"):
        unlocking.opened_by(clinic, PHRASE)
    with pytest.raises(NotOpened, match="at least 12"):
        key_slots.with_passphrase(made.slots, made.data_key, " short   one ".strip()[:11])
    key_slots.write(clinic, key_slots.with_passphrase(made.slots, made.data_key, PHRASE))
    assert unlocking.opened_by(clinic, f" {PHRASE} ") == made.data_key
    looks_printed = "a passphrase of 35 letters that is bad 99".replace(" ", "")[:35].ljust(35, "x")
    key_slots.write(clinic, key_slots.with_passphrase(made.slots, made.data_key, looks_printed))
    assert recovery_key.looks_like_one(looks_printed)
    assert unlocking.opened_by(clinic, looks_printed) == made.data_key
    with pytest.raises(Mistyped, match="Group"):
        unlocking.opened_by(clinic, looks_printed[:-1] + "z")
    key_slots.write(clinic, key_slots.with_passphrase(made.slots, made.data_key, PHRASE))
    with pytest.raises(NotOpened, match="Look at capitals"):
        unlocking.opened_by(clinic, PHRASE.upper())
    with pytest.raises(NotOpened, match="typed right, but it is not this clinic's"):
        unlocking.opened_by(clinic, recovery_key.new_recovery_key())


def test_a_recovery_key_tells_every_typo_of_one_sign_and_every_swap():
    key = recovery_key.new_recovery_key()
    assert recovery_key.read_recovery_key(key.lower().replace("-", " ").replace("0", "o")) == key
    assert not set(key) & set("ILOU")
    signs = key.replace("-", "")
    for at, sign in enumerate(signs):
        for other in recovery_key._SIGNS.replace(sign, ""):
            with pytest.raises(Mistyped, match=f"Group {at // 5 + 1} "):
                recovery_key.read_recovery_key(signs[:at] + other + signs[at + 1 :])
        if at % 5 < 4 and sign != signs[at + 1]:
            with pytest.raises(Mistyped):
                recovery_key.read_recovery_key(signs[:at] + signs[at + 1] + sign + signs[at + 2 :])
    groups = key.split("-")
    if groups[0] != groups[1]:
        with pytest.raises(Mistyped):
            recovery_key.read_recovery_key("-".join([groups[1], groups[0], *groups[2:]]))
    with pytest.raises(Mistyped, match="this has 34"):
        recovery_key.read_recovery_key(signs[1:])


def test_no_keyring_a_broken_one_and_a_silent_one_keep_nothing(clinic, monkeypatch):
    made = unlocking.new_keys(PHRASE, remembered=True)
    assert made.slots.kinds == {Kind.PASSPHRASE, Kind.RECOVERY}
    made.write(clinic)
    for one in (NoKeyring(), Broken()):
        keyring.set_keyring(one)
        assert unlocking.found_here(clinic) is None
        assert not unlocking.remember(clinic, made.data_key)
    keyring.set_keyring(Ring())
    unlocking.remember(clinic, made.data_key)
    keyring.set_keyring(Broken())
    assert unlocking.found_here(clinic) is None
    monkeypatch.setattr(key_places, "_PATIENCE", 0.0)
    keyring.set_keyring(Ring())
    monkeypatch.setattr(key_places, "_is_good", lambda: key_places.threading.Event().wait(1))
    assert not key_places.has_keyring()


@pytest.mark.skipif(os.name == "nt", reason="rights are kept in another way there")
def test_a_key_file_is_its_owners_alone(clinic, tmp_path, monkeypatch):
    file = tmp_path / "folder" / "clinic.key"
    made = unlocking.new_keys(key_file=file)
    made.write(clinic)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert unlocking.found_here(clinic, file) == made.data_key
    for mode in (0o640, 0o604, 0o660):
        file.chmod(mode)
        with pytest.raises(BadKeyFile, match=r"can be read by others.*chmod 600 clinic\.key"):
            unlocking.found_here(clinic, file)
    file.chmod(0o400)
    assert unlocking.found_here(clinic, file) == made.data_key
    with monkeypatch.context() as other:
        other.setattr(os, "geteuid", lambda: file.stat().st_uid + 1)
        with pytest.raises(BadKeyFile, match="belongs to somebody else"):
            unlocking.found_here(clinic, file)
    with pytest.raises(BadKeyFile, match="is not there"):
        unlocking.found_here(clinic, tmp_path / "none.key")
    with pytest.raises(BadKeyFile, match="already"):
        key_places.make_key_file(file)
    other_key = tmp_path / "other.key"
    key_places.make_key_file(other_key)
    with pytest.raises(NotOpened, match="does not open the clinic"):
        unlocking.found_here(clinic, other_key)
    for content in (b"", b"secret\n", b"\x00" * 50, file.read_bytes()[:60]):
        other_key.write_bytes(content)
        with pytest.raises(BadKeyFile, match="not a key file"):
            unlocking.found_here(clinic, other_key)


def test_lost_and_damaged_slots_say_what_to_do(clinic):
    made = unlocking.new_keys(PHRASE)
    with pytest.raises(SlotsLost, match=r"clinic\.sqlite\.keys is missing.*Every backup has a copy"):
        key_slots.read(clinic)
    made.write(clinic)
    file = key_slots.slots_file(clinic)
    whole = json.loads(file.read_text())
    bad = [
        "",
        "{",
        "[]",
        json.dumps(whole | {"slots": [{}]}),
        json.dumps(whole | {"slots": [one | {"memory": 2**40} for one in whole["slots"]]}),
        json.dumps(whole | {"slots": [one | {"wrapped": "AAAA"} for one in whole["slots"]]}),
    ]
    for content in bad:
        file.write_text(content)
        with pytest.raises(SlotsLost, match="is damaged"):
            key_slots.read(clinic)
        assert file.read_text() == content
    file.write_text(json.dumps(whole | {"format": 2}))
    with pytest.raises(SlotsLost, match="newer"):
        key_slots.read(clinic)
    made.write(clinic)
    key_slots.copy_beside(clinic, clinic.with_name("copy.sqlite"))
    assert unlocking.opened_by(clinic.with_name("copy.sqlite"), made.recovery_key) == made.data_key


@pytest.mark.parametrize("there", ["sound", "newer", "damaged", "empty"])
def test_slots_of_a_new_clinic_are_written_where_no_file_is_and_nowhere_else(clinic, there):
    file = key_slots.slots_file(clinic)
    key_slots.write_new(clinic, unlocking.new_keys(PHRASE).slots)
    whole = file.read_text()
    texts = {
        "sound": whole,
        "newer": whole.replace('"format": 1', '"format": 2'),
        "damaged": whole[:-9],
        "empty": "",
    }
    file.write_text(texts[there])
    with pytest.raises(SlotsThere, match="another clinic"):
        key_slots.write_new(clinic, unlocking.new_keys().slots)
    assert file.read_text() == texts[there]


def test_slots_that_cannot_be_written_stay_as_they_were(clinic, monkeypatch):
    made = unlocking.new_keys(PHRASE)
    made.write(clinic)

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        key_slots.write(clinic, key_slots.without(made.slots, Kind.PASSPHRASE))
    assert key_slots.read(clinic) == made.slots
    assert [one.name for one in clinic.parent.iterdir()] == ["clinic.sqlite.keys"]


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "a stick"])
def test_of_two_programs_that_make_a_clinic_at_one_moment_one_makes_it_and_its_keys_open_it(
    tmp_path, monkeypatch, links
):
    if not links:
        monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(errno.EPERM, "no")))
    for n in range(3):
        clinic, both = tmp_path / f"{n}.sqlite", Barrier(2)

        def make(keys, clinic=clinic, both=both):
            both.wait()
            try:
                new_store(clinic, keys).close()
            except StoreRefused:
                return None
            return keys

        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(make, [unlocking.new_keys(), unlocking.new_keys()]))
        (made,) = [one for one in done if one is not None]
        assert unlocking.opened_by(clinic, made.recovery_key) == made.data_key


def test_who_made_no_clinic_takes_only_their_own_slots_away(clinic):
    own, others = unlocking.new_keys().slots, unlocking.new_keys().slots
    key_slots.write_new(clinic, others)
    key_slots.take_away(clinic, own)
    assert key_slots.read(clinic) == others
    key_slots.take_away(clinic, others)
    assert not key_slots.slots_file(clinic).exists()
    key_slots.take_away(clinic, own)
