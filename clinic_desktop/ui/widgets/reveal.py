"""A list that is as tall as its rows never scrolls by itself: the page around it does."""

from PySide6.QtWidgets import QListView, QScrollArea

from clinic_desktop.ui.widgets.list_model import Index


def reveal_row(view: QListView, index: Index) -> None:
    """Bring a row into what can be seen of the page around its list."""
    area = view.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    inside = area.widget() if area is not None else None
    if area is not None and inside is not None and index.isValid():
        row = view.visualRect(index)
        middle = view.viewport().mapTo(inside, row.center())
        area.ensureVisible(middle.x(), middle.y(), 0, row.height())
