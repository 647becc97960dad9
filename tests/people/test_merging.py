"""Two records of one person become one, and come apart again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.errors import Refusal, RightMissing, StaleEdit
from clinic_desktop.people.merging import combined, restored
from clinic_desktop.people.model import (
    Clearance,
    ContactPermissions,
    Indication,
    Merge,
    Order,
    Patient,
    Phone,
    Screening,
    UsualDriver,
)
from clinic_desktop.people.patients import edit
from clinic_desktop.people.screenings import current, review
from clinic_desktop.scheduling.clearing import Decision, clear, withdraw
from clinic_desktop.scheduling.merging import kept_id, merge_patients, preview_merge, undo_merge
from clinic_desktop.scheduling.model import ClaimKind, Visit
from clinic_desktop.scheduling.ordering import write_order
from clinic_desktop.scheduling.states import VisitState
from tests.people.small_clinic import DRIVER, TODAY
from tests.people.test_screenings import all_no

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
IV = Order(modality="iv", drug="ketamine", route="IV", dose=36)


@pytest.fixture
def twins(clinic):
    """Two records of one Amara, both cleared for IV ketamine."""
    kept = clinic.patient("Amara", "Okafor", birth_date=date(1984, 4, 12), indication=Indication.ANXIETY)
    merged = clinic.patient("Amara", "Okafor-Eze", phones=(Phone("(512) 555-0142"),), allergies="latex")
    for one in (kept, merged):
        clear(clinic.store, clinic.prescriber, Decision(one.id, "iv"))
    return kept, merged


def merge(clinic, kept: Patient, merged: Patient):
    return merge_patients(clinic.store, clinic.manager, kept, merged, "same person, moved house")


def claims(clinic, visit: Visit) -> set[tuple[ClaimKind, int]]:
    with clinic.store.read() as records:
        found = records.claims_between(visit.start - 1440, visit.end + 1440)
    return {(one.kind, one.resource_id) for one in found if one.visit_id == visit.id}


def test_the_kept_record_learns_what_only_the_other_knew():
    kept = Patient(1, given_name="Amara", family_name="Okafor", notes="quiet room", language="en",
                   phones=(Phone("(512) 555-0142"),), drivers=(UsualDriver("Ben"),))  # fmt: skip
    merged = Patient(2, given_name="Mara", birth_date=date(1984, 4, 12), notes="wheelchair", language="es",
                     phones=(Phone("512 555 0142"), Phone("512 555 0199")), drivers=(UsualDriver("BEN"),),
                     permissions=ContactPermissions(voicemail=True), rems_enrolled_on=TODAY,
                     death_date=TODAY, large_print=True)  # fmt: skip
    one = combined(kept, merged)
    assert (one.id, one.name, one.birth_date) == (1, "Okafor, Amara", date(1984, 4, 12))
    assert one.notes == "quiet room\nwheelchair"
    assert [p.number for p in one.phones] == ["(512) 555-0142", "512 555 0199"]
    assert [d.name for d in one.drivers] == ["Ben"]
    assert (one.language, one.large_print, one.permissions.voicemail) == ("es", True, True)
    assert (one.rems_enrolled_on, one.death_date) == (TODAY, TODAY)
    assert restored(one, kept, merged) == kept


def test_what_was_changed_after_the_merge_stays():
    kept, merged = Patient(1, family_name="Okafor"), Patient(2, email="a@example.org", allergies="latex")
    edited = replace(combined(kept, merged), email="new@example.org")
    back = restored(edited, kept, merged)
    assert (back.email, back.allergies) == ("new@example.org", "")


def test_visits_orders_and_claims_go_over(clinic, twins):
    kept, merged = twins
    visit = clinic.book(merged.id, "IVM", FRIDAY, 600)
    write_order(clinic.store, clinic.prescriber, replace(IV, patient_id=merged.id))
    before = claims(clinic, visit)
    done = merge(clinic, kept, merged)
    assert clinic.get(Visit, visit.id).patient_id == kept.id
    assert [one.patient_id for one in clinic.find(Order)] == [kept.id]
    assert claims(clinic, visit) == before - {(ClaimKind.PATIENT, merged.id)} | {(ClaimKind.PATIENT, kept.id)}
    assert done.kept.allergies == "latex"
    assert clinic.get(Patient, merged.id).merged_into == kept.id
    assert {kept.id, merged.id} <= done.changes.patients
    assert FRIDAY in done.changes.days


def test_the_patient_cannot_be_booked_twice_after_the_merge(clinic, twins):
    kept, merged = twins
    clinic.book(merged.id, "IVM", FRIDAY, 600)
    merge(clinic, kept, merged)
    with pytest.raises(Exception, match="Okafor"):
        clinic.book(kept.id, "CON", FRIDAY, 615)


def test_overlapping_visits_refuse_it_and_are_named(clinic, twins):
    kept, merged = twins
    clinic.book(kept.id, "IVM", FRIDAY, 600)
    with clinic.store.write(clinic.manager) as unit:  # as another system left it: no claims
        mine = unit.find(Visit, patient_id=kept.id)[0]
        theirs = unit.add(
            replace(mine, id=0, patient_id=merged.id, minute=630, start=mine.start + 30, room_id=None)
        )
        unit.commit()
    with pytest.raises(Refusal) as refused:
        merge(clinic, kept, merged)
    says = str(refused.value)
    assert "IV ketamine on Fri, Nov 20 at 10:00 AM (C00001)" in says
    assert "IV ketamine on Fri, Nov 20 at 10:30 AM (C00002)" in says
    assert clinic.get(Visit, theirs.id).patient_id == merged.id
    assert clinic.find(Merge) == []


def test_a_cancelled_visit_overlaps_nothing(clinic, twins):
    kept, merged = twins
    mine = clinic.book(kept.id, "IVM", FRIDAY, 600)
    with clinic.store.write(clinic.manager) as unit:
        unit.add(replace(mine, id=0, patient_id=merged.id, state=VisitState.CANCELLED))
        unit.commit()
    assert merge(clinic, kept, merged).merge.id


def test_visits_one_after_the_other_are_no_overlap(clinic, twins):
    kept, merged = twins
    mine = clinic.book(kept.id, "IVM", FRIDAY, 600)
    theirs = clinic.book(merged.id, "IVM", FRIDAY, 13 * 60)
    merge(clinic, kept, merged)
    assert {v.id for v in clinic.find(Visit, patient_id=kept.id)} == {mine.id, theirs.id}


def test_the_stricter_clearance_wins_and_says_so(clinic, twins):
    kept, merged = twins
    clear(clinic.store, clinic.prescriber, Decision(kept.id, "spravato", until=date(2027, 11, 1)))
    clear(clinic.store, clinic.prescriber, Decision(merged.id, "spravato", until=date(2026, 12, 1)))
    done = merge(clinic, kept, merged)
    assert "merge-clearance" in [one.code for one in done.warnings]
    spravato = clinic.find(Clearance, patient_id=kept.id, modality="spravato")
    assert {one.until for one in spravato} == {date(2026, 12, 1)}


def test_a_withdrawal_wins_and_holds_the_visits(clinic, twins):
    kept, merged = twins
    visit = clinic.book(kept.id, "IVM", FRIDAY, 600)
    theirs = clinic.find(Clearance, patient_id=merged.id)[0]
    withdraw(clinic.store, clinic.prescriber, theirs.id, theirs.version, "arrhythmia")
    done = merge(clinic, kept, merged)
    assert clinic.get(Visit, visit.id).state is VisitState.HELD
    undo_merge(clinic.store, clinic.manager, done.merge.id)
    assert clinic.get(Visit, visit.id).state is VisitState.BOOKED


def test_a_yes_on_either_check_list_counts_and_is_read_anew(clinic, twins):
    kept, merged = twins
    review(clinic.store, clinic.nurse, all_no(kept.id))
    review(clinic.store, clinic.nurse, all_no(merged.id, opioids="tramadol"))
    done = merge(clinic, kept, merged)
    with clinic.store.read() as records:
        joined = current(records, kept.id)
    assert not joined.reviewed
    assert [(item.code, item.note) for item in joined.items if item.present] == [("opioids", "tramadol")]
    undo_merge(clinic.store, clinic.manager, done.merge.id)
    assert [one.patient_id for one in clinic.find(Screening)] == [kept.id, merged.id]


def everything(clinic) -> list:
    """All that a merge touches, without versions and merges."""
    kinds = (Patient, Visit, Clearance, Screening, Order)
    return [replace(one, version=0) for kind in kinds for one in clinic.find(kind)]


def test_undoing_brings_everything_back(clinic, twins):
    kept, merged = twins
    visit = clinic.book(merged.id, "IVM", FRIDAY, 600)
    write_order(clinic.store, clinic.prescriber, replace(IV, patient_id=merged.id))
    review(clinic.store, clinic.nurse, all_no(merged.id))
    before, places = everything(clinic), claims(clinic, visit)
    done = merge(clinic, kept, merged)
    assert everything(clinic) != before
    undone = undo_merge(clinic.store, clinic.manager, done.merge.id, "two people after all")
    assert undone.merge.undone_at is not None
    assert everything(clinic) == before
    assert claims(clinic, visit) == places


def test_what_came_after_the_merge_stays_with_the_kept_record(clinic, twins):
    kept, merged = twins
    done = merge(clinic, kept, merged)
    edit(clinic.store, clinic.reception, replace(done.kept, email="amara@example.org"))
    visit = clinic.book(kept.id, "IVM", MONDAY, 600)
    undo_merge(clinic.store, clinic.manager, done.merge.id)
    assert clinic.get(Visit, visit.id).patient_id == kept.id
    assert clinic.get(Patient, kept.id).email == "amara@example.org"
    assert clinic.get(Patient, kept.id).allergies == ""


def test_merges_come_apart_in_reverse_order_and_once(clinic, twins):
    kept, merged = twins
    third = clinic.patient("A.", "Okafor")
    first = merge(clinic, kept, merged)
    second = merge(clinic, first.kept, third)
    with pytest.raises(Refusal, match="later merge"):
        undo_merge(clinic.store, clinic.manager, first.merge.id)
    undo_merge(clinic.store, clinic.manager, second.merge.id)
    undo_merge(clinic.store, clinic.manager, first.merge.id)
    with pytest.raises(Refusal, match="undone already"):
        undo_merge(clinic.store, clinic.manager, first.merge.id)


def test_every_number_leads_to_the_record_that_is_kept(clinic, twins):
    kept, merged = twins
    third = clinic.patient("A.", "Okafor")
    first = merge(clinic, kept, merged)
    merge(clinic, third, first.kept)
    with clinic.store.read() as records:
        assert {kept_id(records, one.id) for one in (kept, merged, third)} == {third.id}
    with pytest.raises(Refusal, match="merged already"):
        merge(clinic, clinic.get(Patient, third.id), clinic.get(Patient, merged.id))


def test_it_needs_the_right_and_two_fresh_records(clinic, twins):
    kept, merged = twins
    with pytest.raises(RightMissing):
        merge_patients(clinic.store, clinic.reception, kept, merged)
    with pytest.raises(Refusal, match="one and the same"):
        merge(clinic, kept, kept)
    edit(clinic.store, clinic.reception, replace(merged, email="a@example.org"))
    with pytest.raises(StaleEdit):
        merge(clinic, kept, merged)
    assert clinic.find(Merge) == []


def test_differing_birth_dates_are_said_before(clinic, twins):
    kept, merged = twins
    other = edit(clinic.store, clinic.reception, replace(merged, birth_date=date(1984, 12, 4))).patient
    with clinic.store.read() as records:
        seen = preview_merge(records, kept.id, other.id, TODAY)
    assert next(one.sentence() for one in seen.findings).startswith(
        "The birth dates differ: April 12, 1984 and December 4, 1984."
    )
    assert seen.after.birth_date == kept.birth_date


def test_the_driver_of_a_moved_visit_stays(clinic, twins):
    kept, merged = twins
    visit = clinic.book(merged.id, "IVM", FRIDAY + timedelta(days=3), 600)
    merge(clinic, kept, merged)
    assert clinic.get(Visit, visit.id).plan == DRIVER
