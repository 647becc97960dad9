"""What one test leaves on a shared server is gone for the next."""

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.storage import check
from tests.small_clinic import SmallClinic, at_home
from tests.storage.conftest import beside

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def rows(where) -> dict[str, list[str]]:
    with beside(where) as direct:
        tables = [name for (name,) in direct.run(TABLES)]
        return {name: direct.run(f"SELECT x::text FROM {name} x ORDER BY 1") for name in tables}


def test_rows_and_numbering_are_as_they_were(kept_clinic: SmallClinic, kept_database) -> None:
    before = rows(kept_clinic.store.where)
    numbers = []
    for _ in range(2):
        clinic = at_home(kept_clinic, kept_clinic.store.where)
        with clinic.store.write(PROGRAM) as unit:
            numbers.append(unit.add(Patient(given_name="Ann")).id)
            unit.commit()
        numbers.append(book(clinic.store, clinic.desk, clinic.wish()).visits[0].id)
        clinic.store.close()
        assert rows(clinic.store.where) != before
        kept_database.put_back()
        assert rows(clinic.store.where) == before
    assert numbers[:2] == numbers[2:]
    assert check.findings(kept_clinic.store.where) == []
