"""Orders count down with the visits that were dosed under them, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.people.model import Order
from clinic_desktop.people.orders import in_force, visits_left
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ordering import stop_order, write_order
from clinic_desktop.scheduling.under_orders import used
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import MONDAY, SmallClinic, at, instant
from tests.treatment.stays import ANSWERED, LOT, K, Stay, booked

DAY = timedelta(days=1)


def ordered(clinic: SmallClinic, **changes: object) -> Order:
    order = Order(0, 0, clinic.amara.id, "spravato", "esketamine", "nasal", 56, visits=2)
    return write_order(clinic.store, clinic.prescriber, replace(order, **changes)).order


def left(clinic: SmallClinic, order: Order) -> int | None:
    with clinic.store.read() as records:
        now = records.get(Order, order.id)
        return visits_left(now, used(records.find(Visit, patient_id=clinic.amara.id)))


def on(clinic: SmallClinic, days: int, override: str = "") -> Stay:
    """A prepared visit so many days after Monday; ``override``: why a prescriber books it all the same."""
    day = MONDAY + days * DAY
    wish = clinic.wish("SP56", day=day)
    who = clinic.prescriber if override else clinic.desk
    stay = Stay(clinic, book(clinic.store, who, wish, override=override).visits[0].id)
    clinic.clock.at = at(day, 10)
    stay.says(ANSWERED)
    stay.vitals()
    return stay


def test_the_first_dose_uses_one_visit_and_the_next_devices_none(clinic: SmallClinic) -> None:
    order = ordered(clinic)
    stay = booked(clinic).prepared()
    assert left(clinic, order) == 2
    stay.device()
    assert (left(clinic, order), stay.visit.order_id) == (1, order.id)
    stay.at(10, 15).device()
    stay.at(10, 50).vitals()
    assert left(clinic, order) == 1


def test_a_struck_out_dose_gives_its_visit_back(clinic: SmallClinic) -> None:
    order = ordered(clinic)
    stay = booked(clinic).prepared()
    (given,) = stay.device().stamps
    late = replace(given, id=0, version=0, at=instant(10, 9), corrects=given.id, reason="read from the clock")
    (corrected,) = stay.says(late).stamps
    assert left(clinic, order) == 1  # it was given all the same
    stay.is_(K.STRUCK, corrects=corrected.id, reason="another patient's device")
    assert (left(clinic, order), stay.visit.order_id) == (2, None)
    stay.device()
    assert left(clinic, order) == 1


def test_a_stopped_or_changed_order_keeps_what_was_given_under_it(clinic: SmallClinic) -> None:
    older, order = ordered(clinic), ordered(clinic)
    booked(clinic).prepared().device()
    changed = write_order(clinic.store, clinic.prescriber, replace(order, dose=84, visits=8)).order
    assert (left(clinic, order), left(clinic, older)) == (7, 0)  # the older one was replaced
    stopped = stop_order(clinic.store, clinic.prescriber, changed.id, changed.version, "course over").order
    assert not in_force(stopped, MONDAY, {})
    assert left(clinic, order) == 0


def test_an_infusion_uses_an_order_of_its_own_treatment(clinic: SmallClinic) -> None:
    spravato, iv = ordered(clinic), ordered(clinic, modality="iv", drug="ketamine", route="IV", dose=36)
    booked(clinic, "IVM").infused()
    assert (left(clinic, spravato), left(clinic, iv)) == (2, 1)


def test_a_turned_away_patient_uses_nothing(clinic: SmallClinic) -> None:
    order = ordered(clinic)
    booked(clinic).prepared().is_(K.NOT_TREATED, note="pressure")
    assert left(clinic, order) == 2


def test_from_week_9_on_nobody_is_dosed_without_an_order(clinic: SmallClinic) -> None:
    booked(clinic).prepared().device()
    assert on(clinic, 53).device().stamps[0].deviations == ()
    late = on(clinic, 63)
    with pytest.raises(Refusal) as refusal:
        late.device()
    assert [one.sentence() for one in refusal.value.findings] == [
        "Week 10 of Spravato needs an order, and none is valid today. Ask a prescriber for one."
    ]
    ordered(clinic)
    late.device()
    assert late.incidents() == []


def test_a_dose_without_the_order_that_its_week_needs_is_recorded_with_an_incident(
    clinic: SmallClinic,
) -> None:
    booked(clinic).prepared().device()
    late = on(clinic, 63)
    late.device(happened=True)
    assert [one.codes for one in late.incidents()] == [("dose-order",)]


def test_an_order_answers_for_it_until_its_visits_are_used(clinic: SmallClinic) -> None:
    booked(clinic).prepared().device()
    clinic.clock.at = at(MONDAY + 56 * DAY, 8)
    ordered(clinic, visits=1)
    on(clinic, 56).device()
    assert on(clinic, 63, "a new one follows").refused(Stamp(kind=K.DOSE, lot=LOT)) == ["dose-order"]
