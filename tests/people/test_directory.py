"""The directory finds people by what is typed and stays true when somebody changes something."""

from dataclasses import replace
from datetime import date

from clinic_desktop.people.directory import Directory, load
from clinic_desktop.people.model import Address, Patient, Phone
from clinic_desktop.people.patients import create, edit
from clinic_desktop.people.person_row import PersonRow
from clinic_desktop.scheduling.clearing import Decision, clear, withdraw
from clinic_desktop.scheduling.merging import merge_patients, undo_merge
from tests.people.small_clinic import TODAY

BORN = date(1984, 4, 12)


def loaded(clinic) -> Directory:
    with clinic.store.read() as records:
        return load(records)


def follow(clinic, directory: Directory, changes) -> None:
    with clinic.store.read() as records:
        directory.refresh(records, changes)


def names(directory: Directory, typed: str) -> list[str]:
    return [one.person.name for one in directory.find(typed)]


def test_a_new_patient_is_found_at_once(clinic):
    directory = loaded(clinic)
    saved = create(clinic.store, clinic.reception, Patient(given_name="José", family_name="Muñoz"))
    assert names(directory, "jose mun") == []
    follow(clinic, directory, saved.changes)
    assert names(directory, "jose mun") == ["Muñoz, José"]
    assert len(directory) == 1


def test_a_changed_name_leads_there_and_the_old_one_no_more(clinic):
    amara = clinic.patient()
    directory = loaded(clinic)
    follow(clinic, directory, edit(clinic.store, clinic.reception, replace(amara, family_name="Eze")).changes)
    assert names(directory, "okafor") == []
    assert names(directory, "eze") == ["Eze, Amara"]


def test_both_numbers_of_a_merge_lead_to_the_kept_record(clinic):
    kept, merged = (
        clinic.patient("Amara", "Okafor"),
        clinic.patient("Mara", "Oka", phones=(Phone("(512) 555-0199"),)),
    )
    directory = loaded(clinic)
    done = merge_patients(clinic.store, clinic.manager, kept, merged)
    follow(clinic, directory, done.changes)
    for typed in (kept.chart_number, merged.chart_number, "mara oka", "0199"):
        assert [one.person.id for one in directory.find(typed)] == [kept.id], typed
    (by_old_number,) = directory.find(merged.chart_number)
    assert by_old_number.former.chart_number == merged.chart_number
    (by_own_number,) = directory.find(kept.chart_number)
    assert by_own_number.former is None
    assert len(directory) == 1
    follow(clinic, directory, undo_merge(clinic.store, clinic.manager, done.merge.id).changes)
    assert [one.person.id for one in directory.find(merged.chart_number)] == [merged.id]
    assert len(directory) == 2


def test_somebody_who_may_be_here_already_is_shown(clinic):
    there = clinic.patient("Amara", "Okafor", birth_date=BORN, address=Address("12 Elm Street", "Austin"))
    directory = loaded(clinic)
    assert [
        one.id
        for one in directory.likely(Patient(given_name="Amarah", family_name="Okafor", birth_date=BORN))
    ] == [there.id]
    assert (
        directory.likely(Patient(given_name="Ben", family_name="Okafor", birth_date=date(1990, 1, 2))) == []
    )
    assert directory.likely(there) == []


def test_a_merged_record_is_no_duplicate_of_anybody():
    kept = PersonRow(1, given_name="Amara", family_name="Okafor", birth_date=BORN)
    directory = Directory([kept, replace(kept, id=2, merged_into=1)])
    draft = Patient(given_name="Amara", family_name="Okafor", birth_date=BORN)
    assert [one.id for one in directory.likely(draft)] == [1]


def test_who_is_cleared_follows_the_prescriber(clinic):
    amara = clinic.patient()
    directory = loaded(clinic)
    assert not directory.is_cleared(amara.id, TODAY)
    cleared = clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv"))
    follow(clinic, directory, cleared.changes)
    assert directory.is_cleared(amara.id, TODAY)
    assert not directory.is_cleared(amara.id, date(2027, 11, 18))
    gone = withdraw(clinic.store, clinic.prescriber, cleared.clearance.id, 1, "pressure")
    follow(clinic, directory, gone.changes)
    assert not directory.is_cleared(amara.id, TODAY)


def test_some_come_before_others_whom_the_letters_fit_equally(clinic):
    ids = {
        given: clinic.patient(given, family).id
        for given, family in (("Amara", "Okafor"), ("Bo", "Okafor"), ("Cy", "Okaforson"), ("Di", "Okaforth"))
    }
    directory = loaded(clinic)
    assert [one.split(", ")[1] for one in names(directory, "okafor")] == ["Amara", "Bo", "Cy", "Di"]

    def found(limit: int, *first: str) -> list[str]:
        wanted = frozenset(ids[one] for one in first)
        return [one.person.given_name for one in directory.find("okafor", limit, wanted)]

    assert found(50, "Bo", "Di") == ["Bo", "Amara", "Di", "Cy"]  # a whole name still before a beginning
    assert found(1, "Bo") == ["Bo"]
