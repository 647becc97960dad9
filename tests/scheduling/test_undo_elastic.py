"""A course that was rearranged in one stroke goes back in one stroke."""

import pytest

from clinic_desktop.scheduling.elastic import rearrange
from clinic_desktop.scheduling.reflow import Scope
from clinic_desktop.scheduling.undoing import redo
from tests.scheduling.test_elastic import course, day, look
from tests.scheduling.test_undoing import board, taken_back
from tests.small_clinic import SmallClinic


@pytest.mark.parametrize("where", [{"day": day(9)}, {}], ids=["moved", "cancelled and made up"])
def test_r3_a_rearranged_course_is_one_step_back_and_one_forth(
    clinic: SmallClinic, where: dict[str, object]
) -> None:
    third = course(clinic)[2]
    before = board(clinic)
    seen = look(clinic, third, Scope.LATER, **where)
    assert seen.what is not None
    changes = rearrange(clinic.store, clinic.desk, seen.what).changes
    after = board(clinic)
    assert after != before
    undone = taken_back(clinic, changes)
    assert board(clinic) == before
    assert undone.step is not None
    redo(clinic.store, clinic.desk, undone.step)
    assert board(clinic) == after
