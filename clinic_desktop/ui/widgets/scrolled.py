"""What scrolls where a window is too low for it; the focus and the current line of a list stay in sight."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QScrollArea, QWidget

_LEAST_HEIGHT = 60
_AROUND = 10


class Scrolled(QScrollArea):
    """Wants as much room as what is in it, and is content with less height.

    around: px that are seen above and below what has the focus.
    """

    def __init__(self, inside: QWidget, around: int = _AROUND) -> None:
        super().__init__()
        self._around = around
        self._inside = inside
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._soon = QTimer(self)  # once the layout has caught up
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_focus)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        inside = self._inside.minimumSizeHint()
        return QSize(inside.width(), min(inside.height(), _LEAST_HEIGHT))

    def height_for(self, width: int) -> int:
        """How high it would be without scrolling."""
        layout = self._inside.layout()
        high = layout.totalHeightForWidth(width) if layout is not None else -1
        return high if high >= 0 else self._inside.sizeHint().height()

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self._inside.isAncestorOf(new):
            return
        self._soon.start()
        model = new.selectionModel() if isinstance(new, QAbstractItemView) else None
        if model is not None:
            model.currentChanged.connect(self._soon.start, Qt.ConnectionType.UniqueConnection)

    def _show_focus(self) -> None:
        focus, inside = QApplication.focusWidget(), self._inside
        if focus is None or not inside.isAncestorOf(focus):
            return
        part, home = focus.rect(), focus
        if isinstance(focus, QAbstractItemView) and focus.currentIndex().isValid():
            part, home = focus.visualRect(focus.currentIndex()), focus.viewport()
        seen = QRect(home.mapTo(inside, QPoint(0, 0)) + part.topLeft(), part.size())
        middle = seen.center()
        self.ensureVisible(0, middle.y(), 0, min(seen.height(), self.viewport().height()) // 2 + self._around)
