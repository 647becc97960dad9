"""A prescriber's word that a nurse wrote down, read back: what it opens, and the signature of the day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.foundation.errors import BadInput, Refusal, RightMissing
from clinic_desktop.people.model import Staff
from clinic_desktop.storage.failures import GuardRefused
from clinic_desktop.treatment.asking_rules import DECIDED_SO
from clinic_desktop.treatment.cosigning import cosign, deny
from clinic_desktop.treatment.decisions import requests
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.request import Request, RequestKind
from clinic_desktop.treatment.told import ToldWord
from tests.small_clinic import MONDAY, SmallClinic, at, instant
from tests.treatment.stays import LOT, K, Stay, booked

DOSE = Stamp(kind=K.DOSE, lot=LOT)


def told(clinic: SmallClinic, **more: object) -> Stamp:
    """The acceptance of a pressure, said by Dr. Lin and read back to her."""
    return replace(Stamp(kind=K.PRESSURE_ACCEPTED, told_by=clinic.lin.id), **more)  # type: ignore[arg-type]  # replace checks the names


def words(clinic: SmallClinic) -> list[ToldWord]:
    with clinic.store.read() as records:
        return records.find(ToldWord)


def to_sign(clinic: SmallClinic) -> list[Request]:
    with clinic.store.read() as records:
        found = requests(records, clinic.clock.now())
    return [one for one in found if one.kind is RequestKind.COSIGN]


@pytest.fixture
def high(any_clinic: SmallClinic) -> Stay:
    """Before the dose, 152/96 at 10:04."""
    stay = booked(any_clinic).prepared()
    stay.at(10, 6).vitals(152, 96)
    return stay.at(10, 10)


def last_high(clinic: SmallClinic) -> Stay:
    """Dosed, two hours gone, everything settled but the last pressure: 150/92 and not falling."""
    stay = booked(clinic).sprayed().at(12, 15)
    stay.checked()
    stay.at(12, 16).vitals(150, 92)
    return stay.at(12, 17)


@pytest.mark.parametrize("kind", [K.PRESSURE_ACCEPTED, K.SAID])
def test_a_told_word_bears_the_name_of_whoever_said_it(high: Stay, kind: K) -> None:
    high.says(Stamp(kind=kind, told_by=high.clinic.lin.id, note="fine with it"))
    (saved,) = high.stamps(kind)
    assert saved.person == high.clinic.lin.name


def test_an_acceptance_that_was_told_and_read_back_lets_the_dose_be_given(high: Stay) -> None:
    assert high.refused(DOSE) == ["dose-pressure-high"]
    with pytest.raises(RightMissing):
        high.is_(K.PRESSURE_ACCEPTED)
    high.says(told(high.clinic, note="fine with it"))
    high.device()
    assert high.incidents() == []


def test_the_signature_is_due_the_same_day_and_late_from_then_on(high: Stay) -> None:
    clinic = high.clinic
    high.says(told(clinic))
    (one,) = to_sign(clinic)
    assert one.says.sentence() == (
        "Told to Maya Jones and read back at 10:10 AM: pressure accepted (152/96). Sign that you said it."
    )
    assert (one.late, words(clinic)[0].due_on) == (False, MONDAY)
    clinic.clock.at = at(MONDAY + timedelta(days=1), 8)
    (one,) = to_sign(clinic)
    assert one.late
    assert one.says.sentence() == (
        "Told to Maya Jones and read back on Mon, Nov 16: pressure accepted (152/96). "
        "Your signature was due that day."
    )


def test_only_who_said_it_signs_it_and_once(high: Stay) -> None:
    clinic = high.clinic
    high.says(told(clinic))
    (one,) = words(clinic)
    with clinic.store.write(PROGRAM) as unit:
        other = unit.add(Staff(name="Dr. Hart", roles=frozenset({Role.PRESCRIBER})))
        unit.commit()
    with pytest.raises(RightMissing):
        cosign(clinic.store, clinic.nurse, one)
    hart = replace(clinic.prescriber, person_id=other.id)
    with pytest.raises(Refusal, match=f"{clinic.lin.name} said it, and signs it"):
        cosign(clinic.store, hart, one)
    cosign(clinic.store, clinic.prescriber, one)
    (signed,) = words(clinic)
    assert (signed.agreed, signed.answered_by, signed.answered_at) == (True, clinic.lin.id, instant(10, 10))
    assert to_sign(clinic) == []
    with pytest.raises(BadInput, match="answered already"):
        cosign(clinic.store, clinic.prescriber, signed)


def test_where_who_said_it_works_here_no_more_another_prescriber_signs(high: Stay) -> None:
    clinic = high.clinic
    high.says(told(clinic))
    with clinic.store.write(PROGRAM) as unit:
        other = unit.add(Staff(name="Dr. Hart", roles=frozenset({Role.PRESCRIBER})))
        unit.save(replace(unit.get(Staff, clinic.lin.id), active=False))
        unit.commit()
    cosign(clinic.store, replace(clinic.prescriber, person_id=other.id), words(clinic)[0])
    assert to_sign(clinic) == []


def test_a_word_that_was_not_said_is_struck_out_and_an_incident(high: Stay) -> None:
    clinic = high.clinic
    high.says(told(clinic))
    (one,) = words(clinic)
    with pytest.raises(BadInput):
        deny(clinic.store, clinic.prescriber, one, " ")
    deny(clinic.store, clinic.prescriber, one, "I said take it again")
    assert high.refused(DOSE) == ["dose-pressure-high"], "nothing goes by it any more"
    assert to_sign(clinic) == []
    assert [one.codes for one in high.incidents()] == [("told-denied",)]
    assert high.stamps(K.STRUCK)[0].reason == "I said take it again"


def test_what_was_opened_by_a_word_that_was_not_said_is_an_incident(high: Stay) -> None:
    clinic = high.clinic
    high.says(told(clinic))
    high.device()
    deny(clinic.store, clinic.prescriber, words(clinic)[0], "I said take it again")
    codes = {code for one in high.incidents() for code in one.codes}
    assert codes == {"told-denied", "dose-pressure-high"}


def test_h5_the_release_goes_by_a_told_acceptance_in_the_database_too(any_clinic: SmallClinic) -> None:
    stay = last_high(any_clinic)
    stay.at(12, 18)
    assert stay.refused(Stamp(kind=K.RELEASED)) == ["release-pressure-high"]
    stay.says(told(any_clinic))
    stay.is_(K.RELEASED)
    assert stay.state == "left"


@pytest.mark.parametrize("wrong", ["no word kept", "a nurse's word", "denied"])
def test_h5_the_database_takes_no_release_by_less_than_a_prescribers_word(
    any_clinic: SmallClinic, wrong: str
) -> None:
    """Whatever program writes: a stamp that names a prescriber is not yet what a prescriber said."""
    stay = last_high(any_clinic)
    who = any_clinic.maya.id if wrong == "a nurse's word" else any_clinic.lin.id
    mine = {"visit_id": stay.visit_id, "at": any_clinic.clock.now(), "by": any_clinic.maya.id}
    with any_clinic.store.write(PROGRAM) as unit:
        accepted = Stamp(kind=K.PRESSURE_ACCEPTED, systolic=150, diastolic=92, told_by=who, **mine)
        saved = unit.add(accepted)
        if wrong != "no word kept":
            said = ToldWord(visit_id=stay.visit_id, stamp_id=saved.id, told_by=who, due_on=MONDAY)
            unit.add(replace(said, agreed=False) if wrong == "denied" else said)
        unit.commit()
    with any_clinic.store.write(PROGRAM) as unit, pytest.raises(GuardRefused):
        unit.add(Stamp(kind=K.RELEASED, **mine))


def test_a_corrected_word_waits_for_the_signature_as_it_reads_now(any_clinic: SmallClinic) -> None:
    stay = last_high(any_clinic)
    (first,) = stay.says(told(any_clinic)).stamps
    cosign(any_clinic.store, any_clinic.prescriber, words(any_clinic)[0])
    stay.says(replace(first, id=0, version=0, at=instant(12, 16), corrects=first.id, reason="by the clock"))
    (one,) = to_sign(any_clinic)
    assert one.since == instant(12, 16)
    stay.at(12, 18).is_(K.RELEASED)
    assert stay.state == "left"


@pytest.mark.parametrize("before", ["a nurse's", "the prescriber's"])
def test_nobodys_word_is_made_a_prescribers_by_correcting_it(clinic: SmallClinic, before: str) -> None:
    """It would open a gate with no signature due; or the other way round take a signature away."""
    stay = booked(clinic).prepared()
    lin = clinic.lin.id
    was, then = (None, lin) if before == "a nurse's" else (lin, None)
    (first,) = stay.is_(K.PRESSURE_ACCEPTED, told_by=was).stamps
    again = replace(first, id=0, version=0, corrects=first.id, reason="misheard", told_by=then)
    with pytest.raises(BadInput, match="Strike the entry out"):
        stay.says(again)


def test_of_a_word_that_was_struck_out_nothing_is_left_to_sign(high: Stay) -> None:
    (first,) = high.says(told(high.clinic)).stamps
    high.is_(K.STRUCK, corrects=first.id, reason="another patient")
    assert to_sign(high.clinic) == []
    assert high.refused(DOSE) == ["dose-pressure-high"]


def test_an_order_or_an_override_that_was_told_is_kept_in_words_and_opens_nothing(
    any_clinic: SmallClinic,
) -> None:
    stay = booked(any_clinic, plan=None).prepared()
    said = Stamp(kind=K.SAID, told_by=any_clinic.lin.id, note="may go without a driver today")
    stay.says(said, by=any_clinic.desk)
    assert "dose-driver" in stay.refused(DOSE)
    assert [one.says.sentence() for one in to_sign(any_clinic)] == [
        "Told to Test clinic and read back at 10:10 AM: prescriber said (may go without a driver today). "
        "Sign that you said it."
    ]


@pytest.mark.parametrize(
    ("stamp", "field"),
    [
        (Stamp(kind=K.SAID, note="go on"), "told_by"),
        (Stamp(kind=K.SAID, told_by=1), "note"),
        (Stamp(kind=K.SETTLED, told_by=1), "told_by"),
        (Stamp(kind=K.RELEASED, told_by=1), "told_by"),
        (Stamp(kind=K.PRESSURE_ACCEPTED, told_by=999), "told_by"),
    ],
)
def test_slips_of_a_told_word(clinic: SmallClinic, stamp: Stamp, field: str) -> None:
    stay = booked(clinic).sprayed()
    who = clinic.lin.id if stamp.told_by == 1 else stamp.told_by
    with pytest.raises(BadInput) as slip:
        stay.says(replace(stamp, told_by=who))
    assert field in slip.value.problems


def test_whose_own_word_it_is_signs_as_themselves(high: Stay) -> None:
    with pytest.raises(BadInput, match="no second signature"):
        high.says(told(high.clinic), by=high.clinic.prescriber)


def test_a_nurses_word_is_no_prescribers(high: Stay) -> None:
    with pytest.raises(BadInput, match="which prescriber"):
        high.says(told(high.clinic, told_by=high.clinic.maya.id), by=high.clinic.nurse)


def test_a_dose_that_a_prescriber_decided_on_names_who_and_waits_for_that_signature(
    any_clinic: SmallClinic,
) -> None:
    stay = booked(any_clinic).prepared()
    decided = replace(DOSE, reason=DECIDED_SO)
    with pytest.raises(BadInput, match="Say which prescriber decided so"):
        stay.says(decided)
    with pytest.raises(BadInput, match="Say which prescriber decided so"):
        stay.says(decided, happened=True)
    said = Stamp(kind=K.SAID, told_by=any_clinic.lin.id, note="Given all the same: food at 9:30")
    stay.says(said, decided)
    (one,) = to_sign(any_clinic)
    assert "Given all the same: food at 9:30" in one.says.sentence()
    assert not one.late
    (word,) = words(any_clinic)
    assert (word.told_by, word.due_on) == (any_clinic.lin.id, MONDAY)


def test_a_prescriber_who_gives_it_needs_no_second_one(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic).prepared()
    stay.says(replace(DOSE, reason=DECIDED_SO), by=any_clinic.prescriber)
    assert words(any_clinic) == []


def test_the_signature_names_the_oxygen_that_was_accepted_with_the_pressure(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.at(10, 6).is_(K.VITALS, systolic=152, diastolic=96, oxygen=91, pulse=70)
    stay.at(10, 10).says(told(clinic))
    (one,) = to_sign(clinic)
    assert "(152/96, SpO2 91%)" in one.says.sentence()
