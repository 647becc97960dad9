"""The rows of the forms: patient and session, day n of 7, state, when it is due, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from clinic_desktop.treatment.ledger import LedgerForm
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.ledger import words
from clinic_desktop.ui.paint import (
    badge_height,
    badge_width,
    fitting,
    paint_badge,
    strong_ink,
    tone_ink,
    write,
)
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.list_model import ListModel
from clinic_desktop.ui.widgets.visit_rows import VisitDelegate, VisitRows

_GAP, _LINE = 12, 18
_STATE, _DAY = 96, 128
_WIDE = 760  # from here on what is missing has a column of its own
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FormsModel(ListModel[LedgerForm]):
    """The forms, those to send first. ``today`` counts their days."""

    today = date.min

    def shown(self, thing: LedgerForm) -> str:
        return thing.patient.name

    def spoken(self, thing: LedgerForm) -> str:
        return words.spoken(thing, self.today)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Where the parts of a row stand; None for what there is no room for."""

    patient: QRectF
    day: QRectF
    state: QRectF
    lacks: QRectF | None


def _cells(rect: QRectF) -> _Cells:
    px = theme().px
    wide = rect.width() >= px(_WIDE)
    left = rect.width() - px(_STATE) - px(_DAY) - 2 * _GAP
    lacks = left * 0.5 if wide else 0.0
    patient = QRectF(rect.left(), rect.top(), max(0.0, left - lacks), rect.height())
    day = QRectF(patient.right() + _GAP, rect.top(), px(_DAY), rect.height())
    state = QRectF(day.right() + _GAP, rect.top(), px(_STATE), rect.height())
    rest = QRectF(state.right(), rect.top(), rect.right() - state.right(), rect.height())
    return _Cells(patient, day, state, rest if wide else None)


class _Delegate(VisitDelegate[LedgerForm]):
    def __init__(self, model: FormsModel) -> None:
        super().__init__(model)
        self._forms = model

    def late(self, thing: LedgerForm) -> bool:
        return thing.is_late(self._forms.today)

    def paint_row(self, painter: QPainter, rect: QRectF, thing: LedgerForm) -> None:
        _paint_row(painter, rect, thing, self._forms.today)


def _paint_row(painter: QPainter, rect: QRectF, one: LedgerForm, today: date) -> None:
    cells, c = _cells(rect), theme().colours
    ink = c.ink if one.waits else c.ink2
    lacks = words.lacks_words(one, today)
    below, below_ink = words.session_words(one), c.ink2
    if cells.lacks is None and lacks and one.waits:
        below = fitting(f"{below}. {lacks}", lacks, cells.patient.width())
        below_ink = c.warn if one.lacks(today) else c.ink2
    upper = QRectF(cells.patient.left(), cells.patient.top() + theme().px(5), 0, theme().px(_LINE))
    for cell, first, second, second_ink in (
        (cells.patient, one.patient.name, below, below_ink),
        (cells.day, words.day_words(one, today), words.due_words(one), c.ink2),
    ):
        line = QRectF(cell.left(), upper.top(), cell.width(), upper.height())
        if first:
            write(painter, line, first, TextRole.STRONG, ink)
        write(painter, line.translated(0, upper.height()), second, TextRole.LABEL, second_ink)
    text, tone = words.state_words(one, today), words.tone_of(one, today)
    state_ink = strong_ink(tone) if one.is_late(today) else tone_ink(tone)
    icon = "warning" if one.is_late(today) else ""
    icon = icon if badge_width(text, icon) <= cells.state.width() else ""
    at = QPointF(cells.state.left(), cells.state.center().y() - badge_height() / 2)
    paint_badge(painter, at, text, state_ink, icon)
    if cells.lacks is not None:
        write(painter, cells.lacks, lacks, TextRole.LABEL, c.warn if one.lacks(today) else c.ink2)


class FormsList(VisitRows[LedgerForm]):
    """``opened``: Enter, or a double click."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.forms = FormsModel()
        super().__init__(self.forms, _Delegate(self.forms), tr("REMS forms"), parent)
        self.setAccessibleDescription(tr("Enter opens the form."))

    def set_forms(self, forms: Sequence[LedgerForm], today: date) -> None:
        """Show other rows."""
        self.forms.today = today
        self.show_rows(forms)

    def go_to_next(self, today: date) -> bool:
        """Put the cursor on the next form that is to be sent, from the first on after the last."""
        there = self.forms.things
        here = self.currentIndex().row()
        places = [(here + 1 + step) % len(there) for step in range(len(there))]
        found = next((place for place in places if there[place].to_send(today)), None)
        if found is not None:
            self.stand_on(found)
        return found is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit()
