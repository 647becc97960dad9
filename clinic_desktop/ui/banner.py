"""Banners for lasting trouble: what, since when, what still works, what to do, and a button to try again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.ui.announce import announce, sentences
from clinic_desktop.ui.i18n import tr
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
    """``low``: its title alone, which leaves the room of a low window to the work. Then ``more``, the last of
    its buttons, is heard with all the rest, and ``turned`` asks for that to be shown (``whole``) or not."""

    turned = Signal(str)

    def __init__(self, banner: Banner, *, low: bool, whole: bool) -> None:
        super().__init__()
        self.banner, self._low = banner, low
        mark, ink = TONE_INKS[banner.tone]
        column = QVBoxLayout(self)
        column.setContentsMargins(16, *((3, 14, 4) if low else (8, 14, 9)))
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(10)
        column.addLayout(row)
        row.addWidget(IconLabel(banner.icon or TONE_ICONS[banner.tone], mark, 20))
        row.addSpacing(2)
        if low:
            title = label(banner.title, TextRole.STRONG, mark, wrap=True)
            title.setToolTip(sentences(banner.title, banner.text))
            row.addWidget(title, 1)
        else:
            row.addLayout(_words(banner, ink), 1)
        if low and whole:  # below the buttons too: in as few lines as there can be
            column.addWidget(label(banner.text, TextRole.BODY, "second", wrap=True))
        self.buttons = [self._button(number, action) for number, action in enumerate(banner.actions)]
        if low and banner.text:
            self.buttons.append(self._more(whole=whole))
        for button in self.buttons:
            row.addWidget(button)
        self.setAccessibleName(sentences(banner.title, banner.text))

    def _more(self, *, whole: bool) -> Button:
        name = tr("The title alone") if whole else tr("Read all of it")
        more = Button(icon="up" if whole else "down", name=name, size="small", parent=self)
        more.setAccessibleDescription(sentences(self.banner.title, self.banner.text))
        more.fired.connect(lambda: self.turned.emit(self.banner.id))
        return more

    def _button(self, number: int, action: BannerAction) -> Button:
        kind = Kind.PRIMARY if number == 0 and self.banner.tone is Tone.DANGER else Kind.NORMAL
        size = "small" if self._low else "normal"
        button = Button(action.text, kind, key=action.key, size=size, parent=self)
        button.fired.connect(action.handler)
        return button

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, ink = QPainter(self), tone_ink(self.banner.tone)
        if ink.fill is not None:
            painter.fillRect(self.rect(), ink.fill)
        if ink.edge is not None:
            painter.fillRect(0, self.height() - 1, self.width(), 1, ink.edge)


def _words(banner: Banner, ink: str) -> QVBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(label(banner.title, TextRole.STRONG, ink, wrap=True))
    if banner.text:
        words.addWidget(label(banner.text, TextRole.BODY, "second", wrap=True))
    return words


class BannerArea(QWidget):
    """All banners under the top bar, the gravest on top. None takes the focus by itself; ``left`` when the
    focus was on one that went."""

    changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, _BannerRow] = {}
        self._low = False
        self._whole: set[str] = set()  # those that are read whole in a low window
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def show_banner(self, banner: Banner) -> None:
        """Show it, or change what the banner of this id says. It is announced when it is new."""
        known = self._rows.get(banner.id)
        if known is not None and known.banner == banner:
            return
        self._put(banner)
        self.show()
        if known is None or known.banner.title != banner.title:
            announce(self, sentences(banner.title, banner.text), urgent=banner.tone is Tone.DANGER)
        self.changed.emit()

    def set_low(self, low: bool) -> None:
        """One line for each where the window is low."""
        if low == self._low:
            return
        self._low = low
        for banner in self.banners():
            self._put(banner)
        self.changed.emit()

    def _put(self, banner: Banner) -> None:
        """In its place. Whoever was at a button of the one before is at the same one of this, else back at
        the work."""
        old = self._rows.get(banner.id)
        row = _BannerRow(banner, low=self._low, whole=banner.id in self._whole)
        row.turned.connect(self._turn)
        at = _focused(old.buttons) if old is not None else None
        self._column.insertWidget(self._place(banner), row)
        row.show()
        if at is not None and at < len(row.buttons):
            row.buttons[at].setFocus()
        elif at is not None:
            self.left.emit()
        if old is not None:
            self._drop(old)
        self._rows[banner.id] = row

    def _turn(self, banner_id: str) -> None:
        """All of it, or its title alone again."""
        self._whole ^= {banner_id}
        self._put(self._rows[banner_id].banner)
        self.changed.emit()

    def _place(self, banner: Banner) -> int:
        """Behind the graver ones and those that are as grave and came before."""
        rank = _ORDER.index(banner.tone)
        items = (self._column.itemAt(number) for number in range(self._column.count()))
        rows = [row for one in items if one is not None and isinstance(row := one.widget(), _BannerRow)]
        return sum(_ORDER.index(one.banner.tone) <= rank for one in rows)

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
        self._whole.discard(banner_id)
        if row is None:
            return
        if _focused(row.buttons) is not None:
            self.left.emit()
        self._drop(row)

    def _drop(self, row: _BannerRow) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()


def _focused(buttons: Sequence[QWidget]) -> int | None:
    """Which of them has the focus. Not asked of the area: that names who had it last, long after it went."""
    focused = QApplication.focusWidget()
    return next((n for n, one in enumerate(buttons) if one is focused), None)
