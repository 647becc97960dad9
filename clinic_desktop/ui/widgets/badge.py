"""Badges, the state of a visit in glyph and word, and key caps as widgets."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.driver_badge import ICONS, DriverMark, driver_ink, driver_spoken, driver_word
from clinic_desktop.ui.glyphs import paint_status, state_word
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.paint import (
    Ink,
    Tone,
    badge_height,
    badge_width,
    key_height,
    key_width,
    paint_badge,
    paint_key,
    strong_ink,
    text_width,
    tone_ink,
)
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole

_GLYPH = 15
_GLYPH_GAP = 7


class _Small(QWidget):
    """Something that is as large as what it shows."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Badge(_Small):
    """A few words in a tone; ``strong`` fills a danger badge."""

    def __init__(
        self,
        text: str,
        tone: Tone = Tone.NEUTRAL,
        icon: str = "",
        *,
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.set_badge(text, tone, icon, strong=strong)

    def set_badge(self, text: str, tone: Tone, icon: str = "", *, strong: bool = False) -> None:
        """Other words, tone and icon."""
        self._text, self._tone, self._icon, self._strong = text, tone, icon, strong
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(badge_width(self._text, self._icon)), int(badge_height()))

    def _ink(self) -> Ink:
        return strong_ink(self._tone) if self._strong else tone_ink(self._tone)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_badge(QPainter(self), QPointF(0, 0), self._text, self._ink(), self._icon)


class DriverBadge(Badge):
    """How far the way home is settled."""

    def __init__(self, mark: DriverMark, parent: QWidget | None = None) -> None:
        self._mark, self._late = mark, True
        super().__init__(driver_word(mark), icon=ICONS[mark], parent=parent)
        self.set_mark(mark)

    def set_mark(self, mark: DriverMark, *, late: bool = True) -> None:
        self._mark, self._late = mark, late
        self.set_badge(driver_word(mark, late=late), Tone.NEUTRAL, ICONS[mark])
        self.setAccessibleName(driver_spoken(mark, late=late))

    def _ink(self) -> Ink:
        return driver_ink(self._mark, late=self._late)


class StateMark(_Small):
    """A visit's state: glyph and word."""

    def __init__(self, state: VisitState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_state(state)

    def set_state(self, state: VisitState) -> None:
        self._state = state
        self.setAccessibleName(state_word(state))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = text_width(state_word(self._state), TextRole.STRONG)
        return QSize(int(theme().px(_GLYPH) + _GLYPH_GAP + words) + 2, theme().px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = theme().px(_GLYPH)
        paint_status(painter, self._state, QPointF(0, (self.height() - size) / 2), size)
        painter.setFont(theme().font(TextRole.STRONG))
        painter.setPen(theme().colours.ink)
        words = self.rect().adjusted(size + _GLYPH_GAP, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, state_word(self._state))


class KeyCap(_Small):
    """A key as it looks on the keyboard."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = key_text(key)
        self.setAccessibleName(self._text)

    def sizeHint(self) -> QSize:
        return QSize(int(key_width(self._text)) + 1, int(key_height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_key(QPainter(self), QPointF(0, 0), self._text)
