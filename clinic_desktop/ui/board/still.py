"""The board under a carried visit: painted once, and shown again for each place that it is held over."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPixmap

from clinic_desktop.ui.theme import theme


class StillBoard:
    """Keeps one picture for as long as what it was painted from stays the same."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._picture = QPixmap()
        theme().changed.connect(self.forget)

    def forget(self) -> None:
        self._of, self._picture = (), QPixmap()

    def picture(
        self, size: QSize, ratio: float, of: tuple[object, ...], paint: Callable[[QPainter], None]
    ) -> QPixmap:
        """``of``: everything that ``paint`` looks at, the theme excepted."""
        of = (size, ratio, *of)
        if of != self._of:
            made = QPixmap(size * ratio)
            made.setDevicePixelRatio(ratio)
            made.fill(theme().colours.surface)
            painter = QPainter(made)
            paint(painter)
            painter.end()
            self._of, self._picture = of, made
        return self._picture
