"""The tables. A record kind's columns follow its fields; what keeps order between them stands here."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

from clinic_desktop.aftercare.preparing import Preparation
from clinic_desktop.aftercare.sheet_text import SheetText
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.foundation.message import Message
from clinic_desktop.people.model import (
    Absence,
    Authorization,
    Clearance,
    DrugMovement,
    Merge,
    Order,
    Package,
    Patient,
    Screening,
    Shift,
    Staff,
)
from clinic_desktop.people.scores import Score
from clinic_desktop.people.stock import StockCount
from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.scheduling.crisis import CrisisCall
from clinic_desktop.scheduling.model import (
    ClaimKind,
    Clinic,
    Closure,
    Course,
    CourseTemplate,
    GoingHomeProfile,
    Modality,
    Override,
    Room,
    Visit,
    VisitType,
)
from clinic_desktop.scheduling.papers import Paper
from clinic_desktop.scheduling.pinboard import Pin
from clinic_desktop.scheduling.reviews import Review
from clinic_desktop.scheduling.waiting import WaitEntry
from clinic_desktop.security.account import Account
from clinic_desktop.security.outage_key import OutageKey
from clinic_desktop.storage.columns import Day, Instant, columns_of
from clinic_desktop.treatment.alarm_records import AlarmAnswer, HelpCall
from clinic_desktop.treatment.asked import Asked
from clinic_desktop.treatment.day_after import AfterCall, AfterFlag
from clinic_desktop.treatment.model import Incident, RemsForm, Stamp
from clinic_desktop.treatment.printed import SheetPrint
from clinic_desktop.treatment.told import ToldWord

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

RECORDS: dict[type, Table] = {}


def _record(name: str, kind: type, *extras: SchemaItem, **refs: str) -> Table:
    table = Table(name, metadata, *columns_of(kind, refs), *extras, sqlite_autoincrement=True)
    RECORDS[kind] = table
    return table


_record("clinic", Clinic, CheckConstraint("id = 1", name="one"))
_record("modality", Modality, UniqueConstraint("code"))
_record("staff", Staff)
# Nobody but a hash comes in: a password that was written plainly is refused, whoever writes it.
_HASHES = " AND ".join(
    f"({one} = '' OR substr({one}, 1, 10) = '$argon2id$')" for one in ("password", "pin", "recovery")
)
_record(
    "account",
    Account,
    UniqueConstraint("staff_id"),
    CheckConstraint(_HASHES, name="hashed"),
    CheckConstraint("factor = '' OR substr(factor, 1, 8) = '$sealed$'", name="sealed"),
    CheckConstraint("failures >= 0 AND pin_failures >= 0", name="counted"),
    staff_id="staff",
)
_record("outage_key", OutageKey, CheckConstraint("id = 1", name="one"))
_record("shift", Shift, Index(None, "staff_id"), staff_id="staff")
_record("absence", Absence, Index(None, "staff_id"), staff_id="staff")
_record("room", Room)
_record("closure", Closure, room_id="room")
_record("profile", GoingHomeProfile)
_record("visit_type", VisitType, UniqueConstraint("code", "number"), profile_id="profile")
_record("course_template", CourseTemplate, UniqueConstraint("code"))

patient = _record(
    "patient",
    Patient,
    UniqueConstraint("chart_number"),
    Index(None, "source", "source_id"),
    Index(None, "family_name", "given_name"),
    merged_into="patient",
)
course = _record("course", Course, Index(None, "patient_id"), patient_id="patient")
# Every column that a report adds up: the use of a year is read from an index alone. The stays in a room
# follow each other there, so that turnovers need no sorting.
_REPORTED = (
    "day", "room_id", "entered", "left", "moved", "type_id", "state", "start", "end",
    "displaced", "end_late", "nurse_id", "prescriber_id",
)  # fmt: skip
_MOVED = text("moved IS NOT NULL")  # few of a year, and every report asks for them
visit = _record(
    "visit",
    Visit,
    CheckConstraint("plan_confirmed_at IS NULL OR plan_kind IS NOT NULL", name="confirmed_plan"),
    Index("ix_visit_usage", *_REPORTED),
    Index("ix_visit_moved", "day", sqlite_where=_MOVED, postgresql_where=_MOVED),
    Index(None, "state", "day"),  # what no day has closed yet is found among all that are
    Index(None, "patient_id", "day"),
    Index(None, "course_id"),
    patient_id="patient",
    type_id="visit_type",
    room_id="room",
    nurse_id="staff",
    prescriber_id="staff",
    therapist_id="staff",
    course_id="course",
    order_id="drug_order",
)
_record("clearance", Clearance, Index(None, "patient_id"), patient_id="patient", cleared_by="staff")
_record("screening", Screening, Index(None, "patient_id"), patient_id="patient", reviewed_by="staff")
_record("drug_order", Order, Index(None, "patient_id"), patient_id="patient", ordered_by="staff")
_record("payer_authorization", Authorization, Index(None, "patient_id"), patient_id="patient")
_record("package", Package, Index(None, "patient_id"), patient_id="patient")
_record(
    "drug_movement",
    DrugMovement,
    Index(None, "patient_id"),
    Index(None, "lot"),
    patient_id="patient",
    visit_id="visit",
    witness_id="staff",
    takes_back="drug_movement",
)
_record("stock_count", StockCount, Index(None, "lot"), second_id="staff")
_record(
    "score",
    Score,
    Index(None, "patient_id"),
    Index(None, "visit_id"),
    patient_id="patient",
    visit_id="visit",
    corrects="score",
)
_record("review", Review, Index(None, "patient_id"), patient_id="patient")
_record("merge", Merge, kept_id="patient", merged_id="patient")
_record("rule_override", Override, Index(None, "visit_id"), visit_id="visit")
_record("pin", Pin, Index(None, "visit_id"), Index(None, "taken_at"), visit_id="visit")
_record(
    "message",
    Message,
    CheckConstraint("(for_person IS NULL) <> (for_role IS NULL)", name="for_one"),
    Index(None, "patient_id"),
    Index(None, "answered_at"),
    patient_id="patient",
    for_person="staff",
)
_record("crisis_call", CrisisCall, Index(None, "patient_id"), patient_id="patient", clinician_id="staff")
_record(
    "paper",
    Paper,
    CheckConstraint("(patient_id IS NULL) <> (day IS NULL)", name="of_one"),
    Index(None, "patient_id"),
    Index(None, "day"),
    patient_id="patient",
    text_id="sheet_text",
)
_record("wait_entry", WaitEntry, Index(None, "patient_id"), patient_id="patient", visit_id="visit")
_record(
    "call_attempt",
    CallAttempt,
    CheckConstraint("(visit_id IS NULL) <> (wait_id IS NULL)", name="about_one"),
    Index(None, "visit_id"),
    Index(None, "wait_id"),
    visit_id="visit",
    wait_id="wait_entry",
)
_record(
    "stamp",
    Stamp,
    Index(None, "visit_id"),
    Index(None, "at"),
    Index(None, "lot"),
    visit_id="visit",
    corrects="stamp",
    room_id="room",
    told_by="staff",
)
_record(
    "incident",
    Incident,
    Index(None, "visit_id"),
    Index(None, "closed_at"),
    visit_id="visit",
    stamp_id="stamp",
)
_record(
    "told_word",
    ToldWord,
    Index(None, "visit_id"),
    Index(None, "stamp_id"),
    Index(None, "answered_at"),
    visit_id="visit",
    stamp_id="stamp",
    told_by="staff",
)
_record("asked", Asked, Index(None, "visit_id"), Index(None, "answered_at"), visit_id="visit")
_record(
    "after_flag",
    AfterFlag,
    CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)", name="answered"),
    CheckConstraint("answered_at IS NULL OR answer <> ''", name="in_words"),
    Index(None, "visit_id"),
    Index(None, "answered_at"),
    visit_id="visit",
    answered_by="staff",
    told_by="staff",
    signed_by="staff",
)
_record(
    "after_call",
    AfterCall,
    CheckConstraint("outcome <> 'struck out' OR corrects IS NOT NULL", name="struck"),
    UniqueConstraint("corrects"),
    Index(None, "visit_id"),
    visit_id="visit",
    flag_id="after_flag",
    corrects="after_call",
)
_record(
    "sheet_text",
    SheetText,
    UniqueConstraint("kind", "language", "number"),
    CheckConstraint("decided_by IS NOT NULL OR status = 'draft' OR status = 'asked'", name="decided"),
    CheckConstraint("status <> 'approved' OR effective_from IS NOT NULL", name="from_when"),
    decided_by="staff",
)
_record(
    "sheet",
    Sheet,
    Index(None, "visit_id"),
    visit_id="visit",
    text_id="sheet_text",
    escort_text_id="sheet_text",
)
_record("preparation", Preparation, Index(None, "visit_id"), visit_id="visit", text_id="sheet_text")
_record(
    "sheet_print",
    SheetPrint,
    Index(None, "sheet_id"),
    Index(None, "preparation_id"),
    Index(None, "visit_id"),
    sheet_id="sheet",
    preparation_id="preparation",
    visit_id="visit",
)
_record(
    "rems_form",
    RemsForm,
    UniqueConstraint("visit_id"),
    Index(None, "sent_on"),
    Index(None, "session_on"),
    visit_id="visit",
)
_record("help_call", HelpCall, room_id="room")
_record(
    "alarm_answer",
    AlarmAnswer,
    CheckConstraint("(visit_id IS NULL) <> (help_id IS NULL)", name="of_one"),
    Index(None, "visit_id"),
    Index(None, "help_id"),
    visit_id="visit",
    help_id="help_call",
)

# The kinds that scheduling.model.Setup is read from.
SETUP_KINDS = frozenset({
    "clinic", "modality", "staff", "shift", "absence",
    "room", "closure", "profile", "visit_type", "course_template",
})  # fmt: skip

# What may be done with the rows of a table, whoever asks; the guards of both databases are made from this.
APPEND_ONLY_TABLES = (
    "after_call", "alarm_answer", "audit", "call_attempt", "change", "drug_movement", "help_call",
    "rule_override", "score", "stamp", "stock_count",
)  # fmt: skip
# A check list that was joined from two is taken away when their merge is undone; of the texts a draft of the
# clinic's own may be deleted, and the guards hold all others.
REMOVABLE_TABLES = tuple(sorted({"screening", "sheet_text", *SETUP_KINDS} - {"clinic"}))
KEPT_TABLES = tuple(
    sorted({"head", *(t.name for t in RECORDS.values())} - {*APPEND_ONLY_TABLES, *REMOVABLE_TABLES})
)

# A claim's place is one number: kind, resource and slot. Two engines, one meaning of "the same place".
PLACE_KIND = {kind: number for number, kind in enumerate(ClaimKind, start=1)}
_KINDS = tuple(ClaimKind)
_RESOURCES, SLOTS = 100_000_000, 100
_PER_KIND = _RESOURCES * SLOTS
LAST_RESOURCE = _RESOURCES - 1
MINUTES = 100_000_000  # more than any UTC minute until 2160: place and minute fit into one 64-bit number
LONGEST_CLAIM = 1440  # minutes; bounds how far back an overlap can begin


def place(kind: ClaimKind, resource_id: int, slot: int = 0) -> int:
    return PLACE_KIND[kind] * _PER_KIND + resource_id * SLOTS + slot


def place_parts(number: int) -> tuple[ClaimKind, int, int]:
    """Kind, resource and slot of a place number."""
    kind, rest = divmod(number, _PER_KIND)
    resource, slot = divmod(rest, SLOTS)
    return _KINDS[kind - 1], resource, slot


claim = Table(
    "claim",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place", BigInteger, nullable=False),
    Column("starts", Integer, nullable=False),
    Column("ends", Integer, nullable=False),
    Column("visit_id", Integer, ForeignKey("visit.id"), nullable=False, index=True),
    Column("override_id", Integer, ForeignKey("rule_override.id")),
    CheckConstraint(f"ends > starts AND ends - starts <= {LONGEST_CLAIM}", name="length"),
    CheckConstraint(f"starts >= 0 AND ends < {MINUTES}", name="minutes"),
    CheckConstraint(
        f"place >= {place(ClaimKind.ROOM, 0)} AND place < {place(ClaimKind.OVERFLOW, _RESOURCES)}",
        name="place",
    ),
    # One place is one number where it has no slots: beside it nobody would see that it is taken.
    CheckConstraint(
        f"place / {SLOTS} * {SLOTS} = place OR place >= {place(ClaimKind.WATCH, 0)}", name="one_slot"
    ),
    # An overflow place is the place of its override: it holds one visit at a time like any other.
    CheckConstraint(
        f"(place < {place(ClaimKind.OVERFLOW, 0)} AND override_id IS NULL)"
        f" OR (override_id IS NOT NULL AND place >= {place(ClaimKind.OVERFLOW, 0)} + override_id * {SLOTS}"
        f" AND place < {place(ClaimKind.OVERFLOW, 1)} + override_id * {SLOTS})",
        name="overflow_has_override",
    ),
    # Everything that a search for free time reads, so that it reads nothing else.
    Index("ix_claim_place_starts", "place", "starts", "ends", "visit_id"),
    Index("ix_claim_starts", "starts"),
    sqlite_autoincrement=True,
)

change = Table(
    "change",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("record_id", Integer, nullable=False),
    Column("day", Day),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("roles", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("login", Text, nullable=False),  # as whom the server knows the desk; empty in a file
    Column("action", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record_id", Integer, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("reason", Text, nullable=False),
    Column("change_number", Integer, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ix_audit_kind_record", "kind", "record_id"),
    Index("ix_audit_at", "at", "id"),  # a page of some days, wherever they lie
)

# One row that every commit takes last: it numbers changes and audit rows without gaps and in order of commit.
head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("change_number", Integer, nullable=False),
    Column("audit_id", Integer, nullable=False),
    Column("audit_hash", Text, nullable=False),
    Column("setup_number", Integer, nullable=False),  # the last change to a set-up kind
    Column("marks", Text, nullable=False),  # JSON: what storage/trail_mark.py says of the last audit row
    CheckConstraint("id = 1", name="one"),
)

schema_version = Table("alembic_version", metadata, Column("version_num", Text, primary_key=True))
