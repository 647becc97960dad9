"""What is told before a dose of the course that it goes on with, and none of it forbids the dose."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.rulebook import Severity
from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.lapse import Lapse
from clinic_desktop.scheduling.messages import Message, answer_message
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.reviews import Due, Review, open_reviews, record_review
from clinic_desktop.scheduling.scoring import record_scores
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.care import care_of
from clinic_desktop.treatment.course import Before
from clinic_desktop.treatment.dosing import before_dose
from clinic_desktop.treatment.going_on import self_harm
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import MONDAY, ZONE, SmallClinic, instant
from tests.treatment.cases import K, before_dosing, care
from tests.treatment.stays import Stay, booked

DOSE = Stamp(kind=K.DOSE, lot="12K345")
PAUSED = Lapse(date(2026, 10, 1), 46)


def said(code: str, course: Before) -> dict[str, str]:
    case = care(code, before_dosing(), instant(10, 10), course=course)
    found = before_dose(case, DOSE if case.rems else Stamp(kind=K.INFUSION_START, dose=35.0, unit="mg"))
    assert all(one.severity is Severity.WARNING for one in found)
    return {one.code: one.sentence() for one in found}


def test_s17_a_score_that_is_missing_is_told_before_the_dose() -> None:
    assert said("SP56", Before()) == {
        "dose-score": "No score before this treatment: PHQ-9. Ask Okafor, Amara, and type it in."
    }
    assert said("SP56", Before([Score(instrument="gad7", total=3)])).keys() == {"dose-score"}
    assert said("SP56", Before([Score(instrument="phq9", total=3)])) == {}


def test_s17_pain_is_asked_of_who_is_treated_for_it() -> None:
    assert "Pain 0-10" in said("IVP", Before())["dose-score"]


def test_s9_a_long_pause_is_told_before_the_dose() -> None:
    (sentence,) = said("SP56", Before([Score(instrument="phq9", total=3)], PAUSED)).values()
    assert sentence.startswith(
        "46 days from the last Spravato on Thu, Oct 1, more than 28. A prescriber decides"
    )


def test_s8_a_review_that_is_due_is_told_before_the_dose() -> None:
    owed = Before([Score(instrument="phq9", total=3)], None, Due("week 4", date(2026, 11, 10)))
    (sentence,) = said("SP56", owed).values()
    assert sentence.startswith("The review after week 4 of Spravato is due since Tue, Nov 10.")


def test_nothing_of_it_is_asked_again_of_the_next_device() -> None:
    after = [*before_dosing(), Stamp(kind=K.DOSE, at=instant(10, 10), lot="1", device=1)]
    case = care("SP56", after, instant(10, 15), course=Before((), PAUSED, Due("week 4", MONDAY)))
    assert before_dose(case, DOSE) == []


# Through the store.


def treated(clinic: SmallClinic, *days_ago: int, code: str = "SP56") -> None:
    """Amara was treated on those days before Monday."""
    with clinic.store.write(clinic.nurse) as unit:
        kind = unit.setup().type_by_code(code)
        for ago in days_ago:
            unit.add(past(clinic, kind.id, ago, release_from=1))
        unit.commit()


def past(clinic: SmallClinic, type_id: int, ago: int, release_from: int | None = None) -> Visit:
    return Visit(
        patient_id=clinic.amara.id,
        type_id=type_id,
        day=MONDAY - timedelta(days=ago),
        minute=600,
        zone=ZONE,
        start=29_000_000 - ago * 1440,
        end=29_000_150 - ago * 1440,
        state=VisitState.LEFT,
        release_from=release_from,
        plan_kind=None if release_from is None else clinic.wish().plan.kind,
        plan_name="Bea",
        plan_phone="1",
        plan_adult=True,
    )


def seen(clinic: SmallClinic, ago: int, code: str = "FUP") -> None:
    with clinic.store.write(clinic.nurse) as unit:
        unit.add(past(clinic, unit.setup().type_by_code(code).id, ago))
        unit.commit()


def told(clinic: SmallClinic, visit_id: int) -> Before:
    with clinic.store.read() as records:
        return care_of(records, records.get(Visit, visit_id), instant(10, 10), []).course


def reviews(clinic: SmallClinic) -> list[tuple[str, str, int]]:
    with clinic.store.read() as records:
        return [
            (one.modality, one.due.after, (MONDAY - one.due.since).days)
            for one in open_reviews(records, MONDAY)
        ]


def test_s17_a_score_that_was_typed_is_told_no_more(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared(scored=False)
    answered = Score(patient_id=clinic.amara.id, instrument="phq9", total=11, on=MONDAY)
    kept = record_scores(clinic.store, clinic.desk, [answered]).scores[0]
    assert kept.visit_id == stay.visit_id
    assert stay.device().warnings == ()


def test_s17_a_score_that_was_struck_out_is_missing_again(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared(scored=False)
    answered = Score(patient_id=clinic.amara.id, instrument="phq9", total=11, on=MONDAY)
    kept = record_scores(clinic.store, clinic.desk, [answered]).scores[0]
    record_scores(
        clinic.store, clinic.desk, [replace(kept, corrects=kept.id, struck=True, reason="not hers")]
    )
    assert [one.code for one in stay.device().warnings] == ["dose-score"]


def test_s9_the_last_dose_counts_and_not_the_last_visit(clinic: SmallClinic) -> None:
    treated(clinic, 40)
    seen(clinic, 3)
    stay = booked(clinic).prepared()
    assert told(clinic, stay.visit_id).lapse == Lapse(MONDAY - timedelta(days=40), 40)
    assert "lapse" in [one.code for one in stay.device().warnings]


@pytest.mark.parametrize(("ago", "paused"), [(28, False), (29, True)])
def test_s9_more_than_28_days(clinic: SmallClinic, ago: int, paused: bool) -> None:
    treated(clinic, ago)
    assert (told(clinic, booked(clinic).visit_id).lapse is not None) is paused


def test_s8_after_week_4_until_a_prescriber_has_seen_the_patient(clinic: SmallClinic) -> None:
    treated(clinic, 29, 25, 22, 18, 15, 11, 8, 4)
    assert reviews(clinic) == [("spravato", "week 4", 1)]
    assert told(clinic, booked(clinic).visit_id).review is not None
    seen(clinic, 20)  # before week 4
    seen(clinic, 2, "CONF")  # by phone, by the front desk
    seen(clinic, 1, "INT")  # by a therapist
    assert reviews(clinic) == [("spravato", "week 4", 1)]
    seen(clinic, 5)
    assert reviews(clinic) == []


def test_s8_after_3_and_6_infusions_until_a_prescriber_says_so(clinic: SmallClinic) -> None:
    treated(clinic, 13, 11, code="IVM")
    assert reviews(clinic) == []
    treated(clinic, 9, code="IVM")
    assert reviews(clinic) == [("iv", "3 infusions", 9)]
    seen(clinic, 9)
    assert reviews(clinic) == []
    treated(clinic, 6, 4, 2, code="IVM")
    assert reviews(clinic) == [("iv", "6 infusions", 2)]
    word = Review(patient_id=clinic.amara.id, modality="iv", words="Sleeps again. Monthly from now on.")
    record_review(clinic.store, clinic.prescriber, word)
    assert reviews(clinic) == []
    assert told(clinic, booked(clinic, "IVM").visit_id).review is None


def test_s8_nothing_is_owed_to_a_course_that_is_over(clinic: SmallClinic) -> None:
    treated(clinic, 60, 56, 53, 49, 46, 42, 32, 29)
    assert reviews(clinic) == []


def harm(stay: Stay, answer: int) -> Score:
    visit, items = stay.visit, (1, 1, 1, 1, 1, 1, 1, 1, answer)
    score = Score(
        patient_id=visit.patient_id, visit_id=visit.id, on=visit.day, instrument="phq9", items=items
    )
    (saved,) = record_scores(stay.clinic.store, stay.clinic.nurse, [score]).scores
    return saved


def told_of(stay: Stay) -> list[str]:
    with stay.clinic.store.read() as records:
        stamps = records.find(Stamp, visit_id=stay.visit_id)
        case = care_of(records, stay.visit, stay.clinic.clock.now(), stamps)
    return [one.code for one in self_harm(case)]


def test_thoughts_of_self_harm_are_told_until_a_prescriber_has_answered(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic).prepared(scored=False)
    harm(stay, 0)
    assert told_of(stay) == []
    harm(stay, 2)
    assert told_of(stay) == ["item-9-open"]
    with any_clinic.store.read() as records:
        (message,) = records.find(Message)
    answer_message(any_clinic.store, any_clinic.prescriber, message.id, message.version, "Seen.")
    assert told_of(stay) == []


def test_a_wrong_answer_to_item_nine_is_told_no_more_once_it_is_corrected(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared(scored=False)
    wrong = harm(stay, 3)
    right = replace(wrong, id=0, items=(1, 1, 1, 1, 1, 1, 1, 1, 1), corrects=wrong.id, reason="Misread")
    (saved,) = record_scores(clinic.store, clinic.nurse, [right]).scores
    assert told_of(stay) == ["item-9-open"]
    none = replace(saved, id=0, items=(1, 1, 1, 1, 1, 1, 1, 1, 0), corrects=saved.id, reason="Misread")
    record_scores(clinic.store, clinic.nurse, [none])
    assert told_of(stay) == []


def test_thoughts_of_self_harm_forbid_no_release(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    harm(stay, 1)
    stay.at(12, 20).checked()
    released = stay.is_(K.RELEASED)
    assert "item-9-open" in [one.code for one in released.warnings]
