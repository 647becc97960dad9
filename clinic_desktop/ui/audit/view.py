"""The audit trail as it is shown: what it is narrowed to above, the lines below."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.model import Staff
from clinic_desktop.ui.audit import commands
from clinic_desktop.ui.audit.words import CHOICES
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import text_width
from clinic_desktop.ui.patients.history_list import HistoryList
from clinic_desktop.ui.set_up.fields import FlowLayout
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Panel
from clinic_desktop.ui.widgets.parsed_line import date_line
from clinic_desktop.ui.widgets.suggest_field import Source, SuggestField

_WIDEST = date(2026, 11, 25)  # a Wednesday in November
_EDGES = 30  # of a field round its words, and the cursor


class AuditView(QWidget):
    """``asked`` whenever the list is to be narrowed otherwise."""

    asked = Signal()

    def __init__(
        self, parse: Callable[[str], date | None], find: Source, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Audit trail"))
        self.person, self.deed = ChoiceBox(), ChoiceBox()
        self.person.setAccessibleName(tr("Who did it"))
        self.deed.setAccessibleName(tr("What was done"))
        for words, actions in CHOICES:
            self.deed.addItem(tr(words), actions)
        self.patient = SuggestField(
            find, tr("Patient: name or number"), name=tr("Patient"), key=commands.FIND.keys[0]
        )
        self.first = date_line(parse, _written, name=tr("From"), placeholder=tr("from"))
        self.last = date_line(parse, _written, name=tr("To"), placeholder=tr("to"))
        self.export = Button(tr("Save as CSV"), icon="save", key=commands.EXPORT.keys[0])
        self.check = Button(tr("Check now"), icon="check", key=commands.CHECK.keys[0])
        self.note = label("", TextRole.LABEL, "second", wrap=True)
        self.list = HistoryList()
        self.list.setAccessibleName(tr("Audit trail"))
        # Its names come later than it is laid out.
        self.person.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for box in (self.person, self.deed):
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)  # people come later
            box.activated.connect(self._narrowed)
        for line in (self.first, self.last):
            line.returnPressed.connect(self.asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(self.list, 1)
        theme().changed.connect(self._fit)
        self._fit()

    def _bar(self) -> Panel:
        bar = Panel("surface", ("bottom",))
        rows = QVBoxLayout(bar)
        rows.setContentsMargins(14, 6, 14, 7)
        rows.setSpacing(6)
        # At 200 % they find no room beside each other: in this order both days stand in one line.
        row = FlowLayout(gap=8, below=6)
        for part in (
            *(self.person, self.patient, self.deed, self.first, self.last),
            *(self.export, self.check),
        ):
            row.addWidget(part)
        rows.addLayout(row)
        rows.addWidget(self.note)
        return bar

    def _fit(self) -> None:
        width = round(text_width(_written(_WIDEST), TextRole.BODY)) + _EDGES
        for line in (self.first, self.last):
            line.setFixedWidth(width)

    def set_people(self, people: Sequence[Staff]) -> None:
        """Who can be chosen; whoever was stays so."""
        chosen = self.person.currentData()
        self.person.clear()
        self.person.addItem(tr("Everybody"), None)
        for one in people:
            self.person.addItem(one.name, one.id)
        self.person.addItem(tr("The program"), 0)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))

    def say(self, text: str) -> None:
        """A sentence below the fields; empty takes it away."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _narrowed(self, _place: int) -> None:
        self.asked.emit()


def _written(day: date) -> str:
    return f"{short_date(day)}, {day.year}"
