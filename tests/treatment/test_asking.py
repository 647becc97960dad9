"""What is asked before a dose (S2 to S5, S16, S18): what the answers say, and the reason to go past them."""

from dataclasses import replace
from datetime import datetime

import pytest

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.people.model import Sex
from clinic_desktop.scheduling.asks import ALWAYS, FOOD, LIQUID, MEDICINES, OXIMETER, PREGNANCY, SPRAY, Ask
from clinic_desktop.scheduling.model import VisitType
from clinic_desktop.treatment.answers import Answer
from clinic_desktop.treatment.asking import against_answers, answers_last_time, unasked, without_oximeter
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.dosing import before_dose
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.not_today import NOT_TODAY
from clinic_desktop.treatment.recording import record
from tests.small_clinic import SmallClinic, instant
from tests.treatment.cases import (
    ALL_NO,
    LIN,
    MAYA,
    before_dosing,
    care,
    codes,
    device,
    stamp,
    vitals,
    without,
)
from tests.treatment.stays import ANSWERED, LOT, booked

K = StampKind
SPRAYED, INFUSED = Stamp(kind=K.DOSE, lot=LOT), Stamp(kind=K.INFUSION_START, dose=35.0)


def answered(*answers: Answer, code: str = "SP56", at: datetime | None = None, **changes: object) -> Care:
    """Ready for a dose at 10:10, with other answers than no to some of it."""
    others = tuple(one for one in ALL_NO if one.item not in {said.item for said in answers})
    said = stamp(K.ANSWERED, instant(10, 3), answers=(*others, *answers))
    stamps = [*without(before_dosing(), K.ANSWERED), said]
    return care(code, stamps, at or instant(10, 10), **changes)


def says(found: Care, dose: Stamp = SPRAYED) -> list[str]:
    return codes(against_answers(found, dose))


def last(item: str, hour: int, minute: int = 0) -> Answer:
    return Answer(item, True, instant(hour, minute))


def test_nothing_is_said_where_all_was_asked_and_nothing_speaks_against_it() -> None:
    assert says(answered()) == []
    assert says(answered(code="IVM"), INFUSED) == []


@pytest.mark.parametrize(("minute", "speaks"), [(10, []), (11, ["dose-food"])])
def test_s2_food_lies_two_hours_before_spravato(minute: int, speaks: list[str]) -> None:
    assert says(answered(last(FOOD, 8, minute))) == speaks


@pytest.mark.parametrize(("minute", "speaks"), [(40, []), (41, ["dose-liquid"])])
def test_s3_liquids_lie_thirty_minutes_before_spravato(minute: int, speaks: list[str]) -> None:
    assert says(answered(last(LIQUID, 9, minute))) == speaks


@pytest.mark.parametrize(
    ("answer", "speaks"),
    [
        (last(FOOD, 4, 10), []),
        (last(FOOD, 4, 11), ["dose-fasting"]),
        (last(LIQUID, 8, 10), []),
        (last(LIQUID, 8, 11), ["dose-fasting"]),
    ],
)
def test_s4_an_infusion_asks_for_fasting_as_its_type_says(answer: Answer, speaks: list[str]) -> None:
    assert says(answered(answer, code="IVM"), INFUSED) == speaks


def test_s4_a_clinic_that_asks_for_less_is_told_less() -> None:
    found = answered(last(FOOD, 6), code="IVM")
    looser = replace(found.type, asks=(Ask(FOOD, 240), *ALWAYS))
    assert says(replace(found, type=looser), INFUSED) == []


@pytest.mark.parametrize(("minute", "speaks"), [(10, []), (11, ["dose-spray"])])
def test_s5_a_nasal_spray_lies_an_hour_before_spravato(minute: int, speaks: list[str]) -> None:
    assert says(answered(last(SPRAY, 9, minute))) == speaks


def test_s5_the_sentence_says_until_when_to_wait() -> None:
    (found,) = against_answers(answered(last(SPRAY, 9, 30)), SPRAYED)
    assert found.sentence() == (
        "Nasal spray at 9:30 AM, less than 1 h before the dose. Wait until 10:30 AM, or say why it is given."
    )


def test_s16_a_pregnancy_that_is_not_known_is_told() -> None:
    assert says(answered(Answer(PREGNANCY))) == ["dose-pregnancy"]
    assert says(answered(Answer(PREGNANCY, present=True))) == ["dose-pregnant"]


def test_s16_a_man_is_not_asked() -> None:
    found = answered(Answer(PREGNANCY))
    man = replace(found, patient=replace(found.patient, sex=Sex.MALE))
    assert says(man) == []
    assert PREGNANCY not in unasked(replace(man, session=replace(man.session, stamps=())))


@pytest.mark.parametrize("medicine", MEDICINES)
def test_s18_a_sedative_stimulant_maoi_or_opioid_of_the_day_is_told(medicine: str) -> None:
    assert says(answered(Answer(medicine, present=True))) == ["dose-listed"]
    assert says(answered(Answer(medicine, present=True), code="IVM"), INFUSED) == ["dose-listed"]


def test_h3_no_dose_without_an_oximeter() -> None:
    said = stamp(K.ANSWERED, instant(10, 6), answers=(Answer(OXIMETER, present=False),))
    gone = care("SP56", [*before_dosing(), said], instant(10, 10))
    assert codes(without_oximeter(gone)) == ["dose-oximeter"]
    assert "dose-oximeter" in codes(before_dose(gone, SPRAYED))


def test_h3_an_oxygen_that_was_measured_since_shows_that_one_is_here() -> None:
    said = stamp(K.ANSWERED, instant(10, 3), answers=(Answer(OXIMETER, present=False),))
    found = care("SP56", [*before_dosing(), said, vitals(instant(10, 6))], instant(10, 10))
    assert without_oximeter(found) == []
    nobody = care("SP56", without(before_dosing(), K.ANSWERED), instant(10, 10))
    assert OXIMETER not in unasked(nobody)


def test_what_nobody_asked_is_asked_once_by_name() -> None:
    found = care("SP56", without(before_dosing(), K.ANSWERED), instant(10, 10))
    (told,) = against_answers(found, SPRAYED)
    assert told.code == "dose-not-asked"
    assert "food, liquids, nasal spray, pregnancy" in told.sentence()


def test_a_type_asks_only_for_what_it_says() -> None:
    found = care("SP56", without(before_dosing(), K.ANSWERED, K.CONSENT), instant(10, 10))
    assert "dose-consent" in codes(before_dose(found, SPRAYED))
    silent = replace(found, type=replace(found.type, asks=()))
    assert says(silent) == []
    assert "dose-consent" not in codes(before_dose(silent, SPRAYED))


def test_the_second_device_asks_nothing_again() -> None:
    stamps = [*without(before_dosing(), K.ANSWERED), device(instant(10, 10))]
    assert says(care("SP56", stamps, instant(10, 15))) == []


def test_a_later_answer_counts() -> None:
    again = stamp(K.ANSWERED, instant(10, 8), answers=(Answer(FOOD, present=False),))
    first = stamp(K.ANSWERED, instant(10, 2), answers=(*ALL_NO, last(FOOD, 9)))
    stamps = without(before_dosing(), K.ANSWERED)
    assert says(care("SP56", [*stamps, first], instant(10, 10))) == ["dose-food"]
    assert says(care("SP56", [*stamps, first, again], instant(10, 10))) == []


def ate(hour: int, minute: int = 0) -> Stamp:
    return Stamp(kind=K.ANSWERED, answers=(last(FOOD, hour, minute),))


def test_s2_the_dose_is_given_with_a_reason_that_stays_with_it(clinic: SmallClinic) -> None:
    """No incident: the reason is enough."""
    stay = booked(clinic).prepared()
    stay.says(ate(9))
    assert stay.refused(SPRAYED) == ["dose-food"]
    stay.says(replace(SPRAYED, reason="A bite of toast"))
    (dose,) = stay.stamps(K.DOSE)
    assert (dose.reason, dose.warned, dose.deviations) == ("A bite of toast", ("dose-food",), ())
    assert stay.incidents() == []


def test_a_reason_goes_past_nothing_that_is_hard(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.says(ate(9))
    assert stay.refused(replace(SPRAYED, lot="", reason="A bite of toast")) == ["dose-lot"]


def test_what_has_happened_is_recorded_without_a_reason_too(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.says(ate(9))
    stay.says(SPRAYED, happened=True)
    assert stay.stamps(K.DOSE)[0].warned == ("dose-food",)


def test_an_answer_comes_back_as_it_was_given(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(9, 55)
    stay.says(ate(7, 30))
    assert stay.stamps(K.ANSWERED)[0].answers == (last(FOOD, 7, 30),)
    assert stay.state == "arrived"


def test_an_answer_is_corrected_and_never_changed(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    wrong = stay.says(ate(9)).stamps[0]
    stay.says(replace(ate(7), corrects=wrong.id, reason="Heard wrong"))
    assert stay.refused(SPRAYED) == []
    assert len(stay.stamps(K.ANSWERED)) == 3


@pytest.mark.parametrize(
    "answers",
    [(), (Answer("breakfast", present=True),), (Answer(FOOD, present=True),), (last(FOOD, 10, 30),)],
)
def test_an_answer_that_says_nothing_is_a_slip(clinic: SmallClinic, answers: tuple[Answer, ...]) -> None:
    stay = booked(clinic).at(10)
    with pytest.raises(BadInput):
        stay.says(Stamp(kind=K.ANSWERED, answers=answers))


def test_the_front_desk_asks_nobody_about_medicines(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(10)
    with pytest.raises(Exception, match="record"):
        record(clinic.store, clinic.desk, stay.visit_id, [ANSWERED])


def test_the_medicines_of_the_day_go_on_the_rems_form(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.says(Stamp(kind=K.ANSWERED, answers=(Answer("stimulants", present=True),)))
    stay.says(replace(SPRAYED, reason="As every day"))
    (form,) = stay.forms()
    assert {one.code: one.present for one in form.items} == {code: code == "stimulants" for code in MEDICINES}


def test_the_last_time_says_what_may_still_be_so_and_never_a_meal(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    later = replace(stay.visit, id=99, start=stay.visit.start + 3 * 1440)
    with clinic.store.read() as records:
        found = answers_last_time(records, [later, stay.visit])
    assert [one.item for one in found[99]] == [PREGNANCY, *MEDICINES]
    assert found[stay.visit_id] == ()


def test_types_of_a_treatment_ship_with_what_is_asked(clinic: SmallClinic) -> None:
    with clinic.store.read() as records:
        types = {one.code: one for one in records.setup().types}

    def minutes(visit_type: VisitType) -> dict[str, int]:
        return {one.code: one.minutes for one in visit_type.asks if one.minutes}

    assert minutes(types["SP56"]) == {FOOD: 120, LIQUID: 30, SPRAY: 60}
    assert minutes(types["IVM"]) == {FOOD: 360, LIQUID: 120}
    assert types["CON"].asks == ()
    assert all(one.asks for one in types.values() if one.is_treatment)


def test_h5_a_dose_after_not_today_is_given_only_with_a_reason() -> None:
    """Also once a usual pressure has taken the place of the one that it was said of."""
    note = stamp(K.NOTE, instant(10, 8), by=LIN, note=f"{NOT_TODAY} send her home")
    there = [*before_dosing(), note]
    assert says(care("SP56", there, instant(10, 10))) == ["dose-not-today"]
    later = [*there, vitals(instant(10, 40), 124, 78)]
    assert says(care("SP56", later, instant(10, 41))) == ["dose-not-today"]
    accepted = stamp(K.PRESSURE_ACCEPTED, instant(10, 42), by=LIN, systolic=124, diastolic=78)
    assert says(care("SP56", [*later, accepted], instant(10, 43))) == []


def test_only_a_prescriber_says_not_today() -> None:
    note = stamp(K.NOTE, instant(10, 8), by=MAYA, note=NOT_TODAY)
    assert says(care("SP56", [*before_dosing(), note], instant(10, 10))) == []
