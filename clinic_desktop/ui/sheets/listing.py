"""The sheets of a day as rows: when the patient leaves, who it is, and how the sheet stands, in words."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clinic_desktop.aftercare.day_sheets import SheetLine, Standing
from clinic_desktop.ui.glyphs import paint_status
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import (
    badge_height,
    badge_width,
    fitting,
    paint_badge,
    paint_box,
    text_width,
    tone_ink,
    write,
)
from clinic_desktop.ui.sheets.words import TONES, badge, leaves_at, similar_name, similar_short, spoken
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.list_model import THING_ROLE, Index, ListModel

_HEIGHT, _PAD, _TIME, _GLYPH, _GAP = 46, 12, 72, 16, 9
_WAITING = (Standing.UNTRUE, Standing.READY, Standing.PRINTED)


class SheetModel(ListModel[SheetLine]):
    """The lines, in the order they leave."""

    def shown(self, thing: SheetLine) -> str:
        return thing.name

    def spoken(self, thing: SheetLine) -> str:
        return spoken(thing)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme().px(200), theme().px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(THING_ROLE)
        if not isinstance(line, SheetLine):
            return
        painter.save()
        c, rect = theme().colours, QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            ring = bool(option.state & QStyle.StateFlag.State_HasFocus)
            edge, width = (c.accent, 2) if ring else (c.accent_line, 1)
            paint_box(painter, rect.adjusted(3, 1, -3, -1), c.accent_soft, edge, width=width)
        else:
            painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), c.line)
        _paint_line(painter, rect.adjusted(_PAD, 0, -_PAD, 0), line)
        painter.restore()


def _paint_line(painter: QPainter, rect: QRectF, line: SheetLine) -> None:
    px, c = theme().px, theme().colours
    ink = c.ink2 if line.visit.left is not None else c.ink
    time = QRectF(rect.left(), rect.top(), px(_TIME), rect.height())
    write(painter, time, leaves_at(line), TextRole.STRONG, ink)
    left = rect.left() + px(_TIME) + _GAP
    paint_status(painter, line.visit.state, QPointF(left, rect.center().y() - px(_GLYPH) / 2), px(_GLYPH))
    left += px(_GLYPH) + _GAP
    words = badge(line)
    width = badge_width(words)
    at = QPointF(rect.right() - width, rect.center().y() - badge_height() / 2)
    paint_badge(painter, at, words, tone_ink(TONES[line.standing]))
    room = QRectF(left, rect.top() + px(5), max(0.0, rect.right() - width - _GAP - left), px(18))
    write(painter, room, line.name, TextRole.STRONG, ink)
    lower = room.translated(0, px(18))
    kind, warn = below_name(line, lower.width())
    write(painter, lower, kind, TextRole.LABEL, c.ink2)
    taken = text_width(kind, TextRole.LABEL) + px(_GAP) if kind else 0
    write(painter, lower.adjusted(taken, 0, 0, 0), warn, TextRole.LABEL, c.warn)


def below_name(line: SheetLine, width: float) -> tuple[str, str]:
    """The kind of visit, and a similar name where there is one: without room for both that comes first."""
    warn = similar_name(line)
    taken = text_width(line.type_name, TextRole.LABEL) + theme().px(_GAP)
    if not warn or taken + text_width(warn, TextRole.LABEL) <= width:
        return line.type_name, warn
    return "", fitting(warn, similar_short(line), width)


class SheetList(QListView):
    """``picked`` carries the line under the cursor, whenever it is another one or reads otherwise."""

    picked = Signal(object)  # SheetLine or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheets = SheetModel(self)
        self._delegate = _Delegate(self)
        self._told: SheetLine | None = None
        self.setModel(self.sheets)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Sheets of the day"))
        self.selectionModel().currentChanged.connect(self._moved)

    @property
    def current(self) -> SheetLine | None:
        row = self.currentIndex().row()
        return self.sheets.things[row] if 0 <= row < len(self.sheets.things) else None

    def set_lines(self, lines: Sequence[SheetLine]) -> None:
        """Show other lines; the cursor stays on the same visit where it is still there."""
        kept = self.current.visit.id if self.current else 0
        self.sheets.set_things(lines)
        if not self.go_to(kept) and lines:
            self.setCurrentIndex(self.sheets.index(self._waiting(0) or 0, 0))
        self._tell()

    def go_to(self, visit_id: int) -> bool:
        """Put the cursor on a visit; False when it is not in the list."""
        for number, line in enumerate(self.sheets.things):
            if line.visit.id == visit_id:
                self.setCurrentIndex(self.sheets.index(number, 0))
                return True
        return False

    def go_to_next(self) -> bool:
        """Put the cursor on the next sheet that waits for somebody, after this one or from the top."""
        found = self._waiting(self.currentIndex().row() + 1)
        if found is None:
            found = self._waiting(0)
        if found is None:
            return False
        self.setCurrentIndex(self.sheets.index(found, 0))
        return True

    def _waiting(self, start: int) -> int | None:
        rows = range(start, len(self.sheets.things))
        return next((n for n in rows if self.sheets.things[n].standing in _WAITING), None)

    def _moved(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self._tell()

    def _tell(self) -> None:
        if self.current != self._told:
            self._told = self.current
            self.picked.emit(self.current)
