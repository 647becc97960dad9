"""The panel where a score is typed: digits in a row, read back as they come; and where one is corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.foundation.errors import BadInput, ClinicProblem
from clinic_desktop.people.instruments import BY_CODE, INSTRUMENTS, PHQ9, Instrument
from clinic_desktop.people.scores import Score, TypedScore, typed_score
from clinic_desktop.scheduling.scoring import Scored, record_scores
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run, show_problem
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.patients.wording import day_words
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.scores.words import (
    answered,
    how_to_type,
    is_told,
    is_wrong,
    legend,
    next_item,
    read_back,
    score_words,
)
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label, set_ink
from clinic_desktop.ui.widgets.parsed_line import date_line
from clinic_desktop.ui.widgets.segmented import Segment, SegmentedSwitch
from clinic_desktop.ui.wording import fields_worded, worded


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked: in a visit, or without one. ``wanted``: the instruments that are still missing."""

    patient_id: int
    name: str
    visit_id: int | None = None
    wanted: frozenset[str] = frozenset()

    @property
    def first(self) -> Instrument:
        return next((one for one in INSTRUMENTS if one.code in self.wanted), PHQ9)


class ScorePanel(PanelFrame):
    """``done`` carries the :class:`Scored`. ``seen``: the entry that is corrected."""

    done = Signal(object)

    def __init__(self, desk: Desk, asked: Asked, seen: Score | None = None) -> None:
        title = tr("Correct a score of {name}") if seen else tr("Score of {name}")
        super().__init__(title.format(name=asked.name))
        self._desk, self._asked, self._seen = desk, asked, seen
        self._said = ""
        segments = [Segment(one.code, one.name) for one in INSTRUMENTS]
        self.switch = SegmentedSwitch(segments, tr("Questionnaire"))
        self.day = date_line(self._read_day, day_words, name=tr("Day of the answers"))
        self.line, self.reason = QLineEdit(), QLineEdit()
        self._read = label("", TextRole.STRONG, wrap=True)
        self._next = label("", TextRole.BODY, wrap=True)
        self._legend = label("", TextRole.LABEL, "second", wrap=True)
        self._answers = label("", TextRole.LABEL, "second", wrap=True)
        self._build()
        self.strike = self.add_button(tr("Strike out"), Kind.QUIET)
        self.strike.setVisible(seen is not None)
        self.strike.fired.connect(self._strike)
        self.keep = self.add_button(tr("Keep the score"), Kind.PRIMARY, "Ctrl+Return")
        self.keep.fired.connect(self.confirm)
        self._fill()
        self.renew_rights()

    def _build(self) -> None:
        self.form = Form()
        self.answers = FieldRow(tr("Answers in a row, or the total"), self.line)
        self.form.add("reason", tr("Why it is corrected"), self.reason)
        self.form.add("on", tr("Day of the answers"), self.day, self._day_problem)
        self.form.row("reason").setVisible(self._seen is not None)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (
            self.switch,
            self.answers,
            self._read,
            self._next,
            self._legend,
            self._answers,
            self.form,
        ):
            column.addWidget(part)
        self.set_body(body)
        self.form.submitted.connect(self.confirm)
        self.switch.picked.connect(self._picked)
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self.confirm)
        self.confirm_once(self.line)

    def _fill(self) -> None:
        seen = self._seen
        self.day.set_value(seen.on if seen else self._desk.today())
        self.switch.set_current(seen.instrument if seen else self._asked.first.code)
        if seen is not None:
            self.line.setText("".join(map(str, seen.items)) if seen.items else str(seen.sum))
        self._typed()

    def start(self) -> None:
        self.line.setFocus()
        self.line.selectAll()

    def renew_rights(self) -> None:
        allowed = may(self._desk.actor, Right.EDIT_PATIENT)
        for button in (self.keep, self.strike):
            self.lock(button, [] if allowed else [tr("You may not change patients.")])

    @property
    def instrument(self) -> Instrument:
        return BY_CODE[self.switch.current]

    @property
    def typed(self) -> TypedScore:
        """How the line is read now."""
        return typed_score(self.instrument, self.line.text())

    @property
    def said(self) -> str:
        """What is read back."""
        return self._read.text()

    def _picked(self, _code: str) -> None:
        self._typed()
        self.line.setFocus()

    def _typed(self) -> None:
        """Read back what is typed, and show the item that comes next."""
        one, typed, empty = self.instrument, self.typed, not self.line.text().strip()
        self._read.setText(how_to_type(one) if empty else read_back(one, typed))
        grave = is_wrong(one, typed) or is_told(one, typed)
        set_ink(self._read, "second" if empty else "danger" if grave else "")
        for part, words in (
            (self._next, next_item(one, TypedScore() if empty else typed)),
            (self._legend, legend(one)),
            (self._answers, answered(one, typed.items) if typed.total is None else ""),
        ):
            part.setText(words)
            part.setVisible(bool(words))
        self.answers.set_problem("")
        self._read.show()
        if not empty and self._read.text() != self._said:
            self._said = self._read.text()
            announce(self.line, self._said)

    def draft(self) -> Score:
        """What is typed, as a score; ambiguous digits are the total."""
        typed, seen = self.typed, self._seen
        return replace(
            seen or Score(patient_id=self._asked.patient_id, visit_id=self._asked.visit_id),
            instrument=self.instrument.code,
            items=typed.items if typed.total is None else (),
            total=typed.total,
            on=self.day.value or date.min,
            corrects=seen.id if seen else None,
            reason=self.reason.text().strip(),
        )

    def confirm(self) -> None:
        if self.keep.missing or not self.form.all_well():
            return
        if (problem := self.typed.problem) is not None:
            self._show_problems({"items": worded(problem)})
            return
        self._write(self.draft())

    def _strike(self) -> None:
        if self._seen is not None and not self.strike.missing:
            self._write(replace(self._seen, corrects=self._seen.id, struck=True, reason=self.reason.text()))

    def _write(self, score: Score) -> None:
        work = partial(record_scores, self._desk.store, self._desk.actor, [score])
        run(self, work, self._kept, self._refused, key="scores")

    def _kept(self, scored: Scored) -> None:
        self._desk.record(scored.changes)
        self.done.emit(scored)

    def _refused(self, problem: ClinicProblem) -> None:
        if isinstance(problem, BadInput):
            self._show_problems(fields_worded(problem.problems))
        else:
            show_problem(problem)

    def _show_problems(self, problems: dict[str, str]) -> None:
        """Each beside its field, the first of them with the focus."""
        self.answers.set_problem(problems.get("items", ""))
        self._read.setVisible("items" not in problems)  # the field says it
        self.form.show_problems({name: words for name, words in problems.items() if name != "items"})
        if "items" in problems:
            self.line.setFocus()

    def _day_problem(self) -> str:
        return "" if self.day.value is not None else tr("Write a day, like yesterday or 11/20.")

    def _read_day(self, typed: str) -> date | None:
        return typed_day(typed.lower().replace(",", " "), self._desk.today())


def tell(frame: Frame, name: str, scored: Scored) -> None:
    """What was kept, and what must be heard at once."""
    frame.say(tr("{name}: {what}").format(name=name, what=_kept_words(scored.scores)))
    for finding in scored.told:
        frame.notice(tr("Look at this"), worded(finding), Tone.DANGER)


def _kept_words(scores: Sequence[Score]) -> str:
    return ", ".join(tr("struck out") if one.struck else score_words(one) for one in scores)
