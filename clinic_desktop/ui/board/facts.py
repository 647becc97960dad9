"""Short lists of facts in a panel: phases with their times, visits of a course, what happened last."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.board.block import BandKind
from clinic_desktop.ui.glyphs import paint_status
from clinic_desktop.ui.paint import paint_box, paint_hatch, text_width, write
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.list_model import THING_ROLE, Index, ListModel

_HEIGHT = 23
_MARK = 16
_PAD = 8


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: a mark (a state, or the band of a phase), a time, words, and something at the right.

    visit_id: what opens when it is taken, 0 for nothing. here: it is the one that is shown. indent: it has
    no mark, but stands under those that have one.
    """

    lead: str
    text: str
    right: str = ""
    state: VisitState | None = None
    band: BandKind | None = None
    family: str = ""
    visit_id: int = 0
    here: bool = False
    indent: bool = False
    lead_width: int = 66

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.lead, self.text, self.right) if part)


class FactModel(ListModel[Fact]):
    """Facts, read one by one."""

    def set_things(self, things: Sequence[Fact]) -> None:
        if tuple(things) != self.things:
            super().set_things(things)

    def spoken(self, thing: Fact) -> str:
        return thing.spoken


class FactDelegate(QStyledItemDelegate):
    """Paints a ``Fact`` on one line."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, theme().px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        fact = index.data(THING_ROLE)
        if not isinstance(fact, Fact):
            return
        painter.save()
        rect, c = QRectF(option.rect), theme().colours
        current = option.state & QStyle.StateFlag.State_HasFocus
        if fact.here or current:
            edge = c.accent if current else c.line2
            paint_box(painter, rect.adjusted(0, 0.5, 0, -0.5), c.surface, edge, 5, 2 if current else 1)
        left = rect.left() + 4 + self._paint_mark(painter, rect, fact)
        self._paint_words(painter, QRectF(left, rect.top(), rect.right() - left - 5, rect.height()), fact)
        painter.restore()

    def _paint_mark(self, painter: QPainter, rect: QRectF, fact: Fact) -> float:
        size = theme().px(_MARK)
        if fact.state is not None:
            at = QPointF(rect.left() + 4, rect.center().y() - (size - 2) / 2)
            paint_status(painter, fact.state, at, size - 2)
            return size + _PAD - 2
        if fact.band is None:
            return size + _PAD - 2 if fact.indent else 0.0
        colours = theme().family(fact.family)
        strip = QRectF(rect.left() + 4, rect.top(), size - 4, rect.height())
        painter.fillRect(strip, colours.dose if fact.band is BandKind.DOSE else colours.prep)
        if fact.band is BandKind.WATCH:
            paint_hatch(painter, strip, fact.family)
        painter.setPen(colours.edge)
        painter.drawLine(strip.topLeft(), strip.bottomLeft())
        painter.drawLine(strip.topRight(), strip.bottomRight())
        return size + _PAD - 2

    def _paint_words(self, painter: QPainter, rect: QRectF, fact: Fact) -> None:
        c, px = theme().colours, theme().px
        left = rect.left()
        bold = TextRole.CAPTION
        if fact.lead:
            lead = QRectF(left, rect.top(), px(fact.lead_width), rect.height())
            write(painter, lead, fact.lead, bold, c.ink)
            left += px(fact.lead_width)
        right = text_width(fact.right, TextRole.LABEL) + 2 if fact.right else 0.0
        words = QRectF(left, rect.top(), rect.right() - left - right - 4, rect.height())
        role, ink = (bold, c.ink) if fact.here else (TextRole.LABEL, c.ink2)
        write(painter, words, fact.text, role, ink)
        if fact.right:
            at = QRectF(rect.right() - right, rect.top(), right, rect.height())
            write(painter, at, fact.right, TextRole.LABEL, c.ink2)


class FactList(QListView):
    """As tall as its facts. ``taken`` carries the visit of a fact that was clicked or entered."""

    taken = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = FactModel(self)
        self._delegate = FactDelegate(self)
        self.setModel(self.facts)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._clicked)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        self.facts.set_things(facts)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(200, theme().px(_HEIGHT) * self.facts.rowCount() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().colours.sunken)
        painter.end()
        super().paintEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        visit = self.facts.things[index.row()].visit_id
        if visit:
            self.taken.emit(visit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._clicked(self.currentIndex())
        elif event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.facts.rowCount():
            self.setCurrentIndex(self.facts.index(0, 0))
