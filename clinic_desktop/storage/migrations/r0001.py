"""Revision 0001: the first tables, as they were. Written by the freeze module beside this one."""

# ruff: noqa: E501 - a constraint is one line

import sqlalchemy as sa
from alembic.operations import Operations

DAY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade(op: Operations) -> None:
    """Make every table."""
    _audit(op)
    _change(op)
    _clinic(op)
    _course_template(op)
    _head(op)
    _modality(op)
    _outage_key(op)
    _patient(op)
    _profile(op)
    _room(op)
    _staff(op)
    _absence(op)
    _account(op)
    _clearance(op)
    _closure(op)
    _course(op)
    _crisis_call(op)
    _drug_order(op)
    _help_call(op)
    _merge(op)
    _message(op)
    _package(op)
    _payer_authorization(op)
    _review(op)
    _screening(op)
    _sheet_text(op)
    _shift(op)
    _stock_count(op)
    _visit_type(op)
    _paper(op)
    _visit(op)
    _after_flag(op)
    _alarm_answer(op)
    _asked(op)
    _drug_movement(op)
    _pin(op)
    _preparation(op)
    _rems_form(op)
    _rule_override(op)
    _score(op)
    _sheet(op)
    _stamp(op)
    _wait_entry(op)
    _after_call(op)
    _call_attempt(op)
    _claim(op)
    _incident(op)
    _sheet_print(op)
    _told_word(op)


def _audit(op: Operations) -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_at", "audit", ["at", "id"], unique=False)
    op.create_index("ix_audit_kind_record", "audit", ["kind", "record_id"], unique=False)


def _change(op: Operations) -> None:
    op.create_table(
        "change",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("day", DAY, nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_change")),
    )


def _clinic(op: Operations) -> None:
    op.create_table(
        "clinic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("phones", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("policies", sa.Text(), nullable=False),
        sa.Column("rems_number", sa.Text(), nullable=False),
        sa.Column("certified_on", DAY, nullable=True),
        sa.Column("certified_until", DAY, nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_clinic_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic")),
        sqlite_autoincrement=True,
    )


def _course_template(op: Operations) -> None:
    op.create_table(
        "course_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("min_clear_days", sa.Integer(), nullable=False),
        sa.Column("max_gap_days", sa.Integer(), nullable=True),
        sa.Column("span_days", sa.Integer(), nullable=True),
        sa.Column("weeks", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_template")),
        sa.UniqueConstraint("code", name=op.f("uq_course_template_code")),
        sqlite_autoincrement=True,
    )


def _head(op: Operations) -> None:
    op.create_table(
        "head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("audit_hash", sa.Text(), nullable=False),
        sa.Column("setup_number", sa.Integer(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_head_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_head")),
    )


def _modality(op: Operations) -> None:
    op.create_table(
        "modality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rems", sa.Boolean(), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=True),
        sa.Column("limits", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_modality")),
        sa.UniqueConstraint("code", name=op.f("uq_modality_code")),
        sqlite_autoincrement=True,
    )


def _outage_key(op: Operations) -> None:
    op.create_table(
        "outage_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_outage_key_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage_key")),
        sqlite_autoincrement=True,
    )


def _patient(op: Operations) -> None:
    op.create_table(
        "patient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("chart_number", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("preferred_name", sa.Text(), nullable=False),
        sa.Column("birth_date", DAY, nullable=True),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("phones", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("large_print", sa.Boolean(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("emergency", sa.Text(), nullable=False),
        sa.Column("permissions", sa.Text(), nullable=False),
        sa.Column("allergies", sa.Text(), nullable=False),
        sa.Column("alerts", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("indication", sa.Text(), nullable=False),
        sa.Column("rems_enrolled_on", DAY, nullable=True),
        sa.Column("death_date", DAY, nullable=True),
        sa.Column("drivers", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["merged_into"], ["patient.id"], name=op.f("fk_patient_merged_into")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient")),
        sa.UniqueConstraint("chart_number", name=op.f("uq_patient_chart_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_patient_family_name_given_name"), "patient", ["family_name", "given_name"], unique=False
    )
    op.create_index(op.f("ix_patient_source_source_id"), "patient", ["source", "source_id"], unique=False)


def _profile(op: Operations) -> None:
    op.create_table(
        "profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("accepts", sa.Text(), nullable=False),
        sa.Column("demanded", sa.Text(), nullable=False),
        sa.Column("min_stay_alone", sa.Integer(), nullable=False),
        sa.Column("callback_minutes", sa.Integer(), nullable=False),
        sa.Column("arrive_before", sa.Integer(), nullable=False),
        sa.Column("must_stay_from", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
        sqlite_autoincrement=True,
    )


def _room(op: Operations) -> None:
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("fits", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sqlite_autoincrement=True,
    )


def _staff(op: Operations) -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("watch_limit", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sqlite_autoincrement=True,
    )


def _absence(op: Operations) -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("from_day", DAY, nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("to_day", DAY, nullable=False),
        sa.Column("to_minute", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_absence_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_absence_staff_id"), "absence", ["staff_id"], unique=False)


def _account(op: Operations) -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("pin", sa.Text(), nullable=False),
        sa.Column("recovery", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failure", sa.BigInteger(), nullable=True),
        sa.Column("pin_failures", sa.Integer(), nullable=False),
        sa.Column("signed_in_at", sa.Text(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("factor", sa.Text(), nullable=False),
        sa.Column("factor_step", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(password = '' OR substr(password, 1, 10) = '$argon2id$') AND (pin = '' OR substr(pin, 1, 10) = '$argon2id$') AND (recovery = '' OR substr(recovery, 1, 10) = '$argon2id$')",
            name=op.f("ck_account_hashed"),
        ),
        sa.CheckConstraint(
            "factor = '' OR substr(factor, 1, 8) = '$sealed$'", name=op.f("ck_account_sealed")
        ),
        sa.CheckConstraint("failures >= 0 AND pin_failures >= 0", name=op.f("ck_account_counted")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_account_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_account_staff_id")),
        sqlite_autoincrement=True,
    )


def _clearance(op: Operations) -> None:
    op.create_table(
        "clearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("cleared_by", sa.Integer(), nullable=False),
        sa.Column("on", DAY, nullable=False),
        sa.Column("until", DAY, nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["cleared_by"], ["staff.id"], name=op.f("fk_clearance_cleared_by")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_clearance_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_clearance_patient_id"), "clearance", ["patient_id"], unique=False)


def _closure(op: Operations) -> None:
    op.create_table(
        "closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("from_day", DAY, nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("to_day", DAY, nullable=False),
        sa.Column("to_minute", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_closure_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
        sqlite_autoincrement=True,
    )


def _course(op: Operations) -> None:
    op.create_table(
        "course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("template_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("to_place", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("own", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_course_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_course_patient_id"), "course", ["patient_id"], unique=False)


def _crisis_call(op: Operations) -> None:
    op.create_table(
        "crisis_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=True),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("clinician_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["clinician_id"], ["staff.id"], name=op.f("fk_crisis_call_clinician_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_crisis_call_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_call")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_crisis_call_patient_id"), "crisis_call", ["patient_id"], unique=False)


def _drug_order(op: Operations) -> None:
    op.create_table(
        "drug_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("drug", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("dose", sa.Float(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("weight_kg", sa.Float(), nullable=True),
        sa.Column("weighed_on", DAY, nullable=True),
        sa.Column("interval_days", sa.Integer(), nullable=True),
        sa.Column("visits", sa.Integer(), nullable=True),
        sa.Column("valid_to", DAY, nullable=True),
        sa.Column("ordered_by", sa.Integer(), nullable=False),
        sa.Column("ordered_at", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ordered_by"], ["staff.id"], name=op.f("fk_drug_order_ordered_by")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_drug_order_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drug_order")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_drug_order_patient_id"), "drug_order", ["patient_id"], unique=False)


def _help_call(op: Operations) -> None:
    op.create_table(
        "help_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_help_call_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_call")),
        sqlite_autoincrement=True,
    )


def _merge(op: Operations) -> None:
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("kept_before", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["kept_id"], ["patient.id"], name=op.f("fk_merge_kept_id")),
        sa.ForeignKeyConstraint(["merged_id"], ["patient.id"], name=op.f("fk_merge_merged_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
        sqlite_autoincrement=True,
    )


def _message(op: Operations) -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=True),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("for_person", sa.Integer(), nullable=True),
        sa.Column("for_role", sa.Text(), nullable=True),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_by", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint("(for_person IS NULL) <> (for_role IS NULL)", name=op.f("ck_message_for_one")),
        sa.ForeignKeyConstraint(["for_person"], ["staff.id"], name=op.f("fk_message_for_person")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_message_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_message_answered_at"), "message", ["answered_at"], unique=False)
    op.create_index(op.f("ix_message_patient_id"), "message", ["patient_id"], unique=False)


def _package(op: Operations) -> None:
    op.create_table(
        "package",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_package_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_package_patient_id"), "package", ["patient_id"], unique=False)


def _payer_authorization(op: Operations) -> None:
    op.create_table(
        "payer_authorization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=True),
        sa.Column("valid_from", DAY, nullable=False),
        sa.Column("valid_to", DAY, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["patient.id"], name=op.f("fk_payer_authorization_patient_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payer_authorization")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_payer_authorization_patient_id"), "payer_authorization", ["patient_id"], unique=False
    )


def _review(op: Operations) -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("on", DAY, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_review_patient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_review_patient_id"), "review", ["patient_id"], unique=False)


def _screening(op: Operations) -> None:
    op.create_table(
        "screening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.BigInteger(), nullable=True),
        sa.Column("items", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_screening_patient_id")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["staff.id"], name=op.f("fk_screening_reviewed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_screening_patient_id"), "screening", ["patient_id"], unique=False)


def _sheet_text(op: Operations) -> None:
    op.create_table(
        "sheet_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_name", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("effective_from", DAY, nullable=True),
        sa.Column("shipped", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decided_by IS NOT NULL OR status = 'draft' OR status = 'asked'",
            name=op.f("ck_sheet_text_decided"),
        ),
        sa.CheckConstraint(
            "status <> 'approved' OR effective_from IS NOT NULL", name=op.f("ck_sheet_text_from_when")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_sheet_text_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_text")),
        sa.UniqueConstraint("kind", "language", "number", name=op.f("uq_sheet_text_kind_language_number")),
        sqlite_autoincrement=True,
    )


def _shift(op: Operations) -> None:
    op.create_table(
        "shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("breaks", sa.Text(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("valid_from", DAY, nullable=False),
        sa.Column("valid_to", DAY, nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_shift_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_shift_staff_id"), "shift", ["staff_id"], unique=False)


def _stock_count(op: Operations) -> None:
    op.create_table(
        "stock_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drug", sa.Text(), nullable=False),
        sa.Column("lot", sa.Text(), nullable=False),
        sa.Column("counted", sa.Float(), nullable=False),
        sa.Column("expected", sa.Float(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["second_id"], ["staff.id"], name=op.f("fk_stock_count_second_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_count")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stock_count_lot"), "stock_count", ["lot"], unique=False)


def _visit_type(op: Operations) -> None:
    op.create_table(
        "visit_type",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("needs_fit", sa.Text(), nullable=False),
        sa.Column("phases", sa.Text(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=True),
        sa.Column("gives_clearance", sa.Boolean(), nullable=False),
        sa.Column("dose_mg", sa.Integer(), nullable=True),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("min_clear_days", sa.Integer(), nullable=False),
        sa.Column("max_gap_days", sa.Integer(), nullable=True),
        sa.Column("discharge_form", sa.Text(), nullable=False),
        sa.Column("scores", sa.Text(), nullable=False),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("day_after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_visit_type_profile_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_type")),
        sa.UniqueConstraint("code", "number", name=op.f("uq_visit_type_code_number")),
        sqlite_autoincrement=True,
    )


def _paper(op: Operations) -> None:
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=True),
        sa.Column("day", DAY, nullable=True),
        sa.Column("named", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.CheckConstraint("(patient_id IS NULL) <> (day IS NULL)", name=op.f("ck_paper_of_one")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_paper_patient_id")),
        sa.ForeignKeyConstraint(["text_id"], ["sheet_text.id"], name=op.f("fk_paper_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_paper_day"), "paper", ["day"], unique=False)
    op.create_index(op.f("ix_paper_patient_id"), "paper", ["patient_id"], unique=False)


def _visit(op: Operations) -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("day", DAY, nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("fold", sa.Integer(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("held_for", sa.Text(), nullable=False),
        sa.Column("displaced", sa.Boolean(), nullable=False),
        sa.Column("room_until", sa.Integer(), nullable=True),
        sa.Column("here_until", sa.Integer(), nullable=True),
        sa.Column("arrived", sa.Integer(), nullable=True),
        sa.Column("entered", sa.Integer(), nullable=True),
        sa.Column("left", sa.Integer(), nullable=True),
        sa.Column("moved", sa.Integer(), nullable=True),
        sa.Column("rooms_before", sa.Text(), nullable=False),
        sa.Column("devices", sa.Integer(), nullable=False),
        sa.Column("release_from", sa.Integer(), nullable=True),
        sa.Column("nurse_id", sa.Integer(), nullable=True),
        sa.Column("prescriber_id", sa.Integer(), nullable=True),
        sa.Column("therapist_id", sa.Integer(), nullable=True),
        sa.Column("phase_staff", sa.Text(), nullable=False),
        sa.Column("phase_minutes", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("course_no", sa.Integer(), nullable=True),
        sa.Column("plan_kind", sa.Text(), nullable=True),
        sa.Column("plan_name", sa.Text(), nullable=False),
        sa.Column("plan_phone", sa.Text(), nullable=False),
        sa.Column("plan_relationship", sa.Text(), nullable=False),
        sa.Column("plan_adult", sa.Boolean(), nullable=False),
        sa.Column("plan_confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("plan_confirmed_by", sa.Integer(), nullable=True),
        sa.Column("plan_confirmed_end", sa.Integer(), nullable=True),
        sa.Column("confirmed_end", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("booked_at", sa.BigInteger(), nullable=True),
        sa.Column("booked_by", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("end_asked_by", sa.Text(), nullable=False),
        sa.Column("end_late", sa.Boolean(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("stood", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "plan_confirmed_at IS NULL OR plan_kind IS NOT NULL", name=op.f("ck_visit_confirmed_plan")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_visit_course_id")),
        sa.ForeignKeyConstraint(["nurse_id"], ["staff.id"], name=op.f("fk_visit_nurse_id")),
        sa.ForeignKeyConstraint(["order_id"], ["drug_order.id"], name=op.f("fk_visit_order_id")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_visit_patient_id")),
        sa.ForeignKeyConstraint(["prescriber_id"], ["staff.id"], name=op.f("fk_visit_prescriber_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_visit_room_id")),
        sa.ForeignKeyConstraint(["therapist_id"], ["staff.id"], name=op.f("fk_visit_therapist_id")),
        sa.ForeignKeyConstraint(["type_id"], ["visit_type.id"], name=op.f("fk_visit_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_visit_course_id"), "visit", ["course_id"], unique=False)
    op.create_index(
        "ix_visit_moved",
        "visit",
        ["day"],
        unique=False,
        sqlite_where=sa.text("moved IS NOT NULL"),
        postgresql_where=sa.text("moved IS NOT NULL"),
    )
    op.create_index(op.f("ix_visit_patient_id_day"), "visit", ["patient_id", "day"], unique=False)
    op.create_index(op.f("ix_visit_state_day"), "visit", ["state", "day"], unique=False)
    op.create_index(
        "ix_visit_usage",
        "visit",
        [
            "day",
            "room_id",
            "entered",
            "left",
            "moved",
            "type_id",
            "state",
            "start",
            "end",
            "displaced",
            "end_late",
            "nurse_id",
            "prescriber_id",
        ],
        unique=False,
    )


def _after_flag(op: Operations) -> None:
    op.create_table(
        "after_flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("told_by", sa.Integer(), nullable=True),
        sa.Column("due_on", DAY, nullable=True),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.CheckConstraint("answered_at IS NULL OR answer <> ''", name=op.f("ck_after_flag_in_words")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)", name=op.f("ck_after_flag_answered")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["staff.id"], name=op.f("fk_after_flag_answered_by")),
        sa.ForeignKeyConstraint(["signed_by"], ["staff.id"], name=op.f("fk_after_flag_signed_by")),
        sa.ForeignKeyConstraint(["told_by"], ["staff.id"], name=op.f("fk_after_flag_told_by")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_after_flag_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_after_flag")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_after_flag_answered_at"), "after_flag", ["answered_at"], unique=False)
    op.create_index(op.f("ix_after_flag_visit_id"), "after_flag", ["visit_id"], unique=False)


def _alarm_answer(op: Operations) -> None:
    op.create_table(
        "alarm_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("help_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.CheckConstraint("(visit_id IS NULL) <> (help_id IS NULL)", name=op.f("ck_alarm_answer_of_one")),
        sa.ForeignKeyConstraint(["help_id"], ["help_call.id"], name=op.f("fk_alarm_answer_help_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_alarm_answer_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm_answer")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_alarm_answer_help_id"), "alarm_answer", ["help_id"], unique=False)
    op.create_index(op.f("ix_alarm_answer_visit_id"), "alarm_answer", ["visit_id"], unique=False)


def _asked(op: Operations) -> None:
    op.create_table(
        "asked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("allowed", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_asked_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_asked_answered_at"), "asked", ["answered_at"], unique=False)
    op.create_index(op.f("ix_asked_visit_id"), "asked", ["visit_id"], unique=False)


def _drug_movement(op: Operations) -> None:
    op.create_table(
        "drug_movement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=True),
        sa.Column("on", DAY, nullable=False),
        sa.Column("devices", sa.Integer(), nullable=False),
        sa.Column("lot", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("drug", sa.Text(), nullable=False),
        sa.Column("expires", DAY, nullable=True),
        sa.Column("mg", sa.Float(), nullable=False),
        sa.Column("strength", sa.Float(), nullable=True),
        sa.Column("ml", sa.Float(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("witness_id", sa.Integer(), nullable=True),
        sa.Column("takes_back", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_drug_movement_patient_id")),
        sa.ForeignKeyConstraint(
            ["takes_back"], ["drug_movement.id"], name=op.f("fk_drug_movement_takes_back")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_drug_movement_visit_id")),
        sa.ForeignKeyConstraint(["witness_id"], ["staff.id"], name=op.f("fk_drug_movement_witness_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drug_movement")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_drug_movement_lot"), "drug_movement", ["lot"], unique=False)
    op.create_index(op.f("ix_drug_movement_patient_id"), "drug_movement", ["patient_id"], unique=False)


def _pin(op: Operations) -> None:
    op.create_table(
        "pin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("parked_at", sa.BigInteger(), nullable=True),
        sa.Column("parked_by", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_pin_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pin_taken_at"), "pin", ["taken_at"], unique=False)
    op.create_index(op.f("ix_pin_visit_id"), "pin", ["visit_id"], unique=False)


def _preparation(op: Operations) -> None:
    op.create_table(
        "preparation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_name", sa.Text(), nullable=False),
        sa.Column("copy_number", sa.Integer(), nullable=False),
        sa.Column("voided_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["text_id"], ["sheet_text.id"], name=op.f("fk_preparation_text_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_preparation_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_preparation_visit_id"), "preparation", ["visit_id"], unique=False)


def _rems_form(op: Operations) -> None:
    op.create_table(
        "rems_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("session_on", DAY, nullable=False),
        sa.Column("due_on", DAY, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("ready_minutes", sa.Integer(), nullable=True),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("filled_at", sa.BigInteger(), nullable=True),
        sa.Column("filled_by", sa.Integer(), nullable=True),
        sa.Column("sent_on", DAY, nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_rems_form_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rems_form")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_rems_form_visit_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rems_form_sent_on"), "rems_form", ["sent_on"], unique=False)
    op.create_index(op.f("ix_rems_form_session_on"), "rems_form", ["session_on"], unique=False)


def _rule_override(op: Operations) -> None:
    op.create_table(
        "rule_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("deviation", sa.Boolean(), nullable=False),
        sa.Column("day", DAY, nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_rule_override_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_override")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rule_override_visit_id"), "rule_override", ["visit_id"], unique=False)


def _score(op: Operations) -> None:
    op.create_table(
        "score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("instrument", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("on", DAY, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("struck", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["corrects"], ["score.id"], name=op.f("fk_score_corrects")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_score_patient_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_score_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_score_patient_id"), "score", ["patient_id"], unique=False)
    op.create_index(op.f("ix_score_visit_id"), "score", ["visit_id"], unique=False)


def _sheet(op: Operations) -> None:
    op.create_table(
        "sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("escort_text_id", sa.Integer(), nullable=True),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_name", sa.Text(), nullable=False),
        sa.Column("copy_number", sa.Integer(), nullable=False),
        sa.Column("handed_to", sa.Text(), nullable=False),
        sa.Column("handed_by_id", sa.Integer(), nullable=True),
        sa.Column("handed_at", sa.BigInteger(), nullable=True),
        sa.Column("voided_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["escort_text_id"], ["sheet_text.id"], name=op.f("fk_sheet_escort_text_id")),
        sa.ForeignKeyConstraint(["text_id"], ["sheet_text.id"], name=op.f("fk_sheet_text_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_sheet_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sheet_visit_id"), "sheet", ["visit_id"], unique=False)


def _stamp(op: Operations) -> None:
    op.create_table(
        "stamp",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("dose", sa.Float(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("per_kg", sa.Float(), nullable=True),
        sa.Column("weight_kg", sa.Float(), nullable=True),
        sa.Column("weighed_on", DAY, nullable=True),
        sa.Column("rate", sa.Float(), nullable=True),
        sa.Column("concentration", sa.Float(), nullable=True),
        sa.Column("device", sa.Integer(), nullable=True),
        sa.Column("lot", sa.Text(), nullable=False),
        sa.Column("systolic", sa.Integer(), nullable=True),
        sa.Column("diastolic", sa.Integer(), nullable=True),
        sa.Column("pulse", sa.Integer(), nullable=True),
        sa.Column("oxygen", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("form_items", sa.Text(), nullable=False),
        sa.Column("form_scores", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("adult", sa.Boolean(), nullable=False),
        sa.Column("fit", sa.Boolean(), nullable=False),
        sa.Column("counts_from", sa.BigInteger(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("deviations", sa.Text(), nullable=False),
        sa.Column("told_by", sa.Integer(), nullable=True),
        sa.Column("warned", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["corrects"], ["stamp.id"], name=op.f("fk_stamp_corrects")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_stamp_room_id")),
        sa.ForeignKeyConstraint(["told_by"], ["staff.id"], name=op.f("fk_stamp_told_by")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_stamp_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stamp")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stamp_at"), "stamp", ["at"], unique=False)
    op.create_index(op.f("ix_stamp_lot"), "stamp", ["lot"], unique=False)
    op.create_index(op.f("ix_stamp_visit_id"), "stamp", ["visit_id"], unique=False)


def _wait_entry(op: Operations) -> None:
    op.create_table(
        "wait_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("type_code", sa.Text(), nullable=False),
        sa.Column("from_day", DAY, nullable=True),
        sa.Column("to_day", DAY, nullable=True),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("to_minute", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=True),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_why", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_wait_entry_patient_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_wait_entry_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wait_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_wait_entry_patient_id"), "wait_entry", ["patient_id"], unique=False)


def _after_call(op: Operations) -> None:
    op.create_table(
        "after_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("yes", sa.Text(), nullable=False),
        sa.Column("no", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("flag_id", sa.Integer(), nullable=True),
        sa.Column("deviation", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome <> 'struck out' OR corrects IS NOT NULL", name=op.f("ck_after_call_struck")
        ),
        sa.ForeignKeyConstraint(["corrects"], ["after_call.id"], name=op.f("fk_after_call_corrects")),
        sa.ForeignKeyConstraint(["flag_id"], ["after_flag.id"], name=op.f("fk_after_call_flag_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_after_call_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_after_call")),
        sa.UniqueConstraint("corrects", name=op.f("uq_after_call_corrects")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_after_call_visit_id"), "after_call", ["visit_id"], unique=False)


def _call_attempt(op: Operations) -> None:
    op.create_table(
        "call_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("wait_id", sa.Integer(), nullable=True),
        sa.Column("day", DAY, nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("arrives", sa.Integer(), nullable=True),
        sa.Column("deviation", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.CheckConstraint("(visit_id IS NULL) <> (wait_id IS NULL)", name=op.f("ck_call_attempt_about_one")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_call_attempt_visit_id")),
        sa.ForeignKeyConstraint(["wait_id"], ["wait_entry.id"], name=op.f("fk_call_attempt_wait_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_attempt")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_call_attempt_visit_id"), "call_attempt", ["visit_id"], unique=False)
    op.create_index(op.f("ix_call_attempt_wait_id"), "call_attempt", ["wait_id"], unique=False)


def _claim(op: Operations) -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("override_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(place < 50000000000 AND override_id IS NULL) OR (override_id IS NOT NULL AND place >= 50000000000 + override_id * 100 AND place < 50000000100 + override_id * 100)",
            name=op.f("ck_claim_overflow_has_override"),
        ),
        sa.CheckConstraint("ends > starts AND ends - starts <= 1440", name=op.f("ck_claim_length")),
        sa.CheckConstraint(
            "place / 100 * 100 = place OR place >= 40000000000", name=op.f("ck_claim_one_slot")
        ),
        sa.CheckConstraint("place >= 10000000000 AND place < 60000000000", name=op.f("ck_claim_place")),
        sa.CheckConstraint("starts >= 0 AND ends < 100000000", name=op.f("ck_claim_minutes")),
        sa.ForeignKeyConstraint(["override_id"], ["rule_override.id"], name=op.f("fk_claim_override_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_claim_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_claim_place_starts", "claim", ["place", "starts", "ends", "visit_id"], unique=False)
    op.create_index("ix_claim_starts", "claim", ["starts"], unique=False)
    op.create_index(op.f("ix_claim_visit_id"), "claim", ["visit_id"], unique=False)


def _incident(op: Operations) -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("stamp_id", sa.Integer(), nullable=True),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=True),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["stamp_id"], ["stamp.id"], name=op.f("fk_incident_stamp_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_incident_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_incident_closed_at"), "incident", ["closed_at"], unique=False)
    op.create_index(op.f("ix_incident_visit_id"), "incident", ["visit_id"], unique=False)


def _sheet_print(op: Operations) -> None:
    op.create_table(
        "sheet_print",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("preparation_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("printer", sa.Text(), nullable=False),
        sa.Column("job", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["preparation_id"], ["preparation.id"], name=op.f("fk_sheet_print_preparation_id")
        ),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheet.id"], name=op.f("fk_sheet_print_sheet_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_sheet_print_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_print")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sheet_print_preparation_id"), "sheet_print", ["preparation_id"], unique=False)
    op.create_index(op.f("ix_sheet_print_sheet_id"), "sheet_print", ["sheet_id"], unique=False)
    op.create_index(op.f("ix_sheet_print_visit_id"), "sheet_print", ["visit_id"], unique=False)


def _told_word(op: Operations) -> None:
    op.create_table(
        "told_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("stamp_id", sa.Integer(), nullable=False),
        sa.Column("told_by", sa.Integer(), nullable=False),
        sa.Column("due_on", DAY, nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["stamp_id"], ["stamp.id"], name=op.f("fk_told_word_stamp_id")),
        sa.ForeignKeyConstraint(["told_by"], ["staff.id"], name=op.f("fk_told_word_told_by")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_told_word_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_word")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_told_word_answered_at"), "told_word", ["answered_at"], unique=False)
    op.create_index(op.f("ix_told_word_stamp_id"), "told_word", ["stamp_id"], unique=False)
    op.create_index(op.f("ix_told_word_visit_id"), "told_word", ["visit_id"], unique=False)
