"""Below the rooms: the visits of the chosen room, or its days; beside them the people's part."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import instant_minute, local_day
from clinic_desktop.foundation.words import short_date
from clinic_desktop.reports.gone_over import GoneOver
from clinic_desktop.reports.room_day import RoomVisit
from clinic_desktop.reports.usage import Usage
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.rule_words import rule_words
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.usage.plain_table import Heading, PlainTable
from clinic_desktop.ui.usage.reading import UsageRead
from clinic_desktop.ui.usage.words import NONE, became_word, clock, hours, minutes, percent, span
from clinic_desktop.ui.widgets.section import SectionHeader
from clinic_desktop.ui.wording import reason_worded

_STAFF_WIDTH = 310
_BESIDE = 900  # below this width the people stand under the visits
_ROWS = 3  # that are always seen
_MOST_OVER = 4  # that are seen at once of what went past a rule
_ROLES = {Role.NURSE: QT_TR_NOOP("{name}, nurse"), Role.PRESCRIBER: QT_TR_NOOP("{name}, prescriber")}

VISITS = (
    Heading(QT_TR_NOOP("Patient")),
    Heading(QT_TR_NOOP("Type")),
    Heading(QT_TR_NOOP("State")),
    Heading(QT_TR_NOOP("Planned")),
    Heading(QT_TR_NOOP("In the room")),
    Heading(QT_TR_NOOP("Late"), figures=True),
    Heading(QT_TR_NOOP("Over"), figures=True),
    Heading(QT_TR_NOOP("Turnover"), figures=True),
)
ROOM = Heading(QT_TR_NOOP("Room"))
PARTS = (
    Heading(QT_TR_NOOP("Day")),
    Heading(QT_TR_NOOP("Open min"), figures=True),
    Heading(QT_TR_NOOP("Planned min"), figures=True),
    Heading(QT_TR_NOOP("Actual min"), figures=True),
    Heading(QT_TR_NOOP("Turnover min"), figures=True),
    Heading(QT_TR_NOOP("Scheduled %"), figures=True),
    Heading(QT_TR_NOOP("Actual %"), figures=True),
    Heading(QT_TR_NOOP("Raw %"), figures=True),
    Heading(QT_TR_NOOP("Adjusted %"), figures=True),
)
STAFF = (
    Heading(QT_TR_NOOP("Person")),
    Heading(QT_TR_NOOP("Visits"), figures=True),
    Heading(QT_TR_NOOP("Hours"), figures=True),
)


OVER = (
    Heading(QT_TR_NOOP("Patient")),
    Heading(QT_TR_NOOP("What")),
    Heading(QT_TR_NOOP("How")),
    Heading(QT_TR_NOOP("By")),
    Heading(QT_TR_NOOP("When")),
    Heading(QT_TR_NOOP("Reason")),
)


class Details(QWidget):
    """``opened`` carries what was chosen in a list by Enter: a :class:`RoomVisit`, a part's report, or a
    :class:`GoneOver`."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[RoomVisit | Usage, ...] = ()
        self._gone_over: tuple[GoneOver, ...] = ()
        self._heading = SectionHeader("")
        self.list = PlainTable("")
        self.list.activated.connect(self._activated)
        self.over = PlainTable(tr("Overrides and deviations"))
        self.over.activated.connect(self._over_activated)
        self._over_heading = SectionHeader(tr("Overrides and deviations"))
        self.staff = PlainTable(tr("Nurses and prescribers"))
        left, right = QVBoxLayout(), QVBoxLayout()
        self._left, self._right = QWidget(), QWidget()
        for column, heading, table, widget in (
            (left, self._heading, self.list, self._left),
            (right, SectionHeader(tr("People: hours that the visits asked for")), self.staff,
             self._right),
        ):  # fmt: skip
            column.setContentsMargins(14, 10, 8, 0)
            column.setSpacing(0)
            column.addWidget(heading)
            column.addWidget(table, 1)
            widget.setLayout(column)
        for number, part in enumerate((self._over_heading, self.over)):
            left.insertWidget(number, part)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._left, 1)
        self._row.addWidget(self._right)

    def show_room(self, read: UsageRead, room_id: int) -> None:
        """The visits of a room's day, or its days; 0 for all rooms."""
        rooms = {one.room_id: one.room for one in read.report.rooms}
        name = rooms.get(room_id, tr("All rooms"))
        if read.period.one_day:
            days = [one for one in read.rooms if room_id in (0, one.room_id)]
            visits = [(rooms[day.room_id], one) for day in days for one in day.visits]
            visits.sort(key=lambda one: (one[1].planned, one[0]))
            self._shown = tuple(one for _, one in visits)
            self._say(tr("{room}: visits").format(room=name))
            if room_id:
                self.list.set_rows(VISITS, [_visit(read, one) for _, one in visits])
            else:
                rows = [(who, where, *rest) for where, one in visits for who, *rest in [_visit(read, one)]]
                self.list.set_rows((VISITS[0], ROOM, *VISITS[1:]), rows)
        else:
            self._shown = read.parts
            self._say(tr("{room}: day by day").format(room=name))
            self.list.set_rows(PARTS, [_part(read, one, room_id) for one in read.parts])
        self._show_over(read)
        self._show_staff(read)
        for table in (self.list, self.staff):
            table.setMinimumHeight(table.height_of(min(_ROWS, max(1, table.model_.rowCount()))))

    def _say(self, text: str) -> None:
        self._heading.set_text(text)
        self.list.setAccessibleName(text)

    def _show_over(self, read: UsageRead) -> None:
        """What went past a rule that day, in any room, above all else: it must not be missed."""
        self._gone_over = read.over
        self.over.set_rows(OVER, [_over(read, one) for one in read.over])
        self.over.setFixedHeight(self.over.height_of(min(_MOST_OVER, max(1, len(read.over)))))
        for part in (self._over_heading, self.over):
            part.setVisible(bool(read.over))

    def _show_staff(self, read: UsageRead) -> None:
        rows = [
            (tr(_ROLES[one.role]).format(name=one.name), minutes(one.visits), hours(one.minutes))
            for one in read.report.staff
        ]
        self.staff.set_rows(STAFF, rows)
        self._right.setVisible(bool(rows))

    def _activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._shown):
            self.opened.emit(self._shown[index.row()])

    def _over_activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._gone_over):
            self.opened.emit(self._gone_over[index.row()])

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = self.width() >= theme().px(_BESIDE)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(direction)
        self._right.setMaximumWidth(theme().px(_STAFF_WIDTH) if beside else 16_777_215)
        self._right.setMinimumWidth(theme().px(_STAFF_WIDTH) if beside else 0)
        super().resizeEvent(event)


def _visit(read: UsageRead, one: RoomVisit) -> tuple[str, ...]:
    zone = read.report.zone
    stay = "" if one.entered is None else span(one.entered, one.left, zone)
    return (
        one.name,
        read.setup.type_by_id(one.type_id).code,
        became_word(one.became),
        span(*one.planned, zone),
        stay,
        *(minutes(count) if count else "" for count in (one.late, one.over, one.turnover)),
    )


def _over(read: UsageRead, one: GoneOver) -> tuple[str, ...]:
    zone = read.report.zone
    by = next((person.name for person in read.setup.staff if person.id == one.by), NONE)
    how = tr("Allowed") if one.allowed else tr("Deviation")
    when = ""
    if one.at is not None:
        minute, on = instant_minute(one.at), local_day(one.at, zone)
        when = clock(minute, zone)
        if on != read.period.first:
            when = tr("{day}, {time}").format(day=short_date(on), time=when)
    return (one.patient, rule_words(one.rules), how, by, when, reason_worded(one.reason))


def _part(read: UsageRead, part: Usage, room_id: int) -> tuple[str, ...]:
    room = read.part_of(part, room_id)
    to_come = part.first > read.today
    first = f"{short_date(part.first)}"
    day = first if part.first == part.last else f"{first} \N{EN DASH} {short_date(part.last)}"
    happened = [minutes(room.actual_min), minutes(room.turnover_min)]
    shares = [percent(one) for one in (room.actual_pct, room.raw_pct, room.adjusted_pct)]
    if to_come:
        happened, shares = [NONE] * 2, [NONE] * 3
    plan = percent(room.scheduled_pct)
    return (day, minutes(room.open_min), minutes(room.scheduled_min), *happened, plan, *shares)
