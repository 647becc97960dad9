"""The lock and the quick switch while the server is away: by the password, and never by a PIN."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.security import accounts as core
from clinic_desktop.security import giving_accounts, own_account, second_factor, vault
from clinic_desktop.security.away import AwayDoor
from clinic_desktop.security.outage_key import outage_key
from clinic_desktop.security.recovery_code import new_code
from clinic_desktop.start.opening import opened_copy
from clinic_desktop.storage.kept_copy import copy_day
from clinic_desktop.ui.desk import Desk
from tests.small_clinic import build
from tests.storage.conftest import beside
from tests.ui.outage.cut import Cut
from tests.ui.sign_in.conftest import PASSWORD, PIN, Door, Slow, give_accounts, open_door, shut, staff
from tests.ui.whole_window import settle, whole_window

ROSA, INES = "Rosa Diaz", "Ines Park"


@pytest.fixture
def away(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """Rosa signed in while the server was there; Ines had before. Now it does not answer."""
    monkeypatch.setattr(vault, "COST", {"iterations": 1, "memory_kib": 8})
    clinic = build(tmp_path)
    people = staff(clinic)
    give_accounts(clinic, people)
    line = Cut(clinic.store)
    made = open_door(qtbot, replace(clinic, store=line), people)
    made.desk.outage.keep_in(tmp_path / "kept", outage_key(clinic.store, PROGRAM))
    for name in (INES, ROSA):
        actor = core.sign_in(clinic.store, settings.desk_name(), people[name].id, PASSWORD[name])
        made.desk.outage.door.admit(clinic.store, actor, PASSWORD[name])
    made.write("rd")
    made.press("Return")
    made.enter(PASSWORD[ROSA])
    assert made.at_work() == people[ROSA].id
    line.cut = True
    yield made
    line.cut = False
    shut(made)


@pytest.fixture
def on_a_copy(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The program was started without the server: Rosa came in and goes on on what this computer kept."""
    monkeypatch.setattr(vault, "COST", {"iterations": 1, "memory_kib": 8})
    clinic, folder = build(tmp_path), tmp_path / "kept"
    people = staff(clinic)
    give_accounts(clinic, people)
    key, rosa = outage_key(clinic.store, PROGRAM), people[ROSA]
    door = AwayDoor(folder)
    door.admit(clinic.store, Actor(rosa.id, rosa.roles, settings.desk_name()), PASSWORD[ROSA])
    copy_day(clinic.store, folder, key)
    opened = opened_copy(folder, key)
    desk = Desk(opened.store, Actor(0, frozenset()), clinic.clock, opened.setup)
    window = whole_window(qtbot, desk)
    desk.outage.came_up_away(clinic.clock.now())
    desk.outage.keep_in(folder, key)
    actor, _ = door.enter(rosa.id, PASSWORD[ROSA], settings.desk_name(), clinic.clock.now())
    window.gate.resume(actor, opened.known)
    settle(qtbot)
    made = Door(qtbot, clinic, desk, window, people)
    yield made
    shut(made)
    opened.store.close()


def test_whoever_goes_on_on_a_copy_unlocks_it_as_often_as_it_locks(on_a_copy: Door) -> None:
    for _ in range(3):
        on_a_copy.gate.lock()
        on_a_copy.settle()
        assert on_a_copy.gate.cover.entry.heading.text() == f"Password of {ROSA}"
        on_a_copy.enter(PASSWORD[ROSA])
        assert not on_a_copy.gate.shut


def told(away: Door) -> list[tuple[str, int]]:
    with beside(away.clinic.store.where) as direct:
        rows = direct.run("SELECT action, record_id FROM audit WHERE after LIKE '%meanwhile%' ORDER BY id")
    return [(action, who) for action, who in rows]


def said(away: Door) -> str:
    return away.gate.cover.entry.trouble.said


def test_a_pin_is_refused_in_words_and_the_password_unlocks(away: Door) -> None:
    away.press("Ctrl+F1")
    away.settle()
    away.enter(PIN[ROSA])
    assert away.gate.shut
    assert (
        said(away) == "The server does not answer; use your password. The PIN counts again once it is back."
    )
    assert away.gate.cover.entry.heading.text() == "Password of Rosa Diaz"
    away.enter(PASSWORD[ROSA])
    assert not away.gate.shut
    assert away.desk.actor.roles == away.people[ROSA].roles


def test_what_happened_at_the_door_is_in_the_trail_afterwards(away: Door) -> None:
    rosa = away.people[ROSA].id
    away.desk.outage.gone()
    away.press("Ctrl+F1")
    away.settle()
    away.enter("quiet brown hills")
    assert "not right" in said(away)
    away.enter(PASSWORD[ROSA])
    away.settle()
    assert told(away) == []
    away.clinic.store.cut = False
    away.desk.outage.back()
    away.settle()
    assert told(away) == [("locked", rosa), ("signed in", rosa), ("unlocked", rosa), ("not let in", rosa)]
    assert not (away.desk.outage.door.folder / "kept deeds").exists()


def test_somebody_else_takes_over_with_their_own_roles(away: Door) -> None:
    away.desk.outage.gone()
    away.window.say("Okafor, Amara saved")
    away.gate.switch()
    away.settle()
    away.write("ip")
    away.press("Return")
    away.enter(PASSWORD[INES])
    assert away.at_work() == away.people[INES].id
    assert away.desk.actor.roles == away.people[INES].roles
    assert "Okafor" not in away.window.status_bar.said  # that was Rosa's


def test_too_many_wrong_words_wait_on_this_computer(away: Door) -> None:
    away.desk.outage.gone()
    away.press("Ctrl+F1")
    away.settle()
    for _ in range(3):
        away.enter("quiet brown hills")
    assert said(away).startswith("Try again in 0:15")
    away.enter(PASSWORD[ROSA])
    assert away.gate.shut
    tries = json.loads((away.desk.outage.door.folder / "tries.json").read_text())
    assert tries[str(away.people[ROSA].id)]["failures"] == 3


def test_an_account_that_was_closed_meanwhile_is_sent_away_on_return(away: Door) -> None:
    away.desk.outage.gone()
    ines = away.people[INES]
    manager = replace(away.desk.actor, person_id=ines.id, roles=ines.roles)
    giving_accounts.close_account(away.clinic.store.store, manager, away.people[ROSA].id)
    away.clinic.store.cut = False
    away.desk.outage.back()
    away.settle()
    assert away.gate.shut
    assert [one.name for one in away.desk.outage.door.people()] == [INES]


def test_neither_codes_nor_emergency_access_without_the_server(away: Door) -> None:
    away.desk.outage.gone()
    away.press("Ctrl+F1")
    away.settle()
    away.gate.cover.entry.want_emergency()
    assert away.gate.cover.page is away.gate.cover.entry
    assert said(away).startswith("Not before the server answers again")


@pytest.mark.parametrize("known", [True, False], ids=["before", "meanwhile"])
def test_a_password_that_a_manager_gave_opens_nothing_until_it_is_changed(away: Door, known: bool) -> None:
    """Whether the server went before it was typed, or while another was chosen."""
    line, ines, rosa = away.clinic.store, away.people[INES], away.people[ROSA]
    line.cut = False
    manager = Actor(ines.id, ines.roles, "desk")
    giving_accounts.reset_password(away.clinic.store, manager, rosa.id, "maple bucket lantern")
    away.desk.outage.door.look_again(away.clinic.store)
    away.press("Ctrl+F1")
    away.settle()
    if known:
        line.cut = True
        away.desk.outage.gone()
        away.enter("maple bucket lantern")
        assert said(away).startswith("The server does not answer. A password that a manager gave opens")
    else:
        away.enter("maple bucket lantern")
        page = away.gate.cover.own
        assert away.gate.cover.page is page
        line.cut = True
        page.new.one.setText("orchid pencil river")
        page.new.two.setText("orchid pencil river")
        page.new.two.setFocus()
        away.press("Return")
        away.settle()
        assert page.trouble.said.startswith(
            "The server does not answer. A password that a manager gave opens"
        )
        assert page.take.missing == ()
    assert away.gate.shut


def test_who_signs_in_with_a_second_factor_waits_for_the_server(away: Door) -> None:
    line, rosa = away.clinic.store, away.people[ROSA]
    line.cut = False
    secret = second_factor.new_secret()
    code = second_factor.code_at(secret, second_factor.step_of(away.clinic.clock.now()))
    actor = Actor(rosa.id, rosa.roles, settings.desk_name())
    own_account.turn_on_factor(line, actor, PASSWORD[ROSA], secret, code)
    away.desk.outage.door.look_again(line)
    away.desk.outage.door.admit(line, actor, PASSWORD[ROSA])
    assert rosa.id not in [one.staff_id for one in away.desk.outage.door.people()]
    away.press("Ctrl+F1")
    away.settle()
    line.cut = True
    away.desk.outage.gone()
    away.enter(PASSWORD[ROSA])
    assert away.gate.shut
    assert said(away).startswith("The server does not answer. Nobody who signs in with a second factor")


def test_who_came_in_by_a_password_that_was_changed_meanwhile_is_sent_away_once_the_server_is_back(
    away: Door,
) -> None:
    away.desk.outage.gone()
    away.gate.lock()
    away.settle()
    away.enter(PASSWORD[ROSA])
    assert not away.gate.shut
    away.clinic.store.cut = False
    rosa = away.people[ROSA]
    elsewhere = Actor(rosa.id, rosa.roles, "other")
    own_account.set_password(away.clinic.store, elsewhere, PASSWORD[ROSA], "copper ladder breeze")
    away.desk.outage.back()
    away.settle()
    assert away.gate.shut
    assert away.gate.cover.why.startswith("The password of this account was changed.")


def test_what_is_half_typed_stays_and_nobody_takes_over_before_it_is_finished(away: Door) -> None:
    """A fresh window could show nothing, and what Rosa typed would be gone."""
    away.window.go("patients")
    away.press("Ctrl+N")
    away.settle()
    away.write("Zoe Half")
    typed = away.focus
    away.desk.outage.gone()
    away.gate.lock()
    away.settle()
    away.press("Ctrl+Shift+A")
    away.write("ip")
    away.press("Return")
    away.enter(PASSWORD[INES])
    assert away.gate.shut
    assert away.gate.cover.page is away.gate.cover.entry
    assert said(away).startswith("Rosa Diaz was typing something")
    assert "Zoe" not in said(away)
    assert away.at_work() == away.people[ROSA].id
    away.press("Ctrl+Shift+A")
    away.settle()
    away.write("rd")
    away.press("Return")
    away.enter(PASSWORD[ROSA])
    assert not away.gate.shut
    assert typed.text() == "Zoe Half"


def signs_in(away: Door, monkeypatch: pytest.MonkeyPatch, secret: str, name: str = "sign_in") -> Slow:
    """The server is there, and does not answer what is asked now."""
    away.clinic.store.cut = False
    away.press("Ctrl+F1")
    away.settle()
    slow = Slow(monkeypatch, core, name)
    away.write(secret)
    away.press("Return")
    slow.asked(away.qtbot)
    return slow


def test_a_password_typed_when_the_server_goes_is_tried_at_this_computers_door(
    away: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = signs_in(away, monkeypatch, PASSWORD[ROSA])
    away.desk.outage.gone(deaf=True)
    away.qtbot.waitUntil(lambda: not away.gate.shut)
    came: list[object] = []
    away.gate.let_in.connect(came.append)
    slow.answers(away)
    assert came == [], "the answer of the server lets them in once more"
    assert away.at_work() == away.people[ROSA].id


def test_it_is_tried_there_once(away: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = signs_in(away, monkeypatch, "quiet brown hills")
    away.desk.outage.gone(deaf=True)
    away.qtbot.waitUntil(lambda: "not right" in said(away))
    away.desk.outage.changed.emit()  # another entry is kept
    slow.answers(away)
    assert "not right" in said(away)
    tries = json.loads((away.desk.outage.door.folder / "tries.json").read_text())
    assert tries[str(away.people[ROSA].id)]["failures"] == 1
    away.enter(PASSWORD[ROSA])
    assert not away.gate.shut


@pytest.mark.parametrize("key", ["Ctrl+Shift+A", "Ctrl+F1"])
def test_it_is_not_tried_there_for_whoever_stands_there_after_them(
    away: Door, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    slow = signs_in(away, monkeypatch, PASSWORD[ROSA])
    away.press(key)
    away.desk.outage.gone(deaf=True)
    slow.answers(away)
    assert away.gate.shut


def test_a_late_answer_lets_nobody_in_whom_the_door_refused(
    away: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rosa's PIN counts nothing here; then a wrong password is tried."""
    slow = signs_in(away, monkeypatch, PIN[ROSA], "switch")
    away.desk.outage.gone(deaf=True)
    assert said(away).startswith("The server does not answer; use your password.")
    away.write("quiet brown hills")
    away.press("Return")
    away.qtbot.waitUntil(lambda: "not right" in said(away))
    slow.answers(away)
    assert away.gate.shut, "the PIN of before opens it"


def test_a_recovery_that_the_server_leaves_unanswered_says_so_and_ends_as_it_ended_there(
    away: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    away.clinic.store.cut = False
    ines, code = away.people[INES], new_code()
    own_account.keep_code(away.clinic.store, Actor(ines.id, ines.roles, "desk"), PASSWORD[INES], code)
    away.press("Ctrl+F1")
    away.settle()
    slow, recover = Slow(monkeypatch, own_account, "recover"), away.gate.cover.recover
    away.press("Alt+C")
    recover.wanted.emit(ines.id, code.grouped, "copper ladder breeze")
    slow.asked(away.qtbot)
    away.desk.outage.gone(deaf=True)
    assert recover.trouble.said.startswith("The server does not answer any more")
    assert recover.take.missing == ("One moment.",)
    slow.answers(away)
    assert away.gate.cover.page is away.gate.cover.code
