"""What a server refuses about the trail, whoever writes: a change that is not in it, a row that does not
follow from the one before, another desk's name, and a head that stands elsewhere than at its end.

In a file the program is its own server, and there is nobody to refuse: there the trail's mark tells.
"""

from sqlalchemy import BigInteger, Column, Integer

from clinic_desktop.storage.audit import FIRST_HASH
from clinic_desktop.storage.columns import Instant
from clinic_desktop.storage.tables import audit

NOT_IN_TRAIL = "not in the trail"
NO_LINK = "no link of the trail"
_OTHER_LOGIN = "another login"
_NO_HEAD = "not the head of the trail"
_WHO = "USING ERRCODE = 'integrity_constraint_violation'"


def _as_json(column: Column[object]) -> str:
    """A field of the new row as Python's JSON has it, in the body that the hash is made over."""
    value = f'NEW."{column.name}"'
    if isinstance(column.type, Instant):
        said = f"to_char(to_timestamp({value}) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
        return f"""'"' || {said} || '+00:00"'"""
    if isinstance(column.type, Integer | BigInteger):
        return f"{value}::text"
    return f"coalesce(to_json({value})::text, 'null')"


def _body() -> str:
    return " || ', ' || ".join(_as_json(one) for one in audit.columns if one.name != "hash")


def _words(text: str) -> str:
    return " ".join(text.split())


# Asked when the transaction commits: its rows of the trail come last. A row that this transaction wrote
# carries its number; the trail is never rewritten, so nothing else does.
IN_TRAIL = _words(f"""
    DECLARE number integer;
    BEGIN
        IF TG_OP = 'DELETE' THEN number := OLD.id; ELSE number := NEW.id; END IF;
        IF NOT EXISTS (SELECT 1 FROM audit a WHERE a.kind = TG_TABLE_NAME AND a.record_id = number
                AND a.change_number > 0 AND a.xmin = pg_current_xact_id()::xid) THEN
            RAISE EXCEPTION '{NOT_IN_TRAIL}: % %', TG_TABLE_NAME, number {_WHO};
        END IF;
        RETURN NULL;
    END""")

LINKED = _words(f"""
    DECLARE before text;
    BEGIN
        IF NEW.login <> session_user THEN RAISE EXCEPTION '{_OTHER_LOGIN}' {_WHO}; END IF;
        SELECT hash INTO before FROM audit WHERE id = NEW.id - 1;
        IF NEW.id = 1 THEN before := '{FIRST_HASH}'; END IF;
        IF before IS DISTINCT FROM NEW.previous_hash
                OR NEW.hash <> encode(sha256(convert_to('[' || {_body()} || ']', 'UTF8')), 'hex') THEN
            RAISE EXCEPTION '{NO_LINK}' {_WHO};
        END IF;
        RETURN NEW;
    END""")

AT_HEAD = _words(f"""
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM head WHERE audit_id >= NEW.id) THEN
            RAISE EXCEPTION '{_NO_HEAD}' {_WHO};
        END IF;
        RETURN NULL;
    END""")

HEAD_MOVED = _words(f"""
    BEGIN
        IF NEW.audit_id < OLD.audit_id OR NEW.change_number < OLD.change_number
                OR (NEW.audit_id, NEW.audit_hash) IS DISTINCT FROM (OLD.audit_id, OLD.audit_hash)
                AND NOT EXISTS (SELECT 1 FROM audit WHERE id = NEW.audit_id AND hash = NEW.audit_hash) THEN
            RAISE EXCEPTION '{_NO_HEAD}' {_WHO};
        END IF;
        RETURN NEW;
    END""")
