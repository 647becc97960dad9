"""A guard that is gone or altered is noticed when the clinic is opened, and by the check."""

import pytest

from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.storage import check, guards_postgres, guards_sqlite
from clinic_desktop.storage.guards_sqlite import TRIGGERS
from clinic_desktop.storage.store import open_store

HARMLESS = "CREATE TRIGGER {name} BEFORE INSERT ON claim WHEN 0 BEGIN SELECT RAISE(ABORT, 'claim taken'); END"


def noticed(store, name):
    store.close()
    with pytest.raises(StoreRefused, match=rf"lost its protection .*{name}"):
        open_store(store.where)
    found = check.findings(store.where)
    assert ("guards", True) in [(one.code, name in one.message) for one in found]


@pytest.mark.parametrize("name", sorted(TRIGGERS))
def test_a_dropped_trigger(sqlite_store, name):
    with sqlite_store.engine.connect() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
        assert guards_sqlite.differing(connection) == [name]


def test_a_dropped_trigger_keeps_the_clinic_shut(file_clinic, file_direct):
    file_direct.run("DROP TRIGGER claim_insert")
    noticed(file_clinic.store, "claim_insert")


def test_a_trigger_that_says_something_else(file_clinic, file_direct):
    file_direct.run("DROP TRIGGER claim_insert")
    file_direct.run(HARMLESS.format(name="claim_insert"))
    noticed(file_clinic.store, "claim_insert")


def test_a_trigger_that_is_not_ours(file_clinic, file_direct):
    file_direct.run("CREATE TRIGGER quietly AFTER INSERT ON claim BEGIN DELETE FROM claim; END")
    noticed(file_clinic.store, "quietly")


def test_checks_switched_off_for_a_moment_are_found_by_what_came_through(file_clinic, file_direct):
    """A setting of a connection can let a claim without length in, but not past the check."""
    file_direct.run("PRAGMA ignore_check_constraints = ON")
    file_direct.run(
        "INSERT INTO claim (place, starts, ends, visit_id) VALUES (10000000100, 29000000, 28000000, 1)"
    )
    found = [(one.code, one.message) for one in check.findings(file_clinic.store.where)]
    assert ("constraints", "claim 1: its ck_claim_length does not hold.") in found


ALTERED = {
    "claim_taken": (
        "ALTER TABLE claim DROP CONSTRAINT claim_taken",
        "ALTER TABLE claim DROP CONSTRAINT claim_taken; ALTER TABLE claim ADD CONSTRAINT claim_taken"
        " EXCLUDE USING gist (int8range(place * 100000000 + starts, place * 100000000 + ends) WITH &&)"
        " WHERE (place > 0)",
    ),
    "visit_way_home": (
        "DROP TRIGGER visit_way_home ON visit",
        "ALTER TABLE visit DISABLE TRIGGER visit_way_home",
        "DROP TRIGGER visit_way_home ON visit; CREATE TRIGGER visit_way_home BEFORE INSERT ON visit"
        " FOR EACH ROW EXECUTE FUNCTION way_home()",
        "DROP TRIGGER visit_way_home ON visit; CREATE TRIGGER visit_way_home BEFORE INSERT OR UPDATE ON visit"
        " FOR EACH ROW WHEN (NEW.id < 0) EXECUTE FUNCTION way_home()",
        "DROP TRIGGER visit_way_home ON visit; CREATE TRIGGER visit_way_home BEFORE INSERT OR UPDATE OF note"
        " ON visit FOR EACH ROW EXECUTE FUNCTION way_home()",
        "CREATE OR REPLACE FUNCTION way_home() RETURNS trigger LANGUAGE plpgsql"
        " SET search_path = public, pg_temp AS $$BEGIN RETURN NEW; END$$",
        "ALTER FUNCTION way_home() RESET search_path",
    ),
    "audit_fixed": ("DROP TRIGGER audit_fixed ON audit",),
    "quietly": (
        "CREATE FUNCTION quietly() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;"
        "CREATE TRIGGER quietly BEFORE INSERT ON claim FOR EACH ROW EXECUTE FUNCTION quietly()",
    ),
}


@pytest.mark.parametrize(
    ("name", "statement"), [(name, one) for name, statements in ALTERED.items() for one in statements]
)
def test_an_altered_guard_of_a_server(postgres_store, owned, name, statement):
    for part in statement.split(";") if "$$" not in statement else [statement]:
        owned.run(part)
    with postgres_store.engine.connect() as connection:
        assert guards_postgres.differing(connection) == [name]
    noticed(postgres_store, name)


def test_the_desks_role_can_take_no_guard_away(server_direct):
    for statement in (
        "ALTER TABLE claim DROP CONSTRAINT claim_taken",
        "DROP TRIGGER visit_way_home ON visit",
        "ALTER TABLE visit DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION way_home() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$",
        "DROP TABLE audit",
        "CREATE TABLE public.mine (id int)",
    ):
        server_direct.refused(statement)
