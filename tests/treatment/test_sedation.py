"""A score of sedation that nobody should be left alone with, and one that nobody leaves with."""

import pytest

from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.treatment.alarm_records import AlarmKind
from clinic_desktop.treatment.alarms import alarms_of, sounds_by
from clinic_desktop.treatment.leaving import before_release
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import SmallClinic, instant
from tests.treatment.cases import K, before_dosing, care, codes, device, sprayed, stamp
from tests.treatment.stays import booked

DOSED = [*before_dosing(), device(instant(10, 10))]


def scored(score: int, hour: int, minute: int) -> Stamp:
    return stamp(K.SEDATION, instant(hour, minute), score=score)


def stands(*more: Stamp) -> list[str]:
    found = alarms_of(care("SP56", [*DOSED, *more], instant(10, 45)))
    return [one.reading for one in found if one.kind is AlarmKind.SEDATION]


@pytest.mark.parametrize(
    ("stamps", "reading"),
    [
        ([scored(2, 10, 30)], []),
        ([scored(1, 10, 30)], ["1"]),
        ([scored(0, 10, 30)], ["0"]),
        ([scored(0, 10, 30), scored(2, 10, 35)], []),
        ([scored(0, 10, 30), stamp(K.TOLD, instant(10, 31), person="Dr. Lin")], ["0"]),
    ],
)
def test_who_answers_to_pain_alone_is_an_alarm_until_scored_higher(
    stamps: list[Stamp], reading: list[str]
) -> None:
    assert stands(*stamps) == reading


def test_it_sounds_at_once_like_a_limit() -> None:
    (one,) = alarms_of(care("SP56", [*DOSED, scored(0, 10, 30)], instant(10, 31)))
    assert sounds_by(one, instant(10, 31)) == 1


def test_before_the_dose_it_is_none() -> None:
    assert alarms_of(care("SP56", [*before_dosing(), scored(0, 10, 5)], instant(10, 6))) == []
    assert stands() == []


@pytest.mark.parametrize(("score", "against"), [(3, ["release-sedated"]), (4, []), (5, [])])
def test_nobody_leaves_who_must_be_called_loudly(score: int, against: list[str]) -> None:
    made = care("SP56", [*sprayed(), scored(score, 12, 16)], instant(12, 20))
    assert codes(before_release(made)) == against


def test_a_better_score_later_lets_go() -> None:
    made = care("SP56", [*sprayed(), scored(2, 12, 0), scored(5, 12, 16)], instant(12, 20))
    assert codes(before_release(made)) == []


def test_settled_is_asked_about_where_the_last_numbers_say_otherwise(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    stay.at(11).is_(K.SEDATION, score=2)
    stay.is_(K.DISSOCIATION, score=2)
    stay.is_(K.VITALS, systolic=124, diastolic=78, oxygen=90)
    with pytest.raises(Refusal) as refused:
        stay.at(11, 30).is_(K.SETTLED)
    assert [one.code for one in refused.value.findings] == ["settled-against"] * 3
    stay.says(Stamp(kind=K.SETTLED), happened=True)
    assert stay.incidents() == []
    stay.at(11, 40).is_(K.SEDATION, score=5)
    stay.is_(K.DISSOCIATION, score=1)
    stay.vitals()
    stay.at(11, 41).is_(K.SETTLED)
