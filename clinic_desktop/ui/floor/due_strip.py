"""The strip "Next due" above the floor: what is due in all rooms, as many as there is room for."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desktop.ui.floor.commands import NEXT_DUE
from clinic_desktop.ui.floor.next_due import DueLine
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.paint import (
    Tone,
    key_height,
    key_width,
    paint_box,
    paint_key,
    strong_ink,
    text_width,
    write,
)
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens

_LEAST = 170  # px in which a chip is read, also where its last words are cut
_HEIGHT, _CHIP, _PAD, _GAP, _ICON = 40, 28, 9, 8, 15


class DueStrip(QWidget):
    """``picked``: the visit of the one that was pressed. Its key goes through them one by one."""

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[DueLine, ...] = ()
        self._chips: list[tuple[QRectF, DueLine]] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)
        self.hide()

    @property
    def lines(self) -> tuple[DueLine, ...]:
        return self._lines

    def show_lines(self, lines: Sequence[DueLine]) -> None:
        """Take over what is due; nothing due takes no room."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        self.setAccessibleName(
            tr("Next due: {what}").format(what="; ".join(one.words for one in self._lines))
        )
        self.setVisible(bool(lines))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, theme().px(_HEIGHT))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = next((line for rect, line in self._chips if rect.contains(event.position())), None)
        if hit is not None and event.button() is Qt.MouseButton.LeftButton:
            self.picked.emit(hit.visit_id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        c, px = theme().colours, theme().px
        painter = QPainter(self)
        painter.fillRect(self.rect(), c.canvas)
        row = QRectF(self.rect()).adjusted(px(12), 0, -px(12), 0)
        left = row.left() + write(painter, row, tr("Next due"), TextRole.STRONG, c.ink2) + px(_GAP)
        cap = key_text(NEXT_DUE.keys[0])
        paint_key(painter, QPointF(left, row.center().y() - key_height() / 2), cap)
        left += key_width(cap) + px(_GAP)
        self._chips = []
        for number, line in enumerate(self._lines):
            width = text_width(line.words, TextRole.LABEL) + px(2 * _PAD + _ICON + 6)
            more = tr("+{n}").format(n=len(self._lines) - number)
            kept = 0 if number + 1 == len(self._lines) else text_width(more, TextRole.LABEL) + px(_GAP)
            room = row.right() - left - kept
            if number and width > room and room < px(_LEAST):
                write(painter, row.adjusted(left - row.left(), 0, 0, 0), more, TextRole.LABEL, c.ink2)
                break
            width = min(width, room)
            chip = QRectF(left, row.center().y() - px(_CHIP) / 2, width, px(_CHIP))
            _paint_chip(painter, chip, line)
            self._chips.append((chip, line))
            left += width + px(_GAP)


def _paint_chip(painter: QPainter, chip: QRectF, line: DueLine) -> None:
    """Late ones have another sign as well as another colour."""
    px, ink = theme().px, strong_ink(line.tone)
    paint_box(painter, chip, ink.fill, None, tokens().radius["badge"])
    icon = {Tone.DANGER: "warning", Tone.OK: "check"}.get(line.tone, "clock")
    at = QPointF(chip.left() + px(_PAD), chip.center().y() - px(_ICON) / 2)
    paint_icon(painter, icon, at, px(_ICON), ink.text)
    inside = chip.adjusted(px(_PAD + _ICON + 6), 0, -px(_PAD) + 1, 0)
    write(painter, inside, line.words, TextRole.LABEL, ink.text)
