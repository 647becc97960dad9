"""What holds whatever happens: no combination of stamps and overrides opens a gate that the clock keeps shut,
and no passing of time opens one that something else keeps shut.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.scheduling.model import Override
from clinic_desktop.treatment.asking_rules import SOFT
from clinic_desktop.treatment.dosing import before_dose
from clinic_desktop.treatment.leaving import before_release, earliest_release
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.slip_rules import ASKED
from tests.small_clinic import BEA, SmallClinic, instant
from tests.treatment.cases import LIN, MAYA, K, care, codes, device, setup, sprayed, stamp
from tests.treatment.stays import booked

CLOCK_ONLY = {"release-floor", "release-recovery", "release-alone"}
# Checks that count for an hour; what is said of a pressure gives way to asking for a newer one.
GROWS_OLD = {"release-pressure-last", "release-oxygen", "release-settled", "release-walks"}
OF_THE_LAST_PRESSURE = {
    "release-pressure-emergency",
    "release-pressure-high",
    "release-pressure-unsigned",
}
START = instant(9)
minutes = st.integers(0, 360)


@st.composite
def stamps(draw: st.DrawFn, kinds: tuple[StampKind, ...] = tuple(StampKind)) -> Stamp:
    kind = draw(st.sampled_from([one for one in kinds if one is not K.STRUCK]))
    at = START + timedelta(minutes=draw(minutes), seconds=draw(st.integers(0, 59)))
    high = draw(st.integers(100, 190))
    pressure = kind in (K.VITALS, K.PRESSURE_ACCEPTED)
    return stamp(
        kind,
        at,
        by=draw(st.sampled_from([LIN, MAYA])),
        dose=28.0 if kind in (K.DOSE, K.INFUSION_START) else None,
        lot="1",
        systolic=high if pressure else None,
        diastolic=high - 50 if pressure else None,
        oxygen=draw(st.sampled_from([None, 97])),
        person="Bea Marsh",
        note="a reason",
    )


overrides = st.lists(
    st.builds(
        Override, rule=st.sampled_from(["driver", "driver-release", "first-84"]), deviation=st.booleans()
    ),
    max_size=3,
)
sessions = st.lists(stamps(), max_size=25)
# Little enough beside a settled session that the gate opens now and then.
a_little = st.lists(stamps(), max_size=2)


@given(there=a_little, over=overrides, later=minutes, anchor=st.sampled_from(["first", "last", "?"]))
def test_nobody_is_released_before_first_plus_120(
    there: list[Stamp], over: list[Override], later: int, anchor: str
) -> None:
    at = START + timedelta(minutes=later)
    clinic = setup(release_anchor=anchor)
    made = care("SP56", [*sprayed(), *there], at, overrides=over, setup=clinic)
    first = made.session.first_dose_at
    if not before_release(made):
        assert first is not None
        assert at >= first + timedelta(minutes=120)
        assert anchor == "first" or all(at >= one.at + timedelta(minutes=120) for one in made.session.devices)


@given(there=a_little, later=minutes, anchor=st.sampled_from(["first", "last"]), kept=st.integers(15, 60))
def test_the_last_checks_are_near_the_release_and_none_is_the_40_minute_one(
    there: list[Stamp], later: int, anchor: str, kept: int
) -> None:
    at = START + timedelta(minutes=later)
    clinic = setup(release_anchor=anchor, release_check_minutes=kept)
    made = care("SP56", [*sprayed(), *there], at, setup=clinic)
    if before_release(made):
        return
    first, near = made.session.first_dose_at, at - timedelta(minutes=kept)
    assert first is not None
    last = [made.session.time_of(kind) for kind in (K.SETTLED, K.WALKS)] + [made.session.pressures[-1].at]
    for one in last:
        assert one is not None
        assert one >= near.replace(second=0)
        assert one > first + timedelta(minutes=51)


@given(there=sessions, early=minutes, more=minutes, code=st.sampled_from(["SP56", "SP84", "IVM", "IMK"]))
def test_time_alone_takes_nothing_off_the_list_but_the_clocks_own(
    there: list[Stamp], early: int, more: int, code: str
) -> None:
    last = max((one.at for one in there if one.at), default=START)
    at = last + timedelta(minutes=1 + early)
    now = set(codes(before_release(care(code, there, at))))
    then = set(codes(before_release(care(code, there, at + timedelta(minutes=more)))))
    assert then - now <= GROWS_OLD
    gone = now - then - CLOCK_ONLY
    assert not gone or (gone <= OF_THE_LAST_PRESSURE and "release-pressure-last" in then)


@given(there=a_little, at=minutes)
def test_a_release_needs_every_signature_after_the_last_dose(there: list[Stamp], at: int) -> None:
    made = care("SP56", [*sprayed(), *there], START + timedelta(minutes=at))
    if before_release(made):
        return
    dose = made.session.last_dose_at
    assert dose is not None
    for kind in (K.SETTLED, K.WALKS, K.SHEET_HANDED, K.DRIVER_SEEN):
        assert any(one.at and one.at >= dose.replace(second=0) for one in made.session.all_of(kind))
    last = made.session.last_pressure
    assert last is not None
    assert made.accepted(last)
    assert (last.systolic or 0) < 180


@given(there=sessions, at=minutes)
def test_what_comes_later_does_not_change_what_was_permitted(there: list[Stamp], at: int) -> None:
    moment = START + timedelta(minutes=at)
    known = [one for one in there if one.at and one.at <= moment]
    late = [one for one in there if one not in known and one.at and one.at >= moment + timedelta(minutes=1)]
    with_late, without = (care("SP56", some, moment) for some in ([*known, *late], known))
    assert codes(before_release(with_late)) == codes(before_release(without))
    if not with_late.whole.ended_at:
        new = device(moment)
        assert codes(before_dose(with_late, new)) == codes(before_dose(without, new))


@given(there=sessions)
def test_the_earliest_release_is_never_before_the_last_dose(there: list[Stamp]) -> None:
    for code in ("SP56", "IVM", "IMK", "KAP"):
        made = care(code, there, START + timedelta(hours=10))
        floor, last = earliest_release(made), made.session.last_dose_at
        assert (floor is None) == (last is None)
        assert floor is None or (last is not None and floor.at >= last)


def random_day(rng: Random) -> list[tuple[StampKind, datetime]]:
    """Steps of a stay at random times, in no sensible order."""
    kinds = [K.ARRIVED, K.IN_ROOM, K.VITALS, K.DOSE, K.DOSE, K.VITALS, K.READY, K.SETTLED, K.RELEASED]
    rng.shuffle(kinds)
    at, out = instant(9), []
    for kind in kinds:
        at += timedelta(minutes=rng.randrange(1, 30))
        out.append((kind, at))
    return out


@pytest.mark.parametrize("seed", range(8))
def test_what_is_refused_can_always_be_recorded_as_happened_with_one_incident(
    clinic: SmallClinic, seed: int
) -> None:
    stay = booked(clinic, plan=None if seed % 2 else BEA)
    refusals = 0
    for kind, at in random_day(Random(seed)):  # noqa: S311 - the same days each time
        clinic.clock.at = at
        numbers = {"systolic": 150, "diastolic": 95} if kind is K.VITALS else {}
        entry = replace(Stamp(kind=kind, lot="1", note="a reason"), **numbers)
        with suppress(BadInput):  # a slip is no fact
            refused = stay.refused(entry)
            if refused and kind is K.RELEASED:
                # A release is the permission itself: who has gone without it has left before release.
                again = stay.refused(entry, happened=True)
                assert again == [*refused, "release-not-given"]
            elif refused:
                went_past = [
                    code for code in refused if code not in ASKED | SOFT
                ]  # what is only asked forbids nothing
                refusals += bool(went_past)
                saved = stay.says(entry, happened=True).stamps[0]
                assert saved.deviations == tuple(dict.fromkeys(went_past))
            assert len(stay.incidents()) == refusals
    assert refusals
