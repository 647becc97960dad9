"""Who of a list is new, who is here already, and about whom a person decides."""

from dataclasses import replace
from datetime import date

from clinic_desktop.people.duplicates import DuplicateIndex, DuplicateKey
from clinic_desktop.people.importing.preview import preview
from clinic_desktop.people.importing.sorting import sort_out
from tests.shared_data import shared

TODAY = date(2026, 11, 21)


class Kept:
    """The people of a clinic, as far as an import looks at them."""

    def __init__(self):
        self.imported, self.people = {}, DuplicateIndex()

    def keep(self, drafts):
        for draft in drafts:
            key = replace(DuplicateKey.of(draft.patient), id=len(self.imported) + 1)
            self.imported[draft.patient.source, draft.patient.source_id] = key
            self.people.put(key)

    def sort(self, data):
        return sort_out(preview(data, TODAY).rows, self.imported, self.people)


def counts(sorted_rows):
    return len(sorted_rows.new), len(sorted_rows.already), len(sorted_rows.doubtful)


def test_a_second_import_adds_nobody():
    place, clinic = shared("data/patients_synthea"), Kept()
    lists = [(place / name / "patients.csv").read_bytes() for name in ("massachusetts_115", "nebraska_111")]
    for data, number in zip(lists, (115, 111), strict=True):
        found = clinic.sort(data)
        assert counts(found) == (number, 0, 0)
        clinic.keep(found.new)
    for data, number in zip(lists, (115, 111), strict=True):
        assert counts(clinic.sort(data)) == (0, number, 0)


def test_a_second_import_of_a_list_without_numbers_adds_nobody():
    clinic, data = Kept(), b"First,Last\nAnn,\n,Okafor\nEve,Lee\nIrene,Stone\n"
    clinic.keep(clinic.sort(data).new)
    assert counts(clinic.sort(data)) == (0, 4, 0)


def test_a_row_like_somebody_here_is_for_a_person_to_decide():
    clinic = Kept()
    clinic.keep(clinic.sort(b"First,Last,DOB\nMary,Okafor,1984-04-12\n").new)
    found = clinic.sort(b"First,Last,DOB\nMarie,Okafor,1984-04-12\nEve,Lee,1990-01-01\n")
    assert counts(found) == (1, 0, 1)
    assert [likeness.id for likeness in found.doubtful[0].people] == [1]
    assert found.doubtful[0].draft.patient.given_name == "Marie"


def test_a_row_like_another_row_names_it():
    found = Kept().sort(
        b"First,Last,DOB\nMary,Okafor,1984-04-12\nEve,Lee,1990-01-01\nMary,Okafor,1984-04-12\n"
    )
    assert counts(found) == (2, 0, 1)
    assert found.doubtful[0].draft.row == 4
    assert [likeness.id for likeness in found.doubtful[0].rows] == [2]


def test_a_number_twice_in_one_list_names_the_first_row():
    found = Kept().sort(b"Id,First,Last,DOB\n7,Mary,Okafor,1984-04-12\n7,Eve,Lee,1990-01-01\n")
    assert counts(found) == (1, 0, 1)
    assert [likeness.id for likeness in found.doubtful[0].rows] == [2]


def test_a_known_number_of_somebody_else_is_no_second_import():
    clinic = Kept()
    clinic.keep(clinic.sort(b"Id,First,Last,DOB\n7,Mary,Okafor,1984-04-12\n").new)
    found = clinic.sort(b"Id,First,Last,DOB\n7,Eve,Lee,1990-01-01\n")
    assert counts(found) == (0, 0, 1)
    assert found.doubtful[0].same_number == 1


def test_a_person_who_changed_since_is_known_by_the_number():
    clinic = Kept()
    clinic.keep(clinic.sort(b"Id,First,Last,DOB,City\n7,Mary,Okafor,1984-04-12,Salem\n").new)
    found = clinic.sort(b"Id,First,Last,DOB,City\n7,Mary,Jones,1984-04-12,Salem\n")
    assert counts(found) == (0, 1, 0)
    assert found.already[0].patient_id == 1
