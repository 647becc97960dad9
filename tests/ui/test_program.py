"""The program around the window: what it does by itself when a clinic is opened."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from clinic_desktop.app import Opened, Program
from clinic_desktop.foundation import settings
from clinic_desktop.ui import operations
from clinic_desktop.ui.settings_store import SettingsStore
from clinic_desktop.ui.window import read_setup
from tests.small_clinic import MONDAY, SmallClinic, build
from tests.storage.test_zone_rules import booked_under_other_rules


@pytest.fixture
def clinic(tmp_path: Path) -> SmallClinic:
    return build(tmp_path)


@pytest.fixture
def program(qtbot: QtBot, clinic: SmallClinic) -> Iterator[Program]:
    settings.home().mkdir(parents=True, exist_ok=True)
    made = Program(SettingsStore(settings.home() / "window.ini"))
    yield made
    made.close()
    if made.window is not None:  # too late for qtbot: it closes its windows before a fixture ends
        made.window.close()
        delete(made.window)


def test_opening_a_clinic_puts_visits_back_on_their_clock_times(
    qtbot: QtBot, program: Program, clinic: SmallClinic
) -> None:
    visit = booked_under_other_rules(clinic, 1)
    store = clinic.store
    opened = Opened(store, read_setup(store), store.change_number(), store.last_written())
    program._opened(str(store.where), opened)
    qtbot.waitUntil(lambda: not operations.running_count())
    assert clinic.visit(visit.id).start == visit.start
    assert visit.day == MONDAY + timedelta(days=1)
    window = program.window
    assert window is not None
    said = window.notices.notices()[-1].accessibleName()
    assert said == "The rules of the time zone changed. Put right by that: 1 coming visit."
