"""Hours and closures: the week, the federal holidays, and whatever else closes a room or the clinic."""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desktop.foundation.both_changed import Joined, joined
from clinic_desktop.foundation.rulebook import Problems
from clinic_desktop.scheduling.closing_days import Repeating, later_alike, repeat_problems, repeated
from clinic_desktop.scheduling.model import Closure, Setup
from clinic_desktop.scheduling.set_up import Edit, Saved
from clinic_desktop.scheduling.set_up_checks import closure_problems
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.set_up.closures import ClosureEditor, closure_row
from clinic_desktop.ui.set_up.editor import Editor
from clinic_desktop.ui.set_up.fields import day_words
from clinic_desktop.ui.set_up.holidays import Holiday, HolidaysEditor, holidays_ahead, whole_day
from clinic_desktop.ui.set_up.subject import Entry, Subject, on_top
from clinic_desktop.ui.set_up.week_grid import HoursEditor, Week, week_of, week_words
from clinic_desktop.ui.widgets.rows import Row

HOURS, HOLIDAYS, CLOSURE = "hours", "holidays", "closure"

Value = Week | Repeating | tuple[Holiday, ...]


class HoursSubject(Subject[Value]):
    id = "hours"
    title = QT_TR_NOOP("Hours and closures")
    icon = "clock"
    add = QT_TR_NOOP("Add a closure")
    new = QT_TR_NOOP("New closure")

    def __init__(self, desk: Desk) -> None:
        self._today = desk.today

    def rows(self, setup: Setup) -> Sequence[Entry]:
        today = self._today()
        holidays = holidays_ahead(setup, today)
        taken = {one.day for one in holidays if one.closed}
        others = [
            one
            for one in sorted(setup.closures, key=lambda one: (one.from_day, one.from_minute, one.id))
            if one.to_day >= today and not (whole_day(one) and one.from_day in taken)
        ]
        closed = tr("closed on {closed} of {all}").format(closed=len(taken), all=len(holidays))
        return [
            Entry(HOURS, Row(tr("Opening hours"), week_words(week_of(setup.clinic.hours)), icon="clock")),
            Entry(HOLIDAYS, Row(tr("Federal holidays"), closed, icon="calendar")),
            *(Entry(str(one.id), closure_row(one, setup)) for one in others),
        ]

    def kind(self, key: str) -> str:
        return key if key in (HOURS, HOLIDAYS) else CLOSURE

    def value(self, setup: Setup, key: str) -> Value:
        if key == HOURS:
            return week_of(setup.clinic.hours)
        if key == HOLIDAYS:
            return holidays_ahead(setup, self._today())
        return Repeating({str(one.id): one for one in setup.closures}[key])

    def fresh(self, setup: Setup) -> Value:  # noqa: ARG002 - the same everywhere
        return Repeating(Closure(from_day=self._today(), to_day=self._today()))

    def edit(self, setup: Setup, before: Value | None, value: Value) -> Edit:  # noqa: ARG002 - records stand alone
        if isinstance(value, Week):
            return Edit((replace(setup.clinic, hours=value.hours),))
        if isinstance(value, Repeating):
            return Edit(repeated(value.closure, value.how, value.last))
        closures = {one.from_day: one for one in setup.closures if whole_day(one)}
        add = [
            Closure(from_day=one.day, to_day=one.day, reason=one.name)
            for one in value
            if one.closed and one.day not in closures
        ]
        gone = [closures[one.day] for one in value if not one.closed and one.day in closures]
        return Edit(tuple(add), tuple(gone))

    def problems(self, setup: Setup, before: Value | None, value: Value) -> Problems:
        if not isinstance(value, Repeating):
            return super().problems(setup, before, value)
        found = closure_problems(value.closure, setup)
        return found or repeat_problems(value.closure, value.how, value.last)

    def name(self, value: Value) -> str:
        if isinstance(value, Week):
            return tr("Opening hours")
        if not isinstance(value, Repeating):
            return tr("Holidays")
        name = value.closure.reason or tr("Closure")
        count = len(repeated(value.closure, value.how, value.last))
        return name if count == 1 else tr("{name} (%n closure(s))", "", count).format(name=name)

    def typed_on(self, sent: Value, typed: Value, saved: Value) -> Value:
        """What is typed on after saving is typed into the first closure: it stands alone now."""
        if isinstance(typed, Repeating) and isinstance(saved, Repeating):
            return Repeating(on_top(typed.closure, saved.closure))
        return super().typed_on(sent, typed, saved)

    def joined(self, base: Value, typed: Value, now: Value) -> Joined[Value]:
        """A holiday is open or closed: whoever changed it, it is the same change."""
        if isinstance(base, tuple) and isinstance(typed, tuple) and isinstance(now, tuple):
            mine = {one.day: one for one, was in zip(typed, base, strict=False) if one != was}
            return Joined(tuple(mine.get(one.day, one) for one in now), {}, (), ())
        whole = ("closure.id", "closure.version") if isinstance(base, Repeating) else ()
        return joined(base, typed, now, keeps=whole, into=("closure",) if whole else ())

    def record(self, value: Value) -> object | None:
        return value.closure if isinstance(value, Repeating) else None

    def key_after(self, key: str, saved: Saved) -> str:
        return key if key in (HOURS, HOLIDAYS) else super().key_after(key, saved)

    def removal(self, before: Value) -> Edit | None:
        return Edit(remove=(before.closure,)) if isinstance(before, Repeating) else None

    def removal_with(self, setup: Setup, before: Value) -> tuple[str, Edit] | None:
        later = later_alike(before.closure, setup.closures) if isinstance(before, Repeating) else ()
        if not later or not isinstance(before, Repeating):
            return None
        words = tr("This and %n later one(s), the last on {day}", "", len(later))
        return words.format(day=day_words(later[-1].from_day)), Edit(remove=(before.closure, *later))

    def editor(self, desk: Desk, kind: str) -> Editor[Week] | Editor[Repeating] | Editor[tuple[Holiday, ...]]:
        if kind == HOURS:
            return HoursEditor(desk)
        return HolidaysEditor(desk) if kind == HOLIDAYS else ClosureEditor(desk)
