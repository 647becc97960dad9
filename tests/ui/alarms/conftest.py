"""The whole window over a small clinic, with a speaker that only writes down what it would play."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.ui import operations
from clinic_desktop.ui.alarms.watch import AlarmWatch
from clinic_desktop.ui.banner import Banner
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.sound import Trouble, Tune
from clinic_desktop.ui.window import Window
from tests.small_clinic import SmallClinic, build, instant
from tests.ui.whole_window import whole_window

WAIT_MS = 30_000


@dataclass
class Ear:
    """What was heard in this room; ``wrong`` is what the computer says of its sound."""

    heard: list[Tune] = field(default_factory=list)
    wrong: Trouble | None = None

    def play(self, tune: Tune) -> Trouble | None:
        self.heard.append(tune)
        return self.wrong

    def trouble(self) -> Trouble | None:
        return self.wrong


@dataclass
class Watched:
    """A window at a place, its clock, and who listens."""

    qtbot: QtBot
    clinic: SmallClinic
    window: Window
    desk: Desk
    ear: Ear

    @property
    def watch(self) -> AlarmWatch:
        return self.window.alarms.watch

    def wait(self, until: Callable[[], bool] | None = None) -> None:
        def calm() -> bool:
            return not operations.running_count() and (until is None or until())

        self.qtbot.waitUntil(calm, timeout=WAIT_MS)

    def at(self, hour: int, minute: int = 0, second: int = 0) -> "Watched":
        """The clock shows another time, and the watch has looked."""
        self.clinic.clock.at = instant(hour, minute, second)
        self.watch.look()
        self.wait()
        return self

    def start(self) -> "Watched":
        self.window.start_alarms(self.ear)
        self.wait()
        return self

    @property
    def banner(self) -> Banner | None:
        return next((one for one in self.window.banners.banners() if one.id == "alarm"), None)

    @property
    def title(self) -> str:
        return self.banner.title if self.banner else ""

    @property
    def badge(self) -> str:
        """What a screen reader says of the floor's count in the rail."""
        return self.window.rail._buttons["floor"].accessibleDescription().partition(",")[0]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> "Watched":
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key, modifier)
        self.wait()
        return self


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = build(tmp_path)
    yield made
    operations.wait_for_all()
    made.store.close()


@pytest.fixture
def watched(qtbot: QtBot, clinic: SmallClinic) -> Watched:
    """At the board, with the nurse at the keyboard; nothing is watched yet."""
    with clinic.store.read() as records:
        setup = records.setup()
    desk = Desk(clinic.store, clinic.nurse, clinic.clock, setup)
    return Watched(qtbot, clinic, whole_window(qtbot, desk), desk, Ear())
