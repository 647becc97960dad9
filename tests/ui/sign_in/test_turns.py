"""An answer at the lock is for whoever asked, and for nobody who stands there after them."""

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.security import accounts as core
from clinic_desktop.security import giving_accounts, own_account
from clinic_desktop.security.recovery_code import new_code
from tests.ui.sign_in.conftest import PASSWORD, PIN, Door, Slow

ROSA, INES = "Rosa Diaz", "Ines Park"
NEW = "copper ladder breeze"


def test_whoever_left_the_lock_before_the_answer_opens_no_empty_desk(
    rosa: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    rosa.press("Ctrl+F1")
    rosa.settle()
    slow = Slow(monkeypatch, core, "switch")
    rosa.write(PIN[ROSA])
    rosa.press("Return")
    rosa.clinic.clock.forward(30)
    rosa.gate.idle.look()
    slow.answers(rosa)
    assert rosa.gate.shut
    rosa.write(PIN[ROSA])
    rosa.press("Return")
    rosa.settle()
    assert not rosa.gate.shut, "and the next try opens it"


@pytest.mark.parametrize("key", ["Ctrl+Shift+A", "Alt+C", "Alt+E"])
def test_whoever_begins_meanwhile_is_not_let_in_as_the_one_before(
    rosa: Door, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    rosa.press("Ctrl+F1")
    rosa.settle()
    slow = Slow(monkeypatch, core, "switch")
    rosa.write(PIN[ROSA])
    rosa.press("Return")
    rosa.press(key)
    focus = rosa.focus
    slow.answers(rosa)
    assert rosa.gate.shut
    assert rosa.focus is focus


def test_a_refusal_that_comes_late_takes_nobodys_focus(rosa: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    rosa.press("Ctrl+F1")
    rosa.settle()
    slow = Slow(monkeypatch, core, "switch")
    rosa.write("975319")
    rosa.press("Return")
    rosa.press("Alt+E")
    cover = rosa.gate.cover
    cover.emergency.reason.setFocus()
    slow.answers(rosa)
    assert rosa.focus is cover.emergency.reason


def with_code(door: Door) -> str:
    ines, code = door.people[INES], new_code()
    own_account.keep_code(door.clinic.store, Actor(ines.id, ines.roles, "desk"), PASSWORD[INES], code)
    return code.grouped


def test_the_next_person_at_the_recovery_page_gets_nobodys_code(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, cover = with_code(door), door.gate.cover
    slow = Slow(monkeypatch, own_account, "recover")
    door.press("Alt+C")
    cover.recover.wanted.emit(door.people[INES].id, code, NEW)
    door.press("Escape")
    door.press("Alt+C")  # somebody else
    slow.answers(door)
    assert cover.page is cover.recover
    assert not cover.code.shown.text()
    assert "The new password of Ines Park is set." in cover.why


def test_a_recovery_that_is_refused_after_it_was_left_says_and_focuses_nothing(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    cover = door.gate.cover
    slow = Slow(monkeypatch, own_account, "recover")
    door.press("Alt+C")
    cover.recover.wanted.emit(door.people[INES].id, new_code().grouped, NEW)
    door.press("Escape")
    focus = door.focus
    slow.answers(door)
    assert door.focus is focus
    door.press("Alt+C")
    assert not cover.recover.trouble.said


def test_a_recovery_while_a_sign_in_is_looked_at_says_so(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    cover = door.gate.cover
    slow = Slow(monkeypatch, core, "sign_in")
    door.write("rd")
    door.press("Return")
    door.write(PASSWORD[ROSA])
    door.press("Return")
    door.press("Alt+C")
    cover.recover.wanted.emit(door.people[INES].id, new_code().grouped, NEW)
    assert "still being looked at" in cover.recover.trouble.said
    assert not cover.recover.take.missing
    slow.answers(door)
    assert door.gate.shut
    assert cover.page is cover.recover


@pytest.mark.parametrize("back", [False, True], ids=["locked", "somebody is at work"])
def test_a_password_of_ones_own_that_is_set_after_they_left_is_told(
    rosa: Door, monkeypatch: pytest.MonkeyPatch, back: bool
) -> None:
    given, ines, cover = "maple bucket lantern", rosa.people[INES], rosa.gate.cover
    giving_accounts.reset_password(
        rosa.clinic.store, Actor(rosa.people[ROSA].id, frozenset({Role.MANAGER}), "other"), ines.id, given
    )
    rosa.press("Ctrl+F1")
    rosa.settle()
    rosa.press("Ctrl+Shift+A")
    rosa.write("ip")
    rosa.press("Return")
    rosa.enter(given)
    assert cover.page is cover.own
    slow = Slow(monkeypatch, core, "choose_password")
    cover.own.wanted.emit(ines.id, given, NEW)
    slow.asked(rosa.qtbot)
    rosa.press("Escape")
    if back:
        rosa.gate._go_on(rosa.desk.actor)
    slow.answers(rosa)
    said = "The new password of Ines Park is set."
    notices = [one.accessibleName() for one in rosa.window.notices.notices()]
    assert (cover.why == said, notices) == (not back, [said] if back else [])
    assert rosa.gate.shut is not back
