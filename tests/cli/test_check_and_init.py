"""Looking after a clinic's data from the command line."""

import gc
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from clinic_desktop.foundation import settings
from clinic_desktop.storage.check import Finding
from tests.cli.conftest import OnFile, Run
from tests.every_case import EVERY_CASE
from tests.shared_data import PROJECT, shared
from tests.storage import postgres


def test_a_clinic_that_is_well(run: Run, monday: OnFile) -> None:
    answer = run("--data", monday.path, "check", "--json")
    assert (answer.status, answer.err, answer.json) == (0, "", {"ok": True, "findings": []})
    assert run("--data", monday.path, "check").out == "All is well.\n"


def test_a_command_leaves_collecting_garbage_to_python(run: Run, monday: OnFile) -> None:
    gc.unfreeze()  # the tests themselves
    run("--data", monday.path, "check")
    assert (gc.isenabled(), gc.get_freeze_count()) == (True, 0)
    gc.freeze()


def test_a_guard_that_was_taken_away_is_found(run: Run, monday: OnFile) -> None:
    with closing(sqlite3.connect(monday.path)) as file:
        file.execute("DROP TRIGGER claim_insert")
        file.commit()
    answer = run("--data", monday.path, "check", "--json")
    assert answer.status == 1
    assert answer.json == {
        "ok": False,
        "findings": [{"code": "guards", "message": "The guard claim_insert is missing or was altered."}],
    }
    assert run("--data", monday.path, "check").out.startswith("guards: ")


def test_a_clinic_that_lost_where_its_trail_ends_is_told_and_left_as_it_is(run: Run, monday: OnFile) -> None:
    with closing(sqlite3.connect(monday.path)) as file:
        file.execute("DROP TABLE head")
        file.commit()
    before = monday.path.read_bytes()
    answer = run("--data", monday.path, "check", "--json")
    assert (answer.status, answer.json["ok"]) == (1, False)
    assert monday.path.read_bytes() == before


def test_a_damaged_file_is_told_and_left_as_it_is(run: Run, monday: OnFile) -> None:
    damaged = bytearray(monday.path.read_bytes())
    for at in range(20 * 4096, 40 * 4096, 4096):  # the heads of twenty pages
        damaged[at : at + 64] = b"\xff" * 64
    monday.path.write_bytes(damaged)
    answer = run("--data", monday.path, "check", "--json")
    assert (answer.status, answer.json["ok"]) == (1, False)
    assert answer.json["findings"]
    assert monday.path.read_bytes() == bytes(damaged)
    refused = run("--data", monday.path, "day", "2026-11-16", "--json")
    assert (refused.status, refused.out) == (1, "")
    assert "damaged" in refused.err
    assert monday.path.read_bytes() == bytes(damaged)


def test_foreign_and_damaged_files_are_told_and_left_as_they_are(run: Run, tmp_path: Path) -> None:
    for original in sorted(shared("data/bad_input/sqlite_damaged").glob("*.db")):
        file = Path(shutil.copy(original, tmp_path))
        answer = run("--data", file, "check", "--json")
        assert (answer.status, answer.json["ok"]) == (1, False), original.name
        assert run("--data", file, "day", "2026-11-16").status == 1
        assert file.read_bytes() == original.read_bytes()


def test_no_clinic_there(run: Run, tmp_path: Path) -> None:
    answer = run("--data", tmp_path / "none.sqlite", "check", "--json")
    assert (answer.status, answer.json["ok"]) == (1, False)
    assert "There is no clinic at none.sqlite" in answer.json["findings"][0]["message"]
    assert run("--data", tmp_path / "none.sqlite", "day", "2026-11-16").status == 1
    assert list(tmp_path.glob("none*")) == []


def test_a_new_clinic_in_a_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "folder" / "new.sqlite"
    answer = run("init", path, "--plain", "--json")
    assert (answer.status, answer.err, answer.json) == (0, "", {"path": str(path), "demo": False})
    assert run("--data", path, "check").status == 0
    usage = run("--data", path, "usage", "--from", "2026-11-16", "--to", "2026-11-20", "--json").json
    assert usage["total"]["open_min"] > 0
    assert usage["total"]["scheduled_min"] == 0


def test_a_clinic_that_is_there_is_not_made_again(run: Run, monday: OnFile) -> None:
    before = monday.path.read_bytes()
    answer = run("init", monday.path, "--json")
    assert (answer.status, answer.out, answer.err.count("\n")) == (1, "", 1)
    assert monday.path.read_bytes() == before


def test_a_new_clinic_on_a_server(run: Run, postgres_server: postgres.Server) -> None:
    name = postgres_server.database()
    address = postgres_server.address(name, postgres.OWNER)
    assert run("init", address, "--json").json == {"path": address, "demo": False}
    desk = postgres_server.address(name, postgres.DESK)
    assert run("--data", desk, "check", "--json").json == {"ok": True, "findings": []}
    assert run("--data", desk, "day", "2026-11-16", "--json").json == {"visits": []}
    assert run("init", address).status == 1
    postgres_server.drop(name)


def test_a_clinic_moves_to_a_server_and_this_computer_goes_with_it(
    run: Run, monday: OnFile, postgres_server: postgres.Server
) -> None:
    settings.remember_clinic(monday.path)
    name = postgres_server.database()
    address = postgres_server.address(name, postgres.OWNER)
    answer = run("move", "--to", address, "--desk", postgres.DESK, "--json")
    assert (answer.status, answer.json["tables"]["visit"]["rows"]) == (0, 3)
    assert settings.last_clinic().startswith(f"postgresql://{postgres.DESK}@/{name}?")
    assert len(run("day", "2026-11-16", "--json").json["visits"]) == 3
    old = run("--data", monday.path, "day", "2026-11-16")
    assert old.status == 1
    assert "was moved on" in old.err
    assert run("--data", monday.path, "take-back").status == 0
    assert run("--data", monday.path, "check").out == "All is well.\n"
    postgres_server.drop(name)


def test_the_clinic_that_was_open_last_is_meant(run: Run, monday: OnFile) -> None:
    settings.remember_clinic(monday.path)
    assert len(run("day", "2026-11-16", "--json").json["visits"]) == 3


@pytest.mark.logs_errors
def test_what_was_not_foreseen_is_one_line_and_a_note_in_the_log(
    run: Run, monday: OnFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_where: object) -> list[Finding]:
        raise ZeroDivisionError("Okafor, Amara")

    monkeypatch.setattr("clinic_desktop.cli.findings", broken)
    answer = run("--data", monday.path, "check", "--json")
    assert (answer.status, answer.out, answer.err.count("\n")) == (1, "", 1)
    assert "Okafor" not in answer.err
    log = (settings.home() / "clinic-desktop.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert "Okafor" not in log


WHOLE = ("-m", "clinic_desktop")
# The demo clinic with 8 days to both sides of today, where the whole one has 30 and the courses beyond.
OF_FEW_DAYS = (
    "-c",
    "import sys; from datetime import timedelta; from clinic_desktop.demo import clinic as making; "
    "making.SPAN, making.LONGEST = timedelta(days=8), timedelta(days=1); "
    "from clinic_desktop.__main__ import main; sys.exit(main())",
)


def program(
    *arguments: object, home: Path, start: tuple[str, ...] = WHOLE
) -> subprocess.CompletedProcess[str]:
    """The program as a script starts it, in the poorest of locales."""
    own = {"CLINIC_DESKTOP_HOME": str(home), "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    return subprocess.run(
        [sys.executable, *start, *map(str, arguments)],
        capture_output=True, text=True, check=False, cwd=PROJECT, env=os.environ | own,
    )  # fmt: skip


def test_the_demo_clinic_is_made_whole_and_well(tmp_path: Path) -> None:
    path = tmp_path / "demo.sqlite"
    days = WHOLE if EVERY_CASE else OF_FEW_DAYS
    made = program("init", path, "--demo", "--json", home=tmp_path, start=days)
    assert (made.returncode, made.stderr) == (0, "")
    well = program("--data", path, "check", "--json", home=tmp_path)
    assert (well.returncode, well.stdout) == (0, '{"ok": true, "findings": []}\n')


def test_bad_arguments_leave_by_two(tmp_path: Path) -> None:
    done = program("day", "someday", home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "clinic-desktop day: argument DATE: someday is not a date like 2026-11-17\n"


def test_a_command_loads_no_qt(tmp_path: Path, monday: OnFile) -> None:
    code = (
        "import sys; from clinic_desktop.__main__ import main; "
        f"status = main(['--data', {str(monday.path)!r}, 'check', '--json']); "
        "sys.exit(status or ('PySide6' in sys.modules))"
    )
    own = {"CLINIC_DESKTOP_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=PROJECT, env=os.environ | own)
    assert done.returncode == 0
