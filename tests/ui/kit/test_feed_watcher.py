"""What another desk writes is heard at once, trouble is told once, and what was missed is caught up."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure, ServerAway, WentBack
from clinic_desktop.foundation.store import Listener
from clinic_desktop.people.model import Patient
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.ui import failure
from clinic_desktop.ui.desk import ChangeHub
from clinic_desktop.ui.feed_watcher import FeedWatcher

Watch = Callable[[Listener, Callable[[int], Changes]], FeedWatcher]


class Heard:
    """What the watcher told: news, and trouble that came or went."""

    def __init__(self) -> None:
        self.hub = ChangeHub()
        self.news: list[Changes] = []
        self.trouble: list[ClinicProblem | None] = []
        self.hub.changed.connect(self.news.append)


class Bell:
    """A listener that is rung by hand. ``refuses``: how often it does not open; ``breaks``: the next wait
    fails."""

    def __init__(self, refuses: int = 0) -> None:
        self.refuses, self.breaks = refuses, False
        self.rung, self.ended, self.closed = Event(), Event(), Event()
        self.rests: list[float] = []

    answers_within: float | None = None

    def open(self) -> None:
        if self.refuses:
            self.refuses -= 1
            raise EnvironmentFailure("The clinic's database does not answer.")

    def wait(self) -> bool:
        self.rung.wait(10)
        self.rung.clear()
        if self.breaks:
            self.breaks = False
            raise EnvironmentFailure("The line is gone.")
        return not self.ended.is_set()

    def pause(self, seconds: float) -> bool:
        self.rests.append(seconds)
        return not self.ended.is_set()

    def stop(self) -> None:
        self.ended.set()
        self.rung.set()

    def close(self) -> None:
        self.closed.set()


@pytest.fixture
def heard(qapp: object) -> Heard:
    return Heard()


@pytest.fixture
def watch(heard: Heard) -> Iterator[Watch]:
    made: list[FeedWatcher] = []

    def watching(listener: Listener, since: Callable[[int], Changes]) -> FeedWatcher:
        made.append(FeedWatcher(heard.hub, listener, since, 0, heard.trouble.append))
        made[-1].start()
        return made[-1]

    yield watching
    for one in made:
        one.stop()


def wrote(store: SqlStore) -> int:
    with store.write(PROGRAM) as unit:
        unit.add(Patient(given_name="Amara", family_name="Okafor"))
        return unit.commit().number


def test_what_another_desk_wrote_is_told_once(
    qtbot: QtBot, tmp_path: Path, heard: Heard, watch: Watch
) -> None:
    here = open_store(tmp_path / "clinic.sqlite", make=True)
    there = open_store(tmp_path / "clinic.sqlite")
    watcher = watch(here.listener(), here.changes_since)
    number = wrote(there)
    qtbot.waitUntil(lambda: bool(heard.news))
    watcher.stop()
    assert [one.number for one in heard.news] == [number]
    for store in (here, there):
        store.close()


def test_nothing_is_asked_while_nothing_happens(qtbot: QtBot, heard: Heard, watch: Watch) -> None:
    """Once at the beginning, for what came before it listened; then with each ring."""
    asked: list[int] = []

    def since(number: int) -> Changes:
        asked.append(number)
        return Changes(number + 1)

    bell = Bell()
    watch(bell, since)
    qtbot.waitUntil(lambda: [one.number for one in heard.news] == [1])
    assert asked == [0]
    bell.rung.set()
    qtbot.waitUntil(lambda: [one.number for one in heard.news] == [1, 2])
    assert asked == [0, 1]


def test_numbers_that_went_back_are_told_once_and_followed_from_there(
    qtbot: QtBot, heard: Heard, watch: Watch
) -> None:
    """It had heard 51, and a standby that stands at 46 took over."""
    bell, there = (
        Bell(),
        iter([Changes(51), WentBack("Look for what is missing.", 46), Changes(), Changes(47)]),
    )

    def since(number: int) -> Changes:
        asked.append(number)
        answer = next(there)
        if isinstance(answer, WentBack):
            raise answer
        return answer

    asked: list[int] = []
    watch(bell, since)
    for count in (1, 2, 3, 4):
        qtbot.waitUntil(lambda: len(asked) == count)  # noqa: B023 - waited for at once
        if count < 4:
            bell.rung.set()
    qtbot.waitUntil(lambda: len(heard.news) == 2)
    assert asked == [0, 51, 46, 46]
    assert [one.number for one in heard.news] == [51, 47]
    assert [type(one) for one in heard.trouble] == [WentBack]


def test_a_lost_line_is_opened_anew_and_nobody_is_troubled(qtbot: QtBot, heard: Heard, watch: Watch) -> None:
    numbers = iter([1, 5])
    bell = Bell()
    watch(bell, lambda number: Changes(next(numbers, number)))
    qtbot.waitUntil(lambda: len(heard.news) == 1)
    bell.breaks = True
    bell.rung.set()
    qtbot.waitUntil(lambda: [one.number for one in heard.news] == [1, 5])
    assert heard.trouble == []


def test_trouble_is_told_once_and_tried_more_rarely_until_it_is_over(
    qtbot: QtBot, heard: Heard, watch: Watch
) -> None:
    bell = Bell(refuses=7)
    watch(bell, lambda _number: Changes(9))
    qtbot.waitUntil(lambda: bool(heard.news))
    assert [one is None for one in heard.trouble] == [False, True]
    assert bell.rests == [0, 0.25, 0.5, 1, 2, 4, 4, 4]


def test_a_server_that_was_asked_and_is_silent_counts_as_away_until_it_answers(
    qtbot: QtBot, heard: Heard, watch: Watch
) -> None:
    """Its disk hangs: the line is there, and nothing comes."""
    hangs = Event()

    def since(number: int) -> Changes:
        assert hangs.wait(60)
        return Changes(number + 1)

    bell = Bell()
    bell.answers_within = 0.01
    watch(bell, since)
    qtbot.waitUntil(lambda: len(heard.trouble) == 1)
    assert isinstance(heard.trouble[0], ServerAway)
    hangs.set()
    qtbot.waitUntil(lambda: heard.trouble[1:] == [None])
    qtbot.waitUntil(lambda: bool(heard.news))
    assert len(heard.trouble) == 2


def test_a_file_is_never_called_away(qtbot: QtBot, heard: Heard, watch: Watch) -> None:
    """It may lie on a slow disk: what is asked of it comes."""
    hangs, asked = Event(), Event()

    def since(number: int) -> Changes:
        asked.set()
        assert hangs.wait(60)
        return Changes(number + 1)

    watcher = watch(Bell(), since)
    qtbot.waitUntil(asked.is_set)
    assert not watcher._patience.isActive()
    hangs.set()
    qtbot.waitUntil(lambda: bool(heard.news))
    assert heard.trouble == []


def test_a_bug_is_reported_and_it_goes_on(
    qtbot: QtBot, heard: Heard, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[BaseException] = []
    monkeypatch.setattr(failure, "report", reported.append)
    answers = iter([Changes(), KeyError("number"), Changes(3)])

    def since(_number: int) -> Changes:
        answer = next(answers, Changes(3))
        if isinstance(answer, Exception):
            raise answer
        return answer

    bell = Bell()
    bell.rung.set()
    watch(bell, since)
    qtbot.waitUntil(lambda: bool(heard.news))
    assert [type(one) for one in reported] == [KeyError]


def test_its_thread_ends_with_the_window_that_nobody_stopped(heard: Heard) -> None:
    bell = Bell()
    delete(watcher_of(heard, bell))
    assert bell.ended.is_set()
    assert bell.closed.wait(5)


def watcher_of(heard: Heard, bell: Bell) -> FeedWatcher:
    made = FeedWatcher(heard.hub, bell, lambda _number: Changes(), 0, heard.trouble.append)
    made.start()
    return made
