"""A pressure of an infusion that nobody took stays on record, and somebody may say why."""

from datetime import datetime, timedelta

import pytest

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.treatment.missed import Missed, missed_checks
from tests.small_clinic import SmallClinic, instant
from tests.treatment.cases import K, before_dosing, care, infused, setup, sprayed, stamp, vitals, without
from tests.treatment.stays import booked


def missed(minutes: list[int], at: datetime, **changes: object) -> list[datetime]:
    """What was missed of an infusion from 10:15 to 10:55 with readings at these minutes after 10."""
    stamps = [*infused(), *(vitals(instant(10, one)) for one in minutes)]
    return [one.due for one in missed_checks(care("IVM", stamps, at, **changes))]


@pytest.mark.parametrize(
    ("minutes", "wanted"),
    [
        ([25, 35, 45], []),
        ([24, 34, 44], [54]),  # due a minute before the end, and never taken
        ([25, 35, 45, 56], []),
        ([34, 44, 54], []),  # 9 minutes late is late, and taken
        ([35, 45], [25]),
        ([25], [35, 45]),
        ([], [25, 35, 45]),
        ([25, 30, 40, 50], []),
    ],
)
def test_a_pressure_is_missed_when_the_next_would_have_been_due(
    minutes: list[int], wanted: list[int]
) -> None:
    assert missed(minutes, instant(12)) == [instant(10, one) for one in wanted]


@pytest.mark.parametrize(("at", "wanted"), [(34, []), (35, [25]), (44, [25]), (45, [25, 35])])
def test_it_is_late_before_it_is_missed(at: int, wanted: list[int]) -> None:
    running = without(infused(), K.INFUSION_STOP)
    found = missed_checks(care("IVM", running, instant(10, at)))
    assert [one.due for one in found] == [instant(10, one) for one in wanted]


def test_whoever_has_gone_misses_none_though_nobody_recorded_the_infusions_end() -> None:
    gone = [*without(infused(), K.INFUSION_STOP), stamp(K.LEFT_EARLY, instant(10, 40), note="walked out")]
    found = missed_checks(care("IVM", gone, instant(15)))
    assert [one.due for one in found] == [instant(10, 25), instant(10, 35)]


def test_an_infusion_that_nobody_ended_is_not_followed_for_days() -> None:
    running = without(infused(), K.INFUSION_STOP)
    found = missed_checks(care("IVM", running, instant(10) + timedelta(days=30)))
    assert found[-1].due < instant(10) + timedelta(days=1)


def test_how_often_is_the_clinics_own() -> None:
    assert missed([30, 45], instant(12), setup=setup(iv_vitals_minutes=15)) == []


def test_nothing_is_missed_where_nothing_is_infused() -> None:
    assert missed_checks(care("SP56", sprayed(), instant(12))) == []
    assert missed_checks(care("IVM", before_dosing(), instant(12))) == []


def test_of_several_infusions_each_has_its_own_pressures() -> None:
    again = [
        stamp(K.INFUSION_START, instant(11, 30), dose=10.0),
        vitals(instant(11, 40)),
        stamp(K.INFUSION_STOP, instant(11, 50)),
    ]
    found = missed_checks(care("IVM", [*infused(), *again], instant(12, 30)))
    assert [one.due for one in found] == [instant(10, one) for one in (25, 35, 45)]


def test_somebody_says_why_and_it_stays(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").prepared().at(10, 15)
    stay.is_(K.INFUSION_START, dose=35.0, unit="mg")
    stay.at(10, 25).vitals()
    with pytest.raises(BadInput) as slip:
        stay.at(10, 40).is_(K.CHECK_MISSED, note="cuff was off")
    assert slip.value.problems["kind"].sentence() == "By that time no pressure of an infusion was missed."
    with pytest.raises(BadInput):
        stay.at(10, 50).is_(K.CHECK_MISSED)
    stay.is_(K.CHECK_MISSED, note="cuff was off")
    stay.at(10, 55).is_(K.INFUSION_STOP)
    found = missed_checks(care("IVM", stay.stamps(), instant(12)))
    assert found == [Missed(instant(10, 35), "cuff was off"), Missed(instant(10, 45))]
