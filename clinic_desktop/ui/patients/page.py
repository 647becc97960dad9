"""The page of one patient: to-dos and clearances first, then the way home, orders, and who to reach."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clinic_desktop.people.model import Clearance, Merge, Order
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.ui.attendance_words import attendance_words
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients import commands
from clinic_desktop.ui.patients.fact_grid import FactGrid
from clinic_desktop.ui.patients.history_words import lines_of
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.patients.page_facts import PageFacts
from clinic_desktop.ui.patients.page_head import PageHead
from clinic_desktop.ui.patients.page_rows import (
    Line,
    clearance_lines,
    driver_lines,
    flag_words,
    order_lines,
    reach_facts,
    screening_lines,
    screening_words,
    signature_words,
    to_do_lines,
    treatment_facts,
    visit_lines,
)
from clinic_desktop.ui.patients.payer_rows import payer_lines
from clinic_desktop.ui.patients.wording import day_words
from clinic_desktop.ui.scores.plots import ScorePlots
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.badge import Badge
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Line as Divider
from clinic_desktop.ui.widgets.panel import Panel
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import all_worded

SHOWN_CHANGES = 3
TWO_COLUMNS = 760  # from this width on the sections stand beside each other
_MARGIN, _BETWEEN, _INDENT = 20, 22, 10  # the indent is that of a list's rows


class Section(QWidget):
    """A heading with what belongs to it; ``note`` is a quiet sentence below."""

    def __init__(
        self, text: str, *parts: QWidget, button: QWidget | None = None, badge: QWidget | None = None
    ) -> None:
        super().__init__()
        self.note = label("", TextRole.LABEL, "third", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label(text, TextRole.STRONG))
        if badge is not None:
            head.addWidget(badge)
        head.addStretch(1)
        if button is not None:
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(head)
        column.addWidget(Divider())
        for part in parts:
            column.addWidget(part)
        self.note.setContentsMargins(_INDENT, 2, _INDENT, 0)
        column.addWidget(self.note)
        self.say("")

    def say(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))


class PatientPage(QScrollArea):
    """Shows ``PageFacts``. What somebody wants to do comes out as signals; the place does it."""

    part_wanted = Signal(str)  # a to-do: the part of the record it belongs to
    clearance_wanted = Signal(object)  # a Clearance
    order_wanted = Signal(object)  # an Order
    score_wanted = Signal(object)  # a Score to correct
    driver_wanted = Signal(int)
    payer_wanted = Signal(object)  # an Authorization, a Package, or the line of devices
    visit_wanted = Signal(object)  # a Visit
    undo_merge_wanted = Signal(object)  # a Merge
    command_wanted = Signal(str)  # a command's id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Patient"))
        self.facts: PageFacts | None = None
        self.head = PageHead()
        self.head.edit_wanted.connect(self._edit)
        self.head.book_wanted.connect(self._book)
        self.head.pending.waitlist_wanted.connect(partial(self.command_wanted.emit, "window.waitlist"))
        self.head.pending.pinboard_wanted.connect(
            partial(self.command_wanted.emit, "patients.board.pinboard")
        )
        self._make_sections()
        self._lay_out()
        self.setWidget(self._inside)

    def _make_sections(self) -> None:
        self.to_dos = LineList(tr("To do"), at_once=True)
        self.clearances = LineList(tr("Clearances"))
        self.screening = LineList(tr("Check list"))
        self.orders = LineList(tr("Orders"))
        self.scores = ScorePlots()
        self.payers = LineList(tr("Payer and devices"))
        self.drivers = LineList(tr("Usual drivers"))
        self.visits = LineList(tr("Visits"))
        self.formers = LineList(tr("Merged records"))
        self.latest = LineList(tr("Latest changes"), at_once=True)
        self.treatment, self.reach = FactGrid(), FactGrid()
        self.notes = label("", TextRole.BODY, wrap=True)
        self.notes.setContentsMargins(_INDENT, 2, _INDENT, 0)
        self.reviewed = Badge("")
        self.slip = NoticeBox("", "", Tone.WARN)
        self.flag = NoticeBox("", "", Tone.DANGER)
        self._to_do = Section(tr("To do"), self.flag, self.slip, self.to_dos)
        self._clearance = Section(tr("Clearance"), self.clearances, button=self._button(commands.CLEAR.id))
        self._screening = Section(
            tr("Check list"), self.screening, button=self._button(commands.CHECK_LIST.id), badge=self.reviewed
        )
        self._orders = Section(tr("Orders"), self.orders, button=self._button(commands.ORDER.id))
        self._scores = Section(tr("Scores"), self.scores, button=self._button(commands.SCORES.id))
        self._payers = Section(tr("Payer and devices"), self.payers, button=self._button(commands.PAYER.id))
        self._home = Section(tr("Going home"), self.drivers, button=self._button(commands.DRIVER.id))
        self._treatment = Section(tr("Treatment"), self.treatment)
        self._reach = Section(tr("Contact"), self.reach)
        self._notes = Section(tr("Notes"), self.notes)
        self._card = self._button(commands.CARD.id)
        self._visits = Section(tr("Visits"), self.visits, button=self._card)
        self._formers = Section(tr("Merged records"), self.formers)
        self._latest = Section(tr("Latest changes"), self.latest, button=self._button(commands.HISTORY.id))
        self.to_dos.chosen.connect(self._to_do_chosen)
        self.clearances.chosen.connect(self._clearance_chosen)
        self.orders.chosen.connect(self._order_chosen)
        self.scores.chosen.connect(self.score_wanted)
        self.payers.chosen.connect(self.payer_wanted)
        self.drivers.chosen.connect(self._driver_chosen)
        self.visits.chosen.connect(self._visit_chosen)
        self.formers.chosen.connect(self._former_chosen)
        self.screening.chosen.connect(self._screening_chosen)
        self.latest.chosen.connect(self._change_chosen)

    def _button(self, command_id: str) -> Button:
        command = next(one for one in commands.COMMANDS if one.id == command_id)
        button = Button(
            _SHORT[command_id](), Kind.QUIET, key=command.keys[0], size="small", name=tr(command.text)
        )
        button.setObjectName(command_id)
        button.fired.connect(self._button_fired)
        return button

    def _button_fired(self) -> None:
        self.command_wanted.emit(self.sender().objectName())

    def _lay_out(self) -> None:
        self._inside = Panel("surface")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(28)
        for sections in (
            (self._clearance, self._screening, self._orders, self._scores, self._payers, self._visits),
            (self._home, self._treatment, self._reach, self._notes, self._latest),
        ):
            column = QVBoxLayout()
            column.setSpacing(_BETWEEN)
            for section in sections:
                column.addWidget(section)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(_MARGIN, 16, _MARGIN, 24)
        column.setSpacing(_BETWEEN)
        column.addWidget(self.head)
        column.addWidget(self._to_do)
        column.addLayout(self._columns)
        column.addWidget(self._formers)
        column.addStretch(1)

    def show_facts(self, facts: PageFacts) -> None:
        """Show a patient; the same patient again keeps place and focus."""
        other = self.facts is None or self.facts.patient.id != facts.patient.id
        self.facts = facts
        self.head.show_facts(facts)
        self._show_care(facts)
        self._show_person(facts)
        if other:
            self.verticalScrollBar().setValue(0)

    def _show_care(self, facts: PageFacts) -> None:
        self.to_dos.set_lines(to_do_lines(facts))
        said = all_worded(facts.slips)
        self.slip.set_notice(tr("A paper that is not true any more"), said, Tone.WARN)
        self.slip.setVisible(bool(said))
        flagged = flag_words(facts)
        self.flag.set_notice(tr("Before the prescriber"), flagged, Tone.DANGER)
        self.flag.setVisible(bool(flagged))
        self._to_do.setVisible(bool(self.to_dos.lines() or said or flagged))
        self.clearances.set_lines(clearance_lines(facts))
        self._clearance.say("" if self.clearances.lines() else tr("Not cleared for any treatment."))
        words, tone = screening_words(facts)
        self.reviewed.set_badge(words, tone)
        self.screening.set_lines(screening_lines(facts))
        self._screening.say(signature_words(facts))
        self.orders.set_lines(order_lines(facts))
        self._orders.say("" if self.orders.lines() else tr("No orders."))
        self.scores.show_scores(facts.scores, facts.treated, facts.staff_name)
        self._scores.say("" if facts.scores else tr("No scores yet."))
        self.payers.set_lines(payer_lines(facts))
        self._payers.say("" if self.payers.lines() else tr("Nothing agreed, paid ahead or here."))

    def _show_person(self, facts: PageFacts) -> None:
        patient = facts.patient
        self.drivers.set_lines(driver_lines(facts))
        self._home.say("" if self.drivers.lines() else tr("No usual driver named."))
        self.treatment.set_facts(treatment_facts(patient))
        self.reach.set_facts(reach_facts(patient))
        self.notes.setText(patient.notes)
        self._notes.setVisible(bool(patient.notes))
        self.visits.set_lines(visit_lines(facts))
        self._card.setVisible(facts.has_course)
        self._visits.say(attendance_words(facts.attendance) if self.visits.lines() else tr("No visits yet."))
        self.formers.set_lines(former_lines(facts))
        self._formers.setVisible(bool(self.formers.lines()))
        self.latest.set_lines(latest_lines(facts))

    def _edit(self) -> None:
        self.command_wanted.emit(commands.EDIT.id)

    def _book(self) -> None:
        self.command_wanted.emit(commands.BOOK.id)

    def _to_do_chosen(self, chosen: object) -> None:
        self.part_wanted.emit(str(chosen))

    def _driver_chosen(self, chosen: object) -> None:
        if isinstance(chosen, int):
            self.driver_wanted.emit(chosen)

    def _clearance_chosen(self, chosen: object) -> None:
        if isinstance(chosen, Clearance):
            self.clearance_wanted.emit(chosen)

    def _order_chosen(self, chosen: object) -> None:
        if isinstance(chosen, Order):
            self.order_wanted.emit(chosen)

    def _visit_chosen(self, chosen: object) -> None:
        if isinstance(chosen, Visit):
            self.visit_wanted.emit(chosen)

    def _former_chosen(self, chosen: object) -> None:
        if isinstance(chosen, Merge):
            self.undo_merge_wanted.emit(chosen)

    def _screening_chosen(self, _chosen: object) -> None:
        self.command_wanted.emit(commands.CHECK_LIST.id)

    def _change_chosen(self, _chosen: object) -> None:
        self.command_wanted.emit(commands.HISTORY.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width() >= theme().px(TWO_COLUMNS)
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self.head.set_narrow(self.viewport().width() < theme().px(520))


def former_lines(facts: PageFacts) -> Sequence[Line]:
    """Records that were merged into this one; Enter offers to undo it."""
    return [
        Line(
            Row(
                f"{one.patient.name}, {one.patient.chart_number}",
                tr("merged on {day} by {who}").format(
                    day=day_words(facts.day_of(one.merge.at)) if one.merge.at else "",
                    who=facts.staff_name(one.merge.by),
                ),
                icon="undo",
            ),
            one.merge,
        )
        for one in facts.formers
    ]


def latest_lines(facts: PageFacts) -> Sequence[Line]:
    """The last things that changed; any of them opens the whole history."""
    lines = lines_of(facts.latest) if facts.latest else []
    return [Line(Row("; ".join(one.what), one.head), one) for one in lines[:SHOWN_CHANGES]]


_SHORT = {
    commands.CLEAR.id: lambda: tr("Clear"),
    commands.CHECK_LIST.id: lambda: tr("Go through"),
    commands.ORDER.id: lambda: tr("Order"),
    commands.SCORES.id: lambda: tr("Score"),
    commands.DRIVER.id: lambda: tr("Drivers"),
    commands.PAYER.id: lambda: tr("Record"),
    commands.CARD.id: lambda: tr("Card"),
    commands.HISTORY.id: lambda: tr("All"),
}
