"""Moving a plain clinic into a sealed file: killed at any step, one of the two is whole and found."""

import multiprocessing
import os
import signal
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.scheduling.booking import book
from clinic_desktop.security import unlocking
from clinic_desktop.security.key_slots import slots_file
from clinic_desktop.storage import check, cipher, look, sealing
from clinic_desktop.storage.engine import Sealed, raw_line
from clinic_desktop.storage.store import open_store
from tests.every_case import EVERY_CASE
from tests.small_clinic import build
from tests.storage.conftest import everything
from tests.storage.open_elsewhere import open_elsewhere

pytestmark = pytest.mark.skipif(not cipher.can_seal(), reason="SQLCipher does not come for this system")
STEPS = ("copy", "compare", "slots", "second name", "swap", "overwrite", "delete", "done")
KILLED = STEPS if EVERY_CASE else ("compare", "swap", "overwrite", "delete")
BEFORE_SWAP = STEPS[: STEPS.index("overwrite")]


def plain_clinic(folder: Path) -> tuple[Path, dict[str, list[Any]]]:
    """A clinic that was worked with, closed, and everything in it."""
    clinic = build(folder)
    book(clinic.store, clinic.desk, clinic.wish())
    clinic.store.close()
    return clinic.store.where, everything(clinic.store.where)


def killed_at(step: str, path: Path, key: bytes) -> None:
    """In a process of its own."""

    def die(name: str) -> None:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    keys = unlocking.new_keys()
    sealing.seal(path, key, keys.slots, die)


def test_it_is_the_same_clinic_and_nothing_plain_is_left(tmp_path):
    path, before = plain_clinic(tmp_path / "clinic")
    inode = path.open("rb")  # whoever still has the old file open finds nothing in it
    keys = unlocking.new_keys()
    where = sealing.seal(path, keys.data_key, keys.slots)
    assert sorted(one.name for one in path.parent.iterdir()) == ["clinic.sqlite", "clinic.sqlite.keys"]
    assert everything(where) == before
    assert check.findings(where) == []
    assert not any(inode.read())
    inode.close()
    assert path.stat().st_mode & 0o077 == 0
    assert unlocking.opened_by(path, keys.recovery_key) == keys.data_key
    open_store(where).close()
    with pytest.raises(EnvironmentFailure, match="is encrypted already"):
        sealing.seal(path, keys.data_key, keys.slots)


@pytest.mark.parametrize("damaged", [False, True])
def test_slots_of_another_clinic_that_lie_there_are_kept_under_another_name(tmp_path, damaged):
    """They may be the last that open the backups of a clinic that was moved away."""
    path, _ = plain_clinic(tmp_path / "clinic")
    others = unlocking.new_keys()
    others.write(path)
    if damaged:
        slots_file(path).write_bytes(slots_file(path).read_bytes()[:-9])
    lay_there = slots_file(path).read_bytes()
    keys = unlocking.new_keys()
    sealing.seal(path, keys.data_key, keys.slots)
    assert unlocking.opened_by(path, keys.recovery_key) == keys.data_key
    (kept,) = path.parent.glob("clinic before encrypting *.sqlite.keys")
    assert kept.read_bytes() == lay_there


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize("step", KILLED)
def test_killed_at_any_step_one_of_the_two_is_whole_and_found(tmp_path, step):
    path, before = plain_clinic(tmp_path / "clinic")
    key = bytes(range(32))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.storage.test_sealing"])
    work = context.Process(target=killed_at, args=(step, path, key))
    work.start()
    work.join()
    assert work.exitcode == -signal.SIGKILL
    sealed = look.is_sealed(path)
    assert sealed == (step not in BEFORE_SWAP)
    where = Sealed(path, key) if sealed else path
    open_store(where).close()  # the next start ends what was begun
    left = {one.name for one in path.parent.iterdir()}
    assert left <= {"clinic.sqlite", "clinic.sqlite.keys"}
    assert everything(where) == before
    assert check.findings(where) == []
    if not sealed:  # and it can be begun again
        keys = unlocking.new_keys()
        assert everything(sealing.seal(path, keys.data_key, keys.slots)) == before


def test_a_clinic_that_is_open_elsewhere_is_left_alone(tmp_path):
    path, _ = plain_clinic(tmp_path / "clinic")
    keys = unlocking.new_keys()
    with open_elsewhere(path, "PRAGMA journal_mode = WAL", "SELECT * FROM head"):
        before = path.read_bytes()
        with pytest.raises(EnvironmentFailure, match="open in another window or program"):
            sealing.seal(path, keys.data_key, keys.slots)
        assert path.read_bytes() == before
    sealing.seal(path, keys.data_key, keys.slots)


def test_a_start_in_the_middle_takes_nothing_away(tmp_path):
    """Another window is opened while the clinic is being sealed: it is told, and the sealing goes on."""
    path, before = plain_clinic(tmp_path / "clinic")
    keys = unlocking.new_keys()
    context = multiprocessing.get_context("forkserver")
    told = []

    def start(name: str) -> None:
        if name in ("compare", "swap", "overwrite"):
            work = context.Process(target=sealing.tidy, args=(path,))
            work.start()
            work.join()
            told.append(work.exitcode)

    where = sealing.seal(path, keys.data_key, keys.slots, start)
    assert told == [0, 0, 0]
    assert everything(where) == before


def test_the_sealed_file_is_on_the_disk_before_it_is_the_clinic(tmp_path, monkeypatch):
    """Its database waits for no disk while it is made, so it is brought there whole."""
    path, _ = plain_clinic(tmp_path / "clinic")
    keys, new = unlocking.new_keys(), path.with_name(path.name + sealing.SEALING)
    fsync, on_disk, synced = os.fsync, set(), []

    def note(file: int) -> None:
        fsync(file)
        on_disk.add((os.fstat(file).st_ino, os.fstat(file).st_mtime_ns))

    def look_at(step: str) -> None:
        if step == "swap":
            synced.append((new.stat().st_ino, new.stat().st_mtime_ns) in on_disk)

    monkeypatch.setattr(os, "fsync", note)
    sealing.seal(path, keys.data_key, keys.slots, look_at)
    assert synced == [True]


@pytest.mark.parametrize("kind", ["rows", "schema", "damage"])
def test_a_copy_that_is_not_the_same_is_not_used(tmp_path, kind):
    path, _ = plain_clinic(tmp_path / "clinic")
    keys, content = unlocking.new_keys(), path.read_bytes()
    new = Sealed(path.with_name(path.name + sealing.SEALING), keys.data_key)

    def spoil(name: str) -> None:
        if name != "compare":
            return
        if kind == "damage":
            damaged = bytearray(new.path.read_bytes())
            damaged[-100] ^= 1
            new.path.write_bytes(damaged)
        else:
            with closing(raw_line(new, str(new.path))) as line:
                line.execute(
                    "UPDATE room SET name = 'x' WHERE id = 1"
                    if kind == "rows"
                    else "DROP TRIGGER claim_insert"
                )

    with pytest.raises(EnvironmentFailure, match=r"clinic is as it was|is damaged"):
        sealing.seal(path, keys.data_key, keys.slots, spoil)
    assert [one.name for one in path.parent.iterdir()] == ["clinic.sqlite"]
    assert len(path.read_bytes()) == len(content)
    open_store(path).close()


def test_a_full_disk_leaves_it_as_it_was(tmp_path, monkeypatch):
    path, before = plain_clinic(tmp_path / "clinic")
    keys = unlocking.new_keys()

    def full(_file: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealing, "_on_disk", full)
    with pytest.raises(EnvironmentFailure, match=r"The disk is full\. Nothing was changed"):
        sealing.seal(path, keys.data_key, keys.slots)
    assert not slots_file(path).exists()
    assert everything(path) == before


def test_without_hard_links_too(tmp_path, monkeypatch):
    def none(*_names: object) -> None:
        raise OSError(1, "Operation not permitted")

    path, before = plain_clinic(tmp_path / "clinic")
    keys = unlocking.new_keys()
    monkeypatch.setattr(os, "link", none)

    def stop(name: str) -> None:
        if name == "swap":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sealing.seal(path, keys.data_key, keys.slots, stop)
    assert not path.exists()
    open_store(path).close()
    assert everything(path) == before
    assert everything(sealing.seal(path, keys.data_key, keys.slots)) == before
