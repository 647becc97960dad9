"""The people's use cases on a file and on a server, by a role with the least rights."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desktop.foundation.errors import Refusal, StaleEdit
from clinic_desktop.people.directory import load
from clinic_desktop.people.import_patients import import_file
from clinic_desktop.people.model import Order, Patient
from clinic_desktop.people.patients import edit
from clinic_desktop.people.screenings import answer, review
from clinic_desktop.scheduling.clearing import Decision, clear, withdraw
from clinic_desktop.scheduling.looking_patient import about
from clinic_desktop.scheduling.merging import merge_patients, undo_merge
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ordering import stop_order, write_order
from clinic_desktop.scheduling.states import VisitState
from tests.people.small_clinic import NOW, TODAY, founded
from tests.people.test_import_patients import LIST
from tests.people.test_merging import everything
from tests.people.test_screenings import all_no

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def clinic(any_store, clinic_clock):
    clinic_clock.at = NOW
    return founded(any_store, clinic_clock)


def test_a_list_is_imported_once(clinic):
    assert import_file(clinic.store, clinic.reception, LIST).added == 3
    again = import_file(clinic.store, clinic.reception, LIST)
    assert (again.added, again.already) == (0, 3)
    with clinic.store.read() as records:
        directory = load(records)
    assert [one.person.name for one in directory.find("okonkow")] == ["Okonkwo, Chidi"]


def test_a_record_is_changed_by_one_of_two_desks(clinic):
    seen = clinic.patient(birth_date=date(1984, 4, 12))
    edit(clinic.store, clinic.reception, replace(seen, email="one@example.org"))
    with pytest.raises(StaleEdit):
        edit(clinic.store, clinic.reception, replace(seen, email="two@example.org"))


def test_care_is_cleared_ordered_stopped_and_withdrawn(clinic):
    amara = clinic.patient()
    signed = review(clinic.store, clinic.nurse, all_no(amara.id)).screening
    answer(clinic.store, clinic.reception, replace(signed, items=all_no(amara.id, opioids="").items))
    cleared = clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv")).clearance
    visit = clinic.book(amara.id, "IVM", FRIDAY, 600)
    order = write_order(
        clinic.store, clinic.prescriber, Order(0, 0, amara.id, "iv", "ketamine", "IV", 36)
    ).order
    stop_order(clinic.store, clinic.prescriber, order.id, order.version, "course over")
    withdraw(clinic.store, clinic.prescriber, cleared.id, cleared.version, "pressure")
    assert clinic.get(Visit, visit.id).state is VisitState.HELD


def test_a_withdrawal_ends_every_clearance_before_it(clinic):
    amara = clinic.patient()
    clear(clinic.store, clinic.prescriber, Decision(amara.id, "spravato"))
    clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv"))
    again = clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv")).clearance
    visit = clinic.book(amara.id, "IVM", FRIDAY, 600)
    gone = withdraw(clinic.store, clinic.prescriber, again.id, again.version, "pressure")
    assert [(one.id, one.state) for one in gone.visits] == [(visit.id, VisitState.HELD)]
    assert clinic.get(Visit, visit.id).held_for == {"clearance"}
    with clinic.store.read() as records:
        known = about(records, amara.id, TODAY)
        assert known.cleared_until("iv", FRIDAY) is None
        assert known.cleared_until("spravato", FRIDAY) is not None
    with pytest.raises(Refusal, match="not cleared for IV ketamine"):
        clinic.book(amara.id, "IVM", FRIDAY, 780)


def test_a_withdrawal_means_also_what_another_desk_cleared_meanwhile(clinic):
    amara = clinic.patient()
    seen = clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv")).clearance
    clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv"))
    visit = clinic.book(amara.id, "IVM", FRIDAY, 600)
    withdraw(clinic.store, clinic.prescriber, seen.id, seen.version, "pressure")
    assert clinic.get(Visit, visit.id).state is VisitState.HELD


def test_a_merge_goes_there_and_back(clinic):
    kept, merged = clinic.patient(), clinic.patient("Mara", "Okafor", allergies="latex")
    for one in (kept, merged):
        clear(clinic.store, clinic.prescriber, Decision(one.id, "iv"))
        review(clinic.store, clinic.nurse, all_no(one.id, opioids=one.given_name))
    clinic.book(merged.id, "IVM", FRIDAY, 600)
    before = everything(clinic)
    done = merge_patients(clinic.store, clinic.manager, kept, merged)
    assert clinic.get(Patient, merged.id).merged_into == kept.id
    undo_merge(clinic.store, clinic.manager, done.merge.id)
    assert everything(clinic) == before
