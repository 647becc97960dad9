"""Visit types: their phases with what each occupies. A change is a new version for new visits."""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desktop.people.instruments import INSTRUMENTS
from clinic_desktop.scheduling.asks import ALWAYS, Ask
from clinic_desktop.scheduling.day_after import AFTER_NEEDLE, NO_CALL, CallDay, DayAfter
from clinic_desktop.scheduling.day_after import ALWAYS as ALWAYS_ASKED
from clinic_desktop.scheduling.model import Phase, PhaseKind, Setup, VisitType
from clinic_desktop.scheduling.set_up import Edit, Saved
from clinic_desktop.scheduling.set_up_types import in_use, is_rems
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.set_up.editor import Editor
from clinic_desktop.ui.set_up.fields import Ticks, fill_combo
from clinic_desktop.ui.set_up.grid import Grid
from clinic_desktop.ui.set_up.locked import LockedRules
from clinic_desktop.ui.set_up.phase_bar import PhaseBar
from clinic_desktop.ui.set_up.phase_grid import new_phase, phase_columns
from clinic_desktop.ui.set_up.subject import Entry, Subject
from clinic_desktop.ui.set_up.words import (
    AFTER_ASKED,
    ASKED,
    ASKED_SINCE,
    CALL_DAYS,
    DISCHARGE_FORMS,
    FAMILIES,
    SHEETS,
    choices,
    fit_choices,
)
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.rows import Row

_CLEARS, _OFFERED = "gives_clearance", "current"
_REMS_LOCKED = (
    QT_TR_NOOP("A prescriber is on site while Spravato is given and watched."),
    QT_TR_NOOP("Monitoring lasts at least 120 minutes after the dosing phase."),
    QT_TR_NOOP("The patient is 18 or over and enrolled before dosing."),
)
_LOCKED = (
    QT_TR_NOOP("Turnover keeps the room, not the people and not the patient."),
    QT_TR_NOOP("A patient under treatment is always in somebody's hands or watched."),
)


class VisitTypeEditor(Editor[VisitType]):
    widest = 800

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._type = VisitType()
        self._code = self.text("code", tr("Code"), hint=tr("As on the board."))
        self._name = self.text("name", tr("Name"))
        self._family = self.choice("family", tr("Color"), choices(FAMILIES), beside=True)
        self._version = label("", TextRole.LABEL, "third", wrap=True)
        self.form.add_widget(self._version)
        self.header(tr("Phases, in order"))
        self._bar = PhaseBar()
        self.form.add_widget(self._bar)
        self._total = label("", TextRole.LABEL, "second", wrap=True)
        self.form.add_widget(self._total)
        self._phases: Grid[Phase] = Grid(
            phase_columns(rems=False),
            new_phase,
            name=tr("Phases"),
            add=tr("Add a phase"),
            movable=True,
            least=1,
        )
        self.grid("phases", self._phases)
        self.header(tr("What it is"))
        self._modality = self.choice(
            "modality", tr("Treatment"), [], hint=tr("A treatment needs a clearance for it.")
        )
        self._fit = self.choice("needs_fit", tr("Room fit for"), [], beside=True)
        self._profile = self.choice("profile_id", tr("Way home"), [])
        self._sheet = self.choice("sheet", tr("Aftercare sheet"), choices(SHEETS), beside=True)
        self._form = self.choice(
            "discharge_form",
            tr("Discharge form before release"),
            choices(DISCHARGE_FORMS),
            hint=tr("Asked from {least} of {most} points on.").format(least=9, most=10),
        )
        self._dose = self.choice("dose_mg", tr("Dose"), [("", tr("None")), ("56", "56 mg"), ("84", "84 mg")])
        self._clear = self.number("min_clear_days", tr("Clear days to the next, at least"))
        self._gap = self.number(
            "max_gap_days", tr("Days to the next, at most"), hint=tr("Empty: any."), beside=True
        )
        self._scores: Ticks = self.ticks(
            "scores", tr("Asked before each visit"), [(one.code, one.name) for one in INSTRUMENTS]
        )
        self._since = {
            code: self.number(f"asks_{code}", tr(text), hint=tr("Empty: not asked."), beside=n > 0)
            for n, (code, text) in enumerate(ASKED_SINCE.items())
        }
        self._asked: Ticks = self.ticks("asks", tr("Asked on the day, before the dose"), choices(ASKED))
        self._after = self.choice(
            "after_when",
            tr("Check-in call after it"),
            choices(CALL_DAYS),
            hint=tr("Yours to choose: no rule asks for it."),
        )
        self._after_days = self.number(
            "after_days",
            tr("On the list, business days"),
            hint=tr("Then the call counts as not done."),
            beside=True,
        )
        self._after_asks: Ticks = self.ticks(
            "after_asks",
            tr("Asked in the call, besides thoughts of suicide"),
            choices(AFTER_ASKED),
            hint=tr("Red: a yes is before the prescribers at once."),
        )
        self._more: Ticks = self.ticks(
            "current",
            tr("Use"),
            [(_OFFERED, tr("Offered when a visit is booked")), (_CLEARS, tr("A prescriber may clear in it"))],
        )
        self.header(tr("Locked: no setting changes these"))
        self._locked = LockedRules()
        self.form.add_widget(self._locked)

    def fill(self, value: VisitType) -> None:
        self._type = value
        setup = self.desk.setup
        self._code.setText(value.code)
        self._code.setReadOnly(bool(value.id))
        self._name.setText(value.name)
        self._family.setCurrentIndex(self._family.findData(value.family))
        fill_combo(
            self._modality, [("", tr("None: no treatment")), *((m.code, m.name) for m in setup.modalities)]
        )
        self._modality.setCurrentIndex(self._modality.findData(value.modality))
        fill_combo(self._fit, [("", tr("No room")), *fit_choices(setup)])
        self._fit.setCurrentIndex(self._fit.findData(value.needs_fit))
        profiles = {p.id: p for p in setup.profiles if p in in_use(setup) or p.id == value.profile_id}
        fill_combo(
            self._profile, [("", tr("Nothing is asked")), *((str(p.id), p.name) for p in profiles.values())]
        )
        self._profile.setCurrentIndex(max(0, self._profile.findData(str(value.profile_id or ""))))
        self._sheet.setCurrentIndex(self._sheet.findData(value.sheet))
        self._form.setCurrentIndex(max(0, self._form.findData(value.discharge_form)))
        self._dose.setCurrentIndex(max(0, self._dose.findData(str(value.dose_mg or ""))))
        self._clear.set_value(value.min_clear_days)
        self._gap.set_value(value.max_gap_days)
        self._scores.set_values(value.scores)
        asked = {one.code: one.minutes for one in value.asks}
        for code, line in self._since.items():
            line.set_value(asked.get(code))
        self._asked.set_values(frozenset(asked) & ASKED.keys())
        after = value.day_after
        self._after.setCurrentIndex(self._after.findData(after.when.value))
        self._after_days.set_value(after.open_days)
        self._after_asks.set_values(after.asks - ALWAYS_ASKED)
        ticked = {_OFFERED: value.current, _CLEARS: value.gives_clearance}
        self._more.set_values(frozenset(name for name, on in ticked.items() if on))
        self._phases.set_columns(phase_columns(rems=is_rems(value, setup.modalities)))
        self._phases.set_rows(value.phases)
        self._version.setText(_version_words(value))

    def value(self) -> VisitType:
        profile, dose = str(self._profile.currentData() or ""), str(self._dose.currentData() or "")
        return replace(
            self._type,
            code=self._code.text().strip(),
            name=self._name.text().strip(),
            family=str(self._family.currentData()),
            modality=str(self._modality.currentData() or ""),
            needs_fit=str(self._fit.currentData() or ""),
            phases=self._phases.rows,
            profile_id=int(profile) if profile else None,
            gives_clearance=_CLEARS in self._more.values,
            current=_OFFERED in self._more.values,
            dose_mg=int(dose) if dose else None,
            sheet=str(self._sheet.currentData() or ""),
            discharge_form=str(self._form.currentData() or ""),
            min_clear_days=-1 if self._clear.value is None else self._clear.value,
            max_gap_days=self._gap.value,
            scores=self._scores.values,
            asks=self._asks(),
            day_after=self._day_after(),
        )

    def _day_after(self) -> DayAfter:
        kept = self._type.day_after.asks & ALWAYS_ASKED
        days = -1 if self._after_days.value is None else self._after_days.value
        return DayAfter(CallDay(str(self._after.currentData())), days, self._after_asks.values | kept)

    def _asks(self) -> tuple[Ask, ...]:
        since = ((code, line.value) for code, line in self._since.items())
        timed = [Ask(code, minutes) for code, minutes in since if minutes is not None]
        return (*timed, *(Ask(code) for code in ASKED if code in self._asked.values))

    def refresh(self) -> None:
        value = self.value()
        rems = is_rems(value, self.desk.setup.modalities)
        self._bar.show_type(value)
        self._total.setText(_total_words(value))
        self._phases.set_columns(phase_columns(rems=rems))
        self.form.row("dose_mg").setVisible(rems)
        for name in (
            "profile_id",
            "sheet",
            "discharge_form",
            "asks",
            "after_when",
            *(f"asks_{one}" for one in self._since),
        ):
            self.form.row(name).setVisible(value.is_treatment)
        for name in ("after_days", "after_asks"):
            self.form.row(name).setVisible(value.is_treatment and value.day_after.wanted)
        self._locked.set_sentences([tr(one) for one in (*(_REMS_LOCKED if rems else ()), *_LOCKED)])


def _version_words(value: VisitType) -> str:
    if not value.id:
        return tr("New: version 1.")
    return tr("Version {number}. A change makes the next one; booked visits keep theirs.").format(
        number=value.number
    )


def _total_words(value: VisitType) -> str:
    """ "Arrives 15 min before. 90 min in the room, then 15 min turnover." """
    room = sum(p.minutes for p in value.phases if p.room and p.kind is not PhaseKind.TURNOVER)
    after = sum(p.minutes for p in value.phases if p.kind is PhaseKind.TURNOVER)
    length = sum(p.minutes for p in value.phases)
    parts = []
    if value.lead:
        parts.append(tr("The patient arrives {lead} min before.").format(lead=value.lead))
    if room:
        parts.append(tr("{room} min in the room, then {after} min turnover.").format(room=room, after=after))
    else:
        parts.append(tr("{length} min without a room.").format(length=length))
    return " ".join(parts)


class VisitTypesSubject(Subject[VisitType]):
    id = "types"
    title = QT_TR_NOOP("Visit types")
    icon = "list"
    lead = QT_TR_NOOP("What a visit is made of, phase by phase.")
    add = QT_TR_NOOP("Add a visit type")
    new = QT_TR_NOOP("New visit type")

    def rows(self, setup: Setup) -> Sequence[Entry]:
        """The newest version of each code; those not offered last."""
        newest: dict[str, VisitType] = {}
        for one in setup.types:
            if one.code not in newest or one.number > newest[one.code].number:
                newest[one.code] = one
        order = list(FAMILIES)
        ordered = sorted(newest.values(), key=lambda one: (not one.current, order.index(one.family), one.id))
        return [Entry(one.code, _row(one)) for one in ordered]

    def value(self, setup: Setup, key: str) -> VisitType:
        versions = [one for one in setup.types if one.code == key]
        return {one.code: one for one in sorted(versions, key=lambda one: one.number)}[key]

    def fresh(self, setup: Setup) -> VisitType:  # noqa: ARG002 - the same everywhere
        return VisitType(
            family="co",
            needs_fit="consult",
            phases=(new_phase(), Phase(PhaseKind.TURNOVER, 5, patient=False)),
            asks=ALWAYS,
            day_after=AFTER_NEEDLE,
        )

    def edit(self, setup: Setup, before: VisitType | None, value: VisitType) -> Edit:  # noqa: ARG002 - one record
        """What is no treatment asks no way home and nothing before a dose, and hands over no sheet."""
        if not value.is_treatment:
            value = replace(
                value, profile_id=None, sheet="", dose_mg=None, discharge_form="", asks=(), day_after=NO_CALL
            )
        return Edit((value,))

    def name(self, value: VisitType) -> str:
        return value.name

    def key_after(self, key: str, saved: Saved) -> str:
        one = saved.records[0] if saved.records else None
        return one.code if isinstance(one, VisitType) else key

    def editor(self, desk: Desk, kind: str) -> Editor[VisitType]:  # noqa: ARG002 - one kind
        return VisitTypeEditor(desk)


def _row(one: VisitType) -> Row:
    room = sum(p.minutes for p in one.phases if p.room and p.kind is not PhaseKind.TURNOVER)
    words = tr("{minutes} min in the room").format(minutes=room) if room else tr("no room")
    return Row(one.name, f"{one.code} · {words}", badge="" if one.current else tr("not offered"))
