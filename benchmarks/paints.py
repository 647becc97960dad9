"""When a widget has painted: what is timed ends there."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class Paints(QObject):
    """``seen`` comes with each time that the widget is asked to paint, before it does."""

    def __init__(self, widget: QWidget, seen: Callable[[], object]) -> None:
        super().__init__(widget)
        self._seen = seen
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it by this name
        if event.type() == QEvent.Type.Paint:
            self._seen()
        return False
