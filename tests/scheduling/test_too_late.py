"""What comes too late for a visit is refused with how it stands, and with what to do instead."""

import pytest

from clinic_desktop.scheduling.rules import not_live
from clinic_desktop.scheduling.states import VisitState


@pytest.mark.parametrize("state", VisitState)
@pytest.mark.parametrize("action", ["cancelled", "moved", "changed", "confirmed"])
def test_what_comes_too_late_says_how_it_stands_and_what_to_do(state: VisitState, action: str) -> None:
    said = not_live(state, action).sentence()
    now, _, instead = said.partition(f", so the visit cannot be {action} any more. ")
    assert now.startswith(("The patient ", "The visit ", "The treatment "))
    assert instead.endswith(".")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (
            VisitState.MONITORING,
            "The patient is being monitored, so the visit cannot be cancelled any more."
            " Record on the floor how the stay ends.",
        ),
        (
            VisitState.IN_ROOM,
            "The patient is in the room, so the visit cannot be cancelled any more."
            " Record on the floor that there was no treatment, and why.",
        ),
        (
            VisitState.LEFT,
            "The patient has left, so the visit cannot be cancelled any more."
            " Book another visit if one is wanted.",
        ),
    ],
)
def test_a_visit_that_cannot_be_cancelled_says_what_to_do_instead(state: VisitState, said: str) -> None:
    assert not_live(state, "cancelled").sentence() == said
