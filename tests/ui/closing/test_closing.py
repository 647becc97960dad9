"""The end of the day from every place: what is open, and Enter goes to where it is settled."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.reports.end_of_day import Chapter, EndOfDay
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui.closing import closing
from clinic_desktop.ui.closing.panel import ClosingPanel
from clinic_desktop.ui.decisions.place import DecisionsPlace
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.floor.place import FloorPlace
from clinic_desktop.ui.ledger.place import LedgerPlace
from clinic_desktop.ui.paper import PaperDialog
from clinic_desktop.ui.window import Window
from tests.small_clinic import MONDAY, SmallClinic, build, instant
from tests.treatment.stays import K, Stay, booked
from tests.treatment.stock_lines import came
from tests.ui.gone_out import gone_out
from tests.ui.whole_window import settle, whole_window

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = build(tmp_path)
    yield made
    made.store.close()


class Evening:
    """The whole window of the clinic, with the list of what is open."""

    def __init__(self, qtbot: QtBot, clinic: SmallClinic, stay: Stay) -> None:
        self._qtbot, self.stay = qtbot, stay
        with clinic.store.read() as records:
            setup = records.setup()
        self.desk = Desk(clinic.store, clinic.prescriber, clinic.clock, setup, render_pdf)
        self.window: Window = whole_window(qtbot, self.desk)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> "Evening":
        self._qtbot.keyClick(self.focus, key, modifier)
        settle(self._qtbot)
        return self

    def open(self) -> "Evening":
        return self.press(Key.Key_H, CTRL | SHIFT)

    def wait(self) -> None:
        settle(self._qtbot)

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    @property
    def panel(self) -> ClosingPanel:
        return self.window._closing.panel

    @property
    def rows(self) -> list[str]:
        return [line.row.spoken for one in self.panel.lists.values() for line in one.lines()]


@pytest.fixture
def evening(qtbot: QtBot, clinic: SmallClinic) -> Iterator[Evening]:
    """Amara is here since ten, and at noon a word is not signed."""
    stay = booked(clinic).sprayed()
    stay.says(Stamp(kind=K.SAID, told_by=clinic.lin.id, person=clinic.lin.name, note="84 mg next time"))
    clinic.clock.at = instant(12)
    made = Evening(qtbot, clinic, stay)
    yield made
    made.wait()


def test_it_lists_what_is_open_from_any_place(evening: Evening) -> None:
    evening.open()
    assert evening.panel.isVisible()
    assert evening.focus is evening.panel.lists[Chapter.HERE]
    assert evening.rows[0] == ("Okafor, Amara. Still here: monitoring.. Record how the stay ends.. today")
    assert [one for one, made in evening.panel.lists.items() if made.lines()] == [
        Chapter.HERE,
        Chapter.COSIGN,
    ]


def test_every_row_is_as_high_as_its_words(evening: Evening) -> None:
    for size in ((1366, 730), (683, 384)):
        evening.window.resize(*size)
        evening.open()
        for one in evening.panel.lists.values():
            assert not one.lines() or one.height() >= one.sizeHint().height()


def test_enter_goes_to_where_it_is_settled(evening: Evening) -> None:
    evening.open().press(Key.Key_Return)
    floor = evening.window.place("floor")
    assert isinstance(floor, FloorPlace)
    assert evening.window.current == "floor"
    assert floor.floor.stay is not None
    evening.open()
    evening.panel.lists[Chapter.COSIGN].setFocus()
    evening.press(Key.Key_Return)
    decisions = evening.window.place("decisions")
    assert isinstance(decisions, DecisionsPlace)
    assert evening.window.current == "decisions"
    assert decisions.panel.isVisible()
    assert "84 mg next time" in decisions.panel.about.text()


def test_a_form_leads_to_the_ledger(evening: Evening) -> None:
    evening.stay.at(12, 16).checked()
    evening.stay.is_(K.RELEASED)
    evening.open()
    evening.panel.lists[Chapter.FORMS].setFocus()
    evening.press(Key.Key_Return)
    ledger = evening.window.place("ledger")
    assert isinstance(ledger, LedgerPlace)
    assert evening.window.current == "ledger"


def test_a_lot_that_ends_leads_to_the_drug_log(evening: Evening, clinic: SmallClinic) -> None:
    came(clinic, 3, expires=MONDAY + timedelta(days=5))
    evening.open()
    evening.panel.lists[Chapter.EXPIRES].setFocus()
    evening.press(Key.Key_Return)
    ledger = evening.window.place("ledger")
    assert isinstance(ledger, LedgerPlace)
    assert evening.window.current == "ledger"
    assert ledger.switch.current == "drugs"


def test_news_are_shown_while_it_is_open(evening: Evening) -> None:
    evening.open()
    left = evening.stay.is_(K.LEFT_EARLY, note="walked out")
    evening.desk.hub.tell(left.changes)
    evening.wait()
    assert evening.panel.lists[Chapter.HERE].lines() == ()
    assert len(evening.panel.lists[Chapter.INCIDENTS].lines()) == 1


def test_it_is_printed_with_one_key(evening: Evening, tmp_path: Path) -> None:
    evening.open().press(Key.Key_Return, CTRL)
    (dialog,) = [one for one in evening.window.findChildren(PaperDialog) if one.isVisible()]
    evening._qtbot.waitUntil(lambda: bool(dialog._data))
    dialog.save_to(str(tmp_path / "end.pdf"))
    evening.wait()
    said = ("exported", "end of the day", 0, {"day": MONDAY.isoformat()})
    assert gone_out(evening.desk.store) == [said]


def test_it_is_worked_by_keys_at_200_percent(evening: Evening) -> None:
    evening.window.resize(683, 352)
    evening.wait()
    evening.open()
    assert evening.panel.isVisible()
    assert evening.panel.width() <= evening.window.width()
    assert evening.panel.rect().contains(evening.panel.print.geometry())
    evening.press(Key.Key_Escape)
    assert not evening.panel.isVisible()


def test_nothing_is_called_settled_before_it_is_read(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = evening.panel
    let_go = Event()
    read = closing._read

    def slowly(desk: Desk) -> EndOfDay:
        assert let_go.wait(20)
        return read(desk)

    monkeypatch.setattr(closing, "_read", slowly)
    try:
        evening._qtbot.keyClick(evening.focus, Key.Key_H, CTRL | SHIFT)
        assert panel.isVisible()
        assert said(panel) == ["Being read ...", "Being read ..."]
    finally:
        let_go.set()
    evening.wait()
    assert said(panel) == ["Nothing is open."]
    assert evening.rows
    evening.press(Key.Key_Escape)
    let_go.clear()
    try:
        evening._qtbot.keyClick(evening.focus, Key.Key_H, CTRL | SHIFT)
        assert said(panel) == ["Being read ...", "Being read ..."], "as it was before is not as it is"
    finally:
        let_go.set()
    evening.wait()


def test_what_could_not_be_read_is_not_called_settled(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_desk: Desk) -> EndOfDay:
        raise EnvironmentFailure("The clinic file does not answer.")

    monkeypatch.setattr(closing, "_read", fails)
    evening.open()
    assert said(evening.panel) == ["It could not be read. Close this and open it again."] * 2


def said(panel: ClosingPanel) -> list[str]:
    """What stands in place of the lines."""
    return [one.text() for one in panel._nothing.values() if not one.isHidden()]
