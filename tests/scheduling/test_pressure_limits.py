"""The pressure limits after a dose: whose they are, what may stand in them, and when they count as set."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import BadInput, RightMissing, StaleEdit
from clinic_desktop.scheduling.defaults import MODALITIES
from clinic_desktop.scheduling.model import Modality, PressureLimits
from clinic_desktop.scheduling.pressure_limits import limits_problems, set_limits
from tests.small_clinic import SmallClinic, build

LOWER = PressureLimits(tell=(150, 95), emergency=(170, 105), repeat_minutes=5)


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = build(tmp_path)
    yield made
    made.store.close()


def modality(clinic: SmallClinic, code: str = "spravato") -> Modality:
    with clinic.store.read() as records:
        return next(one for one in records.setup().modalities if one.code == code)


def test_what_ships_is_a_suggestion() -> None:
    assert all(not one.limits.are_set for one in MODALITIES)
    assert all(limits_problems(one.limits) == {} for one in MODALITIES)


def test_a_prescriber_sets_them_for_one_way_of_treating(clinic: SmallClinic) -> None:
    before = modality(clinic)
    set_limits(clinic.store, clinic.prescriber, (before.id, before.version), LOWER)
    limits = modality(clinic).limits
    assert (limits.tell, limits.emergency, limits.repeat_minutes) == ((150, 95), (170, 105), 5)
    assert (limits.set_by, limits.set_at) == (clinic.lin.id, clinic.clock.now())
    assert modality(clinic, "iv").limits.tell == (160, 100)


def test_confirming_what_ships_sets_it(clinic: SmallClinic) -> None:
    with clinic.store.write(PROGRAM) as unit:
        (iv,) = unit.find(Modality, code="iv")
        iv = unit.save(replace(iv, limits=PressureLimits()))
        unit.commit()
    assert not iv.limits.are_set
    assert set_limits(clinic.store, clinic.prescriber, (iv.id, iv.version), iv.limits).modality.limits.are_set


def test_nobody_else_sets_them(clinic: SmallClinic) -> None:
    before = modality(clinic)
    for actor in (clinic.nurse, clinic.desk):
        with pytest.raises(RightMissing):
            set_limits(clinic.store, actor, (before.id, before.version), LOWER)


def test_two_desks_do_not_overwrite_each_other(clinic: SmallClinic) -> None:
    before = modality(clinic)
    seen = (before.id, before.version)
    set_limits(clinic.store, clinic.prescriber, seen, LOWER)
    with pytest.raises(StaleEdit):
        set_limits(clinic.store, clinic.prescriber, seen, before.limits)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"tell": (110, 100)}, "tell"),
        ({"tell": (160, 60)}, "tell"),
        ({"tell": (0, 0)}, "tell"),
        ({"emergency": (300, 110)}, "emergency"),
        ({"emergency": (160, 110)}, "emergency"),
        ({"emergency": (180, 100)}, "emergency"),
        ({"repeat_minutes": 0}, "repeat_minutes"),
        ({"oxygen_low": 84}, "oxygen_low"),
        ({"oxygen_low": 96}, "oxygen_low"),
    ],
)
def test_what_cannot_stand_is_said_by_field(
    clinic: SmallClinic, change: dict[str, object], field: str
) -> None:
    wrong = replace(PressureLimits(), **change)
    assert list(limits_problems(wrong)) == [field]
    before = modality(clinic)
    with pytest.raises(BadInput):
        set_limits(clinic.store, clinic.prescriber, (before.id, before.version), wrong)
