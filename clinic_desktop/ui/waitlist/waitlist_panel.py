"""The waitlist: who waits since when and for what; somebody is added, changed, or taken off.

What was begun stays when the panel is left, and is given up only by whoever says so.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, ClinicProblem
from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.model import VisitType
from clinic_desktop.scheduling.waiting import Waited, WaitEntry, wait_for, withdraw_wait
from clinic_desktop.ui.booking.answer_list import AnswerList
from clinic_desktop.ui.booking.panel_shell import PanelShell, Part
from clinic_desktop.ui.booking.patient_part import CHANGE_KEY, PatientPart
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader, run, show_problem
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.patients.wording import known_as
from clinic_desktop.ui.set_up.fields import Ticks, combo, pick, picked
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.waitlist.reading import Waiting, read_usual_type, read_waiting
from clinic_desktop.ui.waitlist.words import WEEKDAYS, type_words, waiting_row
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.parsed_line import date_line, time_line
from clinic_desktop.ui.wording import fields_worded

WIDTH = 404


class WaitlistPanel(PanelShell):
    """``told`` carries a sentence for the status bar."""

    told = Signal(str)

    def __init__(
        self,
        desk: Desk,
        people: LiveDirectory,
        parse: Callable[[str], date | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Waitlist"), parent)
        self._desk, self._people = desk, people
        self._there: tuple[Waiting, ...] = ()
        self._patient_id = 0
        self._entry: WaitEntry | None = None
        self._first = True
        self._usual = ""  # the type that was chosen for them by what they have
        self._begun: tuple[object, ...] = ()  # the form before anybody typed in it
        self._reader: LatestReader[list[Waiting]] = LatestReader(self, self._read)
        self._types_reader: LatestReader[tuple[int, str]] = LatestReader(self, self._show_usual)
        self.list = AnswerList(tr("Who waits, the longest first"), 7, numbered=False)
        self._none = label(tr("Nobody waits."), TextRole.BODY, "second")
        self.patient = PatientPart(desk, people)
        self.type = combo([])
        self.type.setPlaceholderText(tr("Choose"))
        self.from_day = date_line(parse, short_date, name=tr("From"), placeholder=tr("any day"))
        self.to_day = date_line(parse, short_date, name=tr("To"), placeholder=tr("any day"))
        self.weekdays = Ticks([(number, tr(word)) for number, word in WEEKDAYS])
        self.from_time = time_line(name=tr("Not before"), placeholder=tr("any time"))
        self.to_time = time_line(name=tr("Starts before"), placeholder=tr("any time"))
        self.note = QLineEdit()
        self.note.setMaxLength(300)
        self.save = Button(tr("Put on the waitlist"), Kind.PRIMARY, size="large", key="Ctrl+Return")
        self.off = Button(tr("Take off the list"), size="small", key="Delete")
        self.new = Button(tr("Somebody else"), Kind.QUIET, icon="plus", size="small", key="Ctrl+N")
        self._rows = {
            "type": FieldRow(tr("For"), self.type),
            "from_day": FieldRow(tr("From"), self.from_day),
            "to_day": FieldRow(tr("To"), self.to_day),
            "weekdays": FieldRow(tr("On"), self.weekdays, tr("None ticked: any day of the week.")),
            "from_time": FieldRow(tr("Not before"), self.from_time),
            "to_time": FieldRow(tr("Starts before"), self.to_time),
            "note": FieldRow(tr("Note"), self.note),
        }
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        there, self._form = Part(tr("Waiting")), Part(tr("What suits them"), line=False)
        for widget in (self._none, self.list):
            there.content.addWidget(widget)
        for row in self._rows.values():
            self._form.content.addWidget(row)
        for part in (there, self.patient, self._form):
            self.body.addWidget(part)
        self.body.addStretch(1)
        for button in (self.new, self.off, self.save):
            self.foot.addWidget(button)

    def _connect(self) -> None:
        self.list.picked.connect(self._wanted)
        self.list.entered.connect(self._wanted)
        self.type.currentIndexChanged.connect(self._say_missing)
        self.patient.chosen.connect(self._chosen)
        self.patient.dropped.connect(self._dropped)
        self.save.fired.connect(self.confirm)
        self.save.refused.connect(self.confirm)
        self.off.fired.connect(self.take_off)
        self.new.fired.connect(self._somebody_else)
        self.add_key("Ctrl+N", self._somebody_else)
        self.add_key(CHANGE_KEY, self.patient.ask, anywhere=True)
        self.on_enter(self.note, self.confirm)
        self._desk.hub.changed.connect(self._others_changed)

    def open_for(self, patient_id: int | None) -> None:
        """The list; ``patient_id``: somebody to put on it, or whose entry to show. What was begun goes
        on, for them or where nobody is named; before another entry takes its place that is asked."""
        begun = self.is_changed or (self._patient_id and self._entry is None)
        if begun and patient_id in (None, self._patient_id):
            self._first = False
            (self.type if self._patient_id else self.patient.line).setFocus()
            self._look()
        else:
            self._ask_first(partial(self._open, patient_id))

    def _open(self, patient_id: int | None) -> None:
        self._first = True
        self._fill_types()
        self.begin()
        if patient_id is not None:
            self.patient.show_patient(patient_id)
            self._chosen(patient_id)
        self._look(self._start)

    def _fill_types(self) -> None:
        self.type.clear()
        for one in self._types():
            self.type.addItem(one.name, one.code)

    def _types(self) -> list[VisitType]:
        return [one for one in self._desk.setup.types if one.current]

    def _look(self, then: Callable[[], object] | None = None) -> None:
        self._reader.read(partial(read_waiting, self._desk.store), then)

    def _others_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & {"wait_entry", "patient"}:
            self._look()

    def _read(self, there: list[Waiting]) -> None:
        desk = self._desk
        self._there = tuple(there)
        self.list.set_choices([
            Choice(str(one.entry.id), waiting_row(one, desk.setup, desk.zone, desk.today())) for one in there
        ])  # fmt: skip
        self._none.setVisible(not there)
        mine = next((one for one in there if one.entry.patient_id == self._patient_id), None)
        if self._first and mine is not None and not self.is_changed:
            self._fill_in(mine.entry)
        self._first = False

    def _start(self) -> None:
        if self._entry is not None:
            self.from_day.setFocus()
        else:
            (self.type if self._patient_id else self.patient.line).setFocus()

    # What was begun.

    @property
    def is_changed(self) -> bool:
        """Whether somebody typed or chose anything but whom it is about."""
        return bool(self._begun) and self._written() != self._begun

    def _written(self) -> tuple[object, ...]:
        lines = (self.from_day, self.to_day, self.from_time, self.to_time, self.note)
        return (picked(self.type), self.weekdays.values, *(one.text().strip() for one in lines))

    def _ask_first(self, go: Callable[[], object]) -> None:
        """Before what was begun gives way to another entry."""
        if not self.is_changed:
            go()
            return
        name = self.patient.card.name.text() if self._patient_id else ""
        title = tr("Leave the entry for {patient}?").format(patient=name) if name else tr("Leave the entry?")
        text = tr("It is not saved, and what was typed in it is lost.")
        verb, stay = tr("Leave the entry"), tr("Go on with it")
        QuestionDialog.ask(self, title, text, verb, go, danger=True, leave=stay)

    def _somebody_else(self) -> None:
        self._ask_first(self.begin)

    def _wanted(self, key: str) -> None:
        if self._entry is None or str(self._entry.id) != key:
            self._ask_first(partial(self._picked, key))

    # The form.

    def begin(self) -> None:
        """Somebody new."""
        self._entry, self._patient_id = None, 0
        self._show_entry(WaitEntry())
        self.patient.ask()

    def _picked(self, key: str) -> None:
        found = next((one for one in self._there if str(one.entry.id) == key), None)
        if found is not None:
            self._fill_in(found.entry)
            self.from_day.setFocus()

    def _fill_in(self, entry: WaitEntry) -> None:
        self._entry, self._patient_id = entry, entry.patient_id
        self.patient.show_patient(entry.patient_id)
        self._show_entry(entry)

    def _show_entry(self, entry: WaitEntry) -> None:
        self._usual = ""
        pick(self.type, entry.type_code)
        self.from_day.set_value(entry.from_day)
        self.to_day.set_value(entry.to_day)
        self.weekdays.set_values(frozenset(map(str, entry.weekdays)))
        self.from_time.set_value(entry.from_minute or None)
        self.to_time.set_value(entry.to_minute if entry.to_minute < 1440 else None)
        self.note.setText(entry.note)
        self._show_problems({})
        changing = bool(entry.id)
        self.off.setVisible(changing)
        self.save.setText(tr("Save the change") if changing else tr("Put on the waitlist"))
        self._begun = self._written()
        self._say_missing()

    def _chosen(self, patient_id: int, _at_once: bool = False) -> None:
        self._patient_id = patient_id
        self._say_missing()
        self.type.setFocus()
        desk = self._desk
        self._types_reader.read(partial(read_usual_type, desk.store, patient_id, desk.today()))

    def _show_usual(self, read: tuple[int, str]) -> None:
        """What they have is chosen, unless somebody chose already."""
        patient_id, code = read
        if patient_id != self._patient_id or self._entry is not None or picked(self.type) != self._usual:
            return
        self._usual = code
        pick(self.type, code)
        self._begun = (picked(self.type), *self._begun[1:])

    def _say_missing(self, _index: int = 0) -> None:
        who = [] if self._patient_id else [tr("Who waits?")]
        self.save.set_missing(who or ([] if picked(self.type) else [tr("What do they wait for?")]))

    def _dropped(self) -> None:
        self._entry, self._patient_id = None, 0
        self.off.hide()
        self._say_missing()

    def _typed(self) -> WaitEntry:
        before = self._entry or WaitEntry()
        return replace(
            before,
            patient_id=self._patient_id,
            type_code=picked(self.type),
            from_day=self.from_day.value,
            to_day=self.to_day.value,
            weekdays=frozenset(map(int, self.weekdays.values)),
            from_minute=self.from_time.value or 0,
            to_minute=1440 if self.to_time.value is None else self.to_time.value,
            note=self.note.text().strip(),
        )

    def _show_problems(self, problems: dict[str, str]) -> None:
        for name, row in self._rows.items():
            row.set_problem(problems.get(name, ""))

    def _not_understood(self) -> dict[str, str]:
        days = {"from_day": self.from_day, "to_day": self.to_day}
        times = {"from_time": self.from_time, "to_time": self.to_time}
        wrong = {
            name: tr("Write a day, like fri or 11/20.") for name, it in days.items() if not it.understood
        }
        late = {name: tr("Write a time, like 9:30.") for name, it in times.items() if not it.understood}
        what = {} if picked(self.type) else {"type": tr("Choose what they wait for.")}
        return what | wrong | late

    def confirm(self) -> None:
        """Put them on the list, or change what suits them."""
        if not self._patient_id:
            self.patient.line.setFocus()
            return
        if wrong := self._not_understood():
            self._show_problems(wrong)
            if "type" in wrong:
                self.type.setFocus()
            return
        desk, entry = self._desk, self._typed()
        run(self, partial(wait_for, desk.store, desk.actor, entry), self._saved, self._failed, key="waitlist")

    def take_off(self) -> None:
        """They do not wait any more; the entry stays on record."""
        entry, desk = self._entry, self._desk
        if entry is not None:
            work = partial(withdraw_wait, desk.store, desk.actor, entry.id, entry.version)
            run(self, work, self._taken_off, self._failed, key="waitlist")

    def _saved(self, waited: Waited) -> None:
        entry = waited.entry
        words = tr("{name} waits for {type}.")
        self.told.emit(words.format(name=self._name(entry), type=type_words(entry, self._desk.setup)))
        self.begin()
        self._desk.record(waited.changes)

    def _taken_off(self, waited: Waited) -> None:
        self.told.emit(tr("{name} is off the waitlist.").format(name=self._name(waited.entry)))
        self.begin()
        self._desk.record(waited.changes)

    def _name(self, entry: WaitEntry) -> str:
        person = self._people.directory.kept(entry.patient_id)
        return known_as(person) if person is not None else ""

    def _failed(self, problem: ClinicProblem) -> None:
        if isinstance(problem, BadInput):
            self._show_problems(fields_worded(problem.problems))
        else:
            show_problem(problem)
