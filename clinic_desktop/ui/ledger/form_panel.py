"""One form beside the list: what is known of the session, what the form asks besides, the day it was sent."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, ClinicProblem, Refusal
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.model import ScreeningItem
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.security.rights import Right, may
from clinic_desktop.treatment.ledger import FormState, LedgerForm
from clinic_desktop.treatment.rems_form import (
    QUESTIONS,
    Answers,
    answers_of,
    fill_form,
    filling_problems,
    record_sent,
    take_back_sent,
)
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import QuestionDialog, ReasonDialog
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.ledger import commands, words
from clinic_desktop.ui.operations import run, show_problem
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.check_list_panel import CheckLineRow
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Line
from clinic_desktop.ui.widgets.parsed_line import ParsedLine, date_line
from clinic_desktop.ui.widgets.section import SectionHeader
from clinic_desktop.ui.wording import all_worded, fields_worded, worded

WIDTH = 420
_KEY = "ledger.form"
_NOT_SENT = (
    ("not", QT_TR_NOOP("It was not sent")),
    ("session", QT_TR_NOOP("Recorded for the wrong session")),
    ("back", QT_TR_NOOP("It came back, and is sent again")),
)


class FormPanel(PanelFrame):
    """``done`` carries the words for what was recorded, and its changes."""

    done = Signal(str, object)  # Changes
    print_wanted = Signal()
    session_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("REMS form"), parent)
        self._desk = desk
        self._one: LedgerForm | None = None
        self.facts = label("", TextRole.BODY, wrap=True)
        self.box = NoticeBox("", "", Tone.WARN)
        self.rows = [CheckLineRow(one, ScreeningItem(one.code)) for one in QUESTIONS]
        self.ready = ParsedLine(_read_minutes, str, name=tr("Ready to leave after"))
        self.day = date_line(self._read_day, short_date, name=tr("Sent on"))
        self.send = Button(tr("Record as sent"), key="Return", size="small")
        self.back = Button(tr("Not sent after all"), key=commands.PUT_BACK.keys[0], size="small")
        self.session = Button(tr("Show the session"), key=commands.FLOOR.keys[0], size="small")
        self._lay_out()
        self.print = self.add_button(tr("Worksheet"), key=commands.PRINT.keys[0])
        self.print.setAccessibleName(tr("Print the worksheet"))
        self.fill = self.add_button(tr("Save as filled"), Kind.PRIMARY, "Ctrl+Return")
        self.fill.fired.connect(self.confirm)
        self.print.fired.connect(self.print_wanted)
        self.send.fired.connect(self.record_sent)
        self.day.returnPressed.connect(self.record_sent)
        self.confirm_once(self.day)
        self.back.fired.connect(self.ask_back)
        self.session.fired.connect(self.session_wanted)
        for row in self.rows:
            row.note.setPlaceholderText(tr("Which, or what happened"))
            row.edited.connect(self._say)
        self.ready.textChanged.connect(self._say)

    def _lay_out(self) -> None:
        self.sent_row = FieldRow(tr("Sent on"), self.day, tr("Type the day, like today or 11/20."))
        self._ready_row = FieldRow(
            tr("Without the 2-hour minimum, ready to leave after ... minutes from the first device"),
            self.ready,
            tr("Empty where nobody can say."),
        )
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.facts, self.box, self.sent_row):
            column.addWidget(widget)
        for there in ((self.send, self.session), (self.back,)):  # three are wider than the panel
            buttons = QHBoxLayout()
            buttons.setSpacing(8)
            for button in there:
                buttons.addWidget(button)
            buttons.addStretch(1)
            column.addLayout(buttons)
        self._asked = QWidget()
        asked = QVBoxLayout(self._asked)
        asked.setContentsMargins(0, 8, 0, 0)
        asked.setSpacing(4)
        keys = tr("In a line: 1 says yes, 2 says no, Tab goes on to the next.")
        for title, medicine in ((tr("Medicines of the day"), True), (tr("In the session"), False)):
            asked.addWidget(SectionHeader(title))
            if medicine:
                asked.addWidget(label(keys, TextRole.LABEL, "second", wrap=True))
            for question, row in zip(QUESTIONS, self.rows, strict=True):
                if question.medicine is medicine:
                    asked.addWidget(Line())
                    asked.addWidget(row)
            asked.addSpacing(8)
        asked.addWidget(self._ready_row)
        column.addWidget(self._asked)
        self.set_body(body)

    # What is shown.

    @property
    def one(self) -> LedgerForm | None:
        """The form that is shown."""
        return self._one

    def show_form(self, one: LedgerForm) -> None:
        """Show a form. What is typed stays while it is the same one and nobody has filled it elsewhere."""
        before, self._one = self._one, one
        same = before is not None and before.visit.id == one.visit.id
        if not (same and before is not None and _filling(before) == _filling(one)):
            self._fill_in(one)
        if not same or (before is not None and before.form.sent_on != one.form.sent_on):
            self.day.set_value(one.form.sent_on)  # else it is typed: no Enter sends by itself
            self.sent_row.set_problem("")
        self._say()

    def _fill_in(self, one: LedgerForm) -> None:
        for row, item in zip(self.rows, answers_of(one.form), strict=True):
            row.show_item(item)
        self.ready.set_value(one.form.ready_minutes)

    def start(self) -> None:
        """To what is done next: the first open question, else the day it was sent."""
        if self._asked.isHidden():
            self.day.setFocus() if self.sent_row.isVisible() else self.session.setFocus()
            self.day.selectAll()
            return
        row = next((one for one in self.rows if one.item().present is None), None)
        if row is None:
            self.day.setFocus()
            self.day.selectAll()
        else:
            row.no.setFocus()
            self.show_part(row)

    def renew_rights(self) -> None:
        self._say()

    def answers(self) -> Answers:
        return Answers(tuple(row.item() for row in self.rows), self.ready.value)

    def _say(self) -> None:
        """What is shown hides other parts: the focus stays in the panel all the same."""
        if self._one is None:
            return
        inside = self._has_focus()
        self._say_of(self._one, self._desk.today())
        if inside and not self._has_focus():
            self.start()

    def _has_focus(self) -> bool:
        now = self.window().focusWidget()  # also while a question stands before the window
        return now is not None and self.isAncestorOf(now)

    def _say_of(self, one: LedgerForm, today: date) -> None:
        self.set_title(one.patient.name)
        self.facts.setText(words.facts_words(one, self._desk.setup, today))
        speaks, lacks = one.speaks(today), words.lacks_words(one, today)
        title = worded(speaks) if speaks else lacks
        self.box.setVisible(bool(title))
        tone = Tone.DANGER if one.is_late(today) else Tone.WARN if one.lacks(today) or speaks else Tone.INFO
        self.box.set_notice(title, lacks if speaks else "", tone)
        allowed = may(self._desk.actor, Right.RECORD)
        self.sent_row.setVisible(allowed and one.state is not FormState.NOT_NEEDED)
        self.send.setVisible(self.sent_row.isVisibleTo(self))
        self.back.setVisible(allowed and one.form.sent_on is not None)
        asked = one.state in (FormState.DUE, FormState.FILLED)
        self._asked.setVisible(asked)
        to_fill = one.state is FormState.DUE or (asked and self._changed(one))
        self.fill.setVisible(to_fill)
        self.lock(self.fill, self._missing(one, allowed=allowed) if to_fill else [])

    def _changed(self, one: LedgerForm) -> bool:
        """Something was answered otherwise than it was filled in."""
        kept = Answers(answers_of(one.form), one.form.ready_minutes)
        return not self.ready.understood or self.answers() != kept

    def _missing(self, one: LedgerForm, *, allowed: bool) -> list[str]:
        if not allowed:
            return [tr("A nurse or a prescriber fills it in.")]
        if not self.ready.understood:
            return [tr("Write minutes, like 95, or nothing.")]
        return [worded(finding) for finding in filling_problems(one.form, self.answers()).values()]

    # What is done.

    def confirm(self) -> None:
        """What is done next: save the answers, or of a filled form that it was sent."""
        one = self._one
        if one is None or self.fill.missing:
            return
        if self.fill.isHidden():
            if one.state is FormState.FILLED:
                self.record_sent()
            return
        self._fill_form(one, self.answers())

    def _fill_form(self, one: LedgerForm, answers: Answers, *, meant: bool = False) -> None:
        said = tr("{name}: the form is filled").format(name=one.patient.name)
        work = self._desk.work(fill_form, one.form, answers, meant=meant)
        run(self, work, partial(self._saved, said), partial(self._unlikely, one, answers), key=_KEY)

    def _unlikely(self, one: LedgerForm, answers: Answers, problem: ClinicProblem) -> None:
        """Minutes that are asked about; the focus stands on looking again."""
        if not isinstance(problem, Refusal):
            show_problem(problem)
            return
        QuestionDialog.ask(
            self,
            one.patient.name,
            all_worded(problem.findings),
            tr("That is right: save"),
            partial(self._fill_form, one, answers, meant=True),
            danger=True,
            leave=tr("Look again"),
        )

    def record_sent(self) -> None:
        """The form was sent on the day that is typed: asked once more, with whose form of which session."""
        one, day = self._one, self.day.value
        if one is None or self.sent_row.isHidden():
            return
        if day is None:
            self.sent_row.set_problem(tr("Write the day it was sent, like today or 11/20."))
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if day == one.form.sent_on:
            self.sent_row.set_problem(tr("It is recorded as sent on that day."))
            return
        words = {"name": one.patient.name, "session": short_date(one.form.session_on), "day": short_date(day)}
        QuestionDialog.ask(
            self,
            tr("Was it sent?"),
            tr("{name}, session of {session}: the form was sent {day}.").format(**words),
            tr("Record it as sent"),
            partial(self._send, one, day),
        )

    def _send(self, one: LedgerForm, day: date) -> None:
        words = tr("{name}, session of {session}: recorded as sent {day}. {key} takes it back.")
        said = words.format(
            name=one.patient.name,
            session=short_date(one.form.session_on),
            day=short_date(day),
            key=key_text(commands.PUT_BACK.keys[0]),
        )
        work = self._desk.work(record_sent, one.form, day)
        run(self, work, partial(self._saved, said), self._slipped, key=_KEY)

    def ask_back(self) -> None:
        """It was not sent after all: why?"""
        one = self._one
        if one is None or one.form.sent_on is None:
            return
        words = {"name": one.patient.name, "session": short_date(one.form.session_on)}
        title = tr("Not sent after all: why?")
        text = tr("{name}, session of {session}. It is to be sent again; both stay on record.")
        ReasonDialog.ask(
            self, title, text.format(**words), _NOT_SENT, tr("Take it back"), partial(self._take_back, one)
        )

    def _take_back(self, one: LedgerForm, _code: str, reason: str) -> None:
        said = tr("{name}: the form is to be sent").format(name=one.patient.name)
        work = self._desk.work(take_back_sent, one.form, reason)
        run(self, work, partial(self._saved, said), key=_KEY)

    def _saved(self, said: str, changes: Changes) -> None:
        self.done.emit(said, changes)

    def _slipped(self, problem: ClinicProblem) -> None:
        if isinstance(problem, BadInput):
            self.sent_row.set_problem(fields_worded(problem.problems).get("sent_on", ""))
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            show_problem(problem)

    def _read_day(self, typed: str) -> date | None:
        return typed_day(typed.strip().lower().replace(",", " "), self._desk.today())


def _filling(one: LedgerForm) -> object:
    """What the fields are filled from."""
    return one.form.items, one.form.ready_minutes, one.form.filled_at


def _read_minutes(typed: str) -> int | None:
    text = typed.strip()
    return int(text) if text.isdecimal() and len(text) <= 4 else None
