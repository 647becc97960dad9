"""Sedation (MOAA/S 0 to 5), dissociation and nausea (0 to 3) are facts of the room like any other."""

import pytest

from clinic_desktop.foundation.errors import BadInput, RightMissing
from clinic_desktop.treatment.model import Stamp, StampKind
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import K, booked


@pytest.mark.parametrize(
    ("kind", "score", "well"),
    [
        (K.SEDATION, 0, True),
        (K.SEDATION, 5, True),
        (K.SEDATION, 6, False),
        (K.SEDATION, -1, False),
        (K.SEDATION, None, False),
        (K.DISSOCIATION, 3, True),
        (K.DISSOCIATION, 4, False),
        (K.NAUSEA, 0, True),
        (K.NAUSEA, 4, False),
    ],
)
def test_a_score_lies_on_its_scale(
    clinic: SmallClinic, kind: StampKind, score: int | None, well: bool
) -> None:
    stay = booked(clinic).prepared()
    if well:
        stay.is_(kind, score=score, note="asked twice")
        assert [(one.score, one.note) for one in stay.stamps(kind)] == [(score, "asked twice")]
        return
    with pytest.raises(BadInput) as slip:
        stay.is_(kind, score=score)
    assert set(slip.value.problems) == {"score"}


def test_a_slip_names_the_scale(clinic: SmallClinic) -> None:
    with pytest.raises(BadInput) as slip:
        booked(clinic).prepared().is_(K.SEDATION, score=7)
    (found,) = slip.value.problems.values()
    assert found.sentence() == "A score of sedation is a number from 0 to 5. Look at it again."


def test_whoever_is_scored_is_in_the_house(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(9, 58)
    stay.is_(K.NAUSEA, score=1)
    assert stay.state == "arrived"


def test_a_score_after_the_release_is_asked_about(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(12, 15).checked()
    stay.is_(K.RELEASED)
    stay.at(12, 30)
    assert stay.refused(Stamp(kind=K.SEDATION, score=5, at=instant(12, 20))) == ["slip-order"]


def test_a_score_is_a_clinicians_to_give(clinic: SmallClinic) -> None:
    with pytest.raises(RightMissing):
        booked(clinic).prepared().says(Stamp(kind=K.NAUSEA, score=1), by=clinic.desk)


def test_scores_stand_in_the_history(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.is_(K.SEDATION, score=4)
    with clinic.store.read() as records:
        told = [one.after for one in records.history_of(stay.visit.patient_id)]
    assert [one.score for one in told if isinstance(one, Stamp)] == [4]
