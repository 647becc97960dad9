"""One lot beside the list: what is here of it, and every line of its log, the latest first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.foundation.words import plain_date
from clinic_desktop.people.model import DrugMovement, Moved
from clinic_desktop.treatment.stock import Line, Lot
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.ledger import drug_commands as commands
from clinic_desktop.ui.ledger import drug_words as words
from clinic_desktop.ui.ledger.commands import PUT_BACK
from clinic_desktop.ui.ledger.drugs_read import DrugsRead
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.patients.page_rows import Line as ListLine
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.label import label

_FIXED = (Moved.TAKEN_BACK, Moved.PASSED_ON)


class LotLogPanel(PanelFrame):
    """``wanted``: what became of it is to be recorded; ``put_back``: a line is to be taken back."""

    wanted = Signal()
    put_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Lot"), parent)
        self.lot: Lot | None = None
        self.facts = label("", TextRole.BODY, wrap=True)
        self.lines = LineList(tr("Log of the lot"))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.facts)
        column.addWidget(self.lines)
        self.set_body(body)
        self.back = self.add_button(tr("Take a line back"), key=PUT_BACK.keys[0])
        self.record = self.add_button(tr("Record"), Kind.PRIMARY, commands.WHAT.keys[0])
        self.record.fired.connect(self.wanted)
        self.back.fired.connect(self.put_back)
        self.lines.chosen.connect(self._chosen)

    def show_lot(self, lot: Lot, read: DrugsRead) -> None:
        self.lot = lot
        self.set_title(tr("Lot {lot}").format(lot=lot.lot) if lot.lot else tr("No lot written"))
        expires = tr("Expires {day}.").format(day=plain_date(lot.expires)) if lot.expires else ""
        here = tr("{here} here.").format(here=lot.words())
        self.facts.setText(" ".join(one for one in (words.drug_words(lot) + ".", here, expires) if one))
        self.lines.set_lines([
            ListLine(words.line_row(lot, line, read.names, with_lot=False), line)
            for line in reversed(lot.lines)
        ])  # fmt: skip

    def start(self) -> None:
        self.lines.setFocus()

    @property
    def movement(self) -> DrugMovement | None:
        """The line under the cursor, where it can be taken back: doses are corrected on the floor."""
        place = self.lines.currentIndex().row()
        there = self.lines.lines()
        line = there[place].payload if 0 <= place < len(there) else None
        found = line.movement if isinstance(line, Line) else None
        return found if found is not None and found.what not in _FIXED else None

    def _chosen(self, _line: object) -> None:
        self.put_back.emit()
