"""An infusion by its rates: what has run in, and what was given where it stopped early."""

from dataclasses import replace
from datetime import datetime

import pytest

from clinic_desktop.foundation.errors import BadInput, Refusal
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.due import DueKind, due_of, phase_clock
from clinic_desktop.treatment.infused import given_mg, running_run
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.session import standing
from tests.small_clinic import SmallClinic, instant
from tests.treatment.cases import before_dosing, care, device, stamp
from tests.treatment.stays import K, Stay, booked

# 36 mg in 50 mL at 75 mL/h: 0.9 mg a minute, 40 minutes.
BAG = {"dose": 36.0, "unit": "mg", "concentration": 36 / 50}


def start(minute: int = 0, **more: object) -> Stamp:
    return stamp(K.INFUSION_START, instant(10, minute), **{**BAG, "rate": 75.0, **more})


def rate(minute: int, mlh: float, **more: object) -> Stamp:
    return stamp(K.RATE, instant(10, minute), rate=mlh, **more)


def stop(minute: int) -> Stamp:
    return stamp(K.INFUSION_STOP, instant(10, minute))


@pytest.mark.parametrize(
    ("stamps", "mg"),
    [
        ([start()], 27.0),  # 10:30, it runs
        ([start(), stop(20)], 18.0),  # stopped early
        ([start(), rate(10, 30), stop(20)], 12.6),  # 9 mg, then 3.6
        ([start(), rate(10, 0), rate(20, 75), stop(30)], 18.0),  # it rested for ten minutes
        ([start(), rate(10, 150), stop(30)], 36.0),  # no more than the bag holds
        ([start(), rate(10, 75, concentration=1.0), stop(30)], 34.0),  # another bag: 9 mg, then 25
        ([start(rate=None), stop(20)], 36.0),  # nobody knows: the whole dose counts
        ([start(concentration=None), stop(20)], 36.0),
        ([start(concentration=None), rate(10, 30, concentration=0.72), stop(20)], 12.6),  # the same bag
        ([start(), stop(10), start(20), stop(30)], 18.0),  # two infusions
        ([device(instant(10)), device(instant(10, 5))], 56.0),
        ([], 0),
    ],
)
def test_what_has_run_in_by_half_past_ten(stamps: list[Stamp], mg: float) -> None:
    assert given_mg(standing(stamps), instant(10, 30)) == pytest.approx(mg)


@pytest.mark.parametrize(
    ("stamps", "ends"),
    [
        ([start()], instant(10, 40)),
        ([start(), rate(10, 37.5)], instant(11, 10)),
        ([start(), rate(10, 0)], None),
        ([start(), rate(10, 0), rate(20, 75)], instant(10, 50)),
        ([start(rate=None)], None),
        ([start(), rate(10, 75, concentration=1.0)], None),
    ],
)
def test_when_it_will_have_run_in(stamps: list[Stamp], ends: datetime | None) -> None:
    run = running_run(standing(stamps))
    assert run is not None
    assert run.ends_at == ends


def test_what_is_due_goes_by_the_rate_of_the_pump() -> None:
    slow = care("IVM", [*before_dosing(), start(15, rate=37.5)], instant(10, 20))
    assert next(one.at for one in due_of(slow) if one.kind is DueKind.INFUSION_END) == instant(11, 35)
    clock = phase_clock(slow, VisitState.DOSING)
    assert clock is not None
    assert clock.minutes == 80


def running(clinic: SmallClinic, **more: object) -> Stay:
    stay = booked(clinic, "IVM").prepared().at(10, 15)
    stay.is_(K.INFUSION_START, **{**BAG, "rate": 75.0, **more})
    return stay


def test_a_rate_takes_the_concentration_of_what_runs(clinic: SmallClinic) -> None:
    stay = running(clinic)
    stay.at(10, 25).is_(K.RATE, rate=30.0)
    assert [one.concentration for one in stay.stamps(K.RATE)] == [0.72]
    assert stay.state == "dosing"


def test_an_infusion_that_stopped_early_says_what_was_given(clinic: SmallClinic) -> None:
    stay = running(clinic)
    with pytest.raises(Refusal) as early:
        stay.at(10, 35).is_(K.INFUSION_STOP)
    assert [one.sentence() for one in early.value.findings] == [
        "The infusion of 40 min ran 20 min: by its rates 18 of 36 mg ran in. Is that right?"
    ]
    stay.says(Stamp(kind=K.INFUSION_STOP), happened=True)
    assert given_mg(standing(stay.stamps()), instant(12)) == 18.0


def test_a_second_infusion_is_held_against_what_really_ran_in(clinic: SmallClinic) -> None:
    """45 mg are the usual most at 60 kg; 18 ran in, so 27 more are not above it."""
    stay = running(clinic)
    stay.at(10, 35).says(Stamp(kind=K.INFUSION_STOP), happened=True)
    again = Stamp(kind=K.INFUSION_START, dose=27.0, unit="mg", weight_kg=60.0)
    assert stay.at(10, 36).refused(again) == []


def test_a_rate_belongs_to_an_infusion_that_runs(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").prepared()
    with pytest.raises(BadInput) as slip:
        stay.is_(K.RATE, rate=30.0)
    assert slip.value.problems["kind"].code == "slip-infusion-none"


def test_a_spray_has_no_rate(clinic: SmallClinic) -> None:
    with pytest.raises(BadInput) as slip:
        booked(clinic).sprayed().is_(K.RATE, rate=30.0)
    assert slip.value.problems["kind"].code == "slip-in-devices"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"rate": None}, "rate"),
        ({"rate": -1.0}, "rate"),
        ({"rate": 2001.0}, "rate"),
        ({"rate": 30.0, "concentration": 0.0}, "concentration"),
        ({"rate": 30.0, "concentration": 101.0}, "concentration"),
    ],
)
def test_what_no_pump_does_is_a_slip(clinic: SmallClinic, more: dict[str, float], field: str) -> None:
    with pytest.raises(BadInput) as slip:
        running(clinic).at(10, 25).is_(K.RATE, **more)
    assert set(slip.value.problems) == {field}


def test_a_rate_that_leaves_the_mg_unknown_says_so(clinic: SmallClinic) -> None:
    stay = running(clinic, rate=None)
    said = stay.at(10, 25).is_(K.RATE, rate=30.0).warnings
    assert [one.code for one in said] == ["rate-unknown"]


def test_a_rate_that_is_known_says_nothing(clinic: SmallClinic) -> None:
    assert running(clinic).at(10, 25).is_(K.RATE, rate=30.0).warnings == ()


def test_a_corrected_rate_changes_what_ran_in(clinic: SmallClinic) -> None:
    stay = running(clinic)
    stay.at(10, 25).is_(K.RATE, rate=30.0)
    (old,) = stay.stamps(K.RATE)
    stay.at(10, 35).says(replace(old, id=0, version=0, rate=60.0, corrects=old.id, reason="read again"))
    assert given_mg(standing(stay.stamps()), instant(10, 35)) == pytest.approx(16.2)


def test_rates_stand_in_the_history(clinic: SmallClinic) -> None:
    stay = running(clinic)
    stay.at(10, 25).is_(K.RATE, rate=30.0)
    with clinic.store.read() as records:
        told = [one.after for one in records.history_of(stay.visit.patient_id)]
    assert [one.rate for one in told if isinstance(one, Stamp)] == [30.0, 75.0]
