"""When words are tried while somebody writes."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from clinic_desktop.aftercare.sample_facts import Sample
from clinic_desktop.aftercare.text_trial import Trial
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.ui import operations
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.texts import trying
from clinic_desktop.ui.texts.trying import Trying
from tests.small_clinic import SmallClinic


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that were tried."""
    found: list[str] = []

    def take(source: str, *_more: object) -> Trial:
        found.append(source)
        return Trial()

    monkeypatch.setattr(trying, "try_text", take)
    return found


@pytest.fixture
def desk(clinic: SmallClinic) -> Desk:
    with clinic.store.read() as records:
        return Desk(clinic.store, clinic.prescriber, clinic.clock, records.setup(), render_pdf)


def test_quick_keys_are_taken_together(
    monkeypatch: pytest.MonkeyPatch, desk: Desk, tried: list[str], qapp: QObject, qtbot: QtBot
) -> None:
    monkeypatch.setattr(trying, "SOON_MS", 400)
    monkeypatch.setattr(trying, "LATE_MS", 60_000)
    made = Trying(desk, qapp)
    made.take("K", Sample.USUAL)
    qtbot.waitUntil(lambda: made._soon.remainingTime() < 300)
    made.take("Ke", Sample.USUAL)
    assert made._soon.remainingTime() > 300
    qtbot.waitUntil(lambda: tried == ["Ke"])
    made.stop()
    qtbot.waitUntil(lambda: operations.running_count() == 0)


def test_whoever_writes_on_without_a_pause_sees_pages_all_the_same(
    monkeypatch: pytest.MonkeyPatch, desk: Desk, tried: list[str], qapp: QObject, qtbot: QtBot
) -> None:
    monkeypatch.setattr(trying, "SOON_MS", 60_000)
    made = Trying(desk, qapp)
    made.take("K", Sample.USUAL)
    made.take("Ke", Sample.USUAL)
    qtbot.waitUntil(lambda: tried == ["Ke"])
    made.stop()
    qtbot.waitUntil(lambda: operations.running_count() == 0)


def test_what_is_opened_is_shown_at_once(desk: Desk, tried: list[str], qapp: QObject, qtbot: QtBot) -> None:
    made = Trying(desk, qapp)
    made.take("Keep", Sample.USUAL, at_once=True)
    qtbot.waitUntil(lambda: tried == ["Keep"])
    made.stop()
    qtbot.waitUntil(lambda: operations.running_count() == 0)
