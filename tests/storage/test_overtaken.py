"""On a server two desks write at once: what a desk read before it waited must not be what it writes by."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.people.model import Clearance, DrugMovement, Order
from clinic_desktop.people.orders import in_force
from clinic_desktop.scheduling import clearing, merging, ordering
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.clearing import Decision, clear, withdraw
from clinic_desktop.scheduling.courses import book_course
from clinic_desktop.scheduling.merging import merge_patients, undo_merge
from clinic_desktop.scheduling.model import Closure, Visit
from clinic_desktop.scheduling.ordering import write_order
from clinic_desktop.treatment import stocking
from clinic_desktop.treatment.stocking import take_back
from tests.overtaking import OtherDesk
from tests.scheduling.test_changing import course_wish
from tests.small_clinic import MONDAY, SmallClinic
from tests.treatment.stock_lines import came, here

Begins = Callable[[Callable[[], object]], OtherDesk]


@pytest.fixture
def clinic(kept_clinic: SmallClinic) -> SmallClinic:
    return kept_clinic


@pytest.fixture
def other_desk(clinic: SmallClinic) -> Iterator[Begins]:
    with ThreadPoolExecutor(1) as pool:
        yield lambda work: OtherDesk(clinic, pool, work)


def visits(clinic: SmallClinic) -> list[Visit]:
    with clinic.store.read() as records:
        return records.find(Visit)


def one_visit(clinic: SmallClinic) -> object:
    return book(clinic.store, clinic.desk, clinic.wish())


def a_course(clinic: SmallClinic) -> object:
    return book_course(clinic.store, clinic.desk, course_wish(clinic, (0, 3, 7)))


@pytest.mark.parametrize("books", [one_visit, a_course])
def test_nothing_is_booked_by_the_set_up_of_before_it_waited(
    clinic: SmallClinic, other_desk: Begins, books: Callable[[SmallClinic], object]
) -> None:
    desk = other_desk(lambda: books(clinic))
    manager = Actor(clinic.lin.id, frozenset({Role.MANAGER}), "office")
    with clinic.store.write(manager) as unit:
        unit.lock_all_days()
        unit.add(Closure(from_day=MONDAY, to_day=MONDAY, reason="Burst pipe"))
        desk.goes()
        unit.commit()
    assert isinstance(desk.answer, Refusal)
    assert visits(clinic) == []


# What takes no day by itself, at the moment at which another desk books, orders or takes back.


def test_a_clearance_withdrawn_while_another_desk_books_holds_that_visit(
    clinic: SmallClinic, other_desk: Begins, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = other_desk(lambda: one_visit(clinic))
    desk.goes_after(monkeypatch, clearing, "renew_patient")
    with clinic.store.read() as records:
        (given,) = records.find(Clearance, patient_id=clinic.amara.id, modality="iv")
    withdraw(clinic.store, clinic.prescriber, given.id, given.version, "new arrhythmia")
    assert isinstance(desk.answer, Refusal)
    assert visits(clinic) == []


def test_a_clearance_counts_for_whoever_books_while_it_is_given(
    clinic: SmallClinic, other_desk: Begins, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clinic.store.read() as records:
        (given,) = records.find(Clearance, patient_id=clinic.amara.id, modality="iv")
    withdraw(clinic.store, clinic.prescriber, given.id, given.version, "new arrhythmia")
    desk = other_desk(lambda: one_visit(clinic))
    desk.goes_after(monkeypatch, clearing, "renew_patient")
    clear(clinic.store, clinic.prescriber, Decision(clinic.amara.id, "iv"))
    assert not isinstance(desk.answer, Exception)
    assert [one.held_for for one in visits(clinic)] == [frozenset()]


def test_a_line_of_the_drug_log_is_taken_back_once(
    clinic: SmallClinic, other_desk: Begins, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip = came(clinic, 5)
    desk = other_desk(lambda: take_back(clinic.store, clinic.nurse, slip.id, "a slip"))
    desk.goes_after(monkeypatch, stocking, "_signed")
    take_back(clinic.store, clinic.nurse, slip.id, "a slip")
    assert isinstance(desk.answer, Refusal)
    assert here(clinic) == 0


def test_of_two_orders_written_at_once_one_is_in_force(
    clinic: SmallClinic, other_desk: Begins, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = Order(patient_id=clinic.amara.id, modality="spravato", drug="esketamine", route="nasal", dose=56)
    later = replace(order, dose=84.0)
    desk = other_desk(lambda: write_order(clinic.store, clinic.prescriber, later))
    desk.goes_after(monkeypatch, ordering, "_replace_others")
    write_order(clinic.store, clinic.prescriber, order)
    assert not isinstance(desk.answer, Exception)
    with clinic.store.read() as records:
        assert [one.dose for one in records.find(Order) if in_force(one, MONDAY, {})] == [84]


def test_nobody_books_for_a_record_that_is_being_merged(
    clinic: SmallClinic, other_desk: Begins, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = clinic.double("Okafor")
    desk = other_desk(lambda: book(clinic.store, clinic.desk, clinic.wish(patient_id=twin.id)))
    desk.goes_after(monkeypatch, merging, "renew_patient")
    merge_patients(clinic.store, PROGRAM, clinic.amara, twin, "same person")
    assert isinstance(desk.answer, Refusal)
    assert visits(clinic) == []


def test_no_device_is_logged_for_a_record_that_is_being_merged(
    clinic: SmallClinic, other_desk: Begins, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = clinic.double("Okafor")
    desk = other_desk(lambda: came(clinic, 2, patient_id=twin.id))
    desk.goes_after(monkeypatch, merging, "_hand_devices")
    merge_patients(clinic.store, PROGRAM, clinic.amara, twin, "same person")
    assert isinstance(desk.answer, Refusal)
    with clinic.store.read() as records:
        assert records.find(DrugMovement) == []


def test_whoever_books_while_a_merge_is_undone_books_for_the_record_that_is_back(
    clinic: SmallClinic, other_desk: Begins, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = clinic.double("Okafor")
    merge = merge_patients(clinic.store, PROGRAM, clinic.amara, twin, "same person").merge
    desk = other_desk(lambda: book(clinic.store, clinic.desk, clinic.wish(patient_id=twin.id)))
    desk.goes_after(monkeypatch, merging, "renew_patient")
    undo_merge(clinic.store, PROGRAM, merge.id, "two people")
    assert not isinstance(desk.answer, Exception)
    assert [one.patient_id for one in visits(clinic)] == [twin.id]
