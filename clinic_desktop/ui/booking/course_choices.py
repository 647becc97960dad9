"""The three ways to place a course, one key each: the best one, one at another time, one on other days."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from clinic_desktop.scheduling.looking_course import PlannedCourse
from clinic_desktop.scheduling.planner_alternatives import Instead
from clinic_desktop.ui.booking.course_words import choice_words, end_words
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import elided, key_width, paint_box, paint_focus, paint_key
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens
from clinic_desktop.ui.widgets.check_button import CheckButton

BEST = ""
TITLES = {
    BEST: QT_TR_NOOP("Best"),
    Instead.TIME.value: QT_TR_NOOP("Another time"),
    Instead.DAYS.value: QT_TR_NOOP("Other days"),
}
ORDER = tuple(TITLES)
_PAD, _GAP = 9, 7


class CourseChoices(QWidget):
    """``picked`` with the choice: empty for the best plan, else the value of an :class:`Instead`."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Ways to place the course"))
        self.cards = {choice: ChoiceCard(str(no), tr(TITLES[choice])) for no, choice in enumerate(ORDER, 1)}
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 14, 2)
        row.setSpacing(6)
        for choice, card in self.cards.items():
            row.addWidget(card, 1)
            card.turned.connect(partial(self._turned, choice))

    def show_plans(self, planned: PlannedCourse, chosen: str) -> None:
        """The best plan and what there is besides; what there is not says so."""
        plans: Mapping[str, PlannedCourse] = {BEST: planned} | {k.value: v for k, v in planned.others.items()}
        for choice, card in self.cards.items():
            plan = plans.get(choice)
            card.setEnabled(plan is not None)
            card.show_words(
                choice_words(plan) if plan else tr("none as good"), end_words(plan) if plan else ""
            )
        self.cards[chosen].show_down(True)

    def choose(self, number: int) -> bool:
        """The choice on that key; False where there is none."""
        card = self.cards[ORDER[number - 1]]
        if card.isEnabled():
            card.show_down(True)
            self.picked.emit(ORDER[number - 1])
        return card.isEnabled()

    def _turned(self, choice: str, down: bool) -> None:
        if down:
            self.picked.emit(choice)


class ChoiceCard(CheckButton):
    """A key cap, what is different, and when that would be."""

    def __init__(self, key: str, title: str) -> None:
        super().__init__()
        self._key, self._words = key, ""
        self.setAutoExclusive(True)
        self.setText(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str, end: str) -> None:
        self._words = words
        said = ", ".join(part for part in (words, end) if part)
        self.setAccessibleName(f"{self.text()}. {said}")
        self.setAccessibleDescription(tr("Key {key}").format(key=self._key))
        self.setToolTip(said)
        self.update()

    def sizeHint(self) -> QSize:
        text = tokens().text
        height = text[TextRole.STRONG].line + text[TextRole.LABEL].line + 8
        return QSize(theme().px(120), round(theme().px(height)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, c, on = QPainter(self), theme().colours, self.isChecked()
        rect = QRectF(self.rect())
        paint_box(painter, rect, c.accent_soft if on else c.surface, c.accent if on else c.control, 7)
        if self.hasFocus():
            paint_focus(painter, rect, 7)
        ink = c.ink3 if not self.isEnabled() else c.accent if on else c.ink
        upper, lower = theme().font(TextRole.STRONG), theme().font(TextRole.LABEL)
        first = QRectF(rect.left() + _PAD, rect.top() + 4, rect.width() - 2 * _PAD, rect.height() / 2 - 4)
        paint_key(painter, QPointF(first.left(), first.top()), self._key)
        after = first.adjusted(key_width(self._key) + _GAP, 0, 0, 0)
        painter.setFont(upper)
        painter.setPen(ink)
        painter.drawText(after, Qt.AlignmentFlag.AlignVCenter, elided(self.text(), upper, after.width()))
        below = QRectF(first.left(), rect.center().y(), first.width(), rect.height() / 2 - 4)
        painter.setFont(lower)
        painter.setPen(c.ink2 if self.isEnabled() else c.ink3)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, elided(self._words, lower, below.width()))
