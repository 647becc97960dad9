"""One transaction: all of it or none, by somebody who saw what they change."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.errors import BadInput, Conflict, NotFound, StaleEdit
from clinic_desktop.people.model import Absence, Patient, Phone
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.model import Closure, Room, Visit
from clinic_desktop.storage import check
from clinic_desktop.storage.failures import GuardRefused
from clinic_desktop.storage.store import SqlStore
from tests.small_clinic import MONDAY

ANN = Patient(given_name="Ann", family_name="Lee")
DESK_ACTOR = Actor(7, frozenset({Role.NURSE, Role.MANAGER}), "front")


def added(store: SqlStore, *records, actor=PROGRAM):
    with store.write(actor) as unit:
        out = [unit.add(one) for one in records]
        return (*out, unit.commit())


def test_what_is_added_is_read_back_the_same(any_store):
    jose = replace(
        ANN,
        given_name="José",
        family_name="Ng'ethe “the great” 李",
        birth_date=date(1984, 2, 29),
        phones=(Phone("(512) 555-0142", "home"), Phone("555-0143")),
        notes="line one\nline two; 'quoted' \"twice\" -- and a \\ %s ? {} € 🙂",
        rems_enrolled_on=date(2026, 1, 2),
    )
    written, changes = added(any_store, jose)
    assert (written.version, written.chart_number) == (1, f"C{written.id:05d}")
    assert changes.patients == {written.id}
    with any_store.read() as records:
        assert records.get(Patient, written.id) == written
        assert replace(written, id=0, version=0, chart_number="") == jose


def _add_and_stop(store: SqlStore, stop: type[BaseException]) -> None:
    with store.write(PROGRAM) as unit:
        unit.add(ANN)
        raise stop


def test_leaving_without_commit_leaves_nothing(any_store):
    with any_store.write(PROGRAM) as unit:
        unit.add(ANN)
    for stop in (ZeroDivisionError, KeyboardInterrupt):
        with pytest.raises(stop):
            _add_and_stop(any_store, stop)
    with any_store.read() as records:
        assert records.find(Patient) == []
    assert any_store.change_number() == 0
    assert any_store.engine.pool.checkedout() == 0
    *_, changes = added(any_store, ANN)  # and nobody stands in the way
    assert changes.number > 0


@pytest.mark.parametrize("opened", [SqlStore.read, lambda store: store.write(PROGRAM)], ids=["read", "left"])
def test_a_server_keeps_what_it_has_prepared_where_nothing_was_written(postgres_store, opened):
    for _ in range(7):
        with opened(postgres_store) as records:
            records.find(Patient, id=1)
    with opened(postgres_store) as records:
        prepared = [row[0] for row in records.rows("SELECT statement FROM pg_prepared_statements")]
    assert any("FROM patient" in one for one in prepared)


def test_what_was_written_without_a_record_is_taken_back_too(clinic):
    """Claims alone leave no entry in the trail."""
    (visit,) = book(clinic.store, clinic.desk, clinic.wish()).visits
    with clinic.store.write(PROGRAM) as unit:
        unit.lock_days([visit.day])
        unit.place([visit.id], [], lambda _: 1)
    with clinic.store.read() as records:
        assert records.claims_between(visit.start, visit.end)


def test_no_connection_is_lost_whatever_is_raised(any_store):
    for _ in range(30):  # more than the pool has
        with pytest.raises(SystemExit), any_store.read():
            raise SystemExit
        with pytest.raises(NotFound), any_store.write(PROGRAM) as unit:
            unit.get(Patient, 4711)
    assert any_store.engine.pool.checkedout() == 0


def test_an_edit_of_what_somebody_else_changed_is_refused(any_store):
    ann, _ = added(any_store, ANN)
    with any_store.write(PROGRAM) as unit:
        assert unit.save(replace(ann, notes="first")).version == 2
        unit.commit()
    with any_store.write(PROGRAM) as unit, pytest.raises(StaleEdit) as told:
        unit.save(replace(ann, notes="second"))
    assert (told.value.kind, told.value.record_id) == ("patient", ann.id)
    with any_store.write(PROGRAM) as unit, pytest.raises(NotFound):
        unit.save(replace(ann, id=4711))
    with any_store.read() as records:
        assert records.get(Patient, ann.id).notes == "first"


def test_removing_what_somebody_else_changed_is_refused(any_store):
    closure, _ = added(any_store, Closure(reason="Paint"))
    with any_store.write(PROGRAM) as unit:
        unit.save(replace(closure, reason="Wet paint"))
        unit.commit()
    with any_store.write(PROGRAM) as unit, pytest.raises(StaleEdit):
        unit.remove(closure)
    with any_store.write(PROGRAM) as unit:
        unit.remove(replace(closure, version=2))
        unit.commit()
    with any_store.read() as records:
        assert records.find(Closure) == []


def test_what_is_referred_to_cannot_be_removed(clinic):
    room = clinic.rooms["Infusion 1"]
    book(clinic.store, clinic.desk, clinic.wish())
    with clinic.store.write(PROGRAM) as unit, pytest.raises(GuardRefused, match="no longer fit together"):
        unit.remove(room)


def test_after_commit_a_unit_is_over(any_store):
    """What would be written now would be lost without a word."""
    with any_store.write(PROGRAM) as unit:
        unit.add(ANN)
        unit.commit()
        with pytest.raises(RuntimeError, match="over: it is committed"):
            unit.add(ANN)
        with pytest.raises(RuntimeError, match="over"):
            unit.commit()


def test_after_a_refusal_a_unit_cannot_be_committed(clinic):
    """A conflict that somebody catches must not commit the claims that were given up before it."""
    (mine,) = book(clinic.store, clinic.desk, clinic.wish()).visits
    (other,) = book(clinic.store, clinic.desk, clinic.wish("CON", 900)).visits
    with clinic.store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY])
        setup = unit.setup()
        blocked = claims_of(replace(mine, id=other.id), setup.type_by_id(mine.type_id))
        with pytest.raises(Conflict):
            unit.place([other.id], blocked, setup.watch_limit)
        with pytest.raises(RuntimeError, match="over: Conflict was raised"):
            unit.commit()
    assert check.findings(clinic.store.where) == []


def test_the_days_are_locked_once_and_first(any_store):
    with any_store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY, date(2026, 11, 17)])
        unit.lock_days([MONDAY])
        with pytest.raises(RuntimeError, match="lock all days of a transaction at once"):
            unit.lock_days([date(2026, 11, 18)])
        with pytest.raises(RuntimeError, match="lock all days of a transaction at once"):
            unit.lock_all_days()
    with any_store.write(PROGRAM) as unit:
        unit.lock_all_days()
        unit.lock_days([MONDAY])
    with any_store.write(PROGRAM) as unit:
        unit.add(ANN)
        with pytest.raises(RuntimeError, match="before the first write"):
            unit.lock_days([MONDAY])
    with any_store.write(PROGRAM) as unit, pytest.raises(RuntimeError, match="before their places"):
        unit.place([], [], lambda _: 3)


def test_a_unit_sees_the_set_up_that_it_changed_and_nobody_else_does(clinic):
    away = Absence(staff_id=clinic.maya.id, from_day=MONDAY, to_day=MONDAY)
    with clinic.store.write(PROGRAM) as unit:
        assert unit.setup().absences == ()
        added_here = unit.add(away)
        assert unit.setup().absences == (added_here,)
        with clinic.store.read() as others:
            assert others.setup().absences == ()
    with clinic.store.read() as records:
        assert records.setup().absences == ()
    *_, changes = added(clinic.store, away)
    assert "absence" in changes.kinds
    with clinic.store.read() as records:
        assert len(records.setup().absences) == 1


def test_the_set_up_is_read_once_until_somebody_changes_it(clinic):
    with clinic.store.read() as records:
        first = records.setup()
    book(clinic.store, clinic.desk, clinic.wish())
    with clinic.store.read() as records:
        assert records.setup() is first
    added(clinic.store, Room(name="New"))
    with clinic.store.read() as records:
        assert records.setup() is not first


def test_a_reader_sees_one_moment(any_store):
    added(any_store, ANN)
    with any_store.read() as records:
        assert len(records.find(Patient)) == 1
        added(any_store, Patient(given_name="Bob"))
        assert len(records.find(Patient)) == 1
        assert records.setup() == records.setup()
    with any_store.read() as records:
        assert len(records.find(Patient)) == 2


def test_finding_by_none_one_or_any_of_many(any_store):
    people = [Patient(given_name=f"P{n}", birth_date=date(2000, 1, 1 + n % 3)) for n in range(6)]
    with any_store.write(PROGRAM) as unit:
        kept = unit.add_all(people)
        unit.save(replace(kept[0], merged_into=kept[1].id))
        unit.commit()
    with any_store.read() as records:
        assert len(records.find(Patient, merged_into=None)) == 5
        assert [one.id for one in records.find(Patient, id=[kept[4].id, kept[2].id, 99])] == [3, 5]
        assert len(records.find(Patient, birth_date={date(2000, 1, 1), date(2000, 1, 2)})) == 4
        assert records.find(Patient, id=[]) == []
        assert len(records.find(Patient, id=list(range(70_000)))) == 6


def test_many_of_one_kind_keep_their_order(any_store):
    people = [Patient(given_name=f"P{n:04}") for n in range(1500)]
    with any_store.write(PROGRAM) as unit:
        kept = unit.add_all(people)
        unit.commit()
    assert [one.given_name for one in kept] == [one.given_name for one in people]
    assert len({one.chart_number for one in kept}) == 1500
    with any_store.read() as records:
        assert records.find(Patient) == kept


def test_chart_numbers_are_given_once(any_store):
    with any_store.write(PROGRAM) as unit:
        first, imported = unit.add_all([ANN, replace(ANN, chart_number="OLD-7")])
        unit.commit()
    with any_store.write(PROGRAM) as unit:
        unit.add(ANN)  # never committed: its number may be given again or not, but never twice
    second, _ = added(any_store, ANN)
    assert imported.chart_number == "OLD-7"
    assert first.chart_number != second.chart_number
    with any_store.write(PROGRAM) as unit, pytest.raises(GuardRefused):
        unit.add(replace(ANN, chart_number="OLD-7"))


def test_a_chart_number_that_was_given_by_hand_stops_no_new_patient(any_store):
    with any_store.write(PROGRAM) as unit:
        unit.add_all([replace(ANN, chart_number=one) for one in ("C00004", "C00005", "C00007")])
        unit.commit()
    new = []
    for count in (1, 3):
        with any_store.write(PROGRAM) as unit:
            new += [one.chart_number for one in unit.add_all([ANN] * count)]
            unit.commit()
    assert len({*new, "C00004", "C00005", "C00007"}) == 7


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_a_sign_that_cannot_be_stored_is_told(any_store, text):
    with any_store.write(PROGRAM) as unit, pytest.raises(BadInput, match="cannot be stored"):
        unit.add(replace(ANN, notes=text))
    with any_store.read() as records:
        assert records.find(Patient) == []


def test_a_number_that_cannot_be_stored_is_told(any_store):
    with any_store.write(PROGRAM) as unit, pytest.raises(BadInput, match="too large"):
        unit.add(Room(name="R", position=2**70))


def test_a_conflict_names_every_place_and_by_which_visit(clinic):
    (there,) = book(clinic.store, clinic.desk, clinic.wish()).visits
    with pytest.raises(Conflict) as told:
        book_over(clinic.store, there)
    taken = {(one.kind, one.name, one.visit_id) for one in told.value.taken}
    assert taken == {
        ("room", "Infusion 1", there.id),
        ("patient", "Amara Okafor", there.id),
        ("hands", "Maya Jones", there.id),
    }


def book_over(store: SqlStore, there: Visit) -> None:
    with store.write(PROGRAM) as unit:
        unit.lock_days([there.day])
        setup = unit.setup()
        again = unit.add(replace(there, id=0))
        unit.place([], claims_of(again, setup.type_by_id(again.type_id)), setup.watch_limit)
