"""A hand-over to a fresh window that meets no answer holds up nobody: it is called back, nothing is lost."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinic_desktop import app
from clinic_desktop.app import Program
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure, ServerAway
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security import accounts as core
from clinic_desktop.security import vault
from clinic_desktop.security.outage_key import outage_key
from clinic_desktop.ui import operations
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.window import Window
from tests.ui.sign_in.conftest import PASSWORD, PIN, Slow, calm, signed, typed

ROSA, INES = "Rosa Diaz", "Ines Park"
WENT = (
    "The server does not answer any more, so nothing was closed, and nobody else goes on. Rosa Diaz unlocks "
    "and finishes what is open or leaves it; until then write down on paper what happens."
)
HANGS = pytest.mark.parametrize(("module", "name"), [(core, "renewed"), (app, "opened_store")])


class Before:
    """Rosa's work is open and half typed; Ines was let in and is asked whether to close it."""

    def __init__(self, qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        window = program.window
        assert window is not None
        self.qtbot, self.program, self.window = qtbot, program, window
        self.gate, self.cover = window.gate, window.gate.cover
        self.people = {one.name: one.id for one in window.desk.setup.staff}
        typed(qtbot, window, "rd", PASSWORD[ROSA])
        self.open = QuestionDialog.ask(window, "Is Amara Okafor here?", "", "Yes", lambda: None)
        monkeypatch.setattr(self.gate, "_begun", lambda _held: True)
        self.ines_comes()

    def ines_comes(self) -> None:
        self.gate.switch()
        typed(self.qtbot, self.window, "ip", PIN[INES])
        assert self.cover.page is self.cover.take_over

    def closes(self) -> None:
        self.qtbot.keyClick(self.cover.take_over.take, Qt.Key.Key_Return)

    def is_held_up(self) -> None:
        """It takes longer than anybody waits."""
        self.gate._held_up.start(0)
        self.qtbot.waitUntil(lambda: bool(self.cover.take_over.trouble.said))

    def nobody_else_came(self) -> None:
        assert self.program.window is self.window
        assert self.gate.shut
        assert self.cover.page is self.cover.entry
        assert self.window.desk.actor.person_id == self.people[ROSA]

    def rosa_unlocks(self, secret: str) -> None:
        typed(self.qtbot, self.window, "rd", secret)
        assert not self.gate.shut
        assert self.window.desk.actor.person_id == self.people[ROSA]
        assert self.open.isVisible(), "what she had open is closed"

    def ines_goes_on(self) -> Window:
        self.ines_comes()
        self.closes()
        self.qtbot.waitUntil(lambda: self.program.window is not self.window)
        calm(self.qtbot)
        second = self.program.window
        assert second is not None
        assert second.desk.actor.person_id == self.people[INES]
        assert not second.gate.shut
        return second


@pytest.fixture
def before(qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch) -> Before:
    return Before(qtbot, program, monkeypatch)


@pytest.fixture
def at_server(before: Before, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Before:
    """This computer keeps how people come in while the server is away."""
    monkeypatch.setattr(vault, "COST", {"iterations": 1, "memory_kib": 8})
    store, outage = before.program._store, before.window.desk.outage
    assert store is not None
    outage.keep_in(tmp_path / "kept", outage_key(store, PROGRAM))
    rosa = core.sign_in(store, settings.desk_name(), before.people[ROSA], PASSWORD[ROSA])
    assert outage.door is not None
    outage.door.admit(store, rosa, PASSWORD[ROSA])
    calm(before.qtbot)
    return before


@HANGS
def test_whoever_was_at_work_comes_in_once_the_server_is_called_away(
    at_server: Before, monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    qtbot, outage = at_server.qtbot, at_server.window.desk.outage
    with monkeypatch.context() as patch:
        slow = Slow(patch, module, name)
        at_server.closes()
        slow.asked(qtbot)
        outage.gone(deaf=True)
        at_server.nobody_else_came()
        assert at_server.cover.entry.trouble.said == WENT
        slow.go_on(qtbot)
        at_server.nobody_else_came()
        assert at_server.cover.entry.trouble.said == WENT, "a late answer says something else"
    at_server.rosa_unlocks(PASSWORD[ROSA])
    outage.back()
    calm(qtbot)
    assert (Deed.SIGNED_OUT, at_server.people[INES]) in signed(at_server.program, 10)
    at_server.ines_goes_on()


def test_nothing_is_closed_by_whoever_says_so_after_the_server_went(at_server: Before) -> None:
    at_server.window.desk.outage.gone(deaf=True)
    at_server.closes()
    at_server.nobody_else_came()
    assert at_server.cover.entry.trouble.said == WENT
    at_server.rosa_unlocks(PASSWORD[ROSA])


@HANGS
@pytest.mark.parametrize("way", ["Esc", "locked by hand", "nobody touches anything"])
def test_what_meets_no_answer_is_left_and_changes_nothing_later(
    before: Before, monkeypatch: pytest.MonkeyPatch, module: object, name: str, way: str
) -> None:
    """Also where no server is known to be away: on a file that lies on another computer."""
    qtbot, take = before.qtbot, before.cover.take_over.take
    with monkeypatch.context() as patch:
        slow = Slow(patch, module, name)
        before.closes()
        slow.asked(qtbot)
        before.is_held_up()
        assert "Esc leaves all as it is: then Rosa Diaz can go on here" in before.cover.take_over.trouble.said
        if way == "Esc":
            qtbot.keyClick(take, Qt.Key.Key_Escape)
            assert before.cover.entry.trouble.said.startswith("Nothing was closed, and nobody else goes on.")
        elif way == "locked by hand":
            qtbot.keyClick(take, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
        else:
            before.gate.idle.expired.emit()
        before.nobody_else_came()
        slow.go_on(qtbot)
        before.nobody_else_came()
    assert signed(before.program)[0] == (Deed.SIGNED_OUT, before.people[INES])
    before.rosa_unlocks(PIN[ROSA])
    before.ines_goes_on()


@HANGS
def test_a_late_answer_to_what_was_called_back_opens_nothing_for_the_next_try(
    before: Before, monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    with monkeypatch.context() as patch:
        slow = Slow(patch, module, name)
        before.closes()
        slow.asked(before.qtbot)
        before.is_held_up()
        before.cover.take_over.left.emit()
        entry = before.cover.entry
        before.qtbot.keyClicks(entry.people.line, "ip")
        before.qtbot.keyClick(entry.people.line, Qt.Key.Key_Return)
        before.qtbot.keyClicks(entry.secret, PIN[INES])
        before.qtbot.keyClick(entry.secret, Qt.Key.Key_Return)
        before.qtbot.waitUntil(lambda: before.cover.page is before.cover.take_over)
        assert not before.cover.take_over.trouble.said
        slow.go_on(before.qtbot)
        assert before.program.window is before.window, "nobody said that it may be closed"
        assert before.cover.page is before.cover.take_over
    before.closes()
    before.qtbot.waitUntil(lambda: before.program.window is not before.window)
    calm(before.qtbot)


class Entry:
    """What Rosa entered and is on its way to the database; here in place of a whole form."""

    def __init__(self, before: Before, problem: ClinicProblem | None = None) -> None:
        self._go_on, self._problem, self.begun = Event(), problem, Event()
        self.told: list[str] = []
        made = operations.run(
            before.window, self._save, lambda _done: None, self._could_not, key="patients.save"
        )
        assert made is not None
        self.made = made

    def _save(self) -> None:
        self.begun.set()
        assert self._go_on.wait(20)
        if self._problem is not None:
            raise self._problem

    def _could_not(self, problem: ClinicProblem) -> None:
        self.told.append(str(problem))

    def is_answered(self) -> None:
        self._go_on.set()


@pytest.fixture
def busy() -> ClinicProblem:
    return EnvironmentFailure("Somebody else is writing.")


def notices(window: Window) -> list[str]:
    return [one.accessibleName() for one in window.notices.notices()]


def test_a_fresh_window_waits_for_what_is_being_saved(before: Before) -> None:
    entry = Entry(before)
    before.closes()
    before.qtbot.waitUntil(lambda: operations.running_count() == 1)  # the entry alone
    assert before.program.window is before.window
    entry.is_answered()
    before.qtbot.waitUntil(lambda: before.program.window is not before.window)
    calm(before.qtbot)
    second = before.program.window
    assert second is not None
    assert not any("not everything was saved" in one for one in notices(second))


def test_what_could_not_be_saved_calls_it_back_and_whoever_entered_it_is_told(
    before: Before, busy: ClinicProblem
) -> None:
    entry = Entry(before, busy)
    before.closes()
    before.qtbot.waitUntil(lambda: operations.running_count() == 1)
    entry.is_answered()
    before.qtbot.waitUntil(lambda: bool(before.cover.entry.trouble.said))
    before.nobody_else_came()
    assert before.cover.entry.trouble.said.startswith("What Rosa Diaz entered last could not be saved")
    calm(before.qtbot)
    assert signed(before.program)[0] == (Deed.SIGNED_OUT, before.people[INES])
    assert entry.told, "the screen that asked for it hears why"
    before.rosa_unlocks(PIN[ROSA])
    assert any(one.startswith("What you entered last could not be saved") for one in notices(before.window))
    assert not any("not everything was saved" in one for one in notices(before.ines_goes_on()))


def test_who_goes_on_all_the_same_knows_it_and_is_asked_to_tell_them(
    before: Before, busy: ClinicProblem
) -> None:
    entry = Entry(before, busy)
    before.closes()
    before.qtbot.waitUntil(lambda: operations.running_count() == 1)
    entry.is_answered()
    before.qtbot.waitUntil(lambda: bool(before.cover.entry.trouble.said))
    typed(before.qtbot, before.window, "ip", PIN[INES])
    page = before.cover.take_over
    assert before.cover.page is page
    assert "What Rosa Diaz entered last could not be saved, and is closed too." in page.lead.text()
    before.closes()
    before.qtbot.waitUntil(lambda: before.program.window is not before.window)
    calm(before.qtbot)
    second = before.program.window
    assert second is not None
    assert any(one.startswith("Rosa Diaz: not everything was saved") for one in notices(second))


def test_what_is_saved_for_too_long_calls_it_back_and_is_told_later(
    before: Before, busy: ClinicProblem
) -> None:
    entry = Entry(before, busy)
    before.closes()
    before.qtbot.waitUntil(lambda: operations.running_count() == 1)
    before.gate._held_up.start(0)
    before.qtbot.waitUntil(lambda: bool(before.cover.entry.trouble.said))
    before.nobody_else_came()
    assert before.cover.entry.trouble.said.startswith("What Rosa Diaz entered last is still being saved")
    entry.is_answered()
    calm(before.qtbot)
    before.nobody_else_came()
    before.rosa_unlocks(PIN[ROSA])
    assert any(one.startswith("What you entered last could not be saved") for one in notices(before.window))


def test_what_fails_before_anybody_else_comes_is_told_them_too(before: Before, busy: ClinicProblem) -> None:
    before.cover.take_over.left.emit()
    before.rosa_unlocks(PIN[ROSA])
    entry = Entry(before, busy)
    before.gate.lock()
    entry.is_answered()
    calm(before.qtbot)
    typed(before.qtbot, before.window, "ip", PIN[INES])
    assert "could not be saved, and is closed too." in before.cover.take_over.lead.text()


def test_what_fails_while_it_is_asked_whether_all_may_be_closed_calls_it_back(
    before: Before, busy: ClinicProblem
) -> None:
    """Also where one was lost, and told, before that."""
    for _twice in range(2):
        entry = Entry(before, busy)
        entry.is_answered()
        calm(before.qtbot)
        before.gate._entries.look()
        before.cover.take_over.left.emit()
        before.rosa_unlocks(PIN[ROSA])
        before.ines_comes()
    entry = Entry(before, busy)
    before.gate._entries.look()
    entry.is_answered()
    calm(before.qtbot)
    before.closes()
    calm(before.qtbot)
    before.nobody_else_came()
    assert before.cover.entry.trouble.said.startswith("What Rosa Diaz entered last could not be saved")


def test_where_nothing_is_half_typed_whoever_comes_next_is_told_of_it(
    before: Before, busy: ClinicProblem, monkeypatch: pytest.MonkeyPatch
) -> None:
    before.cover.take_over.left.emit()
    before.rosa_unlocks(PIN[ROSA])
    monkeypatch.setattr(before.gate, "_begun", lambda _held: False)
    entry = Entry(before, busy)
    before.gate.lock()
    entry.is_answered()
    calm(before.qtbot)
    typed(before.qtbot, before.window, "ip", PIN[INES])
    assert not before.gate.shut
    assert any(one.startswith("Rosa Diaz: not everything was saved") for one in notices(before.window))


def test_what_this_computer_keeps_instead_is_not_told_as_lost(before: Before) -> None:
    entry = Entry(before, ServerAway("The clinic's database does not answer."))
    entry.made.kept_if_away = True
    before.closes()
    entry.is_answered()
    before.qtbot.waitUntil(lambda: before.program.window is not before.window)
    calm(before.qtbot)
    second = before.program.window
    assert second is not None
    assert not any("not everything was saved" in one for one in notices(second))
