"""The panel of one visit: who, what state, what troubles it, its phases, the way home, the course."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from clinic_desktop.foundation.clock import from_utc_minute, instant_minute
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.board import commands
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.day_axis import short_clock, spoken_clock
from clinic_desktop.ui.board.detail import Detail, course_facts, course_title, latest_facts, phase_facts
from clinic_desktop.ui.board.ending import ending_of
from clinic_desktop.ui.board.facts import Fact, FactList
from clinic_desktop.ui.board.gone_over import gone_over_words
from clinic_desktop.ui.board.hover_words import note_line, staff_lines
from clinic_desktop.ui.board.panel_parts import NoticeColumn, stacked
from clinic_desktop.ui.board.sentences import ready_words
from clinic_desktop.ui.board.steps import Step, step_word
from clinic_desktop.ui.board.troubles import Trouble
from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.driver_badge import DriverMark
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.badge import Badge, DriverBadge, StateMark
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Line
from clinic_desktop.ui.widgets.section import SectionHeader

_ACTIONS: tuple[tuple[Command, str, Kind], ...] = (
    (commands.MOVE, QT_TR_NOOP("Move"), Kind.NORMAL),
    (commands.DRIVER, QT_TR_NOOP("Driver"), Kind.NORMAL),
    (commands.PATIENT, QT_TR_NOOP("Patient"), Kind.NORMAL),
    (commands.SHEET, QT_TR_NOOP("Sheet"), Kind.NORMAL),
    (commands.FLOOR, QT_TR_NOOP("Floor"), Kind.NORMAL),
    (commands.CANCEL, QT_TR_NOOP("Cancel"), Kind.DANGER),
    (commands.WHO_COULD_COME, QT_TR_NOOP("Waitlist"), Kind.NORMAL),
    (commands.ARRIVED, QT_TR_NOOP("Came after all"), Kind.NORMAL),
)
_OF_WHO_NEVER_CAME = frozenset({commands.PATIENT, commands.WHO_COULD_COME, commands.ARRIVED})


def _offered(command: Command, block: Block, today: date) -> bool:
    """Who never came is neither moved nor cancelled; the day of the visit says what else there is."""
    if not block.gone:
        return command not in (commands.WHO_COULD_COME, commands.ARRIVED)
    if command is commands.WHO_COULD_COME:
        return block.day >= today and block.state is VisitState.CANCELLED
    return command in _OF_WHO_NEVER_CAME and (command is not commands.ARRIVED or block.day <= today)


class VisitPanel(QWidget):
    """``command`` carries the id of a command; ``visit_wanted`` another visit of the course."""

    command = Signal(str)
    visit_wanted = Signal(int, object)  # with its day
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = 0
        self._body = QVBoxLayout()
        self._make_head()
        self._make_visit()
        self._make_way_home()
        self._make_course()
        stacked(self, self._body, self._make_foot())

    def _make_head(self) -> None:
        self._name = label("", TextRole.TITLE, wrap=True)
        close = Button(kind=Kind.QUIET, icon="close", size="small", name=tr("Close the visit"), key="Escape")
        close.fired.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._who = label("", TextRole.LABEL, "second", wrap=True)
        self._who.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._state = StateMark(VisitState.BOOKED)
        self._type = Badge("")
        states = QHBoxLayout()
        states.addWidget(self._state)
        states.addStretch(1)
        states.addWidget(self._type)
        self._body.addLayout(head)
        self._body.addWidget(self._who)
        self._body.addLayout(states)
        self._ending = NoticeBox("")
        self._ending.hide()
        self._body.addWidget(self._ending)
        self._troubles = NoticeColumn()
        self._body.addWidget(self._troubles)

    def _make_visit(self) -> None:
        self._body.addWidget(Line())
        self._served_by = label("", TextRole.LABEL, "second")
        self._body.addWidget(SectionHeader(tr("Visit"), self._served_by))
        self._where = label("", TextRole.LABEL, "second", wrap=True)
        self._body.addWidget(self._where)
        self._served = label("", TextRole.LABEL, "second", wrap=True)
        self._note = label("", TextRole.LABEL, wrap=True)
        self._body.addWidget(self._served)
        self._body.addWidget(self._note)
        self._given = NoticeColumn()
        self._body.addWidget(self._given)
        self._phases = FactList(tr("Phases"))
        self._body.addWidget(self._phases)

    def _make_way_home(self) -> None:
        self._home = QWidget()
        column = QVBoxLayout(self._home)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self._driver = DriverBadge(DriverMark.MISSING)
        self._driver_name = label("", TextRole.STRONG, wrap=True)
        self._driver_words = label("", TextRole.LABEL, "second", wrap=True)
        self._driver_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._asked = label("", TextRole.LABEL, "third", wrap=True)
        column.addWidget(Line())
        column.addWidget(SectionHeader(tr("Going home"), self._driver))
        for words in (self._driver_name, self._driver_words, self._asked):
            column.addWidget(words)
        self._body.addWidget(self._home)

    def _make_course(self) -> None:
        self._course = _Section(tr("Course"))
        self._latest = _Section(tr("Latest"))
        self._days: dict[int, date] = {}
        self._course.facts.taken.connect(self._sibling_taken)
        self._body.addWidget(self._course)
        self._body.addWidget(self._latest)

    def _make_foot(self) -> QGridLayout:
        self._foot = grid = QGridLayout()
        self.next = Button(step_word(Step.PATIENT), Kind.PRIMARY, key=commands.NEXT.keys[0])
        self.next.setObjectName(commands.NEXT.id)
        self.next.fired.connect(self._pressed)
        grid.addWidget(self.next, 0, 0, 1, 2)
        self.buttons: dict[Command, Button] = {}
        for number, (command, text, kind) in enumerate(_ACTIONS):
            button = Button(tr(text), kind, key=command.keys[0])
            button.setAccessibleName(tr(command.text))
            button.setObjectName(command.id)
            button.fired.connect(self._pressed)
            button.hide()
            self.buttons[command] = button
            grid.addWidget(button, 1 + number // 2, number % 2)
        return grid

    def _offer(self, block: Block, today: date) -> None:
        """The buttons of what can be done now, two in a row."""
        wanted = [button for command, button in self.buttons.items() if _offered(command, block, today)]
        if wanted == [button for button in self.buttons.values() if not button.isHidden()]:
            return
        for button in self.buttons.values():
            self._foot.removeWidget(button)
            button.setVisible(button in wanted)
        for number, button in enumerate(wanted):
            self._foot.addWidget(button, 1 + number // 2, number % 2)

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.command.emit(sender.objectName())

    def _sibling_taken(self, visit_id: int) -> None:
        self.visit_wanted.emit(visit_id, self._days.get(visit_id))

    def show_visit(
        self, block: Block, room: str, troubles: Sequence[Trouble], step: Step, today: date
    ) -> None:
        """What the board itself knows, at once."""
        self.setAccessibleName(block.name)
        self._name.setText(block.name)
        self._state.set_state(block.whereabouts)
        code = block.code if not block.progress else f"{block.code} {block.progress}"
        self._type.set_badge(code, Tone.NEUTRAL)
        self._type.setToolTip(block.type_name)
        self._troubles.show_notices(troubles)
        if block.id != self._shown:  # another visit: what was read of the last one is not its
            self._given.show_notices(())
        self._shown = block.id
        self._ending.setVisible(self._ending.isVisibleTo(self) and block.gone)
        pattern = tr("Nurse {name}") if block.nursed else "{name}"
        self._served_by.setText(pattern.format(name=block.staff_name) if block.staff_name else "")
        where = tr("{type}, {room}").format(type=block.type_name, room=room or tr("no room"))
        times = f"{short_clock(block.start)} \N{EN DASH} {spoken_clock(block.end)}"
        said = (where, f"{short_date(block.day)}, {times}", ready_words(block))
        self._where.setText("\n".join(one for one in said if one))
        self._home.setVisible(block.driver is not None)
        if block.driver is not None:
            self._driver.set_mark(block.driver, late=block.driver_late)
        self.next.setText(step_word(step))
        self.next.updateGeometry()
        self._offer(block, today)

    def show_detail(self, detail: Detail, setup: Setup) -> None:
        """What was read besides."""
        visit = detail.visit
        self._who.setText(who_words(detail.patient, visit))
        self._show_ending(ending_of(visit, detail.ended, setup))
        served = staff_lines(visit, setup)
        _say(self._served, "\n".join(served) if len(served) > 1 else "")
        _say(self._note, note_line(visit))
        self._given.show_notices(gone_over_words(detail.given, visit, setup))
        self._phases.set_facts(phase_facts(visit, setup))
        self._show_driver(visit, setup)
        self._days = {one.id: one.day for one in detail.course_visits}
        self._course.set_facts(course_title(detail), course_facts(detail, setup))
        self._latest.set_facts(tr("Latest"), latest_facts(detail, setup))

    def _show_ending(self, ending: Trouble | None) -> None:
        if ending is not None:
            self._ending.set_notice(ending.title, ending.text, ending.tone)
        self._ending.setVisible(ending is not None)

    def _show_driver(self, visit: Visit, setup: Setup) -> None:
        person = ", ".join(part for part in (visit.plan_name, visit.plan_relationship) if part)
        how = str(visit.plan_kind) if visit.plan_kind is not None else ""
        _say(self._driver_name, person or how.capitalize() or tr("Nobody is named"))
        _say(
            self._driver_words, ", ".join(part for part in (visit.plan_phone, how if person else "") if part)
        )
        asked = ""
        if visit.plan_confirmed_at is not None:
            at = from_utc_minute(instant_minute(visit.plan_confirmed_at), visit.zone)
            by = next((one.initials for one in setup.staff if one.id == visit.plan_confirmed_by), "")
            asked = tr("Confirmed {day}, {time}, {by}").format(
                day=short_date(at.day), time=spoken_clock(at.minute), by=by
            )
        _say(self._asked, asked.rstrip(", "))


class _Section(QWidget):
    """A line, a heading and facts; hidden while there are none."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = label(title, TextRole.CAPTION, "third")
        self.facts = FactList(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Line())
        column.addWidget(self._title)
        column.addWidget(self.facts)
        self.hide()

    def set_facts(self, title: str, facts: Sequence[Fact]) -> None:
        self._title.setText(title)
        self.facts.setAccessibleName(title)
        self.facts.set_facts(facts)
        self.setVisible(bool(facts))


def who_words(patient: Patient, visit: Visit) -> str:
    """ "Apr 12, 1984 (42), (512) 555-0142", and what matters before anything else."""
    parts = []
    if patient.birth_date is not None:
        born = short_date(patient.birth_date).partition(", ")[2]
        parts.append(f"{born}, {patient.birth_date.year} ({patient.age_on(visit.day)})")
    if patient.phones:
        parts.append(patient.phones[0].number)
    lines = ["  \N{MIDDLE DOT}  ".join(parts)]
    if patient.alerts:
        lines.append(patient.alerts)
    if patient.allergies:
        lines.append(tr("Allergies: {what}").format(what=patient.allergies))
    return "\n".join(line for line in lines if line)


def _say(line: QLabel, text: str) -> None:
    line.setText(text)
    line.setVisible(bool(text))
