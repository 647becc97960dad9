"""On a server the app's role has the least rights that it can work with."""

import pytest

from clinic_desktop.foundation.errors import EnvironmentFailure, StoreRefused
from clinic_desktop.foundation.server_place import Found
from clinic_desktop.storage.engine import open_engine
from clinic_desktop.storage.failures import NO_RIGHT
from clinic_desktop.storage.grants import OPEN_TO_ALL, ROLE_SETTING, apply, close_sql, open_to_all, rights
from clinic_desktop.storage.server_look import look_at, place_of
from clinic_desktop.storage.store import open_store
from clinic_desktop.storage.tables import APPEND_ONLY_TABLES, RECORDS, REMOVABLE_TABLES, metadata
from tests.storage import postgres
from tests.storage.conftest import as_owner, beside

RECORD_TABLES = {table.name for table in RECORDS.values()}


def test_every_tables_rights_are_these():
    expected = {
        "claim": {"SELECT", "INSERT", "DELETE"},
        "head": {"SELECT", "UPDATE"},
        "alembic_version": {"SELECT"},
    }
    for name in RECORD_TABLES:
        expected[name] = {"SELECT", "INSERT", "UPDATE"}
    for name in APPEND_ONLY_TABLES:
        expected[name] = {"SELECT", "INSERT"}
    for name in REMOVABLE_TABLES:
        expected[name] |= {"DELETE"}
    given = {t.name: {one.split(" ")[0] for one in rights(t)} for t in metadata.sorted_tables}
    assert given == expected


def test_the_server_gave_exactly_those(postgres_store, owned):
    rows = owned.run(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
        " WHERE grantee = 'clinic_app' AND table_schema = 'public'"
    )
    there = {(table, right) for table, right in rows}
    meant = {(t.name, one) for t in metadata.sorted_tables for one in rights(t) if " " not in one}
    assert there == meant
    columns = owned.run(
        "SELECT table_name, column_name FROM information_schema.role_column_grants WHERE grantee ="
        " 'clinic_app' AND privilege_type = 'UPDATE'"
    )
    assert columns
    assert not [column for _, column in columns if column == "id"]


def test_a_stranger_has_no_rights_at_all(postgres_store):
    with beside(postgres_store.where.replace(postgres.DESK, postgres.STRANGER)) as stranger:
        for table in sorted(RECORD_TABLES):
            assert "permission denied" in stranger.refused(f"SELECT * FROM {table}")
    with pytest.raises(EnvironmentFailure) as told:
        open_store(postgres_store.where.replace(postgres.DESK, postgres.STRANGER))
    assert str(told.value) == NO_RIGHT


def test_a_desk_cannot_make_a_clinic(postgres_server):
    name = postgres_server.database()
    with pytest.raises(EnvironmentFailure, match="does not let this desk"):
        open_store(postgres_server.address(name, postgres.DESK), make=True)
    with pytest.raises(StoreRefused, match="holds no clinic yet"):
        open_store(postgres_server.address(name, postgres.DESK))
    open_store(postgres_server.address(name, postgres.OWNER), make=True).close()
    open_store(postgres_server.address(name, postgres.DESK)).close()
    postgres_server.drop(name)


def test_no_clinic_where_everybody_may_make_tables(postgres_server):
    """As PostgreSQL 13 and 14 leave a new database: anybody's function could be called for the server's."""
    name = postgres_server.database()
    owner = postgres_server.address(name, postgres.OWNER)
    with postgres_server.connect(name, "admin") as admin:
        admin.execute("ALTER SCHEMA public OWNER TO admin")
        admin.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")
    looked = look_at(place_of(owner))
    assert (looked.found, looked.failed.words) == (Found.LOCKED, OPEN_TO_ALL)
    with pytest.raises(EnvironmentFailure, match="REVOKE CREATE ON SCHEMA public FROM PUBLIC") as told:
        open_store(owner, make=True)
    lines = close_sql("public", postgres.OWNER)
    assert lines in str(told.value)
    assert lines in looked.sql
    with postgres_server.connect(name, "admin") as admin:
        admin.execute(lines)
    assert look_at(place_of(owner)).found is Found.EMPTY
    open_store(owner, make=True).close()
    with postgres_server.connect(name, "admin") as admin:
        admin.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")
    assert grants_again(owner) is False  # the owner closes it with the next update
    postgres_server.drop(name)


def grants_again(owner: str) -> bool:
    engine = open_engine(owner)
    with engine.begin() as connection:
        apply(connection)
        still = open_to_all(connection)
    engine.dispose()
    return still


def test_the_groups_name_is_a_setting(postgres_server, monkeypatch):
    monkeypatch.setenv(ROLE_SETTING, "front_desks")
    name = postgres_server.database()
    store = open_store(postgres_server.address(name, postgres.OWNER), make=True)
    store.close()
    with beside(as_owner(store.where)) as owner:
        granted = owner.one("SELECT has_table_privilege('front_desks', 'visit', 'INSERT')")
        assert granted
        assert not owner.one("SELECT has_table_privilege('clinic_app', 'visit', 'SELECT')")
    postgres_server.drop(name)


def test_a_group_that_cannot_be_made_is_asked_for(postgres_server, monkeypatch):
    monkeypatch.setenv(ROLE_SETTING, "another_group")
    name = postgres_server.database()
    with postgres_server.connect("postgres", "admin") as admin:
        admin.execute(f"ALTER ROLE {postgres.STRANGER} CREATEDB")
        admin.execute(f"ALTER DATABASE {name} OWNER TO {postgres.STRANGER}")
    with postgres_server.connect(name, "admin") as admin:
        admin.execute(f"ALTER SCHEMA public OWNER TO {postgres.STRANGER}")
    with pytest.raises(EnvironmentFailure, match="CREATE ROLE another_group NOLOGIN;"):
        open_store(postgres_server.address(name, postgres.STRANGER), make=True)
    with pytest.raises(StoreRefused, match="holds no clinic yet"):  # nothing of it stayed
        open_store(postgres_server.address(name, postgres.STRANGER))
    monkeypatch.setenv(ROLE_SETTING, "no; DROP TABLE visit")
    with pytest.raises(EnvironmentFailure, match=f"Check {ROLE_SETTING}"):
        open_store(postgres_server.address(name, postgres.STRANGER), make=True)
    postgres_server.drop(name)


def test_two_clinics_can_share_a_database_in_schemas_of_their_own(postgres_server):
    name = postgres_server.database()
    base = postgres_server.address(name, postgres.OWNER)
    with postgres_server.connect(name, postgres.OWNER) as owner:
        owner.execute("CREATE SCHEMA north")
        owner.execute("CREATE SCHEMA south")
    for schema in ("north", "south"):
        open_store(f"{base}&schema={schema}", make=True).close()
        open_store(f"{base.replace(postgres.OWNER, postgres.DESK)}&schema={schema}").close()
    with pytest.raises(StoreRefused, match="holds no clinic yet"):
        open_store(base)
    postgres_server.drop(name)
