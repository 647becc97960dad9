"""Draws one visit of the board into the rectangle its view gives it."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from clinic_desktop.ui.board.block_paint import Picture, Size
from clinic_desktop.ui.board.block_pictures import BlockPictures
from clinic_desktop.ui.board.model import PLACED_ROLE
from clinic_desktop.ui.board.scene import Placed
from clinic_desktop.ui.icons import pixel_ratio
from clinic_desktop.ui.paint import paint_box
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import tokens

_FADED = 0.4


class BlockDelegate(QStyledItemDelegate):
    """``faded``: the visit that is being carried; what stays behind of it is only a shadow."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pictures = BlockPictures()
        self.faded: int | None = None

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        placed = index.data(PLACED_ROLE)
        if isinstance(placed, Placed):
            picture = self.paint_visit(painter, placed, option.rect, pixel_ratio(painter))
            if option.state & QStyle.StateFlag.State_Selected:
                focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
                paint_selected(painter, option.rect, picture.size, focused=focused)

    def paint_visit(self, painter: QPainter, placed: Placed, rect: QRect, ratio: float) -> Picture:
        """A visit that is not selected; the view paints hundreds of them without options."""
        picture = self.picture(placed, rect, ratio)
        if placed.block.id == self.faded:
            painter.setOpacity(_FADED)
            painter.drawPixmap(rect.topLeft(), picture.pixmap)
            painter.setOpacity(1.0)
        else:
            painter.drawPixmap(rect.topLeft(), picture.pixmap)
        return picture

    def picture(self, placed: Placed, rect: QRect, ratio: float) -> Picture:
        """The picture of a visit in a rectangle, from the kept ones where it still holds."""
        return self.pictures.picture((placed.block.id, placed.column), placed.block, rect, ratio)

    def sizeHint(
        self,
        _option: QStyleOptionViewItem,
        _index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        return QSize(1, 1)  # the view lays out by time, never by this


def paint_selected(painter: QPainter, rect: QRect, size: Size, *, focused: bool) -> None:
    """A 2 px outline, 1 px outside; duller while the focus is elsewhere."""
    c = theme().colours
    outline = QRectF(rect.left(), rect.top(), rect.width(), size.body).adjusted(-3, -3, 3, 3)
    colour = c.accent if focused or theme().high_contrast else c.accent_line
    paint_box(painter, outline, None, colour, tokens().radius["block"] + 2, 2)
