"""What the databases refuse about the trail and the feed: a row that does not say what was done, a number
below one, and what one desk could write that no desk could work with any more."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.secrets import HIDDEN, Secret
from clinic_desktop.people.model import Order, Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Closure
from clinic_desktop.security.account import Account
from clinic_desktop.security.hashing import hashed
from clinic_desktop.storage import check
from clinic_desktop.storage.audit import image
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.storage.tables import metadata
from tests.small_clinic import MONDAY, SmallClinic
from tests.storage.conftest import Direct, as_admin, beside, put_in_trail
from tests.storage.test_guards_history import columns, whole, with_history

FORGED = "UPDATE patient SET notes = 'forged' WHERE id = 1 RETURNING to_jsonb(patient.*)::text"
Said = Callable[[dict[str, object]], str]


def written(direct: Direct, sql: str, say: Said, **other: object) -> None:
    """A change of patient 1 with a row of the trail: ``say`` makes its image of what stands there now."""
    line = direct.connection
    with line.transaction():
        ((row,),) = line.execute(sql).fetchall()
        put_in_trail(line, "change", "patient", [(1, say(json.loads(row)))], **other)


@pytest.mark.parametrize(
    ("say", "other"),
    [
        (lambda _: "{}", {}),
        (lambda _: "[]", {}),
        (json.dumps, {"action": "add"}),
        (json.dumps, {"record_id": 2}),
        (json.dumps, {"action": "viewed", "change_number": 0}),
        (json.dumps, {"after": None}),
        (lambda row: json.dumps({name: row[name] for name in row if name != "notes"}), {}),
        (lambda row: json.dumps(row | {"notes": ""}), {}),
        (lambda row: json.dumps(row | {"notes": HIDDEN}), {}),
        (lambda row: json.dumps(row | {"notes": None}), {}),
        (lambda row: json.dumps(row | {"version": row["version"] + 1}), {}),
        (lambda row: json.dumps(row | {"notes": Secret(str(row["notes"])).digest}), {}),
    ],
)
def test_a_server_takes_no_change_whose_row_does_not_say_what_was_done(
    server_clinic, server_direct, say: Said, other
):
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="not in the trail: patient 1"):
        written(server_direct, FORGED, say, **other)
    with server_clinic.store.read() as records:
        assert records.get(Patient, 1).notes != "forged"
    written(server_direct, FORGED, json.dumps)  # said as it is, it is found by whoever reads the trail
    with server_clinic.store.read() as records:
        assert records.get(Patient, 1).notes == "forged"


def test_what_was_said_of_a_record_is_found_by_its_kind_and_number(server_clinic):
    """Read over all kinds, each commit would take longer the longer the trail is."""
    with beside(as_admin(server_clinic.store.where)) as admin:
        line = admin.connection
        plans: list[str] = []
        line.add_notice_handler(lambda notice: plans.append(notice.message_primary or ""))
        for setting in (
            "LOAD 'auto_explain'",
            "SET auto_explain.log_min_duration = 0",
            "SET auto_explain.log_nested_statements = on",
            "SET client_min_messages = log",
            "SET enable_seqscan = off",  # of a few rows it would read all
            "SET enable_bitmapscan = off",
        ):
            line.execute(setting)
        written(admin, FORGED, json.dumps)
    (plan,) = (one for one in plans if "CASE deed" in one)
    assert re.search(r"Index Cond: \(\(kind = .*\) AND \(record_id = ", plan), plan


@pytest.mark.parametrize("other", [{"action": "viewed"}, {"change_number": 0}, {"change_number": -1}])
def test_a_row_of_a_change_has_its_number_and_no_other_has_one(server_clinic, server_direct, other):
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="a change without its number"):
        written(server_direct, FORGED, json.dumps, **other)


def test_a_change_that_no_desk_would_hear_of_is_not_taken(server_clinic, server_direct):
    """Neither by the number of an earlier change, nor by a row of the feed about something else."""
    line = server_direct.connection
    last = server_clinic.store.change_number()
    unheard = "a change that is not in the feed"
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=unheard):
        written(server_direct, FORGED, json.dumps, change_number=last)
    for kind, number in (("room", 1), ("patient", 2)):
        line.execute("BEGIN")
        ((row,),) = line.execute(FORGED).fetchall()
        line.execute(
            "INSERT INTO change (number, kind, record_id) SELECT change_number + 1, %s, %s FROM head",
            [kind, number],
        )
        put_in_trail(line, "change", "patient", [(1, row)], fed=False)
        line.execute("UPDATE head SET change_number = change_number + 1")
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=unheard):
            line.execute("COMMIT")
    assert server_clinic.store.change_number() == last


@pytest.mark.parametrize("to", ["-5", "setup_number - 1", "change_number + 1"])
def test_what_desks_have_kept_of_the_set_up_is_not_made_to_look_new(server_clinic, server_direct, to):
    said = server_direct.refused_silent(f"UPDATE head SET setup_number = {to}")
    assert "not the head of the trail" in said
    line = server_direct.connection
    line.execute("BEGIN")
    rows = line.execute("UPDATE room SET name = 'x' WHERE id = 1 RETURNING id, to_jsonb(room.*)::text")
    put_in_trail(line, "change", "room", rows.fetchall(), set_up=False)
    with pytest.raises(psycopg.Error, match="not the head of the trail"):
        line.execute("COMMIT")


@pytest.mark.parametrize("digits", [-15, 0, 3])
def test_a_number_is_said_as_it_stands_whatever_a_session_makes_of_it(
    server_clinic, server_direct, digits: int
):
    with server_clinic.store.write(PROGRAM) as unit:
        order = unit.add(Order(patient_id=1, ordered_by=server_clinic.lin.id, dose=5.0))
        unit.commit()
    line = server_direct.connection
    line.execute(f"SET extra_float_digits = {digits}")
    line.execute("BEGIN")
    query = "UPDATE drug_order SET dose = {} WHERE id = %s RETURNING id, to_jsonb(drug_order.*)::text"
    ((number, said),) = line.execute(query.format("5.4321"), [order.id]).fetchall()
    put_in_trail(line, "change", "drug_order", [(number, json.dumps({**json.loads(said), "dose": 5}))])
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="not in the trail"):
        line.execute("COMMIT")
    with line.transaction():
        ((number, said),) = line.execute(query.format("5.4321"), [order.id]).fetchall()
        put_in_trail(
            line, "change", "drug_order", [(number, json.dumps({**json.loads(said), "dose": 5.4321}))]
        )


def test_a_row_that_was_said_answers_for_no_other_change_after_it(server_clinic, server_direct):
    line = server_direct.connection
    line.execute("BEGIN")
    ((row,),) = line.execute(FORGED).fetchall()
    put_in_trail(line, "change", "patient", [(1, row)])
    line.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="not in the trail"):
        line.execute("UPDATE patient SET notes = 'and again' WHERE id = 1")


def test_a_text_that_is_no_json_stops_nobody_who_comes_later(server_clinic, server_direct):
    line = server_direct.connection
    with line.transaction():
        put_in_trail(line, "change", "patient", [(1, "no JSON")])
    with server_clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, 1), notes="seen"))
        unit.commit()


def test_every_kind_of_field_is_said_as_the_program_says_it(server_clinic, server_direct):
    """Moments, days, lists, secrets with a value and without: taken, and read back alike."""
    clinic = server_clinic
    with_history(clinic)
    with clinic.store.write(PROGRAM) as unit:
        at = datetime(2026, 11, 16, 15, 0, 7, tzinfo=UTC)
        secret = Secret(hashed("purple tomato lamp"))
        added = unit.add(Account(staff_id=clinic.maya.id, password=secret, signed_in_at=(("front", at),)))
        unit.save(replace(added, pin=secret, password=Secret("")))
        unit.commit()
    assert check.findings(clinic.store.where) == []
    row = server_direct.one("SELECT to_jsonb(account.*)::text FROM account")
    digests = json.dumps({**json.loads(image(added)), "version": 2, "pin": secret.digest[:-1] + "x"})
    line = server_direct.connection
    line.execute("BEGIN")
    line.execute("UPDATE account SET failures = failures")
    put_in_trail(line, "change", "account", [(json.loads(row)["id"], digests)])
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="not in the trail"):
        line.execute("COMMIT")


def test_what_is_taken_away_is_said_as_it_stood(any_store: SqlStore):
    """Whoever removes it may have typed on it meanwhile."""
    with any_store.write(PROGRAM) as unit:
        closure = unit.add(Closure(reason="Paint"))
        unit.commit()
    with any_store.write(PROGRAM) as unit:
        unit.remove(replace(closure, reason="Wet"))
        unit.commit()
    with any_store.read() as records:
        ((before,),) = records.rows("SELECT before FROM audit WHERE action = 'remove'")
    assert json.loads(before)["reason"] == "Paint"


NUMBERED = ("stamp", "patient", "visit", "clearance", "room", "drug_movement", "audit", "change")


@pytest.mark.parametrize("number", [0, -1, -2_147_483_648])
def test_no_row_has_a_number_below_one(clinic: SmallClinic, direct: Direct, number: int):
    with_history(clinic)
    for table in NUMBERED:
        key = "number" if table == "change" else "id"
        # What is unique beside the number must differ, or that would be refused.
        others = {key: str(number), "chart_number": "'X1'", "hash": "hash"}
        names = [one.name for one in metadata.tables[table].columns]
        values = ", ".join(others.get(one, f'"{one}"') for one in names)
        before = whole(direct, table)
        said = direct.refused(f"INSERT INTO {table} ({columns(table)}) SELECT {values} FROM {table} LIMIT 1")
        assert f"a number begins at 1: {table}" in said
        assert whole(direct, table) == before


FEED = (
    "INSERT INTO change (number, kind, record_id, day) SELECT change_number + {n}, 'day', 0, {day} FROM head"
)
FED = "UPDATE head SET change_number = change_number + {n}"


@pytest.mark.parametrize(
    "statements",
    [
        [FED.format(n=1)],
        ["UPDATE head SET change_number = 2147483647"],
        [FEED.format(n=1, day="NULL")],
        [FEED.format(n=2, day="NULL"), FED.format(n=2)],
        [FEED.format(n=1, day="NULL"), FED.format(n=2)],
        [FEED.format(n=1, day="'nonsense'"), FED.format(n=1)],
        [FEED.format(n=1, day="'2026-02-31'"), FED.format(n=1)],
        [FEED.format(n=1, day="'0000-01-01'"), FED.format(n=1)],
        [FEED.format(n=1, day="'2026-1-1'"), FED.format(n=1)],
        [FEED.format(n=1, day="'infinity'"), FED.format(n=1)],
    ],
)
def test_one_row_of_the_feed_stops_nobody(server_clinic, server_direct, statements):
    store, line = server_clinic.store, server_direct.connection
    before = store.change_number()
    with pytest.raises(psycopg.Error):
        line.execute("; ".join(statements))  # in one transaction
    with line.transaction():  # what says what it should is taken
        line.execute(FEED.format(n=1, day=f"'{MONDAY}'"))
        line.execute(FED.format(n=1))
    book(store, server_clinic.desk, server_clinic.wish())
    assert store.changes_since(before).days == {MONDAY}
    assert check.findings(store.where) == []


@pytest.mark.parametrize("at", [10**12, -1, 0, 946_684_799, 7_258_118_400, 2**62])
def test_no_row_of_the_trail_is_of_a_moment_that_cannot_be_read(server_clinic, server_direct, at):
    line = server_direct.connection
    asked = "INSERT INTO audit ({}) SELECT {} FROM audit WHERE id = 1"
    names = [one.name for one in metadata.tables["audit"].columns]
    values = ", ".join({"at": str(at), "id": "id + 1000"}.get(one, f'"{one}"') for one in names)
    with pytest.raises(psycopg.Error, match="no moment that a clinic has"), line.transaction():
        line.execute(asked.format(columns("audit"), values))
