"""The page names somebody's password only where the keys go to its line, by whichever way one comes to it: in
the line of the names a password could be read."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.security import giving_accounts
from clinic_desktop.ui.file_dialogs import ask_open
from clinic_desktop.ui.sign_in.own_secrets import OwnSecretsDialog
from tests.ui.sign_in.conftest import PIN, Door
from tests.ui.sign_in.test_factor import asks, rosa_types, shown_dialog, turned_on

ROSA, INES = "Rosa Diaz", "Ines Park"
ASKS_NAME = "Your name first"


def asked(door: Door) -> str:
    """The heading, after it was seen that the focus is where it says."""
    entry = door.gate.cover.entry
    assert door.gate.cover.page is entry
    head = entry.heading.text()
    assert door.focus is (entry.people.line if head == ASKS_NAME else entry.secret)
    return head


def from_digits(door: Door) -> None:
    turned_on(door)
    rosa_types(door)
    assert door.gate.cover.page is door.gate.cover.digits


def from_factor(door: Door) -> None:
    asks(door, Role.RECEPTIONIST)
    rosa_types(door)
    assert door.gate.cover.page is door.gate.cover.factor


def from_given(door: Door) -> None:
    ines = door.people[INES]
    manager = Actor(ines.id, ines.roles, "desk")
    giving_accounts.reset_password(door.clinic.store, manager, door.people[ROSA].id, "harbor cactus mile")
    door.write("rd")
    door.press("Return")
    door.enter("harbor cactus mile")
    assert door.gate.cover.page is door.gate.cover.own


def from_code(door: Door) -> None:
    door.write("rd")
    door.press("Return", "Alt+C")
    assert door.gate.cover.page is door.gate.cover.recover


def from_emergency(door: Door) -> None:
    door.write("rd")
    door.press("Return", "Alt+E")
    assert door.gate.cover.page is door.gate.cover.emergency


@pytest.mark.parametrize("way", [from_digits, from_factor, from_given, from_code, from_emergency])
def test_esc_from_another_page_goes_to_the_password_of_whoever_left(
    door: Door, way: Callable[[Door], None]
) -> None:
    way(door)
    door.press("Escape")
    door.settle()
    assert asked(door) in (f"Password of {ROSA}", f"PIN of {ROSA}")
    door.write("violet tractor")
    assert door.gate.cover.entry.people.line.text() == ""


@pytest.mark.parametrize("key", ["Alt+C", "Alt+E"])
def test_who_chose_no_name_is_asked_for_it_after_esc(door: Door, key: str) -> None:
    door.press(key, "Escape")
    door.settle()
    assert asked(door) == ASKS_NAME


def test_at_the_start_and_while_a_name_is_typed_nobodys_password_is_asked_for(door: Door) -> None:
    entry = door.gate.cover.entry
    assert asked(door) == ASKS_NAME
    door.write("r")
    door.press("Down")
    assert asked(door) == ASKS_NAME
    door.press("Tab")
    assert asked(door) == f"PIN of {ROSA}"
    door.press("Ctrl+Shift+A")
    assert asked(door) == ASKS_NAME
    entry.enter()  # by the mouse
    assert asked(door) == ASKS_NAME


@pytest.mark.parametrize(("name", "head"), [("rosa", f"PIN of {ROSA}"), ("maya", ASKS_NAME)])
def test_after_emergency_access_it_is_asked_for_what_the_focus_takes(
    door: Door, name: str, head: str
) -> None:
    """Maya Jones has no account."""
    door.press("Alt+E")
    door.write(name)
    door.press("Tab")
    door.write("fire next door")
    door.press("Return")
    door.settle()
    assert not door.gate.shut
    door.clinic.clock.forward(61)
    door.gate.emergency.end()
    door.settle()
    assert asked(door) == head


def test_the_lock_and_whoever_does_not_take_over(rosa: Door) -> None:
    rosa.press("Ctrl+F1")
    rosa.settle()
    assert asked(rosa) == f"PIN of {ROSA}"
    rosa.gate._not_taken_over()
    assert asked(rosa) == f"PIN of {ROSA}"


def test_an_account_made_meanwhile_leaves_the_keys_where_they_were(rosa: Door) -> None:
    rosa.press("Ctrl+F1")
    rosa.settle()
    ines = rosa.people[INES]
    giving_accounts.give_account(
        rosa.clinic.store, Actor(ines.id, ines.roles, "desk"), rosa.clinic.maya.id, "harbor cactus mile"
    )
    rosa.gate.people.read()
    rosa.settle()
    assert len(rosa.gate.cover.entry.people.people) == 3
    assert asked(rosa) == f"PIN of {ROSA}"


def test_a_password_in_the_line_of_the_names_is_repeated_nowhere(door: Door) -> None:
    door.write("violet tractor seven")
    door.press("Return")
    cover = door.gate.cover
    said = [one.text() for one in cover.findChildren(QLabel) if one.isVisible()]
    assert "Nobody of that name can sign in here." in said
    assert not [one for one in said if "violet" in one]
    assert asked(door) == ASKS_NAME


def test_the_recovery_code_has_its_key_on_the_page_of_the_digits(door: Door) -> None:
    from_digits(door)
    door.press("Alt+C")
    cover = door.gate.cover
    assert cover.page is cover.recover
    assert cover.recover.who.currentText() == ROSA
    assert (cover.digits.line.text(), cover.digits._begun) == ("", (0, ""))


def test_the_lock_key_works_over_a_dialog_and_keeps_what_is_typed(rosa: Door) -> None:
    rosa.press("Ctrl+Shift+F1")
    dialog = shown_dialog(rosa, OwnSecretsDialog)
    assert isinstance(dialog, OwnSecretsDialog)
    rosa.write("violet tr")
    rosa.press("Ctrl+F1")
    assert rosa.gate.shut
    assert not dialog.isVisible()
    rosa.settle()
    rosa.window.activateWindow()
    rosa.qtbot.waitUntil(rosa.window.isActiveWindow)
    assert asked(rosa) == f"PIN of {ROSA}"
    rosa.enter(PIN[ROSA])
    assert not rosa.gate.shut
    assert dialog.isVisible()
    assert dialog.old.text() == "violet tr"
    dialog.reject()


def test_the_lock_key_works_while_a_file_is_chosen(rosa: Door) -> None:
    dialog = ask_open(rosa.window, "A file", ["*"], lambda _chosen: None)
    rosa.qtbot.waitUntil(lambda: dialog.isAncestorOf(rosa.focus))
    rosa.press("Ctrl+F1")
    assert rosa.gate.shut
    assert not dialog.isVisible()
    dialog.reject()
