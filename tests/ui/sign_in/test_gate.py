"""Signing in, the lock, and taking over, in the program's own window, by keys."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from clinic_desktop.foundation.trail import Deed
from clinic_desktop.ui.dialogs import APP_NAME, QuestionDialog
from clinic_desktop.ui.sign_in.idle import Idle
from clinic_desktop.ui.sign_in.page import minutes_and_seconds
from tests.small_clinic import MONDAY, at
from tests.ui.sign_in.conftest import PASSWORD, PIN, Door

ROSA, INES = "Rosa Diaz", "Ines Park"


def seen_beneath(door: Door) -> list[QWidget]:
    """What of the clinic a screen reader would come to."""
    inside = door.window._centre.findChildren(QWidget)
    return [one for one in (door.window._centre, *inside) if one.isVisible()]


def test_nobody_sees_the_clinic_before_somebody_signed_in(door: Door) -> None:
    assert door.gate.shut
    assert seen_beneath(door) == []
    assert door.window.windowTitle() == APP_NAME
    door.press("Ctrl+K")
    door.press("Alt+3")
    assert door.window.current == "board"
    assert door.window.gate.cover.isAncestorOf(door.focus)
    assert door.at_work() == 0


def test_two_letters_a_password_and_enter_let_somebody_in(door: Door) -> None:
    door.write("rd")
    door.press("Return")
    door.enter(PASSWORD[ROSA])
    assert not door.gate.shut
    assert door.at_work() == door.people[ROSA].id
    assert door.window.top_bar.person.accessibleName() == f"At work: {ROSA}"
    assert door.window.body.isAncestorOf(door.focus)
    assert door.window.windowTitle() != APP_NAME


def test_a_pin_needs_no_enter_after_the_initials(rosa: Door) -> None:
    rosa.press("Ctrl+Shift+A")
    rosa.settle()
    rosa.write("ip")
    rosa.enter(PIN[INES])
    assert rosa.at_work() == rosa.people[INES].id


def test_who_thinks_better_of_it_stays_who_they_are(rosa: Door) -> None:
    rosa.press("Ctrl+Shift+A")
    rosa.settle()
    rosa.press("Escape")
    assert not rosa.gate.shut
    assert rosa.at_work() == rosa.people[ROSA].id


def test_wrong_pins_end_in_the_password_and_wrong_passwords_in_a_wait_that_counts_down(rosa: Door) -> None:
    rosa.press("Ctrl+F1")
    rosa.settle()
    entry = rosa.gate.cover.entry
    assert entry.heading.text() == f"PIN of {ROSA}"
    for _ in range(3):
        rosa.enter("1111")
        assert rosa.gate.shut
    assert entry.heading.text() == f"Password of {ROSA}"
    for _ in range(3):
        rosa.enter("not the password")
    assert entry.trouble.said.startswith("Try again in 0:15")
    rosa.clinic.clock.forward(10 / 60)
    entry.trouble.count()
    assert entry.trouble.said.startswith("Try again in 0:05")
    rosa.enter(PASSWORD[ROSA])
    assert rosa.gate.shut, "a try during the wait was taken"
    rosa.clinic.clock.forward(6 / 60)
    entry.trouble.count()
    assert entry.trouble.said == "You can try again now."
    entry.secret.clear()
    rosa.enter(PASSWORD[ROSA])
    assert not rosa.gate.shut


def test_the_lock_hides_all_at_once_and_brings_everything_back(rosa: Door) -> None:
    window = rosa.window
    window.search("Amara half a na")
    line = window.top_bar.search.line
    line.setCursorPosition(3)
    asked = QuestionDialog.ask(window, "Is Amara Okafor here?", "", "Yes", lambda: None)
    rosa.settle()
    rosa.gate.lock()
    assert seen_beneath(rosa) == []
    assert not asked.isVisible()
    others = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]
    assert others == []
    late = QuestionDialog.ask(window, "Noah Reed is here", "", "Yes", lambda: None)
    assert late.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    rosa.settle()
    assert not late.isVisible()
    rosa.gate.cover.take_focus()
    rosa.enter(PIN[ROSA])
    assert not rosa.gate.shut
    assert asked.isVisible()
    assert late.isVisible()
    assert not late.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    late.reject()
    asked.reject()
    assert line.text() == "Amara half a na"
    assert line.cursorPosition() == 3


@pytest.mark.parametrize(("place", "minutes"), [("board", 10), ("floor", 5)])
def test_it_locks_by_itself_sooner_on_the_floor(rosa: Door, place: str, minutes: int) -> None:
    rosa.window.go(place)
    rosa.settle()
    rosa.gate.idle.touch()
    rosa.idle(minutes - 0.1)
    assert not rosa.gate.shut
    rosa.idle(0.1)
    assert rosa.gate.shut
    assert f"after {minutes} minutes" in rosa.gate.cover._why.text()


def test_the_first_key_after_a_sleep_locks_and_does_nothing_else(rosa: Door) -> None:
    handle = rosa.window.windowHandle()
    rosa.gate.idle.touch()
    rosa.clinic.clock.forward(60)
    rosa.qtbot.keyClick(handle, Qt.Key.Key_A)
    assert rosa.gate.shut
    assert rosa.window.top_bar.search.line.text() == ""


def test_a_clock_that_is_set_back_gives_no_more_time() -> None:
    idle = Idle(at(MONDAY, 8))
    assert idle.lasted(at(MONDAY, 8, 6)) == timedelta(minutes=6)
    assert idle.lasted(at(MONDAY, 7)) == timedelta(minutes=6)
    assert idle.lasted(at(MONDAY, 7, 4)) == timedelta(minutes=10)


def test_somebody_else_takes_over_after_what_is_half_typed_was_named(rosa: Door) -> None:
    rosa.press("Ctrl+N") if rosa.window.current == "patients" else rosa.window.show_patient
    rosa.window.go("patients")
    rosa.press("Ctrl+N")
    rosa.settle()
    rosa.write("Zoe Half")
    assert isinstance(rosa.focus, QLineEdit)
    given: list[object] = []
    rosa.gate.hand_over = given.append
    rosa.gate.lock()
    rosa.settle()
    rosa.gate.cover.entry.ask_who()
    rosa.write("ines")
    rosa.enter(PIN[INES])
    assert rosa.gate.shut
    assert rosa.gate.cover.page is rosa.gate.cover.take_over
    assert "Rosa Diaz left something open" in rosa.gate.cover.take_over.lead.text()
    rosa.press("Escape")
    assert rosa.gate.cover.page is rosa.gate.cover.entry
    assert rosa.at_work() == rosa.people[ROSA].id
    rosa.gate.cover.entry.ask_who()
    rosa.write("ip")
    rosa.enter(PIN[INES])
    rosa.press("Return")
    rosa.settle()
    assert [getattr(one, "person_id", 0) for one in given] == [rosa.people[INES].id]


def test_the_first_manager_makes_a_password_and_types_the_code_back(bare: Door) -> None:
    cover = bare.gate.cover
    assert cover.page is cover.first
    assert [cover.first.who.itemText(n) for n in range(cover.first.who.count())] == [INES]
    bare.write(PASSWORD[INES])
    bare.press("Return")
    bare.write(PASSWORD[INES])
    bare.press("Return")
    bare.settle()
    assert cover.page is cover.code
    shown = cover.code.shown.text()
    bare.write("A" + shown[1:] if shown[0] != "A" else "B" + shown[1:])
    bare.press("Return")
    assert bare.gate.shut
    assert cover.code.form.row("code").problem
    cover.code.typed.clear()
    bare.write(shown.lower())
    bare.press("Return")
    bare.settle()
    assert not bare.gate.shut
    assert bare.at_work() == bare.people[INES].id
    assert cover.code.shown.text() == ""


def test_emergency_access_says_so_as_long_as_it_lasts_and_ends_by_itself(door: Door) -> None:
    door.write("rd")
    door.press("Alt+E")
    door.settle()
    door.write("fire next door")
    door.press("Return")
    door.settle()
    assert not door.gate.shut
    assert door.desk.actor.until is not None
    assert "emergency-access" in [one.id for one in door.window.banners.banners()]
    door.clinic.clock.forward(61)
    door.gate._emergency_over()
    assert door.gate.shut
    assert "emergency-access" not in [one.id for one in door.window.banners.banners()]


def test_minutes_and_seconds_of_a_wait() -> None:
    assert minutes_and_seconds(timedelta(seconds=65, milliseconds=1)) == "1:06"
    assert minutes_and_seconds(timedelta(seconds=-1)) == "0:00"


def test_lock_and_unlock_are_in_the_trail(rosa: Door) -> None:
    rosa.gate.lock()
    rosa.settle()
    rosa.enter(PIN[ROSA])
    with rosa.clinic.store.read() as records:
        deeds = [one.deed for one in records.trail()] if hasattr(records, "trail") else []
    assert not deeds or {Deed.LOCKED, Deed.UNLOCKED} <= set(deeds)
