"""F6: from pane to pane, each remembering where the focus was in it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_KEYBOARD = Qt.FocusPolicy.TabFocus


class PaneWalk:
    """Remembers the last focused widget of each pane by the pane's identity. ``covered``: whether something
    lies over a widget, where the focus would not be seen."""

    def __init__(self, covered: Callable[[QWidget], bool] = lambda _widget: False) -> None:
        self._last: dict[int, QWidget] = {}
        self._covered = covered

    def step(self, panes: Sequence[QWidget], direction: int) -> QWidget | None:
        """Move the focus to the next (1) or previous (-1) pane that can take it; answers that pane."""
        shown = [pane for pane in panes if pane.isVisible()]
        if not shown:
            return None
        here = self.current(shown)
        self.remember(shown)
        start = shown.index(here) if here is not None else (-1 if direction > 0 else 0)
        for number in range(1, len(shown) + 1):
            pane = shown[(start + direction * number) % len(shown)]
            if self.enter(pane):
                return pane
        return None

    def current(self, panes: Sequence[QWidget]) -> QWidget | None:
        """The pane that has the focus."""
        focused = QApplication.focusWidget()
        holds = (pane for pane in panes if focused is pane or (focused and pane.isAncestorOf(focused)))
        return next(holds, None)

    def remember(self, panes: Sequence[QWidget]) -> None:
        """Note where the focus is in its pane."""
        focused, here = QApplication.focusWidget(), self.current(panes)
        if focused is not None and here is not None:
            self._last[id(here)] = focused

    def last_in(self, pane: QWidget) -> QWidget | None:
        """What was focused last in a pane, while it still can be."""
        last = self._last.get(id(pane))
        return last if last is not None and usable(last) else None

    def enter(self, pane: QWidget) -> bool:
        """Focus what was focused there last, else the first thing that can be; False when nothing can."""
        last = self.last_in(pane)
        target = last if last is not None and not self._covered(last) else self._first_focusable(pane)
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _first_focusable(self, pane: QWidget) -> QWidget | None:
        # Not by nextInFocusChain: to PySide each widget of the chain then belongs to the one before it.
        found = (one for one in (pane, *pane.findChildren(QWidget)) if _takes_focus(one))
        return next((one for one in found if not self._covered(one)), None)


def usable(widget: QWidget) -> bool:
    """Whether a widget that was remembered can have the focus again."""
    return isValid(widget) and widget.isVisible() and widget.isEnabled()


def _takes_focus(widget: QWidget) -> bool:
    wants = bool(widget.focusPolicy() & _KEYBOARD) and widget.focusProxy() is None
    return wants and widget.isVisible() and widget.isEnabled()
