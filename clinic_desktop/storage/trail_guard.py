"""What a server refuses about the trail, whoever writes: a change that is not in it as it was made, a row
that does not follow from the one before, another desk's name, and a head that stands elsewhere than at its
end. And what would stop every other desk: a moment or a day that is none, a number that leaves others out,
places that a visit loses or takes unsaid, and a change that the feed does not tell.

In a file the program is its own server, and there is nobody to refuse: there the trail's mark tells.
"""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Column, Integer

from clinic_desktop.foundation.secrets import Secret
from clinic_desktop.scheduling.model import ClaimKind
from clinic_desktop.storage.audit import CHANGING, FIRST_HASH
from clinic_desktop.storage.columns import Hidden, Instant
from clinic_desktop.storage.guard_words import AHEAD, NO_NUMBER
from clinic_desktop.storage.tables import LONGEST_CLAIM, PLACE_KIND, RECORDS, SETUP_KINDS, SLOTS, audit, place
from clinic_desktop.storage.time_guard import TO_COME, to_come

NOT_IN_TRAIL = "not in the trail"
NO_LINK = "no link of the trail"
_OTHER_LOGIN = "another login"
_NO_HEAD = "not the head of the trail"
_NO_MOMENT = "no moment that a clinic has"
_NO_FEED = "not the next of the feed"
_NO_DEED = "a change without its number, or a number without a change"
_UNHEARD = "a change that is not in the feed"
_UNSAID = "places given up unsaid"
_TAKEN_UNSAID = "places taken unsaid"
_OVERFLOW = place(ClaimKind.OVERFLOW, 0)
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


_SECRETS = ", ".join(
    f"'{table.name}.{one.name}'"
    for table in RECORDS.values()
    for one in table.columns
    if isinstance(one.type, Hidden)
)
# A field of the row as the image has it: a moment in words, a value of parts as these, of a secret its
# digest, and a large number in other digits.
_TYPES = "jsonb_typeof(s.value) || ' ' || jsonb_typeof(image -> s.name)"
_SAME = f"""CASE {_TYPES}
    WHEN 'number string' THEN image ->> s.name = to_char(
        to_timestamp(CAST(stands ->> s.name AS bigint)) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')
    WHEN 'number number' THEN CAST(stands ->> s.name AS float8) = CAST(image ->> s.name AS float8)
    WHEN 'string array' THEN CAST(stands ->> s.name AS jsonb) = image -> s.name
    WHEN 'string object' THEN CAST(stands ->> s.name AS jsonb) = image -> s.name
    WHEN 'string string' THEN TG_TABLE_NAME || '.' || s.name IN ({_SECRETS}) AND image ->> s.name =
        left(encode(sha256(convert_to(stands ->> s.name, 'UTF8')), 'hex'), {len(Secret("x").digest)})
    ELSE false END"""

# What this transaction wrote into the trail about a row. A row that it wrote carries its number; the trail is
# never rewritten, so nothing else does.
_SAID = "a.record_id = {number} AND a.change_number > 0 AND a.xmin = pg_current_xact_id()::xid"

# A row under a number that the sequence has yet to give would stop whoever is given it. Where there is only
# one row, it is number 1.
_GIVEN = f"""IF number > greatest(1, coalesce(
    pg_sequence_last_value(pg_get_serial_sequence(TG_TABLE_NAME, 'id')::regclass), 0))
    THEN RAISE EXCEPTION '{AHEAD}: %', TG_TABLE_NAME {_WHO}; END IF;"""

# Asked when the transaction commits: its rows of the trail come last. Each row that was written, however
# often, has one that names what was done and says every field as it was then. Only what this transaction
# wrote is read as JSON: a forged text of earlier would stop whoever comes later. The kind is asked for by a
# text: the name of a table is of another type and order, for which the trail's index cannot be used.
IN_TRAIL = _words(f"""
    DECLARE of_kind text := TG_TABLE_NAME; number integer; stands jsonb; deed text; said text; image jsonb;
    BEGIN
        IF TG_OP = 'DELETE' THEN number := OLD.id; stands := to_jsonb(OLD); deed := 'remove';
        ELSE number := NEW.id; stands := to_jsonb(NEW);
            deed := CASE TG_OP WHEN 'INSERT' THEN 'add' ELSE 'change' END;
            IF number < 1 THEN RAISE EXCEPTION '{NO_NUMBER}: %', TG_TABLE_NAME {_WHO}; END IF;
            IF TG_OP = 'INSERT' THEN {_GIVEN} END IF;
        END IF;
        FOR said IN SELECT CASE deed WHEN 'remove' THEN a."before" ELSE a."after" END FROM audit a
                WHERE a.kind = of_kind AND {_SAID.format(number="number")} AND a.action = deed LOOP
            image := CAST(said AS jsonb);
            IF NOT EXISTS (SELECT 1 FROM jsonb_each(stands) AS s(name, value)
                    WHERE s.value IS DISTINCT FROM image -> s.name AND NOT coalesce({_SAME}, false)) THEN
                RETURN NULL;
            END IF;
        END LOOP;
        RAISE EXCEPTION '{NOT_IN_TRAIL}: % %', TG_TABLE_NAME, number {_WHO};
    END""")

_CHANGING = ", ".join(f"'{one}'" for one in sorted(CHANGING))
_SET_UP = ", ".join(f"'{one}'" for one in sorted(SETUP_KINDS))

# A row outside of these years could not be read, nor its hash be made the same by every program.
_FROM, _UNTIL = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (2000, 2200))

LINKED = _words(f"""
    DECLARE before text;
    BEGIN
        IF NEW.id < 1 THEN RAISE EXCEPTION '{NO_NUMBER}: audit' {_WHO}; END IF;
        IF NEW.at < {_FROM} OR NEW.at >= {_UNTIL} THEN RAISE EXCEPTION '{_NO_MOMENT}' {_WHO}; END IF;
        IF {to_come("at")} THEN RAISE EXCEPTION '{TO_COME}' {_WHO}; END IF;
        IF NEW.login <> session_user THEN RAISE EXCEPTION '{_OTHER_LOGIN}' {_WHO}; END IF;
        IF (NEW.action IN ({_CHANGING})) <> (NEW.change_number > 0) THEN
            RAISE EXCEPTION '{_NO_DEED}' {_WHO};
        END IF;
        SELECT hash INTO before FROM audit WHERE id = NEW.id - 1;
        IF NEW.id = 1 THEN before := '{FIRST_HASH}'; END IF;
        IF before IS DISTINCT FROM NEW.previous_hash
                OR NEW.hash <> encode(sha256(convert_to('[' || {_body()} || ']', 'UTF8')), 'hex') THEN
            RAISE EXCEPTION '{NO_LINK}' {_WHO};
        END IF;
        RETURN NEW;
    END""")

# No row is beyond the head; and each change is in the feed by its number, or no other desk would hear of it.
AT_HEAD = _words(f"""
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM head WHERE audit_id >= NEW.id
                AND (NEW.kind NOT IN ({_SET_UP}) OR setup_number >= NEW.change_number)) THEN
            RAISE EXCEPTION '{_NO_HEAD}' {_WHO};
        END IF;
        IF NEW.change_number > 0 AND NOT EXISTS (SELECT 1 FROM change f WHERE f.number = NEW.change_number
                AND f.kind = NEW.kind AND f.record_id = NEW.record_id
                AND f.xmin = pg_current_xact_id()::xid) THEN
            RAISE EXCEPTION '{_UNHEARD}: % %', NEW.kind, NEW.record_id {_WHO};
        END IF;
        RETURN NULL;
    END""")

HEAD_MOVED = _words(f"""
    BEGIN
        IF NEW.audit_id < OLD.audit_id OR NEW.change_number < OLD.change_number
                OR NEW.setup_number < OLD.setup_number OR NEW.setup_number > NEW.change_number
                OR (NEW.audit_id, NEW.audit_hash) IS DISTINCT FROM (OLD.audit_id, OLD.audit_hash)
                AND NOT EXISTS (SELECT 1 FROM audit WHERE id = NEW.audit_id AND hash = NEW.audit_hash) THEN
            RAISE EXCEPTION '{_NO_HEAD}' {_WHO};
        END IF;
        RETURN NEW;
    END""")

# The feed: numbered without gaps, up to where the head says, and with days that are some. One row beyond the
# head, or a head beyond the rows, and no desk could ever number its changes again. Both are asked at commit:
# the program writes feed and head in one statement.
FED = _words(f"""
    BEGIN
        IF NEW.number < 1 THEN RAISE EXCEPTION '{NO_NUMBER}: change' {_WHO}; END IF;
        IF NEW.day !~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$'
                OR to_char(CAST(NEW.day AS date), 'YYYY-MM-DD') <> NEW.day THEN
             RAISE EXCEPTION '{_NO_MOMENT}' {_WHO};
        END IF;
        RETURN NEW;
    END""")

FED_TO_HEAD = _words(f"""
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM head WHERE change_number >= NEW.number)
                OR NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM change WHERE number = NEW.number - 1) THEN
            RAISE EXCEPTION '{_NO_FEED}' {_WHO};
        END IF;
        RETURN NULL;
    END""")

HEAD_FED = _words(f"""
    BEGIN
        IF NEW.change_number <> OLD.change_number AND EXISTS (SELECT 1 FROM head
                WHERE change_number > coalesce((SELECT max(number) FROM change), 0)) THEN
            RAISE EXCEPTION '{_NO_FEED}' {_WHO};
        END IF;
        RETURN NULL;
    END""")

# The claims that the visit of a deleted one still has there: a watching claim is numbered anew beside another
# visit's, and of a place that is shared with another visit an overflow place of its own has the minutes;
# nothing about its own visit changes then.
_COVERED = f"""SELECT 1 FROM claim c WHERE c.visit_id = OLD.visit_id
    AND c.starts <= m.minute AND c.ends > m.minute
    AND (c.place / {SLOTS} = OLD.place / {SLOTS} OR OLD.place >= {_OVERFLOW}
        OR EXISTS (SELECT 1 FROM rule_override o WHERE o.id = c.override_id AND o.visit_id = c.visit_id))"""
# Claims cover the minutes if the first one is covered, and each with which one of them ends.
GIVEN_UP = _words(f"""
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM audit a WHERE a.kind = 'visit' AND {_SAID.format(number="OLD.visit_id")})
                AND EXISTS (SELECT 1 FROM (SELECT OLD.starts AS minute UNION ALL SELECT e.ends FROM claim e
                    WHERE e.visit_id = OLD.visit_id AND e.ends > OLD.starts AND e.ends < OLD.ends) m
                WHERE NOT EXISTS ({_COVERED})) THEN
            RAISE EXCEPTION '{_UNSAID}: visit %', OLD.visit_id {_WHO};
        END IF;
        RETURN NULL;
    END""")

# Without a row about its visit a claim is only on a place of that visit's own plan, about its time: whoever
# makes room for another, or has it alone again, keeps to that. Which of several rooms or people of a visit it
# is does not matter here.
_KIND, _RESOURCE = (
    f"NEW.place / {place(ClaimKind.ROOM, 0)}",
    f"NEW.place % {place(ClaimKind.ROOM, 0)} / {SLOTS}",
)
_OF_PLAN = f"""SELECT 1 FROM visit v WHERE v.id = NEW.visit_id
    AND NEW.starts >= v.start - {LONGEST_CLAIM} AND NEW.ends <= v."end" + {LONGEST_CLAIM} AND CASE {_KIND}
        WHEN {PLACE_KIND[ClaimKind.ROOM]} THEN v.room_id = {_RESOURCE} OR v.rooms_before <> '[]'
        WHEN {PLACE_KIND[ClaimKind.PATIENT]} THEN v.patient_id = {_RESOURCE}
        WHEN {PLACE_KIND[ClaimKind.OVERFLOW]} THEN
            EXISTS (SELECT 1 FROM rule_override o WHERE o.id = NEW.override_id AND o.visit_id = v.id)
        ELSE {_RESOURCE} IN (v.nurse_id, v.prescriber_id, v.therapist_id) OR v.phase_staff <> '[]' END"""
TAKEN = _words(f"""
    DECLARE number integer := NEW.id;
    BEGIN
        {_GIVEN}
        IF NOT EXISTS ({_OF_PLAN}) AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.kind = 'visit'
                AND {_SAID.format(number="NEW.visit_id")}) THEN
            RAISE EXCEPTION '{_TAKEN_UNSAID}: visit %', NEW.visit_id {_WHO};
        END IF;
        RETURN NULL;
    END""")
