"""Writing on the floor's cards and rows: one line of text, cut where it does not fit."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from clinic_desktop.ui.driver_badge import ICONS, DriverMark, driver_ink, driver_word
from clinic_desktop.ui.paint import badge_height, badge_width, elided, paint_badge, text_width
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole

LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    role: TextRole = TextRole.BODY,
    ink: QColor | None = None,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Write in the middle of a rectangle's height; answers the width of what stands there."""
    font = theme().font(role)
    painter.setFont(font)
    painter.setPen(ink or theme().colours.ink)
    shown = elided(text, font, rect.width())
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, shown)
    return text_width(shown, role)


def write_right(
    painter: QPainter, rect: QRectF, text: str, role: TextRole, ink: QColor | None = None
) -> QRectF:
    """Write at the right end; answers what is left of the rectangle before it."""
    if not text:
        return rect
    width = min(rect.width(), text_width(text, role) + 1)
    write(painter, QRectF(rect.right() - width, rect.top(), width + 1, rect.height()), text, role, ink)
    return rect.adjusted(0, 0, -width - theme().px(8), 0)


def mark_driver(painter: QPainter, rect: QRectF, mark: DriverMark) -> float:
    """The driver's badge at the left end of a rectangle, in the wording that fits; answers its width."""
    words = (driver_word(mark), driver_word(mark, short=True), "")
    word = next((one for one in words if badge_width(one, ICONS[mark]) <= rect.width()), "")
    at = QPointF(rect.left(), rect.center().y() - badge_height() / 2)
    return paint_badge(painter, at, word, driver_ink(mark), ICONS[mark]).width()


def driver_badge_width(mark: DriverMark) -> float:
    """The width of the badge in its full wording."""
    return badge_width(driver_word(mark), ICONS[mark])
