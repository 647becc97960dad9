"""The floor by keyboard: recording, refusals and the truth, corrections, news of others, small windows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from clinic_desktop.people.model import Clearance, Order, Screening
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.calls import Whom
from clinic_desktop.scheduling.ordering import write_order
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.asked import Asked
from clinic_desktop.treatment.kept_entries import kept_entry
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.progress import note_overruns
from clinic_desktop.treatment.recording import record
from clinic_desktop.ui.commands import command_faults
from clinic_desktop.ui.floor import actions, card_paint
from clinic_desktop.ui.floor.commands import COMMANDS, PICK
from clinic_desktop.ui.floor.head import Head
from clinic_desktop.ui.floor.reading import read_floor, with_kept
from clinic_desktop.ui.keys import is_plain_character
from clinic_desktop.ui.printers import Printed
from clinic_desktop.ui.shell_commands import SHELL_COMMANDS
from clinic_desktop.ui.theme import theme
from tests.small_clinic import MONDAY, SmallClinic, instant
from tests.treatment.stays import K, Stay, booked
from tests.ui.floor.conftest import CTRL, SHIFT, Keyboard, stay_of

Open = Callable[..., Keyboard]
Key = Qt.Key


@pytest.fixture
def monitored(clinic: SmallClinic, open_floor: Open) -> Keyboard:
    """Amara is monitored since 10:15; the clock stands at 11:20."""
    booked(clinic).sprayed()
    return open_floor().at(11, 20)


def someone(clinic: SmallClinic, family: str = "Reed") -> int:
    """Another patient who may be treated."""
    with clinic.store.write(clinic.prescriber) as unit:
        other = unit.add(replace(clinic.amara, id=0, version=0, family_name=family, chart_number=""))
        for kind in (Clearance, Screening):
            for one in unit.find(kind, patient_id=clinic.amara.id):
                unit.add(replace(one, id=0, version=0, patient_id=other.id))
        unit.commit()
    return other.id


# Commands.


def test_no_two_commands_share_a_key_and_no_letter_acts() -> None:
    assert command_faults([*SHELL_COMMANDS, *COMMANDS]) == []
    assert not any(is_plain_character(key) for one in COMMANDS for key in one.keys)


def test_every_command_has_a_key() -> None:
    assert all(one.keys for one in COMMANDS)


# Recording.


def test_a_letter_only_opens_the_line(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic)
    floor = open_floor().at(9, 50)
    floor.type("a", enter=False)
    assert floor.line == "Arrived, now"
    assert stay_of(floor).stamps() == []
    floor.press(Key.Key_Return)
    assert [one.kind for one in stay_of(floor).stamps()] == [K.ARRIVED]
    assert floor.on_cards
    assert floor.said == "Okafor, Amara: Arrived, now"


def test_a_past_time_is_typed_without_ceremony(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic)
    floor = open_floor().at(10, 20).type("9:48 a").type("10:02 i").type("10:04 136/86 74 98")
    assert [one.at for one in stay_of(floor).stamps()] == [instant(9, 48), instant(10, 2), instant(10, 4)]


def test_f5_records_what_needs_no_words_and_asks_for_what_does(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic)
    floor = open_floor().at(10)
    for _ in range(3):
        floor.press(Key.Key_F5)
    assert [one.kind for one in stay_of(floor).stamps()] == [K.ARRIVED, K.IN_ROOM, K.CONSENT]
    floor.press(Key.Key_F5)
    assert floor.focus is floor.place.panel.line.line
    floor.type("136/86 74 98").press(Key.Key_F5)
    assert floor.place.panel.line.text == "asked "
    floor.type("food none liquid none spray none preg no meds none").press(Key.Key_F5)
    assert floor.place.panel.line.text == "dose "


def test_a_slip_is_told_beside_the_line_and_keeps_it(monitored: Keyboard) -> None:
    monitored.type("400/20 74 98")
    assert "high/low" in monitored.line
    assert monitored.place.panel.line.text == "400/20 74 98"
    assert len(stay_of(monitored).stamps(K.VITALS)) == 2


def test_a_time_to_come_is_a_slip(monitored: Keyboard) -> None:
    monitored.type("11:30 128/80")
    assert "still to come" in monitored.line


def test_what_is_not_understood_is_not_recorded(monitored: Keyboard) -> None:
    before = len(stay_of(monitored).stamps())
    monitored.type("xyz")
    assert "Not understood" in monitored.line
    assert len(stay_of(monitored).stamps()) == before


def test_escape_empties_the_line_then_goes_back_to_the_cards(monitored: Keyboard) -> None:
    monitored.type("128", enter=False).press(Key.Key_Escape)
    assert monitored.place.panel.line.text == ""
    monitored.press(Key.Key_Escape)
    assert monitored.on_cards


def test_a_pressure_at_the_limit_is_told(monitored: Keyboard) -> None:
    monitored.type("166/98 80 97")
    assert any("Tell the prescriber" in one for one in monitored.notices)
    monitored.at(11, 25).type("184/98 80 97")
    assert any("Call the prescriber now" in one for one in monitored.notices)


@pytest.mark.parametrize(
    ("code", "orders", "hint"),
    [
        ("IVM", (), "Infusion started: B and the dose in mg, like 35"),
        ("IVM", (36.0,), "Infusion started: B alone for the ordered 36 mg, or with another dose"),
        ("SP56", (), "Dose: D and the lot number"),
    ],
)
def test_the_empty_line_says_what_the_dose_asks_for(
    clinic: SmallClinic, open_floor: Open, code: str, orders: tuple[float, ...], hint: str
) -> None:
    for mg in orders:
        order = Order(patient_id=clinic.amara.id, modality="iv", drug="ketamine", route="IV", dose=mg)
        write_order(clinic.store, clinic.prescriber, replace(order, unit="mg"))
    booked(clinic, code).prepared()
    assert open_floor().at(10, 10).line == hint


def test_a_missed_pressure_of_an_infusion_stays_in_the_log_with_why(
    clinic: SmallClinic, open_floor: Open
) -> None:
    booked(clinic, "IVM").prepared().at(10, 15).is_(K.INFUSION_START, dose=35.0, unit="mg")
    stay = open_floor().at(10, 36)

    def missed() -> list[tuple[str, str, str]]:
        rows = [one.row for one in stay.place.panel.log.lines()]
        return [(one.text, one.detail, one.right) for one in rows if one.badge == "missed"]

    assert missed() == [("Pressure not taken", "M says why.", "10:25 AM")]
    stay.type("m the cuff was off")
    assert missed() == [("Pressure not taken", "Why: the cuff was off", "10:25 AM")]
    stay.at(10, 55).type("e")
    stay.at(11, 10)
    assert missed()[0] == ("Pressure not taken", "M says why.", "10:45 AM")
    assert len(missed()) == 3


def test_an_emergency_pressure_stands_until_a_prescriber_acknowledges_it(
    clinic: SmallClinic, monitored: Keyboard
) -> None:
    monitored.type("184/98 80 97")
    monitored.at(11, 35).type("134/84 80 97")
    alarm = monitored.place.panel.who.alarm
    assert alarm.isVisible()
    assert alarm.accessibleName().startswith("Emergency 184/98 at 11:20 AM Call the prescriber now.")
    monitored.type("p")
    assert alarm.isVisible()
    monitored.press(Key.Key_Escape)
    monitored.act_as(clinic.prescriber)
    monitored.press(Key.Key_F5)
    monitored.press(Key.Key_Return)
    assert not alarm.isVisible()
    assert monitored.card.alarm == ("", "", "")


def test_before_a_dose_an_emergency_pressure_says_what_to_do(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared()
    floor = open_floor().at(10, 10).type("190/115 80 98")
    alarm = floor.place.panel.who.alarm
    assert alarm.isVisible()
    assert alarm.accessibleName() == (
        "Emergency 190/115 at 10:10 AM Give no dose. Call the prescriber now. Stands until a prescriber "
        "acknowledges it: P; or until one below the limit is taken, from 10:20 AM on."
    )
    floor.at(10, 12).type("138/84 80 98")
    assert alarm.isVisible()
    floor.at(10, 26).type("138/84 80 98")
    assert not alarm.isVisible()


def test_how_the_patient_stands_is_in_view_again_after_each_entry_and_choice(
    clinic: SmallClinic, open_floor: Open
) -> None:
    booked(clinic).sprayed()
    floor = open_floor(size=(1366, 420)).at(11, 20)
    bar = floor.place.panel._scroll.verticalScrollBar()
    floor.type("n sleeps", enter=False)
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    floor.press(Key.Key_Return)
    floor.qtbot.waitUntil(lambda: bar.value() == 0)
    bar.setValue(bar.maximum())
    floor.place.hand.chose(-1)
    floor.qtbot.waitUntil(lambda: bar.value() == 0)


# Permission and truth.


def test_a_refusal_lists_everything_and_enter_alone_records_nothing(monitored: Keyboard) -> None:
    monitored.type("r")
    assert len(monitored.refused) == 7
    assert monitored.place.panel.line.text == "r"
    for _ in range(3):
        monitored.press(Key.Key_Return)
    assert stay_of(monitored).state == "monitoring"


def test_nobody_is_released_past_the_rules_by_two_keys(monitored: Keyboard) -> None:
    """Who has gone all the same has left before release: that asks why, and opens an incident."""
    monitored.type("r").press(Key.Key_Return, CTRL)
    assert stay_of(monitored).state == "monitoring"
    assert monitored.place.panel.refusal.insist.text() == "Gone all the same: left early"
    monitored.dialog(Key.Key_1, Key.Key_Return)
    stay = stay_of(monitored)
    assert stay.state == "left before release"
    assert len(stay.incidents()) == 1
    assert monitored.refused == []
    assert monitored.said == "Okafor, Amara: left before release, Walked out"


def test_what_else_the_line_says_happened_to_whoever_has_gone(monitored: Keyboard) -> None:
    monitored.type("w; r").press(Key.Key_Return, CTRL).dialog(Key.Key_1, Key.Key_Return)
    stay = stay_of(monitored)
    assert (stay.state, len(stay.stamps(K.WALKS))) == ("left before release", 1)


def test_insisting_needs_a_refusal_first(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared()
    floor = open_floor().at(10, 10)
    floor.type("d 12K345", enter=False).press(Key.Key_Return, CTRL)
    floor.at(10, 12).type("d", enter=False).press(Key.Key_Return, CTRL)
    assert [one.partition(" ")[0] for one in floor.refused] == ["Less"]
    assert len(stay_of(floor).stamps(K.DOSE)) == 1
    floor.press(Key.Key_Return, CTRL)
    assert len(stay_of(floor).stamps(K.DOSE)) == 2


def test_dosing_that_ends_short_is_asked_once_and_stands_on_the_card(
    clinic: SmallClinic, open_floor: Open
) -> None:
    booked(clinic).prepared().device()
    floor = open_floor().at(10, 20).type("e nausea")
    assert floor.refused == [
        "28 mg of 56 mg were given. Is this all? Then it is recorded as incomplete dosing."
    ]
    assert floor.place.panel.refusal.insist.text() == "That is right: record it"
    assert stay_of(floor).state == "dosing"
    floor.press(Key.Key_Return, CTRL)
    assert (floor.refused, stay_of(floor).state) == ([], "monitoring")
    assert floor.card.doses[-1] == "ended at 28 of 56 mg"


def test_the_words_of_a_long_next_step_give_way_to_its_key(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).sprayed()
    button = open_floor().at(12, 20).type("124/78 70 98").type("p").place.panel.next
    assert button.text() == "Next: Sedation, dissociation and breathing settled"
    advance = QFontMetricsF(button.font()).horizontalAdvance
    shown = max(map(advance, button._fitted().splitlines()))
    assert shown + button._around() <= button.width()


def test_an_infusion_that_ends_early_is_asked_about_once(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic, "IVM").prepared().at(10, 15).is_(K.INFUSION_START, dose=35.0, unit="mg")
    floor = open_floor().at(10, 21).type("e")
    assert [one[:32] for one in floor.refused] == ["The infusion of 40 min ran 6 min"]
    assert floor.place.panel.refusal.insist.text() == "That is right: record it"
    assert stay_of(floor).state == "dosing"
    floor.press(Key.Key_Return, CTRL)
    assert (floor.refused, stay_of(floor).state) == ([], "monitoring")


def test_what_a_refusal_offers_is_done_by_its_key_wherever_the_focus_is(monitored: Keyboard) -> None:
    """Refused by a key, the focus stays on the cards."""
    monitored.run("floor.release")
    assert monitored.on_cards
    assert monitored.place.panel.refusal.insist.text() == "Gone all the same: left early"
    monitored.press(Key.Key_Return, CTRL)
    monitored.dialog(Key.Key_1, Key.Key_Return)
    assert stay_of(monitored).state == "left before release"


@pytest.mark.parametrize("where", ["log", "list", "next"])
def test_the_key_of_a_refusal_works_from_every_part_of_the_panel(monitored: Keyboard, where: str) -> None:
    monitored.run("floor.release")
    getattr(monitored.place.panel, where).setFocus()
    monitored.press(Key.Key_Return, CTRL)
    monitored.dialog(Key.Key_1, Key.Key_Return)
    assert stay_of(monitored).state == "left before release"


def test_editing_the_line_takes_the_refusal_away(monitored: Keyboard) -> None:
    monitored.type("r").type("xx", enter=False)
    assert monitored.refused == []
    monitored.press(Key.Key_Return, CTRL)
    assert "Not understood" in monitored.line
    assert stay_of(monitored).state == "monitoring"


def test_a_refusal_is_gone_when_the_floor_is_come_back_to_and_the_line_stays(monitored: Keyboard) -> None:
    monitored.type("r")
    assert monitored.place.panel.refusal.isVisible()
    monitored.shell.go("patients")
    monitored.shell.go("floor")
    assert not monitored.place.panel.refusal.isVisible()
    assert monitored.place.panel.line.text == "r"


def test_a_nurse_asks_for_the_override_and_nothing_is_open_by_that(
    clinic: SmallClinic, monitored: Keyboard
) -> None:
    monitored.type("r")
    assert monitored.place.panel.refusal.insist.isVisible()
    assert monitored.place.panel.refusal.override.text() == "Ask a prescriber"
    monitored.press(Key.Key_D, CTRL | SHIFT).dialog(Key.Key_1, Key.Key_Return)
    assert monitored.said == "Okafor, Amara: a prescriber is asked"
    with clinic.store.read() as records:
        (asked,) = records.find(Asked)
    assert (asked.rule, asked.why) == ("driver-release", "The driver is on the way and was reached")
    assert stay_of(monitored).overrides() == []
    monitored.press(Key.Key_D, CTRL | SHIFT).dialog(Key.Key_1, Key.Key_Return)
    assert "asked already" in monitored.line


def test_a_prescriber_allows_84_mg_on_the_first_day(clinic: SmallClinic, open_floor: Open) -> None:
    visit = book(clinic.store, clinic.prescriber, clinic.wish("SP84"), "known dose").visits[0]
    stay = Stay(clinic, visit.id).prepared()
    stay.device()
    stay.at(10, 15).device()
    floor = open_floor().at(10, 20)
    floor.type("d 12K345")
    assert len(floor.refused) == 1
    assert floor.place.panel.refusal.override.text() == "Ask a prescriber"
    floor.act_as(clinic.prescriber)
    floor.press(Key.Key_Return)
    assert floor.place.panel.refusal.override.text() == "Allow 84 mg on the first day"
    floor.press(Key.Key_D, CTRL | SHIFT).dialog(Key.Key_1, Key.Key_Return)
    assert [one.rule for one in stay.overrides()] == ["first-84", "dose-first-84"]
    floor.type("d 12K345")
    assert (len(stay.stamps(K.DOSE)), stay.incidents()) == (3, [])


def test_a_prescriber_allows_release_without_the_driver(clinic: SmallClinic, monitored: Keyboard) -> None:
    monitored.act_as(clinic.prescriber)
    monitored.type("r")
    assert monitored.place.panel.refusal.override.isVisible()
    monitored.press(Key.Key_D, CTRL | SHIFT).dialog(Key.Key_1, Key.Key_Return)
    (trace,) = stay_of(monitored).overrides()
    assert (trace.rule, trace.by) == ("driver-release", clinic.lin.id)
    assert "Driver here" in monitored.done()
    monitored.type("r")
    assert not any("driver" in one for one in monitored.refused)
    assert any("Not before" in one for one in monitored.refused)


def test_a_digit_alone_neither_overrides_nor_ends_anything(clinic: SmallClinic, monitored: Keyboard) -> None:
    monitored.act_as(clinic.prescriber)
    monitored.press(Key.Key_D, CTRL | SHIFT).dialog(Key.Key_1, Key.Key_Escape)
    monitored.press(Key.Key_E, CTRL).dialog(Key.Key_1, Key.Key_Escape)
    assert stay_of(monitored).overrides() == []
    assert stay_of(monitored).state == "monitoring"


def test_somebody_else_came_in_one_line(monitored: Keyboard) -> None:
    monitored.type("g Jo Reed 217-555-0101 fit")
    assert "18 or over" in monitored.line
    monitored.press(Key.Key_Escape).type("g Jo Reed 217-555-0101 18 fit")
    seen = stay_of(monitored).stamps(K.DRIVER_SEEN)[0]
    assert (seen.person, seen.adult, seen.fit, seen.by) == ("Jo Reed", True, True, monitored.clinic.maya.id)
    assert monitored.card.driver_name.startswith("Jo Reed")


def test_left_before_release_keeps_the_true_time_and_says_what_to_do(monitored: Keyboard) -> None:
    monitored.type("11:12 left early walked out")
    stay = stay_of(monitored)
    assert (stay.state, stay.forms()[0].minutes) == ("left before release", 62)
    assert len(stay.incidents()) == 1
    assert any("Tell the prescriber" in one for one in monitored.notices)
    monitored.type("t Dr. Lin, will call").type("k Amara, at home")
    assert [one.person for one in stay.stamps(K.TOLD)] == ["Dr. Lin"]
    (call,) = stay.calls()
    assert (call.whom, call.note, call.by) == (Whom.PATIENT, "at home", monitored.clinic.maya.id)
    assert "Called patient, reached, at home" in [one.row.text for one in monitored.place.panel.log.lines()]


def test_other_ends_after_a_dose_ask_which_and_why(monitored: Keyboard) -> None:
    monitored.press(Key.Key_E, CTRL).dialog(Key.Key_2, Key.Key_Return)
    monitored.dialog(Key.Key_2, Key.Key_1, Key.Key_Return)
    stay = stay_of(monitored)
    assert stay.state == "transferred"
    assert stay.stamps(K.TRANSFERRED)[0].note == "Breathing or oxygen"


def test_a_missing_right_is_said_and_nothing_saved(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic)
    floor = open_floor(clinic.desk).at(10)
    floor.type("136/86 74 98")
    assert any("right to record treatment" in one for one in floor.notices)
    assert stay_of(floor).stamps() == []
    floor.press(Key.Key_F2)
    assert [one.kind for one in stay_of(floor).stamps()] == [K.ARRIVED]


# The sheet.


def test_the_sheet_is_made_printed_and_handed_over(
    monitored: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []

    def print_pages(data: bytes, title: str, name: str, _told: object) -> Printed:
        pages.append(name)
        return Printed(printer="Front desk")

    monkeypatch.setattr(actions, "print_pages", print_pages)
    monitored.press(Key.Key_P, CTRL)
    assert pages == [f"sheet-{stay_of(monitored).visit_id}-1"]
    monitored.type("Amara")
    assert stay_of(monitored).stamps(K.SHEET_HANDED)[0].person == "Amara"
    assert "Sheet" in monitored.done()


def test_whoever_is_asked_who_takes_the_sheet_may_answer_at_once(
    monitored: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line asks once the floor knows the sheet: else a quick answer hears that none is made."""
    monkeypatch.setattr(actions, "print_pages", lambda *_: Printed(printer="Front desk"))
    line, known = monitored.place.panel.line, []

    def asked() -> None:
        if line.text.startswith("handed") and monitored.place.floor.stay is not None:
            known.append(monitored.place.floor.stay.sheet is not None)

    line.edited.connect(asked)
    monitored.press(Key.Key_P, CTRL)
    monitored.wait(lambda: bool(known))
    assert known == [True]


def test_without_a_sheet_that_is_true_handing_over_is_asked_about(monitored: Keyboard) -> None:
    monitored.type("h Amara")
    assert "Ctrl P prints it" in monitored.line
    assert stay_of(monitored).stamps(K.SHEET_HANDED) == []
    monitored.press(Key.Key_Return, CTRL)
    assert stay_of(monitored).stamps(K.SHEET_HANDED)[0].person == "Amara"


@pytest.mark.parametrize("line", ["h Amara", "11:18 h Amara"])
def test_a_sheet_from_before_a_correction_is_refused_and_that_it_was_handed_is_recorded(
    monitored: Keyboard, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setattr(actions, "print_pages", lambda *_: Printed(printer="Front desk"))
    monitored.press(Key.Key_P, CTRL)
    clinic, stay = monitored.clinic, stay_of(monitored)
    old = stay.stamps(K.DOSE)[1]
    later = replace(old, id=0, version=0, at=instant(10, 17), corrects=old.id, reason="read from the paper")
    monitored.desk.hub.tell(record(clinic.store, clinic.nurse, stay.visit_id, [later]).changes)
    monitored.wait()
    monitored.place.hand.open()
    monitored.type(line)
    assert monitored.refused == [
        "This sheet is no longer true: the last dose was given at 10:17 AM, not at 10:15 AM. "
        "Print it anew and hand over the new one."
    ]
    assert stay_of(monitored).stamps(K.SHEET_HANDED) == []
    monitored.press(Key.Key_Return, CTRL)
    assert stay_of(monitored).stamps(K.SHEET_HANDED)[0].deviations == ("sheet.untrue",)
    assert "Sheet" not in monitored.done()


def test_correcting_a_lot_leaves_the_second_of_the_dose(clinic: SmallClinic, open_floor: Open) -> None:
    """Else it would void the sheet."""
    stay = booked(clinic).prepared()
    stay.at(10, 10, 20).device()
    floor = open_floor().at(10, 12)
    floor.place.hand.correct(stay.stamps(K.DOSE)[0])
    box = floor.place.panel.correcting
    box.line.start("10:10 dose 99Z999")
    floor.press(Key.Key_Return).type("misread")
    new = stay.stamps(K.DOSE)[-1]
    assert (new.lot, new.at) == ("99Z999", instant(10, 10, 20))


def test_no_sheet_before_the_dose(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared()
    floor = open_floor().press(Key.Key_P, CTRL)
    assert floor.refused


# Corrections.


def test_several_entries_are_recorded_by_one_enter(monitored: Keyboard) -> None:
    stay = stay_of(monitored)
    monitored.at(11, 20).type("11:05 136/82 72 98; 11:15 134/80 72 98; sed 5; naus 1")
    assert [one.at for one in stay.stamps(K.VITALS)[-2:]] == [instant(11, 5), instant(11, 15)]
    assert [one.score for one in stay.stamps(K.SEDATION, K.NAUSEA)] == [5, 1]
    monitored.type("11:16 134/80 72 98; 11:17 13/80")
    assert len(stay.stamps(K.VITALS)) == 4
    assert monitored.place.panel.line.text == "11:16 134/80 72 98; 11:17 13/80"


def test_a_correction_is_of_one_entry(monitored: Keyboard) -> None:
    monitored.press(Key.Key_H, CTRL).press(Key.Key_Return)
    box = monitored.place.panel.correcting
    box.line.start("10:48am 134/84; sed 5")
    box.why.setText("read again")
    box.save.click()
    assert "One entry at one time" in box.line.echo


def test_a_correction_asks_for_a_reason(monitored: Keyboard) -> None:
    monitored.press(Key.Key_H, CTRL).press(Key.Key_Return)
    box = monitored.place.panel.correcting
    assert box.line.text == "10:50am 132/84 p70 o98"
    monitored.qtbot.keyClicks(monitored.focus, "")
    box.line.start("10:48am 134/84 70 98")
    monitored.press(Key.Key_Return)
    assert monitored.focus is box.why
    monitored.press(Key.Key_Return)
    assert len(stay_of(monitored).stamps(K.VITALS)) == 2
    monitored.type("read from the paper")
    new = stay_of(monitored).stamps(K.VITALS)[-1]
    assert (new.at, new.systolic, new.reason) == (instant(10, 48), 134, "read from the paper")
    assert new.corrects is not None
    assert not box.isVisible()


def test_an_entry_is_struck_out_with_a_reason(monitored: Keyboard) -> None:
    monitored.press(Key.Key_H, CTRL).press(Key.Key_Return)
    box = monitored.place.panel.correcting
    box.why.setText("another patient")
    box.strike.click()
    monitored.wait()
    assert stay_of(monitored).stamps(K.STRUCK)[0].reason == "another patient"
    assert ("40-minute pressure", "M") in monitored.missing()


def test_correcting_the_time_keeps_what_was_said_and_both_are_read(
    clinic: SmallClinic, open_floor: Open
) -> None:
    booked(clinic).prepared()
    floor = open_floor().at(10, 30).type("10:25 not treated pressure 182/108")
    floor.press(Key.Key_H, CTRL).press(Key.Key_Return)
    box = floor.place.panel.correcting
    assert box.line.text == "10:25am not treated pressure 182/108"
    box.line.start("10:20am not treated pressure 182/108")
    floor.press(Key.Key_Return).type("wrong minute")
    new = stay_of(floor).stamps(K.NOT_TREATED)[-1]
    assert (new.at, new.note, new.reason) == (instant(10, 20), "pressure 182/108", "wrong minute")
    assert stay_of(floor).visit.end_reason == "pressure 182/108"
    row = floor.place.panel.log.lines()[0].row
    assert row.text == "Arrived, not treated, pressure 182/108"
    assert row.detail == "Was pressure 182/108, 10:25 AM. Why: wrong minute."


def test_a_corrected_time_leaves_even_what_the_line_cannot_say(monitored: Keyboard) -> None:
    stay = stay_of(monitored)
    monitored.type("h Smith, Jo", enter=False).press(Key.Key_Return, CTRL).press(Key.Key_Return, CTRL)
    old = Stamp(kind=K.TOLD, at=instant(11, 2), person="Lin, H.", note="call, then wait")
    (told,) = stay.says(old).stamps
    monitored.place.hand.correct(told)
    box = monitored.place.panel.correcting
    box.line.start(box.line.text.replace("11:02am", "11:04am"))
    monitored.press(Key.Key_Return).type("wrong minute")
    new = stay.stamps(K.TOLD)[-1]
    assert (new.at, new.person, new.note) == (instant(11, 4), "Lin, H.", "call, then wait")


def test_an_unlikely_time_in_a_correction_is_asked_about_and_recorded_by_two_keys(
    monitored: Keyboard,
) -> None:
    old = stay_of(monitored).stamps(K.CONSENT)[0]
    monitored.place.hand.correct(old)
    box, asked = monitored.place.panel.correcting, monitored.place.panel.refusal
    box.line.start(box.line.text.replace("10:02am", "9:40am"))
    monitored.press(Key.Key_Return).type("read from the paper")
    assert monitored.refused == ["'consent seen' at 9:40 AM is before 'arrived' at 9:50 AM. Is that right?"]
    assert asked.insist.text() == "That is right: record it"
    assert len(stay_of(monitored).stamps(K.CONSENT)) == 1
    monitored.press(Key.Key_Return, CTRL)
    assert stay_of(monitored).stamps(K.CONSENT)[-1].at == instant(9, 40)
    assert (monitored.refused, stay_of(monitored).incidents()) == ([], [])


def test_a_release_at_an_unlikely_time_is_recorded_as_a_release(monitored: Keyboard) -> None:
    stay = stay_of(monitored)
    stay.at(12, 20).checked()
    stay.at(12, 30).is_(K.WALKS, instant(12, 22))
    monitored.at(12, 30).type("12:21 r")
    assert monitored.refused
    monitored.press(Key.Key_Return, CTRL)
    assert stay_of(monitored).state == "left"


def test_what_was_struck_out_can_still_be_read(monitored: Keyboard) -> None:
    old = stay_of(monitored).stamps(K.CONSENT)[0]
    monitored.place.hand.correct(old)
    monitored.place.panel.correcting.why.setText("another patient")
    monitored.place.panel.correcting.strike.click()
    monitored.wait()
    row = next(one.row for one in monitored.place.panel.log.lines() if one.row.badge == "struck out")
    assert (row.text, row.detail) == ("Consent seen, 10:02 AM", "Why: another patient")


def test_a_device_of_unknown_lot_and_a_part_of_one_are_recorded_as_they_happened(
    clinic: SmallClinic, open_floor: Open
) -> None:
    booked(clinic).prepared()
    floor = open_floor().at(10, 10).type("d 14 mg")
    assert [one.partition(".")[0] for one in floor.refused] == [
        "Record the lot number of the device",
        "A device holds 28 mg, 14 mg is part of one",
    ]
    floor.press(Key.Key_Return, CTRL)
    (given,) = stay_of(floor).stamps(K.DOSE)
    assert (given.dose, given.lot, given.deviations) == (14.0, "", ("dose-lot", "dose-part"))
    assert floor.card.doses == ("1  14 mg  10:10 AM",)
    assert floor.place.panel.log.lines()[0].row.text == "Dose, 14 mg, lot unknown"


def test_a_correction_that_breaks_a_gate_is_saved_with_an_incident(monitored: Keyboard) -> None:
    stay = stay_of(monitored)
    old = stay.stamps(K.DOSE)[0]
    monitored.place.hand.correct(old)
    box = monitored.place.panel.correcting
    assert box.line.text == "10:10am dose 12K345"
    box.line.start("10:12 dose 12K345")
    monitored.press(Key.Key_Return).type("read from the clock")
    assert stay.stamps(K.DOSE)[-1].deviations == ("dose-rest",)
    assert len(stay.incidents()) == 1


# Others, and the clock.


def test_news_from_another_desk_is_shown_and_the_line_stays(monitored: Keyboard) -> None:
    monitored.at(11, 50).type("128/8", enter=False)
    clinic, visit_id = monitored.clinic, monitored.place.view.list.current
    saved = record(clinic.store, clinic.prescriber, visit_id, [Stamp(kind=K.SETTLED)])
    monitored.desk.hub.tell(saved.changes)
    monitored.wait()
    assert "Settled" in monitored.done()
    assert monitored.place.panel.line.text == "128/8"


def test_the_floor_says_the_same_after_a_restart(monitored: Keyboard, open_floor: Open) -> None:
    again = open_floor()
    assert again.place.floor.cards == monitored.place.floor.cards


def test_the_clock_alone_changes_words_and_releases_nobody(monitored: Keyboard) -> None:
    assert monitored.card.release[1] == "12:15 PM, in 55 min"
    monitored.at(14)
    assert monitored.card.state is VisitState.MONITORING
    assert stay_of(monitored).state == "monitoring"
    assert ("Settled", "S") in monitored.missing()
    assert "Time" in monitored.done()


def test_devices_are_counted_down(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared().device()
    floor = open_floor().at(10, 11, 20)
    assert floor.place.floor.countdown(clinic.clock.now()) == "Device 2 of 2 in 3:40"


def test_no_device_may_be_given_beside_an_emergency(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    floor = open_floor().at(10, 12).type("192/118 88 98")
    floor.at(10, 16)
    assert floor.place.floor.countdown(clinic.clock.now()) == "Device 2 of 2 waits for a prescriber"
    floor.type("d")
    assert len(stay.stamps(K.DOSE)) == 1
    stay.at(10, 16).says(Stamp(kind=K.PRESSURE_ACCEPTED), by=clinic.prescriber)
    floor.place.floor.go_to(floor.desk.today())
    floor.wait()
    assert floor.place.floor.countdown(clinic.clock.now()) == "Device 2 of 2 may be given"


def test_a_stay_that_runs_on_displaces_the_next_and_says_so(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).sprayed()
    following = booked(clinic, "SP56", 760, patient_id=someone(clinic), nurse_id=clinic.tunde.id)
    floor = open_floor().at(12, 26)
    floor.wait(lambda: following.visit.displaced)
    floor.wait(lambda: bool(floor.card.trouble))
    assert "Reed, Amara" in floor.card.trouble
    row = next(one for one in floor.place.floor.cards if one.visit_id == following.visit_id)
    assert row.trouble == "Displaced: its room is still taken"


def test_whom_a_stay_that_runs_on_makes_late_is_said_with_what_repairs_it(
    clinic: SmallClinic, open_floor: Open
) -> None:
    """The room is free at 12:55; by then the nurse was to be with the third, in another room."""
    booked(clinic).sprayed()
    second = booked(clinic, "SP56", 760, patient_id=someone(clinic), nurse_id=clinic.tunde.id)
    room, nurse = clinic.rooms["Spravato 2"].id, clinic.tunde.id
    booked(clinic, "SP56", 780, patient_id=someone(clinic, "Ruiz"), nurse_id=nurse, room_id=room)
    floor = open_floor().at(12, 38)
    floor.wait(lambda: second.visit.displaced)
    floor.wait(lambda: bool(floor.place.panel.head.late))
    assert floor.place.panel.head.late == (
        "If nobody repairs the day: Reed, Amara, 12:40 PM, begins at 12:55 PM; "
        "Ruiz, Amara, 1:00 PM, begins at 1:10 PM. Ctrl Shift G proposes other places."
    )
    assert floor.place.panel.head.late in floor.place.panel.head.accessibleName()


def test_a_new_day_is_read_by_itself(monitored: Keyboard) -> None:
    monitored.clinic.clock.forward(24 * 60)
    monitored.place.floor.tick()
    monitored.wait()
    assert [one.group.value for one in monitored.place.floor.cards] == ["unclosed"]
    assert monitored.place.navigator.day == MONDAY + timedelta(days=1)


# Ways through the window.


@pytest.fixture
def two(clinic: SmallClinic, open_floor: Open) -> Keyboard:
    """Amara is here; Reed comes at 11 in Spravato 2."""
    booked(clinic).prepared()
    room = clinic.rooms["Spravato 2"].id
    booked(clinic, "SP56", 660, patient_id=someone(clinic), nurse_id=clinic.tunde.id, room_id=room)
    return open_floor()


def test_who_is_here_comes_first_then_who_arrives(two: Keyboard) -> None:
    assert [(one.group.value, one.name, one.number) for one in two.place.floor.cards] == [
        ("here", "Okafor, Amara", 5),  # Spravato 1, behind four infusion rooms
        ("coming", "Reed, Amara", 6),
    ]


def test_who_comes_next_stands_in_order_of_time_whatever_for(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic, "IVM", 930)
    booked(clinic, "CON", 620, patient_id=clinic.noah.id)
    floor = open_floor()
    coming = [(one.name, one.time) for one in floor.place.floor.cards if one.group.value == "coming"]
    assert coming == [("Reed, Noah", "10:20 AM"), ("Okafor, Amara", "3:30 PM")]


def test_a_number_stays_with_its_room_while_others_come_and_go(clinic: SmallClinic, open_floor: Open) -> None:
    def comes(family: str, room: str, minute: int, code: str = "IVM") -> Stay:
        return booked(
            clinic, code, minute, patient_id=someone(clinic, family), room_id=clinic.rooms[room].id,
            nurse_id=clinic.maya.id if room == "Infusion 1" else clinic.tunde.id,
        )  # fmt: skip

    first, second = comes("Adams", "Infusion 1", 570), comes("Baker", "Infusion 3", 600)
    third, late = comes("Clark", "Infusion 2", 690), comes("Dean", "Infusion 1", 720)
    for stay in (first, second):
        stay.at(9, 40).is_(K.ARRIVED)
        stay.is_(K.IN_ROOM)
    floor = open_floor()

    def numbers() -> dict[str, int]:
        return {one.name.partition(",")[0]: one.number for one in floor.place.floor.cards}

    assert numbers() == {"Adams": 1, "Baker": 3, "Clark": 2, "Dean": 0}
    first.at(9, 50).is_(K.NOT_TREATED, note="pressure")
    third.at(9, 55).is_(K.ARRIVED)
    floor.place.floor.go_to(MONDAY)
    floor.wait()
    assert numbers() == {"Dean": 1, "Clark": 2, "Baker": 3, "Adams": 0}
    here = [one.name.partition(",")[0] for one in floor.place.floor.cards if one.group.value == "here"]
    assert here == ["Clark", "Baker"]  # as the rooms lie, whoever came first
    late.at(9, 58).is_(K.ARRIVED)
    floor.place.floor.go_to(MONDAY)
    floor.wait()
    floor.press(Key.Key_3, CTRL)
    assert floor.card.name == "Baker, Amara"
    floor.press(Key.Key_9, CTRL)
    assert (floor.card.name, floor.said) == ("Baker, Amara", "Nobody is in room number 9, and nobody comes")


def test_who_was_in_the_house_first_keeps_the_number_of_the_room(
    clinic: SmallClinic, open_floor: Open
) -> None:
    room = clinic.rooms["Infusion 1"].id
    in_it = booked(clinic, "IVM", 570, patient_id=someone(clinic, "Adams"), room_id=room)
    next_one = booked(clinic, "IVM", 720, patient_id=someone(clinic, "Baker"), room_id=room)
    next_one.at(9, 30).is_(K.ARRIVED)  # early, and first in the house
    in_it.at(9, 40).is_(K.ARRIVED)
    in_it.is_(K.IN_ROOM)
    floor = open_floor()
    assert {one.name: one.number for one in floor.place.floor.cards} == {"Adams, Amara": 8, "Baker, Amara": 1}


def test_ctrl_and_a_number_pick_a_patient_and_arrows_walk(two: Keyboard) -> None:
    two.press(Key.Key_6, CTRL)
    assert two.card.name == "Reed, Amara"
    two.press(Key.Key_Left)
    assert two.card.name == "Okafor, Amara"
    two.press(Key.Key_Right)
    assert two.card.name == "Reed, Amara"
    assert len(PICK) == 9


def test_what_was_typed_for_one_patient_is_not_kept_for_another(two: Keyboard) -> None:
    two.type("136/86", enter=False).press(Key.Key_6, CTRL)
    assert two.place.panel.line.text == ""


def test_another_place_shows_a_visit(two: Keyboard) -> None:
    wanted = two.place.floor.cards[1].visit_id
    two.place.show_visit(wanted)
    two.wait()
    assert two.place.view.list.current == wanted


def test_an_empty_day_says_so(open_floor: Open) -> None:
    floor = open_floor()
    assert floor.place.view._empty.isVisible()
    floor.run("floor.next")
    assert floor.place.floor.stay is None


def test_a_screen_reader_hears_each_card_and_its_place(two: Keyboard) -> None:
    found = QAccessible.queryAccessibleInterface(two.place.view.list)
    assert found is not None
    names = [found.child(n).text(QAccessible.Text.Name) for n in range(found.childCount())]
    spoken = [name for name in names if "Okafor" in name or "Reed" in name]
    assert len(spoken) == 3
    assert spoken[1] == "Spravato 2. Free. Next 11:00 AM Reed, Amara"
    assert "Before the dose all settled" in spoken[0]
    rect = found.child(names.index(spoken[0])).rect()
    assert rect.width() > 300


def test_everything_that_takes_keys_has_a_name(monitored: Keyboard) -> None:
    monitored.type("r")
    parts: list[QWidget] = [monitored.place.view, monitored.place.panel]
    silent = [
        widget
        for part in parts
        for widget in part.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
        and not widget.inherits("QScrollBar")
    ]
    assert silent == []


@pytest.mark.parametrize(("size", "text"), [((683, 384), 100), ((1366, 730), 150)])
def test_a_small_window_folds_the_panel_and_loses_nothing(
    clinic: SmallClinic, open_floor: Open, size: tuple[int, int], text: int
) -> None:
    theme().set_text_size(text)
    try:
        booked(clinic).prepared()
        floor = open_floor(size=size)
        floor.at(10, 10).type("d 12K345")
        assert [one.kind for one in stay_of(floor).stamps(K.DOSE)] == [K.DOSE]
        assert floor.on_cards
        floor.type("1", enter=False)
        assert floor.place.panel.isVisible()
        assert isinstance(floor.focus, QLineEdit)
        floor.press(Key.Key_Escape).press(Key.Key_Escape)
        assert floor.on_cards
        if size[0] < 1000:
            assert not floor.place.panel.isVisible()
    finally:
        theme().set_text_size(100)


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)])
def test_the_name_and_the_birth_date_stay_in_view_while_recording(
    clinic: SmallClinic, open_floor: Open, size: tuple[int, int]
) -> None:
    booked(clinic).sprayed()
    floor = open_floor(size=size).at(11, 20).type("r")
    panel = floor.place.panel
    panel._scroll.verticalScrollBar().setValue(panel._scroll.verticalScrollBar().maximum())
    assert floor.refused
    assert (panel.who._name.accessibleName(), panel.who._born.text()) == (
        "Okafor, Amara",
        "born April 12, 1984",
    )
    for one in (panel.who._name, panel.who._born):
        assert one.visibleRegion().boundingRect() == one.rect()


def test_a_refusal_that_is_higher_than_what_can_be_seen_is_read_from_its_first_word_on(
    clinic: SmallClinic, open_floor: Open
) -> None:
    booked(clinic).sprayed()
    floor = open_floor(size=(683, 384)).at(11, 20).type("r")
    panel = floor.place.panel
    assert floor.refused
    port = panel._scroll.viewport()
    floor.qtbot.waitUntil(lambda: panel.refusal.height() > port.height())
    title = panel.refusal._title
    floor.qtbot.waitUntil(lambda: title.visibleRegion().boundingRect() == title.rect())
    floor.qtbot.waitUntil(lambda: title.mapTo(port, title.rect().topLeft()).y() < 30)


def test_in_a_low_window_what_is_asked_has_the_room_of_the_buttons(
    clinic: SmallClinic, open_floor: Open
) -> None:
    booked(clinic).sprayed()
    floor = open_floor(size=(683, 384)).at(11, 20).type("r")
    panel = floor.place.panel
    assert floor.refused
    assert not panel.next.isVisible()
    floor.press(Key.Key_Backspace)
    assert panel.next.isVisible()
    floor.shell.resize(1366, 730)
    floor.wait()
    floor.press(Key.Key_Escape).type("r")
    assert floor.refused
    assert panel.next.isVisible()


def test_the_log_is_in_view_when_its_key_goes_to_it(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).sprayed()
    floor = open_floor(size=(683, 384)).at(11, 20).press(Key.Key_H, CTRL)
    log = floor.place.panel.log
    assert floor.focus is log
    floor.qtbot.waitUntil(lambda: log.visibleRegion().contains(log.visualRect(log.currentIndex())))


def test_a_long_entry_of_the_log_is_read_whole(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic).sprayed()
    stay.at(11).is_(K.NOTE, note="asked for water twice, was given some, " * 3)
    log = open_floor().at(11, 20).place.panel.log
    assert log.sizeHintForRow(0) > 2 * log.sizeHintForRow(1)


def test_what_is_known_of_an_item_is_read_whole(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared()
    items = open_floor().at(10, 8).place.panel.list
    lines = [one.line for one in items.items]
    high = {line: items.sizeHintForRow(row) for row, line in enumerate(lines)}
    assert high["Medicines today"] > high["Pregnancy"]


def test_a_question_says_what_is_typed_for_it(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).at(9, 50).is_(K.ARRIVED)
    items = {one.line: one.key for one in open_floor().place.panel.list.items}
    assert items["Food and drink"] == "asked"


def test_scrolling_leaves_nothing_of_where_the_cards_were(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).sprayed()
    for minute in (720, 810, 900):
        book(clinic.store, clinic.desk, clinic.wish("CON", minute, patient_id=someone(clinic, f"R{minute}")))
    floor = open_floor(size=(1100, 300))
    cards, seen = floor.place.view.list, floor.shell.screen()
    view = cards.viewport()
    for value in (20, cards.verticalScrollBar().maximum(), 7):
        cards.verticalScrollBar().setValue(value)
        QApplication.processEvents()
        there = QRect(view.mapTo(floor.shell, QPoint()), view.size())
        stands = seen.grabWindow(floor.shell.winId()).copy(there).toImage()
        assert stands == view.grab().toImage().convertToFormat(stands.format()), value


def test_the_key_on_a_card_is_the_key_that_goes_to_it(
    clinic: SmallClinic, open_floor: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked(clinic).prepared()
    caps: list[str] = []
    monkeypatch.setattr(card_paint, "paint_key", lambda _painter, _at, cap: caps.append(cap))
    floor = open_floor().at(10, 12)
    floor.place.view.list.viewport().grab()
    assert set(caps) == {PICK[4].key} == {"Ctrl 5"}  # of Spravato 1, the fifth room


def test_a_word_behind_an_entry_reads_as_a_note_and_a_correction_says_its_time(monitored: Keyboard) -> None:
    stay = stay_of(monitored)
    monitored.place.hand.correct(stay.stamps(K.CONSENT)[0])
    box = monitored.place.panel.correcting
    assert "It should say" in [one.text() for one in box.findChildren(QLabel)]
    box.line.start("10:03am consent typo")
    assert box.line.echo == "Consent seen, note: typo, 10:03 AM"
    box.line.start("10:03am consent")
    monitored.press(Key.Key_Return).type("typo")
    assert monitored.said == "Okafor, Amara: corrected: Consent seen, 10:03 AM"


def test_stays_of_yesterday_are_not_todays(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared()
    booked(clinic, "CON", 900).at(15, 0).is_(K.LEFT)
    clinic.clock.forward(24 * 60)
    floor = open_floor()
    assert [one.group.value for one in floor.place.floor.cards] == ["unclosed"]


def test_names_that_could_be_confused_are_marked_on_the_floor_and_in_the_head(
    clinic: SmallClinic, open_floor: Open
) -> None:
    book(clinic.store, clinic.desk, clinic.wish("CON", 840, patient_id=someone(clinic, "Okafore")))
    stay = booked(clinic).prepared()
    floor = open_floor().at(10, 12)
    marks = {one.name: one.alike for one in floor.place.floor.cards}
    assert marks == {"Okafor, Amara": ("Okafore, Amara",), "Okafore, Amara": ("Okafor, Amara",)}
    floor.place.floor.show_visit(stay.visit_id, stay.visit.day)
    floor.wait()
    head = floor.place.panel.findChild(Head)
    assert head._similar.text() == "Similar name: Okafore, Amara. Ask for the birth date: April 12, 1984."
    assert "Similar name: Okafore, Amara" in head.accessibleName()


def test_nobody_is_offered_a_step_that_another_must_take(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared().vitals(190, 115)
    floor = open_floor().at(10, 10)
    panel = floor.place.panel
    waits = (
        "Waits for: Pressure accepted. A prescriber records it. "
        "If it was told and read back: p told, the name, read back."
    )
    assert (panel.next.text(), panel._waits.text()) == ("Next: Vitals", waits)  # a nurse takes it again
    floor.press(Key.Key_F5)
    assert (floor.said, panel.line.text) == (waits, "")
    floor.press(Key.Key_Escape)
    floor.act_as(clinic.desk)
    assert (panel.next.isVisible(), panel._waits.text()) == (False, waits)
    floor.press(Key.Key_F5)
    assert len(stay_of(floor).stamps(K.NOTE)) == 0
    floor.act_as(clinic.prescriber)
    assert (panel.next.text(), panel._waits.isVisible()) == ("Next: Pressure accepted", False)


def test_the_front_desk_is_told_who_brings_a_patient_in(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).at(9, 50).is_(K.ARRIVED)
    floor = open_floor(clinic.desk)
    assert floor.place.panel._waits.text() == "Waits for: In the room. A nurse or prescriber records it."
    assert not floor.place.panel.next.isVisible()


def test_allergies_that_nobody_asked_for_stand_in_the_list_before_the_dose(
    clinic: SmallClinic, open_floor: Open
) -> None:
    with clinic.store.write(clinic.desk) as unit:
        amara = unit.save(replace(clinic.amara, allergies=""))
        unit.commit()
    booked(clinic).prepared()
    floor = open_floor().at(10, 10)
    assert floor.missing() == [("Allergies", "Ctrl O")]
    assert floor.card.bar is not None
    assert floor.card.to_settle == "1 to settle: allergies"
    with clinic.store.write(clinic.desk) as unit:
        unit.save(replace(amara, allergies="None known"))
        floor.desk.hub.tell(unit.commit())
    floor.wait()
    assert floor.missing() == []
    assert "Allergies" in floor.done()
    assert not floor.place.panel.head._alert.isVisible()  # that there are none is no alarm


@pytest.mark.parametrize(
    ("per_kg", "said", "may_be_meant"),
    [
        (4, "280 mg is above the usual 52.5 mg (0.75 mg/kg at 70 kg). Is that right?", True),
        (5, "350 mg is ten times the usual 0.5 mg/kg (35 mg at 70 kg) or more. "
             "Check the number and the order.", False),
    ],
)  # fmt: skip
def test_the_next_step_never_gives_an_unusual_dose_unasked(
    clinic: SmallClinic, open_floor: Open, per_kg: float, said: str, may_be_meant: bool
) -> None:
    with clinic.store.write(clinic.prescriber) as unit:  # as an older record may hold it
        order = Order(0, 0, clinic.amara.id, "iv", "ketamine", "IV", per_kg, "mg/kg", 70.0, MONDAY)
        unit.add(replace(order, ordered_by=clinic.lin.id, ordered_at=instant(7)))
        unit.commit()
    booked(clinic, "IVM").prepared()
    floor = open_floor().at(10, 10)
    floor.press(Key.Key_F5).press(Key.Key_Return).press(Key.Key_Return)
    assert floor.refused == [said]
    assert floor.card.doses == ()
    floor.press(Key.Key_Return, CTRL)
    stay = stay_of(floor)
    assert (len(floor.card.doses), len(stay.incidents())) == (1, 0 if may_be_meant else 1)


def test_who_has_left_by_what_is_kept_makes_nobody_late(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    second = booked(clinic, "SP56", 760, patient_id=someone(clinic), nurse_id=clinic.tunde.id)
    stay.at(12, 38)
    note_overruns(clinic.store, clinic.desk, [stay.visit_id])
    read = read_floor(clinic.store, MONDAY, clinic.clock.at)
    shown = read.stay(stay.visit_id)
    assert shown is not None
    assert [one.visit.id for one, _ in shown.late] == [second.visit_id]
    gone = kept_entry(
        clinic.nurse, stay.visit_id, [Stamp(kind=K.LEFT_EARLY, note="walked out")], clinic.clock.at
    )
    after = with_kept(read, [gone]).stay(stay.visit_id)
    assert after is not None
    assert (after.late, after.displaced) == ((), ())
