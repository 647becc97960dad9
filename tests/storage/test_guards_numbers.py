"""No row stands under a number that the database has yet to give: whoever is given it could add nothing."""

import psycopg
import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import Patient
from clinic_desktop.people.patients import create
from clinic_desktop.scheduling.booking import book
from clinic_desktop.storage import check
from clinic_desktop.storage.guard_words import AHEAD
from clinic_desktop.storage.tables import RECORDS, metadata
from tests.small_clinic import SmallClinic
from tests.storage.conftest import Direct
from tests.storage.forging import unguarded
from tests.storage.test_guards_history import with_history


def copied(table: str, number: str) -> str:
    """A row as the last one, under another number."""
    others = {"id": number, "chart_number": "'X1'", "code": "'x1'"}
    names = [one.name for one in metadata.tables[table].columns]
    listed = ", ".join(f'"{one}"' for one in names)
    values = ", ".join(others.get(one, f'"{one}"') for one in names)
    return f"INSERT INTO {table} ({listed}) SELECT {values} FROM {table} ORDER BY id DESC LIMIT 1"


@pytest.mark.parametrize("table", ["stamp", "patient", "visit", "room", "drug_movement", "modality"])
def test_a_server_takes_no_row_under_a_number_that_it_has_not_given(
    server_clinic: SmallClinic, server_direct: Direct, table: str
) -> None:
    with_history(server_clinic)
    for further in (1, 5):
        said = server_direct.refused(copied(table, f"nextval('{table}_id_seq') + {further}"))
        assert f"{AHEAD}: {table}" in said
    server_direct.run(copied(table, f"nextval('{table}_id_seq')"))


def test_nor_does_a_place_stand_under_one(server_clinic: SmallClinic, server_direct: Direct) -> None:
    book(server_clinic.store, server_clinic.desk, server_clinic.wish())
    claim = """INSERT INTO claim (id, place, starts, ends, visit_id) SELECT nextval('claim_id_seq') + {},
               place, starts + 5000, ends + 5000, visit_id FROM claim LIMIT 1"""
    assert f"{AHEAD}: claim" in server_direct.refused(claim.format(1))
    server_direct.run(claim.format(0))


def test_no_desk_sets_what_is_given_next(server_clinic: SmallClinic, server_direct: Direct) -> None:
    sequences = server_direct.run("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
    assert len(sequences) == len(RECORDS) + 1
    for (one,) in sequences:
        for sql in (f"SELECT setval('{one}', 2147483647)", f"ALTER SEQUENCE {one} RESTART"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                server_direct.silent(sql)


def test_the_check_tells_of_a_number_that_is_yet_to_be_given(server_clinic: SmallClinic) -> None:
    with unguarded(server_clinic.store.where) as admin:
        admin.silent(copied("room", "900"))
        admin.silent("SELECT setval('visit_id_seq', 2000000000)")
    found = [one.message for one in check.findings(server_clinic.store.where) if one.code == "numbers"]
    assert sorted(found) == [
        "The numbers of visit go on after 2000000000: no more could be added there.",
        "room 900: the server has not given that number yet, and stops at it.",
    ]


@pytest.mark.parametrize("table", ["stamp", "patient", "visit", "room", "drug_movement", "modality"])
def test_in_a_file_no_leap_uses_the_numbers_up(
    file_clinic: SmallClinic, file_direct: Direct, table: str
) -> None:
    with_history(file_clinic)
    for number in (2**63 - 1, 2**31 - 1, 2_000_000):
        assert f"{AHEAD}: {table}" in file_direct.refused(copied(table, str(number)))
    file_direct.run(copied(table, "900"))


def test_a_new_patient_takes_over_no_other_and_no_number_ahead(clinic: SmallClinic) -> None:
    """Whatever number the caller names."""
    with clinic.store.read() as records:
        before = records.get(Patient, clinic.amara.id)
        highest = max(one.id for one in records.find(Patient))
    for number in (clinic.amara.id, 2_000_000_000):
        new = Patient(id=number, version=9, given_name="Ana", family_name="Bell", merged_into=1)
        saved = create(clinic.store, PROGRAM, new).patient
        assert highest < saved.id < highest + 10
        assert (saved.version, saved.merged_into) == (1, None)
    with clinic.store.read() as records:
        assert records.get(Patient, clinic.amara.id) == before
    assert check.findings(clinic.store.where) == []
