"""The drug log's main view: how it stands, the lots on hand by drug, and what was moved today."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clinic_desktop.treatment.stock import Lot
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.ledger import drug_commands as commands
from clinic_desktop.ui.ledger import drug_words as words
from clinic_desktop.ui.ledger.drugs_read import DrugsRead
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.patients.page_rows import Line as ListLine
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Line, Panel
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.widgets.section import SectionHeader
from clinic_desktop.ui.wording import worded

_EDGE = 14


class DrugsView(Panel):
    """``opened``: Enter, or a double click, on a lot or on a line of today."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", (), parent)
        self.stand = label("", TextRole.LABEL, "second", wrap=True)
        self.new = Button(tr("Drugs came in"), icon="plus", key=commands.NEW.keys[0], size="small")
        self.export = Button(tr("Save as CSV"), icon="save", key=commands.EXPORT.keys[0], size="small")
        self.told = NoticeBox("", "", Tone.WARN)
        self.lots = LineList(tr("Lots on hand"), marked=True)
        self.today = LineList(tr("Moved today"))
        self._none = label(tr("Nothing is in the log yet. Record what is in the safe as what came in."))
        self._still = label(tr("Nothing was moved today."), TextRole.LABEL, "third")
        self._what = label(tr(words.NOT_DEA), TextRole.LABEL, "third", wrap=True)
        self._counting: Lot | None = None
        self._read: DrugsRead | None = None
        self._lay_out()
        self.lots.chosen.connect(self._chosen)
        self.today.chosen.connect(self._chosen)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(_EDGE, 6, _EDGE, 6)
        bar.setSpacing(8)
        bar.addWidget(self.stand, 1)
        bar.addWidget(self.new)
        bar.addWidget(self.export)
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(_EDGE, 8, _EDGE, 12)
        body.setSpacing(6)
        for widget in (
            self.told,
            SectionHeader(tr("Lots on hand")),
            self._none,
            self.lots,
            SectionHeader(tr("Today")),
            self._still,
            self.today,
            self._what,
        ):
            body.addWidget(widget)
        body.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(Line())
        column.addWidget(self._scroll, 1)

    def set_counting(self, lot: Lot | None) -> None:
        """While a lot is counted nothing here says how much of it there should be."""
        self._counting = lot
        if self._read is not None:
            self.show_read(self._read)

    def _blind(self, row: Row, lot: Lot) -> Row:
        now = self._counting
        counted = now is not None and (now.drug, now.lot) == (lot.drug, lot.lot)
        return replace(row, right=tr("is counted")) if counted else row

    def show_read(self, read: DrugsRead) -> None:
        self._read = read
        begins = not self.lots.lines() and self.new.hasFocus()
        stand = words.needs_words(read.needs)
        self.stand.setText("" if self._counting else stand)
        self.told.setVisible(bool(read.told) and self._counting is None)
        self.told.set_notice(tr("To see to"), "\n".join(map(worded, read.told)), Tone.WARN)
        self.lots.set_lines([
            ListLine(self._blind(words.lot_row(one, read.names, read.today), one), one)
            for one in sorted(read.lots, key=lambda one: one.drug)
        ])  # fmt: skip
        self.today.set_lines([
            ListLine(self._blind(words.line_row(lot, line, read.names), lot), lot)
            for lot, line in read.lines
        ])  # fmt: skip
        self._none.setVisible(not read.lots)
        self._still.setVisible(not read.lines)
        if begins:
            self.focus_work()

    @property
    def lot(self) -> Lot | None:
        """The lot under the cursor of the list that was used last."""
        found = _current(self.today) if self.today.hasFocus() else _current(self.lots)
        return found if isinstance(found, Lot) else None

    @property
    def says_what_it_is(self) -> str:
        """What stands below the log, always."""
        return self._what.text()

    def focus_work(self) -> None:
        (self.lots if self.lots.lines() else self.new).setFocus()

    def _chosen(self, _lot: object) -> None:
        self.opened.emit()


def _current(view: LineList) -> object:
    place, there = view.currentIndex().row(), view.lines()
    return there[place].payload if 0 <= place < len(there) else None
