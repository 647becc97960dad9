"""What a computer keeps sealed: nothing is read without the key, nothing is left out or moved unseen."""

import os
import stat
from contextlib import suppress
from functools import partial
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.security.sealed_files import Journal, new_key, seal, unseal
from tests.every_case import EVERY_CASE

KEY = new_key()
EXAMPLES = 60 if EVERY_CASE else 20


@settings(max_examples=EXAMPLES)
@given(st.binary(max_size=200), st.text(max_size=20))
def test_what_is_sealed_opens_with_its_key_and_name_only(data, about):
    sealed = seal(KEY, data, about)
    assert unseal(KEY, sealed, about) == data
    assert len(data) < 8 or data not in sealed
    for key, name in ((new_key(), about), (KEY, about + "x")):
        with pytest.raises(EnvironmentFailure):
            unseal(key, sealed, name)


@settings(max_examples=EXAMPLES)
@given(st.lists(st.binary(max_size=60), max_size=5), st.data())
def test_a_torn_end_loses_nothing_that_was_whole(tmp_path_factory, entries, data):
    journal = Journal(tmp_path_factory.mktemp("j") / "entries", KEY, "entries")
    for one in entries:
        journal.add(one)
    journal.add(b"the last one")
    file = journal._file
    whole = file.read_bytes()
    before = len(whole) - 4 - 12 - len(b"the last one") - 16
    file.write_bytes(whole[: data.draw(st.integers(before, len(whole) - 1))])
    assert journal.entries() == entries
    journal.add(b"another")
    assert journal.entries() == [*entries, b"another"]


@pytest.mark.parametrize("bit", range(32))
@pytest.mark.parametrize("which", [0, 1, 4])
def test_a_length_that_is_damaged_is_told_and_nothing_of_the_file_is_cut_away(tmp_path, which, bit):
    journal = Journal(tmp_path / "entries", KEY, "entries")
    for number in range(5):
        journal.add(f"entry {number}".encode())
    data = bytearray(journal._file.read_bytes())
    data[which * len(data) // 5 + 3 - bit // 8] ^= 1 << bit % 8
    journal._file.write_bytes(data)
    with pytest.raises(EnvironmentFailure, match="left as it is"):
        journal.entries()
    with pytest.raises(EnvironmentFailure):
        journal.strike_out(lambda there: there[:1])
    assert journal._file.read_bytes() == data
    with suppress(EnvironmentFailure):
        journal.add(b"another")
    left = [one.read_bytes() for one in tmp_path.iterdir()]
    assert any(one.startswith(data) for one in left)
    journal.set_aside()
    journal.add(b"another")
    all_of_them = [f"entry {number}".encode() for number in range(5)]
    *given_back, new = journal.entries()
    assert (given_back[:which], new) == (all_of_them[:which], b"another")
    assert given_back == all_of_them or journal.missing() > 0
    assert any(one.read_bytes().startswith(data) for one in tmp_path.iterdir())


def test_what_is_cut_off_an_end_lies_beside_it(tmp_path):
    """Nobody was told that it is kept; but a damage that looks the same takes nothing away for good."""
    journal = Journal(tmp_path / "entries", KEY, "entries")
    journal.add(b"one")
    whole = journal._file.read_bytes()
    for then in (lambda: journal.add(b"two"), lambda: journal.strike_out(lambda there: there)):
        journal._file.write_bytes(whole + whole[:20])
        then()
        assert journal.entries()[0] == b"one"
        (aside,) = [one for one in tmp_path.iterdir() if one.name.startswith("entries cut off ")]
        assert aside.read_bytes() == whole[:20]
        aside.unlink()
    # What is before it does not open: then nobody knows what that end is.
    journal._file.write_bytes(torn := whole[:-1] + bytes([whole[-1] ^ 1]) + whole[:20])
    with pytest.raises(EnvironmentFailure):
        journal.add(b"two")
    assert journal._file.read_bytes() == torn


SEALED = 4 + 12 + len(b"entry 0") + 16  # bytes of one in the file


@pytest.mark.parametrize("whole", [0, 1, 5])
@pytest.mark.parametrize(("half", "zeros"), [(0, 1), (0, 8), (0, 340), (2, 20), (20, SEALED - 20), (20, 60)])
def test_what_the_power_left_as_zeros_is_a_torn_end(tmp_path, whole, half, zeros):
    """A file system that had written the size, and nothing or a part of the data."""
    journal = Journal(tmp_path / "entries", KEY, "entries")
    entries = [f"entry {number}".encode() for number in range(6)]
    for one in entries:
        journal.add(one)
    data = journal._file.read_bytes()[: SEALED * whole + half] + bytes(zeros)
    journal._file.write_bytes(data)
    assert journal.entries() == entries[:whole]
    assert journal._file.read_bytes() == data
    journal.add(b"another")
    assert journal.entries() == [*entries[:whole], b"another"]
    (cut,) = [one for one in tmp_path.iterdir() if one.name.startswith("entries cut off ")]
    assert cut.read_bytes() == data[SEALED * whole :]


@pytest.mark.parametrize("which", [0, 2, 4])
def test_one_that_is_damaged_takes_no_other_with_it_and_is_counted(tmp_path, which):
    journal = Journal(tmp_path / "entries", KEY, "entries")
    entries = [f"entry {number}".encode() for number in range(5)]
    for one in entries:
        journal.add(one)
    data = bytearray(journal._file.read_bytes())
    data[SEALED * (which + 1) - 1] ^= 1
    journal._file.write_bytes(data)
    with pytest.raises(EnvironmentFailure):
        journal.entries()
    journal.set_aside()
    assert journal.entries() == [*entries[:which], *entries[which + 1 :]]
    (aside,) = journal.aside()
    assert aside.read_bytes() == data
    assert journal.missing() == 1
    journal.set_aside()  # by a second program, which saw the damage too
    assert len(journal.aside()) == 1


def test_what_another_key_has_sealed_is_set_aside_whole_and_counted(tmp_path):
    other = Journal(tmp_path / "entries", new_key(), "entries")
    for one in (b"one", b"two"):
        other.add(one)
    journal = Journal(tmp_path / "entries", KEY, "entries")
    journal.set_aside()
    assert (journal.entries(), journal.missing()) == ([], 2)


def test_entries_that_were_swapped_doubled_or_cut_out_are_told(tmp_path):
    journal = Journal(tmp_path / "entries", KEY, "entries")
    for one in (b"first", b"other"):
        journal.add(one)
    data = journal._file.read_bytes()
    half = len(data) // 2
    for forged in (
        data[half:] + data[:half],
        data[half:],
        data[:half] * 2,
        data[:-1] + bytes([data[-1] ^ 1]),
    ):
        journal._file.write_bytes(forged)
        with pytest.raises(EnvironmentFailure):
            journal.entries()


def test_it_is_for_its_owner_alone_and_goes_when_all_is_saved(tmp_path):
    journal = Journal(tmp_path / "deep" / "entries", KEY, "entries")
    journal.add(b"one")
    if os.name != "nt":
        assert journal._file.stat().st_mode & 0o077 == 0
    journal.renew([b"two", b"three"])
    assert journal.entries() == [b"two", b"three"]
    journal.renew([])
    assert not journal._file.exists()
    assert journal.entries() == []


@pytest.mark.skipif(os.name == "nt", reason="a folder is not opened there")
def test_what_is_kept_and_what_is_left_are_on_the_disk_under_their_name(tmp_path, monkeypatch):
    """Else the power takes what somebody was told is kept."""
    put: list[bool] = []  # files, and folders
    fsync = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda one: (put.append(stat.S_ISDIR(os.fstat(one).st_mode)), fsync(one))
    )
    journal = Journal(tmp_path / "entries", KEY, "entries")
    journal.add(b"one")
    assert put == [False, True]
    journal.add(b"two")
    assert put == [False, True, False]
    put.clear()
    journal.renew([b"two"])
    assert put == [False, True]


def test_programs_that_write_at_once_lose_nothing_of_each_other(tmp_path):
    """Two windows of one computer, each with a journal of its own over the one file."""

    def add(who: int) -> None:
        journal = Journal(tmp_path / "entries", KEY, "entries")
        for number in range(40):
            entry = f"{who} {number}".encode()
            journal.add(entry)
            if number % 4 == 3:
                journal.strike_out(partial(without, entry))

    windows = [Thread(target=add, args=[who]) for who in range(3)]
    for one in windows:
        one.start()
    for one in windows:
        one.join()
    left = Journal(tmp_path / "entries", KEY, "entries").entries()
    assert sorted(left) == sorted(f"{who} {n}".encode() for who in range(3) for n in range(40) if n % 4 != 3)


def without(entry: bytes, there: list[bytes]) -> list[bytes]:
    return [one for one in there if one != entry]
