"""What is asked of a course: which one, from when, at what time, on which weekdays, with which nurse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.looking_course import CoursePlanWish
from clinic_desktop.scheduling.looking_patient import About, CourseStand
from clinic_desktop.scheduling.model import CourseTemplate, Setup
from clinic_desktop.scheduling.typed_dates import typed_when
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import paint_box, paint_focus, text_width
from clinic_desktop.ui.patients.wording import weekday_words
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.check_button import CheckButton
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.parsed_line import ParsedLine, date_line, time_line

_CHIP, _NARROW_CHIP, _USUAL_DAYS = 43, 35, 5
_CHIP_PAD = 12


@dataclass(frozen=True, slots=True)
class Which:
    """A course that can be planned: a template, or the open visits of a running course."""

    template_code: str
    course_id: int | None = None


class CourseFields(QWidget):
    """``changed`` with every change that asks for another plan."""

    changed = Signal()

    def __init__(self, desk: Desk, driver: QWidget, parent: QWidget | None = None) -> None:
        """``driver``: the field for who drives, which stands among these."""
        super().__init__(parent)
        self._desk = desk
        self.which = ChoiceBox()
        self.start: ParsedLine[date] = date_line(
            self._read_day, short_date, name=tr("Start from"), placeholder=tr("today")
        )
        self.clock = time_line(name=tr("Clock time"), placeholder=tr("best"))
        self.nurse = ChoiceBox()
        self.days = WeekdayRow(weekdays_of(desk.setup))
        self.halves = {"am": WishChip(tr("Mornings")), "pm": WishChip(tr("Afternoons"))}
        self.soonest = WishChip(tr("Earliest end first"))
        self._lay_out(driver)
        self.fill_nurses()
        desk.setup_changed.connect(self.fill_nurses)
        self.which.activated.connect(self.changed)
        self.nurse.activated.connect(self.changed)
        self.start.value_changed.connect(self.changed)
        self.clock.value_changed.connect(self.changed)
        self.days.changed.connect(self.changed)
        self.soonest.turned.connect(self.changed)
        for half, chip in self.halves.items():
            chip.turned.connect(partial(self._half_turned, half))

    def _lay_out(self, driver: QWidget) -> None:
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.nurse.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        top = QHBoxLayout()
        top.setSpacing(8)
        for text, editor, share in (
            (tr("Course"), self.which, 21),
            (tr("Start from"), self.start, 9),
            (tr("Clock time"), self.clock, 9),
            (tr("Nurse"), self.nurse, 12),
        ):
            top.addWidget(FieldRow(text, editor), share, Qt.AlignmentFlag.AlignTop)
        below = QHBoxLayout()
        below.setSpacing(8)
        days = FieldRow(tr("Weekdays wished for"), self.days)
        below.addWidget(days, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(driver, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(below)
        more = QHBoxLayout()
        more.setSpacing(4)
        for chip in (*self.halves.values(), self.soonest):
            more.addWidget(chip)
        more.addStretch(1)
        column.addLayout(more)

    def show_courses(self, setup: Setup, known: About | None) -> None:
        """What can be planned for a patient: open visits first, then what they are cleared for."""
        chosen = self.which.currentData()
        self.which.clear()
        for stand in _open_courses(known):
            pattern = tr("Open visits (%n): {course}", "", len(stand.missing))
            which = Which(stand.course.template_code, stand.course.id)
            self.which.addItem(pattern.format(course=stand.course.name), which)
        for template in _templates(setup, known, self._desk.today()):
            self.which.addItem(template.name, Which(template.code))
        place = next((n for n in range(self.which.count()) if self.which.itemData(n) == chosen), 0)
        self.which.setCurrentIndex(place)

    def choose(self, which: Which) -> None:
        """Take one of the courses, as from the to-place list."""
        for number in range(self.which.count()):
            if self.which.itemData(number) == which:
                self.which.setCurrentIndex(number)

    def show_wishes(self, wish: CoursePlanWish) -> None:
        """What was asked already, without telling of it."""
        self.blockSignals(True)
        self.start.set_value(wish.earliest if wish.earliest > self._desk.today() else None)
        self.clock.set_value(wish.clock)
        self.days.set_days(sorted(wish.weekdays))
        self.nurse.setCurrentIndex(max(0, self.nurse.findData(wish.nurse_id)))
        self.blockSignals(False)

    @property
    def current(self) -> Which | None:
        data = self.which.currentData()
        return data if isinstance(data, Which) else None

    @property
    def nurse_id(self) -> int | None:
        data = self.nurse.currentData()
        return int(data) if data else None

    @property
    def half(self) -> str:
        """The half of the day that is wished for; empty for any."""
        return next((half for half, chip in self.halves.items() if chip.isChecked()), "")

    def _half_turned(self, half: str, down: bool) -> None:
        for other, chip in self.halves.items():
            if down and other != half:
                chip.show_down(False)
        self.changed.emit()

    def unread(self) -> str:
        """What to do about a day or time that is not understood."""
        if self.start.understood and self.clock.understood:
            return ""
        return tr("Write the start as fri, +2w or 12/4, and the time as 10:15 or 2p.")

    def reset(self) -> None:
        self.start.clear()
        self.clock.clear()
        self.nurse.setCurrentIndex(0)
        self.days.set_days(())
        for chip in (*self.halves.values(), self.soonest):
            chip.show_down(False)

    def fill_nurses(self) -> None:
        """Who can be wished for; a wish for somebody who is still there is kept."""
        wished = self.nurse_id
        self.nurse.clear()
        self.nurse.addItem(tr("Any nurse"), None)
        for one in self._desk.setup.staff:
            if one.active and Role.NURSE in one.roles:
                self.nurse.addItem(one.name, one.id)
        self.nurse.setCurrentIndex(max(0, self.nurse.findData(wished)))

    def _read_day(self, text: str) -> date | None:
        when = typed_when(text, self._desk.today())
        return when.day if when is not None and when.minute is None else None


class WeekdayRow(QWidget):
    """The weekdays on which the clinic can open; none pressed means any day."""

    changed = Signal()

    def __init__(self, weekdays: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Weekdays wished for"))
        width = _CHIP if len(weekdays) <= _USUAL_DAYS else _NARROW_CHIP
        self.chips = [DayChip(day, width) for day in weekdays]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for chip in self.chips:
            row.addWidget(chip)
            chip.turned.connect(self.changed)
        row.addStretch(1)

    def days(self) -> frozenset[int]:
        return frozenset(chip.day for chip in self.chips if chip.isChecked())

    def set_days(self, days: Sequence[int]) -> None:
        for chip in self.chips:
            chip.show_down(chip.day in days)


class WishChip(CheckButton):
    """A wish, pressed or not: the line below says it besides the colour."""

    def __init__(self, text: str, width: int = 0) -> None:
        super().__init__()
        self._width = width
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        own = round(text_width(self.text(), TextRole.STRONG)) + theme().px(2 * _CHIP_PAD)
        return QSize(theme().px(self._width) if self._width else own, theme().px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, c, on = QPainter(self), theme().colours, self.isChecked()
        rect = QRectF(self.rect())
        paint_box(painter, rect, c.accent_soft if on else c.surface, c.accent if on else c.control, 7)
        if self.hasFocus():
            paint_focus(painter, rect, 7)
        painter.setFont(theme().font(TextRole.STRONG if on else TextRole.BODY))
        painter.setPen(c.accent if on else c.ink2)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        if on:
            painter.fillRect(QRectF(rect.left() + 12, rect.bottom() - 5, rect.width() - 24, 2), c.accent)


class DayChip(WishChip):
    """One weekday."""

    def __init__(self, day: int, width: int) -> None:
        super().__init__(weekday_words(day), width)
        self.day = day


def weekdays_of(setup: Setup) -> list[int]:
    """Monday to Friday, and the weekend where the clinic opens then."""
    return sorted({*range(_USUAL_DAYS), *(one.weekday for one in setup.clinic.hours)})


def _open_courses(known: About | None) -> list[CourseStand]:
    return [one for one in known.courses if one.missing and one.template] if known else []


def _templates(setup: Setup, known: About | None, today: date) -> list[CourseTemplate]:
    """Active templates; those the patient is cleared for come first."""
    active = [one for one in setup.templates if one.active and one.steps]
    if known is None:
        return active

    def rank(template: CourseTemplate) -> int:
        modality = setup.type_by_code(template.type_codes[0]).modality
        return 0 if known.cleared_until(modality, today) else 1

    return sorted(active, key=rank)
