"""My decisions: what waits for a prescriber, who is here first, and gone when it is answered."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.errors import BadInput, RightMissing
from clinic_desktop.people.model import Clearance, Order
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.clearing import Decision, clear
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ordering import stop_order, write_order
from clinic_desktop.treatment.asked import Asked, ask, decide_against, refuse
from clinic_desktop.treatment.decisions import requests
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.overriding import override_driver, override_first_dose
from clinic_desktop.treatment.request import Request, RequestKind, WaitingText
from tests.small_clinic import MONDAY, SmallClinic, at, instant
from tests.treatment.stays import K, Stay, booked

DAY = timedelta(days=1)
R = RequestKind


def open_(clinic: SmallClinic, *kinds: RequestKind) -> list[Request]:
    with clinic.store.read() as records:
        found = requests(records, clinic.clock.now())
    return [one for one in found if not kinds or one.kind in kinds]


def said(clinic: SmallClinic, *kinds: RequestKind) -> list[str]:
    return [one.says.sentence() for one in open_(clinic, *kinds)]


def test_nothing_waits_in_a_quiet_house(any_clinic: SmallClinic) -> None:
    booked(any_clinic).prepared()
    assert open_(any_clinic) == []


def test_a_high_pressure_before_the_dose_waits_until_it_is_accepted(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic).prepared()
    stay.vitals(152, 96)
    (one,) = open_(any_clinic)
    assert (one.kind, one.patient, one.here) == (R.PRESSURE, "Okafor, Amara", True)
    assert one.says.sentence() == "Pressure 152/96 at 10:10 AM. Accept it, or let it be taken again."
    stay.says(Stamp(kind=K.PRESSURE_ACCEPTED), by=any_clinic.prescriber)
    assert open_(any_clinic) == []


def test_a_pressure_that_does_not_fall_waits_before_release(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    stay.at(11, 30).vitals(150, 92)
    assert said(clinic) == ["Pressure 150/92 at 11:30 AM. Accept it, or let it be taken again."]
    stay.at(11, 50).vitals(144, 90)
    assert open_(clinic) == [], "it falls: a nurse signs it"


def test_nobody_decides_about_the_pressure_of_who_has_gone(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.vitals(152, 96)
    stay.is_(K.NOT_TREATED, note="pressure")
    assert open_(clinic, R.PRESSURE) == []


def test_an_override_is_asked_for_and_answered_by_giving_it(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic, plan=None).prepared()
    ask(any_clinic.store, any_clinic.nurse, stay.visit_id, "driver", "her sister comes at noon")
    assert said(any_clinic) == [
        "To dose without a driver, because: her sister comes at noon. Asked by Maya Jones at 10:10 AM."
    ]
    assert "dose-driver" in stay.refused(Stamp(kind=K.DOSE, lot="1")), "asking opens nothing"
    override_driver(any_clinic.store, any_clinic.prescriber, stay.visit_id, "the sister was reached")
    assert open_(any_clinic) == []
    with any_clinic.store.read() as records:
        (answer,) = records.find(Asked)
    assert (answer.allowed, answer.answer, answer.answered_by) == (
        True,
        "the sister was reached",
        any_clinic.lin.id,
    )


def test_84_mg_on_the_first_day_is_asked_for_too(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    ask(clinic.store, clinic.nurse, stay.visit_id, "dose-first-84", "had it elsewhere before")
    assert [one.says.code for one in open_(clinic)] == ["decide-first-84"]
    override_first_dose(clinic.store, clinic.prescriber, stay.visit_id, "letter from the other clinic")
    assert open_(clinic) == []


def test_a_no_has_words_and_only_a_prescriber_says_it(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic, plan=None).prepared()
    ask(any_clinic.store, any_clinic.desk, stay.visit_id, "driver-release", "nobody answers")
    with pytest.raises(BadInput, match="asked already"):
        ask(any_clinic.store, any_clinic.nurse, stay.visit_id, "driver-release", "nobody answers")
    with any_clinic.store.read() as records:
        (one,) = records.find(Asked)
    with pytest.raises(RightMissing):
        refuse(any_clinic.store, any_clinic.nurse, one, "wait")
    with pytest.raises(BadInput):
        refuse(any_clinic.store, any_clinic.prescriber, one, " ")
    refuse(any_clinic.store, any_clinic.prescriber, one, "wait for the sister")
    assert open_(any_clinic, R.OVERRIDE) == []
    with any_clinic.store.read() as records:
        (after,) = records.find(Asked)
    assert (after.allowed, after.answer) == (False, "wait for the sister")
    with pytest.raises(BadInput, match="answered already"):
        refuse(any_clinic.store, any_clinic.prescriber, after, "or not")


def test_incidents_wait_behind_whoever_is_here(any_clinic: SmallClinic) -> None:
    gone = booked(any_clinic, "CON", 540, patient_id=any_clinic.noah.id)
    gone.at(9, 5).is_(K.TRANSFERRED, note="chest pain")
    booked(any_clinic).prepared().vitals(150, 95)
    assert [(one.kind, one.here) for one in open_(any_clinic)] == [(R.PRESSURE, True), (R.INCIDENT, False)]


@pytest.fixture
def held(clinic: SmallClinic) -> Stay:
    """Amara was cleared for nothing; her treatment is booked behind a consultation of the same morning."""
    with clinic.store.write(clinic.prescriber) as unit:
        for one in unit.find(Clearance, patient_id=clinic.amara.id):
            unit.save(replace(one, withdrawn_at=unit.at))
        unit.commit()
    talk = book(clinic.store, clinic.desk, clinic.wish("CON", 540)).visits[0]
    booked(clinic, "IVM", day=MONDAY + 2 * DAY)
    return Stay(clinic, talk.id)


def test_a_held_visit_waits_for_the_clearance_once_the_consultation_is_on(
    clinic: SmallClinic, held: Stay
) -> None:
    clinic.clock.at = instant(8)
    assert open_(clinic) == [], "the consultation is still to come"
    held.at(9, 5).is_(K.IN_ROOM)
    (one,) = open_(clinic)
    assert (one.kind, one.modality, one.here) == (R.CLEARANCE, "iv", True)
    assert one.says.sentence() == (
        "IV ketamine on Wed, Nov 18 is held: Okafor, Amara is not cleared for it. "
        "Clear, or let the visit be cancelled."
    )
    assert isinstance(one.about, Visit)
    assert one.about.id == held.visit_id
    clear(clinic.store, clinic.prescriber, Decision(one.patient_id, one.modality, visit_id=one.about.id))
    assert open_(clinic) == []


def over(clinic: SmallClinic) -> Stay:
    """A first consultation of somebody who is cleared for nothing, over since ten."""
    with clinic.store.write(clinic.prescriber) as unit:
        for one in unit.find(Clearance, patient_id=clinic.amara.id):
            unit.save(replace(one, withdrawn_at=unit.at))
        unit.commit()
    stay = Stay(clinic, book(clinic.store, clinic.desk, clinic.wish("CON", 540)).visits[0].id)
    stay.at(9, 2).is_(K.IN_ROOM)
    stay.at(10).is_(K.LEFT)
    return stay


def test_a_consultation_that_is_over_waits_for_a_decision(any_clinic: SmallClinic) -> None:
    talk = over(any_clinic)
    assert [one.kind for one in open_(any_clinic)] == [R.CONSULTATION]
    clear(
        any_clinic.store, any_clinic.prescriber, Decision(any_clinic.amara.id, "iv", visit_id=talk.visit_id)
    )
    assert open_(any_clinic, R.CONSULTATION) == []


def test_against_a_clearance_is_a_decision_too(any_clinic: SmallClinic) -> None:
    talk = over(any_clinic)
    with pytest.raises(RightMissing):
        decide_against(any_clinic.store, any_clinic.nurse, talk.visit_id, "uncontrolled hypertension")
    with pytest.raises(BadInput):
        decide_against(any_clinic.store, any_clinic.prescriber, talk.visit_id, "")
    decide_against(any_clinic.store, any_clinic.prescriber, talk.visit_id, "uncontrolled hypertension")
    assert open_(any_clinic) == []


def test_a_consultation_of_months_ago_is_not_asked_about(clinic: SmallClinic) -> None:
    over(clinic)
    clinic.clock.at = at(MONDAY + 31 * DAY, 9)
    assert open_(clinic, R.CONSULTATION) == []


def ordered(clinic: SmallClinic, **changes: object) -> Order:
    order = Order(patient_id=clinic.amara.id, modality="spravato", drug="esketamine", route="nasal", dose=56)
    order = replace(order, **changes)  # type: ignore[arg-type]  # replace checks the names
    return write_order(clinic.store, clinic.prescriber, order).order


def test_from_week_9_on_an_order_is_asked_for(any_clinic: SmallClinic) -> None:
    booked(any_clinic).prepared().device()
    any_clinic.clock.at = at(MONDAY + 50 * DAY, 9)
    booked(any_clinic, day=MONDAY + 56 * DAY)
    assert said(any_clinic, R.ORDER) == ["Spravato on Mon, Jan 11 is week 9 and needs an order. Write one."]
    ordered(any_clinic)
    assert open_(any_clinic, R.ORDER) == []


def test_an_order_that_ends_or_is_used_up_before_a_visit_is_asked_for(any_clinic: SmallClinic) -> None:
    for day in (0, 7, 14):
        booked(any_clinic, day=MONDAY + day * DAY)
    order = ordered(any_clinic, valid_to=MONDAY + 10 * DAY)
    assert said(any_clinic) == [
        "The order for Spravato ends on Thu, Nov 26, and a visit is booked on Mon, Nov 30. Write a new one."
    ]
    ordered(any_clinic, visits=1)
    assert said(any_clinic) == ["The order for Spravato has no visit left for Mon, Nov 23. Write a new one."]
    with any_clinic.store.read() as records:
        newest = records.find(Order, patient_id=order.patient_id)[-1]
    stop_order(any_clinic.store, any_clinic.prescriber, newest.id, newest.version, "another drug")
    assert open_(any_clinic) == []


def test_a_clearance_that_ends_before_a_visit_is_to_be_renewed(any_clinic: SmallClinic) -> None:
    booked(any_clinic, "IVM", day=MONDAY + 4 * DAY)
    with any_clinic.store.write(any_clinic.prescriber) as unit:
        (cleared,) = unit.find(Clearance, patient_id=any_clinic.amara.id, modality="iv")
        unit.save(replace(cleared, until=MONDAY + 2 * DAY))
        unit.commit()
    (one,) = open_(any_clinic)
    assert one.says.sentence() == (
        "The clearance for IV ketamine ends on Wed, Nov 18, and visits come after it. Renew it."
    )
    clear(any_clinic.store, any_clinic.prescriber, Decision(one.patient_id, one.modality))
    assert open_(any_clinic) == []


def test_texts_come_from_their_own_house(clinic: SmallClinic) -> None:
    class Texts:
        def waiting(self, _records: object, now: datetime) -> list[WaitingText]:
            return [WaitingText("spravato", "en", 4, "", "After Spravato", "English", now)]

    with clinic.store.read() as records:
        assert requests(records, clinic.clock.now()) == []
        (one,) = requests(records, clinic.clock.now(), Texts())
    assert (one.kind, one.says.sentence()) == (
        R.TEXT,
        "“After Spravato”, English, version 4, waits for your approval.",
    )


def test_every_role_may_ask(clinic: SmallClinic) -> None:
    stay = booked(clinic, plan=None).prepared()
    with pytest.raises(BadInput):
        ask(clinic.store, clinic.desk, stay.visit_id, "driver", " ")
    for role, rule in ((Role.RECEPTIONIST, "driver"), (Role.THERAPIST, "driver-release")):
        ask(clinic.store, Actor(0, frozenset({role}), "a desk"), stay.visit_id, rule, "nobody comes")
    assert len(open_(clinic, R.OVERRIDE)) == 2
    stay.is_(K.NOT_TREATED, note="no driver")
    assert open_(clinic, R.OVERRIDE) == [], "it is over: there is nothing left to allow"
    with pytest.raises(BadInput, match="nothing left"):
        ask(clinic.store, clinic.desk, stay.visit_id, "driver", "nobody comes")
