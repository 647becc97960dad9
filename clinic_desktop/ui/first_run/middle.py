"""A page of the start window: one column in the middle, which scrolls where the window is too low for it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.ui.widgets.scrolled import Scrolled


def lay_in_middle(page: QWidget, middle: QWidget, above: int, below: int) -> None:
    """``above`` and ``below``: how what is left of the height is shared out."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(middle, 100)
    row.addStretch(1)
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(24, 16, 24, 16)
    column.addStretch(above)
    column.addLayout(row)
    column.addStretch(below)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(Scrolled(inside))
