"""Every change is kept in the audit trail and told in the feed."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import StoreRefused, WentBack
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.storage import check
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.treatment.alarm_records import HelpCall
from tests.small_clinic import MONDAY
from tests.storage.conftest import as_owner, beside

ANN = Patient(given_name="Ann", family_name="Lee")
DESK_ACTOR = Actor(7, frozenset({Role.NURSE, Role.MANAGER}), "front")


def added(store: SqlStore, *records, actor=PROGRAM):
    with store.write(actor) as unit:
        out = [unit.add(one) for one in records]
        return (*out, unit.commit())


def test_the_trail_says_who_did_what_when_and_why(any_store, clinic_clock):
    clinic_clock.at = datetime(2026, 11, 2, 18, 30, 15, 999_999, tzinfo=UTC)
    ann, _ = added(any_store, ANN)
    with any_store.write(DESK_ACTOR) as unit:
        unit.because("she called")
        unit.save(replace(ann, notes="allergic to “nuts”"))
        changes = unit.commit()
    with beside(any_store.where) as direct:
        columns = (
            "id, at, person_id, roles, desk, action, kind, record_id, before, after, reason, change_number"
        )
        first, second = direct.run(f"SELECT {columns} FROM audit ORDER BY id")
    at = int(clinic_clock.at.timestamp())
    assert first[:8] == (
        1,
        at,
        0,
        "manager,nurse,prescriber,receptionist,therapist",
        "program",
        "add",
        "patient",
        1,
    )
    assert first[8] is None
    assert json.loads(first[9])["given_name"] == "Ann"
    assert second[:8] == (2, at, 7, "manager,nurse", "front", "change", "patient", 1)
    assert json.loads(second[8]) == json.loads(first[9])
    assert json.loads(second[9])["notes"] == "allergic to “nuts”"
    assert second[10:] == ("she called", changes.number)


def test_the_instant_of_a_unit_is_kept_in_whole_seconds(any_store, clinic_clock):
    clinic_clock.at = datetime(2026, 11, 2, 18, 30, 15, 999_999, tzinfo=UTC)
    with any_store.write(PROGRAM) as unit:
        assert unit.at == datetime(2026, 11, 2, 18, 30, 15, tzinfo=UTC)
        clinic_clock.forward(5)
        assert unit.at == datetime(2026, 11, 2, 18, 30, 15, tzinfo=UTC)


def test_a_moment_with_parts_of_a_second_is_in_the_trail_as_it_is_kept(any_store):
    moment = datetime(2026, 11, 2, 18, 30, 15, 999_999, tzinfo=UTC)
    added(any_store, HelpCall(at=moment))
    assert [one.code for one in check.findings(any_store.where)] == []


def test_a_moment_without_a_zone_is_a_bug_and_not_stored(any_store):
    local = datetime(2026, 11, 2, 18)  # noqa: DTZ001 - that is what must be refused
    with any_store.write(PROGRAM) as unit, pytest.raises(Exception, match="without a zone"):
        unit.add(Visit(booked_at=local))


def test_r10_the_feed_is_numbered_in_order_and_tells_from_any_number(any_store):
    seen = any_store.change_number()
    told = []
    for name in ("Ann", "Bob", "Cy"):
        *_, changes = added(any_store, Patient(given_name=name))
        told.append(changes)
    assert [one.number for one in told] == [seen + 1, seen + 2, seen + 3]
    assert any_store.change_number() == seen + 3
    since = any_store.changes_since(seen + 1)
    assert since == told[1] | told[2]
    assert any_store.changes_since(seen + 3) == Changes()
    assert not any_store.changes_since(seen + 3)


def test_who_saw_more_than_there_is_is_told_so_and_reads_the_set_up_anew(any_store):
    """As after a restored backup, or a standby that was behind: the numbers are given once more."""
    added(any_store, Patient(given_name="Ann"))
    there = any_store.change_number()
    with any_store.read() as records:
        before = records.setup()
    with pytest.raises(WentBack) as told:
        any_store.changes_since(there + 5)
    assert told.value.number == there
    with any_store.read() as records:
        assert records.setup() is not before


def test_a_booking_tells_its_day_visit_and_kinds(clinic):
    before = clinic.store.change_number()
    booked = book(clinic.store, clinic.desk, clinic.wish())
    (visit,) = booked.visits
    assert (booked.changes.days, booked.changes.visits) == ({MONDAY}, {visit.id})
    assert clinic.store.changes_since(before) == booked.changes


def test_days_alone_can_be_told(any_store):
    with any_store.write(PROGRAM) as unit:
        unit.touch_days([MONDAY])
        changes = unit.commit()
    assert changes.days == {MONDAY}
    assert any_store.changes_since(0) == changes
    assert check.findings(any_store.where) == []


def test_an_empty_unit_changes_nothing(any_store):
    with any_store.write(PROGRAM) as unit:
        assert not unit.commit()
    assert any_store.change_number() == 0


def test_a_desk_that_slept_through_a_migration_saves_nothing(any_store):
    """Its program still knows the old tables."""
    with beside(as_owner(any_store.where)) as owner:
        owner.run("UPDATE alembic_version SET version_num = '0002'")
    with any_store.write(PROGRAM) as unit:
        unit.add(ANN)
        with pytest.raises(StoreRefused, match="brought to a newer version while this window was open"):
            unit.commit()
    with beside(any_store.where) as direct:
        assert direct.one("SELECT count(*) FROM patient") == 0


def test_what_changes_no_record_is_in_the_trail_and_not_in_the_feed(any_store):
    ann, _ = added(any_store, ANN)
    before = any_store.change_number()
    with any_store.write(DESK_ACTOR) as unit:
        unit.witness(Deed.VIEWED, "patient", ann.id, {"place": "patients"})
        assert unit.commit() == Changes()
    assert any_store.change_number() == before
    with any_store.read() as records:
        (row,) = records.rows(
            'SELECT person_id, action, kind, "after", change_number FROM audit WHERE change_number = 0'
        )
        (line,) = records.history_of(ann.id)  # it is no line of a patient's history
    assert tuple(row) == (DESK_ACTOR.person_id, "viewed", "patient", '{"place": "patients"}', 0)
    assert line.after == ann
    assert check.findings(any_store.where) == []
