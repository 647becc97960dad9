"""Small painters that widgets and delegates share: boxes, key caps, badges, hatches, focus rings."""

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from clinic_desktop.ui.icons import paint_icon, pixel_ratio
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens

_CAP_PAD = 5.0
_CAP_RADIUS = 4.0
_BADGE_PAD = 6.0
_BADGE_GAP = 4.0
_HATCH_PERIOD = 7.0
_HATCH_WIDTH = 1.4
_HATCH_PERIODS = 12  # on each side of a tile
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter


class Tone(StrEnum):
    """What a badge, notice or banner means. Teal is never a badge: it says "you can act here"."""

    NEUTRAL = "neutral"
    INFO = "info"
    OK = "ok"
    WARN = "warn"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Ink:
    """Text, area and edge of something small that stands out; None where there is none."""

    text: QColor
    fill: QColor | None = None
    edge: QColor | None = None


def tone_ink(tone: Tone) -> Ink:
    """Text on the tone's soft area."""
    c = theme().colours
    return {
        Tone.NEUTRAL: Ink(c.ink2, c.closed),
        Tone.INFO: Ink(c.info, c.info_soft, c.info_line),
        Tone.OK: Ink(c.ok, c.ok_soft, c.ok_line),
        Tone.WARN: Ink(c.warn, c.warn_soft, c.warn_line),
        Tone.DANGER: Ink(c.danger, c.danger_soft, c.danger_line),
    }[tone]


def strong_ink(tone: Tone) -> Ink:
    """The heaviest weight of a tone: filled for danger, else as ``tone_ink``."""
    c = theme().colours
    return Ink(c.on_danger, c.danger, c.danger) if tone is Tone.DANGER else tone_ink(tone)


def outlined_ink(tone: Tone) -> Ink:
    """The lightest weight of a tone: its text on the surface, outlined."""
    soft = tone_ink(tone)
    return Ink(soft.text, theme().colours.surface, soft.edge)


def paint_box(
    painter: QPainter,
    rect: QRectF,
    fill: QColor | None,
    edge: QColor | None = None,
    radius: float = 6,
    width: float = 1,
    dashed: bool = False,
) -> None:
    """A rounded box with its edge inside ``rect``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if edge is not None else 0
    box = rect.adjusted(inset, inset, -inset, -inset)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        pen = QPen(edge, width)
        if dashed:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
    painter.drawRoundedRect(box, radius, radius)


def paint_focus(painter: QPainter, rect: QRectF, radius: float = 7) -> None:
    """The focus ring: 2 px of the accent inside ``rect``."""
    paint_box(painter, rect, None, theme().colours.accent, radius, 2)


def elided(text: str, font: QFont, width: float) -> str:
    """The text cut to the width with an ellipsis."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, width))


def fitting(long: str, short: str, width: float, role: TextRole = TextRole.LABEL) -> str:
    """The long words where they fit, else the short ones."""
    return long if text_width(long, role) <= width else short


def text_width(text: str, role: TextRole) -> float:
    return theme().width(text, role)


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    role: TextRole = TextRole.BODY,
    ink: QColor | None = None,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """One line of text in the middle of a rectangle's height, cut where it does not fit; answers the width of
    what stands there."""
    font = theme().font(role)
    painter.setFont(font)
    painter.setPen(ink or theme().colours.ink)
    shown = elided(text, font, rect.width() + 1)  # what is just as wide is not cut for rounding
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, shown)
    return text_width(shown, role)


def write_right(
    painter: QPainter, rect: QRectF, text: str, role: TextRole, ink: QColor | None = None
) -> QRectF:
    """Write at the right end; answers what is left of the rectangle before it."""
    if not text:
        return rect
    width = min(rect.width(), text_width(text, role) + 1)
    write(painter, QRectF(rect.right() - width, rect.top(), width + 1, rect.height()), text, role, ink)
    return rect.adjusted(0, 0, -width - theme().px(8), 0)


def key_width(text: str) -> float:
    """Width of the cap that ``paint_key`` draws."""
    return max(theme().px(20), text_width(text, TextRole.CAPTION) + 2 * _CAP_PAD + 2)


def key_height() -> float:
    return theme().px(20)


def paint_key(painter: QPainter, at: QPointF, text: str, on: QColor | None = None) -> None:
    """A key cap with its top left corner at ``at``; ``on`` is the text colour of a filled ground."""
    c = theme().colours
    rect = QRectF(at.x(), at.y(), key_width(text), key_height())
    if on is None:
        paint_box(painter, rect, c.key_line, None, _CAP_RADIUS)
        paint_box(painter, rect.adjusted(1, 1, -1, -2), c.key, None, _CAP_RADIUS - 1)
    else:
        veil, edge = QColor(on), QColor(on)
        veil.setAlphaF(0.12)
        edge.setAlphaF(0.45)
        paint_box(painter, rect, veil, edge, _CAP_RADIUS)
    painter.setPen(on or c.ink2)
    painter.setFont(theme().font(TextRole.CAPTION))
    painter.drawText(rect.adjusted(0, -1, 0, -1), Qt.AlignmentFlag.AlignCenter, text)


def badge_width(text: str, icon: str = "") -> float:
    """Width of the badge that ``paint_badge`` draws."""
    mark = badge_icon_size() if icon else 0
    gap = _BADGE_GAP if icon and text else 0
    return math.ceil(text_width(text, TextRole.CAPTION) + mark + gap + 2 * _BADGE_PAD)


def badge_height() -> float:
    return theme().px(20)


def badge_icon_size() -> float:
    return theme().px(13)


def paint_badge(painter: QPainter, at: QPointF, text: str, ink: Ink, icon: str = "") -> QRectF:
    """A badge with its top left corner at ``at``; answers the rectangle it took."""
    rect = QRectF(at.x(), at.y(), badge_width(text, icon), badge_height())
    paint_box(painter, rect, ink.fill, ink.edge, tokens().radius["badge"])
    left = rect.left() + _BADGE_PAD
    if icon:
        size = badge_icon_size()
        paint_icon(painter, icon, QPointF(left, rect.center().y() - size / 2), size, ink.text)
        left += size + _BADGE_GAP
    painter.setPen(ink.text)
    painter.setFont(theme().font(TextRole.CAPTION))
    words = QRectF(left, rect.top(), rect.right() - left, rect.height())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    return rect


def paint_hatch(painter: QPainter, rect: QRectF, family: str) -> None:
    """The monitoring band's hatch of a visit type over its prep colour; nothing in high contrast."""
    paint_lines(painter, rect, theme().family(family).hatch)


def paint_lines(painter: QPainter, rect: QRectF, line: QColor) -> None:
    """A hatch in a colour; nothing in high contrast."""
    if theme().high_contrast:
        return
    painter.drawTiledPixmap(rect, _hatch_tile(line.name(), pixel_ratio(painter)))


@lru_cache(maxsize=64)
def _hatch_tile(line: str, ratio: float) -> QPixmap:
    """A tile that joins without a seam: diagonal periods of whole device pixels, some on each side, because
    many small tiles take long to lay."""
    edge = max(2, round(_HATCH_PERIOD * math.sqrt(2) * ratio))
    tile = QPixmap(edge, edge)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(line), _HATCH_WIDTH * ratio))
    for shift in (-edge, 0, edge):
        painter.drawLine(QPointF(shift - 2, edge + 2), QPointF(shift + edge + 2, -2))
    painter.end()
    many = QPixmap(edge * _HATCH_PERIODS, edge * _HATCH_PERIODS)
    many.fill(Qt.GlobalColor.transparent)
    painter = QPainter(many)
    painter.drawTiledPixmap(many.rect(), tile)
    painter.end()
    many.setDevicePixelRatio(ratio)
    return many
