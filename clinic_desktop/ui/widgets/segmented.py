"""A switch between two to five views: arrows move it, Tab passes it as one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.paint import paint_box, paint_focus, text_width
from clinic_desktop.ui.theme import set_text, theme
from clinic_desktop.ui.tokens import TextRole

_HEIGHT = 26
_PAD = 11
_MARGIN = 2


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice; ``key`` is only shown in its tooltip."""

    id: str
    text: str
    key: str = ""


class _SegmentButton(QAbstractButton):
    def __init__(self, segment: Segment, parent: QWidget) -> None:
        super().__init__(parent)
        self.segment = segment
        self.setText(segment.text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if segment.key:
            self.setToolTip(f"{segment.text} ({key_text(segment.key)})")
        set_text(self, TextRole.BUTTON)

    def sizeHint(self) -> QSize:
        # The width of the heavier face, so that nothing moves when the choice does.
        return QSize(round(text_width(self.text(), TextRole.STRONG)) + 2 * _PAD, theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme().colours
        rect = QRectF(self.rect())
        if self.isChecked():
            paint_box(painter, rect, c.surface, c.line2)
        if self.hasFocus():
            paint_focus(painter, rect, 6)
        painter.setFont(theme().font(TextRole.STRONG if self.isChecked() else TextRole.BUTTON))
        painter.setPen(c.ink if self.isChecked() else c.ink2)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())


class SegmentedSwitch(QWidget):
    """One of a few views. ``picked`` carries the segment's id."""

    picked = Signal(str)

    def __init__(self, segments: Sequence[Segment], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        row.setSpacing(0)
        self._buttons = [_SegmentButton(segment, self) for segment in segments]
        for button in self._buttons:
            row.addWidget(button)
        self._buttons[0].setChecked(True)
        for button in self._buttons:
            button.toggled.connect(self._toggled)
        self._one_stop()

    @property
    def current(self) -> str:
        return next(button.segment.id for button in self._buttons if button.isChecked())

    @property
    def stops(self) -> list[QWidget]:
        """Its buttons, for whoever says where Tab goes."""
        return [*self._buttons]

    def set_current(self, segment_id: str) -> None:
        """Show a choice; tells ``picked`` only when it changes."""
        for button in self._buttons:
            if button.segment.id == segment_id:
                button.setChecked(True)

    def _one_stop(self) -> None:
        """Tab comes by the chosen one only. Qt sees to that when somebody clicks, not when it is set."""
        for button in self._buttons:
            policy = Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def _toggled(self, on: bool) -> None:
        if on:
            self._one_stop()
            self.picked.emit(self.current)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_box(QPainter(self), QRectF(self.rect()), theme().colours.closed, None, 8)
