"""The body of the window: the place, and at its right a panel that stands beside it or, where the window
is small, over it.
"""

from PySide6.QtCore import QEvent, QPoint, QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.panel import Panel

WIDTH = 300
WIDE_WIDTH = 340
WIDE_WINDOW = 1600
LEAST_BESIDE = 560  # the place never gets narrower than this; below it the panel lies over it


class Body(QWidget):
    """The stack of places and the panel; ``panel_changed`` when one comes or goes."""

    panel_changed = Signal()
    covered_changed = Signal(int)  # px of the place that lie under the panel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stack = QStackedWidget(self)
        self.pane = Panel("sunken", ("left",), self)
        self.pane.setAccessibleName(tr("Side panel"))
        self._inside = QVBoxLayout(self.pane)
        self._inside.setContentsMargins(1, 0, 0, 0)
        self._inspector: QWidget | None = None
        self._panel: QWidget | None = None
        self._shown: QWidget | None = None
        self._wanted = self._inspector_width = 0
        self._inspector_asked: bool | None = None
        self._room = self._covered = 0
        self.pane.hide()

    @property
    def panel(self) -> QWidget | None:
        """The panel a place has opened over its inspector; None when there is none."""
        return self._panel

    @property
    def shown(self) -> QWidget | None:
        """What the pane shows now, panel or inspector."""
        return self._shown

    @property
    def overlays(self) -> bool:
        """Whether the panel lies over the place, because both do not fit. A panel that was opened makes do
        with less than the place would like to have; the inspector waits until it is asked for."""
        least = theme().px(LEAST_BESIDE)
        if self._panel is None and self._room <= self.width():
            least = max(least, self._room)
        return self.width() - self._pane_width() < least

    def covers(self, widget: QWidget) -> bool:
        """Whether most of a small part of the place lies under the panel; what is wider is seen beside it."""
        if self._shown is None or not self.overlays or not self.stack.isAncestorOf(widget):
            return False
        under = self.pane.geometry()
        rect = QRect(widget.mapTo(self, QPoint(0, 0)), widget.size())
        return rect.width() < under.width() and 2 * rect.intersected(under).width() > rect.width()

    @property
    def covered(self) -> int:
        """How many px of the place lie under the panel."""
        return self._covered

    def want_room(self, width: int) -> None:
        """How wide the place has to be to show everything without scrolling sideways."""
        if width != self._room:
            self._room = width
            self._arrange()

    def set_inspector(self, widget: QWidget | None, width: int = 0) -> None:
        """What stands there while no panel does: beside the place, or when it is asked for. ``width`` 0 is
        the usual one."""
        self._inspector_width = width
        self._inspector, self._panel, self._wanted = widget, None, 0
        self._inspector_asked, self._room = None, 0
        self._arrange()

    def show_panel(self, widget: QWidget | None, width: int = 0) -> None:
        """Open a panel in place of the last one, which is only hidden; None goes back to the inspector."""
        self._panel, self._wanted = widget, width
        self._arrange()

    def toggle_inspector(self) -> None:
        """Show the inspector where it is hidden, hide it where it is shown."""
        asked = self._shown is None
        self._inspector_asked = None if asked is not self.overlays else asked  # None: as there is room
        self._arrange()

    def hide_overlay(self) -> bool:
        """Hide an inspector that lies over the place; False when there is none."""
        if not (self.overlays and self._shown is not None and self._shown is self._inspector):
            return False
        self.toggle_inspector()
        return True

    def _wanted_now(self) -> QWidget | None:
        if self._panel is not None:
            return self._panel
        asked = self._inspector_asked
        return self._inspector if (not self.overlays if asked is None else asked) else None

    def _swap(self, widget: QWidget | None) -> None:
        if self._shown is widget:
            return
        if self._shown is not None:
            self._inside.removeWidget(self._shown)
            self._shown.hide()
        self._shown = widget
        if widget is not None:
            self._inside.addWidget(widget)
            widget.show()
        self.pane.setVisible(widget is not None)
        self.panel_changed.emit()

    def _pane_width(self) -> int:
        if wanted := self._wanted if self._panel is not None else self._inspector_width:
            return theme().px(wanted)
        return theme().px(WIDE_WIDTH if self.window().width() >= WIDE_WINDOW else WIDTH)

    def _arrange(self) -> None:
        whole = self.rect()
        self._swap(self._wanted_now())
        width = min(self._pane_width(), whole.width()) if self._shown is not None else 0
        left, over = whole.width() - width, self.overlays
        self.stack.setGeometry(whole if over else QRect(0, 0, left, whole.height()))
        if self._shown is not None:
            self.pane.setGeometry(left, 0, width, whole.height())
            self.pane.raise_()
        self._tell_covered(width if over else 0)

    def _tell_covered(self, width: int) -> None:
        if width != self._covered:
            self._covered = width
            self.covered_changed.emit(width)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)
