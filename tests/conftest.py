"""What holds for every test: a screen that needs no display, a home of its own, and nothing left behind."""

import logging
import os
import threading
import zlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from clinic_desktop.security import hashing
from tests.every_case import EVERY_CASE
from tests.journeys import real_window

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first import of Qt

settings.register_profile("desk", deadline=None, max_examples=60)
settings.register_profile(
    "ci", deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

pytest_plugins = ["tests.stores", "tests.clinics", "tests.gui"]
_WALKED_THERE = real_window.there()
_THREAD_GRACE_SECONDS = 10.0  # what is on its way out gets there also on a computer that does other things
_homes = count(1)
# Whole files that take long, some with few tests: begun first, so that no process waits at the end.
_LONG = tuple(
    f"tests/{one}"
    for one in (
        "simulation/",
        "journeys/test_under_xvfb.py",
        "journeys/test_by_accessible_names.py",
        "journeys/test_journey_floor_by_names.py",
        "journeys/test_journey_texts_by_names.py",
        "journeys/test_journey_two_desks_by_names.py",
        "scheduling/test_planner_exact.py",
        "scheduling/test_repair_days.py",
        "ui/floor/test_floor.py",
    )
)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "logs_errors: the test provokes ERROR log records on purpose")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda one: not one.nodeid.startswith(_LONG))
    if not EVERY_CASE and _whole_suite(config):
        left_out = {one for one in items if _once_more(one.nodeid)}
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [one for one in items if one not in left_out]


def _whole_suite(config: pytest.Config) -> bool:
    """Whether no part was chosen: whoever names one gets all of it."""
    return config.args_source is not pytest.Config.ArgsSource.ARGS


def _once_more(name: str) -> bool:
    return _once_more_on_a_server(name) or (_WALKED_THERE and real_window.is_walked_there(name))


def _once_more_on_a_server(name: str) -> bool:
    """Whether a test of a use case that runs on a file says the same of a server, and is not of the third
    that does so in each run, always the same. What a database does by itself is all in tests/storage."""
    _, bracket, case = name.partition("[")
    elsewhere = name.startswith(("tests/storage/", "tests/cli/", "tests/security/"))
    return bool(bracket) and "postgres" in case and not elsewhere and zlib.crc32(name.encode()) % 3 > 0


@pytest.fixture(autouse=True)
def clinic_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder for settings, data and logs; the app asks for it by CLINIC_DESKTOP_HOME.

    Nothing is made on the disk: most tests ask for no folder at all.
    """
    home = tmp_path_factory.getbasetemp() / f"home{next(_homes)}"
    monkeypatch.setenv("CLINIC_DESKTOP_HOME", str(home))
    return home


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_stray_errors(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which something was logged as an error, unless it is marked logs_errors.

    And one that turned the program's loggers off: after it nobody would hear of an error.
    """
    records = _Records()
    logging.getLogger().addHandler(records)
    yield
    logging.getLogger().removeHandler(records)
    if records.seen and request.node.get_closest_marker("logs_errors") is None:
        pytest.fail("Logged as errors:\n" + "\n".join(records.seen), pytrace=False)
    if silent := _turned_off():
        for name in silent:
            logging.getLogger(name).disabled = False  # the next test is not to blame
        pytest.fail(f"Loggers turned off: {', '.join(silent)}", pytrace=False)


def _turned_off() -> list[str]:
    known = logging.getLogger().manager.loggerDict.items()
    return [
        name for name, one in known if name.startswith("clinic_desktop") and getattr(one, "disabled", False)
    ]


@pytest.fixture(autouse=True)
def no_left_log() -> Iterator[None]:
    """The program's log ends with the test: its folder goes, and the next test's errors are not its."""
    root = logging.getLogger()
    before = set(root.handlers)
    yield
    for one in set(root.handlers) - before:
        if isinstance(one, logging.FileHandler):
            root.removeHandler(one)
            one.close()


@pytest.fixture(autouse=True)
def no_left_threads() -> Iterator[None]:
    """Fail a test that leaves a thread which would keep the program from ending."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if not thread.daemon:
            thread.join(_THREAD_GRACE_SECONDS)
            if thread.is_alive():
                pytest.fail(f"Left running: {thread.name}", pytrace=False)


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> Iterator[None]:
    """A password's hash at its full cost takes a tenth of a second; that is another test's business."""
    hashing.set_cost(hashing.Cost(memory=32, passes=1))
    yield
    hashing.set_cost(hashing.FULL_COST)
