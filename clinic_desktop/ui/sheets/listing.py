"""The sheets of a day as rows: when the patient leaves, who it is, and how the sheet stands, in words."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from clinic_desktop.aftercare.day_sheets import SheetLine, Standing
from clinic_desktop.ui.glyphs import paint_status
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import (
    badge_height,
    badge_width,
    fitting,
    paint_badge,
    text_width,
    tone_ink,
    write,
)
from clinic_desktop.ui.sheets.words import TONES, badge, leaves_at, similar_name, similar_short, spoken
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.list_model import ListModel
from clinic_desktop.ui.widgets.visit_rows import VisitDelegate, VisitRows

_TIME, _GLYPH, _GAP = 72, 16, 9
_WAITING = frozenset(Standing) - {Standing.NOT_YET, Standing.SENT, Standing.HANDED}


class SheetModel(ListModel[SheetLine]):
    """The lines, in the order they leave."""

    def shown(self, thing: SheetLine) -> str:
        return thing.name

    def spoken(self, thing: SheetLine) -> str:
        return spoken(thing)


class _Delegate(VisitDelegate[SheetLine]):
    def paint_row(self, painter: QPainter, rect: QRectF, thing: SheetLine) -> None:
        _paint_line(painter, rect, thing)


def _paint_line(painter: QPainter, rect: QRectF, line: SheetLine) -> None:
    px, c = theme().px, theme().colours
    ink = c.ink2 if line.visit.left is not None else c.ink
    time = QRectF(rect.left(), rect.top(), px(_TIME), rect.height())
    write(painter, time, leaves_at(line), TextRole.STRONG, ink)
    left = rect.left() + px(_TIME) + _GAP
    paint_status(
        painter, line.visit.whereabouts, QPointF(left, rect.center().y() - px(_GLYPH) / 2), px(_GLYPH)
    )
    left += px(_GLYPH) + _GAP
    words = badge(line)
    width = badge_width(words)
    at = QPointF(rect.right() - width, rect.center().y() - badge_height() / 2)
    paint_badge(painter, at, words, tone_ink(TONES[line.standing]))
    room = QRectF(left, rect.top() + px(5), max(0.0, rect.right() - width - _GAP - left), px(18))
    write(painter, room, line.name, TextRole.STRONG, ink)
    lower = room.translated(0, px(18))
    kind, warn = below_name(line, lower.width())
    write(painter, lower, kind, TextRole.LABEL, c.ink2)
    taken = text_width(kind, TextRole.LABEL) + px(_GAP) if kind else 0
    write(painter, lower.adjusted(taken, 0, 0, 0), warn, TextRole.LABEL, c.warn)


def below_name(line: SheetLine, width: float) -> tuple[str, str]:
    """The kind of visit, and a similar name where there is one: without room for both that comes first."""
    warn = similar_name(line)
    taken = text_width(line.type_name, TextRole.LABEL) + theme().px(_GAP)
    if not warn or taken + text_width(warn, TextRole.LABEL) <= width:
        return line.type_name, warn
    return "", fitting(warn, similar_short(line), width)


class SheetList(VisitRows[SheetLine]):
    """The sheets of a day; the cursor begins on the first that waits for somebody."""

    def __init__(self, parent: QWidget | None = None) -> None:
        model = SheetModel()
        super().__init__(model, _Delegate(model), tr("Sheets of the day"), parent)

    def begin_at(self) -> int:
        return self._waiting(0) or 0

    def go_to_next(self) -> bool:
        """Put the cursor on the next sheet that waits for somebody, after this one or from the top."""
        found = self._waiting(self.currentIndex().row() + 1)
        if found is None:
            found = self._waiting(0)
        if found is None:
            return False
        self.stand_on(found)
        return True

    def _waiting(self, start: int) -> int | None:
        rows = range(start, len(self.rows.things))
        return next((n for n in rows if self.rows.things[n].standing in _WAITING), None)
