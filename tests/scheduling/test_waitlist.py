"""The waitlist: who is called about a freed time, why, and what a call changes. Nobody is booked unasked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.errors import BadInput, Conflict, Refusal, RightMissing
from clinic_desktop.people.model import Clearance, Patient, Screening, UsualDriver
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.calling_waiting import WaitCalled, call_waiting
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.freed import Candidate, Slot, candidates, freed_on, left_by, still_free
from clinic_desktop.scheduling.looking_lost import after_calling
from clinic_desktop.scheduling.merging import merge_patients, undo_merge
from clinic_desktop.scheduling.model import Closure, Course, Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.steps import step_of
from clinic_desktop.scheduling.undoing import redo, undo
from clinic_desktop.scheduling.waiting import WaitEntry, wait_for, waiting, withdraw_wait
from clinic_desktop.storage.failures import GuardRefused
from tests.small_clinic import BEA, MONDAY, SmallClinic, instant

K = CallOutcome
TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=n) for n in (1, 2, 3))
DRIVER = UsualDriver("Bea Marsh", "(217) 555-0142", "sister")


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    any_clinic.clock.at = instant(9)
    return any_clinic


def somebody(clinic: SmallClinic, family: str, **changes: object) -> Patient:
    with clinic.store.write(PROGRAM) as unit:
        new = replace(clinic.amara, id=0, version=0, chart_number="", family_name=family)
        patient = unit.add(replace(new, **changes))  # type: ignore[arg-type]  # replace checks the names
        unit.add(Screening(patient_id=patient.id, reviewed_by=clinic.lin.id, reviewed_at=clinic.clock.now()))
        for one in unit.find(Clearance, patient_id=clinic.amara.id):
            unit.add(replace(one, id=0, version=0, patient_id=patient.id))
        unit.commit()
    return patient


def waits(clinic: SmallClinic, patient: Patient, code: str = "IVM", **more: object) -> WaitEntry:
    """Somebody goes on the list; a minute later than whoever came before."""
    clinic.clock.forward(1)
    entry = WaitEntry(patient_id=patient.id, type_code=code, **more)  # type: ignore[arg-type]  # as typed
    return wait_for(clinic.store, clinic.desk, entry).entry


def freed(clinic: SmallClinic) -> Slot:
    """Amara's visit on Tuesday at ten is cancelled."""
    (visit,) = book(clinic.store, clinic.desk, clinic.wish(day=TUESDAY)).visits
    cancel(clinic.store, clinic.desk, visit.id, visit.version, CancelReason.PATIENT)
    with clinic.store.read() as records:
        (slot,) = freed_on(records, TUESDAY, clinic.clock.now())
    return slot


def left(clinic: SmallClinic, slot: Slot) -> list[tuple[int, int]]:
    with clinic.store.read() as records:
        return [(one.minute, one.until) for one in still_free(records, [slot])]


def test_a_freed_time_is_offered_as_far_as_nobody_has_it_since(clinic: SmallClinic) -> None:
    slot = freed(clinic)
    assert left(clinic, slot) == [(slot.minute, slot.until)]
    other = somebody(clinic, "Boone")
    book(clinic.store, clinic.desk, clinic.wish(minute=slot.minute + 60, day=TUESDAY, patient_id=other.id))
    assert left(clinic, slot) == [(slot.minute, slot.minute + 60)]


def test_a_freed_time_in_a_room_that_is_closed_is_offered_to_nobody(clinic: SmallClinic) -> None:
    slot = freed(clinic)
    with clinic.store.write(PROGRAM) as unit:
        unit.add(Closure(0, 0, slot.room_id, TUESDAY, slot.minute + 30, TUESDAY, 1440, "water"))
        unit.commit()
    assert left(clinic, slot) == [(slot.minute, slot.minute + 30)]


def test_a_booking_that_was_undone_gave_nothing_back(clinic: SmallClinic) -> None:
    booked = book(clinic.store, clinic.desk, clinic.wish(day=TUESDAY))
    step = step_of(booked.changes)
    assert step is not None
    undo(clinic.store, clinic.desk, step)
    with clinic.store.read() as records:
        assert freed_on(records, TUESDAY, clinic.clock.now()) == []


def best(clinic: SmallClinic, slot: Slot) -> list[Candidate]:
    with clinic.store.read() as records:
        return candidates(records, slot, clinic.clock.now())


def names(found: list[Candidate]) -> list[str]:
    return [one.about.patient.family_name for one in found]


def called(clinic: SmallClinic, candidate: Candidate, outcome: CallOutcome) -> WaitCalled:
    return call_waiting(clinic.store, clinic.desk, candidate, outcome)


# On the list and off it.


def test_with_or_without_dates_the_longest_waiting_first(clinic: SmallClinic) -> None:
    one, other = somebody(clinic, "Bloom"), somebody(clinic, "Vale")
    waits(clinic, one)
    waits(clinic, other, from_day=TUESDAY, to_day=THURSDAY, note="mornings only")
    with clinic.store.read() as records:
        assert [entry.patient_id for entry in waiting(records)] == [one.id, other.id]


def test_nobody_waits_twice_for_one_thing(clinic: SmallClinic) -> None:
    bloom = somebody(clinic, "Bloom")
    waits(clinic, bloom)
    with pytest.raises(Refusal, match="waits for IV ketamine already"):
        waits(clinic, bloom)
    waits(clinic, bloom, "SP56")


def test_what_suits_them_can_be_changed(clinic: SmallClinic) -> None:
    entry = waits(clinic, somebody(clinic, "Bloom"))
    changed = wait_for(clinic.store, clinic.desk, replace(entry, weekdays=frozenset({1}))).entry
    assert (changed.weekdays, changed.version) == (frozenset({1}), 2)


def test_days_in_the_wrong_order_are_told(clinic: SmallClinic) -> None:
    with pytest.raises(BadInput, match="before the first"):
        waits(clinic, clinic.noah, from_day=THURSDAY, to_day=TUESDAY)


def test_who_withdraws_stays_on_record(clinic: SmallClinic) -> None:
    entry = waits(clinic, somebody(clinic, "Bloom"))
    gone = withdraw_wait(clinic.store, clinic.desk, entry.id, entry.version, "found another clinic").entry
    assert gone.closed_why == "withdrawn"
    with clinic.store.read() as records:
        assert not waiting(records)
        assert gone in records.find(WaitEntry)
    with pytest.raises(Refusal, match="closed already"):
        withdraw_wait(clinic.store, clinic.desk, entry.id, gone.version)


def test_the_right_to_book_is_asked(clinic: SmallClinic) -> None:
    with pytest.raises(RightMissing):
        wait_for(clinic.store, Actor(1, frozenset()), WaitEntry(patient_id=1, type_code="IVM"))


# Who is called.


def test_a_cancelled_visit_frees_its_time(clinic: SmallClinic) -> None:
    slot = freed(clinic)
    assert (slot.day, slot.minute, slot.room_id) == (TUESDAY, 600, clinic.rooms["Infusion 1"].id)
    clinic.clock.at = instant(9) + timedelta(days=2)
    with clinic.store.read() as records:
        assert not freed_on(records, TUESDAY, clinic.clock.now()), "that time has passed"


def test_what_visits_had_and_none_of_them_has_now_is_left(clinic: SmallClinic) -> None:
    one, two = clinic.rooms["Infusion 1"].id, clinic.rooms["Infusion 2"].id
    first = Visit(id=1, day=TUESDAY, minute=600, start=600, end=705, room_id=one)
    second = Visit(id=2, day=TUESDAY, minute=660, start=660, end=765, room_id=two)
    assert left_by([first]) == (Slot(TUESDAY, 600, 705, one),)
    assert left_by([replace(first, displaced=True)]) == ()
    assert left_by([first], [replace(first, minute=630, start=630, end=735)]) == (
        Slot(TUESDAY, 600, 630, one),
    )
    swapped = [replace(first, room_id=two), replace(second, room_id=one)]
    assert left_by([first, second], swapped) == (
        Slot(TUESDAY, 600, 660, one),
        Slot(TUESDAY, 705, 765, two),
    )


def test_r17_a_known_driver_comes_before_longer_waiting_and_each_says_why(clinic: SmallClinic) -> None:
    waits(clinic, somebody(clinic, "Bloom"))
    waits(clinic, somebody(clinic, "Vale", drivers=(DRIVER,)))
    found = best(clinic, freed(clinic))
    assert names(found) == ["Vale", "Bloom"]
    said = " ".join(one.text() for one in found[0].reasons)
    assert said == (
        "Fits 10:00 AM in Infusion 1. Good distance to the other visits. Bea Marsh can drive. "
        "On the list since today."
    )
    assert "A driver is still to be named." in [one.text() for one in found[1].reasons]


def test_a_visit_too_close_comes_last(clinic: SmallClinic) -> None:
    close = somebody(clinic, "Bloom", drivers=(DRIVER,))
    book(
        clinic.store, clinic.desk,
        clinic.wish(day=WEDNESDAY, patient_id=close.id, room_id=clinic.rooms["Infusion 2"].id),
    )  # fmt: skip
    waits(clinic, close)
    waits(clinic, somebody(clinic, "Vale", drivers=(DRIVER,)))
    slot = freed(clinic)
    vale, bloom = best(clinic, slot)
    assert (vale.about.patient.family_name, vale.too_near) == ("Vale", None)
    assert bloom.too_near is not None
    assert bloom.too_near.sentence() == (
        "Close to the visit on Wed, Nov 18 (clear days between: 0, usually 1 or more)."
    )
    called(clinic, vale, K.NO_ANSWER)
    assert names(best(clinic, slot)) == ["Vale", "Bloom"], "also behind whoever did not answer just now"


def test_a_time_that_is_too_near_is_no_other_time_for_one_that_was_taken(clinic: SmallClinic) -> None:
    bloom = somebody(clinic, "Bloom", drivers=(DRIVER,))
    waits(clinic, bloom)
    candidate = best(clinic, freed(clinic))[0]
    book(clinic.store, clinic.desk, clinic.wish(day=TUESDAY))
    book(clinic.store, clinic.desk, clinic.wish(day=MONDAY, patient_id=bloom.id))
    with pytest.raises(Conflict) as told:
        called(clinic, candidate, K.BOOKED)
    lost = after_calling(clinic.store, clinic.clock.now(), candidate, told.value)
    assert all(one.at.day >= WEDNESDAY for one in lost.others)


def test_only_whom_it_suits_and_whom_the_rules_allow(clinic: SmallClinic) -> None:
    waits(clinic, somebody(clinic, "Later"), from_day=WEDNESDAY)
    waits(clinic, somebody(clinic, "Fridays"), weekdays=frozenset({4}))
    waits(clinic, somebody(clinic, "Afternoons"), from_minute=720)
    waits(clinic, clinic.noah)  # not cleared for anything
    waits(clinic, somebody(clinic, "Nasal"), "SP56")  # the room is not fitted for it
    waits(clinic, somebody(clinic, "Suits"))
    assert names(best(clinic, freed(clinic))) == ["Suits"]


def test_somebody_who_waits_for_two_things_is_named_once(clinic: SmallClinic) -> None:
    bloom = somebody(clinic, "Bloom")
    waits(clinic, bloom)
    waits(clinic, bloom, "IVMG")
    assert len(best(clinic, freed(clinic))) == 1


# What a call changes.


def test_no_answer_comes_last_declined_is_asked_no_more(clinic: SmallClinic) -> None:
    waits(clinic, somebody(clinic, "Bloom"))
    waits(clinic, somebody(clinic, "Vale"))
    slot = freed(clinic)
    called(clinic, best(clinic, slot)[0], K.NO_ANSWER)
    assert names(best(clinic, slot)) == ["Vale", "Bloom"]
    called(clinic, best(clinic, slot)[0], K.DECLINED)
    assert names(best(clinic, slot)) == ["Bloom"]
    with clinic.store.read() as records:
        assert len(waiting(records)) == 2, "who declined one time still waits for another"


def test_booked_books_closes_and_records_in_one(clinic: SmallClinic) -> None:
    bloom = somebody(clinic, "Bloom", drivers=(DRIVER,))
    entry = waits(clinic, bloom)
    slot = freed(clinic)
    done = called(clinic, best(clinic, slot)[0], K.BOOKED)
    assert done.visit is not None
    assert (done.visit.patient_id, done.visit.minute, done.visit.state) == (bloom.id, 600, VisitState.BOOKED)
    assert done.visit.plan_name == "Bea Marsh"
    with clinic.store.read() as records:
        after = records.get(WaitEntry, entry.id)
        assert (after.closed_why, after.visit_id) == ("booked", done.visit.id)
        assert not waiting(records)
    assert not best(clinic, slot)


def entries(clinic: SmallClinic) -> list[tuple[bool, int | None]]:
    """Of everybody who waits or waited: whether they do, and what came of it."""
    with clinic.store.read() as records:
        return [(one.closed_at is None, one.visit_id) for one in records.find(WaitEntry)]


def test_a_booking_off_the_list_that_is_undone_leaves_them_waiting_as_before(clinic: SmallClinic) -> None:
    waits(clinic, somebody(clinic, "Bloom", drivers=(DRIVER,)))
    slot = freed(clinic)
    done = called(clinic, best(clinic, slot)[0], K.BOOKED)
    assert done.visit is not None
    assert entries(clinic) == [(False, done.visit.id)]
    step = step_of(done.changes)
    assert step is not None
    undone = undo(clinic.store, clinic.desk, step)
    assert str(undone.label) == "Bloom, Amara booked for Tue, Nov 17, 10:00 AM"
    assert clinic.visit(done.visit.id).state is VisitState.CANCELLED
    assert entries(clinic) == [(True, None)]
    assert names(best(clinic, slot)) == ["Bloom"]
    with clinic.store.read() as records:
        assert [one.outcome for one in records.find(CallAttempt)] == [K.BOOKED], "the call is a fact"
    assert undone.step is not None
    redo(clinic.store, clinic.desk, undone.step)
    assert clinic.visit(done.visit.id).state is VisitState.BOOKED
    assert entries(clinic) == [(False, done.visit.id)]


def test_who_was_put_on_the_list_anew_meanwhile_does_not_wait_twice(clinic: SmallClinic) -> None:
    bloom = somebody(clinic, "Bloom", drivers=(DRIVER,))
    waits(clinic, bloom)
    done = called(clinic, best(clinic, freed(clinic))[0], K.BOOKED)
    waits(clinic, bloom, note="earlier if it can be")
    step = step_of(done.changes)
    assert step is not None
    undo(clinic.store, clinic.desk, step)
    assert [waits_still for waits_still, _ in entries(clinic)] == [False, True]


@pytest.mark.parametrize("outcome", [K.NO_ANSWER, K.DECLINED])
def test_a_call_alone_is_no_step(clinic: SmallClinic, outcome: CallOutcome) -> None:
    waits(clinic, somebody(clinic, "Bloom", drivers=(DRIVER,)))
    done = called(clinic, best(clinic, freed(clinic))[0], outcome)
    assert step_of(done.changes) is None


def test_without_a_driver_the_booked_visit_is_held(clinic: SmallClinic) -> None:
    waits(clinic, somebody(clinic, "Bloom"))
    done = called(clinic, best(clinic, freed(clinic))[0], K.BOOKED)
    assert done.visit is not None
    assert done.visit.state is VisitState.HELD
    assert done.findings


def test_a_time_that_was_taken_meanwhile_leaves_nothing_behind(clinic: SmallClinic) -> None:
    waits(clinic, somebody(clinic, "Bloom"))
    candidate = best(clinic, freed(clinic))[0]
    book(clinic.store, clinic.desk, clinic.wish(day=TUESDAY))
    with pytest.raises(Conflict):
        called(clinic, candidate, K.BOOKED)
    with clinic.store.read() as records:
        assert not records.find(CallAttempt)
        assert len(waiting(records)) == 1
    called(clinic, candidate, K.DECLINED)  # the call itself can be recorded all the same


def test_r1_who_said_yes_to_a_time_that_was_taken_has_three_others_near_it(clinic: SmallClinic) -> None:
    waits(clinic, somebody(clinic, "Bloom", drivers=(DRIVER,)))
    candidate = best(clinic, freed(clinic))[0]
    book(clinic.store, clinic.desk, clinic.wish(day=TUESDAY))
    with pytest.raises(Conflict) as told:
        called(clinic, candidate, K.BOOKED)
    lost = after_calling(clinic.store, clinic.clock.now(), candidate, told.value)
    assert (lost.lost.taken[0], lost.lost.winner.patient) == ("Infusion 1", "Okafor, Amara")
    assert len(lost.others) == len(lost.lost.offers) == 3
    assert {one.at.day for one in lost.others} <= {TUESDAY, WEDNESDAY}
    assert [one.at for one in lost.others] == [one.at for one in lost.lost.offers]
    done = called(clinic, lost.others[0], K.BOOKED)
    assert done.visit is not None
    assert done.visit.state is VisitState.BOOKED, "with the driver of the list"
    assert entries(clinic) == [(False, done.visit.id)]


def test_two_desks_do_not_book_one_person_twice(clinic: SmallClinic) -> None:
    waits(clinic, somebody(clinic, "Bloom"))
    candidate = best(clinic, freed(clinic))[0]
    called(clinic, candidate, K.BOOKED)
    with pytest.raises(Refusal, match="closed already"):
        called(clinic, candidate, K.BOOKED)


def test_the_open_visit_of_a_course_is_filled(clinic: SmallClinic) -> None:
    bloom = somebody(clinic, "Bloom")
    with clinic.store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    first = replace(
        clinic.wish(day=MONDAY, minute=780, patient_id=bloom.id, plan=BEA),
        room_id=clinic.rooms["Infusion 2"].id,
    )
    booked = book_course(clinic.store, clinic.desk, CourseWish(template, [(1, first)]))
    waits(clinic, bloom, template.type_codes[1])
    (wednesday,) = book(clinic.store, clinic.desk, clinic.wish(day=WEDNESDAY)).visits
    cancel(clinic.store, clinic.desk, wednesday.id, wednesday.version, CancelReason.PATIENT)
    with clinic.store.read() as records:
        (slot,) = freed_on(records, WEDNESDAY, clinic.clock.now())
    done = called(clinic, best(clinic, slot)[0], K.BOOKED)
    assert done.visit is not None
    assert (done.visit.course_id, done.visit.course_no) == (booked.visits[0].course_id, 2)
    with clinic.store.read() as records:
        assert records.get(Course, done.visit.course_id or 0).to_place == 4


def test_the_waitlist_goes_over_with_a_merge_and_comes_back(clinic: SmallClinic) -> None:
    one, other = somebody(clinic, "Bloom"), somebody(clinic, "Blum")
    entry = waits(clinic, other)
    call = called(clinic, best(clinic, freed(clinic))[0], K.NO_ANSWER).attempt
    merged = merge_patients(clinic.store, PROGRAM, one, other)
    with clinic.store.read() as records:
        assert records.get(WaitEntry, entry.id).patient_id == one.id
        told = [trace.after for trace in records.history_of(one.id)]
        assert call in told
        assert any(isinstance(it, WaitEntry) for it in told)
    undo_merge(clinic.store, PROGRAM, merged.merge.id)
    with clinic.store.read() as records:
        assert records.get(WaitEntry, entry.id).patient_id == other.id
        assert call in [trace.after for trace in records.history_of(other.id)]


def test_a_call_is_about_a_visit_or_about_somebody_who_waits(clinic: SmallClinic) -> None:
    (visit,) = book(clinic.store, clinic.desk, clinic.wish(day=TUESDAY)).visits
    entry = waits(clinic, somebody(clinic, "Bloom"))
    for wrong in (CallAttempt(), CallAttempt(visit_id=visit.id, wait_id=entry.id)):
        with (
            pytest.raises(GuardRefused, match="no longer fit together"),
            clinic.store.write(PROGRAM) as unit,
        ):
            unit.add(wrong)
