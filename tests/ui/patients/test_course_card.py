"""The course card from the patient's page."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import Patient
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.papers import Paper
from clinic_desktop.ui import paper
from clinic_desktop.ui.paper import PaperDialog
from clinic_desktop.ui.patients.history_facts import read_history
from clinic_desktop.ui.patients.history_words import lines_of
from clinic_desktop.ui.printers import Printed
from tests.people.small_clinic import TODAY, SmallClinic
from tests.ui.gone_out import gone_out
from tests.ui.patients.conftest import Window


def with_course(clinic: SmallClinic) -> Sequence[Visit]:
    """A consultation that is the second of three visits of a course."""
    patient = clinic.patient()
    visit = clinic.book(patient.id, "CON", TODAY, 15 * 60, plan=None)
    with clinic.store.write(PROGRAM) as unit:
        course = unit.add(Course(patient_id=patient.id, name="Talks", planned=3, to_place=2))
        saved = unit.save(replace(unit.get(Visit, visit.id), course_id=course.id, course_no=2))
        unit.commit()
    return (saved,)


def card_shown(request: pytest.FixtureRequest) -> tuple[Window, PaperDialog]:
    """By one key on the patient's page, once the clinic is as it should be."""
    window: Window = request.getfixturevalue("window")
    window.place._desk.render = render_pdf
    window.find("oka")
    window.press(Qt.Key.Key_P, ctrl=True)
    dialog = window.shell.findChild(PaperDialog)
    assert isinstance(dialog, PaperDialog)
    window.qtbot.waitUntil(lambda: dialog.preview.page == 1)
    return window, dialog


def kept(clinic: SmallClinic) -> list[Paper]:
    with clinic.store.read() as records:
        return records.find(Paper)


def card_printed(
    clinic: SmallClinic, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> tuple[Window, Visit]:
    """It came out and is on record; answers the course's visit, too."""
    (visit,) = with_course(clinic)
    monkeypatch.setattr(paper, "print_pages", lambda *_: Printed("Front desk"))
    window, dialog = card_shown(request)
    window.qtbot.keyClick(dialog.preview, Qt.Key.Key_Return)
    window.qtbot.waitUntil(lambda: len(kept(clinic)) == 1)
    return window, visit


def test_one_key_shows_the_card_that_prints(clinic: SmallClinic, request: pytest.FixtureRequest) -> None:
    with_course(clinic)
    _, dialog = card_shown(request)
    text = " ".join(dialog.preview.accessibleDescription().split())
    assert "Tue, Nov 17 3:00 PM 2 of 3" in text
    assert "Not yet given a time: 2." in text
    dialog.reject()


def test_r18_a_card_that_went_out_is_on_record_and_told_once_it_is_wrong(
    clinic: SmallClinic, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, visit = card_printed(clinic, request, monkeypatch)
    patient_id = visit.patient_id
    assert gone_out(clinic.store) == [("exported", "patient", patient_id, {"what": "course card"})]
    slip = window.place.view.page.slip
    assert slip.isHidden()
    moved = move(clinic.store, PROGRAM, [to(visit, minute=16 * 60)])
    window.place._desk.hub.tell(moved.changes)
    window.qtbot.waitUntil(slip.isVisible)
    assert "names Tue, Nov 17, 3:00 PM; now it is Tue, Nov 17, 4:00 PM." in slip.accessibleName()


def test_without_a_course_there_is_no_card(clinic: SmallClinic, request: pytest.FixtureRequest) -> None:
    clinic.patient()
    window: Window = request.getfixturevalue("window")
    window.find("oka")
    window.place._desk.render = render_pdf
    window.press(Qt.Key.Key_P, ctrl=True)
    window.wait(lambda: bool(window.shell.notices.notices()))
    (said,) = [one.accessibleName() for one in window.shell.notices.notices()]
    assert "there are none. Book the course, then print." in said


def test_one_key_prints_the_card_again_as_it_went_out(
    clinic: SmallClinic, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its foot says so, that the visit moved since is said before and after, and it is on record."""
    window, visit = card_printed(clinic, request, monkeypatch)
    move(clinic.store, PROGRAM, [to(visit, minute=16 * 60)])
    window.wait()
    window.shell.activateWindow()
    window.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    window.press(Qt.Key.Key_P, ctrl=True, shift=True)
    again = window.shell.findChildren(PaperDialog)[-1]
    window.qtbot.waitUntil(lambda: again.preview.page == 1)
    text = " ".join(again.preview.accessibleDescription().split())
    assert "Tue, Nov 17 3:00 PM 2 of 3" in text
    assert "Printed again" in text
    assert "now it is Tue, Nov 17, 4:00 PM" in again.notice.accessibleName()
    window.qtbot.keyClick(again.preview, Qt.Key.Key_Return)
    window.qtbot.waitUntil(lambda: len(kept(clinic)) == 2)
    window.wait(lambda: bool(window.shell.notices.notices()))
    said = [one.accessibleName() for one in window.shell.notices.notices()]
    assert any("now it is Tue, Nov 17, 4:00 PM" in one for one in said)
    history = read_history(clinic.store, visit.patient_id, TODAY)
    told = [what for line in lines_of(history) for what in line.what]
    assert "The same course card printed again: Nov 17, 2026, 3:00 PM" in told


def test_the_key_says_where_no_card_went_out_yet(clinic: SmallClinic, request: pytest.FixtureRequest) -> None:
    with_course(clinic)
    window: Window = request.getfixturevalue("window")
    window.find("oka")
    window.place._desk.render = render_pdf
    window.press(Qt.Key.Key_P, ctrl=True, shift=True)
    window.wait(lambda: bool(window.shell.notices.notices()))
    (said,) = [one.accessibleName() for one in window.shell.notices.notices()]
    assert "Print the course card first." in said


def test_s21_why_a_card_is_in_english_is_said_before_and_after(
    clinic: SmallClinic, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    (visit,) = with_course(clinic)
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, visit.patient_id), language="es"))
        unit.commit()
    monkeypatch.setattr(paper, "print_pages", lambda *_: Printed("Front desk"))
    window, dialog = card_shown(request)
    why = "It is in English: no Spanish text of it is approved. Go over it with an interpreter."
    assert why in dialog.notice.accessibleName()
    assert dialog.notice.isVisible()
    window.qtbot.keyClick(dialog.preview, Qt.Key.Key_Return)
    window.wait(lambda: bool(window.shell.notices.notices()))
    (said,) = [one.accessibleName() for one in window.shell.notices.notices()]
    assert why in said
