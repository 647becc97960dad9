"""A visit ends when the patient goes home: in the list, on the board, in the panel and when read aloud."""

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.ui.board import overlay
from clinic_desktop.ui.board.day_axis import short_clock
from clinic_desktop.ui.board.sentences import visit_sentence
from tests.ui.booking.desktop import Desktop
from tests.ui.booking.window import CTRL, ENTER, SHIFT
from tests.ui.grab import grab

Key = Qt.Key
DASH = "\N{EN DASH}"


@pytest.mark.parametrize("code", ["IVM", "FUP", "SP1"])
def test_an_offered_time_has_one_end(at: Desktop, code: str) -> None:
    at.press(Key.Key_F3)
    at.type("oka")
    at.press(ENTER)
    at.booking.types.picked.emit(code)
    at.press(Key.Key_Shift)
    grab(at.window, f"one-end-{code}", (1366, 768))
    (ghost, *_) = at.board.board.page.board.ghosts
    told = f"{short_clock(ghost.start)}{DASH}{short_clock(ghost.end)}"
    assert told in at.booking.times.list.choices[0].row.text
    assert ghost.turned > ghost.end  # the room is made ready behind the patient
    at.press(ENTER, mods=CTRL)
    (visit,) = at.visits()
    block = at.board.board.presenter.blocks[visit.id]
    assert (block.start, block.end, block.turned) == (ghost.start, ghost.end, ghost.turned)
    assert f"to {short_clock(ghost.end)} " in visit_sentence(block, "there")
    grab(at.window, f"one-end-{code}-booked", (1366, 768))


def test_the_ghosts_of_a_course_end_with_the_patient_too(at: Desktop) -> None:
    at.press(Key.Key_N, mods=CTRL | SHIFT)
    at.type("oka")
    at.press(ENTER)
    (ghost, *_) = at.board.board.page.board.ghosts
    grab(at.window, "one-end-course", (1366, 768))
    at.press(ENTER, mods=CTRL)
    first = at.visits()[0]
    at.board.show_visit(first.id, first.day)
    at.press(Key.Key_Shift)
    block = at.board.board.presenter.blocks[first.id]
    assert (block.end, block.turned) == (ghost.end, ghost.turned)


def test_a_ghost_tells_the_patients_time(at: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(overlay, "short_clock", lambda minute: told.append(minute) or short_clock(minute))
    at.press(Key.Key_F3)
    at.type("oka")
    at.press(ENTER)
    grab(at.window, "one-end", (1366, 768))
    (ghost, *_) = at.board.board.page.board.ghosts
    at.board.board.page.board.viewport().repaint()
    assert ghost.end in told
    assert ghost.turned not in told
