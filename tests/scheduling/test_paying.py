"""Authorizations, packages and devices: kept, warned of when booking, listed ahead, merged and told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.errors import BadInput, StaleEdit
from clinic_desktop.people.model import Authorization, DrugMovement, Moved, Package, Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.merging import merge_patients, undo_merge
from clinic_desktop.scheduling.paying import (
    devices_of,
    keep_authorization,
    keep_package,
    running_out,
)
from clinic_desktop.storage import check
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.stocking import move_drugs
from tests.scheduling.test_booking import more_patients
from tests.small_clinic import MONDAY, SmallClinic
from tests.treatment.stays import booked

TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    return any_clinic


def agreed(clinic: SmallClinic, visits: int | None = 1, until: date | None = FRIDAY, **more) -> Authorization:
    made = Authorization(
        patient_id=clinic.amara.id, modality="iv", payer="Acme Health", number="A-17", visits=visits,
        valid_from=MONDAY, valid_to=until,
    )  # fmt: skip
    return keep_authorization(clinic.store, clinic.desk, replace(made, **more)).record


def packed(clinic: SmallClinic, visits: int, paid: int) -> Package:
    made = Package(patient_id=clinic.amara.id, modality="iv", name="Six infusions", visits=visits, paid=paid)
    return keep_package(clinic.store, clinic.desk, made).record


def came(clinic: SmallClinic, devices: int, **more) -> DrugMovement:
    what = Moved.RECEIVED if devices > 0 else Moved.SENT
    made = DrugMovement(
        patient_id=clinic.amara.id, on=MONDAY, devices=devices, lot="12K345", what=what,
        expires=MONDAY + timedelta(days=400),
    )  # fmt: skip
    (kept,) = move_drugs(clinic.store, clinic.desk, replace(made, **more)).lines
    return kept


def warned(clinic: SmallClinic, code: str = "IVM", day: date = MONDAY, minute: int = 600) -> list[str]:
    found = book(clinic.store, clinic.desk, clinic.wish(code, minute, day=day)).warnings
    wanted = ("authorization", "package", "devices")
    return [one.sentence() for one in found if one.code.startswith(wanted)]


def test_nothing_is_said_where_nothing_was_agreed(clinic: SmallClinic) -> None:
    assert warned(clinic) == []


def test_the_last_visit_passes_and_the_next_is_warned_of(clinic: SmallClinic) -> None:
    agreed(clinic, visits=1)
    assert warned(clinic) == []
    assert warned(clinic, day=TUESDAY) == [
        "All 1 visits of authorization A-17 (Acme Health) are used or booked. Ask for more."
    ]


def test_beyond_its_last_day_it_covers_nothing(clinic: SmallClinic) -> None:
    agreed(clinic, visits=9, until=TUESDAY)
    assert warned(clinic, day=MONDAY + timedelta(days=2)) == [
        "No authorization covers IV ketamine on Wed, Nov 18. Ask Acme Health for one."
    ]


def test_a_package_says_what_is_paid(clinic: SmallClinic) -> None:
    packed(clinic, visits=2, paid=1)
    assert warned(clinic) == []
    assert warned(clinic, day=TUESDAY) == [
        "1 of 2 visits of the package Six infusions are paid; this is visit 2."
    ]
    assert warned(clinic, day=MONDAY + timedelta(days=2)) == [
        "All 2 visits of the package Six infusions are used or booked."
    ]


def test_devices_that_are_booked_before_are_spoken_for(clinic: SmallClinic) -> None:
    came(clinic, 3)
    assert warned(clinic, "SP56") == []
    assert warned(clinic, "SP56", day=TUESDAY) == [
        "1 devices are here for Okafor, Amara on Tue, Nov 17, and 2 are needed. Order them."
    ]


def test_devices_given_are_counted_from_what_is_stamped(clinic: SmallClinic) -> None:
    came(clinic, 4)
    stay = booked(clinic, "SP56").prepared()
    stay.device()
    with clinic.store.read() as records:
        assert devices_of(records, clinic.amara.id) == 3
    first = stay.stamps(StampKind.DOSE)[0]
    stay.is_(StampKind.STRUCK, corrects=first.id, reason="another patient")
    with clinic.store.read() as records:
        assert devices_of(records, clinic.amara.id) == 4


def test_more_than_are_here_cannot_go(clinic: SmallClinic) -> None:
    came(clinic, 2)
    with pytest.raises(BadInput, match="Only 2 are here"):
        came(clinic, -3, note="sent back")
    with pytest.raises(BadInput, match="where they went"):
        came(clinic, -1)
    came(clinic, -1, note="sent back")
    with clinic.store.read() as records:
        assert devices_of(records, clinic.amara.id) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"payer": " "}, "payer"),
        ({"number": ""}, "number"),
        ({"visits": 0}, "visits"),
        ({"valid_from": date.min}, "valid_from"),
        ({"valid_to": MONDAY - timedelta(days=1)}, "valid_to"),
    ],
)
def test_an_authorization_says_who_what_and_when(file_clinic: SmallClinic, wrong: dict, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        agreed(file_clinic, **wrong)
    assert set(refused.value.problems) == {field}


@pytest.mark.parametrize(("visits", "paid", "field"), [(0, 0, "visits"), (2, 3, "paid"), (2, -1, "paid")])
def test_no_more_is_paid_than_the_package_has(
    file_clinic: SmallClinic, visits: int, paid: int, field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        packed(file_clinic, visits, paid)
    assert set(refused.value.problems) == {field}


def test_a_change_of_another_desk_is_not_written_over(clinic: SmallClinic) -> None:
    seen = agreed(clinic)
    keep_authorization(clinic.store, clinic.desk, replace(seen, visits=8))
    with pytest.raises(StaleEdit):
        keep_authorization(clinic.store, clinic.desk, replace(seen, visits=9))


def test_who_runs_out_is_listed_three_business_days_ahead(clinic: SmallClinic) -> None:
    agreed(clinic, visits=1)
    for number in (0, 1, 3, 4, 7):
        book(clinic.store, clinic.desk, clinic.wish(day=MONDAY + timedelta(days=number)))
    other = more_patients(clinic, 1)[0]
    book(clinic.store, clinic.desk, clinic.wish(patient_id=other.id, minute=780))
    with clinic.store.read() as records:
        found = running_out(records, clinic.clock.now())
    assert [one.visit.day for one in found] == [TUESDAY, MONDAY + timedelta(days=3)]
    assert {one.patient.id for one in found} == {clinic.amara.id}
    assert {one.why[0].code for one in found} == {"authorization-used"}


def test_a_merge_carries_them_and_its_undoing_gives_them_back(clinic: SmallClinic) -> None:
    boss = Actor(0, frozenset({Role.MANAGER}), "front")
    agreed(clinic)
    packed(clinic, 6, 2)
    came(clinic, 5)
    booked(clinic, "SP56").prepared().device()
    with clinic.store.read() as records:
        amara, noah = records.get(Patient, clinic.amara.id), records.get(Patient, clinic.noah.id)
    merged = merge_patients(clinic.store, boss, noah, amara)
    with clinic.store.read() as records:
        assert [one.patient_id for one in records.find(Authorization)] == [noah.id]
        assert [one.patient_id for one in records.find(Package)] == [noah.id]
        assert (devices_of(records, noah.id), devices_of(records, amara.id)) == (4, 0)
    undo_merge(clinic.store, boss, merged.merge.id)
    with clinic.store.read() as records:
        assert [one.patient_id for one in records.find(Authorization)] == [amara.id]
        assert (devices_of(records, noah.id), devices_of(records, amara.id)) == (0, 4)
    assert check.findings(clinic.store.where) == []


def test_the_history_tells_of_each(clinic: SmallClinic) -> None:
    seen = agreed(clinic)
    keep_authorization(clinic.store, clinic.desk, replace(seen, visits=8))
    packed(clinic, 6, 2)
    came(clinic, 5)
    with clinic.store.read() as records:
        kinds = [type(one.after) for one in records.history_of(clinic.amara.id, most=4)]
    assert kinds == [DrugMovement, Package, Authorization, Authorization]
