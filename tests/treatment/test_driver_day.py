"""The driver on the day: expected, called again, here, took over; who stays where it is late."""

from dataclasses import replace
from datetime import datetime

import pytest

from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.calling import Call, record_call
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome, Whom
from clinic_desktop.scheduling.model import GoingHomePlan, Setup, Visit
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.dosing import before_dose
from clinic_desktop.treatment.driving import call_by, driver_day, in_the_house, to_call
from clinic_desktop.treatment.gates import asked
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import BEA, MONDAY, SmallClinic, instant
from tests.treatment.cases import K, before_dosing, care, codes, device, setup, sprayed, stamp, without
from tests.treatment.stays import booked

C = CallOutcome


def late(must_stay_from: int | None = 930) -> Setup:
    made = setup()
    return replace(made, profiles=(replace(made.profiles[0], must_stay_from=must_stay_from),))


def case(at: datetime, *, here: bool = False, **more: object) -> Care:
    """56 mg at 10:10 and 10:15: the patient may leave from 12:15 on."""
    there = sprayed() if here else without(sprayed(), K.DRIVER_SEEN)
    return care("SP56", there, at, **more)


def called(
    at: datetime, outcome: CallOutcome, arrives: int | None = None, whom: Whom = Whom.DRIVER
) -> CallAttempt:
    return CallAttempt(
        id=1, visit_id=1, day=MONDAY, minute=600, whom=whom, outcome=outcome, arrives=arrives, at=at, by=1
    )


def told(made: Care, *calls: CallAttempt) -> list[str]:
    return codes(to_call(made, driver_day(made, calls)))


def test_an_emergency_contact_who_was_reached_promises_no_driver() -> None:
    tried = called(instant(11, 28), C.NO_ANSWER)
    contact = called(instant(11, 30), C.REACHED, whom=Whom.EMERGENCY)
    assert driver_day(case(instant(11, 31)), [tried, contact]).expected is None
    assert told(case(instant(11, 58)), tried, contact) == ["driver-call-again"]


# When to call.


def test_the_driver_is_called_so_early_that_they_are_here_before_the_release() -> None:
    assert call_by(case(instant(11))) == instant(11, 30)  # 12:15 less 15 minutes before and 30 of the way
    assert told(case(instant(11, 29))) == []
    assert told(case(instant(11, 30))) == ["driver-call"]


def test_who_was_not_reached_is_called_again_after_the_clinics_minutes() -> None:
    tried = called(instant(11, 10), C.NO_ANSWER)
    assert told(case(instant(11, 39)), tried) == []
    assert told(case(instant(11, 40)), tried) == ["driver-call-again"]


def test_who_was_reached_is_expected_after_the_minutes_of_the_way() -> None:
    day = driver_day(case(instant(11, 35)), [called(instant(11, 30), C.REACHED)])
    assert day.expected == instant(12)


def test_who_said_when_is_expected_then() -> None:
    said = called(instant(11, 30), C.REACHED, arrives=725)
    made = case(instant(11, 35))
    assert driver_day(made, [said]).expected == instant(12, 5)
    assert told(made, said) == []


def test_a_time_before_the_call_is_after_midnight() -> None:
    made = case(instant(11, 35))
    said = called(instant(11, 30), C.REACHED, arrives=15)
    expected = driver_day(made, [said]).expected
    assert expected is not None
    assert (expected - instant(11, 30)).total_seconds() == (12 * 60 + 45) * 60


def test_somebody_who_comes_after_the_earliest_release_is_told_at_once() -> None:
    said = called(instant(11, 30), C.REACHED, arrives=780)
    assert told(case(instant(11, 31)), said) == ["driver-arrives-late"]


def test_who_was_to_be_here_and_is_not_is_called_again() -> None:
    said = called(instant(11, 30), C.REACHED, arrives=725)
    assert told(case(instant(12, 5)), said) == []
    assert told(case(instant(12, 6)), said) == ["driver-overdue"]


def test_who_cannot_come_after_all_is_expected_no_more() -> None:
    said = [called(instant(11), C.REACHED, arrives=725), called(instant(11, 20), C.CANNOT_DRIVE)]
    assert driver_day(case(instant(11, 35)), said).expected is None


def test_the_emergency_contact_may_be_the_one_who_comes() -> None:
    said = called(instant(11, 30), C.REACHED, arrives=725, whom=Whom.EMERGENCY)
    day = driver_day(case(instant(11, 35)), [said])
    assert (day.calls, day.contacted, day.expected) == ((), (said,), instant(12, 5))


def test_calls_of_days_before_are_not_the_days() -> None:
    before = called(instant(11).replace(day=13), C.NO_ANSWER)
    assert driver_day(case(instant(11)), [before]).calls == ()


def test_nobody_is_called_who_is_here_or_before_a_dose_or_where_nobody_is_asked_for() -> None:
    assert told(case(instant(12, 20), here=True)) == []
    assert told(care("SP56", before_dosing(), instant(12, 20))) == []
    alone = GoingHomePlan(kind=TransportKind.TAXI_ALONE)
    made = case(instant(12, 20))
    assert told(replace(made, visit=made.visit.with_plan(alone))) == []


# Who took over.


def test_the_release_says_who_took_the_patient_over(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(12, 20).checked()
    (released,) = stay.is_(K.RELEASED).stamps
    assert released.person == BEA.name
    with clinic.store.read() as records:
        assert records.find(Stamp, id=released.id)[0].person == BEA.name


def test_who_came_last_took_over_unless_another_is_named(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(12, 20).checked()
    (released,) = stay.is_(K.RELEASED, person="Jo Reed").stamps
    assert released.person == "Jo Reed"


# Must stay.


def visit_at(minute: int, made: Care) -> Care:
    return replace(made, visit=replace(made.visit, minute=minute))


@pytest.mark.parametrize(("minute", "asks"), [(929, False), (930, True), (960, True)])
def test_s13_a_visit_from_the_clinics_hour_on_asks_for_a_driver_who_stays(minute: int, asks: bool) -> None:
    made = visit_at(minute, care("SP56", [], instant(10), setup=late()))
    found = codes(asked(made, Stamp(kind=K.ARRIVED)))
    assert ("driver-must-stay" in found) == asks


def test_s13_it_is_said_before_the_dose_too_until_the_driver_is_seen_here() -> None:
    dose = device(instant(10, 10))
    made = visit_at(960, care("SP56", before_dosing(), instant(10, 10), setup=late()))
    assert "driver-must-stay" in codes(before_dose(made, dose))
    here = [*before_dosing(), stamp(K.DRIVER_SEEN, instant(9, 55), person=BEA.name)]
    made = visit_at(960, care("SP56", here, instant(10, 10), setup=late()))
    assert "driver-must-stay" not in codes(before_dose(made, dose))


def test_s13_a_clinic_without_such_an_hour_asks_nobody_to_stay() -> None:
    made = visit_at(1000, care("SP56", [], instant(10), setup=late(None)))
    assert "driver-must-stay" not in codes(asked(made, Stamp(kind=K.ARRIVED)))


def test_s13_is_said_and_keeps_nobody_from_the_dose(clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.prescriber) as unit:
        unit.save(replace(unit.setup().profiles[0], must_stay_from=570))
        unit.commit()
    stay = booked(clinic).at(9, 50)
    assert "driver-must-stay" in codes(stay.is_(K.ARRIVED).warnings)


# Calls while the patient is here.


def test_a_call_to_the_driver_while_the_patient_is_here_is_on_record(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(11, 30)
    call = Call(stay.visit, Whom.DRIVER, C.REACHED, BEA.phone, arrives=725)
    done = record_call(clinic.store, clinic.nurse, call)
    assert done.findings == ()
    assert (done.attempt.arrives, done.visit) == (725, stay.visit)


def test_a_driver_who_says_yes_meanwhile_is_confirmed(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(11, 30)
    record_call(clinic.store, clinic.nurse, Call(stay.visit, Whom.DRIVER, C.DRIVER))
    assert stay.visit.plan_confirmed_at == instant(11, 30)


def test_who_cannot_come_any_more_stays_named_until_somebody_else_is(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(11, 30)
    record_call(clinic.store, clinic.nurse, Call(stay.visit, Whom.DRIVER, C.CANNOT_DRIVE))
    assert (stay.visit.plan_name, stay.state) == (BEA.name, "monitoring")


# Who stays.


def test_who_is_in_the_house_and_until_when_the_last_to_go_first() -> None:
    there = [(one.name, until) for one, until in in_the_house(setup(), instant(16))]
    assert [until for _, until in there] == sorted((until for _, until in there), reverse=True)
    assert there[0][1] == instant(20)
    assert in_the_house(setup(), instant(21)) == []


def test_who_stays_is_recorded_by_name(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(12, 30)
    stay.is_(K.STAYS, person="Maya Chen")
    with clinic.store.read() as records:
        visit = records.get(Visit, stay.visit_id)
        there = records.find(Stamp, visit_id=visit.id)
    made = replace(case(instant(12, 31)), whole=replace(case(instant(12, 31)).whole, stamps=tuple(there)))
    assert driver_day(made, []).stays == there[-1]


# Calls to others.


def test_a_call_to_somebody_else_says_nothing_of_the_driver() -> None:
    other = called(instant(11), C.REACHED, whom=Whom.OTHER)
    made = driver_day(case(instant(11, 35)), [other])
    assert (made.calls, made.contacted, made.said, made.expected) == ((), (), None, None)
    assert told(case(instant(11, 35)), other) == ["driver-call"]


def test_a_call_is_kept_at_its_time_and_after_the_end_nothing_speaks_against_it(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(11, 20)
    stay.is_(K.LEFT_EARLY, instant(11, 12), note="walked out")
    made = stay.called("911", "on the way", at=instant(11, 15))
    assert made.findings == ()
    (call,) = stay.calls()
    assert (call.person, call.note, call.at, call.by) == (
        "911",
        "on the way",
        instant(11, 15),
        clinic.maya.id,
    )
    assert stay.called(at=instant(13)).attempt.at == instant(11, 20), "no call is made later than now"


def test_what_the_driver_before_said_binds_nobody_who_was_named_since() -> None:
    said = replace(called(instant(11, 30), C.REACHED, arrives=705), number="(217) 555-0142")
    made = case(instant(11, 50))
    assert told(made, said) == ["driver-overdue"]
    other = replace(made, visit=made.visit.with_plan(replace(BEA, name="Acme", phone="(217) 555-0199")))
    assert driver_day(other, [said]).expected is None
    assert told(other, said) == ["driver-call"]
