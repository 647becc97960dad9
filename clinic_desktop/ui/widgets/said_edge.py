"""What is said of a table, at the bottom edge of what scrolls while the table's own line is out of sight."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from clinic_desktop.ui.theme import set_text
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import set_ink

_PAD, _RIGHT = 6, 10


class SaidEdge(QLabel):
    """Made by a scroll area for itself. leave_room: takes so many px from the bottom of what is seen.

    ``heard`` when the line begins to say something.
    """

    def __init__(
        self, area: QScrollArea, leave_room: Callable[[int], object], heard: Callable[[], object]
    ) -> None:
        super().__init__(area)
        self._area, self._leave_room, self._when_heard = area, leave_room, heard
        self._line: QLabel | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setContentsMargins(0, _PAD, 0, _PAD)
        set_ink(self, "danger")
        set_text(self, TextRole.LABEL)
        self.hide()
        area.verticalScrollBar().valueChanged.connect(self.settle)

    @property
    def whole_height(self) -> int:
        """Of what is seen when nothing stands here."""
        return self._area.viewport().height() + (0 if self.isHidden() else self.height())

    def listen(self, line: QWidget | None) -> None:
        """From now on this line is what must be seen."""
        if line is self._line:
            return
        for old in self._around():
            old.removeEventFilter(self)
        self._line = line if isinstance(line, QLabel) else None
        for new in self._around():
            new.installEventFilter(self)
        if self._line is not None:
            self._line.destroyed.connect(self._forget)

    def settle(self) -> None:
        """Say it while it cannot be read where it belongs."""
        self.say("" if self._in_sight() else self.told)

    @property
    def told(self) -> str:
        return self._line.text() if self._line is not None and self._line.isVisible() else ""

    def say(self, told: str) -> None:
        if told == self.text() and bool(told) != self.isHidden():
            return
        self.setText(told)
        self.setVisible(bool(told))
        self.fit()

    def fit(self) -> None:
        """Below what scrolls, and as far to the right as the table begins."""
        inside = self._area.widget()
        if self.isHidden() or self._line is None or inside is None:
            self._leave_room(0)
            return
        left = self._line.mapTo(inside, QPoint(0, 0)).x()
        width = max(1, self._area.viewport().width() - left - _RIGHT)
        height = self.heightForWidth(width)
        self.setGeometry(left, self._area.height() - height, width, height)
        self._leave_room(height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other words show as another layout of what the line lies in."""
        if event.type() == QEvent.Type.Show and watched is self._line:
            self._when_heard()
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.LayoutRequest):
            self.settle()
        return super().eventFilter(watched, event)

    def _in_sight(self) -> bool:
        inside = self._area.widget()
        if self._line is None or inside is None:
            return True
        top = self._line.mapTo(inside, QPoint(0, 0)).y() - self._area.verticalScrollBar().value()
        return top >= 0 and top + self._line.height() <= self.whole_height

    def _around(self) -> list[QWidget]:
        """The line, and what it lies in."""
        home = self._line.parentWidget() if self._line is not None else None
        return [one for one in (self._line, home) if one is not None]

    def _forget(self) -> None:
        self._line = None
        self.say("")
