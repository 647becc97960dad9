"""When a course owes a review: pure days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.errors import BadInput, RightMissing
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.merging import merge_patients, undo_merge
from clinic_desktop.scheduling.reviews import Due, Review, record_review, review_due
from tests.small_clinic import MONDAY, SmallClinic

WORD = Review(modality="spravato", words="Better. Weekly from now on.")


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def owed(days: list[int], today: int, *seen: int, infusions: bool = False) -> tuple[str, int] | None:
    found = review_due(map(day, days), map(day, seen), day(today), infusions=infusions)
    return None if found is None else (found.after, (found.since - MONDAY).days)


def test_s8_spravato_is_reviewed_after_four_weeks() -> None:
    twice_a_week = [0, 3, 7, 10, 14, 17, 21, 24]
    assert owed(twice_a_week, 27) is None
    assert owed(twice_a_week, 28) == ("week 4", 28)
    assert owed([*twice_a_week, 31], 35) == ("week 4", 28)


def test_s8_a_visit_in_week_4_is_that_review_and_one_before_is_none() -> None:
    assert owed([0, 7, 14, 21], 28, 20) == ("week 4", 28)
    assert owed([0, 7, 14, 21], 28, 21) is None
    assert owed([0, 7, 14, 21], 28, 29) == ("week 4", 28)  # it is still to come


def test_s8_infusions_are_reviewed_after_the_third_and_the_sixth() -> None:
    assert owed([0, 2], 3, infusions=True) is None
    assert owed([0, 2, 4], 4, infusions=True) == ("3 infusions", 4)
    assert owed([0, 2, 4, 7, 9], 10, 4, infusions=True) is None
    assert owed([0, 2, 4, 7, 9, 11], 11, 4, infusions=True) == ("6 infusions", 11)
    assert owed([0, 2, 4, 7, 9, 11], 12, 11, infusions=True) is None


def test_s8_a_pause_of_more_than_28_days_begins_another_course() -> None:
    assert owed([0, 2, 4, 33], 33, infusions=True) is None
    assert owed([0, 2, 4, 32], 32, infusions=True) == ("3 infusions", 4)
    assert owed([0, 2, 4], 33, infusions=True) is None


@given(
    st.lists(st.integers(0, 90), max_size=14),
    st.lists(st.integers(0, 90), max_size=4),
    st.integers(0, 100),
    st.booleans(),
)
def test_a_review_is_due_by_the_past_alone_and_a_word_of_today_settles_it(
    days: list[int], seen: list[int], today: int, infusions: bool
) -> None:
    found = owed(days, today, *seen, infusions=infusions)
    past = [one for one in days if one <= today]
    assert found == owed(past, today, *(one for one in seen if one <= today), infusions=infusions)
    if found is not None:
        assert found[1] <= today
        assert owed(days, today, *seen, today, infusions=infusions) is None


def test_a_word_is_a_prescribers_and_has_words(clinic: SmallClinic) -> None:
    for who in (clinic.nurse, clinic.desk, Actor(0, frozenset({Role.MANAGER}), "office")):
        with pytest.raises(RightMissing):
            record_review(clinic.store, who, WORD)
    with pytest.raises(BadInput):
        record_review(clinic.store, clinic.prescriber, Review(patient_id=1, modality="iv", words=" "))


def test_a_word_goes_over_with_a_merge_and_back(clinic: SmallClinic) -> None:
    record_review(
        clinic.store, clinic.prescriber, Review(patient_id=clinic.noah.id, modality="iv", words="Goes on.")
    )
    manager = Actor(0, frozenset({Role.MANAGER}), "office")

    def of(patient: Patient) -> list[str]:
        with clinic.store.read() as records:
            return [one.words for one in records.find(Review, patient_id=patient.id)]

    merged = merge_patients(clinic.store, manager, clinic.amara, clinic.noah)
    assert (of(clinic.amara), of(clinic.noah)) == (["Goes on."], [])
    undo_merge(clinic.store, manager, merged.merge.id)
    assert (of(clinic.amara), of(clinic.noah)) == ([], ["Goes on."])


def test_what_is_due_says_after_what() -> None:
    assert review_due([day(0)], [], day(28), infusions=False) == Due("week 4", day(28))
