"""At the lock and after it the focus is where the next key belongs, and what is said stands."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.people.model import Staff
from clinic_desktop.security import giving_accounts
from clinic_desktop.security.recovery_code import new_code
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.set_up.place import SetUpPlace
from clinic_desktop.ui.set_up.staff import StaffEditor
from clinic_desktop.ui.sign_in.page import FormPage
from tests.ui.sign_in.conftest import PASSWORD, PIN, Door

ROSA, INES = "Rosa Diaz", "Ines Park"
ACCOUNTS = Changes(1, kinds=frozenset({"account"}))
NEW = "copper ladder breeze"


def comes_in(door: Door, initials: str, password: str) -> None:
    door.write(initials)
    door.press("Return")
    door.enter(password)
    assert not door.gate.shut


@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_lock_by_itself_does_not_take_the_keys_from_another_program(
    rosa: Door, monkeypatch: pytest.MonkeyPatch, elsewhere: bool
) -> None:
    came_before: list[bool] = []
    monkeypatch.setattr(rosa.window, "activateWindow", lambda: came_before.append(True))
    if elsewhere:
        monkeypatch.setattr(QApplication, "activeWindow", staticmethod(lambda: None))
    rosa.idle(30)
    assert rosa.gate.shut
    assert bool(came_before) is not elsewhere


# Forms of the lock.


@pytest.mark.parametrize("name", ["recover", "emergency"])
def test_tab_goes_from_the_last_field_to_the_main_button_and_then_back(door: Door, name: str) -> None:
    door.press("Alt+C" if name == "recover" else "Alt+E")
    page: FormPage = getattr(door.gate.cover, name)
    assert page.form.last is not None
    page.form.last.setFocus()
    door.press("Tab")
    assert door.focus is page.take
    door.press("Tab")
    assert isinstance(door.focus, QAbstractButton)
    assert door.focus.text() == "Back"
    door.press("Backtab")
    door.press("Backtab")
    assert door.focus is page.form.last


def test_an_emergency_without_a_name_asks_for_the_name(door: Door) -> None:
    door.press("Alt+E")
    page = door.gate.cover.emergency
    door.press("Return")
    assert page.form.row("who").problem == "Choose your name."
    assert door.focus is page.who
    door.press("Tab")
    door.write("fire next door")
    door.press("Return")
    assert page.form.row("who").problem == "Choose your name."
    assert door.focus is page.who
    door.press("Tab")
    door.press("Tab")
    door.press("Return")  # at the main button
    assert door.focus is page.who


def test_a_wrong_recovery_code_has_the_focus_to_be_typed_anew(door: Door) -> None:
    door.write("ip")
    door.press("Return")
    door.press("Alt+C")
    page = door.gate.cover.recover
    door.write(new_code().grouped)
    door.press("Return")
    for _ in range(2):
        door.write(NEW)
        door.press("Return")
    door.settle()
    assert page.trouble.said.startswith("This is not the recovery code")
    assert door.focus is page.code
    assert page.code.selectedText() == page.code.text()


# What is said stands.


def test_that_the_pin_was_wrong_too_often_is_said_still_once_the_accounts_were_read_anew(rosa: Door) -> None:
    rosa.press("Ctrl+F1")
    rosa.settle()
    entry = rosa.gate.cover.entry
    for _ in range(3):
        rosa.enter("1111")
    rosa.desk.hub.tell(ACCOUNTS)
    rosa.settle()
    assert entry.heading.text() == f"Password of {ROSA}"
    assert entry.trouble.said.startswith("The PIN was wrong too often. Sign in with your password")
    assert entry.trouble.isVisible()
    rosa.press("Ctrl+Shift+A")
    rosa.write("ip")
    assert entry.trouble.isHidden(), "it is said of somebody else"


def test_whose_account_is_closed_begins_with_a_name_and_is_told_no_other_desk(rosa: Door) -> None:
    ines = rosa.people[INES]
    manager = Actor(ines.id, ines.roles, "other")
    giving_accounts.close_account(rosa.clinic.store, manager, rosa.people[ROSA].id)
    rosa.gate.renewing.renew()  # comes before who can sign in is read anew
    rosa.settle()
    entry = rosa.gate.cover.entry
    assert rosa.gate.cover.why == "This account was closed."
    assert entry.heading.text() == "Your name first"
    assert rosa.focus is entry.people.line
    assert entry.people.line.text() == ""
    rosa.press("Alt+E")
    who = rosa.gate.cover.emergency.who
    offered = [who.itemText(n) for n in range(who.count())]
    assert INES in offered
    assert ROSA not in offered, "whose account was closed comes in as in an emergency"


def test_closing_ones_own_account_is_asked_as_such(door: Door) -> None:
    comes_in(door, "ip", PASSWORD[INES])
    editor = staff_editor(door, door.people[INES])
    editor.account._ask_close()
    (asked,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QuestionDialog)]
    assert asked.accessibleName() == "Close your own account?"
    asked.reject()


def test_after_the_lock_and_a_dialog_the_focus_is_in_the_field_of_before(rosa: Door) -> None:
    rosa.window.go("patients")
    rosa.press("Ctrl+N")
    rosa.settle()
    rosa.write("Zoe Half")
    edited = rosa.focus
    asked = QuestionDialog.ask(rosa.window, "Is she here?", "", "Yes", lambda: None)
    rosa.settle()
    rosa.gate.lock()
    rosa.settle()
    rosa.enter(PIN[ROSA])
    rosa.settle()
    assert asked.isVisible()
    assert asked.isAncestorOf(rosa.focus)
    asked.reject()
    rosa.settle()
    assert rosa.window.focusWidget() is edited


# What was typed in a cell.


def staff_editor(door: Door, who: Staff) -> StaffEditor:
    place = door.window.go("set-up")
    assert isinstance(place, SetUpPlace)
    place.open_part("staff")
    door.settle()
    section = place.section("staff")
    section.open(str(who.id))
    door.settle()
    editor = section.editor
    assert isinstance(editor, StaffEditor)
    return editor


@pytest.mark.parametrize("typed", ["", "blursday"])
@pytest.mark.parametrize("entered", [True, False])
def test_an_emptied_or_unreadable_cell_is_half_typed(rosa: Door, typed: str, entered: bool) -> None:
    grid = staff_editor(rosa, rosa.clinic.maya)._shifts
    grid.view.setFocus()
    assert not rosa.gate._begun_here()
    at = grid.model.index(0, 0)
    grid.view.setCurrentIndex(at)
    grid.view.edit(at)
    rosa.settle()
    assert not rosa.gate._begun_here(), "a cell that was only opened"
    rosa.press("Del")
    rosa.write(typed)
    if entered:
        rosa.press("Return")
    rosa.press("Ctrl+F1")
    rosa.settle()
    assert "What you were typing is kept" in rosa.gate.cover.why
    rosa.press("Ctrl+Shift+A")
    rosa.write("ines")
    rosa.enter(PIN[INES])
    assert rosa.gate.cover.page is rosa.gate.cover.take_over, "it is handed on without a question"


def test_at_200_percent_the_way_to_set_up_leads_to_its_parts_and_into_no_form(door: Door) -> None:
    door.window.resize(683, 365)
    comes_in(door, "ip", PASSWORD[INES])
    place = door.window.go("set-up")
    assert isinstance(place, SetUpPlace)
    door.settle()
    door.window.go("board")
    door.press("Alt+9")
    door.settle()
    assert door.focus is place._box
    clinic = door.desk.setup.clinic.name
    door.write("st")
    assert place.current == "staff"
    assert door.desk.setup.clinic.name == clinic
    assert not door.gate._begun_here()


@pytest.mark.parametrize("left", ["before", "behind", ""])
def test_after_the_lock_no_panel_that_was_left_has_the_focus(rosa: Door, left: str) -> None:
    """Work that ends behind the lock may want the focus for what nobody sees."""
    panel = rosa.window._panels.waiting
    rosa.window._panels.waitlist(rosa.window, rosa.desk, None)
    rosa.settle()
    if left == "before":
        rosa.window.close_panel()
        rosa.window.search("")
    before = rosa.focus
    rosa.press("Ctrl+F1")
    rosa.settle()
    panel.note.setFocus()
    if left == "behind":
        rosa.window.close_panel()
    rosa.settle()
    rosa.enter(PIN[ROSA])
    assert not rosa.gate.shut
    assert left == "behind" or rosa.focus is (before if left else panel.note)
    assert rosa.focus.isVisible()
