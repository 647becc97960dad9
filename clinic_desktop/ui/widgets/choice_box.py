"""A box with one of a few choices, found by typing as many letters of it as it takes."""

import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget

PAUSE_S = 1.5  # after so long a new word begins
_CHORD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class ChoiceBox(QComboBox):
    """A space within a word that is being typed belongs to it; alone it opens the list, as Qt has it."""

    _typed = ""
    _last = 0.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(QStyledItemDelegate(self))  # Qt's own knows nothing of the style sheet

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        plain = bool(letter) and letter.isprintable() and not event.modifiers() & _CHORD
        if self.isEditable() or not plain or not self._type(letter):
            super().keyPressEvent(event)

    def _type(self, letter: str) -> bool:
        """Whether the letter belongs to a word that is looked for."""
        now = time.monotonic()
        word = self._typed if now - self._last < PAUSE_S else ""
        if letter.isspace() and not word:
            return False
        self._typed, self._last = word + letter.casefold(), now
        self._find(self._typed)
        return True

    def _find(self, word: str) -> None:
        """The first choice that begins so, from the current one on, else one in which a word does, as "nur"
        finds "any nurse". One letter again and again goes on."""
        again = len(set(word)) == 1
        begin = self.currentIndex() + (1 if again else 0)
        places = [(begin + step) % self.count() for step in range(self.count())] if self.count() else []
        texts = {at: f" {self.itemText(at).casefold()}" for at in places}
        for sought in (word, word[0]) if again else (word,):
            whole = (at for at in places if texts[at].startswith(f" {sought}"))
            inside = (at for at in places if f" {sought}" in texts[at])
            at = next(whole, next(inside, -1))
            if at >= 0:
                if at != self.currentIndex():
                    self.setCurrentIndex(at)
                    self.activated.emit(at)
                return

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # it is scrolled past, not turned
