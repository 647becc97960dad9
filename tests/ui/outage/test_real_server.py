"""A desk over a real server that is stopped and started: nothing that happened is lost, and a start without
it shows the day as it was."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from clinic_desktop import app
from clinic_desktop.app import Program
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.foundation.clock import steady_seconds
from clinic_desktop.foundation.errors import ServerAway
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.foundation.trouble import Trouble
from clinic_desktop.people.model import Staff
from clinic_desktop.security import giving_accounts, vault
from clinic_desktop.start import kept, opening
from clinic_desktop.start.opening import opened_store
from clinic_desktop.storage import listening
from clinic_desktop.storage.kept_copy import FILE
from clinic_desktop.storage.store import open_store
from clinic_desktop.treatment.kept_entries import Outcome
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.ui import feed_watcher, operations
from clinic_desktop.ui.fail_safe.folder import clinic_folder, own_folder
from clinic_desktop.ui.fail_safe.place import sealed_in
from clinic_desktop.ui.outage import floor_copy
from clinic_desktop.ui.outage.kept_on_disk import how_many_kept
from clinic_desktop.ui.outage.outage import Outage
from clinic_desktop.ui.outage.review import ReviewDialog
from clinic_desktop.ui.outage.watch import AWAY_BANNER
from clinic_desktop.ui.settings_store import SettingsStore
from clinic_desktop.ui.viewed import viewed
from tests.small_clinic import SmallClinic, filled, instant
from tests.storage import postgres
from tests.treatment.stays import Stay, booked
from tests.ui.grab import grab_both

WORDS = "violet tractor seven"
K = StampKind


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[postgres.Server]:
    """One of its own: others' lines are not cut."""
    monkeypatch.setattr(vault, "COST", {"iterations": 1, "memory_kib": 8})
    monkeypatch.setattr(feed_watcher, "SELDOM", 0.25)
    try:
        postgres.programs()
    except postgres.NotInstalled as missing:
        pytest.skip(str(missing))
    with postgres.running() as made:
        yield made


@dataclass
class Clinic:
    """On the server, with accounts: Maya Jones is a nurse and manages."""

    small: SmallClinic
    address: str
    stay: Stay

    def stamps(self) -> list[tuple[StampKind, int]]:
        return [(one.kind, one.at.minute) for one in self.stay.stamps() if one.at is not None]


@pytest.fixture
def clinic(server: postgres.Server) -> Clinic:
    name = server.database()
    owner = filled(open_store(server.address(name, postgres.OWNER), make=True))
    with owner.store.write(PROGRAM) as unit:
        maya = unit.get(Staff, owner.maya.id)
        unit.save(replace(maya, roles=frozenset({Role.NURSE, Role.MANAGER})))
        unit.commit()
    giving_accounts.make_first_manager(owner.store, "front", maya.id, WORDS)
    visit = booked(owner).visit_id
    owner.store.close()
    address = server.address(name, postgres.DESK)
    small = replace(owner, store=open_store(address, owner.clock))
    return Clinic(small, address, Stay(small, visit))


class AtDesk:
    """Somebody at the keys of the whole program."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        settings.home().mkdir(parents=True, exist_ok=True)
        self.program = Program(SettingsStore(settings.home() / "window.ini"))

    def wait(self, until: Callable[[], object] = lambda: True) -> None:
        self.qtbot.waitUntil(lambda: not operations.running_count() and bool(until()), timeout=20_000)

    def press(self, key: str) -> None:
        chord = QKeySequence(key)[0]
        self.qtbot.keyClick(QApplication.focusWidget(), chord.key(), chord.keyboardModifiers())
        self.wait()

    def type(self, text: str) -> None:
        for letter in text:
            self.qtbot.keyClicks(QApplication.focusWidget(), letter)
        self.press("Return")


@pytest.fixture
def at(qtbot: QtBot) -> Iterator[AtDesk]:
    made = AtDesk(qtbot)
    yield made
    made.program.close()
    for window in (made.program.window, made.program._start):
        if window is not None:
            window.close()
            delete(window)


def test_a_day_on_which_the_server_is_stopped(
    at: AtDesk, clinic: Clinic, server: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floor_copy, "_SOON_MS", 50)
    monkeypatch.setattr(kept, "_AGAIN_MS", 200)
    small, program = clinic.small, at.program
    small.clock.at = instant(9, 50)
    program._opened(clinic.address, opened_store(small.store))
    window = program.window
    assert window is not None
    at.wait()
    at.type("maya")
    at.type(WORDS)
    outage = window.desk.outage
    here = settings.home() / "kept" / clinic_folder(clinic.address)
    at.wait(lambda: (here / "vault.json").exists() and len(sealed_in(here)) == 2)
    floor = window.go("floor")
    at.wait(lambda: floor.floor.read.stay(clinic.stay.visit_id) is not None)
    floor.view.list.go_to(clinic.stay.visit_id)
    floor.focus_work()

    server.stop(at_once=True)
    at.wait(lambda: outage.away_since is not None)
    at.press("F2")
    for minute, typed in ((0, "i"), (4, "v 124/78 70 98")):
        small.clock.at = instant(10, minute)
        window.gate.idle.touch()  # else it locks, where the clock is looked at before the next key
        floor.floor.tick()
        at.wait()
        at.type(typed)
    at.wait(lambda: len(outage.kept) == 3)
    (banner,) = [one for one in window.banners.banners() if one.id == AWAY_BANNER]
    assert banner.title == "The server has not answered since 9:50 AM"

    at.press("Ctrl+F1")
    assert window.gate.shut
    at.type(WORDS)
    assert not window.gate.shut

    server.start()
    at.wait(lambda: outage.away_since is None and not outage.kept)
    assert clinic.stamps() == [(K.ARRIVED, 50), (K.IN_ROOM, 0), (K.VITALS, 4)]
    assert [one.outcome for one in outage.returned] == [Outcome.SAVED] * 3
    assert not [one for one in window.banners.banners() if one.id == AWAY_BANNER]
    at.press("Shift+F2")
    (review,) = window.findChildren(ReviewDialog)
    assert review.list.model().rowCount() == 3
    review.accept()
    at.wait()

    at.wait((here / FILE).exists)
    ends_while_it_is_away(at, clinic, server)
    starts_without_it(at, clinic)
    goes_on_recording(at, clinic, monkeypatch)
    server.start()
    is_back(at, clinic)


def ends_while_it_is_away(at: AtDesk, clinic: Clinic, server: postgres.Server) -> None:
    """With something kept, which lies on the disk then."""
    window = at.program.window
    assert window is not None
    server.stop(at_once=True)
    at.wait(lambda: window.desk.outage.away_since is not None)
    records(at, clinic, 6, "v 130/80 72 97")
    window.leave()
    at.program._stop_watching()
    delete(window)
    at.program._window = None
    at.wait()


def records(at: AtDesk, clinic: Clinic, minute: int, typed: str) -> None:
    window = at.program.window
    assert window is not None
    window.activateWindow()
    at.wait(window.isActiveWindow)
    floor = window.go("floor")
    floor.view.list.go_to(clinic.stay.visit_id)
    floor.focus_work()
    at.press("F2")
    clinic.small.clock.at = instant(10, minute)
    floor.floor.tick()
    at.wait()
    at.type(typed)


def starts_without_it(at: AtDesk, clinic: Clinic) -> None:
    """The next morning: by the password to the schedule as it was."""
    program = at.program
    program.open_clinic(clinic.address)
    at.wait(lambda: program._start is not None and program._start.health is not None)
    start = program._start
    assert start is not None
    assert start.health is not None
    assert start.health.health.trouble is Trouble.AWAY
    assert start.health.ways[-1].text() == "Go on with what this computer kept"
    at.press(str(len(start.health.ways)))
    at.type("quiet brown hills")
    assert start.kept.trouble.said.startswith("The password is not right")
    at.type(WORDS)
    at.wait(lambda: start.kept.preview.page_count > 0)
    assert "as it was at" in start.kept.heading.text()
    assert not list(own_folder().rglob("*.pdf"))


def goes_on_recording(at: AtDesk, clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """The floor as it was, with what was kept before the program ended."""
    program, start = at.program, at.program._start
    assert start is not None
    monkeypatch.setattr(opening, "SystemClock", lambda: clinic.small.clock)
    program._server_again.setInterval(200)
    assert start.kept.record.isVisible()
    grab_both(start, "kept-paper-and-floor")
    at.press("F2")
    at.wait(lambda: program.window is not None and program._start is None)
    window = program.window
    assert window is not None
    window.activateWindow()
    at.wait(window.isActiveWindow)
    outage = window.desk.outage
    floor = window.go("floor")
    at.wait(lambda: len(outage.kept) == 1 and floor.floor.read.stay(clinic.stay.visit_id) is not None)
    shown = floor.floor.read.stay(clinic.stay.visit_id)
    assert shown is not None
    assert [one.kind for one in shown.care.whole.stamps] == [K.ARRIVED, K.IN_ROOM, K.VITALS, K.VITALS]
    (banner,) = [one for one in window.banners.banners() if one.id == AWAY_BANNER]
    assert "has not answered since 10:0" in banner.title
    assert "Other days are not kept here and not shown." in banner.text
    grab_both(window, "floor-from-a-copy", (1366, 768))
    grab_both(window, "floor-from-a-copy-200", (683, 384), 2.0)
    window.resize(1366, 768)
    records(at, clinic, 12, "v 126/80 70 98")
    assert len(outage.kept) == 2
    a_day_that_was_not_kept_is_not_free(at)
    viewed(window.desk).saw(clinic.small.amara.id, "page")
    at.wait(lambda: viewed(window.desk).settled and not viewed(window.desk).kept)  # it is on the disk
    for _ in range(2):
        at.press("Ctrl+F1")
        assert window.gate.shut
        at.type(WORDS)
        assert not window.gate.shut


def a_day_that_was_not_kept_is_not_free(at: AtDesk) -> None:
    window = at.program.window
    assert window is not None
    board = window.go("board").board
    at.wait(lambda: board.turner.rows() is not None)
    assert not board.page.failed
    day = board.turner.shown.day
    board.turner.go_to(day - timedelta(days=1))
    at.wait(lambda: board.page.failed)
    said = board.page.failure.accessibleName()
    assert "did not keep this day, so it cannot tell who comes on it" in said
    grab_both(window, "board-day-not-kept", (1366, 768))
    window.resize(683, 384)
    at.qtbot.waitUntil(lambda: window.banners.height() < 60)  # one line for each on a low screen
    grab_both(window, "board-day-not-kept-200", None, 2.0)
    window.resize(1366, 768)
    board.turner.go_to(day)
    at.wait(lambda: not board.page.failed)


@contextmanager
def frozen(server: postgres.Server) -> Iterator[None]:
    """It keeps its lines and answers nothing, like a machine whose disk hangs."""
    children = Path(f"/proc/{server.process_id}/task/{server.process_id}/children")
    if not children.exists():
        pytest.skip("the processes of a server are only known on Linux")
    whole = [server.process_id, *map(int, children.read_text().split())]
    for one in whole:
        os.kill(one, signal.SIGSTOP)
    try:
        yield
    finally:
        for one in reversed(whole):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGCONT)


def on_the_floor(at: AtDesk, clinic: Clinic) -> Outage:
    """Signed in, with Amara chosen, and a place to keep what happens."""
    small, program = clinic.small, at.program
    small.clock.at = instant(9, 50)
    program._opened(clinic.address, opened_store(small.store))
    window = program.window
    assert window is not None
    at.wait()
    at.type("maya")
    at.type(WORDS)
    here = settings.home() / "kept" / clinic_folder(clinic.address)
    at.wait(lambda: (here / "vault.json").exists() and (here / FILE).exists())
    floor = window.go("floor")
    at.wait(lambda: floor.floor.read.stay(clinic.stay.visit_id) is not None)
    floor.view.list.go_to(clinic.stay.visit_id)
    floor.focus_work()
    return window.desk.outage


def test_a_desk_at_which_the_floor_was_never_open_has_today_s_floor_when_the_server_stops(
    at: AtDesk, clinic: Clinic, server: postgres.Server
) -> None:
    small, program = clinic.small, at.program
    small.clock.at = instant(9, 50)
    program._opened(clinic.address, opened_store(small.store))
    window = program.window
    assert window is not None
    at.wait()
    at.type("maya")
    at.type(WORDS)
    outage = window.desk.outage
    here = settings.home() / "kept" / clinic_folder(clinic.address)
    at.wait((here / FILE).exists)
    server.stop(at_once=True)
    at.wait(lambda: outage.away_since is not None)
    small.clock.at = instant(10, 0)
    floor = window.go("floor")
    at.wait(lambda: floor.floor.read.stay(clinic.stay.visit_id) is not None)
    (banner,) = [one for one in window.banners.banners() if one.id == AWAY_BANNER]
    assert "The floor is as this computer kept it at 9:50 AM" in banner.text
    assert clinic.small.amara.name.encode() not in (here / FILE).read_bytes()
    floor.view.list.go_to(clinic.stay.visit_id)
    floor.focus_work()
    at.press("F2")
    assert len(outage.kept) == 1
    grab_both(window, "floor-never-open-before", (1366, 768))
    server.start()
    at.wait(lambda: outage.away_since is None and not outage.kept)
    assert clinic.stamps() == [(K.ARRIVED, 0)]
    at.wait(lambda: not floor.floor.read.from_copy)


def test_the_page_which_says_that_the_server_is_away_opens_the_clinic_once_it_answers(
    at: AtDesk, clinic: Clinic, server: postgres.Server
) -> None:
    """Unless somebody has gone on from there."""
    program = at.program
    program._server_again.setInterval(100)
    server.stop(at_once=True)
    program.open_clinic(clinic.address)
    at.wait(lambda: program._start is not None and program._start.health is not None)
    start = program._start
    assert start is not None
    assert start.health is not None
    assert "asked by itself" in start.health.ways[0].accessibleDescription()
    grab_both(start, "server-away-at-start", (1366, 768))
    start.ask_for_kept([])
    server.start()
    program._ask_for_server()
    at.wait()
    assert program.window is None
    at.press("Esc")
    at.wait(lambda: program.window is not None)
    assert program.window is not None
    assert program.window.gate.shut


def test_what_a_server_that_hangs_was_just_told_is_kept_once_it_is_known_to_be_away(
    at: AtDesk, clinic: Clinic, server: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "PROOF", 0.3)
    monkeypatch.setattr(listening, "_PATIENCE", 0.3)
    monkeypatch.setattr(app, "_HUNG_MS", 100)
    outage = on_the_floor(at, clinic)
    with frozen(server):
        at.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F2)  # arrived
        at.qtbot.waitUntil(lambda: len(outage.kept) == 1 and outage.away_since is not None)
    at.wait(lambda: outage.away_since is None and not outage.kept)
    assert clinic.stamps() == [(K.ARRIVED, 50)]


def test_a_desk_at_which_the_floor_was_never_open_has_it_while_the_server_hangs(
    at: AtDesk, clinic: Clinic, server: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "PROOF", 0.3)
    monkeypatch.setattr(listening, "_PATIENCE", 0.3)
    monkeypatch.setattr(app, "_HUNG_MS", 100)
    small, program = clinic.small, at.program
    small.clock.at = instant(9, 50)
    program._opened(clinic.address, opened_store(small.store))
    window = program.window
    assert window is not None
    at.wait()
    at.type("maya")
    at.type(WORDS)
    here = settings.home() / "kept" / clinic_folder(clinic.address)
    at.wait((here / FILE).exists)
    with frozen(server):
        at.qtbot.waitUntil(lambda: window.desk.outage.away_since is not None)
        floor = window.go("floor")
        began = steady_seconds()
        at.qtbot.waitUntil(lambda: floor.floor.read.from_copy, timeout=30_000)
        assert steady_seconds() - began < 15
        assert floor.floor.read.stay(clinic.stay.visit_id) is not None
    at.wait(lambda: window.desk.outage.away_since is None and not floor.floor.read.from_copy)


@pytest.mark.parametrize("known", [False, True])
def test_the_program_ends_while_its_server_hangs_and_nothing_that_was_entered_is_lost(
    at: AtDesk, clinic: Clinic, server: postgres.Server, known: bool
) -> None:
    on_the_floor(at, clinic)
    folder = settings.home() / "kept" / clinic_folder(clinic.address)
    with frozen(server):
        at.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F2)  # arrived
        at.program._away = known
        assert how_many_kept(folder) == 0
        began = steady_seconds()
        at.program.leave()
        at.program.close()
        assert steady_seconds() - began < 12
        assert how_many_kept(folder) == 1
    at.wait()
    operations.set_default_failure(None)


def seen_by(clinic: Clinic) -> list[tuple[int, int]]:
    """Who looked at which patient, as the trail has it; 0: at the paper."""
    query = "SELECT person_id, record_id FROM audit WHERE action = ?"
    with clinic.small.store.read() as records:
        return [(who, whom) for who, whom in records.rows(query, [Deed.VIEWED.value])]


def is_back(at: AtDesk, clinic: Clinic) -> None:
    """The clinic is opened by itself, and everything is saved in order, once."""
    program, copy = at.program, at.program.window
    at.wait(lambda: program.window is not copy)
    window = program.window
    assert window is not None
    assert window.gate.shut
    assert "2 records kept on this computer go to it now" in window.gate.cover._why.text()
    operations.show_problem(ServerAway("The line was lost."))
    assert any("The line was lost." in one.accessibleName() for one in window.notices.notices())
    outage = window.desk.outage
    at.wait(lambda: len(outage.returned) == 2)
    assert [one.outcome for one in outage.returned] == [Outcome.SAVED] * 2
    known = [(K.ARRIVED, 50), (K.IN_ROOM, 0), (K.VITALS, 4), (K.VITALS, 6), (K.VITALS, 12)]
    assert clinic.stamps() == known
    maya, amara, paper = clinic.small.maya.id, clinic.small.amara.id, 0
    at.wait(lambda: (maya, amara) in seen_by(clinic))
    assert set(seen_by(clinic)) == {(maya, paper), (maya, amara)}
    assert seen_by(clinic).count((maya, amara)) == 1
