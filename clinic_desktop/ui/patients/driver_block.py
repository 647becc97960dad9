"""One usual driver inside the form: who, how, and when they can."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.people.model import TransportKind, UsualDriver
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.wording import TRANSPORT, weekday_words
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.parsed_line import time_line

_WHOLE_DAY = (0, 1440)
_DAYS_IN_A_ROW = 4


class DriverBlock(QWidget):
    """Answers a ``UsualDriver``; ``edited`` with every change, ``removed`` when it is taken out."""

    edited = Signal()
    removed = Signal(object)

    def __init__(self, driver: UsualDriver | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.phone, self.relationship = QLineEdit(), QLineEdit(), QLineEdit()
        self.kind = ChoiceBox()
        for kind in TransportKind:
            self.kind.addItem(tr(TRANSPORT[kind]), kind)
        self.adult = QCheckBox(tr("18 or over"))
        self.days = [QCheckBox(weekday_words(day)) for day in range(7)]
        self.first = time_line(name=tr("Can come from"), placeholder=tr("any time"))
        self.last = time_line(name=tr("Can come until"), placeholder=tr("any time"))
        self._problem = label("", TextRole.LABEL, "danger", wrap=True)
        self._lay_out()
        self.set_value(driver or UsualDriver(""))
        self._connect()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(10)
        grid.addWidget(FieldRow(tr("Driver"), self.name), 0, 0)
        grid.addWidget(FieldRow(tr("Driver's phone"), self.phone), 0, 1)
        grid.addWidget(FieldRow(tr("How"), self.kind), 1, 0)
        grid.addWidget(FieldRow(tr("Relationship"), self.relationship), 1, 1)
        grid.addWidget(FieldRow(tr("From"), self.first), 2, 0)
        grid.addWidget(FieldRow(tr("Until"), self.last), 2, 1)
        days = QGridLayout()
        days.setHorizontalSpacing(0)
        days.setVerticalSpacing(0)
        for day, box in enumerate(self.days):
            days.addWidget(box, day // _DAYS_IN_A_ROW, day % _DAYS_IN_A_ROW)
        remove = Button(
            tr("Take out"), Kind.QUIET, icon="close", size="small", name=tr("Take this driver out")
        )
        remove.fired.connect(self._remove)
        foot = QHBoxLayout()
        foot.addWidget(self.adult)
        foot.addStretch(1)
        foot.addWidget(remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(8)
        column.addLayout(grid)
        column.addWidget(label(tr("Days (none ticked: any day)"), TextRole.LABEL, "second"))
        column.addLayout(days)
        column.addLayout(foot)
        column.addWidget(self._problem)

    def _connect(self) -> None:
        for line in (self.name, self.phone, self.relationship, self.first, self.last):
            line.textChanged.connect(self._changed)
        for box in (self.adult, *self.days):
            box.toggled.connect(self._changed)
        self.kind.currentIndexChanged.connect(self._changed)

    def set_value(self, driver: UsualDriver) -> None:
        self.name.setText(driver.name)
        self.phone.setText(driver.phone)
        self.relationship.setText(driver.relationship)
        self.kind.setCurrentIndex(self.kind.findData(driver.kind))
        self.adult.setChecked(driver.adult)
        for day, box in enumerate(self.days):
            box.setChecked(day in driver.weekdays)
        whole = (driver.from_minute, driver.to_minute) == _WHOLE_DAY
        self.first.set_value(None if whole else driver.from_minute)
        self.last.set_value(None if whole or driver.to_minute >= 1440 else driver.to_minute)

    def value(self) -> UsualDriver:
        first, last = self.first.value, self.last.value
        return UsualDriver(
            name=self.name.text(),
            phone=self.phone.text(),
            relationship=self.relationship.text(),
            kind=TransportKind(self.kind.currentData()),
            adult=self.adult.isChecked(),
            weekdays=frozenset(day for day, box in enumerate(self.days) if box.isChecked()),
            from_minute=_WHOLE_DAY[0] if first is None else first,
            to_minute=_WHOLE_DAY[1] if last is None else last,
        )

    def set_problem(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.name.setAccessibleDescription(problem)

    def unread_time(self) -> str:
        """What to do about a time that is not understood."""
        understood = self.first.understood and self.last.understood
        return "" if understood else tr("Write a time as 9:30 or 2p, or leave it empty.")

    def _changed(self) -> None:
        self.name.setEnabled(TransportKind(self.kind.currentData()).has_person)
        self.edited.emit()

    def _remove(self) -> None:
        self.removed.emit(self)
