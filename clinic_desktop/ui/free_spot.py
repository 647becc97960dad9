"""Where something that lies over the window covers nothing that people press or type in."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

_APART = 8
_KEPT = "keptClear"


@runtime_checkable
class KeepsClear(Protocol):
    """A view with parts that nothing should lie over where there is another place."""

    def kept_clear(self) -> Sequence[QRect]:
        """What can be seen of them, in its own coordinates."""
        ...


_FIELDS = (QLineEdit, QComboBox, QPlainTextEdit)


def free_spot(area: QRect, size: QSize, taken: Sequence[QRect], apart: int = _APART) -> QPoint | None:
    """The lowest corner at the right edge, else at the left, with nothing taken under it; None for none."""
    for left in (area.right() - size.width() + 1, area.left()):
        top = area.bottom() - size.height() + 1
        while top >= area.top():
            spot = QRect(QPoint(left, top), size)
            under = [one.top() for one in taken if one.intersects(spot)]
            if not under:
                return spot.topLeft()
            top = min(under) - apart - size.height()
    return None


def least_covering(work: QWidget, covered: QWidget, area: QRect, size: QSize) -> QPoint:
    """A spot for something over ``work``, in the coordinates of ``covered``: in ``area``, else anywhere in
    the work it spares buttons, fields and what is kept clear; where there is no room for that, the views'
    parts first are not spared, then no widget that is kept clear, then no field, then no button that a scroll
    bar brings out from under it; and else it lies in the lower right corner."""
    buttons = work.findChildren(QAbstractButton)
    taken = _places(buttons, covered)
    fields = _places([one for kind in _FIELDS for one in work.findChildren(kind)], covered)
    lasting = _places([one for one in buttons if not _scrolls(one, work)], covered)
    corner = QPoint(area.right() - size.width() + 1, area.bottom() - size.height() + 1)
    whom = [*taken, *fields, *_places(_kept(work), covered)]
    clear = [*whom, *_looked_at(work, covered)]
    whole = work.rect().translated(work.mapTo(covered, QPoint(0, 0)))
    whole.adjust(_APART, _APART, -_APART, -_APART)
    tries = (
        free_spot(where, size, spared)
        for where, spared in (
            (area, clear),
            (whole, clear),
            (area, whom),
            (whole, whom),
            (area, [*taken, *fields]),
            (area, taken),
            (area, lasting),
        )
    )
    return next((spot for spot in tries if spot is not None), corner)


def keep_clear(widget: QWidget, *, wanted: bool = True) -> None:
    """Nothing lies over all of a widget, where there is another place: it says whom something is about, or
    what is missing."""
    widget.setProperty(_KEPT, wanted)


def _kept(work: QWidget) -> list[QWidget]:
    return [one for one in work.findChildren(QWidget) if one.property(_KEPT)]


def _looked_at(work: QWidget, covered: QWidget) -> list[QRect]:
    """What is looked at all the time, of whatever view names it."""
    views = [
        one
        for one in work.findChildren(QAbstractScrollArea)
        if isinstance(one, KeepsClear) and one.isVisible()
    ]
    return [
        rect.translated(one.mapTo(covered, QPoint(0, 0)))
        for one in views
        for rect in one.kept_clear()
        if not rect.isEmpty()
    ]


def _scrolls(widget: QWidget, work: QWidget) -> bool:
    """Whether it lies in a form that can be scrolled."""
    above = widget.parentWidget()
    while above is not None and above is not work:
        if isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return False


def _places(widgets: Sequence[QWidget], covered: QWidget) -> list[QRect]:
    """What can be seen of them; the rest of a scrolled form is not there."""
    seen = ((one, one.visibleRegion().boundingRect()) for one in widgets if one.isVisible())
    return [rect.translated(one.mapTo(covered, QPoint(0, 0))) for one, rect in seen if not rect.isEmpty()]
