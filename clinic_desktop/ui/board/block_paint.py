"""Painting one visit: bands, stripe, glyph and words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.board.block import BandKind, Block, initials_of, names_of
from clinic_desktop.ui.board.block_words import Line, LineHeights, LineKind, lines_of
from clinic_desktop.ui.driver_badge import ICONS, DriverMark, driver_ink, driver_word, paint_driver
from clinic_desktop.ui.glyphs import paint_status
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.paint import (
    Tone,
    badge_height,
    badge_width,
    paint_badge,
    paint_box,
    paint_hatch,
    paint_lines,
    strong_ink,
    tone_ink,
)
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import DONE, FamilyColours, TextRole, tokens

STRIPE = 5.0
THIN_STRIPE = 3.0  # on narrow blocks
COMPACT_BELOW = 62.0  # narrower blocks carry initials only
_STRIPE_DASH = 4.0
_LEFT = STRIPE + 4.0
_RIGHT = 4.0
_GLYPH = 14


@dataclass(frozen=True, slots=True)
class Size:
    """A block's picture: whole width and height, and the height without turnover; logical pixels."""

    width: float
    body: float
    whole: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A painted block, and where on it words stand (the now-line leaves them out)."""

    block: Block
    size: Size
    ratio: float
    pixmap: QPixmap
    words: tuple[QRectF, ...]

    def fits(self, block: Block, width: int, height: int, ratio: float) -> bool:
        """Whether it still shows that block at that size."""
        size = self.size
        if size.width != width or size.whole != height or self.ratio != ratio:
            return False
        return self.block is block or self.block == block


def painted(block: Block, size: Size, ratio: float) -> Picture:
    """The block as a picture."""

    def paint(painter: QPainter) -> Sequence[QRectF]:
        work = _BlockPainter(painter, block, size)
        work.paint()
        return work.words

    return picture_of(block, size, ratio, paint)


def picture_of(
    block: Block, size: Size, ratio: float, paint: Callable[[QPainter], Sequence[QRectF]]
) -> Picture:
    """A picture of that size; ``paint`` answers where words stand on it."""
    pixmap = QPixmap(max(1, round(size.width * ratio)), max(1, round(size.whole * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    words = tuple(paint(painter))
    painter.end()
    return Picture(block, size, ratio, pixmap, words)


def name_font() -> QFont:
    font = QFont(theme().font(TextRole.CAPTION))
    font.setWeight(QFont.Weight.DemiBold)
    return font


class _BlockPainter:
    def __init__(self, painter: QPainter, block: Block, size: Size) -> None:
        self.painter, self.block, self.size = painter, block, size
        self.words: list[QRectF] = []
        self._colours = _colours_of(block)
        self._radius = min(float(tokens().radius["block"]), size.body / 2)
        self._body = QRectF(0, 0, size.width, size.body)
        self._narrow = size.width < theme().px(COMPACT_BELOW)
        self._name_font = name_font()
        self._text_font = theme().font(TextRole.LABEL)

    def paint(self) -> None:
        self._paint_turnover()
        self._paint_body()
        if self._narrow:
            self._paint_compact()
        else:
            self._paint_lines()

    def _paint_body(self) -> None:
        painter = self.painter
        shape = QPainterPath()
        shape.addRoundedRect(self._body.adjusted(0.5, 0.5, -0.5, -0.5), self._radius, self._radius)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(self._body, self._colours.prep)
        self._paint_bands()
        self._paint_stripe()
        painter.restore()
        self._paint_edge(shape)

    def _paint_bands(self) -> None:
        block = self.block
        length = max(1, block.end - block.start)
        for band in block.bands:
            top = (band.start - block.start) / length * self.size.body
            bottom = (band.end - block.start) / length * self.size.body
            rect = QRectF(0, top, self.size.width, bottom - top)
            if band.kind is BandKind.DOSE:
                self.painter.fillRect(rect, self._colours.dose)
            elif band.kind is BandKind.WATCH:
                paint_hatch(self.painter, rect, DONE if block.ended else block.family)
        if block.shares:
            paint_lines(self.painter, self._body, theme().colours.warn)

    def _paint_stripe(self) -> None:
        colour = theme().status_colour(self.block.whereabouts)
        width = THIN_STRIPE if self._narrow else STRIPE
        if not self.block.open:
            self.painter.fillRect(QRectF(0, 0, width, self.size.body), colour)
            return
        top = 0.0
        while top < self.size.body:
            self.painter.fillRect(QRectF(0, top, width, _STRIPE_DASH), colour)
            top += 2 * _STRIPE_DASH

    def _paint_edge(self, shape: QPainterPath) -> None:
        block, high = self.block, theme().high_contrast
        colour, width = QColor(self._colours.edge), 1.0
        colour.setAlphaF(1.0 if high else 0.5)
        if block.displaced:
            colour, width = theme().colours.danger, 2.0
        elif block.state is VisitState.MISSED:
            colour = theme().status_colour(block.state)
        pen = QPen(colour, 2.0 if high else width)
        if block.displaced or block.state in (VisitState.HELD, VisitState.MISSED, VisitState.CANCELLED):
            pen.setColor(colour if block.displaced else self._colours.edge)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([4, 3])
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawPath(shape)

    def _paint_turnover(self) -> None:
        """Ticks like a brush below the block: the room is taken, nobody is in it."""
        tail = self.size.whole - self.size.body
        if tail < 2:
            return
        paint_brush(self.painter, QRectF(0, self.size.body, self.size.width, tail), theme().colours.control)

    def _paint_lines(self) -> None:
        px = theme().px
        heights = LineHeights(px(18), px(17), badge_height() + 2, 3)
        room = self.size.width - _LEFT - _RIGHT
        metrics = QFontMetricsF(self._text_font)
        for line in lines_of(
            self.block, self.size.body, heights, lambda text: metrics.horizontalAdvance(text) <= room
        ):
            self._paint_line(line, heights)

    def _paint_line(self, line: Line, heights: LineHeights) -> None:
        room = self.size.width - _LEFT - _RIGHT
        if line.kind is LineKind.NAME:
            self._paint_name(QRectF(_LEFT - 2, line.top, room + 2, min(heights.name, self.size.body)))
        elif line.kind is LineKind.CODE:
            self._paint_code(QRectF(_LEFT, line.top, room, heights.text), line.text)
        elif line.kind is LineKind.WORDS:
            text = QFontMetricsF(self._text_font).elidedText(line.text, Qt.TextElideMode.ElideRight, room)
            self._text(QRectF(_LEFT, line.top, room, heights.text), text, self._text_font)
        else:
            self._paint_badge(QPointF(_LEFT - 1, line.top + 1), line, room + 1)

    def _paint_badge(self, at: QPointF, line: Line, room: float) -> None:
        if line.kind is LineKind.DRIVER and self.block.driver is not None:
            rect = self._paint_driver(at, self.block.driver, room)
        elif line.kind is LineKind.DISPLACED:
            rect = paint_badge(self.painter, at, line.text, strong_ink(Tone.DANGER))
        else:
            icon = "clock" if badge_width(line.text, "clock") <= room else ""
            text = line.text if badge_width(line.text, icon) <= room else f"+{self.block.over}"
            rect = paint_badge(self.painter, at, text, tone_ink(Tone.WARN), icon)
        self.words.append(rect)

    def _paint_driver(self, at: QPointF, mark: DriverMark, room: float) -> QRectF:
        """Where icon and words do not both fit, that nobody is named is said in words."""
        late = self.block.driver_late
        words = driver_word(mark, late=late)
        tight = badge_width(words) <= room < badge_width(words, ICONS[mark])
        if mark is DriverMark.MISSING and tight:
            return paint_badge(self.painter, at, words, driver_ink(mark, late=late))
        return paint_driver(self.painter, at, mark, room, late=late)

    def _paint_name(self, rect: QRectF) -> None:
        size = min(theme().px(_GLYPH), rect.height() - 1)
        at = QPointF(rect.left(), rect.center().y() - size / 2)
        ground = self._colours.prep
        paint_status(self.painter, self.block.whereabouts, at, size, ground)
        self.words.append(QRectF(at.x() - 1, at.y(), size + 3, size))
        words = rect.adjusted(size + 3, 0, 0, 0)
        alone = self.size.body < theme().px(36)
        if alone:
            words.setRight(words.right() - self._paint_alone(words))
        self._text(words, self._name(words.width()), self._name_font)

    def _paint_alone(self, rect: QRectF) -> float:
        """On a block of one line the code stands at the right, if the name leaves it room."""
        metrics = QFontMetricsF(self._name_font)
        code = metrics.horizontalAdvance(self.block.code) + 4
        if metrics.horizontalAdvance(names_of(self.block)[-1]) + code > rect.width():
            return 0.0
        self._text(rect, self.block.code, self._name_font, Qt.AlignmentFlag.AlignRight)
        return code

    def _name(self, room: float) -> str:
        metrics = QFontMetricsF(self._name_font)
        names = names_of(self.block)
        fitting = next((one for one in names if metrics.horizontalAdvance(one) <= room), None)
        return fitting or metrics.elidedText(names[-1], Qt.TextElideMode.ElideRight, room)

    def _paint_code(self, rect: QRectF, detail: str) -> None:
        bold, plain = QFontMetricsF(self._name_font), QFontMetricsF(self._text_font)
        code = bold.horizontalAdvance(self.block.code) + 5
        staff = bold.horizontalAdvance(self.block.staff) + 4 if self.block.staff else 0.0
        self._text(rect, self.block.code, self._name_font)
        if staff and code + staff <= rect.width():
            self._text(rect, self.block.staff, self._name_font, Qt.AlignmentFlag.AlignRight)
        room = rect.width() - code - staff
        text = _as_far_as_fits(detail, plain, max(0.0, room))
        if len(text) > 2:
            self._text(QRectF(rect.left() + code, rect.top(), room, rect.height()), text, self._text_font)

    def _paint_compact(self) -> None:
        """Initials, glyph, and the driver's icon where somebody must act."""
        px, block = theme().px, self.block
        left = THIN_STRIPE + 1
        room = self.size.width - left
        line = min(px(17), self.size.body)
        self._text(QRectF(left, 1, room, line), initials_of(block), self._name_font)
        size, top = px(13), 1 + px(17)
        if top + size <= self.size.body:
            paint_status(self.painter, block.whereabouts, QPointF(left, top), size, self._colours.prep)
        top += size + 3
        act = block.driver in (DriverMark.MISSING, DriverMark.NAMED)
        if block.driver is not None and act and top + size + 4 <= self.size.body:
            ink = driver_ink(block.driver, late=block.driver_late)
            box = QRectF(left - 1, top, size + 4, size + 4)
            paint_box(self.painter, box, ink.fill, ink.edge, 4)
            paint_icon(self.painter, ICONS[block.driver], QPointF(left + 1, top + 2), size, ink.text)

    def _text(
        self, rect: QRectF, text: str, font: QFont, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        width = min(rect.width(), QFontMetricsF(font).horizontalAdvance(text))
        left = rect.left() if align == Qt.AlignmentFlag.AlignLeft else rect.right() - width
        words = QRectF(left - 2, rect.top() + 1, width + 4, rect.height() - 2)
        if self.block.shares:  # its hatch is too bold to read through
            self.painter.fillRect(words, self._colours.prep)
        self.painter.setFont(font)
        self.painter.setPen(self._colours.ink)
        self.painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, text)
        self.words.append(words)


def _as_far_as_fits(text: str, metrics: QFontMetricsF, room: float) -> str:
    """Whole words of it; the first one cut where not even that has room."""
    words = text.split()
    for count in range(len(words), 0, -1):
        if metrics.horizontalAdvance(some := " ".join(words[:count])) <= room:
            return some
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)


def _colours_of(block: Block) -> FamilyColours[QColor]:
    """Whoever has left is gray, whatever the visit was."""
    return theme().family(DONE if block.ended else block.family)


def paint_brush(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Turnover: ticks like a brush, over the width of the visit above."""
    ticks = QColor(colour)
    ticks.setAlphaF(0.5)
    painter.setPen(QPen(ticks, 1))
    x = rect.left() + STRIPE + 3.5
    while x < rect.right() - 4:
        painter.drawLine(QPointF(x, rect.top() + 1), QPointF(x, rect.bottom() - 2))
        x += 4
