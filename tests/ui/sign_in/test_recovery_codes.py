"""A manager has a recovery code or is told that there is none; a page that is left keeps nothing."""

from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.people.model import Staff
from clinic_desktop.security import accounts as core
from clinic_desktop.security import giving_accounts, own_account
from clinic_desktop.security.away import AwayDoor
from clinic_desktop.security.ports import AccountStore
from clinic_desktop.security.recovery_code import new_code
from clinic_desktop.security.tries import Known
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.sign_in.code_dialog import CODE_BANNER, CodeDialog
from clinic_desktop.ui.sign_in.own_secrets import OwnSecretsDialog
from clinic_desktop.ui.window import read_setup
from tests.accounts import with_own_password
from tests.ui.sign_in.conftest import PASSWORD, PIN, Door

ROSA, INES = "Rosa Diaz", "Ines Park"
NEW = "copper ladder breeze"
D = TypeVar("D", OwnSecretsDialog, CodeDialog)


def has_code(door: Door, who: str = INES) -> bool:
    known = core.accounts(door.clinic.store)
    return next(one.has_code for one in known if one.person.id == door.people[who].id)


def told(door: Door) -> bool:
    return CODE_BANNER in [one.id for one in door.window.banners.banners()]


def comes_in(door: Door, initials: str, password: str) -> None:
    door.write(initials)
    door.press("Return")
    door.enter(password)
    assert not door.gate.shut


def the_dialog(kind: type[D]) -> D:
    (found,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    return found


def typed_at_the_lock(door: Door) -> set[str]:
    return {one.text() for one in door.gate.cover.findChildren(QLineEdit)} - {""}


# What is typed at the lock goes when its page is left.


def test_a_recovery_form_that_is_left_keeps_nothing(door: Door) -> None:
    recover = door.gate.cover.recover
    for leave in ("Escape", "Ctrl+F1", ""):
        door.press("Ctrl+Shift+A")
        door.write("ip")
        door.press("Return")
        door.press("Alt+C")
        assert recover.isVisible()
        door.write(new_code().grouped)
        door.press("Return")
        for _ in range(2):
            door.write(NEW)
            door.press("Tab")
        recover.trouble.say("Not right", "", Tone.WARN)
        if leave:
            door.press(leave)
        else:
            door.idle(11)
        assert door.gate.cover.page is door.gate.cover.entry
        assert typed_at_the_lock(door) == set(), "the next who comes to it reads a code or has a password"
        assert recover.who.currentData() is None
        assert recover.trouble.isHidden()
        door.settle()


def test_an_emergency_form_that_is_left_keeps_no_reason(door: Door) -> None:
    emergency = door.gate.cover.emergency
    for leave in ("Escape", "Ctrl+F1"):
        door.press("Alt+E")
        door.write("rosa")
        door.press("Tab")
        door.write("Amara Okafor fell")
        door.press(leave)
        door.settle()
        assert not emergency.isVisible()
        assert typed_at_the_lock(door) == set()
        assert emergency.who.currentData() is None


def test_the_help_takes_nothing_away_from_the_page_below_it(door: Door) -> None:
    door.press("Alt+C")
    door.gate.cover.recover.code.setFocus()
    door.write("HKWBT")
    door.press("F1")
    door.press("Escape")
    assert door.gate.cover.recover.code.text() == "HKWBT"


def test_whose_recovery_ends_after_they_left_the_page_is_shown_to_nobody_else(door: Door) -> None:
    code = new_code()
    ines = door.people[INES]
    here = Actor(ines.id, ines.roles, settings.desk_name())
    own_account.keep_code(door.clinic.store, here, PASSWORD[INES], code)
    door.gate.asking._to_recover(ines.id)
    door.gate.asking._new._recover(ines.id, code.grouped, NEW)
    door.press("Escape")
    door.settle()
    cover = door.gate.cover
    assert cover.page is cover.entry
    assert cover.code.shown.text() == ""
    assert cover.why == f"The new password of {INES} is set."
    door.enter(NEW)
    assert door.at_work() == ines.id
    assert told(door)


# The page offers whom it can help.


def offered(door: Door) -> list[str]:
    who = door.gate.cover.recover.who
    return [who.itemText(at) for at in range(who.count())]


def to_the_page(door: Door, initials: str = "") -> str:
    """What it says of who has none."""
    door.press("Ctrl+Shift+A")
    if initials:
        door.write(initials)
        door.press("Return")
    door.press("Alt+C")
    door.settle()
    recover = door.gate.cover.recover
    assert door.gate.cover.page is recover
    return recover.no_code.accessibleName() if recover.no_code.isVisible() else ""


def without_code(door: Door) -> None:
    """The code of Ines is used up, at another desk."""
    ines, code = door.people[INES], new_code()
    own_account.keep_code(door.clinic.store, Actor(ines.id, ines.roles, "other"), PASSWORD[INES], code)
    own_account.recover(door.clinic.store, "other", ines.id, code.grouped, NEW)


def test_only_who_has_a_code_is_offered(door: Door) -> None:
    assert to_the_page(door) == ""
    assert offered(door) == [INES]


def test_whoever_comes_for_their_own_and_has_none_is_told_who_can_help(door: Door) -> None:
    """It may be out of date: the page works all the same."""
    said = to_the_page(door, "rd")
    assert said.startswith("Rosa Diaz has no recovery code")
    assert said.endswith("A manager gives a new password, in Set-up, Staff and shifts: Ines Park.")
    recover = door.gate.cover.recover
    assert offered(door) == [INES, ROSA]
    assert not recover.take.missing
    recover.who.setCurrentText(INES)
    assert recover.no_code.isHidden()
    door.press("Escape")
    assert to_the_page(door, "ip") == ""


def test_where_nobody_has_one_it_says_who_can_help(door: Door) -> None:
    without_code(door)
    assert to_the_page(door).startswith("Nobody here has a recovery code A manager gives a new password")
    assert offered(door) == []
    door.press("Escape")
    assert to_the_page(door, "ip").startswith("Ines Park has no recovery code No other manager can sign in.")


def test_a_code_that_was_made_at_another_desk_a_moment_ago_counts(door: Door) -> None:
    without_code(door)
    door.gate.people.read()
    door.settle()
    ines, code = door.people[INES], new_code()
    own_account.keep_code(door.clinic.store, Actor(ines.id, ines.roles, "other"), NEW, code)
    assert to_the_page(door) == "", "nobody has told this desk of it"
    assert offered(door) == [INES]


def test_what_is_typed_stays_when_others_have_a_code_by_now(door: Door) -> None:
    to_the_page(door)
    recover = door.gate.cover.recover
    recover.who.setCurrentText(INES)
    recover.code.setText("HKWBT")
    without_code(door)
    door.gate.people.read()
    door.settle()
    assert (recover.meant, recover.code.text()) == (door.people[INES].id, "HKWBT")
    assert recover.no_code.accessibleName().startswith("Ines Park has no recovery code")


def test_where_it_cannot_be_read_who_has_one_nobody_is_left_out(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_store: object) -> list[Known]:
        raise EnvironmentFailure("Somebody else is writing.")

    monkeypatch.setattr(core, "accounts", busy)
    assert to_the_page(door) == ""
    assert offered(door) == [INES, ROSA]


# The page that shows one hides.


def test_a_code_that_was_shown_goes_after_the_idle_time_and_counts_for_nothing(bare: Door) -> None:
    for _ in range(2):
        bare.write(PASSWORD[INES])
        bare.press("Return")
    bare.settle()
    cover = bare.gate.cover
    code = cover.code.shown.text()
    assert cover.page is cover.code
    bare.idle(11)
    bare.settle()
    assert cover.page is cover.entry, "the code stands there for whoever comes by"
    assert cover.code.shown.text() == ""
    bare.gate.asking._new._keep(bare.people[INES].id, "", cover.code.box.code or new_code())
    bare.settle()
    assert not has_code(bare)
    bare.press("Alt+C")
    bare.gate.asking._new._recover(bare.people[INES].id, code, NEW)
    bare.settle()
    assert cover.page is cover.recover, "a code that nobody typed back lets somebody in"
    bare.press("Escape")
    comes_in(bare, "ip", PASSWORD[INES])
    assert told(bare)


# Whoever has none is told until one counts.


def test_a_manager_without_a_code_is_told_until_one_was_typed_back(door: Door) -> None:
    with door.clinic.store.write(PROGRAM) as unit:
        second = unit.add(Staff(name="Uma Ray", initials="UR", roles=frozenset({Role.MANAGER})))
        unit.commit()
    ines = door.people[INES]
    manager = Actor(ines.id, ines.roles, "other")
    with_own_password(door.clinic.store, manager, second.id, NEW, settings.desk_name())
    door.desk.renew_setup(read_setup(door.clinic.store))
    door.gate.people.read()
    door.settle()
    comes_in(door, "ur", NEW)
    assert told(door)
    door.press("Ctrl+Shift+F1")
    door.settle()
    door.press("Alt+R")
    door.settle()
    dialog = the_dialog(CodeDialog)
    code = dialog.box.shown.text()
    door.write(code)
    door.press("Return")
    door.enter("not the password")
    assert dialog.isVisible()
    assert told(door)
    door.enter(NEW)
    assert not told(door)
    own_account.recover(door.clinic.store, "front", second.id, code, "granite window lamp")


def test_after_a_time_without_the_server_the_banner_says_what_it_says_then(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the answer to what was asked before comes only then."""
    without_code(door)
    comes_in(door, "ip", NEW)
    door.settle()
    assert told(door)
    outage, real, asked, go_on = door.desk.outage, core.accounts, Event(), Event()
    outage.door = AwayDoor(tmp_path / "kept")

    def slow(store: AccountStore) -> list[Known]:
        known = real(store)
        asked.set()
        assert go_on.wait(20)
        return known

    monkeypatch.setattr(core, "accounts", slow)
    door.gate.people.read()
    door.qtbot.waitUntil(asked.is_set)
    outage.gone(deaf=True)
    assert not told(door)
    ines, code = door.people[INES], new_code()
    own_account.keep_code(door.clinic.store, Actor(ines.id, ines.roles, "other"), NEW, code)
    outage.back()
    assert not told(door), "it is not known yet"
    go_on.set()
    door.settle()
    assert not told(door)


def test_a_new_password_by_another_manager_says_that_the_code_goes_and_they_are_told(door: Door) -> None:
    comes_in(door, "ip", PASSWORD[INES])
    assert not told(door)
    ines = door.people[INES]
    other = Actor(door.people[ROSA].id, frozenset({Role.MANAGER}), "other")
    door.desk.hub.tell(giving_accounts.reset_password(door.clinic.store, other, ines.id, NEW))
    door.settle()
    assert not has_code(door)
    core.choose_password(door.clinic.store, "other", ines.id, NEW, PASSWORD[INES])
    door.settle()
    door.enter(PASSWORD[INES])
    assert not door.gate.shut
    assert told(door)


def test_who_manages_nothing_is_told_of_no_code_and_makes_none(rosa: Door) -> None:
    assert not has_code(rosa, ROSA)
    assert not told(rosa)
    rosa.press("Ctrl+Shift+F1")
    rosa.settle()
    rosa.press("Alt+R")
    assert the_dialog(OwnSecretsDialog).code.isHidden()


def test_somebody_who_was_let_in_to_take_over_and_leaves_it_is_signed_out_on_record(rosa: Door) -> None:
    rosa.window.go("patients")
    rosa.press("Ctrl+N")
    rosa.settle()
    rosa.write("Zoe Half")
    rosa.press("Ctrl+Shift+A")
    rosa.settle()
    rosa.write("ines")
    rosa.enter(PIN[INES])
    assert rosa.gate.cover.page is rosa.gate.cover.take_over
    rosa.press("Return")  # leaves it as it is
    rosa.settle()
    with rosa.clinic.store.read() as records:
        rows = records.rows(
            "SELECT action, person_id FROM audit WHERE kind = 'staff' ORDER BY id DESC LIMIT 2"
        )
    ines = rosa.people[INES].id
    assert [tuple(row) for row in rows] == [(Deed.SIGNED_OUT, ines), (Deed.SIGNED_IN, ines)]
