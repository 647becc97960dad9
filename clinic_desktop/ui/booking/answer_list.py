"""Answers to one question, one of them current: a digit or a click takes one, Enter takes it and goes on."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy, QWidget

from clinic_desktop.ui.booking.into_view import IntoView
from clinic_desktop.ui.paint import paint_focus
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.list_model import Index
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate

_FRAME = 4
_DIGITS = 9
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class _AnswerDelegate(RowDelegate):
    """A digit picks from the list that has the focus, and only there it is shown."""

    def row_at(self, index: Index) -> Row | None:
        row, view = super().row_at(index), self.parent()
        works = isinstance(view, QWidget) and view.hasFocus()
        return row if row is None or works else replace(row, key_works=False)


class AnswerList(QListView):
    """``moved`` while arrows move, ``picked`` by digit or click, ``entered`` by Enter (each with the id).

    ``typed`` carries a letter or sign that was typed here, for the line beside it; ``wanted_more``
    comes with Down at the end. begin: whether the first stands current by itself. Where an answer must be
    somebody's own choice none does, and ``entered`` is empty before a digit, an arrow or a click.
    wrap: whether words go on in the next line instead of being cut.
    """

    moved = Signal(str)
    picked = Signal(str)
    entered = Signal(str)
    typed = Signal(str)
    wanted_more = Signal()

    def __init__(
        self,
        name: str,
        shown: int = 6,
        *,
        numbered: bool = True,
        begin: bool = True,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._numbered, self._begin = numbered, begin
        self._choices: tuple[Choice, ...] = ()
        self._shown = shown
        self._quiet = False
        self._into_view = IntoView(self)
        self._rows = RowModel(self)
        self._delegate = _AnswerDelegate(self, wrap=wrap)
        self.setWordWrap(wrap)  # and laid out anew for each width
        self.setModel(self._rows)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._clicked)

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self._choices

    @property
    def current(self) -> str:
        """The id of the current answer; empty when there is none."""
        index = self.currentIndex()
        return self._choices[index.row()].id if index.isValid() else ""

    def set_choices(self, choices: Sequence[Choice], current: str = "") -> None:
        """Other answers. Keeps the current one where it is still there, unless another is named."""
        wanted = current or self.current
        self._quiet = True
        if tuple(choices) != self._choices:
            self._choices = tuple(choices)
            self._rows.set_things([self._row(n, one) for n, one in enumerate(choices, 1)])
            self.updateGeometry()
        self.set_current(wanted)
        self._quiet = False
        self.setVisible(bool(choices))

    def set_current(self, choice_id: str) -> None:
        """Move to an answer; where there is no such, to the first, or to none where it does not ``begin``."""
        if not self._choices:
            return
        first = 0 if self._begin else -1
        place = next((n for n, one in enumerate(self._choices) if one.id == choice_id), first)
        self.setCurrentIndex(self._rows.index(place, 0))

    def _row(self, number: int, choice: Choice) -> Row:
        if not self._numbered:
            return choice.row
        return replace(choice.row, key=str(number) if number <= _DIGITS else "")

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._into_view.soon()
        if not self._quiet and current.isValid():
            self.moved.emit(self._choices[current.row()].id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        chosen = self.currentIndex().isValid()
        quiet, self._quiet = self._quiet, True  # to get the focus is no answer
        super().focusInEvent(event)
        if not chosen and not self._begin:  # Qt goes to the first of a list that gets the focus
            self.setCurrentIndex(QModelIndex())
        self._quiet = quiet
        self.viewport().update()
        self._into_view.soon()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and not self.currentIndex().isValid():  # no row shows the focus yet
            paint_focus(QPainter(self.viewport()), QRectF(self.viewport().rect()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        rows = min(len(self._choices), self._shown)
        height = sum(self.sizeHintForRow(row) for row in range(rows))
        return QSize(super().sizeHint().width(), height + _FRAME)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = Qt.Key(event.key()), event.text()
        if event.modifiers() & _CHORD:
            event.ignore()
        elif key in _ENTER and (self.current or not self._begin):
            self.entered.emit(self.current)
        elif text.isdigit() and 0 < int(text) <= len(self._choices):
            self.set_current(self._choices[int(text) - 1].id)
            self.picked.emit(self.current)
        elif text.isprintable() and text.strip():
            self.typed.emit(text)
        elif key == Qt.Key.Key_Down and self.currentIndex().row() == len(self._choices) - 1:
            self.wanted_more.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _clicked(self, index: QModelIndex) -> None:
        self.picked.emit(self._choices[index.row()].id)
