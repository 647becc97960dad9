"""The program around the window: what it does by itself when a clinic is opened."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from clinic_desktop import app
from clinic_desktop.app import Program
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.clock import SystemClock, computer_time
from clinic_desktop.foundation.errors import EnvironmentFailure, StoreRefused
from clinic_desktop.foundation.trouble import Trouble
from clinic_desktop.scheduling.booking import book
from clinic_desktop.security import server_password
from clinic_desktop.start.opening import Opened
from clinic_desktop.storage import failures, look
from clinic_desktop.storage.backing_up import back_up
from clinic_desktop.storage.moving import move
from clinic_desktop.ui import operations
from clinic_desktop.ui.fail_safe.folder import clinic_folder, keep, kept_there, own_folder
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.window import read_setup
from tests.small_clinic import MONDAY, SmallClinic, build
from tests.storage import postgres
from tests.storage.test_zone_rules import booked_under_other_rules
from tests.ui.a_program import a_program
from tests.ui.grab import grab_both


@pytest.fixture
def clinic(tmp_path: Path) -> SmallClinic:
    return build(tmp_path)


@pytest.fixture
def program(qtbot: QtBot, clinic: SmallClinic) -> Iterator[Program]:
    with a_program() as made:
        yield made


def test_opening_a_clinic_puts_visits_back_on_their_clock_times(
    qtbot: QtBot, program: Program, clinic: SmallClinic
) -> None:
    visit = booked_under_other_rules(clinic, 1)
    store = clinic.store
    opened = Opened(store, read_setup(store), store.change_number(), store.last_written())
    program._opened(str(store.where), opened)
    qtbot.waitUntil(lambda: not operations.running_count())
    assert clinic.visit(visit.id).start == visit.start
    assert visit.day == MONDAY + timedelta(days=1)
    window = program.window
    assert window is not None
    said = window.notices.notices()[-1].accessibleName()
    assert said == "The rules of the time zone changed. Put right by that: 1 coming visit."


def test_where_the_clinic_does_not_open_the_paper_for_the_day_is_offered(
    qtbot: QtBot, program: Program, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.store.close()
    damaged = Path(str(clinic.store.where))
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    today = computer_time(SystemClock().now()).day
    paper = keep(own_folder(), today, b"pages", SystemClock().now())
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    program.open_clinic(str(damaged))
    qtbot.waitUntil(lambda: not operations.running_count())
    start = program._start
    assert start is not None
    page = start.health
    assert page is not None
    assert page.health.trouble is Trouble.DAMAGED
    assert "Restore the last good backup" in page.spoken
    assert [way.text() for way in page.ways[:-1]] == [
        *("Try again", "Restore a backup", "Choose another file", "To the start"),
    ]
    assert start.focusWidget() is page.ways[0]
    qtbot.keyClick(page, Qt.Key.Key_5)
    assert opened == [str(paper.file)]
    start.close()
    delete(start)
    program._start = None


def test_a_bad_file_is_told_by_its_kind_and_stays_byte_for_byte(
    qtbot: QtBot,
    program: Program,
    clinic: SmallClinic,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """One after the other in the program's own window, each from the page of the one before."""
    clinic.store.close()
    whole = Path(str(clinic.store.where)).read_bytes()
    newer = tmp_path / "newer.sqlite"
    newer.write_bytes(whole)
    with closing(sqlite3.connect(newer)) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    strewn = whole[:8192] + b"\xff" * 64 + whole[8256:]  # the head of a page
    for name, data, trouble in (
        ("torn", whole[:-1000], Trouble.DAMAGED),
        ("strewn", strewn, Trouble.DAMAGED),
        ("foreign", b"Patients: none yet\n" * 300, Trouble.FOREIGN),
        ("newer", newer.read_bytes(), Trouble.NEWER),
    ):
        path = tmp_path / f"{name}.sqlite"
        path.write_bytes(data)
        if program._start is None:
            program.open_clinic(str(path))
        else:
            program._start.file_wanted.emit(str(path))
        qtbot.waitUntil(lambda: not operations.running_count())
        assert program._start is not None
        page = program._start.health
        assert page is not None
        assert (page.health.trouble, page.health.where) == (trouble, str(path))
        assert path.read_bytes() == data
        qtbot.keyClick(page, Qt.Key.Key_1)  # again
        qtbot.waitUntil(lambda: not operations.running_count())
        assert program._start.health is not page
        assert path.read_bytes() == data
        assert not [one for one in tmp_path.iterdir() if one.name.startswith(f"{name}.sqlite-")]
    assert capfd.readouterr().err == ""
    start = program._start
    assert start is not None
    start.close()
    delete(start)
    program._start = None


def test_a_clinic_that_cannot_be_written_is_looked_at_and_no_byte_of_it_changes(
    qtbot: QtBot, program: Program, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(clinic.store, clinic.desk, clinic.wish())
    clinic.store.close()
    file = Path(str(clinic.store.where))
    before = {one.name: one.read_bytes() for one in file.parent.iterdir() if one.is_file()}
    tries: list[str] = []

    def cannot(where: str, _key_file: Path | None) -> Opened:
        tries.append(where)
        raise EnvironmentFailure(failures.READ_ONLY)

    monkeypatch.setattr(app, "open_keyed", cannot)
    program.open_clinic(str(file))
    qtbot.waitUntil(lambda: not operations.running_count())
    start = program._start
    assert start is not None
    page = start.health
    assert page is not None
    assert [way.text() for way in page.ways] == [
        *("Try again", "Look at it only", "Choose another file", "To the start"),
    ]
    assert start.focusWidget() is page.ways[0]
    grab_both(start, "read-only-page", (1366, 768))
    grab_both(start, "read-only-page-200", (683, 384), 2.0)
    tries.clear()
    for _ in range(5):  # Enter, again and again: one try at a time, and always back here
        qtbot.keyClick(page.ways[0], Qt.Key.Key_Return)
    assert operations.running_count() == 1
    qtbot.waitUntil(lambda: not operations.running_count())
    assert tries == [str(file)]
    page = start.health
    assert page is not None
    qtbot.keyClick(page, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: program.window is not None and not operations.running_count())
    window = program.window
    assert window is not None
    (banner,) = [one for one in window.banners.banners() if one.id == "only-looked-at"]
    assert banner.title == "Open to look at only: nothing is saved"
    assert settings.last_clinic() == ""
    grab_both(window, "looked-at", (1366, 768))
    grab_both(window, "looked-at-200", (683, 384), 2.0)
    if (asked := QApplication.activeModalWidget()) is not None:
        asked.close()  # who is there
    window.desk.act_as(Actor(clinic.maya.id, frozenset(Role), "front"))
    for place in ("floor", "sheets", "usage", "calls", "ledger", "decisions", "set-up", "audit", "retention"):
        window.go(place)
        qtbot.waitUntil(lambda: not operations.running_count())
    assert "open to look at only" in window.place("retention").view.note.text()
    window.show_patient(clinic.amara.id)
    qtbot.waitUntil(lambda: not operations.running_count())
    assert [one.accessibleName() for one in window.notices.notices()] == []
    with pytest.raises(EnvironmentFailure, match="open to look at only"):
        book(window.desk.store, clinic.desk, clinic.wish(minute=900))
    window.close()
    qtbot.waitUntil(lambda: not operations.running_count())
    after = {one.name: one.read_bytes() for one in file.parent.iterdir() if one.is_file()}
    assert after == before


def test_enter_again_and_again_opens_one_window(
    qtbot: QtBot, program: Program, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    opened = program._opened
    monkeypatch.setattr(program, "_opened", lambda where, it: (made.append(where), opened(where, it)))
    for _ in range(3):
        program.open_clinic(str(clinic.store.where))
    qtbot.waitUntil(lambda: program.window is not None and not operations.running_count())
    assert made == [str(clinic.store.where)]


def test_without_any_paper_none_is_offered(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    program.open_clinic(str(tmp_path / "nowhere.sqlite"))
    qtbot.waitUntil(lambda: not operations.running_count())
    start = program._start
    assert start is not None
    assert start.health is not None
    assert start.health.health.trouble is Trouble.GONE
    assert not [way for way in start.health.ways if "paper" in way.text()]
    qtbot.keyClick(start.health, Qt.Key.Key_4)
    assert start.health is None
    assert start.start.isVisible()
    start.close()
    delete(start)
    program._start = None


def test_while_the_data_does_not_answer_the_banner_leads_to_the_paper(
    qtbot: QtBot, program: Program, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = clinic.store
    opened_clinic = Opened(store, read_setup(store), store.change_number(), store.last_written())
    program._opened(str(store.where), opened_clinic)
    qtbot.waitUntil(lambda: not operations.running_count())
    window = program.window
    assert window is not None
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    program._feed_trouble(EnvironmentFailure("The server is away."))
    qtbot.waitUntil(lambda: not operations.running_count())
    (banner,) = [one for one in window.banners.banners() if one.id == "store-unheard"]
    banner.actions[0].handler()
    own = own_folder() / clinic_folder(str(store.where))
    assert opened == [str(kept_there(own)[-1].file)]
    assert kept_there(own_folder()) == []
    assert opened[0] in banner.text
    program._feed_trouble(None)
    assert not [one for one in window.banners.banners() if one.id == "store-unheard"]


def test_a_desk_whose_clinic_was_moved_away_says_so_until_it_is_left(
    qtbot: QtBot, program: Program, clinic: SmallClinic, postgres_server: postgres.Server
) -> None:
    """Nobody touches anything here; the move is made by another program of this computer."""
    store = clinic.store
    opened_clinic = Opened(store, read_setup(store), store.change_number(), store.last_written())
    program._opened(str(store.where), opened_clinic)
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: not operations.running_count())
    database = postgres_server.database()
    there = postgres_server.address(database, postgres.OWNER)
    move(store.where, there, PROGRAM, clinic.clock.now())

    def told() -> bool:
        return any(one.id == "store-elsewhere" for one in window.banners.banners())

    qtbot.waitUntil(told, timeout=10_000)
    (banner,) = [one for one in window.banners.banners() if one.id == "store-elsewhere"]
    assert (banner.tone, there in banner.text) == (Tone.DANGER, True)
    grab_both(window, "moved-away-banner", (1366, 768))
    banner.actions[0].handler()
    qtbot.waitUntil(lambda: program.window is None and program._old is not None, timeout=10_000)
    assert program._old is not None
    assert program._old.there == there
    postgres_server.drop(database)


def test_a_clinic_moves_to_a_server_and_opens_there_with_the_desks_name(
    qtbot: QtBot,
    program: Program,
    clinic: SmallClinic,
    monkeypatch: pytest.MonkeyPatch,
    postgres_server: postgres.Server,
) -> None:
    """The whole way through Several PCs by keys: look, move, a name for the desks, open."""
    monkeypatch.setattr(server_password, "has_keyring", lambda: False)
    clinic.store.close()
    settings.remember_clinic(clinic.store.where)
    database = postgres_server.database()
    program.show_server()
    start = program._start
    assert start is not None
    page = start.server

    def press() -> None:
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: not operations.running_count(), timeout=20_000)

    page.host.setText(str(postgres_server.folder))
    page.database.setText(database)
    page.user.setText("clinic_owner")
    press()
    assert page.next.text() == "Move this clinic there"
    press()
    qtbot.waitUntil(lambda: start.proof is not None and start.proof.isVisible(), timeout=20_000)
    assert start.proof is not None
    assert start.proof.next.text() == "Make a name for the desks, and open with it"
    assert any(one.startswith("patient. SHA-256 ") and "2 rows" in one for one in start.proof.proven)
    qtbot.keyClick(start.proof, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.next.text() == "Open the clinic there", timeout=20_000)
    assert page.user.text() == "clinic_desk"
    secret = page.password.text()
    assert secret in page.sql.toPlainText()
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    assert settings.last_clinic().startswith("postgresql://clinic_desk@")
    assert secret not in settings.last_clinic()
    qtbot.waitUntil(lambda: not operations.running_count(), timeout=20_000)


def test_a_backup_is_not_opened_as_the_clinic_but_looked_at_or_put_in_its_place(
    qtbot: QtBot, program: Program, clinic: SmallClinic
) -> None:
    backup = back_up(clinic.store).file
    clinic.store.close()
    here = str(clinic.store.where)
    settings.remember_clinic(here)
    before = backup.read_bytes()
    program.open_clinic(str(backup))
    qtbot.waitUntil(lambda: not operations.running_count())
    start = program._start
    assert start is not None
    page = start.health
    assert page is not None
    assert page.health.trouble is Trouble.BACKUP
    assert "is a backup of" in page.spoken
    ways = ["Look at it only", "Restore it in the clinic's place", "Choose another file", "To the start"]
    assert [way.text() for way in page.ways] == ways
    grab_both(start, "backup-page", (1366, 768))
    grab_both(start, "backup-page-200", (683, 384), 2.0)
    assert settings.last_clinic() == here
    qtbot.keyClick(page, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: program.window is not None and not operations.running_count())
    window = program.window
    assert window is not None
    assert settings.last_clinic() == here
    if (asked := QApplication.activeModalWidget()) is not None:
        asked.close()  # who is there
    window.desk.act_as(Actor(clinic.maya.id, frozenset(Role), "front"))
    (banner,) = [one for one in window.banners.banners() if one.id == "to-put-back"]
    assert str(backup) in banner.text
    banner.actions[0].handler()
    qtbot.waitUntil(lambda: not operations.running_count())
    dialog = window.backups.dialog
    assert dialog is not None
    assert dialog.restore.isEnabled()
    dialog.reject()
    assert backup.read_bytes() == before


def test_a_backup_that_is_looked_at_says_so(qtbot: QtBot, program: Program, clinic: SmallClinic) -> None:
    backup = back_up(clinic.store).file
    clinic.store.close()
    before = backup.read_bytes()
    program.open_clinic(str(backup))
    qtbot.waitUntil(lambda: not operations.running_count())
    assert program._start is not None
    page = program._start.health
    assert page is not None
    assert [way.text() for way in page.ways[:2]] == [
        "Look at it only",
        "Choose another file",
    ]  # no clinic here
    qtbot.keyClick(page, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: program.window is not None and not operations.running_count())
    window = program.window
    assert window is not None
    (banner,) = [one for one in window.banners.banners() if one.id == "only-looked-at"]
    assert banner.text.startswith("This is a backup.")
    if (asked := QApplication.activeModalWidget()) is not None:
        asked.close()  # who is there
    assert settings.last_clinic() == ""
    assert backup.read_bytes() == before
    assert sorted(one.name for one in backup.parent.iterdir()) == [backup.name, f"{backup.name}.json"]


def test_a_large_clinic_is_read_whole_behind_the_window_and_damage_stays_in_red(
    qtbot: QtBot, program: Program, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.store.close()
    file = Path(str(clinic.store.where))
    with closing(sqlite3.connect(file)) as direct:  # an index that nothing of the start reads
        (page,) = direct.execute(
            "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'incident'"
        ).fetchone()
    with file.open("r+b") as damaged:
        damaged.seek((page - 1) * 4096)
        damaged.write(b"\xa5" * 4096)
    monkeypatch.setattr(look, "WHOLE_CHECK_BYTES", 0)
    program.open_clinic(str(file))
    qtbot.waitUntil(lambda: program.window is not None)
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: any(one.id == "damaged" for one in window.banners.banners()))
    (banner,) = [one for one in window.banners.banners() if one.id == "damaged"]
    assert banner.title == "The clinic's file is damaged: nothing is saved"
    assert [one.text for one in banner.actions] == ["Restore ...", "Paper"]
    qtbot.waitUntil(lambda: not operations.running_count())
    if (asked := QApplication.activeModalWidget()) is not None:
        asked.close()  # who is there
    grab_both(window, "damaged-at-work", (1366, 768))
    grab_both(window, "damaged-at-work-200", (683, 384), 2.0)
    with pytest.raises(StoreRefused, match="nothing more is saved to it"):
        book(window.desk.store, clinic.desk, clinic.wish())
