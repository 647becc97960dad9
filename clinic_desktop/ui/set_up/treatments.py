"""Treatments: what a prescriber clears for, visit types are made of, and rooms are fit for."""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desktop.foundation.rulebook import Problems
from clinic_desktop.scheduling.model import Modality, Setup
from clinic_desktop.scheduling.set_up import Edit
from clinic_desktop.scheduling.set_up_modalities import (
    SPRAVATO,
    Uses,
    free_code,
    kept_problems,
    modality_problems,
    removal_problems,
    uses_in,
)
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.set_up.editor import Editor
from clinic_desktop.ui.set_up.fields import Ticks
from clinic_desktop.ui.set_up.locked import LockedRules
from clinic_desktop.ui.set_up.subject import Entry, Subject
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.rows import Row

_REMS = "rems"
_LOCKED = (
    QT_TR_NOOP("Treated people are 18 or over, and enrolled before the dose."),
    QT_TR_NOOP("Given in devices of 28 mg; a prescriber is on site until the patient leaves."),
    QT_TR_NOOP("Nobody leaves before 120 minutes; the form is due 7 days after the visit."),
)


class TreatmentEditor(Editor[Modality]):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._modality = Modality()
        self._coded = False  # the code follows the name until somebody types one
        self._name = self.text("name", tr("Name"), hint=tr("As on lists, clearances and orders."))
        self._code = self.text(
            "code", tr("Code"), hint=tr("Short, such as oral. It stays once it is used."), beside=True
        )
        self._age = self.number("min_age", tr("Least age in years"), hint=tr("Empty: any age."))
        self._rems: Ticks = self.ticks(
            "rems", tr("Program"), [(_REMS, tr("Given under the Spravato REMS program"))]
        )
        self.header(tr("Where it is used"))
        self._uses = label("", TextRole.BODY, "second", wrap=True)
        self.form.add_widget(self._uses)
        self._next = label("", TextRole.BODY, "second", wrap=True)
        self.form.add_widget(self._next)
        self.header(tr("Locked: no setting changes these"))
        self._locked = LockedRules()
        self.form.add_widget(self._locked)
        self.when_typed(self._name, self._suggest)
        self.when_typed(self._code, self._typed_code)

    def _suggest(self, name: str) -> None:
        if not self._coded:
            self.suggest(self._code, free_code(name, [one.code for one in self.desk.setup.modalities]))

    def _typed_code(self, typed: str) -> None:
        self._coded = bool(typed)

    def fill(self, value: Modality) -> None:
        self._modality = value
        self._coded = bool(value.id or value.code)
        self._name.setText(value.name)
        self._code.setText(value.code)
        self._age.set_value(value.min_age)
        self._rems.set_values(frozenset({_REMS} if value.rems else ()))
        uses = uses_in(self.desk.setup, value.code) if value.id else Uses()
        self._code.setReadOnly(bool(uses) or value.code == SPRAVATO)
        self._rems.box(_REMS).setEnabled(not uses.types)
        self._show_uses(uses)

    def _show_uses(self, uses: Uses) -> None:
        parts = []
        if uses.types:
            parts.append(tr("Visit types: {names}.").format(names=", ".join(uses.types)))
        if uses.rooms:
            parts.append(tr("Rooms fit for it: {names}.").format(names=", ".join(uses.rooms)))
        if parts:
            parts.append(tr("So it stays, and its code too; another one can be added beside it."))
        self._uses.setText("\n".join(parts) if parts else tr("Nowhere yet."))
        self._next.setText("" if uses.types else tr(_TO_DO))
        self._next.setVisible(not uses.types)

    def value(self) -> Modality:
        return replace(
            self._modality,
            name=self._name.text().strip(),
            code=self._code.text().strip(),
            min_age=self._age.value,
            rems=_REMS in self._rems.values,
        )

    def refresh(self) -> None:
        rems = self.value().rems
        everywhere = tr("Nobody is dosed without a clearance for it that holds on the day.")
        self._locked.set_sentences([*([tr(one) for one in _LOCKED] if rems else []), everywhere])


_TO_DO = QT_TR_NOOP(
    "To use it: tick it in the rooms that are fit for it, then make a visit type of it. From then on "
    "patients can be cleared and booked for it."
)


class TreatmentsSubject(Subject[Modality]):
    id = "treatments"
    title = QT_TR_NOOP("Treatments")
    icon = "medicine"
    lead = QT_TR_NOOP("What a prescriber clears for, and rooms are fit for.")
    add = QT_TR_NOOP("Add a treatment")
    new = QT_TR_NOOP("New treatment")

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(self, setup: Setup) -> Sequence[Entry]:
        return [Entry(str(one.id), _row(one)) for one in setup.modalities]

    def value(self, setup: Setup, key: str) -> Modality:
        return {str(one.id): one for one in setup.modalities}[key]

    def fresh(self, setup: Setup) -> Modality:  # noqa: ARG002 - the same everywhere
        return Modality(min_age=18)

    def edit(self, setup: Setup, before: Modality | None, value: Modality) -> Edit:  # noqa: ARG002 - one record
        return Edit((value,))

    def problems(self, setup: Setup, before: Modality | None, value: Modality) -> Problems:
        found = modality_problems(value, setup)
        return found | kept_problems(before, value, uses_in(setup, before.code)) if before else found

    def name(self, value: Modality) -> str:
        return value.name

    def removal(self, before: Modality) -> Edit | None:
        """One that the set-up does not use may go; whether a patient's record names it is seen then."""
        stays = removal_problems(before, uses_in(self._desk.setup, before.code))
        return None if stays else Edit(remove=(before,))

    def editor(self, desk: Desk, kind: str) -> Editor[Modality]:  # noqa: ARG002 - one kind
        return TreatmentEditor(desk)


def _row(one: Modality) -> Row:
    age = tr("{age} or over").format(age=one.min_age) if one.min_age is not None else tr("any age")
    return Row(one.name, f"{age} · {one.code}", badge=tr("REMS") if one.rems else "")
