"""Every kind of damage is planted, past the guards, and found as exactly what it is."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.model import Clinic, Override, Visit
from clinic_desktop.storage import check, guards_sqlite
from clinic_desktop.storage.engine import Sealed, file_of
from clinic_desktop.storage.store import open_store
from clinic_desktop.storage.tables import RECORDS
from clinic_desktop.treatment.model import Stamp, StampKind
from tests.small_clinic import MONDAY, SmallClinic
from tests.storage import forging
from tests.storage.conftest import Direct, as_admin, beside


@pytest.fixture
def full(clinic: SmallClinic) -> SmallClinic:
    """A clinic with a booked, a held, a cancelled and a running visit, and one of a course."""
    store, desk = clinic.store, clinic.desk
    book(store, desk, clinic.wish())
    book(store, desk, replace(clinic.wish("CON", 480), patient_id=clinic.noah.id))
    (gone,) = book(store, desk, replace(clinic.wish("CON", 720), patient_id=clinic.noah.id)).visits
    cancel(store, desk, gone.id, gone.version, CancelReason.UNWELL)
    with store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    wish = clinic.wish(day=MONDAY + timedelta(days=3))
    book_course(store, desk, CourseWish(template, [(1, wish)]))
    with store.write(PROGRAM) as unit:
        unit.add(Stamp(visit_id=1))
        unit.commit()
    return clinic


def said(where) -> list[str]:
    return [one.message for one in check.findings(where)]


def codes(where) -> list[str]:
    return sorted({one.code for one in check.findings(where)})


def past_the_triggers(direct: Direct, sql: str) -> None:
    direct.run("BEGIN")
    for name in guards_sqlite.TRIGGERS:
        direct.run(f"DROP TRIGGER {name}")
    direct.run(sql)
    for statement in guards_sqlite.TRIGGERS.values():
        direct.run(statement)
    direct.run("COMMIT")


@pytest.fixture
def unguarded(full: SmallClinic, owner: Direct) -> Callable[[str], list[str]]:
    """Plants a change with every guard taken away, puts the guards back, and says what check finds."""

    def plant(sql: str) -> list[str]:
        if owner.is_sqlite:
            past_the_triggers(owner, sql)
        else:
            owner.run("SET session_replication_role = replica")
            owner.run(sql)
        found = codes(full.store.where)
        if sql.split()[1] in _RECORD_TABLES:  # whatever else is wrong with it, the trail has it otherwise
            assert "records" in found
            found.remove("records")
        if isinstance(full.store.where, Sealed) and "audit" in found and "mark" in found:
            found.remove("mark")  # a sealed clinic's trail is marked too, and the mark tells of its end
        return found

    return plant


_RECORD_TABLES = frozenset(one.name for one in RECORDS.values())


@pytest.fixture
def owner(clinic: SmallClinic) -> Iterator[Direct]:
    """The one who can switch guards off: on a server its administrator."""
    with beside(as_admin(clinic.store.where)) as who:
        yield who


def test_a_sound_clinic_has_no_findings(full):
    assert check.findings(full.store.where) == []


def test_while_desks_are_at_work_a_sound_clinic_has_none_either(full):
    with full.store.write(PROGRAM) as unit:
        unit.add(Stamp(visit_id=1))
        assert check.findings(full.store.where) == []


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("UPDATE audit SET reason = 'forged' WHERE id = 3", ["audit"]),
        ("DELETE FROM audit WHERE id = 3", ["audit", "records"]),  # the story of what it changed has a break
        ("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)", ["audit", "records"]),
        ("UPDATE head SET audit_id = audit_id + 1", ["audit"]),
        ("DELETE FROM change WHERE number = 2", ["audit"]),
        ("UPDATE visit SET plan_phone = '' WHERE id = 1", ["way-home"]),
        ("UPDATE visit SET plan_kind = NULL WHERE id = 1", ["way-home"]),
        ("UPDATE profile SET accepts = '[\"paid medical escort\"]'", ["way-home"]),
        ("DELETE FROM claim WHERE visit_id = 1 AND place < 20000000000", ["claims-differ"]),
        ("DELETE FROM claim WHERE visit_id = 2", ["claims-differ"]),
        ("UPDATE visit SET room_id = 3 WHERE id = 1", ["claims-differ"]),
        ("UPDATE visit SET nurse_id = 2 WHERE id = 1", ["claims-differ"]),
        ("UPDATE visit SET displaced = true WHERE id = 1", ["claims-differ"]),
        ("UPDATE visit SET state = 'left' WHERE id = 1", ["claims-differ"]),
        ("UPDATE visit SET state = 'booked' WHERE id = 3", ["claims-differ"]),
        ("UPDATE course SET to_place = 4", ["to-place"]),
        ("UPDATE course SET planned = 5", ["to-place"]),
        ("UPDATE visit SET course_no = NULL WHERE course_id IS NOT NULL", ["to-place"]),
        ("UPDATE visit SET minute = minute + 5 WHERE id = 1", ["times"]),
        ("UPDATE visit SET zone = 'America/Denver' WHERE id = 1", ["times"]),
        ("UPDATE visit SET day = '2026-11-17' WHERE id = 3", ["times"]),
        ("UPDATE visit SET patient_id = 4711 WHERE id = 3", ["references"]),
        ("UPDATE stamp SET visit_id = 4711", ["references"]),
    ],
)
def test_each_kind_of_damage_is_found_as_what_it_is(unguarded, damage, found):
    assert unguarded(damage) == found


def test_a_row_with_something_else_where_a_day_stands_is_named(full, unguarded):
    assert "days" in unguarded("UPDATE visit SET day = 'zzz' WHERE id = 3")
    said = [one.message for one in check.findings(full.store.where) if one.code == "days"]
    assert said == ["visit 3: its day is no day."]


def test_who_was_dosed_and_is_gone_without_a_release_is_found(unguarded):
    assert unguarded("UPDATE stamp SET kind = 'dose'") == []
    assert unguarded("UPDATE visit SET state = 'left' WHERE id = 1") == ["claims-differ", "releases"]


def test_another_watching_place_is_no_difference(full, unguarded):
    assert unguarded("UPDATE claim SET place = place + 1 WHERE place >= 40000000000") == []


def test_a_watching_place_that_a_nurse_never_had_is_found(full, unguarded):
    assert unguarded("UPDATE claim SET place = place + 2 WHERE place >= 40000000000") == []
    assert unguarded("UPDATE claim SET place = place + 1 WHERE place >= 40000000000") == ["claims-differ"]
    assert said(full.store.where)[0].endswith(" at a place that was never there.")
    with full.store.write(PROGRAM) as unit:
        clinic = unit.get(Clinic, 1)
        unit.save(replace(clinic, policies=replace(clinic.policies, watch_limit=4)))
        unit.commit()
    assert codes(full.store.where) == []
    with full.store.write(PROGRAM) as unit:  # it was given while it was there
        unit.save(replace(unit.get(Clinic, 1), policies=clinic.policies))
        unit.commit()
    assert codes(full.store.where) == []


def test_a_visit_beside_another_at_the_same_place_is_found(file_clinic):
    """At a slot of a place that has none: no two numbers are the same there, and the room has two visits."""
    store = file_clinic.store
    book(store, file_clinic.desk, file_clinic.wish())
    with forging.unguarded(store.where) as direct:
        direct.silent("UPDATE claim SET place = place + 1 WHERE place < 20000000000")
    found = {one.code: one.message for one in check.findings(store.where)}
    assert found.keys() - {"mark"} == {"claims-differ", "constraints"}
    assert " stands beside room 2 for " in found["claims-differ"]


@pytest.mark.parametrize(
    "spelled",
    [
        "UPDATE profile SET required = 2 WHERE required = 1",
        "UPDATE staff SET roles = replace(roles, 'prescriber', '\\u0070rescriber')",
        "UPDATE modality SET limits = replace(limits, '{', '{\"emergency\": [300, 300], ')",
    ],
)
def test_a_value_that_is_written_otherwise_and_reads_the_same_is_found(full, spelled):
    """The guards would take it for another one."""
    store = full.store
    if isinstance(store.where, str):
        pytest.skip("a server holds each value as its column says")
    with forging.unguarded(store.where) as direct:
        direct.silent(spelled)
    found = [one.message for one in check.findings(store.where) if one.code == "records"]
    assert found
    assert all(one.endswith(": it is not written as the program writes it.") for one in found)


def test_numbers_that_leave_no_room_are_found(full):
    if isinstance(full.store.where, str):
        pytest.skip("a server's are its owner's")
    with forging.unguarded(full.store.where) as direct:
        direct.silent("UPDATE sqlite_sequence SET seq = 9223372036854775807 WHERE name = 'visit'")
    found = {one.code: one.message for one in check.findings(full.store.where) if one.code != "mark"}
    last = 2**63 - 1
    assert found == {"numbers": f"The numbers of visit go on after {last}: no more could be added there."}


@pytest.mark.parametrize(
    ("made", "named"),
    [
        (["CREATE UNIQUE INDEX more ON visit ((1)) WHERE id < 0"], "index more"),
        (["DROP INDEX ix_claim_starts", "CREATE INDEX ix_claim_starts ON claim (starts) WHERE id < 0"],
         "index ix_claim_starts"),
        (["CREATE TABLE other (x)"], "table other"),
        (["CREATE VIEW seen AS SELECT * FROM patient"], "view seen"),
        (["PRAGMA writable_schema = ON",
          "UPDATE sqlite_master SET sql = replace(sql, 'ends INTEGER', 'ends INTEGER DEFAULT 1')"
          " WHERE name = 'claim'"],
         "table claim"),
    ],
)  # fmt: skip
def test_tables_that_are_made_otherwise_are_found(file_clinic, made, named):
    with forging.unguarded(file_clinic.store.where) as direct:
        for one in made:
            direct.silent(one)
    found = [one.message for one in check.findings(file_clinic.store.where) if one.code == "tables"]
    assert f"{named} is not as the program makes it." in found


def test_overlapping_claims_are_found_and_named(file_clinic, file_direct):
    book(file_clinic.store, file_clinic.desk, file_clinic.wish())
    book(file_clinic.store, file_clinic.desk, replace(file_clinic.wish("CON", 480), patient_id=2))
    past_the_triggers(
        file_direct,
        "INSERT INTO claim (place, starts, ends, visit_id) SELECT place, starts + 5, ends, 2 FROM claim"
        " WHERE visit_id = 1 AND place < 20000000000",
    )
    found = {one.code: one.message for one in check.findings(file_clinic.store.where)}
    assert found.keys() == {"claims-overlap", "claims-differ"}
    assert found["claims-overlap"].startswith("Visits 1 and 2 both claim room 2 on 2026-11-16 at ")


def test_overlapping_claims_on_a_server_are_found(server_clinic, postgres_server):
    book(server_clinic.store, server_clinic.desk, server_clinic.wish())
    with beside(as_admin(server_clinic.store.where)) as admin:
        admin.run("ALTER TABLE claim DROP CONSTRAINT claim_taken")
        admin.run(
            "INSERT INTO claim (place, starts, ends, visit_id)"
            " SELECT place, starts + 5, ends, 1 FROM claim WHERE place < 20000000000"
        )
    assert codes(server_clinic.store.where) == ["claims-differ", "claims-overlap", "guards"]


def test_an_override_answers_for_what_a_treatment_lacks(full, unguarded):
    with full.store.write(PROGRAM) as unit:
        visit = unit.get(Visit, 1)
        unit.add(
            Override(
                visit_id=1, rule="driver", by=full.lin.id, reason="seen", day=visit.day, minute=visit.minute
            )
        )
        unit.commit()
    assert unguarded("UPDATE visit SET plan_kind = NULL WHERE id = 1") == []


def test_a_deviation_answers_only_for_what_stands_on_record(full, unguarded):
    with full.store.write(PROGRAM) as unit:
        unit.add(Override(visit_id=1, rule="driver", by=1, reason="seen", deviation=True))
        unit.commit()
    assert unguarded("UPDATE visit SET plan_kind = NULL WHERE id = 1") == ["way-home"]
    assert unguarded("UPDATE visit SET state = 'dosing' WHERE id = 1") == ["way-home"]
    with full.store.write(PROGRAM) as unit:
        unit.add(Stamp(visit_id=1, kind=StampKind.DOSE))
        unit.commit()
    assert codes(full.store.where) == ["records"]  # as it was changed above
    assert unguarded("UPDATE visit SET state = 'in room' WHERE id = 1") == ["way-home"]


def test_an_overflow_place_stands_for_what_it_overflows(full, owner):
    """A deliberate overlap: the visit's room claim is an overflow place that names its override."""
    with full.store.write(PROGRAM) as unit:
        override = unit.add(Override(visit_id=1, rule="room", by=1, reason="two short visits"))
        unit.commit()
    where = 50_000_000_000 + override.id * 100
    room = "visit_id = 1 AND place < 20000000000"
    owner.run(
        "INSERT INTO claim (place, starts, ends, visit_id, override_id)"
        f" SELECT {where}, starts, ends, 1, {override.id} FROM claim WHERE {room}"
    )
    assert codes(full.store.where) == []  # one too many is for the guards, not for the plan
    if not owner.is_sqlite:
        owner.run("SET session_replication_role = replica")
    owner.run(f"DELETE FROM claim WHERE {room}")
    assert said(full.store.where)[0].endswith(" with nobody.")  # to everybody else the room looks free
    room_id = full.wish().room_id
    for minute in (600, 635, 670):  # until the longer one is turned over
        short = replace(full.wish("FUP", minute), patient_id=full.noah.id, room_id=room_id)
        book(full.store, full.prescriber, short, "short visits")
    assert codes(full.store.where) == []
    owner.run("DELETE FROM claim WHERE visit_id = 1 AND place >= 50000000000")
    assert codes(full.store.where) == ["claims-differ"]


def test_many_findings_of_one_kind_are_counted(full, unguarded):
    unguarded("UPDATE change SET kind = 'x'")
    with full.store.write(PROGRAM) as unit:
        unit.add_all([Stamp(visit_id=1) for _ in range(30)])
        unit.commit()
    assert unguarded("UPDATE stamp SET visit_id = 4711") == ["audit", "references"]
    found = check.findings(full.store.where)
    for code in ("references", "records"):
        messages = [one.message for one in found if one.code == code]
        assert len(messages) == 21
        assert messages[-1] == "... and 11 more."


def test_a_message_names_no_patient(full, unguarded):
    for damage in ("UPDATE visit SET room_id = 3", "UPDATE visit SET plan_kind = NULL", "DELETE FROM claim"):
        unguarded(damage)
    said = " ".join(one.message for one in check.findings(full.store.where))
    assert said
    assert not any(name in said for name in ("Amara", "Okafor", "Noah", "Reed", "Bea"))


def test_a_word_that_nobody_knows_is_reported_and_the_rest_is_checked(full, unguarded):
    found = unguarded("UPDATE visit SET state = 'bookd' WHERE id = 3")
    assert found == ["times"]  # and "records"
    said = {one.code: one.message for one in check.findings(full.store.where)}
    assert said["times"].startswith("Not readable")


def test_a_clinic_without_its_head_is_reported(full, unguarded):
    assert "audit" in unguarded("DELETE FROM head")


def test_the_check_changes_nothing(full):
    store = full.store
    number = store.change_number()
    check.findings(store.where)
    assert store.change_number() == number
    if not isinstance(store.where, str):
        store.close()
        file = file_of(store.where)
        before = file.read_bytes()
        check.findings(store.where)
        assert file.read_bytes() == before
        full.store = open_store(store.where, full.clock)
        full.store.close()


def test_every_visit_state_is_looked_at(full):
    with full.store.read() as records:
        assert {one.state.value for one in records.find(Visit)} >= {"booked", "cancelled"}
