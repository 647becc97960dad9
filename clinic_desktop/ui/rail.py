"""The rail at the left: the mark with the menu, and one button for each place."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.paint import Tone, paint_box, paint_focus, text_width
from clinic_desktop.ui.places import PlaceSpec
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.check_button import CheckButton
from clinic_desktop.ui.widgets.panel import Panel

WIDTH = 72
NARROW_WIDTH = 52
_ICON = 19
_WORD, _CLOSE = 19, 5  # the word below the icon, and what is left around both in a low window
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class RailButton(CheckButton):
    """A place: icon, word, key in the tooltip, and a count of what waits there."""

    def __init__(self, spec: PlaceSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self.place_id, self._icon = spec.id, spec.icon
        self._count, self._tone, self._narrow = 0, Tone.NEUTRAL, False
        self.setText(tr(spec.text))
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setToolTip(f"{self.text()} ({key_text(spec.key)})")
        self._key = key_text(spec.key)
        self.set_badge(0, Tone.NEUTRAL)

    def set_badge(self, count: int, tone: Tone) -> None:
        self._count, self._tone = count, tone
        waiting = tr("%n waiting", "", count) if count else ""
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(", ".join(part for part in (waiting, self._key) if part))
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._narrow:
            return QSize(theme().px(NARROW_WIDTH) - 1, theme().px(40))
        return QSize(theme().px(WIDTH) - 1, theme().px(52))

    def minimumSizeHint(self) -> QSize:
        """In a low window the places stand closer: icon and word, or the icon alone."""
        least = _ICON + _CLOSE if self._narrow else _ICON + _WORD + _CLOSE
        return QSize(self.sizeHint().width(), theme().px(least))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows only walk, which is the rail's affair; Enter shows the place."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme().colours
        edge = 6 if self._narrow else 4  # the longest word stays inside
        rect = QRectF(self.rect()).adjusted(edge, 1, -edge, -1)
        if self.isChecked():
            paint_box(painter, rect, c.surface, c.line2, 8)
            paint_box(painter, QRectF(0, rect.top() + 12, 3, rect.height() - 24), c.accent, None, 1.5)
        elif self.underMouse():
            paint_box(painter, rect, c.closed, None, 8)
        if self.hasFocus():
            paint_focus(painter, rect, 8)
        ink = c.accent if self.isChecked() else c.ink2
        size = theme().px(_ICON)
        block = size if self._narrow else size + 3 + theme().px(16)
        top = rect.center().y() - block / 2
        paint_icon(painter, self._icon, QPointF(rect.center().x() - size / 2, top), size, ink)
        if not self._narrow:
            painter.setFont(theme().font(TextRole.CAPTION))
            painter.setPen(ink)
            words = QRectF(0, top + size + 3, self.width(), theme().px(16))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._count:
            self._paint_count(painter, QPointF(rect.center().x() + size / 2 - 5, top - 5))

    def _paint_count(self, painter: QPainter, at: QPointF) -> None:
        c = theme().colours
        grave = self._tone is Tone.DANGER
        text = str(self._count) if self._count < 100 else "99+"
        height = theme().px(18)
        width = max(height, text_width(text, TextRole.CAPTION) + 8)
        rect = QRectF(min(at.x(), self.width() - width - 1), at.y(), width, height)
        paint_box(painter, rect, c.danger if grave else c.line2, None, height / 2)
        painter.setFont(theme().font(TextRole.CAPTION))
        painter.setPen(c.on_danger if grave else c.ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class MenuMark(QAbstractButton):
    """The program's mark; pressing it opens the menu of everything that can be done here."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Menu"))
        self.setAccessibleDescription("F10")
        self.setToolTip(tr("Menu") + " (F10)")

    def sizeHint(self) -> QSize:
        return QSize(theme().px(36), theme().px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as it does every button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme().colours
        rect = QRectF(self.rect())
        if self.hasFocus():
            paint_focus(painter, rect, 10)
        inner = rect.adjusted(3, 3, -3, -3)
        paint_box(painter, inner, c.accent_strong if self.underMouse() else c.accent, None, 8)
        size = theme().px(18)
        corner = inner.center() - QPointF(size / 2, size / 2)
        paint_icon(painter, "calendar", corner, size, c.on_accent)


class Rail(Panel):
    """``chosen`` carries the id of the place a person pressed; arrows walk the places."""

    chosen = Signal(str)

    def __init__(self, specs: Sequence[PlaceSpec], parent: QWidget | None = None) -> None:
        super().__init__("canvas", ("right",), parent)
        self.setAccessibleName(tr("Places"))
        self.mark = MenuMark(self)
        self._buttons = {spec.id: RailButton(spec, self) for spec in specs}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 1, 6)
        column.setSpacing(0)
        column.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        for spec in sorted(specs, key=lambda one: one.at_bottom):
            if spec.at_bottom:
                column.addStretch(1)
            column.addWidget(self._buttons[spec.id])
            self._buttons[spec.id].turned.connect(self._turned)
        if not any(spec.at_bottom for spec in specs):
            column.addStretch(1)

    def set_current(self, place_id: str) -> None:
        """None stays down where that place has no mark."""
        button = self._buttons.get(place_id) or self.current_button()
        if button is not None:
            button.show_down(place_id in self._buttons)

    def set_badge(self, place_id: str, count: int, tone: Tone) -> None:
        self._buttons[place_id].set_badge(count, tone)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only."""
        for button in self._buttons.values():
            button.set_narrow(narrow)

    def current_button(self) -> RailButton | None:
        """The place that is shown."""
        return next((button for button in self._buttons.values() if button.isChecked()), None)

    def _turned(self) -> None:
        button = self.sender()
        if isinstance(button, RailButton):
            self.chosen.emit(button.place_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        focused = self.focusWidget()
        stops: list[QWidget] = [self.mark, *self._buttons.values()]
        if step is None or focused not in stops:
            super().keyPressEvent(event)
        else:
            number = stops.index(focused) + step
            stops[max(0, min(number, len(stops) - 1))].setFocus(Qt.FocusReason.TabFocusReason)
