"""The staff list says who can sign in, for the eye and for a screen reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.people.model import Staff
from clinic_desktop.security import giving_accounts
from clinic_desktop.ui.set_up.place import SetUpPlace
from clinic_desktop.ui.widgets.list_model import THING_ROLE
from tests.small_clinic import build
from tests.ui.grab import grab_both
from tests.ui.set_up.stage import Stage
from tests.ui.sign_in.conftest import PASSWORD, Door, give_accounts, open_door, shut, staff
from tests.ui.sign_in.test_factor import turned_on

INES = "Ines Park"


@pytest.fixture
def door(qtbot: QtBot, tmp_path: Path) -> Iterator[Door]:
    clinic = build(tmp_path)
    people = staff(clinic)
    give_accounts(clinic, people)
    with clinic.store.write(PROGRAM) as unit:
        people["Omar Bell"] = unit.add(Staff(name="Omar Bell", initials="OB", roles=frozenset({Role.NURSE})))
        unit.commit()
    manager = Actor(people[INES].id, people[INES].roles, "desk")
    for one in (clinic.maya, clinic.tunde):
        giving_accounts.give_account(clinic.store, manager, one.id, "harbor cactus mile")
    giving_accounts.close_account(clinic.store, manager, clinic.tunde.id)
    made = open_door(qtbot, clinic, people)
    turned_on(made, "Rosa Diaz")
    yield made
    shut(made)


def said(door: Door) -> dict[str, str]:
    place = door.window.place("set-up")
    assert isinstance(place, SetUpPlace)
    model = place.section("staff").list.view.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    for one in rows:  # told as it is shown
        assert one.data(THING_ROLE).note in one.data(Qt.ItemDataRole.AccessibleTextRole)
    return {one.data(THING_ROLE).text: one.data(THING_ROLE).note for one in rows}


def test_the_list_says_who_has_which_account(door: Door) -> None:
    door.write("ip")
    door.press("Return")
    door.enter(PASSWORD[INES])
    door.window.go("set-up").open_part("staff")  # type: ignore[attr-defined]  # its own
    door.settle()
    assert said(door) == {
        "Dr. Lin": "No account: emergency only",
        "Ines Park": "Has an account",
        "Maya Jones": "Account waits for its own password",
        "Omar Bell": "No account: emergency only",
        "Rosa Diaz": "Account with second factor",
        "Tunde Okoro": "Account closed, for emergencies too",
    }
    grab_both(door.window, "staff-accounts", (1366, 768))
    grab_both(door.window, "staff-accounts-200", (683, 384), 2.0)


def test_it_follows_what_is_done(door: Door) -> None:
    test_the_list_says_who_has_which_account(door)
    ines = door.people[INES]
    manager = Actor(ines.id, ines.roles, "desk")
    changes = giving_accounts.close_account(door.clinic.store, manager, door.clinic.maya.id)
    door.desk.hub.tell(changes)
    door.settle()
    assert said(door)["Maya Jones"].startswith("Account closed")


def test_nothing_is_said_where_nobody_signs_in(stage: Stage) -> None:
    model = stage.part("staff").list.view.model()
    stage.settle()
    assert {model.index(row, 0).data(THING_ROLE).note for row in range(model.rowCount())} == {""}
