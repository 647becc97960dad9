"""The pressure limits after a dose, one row for each way of treating, each set by a prescriber.

A part of its own: it needs a desk and a place in some form.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.foundation.both_changed import Side, joined
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import BadInput, ClinicProblem, StaleEdit
from clinic_desktop.foundation.words import plain_date
from clinic_desktop.scheduling.meanwhile import Meanwhile, read_meanwhile
from clinic_desktop.scheduling.model import Modality, PressureLimits, Setup
from clinic_desktop.scheduling.pressure_limits import LimitsSet, limits_problems, set_limits
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui import operations
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.both_changed import BothChangedDialog, Open
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.history_record import change_said
from clinic_desktop.ui.set_up.fields import number_line
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.who_changed import SET_UP, by_this_desk, told_title, told_too
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.label import label, set_ink
from clinic_desktop.ui.widgets.parsed_line import ParsedLine
from clinic_desktop.ui.wording import fields_worded

_PRESSURE = re.compile(r"\s*(\d{2,3})\s*/\s*(\d{2,3})\s*")
_APART = 14
_TYPED = ("tell", "emergency", "repeat_minutes", "oxygen_low")
_THEIRS = ("id", "version", "limits.set_by", "limits.set_at")


def _typed(text: str) -> tuple[int, int] | None:
    found = _PRESSURE.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def _shown(pressure: tuple[int, int]) -> str:
    return f"{pressure[0]}/{pressure[1]}"


def _values(modality: Modality) -> tuple[Any, ...]:
    return tuple(getattr(modality.limits, name) for name in _TYPED)


def _worded(value: object) -> str:
    return _shown((value[0], value[1])) if isinstance(value, tuple) else str(value)


def _both(base: PressureLimits, made: PressureLimits, name: str) -> tuple[str, str]:
    return _worded(getattr(base, name)), _worded(getattr(made, name))


def _of_limits(name: str) -> str:
    return name.partition(".")[2]


class LimitsRow(QWidget):
    """The limits of one modality. ``set_pressed`` when somebody sets what is typed."""

    set_pressed = Signal()

    def __init__(self, modality: Modality) -> None:
        super().__init__()
        self.modality = Modality()
        name = modality.name
        self.tell = ParsedLine(
            _typed, _shown, name=tr("{name}: tell the prescriber at or above").format(name=name)
        )
        self.emergency = ParsedLine(
            _typed, _shown, name=tr("{name}: emergency at or above").format(name=name)
        )
        self.repeat = number_line(tr("{name}: minutes to the next reading").format(name=name))
        self.oxygen = number_line(tr("{name}: oxygen too low at or below, percent").format(name=name))
        self._titles = {
            "tell": tr("Tell from"),
            "emergency": tr("Emergency from"),
            "repeat_minutes": tr("Repeat, minutes"),
            "oxygen_low": tr("Oxygen low at"),
        }
        lines: tuple[ParsedLine[Any], ...] = (self.tell, self.emergency, self.repeat, self.oxygen)
        self._rows = {
            name: FieldRow(title, line)
            for (name, title), line in zip(self._titles.items(), lines, strict=True)
        }
        self.set_button = Button(tr("Set"), name=tr("Set the limits of {name}").format(name=name))
        self.said = label("", TextRole.LABEL, "third", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(12)
        for row in self._rows.values():
            line.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        for typed in (self.tell, self.emergency, self.repeat, self.oxygen):
            typed.returnPressed.connect(self.set_button.click)
        line.addWidget(self.set_button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, _APART)
        column.setSpacing(4)
        column.addWidget(label(name, TextRole.STRONG))
        column.addLayout(line)
        column.addWidget(self.said)
        self.set_button.fired.connect(self.set_pressed)
        self.set_button.refused.connect(self._say_missing)

    @property
    def dirty(self) -> bool:
        """Whether something else is typed than what was saved when it was shown."""
        return bool(self.modality.id) and _values(self.typed()) != _values(self.modality)

    def show_limits(self, modality: Modality, state: str) -> bool:
        """What is saved; False where it was changed elsewhere under something typed, which stays."""
        if modality != self.modality:
            if self.dirty and _values(self.typed()) != _values(modality):
                return False
            self.modality = modality
            self.tell.set_value(modality.limits.tell)
            self.emergency.set_value(modality.limits.emergency)
            self.repeat.set_value(modality.limits.repeat_minutes)
            self.oxygen.set_value(modality.limits.oxygen_low)
            self.show_problems({})
        self._say_state(modality, state)
        return True

    def show_typed(self, modality: Modality) -> None:
        """What stands now with what was decided of both, before it is saved."""
        lines: tuple[ParsedLine[Any], ...] = (self.tell, self.emergency, self.repeat, self.oxygen)
        for line, value in zip(lines, _values(modality), strict=True):
            line.set_value(value)

    def title_of(self, name: str) -> str:
        """What a field of the limits is called."""
        return self._titles[name]

    def _say_state(self, modality: Modality, state: str) -> None:
        set_ink(self.said, "third" if modality.limits.are_set else "danger")
        self.said.setText(state)

    def typed(self) -> Modality:
        """The modality with what is typed; what is not understood becomes nonsense that the rules name."""
        limits = replace(
            self.modality.limits,
            tell=self.tell.value or (0, 0),
            emergency=self.emergency.value or (0, 0),
            repeat_minutes=self.repeat.value or 0,
            oxygen_low=self.oxygen.value or 0,
        )
        return replace(self.modality, limits=limits)

    def show_problems(self, found: dict[str, str]) -> None:
        for name, row in self._rows.items():
            row.set_problem(found.get(name, ""))

    def say(self, text: str) -> None:
        set_ink(self.said, "danger")
        self.said.setText(text)
        announce(self, text)

    def _say_missing(self) -> None:
        self.say(" ".join(self.set_button.missing))


class LimitsPanel(QWidget):
    """Every modality's row, and how one is set."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows: dict[str, LimitsRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        desk.setup_changed.connect(self.renew)
        desk.actor_changed.connect(self.renew)
        self.renew()

    def renew(self) -> None:
        """Bring the rows up to the set-up and to who acts."""
        missing = [] if may(self._desk.actor, Right.SET_LIMITS) else [tr("A prescriber sets these.")]
        for modality in self._desk.setup.modalities:
            if modality.code not in self.rows:
                row = self.rows[modality.code] = LimitsRow(modality)
                row.set_pressed.connect(partial(self._set, modality.code))
                self._column.addWidget(row)
            row = self.rows[modality.code]
            if not row.show_limits(modality, self._state(modality)):
                read = partial(read_meanwhile, self._desk.store, row.modality)
                operations.run(self, read, partial(self._told, row), quiet=True)
            self.rows[modality.code].set_button.set_missing(missing)

    def first_unset(self, codes: Collection[str]) -> QWidget | None:
        """The first field of the first of these ways of treating whose limits nobody has set yet."""
        unset = (row for code, row in self.rows.items() if code in codes and not row.modality.limits.are_set)
        return next((row.tell for row in unset), None)

    def _state(self, modality: Modality) -> str:
        limits = modality.limits
        if limits.set_at is None:
            return tr("Suggested, not set yet. Nobody is dosed before a prescriber has set them.")
        by = next((one.name for one in self._desk.setup.staff if one.id == limits.set_by), tr("a prescriber"))
        on = plain_date(local_day(limits.set_at, self._desk.zone))
        return tr("Set by {name}, {day}.").format(name=by, day=on)

    def _set(self, code: str) -> None:
        row, desk = self.rows[code], self._desk
        wanted = row.typed()
        found = limits_problems(wanted.limits)
        row.show_problems(fields_worded(found))
        if found:
            return

        def work() -> tuple[LimitsSet, Setup]:
            done = set_limits(desk.store, desk.actor, (wanted.id, wanted.version), wanted.limits)
            with desk.store.read() as records:
                return done, records.setup()

        failed = partial(self._refused, row, wanted)
        operations.run(self, work, partial(self._written, row), failed, key="set-up.limits")

    def _written(self, row: LimitsRow, result: tuple[LimitsSet, Setup]) -> None:
        done, setup = result
        focused = QApplication.focusWidget()
        here = focused is not None and row.isAncestorOf(focused)
        row.show_limits(done.modality, self._state(done.modality))
        self._desk.renew_setup(setup)
        self._desk.record(done.changes)
        announce(self, self._state(done.modality))
        if here:
            (self._next_unset(row) or row.set_button).setFocus(Qt.FocusReason.TabFocusReason)

    def _next_unset(self, row: LimitsRow) -> QWidget | None:
        """Where the next limits are typed that nobody has set yet, from a row round to the top."""
        rows = list(self.rows.values())
        at = rows.index(row)
        around = (*rows[at + 1 :], *rows[:at])
        return next((one.tell for one in around if not one.modality.limits.are_set), None)

    # Another desk set them, too.

    def _told(self, row: LimitsRow, told: Meanwhile[Modality]) -> None:
        """The news came while somebody typed."""
        if told.seen is row.modality and not by_this_desk(told, self._desk):
            stays = tr("What you typed is kept; Set brings both together.")
            row.say(f"{told_title(told, self._desk, SET_UP)}. {stays}")

    def _ask(self, row: LimitsRow, wanted: Modality, told: Meanwhile[Modality]) -> None:
        """Who was first, and of what both changed whose stands."""
        if told.now is None:
            return
        both = joined(told.seen, wanted, told.now, keeps=_THEIRS, into=("limits",))
        clashes = [one for one in both.clashes if _of_limits(one.name) in _TYPED]
        base, mine = told.seen.limits, wanted.limits
        alone = [
            (side, change_said(row.title_of(name), *_both(base, made, name)))
            for side, names, made in (
                (Side.THEIRS, both.only_theirs, told.now.limits),
                (Side.MINE, tuple(both.only_mine), mine),
            )
            for name in map(_of_limits, names)
            if name in _TYPED
        ]
        opened = [
            Open(
                one.name,
                row.title_of(_of_limits(one.name)),
                *map(_worded, (one.was, one.theirs, one.mine)),
            )
            for one in clashes
        ]

        def decided(choices: Mapping[str, Side]) -> None:
            stands = both.decided(choices)
            row.modality = both.now
            row.show_typed(stands)
            self._set(row.modality.code)

        title, before = told_title(told, self._desk, SET_UP), told_too(told, self._desk)
        BothChangedDialog.ask(self, title, before, alone, opened, decided)

    def _refused(self, row: LimitsRow, wanted: Modality, problem: ClinicProblem) -> None:
        if isinstance(problem, BadInput):
            row.show_problems(fields_worded(problem.problems))
        elif isinstance(problem, StaleEdit):
            read = partial(read_meanwhile, self._desk.store, row.modality)
            operations.run(self, read, partial(self._ask, row, wanted))
        else:
            operations.show_problem(problem)
