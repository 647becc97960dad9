"""The fixed parts round the board: heads above, time and cover at the left, nurse load at the right.

They are painted from the same scene and grid as the visits, and move with the scroll bars.
"""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from clinic_desktop.ui.board.block_paint import name_font
from clinic_desktop.ui.board.day_axis import hour_mark, short_clock, spoken_clock
from clinic_desktop.ui.board.free_time import HeadTone, HeadWords
from clinic_desktop.ui.board.grid import Grid
from clinic_desktop.ui.board.gutter_tags import HEIGHT as TAG_HEIGHT
from clinic_desktop.ui.board.gutter_tags import Tag, tags_of
from clinic_desktop.ui.board.nurse_load import Load
from clinic_desktop.ui.board.scene import Head, Scene
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import elided, paint_box, text_width
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole

GUTTER = 62
HEAD = 46
SUB_HEAD = 22
LOAD_COLUMN = 21
COVER = 12
_PAD = 8


class Part(QWidget):
    """A fixed part of the board. It takes no focus: what it says is said by the cells too."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._scene: Scene | None = None
        self._grid: Grid | None = None
        self._shift = 0
        self._top = 0

    def set_top(self, height: int) -> None:
        """How high the heads are; the time begins below them."""
        self._top = height

    def set_scene(self, scene: Scene, grid: Grid) -> None:
        self._scene, self._grid = scene, grid
        self._describe(scene)
        self.update()

    def set_shift(self, shift: int) -> None:
        """How far the board is scrolled in this part's direction."""
        if shift != self._shift:
            self._shift = shift
            self.update()

    def _describe(self, scene: Scene) -> None:
        raise NotImplementedError

    def _paint(self, painter: QPainter, scene: Scene, grid: Grid) -> None:
        raise NotImplementedError

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colours.surface)
        if self._scene is not None and self._grid is not None:
            self._paint(painter, self._scene, self._grid)


class ColumnHeads(Part):
    """Rooms, people or days, each with a few words; the last line is the board's upper edge."""

    @staticmethod
    def wanted_height(scene: Scene) -> int:
        return theme().px(HEAD + (SUB_HEAD if scene.compact else 0))

    def _describe(self, scene: Scene) -> None:
        self.setAccessibleName(tr("Columns"))
        said = [f"{head.title}: {head.words.variants[0]}" for head in scene.heads if head.words.variants]
        self.setAccessibleDescription(". ".join(said))

    def head_at(self, x: float) -> Head | None:
        if self._scene is None or self._grid is None:
            return None
        column = self._grid.column_at(x + self._shift)
        return next((one for one in self._scene.heads if one.first <= column < one.first + one.count), None)

    def _paint(self, painter: QPainter, scene: Scene, grid: Grid) -> None:
        painter.translate(-self._shift, 0)
        for head in scene.heads:
            left, right = grid.edges[head.first], grid.edges[head.first + head.count]
            if right - self._shift < 0 or left - self._shift > self.width():
                continue
            self._paint_head(painter, QRectF(left, 0, right - left, self.height()), head, scene)
        if scene.compact:
            self._paint_titles(painter, scene, grid)
        painter.resetTransform()
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme().colours.line2)

    def _paint_head(self, painter: QPainter, rect: QRectF, head: Head, scene: Scene) -> None:
        c, px = theme().colours, theme().px
        if head.today and scene.compact:
            painter.fillRect(rect.adjusted(0, 0, -1, 0), c.accent_soft)
        if head.first:
            painter.fillRect(
                QRectF(rect.left() - 1, 0, 1, rect.height()), c.line2 if head.count > 1 else c.line
            )
        room = rect.width() - _PAD - 4
        title = QRectF(rect.left() + _PAD, px(5), room, px(19))
        text = head.title
        if head.short and text_width(text, TextRole.STRONG) > room:
            text = head.short
        self._line(painter, title, text, theme().font(TextRole.STRONG), "ink")
        words = QRectF(rect.left() + _PAD, px(24), room, px(17))
        text, ink, bold = _fitting(head.words, room)
        self._line(painter, words, text, name_font() if bold else theme().font(TextRole.LABEL), ink)

    def _paint_titles(self, painter: QPainter, scene: Scene, grid: Grid) -> None:
        top = theme().px(HEAD) - 2
        painter.setFont(name_font())
        painter.setPen(theme().colours.ink2)
        for number, column in enumerate(scene.columns):
            left, right = grid.edges[number], grid.edges[number + 1]
            rect = QRectF(left, top, right - left, self.height() - top)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, column.title)

    def _line(self, painter: QPainter, rect: QRectF, text: str, font: QFont, ink: str) -> None:
        painter.setFont(font)
        painter.setPen(getattr(theme().colours, ink))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, elided(text, font, rect.width()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            head = self.head_at(event.pos().x())
            said = f"{head.title}\n{head.words.variants[0]}" if head and head.words.variants else ""
            QToolTip.showText(event.globalPos(), said, self)
            return True
        return super().event(event)


def _fitting(words: HeadWords, room: float) -> tuple[str, str, bool]:
    """The longest wording that fits, its ink, and whether it is bold."""
    if not words.variants:
        return "", "ink3", False
    bold = words.tone is not HeadTone.QUIET
    metrics = QFontMetricsF(name_font() if bold else theme().font(TextRole.LABEL))
    fitting = (one for one in words.variants if metrics.horizontalAdvance(one) <= room)
    text = next(fitting, words.variants[-1])
    ink = {HeadTone.FREE: "ok", HeadTone.LATE: "warn"}.get(words.tone, "ink3")
    return text, ink, bold


class TimeGutter(Part):
    """Hours, the tag of the now-line, the tag of the cursor, and the strip of cover."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cursor: int | None = None

    def set_cursor(self, minute: int | None) -> None:
        """The minute that the cell cursor or a carried visit points at."""
        if minute != self._cursor:
            self._cursor = minute
            self.update()

    def _describe(self, scene: Scene) -> None:
        self.setAccessibleName(tr("Hours and cover"))
        self.setAccessibleDescription("" if scene.compact else scene.cover.spoken)
        self.setToolTip("" if scene.compact else scene.cover.spoken)

    def _paint(self, painter: QPainter, scene: Scene, grid: Grid) -> None:
        painter.setClipRect(0, self._top, self.width(), self.height() - self._top)
        painter.translate(0, self._top - self._shift)
        strip = 0.0 if scene.compact else float(theme().px(COVER))
        self._paint_hours(painter, grid, self.width() - strip)
        if strip:
            self._paint_cover(painter, scene, grid, QRectF(self.width() - strip, 0, strip - 1, grid.height))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipping(False)
        for tag in self.tags_in_sight():
            self._paint_tag(painter, tag)
        painter.resetTransform()
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme().colours.line2)
        painter.fillRect(0, self._top - 1, self.width(), 1, theme().colours.line2)

    def _paint_hours(self, painter: QPainter, grid: Grid, width: float) -> None:
        painter.setFont(theme().font(TextRole.LABEL))
        painter.setPen(theme().colours.ink3)
        line = theme().px(18)
        first = -(-grid.first // 60) * 60
        for minute in range(first, grid.last + 1, 60):
            text = spoken_clock(minute).replace(":00", "") if minute in (first, 720) else hour_mark(minute)
            top = grid.y(minute) - line / 2
            if minute == grid.first:
                top = 1
            if self._hidden(top + line / 2, grid):
                continue
            rect = QRectF(0, top, width - 7, line)
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _hidden(self, middle: float, grid: Grid) -> bool:
        """An hour gives way to a tag, and at the lower edge to nothing at all."""
        if middle > grid.height - 4:
            return True
        return any(abs(one.y - middle) < theme().px(18) for one in self.tags())

    def tags(self) -> list[Tag]:
        """What is marked beside the hours."""
        if self._scene is None or self._grid is None:
            return []
        return tags_of(self._scene, self._grid, self._cursor)

    def tags_in_sight(self) -> list[Tag]:
        """Those whose minute is not scrolled away: in the corner of the heads a time would say nothing."""
        height = self.height() - self._top
        return [one for one in self.tags() if 0 <= one.y - self._shift <= height]

    def _paint_cover(self, painter: QPainter, scene: Scene, grid: Grid, strip: QRectF) -> None:
        """A thin line while a prescriber is here, nothing while not; a full bar with a mark where a patient
        lacks cover."""
        c = theme().colours
        middle = strip.center().x()
        painter.setPen(QPen(c.ok_line if not theme().high_contrast else c.ink, 4))
        for one in scene.cover.present:
            top, bottom = max(grid.y(one.start), 0), min(grid.y(one.end), grid.height)
            painter.drawLine(QPointF(middle, top), QPointF(middle, bottom))
        for gap in scene.cover.gaps:
            rect = QRectF(strip.left(), grid.y(gap.start), strip.width(), grid.y(gap.end) - grid.y(gap.start))
            paint_box(painter, rect, c.danger, None, 3)
            painter.setFont(name_font())
            painter.setPen(c.on_danger)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "!")

    def _paint_tag(self, painter: QPainter, tag: Tag) -> None:
        c, height = theme().colours, theme().px(TAG_HEIGHT)
        text = short_clock(tag.minute)
        width = text_width(text, TextRole.CAPTION) + 12
        right = self.width() - theme().px(COVER) - 2
        rect = QRectF(max(0.0, right - width), tag.y - height / 2, min(width, right), height)
        paint_box(painter, rect, getattr(c, tag.fill), None, 4)
        painter.setFont(name_font())
        painter.setPen(getattr(c, tag.ink))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class LoadStrip(Part):
    """Patients of each nurse over the day: darker when full, marked when there are too many."""

    @staticmethod
    def wanted_width(scene: Scene) -> int:
        return len(scene.loads) * theme().px(LOAD_COLUMN) + 6 if scene.loads else 0

    def _describe(self, scene: Scene) -> None:
        self.setAccessibleName(tr("Patients of each nurse"))
        now = scene.now
        said = tr("{name}: {count} of {limit}")
        words = [said.format(name=one.name, count=one.at(now), limit=one.limit) for one in scene.loads]
        self.setAccessibleDescription(". ".join(words) if scene.shows_today else "")
        self.setToolTip("\n".join(words))

    def _paint(self, painter: QPainter, scene: Scene, grid: Grid) -> None:
        width = theme().px(LOAD_COLUMN)
        painter.setFont(name_font())
        for number, load in enumerate(scene.loads):
            left = 4 + number * width
            painter.setPen(theme().colours.ink2)
            painter.setFont(name_font())
            head = QRectF(left, 0, width, self._top)
            painter.drawText(head.adjusted(-2, 0, 2, -6), _FOOT, load.initials)
            painter.save()
            painter.setClipRect(0, self._top, self.width(), self.height() - self._top)
            painter.translate(0, self._top - self._shift)
            self._paint_load(painter, load, grid, QRectF(left + 1, 0, width - 2, 0))
            painter.restore()
        painter.fillRect(0, self._top - 1, self.width(), 1, theme().colours.line2)
        painter.fillRect(0, 0, 1, self.height(), theme().colours.line)

    def _paint_load(self, painter: QPainter, load: Load, grid: Grid, at: QRectF) -> None:
        c = theme().colours
        painter.setFont(theme().font(TextRole.CAPTION))
        for step in load.steps:
            top, bottom = grid.y(step.start), grid.y(step.end)
            rect = QRectF(at.left(), top + 0.5, at.width(), bottom - top - 1)
            fill, ink = c.closed, c.ink2
            if step.count == load.limit:
                fill, ink = c.ink2, c.surface
            elif step.count > load.limit:
                fill, ink = c.danger, c.on_danger
            paint_box(painter, rect, fill, None, 3)
            if rect.height() >= theme().px(15):
                painter.setPen(ink)
                over = step.count > load.limit
                text = f"{step.count}!" if over else str(step.count)
                painter.drawText(rect.adjusted(0, 1, 0, 0), _TOP, text)


_TOP = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_FOOT = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
