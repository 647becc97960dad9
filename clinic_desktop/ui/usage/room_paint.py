"""Painting a room's day - planned above, actual below - and a room's shares over a longer time."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from clinic_desktop.reports.room_day import RoomDay, RoomVisit
from clinic_desktop.reports.sums import CANCELLED_LATE, DISPLACED
from clinic_desktop.reports.usage import RoomUsage
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import elided, paint_box, text_width
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.usage.scale import Scale
from clinic_desktop.ui.usage.words import became_word

PLANNED_TOP, PLANNED_HEIGHT = 5, 8
ACTUAL_TOP, ACTUAL_HEIGHT = 16, 18
_TICK = 4.0
_RADIUS = 3.0
_SHORTEST = 3.0  # px; a minute is seen
_UNENDED = 16


@dataclass(frozen=True, slots=True)
class Lanes:
    """The two tracks of a row, at the chosen text size."""

    planned: QRectF
    actual: QRectF


def lanes_of(rect: QRectF) -> Lanes:
    px = theme().px
    return Lanes(
        QRectF(rect.left(), rect.top() + px(PLANNED_TOP), rect.width(), px(PLANNED_HEIGHT)),
        QRectF(rect.left(), rect.top() + px(ACTUAL_TOP), rect.width(), px(ACTUAL_HEIGHT)),
    )


def paint_grid(painter: QPainter, rect: QRectF, scale: Scale) -> None:
    """A fine line at each mark."""
    for value, _ in scale.marks():
        x = round(scale.x(rect, value))
        painter.fillRect(QRectF(x, rect.top(), 1, rect.height()), theme().colours.grid)


def paint_day(painter: QPainter, rect: QRectF, room: RoomDay, scale: Scale, setup: Setup, now: int) -> None:
    """Closed hours, the plan, what happened, turnover, and the moment."""
    _paint_closed(painter, rect, room, scale)
    paint_grid(painter, rect, scale)
    lanes = lanes_of(rect)
    came = [one for one in room.visits if one.entered is not None]
    for one in room.visits:
        _paint_plan(painter, lanes.planned, one, scale)
        _paint_end(painter, lanes.actual, one, scale)
    for one in came:
        _paint_turnover(painter, lanes.actual, one, scale)
        _paint_stay(painter, lanes.actual, one, scale, setup)
    if scale.axis is not None and scale.low <= scale.axis.minute(now) <= scale.high:
        x = scale.x_at(rect, now)
        painter.fillRect(QRectF(x - 0.75, rect.top(), 1.5, rect.height()), theme().colours.now)


def _paint_closed(painter: QPainter, rect: QRectF, room: RoomDay, scale: Scale) -> None:
    if scale.axis is None:
        return
    at = scale.low
    edges = [(scale.axis.minute(a), scale.axis.minute(b)) for a, b in room.open]
    for start, end in [*edges, (scale.high, scale.high)]:
        if start > at:
            left = scale.x(rect, at)
            painter.fillRect(
                QRectF(left, rect.top(), scale.x(rect, start) - left, rect.height()), theme().colours.closed
            )
        at = max(at, end)


def _span(lane: QRectF, scale: Scale, start: int, end: int) -> QRectF:
    left, right = scale.x_at(lane, start), scale.x_at(lane, end)
    return QRectF(left, lane.top(), max(_SHORTEST, right - left), lane.height())


def _paint_plan(painter: QPainter, lane: QRectF, one: RoomVisit, scale: Scale) -> None:
    c = theme().colours
    box = _span(lane, scale, *one.planned)
    if one.held_the_room:
        paint_box(painter, box, c.surface, c.control, _RADIUS)
    elif one.became in (CANCELLED_LATE, DISPLACED):
        paint_box(painter, box, None, c.control, _RADIUS, dashed=True)


def _paint_end(painter: QPainter, lane: QRectF, one: RoomVisit, scale: Scale) -> None:
    """What happened instead, where nobody came into the room."""
    if one.entered is not None or one.became not in (VisitState.MISSED, CANCELLED_LATE, DISPLACED):
        return
    c = theme().colours
    box = _span(lane, scale, *one.planned)
    gone = one.became == CANCELLED_LATE
    paint_box(painter, box, None, c.control if gone else c.danger_line, _RADIUS, dashed=True)
    _paint_words(painter, box, became_word(one.became), c.ink2 if gone else c.danger)


def _paint_turnover(painter: QPainter, lane: QRectF, one: RoomVisit, scale: Scale) -> None:
    if not one.turnover or one.entered is None:
        return
    _paint_ticks(painter, _span(lane, scale, one.entered - one.turnover, one.entered))


def _paint_stay(painter: QPainter, lane: QRectF, one: RoomVisit, scale: Scale, setup: Setup) -> None:
    if one.entered is None:
        return
    if one.until is None:
        _paint_unended(painter, lane, one.entered, scale)
        return
    c, colours = theme().colours, theme().family(setup.type_by_id(one.type_id).family)
    box = _span(lane, scale, one.entered, one.until)
    if one.became == VisitState.NOT_TREATED:
        paint_box(painter, box, c.closed, c.control, _RADIUS, dashed=True)
        _paint_words(painter, box, became_word(one.became), c.ink2)
        return
    paint_box(painter, box, colours.dose, colours.edge, _RADIUS)
    end = max(one.entered, one.planned[1])
    if one.over:
        over = _span(lane, scale, end, one.until)
        paint_box(painter, over, c.warn_soft, None, _RADIUS)
        paint_box(painter, over, None, c.warn, _RADIUS)
        painter.fillRect(over.adjusted(1, 1, -1, -1), QBrush(c.warn, Qt.BrushStyle.BDiagPattern))
    if one.late:
        late = _span(lane, scale, one.planned[0], one.entered)
        middle = late.center().y()
        painter.fillRect(QRectF(late.left(), middle - 1, late.width(), 2), c.danger)
    named = QRectF(box.left(), box.top(), scale.x_at(lane, min(end, one.until)) - box.left(), box.height())
    _paint_words(painter, named, one.name.split(",")[0], colours.ink)


def _paint_unended(painter: QPainter, lane: QRectF, entered: int, scale: Scale) -> None:
    """Came in, and nobody recorded that they left: no length is made up."""
    box = QRectF(scale.x_at(lane, entered), lane.top(), theme().px(_UNENDED), lane.height())
    paint_box(painter, box, theme().colours.warn_soft, theme().colours.warn, _RADIUS, dashed=True)
    painter.setFont(theme().font(TextRole.CAPTION))
    painter.setPen(theme().colours.warn)
    painter.drawText(box.adjusted(0, -1, 0, 0), Qt.AlignmentFlag.AlignCenter, "?")


def _paint_words(painter: QPainter, box: QRectF, text: str, ink: QColor) -> None:
    """The words inside a bar, whole or shortened; nothing where not even a few letters fit."""
    room, font = box.width() - 8, theme().font(TextRole.CAPTION)
    if (
        room < text_width("Wwi\N{HORIZONTAL ELLIPSIS}", TextRole.CAPTION)
        and text_width(text, TextRole.CAPTION) > room
    ):
        return
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(box.adjusted(4, -1, -4, 0), Qt.AlignmentFlag.AlignVCenter, elided(text, font, room + 1))


def paint_shares(painter: QPainter, rect: QRectF, room: RoomUsage, scale: Scale, *, to_come: bool) -> None:
    """Scheduled outlined above; below it actual filled, raw beyond it lighter, then turnover."""
    paint_grid(painter, rect, scale)
    c, lanes = theme().colours, lanes_of(rect)
    if room.scheduled_pct is not None:
        paint_box(painter, _share(lanes.planned, scale, 0, room.scheduled_pct), c.surface, c.control, _RADIUS)
    shares = (room.actual_pct, room.raw_pct, room.adjusted_pct)
    if to_come or None in shares:
        return
    actual, raw, adjusted = (share or 0.0 for share in shares)
    if raw:
        paint_box(painter, _share(lanes.actual, scale, 0, raw), c.line2, c.control, _RADIUS)
    if actual:
        paint_box(painter, _share(lanes.actual, scale, 0, actual), c.control, None, _RADIUS)
    _paint_ticks(painter, _share(lanes.actual, scale, raw, adjusted))


def _share(lane: QRectF, scale: Scale, start: float, end: float) -> QRectF:
    """A share beyond the scale ends at its edge; its number stands beside it."""
    left, right = (scale.x(lane, min(value, scale.high)) for value in (start, end))
    return QRectF(left, lane.top(), right - left, lane.height())


def _paint_ticks(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(theme().colours.ink3, 1))
    x = box.left() + _TICK / 2
    while x < box.right() - 1:
        painter.drawLine(QPointF(round(x) + 0.5, box.top() + 3), QPointF(round(x) + 0.5, box.bottom() - 3))
        x += _TICK


def paint_legend(painter: QPainter, rect: QRectF, *, one_day: bool) -> None:
    """What the marks mean, as far as there is room."""
    left, middle = rect.left() + 2, rect.center().y()
    for paint, text in _LEGEND_DAY if one_day else _LEGEND_SHARES:
        words = tr(text)
        width = theme().px(26) + text_width(words, TextRole.LABEL) + theme().px(40)
        if left + width - theme().px(14) > rect.right():
            return
        paint(painter, QRectF(left, middle - 6, theme().px(20), 12))
        painter.setFont(theme().font(TextRole.LABEL))
        painter.setPen(theme().colours.ink2)
        painter.drawText(
            QRectF(left + theme().px(26), rect.top(), width, rect.height()),
            Qt.AlignmentFlag.AlignVCenter,
            words,
        )
        left += width - theme().px(18)


def _planned_mark(painter: QPainter, box: QRectF) -> None:
    paint_box(painter, box.adjusted(0, 2, 0, -2), theme().colours.surface, theme().colours.control, _RADIUS)


def _actual_mark(painter: QPainter, box: QRectF) -> None:
    colours = theme().family("iv")
    paint_box(painter, box, colours.dose, colours.edge, _RADIUS)


def _share_mark(painter: QPainter, box: QRectF) -> None:
    paint_box(painter, box, theme().colours.control, None, _RADIUS)


def _raw_mark(painter: QPainter, box: QRectF) -> None:
    paint_box(painter, box, theme().colours.line2, theme().colours.control, _RADIUS)


def _over_mark(painter: QPainter, box: QRectF) -> None:
    c = theme().colours
    paint_box(painter, box, c.warn_soft, c.warn, _RADIUS)
    painter.fillRect(box.adjusted(1, 1, -1, -1), QBrush(c.warn, Qt.BrushStyle.BDiagPattern))


def _late_mark(painter: QPainter, box: QRectF) -> None:
    painter.fillRect(QRectF(box.left(), box.center().y() - 1, box.width(), 2), theme().colours.danger)


_Mark = Callable[[QPainter, QRectF], None]
_LEGEND_DAY: tuple[tuple[_Mark, str], ...] = (
    (_planned_mark, QT_TR_NOOP("planned")),
    (_actual_mark, QT_TR_NOOP("in the room")),
    (_over_mark, QT_TR_NOOP("over")),
    (_late_mark, QT_TR_NOOP("late")),
    (_paint_ticks, QT_TR_NOOP("turnover")),
)
_LEGEND_SHARES: tuple[tuple[_Mark, str], ...] = (
    (_planned_mark, QT_TR_NOOP("scheduled")),
    (_share_mark, QT_TR_NOOP("actual")),
    (_raw_mark, QT_TR_NOOP("raw")),
    (_paint_ticks, QT_TR_NOOP("turnover")),
)
