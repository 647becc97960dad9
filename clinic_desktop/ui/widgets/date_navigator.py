"""The day in the top bar: back, Today, forward, and the date itself, which opens a line to type one."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.parsed_line import ParsedLine


class DateNavigator(QWidget):
    """``today`` is asked each time; ``parse`` reads a typed date; ``show`` writes one out."""

    picked = Signal(object)  # datetime.date
    entered = Signal(str)  # a date was typed, as it stands; before ``picked``
    asked = Signal()  # the line is open
    left = Signal()  # and closed again
    strange = Signal(str)  # Enter on something that is no date
    through = Signal()  # the line for a typed date was closed by key: the focus belongs to the work again

    def __init__(
        self,
        today: Callable[[], date],
        parse: Callable[[str], date | None],
        show: Callable[[date], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today, self._show, self._day = today, show, today()
        self._narrow = False
        self.step = 1  # days that back and forward go
        self._back = Button(icon="left", name=tr("Day back"), key="Alt+Left")
        self._now = Button(tr("Today"))
        self._forward = Button(icon="right", name=tr("Day forward"), key="Alt+Right")
        self._text = Button(show(self._day), Kind.HEADING)
        self._text.setToolTip(tr("Go to date") + " (Ctrl G)")
        self.line = ParsedLine(parse, show, name=tr("Go to date"), placeholder=tr("fri, +2w, 12/4"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._text)
        self._stack.addWidget(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self._back, self._now, self._forward, self._stack):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._back.fired.connect(self.back)
        self._forward.fired.connect(self.forward)
        self._now.fired.connect(self.go_today)
        self._text.fired.connect(self.ask)
        self.line.returnPressed.connect(self._typed)
        self.line.editingFinished.connect(self._finished)
        self.set_day(self._day)

    @property
    def day(self) -> date:
        return self._day

    def set_day(self, day: date) -> None:
        """Show a day without telling ``picked``."""
        self._day = day
        self._text.setText(self._show(day))
        self._text.setAccessibleName(tr("{day}, go to date").format(day=self._show(day)))
        self._text.updateGeometry()
        self._now.setEnabled(day != self._today())
        self._fit()

    def set_narrow(self, narrow: bool) -> None:
        """Where there is no room to spare, Today gives way while it is today."""
        self._narrow = narrow
        self._fit()

    def _fit(self) -> None:
        self._now.setVisible(self._now.isEnabled() or not self._narrow)

    def back(self) -> None:
        self._go(self._day - timedelta(days=self.step))

    def forward(self) -> None:
        self._go(self._day + timedelta(days=self.step))

    def go_today(self) -> None:
        self._go(self._today())

    def ask(self) -> None:
        """Open the line for a typed date."""
        self._stack.setCurrentWidget(self.line)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self.asked.emit()

    def take(self, day: date) -> None:
        """A day that was picked beside the line."""
        self._go(day)
        self.leave()
        self.through.emit()

    def _go(self, day: date) -> None:
        if day != self._day:
            self.set_day(day)
            self.picked.emit(day)

    def _typed(self) -> None:
        if self.line.value is not None:
            self.entered.emit(self.line.text())
            self._go(self.line.value)
            self.leave()
            self.through.emit()
        elif not self.line.understood:
            self.strange.emit(self.line.text().strip())

    def _finished(self) -> None:
        if self.line.understood or not self.line.hasFocus():
            self.leave()

    def leave(self) -> None:
        """The line gives way to the date again."""
        self.line.clear()
        self._stack.setCurrentWidget(self._text)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._stack.currentWidget() is self.line:
            self.leave()
            self.through.emit()
        else:
            super().keyPressEvent(event)
