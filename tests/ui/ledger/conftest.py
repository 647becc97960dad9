"""The ledger in its window over a small clinic, with whoever sits at the keyboard."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.ui import operations
from clinic_desktop.ui.ledger.form_panel import FormPanel
from clinic_desktop.ui.ledger.forms_part import FormsPart
from clinic_desktop.ui.ledger.place import LedgerPlace, ledger_spec
from tests.small_clinic import SmallClinic, build
from tests.ui.place_keyboard import WAIT_MS, PlaceKeyboard


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = build(tmp_path)
    yield made
    operations.wait_for_all()
    made.store.close()


class Keyboard(PlaceKeyboard):
    """The ledger as somebody at the keyboard has it."""

    def news(self) -> None:
        """Another desk has written something."""
        self.part.look()
        self.wait()

    @property
    def place(self) -> LedgerPlace:
        place = self.shell.place("ledger")
        assert isinstance(place, LedgerPlace)
        return place

    @property
    def part(self) -> FormsPart:
        part = self.place.parts["forms"]
        assert isinstance(part, FormsPart)
        return part

    @property
    def panel(self) -> FormPanel:
        return self.part.panel

    @property
    def rows(self) -> list[str]:
        model = self.part.list.forms
        return [model.spoken(one) for one in model.things]


@pytest.fixture
def open_ledger(qtbot: QtBot, clinic: SmallClinic) -> Callable[..., Keyboard]:
    """Opens the window at the ledger, as nurse Maya unless told otherwise."""

    def opened(
        actor: Actor | None = None, size: tuple[int, int] = (1366, 730), at: datetime | None = None
    ) -> Keyboard:
        clinic.clock.at = at or clinic.clock.at
        return Keyboard.at(qtbot, clinic, actor or clinic.nurse, ledger_spec, size)

    return opened


@pytest.fixture(autouse=True)
def nothing_running(qtbot: QtBot) -> Iterator[None]:
    """What was begun comes to its end, also what the clock began while the test was over."""
    yield
    qtbot.waitUntil(lambda: not operations.running_count(), timeout=WAIT_MS)
