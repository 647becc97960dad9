"""Pieces that the panels beside the board share."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QVBoxLayout, QWidget

from clinic_desktop.ui.board.troubles import Trouble
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.notice_box import NoticeBox
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
    column.addWidget(_Body(body), 1)
    column.addWidget(Line())
    column.addLayout(foot)


class _Body(QScrollArea):
    """What is read in a panel. The keyboard comes into it, and scrolls, only where there is something to
    scroll."""

    def __init__(self, body: QVBoxLayout) -> None:
        super().__init__()
        inside = QWidget()
        inside.setLayout(body)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("said", "true")
        self.setAccessibleName(tr("Details"))
        self.verticalScrollBar().rangeChanged.connect(self._scrolls)

    def _scrolls(self, _least: int, most: int) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if most else Qt.FocusPolicy.NoFocus)


class NoticeColumn(QWidget):
    """Notices one below the other; hidden while there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[NoticeBox] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    def show_notices(self, notices: Sequence[Trouble]) -> None:
        while len(self.boxes) < len(notices):
            box = NoticeBox("")
            self.boxes.append(box)
            self._column.addWidget(box)
        for box, one in zip(self.boxes, notices, strict=False):
            box.set_notice(one.title, one.text, one.tone)
        for number, box in enumerate(self.boxes):
            box.setVisible(number < len(notices))
        self.setVisible(bool(notices))
