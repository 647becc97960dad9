"""The demo clinic behind the window: this week before it opens, the rest while somebody looks at it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from clinic_desktop.demo import clinic as making
from clinic_desktop.demo.hand import ZONE
from clinic_desktop.demo_desk import DemoDesk
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.clock import SystemClock, local_day
from clinic_desktop.storage.store import open_store
from clinic_desktop.ui import operations

WAIT_MS = 100_000


@pytest.fixture(autouse=True)
def few_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hardly more than a week, and nothing booked beyond it."""
    monkeypatch.setattr(making, "SPAN", timedelta(days=8))
    monkeypatch.setattr(making, "LONGEST", timedelta(days=1))


@pytest.mark.timeout(300)
def test_today_is_there_when_the_window_opens_and_the_rest_follows(qtbot: QtBot) -> None:
    parent = QObject()
    desk = DemoDesk(parent)
    problems: list[object] = []
    desk.failed.connect(problems.append)
    ready: list[bool] = []
    desk.ready.connect(lambda: ready.append(True))
    desk.begin()
    qtbot.waitUntil(lambda: bool(ready or problems), timeout=WAIT_MS)
    assert problems == []
    assert not settings.demo_is_whole(desk.path)
    store, today = open_store(desk.path), local_day(SystemClock().now(), ZONE)
    with store.read() as records:
        assert len(records.visits_on(today, today)) >= 20
    store.close()
    told: list[tuple[int, int]] = []
    desk.progress.connect(lambda made, of: told.append((made, of)))
    desk.go_on()
    qtbot.waitUntil(lambda: settings.demo_is_whole(desk.path), timeout=WAIT_MS)
    assert told[-1][0] == told[-1][1]
    assert problems == []
    operations.wait_for_all()


def test_one_that_was_made_today_is_opened_as_it_is(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QObject()
    desk = DemoDesk(parent)
    desk.path.parent.mkdir(parents=True, exist_ok=True)
    desk.path.write_bytes(b"whole")
    settings.remember_whole_demo(desk.path)
    monkeypatch.setattr(making.DemoClinic, "found", pytest.fail)
    with qtbot.waitSignal(desk.ready):
        desk.begin()
    assert desk.path.read_bytes() == b"whole"
