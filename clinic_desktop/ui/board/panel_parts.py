"""Pieces that the panels beside the board share."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QVBoxLayout, QWidget

from clinic_desktop.ui.widgets.panel import Line

MARGIN = 14


def stacked(owner: QWidget, body: QVBoxLayout, foot: QLayout) -> None:
    """A scrolled body above a foot that always stays in view."""
    body.setContentsMargins(MARGIN, 10, MARGIN, 10)
    body.setSpacing(7)
    body.addStretch(1)
    foot.setContentsMargins(MARGIN, 10, MARGIN, 10)
    foot.setSpacing(6)
    column = QVBoxLayout(owner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(_scrolled(body), 1)
    column.addWidget(Line())
    column.addLayout(foot)


def _scrolled(body: QVBoxLayout) -> QScrollArea:
    inside = QWidget()
    inside.setLayout(body)
    scroll = QScrollArea()
    scroll.setWidget(inside)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return scroll
