"""What scrolls where a window is too low for it; the focus, the current line of a list, and what is said of
them stay in sight."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QScrollArea, QWidget

from clinic_desktop.ui.widgets.said_edge import SaidEdge

_LEAST_HEIGHT = 60
_AROUND = 10


class Inside(QWidget):
    """What is scrolled. Where its height hangs on its width Qt guesses too much, and nothing follows the last
    line for pages.
    """

    def minimumSizeHint(self) -> QSize:
        least, layout = super().minimumSizeHint(), self.layout()
        return QSize(least.width(), 0) if layout is not None and layout.hasHeightForWidth() else least


class Scrolled(QScrollArea):
    """Wants as much room as what is in it, and is content with less height. What holds the focus names in
    ``said_in`` the line that is to be seen with it: the hint of a field, the problem of a table. Where a
    table is too high for that, what its line says stands at the bottom edge.

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
        self.edge = SaidEdge(self, lambda room: self.setViewportMargins(0, 0, 0, room), self._soon.start)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """With the bar beside it: nothing lies under that where the height does not suffice."""
        inside, bar = self._inside.minimumSizeHint(), self.verticalScrollBar().sizeHint()
        return QSize(inside.width() + bar.width(), min(inside.height(), _LEAST_HEIGHT))

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

    def show_focus(self) -> None:
        """Also without a new focus: something is said of it now."""
        self._soon.start()

    def _show_focus(self) -> None:
        focus, inside = QApplication.focusWidget(), self._inside
        if focus is None or not inside.isAncestorOf(focus):
            self.edge.settle()
            return
        part, home = focus.rect(), focus
        if isinstance(focus, QAbstractItemView) and focus.currentIndex().isValid():
            part, home = focus.visualRect(focus.currentIndex()), focus.viewport()
        seen = self._placed(home, part)
        said = self._said_of(focus)
        self.edge.listen(said if _in_table(focus) else None)
        if said is not None and said.isVisible():
            both = seen.united(self._placed(said, said.rect()))
            fits = both.height() <= self.edge.whole_height
            seen = both if fits else seen
            self.edge.say("" if fits else self.edge.told)
        middle = seen.center()
        half = min(seen.height() // 2 + self._around, self.viewport().height() // 2)
        self.ensureVisible(0, middle.y(), 0, half)
        self.edge.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.edge.fit()
        self.edge.settle()

    def _placed(self, home: QWidget, part: QRect) -> QRect:
        return QRect(home.mapTo(self._inside, QPoint(0, 0)) + part.topLeft(), part.size())

    def _said_of(self, focus: QWidget) -> QWidget | None:
        """The line that says something of what has the focus, when it says something."""
        at: QWidget | None = focus
        while at is not None and at is not self._inside:
            line = getattr(at, "said_in", None)
            if isinstance(line, QWidget):
                return line
            at = at.parentWidget()
        return None


def _in_table(focus: QWidget) -> bool:
    """Whether it is a table, or what is typed in one of its cells."""
    at: QWidget | None = focus
    while at is not None and not isinstance(at, QAbstractItemView):
        at = at.parentWidget()
    return at is not None
