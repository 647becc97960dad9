"""Say something to a screen reader without moving the focus."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_ENDS = ".!?:;,"


def sentences(*parts: str) -> str:
    """Parts that are read out one after the other, each ended like a sentence, so that none runs into the
    next: "Nothing is saved. Try again"."""
    said = [part.strip() for part in parts if part.strip()]
    ended = [part if part[-1] in _ENDS else f"{part}." for part in said[:-1]]
    return " ".join([*ended, *said[-1:]])


def announce(widget: QWidget, text: str, urgent: bool = False) -> None:
    """Speak ``text``; ``urgent`` interrupts what is being read. Silent when nobody listens."""
    if not text or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)
