"""A list looked over: who is new, who is to be decided, what could not be read, and its columns."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from clinic_desktop.people.import_patients import LookedOver
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.import_columns import ColumnsPane
from clinic_desktop.ui.patients.import_decisions import DecisionsPane
from clinic_desktop.ui.patients.import_reading import (
    PEOPLE_HEADS,
    PROBLEM_HEADS,
    Opened,
    left_out,
    people_table,
    problem_table,
    summary_words,
    to_import,
)
from clinic_desktop.ui.patients.text_table import TextTable
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.segmented import Segment, SegmentedSwitch
from clinic_desktop.ui.wording import worded

_LEAST_HEIGHT = 200  # below it the whole list scrolls
_FIRST_ROWS = 90  # px of a part: its heads, and what stands first in it
_MOST_NOTES = 20


def shortened(notes: list[str]) -> str:
    """The notes as one text; of thousands of rows only the first are told one by one."""
    more = len(notes) - _MOST_NOTES
    told = notes[:_MOST_NOTES]
    return " ".join([*told, tr("And %n more note(s) like these.", "", more)] if more > 0 else told)


class ListPane(QWidget):
    """``told_changed`` when the list is to be looked over again, ``decided`` after each decision, ``turned``
    when somebody has turned to another part; it carries how far down that is to be seen."""

    told_changed = Signal()
    decided = Signal()
    turned = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._seen: LookedOver | None = None
        self._switch: SegmentedSwitch | None = None
        self._summary = label("", TextRole.BODY, "second", wrap=True)
        self.notes = NoticeBox("", "", Tone.INFO)
        self.people = TextTable(PEOPLE_HEADS, tr("New patients"))
        self.problems = TextTable(PROBLEM_HEADS, tr("Rows that cannot be read"))
        self.decisions, self.columns = DecisionsPane(), ColumnsPane()
        self.columns.told_changed.connect(self.told_changed)
        self.decisions.decided.connect(self.decided)
        self._panes: dict[str, QWidget] = {
            "people": self.people,
            "decide": self.decisions,
            "problems": self.problems,
            "columns": self.columns,
        }
        self._lay_out()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(theme().px(_LEAST_HEIGHT))
        for pane in self._panes.values():
            self._stack.addWidget(pane)
        head = QVBoxLayout()
        head.setContentsMargins(20, 0, 20, 0)
        head.setSpacing(8)
        head.addWidget(self._summary)
        head.addWidget(self.notes)
        self._switch_row = QHBoxLayout()
        head.addLayout(self._switch_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        body = QHBoxLayout()
        body.setContentsMargins(10, 0, 10, 0)
        body.addWidget(self._stack)
        column.addLayout(body, 1)

    def forget(self) -> None:
        """Another file: nothing was told or decided about it."""
        self.columns.forget()
        self.decisions.decisions.clear()

    def show_list(self, opened: Opened) -> None:
        """Show a list; the part that asks something comes up."""
        seen = self._seen = opened.seen
        self._summary.setText(summary_words(seen) if seen.ready else tr("Something is to be answered first."))
        notes = shortened([worded(one) for one in seen.preview.notes])
        self.notes.setVisible(bool(notes))
        self.notes.set_notice(tr("What was done with the list"), notes, Tone.INFO)
        self.people.set_rows(people_table(seen.sorted.new))
        self.problems.set_rows(problem_table(seen.preview.problems))
        self.decisions.show_doubtful(seen.sorted.doubtful, opened.here, self._desk.today())
        self.columns.show_preview(seen.preview)
        self._make_switch(seen)

    def refuse(self, why: str) -> None:
        """What was told does not fit the list."""
        self.notes.set_notice(tr("That does not fit"), why, Tone.WARN)
        self.notes.show()

    def button_text(self) -> str:
        """What would be done now."""
        return to_import(self._seen, self.decisions.kept_count) if self._seen else tr("Import")

    def missing(self) -> list[str]:
        """What still stands in the way."""
        if self._seen is None or not self._seen.ready:
            return [tr("Answer the questions about the columns first.")]
        if self.decisions.open_count:
            return [tr("Decide about %n row(s) that may be here already.", "", self.decisions.open_count)]
        if not (self._seen.sorted.new or self.decisions.kept_count):
            return [tr("Nobody in this list is new.")]
        return []

    def stops(self) -> list[QWidget]:
        """Where Tab comes by, in reading order: the parts, then what is in them."""
        parts = self._switch.stops if self._switch is not None else []
        return [*parts, self.people, *self.decisions.stops(), self.problems, *self.columns.stops()]

    def start(self) -> None:
        """To what asks something, if anything does."""
        if self._seen is not None and not self._seen.ready:
            self.turn("columns")
            self.columns.start()
        elif self.decisions.open_count:
            self.turn("decide")
            self.decisions.start()

    def _make_switch(self, seen: LookedOver) -> None:
        """The parts of the list, with how much is in each."""
        before = self._switch.current if self._switch is not None else ""
        segments = [Segment("people", tr("New: {n}").format(n=len(seen.sorted.new)))]
        if seen.sorted.doubtful:
            segments.append(Segment("decide", tr("To decide: {n}").format(n=len(seen.sorted.doubtful))))
        if left_out(seen):
            segments.append(Segment("problems", tr("Not read: {n}").format(n=left_out(seen))))
        segments.append(Segment("columns", tr("Columns")))
        self._replace_switch(segments)
        ids = [one.id for one in segments]
        first = "decide" if self.decisions.open_count else "people"
        self.turn("columns" if not seen.ready else before if before in ids else first)

    def _replace_switch(self, segments: list[Segment]) -> None:
        if self._switch is not None:
            self._switch.hide()
            self._switch.deleteLater()
        while self._switch_row.count():
            self._switch_row.takeAt(0)
        self._switch = SegmentedSwitch(segments, tr("Part of the list"))
        self._switch.picked.connect(self._picked)
        self._switch_row.addWidget(self._switch)
        self._switch_row.addStretch(1)
        self._switch.setVisible(True)  # at once: Tab passes by what a layout is only about to show

    def turn(self, pane: str) -> None:
        """Show a part: "people", "decide", "problems" or "columns"."""
        if self._switch is not None:
            self._switch.set_current(pane)
        self._turned(pane)

    def _picked(self, pane: str) -> None:
        self._turned(pane)
        if (layout := self.layout()) is not None:
            layout.activate()  # how much room it has is known only then
        self.turned.emit(self._stack.y() + theme().px(_FIRST_ROWS))

    def _turned(self, pane: str) -> None:
        """Only the part that is shown says how high it wants to be."""
        policies = QSizePolicy.Policy
        for name, one in self._panes.items():
            wanted = policies.Preferred if name == pane else policies.Ignored
            one.setSizePolicy(policies.Preferred, wanted)
        self._stack.setCurrentWidget(self._panes[pane])
