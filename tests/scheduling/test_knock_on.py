"""Plan and fact: whom a stay that runs on makes late, one after the other, where nobody repairs the day."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.knock_on import knock_on
from clinic_desktop.scheduling.model import Phase, PhaseKind, Visit, VisitType
from clinic_desktop.scheduling.states import VisitState

ROOM, OTHER_ROOM, MAYA, TUNDE = 1, 2, 11, 12
# 10 minutes of a nurse's hands, 40 minutes alone in the room, 10 of turnover.
TYPE = VisitType(
    id=1,
    phases=(
        Phase(PhaseKind.PREP, 10, room=True, patient=True, hands=frozenset({Role.NURSE})),
        Phase(PhaseKind.RECOVERY, 40, room=True, patient=True),
        Phase(PhaseKind.TURNOVER, 10, room=True),
    ),
)
HERE = Visit(
    id=1, type_id=1, patient_id=1, start=600, end=660, room_id=ROOM, nurse_id=MAYA,
    state=VisitState.MONITORING, entered=600, room_until=690, here_until=680,
)  # fmt: skip


def planned(number: int, start: int, room: int = ROOM, nurse: int = MAYA, **more: object) -> Visit:
    made = Visit(
        id=number, type_id=1, patient_id=number, start=start, end=start + 60, room_id=room, nurse_id=nurse,
        state=VisitState.BOOKED,
    )  # fmt: skip
    return replace(made, **more)


def late(*visits: Visit, first: Visit = HERE) -> dict[int, int]:
    return {one.visit.id: one.minutes for one in knock_on(first, [first, *visits], lambda _number: TYPE)}


def test_the_next_waits_for_the_room_and_so_does_whoever_follows_it() -> None:
    """690 instead of 660; then 750 instead of 725; the third has half an hour to spare."""
    assert late(planned(2, 660, displaced=True), planned(3, 725), planned(4, 815)) == {2: 30, 3: 25}


def test_nobody_is_late_where_the_room_is_free_in_time() -> None:
    assert late(planned(2, 690)) == {}


def test_whoever_waits_for_the_hands_of_the_same_nurse_is_late_in_another_room() -> None:
    """The nurse prepares the second from 690 to 700; the third was to be prepared from 695 on."""
    assert late(planned(2, 660), planned(3, 695, OTHER_ROOM)) == {2: 30, 3: 5}
    assert late(planned(2, 660), planned(3, 695, OTHER_ROOM, TUNDE)) == {2: 30}


def test_of_two_who_want_the_same_hands_whoever_was_to_come_first_has_them() -> None:
    """The nurse prepares the second from 690 to 700; the third was to be prepared from 685 on."""
    assert late(planned(2, 660), planned(3, 685, OTHER_ROOM)) == {2: 30, 3: 15}


def test_the_patient_who_is_in_a_room_is_not_made_late() -> None:
    there = planned(2, 660, OTHER_ROOM, state=VisitState.IN_ROOM, entered=655)
    assert late(there) == {}


@pytest.mark.parametrize("state", [VisitState.CANCELLED, VisitState.MISSED, VisitState.LEFT])
def test_whoever_does_not_come_keeps_nobody(state: VisitState) -> None:
    assert late(planned(2, 660, state=state), planned(3, 700)) == {}
