"""Say something to a screen reader without moving the focus."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_ENDS = ".!?:;,"
_only_in: list[QWidget] = []


def sentences(*parts: str) -> str:
    """Parts that are read out one after the other, each ended like a sentence, so that none runs into the
    next: "Nothing is saved. Try again"."""
    said = [part.strip() for part in parts if part.strip()]
    ended = [part if part[-1] in _ENDS else f"{part}." for part in said[:-1]]
    return " ".join([*ended, *said[-1:]])


def announce(widget: QWidget, text: str, urgent: bool = False) -> None:
    """Speak ``text``; ``urgent`` interrupts what is being read. Silent when nobody listens."""
    if not text or not QAccessible.isActive() or _hushed(widget):
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


def only_in(widget: QWidget | None) -> None:
    """From now on only what is in this widget speaks, as on a locked screen; None: everything again."""
    _only_in[:] = [] if widget is None else [widget]


def _hushed(widget: QWidget) -> bool:
    over = next((one for one in _only_in if isValid(one)), None)
    return over is not None and over is not widget and not over.isAncestorOf(widget)
