"""A key stamps seconds, a typed time has none: every gate says the same of both, and none opens earlier."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.dosing import before_dose
from clinic_desktop.treatment.gates import asked
from clinic_desktop.treatment.leaving import before_release
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.moments import after, by, same_minute, within
from clinic_desktop.treatment.session import standing
from tests.small_clinic import SmallClinic, instant
from tests.treatment.cases import (
    K,
    after_checks,
    before_dosing,
    care,
    codes,
    device,
    infused,
    sprayed,
    stamp,
    vitals,
)
from tests.treatment.stays import booked

CLOCK = {"release-floor", "release-recovery", "release-alone"}
seconds = st.lists(st.integers(0, 59), min_size=20, max_size=20)


def with_seconds(there: list[Stamp], some: list[int]) -> list[Stamp]:
    return [
        replace(one, at=one.at and one.at + timedelta(seconds=n)) for one, n in zip(there, some, strict=False)
    ]


def tight_stay() -> list[Stamp]:
    """56 mg with its steps as near to each other, and to the limits, as the rules allow."""
    return [
        stamp(K.CONSENT, instant(10, 10)),
        vitals(instant(10, 10)),
        device(instant(10, 10)),
        device(instant(10, 15), 2),
        vitals(instant(11)),
        *after_checks(11, 45),
    ]


@given(some=seconds, more=st.integers(0, 59))
def test_seconds_close_no_gate_that_the_minutes_open(some: list[int], more: int) -> None:
    at = instant(12, 16, more)
    for code, there in (("SP56", tight_stay()), ("SP56", sprayed()), ("IVM", infused())):
        assert not before_release(care(code, with_seconds(there, some), at))


@given(some=seconds, more=st.integers(0, 180))
def test_no_typed_minute_opens_the_release_earlier(some: list[int], more: int) -> None:
    at = instant(12, 14) + timedelta(seconds=more)
    made = care("SP56", with_seconds(tight_stay(), some), at)
    early = any(one.at is not None and at - one.at < timedelta(minutes=120) for one in made.session.devices)
    assert ("release-floor" in codes(before_release(made))) == early


@given(some=seconds, late=st.booleans())
def test_what_happened_in_the_minute_of_the_dose_was_there_for_it(some: list[int], late: bool) -> None:
    there = with_seconds(
        [stamp(K.ARRIVED, instant(9, 50)), stamp(K.CONSENT, instant(10, 10)), vitals(instant(10, 10))], some
    )
    at = instant(10, 10, 59 if late else 0)
    made = care("SP56", there, at)
    assert before_dose(made, device(at)) == []
    assert care("SP56", [*there, device(at)], instant(10, 20)).session.pressure_before == there[2]


@given(one=st.integers(0, 7200), other=st.integers(0, 7200))
def test_which_came_first_is_asked_of_the_minutes(one: int, other: int) -> None:
    a, b = instant(10) + timedelta(seconds=one), instant(10) + timedelta(seconds=other)
    assert by(a, b) == (one // 60 <= other // 60) == (not after(a, b))
    assert same_minute(a, b) == (by(a, b) and by(b, a)) == within(a, b, b)


def test_the_40_minute_window_is_counted_by_the_minute() -> None:
    for first, reading in ((20, instant(10, 40)), (0, instant(11, 0, 40))):
        there = [*before_dosing(), device(instant(10, 10, first)), vitals(reading)]
        assert "release-pressure-40" not in codes(before_release(care("SP56", there, instant(13))))


def test_a_typed_second_device_is_charged_only_when_it_was_surely_too_early() -> None:
    first = [*before_dosing(), device(instant(10, 10, 20))]

    def says(minute: int, second: int = 0) -> list[str]:
        at = instant(10, minute, second)
        return codes(asked(care("SP56", first, at), device(at, 2)))

    assert says(15) == []
    assert says(14) == ["dose-rest"]
    assert says(15, 19) == ["dose-rest"]
    assert says(15, 20) == []


def test_entries_of_one_minute_stand_as_they_were_recorded_and_a_correction_keeps_its_place() -> None:
    start = stamp(K.INFUSION_START, instant(10, 15, 40), dose=35.0)
    stop = stamp(K.INFUSION_STOP, instant(10, 15))
    assert not standing([start, stop]).running
    again = stamp(K.INFUSION_START, instant(10, 15), dose=30.0, corrects=start.id, reason="the dose")
    assert standing([start, stop, again]).stamps == (again, stop)


def test_a_second_device_typed_in_the_minute_of_the_first_is_the_second(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared().at(10, 10, 20)
    stay.device()
    saved = stay.at(10, 30).device(instant(10, 10), happened=True).stamps[0]
    assert (saved.device, saved.deviations) == (2, ("dose-rest",))
    assert stay.visit.state is VisitState.MONITORING


def test_a_sheet_stays_true_while_its_dose_reads_the_same() -> None:
    there = with_seconds(sprayed(), [20] * 20)
    handed = next(one for one in there if one.kind is K.SHEET_HANDED)
    typed = [replace(one, counts_from=instant(10, 15)) if one is handed else one for one in there]
    assert before_release(care("SP56", typed, instant(12, 16))) == []
