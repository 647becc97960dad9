"""The latest safe start: cover less the stay less the margin."""

from dataclasses import replace
from datetime import timedelta

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import WallTime, from_utc_minute, to_utc_minute
from clinic_desktop.people.model import Absence, Break
from clinic_desktop.scheduling.claims import timed
from clinic_desktop.scheduling.model import Cover, Policies, Visit
from clinic_desktop.scheduling.safe_start import late_start, latest_safe_start, latest_start
from clinic_desktop.scheduling.working import Roster
from tests.scheduling.engine_truth import CONSULT, IV, MONDAY, SPRAVATO, a_clinic

ZONE = "America/Chicago"
SETUP = a_clinic(prescribers=1)
STAY = 150


def clock(minute):
    return from_utc_minute(minute, ZONE).minute


def test_it_is_the_end_of_cover_less_the_stay_less_the_margin():
    assert clock(latest_safe_start(SPRAVATO, Roster(SETUP), MONDAY)) == 18 * 60 - 150 - 30
    tight = replace(SETUP, clinic=replace(SETUP.clinic, policies=Policies(start_margin=0)))
    assert clock(latest_safe_start(SPRAVATO, Roster(tight), MONDAY)) == 18 * 60 - 150


def test_an_absence_moves_it_and_a_break_does_not():
    leaves = Absence(staff_id=11, from_day=MONDAY, from_minute=900, to_day=MONDAY)
    assert clock(latest_safe_start(SPRAVATO, Roster(replace(SETUP, absences=(leaves,))), MONDAY)) == 900 - 180
    lunch = tuple(replace(one, breaks=(Break(1050, 1080),)) for one in SETUP.shifts)
    assert clock(latest_safe_start(SPRAVATO, Roster(replace(SETUP, shifts=lunch)), MONDAY)) == 1080 - 180


def test_there_is_none_without_cover_to_end():
    assert latest_safe_start(CONSULT, Roster(SETUP), MONDAY) is None
    away = Absence(staff_id=11, from_day=MONDAY, to_day=MONDAY + timedelta(days=1))
    nobody = Roster(replace(SETUP, absences=(away,)))
    assert latest_safe_start(SPRAVATO, nobody, MONDAY) is None
    assert latest_safe_start(IV, nobody, MONDAY) is not None  # a nurse is a clinician too


def test_the_last_start_ends_before_the_clinic_closes_people_go_and_cover_ends():
    assert clock(latest_start(SPRAVATO, Roster(SETUP), MONDAY)) == min(
        clock(latest_safe_start(SPRAVATO, Roster(SETUP), MONDAY)), closing(SETUP) - STAY
    )
    early = replace(SETUP.clinic, hours=tuple(replace(one, end=840) for one in SETUP.clinic.hours))
    assert clock(latest_start(SPRAVATO, Roster(replace(SETUP, clinic=early)), MONDAY)) == 840 - STAY


def test_when_the_nurses_go_home_earlier_the_last_start_is_earlier_too():
    nurses = {one.id for one in SETUP.staff if Role.NURSE in one.roles}
    until_two = tuple(replace(one, end=840) if one.staff_id in nurses else one for one in SETUP.shifts)
    found = clock(latest_start(SPRAVATO, Roster(replace(SETUP, shifts=until_two)), MONDAY))
    assert found == 840 - STAY  # the nurse releases, at the end of the stay


def test_only_a_treatment_that_can_be_had_at_all_has_a_last_start():
    assert latest_start(CONSULT, Roster(SETUP), MONDAY) is None
    away = Absence(staff_id=11, from_day=MONDAY, to_day=MONDAY + timedelta(days=1))
    assert latest_start(SPRAVATO, Roster(replace(SETUP, absences=(away,))), MONDAY) is None


def test_the_last_start_is_one_that_can_be_booked():
    policies = replace(SETUP.clinic.policies, start_margin=33)
    tight = replace(SETUP, clinic=replace(SETUP.clinic, policies=policies))
    assert clock(latest_safe_start(SPRAVATO, Roster(tight), MONDAY)) == 18 * 60 - 150 - 33
    assert clock(latest_start(SPRAVATO, Roster(tight), MONDAY)) == 18 * 60 - 150 - 35


def test_the_warning_says_whose_going_home_it_is():
    early = Absence(staff_id=11, from_day=MONDAY, from_minute=900, to_day=MONDAY)
    clinician = replace(SETUP.clinic.policies, iv_cover=Cover.CLINICIAN)
    setup = replace(SETUP, clinic=replace(SETUP.clinic, policies=clinician), absences=(early,))
    late = timed(Visit(day=MONDAY, minute=17 * 60, zone=ZONE), IV)
    assert "while a clinician is here" in late_start(late, IV, Roster(setup)).sentence()
    late = timed(Visit(day=MONDAY, minute=17 * 60, zone=ZONE), SPRAVATO)
    assert "while a prescriber is here" in late_start(late, SPRAVATO, Roster(setup)).sentence()


def closing(setup):
    return max(one.end for one in setup.clinic.hours if one.weekday == MONDAY.weekday())


def test_a_later_start_is_warned_of_with_the_time():
    roster = Roster(SETUP)
    late = timed(Visit(day=MONDAY, minute=15 * 60 + 5, zone=ZONE), SPRAVATO)
    found = late_start(late, SPRAVATO, roster)
    assert found.code == "late-start"
    assert "3:00 PM" in found.sentence()
    assert late_start(timed(Visit(day=MONDAY, minute=15 * 60, zone=ZONE), SPRAVATO), SPRAVATO, roster) is None
    assert to_utc_minute(WallTime(MONDAY, 900), ZONE) == latest_safe_start(SPRAVATO, roster, MONDAY)
