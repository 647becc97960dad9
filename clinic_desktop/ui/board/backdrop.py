"""What lies behind the visits: hours, columns, what is closed and why, the last start of a treatment."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from clinic_desktop.ui.board.day_axis import short_clock
from clinic_desktop.ui.board.grid import Grid
from clinic_desktop.ui.board.scene import Column, Scene, Shut
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import elided, text_width
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole

_HALF_HOUR = 30
_PAD = 7


def paint_backdrop(painter: QPainter, scene: Scene, grid: Grid, exposed: QRectF) -> None:
    """Everything behind the visits, in the part that is exposed; before scrolling."""
    c = theme().colours
    painter.fillRect(exposed, c.surface)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    left, right = grid.column_at(exposed.left()), grid.column_at(exposed.right())
    for number in range(left, right + 1):
        _paint_shut(painter, scene.columns[number], grid, number, words=not scene.compact)
    _paint_hours(painter, grid, exposed)
    _paint_columns(painter, scene, grid, (left, right))
    for number in range(left, right + 1) if not scene.compact else ():
        _paint_last_safe(painter, scene, grid, number)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _paint_shut(painter: QPainter, column: Column, grid: Grid, number: int, *, words: bool) -> None:
    box = grid.column_box(number)
    for shut in column.shut:
        top = round(grid.y(shut.start))
        rect = QRectF(box.x, top, box.width, round(grid.y(shut.end)) - top)
        painter.fillRect(rect, theme().colours.closed)
        if words and shut.why:
            _paint_why(painter, shut, rect)


def _paint_why(painter: QPainter, shut: Shut, rect: QRectF) -> None:
    line = theme().px(18)
    if rect.height() < line:
        return
    font = theme().font(TextRole.LABEL)
    painter.setFont(font)
    painter.setPen(theme().colours.ink3)
    words = QRectF(rect.left() + _PAD, rect.top() + 1, rect.width() - 2 * _PAD, line)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, elided(shut.why, font, words.width()))


def _paint_hours(painter: QPainter, grid: Grid, exposed: QRectF) -> None:
    c = theme().colours
    whole: list[QLineF] = []
    half: list[QLineF] = []
    first = -(-grid.first // _HALF_HOUR) * _HALF_HOUR
    for minute in range(first, grid.last + 1, _HALF_HOUR):
        y = round(grid.y(minute)) + 0.5
        if exposed.top() - 1 <= y <= exposed.bottom() + 1:
            line = QLineF(exposed.left(), y, min(exposed.right(), grid.width), y)
            (half if minute % 60 else whole).append(line)
    for lines, colour in ((half, c.grid), (whole, c.grid_hour)):
        painter.setPen(QPen(colour, 1))
        painter.drawLines(lines)


def _paint_columns(painter: QPainter, scene: Scene, grid: Grid, shown: tuple[int, int]) -> None:
    """A line at the left of each column; a stronger one where a day or a person begins."""
    c = theme().colours
    starts = {head.first for head in scene.heads if head.count > 1}
    for number in range(shown[0], shown[1] + 2):
        if number <= 0 or number > grid.columns:
            continue
        painter.setPen(QPen(c.line2 if number in starts else c.line, 1))
        x = grid.edges[number] - 0.5
        painter.drawLine(QLineF(x, 0, x, grid.height))


def _paint_last_safe(painter: QPainter, scene: Scene, grid: Grid, number: int) -> None:
    column = scene.columns[number]
    if column.last_safe is None or not grid.first < column.last_safe < grid.last:
        return
    c = theme().colours
    box, y = grid.column_box(number), round(grid.y(column.last_safe)) + 0.5
    pen = QPen(c.control, 1)
    pen.setDashPattern([5, 4])
    painter.setPen(pen)
    painter.drawLine(QLineF(box.x + 3, y, box.x + box.width - 4, y))
    words = last_start_words(scene, grid, number)
    if words is None:
        return
    text = tr("Last treatment start {time}").format(time=short_clock(column.last_safe))
    if text_width(text, TextRole.LABEL) > words.width():
        text = tr("Last start {time}").format(time=short_clock(column.last_safe))
    painter.setFont(theme().font(TextRole.LABEL))
    painter.setPen(c.ink3)
    painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, text)


def last_start_words(scene: Scene, grid: Grid, number: int) -> QRectF | None:
    """Where the words of a column's last start stand: above its line, below where something lies there, and
    nowhere where no room is left."""
    column, box, height = scene.columns[number], grid.column_box(number), theme().px(17)
    y = round(grid.y(column.last_safe or 0)) + 0.5
    taken = [(one.block.arrive, one.block.turned) for one in scene.placed if one.column == number]
    taken += [(one.start, one.end) for one in column.shut if one.why]
    lying = [(grid.y(start), grid.y(end)) for start, end in taken]
    for top in (y - height - 1, y):
        if not any(start < top + height and top < end for start, end in lying):
            return QRectF(box.x + _PAD, top, box.width - 2 * _PAD, height)
    return None
