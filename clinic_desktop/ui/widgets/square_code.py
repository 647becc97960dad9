"""A square code for a phone's camera: black on white in the dark too, for a camera reads no other."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desktop.ui.theme import theme

SquaresOf = Callable[[str], Sequence[Sequence[bool]]]
_SIDE = 196
_QUIET = 4  # squares that stay white all round (ISO/IEC 18004)


class SquareCode(QWidget):
    """``show_squares`` with rows of black and white; the focus does not come to it."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Sequence[bool]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_squares(self, rows: Sequence[Sequence[bool]]) -> None:
        self._rows = rows
        self.setVisible(bool(rows))
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().px(_SIDE)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        if not self._rows:
            return
        # Whole points of the screen for each square: else some are thicker than others.
        ratio = self.devicePixelRatioF()
        one = max(1, int(self.width() * ratio / (len(self._rows) + 2 * _QUIET))) / ratio
        at = (self.width() - one * len(self._rows)) / 2
        left = round(at * ratio) / ratio
        for y, row in enumerate(self._rows):
            for x, black in enumerate(row):
                if black:
                    square = QRectF(left + x * one, left + y * one, one, one)
                    painter.fillRect(square, QColor(Qt.GlobalColor.black))
