"""What another program may not do by calling the database directly, as the desk's own role: one table.

On a server it is refused. In a file the triggers refuse it; who takes them away is told by ``check``.
"""

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Override
from clinic_desktop.storage import check
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import SmallClinic
from tests.storage.conftest import beside
from tests.storage.test_check import past_the_triggers

# Refused by both databases: the trail, claims, and the way beyond held.
REFUSED = (
    "UPDATE audit SET reason = 'forged' WHERE id = 1",
    "UPDATE audit SET person_id = 1",
    "DELETE FROM audit WHERE id = 1",
    "DELETE FROM change",
    "UPDATE change SET kind = 'x'",
    "DELETE FROM head",
    "INSERT INTO audit SELECT * FROM audit WHERE id = 1",
    "UPDATE claim SET starts = starts + 5",
    "INSERT INTO claim (place, starts, ends, visit_id) SELECT place, starts + 5, ends, 1 FROM claim",
    "INSERT INTO claim (place, starts, ends, visit_id) SELECT place, starts - 5, ends - 5, 1 FROM claim",
    "UPDATE visit SET plan_kind = NULL WHERE id = 1",
    "UPDATE visit SET plan_phone = '' WHERE id = 1",
    "UPDATE visit SET state = 'confirmed', plan_kind = NULL WHERE id = 1",
    "UPDATE profile SET accepts = '[]'",
    "DELETE FROM visit WHERE id = 1",
    "DELETE FROM patient WHERE id = 1",
    "UPDATE stamp SET kind = 'x'",
    "DELETE FROM rule_override",
)
# A server refuses these too; in a file they are done, and told by ``check``.
SILENT = (
    "UPDATE patient SET notes = 'forged' WHERE id = 1",
    "UPDATE visit SET room_id = room_id + 1 WHERE id = 1",
    "UPDATE staff SET name = 'Forged' WHERE id = 1",
    "UPDATE clinic SET name = 'Forged'",
    "INSERT INTO room (version, name, fits, position, active) VALUES (1, 'Forged', '[]', 9, true)",
    "DELETE FROM shift WHERE id = 1",
)
# Only a server has somebody who is not allowed to.
ON_A_SERVER = (
    ("TRUNCATE audit", "permission denied"),
    ("ALTER TABLE audit DISABLE TRIGGER ALL", "must be owner"),
    ("DROP TRIGGER audit_linked ON audit", "must be owner"),
    ("SET session_replication_role = replica", "permission denied"),
    ("UPDATE head SET audit_hash = 'x'", "not the head of the trail"),
    ("UPDATE head SET audit_id = 1, audit_hash = (SELECT hash FROM audit WHERE id = 1)", "not the head"),
    ("UPDATE head SET change_number = 0", "not the head of the trail"),
)
COLUMNS = (
    "id, at, person_id, roles, desk, login, action, kind, record_id, before, after, reason,"
    " change_number, previous_hash, hash"
)


@pytest.fixture
def booked(clinic: SmallClinic) -> SmallClinic:
    book(clinic.store, clinic.desk, clinic.wish())
    with clinic.store.write(PROGRAM) as unit:
        unit.add(Stamp(visit_id=1))
        unit.add(Override(visit_id=1, rule="other", by=1, reason="seen"))
        unit.commit()
    return clinic


def test_both_databases_refuse_what_breaks_the_trail_a_place_or_the_way_home(booked, direct):
    with booked.store.read() as records:
        before = records.rows("SELECT count(*), max(hash) FROM audit")
    for sql in REFUSED:
        direct.refused(sql)  # also where it would stand in the trail
    assert check.findings(booked.store.where) == []
    with booked.store.read() as records:
        assert records.rows("SELECT count(*), max(hash) FROM audit") == before


def test_a_change_that_is_not_in_the_trail_is_refused_by_a_server(server_clinic, server_direct):
    book(server_clinic.store, server_clinic.desk, server_clinic.wish())
    for sql in SILENT:
        assert "not in the trail" in server_direct.refused_silent(sql)
    for sql, why in ON_A_SERVER:
        assert why in server_direct.refused_silent(sql)
    assert check.findings(server_clinic.store.where) == []


def test_a_forged_row_of_the_trail_is_refused_by_a_server(server_clinic, server_direct):
    forged = f"""INSERT INTO audit ({COLUMNS})
        SELECT id + 1, at, 2, roles, desk, {{login}}, action, kind, record_id, before, after, 'forged',
            change_number, hash, {{hash}} FROM audit ORDER BY id DESC LIMIT 1"""
    for login, hashed, why in (
        ("'desk_2'", "hash", "another login"),
        ("login", "hash", "no link of the trail"),
        ("login", "'x'", "no link of the trail"),
    ):
        assert why in server_direct.refused_silent(forged.format(login=login, hash=hashed))
    # Nor may a true row stand beyond the head, where the next desk's would find its place taken.
    server_direct.run("UPDATE patient SET notes = 'seen' WHERE id = 1")
    with server_clinic.store.read() as records:
        ((login,),) = records.rows("SELECT login FROM audit ORDER BY id DESC LIMIT 1")
    assert login == "desk_1"


@pytest.mark.parametrize("sql", SILENT)
def test_in_a_file_it_is_told_by_the_check(file_clinic, file_direct, sql):
    book(file_clinic.store, file_clinic.desk, file_clinic.wish())
    file_direct.run(sql)
    told = [one for one in check.findings(file_clinic.store.where) if one.code == "records"]
    table = sql.split()[1] if sql.startswith("UPDATE") else sql.split()[2]
    assert told
    assert all(one.message.startswith(f"{table} ") for one in told)
    assert "Forged" not in str(told)


def test_in_a_file_without_its_triggers_all_of_it_is_told(file_clinic):
    book(file_clinic.store, file_clinic.desk, file_clinic.wish())
    with beside(file_clinic.store.where) as direct:
        past_the_triggers(direct, "UPDATE visit SET plan_phone = '' WHERE id = 1")
        past_the_triggers(direct, "UPDATE audit SET reason = 'forged' WHERE id = 2")
        past_the_triggers(direct, "DELETE FROM clearance WHERE id = 1")
    codes = {one.code for one in check.findings(file_clinic.store.where)}
    assert codes == {"audit", "records", "way-home"}
