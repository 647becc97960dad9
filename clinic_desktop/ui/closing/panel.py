"""The end of the day beside whatever place is shown: chapter by chapter what is open; Enter leads to where it
is settled.
"""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.foundation.words import long_date
from clinic_desktop.reports.end_of_day import Chapter, EndLine, EndOfDay
from clinic_desktop.reports.end_on_paper import NOTHING, TITLE, TODAY, WEEK
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.patients.page_rows import Line as ListLine
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import worded

WIDTH = 470


class ClosingPanel(PanelFrame):
    """``paper`` says how the paper for a day without the program stands. ``chosen`` carries the line that
    somebody wants to settle, ``print_wanted`` that the list is to go on paper."""

    chosen = Signal(object)  # EndLine
    print_wanted = Signal()

    def __init__(self, paper: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(tr(TITLE), parent)
        self.lists: dict[Chapter, LineList] = {}
        self._titles = {one: label(tr(one), TextRole.STRONG) for one in Chapter}
        self._nothing = {week: label(tr(NOTHING), TextRole.BODY, "second") for week in (False, True)}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for title, week in ((TODAY, False), (WEEK, True)):
            column.addWidget(label(tr(title), TextRole.TITLE))
            column.addWidget(self._nothing[week])
            for chapter in (one for one in Chapter if one.of_the_week is week):
                self.lists[chapter] = made = LineList(tr(chapter), at_once=True)
                made.setAccessibleDescription(tr("Enter goes to where it is settled."))
                made.chosen.connect(self.chosen)
                column.addWidget(self._titles[chapter])
                column.addWidget(made)
            column.addSpacing(10)
            if not week:
                column.addWidget(paper)
                column.addSpacing(10)
        self.set_body(body)
        self.print = self.add_button(tr("Print"), Kind.PRIMARY, key="Ctrl+Return")
        self.print.setAccessibleName(tr("Print the end of the day"))
        self.print.fired.connect(self.print_wanted)
        self.wait()

    def wait(self) -> None:
        """What is open is being read: nothing is said of it before it is known."""
        self.set_title(tr(TITLE))
        self._show(EndOfDay(date.min, "", ""))
        for words in self._nothing.values():
            words.setText(tr("Being read ..."))

    def could_not(self) -> None:
        """It was not read: what stood there before may be true no more."""
        self.wait()
        for words in self._nothing.values():
            words.setText(tr("It could not be read. Close this and open it again."))

    def show_day(self, read: EndOfDay) -> None:
        """Other lines; where the cursor stands it stays."""
        self.set_title(f"{tr(TITLE)}, {long_date(read.day)}")
        for words in self._nothing.values():
            words.setText(tr(NOTHING))
        self._show(read)

    def _show(self, read: EndOfDay) -> None:
        for chapter, one in self.lists.items():
            lines = read.of(chapter)
            one.set_lines([ListLine(row_of(line), line) for line in lines])
            one.setVisible(bool(lines))
            self._titles[chapter].setVisible(bool(lines))
        for week, words in self._nothing.items():
            words.setVisible(not any(one.chapter.of_the_week is week for one in read.lines))

    def start(self) -> None:
        """To the first line, or to the paper where nothing is open."""
        there = (one for one in self.lists.values() if one.lines())
        next(there, self.print).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def confirm(self) -> None:
        self.print_wanted.emit()


def row_of(one: EndLine) -> Row:
    """Who and what; what is to be done on a line of its own."""
    what, _, then = worded(one.says).rstrip(".").rpartition(". ")
    badge, tone = (tr("today"), Tone.WARN) if one.urgent else ("", Tone.NEUTRAL)
    if not one.patient:
        return Row(f"{what or then}.", f"{then}." if what else "", badge=badge, tone=tone)
    return Row(one.patient, f"{what or then}.", note=f"{then}." if what else "", badge=badge, tone=tone)
