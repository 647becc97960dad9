"""A backup is restored where no clinic is open: on a new computer, and where the clinic does not open."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from clinic_desktop.app import Program
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.foundation.trouble import Trouble
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.set_up_new import make_clinic
from clinic_desktop.security import unlocking
from clinic_desktop.security.key_slots import slots_file
from clinic_desktop.security.unlocking import NewKeys
from clinic_desktop.start.opening import Opened
from clinic_desktop.storage import cipher, look
from clinic_desktop.storage.backing_up import back_up
from clinic_desktop.storage.engine import Sealed
from clinic_desktop.storage.keyed import new_store
from clinic_desktop.storage.restoring import restore
from clinic_desktop.storage.store import open_store
from clinic_desktop.ui import operations
from clinic_desktop.ui.backups.choose_dialog import ChooseBackupDialog
from clinic_desktop.ui.backups.look_dialog import LookDialog
from clinic_desktop.ui.first_run.start_page import StartPage
from clinic_desktop.ui.first_run.window import FirstRunWindow
from clinic_desktop.ui.window import read_setup
from tests.scheduling.set_up_world import ANSWERS
from tests.small_clinic import filled
from tests.ui.a_program import a_program
from tests.ui.grab import grab_both
from tests.without_keyring import with_cheap_keys

pytestmark = pytest.mark.skipif(not cipher.can_seal(), reason="SQLCipher does not come for this system")
PHRASE, OTHER = "four quiet grey herons", "seven tall brown cranes"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch):
    with with_cheap_keys(monkeypatch):
        yield


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with a_program() as made:
        yield made
        settled(qtbot)


def settled(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not operations.running_count())


def made(path: Path, keys: NewKeys | None) -> Path:
    """A clinic of Ash; a backup of it; and Since, who came after that."""
    store = new_store(path, keys)
    make_clinic(store, PROGRAM, ANSWERS)
    backup = None
    for name in ("Ash", "Since"):
        with store.write(PROGRAM) as unit:
            unit.add(Patient(family_name=name))
            unit.commit()
        backup = backup or back_up(store).file
    store.close()
    assert backup is not None
    return backup


def start_of(program: Program) -> FirstRunWindow:
    assert program._start is not None
    return program._start


def asked(qtbot: QtBot, start: FirstRunWindow) -> ChooseBackupDialog | None:
    """The list of those that are known; None where there are none, and a file is asked for."""
    settled(qtbot)
    return start.choice


def chosen(qtbot: QtBot, start: FirstRunWindow, file: Path) -> None:
    """Typed into the dialog for files."""
    known = asked(qtbot, start)
    if known is not None:
        qtbot.keyClick(known, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    dialog = start._dialog
    assert dialog is not None
    line = dialog.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    line.setText(str(file))
    qtbot.keyClick(line, Qt.Key.Key_Return)


def dialog_of(qtbot: QtBot, program: Program) -> LookDialog:
    qtbot.waitUntil(lambda: program.look_dialog is not None)
    settled(qtbot)
    assert program.look_dialog is not None
    return program.look_dialog


def people(program: Program) -> list[str]:
    assert program._store is not None
    with program._store.read() as records:
        return [one.family_name for one in records.find(Patient)]


def restored(qtbot: QtBot, program: Program, dialog: LookDialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: program.window is not None, timeout=10_000)
    settled(qtbot)
    assert people(program) == ["Ash"]


def test_a_new_computer_takes_an_encrypted_backup_by_the_keyboard_alone(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    backup = made(tmp_path / "old" / "clinic.sqlite", unlocking.new_keys(PHRASE))
    program.start("", demo=False)
    start = start_of(program)
    qtbot.keyClick(start.start, Qt.Key.Key_5)
    chosen(qtbot, start, backup)
    dialog = dialog_of(qtbot, program)
    assert dialog.line.hasFocus()
    assert "is kept" not in dialog.accessibleDescription()  # there is nothing yet
    assert (
        "is encrypted, and nothing here opens it. Nothing was changed. Type the passphrase"
        in dialog.says.text()
    )
    assert not dialog.restore.isVisible()
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.form.row("key").problem == "Type the passphrase or the recovery key."
    qtbot.keyClicks(dialog.line, OTHER)
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settled(qtbot)
    assert "does not open the clinic" in dialog.form.row("key").problem
    assert not settings.default_clinic().exists()
    dialog.line.setText(PHRASE)
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settled(qtbot)
    assert "1 patient and 0 visits" in dialog.says.text()
    assert dialog.stay.hasFocus()
    assert not dialog.form.isVisible()
    restored(qtbot, program, dialog)
    assert look.is_sealed(settings.default_clinic())
    assert settings.last_clinic() == str(settings.default_clinic())
    written = [one for one in settings.home().rglob("*") if one.is_file()]
    assert written
    assert not [one for one in written if PHRASE.encode() in one.read_bytes()]


def test_a_clinic_that_a_passphrase_alone_opens_and_that_is_damaged_is_restored_from_its_page(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    clinic = tmp_path / "clinic.sqlite"
    backup = made(clinic, unlocking.new_keys(PHRASE))
    data = bytearray(clinic.read_bytes())
    data[100_000:140_000] = bytes(40_000)
    clinic.write_bytes(data)
    program.open_clinic(str(clinic))
    settled(qtbot)
    start = start_of(program)
    assert start._unlock is not None
    qtbot.keyClicks(start._unlock.line, PHRASE)
    qtbot.keyClick(start._unlock.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: start.health is not None)
    settled(qtbot)
    page = start.health
    assert page is not None
    assert page.health.trouble is Trouble.DAMAGED
    qtbot.keyClick(page, Qt.Key.Key_2)
    known = asked(qtbot, start)
    assert known is not None
    assert known.list.chosen == str(backup)
    qtbot.keyClick(known.list, Qt.Key.Key_Return)
    dialog = dialog_of(qtbot, program)
    qtbot.keyClicks(dialog.line, PHRASE)
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settled(qtbot)
    assert clinic.read_bytes() == data
    restored(qtbot, program, dialog)
    (aside,) = tmp_path.glob("clinic before restoring *.sqlite")
    assert aside.read_bytes() == data


def test_one_whose_keys_are_lost_is_told_so_and_gets_them_back_with_the_backup(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    clinic = tmp_path / "clinic.sqlite"
    backup = made(clinic, unlocking.new_keys(PHRASE))
    for lose in (slots_file(clinic).unlink, lambda: slots_file(clinic).write_text("torn")):
        lose()
        program.open_clinic(str(clinic))
        settled(qtbot)
        page = start_of(program).health
        assert page is not None
        assert page.health.trouble is Trouble.NO_KEYS
        assert "Every backup has a copy of the keys" in page.spoken
    qtbot.keyClick(page, Qt.Key.Key_2)
    chosen(qtbot, start_of(program), backup)
    dialog = dialog_of(qtbot, program)
    dialog.line.setText(PHRASE)
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settled(qtbot)
    restored(qtbot, program, dialog)


def test_where_it_was_not_restored_the_page_stays_and_says_why(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    clinic = tmp_path / "clinic.sqlite"
    backup = made(clinic, None)
    clinic.write_bytes(clinic.read_bytes()[:4096] + b"\xff" * 9000)
    program.open_clinic(str(clinic))
    settled(qtbot)
    start = start_of(program)
    qtbot.keyClick(start.health, Qt.Key.Key_2)
    chosen(qtbot, start, backup)
    dialog = dialog_of(qtbot, program)
    backup.unlink()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    settled(qtbot)
    assert program.window is None
    assert start.health is not None
    assert start.health.isVisible()
    assert "There is no backup at" in start.problem


def test_where_a_clinic_is_the_start_page_restores_none_over_it(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    """Whoever may sign in to it restores there."""
    backup = made(tmp_path / "old" / "clinic.sqlite", None)
    place = settings.default_clinic()
    made(place, None)
    before = place.read_bytes()
    program.show_start()
    start = start_of(program)
    qtbot.keyClick(start.start, Qt.Key.Key_5)
    chosen(qtbot, start, backup)
    dialog = dialog_of(qtbot, program)
    assert "There is a clinic's file at" in dialog.trouble.accessibleName()
    assert not dialog.restore.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert place.read_bytes() == before


def test_in_the_window_too_a_backup_with_another_key_is_asked_for_it(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    backup = made(tmp_path / "old" / "clinic.sqlite", unlocking.new_keys(PHRASE))
    clinic, keys = tmp_path / "here" / "clinic.sqlite", unlocking.new_keys(OTHER)
    clinic.parent.mkdir()
    store = filled(new_store(clinic, keys)).store
    program._where = str(clinic)
    program._opened(
        str(clinic), Opened(store, read_setup(store), store.change_number(), store.last_written())
    )
    settled(qtbot)
    window = program.window
    assert window is not None
    window.desk.act_as(Actor(0, frozenset({Role.MANAGER}), "desk"))
    window.backups.look_into(str(backup))
    settled(qtbot)
    dialog = window.backups.dialog
    assert dialog is not None
    dialog.line.setText(PHRASE)
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settled(qtbot)
    assert "It is another clinic's." in dialog.says.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.question is not None
    dialog.question.yes.click()
    qtbot.waitUntil(lambda: bool(program._start and program._start._unlock), timeout=10_000)
    settled(qtbot)
    sealed = open_store(Sealed(clinic, keys.data_key))  # it kept its own key
    with sealed.read() as records:
        assert [one.family_name for one in records.find(Patient)] == ["Ash"]
    sealed.close()


def test_a_backup_waits_for_the_clinic_whose_place_it_was_to_take_and_for_no_other(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    where = tmp_path / "clinic.sqlite"
    backup, other = made(where, None), tmp_path / "other" / "other.sqlite"
    other.parent.mkdir()
    made(other, None)
    settings.remember_clinic(where)

    def offered() -> bool:
        settled(qtbot)
        assert program.window is not None
        return any(one.id == "to-put-back" for one in program.window.banners.banners())

    def put_back() -> None:
        program.open_clinic(str(backup))
        settled(qtbot)
        qtbot.waitUntil(lambda: start_of(program).health is not None)
        program._put_back()
        settled(qtbot)

    away = where.rename(tmp_path / "away.sqlite")
    put_back()
    assert program.window is None  # it did not open
    away.rename(where)
    program.open_clinic(str(where))
    assert not offered()
    program._close_then("", partial(program.open_clinic, str(other)))
    qtbot.waitUntil(lambda: program.window is not None and program._where == str(other))
    assert not offered()
    settings.remember_clinic(where)
    program._close_then("", program.show_start)
    settled(qtbot)
    put_back()
    qtbot.waitUntil(lambda: program.window is not None)
    assert program._where == str(where)
    assert offered()


_FIRST = datetime(2026, 11, 20, 22, 25, tzinfo=UTC)


def three_backups(path: Path) -> list[Path]:
    """Of one clinic, oldest first, each of another day; the last is not as long as it was."""
    files = []
    for day in range(3):
        store = (
            open_store(path, FixedClock(_FIRST + timedelta(days=day)))
            if path.exists()
            else new_store(path, None, FixedClock(_FIRST))
        )
        if not day:
            make_clinic(store, PROGRAM, ANSWERS)
        with store.write(PROGRAM) as unit:
            unit.add(Patient(family_name=f"Day {day}"))
            unit.commit()
        files.append(back_up(store).file)
        store.close()
    with files[-1].open("ab") as last:
        last.write(b"more")
    return files


def test_of_a_damaged_clinic_the_backups_that_are_known_are_offered_and_the_newest_sound_one_is_chosen(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    clinic = tmp_path / "clinic.sqlite"
    first, second, torn = three_backups(clinic)
    stranger = tmp_path / "other" / "clinic.sqlite"
    stranger.parent.mkdir()
    theirs = made(stranger, None)
    for end in ("", ".json"):  # another clinic's, in the same folder
        shutil.copy(f"{theirs}{end}", f"{first.parent / theirs.name}{end}")
    data = clinic.read_bytes()
    clinic.write_bytes(data[:100_000] + bytes(40_000) + data[140_000:])
    program.open_clinic(str(clinic))
    settled(qtbot)
    start = start_of(program)
    qtbot.keyClick(start.health, Qt.Key.Key_2)
    known = asked(qtbot, start)
    assert known is not None
    assert start._dialog is None
    rows = [known.list.model().index(n, 0) for n in range(known.list.model().rowCount())]
    said = [one.data(Qt.ItemDataRole.AccessibleTextRole) for one in rows]
    assert [one.name in text for one, text in zip((torn, second, first), said, strict=True)] == [True] * 3
    # By the clinic's clock though the clinic does not open: the file's name has its offset.
    assert "4:25 PM UTC-6" in said[1]
    assert known.list.chosen == str(second)
    grab_both(known, "which-backup")
    qtbot.keyClick(known, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert start._dialog is not None
    start.choice = None
    chosen(qtbot, start, first)
    dialog = dialog_of(qtbot, program)
    assert dialog.accessibleName() == "Restore the backup of November 20, 2026, 4:25 PM UTC-6?"
    assert "Last change: November 20, 2026, 4:25 PM CST." in dialog.says.text()
    assert dialog.newer.isVisible()
    assert "What is there now is kept beside it" in dialog.accessibleDescription()
    assert "November 21, 2026, 4:25 PM CST" in dialog.newer.accessibleName()
    grab_both(dialog, "a-newer-one")
    before, program.look_dialog = program.look_dialog, None
    assert before is not None
    qtbot.keyClick(before, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    newer = dialog_of(qtbot, program)
    assert second.name in newer.file.text()
    assert not newer.newer.isVisible()
    assert newer.stay.hasFocus()


def test_where_a_clinics_file_is_gone_the_start_page_offers_its_backups(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    backup = made(settings.default_clinic(), None)
    settings.default_clinic().unlink()
    program.start("", demo=False)
    settled(qtbot)
    start = start_of(program)
    page = start.start if start.health is None else start.health
    page.restore.click() if isinstance(page, StartPage) else page.restore_chosen.emit()
    known = asked(qtbot, start)
    assert known is not None
    assert known.list.chosen == str(backup)


def test_what_lay_there_before_is_named_by_the_clinics_clock(tmp_path: Path) -> None:
    clinic = tmp_path / "clinic.sqlite"
    first, *_ = three_backups(clinic)
    done = restore(clinic, first, clock=FixedClock(_FIRST))
    assert done.aside == "clinic before restoring 2026-11-20 162500.sqlite"


def test_after_a_restore_on_a_new_computer_the_folder_that_it_came_from_is_offered_again(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    backup = made(tmp_path / "stick" / "clinic.sqlite", None)
    program.start("", demo=False)
    start = start_of(program)
    qtbot.keyClick(start.start, Qt.Key.Key_5)
    chosen(qtbot, start, backup)
    restored(qtbot, program, dialog_of(qtbot, program))
    window = program.window
    assert window is not None

    def banners() -> list[str]:
        return [f"{one.title}: {one.text}" for one in window.banners.banners() if one.id == "backups"]

    qtbot.waitUntil(lambda: bool(banners()))
    settled(qtbot)
    (said,) = banners()
    assert said.startswith("The backups go to another folder than before")
    assert f"came from {backup.parent}." in said
    window.desk.act_as(Actor(0, frozenset({Role.MANAGER}), "desk"))
    window.backups.ask_where()  # the banner's button, and Shift F4 once somebody signed in
    asked_where = window.backups.folders
    assert asked_where is not None
    grab_both(asked_where, "folder-again")
    qtbot.keyClick(asked_where.list, Qt.Key.Key_Return)
    settled(qtbot)
    assert settings.backup_folder(str(settings.default_clinic().resolve())) == str(backup.parent)
    assert not banners()
    assert len(list(backup.parent.glob("*.sqlite"))) == 2  # and begins there at once
    store = program._store
    assert store is not None
    with store.read() as records:
        assert records.rows("SELECT count(*) FROM audit WHERE action = 'backups kept elsewhere'") == [(1,)]
