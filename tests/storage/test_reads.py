"""The quick rows say the same as the records, on both databases."""

import threading
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.booking import book, book_all
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.model import Course, GoingHomePlan, PhaseStaff, Visit
from clinic_desktop.storage.reader import Reader
from clinic_desktop.storage.tables import RECORDS, visit
from clinic_desktop.storage.typed import shape
from tests.small_clinic import MONDAY, SmallClinic

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def week(clinic: SmallClinic) -> SmallClinic:
    """Monday: a booked, a held and a cancelled visit. Wednesday: one of a course."""
    store, desk = clinic.store, clinic.desk
    book(store, desk, clinic.wish())
    noah = replace(clinic.wish("CON", 480), patient_id=clinic.noah.id)
    book(store, desk, noah)
    (gone,) = book(store, desk, replace(noah, minute=840)).visits
    cancel(store, desk, gone.id, gone.version, CancelReason.COST)
    with store.write(PROGRAM) as unit:
        course = unit.add(Course(patient_id=clinic.amara.id, planned=6))
        unit.commit()
    wish = clinic.wish(day=MONDAY + timedelta(days=2), plan=None)
    (later,) = book_all(store, desk, [wish]).visits
    with store.write(PROGRAM) as unit:
        odd = replace(
            later,
            course_id=course.id,
            course_no=2,
            phase_staff=(PhaseStaff(1, "nurse", clinic.tunde.id),),  # type: ignore[arg-type]  # the word
            plan_kind=TransportKind.TAXI_ALONE,
            plan_confirmed_at=clinic.clock.now(),
            entered=later.start + 3,
            left=later.start + 100,
            note="“quoted” 'twice' ?",
        )
        unit.save(odd)
        unit.commit()
    return clinic


def test_what_earlier_days_left_open_comes_latest_first(week):
    wednesday = MONDAY + timedelta(days=2)
    with week.store.read() as records:
        monday = [one for one in records.visits_on(MONDAY, MONDAY) if one.state != "cancelled"]
        later = records.visits_on(wednesday, wednesday)
        assert records.unclosed_before(MONDAY, 9) == []
        assert records.unclosed_before(TUESDAY, 9) == monday[::-1]
        assert records.unclosed_before(date.max, 9) == [*later, *monday[::-1]]
        assert records.unclosed_before(date.max, 2) == [*later, monday[-1]]


def test_the_rows_of_a_day_are_its_visits_with_their_patients(week):
    with week.store.read() as records:
        rows = records.day_rows(MONDAY)
        assert [row.visit for row in rows] == records.visits_on(MONDAY, MONDAY)
        assert sorted((row.visit for row in rows), key=lambda one: one.id) == records.find(Visit, day=MONDAY)
    assert [row.visit.minute for row in rows] == [480, 600, 840]
    amara = rows[1]
    assert (amara.name, amara.preferred_name, amara.birth_date, amara.phone, amara.planned) == (
        "Okafor, Amara",
        "",
        date(1984, 4, 12),
        "(512) 555-0142",
        0,
    )
    assert rows[0].birth_date is None


def test_the_rows_of_a_range_include_both_ends_and_nothing_beyond(week):
    wednesday = MONDAY + timedelta(days=2)
    with week.store.read() as records:
        assert [row.visit.day for row in records.range_rows(MONDAY, wednesday)] == [MONDAY] * 3 + [wednesday]
        assert records.range_rows(TUESDAY, TUESDAY) == []
        (row,) = records.range_rows(TUESDAY, wednesday)
    assert (row.planned, row.visit.course_no) == (6, 2)
    with week.store.read() as records:
        assert row.visit == records.get(Visit, row.visit.id)


def test_what_the_rules_ask_for_again_and_again_is_read_once(week, monkeypatch):
    asked = []
    real = Reader.rows
    monkeypatch.setattr(Reader, "rows", lambda self, *query: asked.append(query) or real(self, *query))
    with week.store.read() as records:
        first = records.find(Visit, patient_id=week.amara.id)
        first.clear()  # whoever asked may do with the list what they like
        assert len(records.find(Visit, patient_id=week.amara.id)) == 2
        assert len(records.find(Visit, patient_id=week.noah.id)) == 2
        assert len(records.find(Visit, patient_id=[week.amara.id, week.noah.id])) == 4
    assert len(asked) == 3


def test_the_next_reader_sees_what_was_written_since(week):
    with week.store.read() as records:
        before = records.find(Visit, patient_id=week.noah.id)
        with week.store.write(PROGRAM) as unit:
            unit.save(replace(before[0], note="asked for the quiet room"))
            unit.commit()
        assert records.find(Visit, patient_id=week.noah.id) == before, "one reader, one moment"
    with week.store.read() as records:
        assert records.find(Visit, patient_id=week.noah.id)[0].note == "asked for the quiet room"


def test_many_threads_may_ask_at_once(week):
    answers: list[int] = []

    def ask() -> None:
        for _ in range(20):
            with week.store.read() as records:
                answers.append(len(records.day_rows(MONDAY)))

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [3] * 240


def test_a_column_stands_where_its_field_stands():
    """Rows become records by position."""
    for kind, table in RECORDS.items():
        assert [column.name for column in table.columns] == [one.name for one in fields(kind)]
    assert shape(Visit).columns("v").startswith('v."id", v."version"')
    assert visit.name == "visit"


def test_a_plan_is_read_back_as_it_was(clinic):
    plan = GoingHomePlan(name="Bea", phone="1", relationship="sister", adult=True)
    (booked,) = book(clinic.store, clinic.desk, clinic.wish(plan=plan)).visits
    with clinic.store.read() as records:
        (row,) = records.day_rows(MONDAY)
    assert row.visit.plan == booked.plan == plan
