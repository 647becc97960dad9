"""Whoever leaves a dialog about an account while it saves is told what became of that, and nobody else is."""

from collections.abc import Callable

import pytest

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.security import giving_accounts, own_account
from clinic_desktop.security.second_factor import code_at, step_of
from clinic_desktop.ui.sign_in.code_dialog import CodeDialog
from clinic_desktop.ui.sign_in.factor_pages import FactorDialog
from clinic_desktop.ui.sign_in.own_secrets import OwnSecretsDialog
from clinic_desktop.ui.sign_in.saving_dialog import SavingDialog
from tests.ui.sign_in.conftest import PASSWORD, PIN, Door, Slow
from tests.ui.sign_in.test_gate import account_of_maya

ROSA, INES = "Rosa Diaz", "Ines Park"
NEW = "copper ladder breeze"


def sits_down(door: Door, who: str) -> None:
    door.write({ROSA: "rd", INES: "ip"}[who])
    door.press("Return")
    door.enter(PASSWORD[who])
    assert not door.gate.shut


def shown(door: Door) -> SavingDialog:
    (dialog,) = [one for one in door.window.findChildren(SavingDialog) if one.isVisible()]
    return dialog


def own(door: Door, what: int, new: str) -> OwnSecretsDialog:
    sits_down(door, ROSA)
    door.gate.own()
    dialog = shown(door)
    assert isinstance(dialog, OwnSecretsDialog)
    dialog.what.setCurrentIndex(what)
    for line, words in ((dialog.old, PASSWORD[ROSA]), (dialog.new, new), (dialog.again, new)):
        line.setText(words)
    return dialog


def new_pin(door: Door) -> SavingDialog:
    return own(door, 0, "4182")


def new_password(door: Door) -> SavingDialog:
    return own(door, 1, NEW)


def recovery_code(door: Door) -> SavingDialog:
    sits_down(door, INES)
    door.gate.no_code.make()
    dialog = shown(door)
    assert isinstance(dialog, CodeDialog)
    dialog.typed.setText(dialog.box.shown.text())
    dialog.password.setText(PASSWORD[INES])
    return dialog


def factor(door: Door) -> SavingDialog:
    sits_down(door, ROSA)
    door.gate.own()
    dialog = shown(door)
    assert isinstance(dialog, OwnSecretsDialog)
    dialog.second.click()
    dialog = shown(door)
    assert isinstance(dialog, FactorDialog)
    dialog.password.setText(PASSWORD[ROSA])
    dialog.line.setText(code_at(dialog.box.secret, step_of(door.clinic.clock.now())))
    return dialog


def given(door: Door) -> SavingDialog:
    account_of_maya(door).give.click()
    dialog = shown(door)
    for line in (dialog.new.one, dialog.new.two):  # type: ignore[attr-defined]  # its own
        line.setText("harbor cactus mile")
    return dialog


Opened = Callable[[Door], SavingDialog]
DIALOGS = pytest.mark.parametrize(
    ("opened", "module", "name", "saved", "not_saved"),
    [
        (new_pin, own_account, "set_pin", "The PIN of Rosa Diaz is set.", "The PIN of Rosa Diaz is not set."),
        (
            new_password,
            own_account,
            "set_password",
            "The password of Rosa Diaz is changed.",
            "The password of Rosa Diaz is not changed.",
        ),
        (
            recovery_code,
            own_account,
            "keep_code",
            "The new recovery code of Ines Park counts; no other does.",
            "The new recovery code of Ines Park does not count.",
        ),
        (
            factor,
            own_account,
            "turn_on_factor",
            "The second factor of Rosa Diaz is on.",
            "Rosa Diaz has no second factor.",
        ),
        (
            given,
            giving_accounts,
            "give_account",
            "Maya Jones has an account now, and chooses a password of their own at the first sign-in.",
            "Maya Jones has no account: it could not be given.",
        ),
    ],
    ids=["PIN", "password", "code", "factor", "given"],
)


def told(door: Door) -> list[str]:
    return [one.accessibleName() for one in door.window.notices.notices()]


def takes_and_leaves(door: Door, dialog: SavingDialog, slow: Slow) -> None:
    dialog.take.click()  # type: ignore[attr-defined]  # each has it
    slow.asked(door.qtbot)
    dialog.reject()
    door.qtbot.waitUntil(lambda: not door.window.findChildren(SavingDialog))


@DIALOGS
def test_what_was_saved_after_they_left_is_told(
    door: Door,
    monkeypatch: pytest.MonkeyPatch,
    opened: Opened,
    module: object,
    name: str,
    saved: str,
    not_saved: str,
) -> None:
    slow = Slow(monkeypatch, module, name)
    takes_and_leaves(door, opened(door), slow)
    assert told(door) == []
    slow.answers(door)
    assert told(door) == [saved]
    assert not door.gate.shut, "their own change sends them away"


@DIALOGS
def test_what_could_not_be_saved_after_they_left_is_told_with_the_reason(
    door: Door,
    monkeypatch: pytest.MonkeyPatch,
    opened: Opened,
    module: object,
    name: str,
    saved: str,
    not_saved: str,
) -> None:
    def busy(*_what: object) -> None:
        raise EnvironmentFailure("Somebody else is writing.")

    monkeypatch.setattr(module, name, busy)
    slow = Slow(monkeypatch, module, name)
    takes_and_leaves(door, opened(door), slow)
    slow.answers(door)
    assert told(door) == [f"{not_saved} Somebody else is writing."]


def test_behind_the_lock_nobody_has_left_it(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says itself why not, once it is seen again."""
    dialog = new_pin(door)
    assert isinstance(dialog, OwnSecretsDialog)
    dialog.old.setText("quiet brown hills")
    slow = Slow(monkeypatch, own_account, "set_pin")
    dialog.take.click()
    slow.asked(door.qtbot)
    door.gate.lock()
    slow.answers(door)
    door.enter(PIN[ROSA])
    assert told(door) == []
    assert dialog.isVisible()
    assert dialog.trouble.said.startswith("The password is not right.")


def test_a_password_that_is_changed_once_somebody_else_sits_there_changes_nothing_of_theirs(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch, own_account, "set_password")
    takes_and_leaves(door, new_password(door), slow)
    door.window.activateWindow()
    door.qtbot.waitUntil(door.window.isActiveWindow)
    door.gate.switch()
    door.write("ip")
    door.write(PIN[INES])
    door.press("Return")
    door.qtbot.waitUntil(lambda: not door.gate.shut)
    slow.answers(door)
    assert door.at_work() == door.people[INES].id
    assert not door.gate.shut, "Ines is sent away because Rosa has another password"
    assert told(door) == ["The password of Rosa Diaz is changed."]
