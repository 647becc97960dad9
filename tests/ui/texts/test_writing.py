"""A manager writes a sentence, sees it on the page, and asks for its approval."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_desktop.aftercare.approving import write_text
from clinic_desktop.aftercare.sheet_text import TextStatus
from tests.small_clinic import SmallClinic
from tests.ui.texts.conftest import Keyboard, manager_of

Open = Callable[..., Keyboard]
Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_a_sentence_is_written_seen_and_asked_for(clinic: SmallClinic, open_texts: Open) -> None:
    texts = open_texts()
    assert "After your ketamine treatment, English. Version 1 since November 16, 2026" in texts.texts[0]
    texts.press(Key.Key_W, CTRL).pages()
    assert texts.focus is texts.place.writing.editor
    assert "Lie down for a while." not in texts.page_text()
    texts.put("Rest. Get", "Lie down for a while. Get")
    assert "Lie down for a while." in texts.page_text()
    assert texts.checks[0].startswith("Grade ")
    texts.press(Key.Key_F8)
    texts.up()
    texts.type("Lie down, in place of rest.").press(Key.Key_Return)
    texts.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    texts.wait()
    second = texts.on_record(2)
    assert second is not None
    assert (second.status, second.changed) == (TextStatus.ASKED, "Lie down, in place of rest.")
    assert texts.said == "Version 2 waits for a prescriber, in My decisions."
    assert "Waits for approval" in texts.texts[0]


def test_what_is_typed_is_kept_on_leaving_and_found_again(open_texts: Open) -> None:
    texts = open_texts().write().put("Rest. Get", "Lie down. Get")
    assert texts.place.writing.said == "Not kept yet"
    texts.press(Key.Key_Escape)
    assert texts.place.stack.currentWidget() is texts.place.view
    draft = texts.on_record(2)
    assert draft is not None
    assert (draft.status, "Lie down. Get" in draft.source) == (TextStatus.DRAFT, True)
    texts.press(Key.Key_W, CTRL).pages()
    assert "Lie down. Get" in texts.place.writing.source
    assert texts.place.session.keeper.over == draft


def test_ctrl_s_keeps_half_a_text_too_and_nothing_where_nothing_is_new(open_texts: Open) -> None:
    texts = open_texts().write().press(Key.Key_S, CTRL)
    assert texts.said == "Nothing is new, so nothing is kept."
    assert texts.on_record(2) is None
    texts.put("{{drive_date}}", "{{drive_d").press(Key.Key_S, CTRL)
    assert texts.said == "The draft is kept."
    draft = texts.on_record(2)
    assert draft is not None
    assert "{{drive_d," in draft.source


def test_the_draft_is_kept_by_itself(open_texts: Open) -> None:
    texts = open_texts().write()
    texts.place.session.keeper._timer.setInterval(10)
    texts.put("Rest. Get", "Lie down. Get")
    texts.qtbot.waitUntil(lambda: texts.place.writing.said == "Kept as a draft")
    assert texts.on_record(2) is not None


def test_undo_goes_on_after_the_pages_came(open_texts: Open) -> None:
    texts = open_texts().write()
    before = texts.place.writing.source
    texts.put("Rest. Get", "Lie down. Get").press(Key.Key_Z, CTRL)
    while texts.place.writing.source != before:
        assert texts.place.writing.editor.document().isUndoAvailable()
        texts.press(Key.Key_Z, CTRL)
    texts.press(Key.Key_Z, CTRL | SHIFT)
    assert texts.place.writing.editor.document().isUndoAvailable()


def test_a_problem_is_said_with_its_line_and_f7_goes_there(open_texts: Open) -> None:
    texts = open_texts().write().put("{{clinic_phone}}", "{{clinic_fone}}")
    (problem,) = [one for one in texts.checks if "clinic_fone" in one]
    line = texts.place.writing.editor.line
    assert problem == f"There is no field “clinic_fone”. Is it “clinic_phone”?. line {line}"
    texts.place.writing.editor.go_to_line(1)
    texts.press(Key.Key_F7)
    assert texts.place.writing.editor.line == line
    texts.press(Key.Key_F8)
    assert QApplication.activeModalWidget() is None
    (notice,) = texts.shell.notices.notices()
    assert "1 problem comes first." in notice.accessibleName()


def test_a_missing_statement_is_put_in_from_the_list(open_texts: Open) -> None:
    texts = open_texts().write().put("## [9] What is normal today", "## What is normal today")
    texts.put("[9] You may feel", "You may feel")
    texts.put("- [9] feeling unreal", "- [8] feeling unreal")
    assert "Say statement 9" in texts.checks[0]
    assert any("16 of 17 statements said; missing: 9" in one for one in texts.checks)
    texts.press(Key.Key_F3, CTRL | SHIFT).dialog(Key.Key_Return)
    texts.type("You may feel tired.").pages()
    assert "\n[9] You may feel tired." in texts.place.writing.source
    assert not any("Say statement 9, what is normal" in one and "add a line" in one for one in texts.checks)


def test_a_fact_is_put_in_by_a_few_letters(open_texts: Open) -> None:
    texts = open_texts().write().put("Rest. Get", "Rest, ")
    texts.press(Key.Key_F3, CTRL | SHIFT)
    texts.up()
    texts.type("driver's phone").press(Key.Key_Return)
    texts.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert "Rest, {{driver_phone or skip}}" in texts.place.writing.source


def test_words_are_found_and_found_again(open_texts: Open) -> None:
    texts = open_texts().write().press(Key.Key_F, CTRL)
    assert texts.focus is texts.place.writing.find_line
    texts.type("pee").press(Key.Key_Return)
    first = texts.place.writing.editor.line
    texts.press(Key.Key_Return)
    assert texts.place.writing.editor.line > first
    texts.press(Key.Key_Return, SHIFT)
    assert texts.place.writing.editor.line == first
    texts.press(Key.Key_Escape)
    assert texts.focus is texts.place.writing.editor


def test_the_grade_is_a_figure_with_words_and_the_hardest_sentence(open_texts: Open) -> None:
    hard = "Notwithstanding considerable improvement, communicate complications immediately."
    texts = open_texts().write().put("Rest. Get", f"{hard} Get")
    grade = next(one for one in texts.checks if one.startswith("Grade"))
    assert "fits" in grade
    assert f"Hardest: {hard}" in grade


def test_another_visit_is_shown_and_the_longest_one_is_measured(open_texts: Open) -> None:
    texts = open_texts().write()
    assert "Daniel Meyer" in texts.page_text()
    texts.place.writing.sample.setCurrentIndex(3)
    texts.pages()
    assert "Daniel Meyer" not in texts.page_text()
    assert "The longest sheet takes 2 of 2, in large print 4 of 4." in texts.checks[-1]


def test_a_draft_that_another_desk_wrote_on_is_not_lost(clinic: SmallClinic, open_texts: Open) -> None:
    texts = open_texts().write().put("Rest. Get", "Lie down. Get").kept()
    draft = texts.on_record(2)
    assert draft is not None
    other = draft.source.replace("Lie down. Get", "Sit down. Get")
    write_text(clinic.store, manager_of(clinic), other, over=draft)
    texts.put("Lie down. Get", "Lie flat. Get").kept()
    texts.qtbot.waitUntil(lambda: texts.place.writing.said == "Not kept")
    assert "Lie flat. Get" in texts.place.writing.source
    (notice,) = texts.shell.notices.notices()
    assert "changed this a moment ago" in notice.accessibleName()
    assert "Your words are still here, and not kept." in notice.accessibleName()
    texts.place.session.keeper.keep_as_own()
    texts.qtbot.waitUntil(lambda: texts.on_record(3) is not None)
    texts.qtbot.waitUntil(lambda: not texts.place.session.keeper.busy)
    third = texts.on_record(3)
    assert third is not None
    assert "Lie flat. Get" in third.source


def test_what_cannot_be_kept_stays_open(open_texts: Open) -> None:
    texts = open_texts().write().put("kind: iv", "kin: iv").press(Key.Key_Escape)
    assert texts.place.stack.currentWidget() is texts.place.writing
    assert "kin: iv" in texts.place.writing.source
    (notice,) = texts.shell.notices.notices()
    assert "The words stay in the window." in notice.accessibleName()
    texts.put("kin: iv", "kind: iv").press(Key.Key_Escape)
    assert texts.place.stack.currentWidget() is texts.place.view
