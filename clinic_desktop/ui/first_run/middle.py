"""A page of the start window: one column in the middle, which scrolls where the window is too low for it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.ui.widgets.scrolled import Inside, Scrolled


def lay_in_middle(
    page: QWidget, middle: QWidget, above: int, below: int, head: QWidget | None = None
) -> QVBoxLayout:
    """``above`` and ``below``: how what is left of the height is shared out. ``head`` stands over it and does
    not scroll. Answers the column around ``middle``."""
    inside = Inside()
    column = QVBoxLayout(inside)
    column.setContentsMargins(24, 16 if head is None else 0, 24, 16)
    column.addStretch(above)
    column.addLayout(_centred(middle))
    column.addStretch(below)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    if head is not None:
        top = _centred(head)
        top.setContentsMargins(24, 16, 24, 8)
        whole.addLayout(top)
    whole.addWidget(Scrolled(inside), 1)
    return column


def _centred(middle: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(middle, 100)
    row.addStretch(1)
    return row
