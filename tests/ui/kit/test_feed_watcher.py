"""What another desk writes is heard at once, and nothing is asked in vain."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from queue import Queue
from threading import Event
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem, ServerAway
from clinic_desktop.people.model import Patient
from clinic_desktop.storage.listener import listen
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.ui import operations
from clinic_desktop.ui.desk import ChangeHub
from clinic_desktop.ui.feed_watcher import FeedWatcher
from tests.storage import postgres

Watch = Callable[[Callable[[int], Changes], Callable[[], Any]], FeedWatcher]


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


class Ear:
    """A line that says what the test lets it say: True: news, False: quiet; an exception: it is lost."""

    def __init__(self) -> None:
        self.says: Queue[bool | ClinicProblem] = Queue()
        self.opened = self.closed = 0

    def __call__(self) -> "Ear":
        self.opened += 1
        return self

    def wait(self, _seconds: float) -> bool:
        said = self.says.get()
        if isinstance(said, ClinicProblem):
            raise said
        return said

    def wake(self) -> None:
        self.says.put(False)

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def watch(heard: Heard) -> Iterator[Watch]:
    made: list[FeedWatcher] = []

    def watching(since: Callable[[int], Changes], listening: Callable[[], Any]) -> FeedWatcher:
        made.append(FeedWatcher(heard.hub, since, listening, 0, heard.trouble.append))
        made[-1].start()
        return made[-1]

    yield watching
    for one in made:
        one.stop()
    operations.wait_for_all()


def wrote(store: SqlStore) -> int:
    with store.write(PROGRAM) as unit:
        unit.add(Patient(given_name="Amara", family_name="Okafor"))
        return unit.commit().number


@pytest.mark.parametrize("any_where", ["file", "server"])
def test_what_another_desk_wrote_wakes_this_one(
    qtbot: QtBot, heard: Heard, watch: Watch, any_where: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if any_where == "file":
        where: Path | str = tmp_path / "clinic.sqlite"
        open_store(where, make=True).close()
    else:
        server = request.getfixturevalue("postgres_server")
        name = server.database(request.getfixturevalue("empty_database"))
        where = server.address(name, postgres.DESK)
    here, there = open_store(where), open_store(where)
    watch(here.changes_since, partial(listen, where))
    numbers = []
    for _ in range(3):
        numbers.append(wrote(there))
        qtbot.waitUntil(lambda: bool(heard.news) and heard.news[-1].number == numbers[-1])
    assert [one.number for one in heard.news] == numbers
    assert heard.trouble == []
    for store in (here, there):
        store.close()


def test_nothing_is_asked_while_nobody_writes(qtbot: QtBot, heard: Heard, watch: Watch) -> None:
    ear, asked = Ear(), list[int]()

    def since(number: int) -> Changes:
        asked.append(number)
        return Changes(number + 1, kinds=frozenset({"room"}))

    watch(since, ear)
    qtbot.waitUntil(lambda: len(heard.news) == 1)  # once at the start: what came before it listened
    for _ in range(3):
        ear.says.put(False)
    ear.says.put(True)
    qtbot.waitUntil(lambda: len(heard.news) == 2)
    assert asked == [0, 1]


def test_news_while_an_answer_is_awaited_is_not_lost(qtbot: QtBot, heard: Heard, watch: Watch) -> None:
    ear, go_on, last = Ear(), Event(), [1]

    def since(_number: int) -> Changes:
        there = last[0]
        go_on.wait()  # the answer is on its way when the next desk writes
        return Changes(there, kinds=frozenset({"room"}))

    watcher = watch(since, ear)
    qtbot.waitUntil(lambda: watcher._asking)
    last[0] = 2
    ear.says.put(True)
    qtbot.waitUntil(lambda: watcher._missed)
    go_on.set()
    qtbot.waitUntil(lambda: bool(heard.news) and heard.news[-1].number == 2)


def test_a_lost_line_is_told_opened_anew_and_caught_up(qtbot: QtBot, heard: Heard, watch: Watch) -> None:
    ear, away = Ear(), [False]

    def since(number: int) -> Changes:
        if away[0]:
            raise ServerAway("The clinic's database does not answer.")
        return Changes(number + 1, kinds=frozenset({"room"}))

    watch(since, ear)
    qtbot.waitUntil(lambda: len(heard.news) == 1)
    away[0] = True
    ear.says.put(ServerAway("The line is lost."))
    qtbot.waitUntil(lambda: bool(heard.trouble))
    away[0] = False
    qtbot.waitUntil(lambda: len(heard.news) > 1)  # nobody did anything
    assert [one is None for one in heard.trouble][-1:] == [True]
    assert ear.opened >= 2
    assert ear.closed >= 1


def test_a_server_that_is_started_anew_is_heard_again(qtbot: QtBot, heard: Heard, watch: Watch) -> None:
    try:
        postgres.programs()
    except postgres.NotInstalled as missing:
        pytest.skip(str(missing))
    with postgres.running() as server:
        name = server.database()
        open_store(server.address(name, postgres.OWNER), make=True).close()
        where = server.address(name, postgres.DESK)
        here = open_store(where)
        watch(here.changes_since, partial(listen, where))
        server.stop()
        qtbot.waitUntil(lambda: bool(heard.trouble))
        server.start()
        there = open_store(where)
        number = wrote(there)
        qtbot.waitUntil(lambda: bool(heard.news) and heard.news[-1].number == number)
        assert heard.trouble[-1] is None
        for store in (here, there):
            store.close()
