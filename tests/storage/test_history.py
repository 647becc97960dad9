"""A patient's history, read from the trail of each database: whose it is, its order, how much at once."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.trail import Trace
from clinic_desktop.people.model import Clearance, Merge, Order, Patient, Screening
from clinic_desktop.people.patients import edit
from clinic_desktop.people.screenings import review
from clinic_desktop.scheduling.booking import Wish
from clinic_desktop.scheduling.clearing import Decision, clear
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.merging import merge_patients, undo_merge
from clinic_desktop.scheduling.model import Course, Override, Visit
from clinic_desktop.scheduling.ordering import write_order
from clinic_desktop.storage.history import HISTORY
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.treatment.model import Stamp, StampKind
from tests.people.small_clinic import DRIVER, NOW, SmallClinic, founded
from tests.people.test_screenings import all_no

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def clinic(any_store: SqlStore, clinic_clock) -> SmallClinic:
    clinic_clock.at = NOW
    return founded(any_store, clinic_clock)


def history(clinic: SmallClinic, patient: Patient, **more) -> list[Trace]:
    with clinic.store.read() as records:
        return records.history_of(patient.id, **more)


def kinds(traces: list[Trace]) -> list[tuple[type, bool]]:
    """What each is about, and whether it was new."""
    return [(type(one.after or one.before), one.before is None) for one in traces]


def test_everything_about_one_patient_and_nobody_else_the_newest_first(clinic: SmallClinic) -> None:
    amara = clinic.patient(birth_date=date(1984, 4, 12))
    other = clinic.patient("Noah", "Reed")
    review(clinic.store, clinic.nurse, all_no(amara.id))
    clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv"))
    clear(clinic.store, clinic.prescriber, Decision(other.id, "iv"))
    write_order(clinic.store, clinic.prescriber, Order(0, 0, amara.id, "iv", "ketamine", "IV", 36))
    visit = clinic.book(amara.id, "IVM", FRIDAY, 600)
    edit(clinic.store, clinic.reception, replace(amara, email="amara@example.org"), "asked by phone")
    traces = history(clinic, amara)
    assert kinds(traces) == [
        (Patient, False), (Visit, True), (Order, True), (Clearance, True), (Screening, True), (Patient, True),
    ]  # fmt: skip
    changed, booked = traces[0], traces[1]
    assert (changed.before.email, changed.after.email) == ("", "amara@example.org")
    assert (changed.reason, changed.at, changed.person_id) == (
        "asked by phone", NOW, clinic.reception.person_id,
    )  # fmt: skip
    assert booked.after == visit
    assert [one.number for one in traces] == sorted((one.number for one in traces), reverse=True)


def test_images_come_back_as_they_were_written(clinic: SmallClinic) -> None:
    """Sets, days, instants and parts of parts, on both databases."""
    amara = clinic.patient(birth_date=date(1984, 4, 12))
    undriven = clinic.book(amara.id, "CON", FRIDAY, 600, plan=None)
    assert history(clinic, amara)[0].after == clinic.get(Visit, undriven.id)
    held = clinic.get(Visit, undriven.id)
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(held, held_for=frozenset({"driver", "clearance"}), phase_minutes=(10, 60, 5)))
        unit.commit()
    after = history(clinic, amara)[0].after
    assert (after.held_for, after.phase_minutes) == (frozenset({"driver", "clearance"}), (10, 60, 5))


def test_what_was_given_how_visits_ended_and_what_was_allowed_belongs_to_it(clinic: SmallClinic) -> None:
    amara, noah = clinic.patient(), clinic.patient("Noah", "Reed")
    visit = clinic.book(amara.id, "CON", FRIDAY, 600, plan=None)
    other = clinic.book(noah.id, "CON", FRIDAY, 720, plan=None)
    with clinic.store.write(clinic.nurse) as unit:
        dose = unit.add(Stamp(visit_id=visit.id, kind=StampKind.DOSE, at=NOW, dose=28))
        vitals = unit.add(Stamp(visit_id=visit.id, kind=StampKind.VITALS, at=NOW, systolic=120, diastolic=80))
        left = unit.add(Stamp(visit_id=visit.id, kind=StampKind.LEFT_EARLY, at=NOW, note="Walked out"))
        for one in (dose, vitals):
            unit.add(Stamp(visit_id=visit.id, kind=StampKind.STRUCK, at=NOW, corrects=one.id, reason="Typo"))
        unit.add(Stamp(visit_id=other.id, kind=StampKind.DOSE, at=NOW, dose=56))
        unit.add(
            Override(visit_id=visit.id, rule="past", by=1, at=NOW, reason="asked", day=FRIDAY, minute=600)
        )
        unit.commit()
    found = [one.after for one in history(clinic, amara) if isinstance(one.after, Stamp | Override)]
    stamps = [one for one in found if isinstance(one, Stamp)]
    assert [(one.rule, one.reason) for one in found if isinstance(one, Override)] == [("past", "asked")]
    assert {(one.kind, one.corrects) for one in stamps} == {
        (StampKind.STRUCK, dose.id), (StampKind.LEFT_EARLY, None), (StampKind.DOSE, None),
    }  # fmt: skip
    assert left.id in {one.id for one in stamps}
    assert [one for one in history(clinic, noah) if isinstance(one.after, Override)] == []


def test_the_history_of_a_visit_has_every_stamp_of_it_with_what_was_corrected(clinic: SmallClinic) -> None:
    amara = clinic.patient()
    visit, other = (clinic.book(amara.id, "CON", FRIDAY, minute, plan=None) for minute in (600, 720))
    with clinic.store.write(clinic.nurse) as unit:
        vitals = unit.add(Stamp(visit_id=visit.id, kind=StampKind.VITALS, at=NOW, systolic=120, diastolic=80))
        unit.add(Stamp(visit_id=other.id, kind=StampKind.VITALS, at=NOW, systolic=140, diastolic=90))
        again = replace(vitals, id=0, version=0, systolic=130, corrects=vitals.id, reason="read again")
        again = unit.add(again)
        struck = unit.add(
            Stamp(visit_id=visit.id, kind=StampKind.STRUCK, at=NOW, corrects=again.id, reason="of another")
        )
        unit.commit()
    with clinic.store.read() as records:
        found = records.history_of_visit(visit.id)
    assert [one.after for one in found if isinstance(one.after, Stamp)] == [struck, again, vitals]
    assert {one.person_id for one in found[:3]} == {clinic.nurse.person_id}


def test_a_page_at_a_time(clinic: SmallClinic) -> None:
    amara = clinic.patient()
    for number in range(5):
        amara = edit(clinic.store, clinic.reception, replace(amara, notes=f"note {number}")).patient
    first = history(clinic, amara, most=4)
    assert [one.after.notes for one in first] == ["note 4", "note 3", "note 2", "note 1"]
    rest = history(clinic, amara, below=first[-1].number, most=4)
    assert [one.after.notes for one in rest] == ["note 0", ""]


def test_a_course_with_its_visits(clinic: SmallClinic) -> None:
    amara = clinic.patient(birth_date=date(1984, 4, 12))
    clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv"))
    template = next(one for one in clinic.setup().templates if one.code == "IV6")
    people = {"nurse_id": clinic.nurse.person_id, "room_id": clinic.setup().rooms[0].id}
    wish = Wish(amara.id, "IVM", FRIDAY, 600, plan=DRIVER, **people)
    book_course(clinic.store, clinic.manager, CourseWish(template, [(1, wish)]))
    assert [kind for kind, _ in kinds(history(clinic, amara))][:2] == [Visit, Course]


def test_a_merge_is_told_on_both_sides_and_what_came_over_brings_its_history(clinic: SmallClinic) -> None:
    kept, merged = clinic.patient(), clinic.patient("Amarah", "Okafor")
    visit = clinic.book(merged.id, "CON", FRIDAY, 600, plan=None)
    done = merge_patients(clinic.store, clinic.manager, kept, merged, "same person")
    assert (Visit, True) in kinds(history(clinic, kept))
    assert (Visit, True) not in kinds(history(clinic, merged))
    for one in (kept, merged):
        told = [trace for trace in history(clinic, one) if isinstance(trace.after, Merge)]
        assert [(trace.after.kept_id, trace.reason) for trace in told] == [(kept.id, "same person")]
    undo_merge(clinic.store, clinic.manager, done.merge.id)
    assert clinic.get(Visit, visit.id).patient_id == merged.id
    assert (Visit, True) in kinds(history(clinic, merged))
    assert (Visit, True) not in kinds(history(clinic, kept))


def test_no_other_rows_of_the_trail_are_looked_at(sqlite_store: SqlStore) -> None:
    """A trail of a million rows costs what the patient's own rows cost: each is reached by its record."""
    asked = [1] * (HISTORY.count("?") - 2) + [2**31 - 1, 100]
    with sqlite_store.read() as records:
        steps = [str(row[3]) for row in records.rows(f"EXPLAIN QUERY PLAN {HISTORY}", asked)]
    trail = [one for one in steps if "ix_audit" in one or one.startswith("SCAN a")]
    assert len(trail) == 24
    assert all("(kind=? AND record_id=?" in one for one in trail)
