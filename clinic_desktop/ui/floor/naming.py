"""Naming the driver of a visit in one line, before the dose."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.scheduling.model import GoingHomePlan
from clinic_desktop.ui.floor.typed_person import read_person
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.field import FieldRow


class NameBox(QWidget):
    """``named`` carries the plan. Who is 18 or over is said with the word 18."""

    named = Signal(object)  # GoingHomePlan

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setMaxLength(200)
        hint = tr("Name, phone, and 18 when the person is 18 or over: Jo Reed 217-555-0101 18")
        self._row = FieldRow(tr("Who drives the patient home"), self.line, hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)
        self.line.returnPressed.connect(self._take)
        self.line.textChanged.connect(self._edited)
        self.hide()

    def start(self, text: str) -> None:
        """Open with what is known."""
        self.line.setText(text)
        self._row.set_problem("")
        self.show()
        self.line.setFocus()

    def _edited(self) -> None:
        self._row.set_problem("")

    def _take(self) -> None:
        person = read_person(self.line.text())
        missing = [
            words
            for words, there in (
                (tr("a name"), bool(person.name)),
                (tr("a phone number"), bool(person.phone)),
                (tr("18, when the person is 18 or over"), person.adult),
            )
            if not there
        ]
        if missing:
            self._row.set_problem(tr("Still missing: {what}.").format(what=", ".join(missing)))
        else:
            plan = GoingHomePlan(name=person.name, phone=person.phone, adult=True)
            self.named.emit(replace(plan, relationship=person.relationship))
