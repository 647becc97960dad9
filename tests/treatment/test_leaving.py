"""Permission to leave: the floor, the pressures, the signatures, the sheet and the driver."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.model import PhaseKind, PressureLimits, Setup
from clinic_desktop.treatment.leaving import before_release, earliest_release
from clinic_desktop.treatment.model import Stamp, StampKind
from tests.small_clinic import BEA, instant
from tests.treatment.cases import (
    LIN,
    MAYA,
    K,
    accepted,
    after_checks,
    before_dosing,
    care,
    codes,
    device,
    given,
    infused,
    setup,
    sprayed,
    stamp,
    vitals,
    without,
)


def missing(code: str, stamps: list[Stamp], at: datetime, **changes: object) -> list[str]:
    return codes(before_release(care(code, stamps, at, **changes)))


def test_h4_a_settled_session_is_released_120_minutes_after_the_last_device() -> None:
    assert missing("SP56", sprayed(), instant(12, 14, 59)) == ["release-floor"]
    assert missing("SP56", sprayed(), instant(12, 15)) == []


@pytest.mark.parametrize(("anchor", "earliest"), [("last", instant(12, 15)), ("first", instant(12, 10))])
def test_h4_the_anchor_is_a_setting_and_never_before_first_plus_120(anchor: str, earliest: datetime) -> None:
    clinic = setup(release_anchor=anchor)
    floor = earliest_release(care("SP56", sprayed(), instant(12), setup=clinic))
    assert floor is not None
    assert (floor.at, floor.minutes, floor.anchor) == (earliest, 120, anchor)


def test_an_anchor_nobody_knows_is_the_stricter_one() -> None:
    floor = earliest_release(care("SP56", sprayed(), instant(12), setup=setup(release_anchor="")))
    assert floor is not None
    assert floor.at == instant(12, 15)


def test_the_floor_is_told_so_that_nobody_is_too_early() -> None:
    stamps = [*before_dosing(), device(instant(10, 10, 20)), device(instant(10, 15, 40), 2)]
    found = before_release(care("SP56", stamps, instant(12, 15)))
    assert found[0].sentence() == "Not before 12:16 PM: 120 minutes after the last device."


def test_an_infusion_is_released_after_its_recovery() -> None:
    assert missing("IVM", infused(), instant(11, 24)) == ["release-recovery"]
    assert missing("IVM", infused(), instant(11, 25)) == []


def test_the_recovery_of_the_clinic_binds_where_the_types_is_shorter() -> None:
    stamps = [replace(one, at=instant(11, 30)) if one.at == instant(11, 20) else one for one in infused()]
    clinic = setup(iv_recovery_minutes=60)
    assert missing("IVM", stamps, instant(11, 54), setup=clinic) == ["release-recovery"]
    assert missing("IVM", stamps, instant(11, 55), setup=clinic) == []


def test_no_setting_and_no_type_releases_earlier_than_30_minutes_after_an_infusion() -> None:
    clinic = setup(iv_recovery_minutes=0)
    types = []
    for one in clinic.types:
        phases = (replace(p, minutes=5) if p.kind is PhaseKind.RECOVERY else p for p in one.phases)
        types.append(replace(one, phases=tuple(phases)))
    short = replace(clinic, types=tuple(types))
    assert missing("IVM", infused(), instant(11, 24), setup=short) == ["release-recovery"]
    assert missing("IVM", infused(), instant(11, 25), setup=short) == []


def test_an_infusion_that_stopped_early_counts_from_its_end() -> None:
    stamps = without(infused(), K.INFUSION_STOP, K.LINE_OUT)
    stamps += [stamp(K.INFUSION_STOP, instant(10, 30)), stamp(K.LINE_OUT, instant(10, 36))]
    floor = earliest_release(care("IVM", stamps, instant(11, 20)))
    assert floor is not None
    assert (floor.at, floor.anchor) == (instant(11), "infusion's end")
    assert missing("IVM", stamps, instant(11, 20)) == []


def test_what_was_injected_after_an_infusion_is_what_the_minutes_are_said_to_count_from() -> None:
    floor = earliest_release(care("IVM", [*infused(), stamp(K.DOSE, instant(11, 10))], instant(11, 20)))
    assert floor is not None
    assert (floor.at, floor.anchor) == (instant(11, 40), "last dose")


def test_a_running_infusion_is_not_left() -> None:
    running = without(infused(), K.INFUSION_STOP)
    assert "release-dosing" in missing("IVM", running, instant(15))
    assert earliest_release(care("IVM", running, instant(15))) is None


@pytest.mark.parametrize(
    ("code", "first_release"), [("IMK", instant(11, 40)), ("KAP", instant(12, 55)), ("SP56", None)]
)
def test_a_single_dose_counts_from_itself(code: str, first_release: datetime | None) -> None:
    stamps = [*before_dosing(), device(instant(10, 10)), *after_checks(12, 55)]
    floor = earliest_release(care(code, stamps, instant(12, 55)))
    assert floor is not None
    if first_release is None:  # one device of two: dosing has not ended until somebody says so
        assert missing(code, stamps, instant(12, 55)) == ["release-dosing", "release-pressure-40"]
    else:
        assert floor.at == first_release
        assert missing(code, stamps, instant(12, 55)) == []


def test_incomplete_dosing_runs_from_what_was_given() -> None:
    stamps = [
        *before_dosing(),
        device(instant(10, 10)),
        stamp(K.DOSING_ENDED, instant(10, 20), note="nausea"),
        vitals(instant(10, 50)),
        *after_checks(12, 10),
    ]
    assert missing("SP56", stamps, instant(12, 9)) != []
    assert missing("SP56", stamps, instant(12, 10)) == []


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (K.PRESSURE_ACCEPTED, "release-pressure-unsigned"),
        (K.SETTLED, "release-settled"),
        (K.WALKS, "release-walks"),
        (K.SHEET_HANDED, "release-sheet"),
        (K.DRIVER_SEEN, "release-driver"),
    ],
)
def test_h5_each_thing_that_is_missing_is_named_alone(kind: StampKind, code: str) -> None:
    assert missing("SP56", without(sprayed(), kind), instant(12, 20)) == [code]


def test_after_an_infusion_the_line_is_out() -> None:
    assert missing("IVM", without(infused(), K.LINE_OUT), instant(12)) == ["release-line"]


@pytest.mark.parametrize("kind", [K.PRESSURE_ACCEPTED, K.SETTLED, K.WALKS, K.SHEET_HANDED, K.DRIVER_SEEN])
def test_what_was_signed_before_the_last_dose_does_not_count(kind: StampKind) -> None:
    early = [replace(one, at=instant(10, 12)) if one.kind is kind else one for one in sprayed()]
    assert len(missing("SP56", early, instant(12, 20))) == 1


def test_what_happened_after_the_release_does_not_count_for_it() -> None:
    late = [replace(one, at=instant(12, 30)) if one.kind is K.SHEET_HANDED else one for one in sprayed()]
    assert missing("SP56", late, instant(12, 20)) == ["release-sheet"]
    assert missing("SP56", late, instant(12, 30)) == []


@pytest.mark.parametrize(("minutes", "done"), [(29, False), (30, True), (40, True), (50, True), (51, False)])
def test_s6_the_40_minute_pressure_has_a_window(minutes: int, done: bool) -> None:
    stamps = [one for one in sprayed() if one.at != instant(10, 50)]
    taken = vitals(instant(10, 10).replace(second=0) + minutes * (instant(10, 11) - instant(10, 10)))
    assert missing("SP56", [*stamps, taken], instant(12, 20)) == ([] if done else ["release-pressure-40"])


def test_s6_a_missed_40_minute_pressure_needs_the_reason() -> None:
    stamps = [one for one in sprayed() if one.at != instant(10, 50)]
    assert missing("SP56", stamps, instant(12, 20)) == ["release-pressure-40"]
    excused = stamp(K.FORTY_MISSED, instant(11, 5), note="asleep, prescriber told")
    assert missing("SP56", [*stamps, excused], instant(12, 20)) == []


def test_h9_the_sheet_that_was_handed_over_is_still_true_at_release() -> None:
    """The infusion's end is corrected after the sheet went out: its driving time is wrong."""
    stamps = [*without(infused(), K.INFUSION_STOP, K.LINE_OUT), stamp(K.LINE_OUT, instant(11, 6))]
    handed = next(one for one in stamps if one.kind is K.SHEET_HANDED)
    stamps = [*without(stamps, K.SHEET_HANDED), stamp(K.INFUSION_STOP, instant(11, 5))]
    old = replace(handed, counts_from=instant(10, 55))
    (found,) = before_release(care("IVM", [*stamps, old], instant(11, 40)))
    assert found.code == "release-sheet-untrue"
    assert found.sentence() == (
        "The sheet that was handed over counts from 10:55 AM, and by now it is 11:05 AM. "
        "Print it anew and hand over the new one."
    )
    new = stamp(K.SHEET_HANDED, instant(11, 30), person="Amara", counts_from=instant(11, 5))
    assert missing("IVM", [*stamps, old, new], instant(11, 40)) == []


def test_an_infusion_has_no_40_minute_pressure() -> None:
    assert missing("IVM", infused(), instant(12)) == []


def test_the_pressure_before_the_dose_stays_missing() -> None:
    stamps = [one for one in sprayed() if one.at != instant(10, 4)]
    assert missing("SP56", stamps, instant(12, 20)) == ["release-pressure-before"]


LAST_CHECKS = ["release-pressure-last", "release-oxygen", "release-settled", "release-walks"]


def checked_at(at: datetime, stamps: list[Stamp]) -> list[Stamp]:
    """The same stay with its last checks at another moment."""
    return [replace(one, at=at) if one.at == instant(12, 10) else one for one in stamps]


@pytest.mark.parametrize("at", [instant(12, 15), instant(14), instant(16, 30)])
def test_the_40_minute_pressure_is_never_the_last_one_as_well(at: datetime) -> None:
    """The form asks for three readings; what was signed right after the last device is no release check."""
    stamps = [one for one in checked_at(instant(10, 50), sprayed()) if one.kind is not K.VITALS]
    stamps += [vitals(instant(10, 4)), vitals(instant(10, 50))]
    assert missing("SP56", stamps, at) == LAST_CHECKS


def test_what_is_signed_a_minute_after_the_last_device_does_not_count_two_hours_later() -> None:
    assert missing("SP56", checked_at(instant(10, 16), sprayed()), instant(12, 15)) == LAST_CHECKS


@pytest.mark.parametrize(("at", "counts"), [(instant(11, 44), False), (instant(11, 45), True)])
def test_the_last_checks_begin_30_minutes_before_the_earliest_release(at: datetime, counts: bool) -> None:
    assert missing("SP56", checked_at(at, sprayed()), instant(12, 15)) == ([] if counts else LAST_CHECKS)


@pytest.mark.parametrize(("kept", "until"), [(60, instant(13, 10)), (20, instant(12, 30))])
def test_who_waits_on_is_looked_at_again_before_leaving(kept: int, until: datetime) -> None:
    clinic = setup(release_check_minutes=kept)
    assert missing("SP56", sprayed(), until, setup=clinic) == []
    assert missing("SP56", sprayed(), until + timedelta(minutes=1), setup=clinic) == LAST_CHECKS


def test_from_when_the_checks_count_is_said_as_a_time() -> None:
    found = before_release(care("SP56", checked_at(instant(10, 50), sprayed()), instant(12, 15)))
    assert found[0].sentence() == (
        "The last pressure is missing: one from 11:45 AM on counts. Take it and record it."
    )
    later = before_release(care("SP56", sprayed(), instant(13, 30)))
    assert later[-1].sentence() == "Steady walking is not recorded. It counts from 12:30 PM on."


def test_a_line_that_is_out_stays_out() -> None:
    """Recorded 6 minutes after a long infusion, an hour of recovery before the release."""
    stamps = [
        *before_dosing(),
        stamp(K.INFUSION_START, instant(10, 15), dose=35.0, unit="mg"),
        stamp(K.INFUSION_STOP, instant(14, 15)),
        stamp(K.LINE_OUT, instant(14, 21)),
        *after_checks(15, 10),
    ]
    assert missing("IVP", stamps, instant(15, 15)) == []


def last_readings(*readings: tuple[int, int], signed_by: int = MAYA) -> list[Stamp]:
    """A settled session whose last pressures are these, five minutes apart, the last one signed."""
    stamps = without(sprayed(), K.PRESSURE_ACCEPTED)
    taken = [vitals(instant(12, 11 + n), *one) for n, one in enumerate(readings)]
    return [*stamps, *taken, accepted(instant(12, 18), *readings[-1], by=signed_by)]


@pytest.mark.parametrize(
    ("readings", "by", "wanted"),
    [
        ([(138, 88)], MAYA, []),
        ([(140, 90)], MAYA, []),
        ([(150, 92)], MAYA, ["release-pressure-high"]),
        ([(150, 92)], LIN, []),
        ([(160, 96), (150, 92)], MAYA, []),
        ([(150, 92), (150, 92)], MAYA, ["release-pressure-high"]),
        ([(150, 92), (150, 92)], LIN, []),
        ([(150, 92), (148, 93)], MAYA, ["release-pressure-high"]),
        ([(174, 104), (170, 102)], MAYA, ["release-pressure-tell"]),  # 160/100: the prescriber is told
        ([(174, 104), (170, 102)], LIN, []),
        ([(178, 106), (174, 104), (170, 102)], MAYA, []),
        ([(178, 106), (150, 100)], MAYA, ["release-pressure-tell"]),
        ([(186, 104), (180, 100)], MAYA, ["release-pressure-acknowledged", "release-pressure-emergency"]),
        ([(186, 104), (180, 100)], LIN, ["release-pressure-emergency"]),
        ([(150, 110)], LIN, ["release-pressure-emergency"]),
        ([(186, 104), (150, 92)], MAYA, ["release-pressure-acknowledged"]),
        ([(150, 110), (134, 84)], LIN, ["release-pressure-acknowledged"]),
    ],
)
def test_h5_the_last_pressure_is_acceptable_or_falling(
    readings: list[tuple[int, int]], by: int, wanted: list[str]
) -> None:
    assert missing("SP56", last_readings(*readings, signed_by=by), instant(12, 20)) == wanted


def test_each_way_of_treating_has_its_own_limits() -> None:
    strict = PressureLimits(tell=(145, 90), emergency=(150, 92), set_at=instant(7))
    made = setup()
    changed = [replace(one, limits=strict) if one.code == "spravato" else one for one in made.modalities]
    clinic = replace(made, modalities=tuple(changed))
    readings = last_readings((160, 96), (150, 92))
    wanted = ["release-pressure-acknowledged", "release-pressure-emergency"]
    assert missing("SP56", readings, instant(12, 20), setup=clinic) == wanted
    assert missing("SP56", readings, instant(12, 20)) == []


def test_a_fall_from_before_the_dose_is_no_fall_after_it() -> None:
    stamps = without(infused(), K.VITALS, K.PRESSURE_ACCEPTED)
    stamps += [vitals(instant(10, 4), 160, 96), accepted(instant(10, 5), 160, 96, by=LIN)]
    stamps += [vitals(instant(11, 20), 158, 95), accepted(instant(11, 21), 158, 95)]
    assert missing("IVM", stamps, instant(12)) == ["release-pressure-high"]


def test_a_pressure_from_before_the_last_dose_is_not_the_last_pressure() -> None:
    stamps = [one for one in sprayed() if one.kind is not K.VITALS or one.at == instant(10, 4)]
    assert "release-pressure-last" in missing("SP56", stamps, instant(12, 20))


def test_a_reading_entered_late_with_an_earlier_time_is_not_the_last() -> None:
    assert missing("SP56", [*sprayed(), vitals(instant(11, 30), 170, 100)], instant(12, 20)) == []


def test_h5_oxygen_is_noted_after_the_last_dose() -> None:
    def bare(one: Stamp) -> Stamp:
        return replace(one, oxygen=None) if one.at and one.at > instant(10, 15) else one

    assert missing("SP56", [bare(one) for one in sprayed()], instant(12, 20)) == ["release-oxygen"]


def test_oxygen_may_be_noted_without_a_pressure() -> None:
    stamps = [replace(one, oxygen=None) if one.kind is K.VITALS else one for one in sprayed()]
    stamps.append(stamp(K.VITALS, instant(12), oxygen=97))
    assert missing("SP56", stamps, instant(12, 20)) == []


@pytest.mark.parametrize(
    ("rule", "deviation", "wanted"),
    [
        ("driver-release", False, []),
        ("driver-release", True, ["release-driver"]),
        ("driver", False, ["release-driver"]),
    ],
)
def test_h7_an_override_for_dosing_is_none_for_release(rule: str, deviation: bool, wanted: list[str]) -> None:
    stamps, over = without(sprayed(), K.DRIVER_SEEN), [given(rule, deviation=deviation)]
    assert missing("SP56", stamps, instant(12, 20), overrides=over) == wanted


def test_who_brought_the_patient_is_not_thereby_here_to_take_them_home() -> None:
    stamps = [*without(sprayed(), K.DRIVER_SEEN), stamp(K.DRIVER_SEEN, instant(9, 50), person=BEA.name)]
    assert missing("SP56", stamps, instant(12, 20)) == ["release-driver"]


def test_the_missing_driver_is_named_with_the_phone() -> None:
    (found,) = before_release(care("SP56", without(sprayed(), K.DRIVER_SEEN), instant(12, 20)))
    assert "Bea Marsh, (217) 555-0142" in found.sentence()


def allowing(kind: TransportKind) -> Setup:
    made = setup()
    alone = replace(made.profiles[0], accepts=frozenset({kind}), min_stay_alone=150)
    return replace(made, profiles=(alone,))


@pytest.mark.parametrize(("at", "wanted"), [(instant(12, 20), ["release-alone"]), (instant(12, 45), [])])
def test_going_home_alone_asks_for_the_minimum_stay(at: datetime, wanted: list[str]) -> None:
    clinic = allowing(TransportKind.TRANSIT_ALONE)
    alone = care("SP56", without(sprayed(), K.DRIVER_SEEN), at, setup=clinic)
    plan = replace(alone.visit, plan_kind=TransportKind.TRANSIT_ALONE, plan_name="", plan_phone="")
    assert codes(before_release(replace(alone, visit=plan))) == wanted


def test_a_way_home_that_is_not_accepted_asks_for_a_person() -> None:
    made = care("SP56", without(sprayed(), K.DRIVER_SEEN), instant(13))
    taxi = replace(made.visit, plan_kind=TransportKind.TAXI_ALONE, plan_name="", plan_phone="")
    assert codes(before_release(replace(made, visit=taxi))) == ["release-driver"]


def test_a_type_without_a_profile_asks_for_nobody() -> None:
    made = care("SP56", without(sprayed(), K.DRIVER_SEEN), instant(12, 20))
    assert before_release(replace(made, type=replace(made.type, profile_id=None))) == []


def test_a_type_without_a_sheet_asks_for_none() -> None:
    made = care("SP56", without(sprayed(), K.SHEET_HANDED), instant(12, 20))
    assert before_release(replace(made, type=replace(made.type, sheet=""))) == []


def test_everything_at_once_is_listed_in_the_order_to_settle_it() -> None:
    stamps = [*before_dosing(), stamp(K.INFUSION_START, instant(10, 15), dose=35.0)]
    assert missing("IVM", stamps, instant(10, 20)) == [
        "release-dosing",
        "release-pressure-last",
        "release-oxygen",
        "release-settled",
        "release-walks",
        "release-line",
        "release-sheet",
        "release-driver",
    ]
