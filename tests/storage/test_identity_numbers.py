"""No way leads an identity number into the store: every text of every record is asked, and every reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.people.import_patients import import_file
from clinic_desktop.people.model import Absence, Merge, Order, Patient, ScreeningItem
from clinic_desktop.people.patients import create
from clinic_desktop.people.screenings import Screening, answer
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.holding import name_driver
from clinic_desktop.scheduling.model import Clinic, Closure, GoingHomePlan
from clinic_desktop.scheduling.ordering import write_order
from clinic_desktop.scheduling.set_up import Edit, change_set_up
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.small_clinic import BEA, MONDAY, SmallClinic

SSN = "123-45-6789"
Do = Callable[[SmallClinic], object]


def booked(clinic: SmallClinic):
    return book(clinic.store, clinic.desk, clinic.wish()).visits[0]


def note_of_a_patient(clinic: SmallClinic) -> object:
    return create(clinic.store, clinic.desk, Patient(family_name="Lee", notes="passport 533401234"))


def note_of_a_booking(clinic: SmallClinic) -> object:
    return book(clinic.store, clinic.desk, clinic.wish(note=f"told us {SSN}"))


def driver_of_a_booking(clinic: SmallClinic) -> object:
    return book(clinic.store, clinic.desk, clinic.wish(plan=replace(BEA, name=f"Bea {SSN}")))


def driver_named_later(clinic: SmallClinic) -> object:
    visit = booked(clinic)
    plan = GoingHomePlan(name="Bea Marsh", phone=SSN, adult=True)
    return name_driver(clinic.store, clinic.desk, [(visit.id, visit.version)], plan)


def reason_of_a_cancellation(clinic: SmallClinic) -> object:
    visit = booked(clinic)
    reason = CancelReason.PATIENT
    return cancel(clinic.store, clinic.desk, visit.id, visit.version, reason, f"SSN {SSN}")


def stamp(clinic: SmallClinic) -> object:
    return record(clinic.store, clinic.nurse, booked(clinic).id, [Stamp(kind=StampKind.NOTE, note=SSN)])


def order(clinic: SmallClinic) -> object:
    written = Order(0, 0, clinic.amara.id, "iv", "ketamine", "IV", 36, note="licence D1234567")
    return write_order(clinic.store, clinic.prescriber, written)


def check_list(clinic: SmallClinic) -> object:
    items = (ScreeningItem("opioids", present=True, note=SSN),)
    return answer(clinic.store, clinic.nurse, Screening(patient_id=clinic.amara.id, items=items))


def set_up(clinic: SmallClinic) -> object:
    shut = Closure(from_day=MONDAY, to_day=MONDAY, reason=SSN)
    return change_set_up(clinic.store, PROGRAM, Edit((shut,)), anyway=True)


def reason_of_a_change(clinic: SmallClinic) -> object:
    with clinic.store.read() as records:
        here = records.setup().clinic
    changed = Edit((replace(here, name="Renamed"),), reason=f"SSN {SSN}")
    return change_set_up(clinic.store, PROGRAM, changed, anyway=True)


@pytest.mark.parametrize(
    ("do", "field"),
    [
        (note_of_a_patient, "notes"),
        (note_of_a_booking, "note"),
        (driver_of_a_booking, "plan_name"),
        (driver_named_later, "plan_phone"),
        (reason_of_a_cancellation, "reason"),
        (stamp, "note"),
        (order, "note"),
        (check_list, "items.0.note"),
        (set_up, "reason"),
        (reason_of_a_change, "reason"),
    ],
)
def test_a_typed_text_is_refused_and_says_what_to_take_out(
    file_clinic: SmallClinic, do: Do, field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        do(file_clinic)
    (number,) = {str(one.params["number"]) for one in refused.value.problems.values()}
    assert field in refused.value.problems
    assert str(refused.value).startswith(number)
    assert "Take it out." in str(refused.value)


@pytest.mark.parametrize(
    "one",
    [
        Absence(staff_id=1, from_day=MONDAY, to_day=MONDAY, reason=SSN),
        Merge(kept_id=1, merged_id=2, kept_before=f'{{"notes": "{SSN}"}}'),
        Clinic(id=2, address=f"1 Oak Street, {SSN}"),
    ],
)
def test_so_is_every_other_record(file_clinic: SmallClinic, one: object) -> None:
    with pytest.raises(BadInput), file_clinic.store.write(PROGRAM) as unit:
        unit.add(one)


def test_a_text_kept_before_hinders_nobody_to_record_what_happens(file_clinic: SmallClinic) -> None:
    visit = booked(file_clinic)
    with file_clinic.store.write(PROGRAM) as unit:
        unit.connection.exec_driver_sql("UPDATE visit SET note = ? WHERE id = ?", (SSN, visit.id))
        unit.commit()
    arrived = record(file_clinic.store, file_clinic.nurse, visit.id, [Stamp(kind=StampKind.ARRIVED)])
    assert arrived.visit.state == "arrived"


def test_an_import_leaves_the_number_out_and_says_in_which_row(file_clinic: SmallClinic) -> None:
    listed = (
        b"First name,Last name,DOB,Notes\n"
        b'Ann,Lee,1984-04-13,"SSN 123 45 6789, licence D1234567"\n'
        b"Eve,Lee,1990-01-02,fine\n"
        b"Kim,Poe,1991-01-02,passport 533401234\n"
    )
    result = import_file(file_clinic.store, PROGRAM, listed)
    assert result.added == 3
    dropped = [one.params for one in result.notes if one.code == "import-identity-numbers"]
    assert dropped == [{"row": 2, "field": "notes"}, {"row": 4, "field": "notes"}]
    with file_clinic.store.read() as records:
        kept = {one.given_name: one.notes for one in records.find(Patient, birth_date=BORN)}
    assert kept == {"Ann": "SSN, licence", "Kim": "passport"}


BORN = [date(1984, 4, 13), date(1991, 1, 2)]
