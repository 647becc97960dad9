"""Hands that serve two at once, because it happened so: shared for those minutes, and for no others."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from clinic_desktop.foundation.clock import instant_at, instant_minute
from clinic_desktop.foundation.errors import ClinicProblem, Conflict
from clinic_desktop.people.model import Clearance, Patient, Screening
from clinic_desktop.scheduling.availability import Availability, by_place, rows_of
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel, miss
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.masks import timeline
from clinic_desktop.scheduling.model import Claim, ClaimKind, Override, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.overlaps import parted
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.rules import OVERLAP
from clinic_desktop.storage.check import claims_differ
from clinic_desktop.storage.check_visits import overlaps
from clinic_desktop.storage.tables import claim, place
from tests.small_clinic import MONDAY, ZONE, SmallClinic, instant
from tests.treatment.stays import K, Stay, booked

Times = list[tuple[str, datetime, datetime]]


def someone(clinic: SmallClinic, name: str = "Reed") -> Patient:
    """Another patient who may be treated."""
    with clinic.store.write(clinic.prescriber) as unit:
        other = unit.add(replace(clinic.amara, id=0, version=0, family_name=name, chart_number=""))
        for kind in (Clearance, Screening):
            for one in unit.find(kind, patient_id=clinic.amara.id):
                unit.add(replace(one, id=0, version=0, patient_id=other.id))
        unit.commit()
    return other


def hands(stay: Stay) -> Times:
    """What a visit has of Maya's hands after noon: its own, and those that it shares."""
    found = [one for one in stay.claims() if one.kind in (ClaimKind.HANDS, ClaimKind.OVERFLOW)]
    spans = [(one.kind.value, instant_at(one.start), instant_at(one.end)) for one in found]
    return sorted((one for one in spans if one[1] >= instant(12)), key=lambda one: one[1])


def sound(clinic: SmallClinic) -> list[str]:
    with clinic.store.write(clinic.nurse) as records:  # left without a commit: it only looks
        return [*overlaps(records), *claims_differ(records)]


def free_hands(clinic: SmallClinic, hour: int, minute: int) -> bool:
    """Whether a search finds Maya's hands free for the five minutes from then on."""
    line = timeline(MONDAY, 1, ZONE)
    with clinic.store.read() as records:
        there = records.claims_between(line.start, line.end)
        free = Availability(roster_for(records.setup()), line, by_place(rows_of(there)))
    return bool(free.free_hands(clinic.maya.id) >> line.bit(instant_minute(instant(hour, minute))) & 1)


@pytest.fixture
def came(clinic: SmallClinic) -> Stay:
    """Amara, called missed at 10, comes after all: her release at 12:15 to 12:25 takes Maya's hands."""
    stay = booked(clinic).at(10, 25)
    miss(clinic.store, clinic.desk, stay.visit_id, stay.visit.version)
    return stay


@pytest.fixture
def other(clinic: SmallClinic, came: Stay) -> Stay:
    """Reed, booked meanwhile: prep and the begin of the infusion take Maya's hands from 11:50 to 12:20."""
    stay = booked(clinic, "IVM", 710, patient_id=someone(clinic).id)
    came.at(10, 27).is_(K.ARRIVED)
    return stay


SHARED = [("overflow", instant(12, 15), instant(12, 20)), ("hands", instant(12, 20), instant(12, 25))]
ALONE = [("hands", instant(12, 15), instant(12, 25))]


def test_they_are_shared_for_the_minutes_that_overlap_and_claimed_for_the_rest(
    clinic: SmallClinic, came: Stay, other: Stay
) -> None:
    assert hands(came) == SHARED
    assert [one.rule for one in came.overrides()] == [OVERLAP.code]
    assert sound(clinic) == []


def test_a_search_sees_that_they_are_taken(clinic: SmallClinic, came: Stay, other: Stay) -> None:
    assert not any(free_hands(clinic, 12, minute) for minute in (10, 15, 20))
    assert free_hands(clinic, 12, 25)


def test_nobody_can_book_them(clinic: SmallClinic, came: Stay, other: Stay) -> None:
    third = replace(clinic.wish(minute=740), patient_id=someone(clinic, "Diaz").id)
    with pytest.raises(Conflict, match="Maya Jones"):
        book(clinic.store, clinic.desk, replace(third, room_id=clinic.rooms["Infusion 2"].id))


def test_no_other_program_can_claim_them(clinic: SmallClinic, came: Stay, other: Stay) -> None:
    for start in (12, 15), (12, 20):
        at = instant_minute(instant(*start))
        row = {"place": place(ClaimKind.HANDS, clinic.maya.id), "starts": at, "ends": at + 5, "visit_id": 1}
        with pytest.raises(DBAPIError), clinic.store.engine.begin() as connection:
            connection.execute(insert(claim), row)


def test_what_happens_next_makes_no_second_trace(clinic: SmallClinic, came: Stay, other: Stay) -> None:
    came.at(10, 30).is_(K.IN_ROOM)
    came.vitals()
    assert hands(came) == SHARED
    assert len(came.overrides()) == 1


# The other gives them up.


def test_when_the_other_is_cancelled_they_are_had_alone(clinic: SmallClinic, came: Stay, other: Stay) -> None:
    cancel(clinic.store, clinic.desk, other.visit_id, other.visit.version, CancelReason.UNWELL)
    assert hands(came) == ALONE
    assert not free_hands(clinic, 12, 15)
    assert sound(clinic) == []


def test_when_the_other_is_moved_to_another_time_too(clinic: SmallClinic, came: Stay, other: Stay) -> None:
    move(clinic.store, clinic.desk, [to(other.visit, minute=780)])
    assert hands(came) == ALONE
    assert sound(clinic) == []


def test_the_other_may_have_another_room_and_still_shares(
    clinic: SmallClinic, came: Stay, other: Stay
) -> None:
    move(clinic.store, clinic.desk, [to(other.visit, room_id=clinic.rooms["Infusion 2"].id)])
    assert hands(came) == SHARED
    assert sound(clinic) == []


def test_when_the_other_goes_home_untreated_and_when_that_was_a_slip(
    clinic: SmallClinic, came: Stay, other: Stay
) -> None:
    other.at(11, 48).is_(K.ARRIVED)
    other.at(12).is_(K.NOT_TREATED, note="not fasted")
    assert hands(came) == ALONE
    other.is_(K.STRUCK, corrects=other.stamps(K.NOT_TREATED)[0].id, reason="another patient")
    assert hands(came) == ALONE
    assert hands(other)[0] == ("overflow", instant(12, 15), instant(12, 20))
    assert not free_hands(clinic, 12, 10)
    assert sound(clinic) == []


def test_three_share_in_turn(clinic: SmallClinic, came: Stay, other: Stay) -> None:
    """Diaz comes back too, to hands that Amara and Reed have: whoever stays has what nobody else has."""
    away = {"nurse_id": clinic.tunde.id, "room_id": clinic.rooms["Infusion 2"].id}
    diaz = booked(clinic, "IVM", 735, patient_id=someone(clinic, "Diaz").id, **away)
    cancel(clinic.store, clinic.desk, diaz.visit_id, diaz.visit.version, CancelReason.UNWELL)
    with clinic.store.write(clinic.desk) as unit:  # the nurse was changed before it was cancelled
        unit.save(replace(diaz.visit, nurse_id=clinic.maya.id))
        unit.commit()
    diaz.at(12, 5).is_(K.ARRIVED)
    assert hands(diaz)[:2] == [
        ("overflow", instant(12, 15), instant(12, 25)),
        ("hands", instant(12, 25), instant(12, 45)),
    ]
    cancel(clinic.store, clinic.desk, other.visit_id, other.visit.version, CancelReason.UNWELL)
    came.at(12, 6).is_(K.NOT_TREATED, note="late")
    assert hands(diaz)[0] == ("hands", instant(12, 15), instant(12, 45))
    assert sound(clinic) == []


# Whatever happens.

moments = st.integers(0, 60)
spans = st.tuples(moments, st.integers(1, 30)).map(lambda one: (one[0], one[0] + one[1]))
places = st.sampled_from([ClaimKind.HANDS, ClaimKind.ROOM])


@given(mine=spans, theirs=st.lists(st.tuples(places, st.sampled_from([1, 2]), spans), max_size=6))
def test_each_minute_is_either_claimed_or_shared(
    mine: tuple[int, int], theirs: list[tuple[ClaimKind, int, tuple[int, int]]]
) -> None:
    wanted = Claim(ClaimKind.HANDS, 1, *mine, visit_id=1)
    others = [Claim(kind, owner, *span, visit_id=2) for kind, owner, span in theirs]
    free, shared = parted(wanted, others)
    had = {
        minute
        for one in others
        if (one.kind, one.resource_id) == (ClaimKind.HANDS, 1)
        for minute in range(one.start, one.end)
    }
    whole = set(range(*mine))
    assert [minute for one in free for minute in range(one.start, one.end)] == sorted(whole - had)
    assert [minute for one in shared for minute in range(one.start, one.end)] == sorted(whole & had)
    assert all(one.end < two.start for one, two in pairwise(shared))  # as few as can be


@pytest.mark.parametrize("seed", range(6))
def test_somebody_claims_every_minute_of_hands_that_a_visit_needs(clinic: SmallClinic, seed: int) -> None:
    """Four visits are cancelled, four others are booked over them; then all of them do what they like."""
    rng = Random(seed)  # noqa: S311 - the same days each time
    clinic.clock.at = instant(8)
    gone = [visit_of(clinic, f"Reed {n}", 540 + 45 * n, n) for n in range(4)]
    for stay in gone:
        cancel(clinic.store, clinic.desk, stay.visit_id, stay.visit.version, CancelReason.UNWELL)
    first = 545 + 5 * rng.randrange(6)
    there = [visit_of(clinic, f"Diaz {n}", first + 45 * n, n) for n in range(4)]
    for _ in range(40):
        clinic.clock.forward(rng.randrange(3))
        with suppress(ClinicProblem):
            befall(rng.choice([*gone, *there]), rng)
        assert sound(clinic) == []
        assert claimed(clinic) == needed(clinic)
    with clinic.store.read() as records:
        assert records.find(Override, rule=OVERLAP.code)  # it came to that


def visit_of(clinic: SmallClinic, name: str, minute: int, n: int) -> Stay:
    room = clinic.rooms[f"Infusion {n + 1}"].id
    return booked(clinic, "IVM", minute, patient_id=someone(clinic, name).id, room_id=room)


def befall(stay: Stay, rng: Random) -> None:
    """Anything that may happen to a visit; some of it is refused."""
    clinic, visit = stay.clinic, stay.visit
    what = rng.randrange(8)
    if what == 0:
        cancel(clinic.store, clinic.desk, visit.id, visit.version, CancelReason.CLINIC)
    elif what < 3:
        move(clinic.store, clinic.desk, [to(visit, minute=visit.minute + 5 * rng.randrange(-4, 5))])
    elif what == 3 and (ends := stay.stamps(K.NOT_TREATED, K.ARRIVED)):
        stay.is_(K.STRUCK, corrects=rng.choice(ends).id, reason="a slip")
    elif what == 4:
        stay.is_(K.NOT_TREATED, note="a reason")
    else:
        stay.is_(rng.choice([K.ARRIVED, K.ARRIVED, K.IN_ROOM]))


def claimed(clinic: SmallClinic) -> set[int]:
    """The minutes of the day in which somebody claims Maya's hands, each once."""
    start = instant_minute(instant(0))
    with clinic.store.read() as records:
        there = [one for one in records.claims_between(start, start + 1440) if one.kind is ClaimKind.HANDS]
    return {minute for one in there for minute in range(one.start, one.end)}


def needed(clinic: SmallClinic) -> set[int]:
    """The minutes in which some visit needs them, by its plan."""
    with clinic.store.read() as records:
        visits, setup = records.find(Visit), records.setup()
    return {
        minute
        for visit in visits
        for one in claims_of(visit, setup.type_by_id(visit.type_id))
        if one.kind is ClaimKind.HANDS
        for minute in range(one.start, one.end)
    }
