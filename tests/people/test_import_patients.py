"""A list of patients is imported whole or not at all, and never twice."""

import json
from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.errors import BadInput, RightMissing
from clinic_desktop.people.import_patients import Choice, Decision, import_file, look_over
from clinic_desktop.people.model import Address, Patient
from clinic_desktop.people.patients import edit
from tests.people.small_clinic import TODAY
from tests.shared_data import shared

LIST = b"""First name,Last name,DOB,Phone,Street,City
Amara,Okafor,04/12/1984,(512) 555-0142,12 Elm Street,Austin
Ben,Marsh,12/25/1990,(512) 555-0143,4 Oak Road,Austin
Chidi,Okonkwo,01/08/1995,(512) 555-0177,9 Pine Lane,Austin
"""
BROKEN = LIST + b"Dana,Reyes,the 5th of May,,,\n,,02/02/1980,,,\n"


def run(clinic, data: bytes, **more):
    return import_file(clinic.store, clinic.reception, data, **more)


def counts(result) -> tuple[int, int, int, int, int]:
    return result.read, result.added, result.already, result.duplicates, len({p.row for p in result.rejected})


def names(clinic) -> list[str]:
    return sorted(one.name for one in clinic.find(Patient))


def test_everybody_is_added_once(clinic):
    assert counts(run(clinic, LIST)) == (3, 3, 0, 0, 0)
    assert names(clinic) == ["Marsh, Ben", "Okafor, Amara", "Okonkwo, Chidi"]
    before = clinic.find(Patient)
    again = run(clinic, LIST)
    assert counts(again) == (3, 0, 3, 0, 0)
    assert not again.changes
    assert clinic.find(Patient) == before


def test_a_record_changed_here_since_is_still_known(clinic):
    run(clinic, LIST)
    amara = clinic.find(Patient, family_name="Okafor")[0]
    edit(clinic.store, clinic.reception, replace(amara, family_name="Okafor-Eze", notes="married"))
    assert counts(run(clinic, LIST)) == (3, 0, 3, 0, 0)


def test_rows_that_cannot_be_read_are_named_and_the_others_kept(clinic):
    result = run(clinic, BROKEN)
    assert counts(result) == (5, 3, 0, 0, 2)
    assert [(one.row, one.field) for one in result.rejected] == [(5, "birth_date"), (6, "family_name")]
    assert all(one.message for one in result.rejected)


def test_a_dry_run_says_the_same_and_keeps_nothing(clinic):
    would = run(clinic, BROKEN, dry_run=True)
    assert clinic.find(Patient) == []
    did = run(clinic, BROKEN)
    assert replace(did, changes=would.changes) == would


def test_nothing_is_half_imported(clinic, monkeypatch):
    amara = clinic.patient("Amarah", "Okafor", birth_date=TODAY.replace(year=1984, month=4, day=12))
    gone = Decision(Choice.MERGE, amara.id + 100)
    (doubtful,) = looked_over(clinic, LIST).sorted.doubtful
    with pytest.raises(Exception, match="There is no patient"):
        run(clinic, LIST, decisions={doubtful.draft.row: gone})
    assert names(clinic) == ["Okafor, Amarah"]


def looked_over(clinic, data: bytes):
    with clinic.store.read() as records:
        return look_over(records, data, TODAY)


def here_already(clinic) -> Patient:
    """Amara under another spelling and address."""
    return clinic.patient("Amarah", "Okafor", birth_date=TODAY.replace(year=1984, month=4, day=12))


def test_who_may_be_here_already_waits_for_a_decision(clinic):
    amara = here_already(clinic)
    (doubtful,) = looked_over(clinic, LIST).sorted.doubtful
    assert (doubtful.draft.row, [one.id for one in doubtful.people]) == (2, [amara.id])
    assert counts(run(clinic, LIST)) == (3, 2, 0, 1, 0)
    assert names(clinic) == ["Marsh, Ben", "Okafor, Amarah", "Okonkwo, Chidi"]


@pytest.mark.parametrize(("choice", "people"), [(Choice.SKIP, 3), (Choice.ADD, 4), (Choice.MERGE, 3)])
def test_the_decision_is_followed(clinic, choice, people):
    amara = here_already(clinic)
    result = run(clinic, LIST, decisions={2: Decision(choice, amara.id)})
    assert len(clinic.find(Patient)) == people
    assert (result.added, result.merged, result.duplicates) == {
        Choice.SKIP: (2, 0, 1),
        Choice.ADD: (3, 0, 0),
        Choice.MERGE: (2, 1, 0),
    }[choice]


def test_a_merged_row_teaches_the_record_and_is_known_from_then_on(clinic):
    amara = here_already(clinic)
    run(clinic, LIST, decisions={2: Decision(Choice.MERGE, amara.id)})
    taught = clinic.get(Patient, amara.id)
    assert (taught.given_name, taught.address.street) == ("Amarah", "12 Elm Street")
    assert [one.number for one in taught.phones] == ["(512) 555-0142"]
    assert counts(run(clinic, LIST)) == (3, 0, 3, 0, 0)


def test_the_very_same_person_is_already_here_whatever_list_they_came_from(clinic):
    clinic.patient(
        "Amara",
        "Okafor",
        birth_date=TODAY.replace(year=1984, month=4, day=12),
        address=Address("12 Elm Street", "Austin"),
    )
    assert counts(run(clinic, LIST)) == (3, 2, 1, 0, 0)


def test_two_desks_importing_one_list_add_nobody_twice(clinic):
    """The second desk looked the list over before the first one wrote."""
    calls = []

    def first_desk(done: int, of: int) -> None:
        if done == of and not calls:
            calls.append(done)
            run(clinic, LIST)

    assert counts(run(clinic, LIST, progress=first_desk)) == (3, 0, 3, 0, 0)
    assert len(clinic.find(Patient)) == 3


def test_progress_reaches_the_last_row(clinic):
    told = []
    run(clinic, LIST, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_question_is_asked_before_anything_is_kept(clinic):
    unclear = b"Surname;Born\nOkafor;4.5.1984\nMarsh;6.7.1990\n"
    asked = run(clinic, unclear)
    assert asked.questions
    assert clinic.find(Patient) == []
    assert run(clinic, unclear, overrides={"Born": "birth_date:day-first"}).added == 2
    born = {one.birth_date.isoformat() for one in clinic.find(Patient)}
    assert born == {"1984-05-04", "1990-07-06"}


def test_a_column_that_does_not_exist_is_refused(clinic):
    with pytest.raises(BadInput):
        run(clinic, LIST, overrides={"Nom": "family_name"})


def test_it_needs_the_right(clinic):
    with pytest.raises(RightMissing):
        import_file(clinic.store, Actor(1, frozenset(), ""), LIST)
    assert import_file(clinic.store, clinic.actor(Role.NURSE), LIST).added == 3


@pytest.mark.parametrize(("name", "people"), [("massachusetts_115", 115), ("nebraska_111", 111)])
def test_the_lists_of_invented_patients(clinic, name, people):
    data = shared(f"data/patients_synthea/{name}/patients.csv").read_bytes()
    result = run(clinic, data)
    assert (result.read, result.added + result.duplicates, result.rejected) == (people, people, ())
    assert result.duplicates == 0
    again = run(clinic, data)
    assert counts(again) == (people, 0, people, 0, 0)
    assert any(note.code == "import-identity-columns" for note in result.notes)
    kept = clinic.find(Patient)
    lines = data.decode().splitlines()
    numbers = {
        cell for line in lines[1:] for cell in line.split(",") if cell[:3] == "999" or cell[:2] == "S9"
    }
    text = "\n".join(map(repr, kept))
    assert numbers
    assert not [number for number in numbers if number in text]


def test_both_lists_one_after_the_other(clinic):
    for name in ("massachusetts_115", "nebraska_111"):
        run(clinic, shared(f"data/patients_synthea/{name}/patients.csv").read_bytes())
    assert len(clinic.find(Patient)) == 226


def test_strings_that_break_programs_stay_as_they_are(clinic):
    strings = json.loads(shared("data/bad_input/naughty_strings.json").read_text(encoding="utf-8"))
    notes = ["".join(c for c in one if c not in '"\r\n\x00') for one in strings]
    rows = "".join(f'P{at},"Test","{one}"\n' for at, one in enumerate(notes))
    result = run(clinic, ("Id,Last name,Notes\n" + rows).encode("utf-8", "surrogatepass"))
    assert result.added + result.duplicates + len({p.row for p in result.rejected}) == len(notes)


@pytest.mark.parametrize(
    "name",
    [
        "comma_in_quotes",
        "empty",
        "escaped_quotes",
        "newlines",
        "newlines_crlf",
        "quotes_and_newlines",
        "utf8",
    ],
)
def test_hard_tables_ask_or_import_and_never_break(clinic, name):
    data = shared(f"data/bad_input/csv_spectrum/csvs/{name}.csv").read_bytes()
    result = run(clinic, data)
    assert result.questions or result.read == result.added + result.duplicates + result.already + len(
        {p.row for p in result.rejected}
    )
