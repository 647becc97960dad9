"""The call list: who is called about which visit, in which order, and which rows are red.

Called today: the visits up to the next business day, to confirm each visit and its driver; and one business
day further those whose driver is not settled, so that there is time to find one [decision: going home].
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from clinic_desktop.foundation.clock import instant_minute, local_day
from clinic_desktop.people.model import Patient
from clinic_desktop.people.similar_names import alike_names
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome, said_yes
from clinic_desktop.scheduling.drivers_due import red_from
from clinic_desktop.scheduling.model import Visit, VisitType
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.states import PLANNED, VisitState
from clinic_desktop.scheduling.way_home import driver_word
from clinic_desktop.scheduling.working import Roster

_FURTHEST = 14  # days ahead to look for a business day; a clinic that is closed longer takes the next day
MISSING, NAMED = "missing", "named"
# How long nobody is rung up again, in minutes, after what came of the last call.
REST = {
    CallOutcome.NO_ANSWER: 60,
    CallOutcome.MESSAGE: 180,
    CallOutcome.TEXTED: 180,
    CallOutcome.CALLS_BACK: 180,
}


class Span(StrEnum):
    """The parts of the list."""

    TODAY = "today"
    NEXT = "next"  # up to the next business day
    AFTER = "after"  # up to the one after: drivers only


class Todo(StrEnum):
    """What is still to be asked for."""

    VISIT = "visit"
    DRIVER = "driver"


@dataclass(frozen=True, slots=True)
class CallRow:
    """A visit to call about.

    driver: one of the four words, empty where nobody is asked for. red: still no driver after the clinic's
    hour. first: the patient's first visit. missed: earlier visits they did not come to. attempts: calls about
    the visit as it stands; ``void``: those about a time that it no longer has. alike: names of the list that
    could be confused with this one.
    """

    visit: Visit
    type: VisitType
    patient: Patient
    span: Span
    driver: str = ""
    red: bool = False
    first: bool = False
    missed: int = 0
    attempts: tuple[CallAttempt, ...] = ()
    void: tuple[CallAttempt, ...] = ()
    alike: tuple[str, ...] = ()
    rests: bool = False

    @property
    def todo(self) -> tuple[Todo, ...]:
        """What is still to be asked; nothing when the row is done."""
        asks = []
        open_visit = self.visit.state in (VisitState.HELD, VisitState.BOOKED)
        if self.span is not Span.AFTER and open_visit and not self.said_yes:
            asks.append(Todo.VISIT)
        if self.driver in (MISSING, NAMED):
            asks.append(Todo.DRIVER)
        return tuple(asks)

    @property
    def done(self) -> bool:
        return not self.todo

    @property
    def held(self) -> bool:
        return self.visit.state is VisitState.HELD

    @property
    def said_yes(self) -> bool:
        """The patient said that they will come; a held visit waits for more than that."""
        return said_yes(self.attempts)


def order(row: CallRow) -> tuple[int, ...]:
    """The order of calling in each span: what is open, of that held visits, missing drivers, first visits,
    whoever missed one before; whoever was just tried comes after the others."""
    return (
        list(Span).index(row.span),
        row.done,
        row.rests and not row.done,
        not row.held,
        row.driver != MISSING,
        not row.first,
        not row.missed,
        row.visit.start,
        row.visit.id,
    )


def call_days(today: date, roster: Roster) -> dict[date, Span]:
    """The days that are called about today, in order."""
    days = {today: Span.TODAY}
    following = today
    for span in (Span.NEXT, Span.AFTER):
        begin, following = following, next_business_day(following, roster)
        days |= {begin + timedelta(days=n): span for n in range(1, (following - begin).days + 1)}
    return days


def next_business_day(day: date, roster: Roster) -> date:
    """The first business day after one."""
    ahead = (day + timedelta(days=n) for n in range(1, _FURTHEST + 1))
    return next((one for one in ahead if roster.is_business_day(one)), day + timedelta(days=1))


def call_list(records: ScheduleRecords, now: datetime) -> list[CallRow]:
    """Everybody to call, span by span, in the order of calling."""
    setup = records.setup()
    days = call_days(local_day(now, setup.clinic.zone), roster_for(setup))
    visits = [one for one in records.visits_on(min(days), max(days)) if one.state in PLANNED]
    return sorted(_rows(records, visits, days, now), key=order)


def row_of(records: ScheduleRecords, visit: Visit, now: datetime) -> CallRow | None:
    """The row of one planned visit; None where nobody calls about it yet."""
    setup = records.setup()
    days = call_days(local_day(now, setup.clinic.zone), roster_for(setup))
    return next(_rows(records, [visit], days, now), None) if visit.day in days else None


def _rows(
    records: ScheduleRecords, visits: list[Visit], days: Mapping[date, Span], now: datetime
) -> Iterator[CallRow]:
    about = _About(records, visits, instant_minute(now))
    rows = (about.row(one, days[one.day]) for one in visits)
    return (one for one in rows if one.span is not Span.AFTER or one.driver)


class _About:
    """What is known of the visits of the list, read once."""

    def __init__(self, records: ScheduleRecords, visits: list[Visit], now: int) -> None:
        self._now, self._setup = now, records.setup()
        self._red: dict[date, int] = {}
        patients = sorted({one.patient_id for one in visits})
        self._patients = {one.id: one for one in (records.find(Patient, id=patients) if patients else ())}
        self._alike = alike_names(self._patients.values())
        self._earlier = _grouped(records.find(Visit, patient_id=patients) if patients else ())
        self._calls: dict[int, list[CallAttempt]] = {}
        for call in records.find(CallAttempt, visit_id=[one.id for one in visits]) if visits else ():
            self._calls.setdefault(call.visit_id or 0, []).append(call)

    def row(self, visit: Visit, span: Span) -> CallRow:
        visit_type = self._setup.type_by_id(visit.type_id)
        earlier = [one for one in self._earlier[visit.patient_id] if one.start < visit.start]
        calls = self._calls.get(visit.id, [])
        attempts = tuple(one for one in calls if one.about(visit))
        word = driver_word(visit, self._setup.profile_of(visit_type))
        return CallRow(
            visit,
            visit_type,
            self._patients[visit.patient_id],
            span,
            word,
            red=word == MISSING and self._now >= self._red_from(visit.day),
            first=not any(one.state is not VisitState.CANCELLED for one in earlier),
            missed=sum(one.state is VisitState.MISSED for one in earlier),
            attempts=attempts,
            void=tuple(one for one in calls if not one.about(visit)),
            alike=self._alike.get(visit.patient_id, ()),
            rests=bool(attempts) and self._now < _rests_until(attempts[-1]),
        )

    def _red_from(self, day: date) -> int:
        if day not in self._red:
            self._red[day] = red_from(day, roster_for(self._setup))
        return self._red[day]


def _rests_until(last: CallAttempt) -> int:
    return instant_minute(last.at) + REST.get(last.outcome, 0) if last.at else 0


def _grouped(visits: Iterable[Visit]) -> Mapping[int, list[Visit]]:
    out: dict[int, list[Visit]] = {}
    for one in visits:
        out.setdefault(one.patient_id, []).append(one)
    return out
