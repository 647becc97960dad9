"""Areas: canvas, surface, sunken, card; with the lines between them."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desktop.ui.paint import paint_box
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import tokens


class Panel(QWidget):
    """An area in a theme colour with lines on some edges ("top", "bottom", "left", "right")."""

    def __init__(
        self, ground: str = "surface", edges: tuple[str, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ground, self._edges = ground, edges

    def set_ground(self, ground: str) -> None:
        """Another theme colour, by name."""
        self._ground = ground
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme().colours
        painter.fillRect(self.rect(), getattr(colours, self._ground))
        w, h = self.width(), self.height()
        lines = {
            "top": (0, 0, w, 1),
            "bottom": (0, h - 1, w, 1),
            "left": (0, 0, 1, h),
            "right": (w - 1, 0, 1, h),
        }
        for edge in self._edges:
            painter.fillRect(*lines[edge], colours.line)


class Card(QWidget):
    """A rounded area with a fine edge, for things that stand on their own."""

    def __init__(
        self,
        ground: str = "surface",
        edge: str = "line2",
        radius: str = "card",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ground, self._edge, self._radius = ground, edge, radius

    def set_colours(self, ground: str, edge: str) -> None:
        """Other theme colours, by name."""
        self._ground, self._edge = ground, edge
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme().colours
        ground, edge = getattr(colours, self._ground), getattr(colours, self._edge)
        paint_box(QPainter(self), QRectF(self.rect()), ground, edge, tokens().radius[self._radius])


class Line(QWidget):
    """A divider: 1 px, for the eye only."""

    def __init__(
        self, orientation: Qt.Orientation = Qt.Orientation.Horizontal, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        flat = orientation == Qt.Orientation.Horizontal
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding if flat else policy.Fixed, policy.Fixed)
        self._flat = flat

    def sizeHint(self) -> QSize:
        return QSize(1, 1) if self._flat else QSize(1, theme().px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().colours.line if self._flat else theme().colours.line2)
