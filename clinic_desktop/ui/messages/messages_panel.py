"""Messages for who is at work, answered in a line; and a new one from a call, for whom it is.

What was begun stays when the panel is left, and is given up only by whoever says so.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.errors import BadInput, ClinicProblem
from clinic_desktop.foundation.message import Message
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.messages import Open, Taken, answer_message, take_message
from clinic_desktop.ui.booking.answer_list import AnswerList
from clinic_desktop.ui.booking.panel_shell import PanelShell, Part
from clinic_desktop.ui.booking.patient_part import CHANGE_KEY, PatientPart
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.messages.watch import read_messages
from clinic_desktop.ui.operations import LatestReader, run, show_problem
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.set_up.fields import combo
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import fields_worded

WIDTH = 404
_TEXT_HEIGHT = 84
_ROLES = (Role.PRESCRIBER, Role.NURSE, Role.THERAPIST, Role.RECEPTIONIST, Role.MANAGER)


class MessagesPanel(PanelShell):
    """``told`` carries a sentence for the status bar."""

    told = Signal(str)

    def __init__(self, desk: Desk, people: LiveDirectory, parent: QWidget | None = None) -> None:
        super().__init__(tr("Messages"), parent)
        self._desk, self._people = desk, people
        self._there: tuple[Open, ...] = ()
        self._patient_id: int | None = None
        self._reader: LatestReader[list[Open]] = LatestReader(self, self._read)
        self.list = AnswerList(tr("Messages for you"), 5, numbered=False)
        self._none = label(tr("No message waits for you."), TextRole.BODY, "second")
        self.text = label("", TextRole.BODY, wrap=True)
        self.answer = QLineEdit()
        self.answer.setMaxLength(1000)
        self._answer_row = FieldRow(tr("What was answered"), self.answer, tr("It stays with the patient."))
        self.reply = Button(tr("Answered"), Kind.PRIMARY, size="small", key="Return")
        self._answering = Part(tr("Answer"))
        self.patient = PatientPart(desk, people)
        self.said = QPlainTextEdit()
        self.said.setFixedHeight(_TEXT_HEIGHT)
        self.caller = QLineEdit()
        self.phone = QLineEdit()
        self.to = combo([])
        self.urgent = QCheckBox(tr("Urgent"))
        self._rows = {
            "text": FieldRow(tr("What they say"), self.said),
            "for": FieldRow(tr("For"), self.to),
            "caller": FieldRow(tr("Who calls, if not the patient"), self.caller),
            "phone": FieldRow(tr("Call back at"), self.phone),
        }
        self.new = Button(tr("Another message"), Kind.QUIET, icon="plus", size="small", key="Ctrl+N")
        self.save = Button(tr("Leave the message"), Kind.PRIMARY, size="large", key="Ctrl+Return")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        there, writing = Part(tr("For you")), Part(tr("New message from a call"), line=False)
        there.content.addWidget(self._none)
        there.content.addWidget(self.list)
        self._answering.content.addWidget(self.text)
        self._answering.content.addWidget(self._answer_row)
        self._answering.content.addWidget(self.reply)
        rows = self._rows
        order: tuple[QWidget, ...] = (rows["text"], rows["for"], self.urgent, rows["caller"], rows["phone"])
        for widget in order:
            writing.content.addWidget(widget)
        for part in (there, self._answering, self.patient, writing):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.foot.addWidget(self.new)
        self.foot.addWidget(self.save)

    def _connect(self) -> None:
        self.list.moved.connect(self._show_chosen)
        self.list.picked.connect(self._picked)
        self.list.entered.connect(self._picked)
        self.answer.returnPressed.connect(self._reply)
        self.reply.fired.connect(self._reply)
        self.patient.chosen.connect(self._chosen)
        self.patient.dropped.connect(self._dropped)
        self.add_key(CHANGE_KEY, self.patient.ask, anywhere=True)
        self.new.fired.connect(self._another)
        self.add_key("Ctrl+N", self._another)
        self.save.fired.connect(self.confirm)
        self._desk.hub.changed.connect(self._others_changed)
        self._desk.actor_changed.connect(self._look)

    def open_for(self, patient_id: int | None) -> None:
        """What waits; a new message is about ``patient_id`` where somebody is chosen. One that was begun goes
        on, about whom it was."""
        if not self.is_begun:
            self._fill_to()
            self._begin(patient_id)
        self._look(self._start)

    @property
    def is_begun(self) -> bool:
        """Whether somebody wrote or chose anything but whom it is about."""
        message = self._typed()
        return message != Message(patient_id=message.patient_id)

    def _another(self) -> None:
        if not self.is_begun:
            self._begin(None)
            return
        title, text = tr("Drop the message?"), tr("It is not left for anybody, and its words are lost.")
        go, stay = partial(self._begin, None), tr("Go on with it")
        QuestionDialog.ask(self, title, text, tr("Drop it"), go, danger=True, leave=stay)

    def _fill_to(self) -> None:
        self.to.clear()
        self.to.addItem(tr("choose"), "")
        for one in self._desk.setup.staff:
            if one.active:
                self.to.addItem(one.name, str(one.id))
        for role in _ROLES:
            self.to.addItem(tr("any {role}").format(role=tr(role)), role.value)

    def _begin(self, patient_id: int | None) -> None:
        for line in (self.caller, self.phone):
            line.clear()
        self.said.clear()
        self.urgent.setChecked(False)
        self.to.setCurrentIndex(0)
        self._show_problems({})
        self._patient_id = patient_id
        if patient_id is None:
            self.patient.ask()
        else:
            self.patient.show_patient(patient_id)

    def _look(self, then: Callable[[], object] | None = None) -> None:
        self._reader.read(partial(read_messages, self._desk.store, self._desk.actor), then)

    def _others_changed(self, changes: Changes) -> None:
        if self.isVisible() and "message" in changes.kinds:
            self._look()

    def _read(self, there: list[Open]) -> None:
        self._there = tuple(there)
        self.list.set_choices([Choice(str(one.message.id), self._row(one)) for one in there])
        self._none.setVisible(not there)
        self._show_chosen()

    def _start(self) -> None:
        line = self.said if self._patient_id is not None or self.is_begun else self.patient.line
        (self.list if self._there else line).setFocus()

    def _row(self, one: Open) -> Row:
        message, at = one.message, one.message.taken_at
        when = local_time(at, self._desk.zone) if at else None
        day = "" if when is None or when.day == self._desk.today() else f"{short_date(when.day)}, "
        right = f"{day}{clock_time(when.minute)}" if when else ""
        name = one.patient.name if one.patient else message.caller or tr("unknown caller")
        badge = tr("urgent") if message.urgent else ""
        return Row(name, message.text, right, badge=badge, tone=Tone.DANGER)

    # Answering.

    @property
    def chosen(self) -> Open | None:
        return next((one for one in self._there if str(one.message.id) == self.list.current), None)

    def _show_chosen(self, _message: str = "") -> None:
        one = self.chosen
        self._answering.setVisible(one is not None)
        if one is None:
            return
        message, phones = one.message, one.patient.phones if one.patient else ()
        phone = message.phone or (phones[0].number if phones else "")
        by = next((it.name for it in self._desk.setup.staff if it.id == message.taken_by), "")
        facts = (
            tr("Caller: {caller}").format(caller=message.caller) if message.caller else "",
            tr("Call back at {phone}").format(phone=phone) if phone else "",
            tr("Taken by {who}").format(who=by) if by else "",
        )
        self.text.setText("\n".join(part for part in (message.text, *facts) if part))

    def _picked(self, _message: str) -> None:
        self._show_chosen()
        self.answer.setFocus()

    def _reply(self) -> None:
        one, desk = self.chosen, self._desk
        if one is None:
            return
        message, words = one.message, self.answer.text()
        work = partial(answer_message, desk.store, desk.actor, message.id, message.version, words)
        run(self, work, self._answered, self._failed, key="message")

    def _answered(self, done: Taken) -> None:
        self.answer.clear()
        self._answer_row.set_problem("")
        self.told.emit(tr("The message is answered."))
        self.list.setFocus()
        self._desk.record(done.changes)

    # A new one.

    def _chosen(self, patient_id: int, _at_once: bool = False) -> None:
        self._patient_id = patient_id
        self.said.setFocus()

    def _dropped(self) -> None:
        self._patient_id = None

    def _typed(self) -> Message:
        to = str(self.to.currentData() or "")
        return Message(
            patient_id=self._patient_id,
            caller=self.caller.text().strip(),
            phone=self.phone.text().strip(),
            text=self.said.toPlainText(),
            urgent=self.urgent.isChecked(),
            for_person=int(to) if to.isdigit() else None,
            for_role=Role(to) if to and not to.isdigit() else None,
        )

    def confirm(self) -> None:
        """Leave the message."""
        desk, message = self._desk, self._typed()
        run(
            self,
            partial(take_message, desk.store, desk.actor, message),
            self._left,
            self._failed,
            key="message",
        )

    def _left(self, done: Taken) -> None:
        self.told.emit(tr("Message left for {who}.").format(who=self.to.currentText()))
        self._begin(None)
        self._desk.record(done.changes)

    def _failed(self, problem: ClinicProblem) -> None:
        if isinstance(problem, BadInput):
            self._show_problems(fields_worded(problem.problems))
        else:
            show_problem(problem)
            self._look()

    def _show_problems(self, problems: dict[str, str]) -> None:
        self._answer_row.set_problem(problems.get("answer", ""))
        for name, row in self._rows.items():
            row.set_problem(problems.get(name, ""))
