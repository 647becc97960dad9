"""Taking and giving up places."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import Conflict
from clinic_desktop.scheduling.availability import by_place, rows_of
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Claim, ClaimKind, Visit
from clinic_desktop.storage import cipher
from clinic_desktop.storage.schedule import _TAKEN
from tests.small_clinic import MONDAY, SmallClinic
from tests.storage.conftest import beside

AT = 29_900_000


@pytest.fixture
def visits(clinic: SmallClinic) -> tuple[Visit, ...]:
    """Five held visits without claims, to hang claims on."""
    bare = Visit(
        patient_id=clinic.noah.id, type_id=1, nurse_id=1, day=MONDAY, zone="UTC", start=AT, end=AT + 60
    )
    with clinic.store.write(PROGRAM) as unit:
        kept = unit.add_all([replace(bare, state="held") for _ in range(5)])  # type: ignore[arg-type]  # a word
        unit.commit()
    return tuple(kept)


def placed(
    clinic: SmallClinic, claims: Iterable[Claim], given_up: Iterable[int] = (), limit: int = 3
) -> None:
    with clinic.store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY])
        wanted = list(claims)
        # A visit gives places up, and takes others, where it changes: a server refuses it unsaid.
        for one in sorted({*given_up, *(claim.visit_id for claim in wanted)}):
            unit.save(unit.get(Visit, one))
        unit.place(list(given_up), wanted, lambda _nurse: limit)
        unit.commit()


def there(clinic: SmallClinic) -> list[Claim]:
    with clinic.store.read() as records:
        return sorted(
            records.claims_between(AT - 3000, AT + 3000), key=lambda one: (one.visit_id, one.start, one.kind)
        )


def watch(visit: Visit, start: int, end: int, nurse: int = 1) -> Claim:
    return Claim(ClaimKind.WATCH, nurse, AT + start, AT + end, visit_id=visit.id)


def room(visit: Visit, start: int, end: int, number: int = 1) -> Claim:
    return Claim(ClaimKind.ROOM, number, AT + start, AT + end, visit_id=visit.id)


def test_a_nurse_watches_as_many_as_the_limit_and_no_more(clinic, visits):
    one, two, three, four, _ = visits
    placed(clinic, [watch(one, 0, 60), watch(two, 10, 70), watch(three, 20, 80)])
    with pytest.raises(Conflict) as told:
        placed(clinic, [watch(four, 50, 55)])
    assert {(t.kind, t.name, t.visit_id) for t in told.value.taken} == {
        ("watch", "Maya Jones", visit.id) for visit in (one, two, three)
    }
    placed(clinic, [watch(four, 60, 65)])  # one has gone
    placed(clinic, [watch(visits[4], 50, 55, nurse=2)])
    assert {claim.slot for claim in there(clinic)} == {0, 1, 2}


def test_places_are_numbered_anew_so_that_what_fits_is_taken(clinic, visits):
    """
    one    |-----|              place 1
    two       |-----|           place 2
    three           |-----|     place 1, then ...
    four         |-----|        ... needs place 1 itself: three moves over
    """
    one, two, three, four, _ = visits
    placed(clinic, [watch(one, 0, 30)], limit=2)
    placed(clinic, [watch(two, 15, 45)], limit=2)
    placed(clinic, [watch(three, 45, 75)], limit=2)
    placed(clinic, [watch(four, 30, 60)], limit=2)
    slots = {claim.visit_id: claim.slot for claim in there(clinic)}
    assert slots == {one.id: 0, two.id: 1, three.id: 1, four.id: 0}


def test_a_lower_limit_holds_from_then_on(clinic, visits):
    one, two, three, _, _ = visits
    placed(clinic, [watch(one, 0, 60), watch(two, 0, 60)], limit=2)
    with pytest.raises(Conflict):
        placed(clinic, [watch(three, 0, 60)], limit=1)
    assert len(there(clinic)) == 2


def test_two_of_one_batch_in_each_others_way_are_refused(clinic, visits):
    """A course that wants one room twice at a time: no visit holds it yet, so none is named."""
    with pytest.raises(Conflict) as told:
        placed(clinic, [room(visits[0], 0, 60), room(visits[1], 30, 90)])
    assert [(one.kind, one.visit_id) for one in told.value.taken] == [("room", None)]
    with pytest.raises(Conflict) as told:
        placed(clinic, [watch(visit, 0, 60) for visit in visits[:4]])
    assert {one.visit_id for one in told.value.taken} == {None}
    assert there(clinic) == []


def test_giving_up_comes_first_so_a_visit_never_blocks_its_own_move(clinic, visits):
    one = visits[0]
    placed(clinic, [room(one, 0, 60)])
    placed(clinic, [room(one, 30, 90)], given_up=[one.id])
    assert [(claim.start, claim.end) for claim in there(clinic)] == [(AT + 30, AT + 90)]


def test_two_visits_can_change_places(clinic, visits):
    one, other = visits[:2]
    placed(clinic, [room(one, 0, 60, 1), room(other, 0, 60, 2)])
    placed(clinic, [room(one, 0, 60, 2), room(other, 0, 60, 1)], given_up=[one.id, other.id])
    assert {claim.visit_id: claim.resource_id for claim in there(clinic)} == {one.id: 2, other.id: 1}


def test_over_midnight_a_place_is_a_place(clinic, visits):
    """Late on one day and early on the next: other days' locks, the same room."""
    one, other = visits[:2]
    late = room(one, 0, 120)
    placed(clinic, [late])
    with clinic.store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY + timedelta(days=1)])
        with pytest.raises(Conflict) as told:
            unit.place([], [room(other, 119, 180)], lambda _: 3)
    assert [one.visit_id for one in told.value.taken] == [late.visit_id]


def test_who_comes_between_without_the_lock_is_named_all_the_same(clinic, visits, monkeypatch):
    """The guard of the database is the last word: whoever it was is looked up and told."""
    one, other = visits[:2]
    placed(clinic, [room(one, 0, 60)])
    store = clinic.store
    with store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY])
        looked = iter([[]])  # as if the other had not been there yet when we looked
        real = type(unit)._taken
        monkeypatch.setattr(unit, "_taken", lambda wanted: next(looked, None) or real(unit, wanted))
        with pytest.raises(Conflict) as told:
            unit.place([], [room(other, 30, 90)], lambda _: 3)
        assert [(t.name, t.visit_id) for t in told.value.taken] == [("Consult 1", one.id)]
        with pytest.raises(RuntimeError, match="over"):
            unit.commit()
    assert len(there(clinic)) == 1


def test_a_real_writer_in_between_on_a_server(server_clinic, monkeypatch):
    """Two transactions on one room without a common lock: the second waits, then learns who has it."""
    clinic = server_clinic
    (mine,) = book(clinic.store, clinic.desk, clinic.wish()).visits
    with beside(clinic.store.where) as other, clinic.store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY])
        values = f"10000000100, {AT}, {AT + 60}, {mine.id}"
        other.run(f"INSERT INTO claim (place, starts, ends, visit_id) VALUES ({values})")
        with pytest.raises(Conflict) as told:
            unit.place([], [Claim(ClaimKind.ROOM, 1, AT + 30, AT + 90, visit_id=mine.id)], lambda _: 3)
    assert told.value.taken[0].visit_id == mine.id


def test_claims_between_looks_back_as_far_as_a_claim_can_reach(clinic, visits):
    placed(clinic, [room(visits[0], 0, 1440)])
    with clinic.store.read() as records:
        assert len(records.claims_between(AT + 1439, AT + 1440)) == 1
        assert records.claims_between(AT + 1440, AT + 1500) == []
        assert records.claims_between(AT - 60, AT) == []


def test_what_is_taken_is_told_without_taking_anything(clinic, visits):
    one, two, *_ = visits
    placed(clinic, [room(one, 0, 60), watch(one, 0, 60)], limit=1)
    before = there(clinic)
    with clinic.store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY])
        unit.must_be_free([room(two, 60, 90), watch(two, 60, 90)], lambda _nurse: 1)
        with pytest.raises(Conflict) as told:
            unit.must_be_free([room(two, 30, 90), watch(two, 30, 90)], lambda _nurse: 1)
    assert [(t.kind, t.visit_id) for t in told.value.taken] == [("room", one.id), ("watch", one.id)]
    assert there(clinic) == before


def test_taken_says_of_each_place_what_its_claims_say(clinic, visits):
    one, two, three, four, _ = visits
    watched = [watch(one, 0, 60), watch(two, 10, 70), watch(three, 20, 80), watch(one, 0, 60, nurse=2)]
    placed(clinic, [*watched, room(one, 90, 120), room(four, 0, 30), room(two, 0, 30, number=3)])
    asked = [(ClaimKind.ROOM, 1), (ClaimKind.WATCH, 1), (ClaimKind.WATCH, 3), (ClaimKind.PATIENT, 1)]
    with clinic.store.read() as records:
        taken = records.taken(asked, AT, AT + 200)
        claims = by_place(rows_of(records.claims_between(AT, AT + 200)))
    for place in asked:
        assert sorted(taken.get(place, ())) == sorted(claims.get(place, ()))
    assert [len(taken.get(place, ())) for place in asked] == [2, 3, 0, 0]


def test_taken_is_bounded_like_claims_between(clinic, visits):
    placed(clinic, [room(visits[0], 0, 1440)])
    place = (ClaimKind.ROOM, 1)
    with clinic.store.read() as records:
        for start, end, found in ((1439, 1440, 1), (1440, 1500, 0), (-60, 0, 0), (-60, 1, 1)):
            assert len(records.taken([place], AT + start, AT + end)[place]) == found


def test_a_change_under_way_sees_the_places_it_takes(clinic, visits):
    with clinic.store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY])
        unit.place([], [watch(visits[0], 0, 60), room(visits[0], 0, 60)], lambda _nurse: 3)
        places = [(ClaimKind.ROOM, 1), (ClaimKind.WATCH, 1)]
        assert unit.taken(places, AT, AT + 60) == {one: [(AT, AT + 60, visits[0].id)] for one in places}


def test_a_question_among_many_that_goes_wrong_spoils_no_other_reading(clinic):
    with pytest.raises((*cipher.failures(), psycopg.Error)), clinic.store.read() as records:
        records.rows_of_each("SELECT 1 / (x - ?) FROM nowhere", [[1], [2]])
    with clinic.store.read() as records:
        assert records.rows_of_each("SELECT id FROM room WHERE id = ?", [[1], [99], [2]]) == [
            [(1,)],
            [],
            [(2,)],
        ]


def test_r9_a_search_through_weeks_reads_the_index_alone(file_clinic):
    """So it stays quick in a clinic of many years."""
    with beside(file_clinic.store.where) as direct:
        plan = direct.run(f"EXPLAIN QUERY PLAN {_TAKEN.replace('?', '1')}")
    assert [step[3] for step in plan] == [
        "SEARCH claim USING COVERING INDEX ix_claim_place_starts (place=? AND starts>? AND starts<?)"
    ]
