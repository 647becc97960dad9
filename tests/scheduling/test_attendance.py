"""How visits were kept in the last twelve months; nothing counts that the clinic caused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.scheduling.attendance import Attendance, attendance, late_by
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel, miss
from clinic_desktop.scheduling.looking_patient import about
from clinic_desktop.scheduling.model import Policies, Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.small_clinic import MONDAY, SmallClinic, at, instant

TODAY = date(2026, 11, 16)
S = VisitState


def visit(**more: object) -> Visit:
    return replace(Visit(day=TODAY - timedelta(days=7), start=10_000, state=S.LEFT), **more)


@pytest.mark.parametrize(
    ("one", "counted"),
    [
        (visit(state=S.CANCELLED, end_late=True, end_asked_by="patient"), Attendance(late_cancels=1)),
        (visit(state=S.CANCELLED, end_late=False, end_asked_by="patient"), Attendance()),
        (visit(state=S.CANCELLED, end_late=False, end_asked_by="clinic"), Attendance()),
        (visit(state=S.MISSED, end_asked_by="patient"), Attendance(missed=1)),
        (visit(arrived=10_016), Attendance(late_arrivals=1)),
        (visit(arrived=10_015), Attendance()),
        (visit(arrived=9_990), Attendance()),
        (visit(state=S.NOT_TREATED, arrived=10_040), Attendance(late_arrivals=1)),
        (visit(day=date(2025, 11, 16), state=S.MISSED, end_asked_by="patient"), Attendance()),
        (visit(day=date(2025, 11, 17), state=S.MISSED, end_asked_by="patient"), Attendance(missed=1)),
    ],
)
def test_each_counts_once_within_twelve_months(one: Visit, counted: Attendance) -> None:
    assert attendance([one], TODAY, Policies()) == counted
    assert bool(counted) == (counted != Attendance())


def test_the_minutes_that_pass_as_in_time_are_the_clinics_to_set() -> None:
    assert late_by(visit(arrived=10_020), Policies(late_arrival_minutes=30)) == 0
    assert late_by(visit(arrived=10_020), Policies(late_arrival_minutes=10)) == 20


def test_it_is_counted_from_what_was_recorded(any_clinic: SmallClinic) -> None:
    clinic = any_clinic
    tomorrow = MONDAY + timedelta(days=1)

    def booked_at(minute: int) -> Visit:
        return book(clinic.store, clinic.desk, clinic.wish(minute=minute, day=tomorrow)).visits[0]

    clinic.clock.at = instant(17)
    for reason in (CancelReason.COST, CancelReason.CLINIC):
        one = booked_at(600)
        cancel(clinic.store, clinic.desk, one.id, one.version, reason)
    gone = booked_at(480)
    clinic.clock.at = at(tomorrow, 9)
    miss(clinic.store, clinic.desk, gone.id, gone.version)
    slow = booked_at(600)
    clinic.clock.at = at(tomorrow, 10, 20)
    said = record(clinic.store, clinic.desk, slow.id, [Stamp(kind=StampKind.ARRIVED)]).warnings
    assert [one.sentence() for one in said] == [
        "Okafor, Amara came 20 minutes after the visit's time. See whether the whole visit still fits."
    ]
    with clinic.store.read() as records:
        assert about(records, clinic.amara.id, tomorrow).attendance == Attendance(1, 1, 1)


def test_s11_one_minute_before_the_deadline_is_in_time(any_clinic: SmallClinic) -> None:
    tuesday = any_clinic.wish(day=MONDAY + timedelta(days=1))
    visit = book(any_clinic.store, any_clinic.desk, tuesday).visits[0]
    any_clinic.clock.at = instant(16, 59)
    ended = cancel(any_clinic.store, any_clinic.desk, visit.id, visit.version, CancelReason.UNWELL)
    assert not ended.visits[0].end_late
    again = book(any_clinic.store, any_clinic.desk, tuesday).visits[0]
    any_clinic.clock.at = instant(17)
    ended = cancel(any_clinic.store, any_clinic.desk, again.id, again.version, CancelReason.UNWELL)
    assert ended.visits[0].end_late
