"""The rows of the forms: patient and session, day n of 7, state, when it is due, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clinic_desktop.treatment.ledger import LedgerForm
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.ledger import words
from clinic_desktop.ui.paint import (
    badge_height,
    badge_width,
    fitting,
    paint_badge,
    paint_box,
    strong_ink,
    tone_ink,
    write,
)
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.list_model import THING_ROLE, Index, ListModel

_HEIGHT, _PAD, _GAP, _LINE = 46, 12, 12, 18
_STATE, _DAY = 96, 128
_WIDE = 760  # from here on what is missing has a column of its own
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FormsModel(ListModel[LedgerForm]):
    """The forms, those to send first. ``today`` counts their days."""

    today = date.min

    def shown(self, thing: LedgerForm) -> str:
        return thing.patient.name

    def spoken(self, thing: LedgerForm) -> str:
        return words.spoken(thing, self.today)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Where the parts of a row stand; None for what there is no room for."""

    patient: QRectF
    day: QRectF
    state: QRectF
    lacks: QRectF | None


def _cells(rect: QRectF) -> _Cells:
    px = theme().px
    wide = rect.width() >= px(_WIDE)
    left = rect.width() - px(_STATE) - px(_DAY) - 2 * _GAP
    lacks = left * 0.5 if wide else 0.0
    patient = QRectF(rect.left(), rect.top(), max(0.0, left - lacks), rect.height())
    day = QRectF(patient.right() + _GAP, rect.top(), px(_DAY), rect.height())
    state = QRectF(day.right() + _GAP, rect.top(), px(_STATE), rect.height())
    rest = QRectF(state.right(), rect.top(), rect.right() - state.right(), rect.height())
    return _Cells(patient, day, state, rest if wide else None)


class _Delegate(QStyledItemDelegate):
    def __init__(self, model: FormsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme().px(200), theme().px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one = index.data(THING_ROLE)
        if not isinstance(one, LedgerForm):
            return
        painter.save()
        c, rect = theme().colours, QRectF(option.rect)
        late = one.is_late(self._model.today)
        if option.state & QStyle.StateFlag.State_Selected:
            ring = bool(option.state & QStyle.StateFlag.State_HasFocus)
            edge, width = (c.accent, 2) if ring else (c.accent_line, 1)
            paint_box(painter, rect.adjusted(3, 1, -3, -1), c.accent_soft, edge, width=width)
        else:
            if late:
                painter.fillRect(rect.adjusted(0, 0, 0, -1), c.danger_soft)
            painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), c.line)
        if late:
            painter.fillRect(QRectF(rect.left(), rect.top() + 4, 3, rect.height() - 8), c.danger)
        _paint_row(painter, rect.adjusted(_PAD, 0, -_PAD, 0), one, self._model.today)
        painter.restore()


def _paint_row(painter: QPainter, rect: QRectF, one: LedgerForm, today: date) -> None:
    cells, c = _cells(rect), theme().colours
    ink = c.ink if one.waits else c.ink2
    lacks = words.lacks_words(one, today)
    below, below_ink = words.session_words(one), c.ink2
    if cells.lacks is None and lacks and one.waits:
        below = fitting(f"{below}. {lacks}", lacks, cells.patient.width())
        below_ink = c.warn if one.lacks(today) else c.ink2
    upper = QRectF(cells.patient.left(), cells.patient.top() + theme().px(5), 0, theme().px(_LINE))
    for cell, first, second, second_ink in (
        (cells.patient, one.patient.name, below, below_ink),
        (cells.day, words.day_words(one, today), words.due_words(one), c.ink2),
    ):
        line = QRectF(cell.left(), upper.top(), cell.width(), upper.height())
        if first:
            write(painter, line, first, TextRole.STRONG, ink)
        write(painter, line.translated(0, upper.height()), second, TextRole.LABEL, second_ink)
    text, tone = words.state_words(one, today), words.tone_of(one, today)
    state_ink = strong_ink(tone) if one.is_late(today) else tone_ink(tone)
    icon = "warning" if one.is_late(today) else ""
    icon = icon if badge_width(text, icon) <= cells.state.width() else ""
    at = QPointF(cells.state.left(), cells.state.center().y() - badge_height() / 2)
    paint_badge(painter, at, text, state_ink, icon)
    if cells.lacks is not None:
        write(painter, cells.lacks, lacks, TextRole.LABEL, c.warn if one.lacks(today) else c.ink2)


class FormsList(QListView):
    """``picked`` when the cursor stands on another form; ``opened``: Enter, or a double click."""

    picked = Signal(object)  # LedgerForm or None
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.forms = FormsModel(self)
        self._delegate = _Delegate(self.forms, self)
        self._told: LedgerForm | None = None
        self.setModel(self.forms)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("REMS forms"))
        self.setAccessibleDescription(tr("Enter opens the form."))
        self.selectionModel().currentChanged.connect(self._tell)

    @property
    def current(self) -> LedgerForm | None:
        place = self.currentIndex().row()
        return self.forms.things[place] if 0 <= place < len(self.forms.things) else None

    def set_forms(self, forms: Sequence[LedgerForm], today: date) -> None:
        """Other rows; the cursor stays on the same session, or stands on the first."""
        kept = self.current.visit.id if self.current else 0
        self.forms.today = today
        self.forms.set_things(forms)
        if not self.go_to(kept) and forms:
            self.setCurrentIndex(self.forms.index(0, 0))
        self._tell()

    def go_to(self, visit_id: int) -> bool:
        """Put the cursor on a session; False when it is not in the list."""
        for place, one in enumerate(self.forms.things):
            if one.visit.id == visit_id:
                self.setCurrentIndex(self.forms.index(place, 0))
                return True
        return False

    def go_to_next(self, today: date) -> bool:
        """Put the cursor on the next form that is to be sent, from the first on after the last."""
        there = self.forms.things
        here = self.currentIndex().row()
        places = [(here + 1 + step) % len(there) for step in range(len(there))]
        found = next((place for place in places if there[place].to_send(today)), None)
        if found is not None:
            self.setCurrentIndex(self.forms.index(found, 0))
        return found is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit()

    def _tell(self) -> None:
        if self.current != self._told:
            self._told = self.current
            self.picked.emit(self.current)
