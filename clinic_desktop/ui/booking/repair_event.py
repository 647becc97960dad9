"""What happened to the day, as it is answered: who is out or which room is closed, from when, until when.

Nothing stands chosen: a day is repaired for what somebody said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QStackedWidget, QVBoxLayout, QWidget

from clinic_desktop.foundation.clock import DAY_MINUTES
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.people.model import Absence
from clinic_desktop.scheduling.disruption import AsItStands, Disruption, Late, RoomClosed, StaffOut
from clinic_desktop.scheduling.model import Closure, Setup
from clinic_desktop.scheduling.states import HERE, VisitState
from clinic_desktop.ui.booking.answer_list import AnswerList
from clinic_desktop.ui.booking.panel_shell import Part
from clinic_desktop.ui.booking.typed_names import TypedNames
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.parsed_line import time_line
from clinic_desktop.ui.widgets.rows import Row

STAFF, ROOM, LATE, STANDS = "staff", "room", "late", "stands"
USUAL_DELAY, LONGEST_DELAY, STEP = 25, 240, 5


@dataclass(frozen=True, slots=True)
class Running:
    """A visit of the day that could run late."""

    visit_id: int
    minute: int
    patient: str
    room: str
    state: VisitState = VisitState.BOOKED


class RepairEvent(QWidget):
    """``changed`` whenever it is another event; ``entered`` on Enter in a list, once it is answered."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._day = date.min
        self._quiet = False
        self.kinds = AnswerList(tr("What happened"), 4, begin=False)
        self.people = AnswerList(tr("Who is out"), 3, begin=False)
        self.rooms = AnswerList(tr("Which room is closed"), 3, begin=False)
        self.visits = AnswerList(tr("Which visit runs late"), 3, begin=False)
        lists = (self.people, self.rooms, self.visits)
        self._typed = {one: TypedNames(one, self) for one in lists}
        self.begin = time_line(name=tr("From"))
        self.until = time_line(name=tr("Until"), placeholder=tr("end of the day"))
        self.minutes = QSpinBox()
        self.minutes.setRange(STEP, LONGEST_DELAY)
        self.minutes.setSingleStep(STEP)
        self.minutes.setValue(USUAL_DELAY)
        self.minutes.setAccessibleName(tr("Minutes late"))
        self._until_row = FieldRow(tr("Until"), self.until)
        self._which = Part(tr("Who"))
        for one, typed in self._typed.items():
            self._which.content.addWidget(typed.said)
            self._which.content.addWidget(one)
        what = Part(tr("What happened"))
        what.content.addWidget(self.kinds)
        self._when = Part(tr("When"))
        self._when.content.addWidget(self._times())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (what, self._which, self._when):
            column.addWidget(part)
        self.kinds.moved.connect(self._tell)
        self.kinds.picked.connect(self.go_on)
        self.kinds.entered.connect(self.go_on)
        for one, typed in self._typed.items():
            one.moved.connect(self._tell)
            one.entered.connect(self._entered)
            typed.changed.connect(self._tell)
        self.begin.value_changed.connect(self._tell)
        self.until.value_changed.connect(self._tell)
        self.minutes.valueChanged.connect(self._tell)

    def _times(self) -> QWidget:
        clock = QWidget()
        row = QHBoxLayout(clock)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(FieldRow(tr("From"), self.begin))
        row.addWidget(self._until_row)
        self._stack = QStackedWidget()
        self._stack.addWidget(clock)
        self._stack.addWidget(FieldRow(tr("Minutes"), self.minutes))
        return self._stack

    @property
    def kind(self) -> str:
        """The kind of event that is chosen; empty before."""
        return self.kinds.current

    @property
    def list(self) -> AnswerList | None:
        """The list of the kind of event that is chosen."""
        return {STAFF: self.people, ROOM: self.rooms, LATE: self.visits}.get(self.kind)

    def offer(
        self, day: date, begin: int, setup: Setup, visits: Sequence[Running], selected: int | None = None
    ) -> None:
        """What could happen on a day; ``begin``: the minute from which it is asked; ``selected``: the visit
        that is meant once somebody says that one is late."""
        self._quiet = True
        self._day = day
        kinds = {
            STAFF: tr("Staff out"),
            ROOM: tr("Room closed"),
            LATE: tr("Late"),
            STANDS: tr("As it stands: what has no place now"),
        }
        self.kinds.set_choices([Choice(kind, Row(words)) for kind, words in kinds.items()])
        people = [one for one in setup.staff if one.active]
        self._typed[self.people].offer([Choice(str(one.id), Row(one.name)) for one in people])
        rooms = sorted((one for one in setup.rooms if one.active), key=lambda one: (one.position, one.id))
        self._typed[self.rooms].offer([Choice(str(one.id), Row(one.name)) for one in rooms])
        # Whoever is here already can only stay longer: they come after those who may not come in time.
        runs = sorted(visits, key=lambda one: (one.state in HERE, one.minute, one.visit_id))
        self._typed[self.visits].offer([_choice(one) for one in runs])
        for one in (self.kinds, *self._typed):
            one.set_current("")
        self.visits.set_current(str(selected or ""))
        self.begin.set_value(begin)
        self.until.set_value(None)
        self.minutes.setValue(USUAL_DELAY)
        self._quiet = False
        self._show()

    def choose(self, kind: str, number: int | None) -> None:
        """Begin with this."""
        self.kinds.set_current(kind)
        if number is not None and self.list is not None:
            self.list.set_current(str(number))
        self._show()

    def go_on(self, _kind: str = "") -> None:
        """To what is to be answered next."""
        asked = self.list
        if self.kind == STANDS:
            self.entered.emit()
        elif asked is None:
            self.kinds.setFocus()
        elif self.kind == LATE and asked.current:
            self.minutes.setFocus()
        else:
            asked.setFocus()

    @property
    def missing(self) -> str:
        """What is still to be answered; empty where nothing is."""
        if self.answer() is not None:
            return ""
        chosen = self.list
        if chosen is None:
            return tr("say what happened")
        if not chosen.choices:
            return tr("nobody is to come on this day any more")
        if not chosen.current:
            asked = {STAFF: tr("say who is out"), ROOM: tr("say which room"), LATE: tr("say which visit")}
            return asked[self.kind]
        return tr("say from when until when")

    def answer(self) -> Disruption | None:
        """What happened, as far as it is answered; None while something is missing."""
        kind, chosen = self.kind, self.list
        if kind == STANDS:
            return AsItStands()
        if chosen is None or not chosen.current:
            return None
        number = int(chosen.current)
        if kind == LATE:
            return Late(number, self.minutes.value())
        begin, until = self.begin.value, self._end()
        if begin is None or until is None or until <= begin:
            return None
        if kind == STAFF:
            return StaffOut(Absence(0, 0, number, self._day, begin, self._day, until))
        return RoomClosed(Closure(0, 0, number, self._day, begin, self._day, until))

    def _end(self) -> int | None:
        """Until the end of the day where nothing is typed."""
        return self.until.value if self.until.text().strip() else DAY_MINUTES

    def _entered(self, chosen: str) -> None:
        if chosen:
            self.entered.emit()

    def _show(self) -> None:
        titles = {STAFF: tr("Who"), ROOM: tr("Which room"), LATE: tr("Which visit")}
        kind = self.kind
        self._which.title.setText(titles.get(kind, ""))
        self._which.setVisible(kind in titles)
        self._when.setVisible(kind in titles)
        self._stack.setCurrentIndex(1 if kind == LATE else 0)
        for one, typed in self._typed.items():
            typed.show(one is self.list)
        ends = self._end()
        late = (
            kind != LATE and None not in (self.begin.value, ends) and (ends or 0) <= (self.begin.value or 0)
        )
        self._until_row.set_problem(tr("Pick an end after the beginning.") if late else "")

    def _tell(self, _value: object = None) -> None:
        if not self._quiet:
            self._show()
            self.changed.emit()


def _choice(one: Running) -> Choice:
    row = Row(f"{clock_time(one.minute)} · {one.patient}", right=one.room, state=one.state)
    return Choice(str(one.visit_id), row)
