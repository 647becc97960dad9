"""Whoever sits at the keyboard of one place of the window, over a small clinic."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.ui import operations
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.places import PlaceSpec
from clinic_desktop.ui.shell import Shell
from tests.small_clinic import SmallClinic
from tests.ui.example import specs as example_specs

WAIT_MS = 30_000


@dataclass
class PlaceKeyboard:
    """Keys go to whatever has the focus."""

    qtbot: QtBot
    clinic: SmallClinic
    shell: Shell
    desk: Desk

    @classmethod
    def at(
        cls,
        qtbot: QtBot,
        clinic: SmallClinic,
        actor: Actor,
        spec: Callable[[Desk], PlaceSpec],
        size: tuple[int, int],
    ) -> Self:
        """Opens the window and goes to the place."""
        with clinic.store.read() as records:
            setup = records.setup()
        desk = Desk(clinic.store, actor, clinic.clock, setup, render_pdf)
        made = spec(desk)
        shell = Shell([*example_specs(), made])
        desk.setParent(shell)
        qtbot.addWidget(shell)
        shell.resize(*size)
        shell.show()
        shell.activateWindow()
        qtbot.waitUntil(shell.isActiveWindow)
        shell.go(made.id)
        keyboard = cls(qtbot, clinic, shell, desk)
        keyboard.wait()
        return keyboard

    def wait(self) -> None:
        """Until everything behind the window has answered."""
        self.qtbot.waitUntil(lambda: not operations.running_count(), timeout=WAIT_MS)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not operations.running_count(), timeout=WAIT_MS)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Self:
        self.qtbot.keyClick(self.focus, key, modifier)
        self.wait()
        return self

    def hold(self, key: Qt.Key) -> Self:
        """The key repeats by itself, as one that is held down."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "\r", True)
            QApplication.sendEvent(self.focus, event)
        self.wait()
        return self

    def dialog(self, *keys: Qt.Key) -> Self:
        """Keys into the dialog that is up; the last of them closes it."""

        def up() -> bool:
            dialog, focused = QApplication.activeModalWidget(), QApplication.focusWidget()
            return dialog is not None and focused is not None and dialog.isAncestorOf(focused)

        self.qtbot.waitUntil(up, timeout=WAIT_MS)
        dialog = QApplication.activeModalWidget()
        for key in keys:
            assert QApplication.activeModalWidget() is dialog
            self.press(key)
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        self.shell.activateWindow()  # what a window manager does by itself
        self.qtbot.waitUntil(self.shell.isActiveWindow)
        self.wait()
        return self

    def type(self, text: str) -> Self:
        self.qtbot.keyClicks(self.focus, text)
        return self

    @property
    def focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the focus"
        return focused

    @property
    def said(self) -> str:
        return self.shell.status_bar.said
