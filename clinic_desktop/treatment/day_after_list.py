"""Whom to call about a treatment that is over: derived from the visits, the same on every desk. Nothing is
kept until somebody called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clinic_desktop.foundation.clock import from_utc_minute, instant_minute, local_day
from clinic_desktop.people.model import Patient
from clinic_desktop.people.similar_names import alike_names
from clinic_desktop.scheduling.business_days import business_day_after
from clinic_desktop.scheduling.day_after import CallDay, DayAfter
from clinic_desktop.scheduling.model import Setup, Visit, VisitType
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.working import Roster
from clinic_desktop.treatment.day_after import (
    AfterCall,
    AfterFlag,
    AfterOutcome,
    answered,
    is_done,
    standing,
    tries,
)

LOOK_BACK = timedelta(days=30)  # whoever left early or was taken away is on the list so long
OUT_OF_TURN = frozenset({VisitState.LEFT_EARLY, VisitState.TRANSFERRED})
OVER = OUT_OF_TURN | {VisitState.LEFT, VisitState.READY}
REST = {AfterOutcome.NO_ANSWER: 60, AfterOutcome.MESSAGE: 180}  # minutes until somebody is rung up again


@dataclass(frozen=True, slots=True)
class AfterRow:
    """A visit to call about. due: the day of the call; until: the last one, None where only a person ends it.
    calls: all of them, what was corrected too. flags: what the answers put before a prescriber. alike: names
    of the list that could be confused with this one."""

    visit: Visit
    type: VisitType
    patient: Patient
    plan: DayAfter
    due: date
    until: date | None = None
    calls: tuple[AfterCall, ...] = ()
    flags: tuple[AfterFlag, ...] = ()
    alike: tuple[str, ...] = ()
    rests: bool = False

    @property
    def out_of_turn(self) -> bool:
        """Left before release, or taken away by ambulance."""
        return self.visit.state in OUT_OF_TURN

    @property
    def done(self) -> bool:
        return is_done(self.calls, self.plan.questions)

    @property
    def tries(self) -> int:
        return tries(self.calls)

    @property
    def to_ask(self) -> tuple[str, ...]:
        """What nobody has answered yet."""
        there = answered(self.calls)
        return tuple(one for one in self.plan.questions if one not in there)

    @property
    def waits(self) -> tuple[AfterFlag, ...]:
        """What no prescriber has answered."""
        return tuple(one for one in self.flags if one.open)

    @property
    def last(self) -> AfterCall | None:
        """The last call that holds."""
        there = standing(self.calls)
        return there[-1] if there else None

    @property
    def closed(self) -> AfterCall | None:
        """By whom it was closed as not reached."""
        there = standing(self.calls)
        return next((one for one in there if one.outcome is AfterOutcome.CLOSED), None)


def order(row: AfterRow) -> tuple[object, ...]:
    """What is before the prescriber; what is open; whoever left early or was taken away; the oldest. Whoever
    was just tried comes last."""
    rests = row.rests and not row.done
    return not row.waits, row.done, rests, not row.out_of_turn, row.visit.start, row.visit.id


def due_on(plan: DayAfter, treated: date, roster: Roster) -> date:
    """The day on which somebody who was treated on a day is called."""
    if plan.when is CallDay.NEXT:
        return treated + timedelta(days=1)
    return business_day_after(treated, 1, roster)


def last_day(plan: DayAfter, due: date, roster: Roster) -> date:
    """The last day on which that call is on the list."""
    return business_day_after(due, plan.open_days - 1, roster) if plan.open_days > 1 else due


def treated_on(visit: Visit) -> date:
    """The clinic's day on which the stay ended: one may run past midnight."""
    if visit.left is None:
        return visit.day
    return max(visit.day, from_utc_minute(visit.left, visit.zone).day)


def plan_of(setup: Setup, visit_type: VisitType) -> DayAfter:
    """As the newest version of the type says: how the clinic calls is no part of what was booked."""
    same = (one for one in setup.types if one.code == visit_type.code)
    return max(same, key=lambda one: one.number, default=visit_type).day_after


def after_list(records: ScheduleRecords, now: datetime) -> list[AfterRow]:
    """Everybody to call today, in the order of calling, and whom was called today."""
    about = _About(records, now)
    visits = records.visits_on(about.today - LOOK_BACK, about.today)
    return sorted(about.rows(visits), key=order)


def after_row(records: ScheduleRecords, visit: Visit, now: datetime) -> AfterRow | None:
    """The row of one visit; None where nobody calls about it today."""
    return next(iter(_About(records, now).rows([visit])), None)


class _About:
    """What is known of the visits of the list, read once."""

    def __init__(self, records: ScheduleRecords, now: datetime) -> None:
        self._records, self._now, self._setup = records, instant_minute(now), records.setup()
        self._roster = roster_for(self._setup)
        self.today = local_day(now, self._setup.clinic.zone)

    def rows(self, visits: Iterable[Visit]) -> list[AfterRow]:
        bare = [row for visit in visits if (row := self._bare(visit)) is not None]
        if not bare:
            return []
        ids = [one.visit.id for one in bare]
        calls, flags = (
            self._records.find(AfterCall, visit_id=ids),
            self._records.find(AfterFlag, visit_id=ids),
        )
        people = sorted({one.visit.patient_id for one in bare})
        patients = {one.id: one for one in self._records.find(Patient, id=people)}
        alike = alike_names(patients.values())
        rows = []
        for one in bare:
            number, patient = one.visit.id, patients[one.visit.patient_id]
            theirs = tuple(call for call in calls if call.visit_id == number)
            row = AfterRow(
                one.visit,
                one.type,
                patient,
                one.plan,
                one.due,
                one.until,
                theirs,
                tuple(flag for flag in flags if flag.visit_id == number),
                alike.get(patient.id, ()),
                rests=self._rests(theirs),
            )
            if patient.death_date is None and self._shown(row):
                rows.append(row)
        return rows

    def _bare(self, visit: Visit) -> AfterRow | None:
        """Without what was said; None where no call is due, by the visit alone."""
        if visit.state not in OVER:
            return None
        visit_type = self._setup.type_by_id(visit.type_id)
        plan = plan_of(self._setup, visit_type)
        if not visit_type.is_treatment or not plan.wanted:
            return None
        due, until = _days(plan, visit, self._roster)
        if due > self.today:
            return None
        return AfterRow(visit, visit_type, Patient(), plan, due, until)

    def _shown(self, row: AfterRow) -> bool:
        """Open on its days; done ones on the day of the call; and as long as a red answer waits."""
        last = row.last.at if row.last is not None else None
        today = last is not None and local_day(last, row.visit.zone) == self.today
        passed = row.until is not None and self.today > row.until
        return bool(row.waits) or today or not (row.done or passed)

    def _rests(self, calls: Sequence[AfterCall]) -> bool:
        there = standing(calls)
        if not there or there[-1].at is None:
            return False
        return self._now < instant_minute(there[-1].at) + REST.get(there[-1].outcome, 0)


def _days(plan: DayAfter, visit: Visit, roster: Roster) -> tuple[date, date | None]:
    due = due_on(plan, treated_on(visit), roster)
    return due, None if visit.state in OUT_OF_TURN else last_day(plan, due, roster)
