"""The button: verb, icon and key on one control; when something is missing it says what."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.paint import (
    Ink,
    key_height,
    key_width,
    paint_box,
    paint_focus,
    paint_key,
)
from clinic_desktop.ui.theme import set_text, theme
from clinic_desktop.ui.tokens import TextRole, tokens

_GAP = 7
_ICON = 15
_RING = 3
_LEAST = 120  # of a button that gives way


class Kind(StrEnum):
    """PRIMARY: the one next step of a view. QUIET: has no edge until the pointer is on it.

    HEADING: a heading that can be pressed, such as the date in the top bar.
    """

    PRIMARY = "primary"
    NORMAL = "normal"
    QUIET = "quiet"
    DANGER = "danger"
    HEADING = "heading"


_ROLES = {Kind.PRIMARY: TextRole.STRONG, Kind.HEADING: TextRole.NAME}
_EDGELESS = (Kind.QUIET, Kind.HEADING)


class Button(QPushButton):
    """Connect ``fired``, not ``clicked``: a button with something missing emits ``refused`` instead.

    size: "small", "normal" or "large". key: a portable key text, shown as a cap; the shortcut itself
    belongs to the command. An icon alone needs ``name``. by_enter: of the keys only Enter presses it: a
    button that records, and that the focus goes to by itself, is not pressed by the space between two names.
    """

    fired = Signal()
    refused = Signal()

    def __init__(
        self,
        text: str = "",
        kind: Kind = Kind.NORMAL,
        *,
        icon: str = "",
        key: str = "",
        size: str = "normal",
        name: str = "",
        by_enter: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._by_enter = by_enter
        self._kind, self._icon, self._size = kind, icon, size
        self.key = key
        self._cap = key_text(key) if key else ""
        self._missing: tuple[str, ...] = ()
        self._hovered = self._gives_way = False
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_text(self, _ROLES.get(kind, TextRole.BUTTON))
        self.clicked.connect(self._clicked)
        if name:
            self.setAccessibleName(name)
        self._describe()
        self._tip(name)

    def set_missing(self, missing: Sequence[str]) -> None:
        """What still stands in the way; an empty list opens the button."""
        self._missing = tuple(missing)
        self._describe()
        self.updateGeometry()
        self.update()

    @property
    def missing(self) -> tuple[str, ...]:
        return self._missing

    def give_way(self) -> None:
        """Where there is less room than its words need, they take two lines; where that is not enough, they
        are shortened in the middle: what it does and whom it is about stay."""
        self._gives_way = True
        # Else what stands around it is laid out as wide as its words are, and cut.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.updateGeometry()

    def set_name(self, name: str) -> None:
        """What a button with an icon alone is called."""
        self.setAccessibleName(name)
        self._tip(name)

    def set_kind(self, kind: Kind) -> None:
        """Another weight."""
        self._kind = kind
        set_text(self, _ROLES.get(kind, TextRole.BUTTON))
        self.update()

    def _clicked(self) -> None:
        (self.refused if self._missing else self.fired).emit()

    def _describe(self) -> None:
        parts = [*self._missing, self._cap]
        self.setAccessibleDescription(", ".join(part for part in parts if part))

    def _tip(self, name: str) -> None:
        if not self.text() and name:
            self.setToolTip(f"{name} ({self._cap})" if self._cap else name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does unless ``by_enter``; with Ctrl it belongs to the form around."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not event.isAutoRepeat():  # a held key presses once: what has the focus next is not meant
                self.click()
        elif event.key() == Qt.Key.Key_Space and self._by_enter:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        height = theme().px(tokens().control[self._size])
        only_icon = bool(self._icon) and not self.text() and not self._shown_cap()
        if only_icon:
            return QSize(height, height)
        return QSize(round(self._content_width()) + 2 * self._pad(), height)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme().px(_LEAST)), hint.height()) if self._gives_way else hint

    def _pad(self) -> int:
        return theme().px({"small": 9, "normal": 11}.get(self._size, 18))

    def _shown_cap(self) -> str:
        return self._cap if self.text() else ""

    def _shown_icon(self) -> str:
        return "lock" if self._missing else self._icon

    def _content_width(self) -> float:
        words = QFontMetricsF(self.font()).horizontalAdvance(self.text()) + 1 if self.text() else 0.0
        return self._around() + words

    def _around(self) -> float:
        """What stands beside the words, with the gaps."""
        parts = [theme().px(_ICON)] if self._shown_icon() else []
        if self._shown_cap():
            parts.append(round(key_width(self._cap)))
        return sum(parts) + _GAP * (len(parts) - (not self.text()))

    def _fitted(self) -> str:
        """The words as there is room for them."""
        metrics, room = QFontMetricsF(self.font()), self.width() - 2 * _GAP - self._around()
        if not self._gives_way or metrics.horizontalAdvance(self.text()) <= room:
            return self.text()
        if two := _in_two(self.text(), metrics, room):
            return two
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)

    def _ink(self) -> Ink:
        c = theme().colours
        hot = self._hovered and self.isEnabled()
        if self._missing:
            return Ink(c.ink3, c.sunken, c.control)
        if not self.isEnabled():
            return Ink(c.ink3, None, None if self._kind in _EDGELESS else c.line2)
        if self._kind is Kind.PRIMARY:
            fill = c.accent_strong if hot or self.isDown() else c.accent
            return Ink(c.on_accent, fill)
        if self._kind in _EDGELESS:
            return Ink(
                c.ink if self._kind is Kind.HEADING else c.ink2, c.closed if hot or self.isDown() else None
            )
        fill = c.closed if self.isDown() else c.sunken if hot else c.surface
        if self._kind is Kind.DANGER:
            return Ink(c.danger, c.danger_soft if hot else fill, c.danger_line)
        return Ink(c.ink, fill, c.line2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect, ink, radius = QRectF(self.rect()), self._ink(), float(tokens().radius["control"])
        if self.hasFocus():
            paint_focus(painter, rect, radius)
            rect, radius = rect.adjusted(_RING, _RING, -_RING, -_RING), radius - 2
        paint_box(painter, rect, ink.fill, ink.edge, radius, dashed=bool(self._missing))
        self._paint_content(painter, ink.text)

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        shown = self._fitted()
        content = self._content_width()
        if shown != self.text():
            advance = QFontMetricsF(self.font()).horizontalAdvance
            content = self._around() + max(map(advance, shown.splitlines())) + 1
        left = (self.width() - content) / 2
        if self._kind is Kind.HEADING:
            left = self._pad()
        middle = self.height() / 2
        if self._shown_icon():
            size = theme().px(_ICON)
            paint_icon(painter, self._shown_icon(), QPointF(left, middle - size / 2), size, ink)
            left += size + _GAP
        if self.text():
            painter.setFont(self.font())
            painter.setPen(ink)
            align = Qt.AlignmentFlag.AlignHCenter if "\n" in shown else Qt.AlignmentFlag.AlignLeft
            cap = key_width(self._cap) + _GAP if self._shown_cap() else 0
            words = QRectF(left, 0, (self.width() + content) / 2 - cap - left, self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | align, shown)
        if self._shown_cap():
            right = (self.width() + content) / 2
            on = ink if self._kind is Kind.PRIMARY and not self._missing else None
            paint_key(
                painter, QPointF(right - key_width(self._cap), middle - key_height() / 2), self._cap, on
            )

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)


def _in_two(text: str, metrics: QFontMetricsF, room: float) -> str:
    """The words in two lines that fit; empty where they do not fit so."""
    words = text.split(" ")
    halves = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    fit = [half for half in halves if all(metrics.horizontalAdvance(line) <= room for line in half)]
    best = min(fit, key=_ugliness, default=("", ""))
    return "\n".join(best).strip()


def _ugliness(half: tuple[str, str]) -> tuple[bool, int]:
    """A second line rather begins with a small letter, so that a name or "8:00 AM" stays whole; then lines
    about as long as each other are best."""
    first, second = half
    return not second[0].islower(), abs(len(first) - len(second))
