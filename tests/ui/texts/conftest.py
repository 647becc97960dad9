"""The texts of the sheets in their window over a small clinic, with whoever sits at the keyboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.aftercare.sheet_text import SheetText
from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.ui import operations
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.texts.place import TextsPlace, texts_spec
from tests.aftercare.approved import approve_shipped
from tests.small_clinic import SmallClinic, build
from tests.ui.place_keyboard import WAIT_MS, PlaceKeyboard


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    """Its texts are approved, so that nothing waits by itself."""
    made = build(tmp_path)
    approve_shipped(made)
    yield made
    operations.wait_for_all()
    made.store.close()


def manager_of(clinic: SmallClinic) -> Actor:
    return Actor(clinic.maya.id, frozenset({Role.MANAGER}), "office")


class Keyboard(PlaceKeyboard):
    """The place as somebody at the keyboard has it."""

    @property
    def place(self) -> TextsPlace:
        place = self.shell.place("texts")
        assert isinstance(place, TextsPlace)
        return place

    @property
    def texts(self) -> list[str]:
        return [one.row.spoken for one in self.place.view.texts.lines()]

    @property
    def versions(self) -> list[str]:
        return [one.row.spoken for one in self.place.view.versions.lines()]

    @property
    def checks(self) -> list[str]:
        return [one.row.spoken for one in self.place.writing.checks.lines()]

    def write(self) -> "Keyboard":
        """A new version of the first text is open, and its pages stand there."""
        self.place.writing._trying._rest.setInterval(20)  # nobody waits for the longest sheet
        self.place.edit()
        return self.pages()

    def pages(self) -> "Keyboard":
        """Until the pages of what is typed are painted."""
        self.qtbot.waitUntil(lambda: not self.place.writing.busy, timeout=WAIT_MS)
        return self

    def put(self, old: str, new: str) -> "Keyboard":
        """Find words and type others in their place."""
        assert self.place.writing.editor.find_words(old)
        self.place.writing.editor.setFocus()
        self.type(new)
        return self.pages()

    def kept(self) -> "Keyboard":
        self.place.session.keep()
        self.qtbot.waitUntil(lambda: not self.place.session.keeper.busy, timeout=WAIT_MS)
        return self

    def up(self) -> Dialog:
        """The dialog that is up, once it has the focus."""

        def there() -> bool:
            dialog, focus = QApplication.activeModalWidget(), QApplication.focusWidget()
            return dialog is not None and focus is not None and dialog.isAncestorOf(focus)

        self.qtbot.waitUntil(there, timeout=WAIT_MS)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Dialog)
        return dialog

    def page_text(self) -> str:
        return self.place.writing.preview.accessibleDescription()

    def on_record(self, number: int) -> SheetText | None:
        with self.clinic.store.read() as records:
            found = records.find(SheetText, kind="iv", language="en", number=number)
        return found[0] if found else None


@pytest.fixture
def open_texts(qtbot: QtBot, clinic: SmallClinic) -> Callable[..., Keyboard]:
    """Opens the window at the texts, as the manager unless told otherwise."""

    def opened(actor: Actor | None = None, size: tuple[int, int] = (1366, 730)) -> Keyboard:
        return Keyboard.at(qtbot, clinic, actor or manager_of(clinic), texts_spec, size)

    return opened


@pytest.fixture(autouse=True)
def nothing_running(qtbot: QtBot) -> Iterator[None]:
    """What was begun comes to its end."""
    yield
    qtbot.waitUntil(lambda: not operations.running_count(), timeout=WAIT_MS)
