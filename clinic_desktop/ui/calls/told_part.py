"""What a prescriber said to somebody who writes it down: whose words, and the words, read back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.people.model import Staff
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.field import FieldRow


class ToldPart(QWidget):
    """``told`` carries the prescriber's number and the words."""

    told = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[int, ...] = ()
        self.who = ChoiceBox()
        self.words = QLineEdit()
        self.words.setMaxLength(500)
        self.save = Button(tr("Told, and read back"), size="small")
        self._words_row = FieldRow(tr("What the prescriber said"), self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(FieldRow(tr("Prescriber"), self.who))
        column.addWidget(self._words_row)
        column.addWidget(self.save)
        self.words.returnPressed.connect(self._told)
        self.save.fired.connect(self._told)

    def offer(self, people: Sequence[Staff]) -> None:
        """Whose words it may be; nothing is shown where there is nobody."""
        numbers = tuple(one.id for one in people)
        if numbers != self._people:
            self._people = numbers
            self.who.clear()
            for one in people:
                self.who.addItem(one.name, one.id)
        self.setVisible(bool(people))
        if not people:
            self.words.clear()

    def _told(self) -> None:
        if not self.words.text().strip():
            self._words_row.set_problem(tr("Write down what was said."))
            self.words.setFocus()
            return
        self._words_row.set_problem("")
        self.told.emit(int(self.who.currentData()), self.words.text().strip())
