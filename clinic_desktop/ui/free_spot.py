"""Where something that lies over the window covers nothing that people press or type in."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

_APART = 8
_FIELDS = (QLineEdit, QComboBox, QPlainTextEdit)


def free_spot(area: QRect, size: QSize, taken: Sequence[QRect]) -> QPoint | None:
    """The lowest corner at the right edge, else at the left, with nothing taken under it; None for none."""
    for left in (area.right() - size.width() + 1, area.left()):
        top = area.bottom() - size.height() + 1
        while top >= area.top():
            spot = QRect(QPoint(left, top), size)
            under = [one.top() for one in taken if one.intersects(spot)]
            if not under:
                return spot.topLeft()
            top = min(under) - _APART - size.height()
    return None


def least_covering(work: QWidget, covered: QWidget, area: QRect, size: QSize) -> QPoint:
    """A spot for something over ``work``, in the coordinates of ``covered``: it spares buttons and fields,
    where there is no room buttons alone, and else lies in the lower right corner."""
    buttons = _places(work, covered, (QAbstractButton,))
    fields = _places(work, covered, _FIELDS)
    corner = QPoint(area.right() - size.width() + 1, area.bottom() - size.height() + 1)
    return free_spot(area, size, [*buttons, *fields]) or free_spot(area, size, buttons) or corner


def _places(work: QWidget, covered: QWidget, kinds: tuple[type[QWidget], ...]) -> list[QRect]:
    """What can be seen of them; the rest of a scrolled form is not there."""
    found = (one for kind in kinds for one in work.findChildren(kind) if one.isVisible())
    seen = ((one, one.visibleRegion().boundingRect()) for one in found)
    return [rect.translated(one.mapTo(covered, QPoint(0, 0))) for one, rect in seen if not rect.isEmpty()]
