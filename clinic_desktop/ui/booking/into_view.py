"""Keeps the current row of a list in sight where a panel scrolls and the list does not."""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QWidget

_MARGIN = 12


class IntoView:
    """Made by a list for itself; ``soon`` after its current row changed."""

    def __init__(self, view: QAbstractItemView) -> None:
        self._view = view
        self._later = QTimer(view)  # once the layout has caught up with new rows
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.now)

    def soon(self) -> None:
        if self._view.hasFocus():
            self._later.start()

    def now(self) -> None:
        show_current(self._view)


def show_current(view: QAbstractItemView) -> None:
    """Scroll the panel so far that the current row can be seen."""
    index, area = view.currentIndex(), _area_of(view)
    if area is None or not index.isValid() or not view.isVisible():
        return
    rect, inside = view.visualRect(index), area.widget()
    if inside is None:
        return
    corner = view.viewport().mapTo(inside, QPoint(0, rect.center().y()))
    area.ensureVisible(0, corner.y(), 0, rect.height() // 2 + _MARGIN)


def _area_of(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent
