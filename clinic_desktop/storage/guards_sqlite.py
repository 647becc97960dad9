"""The guards of a SQLite file: triggers, so that they hold for every program that writes to it.

INSERT OR REPLACE and UPDATE OR REPLACE delete rows without asking the delete triggers. So no insert may
name a key that exists, and no update may take another row's key.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Table, UniqueConstraint, text

from clinic_desktop.storage.account_guard import (
    GIVEN,
    NO_MANAGER,
    OTHERS_ACCOUNT,
    TWICE,
    closes_the_last,
    goes_back,
    handed_on,
    keeps_given,
    lets_in_by_given,
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
from clinic_desktop.storage.guard_sql import SQLITE
from clinic_desktop.storage.guard_words import (
    AHEAD,
    APPEND_ONLY,
    CLAIM_TAKEN,
    KEPT,
    NO_NUMBER,
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
from clinic_desktop.storage.tables import (
    APPEND_ONLY_TABLES,
    KEPT_TABLES,
    LONGEST_CLAIM,
    claim,
    metadata,
    schema_version,
)

_LEAP = 1_000_000  # more rows than a table loses between two that stay


def _trigger(name: str, when: str, words: str) -> tuple[str, str]:
    return name, f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"


def _claims() -> Iterator[tuple[str, str]]:
    overlap = (
        "EXISTS (SELECT 1 FROM claim c WHERE c.place = NEW.place AND c.starts < NEW.ends"
        f" AND c.ends > NEW.starts AND c.starts > NEW.starts - {LONGEST_CLAIM})"
    )
    yield _trigger("claim_insert", f"BEFORE INSERT ON claim WHEN {overlap}", CLAIM_TAKEN)
    # A claim is deleted and made anew; nothing needs to edit one, so nothing may.
    yield _trigger("claim_update", "BEFORE UPDATE ON claim", CLAIM_TAKEN)


def _of_each_visit(name: str, wrong: str, words: str) -> Iterator[tuple[str, str]]:
    """Asked of a visit (``NEW``) that is new, and of one that is changed."""
    for event in ("INSERT", "UPDATE"):
        yield _trigger(f"{name}_{event.lower()}", f"BEFORE {event} ON visit WHEN {wrong}", words)


def _way_home() -> Iterator[tuple[str, str]]:
    yield from _of_each_visit("visit_way_home", visit_lacks("NEW", "1"), NO_WAY_HOME)
    yield _trigger("profile_relied_on", f"BEFORE UPDATE ON profile WHEN {profile_strands('1')}", RELIED_ON)
    when = f"BEFORE UPDATE ON visit_type WHEN {type_strands('1')} OR {type_asks_otherwise('IS NOT')}"
    yield _trigger("visit_type_relied_on", when, RELIED_ON)


def _held_to() -> Iterator[tuple[str, str]]:
    yield _trigger("modality_relied_on", f"BEFORE UPDATE ON modality WHEN {modality_swapped()}", RELIED_ON)
    yield _trigger("modality_named", f"BEFORE DELETE ON modality WHEN {modality_gone()}", RELIED_ON)
    when = f"BEFORE UPDATE ON visit WHEN {visit_asks_less('1', 'IS NOT')}"
    yield _trigger("visit_type_kept", when, ASKS_LESS)


def _doses() -> Iterator[tuple[str, str]]:
    yield _trigger("stamp_dose", f"BEFORE INSERT ON stamp WHEN {dose_uncertified(SQLITE)}", NOT_CERTIFIED)


def _release() -> Iterator[tuple[str, str]]:
    yield _trigger("stamp_release", f"BEFORE INSERT ON stamp WHEN {release_lacks(SQLITE)}", NOT_RELEASED)
    yield from _of_each_visit("visit_released", gone_unreleased("NEW"), NOT_RELEASED)


def _incidents() -> Iterator[tuple[str, str]]:
    for event in ("INSERT", "UPDATE OF closed_at, closed_by"):
        name = f"incident_prescriber_{event.split()[0].lower()}"
        yield _trigger(name, f"BEFORE {event} ON incident WHEN {closed_by_nobody('1')}", NO_PRESCRIBER)
    when = f"BEFORE UPDATE ON incident WHEN {incident_rewritten('IS NOT')}"
    yield _trigger("incident_fixed", when, f"{APPEND_ONLY}: incident")


def _overrides() -> Iterator[tuple[str, str]]:
    when = f"BEFORE INSERT ON rule_override WHEN {allowed_by_nobody('1')}"
    yield _trigger("override_prescriber", when, NOT_THEIRS)


def _day_after() -> Iterator[tuple[str, str]]:
    yield _trigger("after_call_asked", f"BEFORE INSERT ON after_call WHEN {unasked()}", NOT_ASKED)
    yield _trigger("after_call_said", f"BEFORE INSERT ON after_call WHEN {nothing_said('1')}", NOTHING_SAID)
    when = f"BEFORE INSERT ON after_call WHEN {closed_early(SQLITE)}"
    yield _trigger("after_call_closed", when, CLOSED_EARLY)
    when = f"BEFORE INSERT ON after_flag WHEN {answered_by_nobody('1')}"
    yield _trigger("after_flag_prescriber", when, NO_PRESCRIBER)
    when = f"BEFORE UPDATE ON after_flag WHEN {now_answered_by_nobody('1')}"
    yield _trigger("after_flag_answered", when, NO_PRESCRIBER)
    when = f"BEFORE UPDATE ON after_flag WHEN {flag_rewritten('IS NOT')}"
    yield _trigger("after_flag_fixed", when, f"{APPEND_ONLY}: after_flag")


def _papers() -> Iterator[tuple[str, str]]:
    yield _trigger("sheet_text_used", f"BEFORE INSERT ON sheet WHEN {not_handed_out()}", NOT_HANDED_OUT)
    when = f"BEFORE INSERT ON preparation WHEN {no_preparation()}"
    yield _trigger("preparation_text_used", when, NOT_HANDED_OUT)
    when = f"BEFORE DELETE ON sheet_text WHEN {no_own_draft()}"
    yield _trigger("sheet_text_delete", when, f"{KEPT}: sheet_text")
    yield _trigger("paper_text_used", f"BEFORE INSERT ON paper WHEN {no_card()}", NOT_HANDED_OUT)
    for table, rewritten in REWRITTEN.items():
        when = f"BEFORE UPDATE ON {table} WHEN {rewritten('IS NOT')}"
        yield _trigger(f"{table}_fixed", when, f"{WORDS_STAY}: {table}")


def _accounts() -> Iterator[tuple[str, str]]:
    yield _trigger("account_person", f"BEFORE UPDATE ON account WHEN {handed_on()}", OTHERS_ACCOUNT)
    yield _trigger("account_manager", f"BEFORE UPDATE ON account WHEN {closes_the_last('1')}", NO_MANAGER)
    for verb in ("INSERT", "UPDATE"):
        when = f"BEFORE {verb} ON account WHEN {lets_in_by_given('1')}"
        yield _trigger(f"account_given_{verb.lower()}", when, GIVEN)
    yield _trigger("account_factor", f"BEFORE UPDATE ON account WHEN {goes_back()}", TWICE)
    yield _trigger("account_own", f"BEFORE UPDATE ON account WHEN {keeps_given('1')}", GIVEN)
    yield _trigger("staff_manager", f"BEFORE UPDATE ON staff WHEN {takes_the_last('1')}", NO_MANAGER)


def _history() -> Iterator[tuple[str, str]]:
    for name in APPEND_ONLY_TABLES:
        yield _trigger(f"{name}_update", f"BEFORE UPDATE ON {name}", f"{APPEND_ONLY}: {name}")
    for name in (*APPEND_ONLY_TABLES, *KEPT_TABLES):
        yield _trigger(f"{name}_delete", f"BEFORE DELETE ON {name}", f"{KEPT}: {name}")


def _keys(table: Table) -> list[list[str]]:
    """The columns of the primary key and of each unique constraint."""
    unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    unique.sort(key=lambda one: str(one.name))
    return [[c.name for c in table.primary_key], *([c.name for c in one.columns] for one in unique)]


def _same(keys: Iterable[Iterable[str]]) -> str:
    return " OR ".join(" AND ".join(f"x.{name} = NEW.{name}" for name in key) for key in keys)


def _no_replacing(table: Table) -> Iterator[tuple[str, str]]:
    name, keys = table.name, _keys(table)
    (number,), others = keys[0], keys[1:]
    yield _trigger(
        f"{name}_replace",
        f"BEFORE INSERT ON {name} WHEN EXISTS (SELECT 1 FROM {name} x WHERE {_same(keys)})",
        f"{KEPT}: {name}",
    )
    # Asked afterwards: before, SQLite does not know yet which number it gives.
    yield _trigger(f"{name}_number", f"AFTER INSERT ON {name} WHEN NEW.{number} < 1", f"{NO_NUMBER}: {name}")
    # It counts on from the highest: after a few leaps there would be no number left to give.
    before = f"SELECT max(x.{number}) FROM {name} x WHERE x.{number} < NEW.{number}"
    leaps = f"NEW.{number} > {_LEAP} + coalesce(({before}), 0)"
    yield _trigger(f"{name}_ahead", f"AFTER INSERT ON {name} WHEN {leaps}", f"{AHEAD}: {name}")
    if name in APPEND_ONLY_TABLES or table is claim:
        return  # no update at all
    taken = f" OR EXISTS (SELECT 1 FROM {name} x WHERE x.{number} <> OLD.{number} AND ({_same(others)}))"
    yield _trigger(
        f"{name}_rekey",  # of whatever columns: the number goes by the name rowid too, and by others
        f"BEFORE UPDATE ON {name} WHEN NEW.{number} IS NOT OLD.{number}{taken if others else ''}",
        f"{KEPT}: {name}",
    )


def _all() -> Iterator[tuple[str, str]]:
    yield from _claims()
    yield from _way_home()
    yield from _held_to()
    yield from _doses()
    yield from _release()
    yield from _incidents()
    yield from _overrides()
    yield from _day_after()
    yield from _papers()
    yield from _accounts()
    yield from _history()
    for table in metadata.sorted_tables:
        if table is not schema_version:  # which only a migration writes
            yield from _no_replacing(table)


TRIGGERS = dict(_all())


def build(connection: Connection) -> None:
    """Put every trigger in place anew."""
    clear(connection)
    for statement in TRIGGERS.values():
        connection.exec_driver_sql(statement)


def clear(connection: Connection) -> None:
    """Take every trigger away: a table cannot be rebuilt under them."""
    for name in _there(connection):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def differing(connection: Connection) -> list[str]:
    """Names of triggers that are absent, say something else than they should, or are not ours."""
    return compared(_there(connection))


def compared(there: dict[str, str]) -> list[str]:
    """The same for triggers by name that somebody else has read."""
    return [name for name in sorted(TRIGGERS.keys() | there.keys()) if TRIGGERS.get(name) != there.get(name)]


def _there(connection: Connection) -> dict[str, str]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return {row.name: row.sql for row in rows}
