"""What the panel of every call has: who and which number at the head, what came of it at the foot, and
between them the words, which scroll."""

from collections.abc import Callable, Iterable
from typing import Generic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from clinic_desktop.ui.calls.outcome_grid import Outcome, OutcomeGrid
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Line, Panel

_MARGIN = 14


class CallFrame(Panel, Generic[Outcome]):
    """``record_wanted`` once an outcome was taken. Where the panel is lower than ``short`` px the outcomes
    scroll with the words."""

    record_wanted = Signal()

    def __init__(
        self,
        name: str,
        short: int,
        outcome_words: Callable[[Outcome], str],
        most_note: int,
        parent: QWidget | None,
    ) -> None:
        """most_note: letters of the note."""
        super().__init__("sunken", (), parent)
        self.setAccessibleName(name)
        self._short = short
        self._below_outcomes: QWidget | None = None
        self._make_top()
        self._make_bottom(outcome_words, most_note)

    def _make_top(self) -> None:
        self.name = label("", TextRole.TITLE, wrap=True)
        self.number = label("", TextRole.DISPLAY)
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts = label("", TextRole.LABEL, "second", wrap=True)
        self.similar = label("", TextRole.LABEL, "warn", wrap=True)

    def _make_bottom(self, outcome_words: Callable[[Outcome], str], most_note: int) -> None:
        self.leave_none = label("", TextRole.STRONG, "warn", wrap=True)  # seen however long the words are
        self.outcomes: OutcomeGrid[Outcome] = OutcomeGrid(outcome_words)
        self.note = QLineEdit()
        self.note.setMaxLength(most_note)
        self.note.setPlaceholderText(tr("Note"))
        self.note.setAccessibleName(tr("Note on the call"))
        self.record = Button(tr("Record the call"), Kind.PRIMARY, key="Return")
        self.outcomes.taken.connect(self.record_wanted)
        self.outcomes.selected.connect(self._say_record)
        self.note.returnPressed.connect(self.record_wanted)
        self.record.fired.connect(self.record_wanted)

    def _lay_out(
        self, words: Iterable[QWidget], narrow: Iterable[QWidget], below: QWidget, said: str
    ) -> None:
        """The words below each other, those that are ``narrow`` as wide as they are. below: what stands right
        below the outcomes where these scroll. said: the name of what scrolls."""
        self._below_outcomes = below
        as_wide = set(narrow)
        self._inside = QWidget()
        self._body = body = QVBoxLayout(self._inside)
        body.setContentsMargins(_MARGIN, 12, _MARGIN, 10)
        body.setSpacing(5)
        for widget in (self.name, self.number, self.facts, self.similar, *words):
            body.addWidget(
                widget, 0, Qt.AlignmentFlag.AlignLeft if widget in as_wide else Qt.AlignmentFlag(0)
            )
        body.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(said)
        self._foot = QWidget()
        self._foot_column = foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(_MARGIN, 8, _MARGIN, 10)
        foot.setSpacing(7)
        lower: tuple[QWidget, ...] = (self.leave_none, self.outcomes, self.note, self.record)
        for widget in lower:
            foot.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(Line())
        column.addWidget(self._foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little height, the outcomes scroll with the words, in their place among them."""
        super().resizeEvent(event)
        if self._below_outcomes is None:
            return
        short = self.height() < theme().px(self._short)
        here = self._body.indexOf(self.outcomes) >= 0
        if short and not here:
            self._foot_column.removeWidget(self.outcomes)
            self._body.insertWidget(self._body.indexOf(self._below_outcomes), self.outcomes)
        elif here and not short:
            self._body.removeWidget(self.outcomes)
            self._foot_column.insertWidget(1, self.outcomes)

    def show_parts(self, *, shown: bool) -> None:
        """Nothing at all where nobody is to be called."""
        self._inside.setVisible(shown)
        self._foot.setVisible(shown)

    @property
    def outcome(self) -> Outcome | None:
        """What was selected."""
        return self.outcomes.current

    def holds_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _say_record(self) -> None:
        """What Enter records, and what is missing for it."""
        raise NotImplementedError
