"""The clinic itself: name, address, phones with their hours, time zone, certification."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from clinic_desktop.people.validation import is_phone
from clinic_desktop.scheduling.model import Clinic, ClinicPhone, Setup
from clinic_desktop.scheduling.set_up import Edit
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.set_up.editor import Editor
from clinic_desktop.ui.set_up.fields import day_line
from clinic_desktop.ui.set_up.grid import Grid
from clinic_desktop.ui.set_up.grid_model import Column
from clinic_desktop.ui.set_up.subject import Subject
from clinic_desktop.ui.set_up.zones import no_zone_words, set_zone, zone_box, zone_of
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.parsed_line import ParsedLine

_ADDRESS = 64


def phone_columns() -> list[Column[ClinicPhone]]:
    """Number, what it is for, when somebody answers: free text, printed on the sheets as it stands."""
    return [
        Column("number", tr("Number"), lambda p: p.number, lambda p, t: replace(p, number=str(t)), width=170),
        Column("label", tr("For"), lambda p: p.label, lambda p, t: _with_label(p, str(t))),
        Column("hours", tr("Answered"), lambda p: p.hours, lambda p, t: replace(p, hours=str(t))),
    ]


def _with_label(phone: ClinicPhone, typed: str) -> ClinicPhone:
    """A number that was typed beside its cell, while that is empty, is the number and not lost."""
    if is_phone(typed) and not phone.number.strip():
        return replace(phone, number=typed.strip())
    return replace(phone, label=typed)


def no_phone() -> ClinicPhone:
    """A line that nothing is typed in."""
    return ClinicPhone("")


def phone_grid() -> Grid[ClinicPhone]:
    return Grid(phone_columns(), no_phone, name=tr("Phones"), add=tr("Add a phone"), movable=True)


class AddressBox(QPlainTextEdit):
    """Two lines high, at any size of the text."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().px(_ADDRESS))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(_ADDRESS))


class ClinicEditor(Editor[Clinic]):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._clinic = Clinic()
        self._name = self.text("name", tr("Name"), hint=tr("Stands on every sheet."))
        self._address = AddressBox()
        self.form.add("address", tr("Address"), self._address)
        self._zone = zone_box()
        self.form.add(
            "zone",
            tr("Time zone"),
            self._zone,
            self._zone_problem,
            tr("Coming visits keep their clock time when it changes: 10:00 stays 10:00."),
        )
        self.header(tr("Phones, as on the sheets"))
        self._phones = phone_grid()
        self.grid("phones", self._phones)
        self.header(
            tr("Spravato REMS certification"),
            tr("Said 30 days before it runs out. After its last day no Spravato is given here."),
        )
        self._rems_number = self.text("rems_number", tr("Number"), hint=tr("As the program writes it."))
        self._certified_on = self._maybe_day("certified_on", tr("Certified on"))
        self._certified_until = self._maybe_day(
            "certified_until", tr("Last day, or re-certification due"), tr("Empty where none is named.")
        )

    def _zone_problem(self) -> str:
        return no_zone_words(self._zone.currentText()) if self._check("zone")() else ""

    def _maybe_day(self, name: str, text: str, hint: str = "") -> ParsedLine[date]:
        """A day that may be left out."""
        line = day_line(text, self.desk.today)
        what = tr("Type a day, such as 12/24, fri or +2w.")
        self.form.add(name, text, line, self._check(name, line, what), hint)
        return line

    def fill(self, value: Clinic) -> None:
        self._clinic = value
        self._name.setText(value.name)
        self._address.setPlainText(value.address)
        set_zone(self._zone, value.zone)
        self._phones.set_rows(value.phones)
        self._rems_number.setText(value.rems_number)
        self._certified_on.set_value(value.certified_on)
        self._certified_until.set_value(value.certified_until)

    def value(self) -> Clinic:
        return replace(
            self._clinic,
            name=self._name.text().strip(),
            address=self._address.toPlainText().strip(),
            zone=zone_of(self._zone),
            phones=self._phones.rows,
            rems_number=self._rems_number.text().strip(),
            certified_on=self._certified_on.value,
            certified_until=self._certified_until.value,
        )


class ClinicSubject(Subject[Clinic]):
    parts = ("policies",)
    id = "clinic"
    title = QT_TR_NOOP("Clinic")
    icon = "home"
    has_list = False

    def value(self, setup: Setup, key: str) -> Clinic:  # noqa: ARG002 - there is one
        return setup.clinic

    def edit(self, setup: Setup, before: Clinic | None, value: Clinic) -> Edit:  # noqa: ARG002 - never new
        """Only what this form shows: hours and policies have forms of their own."""
        return Edit(
            (
                replace(
                    setup.clinic,
                    name=value.name,
                    address=value.address,
                    zone=value.zone,
                    phones=tuple(one for one in value.phones if one != no_phone()),
                    rems_number=value.rems_number,
                    certified_on=value.certified_on,
                    certified_until=value.certified_until,
                ),
            )
        )

    def name(self, value: Clinic) -> str:
        return value.name

    def editor(self, desk: Desk, kind: str) -> Editor[Clinic]:  # noqa: ARG002 - one kind
        return ClinicEditor(desk)
