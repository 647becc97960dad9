"""The keys of an encrypted clinic: given, typed back, and asked for."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from clinic_desktop import app
from clinic_desktop.app import Program
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.printing.codes import squares_of
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.set_up_new import make_clinic
from clinic_desktop.security import key_slots, recovery_key, unlocking
from clinic_desktop.security.key_slots import Cost
from clinic_desktop.start import keys as key_ways
from clinic_desktop.start import opening
from clinic_desktop.storage import cipher, look
from clinic_desktop.storage.keyed import new_store
from clinic_desktop.ui import operations
from clinic_desktop.ui.first_run.keys_step import KeysStep, WishedKeys
from clinic_desktop.ui.first_run.recovery_box import page_of
from clinic_desktop.ui.first_run.window import FirstRunWindow
from tests.scheduling.set_up_world import ANSWERS
from tests.security.test_key_slots import Ring
from tests.ui.a_program import a_program
from tests.ui.sign_in.conftest import Slow

PHRASE = "four quiet grey herons"
sealing = pytest.mark.skipif(not cipher.can_seal(), reason="SQLCipher does not come for this system")


@pytest.fixture(autouse=True)
def ring(monkeypatch):
    monkeypatch.setattr(key_slots, "COST", Cost(64, 1, 1))
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield Ring()
    keyring.set_keyring(before)


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with a_program() as made:
        yield made


def settled(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not operations.running_count())


def test_the_recovery_key_is_typed_back_and_a_passphrase_chosen(qtbot: QtBot) -> None:
    step = KeysStep(render_pdf)
    qtbot.addWidget(step)
    settled(qtbot)
    assert set(step.problems(ANSWERS)) == {"recovery", "passphrase"}
    step.typed_back.setText(recovery_key.new_recovery_key())
    step.passphrase.setText("short")
    assert step.problems(ANSWERS)["recovery"] == "This is another recovery key."
    assert set(step.problems(ANSWERS)) == {"recovery", "passphrase", "again"}
    other = step.recovery_key.replace(step.recovery_key[1], "?")
    step.typed_back.setText(other)
    said = "Group 1 of the recovery key is mistyped. Compare it with the paper."
    assert step.problems(ANSWERS)["recovery"] == said  # and nothing of what was typed
    step.typed_back.setText(step.recovery_key.lower().replace("-", " "))
    step.passphrase.setText(PHRASE)
    step.again.setText(PHRASE)
    assert step.problems(ANSWERS) == {}
    assert step.passphrase.echoMode() is QLineEdit.EchoMode.Password
    step.passphrase.clear()
    step.again.clear()
    assert step.problems(ANSWERS)
    step.set_keyring(True)
    assert step.problems(ANSWERS) == {}
    page = render_pdf(page_of(step.recovery_key))
    assert page.page_count == 1
    assert step.recovery_key not in repr(step.wished)


def test_where_nothing_can_be_encrypted_it_is_said(qtbot: QtBot) -> None:
    window = FirstRunWindow(can_seal=False)
    qtbot.addWidget(window)
    ready = window.assistant._steps[-1]
    ready.fill(ANSWERS)
    assert "Not encrypted" in ready._lines.text()
    assert window.wished_keys is None


@sealing
def test_a_new_clinic_is_encrypted_and_opened_by_what_was_chosen(
    qtbot: QtBot, program: Program, ring
) -> None:
    program.show_start()
    start = program._start
    assert start is not None
    assert [one.name for one in start.assistant._steps][-2:] == ["Keys", "Ready"]
    step = start._keys
    assert step is not None
    step.passphrase.setText(PHRASE)
    key = step.recovery_key
    program.make_clinic(ANSWERS)
    qtbot.waitUntil(lambda: program.window is not None)
    settled(qtbot)
    place = settings.default_clinic()
    assert look.is_sealed(place)
    assert unlocking.opened_by(place, PHRASE) == unlocking.opened_by(place, key)
    assert program.window.desk.squares is squares_of
    kept = program.window.clinic_keys.kept
    assert (kept.file, kept.key) == (place, unlocking.opened_by(place, PHRASE))
    assert PHRASE not in (settings.home() / "window.ini").read_text()


@sealing
@pytest.mark.parametrize("passphrase", ["", PHRASE])
def test_a_new_clinic_that_cannot_be_made_leaves_nothing_but_what_lay_there(
    tmp_path, monkeypatch, passphrase
):
    def full(*_all: object) -> None:
        raise EnvironmentFailure("The disk is full.")

    monkeypatch.setattr(opening, "make_clinic", full)
    place = tmp_path / "clinic.sqlite"
    if not passphrase:  # a clinic that was moved away had these
        unlocking.new_keys(PHRASE).write(place)
    before = {one: one.read_bytes() for one in tmp_path.iterdir()}
    wished = WishedKeys(recovery_key.new_recovery_key(), passphrase) if passphrase else None
    with pytest.raises(EnvironmentFailure, match="full"):
        opening.new_clinic(place, ANSWERS, wished)
    assert {one: one.read_bytes() for one in tmp_path.iterdir()} == before


@sealing
def test_an_encrypted_clinic_is_asked_for_its_key_and_remembered(
    qtbot: QtBot, program: Program, tmp_path: Path, ring
) -> None:
    keyring.set_keyring(ring)
    keys = unlocking.new_keys(PHRASE)
    place = tmp_path / "clinic.sqlite"
    opening.new_clinic(tmp_path / "other.sqlite", ANSWERS).store.close()
    store = new_store(place, keys)
    make_clinic(store, PROGRAM, ANSWERS)
    store.close()
    program.open_clinic(str(place))
    settled(qtbot)
    page = program._start._unlock
    assert page.isVisible()
    assert page.remember.isVisible()
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    assert page.form.row("key").problem == "Type the passphrase or the recovery key."
    qtbot.keyClicks(page.line, "no such passphrase")
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    settled(qtbot)
    assert "does not open the clinic" in page.form.row("key").problem
    assert program.window is None
    page.line.setText(keys.recovery_key)
    page.remember.setChecked(True)
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None)
    settled(qtbot)
    assert program._start is None
    assert unlocking.found_here(place) == keys.data_key
    with program._store.read() as records:
        asked = "SELECT after FROM audit WHERE action = 'keys changed'"
        assert [row[0] for row in records.rows(asked)] == ['{"what": "remembered on a computer"}']


@sealing
def test_where_there_is_no_keyring_remembering_is_not_offered(qtbot: QtBot, program: Program) -> None:
    program.show_start()
    start = program._start
    start.ask_for_key("clinic.sqlite")
    settled(qtbot)
    assert start._unlock.isVisible()
    assert not start._unlock.remember.isVisible()
    assert start._unlock.name.text().startswith("Open clinic.sqlite with")
    start.ask_for_key("clinic.sqlite", only_look=True)
    assert start._unlock.name.text().startswith("To look at clinic.sqlite only")


@sealing
@pytest.mark.parametrize("typed", [PHRASE, "no such passphrase"])
def test_a_key_that_is_answered_after_its_page_was_left_opens_nothing_and_calls_nobody_back(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    """Else a window of that clinic stands beside what was begun meanwhile."""
    keys = unlocking.new_keys(PHRASE)
    store = new_store(tmp_path / "clinic.sqlite", keys)
    make_clinic(store, PROGRAM, ANSWERS)
    store.close()
    program.open_clinic(str(tmp_path / "clinic.sqlite"))
    settled(qtbot)
    start = program._start
    assert start.page is start._unlock
    slow = Slow(monkeypatch, key_ways, "open_typed")
    qtbot.keyClicks(start._unlock.line, typed)
    qtbot.keyClick(start._unlock.line, Qt.Key.Key_Return)
    slow.asked(qtbot)
    qtbot.keyClick(start._unlock, Qt.Key.Key_Escape)
    slow.go_on(qtbot)
    settled(qtbot)
    assert program.window is None
    assert start.start.isVisible()


def test_a_clinic_that_opens_after_somebody_went_on_brings_no_window(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening.new_clinic(tmp_path / "clinic.sqlite", ANSWERS).store.close()
    program.show_start()
    start = program._start
    slow = Slow(monkeypatch, app, "open_keyed")
    program.open_clinic(str(tmp_path / "clinic.sqlite"))
    slow.asked(qtbot)
    start.open_assistant()
    slow.go_on(qtbot)
    settled(qtbot)
    assert program.window is None
    assert start.page is start.assistant


@sealing
def test_nothing_that_was_typed_for_a_clinic_waits_on_its_page_nor_is_the_next_shown(
    qtbot: QtBot, program: Program
) -> None:
    program.show_start()
    start = program._start
    start.ask_for_key("clinic.sqlite")
    settled(qtbot)
    page = start._unlock
    page.line.setText(PHRASE)
    page.show_typed.setChecked(True)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.line.text() == ""
    start.ask_for_key("clinic.sqlite")
    assert page.line.echoMode() is QLineEdit.EchoMode.Password


@sealing
def test_a_clinic_that_was_encrypted_and_does_not_open_is_not_called_plain(
    qtbot: QtBot, program: Program, tmp_path: Path, monkeypatch
) -> None:
    place = tmp_path / "clinic.sqlite"
    opening.new_clinic(place, ANSWERS).store.close()
    settings.wish_to_encrypt(str(place))
    program.start(str(place), demo=False)
    start = program._start

    def no(_where: object) -> None:
        raise EnvironmentFailure("The disk does not answer.")

    monkeypatch.setattr(opening, "open_clinic", no)
    page = start._encrypt
    page.keys.typed_back.setText(page.keys.recovery_key)
    page.keys.passphrase.setText(PHRASE)
    page.keys.again.setText(PHRASE)
    qtbot.keyClick(page.keys.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: start.health is not None)
    settled(qtbot)
    assert look.is_sealed(place)
    assert settings.to_encrypt() == ""
    assert not page.problem.isVisible()
    assert "The disk does not answer." in start.health.spoken


@sealing
def test_a_plain_clinic_is_encrypted_at_the_next_start(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    place = tmp_path / "clinic.sqlite"
    opening.new_clinic(place, ANSWERS).store.close()
    settings.remember_clinic(place)
    settings.wish_to_encrypt(str(place))
    program.start("", demo=False)
    start = program._start
    page = start._encrypt
    assert page.isVisible()
    page.go_on()
    settled(qtbot)
    assert not look.is_sealed(place)  # nothing was typed back
    page.keys.typed_back.setText(page.keys.recovery_key)
    page.keys.passphrase.setText(PHRASE)
    page.keys.again.setText(PHRASE)
    qtbot.keyClick(page.keys.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None)
    settled(qtbot)
    assert look.is_sealed(place)
    assert settings.to_encrypt() == ""
    assert unlocking.opened_by(place, PHRASE)
    with program._store.read() as records:
        asked = "SELECT after FROM audit WHERE action = 'keys changed'"
        assert [row[0] for row in records.rows(asked)] == ['{"what": "encrypted"}']


@sealing
def test_back_leads_to_the_other_ways_in(qtbot: QtBot, program: Program) -> None:
    program.show_start()
    start = program._start
    start.ask_for_key("clinic.sqlite")
    qtbot.keyClick(start._unlock, Qt.Key.Key_Escape)
    assert start.start.isVisible()
    assert start.start.focusProxy() is start.start.open, "an Enter too many would open the demo"
