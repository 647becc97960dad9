"""Set-up, Encryption: what opens the clinic, changed by keys alone and by whoever may."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.security import clinic_keys, key_slots, unlocking
from clinic_desktop.security.key_slots import Cost, NotOpened
from clinic_desktop.ui import dialogs, on_screen, operations
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.encryption.dialogs import PassphraseDialog, RecoveryDialog, RememberDialog
from clinic_desktop.ui.encryption.keys import Kept
from clinic_desktop.ui.encryption.section import EncryptionView
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.window import read_setup
from tests.security.test_key_slots import Ring
from tests.small_clinic import build
from tests.ui.sign_in.conftest import Slow
from tests.ui.whole_window import whole_window

PHRASE, OTHER = "four quiet grey herons", "nine loud red foxes"
MANAGER, NURSE = (Actor(1, frozenset({role}), "desk") for role in (Role.MANAGER, Role.NURSE))
Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture(autouse=True)
def ring(monkeypatch) -> Iterator[Ring]:
    monkeypatch.setattr(key_slots, "COST", Cost(64, 1, 1))
    before = keyring.get_keyring()
    keyring.set_keyring(one := Ring())
    yield one
    keyring.set_keyring(before)


class Stage:
    """The part in the window of a small clinic, with a manager at it; the keys are of a file beside it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.place = qtbot, folder / "sealed.sqlite"
        self.clinic = build(folder)
        store = self.clinic.store
        self.window = whole_window(qtbot, Desk(store, MANAGER, store.clock, read_setup(store)))

    def open(self, key: bytes | None) -> EncryptionView:
        """The part, by its key."""
        self.window.clinic_keys.start(Kept(self.place, key, can_encrypt=True))
        self.press(Key.Key_F10, Mod.ControlModifier | Mod.ShiftModifier)
        view = self.window.place("set-up").shown()
        assert isinstance(view, EncryptionView)
        self.view = view
        return view

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not operations.running_count())

    def back(self) -> None:
        """The dialog is over, and the keys are the window's again."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def type(self, *lines: str) -> None:
        """Into the fields of the dialog from the focus on; Enter after each."""
        dialog = self.view.dialog
        self.qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or self.window))
        for line in lines:
            self.qtbot.keyClicks(QApplication.focusWidget(), line)
            self.press(Key.Key_Return)


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(qtbot, tmp_path)
    yield made
    made.settle()
    made.clinic.store.close()


@pytest.fixture
def sealed(stage: Stage) -> tuple[Stage, unlocking.NewKeys]:
    keys = unlocking.new_keys(PHRASE, remembered=True)
    keys.write(stage.place)
    stage.open(keys.data_key)
    return stage, keys


def test_each_way_is_said_and_the_passphrase_changed_by_keys(sealed) -> None:
    stage, keys = sealed
    view = stage.view
    assert view.title.text() == "This clinic is encrypted"
    assert "for whoever is logged in here" in view.computer.said
    assert view.passphrase.said == "Opens the clinic on any computer."
    assert "There is none" in view.key_file.said
    assert not view.remember.isVisible()
    assert not view.encrypt.isVisible()
    assert QApplication.focusWidget() is view.change
    stage.press(Key.Key_P, Mod.AltModifier)
    dialog = view.dialog
    assert isinstance(dialog, PassphraseDialog)
    stage.type("no such phrase", OTHER, OTHER)
    assert "does not open the clinic" in dialog.trouble.said
    dialog.proof.setText(PHRASE)
    dialog.again.setFocus()
    stage.press(Key.Key_Return)
    assert unlocking.opened_by(stage.place, OTHER) == keys.data_key
    assert stage.window.status_bar.said == "The passphrase is changed."


@pytest.mark.parametrize("it_fits", [True, False])
def test_who_leaves_while_the_keys_are_changed_hears_what_became_of_it(
    sealed, monkeypatch: pytest.MonkeyPatch, it_fits: bool
) -> None:
    """Else a new recovery key counts, and its paper is thrown away as if it did not."""
    stage, keys = sealed
    slow = Slow(monkeypatch, clinic_keys, "change_passphrase")
    stage.press(Key.Key_P, Mod.AltModifier)
    dialog = stage.view.dialog
    assert isinstance(dialog, PassphraseDialog)
    dialog.proof.setText(PHRASE if it_fits else "no such phrase")
    dialog.new.setText(OTHER)
    dialog.again.setText(OTHER)
    dialog.take.click()
    slow.asked(stage.qtbot)
    dialog.reject()
    slow.go_on(stage.qtbot)
    (told,) = [one.accessibleName() for one in stage.window.notices.notices()]
    if it_fits:
        assert told.startswith("The passphrase is changed.")
        assert unlocking.opened_by(stage.place, OTHER) == keys.data_key
    else:
        assert told.startswith("Set the passphrase: not done")


def test_what_a_manager_asked_for_is_not_shown_to_whoever_comes_next(
    sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, _keys = sealed
    slow = Slow(monkeypatch, clinic_keys, "ways_in")
    stage.window.clinic_keys.changed.emit()
    slow.asked(stage.qtbot)
    stage.view._keys.desk.act_as(NURSE)
    slow.go_on(stage.qtbot)
    assert stage.view._known is None


def test_the_new_recovery_key_counts_once_it_was_typed_back(sealed, monkeypatch) -> None:
    stage, keys = sealed
    view = stage.view
    stage.press(Key.Key_R, Mod.AltModifier)
    dialog = view.dialog
    assert isinstance(dialog, RecoveryDialog)
    assert " ".join(dialog.box.key[:5]) in dialog.box.shown.accessibleName()
    stage.type(keys.recovery_key, PHRASE)  # the old one: looked at before anything is done
    assert dialog.form.row("back").problem == "This is another recovery key."
    assert dialog.back.font() == theme().spelled_font(TextRole.BODY)
    assert unlocking.opened_by(stage.place, keys.recovery_key) == keys.data_key
    dialog.back.setText(dialog.box.key)
    new = dialog.box.key
    dialog.proof.setText(PHRASE)
    dialog.proof.setFocus()
    stage.press(Key.Key_Return)
    assert unlocking.opened_by(stage.place, new) == keys.data_key
    with pytest.raises(NotOpened):
        unlocking.opened_by(stage.place, keys.recovery_key)


def test_this_computer_forgets_and_remembers(sealed, ring) -> None:
    stage, keys = sealed
    view = stage.view
    stage.press(Key.Key_F, Mod.AltModifier)
    assert isinstance(view.dialog, RememberDialog)
    stage.type(PHRASE)
    assert unlocking.found_here(stage.place) is None
    assert "asks at each start" in view.computer.said
    assert not view.forget.isVisible()
    stage.back()
    assert view.window().focusWidget() is view.change  # not on to whatever comes after the button that went
    stage.press(Key.Key_M, Mod.AltModifier)
    stage.type(keys.recovery_key)
    assert unlocking.found_here(stage.place) == keys.data_key
    assert view.forget.isVisible()


def test_a_plain_clinic_offers_to_be_encrypted_to_whoever_may(stage: Stage) -> None:
    stage.window.desk.act_as(NURSE)
    view = stage.open(None)
    assert view.title.text() == "This clinic is not encrypted"
    assert view.encrypt.missing == ("A manager changes this.",)
    assert view.encrypt.x() == view.lead.x()  # what is hidden takes no room before it
    stage.press(Key.Key_E, Mod.AltModifier)
    assert settings.to_encrypt() == ""
    stage.window.desk.act_as(MANAGER)
    stage.settle()
    stage.press(Key.Key_E, Mod.AltModifier)
    assert settings.to_encrypt() == str(stage.place)


def test_where_there_is_nothing_to_encrypt_it_says_what_would_stand_here(stage: Stage) -> None:
    view = stage.open(None)
    stage.window.clinic_keys.start(Kept(stage.place))
    assert "let the disk of this computer be encrypted" in view.lead.text()
    stage.window.clinic_keys.start(Kept())
    assert view.title.text() == "The clinic is on a server"
    assert "Keys stand here once" in view.lead.text()
    setup = stage.window.desk.setup
    stage.window.desk.renew_setup(replace(setup, clinic=replace(setup.clinic, demo=True)))
    stage.window.clinic_keys.start(Kept())
    assert view.title.text() == "The demo clinic is not encrypted"


def test_on_a_low_screen_what_went_wrong_is_seen_with_the_field_it_is_about(sealed, monkeypatch) -> None:
    for module in (dialogs, on_screen):
        monkeypatch.setattr(module, "room_for", lambda *_: QRect(0, 0, 683, 352))
    stage, _ = sealed
    stage.press(Key.Key_P, Mod.AltModifier)
    dialog = stage.view.dialog
    stage.type("no such phrase", OTHER, OTHER)
    assert dialog.height() <= 352

    def seen(widget: QWidget) -> bool:
        return widget.visibleRegion().boundingRect() == widget.rect()

    stage.qtbot.waitUntil(lambda: seen(dialog.trouble) and seen(dialog.proof))
    assert dialog.proof.hasFocus()
    assert dialog.proof.selectedText() == dialog.proof.text()
    dialog.reject()


def test_who_may_not_sees_no_ways(sealed) -> None:
    stage, _ = sealed
    stage.window.desk.act_as(NURSE)
    stage.settle()
    view = stage.view
    assert not any(one.isVisible() for one in view.ways)
    assert view.change.missing == ("A manager changes this.",)
    stage.press(Key.Key_P, Mod.AltModifier)
    assert view.dialog is None
