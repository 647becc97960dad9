"""The panel while no visit is selected: the day at a glance, and the free cell under the cursor."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.ui.board import commands
from clinic_desktop.ui.board.facts import Fact, FactList
from clinic_desktop.ui.board.panel_parts import stacked
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Line

MOST_WANTING = 14  # lines; the head counts all of them
_BUTTONS = ((commands.BOOK, Kind.PRIMARY), (commands.OPENINGS, Kind.NORMAL), (commands.PLAN, Kind.NORMAL))


class DayPanel(QWidget):
    """``visit_wanted`` when one of the listed visits is taken; ``command`` runs a command."""

    visit_wanted = Signal(int)
    command = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day = label("", TextRole.TITLE, wrap=True)
        self._words = label("", TextRole.LABEL, "second", wrap=True)
        self._stale = label("", TextRole.LABEL, "warn", wrap=True)
        self._wanting_head = label("", TextRole.STRONG, wrap=True)
        self.wanting = FactList(tr("Visits to see to"))
        self._more = label("", TextRole.LABEL, "second", wrap=True)
        self._expected_head = label(tr("Expected next"), TextRole.STRONG)
        self.expected = FactList(tr("Expected next"))
        body = QVBoxLayout()
        for widget in (
            self._day,
            self._words,
            self._stale,
            Line(),
            self._wanting_head,
            self.wanting,
            self._more,
            self._expected_head,
            self.expected,
        ):
            body.addWidget(widget)
        for facts in (self.wanting, self.expected):
            facts.taken.connect(self.visit_wanted)
        stacked(self, body, self._foot())
        self.show_unread("")

    def _foot(self) -> QVBoxLayout:
        column = QVBoxLayout()
        self._cell = label("", TextRole.STRONG, wrap=True)
        column.addWidget(self._cell)
        for command, kind in _BUTTONS:
            button = Button(tr(command.text), kind, icon=command.icon, key=command.keys[0])
            button.setObjectName(command.id)
            button.fired.connect(self._pressed)
            column.addWidget(button)
        return column

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.command.emit(sender.objectName())

    def show_day(self, title: str, words: str, stale: str = "") -> None:
        """Which day or days, and a sentence about them. stale: that their paper is not true any more."""
        self.setAccessibleName(title)
        self._day.setText(title)
        self._words.setText(words)
        self._stale.setText(stale)
        self._stale.setVisible(bool(stale))

    def show_visits(self, wanting: Sequence[Fact], expected: Sequence[Fact]) -> None:
        """Whom to see to, and who comes next; a list without rows is not shown."""
        count = len(wanting)
        said = tr("%n visit(s) to see to", "", count) if count else tr("Nothing to see to")
        self._wanting_head.setText(said)
        self._show_facts(wanting, expected)

    def show_unread(self, title: str) -> None:
        """Which day or days; of their visits nothing is known yet."""
        self.show_day(title, "")
        self._wanting_head.setText("")
        self._show_facts((), ())

    def _show_facts(self, wanting: Sequence[Fact], expected: Sequence[Fact]) -> None:
        more = max(0, len(wanting) - MOST_WANTING)
        key = commands.NEXT_TROUBLE.key
        self._more.setText(tr("and %n more: {key} goes through all of them", "", more).format(key=key))
        self._more.setVisible(bool(more))
        self.wanting.set_facts(wanting[:MOST_WANTING])
        self.wanting.setVisible(bool(wanting))
        self.expected.set_facts(expected)
        for widget in (self._expected_head, self.expected):
            widget.setVisible(bool(expected))

    def show_cell(self, words: str) -> None:
        """What the cursor stands on."""
        self._cell.setText(words)
        self._cell.setVisible(bool(words))
