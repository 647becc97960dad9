"""Every change of state that recording makes is a row of the one table, with the right it asks for."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.states import DOSED, ENDED, LIVE, NEVER_CAME, PLANNED, VisitState, transition
from clinic_desktop.security.rights import BUNDLES
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.progress import state_now
from clinic_desktop.treatment.recording import right_for
from clinic_desktop.treatment.session import ENDS, GIVEN, Session, standing
from clinic_desktop.treatment.slips import slips
from tests.small_clinic import SmallClinic, instant
from tests.treatment.cases import K, care, setup, stamp
from tests.treatment.stays import booked

S = VisitState
FORWARD = [kind for kind in StampKind if kind is not K.STRUCK]
TREATMENTS, CONSULT = ("SP56", "SP84", "IVM", "IMK", "KAP"), "CON"
RANK = {S.ARRIVED: 1, S.IN_ROOM: 2, S.DOSING: 3, S.MONITORING: 4, S.READY: 5}


def full(kind: StampKind, minute: int) -> Stamp:
    """A stamp with everything it could want."""
    numbers = {"systolic": 120, "diastolic": 80} if kind is K.VITALS else {}
    dose = {"dose": 28.0, "unit": "mg"} if kind in GIVEN else {}
    at = instant(8 + minute // 60, minute % 60)
    return stamp(kind, at, person="Bea Marsh", note="a reason", lot="1", **numbers, **dose)


def walk(code: str, planned: VisitState, kinds: list[StampKind], held: frozenset[str] = frozenset()):
    """(before, kind, after) for each stamp that is no slip, taken in order of time."""
    base = care(code, [], instant(8))
    visit_type = setup().type_by_code(code)
    visit, taken = base.visit, []
    state = planned
    for minute, kind in enumerate(kinds):
        new = full(kind, minute * 3)
        now = instant(20)
        then = base.at_time(new.at or now, standing(taken))
        if slips(then, new, now):
            continue
        taken.append(new)
        after = state_now(_in(visit, state, held), visit_type, standing(taken))
        yield state, kind, after
        state = after


def _in(visit, state, held):
    return replace(visit, state=state, held_for=held)


@given(
    code=st.sampled_from([*TREATMENTS, CONSULT]),
    planned=st.sampled_from(sorted(PLANNED | NEVER_CAME)),
    kinds=st.lists(st.sampled_from(FORWARD), max_size=14),
)
def test_every_step_is_a_row_that_whoever_may_record_has_the_right_to(
    code: str, planned: VisitState, kinds: list[StampKind]
) -> None:
    held = frozenset({"driver"}) if planned is S.HELD and code != CONSULT else frozenset()
    planned = S.BOOKED if planned is S.HELD and not held else planned
    for before, kind, after in walk(code, planned, kinds, held):
        if before is after:
            continue
        row = transition(before, after)
        assert row is not None, f"{before} -> {after} by {kind}"
        may = [role for role in Role if right_for(kind) in BUNDLES[role]]
        assert all(row.right in BUNDLES[role] for role in may), f"{before} -> {after} by {kind}"


@given(code=st.sampled_from(TREATMENTS), kinds=st.lists(st.sampled_from(FORWARD), max_size=14))
def test_the_state_never_goes_back_but_for_another_dose(code: str, kinds: list[StampKind]) -> None:
    ended = False
    for before, kind, after in walk(code, S.BOOKED, kinds):
        assert not ended or after is before
        if after in RANK and kind not in GIVEN:
            assert RANK[after] >= RANK.get(before, 0)
        ended = ended or after in ENDED


@given(
    code=st.sampled_from(TREATMENTS),
    kinds=st.lists(st.sampled_from(FORWARD), max_size=12),
    data=st.data(),
)
def test_the_state_does_not_depend_on_the_order_of_entry(
    code: str, kinds: list[StampKind], data: st.DataObject
) -> None:
    stamps = [full(kind, 3 * n) for n, kind in enumerate(kinds)]
    shuffled = data.draw(st.permutations(stamps))
    visit, visit_type = care(code, [], instant(8)).visit, setup().type_by_code(code)
    there = [state_now(visit, visit_type, standing(one)) for one in (stamps, shuffled)]
    assert there[0] is there[1]


def test_each_way_out_of_the_house_is_in_the_table() -> None:
    ends = {K.RELEASED: DOSED, K.LEFT_EARLY: DOSED, K.TRANSFERRED: LIVE, K.NOT_TREATED: LIVE - DOSED}
    for kind, befores in ends.items():
        assert all(transition(before, ENDS[kind]) for before in befores)


def test_nothing_but_a_correction_leads_out_of_an_end() -> None:
    for before, after in product(ENDED - NEVER_CAME, VisitState):
        assert transition(before, after) is None


@pytest.mark.parametrize("planned", [S.HELD, S.BOOKED, S.CONFIRMED])
def test_nothing_happened_nothing_changes(planned: VisitState) -> None:
    visit = _in(care("SP56", [], instant(8)).visit, planned, frozenset())
    assert state_now(visit, setup().type_by_code("SP56"), Session()) is planned


def test_the_record_says_what_the_stamps_say(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    visit_type = setup().type_by_code("SP56")
    assert stay.visit.state is state_now(stay.visit, visit_type, standing(stay.stamps()))
