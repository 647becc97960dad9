"""A desk with a small clinic and the real window with the Set-up place open."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.scheduling.model import Setup
from clinic_desktop.ui import operations
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.set_up.place import ID, SetUpPlace, set_up_spec
from clinic_desktop.ui.set_up.section import SectionView
from clinic_desktop.ui.shell import Shell
from tests.scheduling.set_up_world import World, new_world

Key, Mod = Qt.Key, Qt.KeyboardModifier


class Stage:
    def __init__(self, folder: Path, actor: str = "Priya Kaur") -> None:
        self.world: World = new_world(folder)
        self.desk = Desk(self.world.store, self.world.acting(actor), self.world.clock, self.world.setup)
        self.shell = Shell([set_up_spec(self.desk)])
        place = self.shell.go(ID)
        assert isinstance(place, SetUpPlace)
        self.place = place

    def open_window(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        qtbot.addWidget(self.shell)
        self.shell.resize(1366, 730)
        with qtbot.waitExposed(self.shell):
            self.shell.show()
        self.shell.activateWindow()
        qtbot.waitUntil(self.shell.isActiveWindow)
        self.place.focus_work()

    def close(self) -> None:
        self.world.store.close()

    @property
    def setup(self) -> Setup:
        """As it is in the store."""
        return self.world.setup

    def part(self, part: str, key: str = "") -> SectionView[Any]:
        """A part with one of its rows open."""
        view = self.place.section(part)
        if key:
            view.open(key)
        return view

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        """A key, wherever the focus is."""
        self.qtbot.keyClick(self.focused(), key, modifier)

    def type(self, text: str) -> None:
        for letter in text:  # the first one may open an editor that takes the rest
            self.qtbot.keyClicks(self.focused(), letter)

    def focused(self) -> QWidget:
        return QApplication.focusWidget() or self.shell

    def settle(self) -> None:
        """Every operation has delivered its answer."""
        self.qtbot.waitUntil(lambda: operations.running_count() == 0)

    def save(self) -> None:
        self.press(Key.Key_S, Mod.ControlModifier)
        self.settle()

    @property
    def said(self) -> str:
        """What the status bar says."""
        return self.shell.status_bar.said


def field(view: SectionView[Any], name: str) -> Any:
    """The editor of a field of the form."""
    return view.editor.form.row(name).editor
