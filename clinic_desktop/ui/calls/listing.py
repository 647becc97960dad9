"""The rows of the call list: time, patient, phone, visit, driver, and what was tried last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from clinic_desktop.scheduling.call_list import CallRow
from clinic_desktop.ui.calls import words
from clinic_desktop.ui.calls.call_rows import CallRows
from clinic_desktop.ui.driver_badge import paint_driver
from clinic_desktop.ui.glyphs import paint_status
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import badge_height, fitting, write
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.list_model import ListModel
from clinic_desktop.ui.widgets.visit_rows import VisitDelegate

_GLYPH, _GAP = 15, 10
_TIME, _PHONE, _STATE, _DRIVER = 86, 122, 132, 142
_WIDE, _MIDDLE = 800, 640  # from here on: the last call; the phone and the words of the visit's state


class CallModel(ListModel[CallRow]):
    """The rows, in the order of calling. ``today`` tells which day's rows need no date."""

    today = date.min

    def shown(self, thing: CallRow) -> str:
        return thing.patient.name

    def spoken(self, thing: CallRow) -> str:
        return words.spoken(thing)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Where the parts of a row stand; None for what there is no room for."""

    time: QRectF
    patient: QRectF
    phone: QRectF | None
    state: QRectF
    driver: QRectF
    last: QRectF | None


def _cells(rect: QRectF) -> _Cells:
    px = theme().px
    wide, middle = rect.width() >= px(_WIDE), rect.width() >= px(_MIDDLE)
    state = px(_STATE) if middle else px(_GLYPH)
    fixed = px(_TIME) + state + px(_DRIVER) + (px(_PHONE) if middle else 0) + _GAP * (4 if middle else 3)
    left = max(0.0, rect.width() - fixed)
    last = left * 0.34 if wide else 0.0
    x = rect.left()

    def cell(width: float) -> QRectF:
        nonlocal x
        made = QRectF(x, rect.top(), width, rect.height())
        x += width + _GAP
        return made

    return _Cells(
        cell(px(_TIME)),
        cell(left - last - (_GAP if wide else 0)),
        cell(px(_PHONE)) if middle else None,
        cell(state),
        cell(px(_DRIVER)),
        cell(last) if wide else None,
    )


class _Delegate(VisitDelegate[CallRow]):
    def __init__(self, model: CallModel) -> None:
        super().__init__(model)
        self._calls = model

    def late(self, thing: CallRow) -> bool:
        return thing.red

    def paint_row(self, painter: QPainter, rect: QRectF, thing: CallRow) -> None:
        _paint_row(painter, rect, thing, self._calls.today)


def _paint_row(painter: QPainter, rect: QRectF, row: CallRow, today: date) -> None:
    cells, c = _cells(rect), theme().colours
    ink = c.ink2 if row.done else c.ink
    mark = words.mark_of(row)
    write(painter, cells.time, words.time_words(row, today), TextRole.STRONG, ink)
    below = words.type_words(row)
    if cells.phone is None:
        below = f"{words.phone_of(row.patient)}, {below}"
    warn = fitting(words.similar(row.alike), words.similar_short(row.alike), cells.patient.width())
    _two(painter, cells.patient, (row.patient.name, below), ink, warn)
    if cells.phone is not None:
        write(painter, cells.phone, words.phone_of(row.patient), TextRole.BODY, ink)
    size = theme().px(_GLYPH)
    at = QPointF(cells.state.left(), cells.state.center().y() - size / 2)
    paint_status(painter, row.visit.whereabouts, at, size)
    if cells.phone is not None:
        room = cells.state.adjusted(size + 6, 0, 0, 0)
        write(painter, room, words.visit_words(row), TextRole.BODY, ink)
    at = QPointF(cells.driver.left(), cells.driver.center().y() - badge_height() / 2)
    if mark is not None:
        paint_driver(painter, at, mark, cells.driver.width(), late=row.red)
    else:
        write(painter, cells.driver, tr("not needed"), TextRole.LABEL, c.ink3)
    if cells.last is not None:
        write(painter, cells.last, words.last_words(row), TextRole.LABEL, c.ink2)


def _two(painter: QPainter, cell: QRectF, lines: tuple[str, str], ink: QColor, warn: str) -> None:
    upper = QRectF(cell.left(), cell.top() + theme().px(5), cell.width(), theme().px(18))
    write(painter, upper, lines[0], TextRole.STRONG, ink)
    lower = upper.translated(0, theme().px(18))
    write(
        painter,
        lower,
        warn or lines[1],
        TextRole.LABEL,
        theme().colours.warn if warn else theme().colours.ink2,
    )


class CallListView(CallRows[CallRow]):
    def __init__(self, parent: QWidget | None = None) -> None:
        self.calls = CallModel()
        super().__init__(self.calls, _Delegate(self.calls), tr("Calls"), parent)
        self.setAccessibleDescription(tr("A digit chooses what came of the call, Enter records it."))

    def set_rows(self, rows: Sequence[CallRow], today: date) -> None:
        """Show other rows."""
        self.calls.today = today
        self.show_rows(rows)
