"""The list of texts and their versions: what is handed out, what waits, who may do what."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_desktop.aftercare import approving
from clinic_desktop.aftercare.approving import TextName, ask_approval, write_text
from clinic_desktop.aftercare.parse import shipped_source
from clinic_desktop.aftercare.sheet_text import SheetText, TextStatus
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.ui.texts.comparing import Comparing
from tests.small_clinic import SmallClinic
from tests.ui.texts.conftest import Keyboard, manager_of

Open = Callable[..., Keyboard]
Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CALM = shipped_source("iv").replace("[15] Rest. Get up slowly.", "[15] Lie down. Get up slowly.")
SECOND = TextName("iv", "en", 2)


def second_asked(clinic: SmallClinic) -> None:
    write_text(clinic.store, manager_of(clinic), CALM)
    ask_approval(clinic.store, manager_of(clinic), SECOND, "Lie down, in place of rest.")


def second_approved(clinic: SmallClinic) -> None:
    second_asked(clinic)
    approving.approve(clinic.store, clinic.prescriber, SECOND, render_pdf)


def test_versions_say_who_wrote_what_and_how_it_stands(clinic: SmallClinic, open_texts: Open) -> None:
    second_approved(clinic)
    texts = open_texts()
    assert texts.texts[0].endswith("Version 2 since November 16, 2026, approved by Dr. Lin.")
    assert texts.versions == [
        "Version 2. Written by Maya Jones, November 16, 2026. Lie down, in place of rest.. Handed out",
        "Version 1. Written by the program. The words that come with the program.. Handed out before",
    ]
    assert "Approved by Dr. Lin on November 16, 2026." in texts.place.view.about


def test_an_old_version_is_read_and_not_written_on(clinic: SmallClinic, open_texts: Open) -> None:
    second_approved(clinic)
    texts = open_texts().press(Key.Key_Return)
    assert texts.focus is texts.place.view.versions
    texts.press(Key.Key_Down).press(Key.Key_Return).pages()
    assert texts.place.writing.read_only
    words = texts.place.writing.source
    assert words == shipped_source("iv").replace(
        "status: draft\n", "status: approved\napproved_by: Dr. Lin\napproved_on: 2026-11-16\n"
    )
    texts.type("x").press(Key.Key_Delete)
    assert texts.place.writing.source == words
    assert "Rest. Get up slowly." in " ".join(texts.page_text().split())
    texts.press(Key.Key_W, CTRL).pages()
    assert not texts.place.writing.read_only
    assert texts.place.writing.source == shipped_source("iv").replace("version: 1", "version: 3")


def test_a_version_is_compared_in_words(clinic: SmallClinic, open_texts: Open) -> None:
    second_asked(clinic)
    texts = open_texts().press(Key.Key_F5, CTRL | SHIFT)
    dialog = texts.up()
    assert isinstance(dialog, Comparing)
    (row,) = [one.row.spoken for one in dialog.list.lines()]
    assert row == "Statement 15, rest and looking back. Was: Rest.. Is: Lie down.. other words"
    dialog.reject()


def test_what_waits_leads_to_its_answer(clinic: SmallClinic, open_texts: Open) -> None:
    second_asked(clinic)
    texts = open_texts()
    assert texts.place.view.answer.isVisible()
    assert "Waits for approval" in texts.texts[0]
    assert "Wanted from the day it is approved." in texts.place.view.about


@pytest.mark.parametrize("key", [Key.Key_W, Key.Key_N])
def test_a_nurse_reads_and_is_told_who_writes(clinic: SmallClinic, open_texts: Open, key: Qt.Key) -> None:
    texts = open_texts(clinic.nurse)
    assert texts.place.view.write.missing == ("A manager or prescriber writes texts.",)
    texts.press(key, CTRL)
    (notice,) = texts.shell.notices.notices()
    assert notice.accessibleName() == "Only to read. A manager or prescriber writes texts."
    texts.place.open_version()
    texts.pages()
    assert texts.place.writing.read_only


def test_a_prescriber_withdraws_with_words_and_what_was_before_counts(
    clinic: SmallClinic, open_texts: Open
) -> None:
    second_approved(clinic)
    texts = open_texts(clinic.prescriber).press(Key.Key_F8, SHIFT)
    texts.up()
    texts.press(Key.Key_Return)
    assert QApplication.activeModalWidget() is not None
    texts.type("a wrong phone").press(Key.Key_Return)
    texts.wait()
    gone = texts.on_record(2)
    assert gone is not None
    assert (gone.status, gone.words) == (TextStatus.WITHDRAWN, "a wrong phone")
    assert "Version 1 since" in texts.texts[0]
    assert "Withdrawn: a wrong phone" in texts.place.view.about


def test_a_manager_withdraws_nothing_and_is_told_who_does(clinic: SmallClinic, open_texts: Open) -> None:
    second_approved(clinic)
    texts = open_texts().press(Key.Key_F8, SHIFT)
    (notice,) = texts.shell.notices.notices()
    assert notice.accessibleName() == "Not withdrawn. A prescriber approves texts and withdraws them."


def test_the_head_shows_the_version_that_is_written(clinic: SmallClinic, open_texts: Open) -> None:
    """The file it began from says 1. So does the foot of the pages, and nothing new is kept for that."""
    second_approved(clinic)
    texts = open_texts().write()
    writing = texts.place.writing
    assert "\nversion: 3\n" in writing.source
    assert "\nstatus: draft\n" in writing.source
    assert "version 3" in texts.page_text()
    texts.press(Key.Key_S, CTRL)
    assert texts.said == "Nothing is new, so nothing is kept."
    texts.put("Call us", "Call us soon").kept()
    third = texts.on_record(3)
    assert third is not None
    assert "\nversion: 3\n" in third.source
    assert not writing.trial.problems


def test_the_head_of_an_approved_version_says_by_whom(clinic: SmallClinic, open_texts: Open) -> None:
    second_approved(clinic)
    texts = open_texts().press(Key.Key_Return).press(Key.Key_Return).pages()
    assert texts.place.writing.read_only
    head = texts.place.writing.source.split("---")[1]
    assert "\nversion: 2\n" in head
    assert "\nstatus: approved\napproved_by: Dr. Lin\napproved_on: 2026-11-16\n" in head
    assert "Draft, not yet approved" not in texts.page_text()


def test_a_translation_begins_from_the_english_words(clinic: SmallClinic, open_texts: Open) -> None:
    texts = open_texts()
    texts.place._begin("iv", "tl")
    texts.pages()
    writing = texts.place.writing
    assert "language: tl" in writing.source
    assert "The reading grade of this language is not measured." in texts.checks
    assert any("Sheets cannot be set in Tagalog yet." in one for one in texts.checks)
    texts.press(Key.Key_Escape)
    assert texts.place.view.text is not None
    assert texts.on_record(2) is None


def test_a_translation_that_ships_is_asked_for_as_it_stands(clinic: SmallClinic, open_texts: Open) -> None:
    texts = open_texts()
    texts.place.view.go_to_text(("iv", "es"), texts.place._lines)
    assert texts.place.view.ask.isVisible()
    texts.press(Key.Key_F8).up()
    texts.type("+1w").press(Key.Key_Return).wait()
    name = TextName("iv", "es", 1, texts.place.view.version.shipped if texts.place.view.version else "")
    assert "Waits for approval" in texts.versions[0]
    approving.approve(clinic.store, clinic.prescriber, name, render_pdf)
    with clinic.store.read() as records:
        (text,) = records.find(SheetText, kind="iv", language="es")
    assert (text.status, text.source) == (TextStatus.APPROVED, shipped_source("iv", "es"))
    assert str(text.effective_from) == "2026-11-23"


def test_a_translation_that_ships_is_asked_for_as_it_stands_also_once_it_is_open_to_write(
    clinic: SmallClinic, open_texts: Open
) -> None:
    texts = open_texts()
    texts.place.view.go_to_text(("iv", "es"), texts.place._lines)
    texts.press(Key.Key_W, CTRL).pages()
    assert texts.focus is texts.place.writing.editor
    texts.type(" ").press(Key.Key_Backspace)  # and what is taken back again is nothing new
    texts.press(Key.Key_F8)
    dialog = texts.up()
    assert not dialog.changed_row.isVisible(), "no sentence: they are the program's words"
    texts.press(Key.Key_Return).wait()
    with clinic.store.read() as records:
        (text,) = records.find(SheetText, kind="iv", language="es")
    assert (text.status, text.source) == (TextStatus.ASKED, shipped_source("iv", "es"))
    assert texts.place.stack.currentWidget() is texts.place.view
    assert "Waits for approval" in texts.versions[0]


def test_approved_words_that_are_not_changed_are_not_asked_for(open_texts: Open) -> None:
    texts = open_texts().write().press(Key.Key_F8)
    (notice,) = texts.shell.notices.notices()
    assert notice.accessibleName() == "Nothing is asked. Change the text first."


def test_the_english_words_of_the_program_wait_by_themselves(open_texts: Open) -> None:
    assert not open_texts().place.view.ask.isVisible()


def test_what_was_asked_for_stands_chosen(clinic: SmallClinic, open_texts: Open) -> None:
    second_asked(clinic)
    texts = open_texts().write().put("Call us", "Call us soon")
    texts.press(Key.Key_F8).wait()
    texts.type("Soon.").press(Key.Key_Return).wait()
    version = texts.place.view.version
    assert version is not None
    assert (version.number, version.status) == (3, TextStatus.ASKED)


def test_a_day_that_is_not_understood_or_over_asks_again(clinic: SmallClinic, open_texts: Open) -> None:
    write_text(clinic.store, manager_of(clinic), CALM)
    texts = open_texts().press(Key.Key_F8)
    dialog = texts.up()
    texts.type("Lie down.").press(Key.Key_Tab).type("soonish").press(Key.Key_Return)
    assert dialog.day_row.problem.startswith("No day was understood")
    dialog.day.setText("yesterday")
    texts.press(Key.Key_Return)
    assert dialog.day_row.problem == "A text is handed out from today at the earliest. Choose another day."
    dialog.day.setText("+1w")
    texts.press(Key.Key_Return).wait()
    asked = texts.on_record(2)
    assert asked is not None
    assert (asked.status, str(asked.effective_from)) == (TextStatus.ASKED, "2026-11-23")


def test_words_that_the_program_brings_anew_are_shown_as_waiting(
    clinic: SmallClinic, open_texts: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic_desktop.aftercare.texts.shipped_source", lambda *_: CALM)
    texts = open_texts()
    assert "New words of the program" in texts.texts[0]
    assert texts.versions[0].startswith("Version 2. Written by the program.")
    assert texts.place.view.answer.isVisible()


@pytest.mark.parametrize("size", [(1366, 730), (683, 384)])
def test_it_is_worked_by_keys_in_a_small_window_too(open_texts: Open, size: tuple[int, int]) -> None:
    texts = open_texts(size=size).press(Key.Key_Return)
    assert texts.focus is texts.place.view.versions
    texts.press(Key.Key_W, CTRL).pages()
    writing = texts.place.writing
    assert texts.focus is writing.editor
    for stop in (writing.preview, writing.checks, writing.editor):
        texts.press(Key.Key_F2, CTRL)
        assert texts.focus is stop
        assert stop.isVisible()
        assert stop.height() > 40
    texts.press(Key.Key_Escape)
    assert texts.focus is texts.place.view.versions
    texts.press(Key.Key_Escape)
    assert texts.focus is texts.place.view.texts


def test_a_draft_is_deleted_after_a_question(clinic: SmallClinic, open_texts: Open) -> None:
    write_text(clinic.store, manager_of(clinic), CALM)
    texts = open_texts()
    assert texts.place.view.delete.isVisible()
    texts.press(Key.Key_Delete, CTRL | SHIFT).dialog(Key.Key_Return)  # the focus stands on leaving it
    assert texts.on_record(2) is not None
    texts.press(Key.Key_Delete, CTRL | SHIFT).dialog(Key.Key_Tab, Key.Key_Return)
    assert texts.on_record(2) is None
    assert texts.said == "The draft, version 2, is deleted."
    assert len(texts.versions) == 1
    assert not texts.place.view.delete.isVisible()
    texts.press(Key.Key_Delete, CTRL | SHIFT)
    (notice,) = texts.shell.notices.notices()
    assert notice.accessibleName().startswith("Nothing is deleted. Only a draft can be deleted.")


def test_a_draft_is_deleted_while_it_is_open_and_not_kept_again(
    clinic: SmallClinic, open_texts: Open
) -> None:
    texts = open_texts().write().press(Key.Key_Delete, CTRL | SHIFT)
    assert texts.said == "Nothing is on record yet. Esc leaves it."
    texts.put("Call us", "Call us soon")
    texts.press(Key.Key_Delete, CTRL | SHIFT).dialog(Key.Key_Tab, Key.Key_Return)
    assert texts.place.stack.currentWidget() is texts.place.view
    assert texts.on_record(2) is None
