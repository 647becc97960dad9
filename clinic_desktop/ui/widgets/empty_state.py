"""What a view shows when there is nothing yet: why, and the first thing to do."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.label import label

_DISC = 52
_ICON = 24
_TEXT_WIDTH = 380
_BESIDE, _AROUND, _LEAST_AROUND = 28, 20, 6


class _Disc(QWidget):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_DISC, _DISC)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme().colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(c.accent_soft)
        painter.drawEllipse(QRectF(self.rect()))
        corner = (_DISC - _ICON) / 2
        paint_icon(painter, self._icon, QPointF(corner, corner), _ICON, c.accent)


class EmptyState(QWidget):
    """Icon, title, a sentence or two, and buttons, in the middle of the free room."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        buttons: Sequence[Button] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = label(title, TextRole.TITLE, wrap=True)
        self._text = label(text, TextRole.BODY, "second", wrap=True)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(_BESIDE, _AROUND, _BESIDE, _AROUND)
        column.addStretch(1)
        self._disc = _Disc(icon)
        column.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (self._title, self._text):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addLayout(_centred(words))
        self._fit()
        column.addSpacing(6)
        column.addLayout(_centred(*buttons))
        column.addStretch(1)
        self.set_words(title, text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little height the words and the buttons have it, and the picture goes."""
        super().resizeEvent(event)
        bare = self._bare(self.width())
        disc = _DISC + self._column.spacing()
        self._disc.setVisible(bare + disc + 2 * _AROUND <= self.height())
        around = _AROUND if bare + 2 * _AROUND <= self.height() else _LEAST_AROUND
        self._column.setContentsMargins(_BESIDE, around, _BESIDE, around)

    def least_height(self, width: int) -> int:
        """In which all words and buttons are seen whole."""
        return self._bare(width) + 2 * _LEAST_AROUND

    def _bare(self, width: int) -> int:
        """What the words and the buttons take."""
        margins = self._column.contentsMargins()
        disc = 0 if self._disc.isHidden() else _DISC + self._column.spacing()
        return self._column.totalHeightForWidth(width) - margins.top() - margins.bottom() - disc

    def _fit(self) -> None:
        for words in (self._title, self._text):
            words.setMaximumWidth(theme().px(_TEXT_WIDTH))

    def set_words(self, title: str, text: str = "") -> None:
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{title}. {text}" if text else title)


def _centred(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget, 100 if isinstance(widget, QLabel) else 0)
    row.addStretch(1)
    return row
