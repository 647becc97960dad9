"""Banners for lasting trouble: what, since when, what still works, what to do, and a button to try again."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.ui.announce import announce, sentences
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.paint import Tone, tone_ink
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import TONE_ICONS, TONE_INKS

_ORDER = (Tone.DANGER, Tone.WARN, Tone.INFO, Tone.NEUTRAL, Tone.OK)


@dataclass(frozen=True, slots=True)
class BannerAction:
    """A button of a banner; the first is the thing to do."""

    text: str
    handler: Callable[[], object]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Banner:
    """``title``: what, and since when. ``text``: what still works and what to do."""

    id: str
    title: str
    text: str = ""
    tone: Tone = Tone.WARN
    actions: tuple[BannerAction, ...] = ()
    icon: str = ""


class _BannerRow(QWidget):
    def __init__(self, banner: Banner) -> None:
        super().__init__()
        self.banner = banner
        mark, ink = TONE_INKS[banner.tone]
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(banner.title, TextRole.STRONG, ink, wrap=True))
        if banner.text:
            words.addWidget(label(banner.text, TextRole.BODY, "second", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 14, 9)
        row.setSpacing(10)
        row.addWidget(IconLabel(banner.icon or TONE_ICONS[banner.tone], mark, 20))
        row.addSpacing(2)
        row.addLayout(words, 1)
        for number, action in enumerate(banner.actions):
            row.addWidget(self._button(number, action))
        self.setAccessibleName(sentences(banner.title, banner.text))

    def _button(self, number: int, action: BannerAction) -> Button:
        kind = Kind.PRIMARY if number == 0 and self.banner.tone is Tone.DANGER else Kind.NORMAL
        button = Button(action.text, kind, key=action.key, parent=self)
        button.fired.connect(action.handler)
        return button

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, ink = QPainter(self), tone_ink(self.banner.tone)
        if ink.fill is not None:
            painter.fillRect(self.rect(), ink.fill)
        if ink.edge is not None:
            painter.fillRect(0, self.height() - 1, self.width(), 1, ink.edge)


class BannerArea(QWidget):
    """All banners under the top bar, the gravest on top."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, _BannerRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def show_banner(self, banner: Banner) -> None:
        """Show it, or change what the banner of this id says. It is announced when it is new."""
        known = self._rows.get(banner.id)
        if known is not None and known.banner == banner:
            return
        had_focus = known is not None and known.isAncestorOf(self.focusWidget() or self)
        self._remove(banner.id)
        row = _BannerRow(banner)
        self._rows[banner.id] = row
        rank = _ORDER.index(banner.tone)
        before = [one for one in self._rows.values() if one is not row]
        self._column.insertWidget(sum(_ORDER.index(one.banner.tone) <= rank for one in before), row)
        self.show()
        if had_focus:
            row.setFocus()
        if known is None or known.banner.title != banner.title:
            announce(self, sentences(banner.title, banner.text), urgent=banner.tone is Tone.DANGER)
        self.changed.emit()

    def clear_banner(self, banner_id: str) -> None:
        """Take it away; nothing happens when it is not there."""
        self._remove(banner_id)
        self.setVisible(bool(self._rows))
        self.changed.emit()

    def banners(self) -> list[Banner]:
        """What is shown now."""
        return [row.banner for row in self._rows.values()]

    def _remove(self, banner_id: str) -> None:
        row = self._rows.pop(banner_id, None)
        if row is not None:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
