"""The day on paper from the board: one key shows the very pages that print."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_desktop.aftercare.preparing import Preparation
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.papers import Paper
from clinic_desktop.treatment.printed import Printed as What
from clinic_desktop.treatment.printed import PrintState, SheetPrint
from clinic_desktop.ui import paper, recorded_print
from clinic_desktop.ui.paper import PaperDialog
from clinic_desktop.ui.printers import Printed
from tests.ui.board.stage import Key, Mod, Stage
from tests.ui.gone_out import gone_out

BOTH = Mod.ControlModifier | Mod.ShiftModifier


def opened(stage: Stage) -> PaperDialog:
    stage.press(Key.Key_P, BOTH)
    dialog = stage.shell.findChild(PaperDialog)
    assert isinstance(dialog, PaperDialog)
    stage.qtbot.waitUntil(lambda: dialog.preview.page == 1)
    return dialog


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What went to the printer."""
    sent: list[bytes] = []

    def take(data: bytes, title: str, name: str, _told: object) -> Printed:
        assert "Okafor" not in title + name
        sent.append(data)
        return Printed("Front desk")

    monkeypatch.setattr(paper, "print_pages", take)
    monkeypatch.setattr(recorded_print, "printer_here", lambda: "Front desk")
    return sent


def test_r11_what_is_shown_is_what_prints(stage: Stage, qtbot, printed: list[bytes]) -> None:
    stage.book(minute=600)
    stage.open(qtbot)
    stage.desk.render = render_pdf
    dialog = opened(stage)
    assert "Okafor, Amara" in dialog.preview.accessibleDescription()
    assert "Page 1 of 1" in dialog.preview.accessibleDescription()
    shown = dialog._data
    stage.qtbot.keyClick(dialog.preview, Qt.Key.Key_Return)
    stage.settle()
    assert printed == [shown]
    assert stage.said == "Printed on Front desk."
    said = {"day": "2026-11-16", "printer": "Front desk"}
    assert gone_out(stage.clinic.store) == [("printed", "day sheet", 0, said)]


def test_what_cannot_be_put_on_record_is_not_printed(
    stage: Stage, qtbot, printed: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise EnvironmentFailure("The clinic's data is busy.")

    stage.open(qtbot)
    stage.desk.render = render_pdf
    dialog = opened(stage)
    monkeypatch.setattr(recorded_print, "record_printed", away)
    stage.qtbot.keyClick(dialog.preview, Qt.Key.Key_Return)
    stage.settle()
    assert printed == []
    assert any("The clinic's data is busy." in one for one in stage.notices)


def test_r18_a_printed_day_that_changed_since_is_said_beside_the_board(
    stage: Stage, qtbot, printed: list[bytes]
) -> None:
    visit = stage.book(minute=600)
    stage.open(qtbot)
    stage.desk.render = render_pdf
    dialog = opened(stage)
    said = stage.board.inspector.day._stale
    stage.qtbot.keyClick(dialog.preview, Qt.Key.Key_Return)
    stage.settle()
    assert printed
    assert "not true any more" not in said.text()
    clinic = stage.clinic
    stage.desk.hub.tell(move(clinic.store, clinic.desk, [to(visit, minute=660)]).changes)
    stage.settle()
    assert "is not true any more. Visits that changed since: 1. Print it anew." in said.text()
    stage.shell.activateWindow()
    stage.qtbot.waitUntil(stage.shell.isActiveWindow)
    again = opened(stage)
    stage.qtbot.keyClick(again.preview, Qt.Key.Key_Return)
    stage.settle()
    assert "not true any more" not in said.text()


def test_what_was_only_looked_at_is_not_on_record(stage: Stage, qtbot) -> None:
    stage.book(minute=600)
    stage.open(qtbot)
    stage.desk.render = render_pdf
    dialog = opened(stage)
    stage.qtbot.keyClick(dialog.preview, Qt.Key.Key_Escape)
    stage.settle()
    with stage.clinic.store.read() as records:
        assert records.find(Paper) == []
    assert gone_out(stage.clinic.store) == []


def test_it_is_saved_where_one_likes(stage: Stage, qtbot, tmp_path: Path) -> None:
    stage.open(qtbot)
    stage.desk.render = render_pdf
    dialog = opened(stage)
    dialog.save_to(str(tmp_path / "day.pdf"))
    stage.settle()
    assert (tmp_path / "day.pdf").read_bytes().startswith(b"%PDF")
    assert gone_out(stage.clinic.store) == [("exported", "day sheet", 0, {"day": "2026-11-16"})]


def test_escape_leaves_it_and_the_board_has_the_focus_again(stage: Stage, qtbot) -> None:
    stage.open(qtbot)
    stage.desk.render = render_pdf
    dialog = opened(stage)
    stage.qtbot.keyClick(dialog.preview, Qt.Key.Key_Escape)
    QApplication.processEvents()
    stage.settle()
    assert stage.shell.findChild(PaperDialog) is None
    stage.shell.activateWindow()
    stage.qtbot.waitUntil(stage.shell.isActiveWindow)
    assert stage.board.page.isAncestorOf(stage.focused())


def test_where_nothing_prints_it_says_so(stage: Stage, qtbot) -> None:
    stage.open(qtbot)
    stage.press(Key.Key_P, BOTH)
    stage.settle()
    assert any("The pages were not made" in one for one in stage.notices)


def test_before_a_visit_the_key_of_the_sheet_prints_the_preparation(
    stage: Stage, qtbot, printed: list[bytes]
) -> None:
    visit = stage.book(minute=600)
    stage.open(qtbot)
    stage.desk.render = render_pdf
    stage.board.select(visit.id)
    stage.settle()
    stage.press(Key.Key_P, Mod.ControlModifier)
    dialog = stage.shell.findChild(PaperDialog)
    assert isinstance(dialog, PaperDialog)
    stage.qtbot.waitUntil(lambda: dialog.preview.page == 1)
    assert "No food after Monday, November 16, 4:00 AM" in " ".join(
        dialog.preview.accessibleDescription().replace("\N{NO-BREAK SPACE}", " ").split()
    )
    stage.qtbot.keyClick(dialog.preview, Qt.Key.Key_Return)
    stage.settle()
    with stage.clinic.store.read() as records:
        assert [one.visit_id for one in records.find(Preparation)] == [visit.id]
        (job,) = records.find(SheetPrint)
        assert (job.what, job.state, job.visit_id) == (What.PREPARATION, PrintState.PRINTED, visit.id)
    assert printed == [dialog._data]
