"""The end of an infusion that comes clearly early or late is asked about once; said again, it is recorded."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import K, Stay, booked

END = Stamp(kind=K.INFUSION_STOP)


def running(clinic: SmallClinic) -> Stay:
    """35 mg, planned to run for 40 minutes, from 10:15 on."""
    stay = booked(clinic, "IVM").prepared().at(10, 15)
    stay.is_(K.INFUSION_START, dose=35.0, unit="mg")
    return stay


@pytest.mark.parametrize(
    ("minute", "codes"),
    [
        (15, ["infusion-short"]),  # the minute of the start
        (21, ["infusion-short"]),
        (44, ["infusion-short"]),
        (45, []),  # three quarters of it
        (55, []),
        (75, []),  # one and a half times
        (76, ["infusion-long"]),
    ],
)
def test_an_end_far_from_the_planned_one_is_asked_about(
    clinic: SmallClinic, minute: int, codes: list[str]
) -> None:
    stay = running(clinic).at(10 + minute // 60, minute % 60)
    assert stay.refused(END) == codes
    assert len(stay.stamps(K.INFUSION_STOP)) == (0 if codes else 1)


def test_a_typed_time_is_asked_about_as_well(clinic: SmallClinic) -> None:
    stay = running(clinic).at(10, 40)
    assert stay.refused(replace(END, at=instant(10, 18))) == ["infusion-short"]


def test_the_question_names_the_minutes_and_the_dose(clinic: SmallClinic) -> None:
    stay = running(clinic)
    with pytest.raises(Refusal) as early:
        stay.at(10, 21).says(END)
    assert [one.sentence() for one in early.value.findings] == [
        "The infusion of 40 min ran 6 min. Were all 35 mg given? If less, record the end, then correct the "
        "dose at its start."
    ]
    with pytest.raises(Refusal) as late:
        stay.at(11, 55).says(END)
    assert [one.sentence() for one in late.value.findings] == [
        "The infusion of 40 min ran 100 min. Is that right? If it ended earlier, record the true time."
    ]


def test_said_again_it_is_recorded_with_its_true_time_and_no_incident(clinic: SmallClinic) -> None:
    stay = running(clinic).at(10, 21)
    saved = stay.says(END, happened=True).stamps[0]
    assert (saved.at, saved.deviations, stay.incidents()) == (instant(10, 21), (), [])


def test_an_infusion_that_was_held_up_counts_with_all_that_it_ran(clinic: SmallClinic) -> None:
    """Held up for 20 minutes: only the first end comes early."""
    stay = running(clinic).at(10, 25)
    stay.says(END, happened=True)
    stay.at(10, 45).is_(K.INFUSION_START, dose=10.0, unit="mg")
    assert stay.at(11, 15).refused(END) == []


def test_a_correction_that_makes_it_short_is_asked_about_and_one_of_the_dose_is_not(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic, "IVM").infused().at(11)
    start, end = stay.stamps(K.INFUSION_START, K.INFUSION_STOP)
    anew = {"id": 0, "version": 0, "reason": "read from the pump"}
    assert stay.refused(replace(end, at=instant(10, 30), corrects=end.id, **anew)) == ["infusion-short"]
    assert stay.refused(replace(start, at=instant(10, 40), corrects=start.id, **anew)) == ["infusion-short"]
    stay.says(replace(end, at=instant(10, 30), corrects=end.id, **anew), happened=True)
    assert stay.refused(replace(start, dose=12.0, corrects=start.id, **anew)) == []
