"""What scrolls where a window is too low for it; the focus, the current line of a list, and what is said of
them stay in sight."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QScrollArea, QWidget
from shiboken6 import isValid

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
        self._also: QWidget | None = None
        self._also_seen = False
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
        self.verticalScrollBar().rangeChanged.connect(self._grown)
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
        if self._also_seen:
            self._also = None  # read, or at least seen: the next field matters now
        self._soon.start()
        model = new.selectionModel() if isinstance(new, QAbstractItemView) else None
        if model is not None:
            model.currentChanged.connect(self._soon.start, Qt.ConnectionType.UniqueConnection)

    def show_focus(self) -> None:
        """Also without a new focus: something is said of it now."""
        self._soon.start()

    def show_also(self, said: QWidget) -> None:
        """What was said here of all of it, and of no single field: it is seen until the focus goes on, with
        what has the focus where both find room."""
        self._also, self._also_seen = said, False
        self._soon.start()

    def _grown(self) -> None:
        """What was said has its place only now, or another one."""
        if self._also is not None:
            self._soon.start()

    def _with_also(self, seen: QRect) -> QRect:
        said = self._also
        if said is None or not isValid(said) or not said.isVisible() or not self._inside.isAncestorOf(said):
            return seen
        self._also_seen = True
        place = self._placed(said, said.rect())
        both = seen.united(place)  # of nothing it is the place itself
        return both if both.height() <= self.viewport().height() else place

    def _show_focus(self) -> None:
        focus, inside = QApplication.focusWidget(), self._inside
        if focus is None or not inside.isAncestorOf(focus):
            self._see(self._with_also(QRect()))
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
        self._see(self._with_also(seen))
        self.edge.settle()

    def _see(self, place: QRect) -> None:
        if not place.isNull():
            half = min(place.height() // 2 + self._around, self.viewport().height() // 2)
            self.ensureVisible(0, place.center().y(), 0, half)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.edge.fit()
        self.edge.settle()
        self._soon.start()

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


def show_in_scrolled(said: QWidget) -> None:
    """Bring what was just said into sight, where it stands in something that scrolls."""
    at = said.parentWidget()
    while at is not None and not isinstance(at, Scrolled):
        at = at.parentWidget()
    if at is not None:
        at.show_also(said)


def _in_table(focus: QWidget) -> bool:
    """Whether it is a table, or what is typed in one of its cells."""
    at: QWidget | None = focus
    while at is not None and not isinstance(at, QAbstractItemView):
        at = at.parentWidget()
    return at is not None
