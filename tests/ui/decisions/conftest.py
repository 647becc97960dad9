"""My decisions in its window over a small clinic, with whoever sits at the keyboard."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.ui import operations
from clinic_desktop.ui.decisions.panel import DecisionPanel
from clinic_desktop.ui.decisions.place import DecisionsPlace, decisions_spec
from tests.aftercare.approved import approve_shipped
from tests.small_clinic import SmallClinic, build
from tests.ui.place_keyboard import WAIT_MS, PlaceKeyboard


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    """Its texts are approved, so that nothing waits by itself."""
    made = build(tmp_path)
    approve_shipped(made)
    yield made
    operations.wait_for_all()
    made.store.close()


class Keyboard(PlaceKeyboard):
    """The place as somebody at the keyboard has it."""

    def news(self) -> None:
        """Another desk has written something."""
        self.place.look()
        self.wait()

    @property
    def place(self) -> DecisionsPlace:
        place = self.shell.place("decisions")
        assert isinstance(place, DecisionsPlace)
        return place

    @property
    def panel(self) -> DecisionPanel:
        return self.place.panel

    @property
    def rows(self) -> list[str]:
        return [one.row.spoken for one in self.place.list.lines()]


@pytest.fixture
def open_decisions(qtbot: QtBot, clinic: SmallClinic) -> Callable[..., Keyboard]:
    """Opens the window at the decisions, as Dr. Lin unless told otherwise."""

    def opened(
        actor: Actor | None = None, size: tuple[int, int] = (1366, 730), at: datetime | None = None
    ) -> Keyboard:
        clinic.clock.at = at or clinic.clock.at
        return Keyboard.at(qtbot, clinic, actor or clinic.prescriber, decisions_spec, size)

    return opened


@pytest.fixture(autouse=True)
def nothing_running(qtbot: QtBot) -> Iterator[None]:
    """What was begun comes to its end, also what the clock began while the test was over."""
    yield
    qtbot.waitUntil(lambda: not operations.running_count(), timeout=WAIT_MS)
