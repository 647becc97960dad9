"""How this computer shows the program: light or dark, and the size of the text. At once, and remembered."""

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.commands import Bound, Command
from clinic_desktop.ui.i18n import QT_TR_NOOP
from clinic_desktop.ui.settings_store import APPEARANCE, TEXT_SIZE, SettingsStore
from clinic_desktop.ui.theme import TEXT_SIZES, theme

_COLORS = QT_TR_NOOP("theme mode colors")
_FONT = QT_TR_NOOP("font zoom letters")

LIGHT = Command("look.light", QT_TR_NOOP("Appearance: light"), ("Ctrl+F9",), opens=True, also=_COLORS)
DARK = Command("look.dark", QT_TR_NOOP("Appearance: dark"), ("Ctrl+F10",), opens=True, also=_COLORS)
SYSTEM = Command(
    "look.system", QT_TR_NOOP("Appearance: as the computer's"), ("Ctrl+F11",), opens=True, also=_COLORS
)
LARGER = Command("look.larger", QT_TR_NOOP("Text size: larger"), ("Ctrl+F7",), opens=True, also=_FONT)
SMALLER = Command("look.smaller", QT_TR_NOOP("Text size: smaller"), ("Ctrl+F6",), opens=True, also=_FONT)
USUAL = Command("look.usual", QT_TR_NOOP("Text size: as usual"), ("Ctrl+F8",), opens=True, also=_FONT)

COMMANDS = (LIGHT, DARK, SYSTEM, LARGER, SMALLER, USUAL)
_APPEARANCES = {LIGHT: Appearance.LIGHT, DARK: Appearance.DARK, SYSTEM: Appearance.SYSTEM}


class Look:
    """``bound`` are the commands; ``store`` remembers, where there is one."""

    def __init__(self, store: SettingsStore | None) -> None:
        self._store = store

    def bound(self) -> list[Bound]:
        appearances = [
            Bound(command, partial(self.show, wanted), checked=partial(_is_shown, wanted))
            for command, wanted in _APPEARANCES.items()
        ]
        return [
            *appearances,
            Bound(LARGER, partial(self._step, 1), partial(_can_step, 1)),
            Bound(SMALLER, partial(self._step, -1), partial(_can_step, -1)),
            Bound(
                USUAL, partial(self.set_text_size, TEXT_SIZES[0]), checked=partial(_is_size, TEXT_SIZES[0])
            ),
        ]

    def keys_in(self, page: QWidget) -> None:
        """The same keys on a page that has no commands: before a clinic is open, and over a lock."""
        for one in self.bound():
            for key in one.command.keys:
                QShortcut(QKeySequence(key), page, partial(_done, one))

    def show(self, appearance: Appearance) -> None:
        theme().set_appearance(appearance)
        if self._store is not None:
            self._store.set(APPEARANCE, appearance.value)

    def set_text_size(self, per_cent: int) -> None:
        theme().set_text_size(per_cent)
        if self._store is not None:
            self._store.set(TEXT_SIZE, theme().text_size)

    def _step(self, direction: int) -> None:
        self.set_text_size(TEXT_SIZES[_place() + direction])


def _place() -> int:
    return TEXT_SIZES.index(theme().text_size)


def _can_step(direction: int) -> bool:
    return 0 <= _place() + direction < len(TEXT_SIZES)


def _is_shown(appearance: Appearance) -> bool:
    return theme().appearance is appearance


def _is_size(per_cent: int) -> bool:
    return theme().text_size == per_cent


def _done(one: Bound) -> None:
    if one.enabled is None or one.enabled():
        one.handler()
