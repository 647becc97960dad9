"""Letters typed in a list of names: those with a word that begins so are left, and the only one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from clinic_desktop.people.folding import fold, words
from clinic_desktop.ui.booking.answer_list import AnswerList
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.label import label


class TypedNames(QObject):
    """``changed`` when other names are left. Where several are, nobody is chosen by letters alone."""

    changed = Signal()

    def __init__(self, names: AnswerList, parent: QObject) -> None:
        super().__init__(parent)
        self._list = names
        self._all: tuple[Choice, ...] = ()
        self._typed = ""
        self.said = label("", TextRole.LABEL, "second", wrap=True)
        names.typed.connect(self._add)
        names.installEventFilter(self)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Other names, all of them."""
        self._all = tuple(choices)
        self._narrow("")

    def show(self, shown: bool) -> None:
        self._list.setVisible(shown and bool(self._all))
        self.said.setVisible(shown and bool(self._all))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() != Qt.Key.Key_Backspace or not self._typed:
            return super().eventFilter(watched, event)
        self._narrow(self._typed[:-1])
        self.changed.emit()
        return True

    def _add(self, letter: str) -> None:
        """Letters that fit nobody together with those before begin anew."""
        for typed in (self._typed + letter, letter):
            if self._fitting(typed):
                self._narrow(typed)
                self.changed.emit()
                return

    def _fitting(self, typed: str) -> list[Choice]:
        wanted = fold(typed)
        return [one for one in self._all if any(word.startswith(wanted) for word in words(one.row.text))]

    def _narrow(self, typed: str) -> None:
        self._typed = typed
        left = self._fitting(typed) if typed else list(self._all)
        self._list.set_choices(left, left[0].id if typed and len(left) == 1 else "")
        words = tr("Letters of the name find them, or a digit.")
        if typed:
            words = tr("Begins with {typed}. Backspace takes the last letter back.").format(typed=typed)
        self.said.setText(words)
        self._list.setAccessibleDescription(words)
