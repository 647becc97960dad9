"""Asking why: before a rule is gone over or a dose given in spite of an answer, and of who has gone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.actor import Role
from clinic_desktop.security.rights import Right, may
from clinic_desktop.treatment.asking_rules import DECIDED_SO
from clinic_desktop.treatment.dose_facts import GIVES
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.rules import DOSE_FIRST_84, DRIVER_AT_DOSING, DRIVER_AT_RELEASE
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import ChoiceDialog, ReasonDialog
from clinic_desktop.ui.floor.actions import FloorActions, Wanted
from clinic_desktop.ui.floor.ends import ask_why
from clinic_desktop.ui.floor.reading import Stay
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.rows import Row

K = StampKind
_WITHOUT_DRIVER = (
    ("way", QT_TR_NOOP("The driver is on the way and was reached")),
    ("ward", QT_TR_NOOP("Stays with staff until fetched")),
    ("near", QT_TR_NOOP("Lives next door and is accompanied")),
)
_ALL_THE_SAME = (
    ("prescriber", QT_TR_NOOP("A prescriber was asked and decided so")),  # DECIDED_SO
    ("little", QT_TR_NOOP("A sip or a bite only")),
    ("waited", QT_TR_NOOP("The patient could not be asked")),
)
_HIGHER_AT_FIRST = (
    ("elsewhere", QT_TR_NOOP("Had Spravato at another clinic before")),
    ("indication", QT_TR_NOOP("Acute suicidal thoughts, not yet on record")),
)


class Reasons:
    """Asks in the window, and hands what was answered to the use case. Whoever may not go over a rule asks a
    prescriber for it."""

    def __init__(self, desk: Desk, actions: FloorActions, window: QWidget) -> None:
        self._desk, self._actions, self._window = desk, actions, window

    def override_driver(self, stay: Stay) -> None:
        """Over the driver: for the dose before it, for release after it."""
        at_release = stay.care.whole.dosed
        if not may(self._desk.actor, Right.OVERRIDE_DRIVER):
            title = tr("Ask to release without a driver: why?")
            title = title if at_release else tr("Ask to dose without a driver: why?")
            self._ask_for(stay, DRIVER_AT_RELEASE if at_release else DRIVER_AT_DOSING, title, _WITHOUT_DRIVER)
            return
        title = tr("Release without a driver: why?") if at_release else tr("Dose without a driver: why?")

        def picked(_code: str, reason: str) -> None:
            self._actions.override(stay, reason, at_release=at_release)

        text = tr("The reason stays on the record and in the day's report.")
        ReasonDialog.ask(self._window, title, text, _WITHOUT_DRIVER, tr("Allow it"), picked)

    def override_first_dose(self, stay: Stay) -> None:
        """Over a first dose of more than 56 mg."""
        if not may(self._desk.actor, Right.ORDER):
            self._ask_for(stay, DOSE_FIRST_84.code, tr("Ask for 84 mg: why?"), _HIGHER_AT_FIRST)
            return
        text = tr("The reason stays on the record and in the day's report.")
        ReasonDialog.ask(
            self._window,
            tr("84 mg on the first day: why?"),
            text,
            _HIGHER_AT_FIRST,
            tr("Allow it"),
            lambda _code, reason: self._actions.override_first_dose(stay, reason),
        )

    def _ask_for(self, stay: Stay, rule: str, title: str, reasons: Sequence[tuple[str, str]]) -> None:
        """It opens nothing: it waits in the prescriber's decisions."""
        text = tr("Only a prescriber allows it. It waits in My decisions, and nothing is open until then.")

        def picked(_code: str, why: str) -> None:
            self._actions.ask(stay, rule, why)

        ReasonDialog.ask(self._window, title, text, reasons, tr("Ask a prescriber"), picked)

    def given(self, wanted: Wanted, against: str, *, happened: bool) -> None:
        """A dose is given in spite of what was asked, ``against``: the reason goes with it, and what else was
        asked is then answered too. happened: not only that was said."""

        def given(_code: str, why: str) -> None:
            first = next(one for one in wanted.stamps if one.kind in GIVES)
            stamps = tuple(replace(one, reason=why) if one is first else one for one in wanted.stamps)
            with_reason = Wanted(wanted.stay, stamps, wanted.said)
            if why == DECIDED_SO and Role.PRESCRIBER not in self._desk.actor.roles:
                self._ask_who_decided(with_reason, first.at, against, happened=happened)
            else:
                self._actions.record(with_reason, happened=happened)

        text = tr("The reason stays with the dose.")
        title = tr("Given all the same: why?")
        ReasonDialog.ask(self._window, title, text, _ALL_THE_SAME, tr("Record the dose"), given)

    def _ask_who_decided(self, wanted: Wanted, at: datetime | None, against: str, *, happened: bool) -> None:
        """A prescriber's word is that of somebody named: it is written down as told, and waits for the
        signature of that one."""
        names = {
            str(one.id): one.name
            for one in self._desk.setup.staff
            if one.active and Role.PRESCRIBER in one.roles
        }

        def told(number: str) -> None:
            note = tr("The dose is given all the same. {against}").format(against=against)
            said = Stamp(kind=K.SAID, at=at, told_by=int(number), person=names[number], note=note)
            stamps = (said, *wanted.stamps)
            self._actions.record(Wanted(wanted.stay, stamps, wanted.said), happened=happened)

        ChoiceDialog.ask(
            self._window,
            tr("Which prescriber decided so?"),
            tr("Read it back first. It waits for that prescriber's signature today, in My decisions."),
            [Choice(number, Row(name)) for number, name in names.items()],
            told,
            confirm=lambda one: tr("Read back to {name}: record the dose").format(name=one.row.text),
            begin=False,
        )

    def left(self, wanted: Wanted) -> None:
        """Nobody is released without permission: who has gone has left before release. What else the line
        says happened as well."""
        at = next(one.at for one in wanted.stamps if one.kind is K.RELEASED)

        def gone(kind: StampKind, why: str) -> None:
            words = tr("{name}: left before release, {why}")
            said = words.format(name=wanted.stay.care.patient.name, why=why)
            others = tuple(one for one in wanted.stamps if one.kind is not K.RELEASED)
            stamps = (*others, Stamp(kind=kind, at=at, note=why))
            self._actions.record(Wanted(wanted.stay, stamps, said), happened=bool(others))

        ask_why(self._window, K.LEFT_EARLY, gone)
