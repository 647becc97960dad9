"""The guards of a PostgreSQL schema: an exclusion constraint, and triggers that the app's role cannot drop.

What a role may do at all is in :mod:`clinic_desktop.storage.grants`; these hold for the owner too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from clinic_desktop.storage import locks, trail_guard
from clinic_desktop.storage.account_guard import (
    GIVEN,
    NO_MANAGER,
    OTHERS_ACCOUNT,
    TWICE,
    closes,
    closes_the_last,
    goes_back,
    handed_on,
    keeps_given,
    lets_in_by_given,
    takes_management,
    takes_the_last,
)
from clinic_desktop.storage.day_after_guard import (
    CLOSED_EARLY,
    NO_PRESCRIBER,
    NOT_ASKED,
    NOTHING_SAID,
    answered_by_nobody,
    closed_early,
    flag_rewritten,
    nothing_said,
    now_answered_by_nobody,
    unasked,
)
from clinic_desktop.storage.dose_guard import NOT_CERTIFIED, dose_uncertified
from clinic_desktop.storage.guard_sql import POSTGRES
from clinic_desktop.storage.guard_words import (
    APPEND_ONLY,
    CLAIM_TAKEN,
    KEPT,
    NO_WAY_HOME,
    RELIED_ON,
    profile_strands,
    type_strands,
    visit_lacks,
)
from clinic_desktop.storage.held_to_guard import (
    ASKS_LESS,
    modality_gone,
    modality_swapped,
    type_asks_otherwise,
    visit_asks_less,
)
from clinic_desktop.storage.incident_guard import closed_by_nobody, incident_rewritten
from clinic_desktop.storage.override_guard import NOT_THEIRS, allowed_by_nobody
from clinic_desktop.storage.release_guard import NOT_RELEASED, gone_unreleased, release_lacks
from clinic_desktop.storage.sheet_guard import (
    NOT_HANDED_OUT,
    REWRITTEN,
    WORDS_STAY,
    no_card,
    no_own_draft,
    no_preparation,
    not_handed_out,
)
from clinic_desktop.storage.tables import APPEND_ONLY_TABLES, KEPT_TABLES, MINUTES, RECORDS
from clinic_desktop.storage.time_guard import TO_COME, to_come

CLAIM_CONSTRAINT = "claim_taken"
_CONSTRAINT = f"EXCLUDE USING gist (int8range(place * {MINUTES} + starts, place * {MINUTES} + ends) WITH &&)"
# Bits of pg_trigger.tgtype.
_ROW, _BEFORE = 1, 2
_EVENTS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}


@dataclass(frozen=True, slots=True)
class _Trigger:
    table: str
    name: str
    events: tuple[str, ...]
    function: str
    per_row: bool = False
    at_commit: bool = False  # asked when the transaction commits, of each row that was written

    @property
    def statement(self) -> str:
        if self.at_commit:
            return (
                f"CREATE CONSTRAINT TRIGGER {self.name} AFTER {' OR '.join(self.events)} ON {self.table}"
                f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {self.function}()"
            )
        each = "ROW" if self.per_row else "STATEMENT"
        return (
            f"CREATE TRIGGER {self.name} BEFORE {' OR '.join(self.events)} ON {self.table}"
            f" FOR EACH {each} EXECUTE FUNCTION {self.function}()"
        )

    @property
    def kind(self) -> int:
        when = _ROW if self.at_commit else _BEFORE + self.per_row * _ROW
        return when + sum(_EVENTS[one] for one in self.events)


def _raising(condition: str, words: str, row: str = "NEW", first: str = "") -> str:
    """row: OLD where it is asked before a row is deleted."""
    refuse = f"RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation';"
    return f"BEGIN {first}IF {condition} THEN {refuse} END IF; RETURN {row}; END"


def _one_at_a_time(where: str) -> str:
    """Of two desks that do so at once the second waits, and then sees what the first did; by a view of before
    it would not."""
    later = "RAISE EXCEPTION 'only READ COMMITTED' USING ERRCODE = 'integrity_constraint_violation';"
    return (
        f"IF {where} THEN"
        f" IF current_setting('transaction_isolation') <> 'read committed' THEN {later} END IF;"
        f" PERFORM {locks.ALL_DAYS_ALONE}; END IF; "
    )


def _always(words: str) -> str:
    refuse = f"RAISE EXCEPTION '{words}: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';"
    return f"BEGIN {refuse} END"


FUNCTIONS = {
    "append_only": _always(APPEND_ONLY),
    "kept_for_good": _always(KEPT),
    "claim_fixed": _always(CLAIM_TAKEN),
    "way_home": _raising(visit_lacks("NEW", "true"), NO_WAY_HOME),
    "stamp_dose": _raising(dose_uncertified(POSTGRES), NOT_CERTIFIED),
    "stamp_release": _raising(release_lacks(POSTGRES), NOT_RELEASED),
    "stamp_to_come": _raising(to_come("at", "recorded_at"), TO_COME),
    "visit_released": _raising(gone_unreleased("NEW"), NOT_RELEASED),
    "incident_prescriber": _raising(closed_by_nobody("true"), NO_PRESCRIBER),
    "incident_fixed": _raising(incident_rewritten("IS DISTINCT FROM"), f"{APPEND_ONLY}: incident"),
    "override_prescriber": _raising(allowed_by_nobody("true"), NOT_THEIRS),
    "after_call_asked": _raising(unasked(), NOT_ASKED),
    "after_call_said": _raising(nothing_said("true"), NOTHING_SAID),
    "after_call_closed": _raising(closed_early(POSTGRES), CLOSED_EARLY),
    "after_flag_prescriber": _raising(answered_by_nobody("true"), NO_PRESCRIBER),
    "after_flag_answered": _raising(now_answered_by_nobody("true"), NO_PRESCRIBER),
    "after_flag_fixed": _raising(flag_rewritten("IS DISTINCT FROM"), f"{APPEND_ONLY}: after_flag"),
    "sheet_text_used": _raising(not_handed_out(), NOT_HANDED_OUT),
    "preparation_text_used": _raising(no_preparation(), NOT_HANDED_OUT),
    "sheet_text_delete": _raising(no_own_draft(), f"{KEPT}: sheet_text", "OLD"),
    "paper_text_used": _raising(no_card(), NOT_HANDED_OUT),
    **{
        f"{table}_fixed": _raising(rewritten("IS DISTINCT FROM"), f"{WORDS_STAY}: {table}")
        for table, rewritten in REWRITTEN.items()
    },
    "account_person": _raising(handed_on(), OTHERS_ACCOUNT),
    "account_manager": _raising(closes_the_last("true"), NO_MANAGER, first=_one_at_a_time(closes("true"))),
    "account_given": _raising(lets_in_by_given("true"), GIVEN),
    "account_factor": _raising(goes_back(), TWICE),
    "account_own": _raising(keeps_given("true"), GIVEN),
    "staff_manager": _raising(
        takes_the_last("true"), NO_MANAGER, first=_one_at_a_time(takes_management("true"))
    ),
    "in_trail": trail_guard.IN_TRAIL,
    "audit_linked": trail_guard.LINKED,
    "audit_at_head": trail_guard.AT_HEAD,
    "head_moved": trail_guard.HEAD_MOVED,
    "head_fed": trail_guard.HEAD_FED,
    "change_fed": trail_guard.FED,
    "change_at_head": trail_guard.FED_TO_HEAD,
    "claim_given_up": trail_guard.GIVEN_UP,
    "claim_said": trail_guard.TAKEN,
    "profile_relied_on": _raising(profile_strands("true"), RELIED_ON),
    "visit_type_relied_on": _raising(
        f"{type_strands('true')} OR {type_asks_otherwise('IS DISTINCT FROM')}", RELIED_ON
    ),
    "modality_relied_on": _raising(modality_swapped(), RELIED_ON),
    "modality_named": _raising(modality_gone(), RELIED_ON, "OLD"),
    "visit_type_kept": _raising(visit_asks_less("true", "IS DISTINCT FROM"), ASKS_LESS),
}


def _triggers() -> Iterator[_Trigger]:
    yield _Trigger("claim", "claim_update", ("UPDATE",), "claim_fixed")
    yield _Trigger("claim", "claim_given_up", ("DELETE",), "claim_given_up", at_commit=True)
    yield _Trigger("claim", "claim_said", ("INSERT",), "claim_said", at_commit=True)
    yield _Trigger("visit", "visit_way_home", ("INSERT", "UPDATE"), "way_home", per_row=True)
    yield _Trigger("stamp", "stamp_dose", ("INSERT",), "stamp_dose", per_row=True)
    yield _Trigger("stamp", "stamp_release", ("INSERT",), "stamp_release", per_row=True)
    yield _Trigger("stamp", "stamp_to_come", ("INSERT",), "stamp_to_come", per_row=True)
    yield _Trigger("visit", "visit_released", ("INSERT", "UPDATE"), "visit_released", per_row=True)
    name = "incident_prescriber"
    yield _Trigger("incident", name, ("INSERT", "UPDATE"), name, per_row=True)
    yield _Trigger("incident", "incident_fixed", ("UPDATE",), "incident_fixed", per_row=True)
    name = "override_prescriber"
    yield _Trigger("rule_override", name, ("INSERT",), name, per_row=True)
    yield _Trigger("profile", "profile_relied_on", ("UPDATE",), "profile_relied_on", per_row=True)
    yield _Trigger("visit_type", "visit_type_relied_on", ("UPDATE",), "visit_type_relied_on", per_row=True)
    yield _Trigger("modality", "modality_relied_on", ("UPDATE",), "modality_relied_on", per_row=True)
    yield _Trigger("modality", "modality_named", ("DELETE",), "modality_named", per_row=True)
    yield _Trigger("visit", "visit_type_kept", ("UPDATE",), "visit_type_kept", per_row=True)
    yield _Trigger("account", "account_given", ("INSERT", "UPDATE"), "account_given", per_row=True)
    for name in ("account_person", "account_manager", "account_own", "account_factor", "staff_manager"):
        yield _Trigger(name.split("_")[0], name, ("UPDATE",), name, per_row=True)
    for name in ("after_call_asked", "after_call_said", "after_call_closed"):
        yield _Trigger("after_call", name, ("INSERT",), name, per_row=True)
    name = "after_flag_prescriber"
    yield _Trigger("after_flag", name, ("INSERT",), name, per_row=True)
    for name in ("after_flag_answered", "after_flag_fixed"):
        yield _Trigger("after_flag", name, ("UPDATE",), name, per_row=True)
    yield _Trigger("sheet", "sheet_text_used", ("INSERT",), "sheet_text_used", per_row=True)
    name = "preparation_text_used"
    yield _Trigger("preparation", name, ("INSERT",), name, per_row=True)
    yield _Trigger("paper", "paper_text_used", ("INSERT",), "paper_text_used", per_row=True)
    yield _Trigger("sheet_text", "sheet_text_delete", ("DELETE",), "sheet_text_delete", per_row=True)
    yield _Trigger("sheet_text", "sheet_text_kept", ("TRUNCATE",), "kept_for_good")
    for name in REWRITTEN:
        yield _Trigger(name, f"{name}_fixed", ("UPDATE",), f"{name}_fixed", per_row=True)
    for name in APPEND_ONLY_TABLES:
        yield _Trigger(name, f"{name}_fixed", ("UPDATE", "DELETE", "TRUNCATE"), "append_only")
    for name in KEPT_TABLES:
        yield _Trigger(name, f"{name}_kept", ("DELETE", "TRUNCATE"), "kept_for_good")
    for table in sorted(one.name for one in RECORDS.values()):
        changed = ("INSERT", "UPDATE", "DELETE")
        yield _Trigger(table, f"{table}_in_trail", changed, "in_trail", at_commit=True)
    yield _Trigger("audit", "audit_linked", ("INSERT",), "audit_linked", per_row=True)
    yield _Trigger("audit", "audit_at_head", ("INSERT",), "audit_at_head", at_commit=True)
    yield _Trigger("head", "head_moved", ("UPDATE",), "head_moved", per_row=True)
    yield _Trigger("head", "head_fed", ("UPDATE",), "head_fed", at_commit=True)
    yield _Trigger("change", "change_fed", ("INSERT",), "change_fed", per_row=True)
    yield _Trigger("change", "change_at_head", ("INSERT",), "change_at_head", at_commit=True)


TRIGGERS = tuple(_triggers())


def _settings(function: str, schema: str) -> dict[str, str]:
    """What holds in a guard whatever a session says of itself: the tables that it asks are the clinic's own,
    not a session's own under the same names. And a number is said as it stands, not rounded to be shown."""
    tables = {"search_path": f"{schema}, pg_temp"}
    return tables | ({"extra_float_digits": "1"} if function == "in_trail" else {})


def build(connection: Connection) -> None:
    """Put every guard in place anew."""
    clear(connection)
    schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    connection.exec_driver_sql(f"ALTER TABLE claim ADD CONSTRAINT {CLAIM_CONSTRAINT} {_CONSTRAINT}")
    for name, body in FUNCTIONS.items():
        settings = " ".join(f"SET {one} = {value}" for one, value in _settings(name, schema).items())
        statement = (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {settings} AS $${body}$$"
        )
        connection.exec_driver_sql(statement.replace("%", "%%"))
    for trigger in TRIGGERS:
        connection.exec_driver_sql(trigger.statement)


def clear(connection: Connection) -> None:
    """Take every guard away: a table's columns cannot change under them."""
    connection.exec_driver_sql(f"ALTER TABLE claim DROP CONSTRAINT IF EXISTS {CLAIM_CONSTRAINT}")
    for table, name in connection.execute(_THERE).columns("tablename", "tgname"):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}" ON "{table}"')


# Table, name, enabled, kind, function, and whatever narrows a trigger (a WHEN, a list of columns).
_THERE = text("""
    SELECT c.relname AS tablename, t.tgname, t.tgenabled, t.tgtype, p.proname, p.prosrc, p.proconfig,
           n.nspname, t.tgdeferrable AND t.tginitdeferred AS at_commit,
           t.tgqual IS NULL AND cardinality(t.tgattr::int2[]) = 0 AS whole
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
         JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
    """)


def differing(connection: Connection) -> list[str]:
    """Names of guards that are absent, say something else than they should, or are not ours."""
    schema: str = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    wanted = {
        (one.table, one.name): (
            "O",
            one.kind,
            one.function,
            FUNCTIONS[one.function],
            [f"{name}={value}" for name, value in _settings(one.function, schema).items()],
            schema,
            one.at_commit,
            True,
        )
        for one in TRIGGERS
    }
    there = {(row.tablename, row.tgname): tuple(row[2:]) for row in connection.execute(_THERE)}
    bad = [key for key in sorted(wanted.keys() | there.keys()) if wanted.get(key) != there.get(key)]
    return [*([] if _constraint_stands(connection) else [CLAIM_CONSTRAINT]), *(name for _, name in bad)]


def _constraint_stands(connection: Connection) -> bool:
    query = text("""SELECT pg_get_constraintdef(oid) FROM pg_constraint
                    WHERE conname = :name AND contype = 'x' AND conrelid = to_regclass('claim')""")
    found = connection.execute(query, {"name": CLAIM_CONSTRAINT}).scalar_one_or_none()
    return found is not None and _bare(found) == _bare(_CONSTRAINT)


def _bare(definition: str) -> str:
    """Without the blanks, brackets and casts that a server adds when it shows a definition."""
    return re.sub(r"::bigint|[\s()']", "", definition)
