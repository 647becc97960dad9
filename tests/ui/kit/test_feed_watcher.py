"""What another desk writes is heard within half a second, and not asked for in vain."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.people.model import Patient
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.ui import operations
from clinic_desktop.ui.desk import ChangeHub
from clinic_desktop.ui.feed_watcher import AWAY, EVERY, FeedWatcher

Watch = Callable[[Callable[[int], Changes]], FeedWatcher]


class Heard:
    """What the watcher told: news, and trouble that came or went."""

    def __init__(self) -> None:
        self.hub = ChangeHub()
        self.news: list[Changes] = []
        self.trouble: list[ClinicProblem | None] = []
        self.hub.changed.connect(self.news.append)


@pytest.fixture
def heard(qapp: object) -> Heard:
    return Heard()


@pytest.fixture
def watch(heard: Heard) -> Iterator[Watch]:
    made: list[FeedWatcher] = []

    def watching(since: Callable[[int], Changes]) -> FeedWatcher:
        made.append(FeedWatcher(heard.hub, since, 0, heard.trouble.append))
        return made[-1]

    yield watching
    for one in made:
        one.stop()
    operations.wait_for_all()


def wrote(store: SqlStore) -> int:
    with store.write(PROGRAM) as unit:
        unit.add(Patient(given_name="Amara", family_name="Okafor"))
        return unit.commit().number


def test_a_question_and_its_answer_fit_into_half_a_second() -> None:
    assert EVERY <= 250


def test_what_another_desk_wrote_is_told_once(
    qtbot: QtBot, tmp_path: Path, heard: Heard, watch: Watch
) -> None:
    here = open_store(tmp_path / "clinic.sqlite", make=True)
    there = open_store(tmp_path / "clinic.sqlite")
    watcher = watch(here.changes_since)
    watcher.start()
    number = wrote(there)
    qtbot.waitUntil(lambda: bool(heard.news))
    watcher.stop()
    operations.wait_for_all()
    assert [one.number for one in heard.news] == [number]
    for store in (here, there):
        store.close()


def test_whoever_gets_no_answer_asks_more_rarely_until_there_is_one(
    qtbot: QtBot, heard: Heard, watch: Watch
) -> None:
    away = [True]

    def since(_number: int) -> Changes:
        if away[0]:
            raise EnvironmentFailure("The clinic's database does not answer.")
        return Changes()

    watcher = watch(since)
    watcher.look()
    qtbot.waitUntil(lambda: watcher.every == AWAY)
    away[0] = False
    watcher.look()
    qtbot.waitUntil(lambda: watcher.every == EVERY)
    assert [one is None for one in heard.trouble] == [False, True]
