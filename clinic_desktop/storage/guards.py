"""What the database refuses by itself, whatever program writes: overlaps, edits of the audit trail,
and a treatment beyond held without the way home that its profile asks for.

SQLite gets triggers, PostgreSQL an exclusion constraint and triggers. They are rebuilt after every
migration, because rebuilding a table drops them silently, and compared word for word at start.
"""

from sqlalchemy import Connection, text

from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.model import ClaimKind
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.tables import LONGEST_CLAIM, place

CLAIM_TAKEN = "claim taken"
APPEND_ONLY = "append only"
NO_WAY_HOME = "no way home"
_MINUTES = 100_000_000  # more than any UTC minute until 2160: place and minute in one int8 range

_FREE_STATES = ", ".join(
    f"'{state}'"
    for state in (VisitState.HELD, VisitState.CANCELLED, VisitState.MISSED, VisitState.NOT_TREATED)
)
_ALONE = ", ".join(f"'{kind}'" for kind in TransportKind if not kind.has_person)

# Whether a visit row stands without a way home; ``row`` is NEW in a trigger and a table's name in a query.
_LACKS = """
  {row}.state NOT IN ({free})
  AND EXISTS (SELECT 1 FROM visit_type t JOIN profile p ON p.id = t.profile_id
              WHERE t.id = {row}.type_id AND t.modality <> '' AND p.required = {true}
              AND ({row}.plan_kind IS NULL
                   OR p.accepts NOT LIKE '%"' || {row}.plan_kind || '"%'
                   OR ({row}.plan_kind NOT IN ({alone})
                       AND ({row}.plan_adult <> {true} OR {row}.plan_name = '' OR {row}.plan_phone = ''))))
  AND NOT EXISTS (SELECT 1 FROM rule_override o WHERE o.visit_id = {row}.id AND o.rule = 'driver')
"""


def lacks_way_home(row: str, true: str) -> str:
    """The SQL condition, for triggers and for ``check``."""
    return _LACKS.format(row=row, free=_FREE_STATES, alone=_ALONE, true=true)


def _sqlite() -> dict[str, str]:
    overlap = f"""EXISTS (SELECT 1 FROM claim c WHERE c.place = NEW.place
      AND c.starts < NEW.ends AND c.ends > NEW.starts AND c.starts > NEW.starts - {LONGEST_CLAIM})"""
    out = {
        "claim_insert": f"BEFORE INSERT ON claim WHEN {overlap} "
        f"BEGIN SELECT RAISE(ABORT, '{CLAIM_TAKEN}'); END",
        "claim_replace": "BEFORE INSERT ON claim WHEN EXISTS (SELECT 1 FROM claim c WHERE c.id = NEW.id) "
        f"BEGIN SELECT RAISE(ABORT, '{CLAIM_TAKEN}'); END",
        # A claim is deleted and made anew; nothing needs to edit one, so nothing may.
        "claim_update": f"BEFORE UPDATE ON claim BEGIN SELECT RAISE(ABORT, '{CLAIM_TAKEN}'); END",
    }
    for name, key in (("audit", "id"), ("stamp", "id"), ("change", "number")):
        for event in ("UPDATE", "DELETE"):
            out[f"{name}_{event.lower()}"] = (
                f"BEFORE {event} ON {name} BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}: {name}'); END"
            )
        out[f"{name}_replace"] = (
            f"BEFORE INSERT ON {name} WHEN EXISTS (SELECT 1 FROM {name} x WHERE x.{key} = NEW.{key}) "
            f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}: {name}'); END"
        )
    for event in ("INSERT", "UPDATE"):
        out[f"visit_way_home_{event.lower()}"] = (
            f"BEFORE {event} ON visit WHEN {lacks_way_home('NEW', '1')} "
            f"BEGIN SELECT RAISE(ABORT, '{NO_WAY_HOME}'); END"
        )
    for event in ("UPDATE", "DELETE"):
        out[f"rule_override_{event.lower()}"] = (
            f"BEFORE {event} ON rule_override BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}: rule_override'); END"
        )
    out["visit_delete"] = f"BEFORE DELETE ON visit BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}: visit'); END"
    return {name: f"CREATE TRIGGER {name} {body}" for name, body in out.items()}


SQLITE_TRIGGERS = _sqlite()

_APPEND_ONLY_TABLES = ("audit", "stamp", "change", "rule_override")

_REFUSED = "USING ERRCODE = 'integrity_constraint_violation'"


def _raising(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


POSTGRES_STATEMENTS: tuple[str, ...] = (
    f"""ALTER TABLE claim ADD CONSTRAINT claim_taken EXCLUDE USING gist
      (int8range(place * {_MINUTES} + starts, place * {_MINUTES} + ends) WITH &&)
      WHERE (place < {place(ClaimKind.OVERFLOW, 0)})""",
    _raising("append_only", f"RAISE EXCEPTION '{APPEND_ONLY}: %', TG_TABLE_NAME {_REFUSED};"),
    _raising("claim_fixed", f"RAISE EXCEPTION '{CLAIM_TAKEN}' {_REFUSED};"),
    _raising(
        "way_home",
        f"IF {lacks_way_home('NEW', 'true')} THEN RAISE EXCEPTION '{NO_WAY_HOME}' {_REFUSED}; END IF;"
        " RETURN NEW;",
    ),
    "CREATE TRIGGER claim_update BEFORE UPDATE ON claim FOR EACH ROW EXECUTE FUNCTION claim_fixed()",
    "CREATE TRIGGER visit_way_home BEFORE INSERT OR UPDATE ON visit FOR EACH ROW EXECUTE FUNCTION way_home()",
    *(
        f"CREATE TRIGGER {name}_fixed BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        for name in _APPEND_ONLY_TABLES
    ),
    "CREATE TRIGGER visit_fixed BEFORE DELETE OR TRUNCATE ON visit "
    "FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
)
_POSTGRES_TRIGGERS = (
    "claim_update",
    "visit_way_home",
    "visit_fixed",
    *(f"{n}_fixed" for n in _APPEND_ONLY_TABLES),
)


def build(connection: Connection) -> None:
    """Put every guard in place, anew on SQLite."""
    if connection.dialect.name == "sqlite":
        for name, statement in SQLITE_TRIGGERS.items():
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            connection.exec_driver_sql(statement)
    else:
        for statement in POSTGRES_STATEMENTS:
            connection.exec_driver_sql(statement.replace("%", "%%"))


def missing(connection: Connection) -> list[str]:
    """Names of guards that are absent or say something else than they should."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        there = {row.name: row.sql for row in rows}
        return [name for name, sql in SQLITE_TRIGGERS.items() if there.get(name) != sql]
    names = set(
        connection.scalars(text("SELECT tgname FROM pg_trigger WHERE tgenabled = 'O' AND NOT tgisinternal"))
    )
    names |= set(connection.scalars(text("SELECT conname FROM pg_constraint WHERE contype = 'x'")))
    return [name for name in (*_POSTGRES_TRIGGERS, "claim_taken") if name not in names]
