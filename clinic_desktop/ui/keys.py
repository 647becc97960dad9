"""How keys are written for people, and which keys may do what."""

from functools import cache

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

_SHORT = {"Return": "Enter", "Escape": "Esc", "Delete": "Del", "Insert": "Ins"}
_PORTABLE = QKeySequence.SequenceFormat.PortableText
_CHORD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def key_text(key: str) -> str:
    """A key as a cap shows it: "Ctrl+K" becomes "Ctrl K", "Return" becomes "Enter"."""
    parts = key.replace("++", "+Plus").split("+")
    return " ".join("+" if part == "Plus" else _SHORT.get(part, part) for part in parts)


@cache  # of the few hundred spellings in the program; every list of commands is held against all the others
def normal_key(key: str) -> str:
    """One spelling, so that "ctrl+k" and "Ctrl+K" compare equal; empty when Qt knows no such key."""
    sequence = QKeySequence.fromString(key, _PORTABLE)
    known = sequence.count() == 1 and _combination(sequence).key() != Qt.Key.Key_unknown
    return sequence.toString(_PORTABLE) if known else ""


@cache
def is_plain_character(key: str) -> bool:
    """A letter, digit or sign without Ctrl or Alt: it may open something, never change data."""
    combination = _combination(QKeySequence.fromString(key, _PORTABLE))
    if combination.keyboardModifiers() & _CHORD:
        return False
    return Qt.Key.Key_Exclam.value <= combination.key().value < Qt.Key.Key_Escape.value


def _combination(sequence: QKeySequence) -> QKeyCombination:
    first: QKeyCombination = sequence[0]  # type: ignore[index]  # the stubs leave out operator[]
    return first
