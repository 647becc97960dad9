"""Somebody who takes the patient home and is not a usual driver: name, phone, how, 18 or over."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.people.model import TransportKind
from clinic_desktop.people.validation import is_phone
from clinic_desktop.scheduling.model import GoingHomePlan
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.wording import TRANSPORT
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.form import Form


class SomeoneForm(QWidget):
    """``done`` carries the :class:`GoingHomePlan` as typed, once it stands."""

    done = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.phone, self.relationship = QLineEdit(), QLineEdit(), QLineEdit()
        self.kind = ChoiceBox()
        self.adult = QCheckBox(tr("18 or over"))
        self.adult.setAccessibleDescription(tr("The driver is 18 or over"))
        self.form = Form()
        self.form.add("name", tr("Name"), self.name, self._check_name)
        self.form.add("phone", tr("Phone"), self.phone, self._check_phone, beside=True)
        self.form.add("kind", tr("How"), self.kind)
        self.form.add("relationship", tr("Relationship"), self.relationship, beside=True)
        self.form.add("adult", tr("Age"), self.adult, self._check_adult)
        take = Button(tr("Take this driver"), Kind.PRIMARY, size="small", key="Return")
        take.fired.connect(self.take)
        self.form.submitted.connect(self.take)
        self.kind.currentIndexChanged.connect(self._kind_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.addWidget(self.form)
        column.addWidget(take)

    def set_kinds(self, accepted: Collection[TransportKind]) -> None:
        """Only ways that the visit accepts can be chosen."""
        kinds = [kind for kind in TransportKind if kind in accepted]
        if kinds != [self.kind.itemData(n) for n in range(self.kind.count())]:
            self.kind.clear()
            for kind in kinds:
                self.kind.addItem(tr(TRANSPORT[kind]), kind)

    def start(self) -> None:
        self.name.setFocus()

    def clear(self) -> None:
        for line in (self.name, self.phone, self.relationship):
            line.clear()
        self.adult.setChecked(False)
        self.form.show_problems({})

    def take(self) -> None:
        """Hand on what was typed, or show what is missing."""
        if self.form.all_well():
            self.done.emit(self.plan())

    def plan(self) -> GoingHomePlan:
        if not self._person():
            return GoingHomePlan(self._kind())
        return GoingHomePlan(
            self._kind(),
            self.name.text().strip(),
            self.phone.text().strip(),
            self.relationship.text().strip(),
            self.adult.isChecked(),
        )

    def _kind(self) -> TransportKind:
        return TransportKind(self.kind.currentData() or TransportKind.ADULT_DRIVES)

    def _person(self) -> bool:
        return self._kind().has_person

    def _kind_changed(self) -> None:
        for widget in (self.name, self.phone, self.relationship, self.adult):
            widget.setEnabled(self._person())

    def _check_name(self) -> str:
        wanted = self._person() and not self.name.text().strip()
        return tr("Write who takes the patient home.") if wanted else ""

    def _check_phone(self) -> str:
        if not self._person() or is_phone(self.phone.text()):
            return ""
        return tr("Write a phone number, so that the driver can be called.")

    def _check_adult(self) -> str:
        wanted = self._person() and not self.adult.isChecked()
        return tr("Ask whether the driver is 18 or over, and tick it.") if wanted else ""
