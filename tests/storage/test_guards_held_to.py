"""What a visit is held to is not switched off for a dose or a release and on again, whoever writes."""

from collections.abc import Callable

import pytest

from clinic_desktop.scheduling.booking import book
from clinic_desktop.storage import check
from tests.small_clinic import SmallClinic
from tests.storage.conftest import Direct

RELIED_ON, KEEPS = "visits rely on it", "a visit keeps its type"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE modality SET rems = false WHERE code = 'spravato'",
        "UPDATE modality SET rems = NOT rems WHERE code = 'iv'",
        "UPDATE modality SET code = 'other' WHERE code = 'spravato'",
        "DELETE FROM modality WHERE code = 'spravato'",
    ],
)
def test_a_treatment_stays_under_the_programme_while_a_visit_type_names_it(
    clinic: SmallClinic, direct: Direct, sql: str
) -> None:
    assert RELIED_ON in direct.refused(sql)
    assert check.findings(clinic.store.where) == []


def test_one_that_no_visit_type_names_is_the_clinics_to_change(clinic: SmallClinic, direct: Direct) -> None:
    direct.run(
        "INSERT INTO modality (version, code, name, rems, limits) SELECT 1, 'oral', 'Oral', false, limits"
        " FROM modality WHERE code = 'iv'"
    )
    direct.run("UPDATE modality SET rems = true WHERE code = 'oral'")
    direct.run("UPDATE modality SET rems = false, code = 'oral2' WHERE code = 'oral'")
    direct.run("DELETE FROM modality WHERE code = 'oral2'")


@pytest.mark.parametrize(
    "change",
    [
        "modality = ''",
        "modality = 'iv'",
        "phases = '[]'",
        "profile_id = NULL",
        "dose_mg = 28",
        "dose_mg = NULL",
        "sheet = ''",
        "sheet = 'iv'",
        "discharge_form = ''",
    ],
)
def test_a_type_that_visits_were_booked_as_asks_no_less_of_them(
    clinic: SmallClinic, direct: Direct, change: str
) -> None:
    direct.run("UPDATE visit_type SET discharge_form = 'aldrete' WHERE code = 'SP56'")
    book(clinic.store, clinic.desk, clinic.wish("SP56"))
    assert RELIED_ON in direct.refused(f"UPDATE visit_type SET {change} WHERE code = 'SP56'")
    direct.run(f"UPDATE visit_type SET {change} WHERE code = 'SP84'")  # no visit of it
    direct.run("UPDATE visit_type SET name = 'Spray', current = false WHERE code = 'SP56'")


def of(code: str) -> str:
    return f"UPDATE visit SET type_id = (SELECT id FROM visit_type WHERE code = '{code}')"


def without(change: str) -> Callable[[Direct], None]:
    return lambda direct: direct.run(f"UPDATE visit_type SET {change} WHERE code = 'SP84'") and None


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (None, "IVM"),
        (None, "CON"),
        (without("sheet = ''"), "SP84"),
        (without("discharge_form = ''"), "SP84"),
        (without("profile_id = NULL"), "SP84"),
    ],
)
def test_a_visit_is_not_made_one_of_a_type_that_asks_less(
    clinic: SmallClinic, direct: Direct, prepare: Callable[[Direct], None] | None, code: str
) -> None:
    direct.run("UPDATE visit_type SET discharge_form = 'aldrete' WHERE modality = 'spravato'")
    book(clinic.store, clinic.desk, clinic.wish("SP56"))
    direct.run(of("SP84"))
    direct.run(of("SP56"))
    if prepare is not None:
        prepare(direct)
    assert KEEPS in direct.refused(of(code))
