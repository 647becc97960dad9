"""run.py: which program is started, with what, and what comes back."""

import io
import runpy
import subprocess
import sys

import pytest

from setup_tools import commands, environment, suite
from setup_tools.failure import SetupFailed
from setup_tools.layout import Layout
from tests.architecture.sources import PROJECT


@pytest.mark.parametrize(
    ("arguments", "command", "passed_on"),
    [
        ([], "app", []),
        (["--demo"], "app", ["--demo"]),
        (["day", "2026-11-21", "--json"], "app", ["day", "2026-11-21", "--json"]),
        (["--data", "test"], "app", ["--data", "test"]),
        (["test"], "test", []),
        (["test", "tests/people", "-k", "jose"], "test", ["tests/people", "-k", "jose"]),
        (["bench", "J1", "J7"], "bench", ["J1", "J7"]),
        (["soak", "50"], "soak", ["50"]),
    ],
)
def test_arguments_go_through_unread(arguments, command, passed_on):
    assert commands.split(arguments) == (command, passed_on)


@pytest.fixture
def started(monkeypatch):
    """What would have been started, with set-up taken as done."""
    seen = []
    monkeypatch.setattr(commands, "set_up", lambda *_: None)
    monkeypatch.setattr(commands, "launch", lambda command: seen.append(command) or 7)
    return seen


def test_the_app_is_started_by_the_environments_python(started):
    assert commands.main(["--demo"]) == 7
    assert started == [[str(Layout(PROJECT).python), "-m", "clinic_desktop", "--demo"]]


def test_benchmarks_are_started_by_name(started):
    assert commands.main(["bench", "J1"]) == 7
    assert started[0][1:] == ["-m", "benchmarks", "J1"]


def test_the_soak_is_started_by_its_part(started):
    assert commands.main(["soak", "kills", "50"]) == 7
    assert started[0][1:] == ["-m", "tests.soak", "kills", "50"]


def test_a_failed_set_up_is_explained_and_starts_nothing(started, monkeypatch, capsys):
    def fail(*_):
        raise SetupFailed("The disk is full.")

    monkeypatch.setattr(commands, "set_up", fail)
    assert commands.main([]) == 1
    assert started == []
    shown = capsys.readouterr()
    assert "The disk is full." in shown.err
    assert shown.out == ""


def test_an_interrupted_set_up_ends_quietly(started, monkeypatch, capsys):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "set_up", interrupt)
    assert commands.main([]) == commands.INTERRUPTED
    assert "Stopped." in capsys.readouterr().err


def test_the_tests_ask_for_more_system_packages_than_the_app(monkeypatch):
    asked = []
    monkeypatch.setattr(commands, "set_up", lambda _layout, _progress, names: asked.append(set(names)))
    monkeypatch.setattr(commands, "launch", lambda _command: 0)
    monkeypatch.setattr(commands, "run_suite", lambda _layout, _arguments: 0)
    commands.main([])
    commands.main(["test"])
    assert asked[0] < asked[1]


def test_our_programs_may_keep_their_bytecode(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("CLINIC_DESKTOP_HOME", "somewhere")
    child = environment.child_environment()
    assert "PYTHONDONTWRITEBYTECODE" not in child
    assert child["CLINIC_DESKTOP_HOME"] == "somewhere"


def test_windows_waits_for_the_program_and_passes_its_status_on(monkeypatch):
    monkeypatch.setattr(commands.os, "name", "nt")
    done = subprocess.CompletedProcess([], 3)
    monkeypatch.setattr(commands.subprocess, "run", lambda *_arguments, **_options: done)
    assert commands.launch(["python.exe", "-m", "clinic_desktop"]) == 3


class Suite:
    """Runs nothing; answers with the exit status given for each tool."""

    def __init__(self, **status: int) -> None:
        self.status = status
        self.commands: list[tuple[str, ...]] = []

    def __call__(self, _layout, command, *, tell):
        self.commands.append(tuple(command))
        return self.status.get(command[1], 0), "" if tell else f"{command[1]} says how it went\n"


@pytest.fixture
def run_suite(monkeypatch):
    def run(arguments=(), **status):
        tools = Suite(**status)
        monkeypatch.setattr(suite, "_run", tools)
        return suite.run_suite(Layout(PROJECT), arguments), tools

    return run


def test_everything_is_checked_and_passes(run_suite):
    status, tools = run_suite()
    assert status == 0
    assert sorted(command[1] for command in tools.commands) == ["mypy", "pytest", "ruff", "ruff"]


@pytest.mark.parametrize("tool", ["ruff", "mypy", "pytest"])
def test_any_failure_fails_the_whole_after_all_ran(run_suite, tool):
    status, tools = run_suite(**{tool: 1})
    assert status != 0
    assert len(tools.commands) == 4


def test_what_did_not_pass_is_named_at_the_end(run_suite, capsys):
    run_suite(mypy=1)
    *_, words, types, last = capsys.readouterr().out.splitlines()
    assert words == "mypy says how it went"
    assert types.startswith("types: not passed in ")
    assert last == "The tests passed. Not passed: types"


def test_no_tests_found_is_not_a_success(run_suite):
    assert run_suite(["-k", "nothing"], pytest=5)[0] == 5


def test_chosen_tests_run_in_one_process(run_suite):
    _, tools = run_suite(["tests/people", "-x"])
    assert ("-m", "pytest", "tests/people", "-x") in tools.commands


def test_an_older_python_is_told_kindly(monkeypatch, capsys):
    """The file itself is also plain enough for a Python 2.7 to read; that was tried by hand."""
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with pytest.raises(SystemExit) as ending:
        runpy.run_path(str(PROJECT / "run.py"))
    assert ending.value.code == 1
    assert "needs Python 3.11 or newer; this is Python 3.8." in sys.stderr.getvalue()
