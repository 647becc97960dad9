"""The questions of a check-in call: y and n answer the one under the cursor, A says no to all that is left,
Enter takes what stands there. The words are read to the patient: a clinical text, never translated."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desktop.scheduling.day_after import QUESTIONS
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.patients.page_rows import Line
from clinic_desktop.ui.widgets.rows import Row

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuestionList(LineList):
    """``changed`` when an answer is another one; ``taken``: Enter; ``digit``: a digit that was typed."""

    changed = Signal()
    taken = Signal()
    digit = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Questions"), parent=parent, wrap=True, marked=True)
        self._answers: dict[str, bool | None] = {}
        self.setAccessibleDescription(
            tr("Y answers yes, N no, A no to all that is left. Enter records the call.")
        )
        self.clicked.connect(self._turn)

    def ask(
        self, codes: Iterable[str], yes: frozenset[str] = frozenset(), no: frozenset[str] = frozenset()
    ) -> None:
        """Other questions; with what was answered, where that is corrected."""
        self._answers = {one: True if one in yes else False if one in no else None for one in codes}
        self._show()

    @property
    def yes(self) -> frozenset[str]:
        return frozenset(one for one, said in self._answers.items() if said)

    @property
    def no(self) -> frozenset[str]:
        return frozenset(one for one, said in self._answers.items() if said is False)

    @property
    def left(self) -> int:
        """How many have no answer."""
        return sum(said is None for said in self._answers.values())

    def answer(self, code: str, *, said: bool | None) -> None:
        self._answers[code] = said
        self._show()
        self.changed.emit()

    def rest_no(self) -> None:
        """No to all that is left."""
        self._answers = {one: said or False for one, said in self._answers.items()}
        self._show()
        self.changed.emit()

    def stand_at_first(self) -> None:
        """At the first that has no answer."""
        self.setFocus()
        codes = list(self._answers)
        place = next((n for n, one in enumerate(codes) if self._answers[one] is None), 0)
        self._stand_at(place if codes else -1)

    def _show(self) -> None:
        place = self.currentIndex().row()
        self.set_lines([Line(_row(code, said), code) for code, said in self._answers.items()])
        if 0 <= place < len(self._answers):
            self._stand_at(place)

    def _turn(self, index: QModelIndex) -> None:
        """A click: no, yes, nothing, in turn."""
        code = list(self._answers)[index.row()]
        following = {None: False, False: True, True: None}
        self.answer(code, said=following[self._answers[code]])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        codes, place = list(self._answers), self.currentIndex().row()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        said = {Qt.Key.Key_Y: True, Qt.Key.Key_N: False, Qt.Key.Key_Backspace: None}
        number = event.key() - Qt.Key.Key_0.value
        if not plain:
            super().keyPressEvent(event)
        elif event.key() in said and 0 <= place < len(codes):
            self.answer(codes[place], said=said[Qt.Key(event.key())])
            self._stand_at(min(place + 1, len(codes) - 1))
        elif event.key() == Qt.Key.Key_A:
            self.rest_no()
        elif event.key() in _ENTER:
            self.taken.emit()
        elif 1 <= number <= 9:
            self.digit.emit(number)
        elif not event.text().isprintable() or not event.text().strip():
            super().keyPressEvent(event)  # no other letter searches here


def _row(code: str, said: bool | None) -> Row:
    question = QUESTIONS[code]
    if said is None:
        return Row(question.words, badge=tr("not asked"))
    if not said:
        return Row(question.words, badge=tr("no"), tone=Tone.OK)
    return Row(question.words, badge=tr("yes"), tone=Tone.DANGER if question.red else Tone.WARN)
