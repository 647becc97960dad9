"""The driver on the day, in the panel of the floor: digits pick a row, Enter does it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.treatment.driving import driver_day, to_call
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.floor.driver_line import ASKED, HINTS
from clinic_desktop.ui.floor.driver_rows import Act, driver_lines
from clinic_desktop.ui.floor.reading import Stay
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.wording import worded


class DriverBox(QWidget):
    """``acted``: a row was chosen that needs no words; ``said`` carries the row and what was typed for it."""

    acted = Signal(object)  # Act
    said = Signal(object, str)  # Act, the words
    opened = Signal()  # the line, for a row that needs words

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act = Act.CALL
        self._title = label(tr("The driver today"), TextRole.STRONG)
        self._told = label("", TextRole.BODY, "warn", wrap=True)
        self._slip = label("", TextRole.BODY, "danger", wrap=True)
        self._slip.hide()
        self.list = LineList(tr("The driver today"), at_once=True, wrap=True)
        self.list.setAccessibleDescription(tr("A digit or an arrow goes to a line, Enter takes it."))
        self.list.installEventFilter(self)
        self.line = QLineEdit()
        self.line.setMaxLength(200)
        self.asked = FieldRow("", self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self._title, self._told, self.asked, self.list, self._slip):
            column.addWidget(widget)
        self.list.chosen.connect(self._chosen)
        self.line.returnPressed.connect(self._typed)
        self.line.textChanged.connect(lambda _text: self.asked.set_problem(""))
        self.asked.hide()
        self.hide()

    @property
    def told(self) -> str:
        """What is to be done about the driver; empty where nothing presses."""
        return self._told.text()

    @property
    def slip(self) -> str:
        """What was typed that names no line."""
        return "" if self._slip.isHidden() else self._slip.text()

    @property
    def problem(self) -> str:
        return self.asked.problem

    def show_stay(self, stay: Stay, now: datetime) -> None:
        """How it stands now."""
        found: Sequence[Finding] = to_call(stay.care, driver_day(stay.care, stay.calls))
        self._told.setText(" ".join(worded(one) for one in found))
        self._told.setVisible(bool(found))
        self.list.set_lines(driver_lines(stay, now))

    def open(self) -> None:
        """Come up with the first row under the keys."""
        self.asked.hide()
        self._slip.hide()
        self.show()
        self.list.setFocus()

    def show_problem(self, problem: str) -> None:
        self.asked.set_problem(problem)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.list:
            return self._digit(event)
        return super().eventFilter(watched, event)

    def _digit(self, event: QKeyEvent) -> bool:
        """A digit picks its row; Enter is what does it."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not plain or event.text() not in tuple("0123456789"):
            return False
        number = int(event.text())
        known = 1 <= number <= len(self.list.lines())
        self._slip.setVisible(not known)
        if not known:  # nothing stands chosen any more: Enter does what no digit named
            self.list.setCurrentIndex(QModelIndex())
            self._slip.setText(tr("There is no line {n}. Nothing is chosen.").format(n=number))
            announce(self, self._slip.text(), urgent=True)
            return True
        self.list.setCurrentIndex(self.list.model().index(number - 1, 0))
        return True

    def _chosen(self, act: Act) -> None:
        if act not in HINTS:
            self.asked.hide()
            self.acted.emit(act)
            return
        self._act = act
        self.asked.set_text(tr(ASKED[act]))
        self.asked.set_hint(tr(HINTS[act]))
        self.asked.set_problem("")
        self.line.clear()
        self.asked.show()
        self.line.setFocus()
        self.opened.emit()

    def _typed(self) -> None:
        self.said.emit(self._act, self.line.text())
