"""The program itself: a clinic with accounts is opened, and another person goes on in a fresh window."""

import threading
import time
import weakref

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from clinic_desktop.app import Program
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import EnvironmentFailure, ServerAway
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security import own_account
from clinic_desktop.start.opening import Opened, opened_store
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.treatment.kept_entries import Outcome, Returned, kept_entry
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.ui import operations
from clinic_desktop.ui import viewed as views
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.settings_store import LAST_PERSON
from clinic_desktop.ui.window import Window
from tests.ui.sign_in.conftest import PASSWORD, PIN, calm, signed, typed


def test_what_was_half_typed_is_gone_before_another_person_goes_on(qtbot: QtBot, program: Program) -> None:
    first = program.window
    assert first is not None
    assert first.gate.shut
    began = time.perf_counter()
    typed(qtbot, first, "rd", PASSWORD["Rosa Diaz"])
    assert not first.gate.shut
    assert time.perf_counter() - began < 5
    first.go("patients")
    first.place("patients").new_patient("Zoe Half")
    calm(qtbot)
    line = next(one for one in first.findChildren(QLineEdit) if one.text() == "Zoe Half" or one.hasFocus())
    qtbot.keyClicks(line, " typed")
    first.act_as()
    calm(qtbot)
    typed(qtbot, first, "ip", PIN["Ines Park"])
    assert first.gate.cover.page is first.gate.cover.take_over
    qtbot.keyClick(first.gate.cover.take_over.take, Qt.Key.Key_Return)
    calm(qtbot)
    second = program.window
    assert second is not None
    assert second is not first
    assert second.isVisible()
    assert second.current == "board"  # where the program begins, and not where Rosa Diaz was
    assert not second.gate.shut
    assert second.top_bar.person.accessibleName() == "At work: Ines Park"
    assert program._preferences.get(LAST_PERSON) == second.desk.actor.person_id
    words = [one.text() for one in second.findChildren(QLineEdit)]
    assert not [one for one in words if "Zoe" in one or "typed" in one]
    QApplication.sendPostedEvents()
    assert [one for one in QApplication.topLevelWidgets() if isinstance(one, Window) and one.isVisible()] == [
        second
    ]


def test_a_hand_over_that_fails_is_said_and_whoever_was_at_work_loses_nothing(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = program.window
    assert first is not None
    typed(qtbot, first, "rd", PASSWORD["Rosa Diaz"])
    asked = QuestionDialog.ask(first, "Is Amara Okafor here?", "", "Yes", lambda: None)
    first.gate.switch()
    monkeypatch.setattr(first.gate, "_begun", lambda _held: True)
    calm(qtbot)
    typed(qtbot, first, "ip", PIN["Ines Park"])
    cover = first.gate.cover
    assert cover.page is cover.take_over

    def away(_store: SqlStore) -> Opened:
        raise ServerAway("The clinic's database does not answer.")

    rosa, ines = (one.id for one in first.desk.setup.staff if one.name in PASSWORD)
    with monkeypatch.context() as patch:
        patch.setattr("clinic_desktop.app.opened_store", away)
        qtbot.keyClick(cover.take_over.take, Qt.Key.Key_Return)
        cover.take_over.left.emit()  # Esc, while it is under way
        assert cover.page is cover.take_over
        calm(qtbot)
    assert program.window is first
    assert first.gate.shut
    assert cover.page is cover.entry
    assert cover.entry.trouble.said == "The clinic's database does not answer."
    assert signed(program)[0] == (Deed.SIGNED_OUT, ines), (
        "Rosa Diaz was not signed out, and Ines Park is not in"
    )
    typed(qtbot, first, "rd", PIN["Rosa Diaz"])
    assert not first.gate.shut
    assert first.desk.actor.person_id == rosa
    assert asked.isVisible(), "what she had open is closed"
    first.gate.switch()
    calm(qtbot)
    typed(qtbot, first, "ip", PIN["Ines Park"])
    qtbot.keyClick(cover.take_over.take, Qt.Key.Key_Return)
    calm(qtbot)
    second = program.window
    assert second is not None
    assert second is not first
    assert second.desk.actor.person_id == ines
    assert signed(program)[0] == (Deed.SIGNED_OUT, rosa)


def test_a_password_changed_while_the_fresh_window_opens_lets_nobody_in_by_the_one_before(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = program.window
    assert first is not None
    typed(qtbot, first, "rd", PASSWORD["Rosa Diaz"])
    first.gate.switch()
    monkeypatch.setattr(first.gate, "_begun", lambda _held: True)
    calm(qtbot)
    typed(qtbot, first, "ip", PIN["Ines Park"])
    ines = next(one for one in first.desk.setup.staff if one.name == "Ines Park")

    def meanwhile(store: SqlStore) -> Opened:
        elsewhere = Actor(ines.id, ines.roles, "other")
        own_account.set_password(store, elsewhere, PASSWORD["Ines Park"], "copper ladder breeze")
        return opened_store(store)

    monkeypatch.setattr("clinic_desktop.app.opened_store", meanwhile)
    qtbot.keyClick(first.gate.cover.take_over.take, Qt.Key.Key_Return)
    calm(qtbot)
    second = program.window
    assert second is not None
    assert second is not first
    assert second.desk.actor.person_id == ines.id
    assert second.gate.shut


@pytest.mark.parametrize("way", ["locked by hand", "nobody touches anything"])
def test_who_leaves_while_the_fresh_window_opens_finds_it_locked(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    first, going, on = program.window, threading.Event(), threading.Event()
    assert first is not None
    typed(qtbot, first, "rd", PASSWORD["Rosa Diaz"])
    first.gate.switch()
    monkeypatch.setattr(first.gate, "_begun", lambda _held: True)
    calm(qtbot)
    typed(qtbot, first, "ip", PIN["Ines Park"])

    def slow(store: SqlStore) -> Opened:
        going.set()
        on.wait(30)
        return opened_store(store)

    monkeypatch.setattr("clinic_desktop.app.opened_store", slow)
    cover = first.gate.cover
    qtbot.keyClick(cover.take_over.take, Qt.Key.Key_Return)
    qtbot.waitUntil(going.is_set)
    if way == "locked by hand":
        qtbot.keyClick(cover.take_over.take, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    else:
        first.gate.idle.expired.emit()
    assert cover.page is cover.take_over, "the way back is shown, and there is none"
    on.set()
    qtbot.waitUntil(lambda: program.window is not first)
    calm(qtbot)
    second = program.window
    assert second is not None
    assert second.desk.actor.person_id == next(
        one.id for one in second.desk.setup.staff if one.name == "Ines Park"
    )
    assert second.gate.shut, "whoever finds the place works under her name"
    assert not second.body.isVisible()
    assert second.gate.cover.why.startswith("Locked at ")
    typed(qtbot, second, "ip", PIN["Ines Park"])
    assert not second.gate.shut


def test_who_left_while_a_hand_over_failed_is_not_locked_out_of_the_next(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, going, on = program.window, threading.Event(), threading.Event()
    assert first is not None
    typed(qtbot, first, "rd", PASSWORD["Rosa Diaz"])
    first.gate.switch()
    monkeypatch.setattr(first.gate, "_begun", lambda _held: True)
    calm(qtbot)
    typed(qtbot, first, "ip", PIN["Ines Park"])

    def away(_store: SqlStore) -> Opened:
        going.set()
        on.wait(30)
        raise ServerAway("The clinic's database does not answer.")

    with monkeypatch.context() as patch:
        patch.setattr("clinic_desktop.app.opened_store", away)
        qtbot.keyClick(first.gate.cover.take_over.take, Qt.Key.Key_Return)
        qtbot.waitUntil(going.is_set)
        first.gate.lock()
        on.set()
        calm(qtbot)
    assert program.window is first
    assert first.gate.shut
    typed(qtbot, first, "ip", PIN["Ines Park"])
    qtbot.keyClick(first.gate.cover.take_over.take, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not first)
    calm(qtbot)
    second = program.window
    assert second is not None
    assert not second.gate.shut


def test_the_window_before_leaves_nothing_once_nobody_is_at_the_keys(qtbot: QtBot, program: Program) -> None:
    """Windows are set aside from collecting: without this each hand-over would cost its memory for good."""
    first = program.window
    assert first is not None
    people, before = live_directory(first.desk), weakref.ref(first)
    assert len(people.directory) > 0
    program._hand_over(first.desk.actor)
    calm(qtbot)
    assert len(people.directory) == 0  # the largest part of it goes at once
    del first
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert program.window is not None
    program.window.gate.idle.expired.emit()
    assert before() is None


def test_a_fresh_window_knows_what_the_one_before_was_still_to_write_and_to_show(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whose record was looked at, and what became of entries that were kept while the server was away."""
    first, write, on = program.window, views.record_views, threading.Event()
    assert first is not None
    stamp = Stamp(kind=StampKind.NOTE, note="asks for water")
    entry = kept_entry(first.desk.actor, 1, [stamp], first.desk.now(), "Asks for water")
    first.desk.outage.returned = to_see = (Returned(entry, Outcome.MARKED),)

    def refused(*_what: object) -> None:
        raise EnvironmentFailure("The server is away.")

    monkeypatch.setattr(views, "record_views", refused)
    views.viewed(first.desk).saw(1, "page")
    calm(qtbot)
    monkeypatch.setattr(views, "record_views", lambda *what: (on.wait(10), write(*what)))
    views.viewed(first.desk).saw(2, "page")
    program._hand_over(first.desk.actor)
    qtbot.waitUntil(lambda: operations.running_count() == 1)  # the view alone
    on.set()
    qtbot.waitUntil(lambda: program.window is not first)
    calm(qtbot)
    second = program.window
    assert second is not None
    assert second.desk.outage.returned == to_see
    said = [one.accessibleName() for one in second.notices.notices()]
    assert any(one.startswith("1 kept record nobody has looked at yet") for one in said)
    assert not any("The server is back" in one for one in said)
    with second.desk.store.read() as records:
        seen = records.rows("SELECT record_id FROM audit WHERE action = ?", [Deed.VIEWED.value])
    assert sorted(one for (one,) in seen) == [1, 2]
