"""Use cases run off the GUI thread and answer on it; nothing that fails is silent."""

import gc
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import count
from weakref import ref

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from clinic_desktop.foundation.errors import ClinicProblem, ServerAway, StaleEdit
from clinic_desktop.ui import failure, operations
from clinic_desktop.ui.operations import LatestReader, Operation, run


class Gate:
    """Work that waits until the test lets it go on."""

    def __init__(self, answer: object = None) -> None:
        self._open = threading.Event()
        self.answer = answer
        self.calls = 0

    def open(self) -> None:
        self._open.set()

    def __call__(self) -> object:
        self.calls += 1
        assert self._open.wait(60)
        return self.answer


class Catcher:
    """Stands in for the failure handler."""

    def __init__(self) -> None:
        self.seen: list[BaseException] = []

    def report(self, error: BaseException) -> None:
        self.seen.append(error)


@pytest.fixture
def bugs(monkeypatch: pytest.MonkeyPatch) -> Catcher:
    catcher = Catcher()
    monkeypatch.setattr(failure, "report", catcher.report)
    return catcher


@pytest.fixture
def told() -> Iterator[list[ClinicProblem]]:
    seen: list[ClinicProblem] = []
    operations.set_default_failure(seen.append)
    yield seen
    operations.set_default_failure(None)


@pytest.fixture
def screen(qapp: object) -> QObject:
    return QObject()


def settle(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: operations.running_count() == 0)


def raising(error: BaseException) -> Callable[[], object]:
    def work() -> object:
        raise error

    return work


def test_work_runs_elsewhere_and_its_answer_comes_here(screen: QObject, qtbot: QtBot) -> None:
    threads: list[object] = []
    answers: list[tuple[int, object]] = []

    def work() -> int:
        threads.append(threading.get_ident())
        return 42

    run(screen, work, lambda answer: answers.append((answer, threading.get_ident())))
    settle(qtbot)
    assert answers == [(42, threading.get_ident())]
    assert threads != [threading.get_ident()]


def test_while_a_worker_works_the_window_has_its_turn_within_a_millisecond(
    screen: QObject, qtbot: QtBot
) -> None:
    found: list[float] = []
    run(screen, sys.getswitchinterval, found.append)
    settle(qtbot)
    assert found[0] <= 0.001


def test_a_worded_failure_goes_to_the_screen_that_asked(
    screen: QObject, qtbot: QtBot, told: list[ClinicProblem]
) -> None:
    seen: list[ClinicProblem] = []
    stale = StaleEdit("visit", 7)
    run(screen, raising(stale), pytest.fail, seen.append)
    settle(qtbot)
    assert seen == [stale]
    assert told == []


def test_a_worded_failure_that_no_screen_takes_is_told_calmly(
    screen: QObject, qtbot: QtBot, told: list[ClinicProblem], bugs: Catcher
) -> None:
    stale = StaleEdit("visit", 7)
    run(screen, raising(stale), pytest.fail)
    settle(qtbot)
    assert told == [stale]
    assert bugs.seen == []


def test_a_bug_goes_to_the_failure_handler_and_never_to_the_screen(
    screen: QObject, qtbot: QtBot, told: list[ClinicProblem], bugs: Catcher
) -> None:
    bug = KeyError("room")
    run(screen, raising(bug), pytest.fail, pytest.fail)
    settle(qtbot)
    assert bugs.seen == [bug]
    assert told == []


def test_an_answer_for_a_closed_screen_is_dropped(qtbot: QtBot) -> None:
    screen, gate = QObject(), Gate()
    run(screen, gate, pytest.fail)
    delete(screen)
    gate.open()
    settle(qtbot)


def test_a_failure_for_a_closed_screen_is_still_told(qtbot: QtBot, told: list[ClinicProblem]) -> None:
    screen, gate = QObject(), Gate()
    stale = StaleEdit("visit", 7)

    def work() -> None:
        gate()
        raise stale

    run(screen, work, pytest.fail, pytest.fail)
    delete(screen)
    gate.open()
    settle(qtbot)
    assert told == [stale]


def test_a_second_press_while_the_first_is_saving_does_nothing(screen: QObject, qtbot: QtBot) -> None:
    gate, answers = Gate("booked"), []
    first = run(screen, gate, answers.append, key="book")
    assert first is not None
    assert first.busy
    assert run(screen, Gate(), pytest.fail, key="book") is None
    assert run(screen, lambda: "other", answers.append, key="print") is not None
    gate.open()
    settle(qtbot)
    assert sorted(answers) == ["booked", "other"]
    assert not first.busy
    assert run(screen, lambda: "again", answers.append, key="book") is not None
    settle(qtbot)


def test_what_was_not_taken_is_said_unless_nobody_pressed(screen: QObject, qtbot: QtBot) -> None:
    said: list[str] = []
    operations.set_default_busy(lambda: said.append("busy"))
    gate = Gate("booked")
    try:
        run(screen, gate, lambda _answer: None, key="book")
        assert run(screen, Gate(), pytest.fail, key="book", quiet=True) is None
        assert said == []
        assert run(screen, Gate(), pytest.fail, key="book") is None
        assert said == ["busy"]
    finally:
        operations.set_default_busy(None)
        gate.open()
        settle(qtbot)


def test_who_entered_something_is_told_when_it_takes_long_and_when_no_more(
    screen: QObject, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server may hang: whoever pressed Enter must not take what was said before for the answer."""
    monkeypatch.setattr(operations, "SLOW_MS", 1)
    told: list[bool] = []
    operations.set_default_slow(told.append)
    by_itself, by_hand = Gate("read"), Gate("recorded")
    try:
        run(screen, by_itself, lambda _answer: None, key="board:overruns", quiet=True)
        run(screen, by_hand, lambda _answer: None, key="floor:1")
        qtbot.waitUntil(lambda: told == [True])
        by_hand.open()
        qtbot.waitUntil(lambda: told == [True, False])
    finally:
        operations.set_default_slow(None)
        by_itself.open()
        by_hand.open()
        settle(qtbot)


def test_finished_is_told_after_success_failure_and_bug(
    screen: QObject, qtbot: QtBot, bugs: Catcher, told: list[ClinicProblem]
) -> None:
    for work in (lambda: 1, raising(StaleEdit("visit", 1)), raising(KeyError())):
        operation: Operation[object] = Operation(screen, work, lambda _answer: None)
        with qtbot.waitSignal(operation.finished):
            assert operation.start()
        assert not operation.busy


def test_a_cancelled_read_answers_nobody_but_its_bug_is_known(
    screen: QObject, qtbot: QtBot, told: list[ClinicProblem], bugs: Catcher
) -> None:
    bug = KeyError()
    for work in (lambda: 1, raising(StaleEdit("visit", 1)), raising(bug)):
        operation = run(screen, work, pytest.fail, pytest.fail)
        assert operation is not None
        operation.cancel()
    settle(qtbot)
    assert told == []
    assert bugs.seen == [bug]


def test_only_the_newest_of_many_reads_counts(screen: QObject, qtbot: QtBot) -> None:
    answers: list[object] = []
    busy: list[bool] = []
    reader: LatestReader[object] = LatestReader(screen, answers.append)
    reader.busy_changed.connect(busy.append)
    gates = [Gate(letters) for letters in ("o", "ok", "oka")]
    for gate in gates:
        reader.read(gate)
    for gate in gates:
        gate.open()
    qtbot.waitUntil(lambda: not reader.busy)
    assert answers == ["oka"]
    assert gates[1].calls == 0  # overtaken before it began
    assert busy == [True, False]


def test_a_cancelled_reader_answers_nothing(screen: QObject, qtbot: QtBot) -> None:
    reader: LatestReader[object] = LatestReader(screen, pytest.fail)
    gates = [Gate(), Gate()]
    for gate in gates:
        reader.read(gate)
        gate.open()
    reader.cancel()
    qtbot.waitUntil(lambda: not reader.busy)


def test_a_read_that_met_no_answer_is_told_once_and_tried_until_it_has_one(
    screen: QObject, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "AGAIN_MS", 5)
    tries, answers, problems = count(1), list[int](), list[ClinicProblem]()

    def work() -> int:
        number = next(tries)
        if number < 4:
            raise ServerAway("The clinic's database does not answer.")
        return number

    reader: LatestReader[int] = LatestReader(screen, answers.append, problems.append)
    reader.read(work)
    qtbot.waitUntil(lambda: answers == [4])
    assert len(problems) == 1
    assert not reader._again.isActive()


def test_a_try_that_ends_otherwise_is_told_too(
    screen: QObject, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "AGAIN_MS", 5)
    problems: list[ClinicProblem] = []
    tries = iter([ServerAway("It does not answer."), StaleEdit("visit", 1)])

    def work() -> None:
        raise next(tries)

    reader: LatestReader[None] = LatestReader(screen, pytest.fail, problems.append)
    reader.read(work)
    qtbot.waitUntil(lambda: len(problems) == 2)
    assert not reader._again.isActive()


def test_what_is_asked_for_next_ends_the_tries_of_what_was_asked_before(
    screen: QObject, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "AGAIN_MS", 5)
    answers: list[object] = []
    problems: list[ClinicProblem] = []
    reader: LatestReader[object] = LatestReader(screen, answers.append, problems.append)
    reader.read(raising(ServerAway("It does not answer.")))
    qtbot.waitUntil(lambda: len(problems) == 1)
    reader.read(lambda: "another day")
    qtbot.waitUntil(lambda: not reader.busy)
    reader.read(raising(StaleEdit("visit", 1)))  # no matter of the line: it stays so
    qtbot.waitUntil(lambda: len(problems) == 2)
    assert not reader._again.isActive()
    assert answers == ["another day"]
    assert [type(one) for one in problems] == [ServerAway, StaleEdit]


def test_a_reader_dies_with_its_screen(qtbot: QtBot) -> None:
    screen, gate = QObject(), Gate()
    reader: LatestReader[object] = LatestReader(screen, pytest.fail)
    reader.read(gate)
    delete(screen)
    gate.open()
    settle(qtbot)


def test_the_program_can_wait_for_its_last_save(screen: QObject, qtbot: QtBot) -> None:
    saved: list[int] = []
    run(screen, lambda: saved.append(1), lambda _answer: None)
    assert operations.wait_for_all()
    assert saved == [1]
    settle(qtbot)


@pytest.mark.logs_errors
def test_without_a_shell_even_a_worded_failure_is_logged(
    screen: QObject, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        run(screen, raising(StaleEdit("visit", 7)), pytest.fail)
        settle(qtbot)
    assert "StaleEdit" in caplog.text


def test_nothing_is_left_of_what_has_run(screen: QObject, qtbot: QtBot) -> None:
    """The change feed alone is asked three hundred thousand times a day."""
    answers: list[int] = []
    before = _left()  # held here, so that no new one takes their place in memory
    for number in range(200):
        run(screen, lambda number=number: number, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 200)
    assert operations.wait_for_all()
    qtbot.waitUntil(lambda: not [one for one in _left() if not any(one is old for old in before)])


def _left() -> list[object]:
    gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, (Operation, operations._Runner))]


def test_an_operation_is_not_gone_while_its_thread_still_tells_the_answer(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer may be delivered before the thread that told it has returned: on an object that is gone by
    then it would crash."""
    told = threading.Event()

    class Slow(operations._Runner):
        def run(self) -> None:
            self._answered.emit(1, None)
            assert told.wait(60)
            self.out = True

    monkeypatch.setattr(operations, "_Runner", Slow)
    parent, seen = QObject(), list[object]()
    operation = Operation(parent, lambda: 1, seen.append)
    gone = ref(operation)
    assert operation.start()
    qtbot.waitUntil(lambda: seen == [1])
    del operation
    assert gone() is not None
    told.set()
    qtbot.waitUntil(lambda: gone() is None)  # and goes by itself: no other operation has to come first
    run(parent, lambda: 1, seen.append)
    qtbot.waitUntil(lambda: seen == [1, 1])
    assert gone() is None
