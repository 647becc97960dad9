"""What was recorded while the server was away is saved with its true times, in order, once, and marked where
it deviates; what would have needed permission was not kept."""

import json
from dataclasses import replace
from threading import Thread

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import Refusal, RightMissing
from clinic_desktop.foundation.kept_words import KEPT_MEANWHILE
from clinic_desktop.scheduling.asks import FOOD
from clinic_desktop.scheduling.merging import merge_patients
from clinic_desktop.scheduling.model import DEVICE_MG, ClaimKind
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.security.account_rules import EMERGENCY_OVER
from clinic_desktop.security.emergency_access import emergency
from clinic_desktop.treatment.alarm_records import AlarmAnswer
from clinic_desktop.treatment.alarms import sounds_by
from clinic_desktop.treatment.answers import Answer
from clinic_desktop.treatment.bringing import bring_into
from clinic_desktop.treatment.calling import answer_alarm, read_house
from clinic_desktop.treatment.care import care_of
from clinic_desktop.treatment.kept_entries import (
    Another,
    KeptEntry,
    Outcome,
    as_bytes,
    care_with,
    from_bytes,
    house_with,
    judge_here,
    kept_answer,
    kept_entry,
    not_to_be_kept,
    save_kept,
)
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.slip_rules import ASKED
from tests.small_clinic import instant
from tests.treatment.held_look import hold_the_first_look
from tests.treatment.stays import ANSWERED, LOT, K, Stay, booked
from tests.treatment.test_rooms import someone, sound

_VITALS = Stamp(kind=K.VITALS, systolic=124, diastolic=78, oxygen=98, pulse=70)
_WAIT = (Stamp(kind=K.RELEASED), Stamp(kind=K.SHEET_HANDED), replace(_VITALS, corrects=4))


def kept(stay: Stay, hour: int, minute: int, *stamps: Stamp) -> KeptEntry:
    """As the floor keeps it, on its way to the disk and back."""
    entry = kept_entry(stay.clinic.nurse, stay.visit_id, stamps, instant(hour, minute), "said")
    return from_bytes(as_bytes(entry))


def a_morning(stay: Stay) -> list[KeptEntry]:
    """Arrived 9:50, in the room at 10, asked, pressure at 10:04, two devices."""
    return [
        kept(stay, 9, 50, Stamp(kind=K.ARRIVED)),
        kept(stay, 10, 0, Stamp(kind=K.IN_ROOM)),
        kept(stay, 10, 2, Stamp(kind=K.CONSENT), ANSWERED),
        kept(stay, 10, 6, replace(_VITALS, at=instant(10, 4))),
        kept(stay, 10, 10, Stamp(kind=K.DOSE, lot=LOT)),
        kept(stay, 10, 15, Stamp(kind=K.DOSE, lot=LOT)),
    ]


def test_a_morning_is_saved_in_order_with_its_true_times(clinic):
    stay = booked(clinic)
    entries = a_morning(stay)
    stay.at(13, 0).scored()
    outcomes = [save_kept(clinic.store, one).outcome for one in entries]
    assert outcomes == [Outcome.SAVED] * 6
    assert [(one.kind, one.at) for one in stay.stamps(K.ARRIVED, K.VITALS, K.DOSE)] == [
        (K.ARRIVED, instant(9, 50)),
        (K.VITALS, instant(10, 4)),
        (K.DOSE, instant(10, 10)),
        (K.DOSE, instant(10, 15)),
    ]
    assert {one.recorded_at for one in stay.stamps()} == {instant(13, 0)}  # when it was entered is kept, too
    assert {one.by for one in stay.stamps()} == {clinic.nurse.person_id}
    assert stay.state == VisitState.MONITORING


def test_what_is_saved_by_now_stands_once_beside_what_is_kept_still(clinic):
    """The server is back, and a screen reads while the rest is on its way."""
    stay = booked(clinic)
    entries = a_morning(stay)
    stay.at(13, 0).scored()
    for one in entries[:5]:
        save_kept(clinic.store, one)
    with clinic.store.read() as records:
        care = care_of(records, stay.visit, instant(13, 0), stay.stamps())
    shown = care_with(care, entries)
    assert [one.at for one in shown.session.devices] == [instant(10, 10), instant(10, 15)]
    assert len(shown.session.pressures) == 1
    assert {one.by for one in shown.session.stamps} == {clinic.nurse.person_id}


def test_an_answer_to_an_alarm_is_saved_once_with_its_own_time(clinic):
    booked(clinic).prepared().device()
    clinic.clock.at = instant(11)
    with clinic.store.read() as records:
        house = read_house(records, instant(11))
    (one,) = house.standing(instant(11))
    entry = from_bytes(as_bytes(kept_answer(clinic.nurse, one.alarm, instant(11), "said")))
    (quiet,) = house_with(house, [entry]).standing(instant(11, 30))
    assert (quiet.answered_by, sounds_by(quiet.alarm, instant(11, 30))) == ("Maya Jones", 2)
    clinic.clock.at = instant(13)
    outcomes = [save_kept(clinic.store, entry).outcome for _ in range(2)]
    assert outcomes == [Outcome.SAVED, Outcome.THERE]
    with clinic.store.read() as records:
        (answer,) = records.find(AlarmAnswer)
    assert (answer.at, answer.by) == (instant(11), clinic.nurse.person_id)


def test_an_answer_that_the_server_had_taken_as_it_went_is_there(clinic):
    booked(clinic).prepared().device()
    clinic.clock.at = instant(11)
    with clinic.store.read() as records:
        (one,) = read_house(records, instant(11)).standing(instant(11))
    answer_alarm(clinic.store, clinic.nurse, one.alarm)
    entry = kept_answer(clinic.nurse, one.alarm, instant(11, 0, 20))
    assert save_kept(clinic.store, entry).outcome is Outcome.THERE


def test_an_answer_is_a_named_persons_and_not_saved_where_its_visit_is_gone(clinic):
    booked(clinic).prepared().device()
    clinic.clock.at = instant(11)
    with clinic.store.read() as records:
        (one,) = read_house(records, instant(11)).standing(instant(11))
    with pytest.raises(Refusal):
        kept_answer(Actor(0, frozenset()), one.alarm, instant(11))
    gone = kept_answer(clinic.nurse, replace(one.alarm, visit_id=9999), instant(11))
    assert save_kept(clinic.store, gone).outcome is Outcome.NOT_SAVED


def test_what_was_saved_already_is_not_saved_twice(clinic):
    """The server had saved the first two when it went away, and nobody was told."""
    stay = booked(clinic)
    entries = a_morning(stay)
    stay.at(9, 50, 20).is_(K.ARRIVED)  # by the server's clock, a few seconds later
    stay.at(10, 2, 5).says(Stamp(kind=K.IN_ROOM, at=instant(10, 0)), Stamp(kind=K.CONSENT))
    stay.at(13, 0).scored()
    outcomes = [save_kept(clinic.store, one).outcome for one in entries]
    assert outcomes == [Outcome.THERE, Outcome.THERE, *[Outcome.SAVED] * 4]
    assert len(stay.stamps(K.ARRIVED, K.IN_ROOM, K.CONSENT)) == 3
    assert [save_kept(clinic.store, one).outcome for one in entries] == [Outcome.THERE] * 6
    assert len(stay.stamps(K.DOSE)) == 2  # two alike within minutes are two


def test_a_lot_in_small_letters_and_another_room_are_known_again(clinic):
    """What the server had saved as it went, in its own way of writing."""
    stay = booked(clinic)
    into = Stamp(kind=K.IN_ROOM, room_id=clinic.rooms["Spravato 2"].id)
    stay.at(9, 50).is_(K.ARRIVED)
    stay.at(10, 0)
    bring_into(clinic.store, clinic.nurse, stay.visit_id, [into])
    stay.says(Stamp(kind=K.CONSENT), ANSWERED)
    stay.at(10, 4).vitals()
    stay.at(10, 10).says(Stamp(kind=K.DOSE, lot="12k 345"))
    entries = [kept(stay, 10, 0, into), kept(stay, 10, 10, Stamp(kind=K.DOSE, lot="12k 345"))]
    assert [save_kept(clinic.store, one).outcome for one in entries] == [Outcome.THERE] * 2
    assert len(stay.stamps(K.IN_ROOM)) == len(stay.stamps(K.DOSE)) == 1


def test_two_alike_of_one_minute_are_both_saved(clinic):
    """Two devices written down one after the other, the first already saved from here; and a third that the
    server had saved as it went, which stands for the one that was kept of it alone."""
    stay = booked(clinic)
    for one in a_morning(stay)[:4]:
        stay.at(12, 0)
        save_kept(clinic.store, one)
    device = Stamp(kind=K.DOSE, lot=LOT)
    first, second = (
        kept_entry(stay.clinic.nurse, stay.visit_id, [device], instant(12, 30, s)) for s in (0, 20)
    )
    stay.at(12, 31).scored()
    saved_before: set[int] = set()
    assert save_kept(clinic.store, first, saved_before).outcome is not Outcome.THERE
    assert save_kept(clinic.store, second, saved_before).outcome is not Outcome.THERE
    assert len(stay.stamps(K.DOSE)) == 2
    assert [save_kept(clinic.store, one).outcome for one in (first, second)] == [Outcome.THERE] * 2
    note = Stamp(kind=K.NOTE, note="asks for water")
    stay.at(12, 40, 1).says(note)  # the server took it, and went away
    entries = [kept_entry(stay.clinic.nurse, stay.visit_id, [note], instant(12, 40, s)) for s in (0, 30)]
    stay.at(12, 50)
    saved_before = set()
    said = [save_kept(clinic.store, one, saved_before).outcome for one in entries]
    assert said == [Outcome.THERE, Outcome.SAVED]
    assert len(stay.stamps(K.NOTE)) == 2


def test_a_second_device_soon_after_the_first_is_another_one(clinic):
    """Both are facts, and the second one came too soon: the server saved the first, and then went away."""
    stay = booked(clinic).prepared()
    stay.device()
    second, at = Stamp(kind=K.DOSE, lot=LOT), instant(10, 11, 10)
    entry = kept_entry(clinic.nurse, stay.visit_id, [second], at, happened=True, known=stay.stamps())
    stay.at(10, 30)
    assert save_kept(clinic.store, from_bytes(as_bytes(entry))).outcome is Outcome.MARKED
    assert [one.at for one in stay.stamps(K.DOSE)] == [instant(10, 10), at]
    assert save_kept(clinic.store, entry).outcome is Outcome.THERE


def test_two_alike_that_were_kept_within_a_minute_are_two(clinic):
    stay = booked(clinic).prepared()
    entries = [kept(stay, 10, minute, Stamp(kind=K.DOSE, lot=LOT)) for minute in (10, 11)]
    stay.at(10, 30)
    assert [save_kept(clinic.store, one).outcome for one in entries] == [Outcome.SAVED, Outcome.MARKED]
    assert len(stay.stamps(K.DOSE)) == 2


def test_what_a_rule_speaks_against_is_saved_marked_and_opens_an_incident(clinic):
    stay = booked(clinic)
    dose = kept(stay, 10, 10, Stamp(kind=K.DOSE, lot=LOT))  # nobody asked, no pressure
    stay.at(13, 0)
    returned = save_kept(clinic.store, dose)
    assert returned.outcome is Outcome.MARKED
    assert returned.why
    (stamp,) = stay.stamps(K.DOSE)
    assert (stamp.at, stamp.reason) == (instant(10, 10), KEPT_MEANWHILE)
    assert stamp.deviations
    assert stay.incidents()


def test_a_slip_of_the_pen_is_told_and_nothing_else_of_it_is_saved(clinic):
    stay = booked(clinic)
    returned = save_kept(clinic.store, kept(stay, 10, 0, Stamp(kind=K.VITALS, systolic=1240, diastolic=78)))
    assert returned.outcome is Outcome.NOT_SAVED
    assert returned.why
    assert stay.stamps() == []


@pytest.mark.parametrize("stamp", _WAIT)
def test_a_release_a_sheet_and_a_correction_wait_for_the_server(stamp):
    assert not_to_be_kept([Stamp(kind=K.NOTE), stamp]) is not None
    assert not_to_be_kept([Stamp(kind=K.NOTE), Stamp(kind=K.DOSE), Stamp(kind=K.LEFT_EARLY)]) is None


def test_a_pressure_that_only_a_prescriber_accepts_is_refused_at_once_and_not_afterwards(clinic):
    stay = booked(clinic).sprayed().at(11)
    stay.vitals(210, 125)
    with clinic.store.read() as records:
        care = care_of(records, stay.visit, instant(11, 1), stay.stamps())
    accepted = Stamp(kind=K.PRESSURE_ACCEPTED)
    with pytest.raises(RightMissing):
        judge_here(clinic.nurse, care, [accepted], instant(11, 1))
    judge_here(clinic.prescriber, care, [accepted], instant(11, 1))
    judge_here(clinic.nurse, care, [replace(accepted, told_by=clinic.lin.id)], instant(11, 1))


def test_a_dose_in_spite_of_an_answer_wants_its_reason_also_without_the_server(clinic):
    """It was kept unasked, and saved with no reason but that the server was away."""
    stay = booked(clinic).at(9, 50)
    stay.scored().is_(K.ARRIVED)
    stay.at(10).is_(K.IN_ROOM)
    food = Answer(FOOD, present=True, since=instant(9, 30))
    answers = tuple(food if one.item == FOOD else one for one in ANSWERED.answers)
    stay.says(Stamp(kind=K.CONSENT), replace(ANSWERED, answers=answers))
    stay.at(10, 4).vitals()
    with clinic.store.read() as records:
        care = care_of(records, stay.visit, instant(10, 10), stay.stamps())
    dose = Stamp(kind=K.DOSE, lot=LOT)
    with pytest.raises(Refusal) as refused:
        judge_here(clinic.nurse, care, [dose], instant(10, 10))
    assert [one.code for one in refused.value.findings] == ["dose-food"]
    with_reason = replace(dose, reason="A sip or a bite only")
    (judged,) = judge_here(clinic.nurse, care, [with_reason], instant(10, 10))
    stay.at(13, 0)
    assert save_kept(clinic.store, from_bytes(as_bytes(kept(stay, 10, 10, judged)))).outcome is Outcome.SAVED
    (saved,) = stay.stamps(K.DOSE)
    assert (saved.reason, saved.warned) == ("A sip or a bite only", ("dose-food",))
    with clinic.store.read() as records:
        rows = records.rows("SELECT reason FROM audit WHERE reason = 'A sip or a bite only'")
    assert rows


def test_a_reason_does_not_go_past_an_answer_that_only_the_server_knew(clinic):
    """Another desk recorded it: whoever gave the reason was never asked about that."""
    stay = booked(clinic).prepared()
    with clinic.store.read() as records:
        known = care_of(records, stay.visit, instant(10, 10), stay.stamps())
    dose = Stamp(kind=K.DOSE, lot=LOT, reason="She asked for it")
    (judged,) = judge_here(clinic.nurse, known, [dose], instant(10, 10))
    food = Answer(FOOD, present=True, since=instant(9, 50))
    answers = tuple(food if one.item == FOOD else one for one in ANSWERED.answers)
    stay.at(10, 8).says(replace(ANSWERED, answers=answers))
    stay.at(13, 0)
    entry = from_bytes(as_bytes(kept(stay, 10, 10, judged)))
    returned = save_kept(clinic.store, entry)
    assert (returned.outcome, [one.code for one in returned.why]) == (Outcome.MARKED, ["dose-food"])
    (saved,) = stay.stamps(K.DOSE)
    assert (saved.at, saved.warned) == (instant(10, 10), ("dose-food",))


def test_what_is_only_asked_once_more_is_asked_and_said_again_it_is_saved_unmarked(clinic):
    stay = booked(clinic).prepared()
    with clinic.store.read() as records:
        care = care_of(records, stay.visit, instant(10, 12), stay.stamps())
    strange = replace(_VITALS, pulse=24)
    with pytest.raises(Refusal) as refused:
        judge_here(clinic.nurse, care, [strange], instant(10, 12))
    assert {one.code for one in refused.value.findings} <= ASKED
    judge_here(clinic.nurse, care, [strange], instant(10, 12), happened=True)
    entry = kept_entry(clinic.nurse, stay.visit_id, [strange], instant(10, 12), happened=True)
    stay.at(13, 0)
    assert save_kept(clinic.store, entry).outcome is Outcome.SAVED
    assert [one.reason for one in stay.stamps(K.VITALS) if one.pulse == 24] == [""]
    assert stay.incidents() == []


def test_the_floor_shows_what_is_kept_as_if_it_were_saved(clinic):
    stay = booked(clinic)
    with clinic.store.read() as records:
        care = care_of(records, stay.visit, instant(10, 12), [])
    entries = a_morning(stay)
    shown = care_with(care, [*entries, replace(entries[0], visit_id=stay.visit_id + 1)])
    assert shown.visit.state is VisitState.MONITORING
    assert len(shown.whole.stamps) == 7
    assert [one.at for one in shown.session.all_of(K.DOSE)] == [instant(10, 10)]  # by 10:12 one was given
    devices = [(one.device, one.dose, one.unit) for one in shown.whole.devices]
    assert devices == [(1, DEVICE_MG, "mg"), (2, DEVICE_MG, "mg")]  # nobody typed their numbers
    assert care_with(care, []) is care


def test_what_was_kept_in_emergency_access_is_saved_by_the_time_at_which_it_was_recorded(clinic):
    """It is over, and another day has come, when the server is back."""
    stay = booked(clinic).prepared()
    actor = emergency(clinic.store, "floor", clinic.tunde.id, "fire")
    entry = from_bytes(as_bytes(kept_entry(actor, stay.visit_id, [_VITALS], instant(10, 20))))
    late = from_bytes(as_bytes(kept_entry(actor, stay.visit_id, [_VITALS], instant(11, 20))))
    clinic.clock.forward(24 * 60)
    assert save_kept(clinic.store, entry).outcome is Outcome.SAVED
    assert [(one.at, one.by) for one in stay.stamps(K.VITALS)][1:] == [(instant(10, 20), clinic.tunde.id)]
    not_saved = save_kept(clinic.store, late)  # recorded ten minutes after it was over
    assert (not_saved.outcome, [one.code for one in not_saved.why]) == (
        Outcome.NOT_SAVED,
        [EMERGENCY_OVER.code],
    )


def test_nobody_is_kept_as_brought_into_another_room_who_could_not_be_brought(clinic):
    stay = booked(clinic)
    stay.at(9, 50).is_(K.ARRIVED)
    actor = emergency(clinic.store, "floor", clinic.tunde.id, "fire")
    with clinic.store.read() as records:
        care = care_of(records, stay.visit, instant(10), stay.stamps())
    with pytest.raises(RightMissing):
        judge_here(actor, care, [Stamp(kind=K.IN_ROOM, room_id=2)], instant(10), happened=True)
    judge_here(clinic.nurse, care, [Stamp(kind=K.IN_ROOM, room_id=2)], instant(10), happened=True)


def of_its_visit(stay: Stay, *stamps: Stamp) -> KeptEntry:
    """As the floor keeps it, with whose visit it is."""
    entry = kept_entry(stay.clinic.nurse, stay.visit_id, stamps, instant(9, 50), visit=stay.visit)
    return from_bytes(as_bytes(entry))


def test_what_was_kept_is_not_saved_under_another_visit_that_has_its_number_by_now(clinic):
    """A backup of before it was restored, and somebody else was booked, or the same patient later."""
    stay = booked(clinic).at(10)
    entry = of_its_visit(stay, Stamp(kind=K.ARRIVED))
    assert (entry.patient_id, entry.booked_at) == (clinic.amara.id, instant(7))
    with clinic.store.read() as records:
        care = care_of(records, stay.visit, instant(10), [])
    for another in ({"patient_id": clinic.noah.id}, {"patient_id": 9999}, {"booked_at": instant(6)}):
        returned = save_kept(clinic.store, replace(entry, **another))
        assert returned.outcome is Outcome.NOT_SAVED
        assert [one.code for one in returned.why] == ["of-another-visit"]
        assert returned.another is None
    assert stay.stamps() == []
    assert care_with(care, [replace(entry, booked_at=instant(6))]) is care
    stay.is_(K.ARRIVED)  # another's, by somebody else, and no sign that this one is on record
    theirs = replace(entry, patient_id=clinic.noah.id, person_id=clinic.tunde.id)
    assert save_kept(clinic.store, theirs).another is None
    assert save_kept(clinic.store, entry).outcome is Outcome.SAVED


def test_what_was_saved_is_known_again_where_numbers_are_given_once_more(clinic):
    """A standby that was behind took over: what it had saved has a lower number than the desk had seen."""
    stay = booked(clinic).at(9, 50)
    entry = kept(stay, 9, 50, Stamp(kind=K.ARRIVED))
    stay.is_(K.ARRIVED)
    assert save_kept(clinic.store, replace(entry, seen=900)).outcome is Outcome.THERE


def test_an_answer_is_not_saved_under_another_patients_visit(clinic):
    stay = booked(clinic).prepared()
    stay.device()
    clinic.clock.at = instant(11)
    with clinic.store.read() as records:
        (one,) = read_house(records, instant(11)).standing(instant(11))
    entry = kept_answer(clinic.nurse, one.alarm, instant(11), patient=one.patient)
    returned = save_kept(clinic.store, replace(entry, patient_id=clinic.noah.id))
    assert (returned.outcome, returned.why[0].code) == (Outcome.NOT_SAVED, "of-another-visit")
    assert save_kept(clinic.store, from_bytes(as_bytes(entry))).outcome is Outcome.SAVED


def test_what_was_kept_of_a_record_that_was_merged_meanwhile_is_saved(clinic):
    other = clinic.double("Okafor-Reed")
    stay = booked(clinic, patient_id=other.id)
    entry = of_its_visit(stay, Stamp(kind=K.ARRIVED))
    merge_patients(clinic.store, PROGRAM, clinic.amara, other)
    assert stay.visit.patient_id == clinic.amara.id
    stay.at(10)
    assert save_kept(clinic.store, entry).outcome is Outcome.SAVED


def test_what_the_version_before_has_kept_is_read_and_saved(clinic):
    """It did not write down whose visit it was."""
    stay = booked(clinic).at(10)
    written = json.loads(as_bytes(of_its_visit(stay, Stamp(kind=K.ARRIVED))))
    del written["patient_id"], written["booked_at"]
    assert save_kept(clinic.store, from_bytes(json.dumps(written).encode())).outcome is Outcome.SAVED


def test_two_programs_that_come_to_one_entry_at_once_save_it_once(clinic, monkeypatch):
    """The second one looks while the first has looked and not yet written."""
    stay = booked(clinic).prepared()
    entry = kept_entry(clinic.nurse, stay.visit_id, [Stamp(kind=K.DOSE, lot=LOT)], instant(10, 10))
    looked, on = hold_the_first_look(monkeypatch)
    outcomes = list[Outcome]()
    programs = [
        Thread(target=lambda: outcomes.append(save_kept(clinic.store, entry).outcome)) for _ in range(2)
    ]
    programs[0].start()
    assert looked.wait(10)
    programs[1].start()
    programs[1].join(0.3)
    on.set()
    for one in programs:
        one.join(10)
    assert sorted(outcomes) == sorted([Outcome.SAVED, Outcome.THERE])
    assert len(stay.stamps(K.DOSE)) == 1


def into(stay: Stay, hour: int, minute: int = 0) -> KeptEntry:
    return kept(stay, hour, minute, Stamp(kind=K.IN_ROOM, room_id=stay.clinic.rooms["Spravato 2"].id))


def rooms_claimed(stay: Stay) -> set[int]:
    return {one.resource_id for one in stay.claims() if one.kind is ClaimKind.ROOM}


def test_who_was_brought_into_another_room_was_in_it_however_late_the_server_is_back(clinic):
    """The plan refuses a time that has passed; a nurse may not override it, and it has happened."""
    stay, room = booked(clinic), clinic.rooms["Spravato 2"].id
    entries = [kept(stay, 9, 50, Stamp(kind=K.ARRIVED)), into(stay, 10)]
    with clinic.store.read() as records:
        care = care_of(records, stay.visit, instant(10, 1), [])
    assert care_with(care, entries).visit.room_id == room
    stay.at(13)
    assert [save_kept(clinic.store, one).outcome for one in entries] == [Outcome.SAVED] * 2
    assert [(one.room_id, one.entered, one.left) for one in stay.visit.room_stays] == [
        (room, instant_minute(instant(10)), None)
    ]
    assert rooms_claimed(stay) == {room}
    assert stay.incidents() == []
    assert [save_kept(clinic.store, one).outcome for one in entries] == [Outcome.THERE] * 2
    assert sound(clinic) == []


def test_who_was_to_have_the_other_room_is_displaced(clinic):
    stay, another = booked(clinic), someone(clinic)
    room = clinic.rooms["Spravato 2"].id
    after = booked(clinic, "SP56", 660, patient_id=another.id, nurse_id=clinic.tunde.id, room_id=room)
    stay.at(10, 30)
    assert save_kept(clinic.store, into(stay, 10)).outcome is Outcome.SAVED
    assert (stay.visit.room_id, stay.visit.displaced, after.visit.displaced) == (room, False, True)
    assert sound(clinic) == []


def test_two_in_the_other_room_are_saved_and_marked(clinic):
    stay, another = booked(clinic), someone(clinic)
    room = clinic.rooms["Spravato 2"].id
    inside = booked(clinic, "SP56", 585, patient_id=another.id, nurse_id=clinic.tunde.id, room_id=room)
    inside.at(9, 45).is_(K.IN_ROOM)
    stay.at(13)
    returned = save_kept(clinic.store, into(stay, 10))
    assert (returned.outcome, [one.code for one in returned.why]) == (Outcome.MARKED, ["room-occupied"])
    assert [one.codes for one in stay.incidents()] == [("room-occupied",)]
    assert stay.visit.room_id == room
    assert sound(clinic) == []


def test_who_is_on_record_in_the_booked_room_was_moved_into_the_other(clinic):
    """Another desk had recorded them there in the meantime."""
    stay = booked(clinic)
    stay.at(10).is_(K.IN_ROOM)
    stay.at(13)
    entry = into(stay, 10, 2)
    assert save_kept(clinic.store, entry).outcome is Outcome.SAVED
    names = [one.room_id for one in stay.visit.room_stays]
    assert names == [clinic.rooms["Spravato 1"].id, clinic.rooms["Spravato 2"].id]
    assert save_kept(clinic.store, entry).outcome is Outcome.THERE
    assert len(stay.stamps()) == 2
    assert sound(clinic) == []


def test_a_room_that_is_gone_is_not_saved(clinic):
    stay = booked(clinic)
    stay.at(13)
    entry = kept(stay, 10, 0, Stamp(kind=K.IN_ROOM, room_id=9999))
    assert save_kept(clinic.store, entry).outcome is Outcome.NOT_SAVED
    assert stay.stamps() == []


def test_what_somebody_else_recorded_meanwhile_is_told_beside_it(clinic):
    """Both desks kept that she is in the room: both are on record, and the second is told of the first."""
    stay = booked(clinic).at(10)
    entry = kept(stay, 9, 57, Stamp(kind=K.IN_ROOM))
    other = replace(entry, person_id=clinic.tunde.id, kept_at=instant(9, 58))
    assert save_kept(clinic.store, entry).another is None
    other = replace(other, stamps=(replace(other.stamps[0], at=instant(9, 58)),))
    returned = save_kept(clinic.store, other)
    assert returned.outcome is Outcome.SAVED
    assert returned.another == Another(K.IN_ROOM, "Maya Jones", instant(9, 57), stay.visit.zone)


def test_another_pressure_and_somebody_s_own_entry_are_not_taken_for_the_same(clinic):
    stay = booked(clinic).at(9, 50)
    stay.is_(K.ARRIVED)
    stay.at(10)
    entry = kept(stay, 9, 57, _VITALS)
    save_kept(clinic.store, entry)
    again = kept(stay, 9, 59, _VITALS)
    assert save_kept(clinic.store, again).another is None  # the same person measured twice
    tunde = replace(again, person_id=clinic.tunde.id)
    read = replace(tunde.stamps[0], systolic=131)
    assert save_kept(clinic.store, replace(tunde, stamps=(read,))).another is None
    same = replace(tunde.stamps[0], at=instant(9, 58))
    found = save_kept(clinic.store, replace(tunde, stamps=(same,))).another
    assert found is not None
    assert found.kind is K.VITALS


@pytest.mark.parametrize("left", [instant(10, 12), instant(10, 45)])
def test_a_room_is_ready_again_by_what_is_kept_as_it_is_once_that_is_saved(clinic, left):
    """A consultation that ended early, or late."""
    stay = booked(clinic, "CON", plan=None, room_id=clinic.rooms["Consult 1"].id, prescriber_id=clinic.lin.id)
    stay.at(10).is_(K.IN_ROOM)
    with clinic.store.read() as records:
        care = care_of(records, stay.visit, left, stay.stamps())
    entry = kept(stay, 10, 50, Stamp(kind=K.LEFT, at=left))
    shown = care_with(care, [entry]).visit
    clinic.clock.at = left
    assert save_kept(clinic.store, entry).outcome is Outcome.SAVED
    assert (shown.left, shown.room_until, shown.here_until) == (
        stay.visit.left,
        stay.visit.room_until,
        stay.visit.here_until,
    )
