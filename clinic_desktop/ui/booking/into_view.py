"""Keeps the current row of a list in sight where a panel scrolls and the list does not.

A list in which nothing is chosen yet is shown from its title on, as far as it fits.
"""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QWidget

from clinic_desktop.ui.theme import theme

_MARGIN = 12
_TITLE = 30  # px above a list, where its question stands


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
    """Scroll the panel so far that the current row can be seen; without one, as much of the list as fits."""
    index, area = view.currentIndex(), _area_of(view)
    inside = area.widget() if area is not None else None
    if area is None or inside is None or not view.isVisible():
        return
    if not index.isValid():
        _show_from_title(view, area, inside)
        return
    rect = view.visualRect(index)
    corner = view.viewport().mapTo(inside, QPoint(0, rect.center().y()))
    area.ensureVisible(0, corner.y(), 0, rect.height() // 2 + _MARGIN)


def _show_from_title(view: QAbstractItemView, area: QScrollArea, inside: QWidget) -> None:
    top = view.mapTo(inside, QPoint(0, 0)).y()
    bar, title = area.verticalScrollBar(), max(0, top - theme().px(_TITLE))
    whole = top + view.height() + _MARGIN - area.viewport().height()
    bar.setValue(min(title, max(whole, bar.value())))


def _area_of(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent
