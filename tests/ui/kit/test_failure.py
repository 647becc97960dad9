"""A bug is logged without patient data, said once and calmly, and the program goes on."""

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from clinic_desktop.ui import failure
from clinic_desktop.ui.failure import FailureHandler, FailureReport, describe
from clinic_desktop.ui.failure_window import FailureDesk

pytestmark = pytest.mark.logs_errors
PATIENT = "Okafor, Amara"


def bug() -> ValueError:
    try:
        try:
            raise KeyError(PATIENT)
        except KeyError as cause:
            raise ValueError(f"no visit for {PATIENT}") from cause
    except ValueError as error:
        return error


@pytest.fixture
def shown() -> list[FailureReport]:
    return []


@pytest.fixture
def handler(shown: list[FailureReport], qapp: object) -> Iterator[FailureHandler]:
    made = FailureHandler(shown.append)
    made.install()
    yield made
    made.remove()


def test_a_description_names_kinds_and_places_but_no_values() -> None:
    text = describe(bug())
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "test_failure.py" in text
    assert "Okafor" not in text


def test_a_bug_in_a_slot_is_logged_and_shown(
    handler: FailureHandler, shown: list[FailureReport], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    error = bug()
    with caplog.at_level(logging.ERROR):
        sys.excepthook(type(error), error, error.__traceback__)
        qtbot.waitUntil(lambda: len(shown) == 1)
    assert "ValueError" in caplog.text
    assert "Okafor" not in caplog.text + shown[0].detail


def test_a_bug_on_another_thread_is_shown_on_this_one(handler: FailureHandler, qtbot: QtBot) -> None:
    threads: list[int] = []
    handler._show = lambda _report: threads.append(threading.get_ident())

    def work() -> None:
        raise bug()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(threads) == 1)
    assert threads == [threading.get_ident()]


def test_a_failure_while_showing_a_failure_is_only_logged(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[int] = []

    def show(_report: FailureReport) -> None:
        calls.append(1)
        handler._handle("another")
        raise RuntimeError("no window")

    handler = FailureHandler(show)
    with caplog.at_level(logging.CRITICAL):
        handler.report(bug())
        qtbot.waitUntil(lambda: bool(calls))
    assert calls == [1]
    assert "Could not show a failure" in caplog.text


def test_ctrl_c_ends_the_program_as_ever(
    handler: FailureHandler, shown: list[FailureReport], qtbot: QtBot
) -> None:
    seen: list[type[BaseException]] = []
    handler._before = (lambda kind, _error, _trace: seen.append(kind), handler._before[1])
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert seen == [KeyboardInterrupt]
    assert shown == []


def test_hooks_are_given_back() -> None:
    before = (sys.excepthook, threading.excepthook)
    handler = FailureHandler(lambda _report: None)
    handler.install()
    handler.remove()
    assert (sys.excepthook, threading.excepthook) == before


def test_without_a_handler_a_bug_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        failure.report(bug())
    assert "ValueError" in caplog.text


def test_many_failures_make_one_window_with_all_details(qtbot: QtBot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    desk = FailureDesk(home)
    for number in (1, 2, 3):
        desk.show(FailureReport(f"detail {number}", number))
    window = desk.window
    assert window is not None
    assert not window.isModal()
    window.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert all(f"detail {number}" in copied for number in (1, 2, 3))
    window.close()
    qtbot.waitUntil(lambda: not isValid(window))
    assert desk.window is None
    desk.show(FailureReport("later", 4))
    later = desk.window
    assert later is not None
    assert later is not window
    later.reject()
    qtbot.waitUntil(lambda: not isValid(later))
