"""Corrections: nothing is overwritten, a reason is asked, and a gate that would not have opened is told."""

import json
from dataclasses import replace

import pytest

from clinic_desktop.foundation.errors import BadInput, RightMissing
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.session import standing
from tests.small_clinic import FRONT_DESK, SmallClinic, instant
from tests.treatment.stays import K, Stay, booked


@pytest.fixture
def left(clinic: SmallClinic) -> Stay:
    """A session that was released at 12:15, exactly at its floor."""
    stay = booked(clinic).sprayed().at(12, 15).checked()
    stay.is_(K.RELEASED)
    return stay.at(12, 40)


def corrected(stay: Stay, old: Stamp, **changes: object) -> Stamp:
    wanted = {"reason": "read from the paper sheet"} | changes
    new = Stamp(
        kind=old.kind, at=old.at, dose=old.dose, device=old.device, lot=old.lot, corrects=old.id,
        systolic=old.systolic, diastolic=old.diastolic, pulse=old.pulse, oxygen=old.oxygen, note=old.note,
    )  # fmt: skip
    return stay.says(replace(new, **wanted), happened=True).stamps[0]


def test_h11_a_correction_keeps_the_old_entry_beside_the_new(left: Stay) -> None:
    old = left.stamps(K.DOSE)[0]
    corrected(left, old, lot="99Z999")
    assert [one.lot for one in left.stamps(K.DOSE)] == ["12K345", "12K345", "99Z999"]
    assert [one.lot for one in standing(left.stamps()).devices] == ["99Z999", "12K345"]
    assert left.incidents() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"kind": K.NOTE, "note": "slept"}, "kind"),
        ({"corrects": 999}, "corrects"),
        ({"dose": 56.0}, "dose"),
    ],
)
def test_a_correction_gives_a_reason_and_stays_what_it_was(
    left: Stay, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(BadInput) as slip:
        corrected(left, left.stamps(K.DOSE)[0], **changes)
    assert list(slip.value.problems) == [field]


def test_why_an_entry_is_corrected_does_not_take_the_place_of_what_it_says(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared().at(10, 20)
    stay.is_(K.NOT_TREATED, note="pressure 182/108")
    saved = corrected(stay, stay.stamps(K.NOT_TREATED)[0], at=instant(10, 15), reason="wrong minute")
    assert (saved.note, saved.reason) == ("pressure 182/108", "wrong minute")
    assert stay.visit.end_reason == "pressure 182/108"


def test_the_audit_trail_keeps_what_was_said_and_why_it_was_corrected(left: Stay) -> None:
    left.is_(K.TOLD, person="Dr. Lin", note="wait ten minutes")
    told = left.stamps(K.TOLD)[0]
    left.is_(K.TOLD, corrects=told.id, person="Dr. Lin", note="wait twenty minutes", reason="misheard")
    with left.clinic.store.read() as records:
        rows = records.rows("SELECT after, reason FROM audit WHERE kind = 'stamp' ORDER BY id")
    before, after = (json.loads(one) for one, _ in rows[-2:])
    assert (before["note"], before["reason"]) == ("wait ten minutes", "")
    assert (after["note"], after["reason"]) == ("wait twenty minutes", "misheard")
    assert rows[-1][1] == "misheard"


def test_two_desks_do_not_correct_the_same_entry(left: Stay) -> None:
    old = left.stamps(K.DOSE)[1]
    again = corrected(left, old, at=instant(10, 14))
    with pytest.raises(BadInput):
        corrected(left, old, at=instant(10, 13))
    corrected(left, again, at=instant(10, 15))
    assert [one.at for one in standing(left.stamps()).devices] == [instant(10, 10), instant(10, 15)]


def test_a_later_last_device_breaks_a_release_that_was_given(left: Stay) -> None:
    saved = corrected(left, left.stamps(K.DOSE)[1], at=instant(10, 19))
    assert saved.deviations == ("release-floor", "release-sheet-untrue")
    assert [(one.stamp_id, one.codes) for one in left.incidents()] == [(saved.id, saved.deviations)]
    assert left.state == "left"


def test_an_earlier_release_breaks_itself(left: Stay) -> None:
    saved = corrected(left, left.stamps(K.RELEASED)[0], at=instant(12, 10))
    assert "release-floor" in saved.deviations


def test_a_later_release_breaks_nothing(left: Stay) -> None:
    assert corrected(left, left.stamps(K.RELEASED)[0], at=instant(12, 20)).deviations == ()
    assert left.incidents() == []


@pytest.mark.parametrize(
    ("high", "low", "codes"),
    [
        (124, 78, ()),
        (150, 92, ("dose-pressure-high",)),
    ],
)
def test_another_pressure_before_the_dose_is_judged_again(
    left: Stay, high: int, low: int, codes: tuple[str, ...]
) -> None:
    old = left.stamps(K.VITALS)[0]
    assert corrected(left, old, systolic=high, diastolic=low).deviations == codes


def test_a_corrected_pulse_takes_no_signature_away(left: Stay) -> None:
    old = left.stamps(K.VITALS)[-1]
    assert corrected(left, old, pulse=88).deviations == ()


def test_a_corrected_last_pressure_is_not_what_was_signed(left: Stay) -> None:
    old = left.stamps(K.VITALS)[-1]
    assert corrected(left, old, systolic=134).deviations == ("release-pressure-unsigned",)


def test_devices_that_were_closer_than_thought_are_told(left: Stay) -> None:
    saved = corrected(left, left.stamps(K.DOSE)[0], at=instant(10, 12))
    assert saved.deviations == ("dose-rest",)


def test_a_device_of_which_only_a_part_was_given_is_told(left: Stay) -> None:
    saved = corrected(left, left.stamps(K.DOSE)[1], dose=14.0)
    assert (saved.dose, saved.deviations) == (14.0, ("dose-part",))
    assert len(left.incidents()) == 1


def test_a_signature_that_is_struck_out_opens_the_release_again(left: Stay) -> None:
    old = left.stamps(K.SETTLED)[0]
    saved = left.says(Stamp(kind=K.STRUCK, corrects=old.id, reason="signed for another patient")).stamps[0]
    assert saved.deviations == ("release-settled",)


def test_a_device_charted_after_the_release_breaks_it(left: Stay) -> None:
    saved = left.device(instant(10, 20), happened=True).stamps[0]
    assert set(saved.deviations) >= {"dose-ended", "dose-devices", "release-floor"}
    assert len(left.incidents()) == 1


def test_a_pressure_charted_late_that_contradicts_the_release_is_told(left: Stay) -> None:
    saved = left.vitals(186, 112, at=instant(12, 15)).stamps[0]
    assert "release-pressure-emergency" in saved.deviations


def test_what_is_charted_late_and_breaks_nothing_opens_nothing(left: Stay) -> None:
    left.vitals(130, 80, at=instant(11, 30))
    left.is_(K.NOTE, instant(11, 31), note="slept")
    assert left.incidents() == []


def test_a_release_struck_out_brings_the_patient_back(left: Stay) -> None:
    left.is_(K.STRUCK, corrects=left.stamps(K.RELEASED)[0].id, reason="pressed for the wrong room")
    assert left.state == "monitoring"
    assert left.visit.left is None
    claim = left.room_claim()
    assert claim is not None
    assert claim[1] >= instant(12, 55)


def test_a_correction_asks_for_the_right_to_what_it_corrects(left: Stay) -> None:
    for old in (left.stamps(K.DOSE)[0], left.stamps(K.RELEASED)[0]):
        with pytest.raises(RightMissing):
            left.says(Stamp(kind=K.STRUCK, corrects=old.id, reason="wrong"), by=FRONT_DESK)
    arrived = left.stamps(K.ARRIVED)[0]
    late = Stamp(kind=K.ARRIVED, at=instant(9, 48), corrects=arrived.id, reason="was here earlier")
    assert left.says(late, by=FRONT_DESK).stamps


def test_a_correction_days_later_is_possible(left: Stay) -> None:
    left.clinic.clock.forward(3 * 1440)
    old = left.stamps(K.DOSE)[0]
    assert left.is_(K.STRUCK, corrects=old.id, reason="never given").stamps
    assert [one.minutes for one in left.forms()] == [120]  # from the device that stands


def test_what_a_prescriber_accepted_is_corrected_by_a_prescriber(clinic: SmallClinic) -> None:
    """Whoever corrects an acceptance signs it. A nurse may strike it out; then it accepts nothing."""
    stay = booked(clinic).sprayed().at(11)
    stay.vitals(192, 118)
    (accepted,) = stay.at(11, 2).says(Stamp(kind=K.PRESSURE_ACCEPTED), by=clinic.prescriber).stamps
    earlier = replace(accepted, id=0, version=0, at=instant(11, 1), corrects=accepted.id, reason="typed late")
    with pytest.raises(RightMissing, match="prescriber"):
        stay.at(11, 10).says(earlier)
    assert stay.says(earlier, by=clinic.prescriber).stamps[0].by == clinic.lin.id


def test_a_device_that_is_charted_late_takes_no_number_that_another_has(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    stay.at(11).device(instant(10, 20), happened=True)
    stay.device(instant(10, 12), happened=True)
    assert sorted(one.device or 0 for one in stay.stamps(K.DOSE)) == [1, 2, 3, 4]
