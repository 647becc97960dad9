"""Who may do what on PostgreSQL: the owner makes and migrates the tables, the app's role has the least.

The app's role is a group that nobody signs in as; each desk's own role is a member of it:
``GRANT clinic_app TO desk_1``.
"""

import os
import re
from collections.abc import Iterator

from sqlalchemy import Connection, Table, text

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.storage.tables import (
    APPEND_ONLY_TABLES,
    RECORDS,
    REMOVABLE_TABLES,
    claim,
    head,
    metadata,
    schema_version,
)

APP_ROLE = "clinic_app"
_MAY_MAKE_ROLES = "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
ROLE_SETTING = "CLINIC_DESKTOP_APP_ROLE"  # the environment variable that names another group

_OPEN = """SELECT EXISTS (
    SELECT 1 FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) AS given
    WHERE nspname = current_schema() AND given.grantee = 0 AND given.privilege_type = 'CREATE')"""
_OWNS_SCHEMA = "SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = current_schema()"
OPEN_TO_ALL = (
    "Whoever signs in to this database may make tables and functions in it, as PostgreSQL 13 and 14 allow by "
    "themselves. Let the administrator run the lines below."
)
SENTENCES = (OPEN_TO_ALL,)


def open_to_all(connection: Connection) -> bool:
    """Whether everybody may make tables and functions beside the clinic's: a function of somebody's own could
    then be called in the place of the server's."""
    return bool(connection.exec_driver_sql(_OPEN).scalar_one())


def closed_or_refused(connection: Connection) -> None:
    """Keep a new clinic out of a schema in which everybody may make something."""
    if open_to_all(connection):
        raise EnvironmentFailure(f"{OPEN_TO_ALL} {close_sql('public', 'clinic_owner')}")


def close_sql(schema: str, owner: str) -> str:
    """What the administrator runs in the database; it changes nothing on PostgreSQL 15 and newer."""
    return f"ALTER SCHEMA {schema} OWNER TO {owner};\nREVOKE CREATE ON SCHEMA {schema} FROM PUBLIC;"


def apply(connection: Connection) -> None:
    """Give the app's role its rights on every table, and nothing beyond; only the owner can."""
    role = _role()
    _ensure(connection, role)
    schema: str = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    if open_to_all(connection) and connection.exec_driver_sql(_OWNS_SCHEMA).scalar_one():
        connection.exec_driver_sql(f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC")
    for statement in _statements(role, schema):
        connection.exec_driver_sql(statement)


def _role() -> str:
    role = os.environ.get(ROLE_SETTING, APP_ROLE)
    if not re.fullmatch("[a-z_][a-z0-9_]*", role):
        raise EnvironmentFailure(f"A role's name is small letters, digits and _. Check {ROLE_SETTING}.")
    return role


def _ensure(connection: Connection, role: str) -> None:
    query = text("SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = :role)")
    if connection.scalar(query, {"role": role}):
        return
    if not connection.scalar(text(_MAY_MAKE_ROLES)):
        raise EnvironmentFailure(
            "The desks need a role of their own. Let the server's administrator run: "
            f"CREATE ROLE {role} NOLOGIN;"
        )
    connection.exec_driver_sql(f"CREATE ROLE {role} NOLOGIN")


def _statements(role: str, schema: str) -> Iterator[str]:
    yield f"GRANT USAGE ON SCHEMA {schema} TO {role}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}"
    for table in metadata.sorted_tables:
        yield f"GRANT {', '.join(rights(table))} ON {table.name} TO {role}"


def rights(table: Table) -> list[str]:
    """What the app's role may do with a table. An id is never changed, so no right is given to."""
    if table is schema_version:
        return ["SELECT"]
    if table is claim:
        return ["SELECT", "INSERT", "DELETE"]
    columns = ", ".join(f'"{column.name}"' for column in table.columns if not column.primary_key)
    if table is head:
        return ["SELECT", f"UPDATE ({columns})"]
    found = ["SELECT", "INSERT"]
    if table.name not in APPEND_ONLY_TABLES and table in RECORDS.values():
        found.append(f"UPDATE ({columns})")
    if table.name in REMOVABLE_TABLES:
        found.append("DELETE")
    return found
