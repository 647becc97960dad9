"""Files that went bad by chance: refused or right, never a traceback, never a wrong answer, never changed.

20 damages run in the suite; 200 with CLINIC_DESKTOP_EVERY_CASE=1.
"""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from clinic_desktop.__main__ import main
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.storage import check, failures
from clinic_desktop.storage.engine import APPLICATION_ID
from clinic_desktop.storage.store import open_store
from tests.every_case import EVERY_CASE
from tests.shared_data import PROJECT, shared
from tests.small_clinic import MONDAY, build
from tests.storage.conftest import beside

PAGE = 4096
CASES = 200 if EVERY_CASE else 20


def digest(path: Path) -> tuple[str, int]:
    return hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic of 300 people with some visits."""
    folder = tmp_path_factory.mktemp("sound")
    clinic = build(folder)
    with clinic.store.write(PROGRAM) as unit:
        unit.add_all([Patient(given_name=f"Given {n}", family_name=f"Family {n}") for n in range(300)])
        unit.commit()
    for minute in (9 * 60, 13 * 60):
        book(clinic.store, clinic.desk, clinic.wish(minute=minute, day=MONDAY + timedelta(minute // 600)))
    clinic.store.close()
    return folder / "clinic.sqlite"


Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    def call(*arguments: object) -> tuple[int, str, str]:
        status = main([str(one) for one in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return call


def answers(say: Say, path: Path) -> dict[str, Any] | None:
    """What a day's list and a record say of a file; None where it was refused in words."""
    found = {}
    for name, command in (("day", ["day", MONDAY.isoformat(), "--json"]), ("usage", [
        "usage", "--from", MONDAY.isoformat(), "--to", MONDAY.isoformat(), "--json"
    ])):  # fmt: skip
        before = digest(path)
        status, out, err = say("--data", path, *command)
        assert "Traceback" not in err
        assert "not foreseen" not in err, err
        if status == 0:
            found[name] = json.loads(out)
        else:
            assert out == ""
            assert err.count("\n") == 1
        if status or name != "day":  # a day that was told is on record: whoever asked has everybody of it
            assert digest(path) == before
    assert not [one for one in path.parent.iterdir() if one.name.startswith(f"{path.name}-")]
    return found or None


def torn(data: bytearray, chance: random.Random) -> None:
    """The last pages were never written."""
    del data[-chance.randrange(1, 3 * PAGE) :]


def flipped(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at] ^= 1 << chance.randrange(8)


def zeroed(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) // PAGE) * PAGE
    data[at : at + PAGE] = bytes(PAGE)


def swapped(data: bytearray, chance: random.Random) -> None:
    """Two pages lie in each other's place."""
    one, other = (chance.randrange(1, len(data) // PAGE) * PAGE for _ in range(2))
    data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]


def strewn(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) - 64)
    data[at : at + 64] = chance.randbytes(64)


def header(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(100)] = chance.randrange(256)


DAMAGES = (torn, flipped, zeroed, swapped, strewn, header)


@pytest.mark.parametrize("seed", range(CASES))
def test_a_file_that_went_bad_is_refused_or_read_right(
    say: Say, sound: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - not a secret
    path = Path(shutil.copy(sound, tmp_path / "clinic.sqlite"))
    right = answers(say, path)
    data = bytearray(sound.read_bytes())
    DAMAGES[seed % len(DAMAGES)](data, chance)
    path.write_bytes(data)
    found = answers(say, path)
    if found is not None:
        assert right is not None
        for name, said in found.items():
            assert said == right[name]


def test_files_damaged_by_others_are_refused(say: Say, tmp_path: Path) -> None:
    """The twelve of the shared corpus, as they are and with our mark in their header."""
    for file in sorted(shared("data/bad_input/sqlite_damaged").glob("*.db")):
        path = Path(shutil.copy(file, tmp_path / file.name))
        assert answers(say, path) is None, file.name
        data = bytearray(path.read_bytes())
        data[68:72] = APPLICATION_ID.to_bytes(4)
        path.write_bytes(data)
        assert answers(say, path) is None, file.name
        status, out, err = say("--data", path, "check", "--json")
        assert (status, json.loads(out)["ok"], err) == (1, False, ""), file.name


def test_a_text_that_is_none_any_more_is_damage(clinic_file: Path) -> None:
    """Whoever reads it hears of damage, and not the text."""
    store = open_store(clinic_file)
    with store.write(PROGRAM) as unit:
        unit.add(Patient(given_name="Zoraida", notes="private"))
        unit.commit()
    with beside(clinic_file) as other:
        other.run("UPDATE patient SET notes = CAST(X'70726976617465FFFE' AS TEXT)")
    with pytest.raises(StoreRefused) as told, store.read() as records:
        records.find(Patient)
    assert str(told.value) == failures.DAMAGED
    store.close()


COMMANDS = (
    ("day", "2026-11-16"),
    ("usage", "--from", "2026-11-01", "--to", "2026-11-30"),
    ("retention",),
    ("check",),
    ("record", "C00001", "--json", "{folder}/r.json"),
    ("sheet", "1", "--out", "{folder}/s.pdf"),
    ("import-patients", "{folder}/list.csv"),
)


@pytest.mark.parametrize("damage", [torn, zeroed])
def test_each_command_refuses_a_bad_file(
    say: Say, sound: Path, tmp_path: Path, damage: Callable[[bytearray, random.Random], None]
) -> None:
    data = bytearray(sound.read_bytes())
    chance = random.Random(4)  # noqa: S311 - not a secret
    for _ in range(20):
        damage(data, chance)
    path = tmp_path / "clinic.sqlite"
    path.write_bytes(data)
    (tmp_path / "list.csv").write_text("First Name,Last Name\nAnn,Lee\n")
    before = digest(path)
    for command in COMMANDS:
        status, out, err = say("--data", path, *(one.format(folder=tmp_path) for one in command))
        assert status == 1, command
        if command[0] != "check":
            assert (out, err.count("\n")) == ("", 1), command
            assert "damaged." in err
            assert "Restore the last good backup." in err
        assert digest(path) == before, command
    assert sorted(one.name for one in tmp_path.iterdir()) == ["clinic.sqlite", "list.csv"]


SMALL_FILES = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from clinic_desktop.__main__ import main
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are of this system")
def test_where_no_file_can_grow_it_is_said_and_all_before_is_there(sound: Path, tmp_path: Path) -> None:
    """As on a full disk: what is written last fails, and nothing of it stays. In a process of its own."""
    path = Path(shutil.copy(sound, tmp_path / "clinic.sqlite"))
    chance = random.Random(1)  # noqa: S311 - not a secret
    names = ("".join(chance.choices("abcdefghijklmnop", k=20)) for _ in range(3000))
    rows = "".join(f"{name[:10]},{name[10:]}\n" for name in names)
    (tmp_path / "list.csv").write_text(f"First Name,Last Name\n{rows}")
    for command in (("import-patients", "list.csv"), ("init", "new.sqlite", "--plain")):
        done = subprocess.run(
            [sys.executable, "-c", SMALL_FILES, "100000", "--data", str(path), *command],
            cwd=tmp_path,
            env=os.environ | {"CLINIC_DESKTOP_HOME": str(tmp_path / "home"), "PYTHONPATH": str(PROJECT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, (command, done)
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1, done.stderr
        assert "Traceback" not in done.stderr
        assert any(sign in done.stderr for sign in ("disk", "could not be written")), done.stderr
    left = {one.name for one in tmp_path.iterdir()}
    assert left - {"clinic.sqlite-wal", "clinic.sqlite-shm"} == {"clinic.sqlite", "list.csv", "home"}
    assert check.findings(path) == []
    store = open_store(path)
    with store.read() as records:
        assert len(records.find(Patient)) == 302
    store.close()
