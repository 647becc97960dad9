"""The fields of the patient form: made, filled and read. What they hold becomes a ``Patient`` and back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import StrEnum

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from clinic_desktop.people.languages import LANGUAGES
from clinic_desktop.people.model import (
    Address,
    Contact,
    ContactPermissions,
    Indication,
    Patient,
    Phone,
    Sex,
    UsualDriver,
)
from clinic_desktop.people.typed_birth import typed_birth
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.patients.wording import INDICATIONS, SEXES, day_words
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.parsed_line import ParsedLine, date_line

LEAST_PHONES = 2
DATES = ("birth_date", "rems_enrolled_on", "death_date")

LABELS: dict[str, str] = {
    "given_name": QT_TR_NOOP("First name"),
    "family_name": QT_TR_NOOP("Last name"),
    "preferred_name": QT_TR_NOOP("Goes by"),
    "birth_date": QT_TR_NOOP("Birth date"),
    "phones.0": QT_TR_NOOP("Phone"),
    "phones.1": QT_TR_NOOP("Other phone"),
    "email": QT_TR_NOOP("Email"),
    "indication": QT_TR_NOOP("Reason for treatment"),
    "rems_enrolled_on": QT_TR_NOOP("Enrolled in the Spravato program"),
    "allergies": QT_TR_NOOP("Allergies"),
    "alerts": QT_TR_NOOP("Alert"),
    "language": QT_TR_NOOP("Language"),
    "permissions.may_tell": QT_TR_NOOP("Who may be told"),
    "emergency.name": QT_TR_NOOP("Emergency contact"),
    "emergency.relationship": QT_TR_NOOP("Relationship"),
    "emergency.phone": QT_TR_NOOP("Emergency phone"),
    "address.street": QT_TR_NOOP("Street"),
    "address.city": QT_TR_NOOP("City"),
    "address.state": QT_TR_NOOP("State"),
    "address.postcode": QT_TR_NOOP("ZIP code"),
    "sex": QT_TR_NOOP("Sex"),
    "notes": QT_TR_NOOP("Notes"),
    "death_date": QT_TR_NOOP("Date of death"),
}
_SPOKEN = {
    "emergency.relationship": QT_TR_NOOP("Emergency contact's relationship"),
}


def label_of(name: str) -> str:
    """A field's label; further phones are numbered."""
    if name in LABELS:
        return tr(LABELS[name])
    return tr("Phone {n}").format(n=int(name.rpartition(".")[2]) + 1)


class Fields:
    """Every editor by the name its problems have in ``people.validation``."""

    def __init__(self, today: Callable[[], date], phones: int = LEAST_PHONES) -> None:
        self._today = today
        self.phone_names = [f"phones.{at}" for at in range(max(phones, LEAST_PHONES))]
        self._phone_labels: list[str] = []
        self._more_phones: tuple[Phone, ...] = ()  # for which there is no line: another desk added them
        self.lines = {
            name: QLineEdit()
            for name in (
                *(
                    "given_name",
                    "family_name",
                    "preferred_name",
                    *self.phone_names,
                    "email",
                    "allergies",
                    "alerts",
                ),
                *("permissions.may_tell", "emergency.name", "emergency.relationship", "emergency.phone"),
                *("address.street", "address.city", "address.state", "address.postcode"),
            )
        }
        self.dates: dict[str, ParsedLine[date]] = {name: self._date(name) for name in DATES}
        self.language = _combo(LANGUAGES)
        self.indication = _combo({one: tr(words) for one, words in INDICATIONS.items()})
        self.sex = _combo({one: tr(words) for one, words in SEXES.items()})
        self.large_print = QCheckBox(tr("Large print"))
        self.voicemail = QCheckBox(tr("Voicemail"))
        self.text = QCheckBox(tr("Text message"))
        self.by_email = QCheckBox(tr("Email"))
        self.notes = QPlainTextEdit()
        for name, line in self.lines.items():
            line.setAccessibleName(tr(_SPOKEN[name]) if name in _SPOKEN else label_of(name))

    def _date(self, name: str) -> ParsedLine[date]:
        return date_line(self._read_date, day_words, name=label_of(name))

    def _read_date(self, typed: str) -> date | None:
        return typed_birth(typed, self._today())

    def editor(self, name: str) -> QWidget:
        """The widget of a field."""
        others: dict[str, QWidget] = {
            "language": self.language,
            "indication": self.indication,
            "sex": self.sex,
            "notes": self.notes,
        }
        return self.lines.get(name) or self.dates.get(name) or others[name]

    def unread(self, name: str) -> str:
        """What to do about a date that is not understood."""
        if name in self.dates and not self.dates[name].understood:
            return tr("Write the date as 4/12/1984 or Apr 12 1984.")
        return ""

    def boxes(self) -> list[QCheckBox]:
        return [self.large_print, self.voicemail, self.text, self.by_email]

    def fill(self, patient: Patient) -> None:
        """Show a patient."""
        parts = {
            "address": patient.address,
            "emergency": patient.emergency,
            "permissions": patient.permissions,
        }
        for name, line in self.lines.items():
            part, _, inner = name.partition(".")
            if part == "phones":
                continue
            line.setText(getattr(parts[part], inner) if inner else getattr(patient, name))
        self._phone_labels = [phone.label for phone in patient.phones]
        self._more_phones = patient.phones[len(self.phone_names) :]
        for at, name in enumerate(self.phone_names):
            self.lines[name].setText(patient.phones[at].number if at < len(patient.phones) else "")
        for name, one in self.dates.items():
            one.set_value(getattr(patient, name))
        for combo, value in (
            (self.language, patient.language),
            (self.indication, patient.indication),
            (self.sex, patient.sex),
        ):
            combo.setCurrentIndex(combo.findData(str(value)))
        self.notes.setPlainText(patient.notes)
        self.large_print.setChecked(patient.large_print)
        self.voicemail.setChecked(patient.permissions.voicemail)
        self.text.setChecked(patient.permissions.text)
        self.by_email.setChecked(patient.permissions.email)

    def read(self, onto: Patient, drivers: tuple[UsualDriver, ...]) -> Patient:
        """What is typed, on top of a record: what has no field here stays."""
        text = {name: line.text() for name, line in self.lines.items()}
        return replace(
            onto,
            given_name=text["given_name"],
            family_name=text["family_name"],
            preferred_name=text["preferred_name"],
            birth_date=self.dates["birth_date"].value,
            sex=Sex(self.sex.currentData()),
            phones=self._phones(),
            email=text["email"],
            language=str(self.language.currentData()),
            large_print=self.large_print.isChecked(),
            address=Address(*(text[f"address.{part}"] for part in ("street", "city", "state", "postcode"))),
            emergency=Contact(*(text[f"emergency.{part}"] for part in ("name", "relationship", "phone"))),
            permissions=self._permissions(),
            allergies=text["allergies"],
            alerts=text["alerts"],
            notes=self.notes.toPlainText(),
            indication=Indication(self.indication.currentData()),
            rems_enrolled_on=self.dates["rems_enrolled_on"].value,
            death_date=self.dates["death_date"].value,
            drivers=drivers,
        )

    def _permissions(self) -> ContactPermissions:
        may_tell = self.lines["permissions.may_tell"].text()
        return ContactPermissions(
            self.voicemail.isChecked(), self.text.isChecked(), self.by_email.isChecked(), may_tell
        )

    def _phones(self) -> tuple[Phone, ...]:
        """Numbers with the labels they had; an empty line between two keeps its place until it is saved."""
        numbers = [self.lines[name].text() for name in self.phone_names]
        labels = [*self._phone_labels, *[""] * len(numbers)]
        last = max((at for at, number in enumerate(numbers) if number.strip()), default=-1)
        typed = (Phone(number, label) for number, label in zip(numbers[: last + 1], labels, strict=False))
        return (*typed, *self._more_phones)


def _combo(choices: dict[str, str] | dict[Indication, str] | dict[Sex, str]) -> QComboBox:
    made = ChoiceBox()
    made.setMaxVisibleItems(12)
    for value, words in choices.items():
        made.addItem(words, str(value) if isinstance(value, StrEnum) else value)
    return made
