"""120 minutes are 120 elapsed minutes, on the days of both clock changes too, in whatever zone the PC is."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.scheduling.claims import timed
from clinic_desktop.treatment.leaving import before_release, earliest_release
from clinic_desktop.treatment.model import RemsForm, Stamp
from tests.small_clinic import ZONE, SmallClinic, at
from tests.treatment.cases import K, care, codes, sprayed
from tests.treatment.stays import Stay, booked

AUTUMN, SPRING = date(2026, 11, 1), date(2027, 3, 14)


@pytest.fixture(params=["America/Chicago", "Asia/Tokyo", "Pacific/Auckland"])
def pc_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A PC that is set to the clinic's zone, or to another, a day ahead of it."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of a process cannot be set here")
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        time.tzset()
        assert time.tzname[0] in ("CST", "JST", "NZST")
        yield
    time.tzset()


def across(day: date) -> list[Stamp]:
    """The usual session moved so that its first device is at half past midnight of ``day``."""
    moved = at(day, 0, 30) - next(one.at for one in sprayed() if one.kind is K.DOSE and one.at)
    return [replace(one, at=one.at + moved) for one in sprayed() if one.at]


@pytest.mark.usefixtures("pc_zone")
@pytest.mark.parametrize(("day", "reading"), [(AUTUMN, (1, 35, 1)), (SPRING, (3, 35, 0))])
def test_the_floor_is_elapsed_time(day: date, reading: tuple[int, int, int]) -> None:
    stamps = across(day)
    last = next(one.at for one in reversed(stamps) if one.kind is K.DOSE)
    made = care("SP56", stamps, last + timedelta(minutes=119, seconds=59))
    visit = timed(replace(made.visit, day=day, minute=20), made.type)
    made = replace(made, visit=visit)
    floor = earliest_release(made)
    assert floor is not None
    assert floor.at - last == timedelta(minutes=120)
    shown = local_time(floor.at, ZONE)
    assert (shown.minute // 60, shown.minute % 60, shown.fold) == reading
    assert codes(before_release(made)) == ["release-floor"]
    assert before_release(replace(made, at=floor.at, session=made.whole.as_of(floor.at))) == []


@pytest.mark.usefixtures("pc_zone")
@pytest.mark.parametrize("day", [AUTUMN, SPRING])
def test_a_stay_recorded_over_the_change_is_released_at_120(clinic: SmallClinic, day: date) -> None:
    """The clinic is closed on Sundays: facts are recorded all the same, as deviations of what they broke."""
    stay = booked(clinic)
    with clinic.store.write(clinic.nurse) as unit:
        unit.lock_days([stay.visit.day, day])
        unit.place([stay.visit_id], [], lambda _: 3)
        moved = replace(stay.visit, day=day, minute=20)
        unit.save(timed(moved, unit.setup().type_by_id(moved.type_id)))
        unit.commit()
    first = at(day, 0, 30)
    stamps = across(day)
    for one in stamps:
        clinic.clock.at = one.at or first
        kept = {"dose": one.dose, "lot": one.lot, "systolic": one.systolic, "diastolic": one.diastolic}
        kept["answers"] = one.answers
        stay.says(Stamp(kind=one.kind, oxygen=one.oxygen, person=one.person, **kept), happened=True)
    clinic.clock.at = first + timedelta(minutes=124, seconds=59)
    assert stay.refused(Stamp(kind=K.RELEASED)) == ["release-floor"]
    clinic.clock.at = first + timedelta(minutes=125)
    assert stay.refused(Stamp(kind=K.RELEASED)) == []
    (form,) = stay.forms()
    assert isinstance(form, RemsForm)
    assert (form.session_on, form.minutes) == (day, 125)


@pytest.mark.usefixtures("pc_zone")
def test_the_form_counts_its_days_on_the_clinics_calendar(clinic: SmallClinic) -> None:
    """A dose at 11 PM is on the clinic's day, though the day is another one in UTC."""
    stay = booked(clinic).at(23, 0)
    _late(stay)
    (form,) = stay.forms()
    assert form.session_on == stay.visit.day


def _late(stay: Stay) -> None:
    stay.says(Stamp(kind=K.DOSE, lot="1"), happened=True)
    stay.at(23, 30).is_(K.LEFT_EARLY, note="walked out")
