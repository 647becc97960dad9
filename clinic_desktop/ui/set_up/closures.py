"""One closure: of a room or of the clinic, from a day to a day, with times where it is not whole days.

A new one may repeat; each of the closures that come of it stands alone from then on.
"""

from dataclasses import replace
from datetime import date

from clinic_desktop.foundation.clock import DAY_MINUTES
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.closing_days import Repeat, Repeating, repeat_problems, repeated, years_on
from clinic_desktop.scheduling.model import Closure, Setup
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.set_up.editor import Editor
from clinic_desktop.ui.set_up.fields import day_words, fill_combo, pick, picked
from clinic_desktop.ui.set_up.words import choices
from clinic_desktop.ui.widgets.rows import Row

_CLINIC = "clinic"
_REPEATS = {
    Repeat.ONCE: QT_TR_NOOP("Never"),
    Repeat.WEEKLY: QT_TR_NOOP("Every week"),
    Repeat.BIWEEKLY: QT_TR_NOOP("Every 2 weeks"),
    Repeat.MONTHLY: QT_TR_NOOP("Every month, same weekday"),
    Repeat.YEARLY: QT_TR_NOOP("Every year"),
}


class ClosureEditor(Editor[Repeating]):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._closure = Closure()
        self._where = self.choice("room_id", tr("What is closed"), [])
        self._reason = self.text("reason", tr("Why"), placeholder=tr("Painting, holiday, repair"))
        self._from_day = self.day("from_day", tr("First day"))
        self._from = self.time("from_minute", tr("From"), placeholder=tr("start of the day"), beside=True)
        self._to_day = self.day("to_day", tr("Last day"))
        self._to = self.time("to_minute", tr("Until"), placeholder=tr("end of the day"), beside=True)
        self._repeats = self.choice("repeats", tr("Repeats"), choices(_REPEATS))
        self._until = self.day("until", tr("Repeats until"))
        # As the last day, and as the end of repeating: both follow the first day until another is typed.
        self._same_day, self._offered = date.min, date.min
        self.note(tr("Visits in that time are never moved by themselves: you see them before it is saved."))

    def fill(self, value: Repeating) -> None:
        self._fill_closure(value.closure)
        pick(self._repeats, value.how)
        self._offered = years_on(value.closure.from_day, 1)
        self._until.set_value(value.last)

    def _fill_closure(self, value: Closure) -> None:
        self._closure = value
        rooms = [(str(one.id), one.name) for one in self.desk.setup.rooms if one.active]
        fill_combo(self._where, [(_CLINIC, tr("The whole clinic")), *rooms])
        self._where.setCurrentIndex(max(0, self._where.findData(str(value.room_id))))
        self._reason.setText(value.reason)
        self._same_day = value.from_day
        self._from_day.set_value(value.from_day)
        self._to_day.set_value(value.to_day)
        self._from.set_value(value.from_minute or None)
        self._to.set_value(value.to_minute if value.to_minute < DAY_MINUTES else None)

    def value(self) -> Repeating:
        how = Repeat(picked(self._repeats))
        typed = how is not Repeat.ONCE and self._until.value != self._offered
        return Repeating(self._closure_typed(), how, self._until.value if typed else None)

    def _closure_typed(self) -> Closure:
        where = str(self._where.currentData())
        return replace(
            self._closure,
            room_id=None if where == _CLINIC else int(where),
            reason=self._reason.text().strip(),
            from_day=self._from_day.value or self._closure.from_day,
            to_day=self._to_day.value or self._closure.to_day,
            from_minute=self._from.value or 0,
            to_minute=DAY_MINUTES if self._to.value is None else self._to.value,
        )

    def refresh(self) -> None:
        self._let_last_day_follow()
        value = self.value()
        repeats = value.how is not Repeat.ONCE
        self._offer(years_on(value.closure.from_day, 1), anew=not repeats)
        self.form.row("repeats").setVisible(not value.closure.id)
        self.form.row("until").setVisible(repeats)
        self.form.row("until").set_hint(_made_words(value) if repeats and self._until.value else "")

    def _let_last_day_follow(self) -> None:
        first = self._from_day.value
        if first is None or self._closure.id or first == self._same_day:
            return
        follows, self._same_day = self._to_day.value == self._same_day, first
        if follows:
            self._to_day.set_value(first)

    def _offer(self, until: date, *, anew: bool) -> None:
        follows = anew or self._until.value == self._offered
        self._offered = until
        if follows and self._until.value != until:
            self._until.set_value(until)


def _made_words(value: Repeating) -> str:
    """ "13 closures, the last on Mon, Nov 1, 2027." """
    if repeat_problems(value.closure, value.how, value.last):
        return ""
    made = repeated(value.closure, value.how, value.last)
    words = tr("%n closure(s), the last on {day}. Each can be removed alone.", "", len(made))
    return words.format(day=day_words(made[-1].from_day))


def closure_row(one: Closure, setup: Setup) -> Row:
    """Where and why, and from when to when."""
    where = next((room.name for room in setup.rooms if room.id == one.room_id), tr("The whole clinic"))
    text = f"{where}: {one.reason}" if one.reason else where
    return Row(text, span_words(one))


def span_words(one: Closure) -> str:
    """ "Mon, Nov 2", "Mon, Nov 2, 10:00 AM to Tue, Nov 3"."""
    whole = (one.from_minute, one.to_minute) == (0, DAY_MINUTES)
    if whole and one.from_day == one.to_day:
        return short_date(one.from_day)
    start = short_date(one.from_day) + (f", {clock_time(one.from_minute)}" if one.from_minute else "")
    last = "" if one.from_day == one.to_day else short_date(one.to_day)
    time = clock_time(one.to_minute) if one.to_minute < DAY_MINUTES else ("" if last else tr("midnight"))
    return tr("{start} to {end}").format(start=start, end=", ".join(part for part in (last, time) if part))
