"""Two records that become one may bring two orders for one treatment: then neither counts until a prescriber
has written a new one; at booking, before the dose and on the page it is said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.people.model import Order, Patient
from clinic_desktop.people.orders import unsettled_orders
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.merging import Merged, merge_patients, preview_merge, undo_merge
from clinic_desktop.scheduling.ordering import stop_order, write_order
from clinic_desktop.scheduling.under_orders import order_for, used
from clinic_desktop.treatment.care import care_of
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import MONDAY, SmallClinic
from tests.treatment.stays import LOT, K, Stay, booked

MANAGER = Actor(0, frozenset({Role.MANAGER}), "office")
FIRST = Order(0, 0, 1, "spravato", "esketamine", "nasal", 56)


def ordered(clinic: SmallClinic, patient_id: int, **changes: object) -> Order:
    order = replace(FIRST, patient_id=patient_id, **changes)  # type: ignore[arg-type]  # replace checks the names
    return write_order(clinic.store, clinic.prescriber, order).order


def merged(clinic: SmallClinic) -> Merged:
    """Amara's record takes in Noah's."""
    with clinic.store.read() as records:
        kept, other = records.get(Patient, clinic.amara.id), records.get(Patient, clinic.noah.id)
    return merge_patients(clinic.store, MANAGER, kept, other, "same person")


def both_ordered(clinic: SmallClinic) -> tuple[Order, Order]:
    """56 mg on the one record, then 84 mg on the other."""
    return ordered(clinic, clinic.amara.id), ordered(clinic, clinic.noah.id, dose=84)


def counts(clinic: SmallClinic, stay: Stay) -> Order | None:
    with clinic.store.read() as records:
        orders = records.find(Order, patient_id=clinic.amara.id, modality="spravato")
        return order_for(stay.visit, orders, used([]))


def warned(clinic: SmallClinic) -> list[str]:
    return [one.code for one in book(clinic.store, clinic.desk, clinic.wish("SP56")).warnings]


def test_looking_at_a_merge_tells_what_it_does_to_the_orders(clinic: SmallClinic) -> None:
    both_ordered(clinic)
    with clinic.store.read() as records:
        seen = preview_merge(records, clinic.amara.id, clinic.noah.id, MONDAY)
    said = [one.sentence() for one in seen.findings if one.code == "merge-orders"]
    assert said == [
        "Both records have an order for Spravato: 84 mg and 56 mg. Neither counts from now on. "
        "A prescriber writes a new one."
    ]


def test_one_order_is_no_matter(clinic: SmallClinic) -> None:
    only = ordered(clinic, clinic.noah.id)
    assert "merge-orders" not in [one.code for one in merged(clinic).warnings]
    assert "orders-unsettled" not in warned(clinic)
    with clinic.store.read() as records:
        mine = records.find(Order, patient_id=clinic.amara.id)
    assert unsettled_orders(mine, MONDAY, {}) == []
    assert [one.id for one in mine] == [only.id]


def test_orders_for_two_treatments_both_count(clinic: SmallClinic) -> None:
    ordered(clinic, clinic.amara.id)
    ordered(clinic, clinic.noah.id, modality="iv", drug="ketamine", route="IV", dose=36)
    assert "merge-orders" not in [one.code for one in merged(clinic).warnings]


def test_neither_counts_and_booking_says_so(clinic: SmallClinic) -> None:
    both_ordered(clinic)
    merged(clinic)
    assert "orders-unsettled" in warned(clinic)


def test_no_dose_is_given_until_a_prescriber_has_said_which(clinic: SmallClinic) -> None:
    both_ordered(clinic)
    merged(clinic)
    stay = booked(clinic).prepared()
    assert counts(clinic, stay) is None
    dose = Stamp(kind=K.DOSE, lot=LOT)
    assert stay.refused(dose) == ["dose-orders"]
    new = ordered(clinic, clinic.amara.id)
    stay.says(dose)
    assert stay.visit.order_id == new.id


def test_what_was_given_all_the_same_is_on_record_as_a_deviation(clinic: SmallClinic) -> None:
    both_ordered(clinic)
    merged(clinic)
    stay = booked(clinic).prepared()
    stay.device(happened=True)
    assert stay.visit.order_id is None
    assert stay.visit.devices == 1


def test_whoever_is_being_dosed_goes_on_under_the_order_of_the_first_device(clinic: SmallClinic) -> None:
    mine, _ = both_ordered(clinic)
    stay = booked(clinic).prepared()
    stay.device()
    merged(clinic)
    stay.at(10, 15).device()
    assert stay.visit.order_id == mine.id


def test_the_older_one_does_not_count_again_when_the_newer_ends(clinic: SmallClinic) -> None:
    at = datetime(2026, 11, 2, tzinfo=UTC)
    older = replace(FIRST, id=1, ordered_at=at)
    newer = replace(FIRST, id=2, ordered_at=at + timedelta(days=7), dose=84, valid_to=date(2026, 11, 20))
    assert unsettled_orders([older, newer], date(2026, 11, 16), {}) == [newer, older]
    assert unsettled_orders([older, newer], date(2026, 11, 23), {}) == [newer, older]
    assert unsettled_orders([older, newer], date(2026, 11, 23), {1: 3}) == [newer, older]
    used_up, stopped = replace(newer, visits=2), replace(newer, visits=0)
    assert unsettled_orders([older, used_up], date(2026, 11, 16), {2: 2}) == [used_up, older]
    assert unsettled_orders([older, stopped], date(2026, 11, 16), {2: 2}) == []


def test_an_order_that_was_used_up_does_not_come_back_beside_the_next_one(clinic: SmallClinic) -> None:
    """Its last dose is struck out after another order was written: only that one counts, in one record."""
    first = ordered(clinic, clinic.amara.id, visits=1)
    stay = booked(clinic).prepared()
    stay.device()
    assert stay.visit.order_id == first.id
    second = ordered(clinic, clinic.amara.id, dose=84)
    for one in stay.stamps(K.DOSE):
        stay.is_(K.STRUCK, corrects=one.id, reason="another patient's")
    with clinic.store.read() as records:
        orders = records.find(Order, patient_id=clinic.amara.id)
    assert unsettled_orders(orders, MONDAY, {}) == []
    found = counts(clinic, stay)
    assert found is not None
    assert found.id == second.id


def test_a_prescriber_settles_it_by_stopping_the_newer_or_the_older(clinic: SmallClinic) -> None:
    older, newer = both_ordered(clinic)
    merged(clinic)
    stay = booked(clinic)
    with clinic.store.read() as records:
        version = records.get(Order, older.id).version
    stop_order(clinic.store, clinic.prescriber, older.id, version, "raised to 84 mg in October")
    found = counts(clinic, stay)
    assert found is not None
    assert found.id == newer.id


def test_taken_apart_again_each_record_has_its_own_order_in_force(clinic: SmallClinic) -> None:
    older, newer = both_ordered(clinic)
    undo_merge(clinic.store, MANAGER, merged(clinic).merge.id, "two people after all")
    with clinic.store.read() as records:
        mine = records.find(Order, patient_id=clinic.amara.id)
        theirs = records.find(Order, patient_id=clinic.noah.id)
    assert ([one.id for one in mine], [one.id for one in theirs]) == ([older.id], [newer.id])
    stay = booked(clinic).prepared()
    stay.device()
    assert stay.visit.order_id == older.id


def test_the_floor_sees_both_and_uses_none(clinic: SmallClinic) -> None:
    older, newer = both_ordered(clinic)
    merged(clinic)
    stay = booked(clinic)
    with clinic.store.read() as records:
        care = care_of(records, stay.visit, clinic.clock.now(), [])
    assert care.order is None
    assert [one.id for one in care.unsettled] == [newer.id, older.id]
