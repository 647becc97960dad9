"""The driver's badge on the floor's cards and rows, in the wording that fits."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from clinic_desktop.ui.driver_badge import ICONS, DriverMark, driver_ink, driver_word
from clinic_desktop.ui.paint import badge_height, badge_width, paint_badge


def mark_driver(painter: QPainter, rect: QRectF, mark: DriverMark) -> float:
    """The driver's badge at the left end of a rectangle, in the wording that fits; answers its width."""
    words = (driver_word(mark), driver_word(mark, short=True), "")
    word = next((one for one in words if badge_width(one, ICONS[mark]) <= rect.width()), "")
    at = QPointF(rect.left(), rect.center().y() - badge_height() / 2)
    return paint_badge(painter, at, word, driver_ink(mark), ICONS[mark]).width()


def driver_badge_width(mark: DriverMark) -> float:
    """The width of the badge in its full wording."""
    return badge_width(driver_word(mark), ICONS[mark])
