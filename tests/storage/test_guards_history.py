"""What was recorded stays: whoever writes, by whatever statement."""

from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import DrugMovement
from clinic_desktop.people.scores import Score
from clinic_desktop.people.stock import StockCount
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.scheduling.model import Override, Visit
from clinic_desktop.storage.tables import APPEND_ONLY_TABLES, KEPT_TABLES, metadata
from clinic_desktop.treatment.alarm_records import AlarmAnswer, HelpCall
from clinic_desktop.treatment.day_after import AfterCall, AfterOutcome
from clinic_desktop.treatment.model import RemsForm, Stamp
from tests.small_clinic import MONDAY, SmallClinic
from tests.storage.conftest import Direct

KEYS = {"change": "number"}
FIELDS = {
    "audit": "reason",
    "change": "kind",
    "stamp": "note",
    "rule_override": "reason",
    "drug_movement": "note",
    "call_attempt": "note",
    "stock_count": "note",
    "score": "reason",
    "help_call": "desk",
    "alarm_answer": "kind",
    "after_call": "note",
}
REWRITING = (
    "UPDATE {table} SET {field} = 'forged'",
    "UPDATE {table} SET {field} = 'forged' WHERE {key} = (SELECT max({key}) FROM {table})",
    "UPDATE {table} SET {key} = {key} + 1000",
    "DELETE FROM {table}",
    "INSERT INTO {table} SELECT * FROM {table} WHERE true"
    " ON CONFLICT ({key}) DO UPDATE SET {field} = 'forged'",
)


def with_history(clinic: SmallClinic) -> Visit:
    """A visit with a row in every table of history."""
    (booked,) = book(clinic.store, clinic.desk, clinic.wish()).visits
    with clinic.store.write(PROGRAM) as unit:
        unit.add(Stamp(visit_id=booked.id, note="as it was"))
        unit.add(Override(visit_id=booked.id, rule="driver", by=clinic.lin.id, reason="as it was"))
        unit.add(CallAttempt(visit_id=booked.id, note="as it was"))
        unit.add(Score(patient_id=booked.patient_id, visit_id=booked.id, total=4, reason="as it was"))
        unit.add(AlarmAnswer(help_id=unit.add(HelpCall(desk="as it was")).id))
        unit.add(AfterCall(visit_id=booked.id, outcome=AfterOutcome.NO_ANSWER, note="as it was"))
        unit.add(RemsForm(visit_id=booked.id))
        unit.add(DrugMovement(patient_id=booked.patient_id, devices=2, note="as it was"))
        unit.add(StockCount(lot="12K", second_id=clinic.maya.id, note="as it was"))
        unit.commit()
    return booked


def columns(table: str) -> str:
    return ", ".join(f'"{column.name}"' for column in metadata.tables[table].columns)


def whole(direct: Direct, table: str) -> list[object]:
    return direct.run(f"SELECT * FROM {table} ORDER BY {KEYS.get(table, 'id')}")


def test_h11_history_cannot_be_rewritten(clinic, direct):
    with_history(clinic)
    for table in APPEND_ONLY_TABLES:
        before = whole(direct, table)
        assert before
        for statement in REWRITING:
            direct.refused(statement.format(table=table, key=KEYS.get(table, "id"), field=FIELDS[table]))
        assert whole(direct, table) == before


@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
def test_a_row_cannot_be_put_in_the_place_of_another(file_clinic, file_direct, verb):
    with_history(file_clinic)
    for table in APPEND_ONLY_TABLES:
        before = whole(file_direct, table)
        forged = columns(table).replace(f'"{FIELDS[table]}"', "'forged'")
        file_direct.refused(f"{verb} INTO {table} SELECT {forged} FROM {table}")
        assert whole(file_direct, table) == before


def test_r13_nobody_and_nothing_recorded_can_be_deleted(clinic, direct, owner):
    with_history(clinic)
    for table in (*APPEND_ONLY_TABLES, *KEPT_TABLES):
        count = len(whole(direct, table))
        for who in (direct, owner):
            if count or not direct.is_sqlite:  # SQLite's triggers ask about each row: of none there is none
                who.refused(f"DELETE FROM {table}")
            if not direct.is_sqlite:
                who.refused(f"TRUNCATE {table} CASCADE")
        assert len(whole(direct, table)) == count


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE OR REPLACE visit SET id = {id} WHERE id = {other}",
        "UPDATE visit SET id = 4711 WHERE id = {id}",
        *(
            f"UPDATE {verb} visit SET {name} = {{other}} WHERE id = {{id}}"
            for verb in ("", "OR REPLACE", "OR IGNORE")
            for name in ("rowid", "_rowid_", "oid")
        ),
        "INSERT OR REPLACE INTO profile (rowid, version, name, required, accepts, demanded, min_stay_alone)"
        " SELECT id, version, name, required, accepts, demanded, min_stay_alone FROM profile",
        "INSERT OR REPLACE INTO visit SELECT * FROM visit WHERE id = {id}",
        "INSERT OR REPLACE INTO rems_form (version, visit_id, session_on, due_on)"
        " VALUES (1, {id}, '2026-11-16', '2026-11-23')",
        "UPDATE OR REPLACE rems_form SET visit_id = {id} WHERE visit_id = {other}",
        "INSERT OR REPLACE INTO patient SELECT * FROM patient LIMIT 1",
        "INSERT OR REPLACE INTO profile SELECT * FROM profile LIMIT 1",
        "UPDATE OR REPLACE patient SET chart_number = (SELECT min(chart_number) FROM patient)",
        "INSERT OR REPLACE INTO head SELECT * FROM head",
    ],
)
def test_replacing_deletes_nothing_by_the_back_door(file_clinic, file_direct, statement):
    visit = with_history(file_clinic)
    wish = file_clinic.wish(day=MONDAY + timedelta(days=3), nurse_id=file_clinic.tunde.id)
    (other,) = book(file_clinic.store, file_clinic.desk, wish).visits
    with file_clinic.store.write(PROGRAM) as unit:
        unit.add(AlarmAnswer(help_id=unit.add(HelpCall(desk="as it was")).id))
        unit.add(RemsForm(visit_id=other.id))
        unit.commit()
    tables = ("visit", "rems_form", "patient", "profile", "head")
    before = [whole(file_direct, table) for table in tables]
    assert "kept for good" in file_direct.refused(statement.format(id=visit.id, other=other.id))
    assert [whole(file_direct, table) for table in tables] == before


def test_an_id_cannot_be_changed_on_a_server(server_clinic, server_direct):
    visit = with_history(server_clinic)
    assert "permission denied" in server_direct.refused(f"UPDATE visit SET id = 4711 WHERE id = {visit.id}")
