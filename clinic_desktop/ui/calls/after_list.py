"""The rows of the check-in calls: when and what it was, patient, phone, how it stands, the last call."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.words import short_date
from clinic_desktop.treatment.day_after_list import AfterRow
from clinic_desktop.ui.calls import after_words, words
from clinic_desktop.ui.calls.call_rows import CallRows
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone, badge_height, fitting, paint_badge, tone_ink, write
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.list_model import ListModel
from clinic_desktop.ui.widgets.visit_rows import VisitDelegate

_GAP = 10
_DAY, _PHONE, _STATE = 86, 130, 142
_WIDE, _MIDDLE = 800, 560  # from here on: the last call; the phone


class AfterModel(ListModel[AfterRow]):
    """The rows, in the order of calling."""

    def shown(self, thing: AfterRow) -> str:
        return thing.patient.name

    def spoken(self, thing: AfterRow) -> str:
        return after_words.spoken(thing)


class _Delegate(VisitDelegate[AfterRow]):
    def late(self, thing: AfterRow) -> bool:
        return bool(thing.waits) or (thing.out_of_turn and not thing.done)

    def paint_row(self, painter: QPainter, rect: QRectF, thing: AfterRow) -> None:
        px, c = theme().px, theme().colours
        ink = c.ink2 if thing.done and not thing.waits else c.ink
        middle, wide = rect.width() >= px(_MIDDLE), rect.width() >= px(_WIDE)
        fixed = px(_DAY) + px(_STATE) + 2 * _GAP + (px(_PHONE) + _GAP if middle else 0)
        left = max(0.0, rect.width() - fixed)
        last = left * 0.4 if wide else 0.0
        x = rect.left()

        def cell(width: float) -> QRectF:
            nonlocal x
            made = QRectF(x, rect.top(), width, rect.height())
            x += width + _GAP
            return made

        write(painter, cell(px(_DAY)), short_date(thing.visit.day), TextRole.STRONG, ink)
        patient = cell(left - last - (_GAP if wide else 0))
        below = ", ".join(filter(None, (thing.type.name, after_words.ended_words(thing))))
        if not middle:
            below = f"{words.phone_of(thing.patient)}, {below}"
        warn = fitting(words.similar(thing.alike), words.similar_short(thing.alike), patient.width())
        upper = QRectF(patient.left(), patient.top() + px(5), patient.width(), px(18))
        write(painter, upper, thing.patient.name, TextRole.STRONG, ink)
        marked = bool(warn) or thing.out_of_turn
        lower = upper.translated(0, px(18))
        write(painter, lower, warn or below, TextRole.LABEL, c.warn if marked else c.ink2)
        if middle:
            write(painter, cell(px(_PHONE)), words.phone_of(thing.patient), TextRole.BODY, ink)
        state = cell(px(_STATE))
        at = QPointF(state.left(), state.center().y() - badge_height() / 2)
        paint_badge(painter, at, after_words.state_words(thing), tone_ink(_tone(thing)))
        if wide:
            write(painter, cell(last), after_words.last_words(thing), TextRole.LABEL, c.ink2)


def _tone(row: AfterRow) -> Tone:
    if row.waits:
        return Tone.DANGER
    if row.closed is not None:
        return Tone.WARN
    return Tone.OK if row.done else Tone.NEUTRAL


class AfterListView(CallRows[AfterRow]):
    def __init__(self, parent: QWidget | None = None) -> None:
        self.calls = AfterModel()
        super().__init__(self.calls, _Delegate(self.calls), tr("Check-in calls"), parent)
        self.setAccessibleDescription(
            tr("1 and the answers, or another digit for what came of the call; Enter records it.")
        )

    def begin_at(self) -> int:
        """The first that is to be called; what is before the prescriber stands above."""
        return next((n for n, one in enumerate(self.calls.things) if not one.done), 0)
