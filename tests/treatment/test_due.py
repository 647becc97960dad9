"""What is due next, from the stamps alone."""

from dataclasses import replace
from datetime import datetime

import pytest

from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.due import DueKind, PhaseClock, due_of, phase_clock
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import instant
from tests.treatment.cases import (
    LIN,
    K,
    accepted,
    before_dosing,
    care,
    device,
    infused,
    setup,
    sprayed,
    stamp,
    vitals,
    without,
)

D, S = DueKind, VisitState


def due(code: str, stamps: list[Stamp], at: datetime, **changes: object) -> list[tuple[DueKind, datetime]]:
    return [(one.kind, one.at) for one in due_of(care(code, stamps, at, **changes))]


def test_nothing_is_due_before_the_dose_or_after_the_end() -> None:
    assert due("SP56", before_dosing(), instant(10, 9)) == []
    assert due("SP56", [*sprayed(), stamp(K.RELEASED, instant(12, 20))], instant(12, 30)) == []


def test_after_the_first_device_the_second_then_the_40_minute_pressure() -> None:
    stamps = [*before_dosing(), device(instant(10, 10))]
    assert due("SP56", stamps, instant(10, 11)) == [
        (D.DEVICE, instant(10, 15)),
        (D.PRESSURE_40, instant(10, 50)),
    ]


@pytest.mark.parametrize("reading", [vitals(instant(10, 12), 192, 118), vitals(instant(10, 12), oxygen=88)])
def test_a_device_waits_for_a_prescriber_beside_a_limit_that_keeps_it_back(reading: Stamp) -> None:
    def waits(stamps: list[Stamp]) -> bool:
        found = due_of(care("SP56", stamps, instant(10, 16)))
        return next(one.waits for one in found if one.kind is D.DEVICE)

    stamps = [*before_dosing(), device(instant(10, 10)), reading]
    assert waits(stamps)
    numbers = reading.systolic or 0, reading.diastolic or 0
    signed = accepted(instant(10, 14), *numbers, by=LIN, oxygen=reading.oxygen)
    assert not waits([*stamps, signed])


def test_after_the_last_device_the_earliest_release() -> None:
    stamps = [*before_dosing(), device(instant(10, 10)), device(instant(10, 15), 2)]
    assert due("SP56", stamps, instant(10, 16)) == [
        (D.PRESSURE_40, instant(10, 50)),
        (D.RELEASE, instant(12, 15)),
    ]


def test_the_40_minute_pressure_stays_due_until_it_is_taken_or_excused() -> None:
    stamps = [one for one in sprayed() if one.at != instant(10, 50)]
    (forty, _) = due_of(care("SP56", stamps, instant(11, 30)))
    assert (forty.at, forty.until) == (instant(10, 50), instant(11))
    excused = [*stamps, stamp(K.FORTY_MISSED, instant(11, 5), note="asleep")]
    assert due("SP56", excused, instant(11, 30)) == [(D.RELEASE, instant(12, 15))]


@pytest.mark.parametrize(("every", "at"), [(10, instant(10, 25)), (15, instant(10, 30))])
def test_in_an_infusion_vitals_every_few_minutes(every: int, at: datetime) -> None:
    stamps = [*before_dosing(), stamp(K.INFUSION_START, instant(10, 15), dose=35.0)]
    clinic = setup(iv_vitals_minutes=every)
    assert due("IVM", stamps, instant(10, 16), setup=clinic) == [
        (D.PRESSURE, at),
        (D.INFUSION_END, instant(10, 55)),
    ]


def test_the_next_vitals_count_from_the_last() -> None:
    stamps = [
        *before_dosing(), stamp(K.INFUSION_START, instant(10, 15), dose=35.0), vitals(instant(10, 27)),
    ]  # fmt: skip
    assert due("IVM", stamps, instant(10, 30))[0] == (D.PRESSURE, instant(10, 37))


def test_after_the_infusion_only_the_release() -> None:
    assert due("IVM", infused(), instant(11)) == [(D.RELEASE, instant(11, 25))]


@pytest.mark.parametrize(
    ("readings", "again"),
    [
        ([(159, 99)], None),
        ([(162, 98)], instant(11, 10)),
        ([(162, 98), (158, 96)], instant(11, 11)),
        ([(162, 98), (158, 96), (150, 92)], None),
        ([(162, 98), (138, 88)], instant(11, 11)),  # one usual reading is no fall twice
        ([(162, 98), (138, 88), (140, 88)], instant(11, 12)),
        ([(162, 98), (138, 88), (136, 86)], None),
        ([(162, 98), (158, 96), (150, 92), (138, 88), (139, 88)], None),
        ([(162, 98), (158, 96), (150, 92), (155, 92)], instant(11, 13)),
        ([(162, 98), (158, 96), (160, 96)], instant(11, 12)),
    ],
)
def test_a_pressure_at_the_limit_is_repeated_until_it_fell_twice(
    readings: list[tuple[int, int]], again: datetime | None
) -> None:
    stamps = without(infused(), K.VITALS)
    stamps += [vitals(instant(11, n), *one) for n, one in enumerate(readings)]
    found = [at for kind, at in due("IVM", stamps, instant(11, 5)) if kind is D.PRESSURE]
    assert found == ([again] if again else [])


def limited(clinic: Setup, **limits: object) -> Setup:
    """The set-up with other pressure limits everywhere."""
    changed = (replace(one, limits=replace(one.limits, **limits)) for one in clinic.modalities)
    return replace(clinic, modalities=tuple(changed))


def test_where_the_limits_are_low_a_usual_pressure_at_one_is_repeated_too() -> None:
    clinic = limited(setup(), tell=(135, 85))
    stamps = [*without(infused(), K.VITALS), vitals(instant(11), 137, 84)]
    assert (D.PRESSURE, instant(11, 10)) in due("IVM", stamps, instant(11, 1), setup=clinic)


@pytest.mark.parametrize(
    ("high", "every", "wanted"),
    [(185, 10, instant(10, 25)), (185, 3, instant(10, 23)), (130, 60, instant(11, 20))],
)
def test_in_an_infusion_a_pressure_at_the_limit_is_taken_again_by_the_earlier_of_both(
    high: int, every: int, wanted: datetime
) -> None:
    stamps = [*before_dosing(), stamp(K.INFUSION_START, instant(10, 15), dose=35.0)]
    stamps.append(vitals(instant(10, 20), high, 84))
    clinic = limited(setup(iv_vitals_minutes=every), repeat_minutes=5)
    found = due("IVM", stamps, instant(10, 21), setup=clinic)
    assert [at for kind, at in found if kind is D.PRESSURE] == [wanted]


@pytest.mark.parametrize(
    ("code", "stamps", "state", "clock"),
    [
        ("SP56", [], S.BOOKED, None),
        ("SP56", before_dosing()[:1], S.ARRIVED, PhaseClock(instant(9, 50))),
        ("SP56", before_dosing(), S.IN_ROOM, PhaseClock(instant(10))),
        ("SP56", [device(instant(10, 10))], S.DOSING, PhaseClock(instant(10, 10), 5)),
        ("IVM", infused()[:6], S.DOSING, PhaseClock(instant(10, 15), 40)),
        ("IVM", infused(), S.MONITORING, PhaseClock(instant(10, 55), 30)),
        ("SP56", sprayed(), S.MONITORING, PhaseClock(instant(10, 15), 120)),
        ("SP56", sprayed(), S.READY, PhaseClock(instant(10, 15), 120)),
    ],
)
def test_the_clock_of_a_phase_is_read_from_its_stamps(
    code: str, stamps: list[Stamp], state: VisitState, clock: PhaseClock | None
) -> None:
    assert phase_clock(care(code, stamps, instant(12)), state) == clock


def test_every_desk_says_the_same_whatever_the_order_of_entry() -> None:
    turned = [replace(one, id=1000 - one.id) for one in reversed(sprayed())]
    assert due("SP56", turned, instant(11)) == due("SP56", sprayed(), instant(11))
