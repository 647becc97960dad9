"""Whoever leaves a page of the locked screen half way is not let in later, nor is anybody who finds it."""

from collections.abc import Callable
from threading import Event

import pytest

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security import accounts as core
from clinic_desktop.security import emergency_access, giving_accounts, own_account
from clinic_desktop.security.ports import AccountStore
from clinic_desktop.security.recovery_code import new_code
from clinic_desktop.ui import operations
from clinic_desktop.ui.sign_in import renewing
from clinic_desktop.ui.sign_in.own_secrets import OwnSecretsDialog
from clinic_desktop.ui.viewed import viewed
from tests.ui.sign_in.conftest import PASSWORD, PIN, Door

ROSA, INES = "Rosa Diaz", "Ines Park"
ACCOUNTS = Changes(1, kinds=frozenset({"account"}))


def test_who_was_about_to_change_places_and_left_does_not_come_back_by_escape(rosa: Door) -> None:
    rosa.press("Ctrl+Shift+A")
    rosa.settle()
    rosa.idle(30)
    rosa.settle()
    rosa.press("Escape")
    rosa.settle()
    assert rosa.gate.shut, "half an hour later anybody comes in by Esc"
    assert rosa.gate.cover.why.startswith("Locked at ")
    rosa.enter(PIN[ROSA])
    assert not rosa.gate.shut
    with rosa.clinic.store.read() as records:
        rows = records.rows("SELECT action FROM audit WHERE kind = 'staff' ORDER BY id DESC LIMIT 3")
    assert [row[0] for row in rows] == [Deed.UNLOCKED, Deed.SIGNED_IN, Deed.LOCKED]


def test_who_was_about_to_change_places_locks_by_hand(rosa: Door) -> None:
    rosa.press("Ctrl+Shift+A")
    rosa.settle()
    rosa.press("Ctrl+F1")
    rosa.settle()
    rosa.press("Escape")
    assert rosa.gate.shut, "a screen that was locked by hand opens by Esc"
    assert rosa.gate.cover.why.startswith("Locked at ")
    rosa.press("Ctrl+F1")  # locked already: said once
    rosa.enter(PIN[ROSA])
    assert not rosa.gate.shut


def test_an_account_that_was_closed_meanwhile_does_not_come_back_by_escape(rosa: Door) -> None:
    rosa.press("Ctrl+Shift+A")
    rosa.settle()
    ines = rosa.people[INES]
    manager = Actor(ines.id, ines.roles, "other")
    changes = giving_accounts.close_account(rosa.clinic.store, manager, rosa.people[ROSA].id)
    rosa.desk.hub.tell(changes)
    rosa.settle()
    assert rosa.gate.cover.entry.back.isHidden(), "somebody whose account is closed is offered to stay"
    rosa.press("Escape")
    assert rosa.gate.shut


def test_emergency_access_that_ended_does_not_come_back_by_escape(door: Door) -> None:
    door.gate.asking._emergency(door.people[ROSA].id, "fire")
    door.settle()
    assert not door.gate.shut
    door.press("Ctrl+Shift+A")
    door.settle()
    door.gate.emergency.end()
    door.settle()
    door.press("Escape")
    door.settle()
    assert door.gate.shut


def test_who_did_not_say_whether_to_close_anothers_work_is_asked_again(rosa: Door) -> None:
    rosa.window.go("patients")
    rosa.press("Ctrl+N")
    rosa.settle()
    rosa.write("Zoe Half")
    rosa.gate.lock()
    rosa.settle()
    rosa.press("Ctrl+Shift+A")
    rosa.write("ines")
    rosa.enter(PIN[INES])
    assert rosa.gate.cover.page is rosa.gate.cover.take_over
    rosa.idle(30)
    rosa.settle()
    rosa.press("Ctrl+Return")
    rosa.settle()
    assert rosa.gate.shut, "half an hour later anybody goes on as Ines"
    assert rosa.at_work() == rosa.people[ROSA].id


def test_whose_password_a_manager_replaced_is_asked_for_the_new_one_at_once(rosa: Door) -> None:
    """Whoever sits there with the password of before may not be who it belongs to. Nothing typed is lost."""
    rosa.window.go("patients")
    rosa.press("Ctrl+N")
    rosa.settle()
    rosa.write("Zoe Half")
    typed = rosa.focus
    ines, one = rosa.people[INES], rosa.people[ROSA]
    manager = Actor(ines.id, ines.roles, "other")
    changes = giving_accounts.reset_password(rosa.clinic.store, manager, one.id, "maple bucket lantern")
    rosa.desk.hub.tell(changes)
    rosa.settle()
    assert rosa.gate.shut
    assert rosa.gate.cover.why.startswith("A manager gave")
    rosa.enter("maple bucket lantern")
    own = rosa.gate.cover.own
    assert rosa.gate.cover.page is own
    rosa.gate.asking._choose_own(one.id, "maple bucket lantern", "copper ladder breeze")
    rosa.settle()
    assert not rosa.gate.shut
    assert typed.text() == "Zoe Half"


def changed_elsewhere(door: Door, who: str, password: str = "", new: str = "copper ladder breeze") -> None:
    """Another desk's; this one has not heard of it yet."""
    elsewhere = Actor(door.people[who].id, door.people[who].roles, "other")
    own_account.set_password(door.clinic.store, elsewhere, password or PASSWORD[who], new)


def heard(door: Door) -> None:
    door.desk.hub.tell(ACCOUNTS)
    door.settle()


def own_dialog(door: Door) -> OwnSecretsDialog:
    door.gate.own()
    (dialog,) = door.window.findChildren(OwnSecretsDialog)
    dialog.what.setCurrentIndex(1)
    return dialog


def types(dialog: OwnSecretsDialog, old: str, new: str) -> None:
    for line, words in ((dialog.old, old), (dialog.new, new), (dialog.again, new)):
        line.setText(words)


def test_whose_password_was_changed_elsewhere_is_asked_for_the_new_one(rosa: Door) -> None:
    """Whoever changes it may do so because somebody who knew it sits here. The PIN is not enough."""
    changed_elsewhere(rosa, ROSA)
    heard(rosa)
    assert rosa.gate.shut
    assert rosa.gate.cover.why.startswith("The password of this account was changed.")
    for old in (PIN[ROSA], PASSWORD[ROSA]):
        rosa.enter(old)
        assert rosa.gate.shut, "what held before opens still"
    rosa.enter("copper ladder breeze")
    assert not rosa.gate.shut


def test_who_changes_their_password_here_goes_on_here(rosa: Door) -> None:
    dialog = own_dialog(rosa)
    types(dialog, PASSWORD[ROSA], "copper ladder breeze")
    dialog.take.click()
    rosa.wait(lambda: not rosa.window.findChildren(OwnSecretsDialog))
    heard(rosa)
    assert not rosa.gate.shut
    changed_elsewhere(rosa, ROSA, "copper ladder breeze", "willow paper drum")
    heard(rosa)
    assert rosa.gate.shut


def test_news_that_comes_while_they_change_it_here_does_not_send_them_away(
    rosa: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_password, written, go = own_account.set_password, Event(), Event()

    def slow(store: AccountStore, actor: Actor, old: str, new: str) -> Actor:
        changed = set_password(store, actor, old, new)
        written.set()
        assert go.wait(10)
        return changed

    monkeypatch.setattr(own_account, "set_password", slow)
    dialog = own_dialog(rosa)
    types(dialog, PASSWORD[ROSA], "copper ladder breeze")
    dialog.take.click()
    assert written.wait(10)
    rosa.desk.hub.tell(ACCOUNTS)
    rosa.qtbot.waitUntil(lambda: operations.running_count() == 1)  # nothing but the change is on its way
    go.set()
    rosa.settle()
    assert not rosa.gate.shut
    assert rosa.window.findChildren(OwnSecretsDialog) == []


def by_recovery_code(door: Door, who: str) -> None:
    one = door.people[who]
    elsewhere = Actor(one.id, one.roles, "other")
    code = new_code()
    own_account.keep_code(door.clinic.store, elsewhere, PASSWORD[who], code)
    own_account.recover(door.clinic.store, "other", one.id, code.grouped, "copper ladder breeze")


@pytest.mark.parametrize("change", [changed_elsewhere, by_recovery_code])
def test_ones_own_account_open_here_keeps_nobody_in(
    door: Door, change: Callable[[Door, str], object]
) -> None:
    """Also after a wrong try to change it here."""
    door.write("ip")
    door.press("Return")
    door.enter(PASSWORD[INES])
    dialog = own_dialog(door)
    types(dialog, "not the password", "willow paper drum")
    dialog.take.click()
    door.settle()
    assert dialog.isVisible()
    change(door, INES)
    heard(door)
    assert door.gate.shut
    door.enter("copper ladder breeze")
    assert not door.gate.shut


def test_what_is_heard_after_ones_own_account_was_closed_counts_too(rosa: Door) -> None:
    dialog = own_dialog(rosa)
    changed_elsewhere(rosa, ROSA)
    dialog.reject()
    rosa.settle()
    assert rosa.gate.shut, "the password of the other one is taken for theirs"


def test_a_password_that_is_changed_while_the_pin_is_looked_at_is_not_taken_for_theirs(
    rosa: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch = core.switch

    def overtaken(store: AccountStore, desk: str, staff_id: int, pin: str) -> Actor:
        let_in = switch(store, desk, staff_id, pin)
        changed_elsewhere(rosa, INES)
        return let_in

    monkeypatch.setattr(core, "switch", overtaken)
    by_pin_of_ines(rosa)
    rosa.settle()
    assert rosa.gate.shut


def test_who_is_asked_whether_to_close_anothers_work_comes_in_by_no_password_of_before(rosa: Door) -> None:
    rosa.window.go("patients")
    rosa.press("Ctrl+N")
    rosa.settle()
    rosa.write("Zoe Half")
    typed = rosa.focus
    rosa.gate.lock()
    rosa.settle()
    by_pin_of_ines(rosa)
    rosa.settle()
    assert rosa.gate.cover.page is rosa.gate.cover.take_over
    changed_elsewhere(rosa, INES)
    rosa.press("Ctrl+Return")
    rosa.settle()
    assert rosa.gate.shut
    assert rosa.at_work() == rosa.people[ROSA].id
    assert rosa.gate.cover.why == (
        "Ines Park: The password of this account was changed. The new one opens this computer."
    )
    with rosa.clinic.store.read() as records:
        rows = records.rows(
            "SELECT action, person_id FROM audit WHERE kind = 'staff' ORDER BY id DESC LIMIT 1"
        )
    assert [tuple(row) for row in rows] == [(Deed.SIGNED_OUT, rosa.people[INES].id)]
    assert rosa.gate.cover.entry.heading.text() == "Password of Ines Park"
    rosa.enter(PIN[INES])
    assert rosa.gate.shut
    rosa.press("Ctrl+Shift+A")
    rosa.write("rd")
    rosa.press("Return")
    rosa.enter(PIN[ROSA])
    assert not rosa.gate.shut
    assert typed.text() == "Zoe Half"


def test_a_change_that_comes_while_the_one_before_is_looked_at_is_not_missed(rosa: Door) -> None:
    rosa.gate.renewing.renew()
    operations.wait_for_all()  # it has read, and its answer was not delivered yet
    ines = rosa.people[INES]
    manager = Actor(ines.id, ines.roles, "other")
    rosa.desk.hub.tell(giving_accounts.close_account(rosa.clinic.store, manager, rosa.people[ROSA].id))
    rosa.settle()
    assert rosa.gate.shut, "somebody whose account is closed goes on"


def test_where_it_could_not_be_read_whether_somebody_may_stay_it_is_read_again(
    rosa: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewing, "_AGAIN_MS", 20)
    busy, renewed = [EnvironmentFailure("Somebody else is writing.")], core.renewed

    def asked(store: AccountStore, actor: Actor) -> Actor:
        if busy:
            raise busy.pop()
        return renewed(store, actor)

    monkeypatch.setattr(core, "renewed", asked)
    ines = rosa.people[INES]
    manager = Actor(ines.id, ines.roles, "other")
    rosa.desk.hub.tell(giving_accounts.close_account(rosa.clinic.store, manager, rosa.people[ROSA].id))
    rosa.wait(lambda: rosa.gate.shut)


def test_emergency_access_in_ones_own_name_opens_nothing_that_a_password_had_opened(door: Door) -> None:
    """Whoever chooses the name of somebody who locked sees the floor, and not what was open there."""
    door.write("ip")
    door.press("Return")
    door.enter(PASSWORD[INES])
    door.window.go("audit")
    door.settle()
    assert door.window.current == "audit"
    door.press("Ctrl+F1")
    door.settle()
    door.gate.asking._emergency(door.people[INES].id, "fire")
    door.settle()
    assert door.desk.actor.until is not None
    assert not door.gate.shut
    assert door.window.current != "audit"


def test_a_view_in_emergency_access_is_another_than_that_of_whoever_signed_in(rosa: Door) -> None:
    """Anybody can choose the name of somebody who looked at the same patient just before."""
    amara = rosa.clinic.amara.id
    viewed(rosa.desk).saw(amara, "page")
    rosa.settle()
    rosa.gate.lock()
    rosa.settle()
    rosa.gate.asking._emergency(rosa.people[ROSA].id, "fire")
    rosa.settle()
    for _twice in range(2):
        viewed(rosa.desk).saw(amara, "page")
        rosa.settle()
    with rosa.clinic.store.read() as records:
        rows = records.rows("SELECT roles, record_id FROM audit WHERE action = 'viewed' ORDER BY id")
    assert [tuple(row) for row in rows] == [("receptionist", amara), ("", amara)]


def test_emergency_access_in_ones_own_name_closes_what_was_half_typed_only_once_that_was_said(
    rosa: Door,
) -> None:
    OwnSecretsDialog.ask(rosa.window, rosa.desk, rosa.window, lambda: None, factor=False)
    rosa.settle()
    rosa.gate.lock()
    rosa.settle()
    rosa.gate.asking._emergency(rosa.people[ROSA].id, "fire")
    rosa.settle()
    assert rosa.gate.cover.page is rosa.gate.cover.take_over
    rosa.press("Escape")
    rosa.settle()
    rosa.enter(PIN[ROSA])
    assert not rosa.gate.shut
    assert any(one.isVisible() for one in rosa.window.findChildren(OwnSecretsDialog))


class Slow:
    """Signing in by the PIN is answered once ``answer`` says so, as by a server far away."""

    def __init__(self, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
        self._door, self._go = door, Event()
        switch = core.switch

        def slow(store: AccountStore, desk: str, staff_id: int, pin: str) -> Actor:
            assert self._go.wait(10)
            return switch(store, desk, staff_id, pin)

        monkeypatch.setattr(core, "switch", slow)

    def answer(self) -> None:
        self._go.set()
        self._door.settle()


def by_pin_of_ines(rosa: Door) -> None:
    rosa.press("Ctrl+Shift+A")
    rosa.settle()
    rosa.write("ip")
    rosa.write(PIN[INES])
    rosa.press("Return")


def test_an_answer_that_comes_after_escape_lets_nobody_in(
    rosa: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what she enters next would be recorded as another's."""
    slow = Slow(rosa, monkeypatch)
    by_pin_of_ines(rosa)
    rosa.press("Escape")
    assert not rosa.gate.shut
    slow.answer()
    assert rosa.at_work() == rosa.people[ROSA].id, "another is at work, and nobody was told"
    assert not rosa.gate.shut
    with rosa.clinic.store.read() as records:
        rows = records.rows(
            "SELECT action, person_id FROM audit WHERE kind = 'staff' ORDER BY id DESC LIMIT 2"
        )
    assert [tuple(row) for row in rows] == [
        (Deed.SIGNED_OUT, rosa.people[INES].id),
        (Deed.SIGNED_IN, rosa.people[INES].id),
    ]


def test_a_word_that_is_looked_at_for_long_says_so(rosa: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(rosa, monkeypatch)
    entry = rosa.gate.cover.entry
    entry._long.setInterval(1)
    by_pin_of_ines(rosa)
    rosa.qtbot.waitUntil(lambda: entry._hint.text() == "Not answered yet ...")
    rosa.press("Escape")
    rosa.press("Ctrl+Shift+A")
    assert entry._hint.text() != "Not answered yet ..."
    slow.answer()


def test_an_answer_that_comes_after_the_lock_opens_nothing_and_the_next_pin_does(
    rosa: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(rosa, monkeypatch)
    by_pin_of_ines(rosa)
    rosa.press("Ctrl+F1")
    rosa.write(PIN[ROSA])
    rosa.press("Return")
    said = rosa.gate.cover.entry.trouble.said
    assert said == "What was typed before is still being looked at. Try again in a moment."
    slow.answer()
    assert rosa.gate.shut, "a screen that was locked by hand opens"
    rosa.enter(PIN[ROSA])
    assert not rosa.gate.shut
    assert rosa.at_work() == rosa.people[ROSA].id


def test_emergency_access_that_was_left_by_escape_is_given_to_nobody(
    rosa: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    emergency, go = emergency_access.emergency, Event()

    def slow(store: AccountStore, desk: str, staff_id: int, reason: str) -> Actor:
        assert go.wait(10)
        return emergency(store, desk, staff_id, reason)

    monkeypatch.setattr(emergency_access, "emergency", slow)
    rosa.press("Ctrl+F1")
    rosa.settle()
    rosa.press("Alt+E")
    rosa.gate.cover.emergency.wanted.emit(rosa.people[INES].id, "fire")
    rosa.press("Escape")
    assert rosa.gate.cover.page is rosa.gate.cover.entry
    go.set()
    rosa.settle()
    assert rosa.gate.shut
    assert rosa.at_work() == rosa.people[ROSA].id
