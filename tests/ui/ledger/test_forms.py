"""The forms of the ledger by keys: what is late stands first, Enter opens, filled and sent are recorded."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import Moved, Patient, Sex
from clinic_desktop.scheduling.model import Clinic
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.rems_form import QUESTIONS, Answers, fill_form, record_sent
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.ledger.commands import here
from clinic_desktop.ui.ledger.part import LedgerPart, PartSpec
from clinic_desktop.ui.ledger.place import PARTS, LedgerPlace
from clinic_desktop.ui.ledger.watch import LedgerWatch
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.paper import PaperDialog
from clinic_desktop.ui.rail import RailButton
from tests.small_clinic import MONDAY, SmallClinic, at, instant
from tests.treatment.stays import K, Stay, booked
from tests.treatment.stock_lines import came, line, logged
from tests.treatment.test_ledger import NO_TO_ALL
from tests.ui.gone_out import gone_out
from tests.ui.ledger.conftest import Keyboard

Open = Callable[..., Keyboard]
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
DAY = timedelta(days=1)


@pytest.fixture
def ended(clinic: SmallClinic) -> Stay:
    """A session of Monday: devices from 10:10, left at 12:16."""
    with clinic.store.write(PROGRAM) as unit:
        amara = unit.get(Patient, clinic.amara.id)
        unit.save(replace(amara, sex=Sex.FEMALE))
        unit.commit()
    stay = booked(clinic).sprayed()
    (answered,) = stay.stamps(K.ANSWERED)
    stay.is_(K.STRUCK, corrects=answered.id, reason="Typed for somebody else")
    stay.at(12, 16).checked()
    stay.is_(K.RELEASED)
    return stay


def test_an_empty_ledger_says_what_will_stand_there(open_ledger: Open) -> None:
    ledger = open_ledger()
    assert ledger.part.nobody.isVisible()
    assert ledger.part.nobody.accessibleName().startswith("No Spravato session yet.")
    ledger.press(Key.Key_F7)
    assert ledger.said == "No form is to be sent."


def test_a_row_says_who_how_far_which_day_when_due_and_what_is_missing(
    clinic: SmallClinic, open_ledger: Open, ended: Stay
) -> None:
    assert ended.forms()
    ledger = open_ledger(at=at(MONDAY + 3 * DAY, 9))
    assert ledger.rows == [
        "Okafor, Amara. Due. Session Mon, Nov 16, 126 min. Day 3 of 7. due Mon, Nov 23. "
        "Its questions are not answered"
    ]
    assert ledger.part.count.text() == "1 to send"


def test_what_is_late_stands_first_and_says_so(clinic: SmallClinic, open_ledger: Open, ended: Stay) -> None:
    assert ended.forms()
    later = booked(clinic, day=MONDAY + 7 * DAY)
    clinic.clock.at = at(MONDAY + 7 * DAY, 10)
    later.says(Stamp(kind=K.DOSE, lot="9B1"), happened=True)
    ledger = open_ledger(at=at(MONDAY + 8 * DAY, 9))
    assert [one.split(". ")[1] for one in ledger.rows] == ["Late", "Open"]
    assert "Nobody recorded how the session ended" in ledger.rows[1]
    assert ledger.part.count.text() == "2 to send, 1 late"
    ledger.press(Key.Key_Return)
    assert ledger.panel.box.accessibleName().startswith("The form was due Mon, Nov 23 and is not recorded")


def test_enter_opens_the_form_and_digits_answer_it_line_by_line(
    clinic: SmallClinic, open_ledger: Open, ended: Stay
) -> None:
    ledger = open_ledger(at=at(MONDAY + DAY, 9)).press(Key.Key_Return)
    assert isinstance(ledger.focus, QRadioButton)
    assert ledger.focus.accessibleName() == "No: Benzodiazepines"
    assert ledger.panel.fill.missing
    for number in range(len(QUESTIONS)):
        ledger.press(Key.Key_1 if number == 3 else Key.Key_2)
        if number == 3:
            ledger.press(Key.Key_Tab).type("methylphenidate")
        ledger.press(Key.Key_Tab)
    assert isinstance(ledger.focus, QLineEdit)
    ledger.type("95").press(Key.Key_Return, CTRL)
    (form,) = ended.forms()
    assert (form.filled_by, form.ready_minutes, form.sent_on) == (clinic.maya.id, 95, None)
    assert [(one.code, one.note) for one in form.items if one.present] == [("stimulants", "methylphenidate")]
    assert ledger.said == "Okafor, Amara: the form is filled"
    assert "Filled Tue, Nov 17, recorded by Maya Jones." in ledger.panel.facts.text()


def test_the_medicines_that_were_answered_before_the_dose_stand_there_already(
    clinic: SmallClinic, open_ledger: Open
) -> None:
    booked(clinic).sprayed().at(12, 16).checked().is_(K.RELEASED)
    ledger = open_ledger(at=at(MONDAY + DAY, 9)).press(Key.Key_Return)
    assert [row.item().present for row in ledger.panel.rows] == [False] * 5 + [None] * 3
    assert ledger.focus.accessibleName() == "No: Did the patient experience sedation?"
    ledger.qtbot.waitUntil(lambda: not ledger.focus.visibleRegion().isEmpty())  # no digit answers unseen


def test_the_day_it_was_sent_is_recorded_with_enter_and_corrected_the_same_way(
    clinic: SmallClinic, open_ledger: Open, ended: Stay
) -> None:
    (form,) = ended.forms()
    fill_form(clinic.store, clinic.nurse, form, Answers(NO_TO_ALL))
    ledger = open_ledger(at=at(MONDAY + 2 * DAY, 9)).press(Key.Key_Return)
    assert ledger.focus is ledger.panel.day
    ledger.type("12/24").press(Key.Key_Return).dialog(Key.Key_Return)
    assert ledger.panel.sent_row.problem.startswith("The form was sent between Mon, Nov 16")
    ledger.panel.day.selectAll()
    ledger.type("yesterday").press(Key.Key_Return)
    assert ended.forms()[0].sent_on is None
    ledger.dialog(Key.Key_Return)
    assert ended.forms()[0].sent_on == MONDAY + DAY
    assert ledger.rows[0].startswith("Okafor, Amara. Sent. Session Mon, Nov 16, 126 min. sent Tue, Nov 17")
    assert ledger.panel.fill.isHidden(), "what was sent stays as it is"
    ledger.panel.day.setFocus()
    ledger.panel.day.selectAll()
    ledger.type("today").press(Key.Key_Return).dialog(Key.Key_Return)
    assert ended.forms()[0].sent_on == MONDAY + 2 * DAY


def test_no_enter_records_a_form_as_sent_before_its_day_is_typed_and_it_is_named(
    clinic: SmallClinic, open_ledger: Open, ended: Stay
) -> None:
    (form,) = ended.forms()
    fill_form(clinic.store, clinic.nurse, form, Answers(NO_TO_ALL))
    ledger = open_ledger(at=at(MONDAY + 2 * DAY, 9)).press(Key.Key_Home)
    for _ in range(4):
        ledger.press(Key.Key_Return)
    assert ended.forms()[0].sent_on is None
    assert ledger.panel.sent_row.problem == "Write the day it was sent, like today or 11/20."
    ledger.type("today").press(Key.Key_Return)
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, QuestionDialog)
    assert asked.accessibleDescription() == (
        "Okafor, Amara, session of Mon, Nov 16: the form was sent Wed, Nov 18."
    )
    ledger.dialog(Key.Key_Escape)
    assert ended.forms()[0].sent_on is None


def test_that_it_was_sent_is_taken_back_with_a_reason(
    clinic: SmallClinic, open_ledger: Open, ended: Stay
) -> None:
    (form,) = ended.forms()
    record_sent(clinic.store, clinic.nurse, form, MONDAY)
    ledger = open_ledger(at=at(MONDAY + 9 * DAY, 9)).press(Key.Key_Return)
    back = ledger.panel.back
    ledger.qtbot.waitUntil(
        lambda: back.mapTo(ledger.panel, back.rect().topRight()).x() < ledger.panel.width()
    )
    ledger.press(Key.Key_U, CTRL).dialog(Key.Key_1, Key.Key_Return)
    (form,) = ended.forms()
    assert (form.sent_on, form.closed_by) == (None, None)
    assert ledger.said == "Okafor, Amara: the form is to be sent"
    assert ledger.rows[0].startswith("Okafor, Amara. Late.")


def test_minutes_that_are_unlikely_are_asked_about(
    clinic: SmallClinic, open_ledger: Open, ended: Stay
) -> None:
    ledger = open_ledger(at=at(MONDAY + DAY, 9)).press(Key.Key_Return)
    for _ in QUESTIONS:
        ledger.press(Key.Key_2).press(Key.Key_Tab)
    ledger.type("2").press(Key.Key_Return, CTRL)
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, QuestionDialog)
    assert "Ready to leave after 2 minutes" in asked.accessibleDescription()
    ledger.dialog(Key.Key_Return)
    assert ended.forms()[0].filled_at is None, "Enter looks again"
    ledger.press(Key.Key_Return, CTRL)
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, QuestionDialog)
    asked.yes.click()
    ledger.wait()
    assert ended.forms()[0].ready_minutes == 2


def test_the_focus_stays_in_the_form_when_it_is_filled_and_ctrl_enter_goes_on(
    clinic: SmallClinic, open_ledger: Open, ended: Stay
) -> None:
    ledger = open_ledger(at=at(MONDAY + DAY, 9)).press(Key.Key_Return)
    for _ in QUESTIONS:
        ledger.press(Key.Key_2).press(Key.Key_Tab)
    ledger.panel.fill.setFocus()
    ledger.press(Key.Key_Return)
    assert ended.forms()[0].filled_at is not None
    assert ledger.focus is ledger.panel.day
    ledger.type("today").press(Key.Key_Return, CTRL).dialog(Key.Key_Return)
    assert ended.forms()[0].sent_on == MONDAY + DAY
    assert ledger.panel.isAncestorOf(ledger.focus)


def test_of_a_filled_form_the_next_thing_is_that_it_was_sent(
    clinic: SmallClinic, open_ledger: Open, ended: Stay
) -> None:
    (form,) = ended.forms()
    fill_form(clinic.store, clinic.nurse, form, Answers(NO_TO_ALL))
    ledger = open_ledger(at=at(MONDAY + 2 * DAY, 9)).press(Key.Key_Return)
    assert ledger.panel.fill.isHidden()
    ledger.panel.rows[0].no.setFocus()
    ledger.press(Key.Key_1)
    assert not ledger.panel.fill.isHidden(), "it is answered otherwise now"
    ledger.press(Key.Key_2)
    assert ledger.panel.fill.isHidden()
    ledger.panel.day.setFocus()
    ledger.type("today").press(Key.Key_Return, CTRL).dialog(Key.Key_Return)
    assert ended.forms()[0].sent_on == MONDAY + 2 * DAY


def test_a_form_that_was_sent_without_being_filled_here_is_recorded_as_sent(
    clinic: SmallClinic, open_ledger: Open, ended: Stay
) -> None:
    ledger = open_ledger(at=at(MONDAY + DAY, 9)).press(Key.Key_Return)
    ledger.panel.day.set_value(MONDAY + DAY)
    ledger.panel.send.click()
    ledger.dialog(Key.Key_Return)
    assert ended.forms()[0].sent_on == MONDAY + DAY


def test_the_front_desk_looks_and_records_nothing(
    clinic: SmallClinic, open_ledger: Open, ended: Stay
) -> None:
    ledger = open_ledger(clinic.desk, at=at(MONDAY + DAY, 9)).press(Key.Key_Return)
    assert not ledger.panel.day.isVisible()
    assert list(ledger.panel.fill.missing) == ["A nurse or a prescriber fills it in."]
    ledger.press(Key.Key_Return, CTRL)
    assert ended.forms()[0].filled_at is None


def test_an_open_session_leads_to_the_floor(clinic: SmallClinic, open_ledger: Open) -> None:
    booked(clinic).sprayed()
    ledger = open_ledger(at=at(MONDAY + DAY, 9)).press(Key.Key_Return)
    assert ledger.panel.fill.isHidden()
    assert "Nobody recorded how the session ended" in ledger.panel.box.accessibleName()
    ledger.press(Key.Key_B, CTRL)
    assert ledger.shell.current == "floor"


def test_what_is_typed_stays_while_others_write(clinic: SmallClinic, open_ledger: Open, ended: Stay) -> None:
    ledger = open_ledger(at=at(MONDAY + DAY, 9)).press(Key.Key_Return).press(Key.Key_1)
    ended.says(Stamp(kind=K.NOTE, note="called, is well"))
    ledger.news()
    assert ledger.panel.rows[0].item().present is True
    (form,) = ended.forms()
    fill_form(clinic.store, clinic.prescriber, form, Answers(NO_TO_ALL))
    ledger.news()
    assert ledger.panel.rows[0].item().present is False, "what another desk filled in is shown"


def test_escape_leaves_the_panel_for_the_list(clinic: SmallClinic, open_ledger: Open, ended: Stay) -> None:
    assert ended.forms()
    ledger = open_ledger(at=at(MONDAY + DAY, 9)).press(Key.Key_Return)
    assert ledger.panel.isVisible()
    ledger.press(Key.Key_Escape)
    assert not ledger.panel.isVisible()
    assert ledger.focus is ledger.part.list


def test_the_worksheet_is_looked_at_before_it_is_printed(
    clinic: SmallClinic, open_ledger: Open, ended: Stay, qtbot: QtBot, tmp_path: Path
) -> None:
    assert ended.forms()
    ledger = open_ledger(at=at(MONDAY + DAY, 9)).press(Key.Key_P, CTRL)
    (dialog,) = ledger.shell.findChildren(PaperDialog)
    qtbot.waitUntil(lambda: dialog.pages.text() == "Page 1 of 2" or dialog.pages.text() == "Page 1 of 1")
    assert gone_out(clinic.store) == []
    dialog.save_to(str(tmp_path / "rems.pdf"))
    qtbot.waitUntil((tmp_path / "rems.pdf").exists)
    (said,) = gone_out(clinic.store)
    assert said == (
        "exported",
        "patient",
        clinic.amara.id,
        {"what": "REMS worksheet", "visit": ended.visit_id},
    )


def test_another_place_shows_the_form_of_a_session(
    clinic: SmallClinic, open_ledger: Open, ended: Stay
) -> None:
    ledger = open_ledger(at=at(MONDAY + DAY, 9))
    ledger.shell.go("board")
    place = ledger.shell.go("ledger")
    assert isinstance(place, LedgerPlace)
    place.show_form(ended.visit_id)
    ledger.wait()
    assert ledger.panel.isVisible()
    assert ledger.panel.one is not None
    assert ledger.panel.one.visit.id == ended.visit_id


# Of all of it.


def test_a_certification_that_ends_is_said_above_the_list(
    clinic: SmallClinic, open_ledger: Open, ended: Stay
) -> None:
    assert ended.forms()
    with clinic.store.write(PROGRAM) as unit:
        (itself,) = unit.find(Clinic)
        unit.save(replace(itself, certified_until=MONDAY + 20 * DAY))
        unit.commit()
    ledger = open_ledger(at=at(MONDAY + 4 * DAY, 9))
    said = ledger.part.says.accessibleName()
    assert "The clinic's REMS certification runs out on December 6, 2026." in said
    assert "The week ends, and forms not recorded as sent: 1." in said


def test_the_rail_counts_what_is_late_or_due_within_two_days(
    clinic: SmallClinic, open_ledger: Open, ended: Stay, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ended.forms()
    ledger = open_ledger(at=at(MONDAY + 4 * DAY, 9))
    shown: list[tuple[str, int, Tone]] = []
    monkeypatch.setattr(ledger.shell, "set_badge", lambda *said: shown.append(said))
    counts = LedgerWatch(ledger.shell, ledger.desk)
    for days in (4, 5, 8):
        clinic.clock.at = at(MONDAY + days * DAY, 9)
        counts.look()
        ledger.wait()
    (form,) = ended.forms()
    record_sent(clinic.store, clinic.nurse, form, MONDAY)
    counts.look()
    ledger.wait()
    assert shown == [
        ("ledger", 0, Tone.NEUTRAL),
        ("ledger", 1, Tone.NEUTRAL),
        ("ledger", 1, Tone.DANGER),
        ("ledger", 0, Tone.NEUTRAL),
    ]


def test_the_rail_counts_what_is_wrong_in_the_drug_log_too(
    clinic: SmallClinic, open_ledger: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = open_ledger(at=instant(9))
    shown: list[tuple[str, int, Tone]] = []
    monkeypatch.setattr(ledger.shell, "set_badge", lambda *said: shown.append(said))
    counts = LedgerWatch(ledger.shell, ledger.desk)
    came(clinic, 4)
    for days in (0, 31, 32):
        clinic.clock.at = at(MONDAY + days * DAY, 9)
        counts.look_at_drugs()
        ledger.wait()
    assert shown == [("ledger", 0, Tone.NEUTRAL), ("ledger", 0, Tone.NEUTRAL), ("ledger", 1, Tone.NEUTRAL)]
    over = line(Moved.RECEIVED, 2, expires=MONDAY, lot="OVER")
    ledger.desk.hub.tell(logged(clinic, over).changes)
    ledger.qtbot.waitUntil(lambda: shown[-1] == ("ledger", 2, Tone.DANGER))


def test_h2_a_certification_that_has_run_out_stands_above_every_place(
    clinic: SmallClinic, open_ledger: Open
) -> None:
    with clinic.store.write(PROGRAM) as unit:
        (itself,) = unit.find(Clinic)
        unit.save(replace(itself, certified_until=MONDAY - DAY))
        unit.commit()
    ledger = open_ledger(at=instant(9))
    LedgerWatch(ledger.shell, ledger.desk).look()
    ledger.wait()
    assert [one.title for one in ledger.shell.banners.banners()] == ["No Spravato today"]


# The place.


def test_the_ledger_is_found_by_what_stands_in_it(open_ledger: Open) -> None:
    ledger = open_ledger()
    ledger.shell.go("board")
    assert "place.ledger" in [one.id for one in ledger.shell.commands.matching("rems form")]


class Other(LedgerPart):
    """A second list, as another module would bring it."""

    def __init__(self, *_frame_and_desk: object) -> None:
        self.line = QLineEdit()

    def widget(self) -> QLineEdit:
        return self.line


def test_a_second_list_is_one_line_and_shares_the_keys(open_ledger: Open) -> None:
    ledger = open_ledger()
    alone = LedgerPlace(ledger.desk, ledger.shell, PARTS[:1])
    assert alone.top_bar_widget() is None, "one list needs no switch"
    alone.stack.deleteLater()
    spec = PartSpec("drugs", "Drugs", "Ctrl+2", "medicine", Other)
    place = LedgerPlace(ledger.desk, ledger.shell, (*PARTS[:1], spec))
    bar = place.top_bar_widget()
    assert bar is not None
    assert bar.isAncestorOf(place.switch)
    bound = {one.command.id: one for one in place.commands()}
    assert bound["ledger.drugs"].command == here("drugs", "Drugs", "Ctrl+2", "medicine", opens=True)
    bound["ledger.drugs"].handler()
    assert place.stack.currentWidget() is place.parts["drugs"].widget()
    can_print = bound["ledger.print"].enabled
    assert can_print is not None
    assert not can_print(), "what only the forms can do"
    bound["ledger.forms"].handler()
    assert place.stack.currentWidget() is place.parts["forms"].widget()
    place.stack.deleteLater()


def test_why_a_form_cannot_be_saved_yet_stands_inside_the_panel(
    clinic: SmallClinic, open_ledger: Open, ended: Stay
) -> None:
    ledger = open_ledger(at=at(MONDAY + DAY, 9)).press(Key.Key_Return)
    why = ledger.panel._why
    ledger.qtbot.waitUntil(why.isVisible)
    assert why.x() >= 16


def test_at_200_percent_the_panel_is_worked_by_keys_alone(
    clinic: SmallClinic, open_ledger: Open, ended: Stay
) -> None:
    ledger = open_ledger(at=at(MONDAY + DAY, 9), size=(683, 384)).press(Key.Key_Return)
    for _ in QUESTIONS:
        ledger.qtbot.waitUntil(lambda: not ledger.focus.visibleRegion().isEmpty())
        ledger.press(Key.Key_2).press(Key.Key_Tab)
    ledger.press(Key.Key_Return, CTRL)
    assert ended.forms()[0].filled_at is not None


def test_the_rail_holds_it_at_200_percent(open_ledger: Open, qtbot: QtBot) -> None:
    ledger = open_ledger(size=(683, 384))
    buttons = ledger.shell.rail.findChildren(RailButton)
    qtbot.waitUntil(lambda: ledger.shell.rail.width() < 60)

    def inside() -> bool:
        return all(
            ledger.shell.rect().contains(QRect(one.mapTo(ledger.shell, QPoint(0, 0)), one.size()))
            for one in buttons
        )

    qtbot.waitUntil(inside)
