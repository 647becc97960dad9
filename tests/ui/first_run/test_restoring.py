"""A backup is restored where no clinic is open: on a new computer, and where the clinic does not open."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from clinic_desktop.app import Program
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
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
from clinic_desktop.storage.store import open_store
from clinic_desktop.ui import operations
from clinic_desktop.ui.backups.look_dialog import LookDialog
from clinic_desktop.ui.first_run.window import FirstRunWindow
from clinic_desktop.ui.window import read_setup
from tests.scheduling.set_up_world import ANSWERS
from tests.small_clinic import filled
from tests.ui.a_program import a_program
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


def chosen(qtbot: QtBot, start: FirstRunWindow, file: Path) -> None:
    """Typed into the dialog for files."""
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
    assert start._dialog is not None
    assert Path(start._dialog.directory().absolutePath()) == backup.parent
    chosen(qtbot, start, backup)
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
