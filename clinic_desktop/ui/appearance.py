"""What the system says about light, dark and contrast; the theme asks nobody else.

The offscreen platform always answers "unknown", so tests put a fake in the place of ``QtSystem``.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette, QStyleHints


class Appearance(StrEnum):
    """What the person chose."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class System(Protocol):
    """The system's side of the appearance."""

    def is_dark(self) -> bool:
        """Whether the system shows dark; unknown counts as light."""
        ...

    def high_contrast(self) -> bool: ...

    def palette(self) -> QPalette:
        """The system's own colours, for high contrast."""
        ...

    def ask(self, appearance: Appearance) -> None:
        """Tell the system which scheme to draw window frames and dialogs in."""
        ...

    def on_change(self, handler: Callable[[], None]) -> None: ...


class QtSystem:
    """Qt's style hints. Needs the application object.

    Holds on to both hint objects: when the first is let go, PySide takes the second for deleted.
    """

    def __init__(self) -> None:
        self._hints: QStyleHints = QGuiApplication.styleHints()
        self._accessibility = self._hints.accessibility()
        self._system_palette = QPalette(QGuiApplication.palette())

    def is_dark(self) -> bool:
        return self._hints.colorScheme() == Qt.ColorScheme.Dark

    def high_contrast(self) -> bool:
        return self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast

    def palette(self) -> QPalette:
        return self._system_palette

    def ask(self, appearance: Appearance) -> None:
        wanted = {Appearance.LIGHT: Qt.ColorScheme.Light, Appearance.DARK: Qt.ColorScheme.Dark}
        self._hints.setColorScheme(wanted.get(appearance, Qt.ColorScheme.Unknown))

    def on_change(self, handler: Callable[[], None]) -> None:
        self._hints.colorSchemeChanged.connect(handler)
        self._accessibility.contrastPreferenceChanged.connect(handler)
