"""The drug log: what came, was given, drawn, wasted, sent and counted, lot by lot, on both databases."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.errors import BadInput, Refusal, RightMissing
from clinic_desktop.people.model import Drug, DrugMovement, Moved, Patient
from clinic_desktop.scheduling.merging import merge_patients
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.stock import Entry, lots_for, open_lots, read_lots
from clinic_desktop.treatment.stock_need import week_needs
from clinic_desktop.treatment.stock_watch import count_due, ends_within, to_settle
from clinic_desktop.treatment.stocking import move_drugs, take_back, told_of
from tests.small_clinic import MONDAY, SmallClinic, at, instant
from tests.treatment.stays import booked
from tests.treatment.stock_lines import (
    LATER,
    LOT,
    VIALS,
    came,
    counted,
    here,
    line,
    logged,
    lots,
    vial,
    vials_came,
)

K = StampKind


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    return any_clinic


def problems(clinic: SmallClinic, *lines: DrugMovement) -> dict[str, str]:
    with pytest.raises(BadInput) as refused:
        logged(clinic, *lines)
    return {name: one.code for name, one in refused.value.problems.items()}


# What comes and goes.


def test_devices_that_are_given_are_counted_from_the_dose_stamps_by_their_lot(clinic: SmallClinic) -> None:
    came(clinic, 8)
    came(clinic, 4, lot="99Z")
    stay = booked(clinic).sprayed()
    assert (here(clinic), here(clinic, "99Z")) == (6, 4)
    used = [one for one in lots(clinic)[LOT].lines if one.what is Entry.USED]
    assert [(one.change, one.here, one.visit_id) for one in used] == [
        (-1, 7, stay.visit_id),
        (-1, 6, stay.visit_id),
    ]


def test_a_struck_dose_and_another_lot_put_devices_back(clinic: SmallClinic) -> None:
    came(clinic, 8)
    came(clinic, 8, lot="99Z")
    stay = booked(clinic).sprayed()
    first, second = stay.stamps(K.DOSE)
    stay.is_(K.STRUCK, corrects=first.id, reason="never given")
    stay.says(replace(second, id=0, version=0, lot="99z", corrects=second.id, reason="the other package"))
    assert (here(clinic), here(clinic, "99Z")) == (8, 7)


def test_a_lot_is_the_same_however_it_is_typed(clinic: SmallClinic) -> None:
    came(clinic, 8, lot=" 12k 345 ")
    booked(clinic).prepared().device(lot="12k345")
    assert here(clinic) == 7


def test_what_is_drawn_from_a_vial_for_a_visit_and_what_is_wasted_of_it_go_in_one_step(
    clinic: SmallClinic,
) -> None:
    vials_came(clinic)
    stay = booked(clinic, "IVM").infused()
    logged(
        clinic,
        vial(Moved.DRAWN, -35, visit_id=stay.visit_id),
        vial(Moved.WASTED, -465, visit_id=stay.visit_id, witness_id=clinic.lin.id),
    )
    lot = lots(clinic)[VIALS]
    assert (lot.here, lot.words()) == (4500, "9 vials")
    assert [one.what for one in lot.lines] == [Entry.RECEIVED, Entry.DRAWN, Entry.WASTED]


def test_what_is_left_in_an_open_vial_is_said(clinic: SmallClinic) -> None:
    vials_came(clinic, 2)
    logged(clinic, vial(Moved.DRAWN, -36.5))
    assert lots(clinic)[VIALS].words() == "1 vial and 463.5 mg"


def test_waste_needs_somebody_else_who_saw_it(clinic: SmallClinic) -> None:
    came(clinic, 2)
    wasted = line(Moved.WASTED, -1)
    for witness in (None, clinic.maya.id, 4711):
        assert problems(clinic, replace(wasted, witness_id=witness)) == {"witness": "stock-witness"}
    assert here(clinic) == 2
    logged(clinic, replace(wasted, witness_id=clinic.lin.id))
    assert here(clinic) == 1


def test_nothing_of_two_lines_is_kept_where_one_does_not_stand(clinic: SmallClinic) -> None:
    vials_came(clinic, 1)
    assert problems(clinic, vial(Moved.DRAWN, -36), vial(Moved.WASTED, -464)) == {"witness": "stock-witness"}
    assert here(clinic, VIALS) == 500


def test_a_line_says_what_is_missing(clinic: SmallClinic) -> None:
    assert problems(clinic, line(Moved.RECEIVED, 0, lot=" ", on=MONDAY + timedelta(days=1))) == {
        "lot": "stock-lot",
        "expires": "stock-expires",
        "devices": "devices",
        "on": "devices-later",
    }
    assert problems(clinic, line(Moved.SENT, -1)) == {"note": "devices-why"}
    assert problems(clinic, line(Moved.SENT, 1, note="back")) == {"devices": "stock-how-many"}
    assert problems(clinic, vial(Moved.RECEIVED, 0)) == {
        "expires": "stock-expires",
        "mg": "stock-amount",
        "strength": "stock-strength",
        "ml": "stock-vial",
    }


def test_the_front_desk_takes_a_parcel_in_and_the_rest_is_the_nurses(clinic: SmallClinic) -> None:
    logged(clinic, line(Moved.RECEIVED, 4, expires=MONDAY), by=clinic.desk)
    logged(clinic, line(Moved.SENT, -1, note="sent back"), by=clinic.desk)
    with pytest.raises(RightMissing):
        logged(clinic, line(Moved.WASTED, -1, witness_id=clinic.lin.id), by=clinic.desk)


def test_a_slip_is_taken_back_and_both_lines_stay(clinic: SmallClinic) -> None:
    slip = came(clinic, 80)
    with pytest.raises(BadInput, match="Say why"):
        take_back(clinic.store, clinic.nurse, slip.id, " ")
    take_back(clinic.store, clinic.nurse, slip.id, "8, not 80")
    came(clinic, 8)
    assert here(clinic) == 8
    assert [one.what for one in lots(clinic)[LOT].lines] == [
        Entry.RECEIVED,
        Entry.TAKEN_BACK,
        Entry.RECEIVED,
    ]
    with pytest.raises(Refusal, match="taken back already"):
        take_back(clinic.store, clinic.nurse, slip.id, "again")


def test_a_lot_whose_only_line_was_taken_back_never_came(clinic: SmallClinic) -> None:
    slip = came(clinic, 8)
    take_back(clinic.store, clinic.nurse, slip.id, "another lot")
    assert not lots(clinic)[LOT].came


# Counting.


def test_two_different_people_count(clinic: SmallClinic) -> None:
    came(clinic, 8)
    for second in (0, clinic.maya.id, 4711):
        with pytest.raises(BadInput) as refused:
            counted(clinic, 8, second_id=second)
        assert set(refused.value.problems) == {"second"}
    count = counted(clinic, 8).count
    assert (count.expected, count.difference, count.by) == (8, 0, clinic.maya.id)


def test_what_the_log_says_is_told_to_two_and_never_to_one_alone(clinic: SmallClinic) -> None:
    came(clinic, 8)
    with pytest.raises(BadInput) as refused:
        counted(clinic, 7, second_id=0)
    assert set(refused.value.problems) == {"second"}


def test_what_is_no_count_differs_from_nothing(clinic: SmallClinic) -> None:
    came(clinic, 8)
    with pytest.raises(BadInput) as refused:
        counted(clinic, -1)
    assert set(refused.value.problems) == {"counted"}


def test_a_difference_is_explained_in_words_and_counts_from_then_on(clinic: SmallClinic) -> None:
    came(clinic, 8)
    with pytest.raises(BadInput, match="7 counted, and the log says 8"):
        counted(clinic, 7)
    counted(clinic, 7, "one broke in the safe")
    assert here(clinic) == 7
    (count,) = (one for one in lots(clinic)[LOT].lines if one.what is Entry.COUNTED)
    assert (count.change, count.seen_by, count.note) == (-1, clinic.lin.id, "one broke in the safe")


def test_a_dose_charted_after_the_count_with_its_earlier_time_is_not_counted_twice(
    clinic: SmallClinic,
) -> None:
    came(clinic, 8)
    stay = booked(clinic).prepared().at(10, 30)
    counted(clinic, 7, "one is in room 2 and not charted yet")
    stay.device(instant(10, 12))
    assert here(clinic) == 7
    stay.at(10, 40).device(instant(10, 35), happened=True)
    assert here(clinic) == 6


@pytest.fixture
def counted_on_monday(clinic: SmallClinic) -> SmallClinic:
    """Ten came at 9, two people counted ten at 18 o'clock, and it is Tuesday."""
    clinic.clock.at = instant(9)
    came(clinic, 10)
    clinic.clock.at = instant(18)
    counted(clinic, 10)
    clinic.clock.at = at(MONDAY + timedelta(days=1), 8)
    return clinic


def counts(clinic: SmallClinic) -> list[float]:
    """By what each count differs."""
    return [one.change for one in lots(clinic)[LOT].lines if one.what is Entry.COUNTED]


def test_what_is_entered_on_a_later_day_lies_after_a_count_that_saw_it_here(
    counted_on_monday: SmallClinic,
) -> None:
    clinic = counted_on_monday
    logged(clinic, wasted(clinic))
    assert (here(clinic), counts(clinic)) == (9, [0])
    counted(clinic, 9)
    assert (here(clinic), counts(clinic)) == (9, [0, 0])


def test_what_is_entered_on_a_later_day_lies_before_a_count_that_it_explains(clinic: SmallClinic) -> None:
    clinic.clock.at = instant(9)
    came(clinic, 10)
    clinic.clock.at = instant(18)
    counted(clinic, 9, "one is missing")
    clinic.clock.at = at(MONDAY + timedelta(days=1), 8)
    logged(clinic, wasted(clinic))
    assert (here(clinic), counts(clinic)) == (9, [0])
    logged(clinic, wasted(clinic))
    assert (here(clinic), counts(clinic)) == (8, [0])


def test_a_slip_of_a_day_that_was_counted_is_put_right_on_a_later_one(counted_on_monday: SmallClinic) -> None:
    """What came is taken back and entered anew: that is no second parcel, and the count saw it."""
    clinic = counted_on_monday
    (parcel,) = (one.movement for one in lots(clinic)[LOT].lines if one.movement is not None)
    take_back(clinic.store, clinic.nurse, parcel.id, "another last day")
    came(clinic, 10)
    assert (here(clinic), counts(clinic)) == (10, [0])


@pytest.mark.parametrize("first", [10, 9])
def test_what_takes_a_line_back_lies_beside_it_whatever_was_counted(clinic: SmallClinic, first: int) -> None:
    clinic.clock.at = instant(9)
    came(clinic, 10)
    clinic.clock.at = instant(18)
    counted(clinic, first, "as many as there are")
    clinic.clock.at = at(MONDAY + timedelta(days=1), 8)
    (slip,) = logged(clinic, wasted(clinic)).lines
    take_back(clinic.store, clinic.nurse, slip.id, "another lot")
    assert (here(clinic), counts(clinic)) == (first, [first - 10])


def wasted(clinic: SmallClinic) -> DrugMovement:
    """On Monday."""
    return line(Moved.WASTED, -1, note="it fell", witness_id=clinic.lin.id)


def test_what_never_came_cannot_be_counted(clinic: SmallClinic) -> None:
    with pytest.raises(BadInput, match="never came"):
        counted(clinic, 3)


def test_vials_are_counted_in_mg_and_said_in_vials(clinic: SmallClinic) -> None:
    vials_came(clinic)
    with pytest.raises(BadInput, match="9 vials counted, and the log says 10 vials"):
        counted(clinic, 4500, drug=Drug.KETAMINE, lot=VIALS)


# Two desks, and what the log says.


def test_two_desks_take_the_last_device_and_the_log_says_so(clinic: SmallClinic) -> None:
    """What happened is never refused for the number it leaves."""
    came(clinic, 1)
    start, done = Barrier(2), []

    def sends(person: Actor) -> None:
        start.wait()
        wasted = line(Moved.WASTED, -1, witness_id=clinic.lin.id)
        done.append(logged(clinic, wasted, by=person))

    desks = [Thread(target=sends, args=(clinic.nurse,)) for _ in range(2)]
    for one in desks:
        one.start()
    for one in desks:
        one.join()
    assert len(done) == 2
    assert here(clinic) == -1
    assert [one.sentence() for one in told_of(lots(clinic).values(), MONDAY)] == [
        "Lot 12K345 stands at -1 in the log: more went than came. Look for what is not recorded, then count."
    ]


def test_the_last_device_given_at_two_desks_is_told_at_the_dose(clinic: SmallClinic) -> None:
    came(clinic, 1)
    stay = booked(clinic).prepared()
    assert stay.device().warnings == ()
    told = stay.at(10, 16).device().warnings
    assert [one.code for one in told] == ["dose-lot-empty"]
    assert here(clinic) == -1


def test_what_expires_within_thirty_days_and_what_has_is_told(clinic: SmallClinic) -> None:
    came(clinic, 2, expires=MONDAY + timedelta(days=30))
    came(clinic, 2, expires=MONDAY + timedelta(days=31), lot="99Z")
    came(clinic, 2, expires=MONDAY - timedelta(days=1), lot="11A")
    said = {one.params["lot"]: one.code for one in told_of(lots(clinic).values(), MONDAY)}
    assert said == {LOT: "stock-soon", "11A": "stock-expired"}


def test_a_lot_that_comes_with_another_last_day_is_told(clinic: SmallClinic) -> None:
    came(clinic, 2)
    again = line(Moved.RECEIVED, 4, expires=LATER)
    assert logged(clinic, again).warnings == ()
    told = logged(clinic, replace(again, expires=LATER - timedelta(days=7))).warnings
    assert [(one.code, one.params["lot"]) for one in told] == [("stock-other-day", LOT)]
    assert here(clinic) == 10


def test_what_was_drawn_from_an_expired_vial_is_kept_and_told(clinic: SmallClinic) -> None:
    vials_came(clinic, 1, expires=MONDAY - timedelta(days=1))
    told = logged(clinic, vial(Moved.DRAWN, -500)).warnings
    assert [one.code for one in told] == ["stock-drawn-expired"]
    assert here(clinic, VIALS) == 0


def test_devices_of_a_lot_that_never_came_are_in_the_log_once_one_is_kept(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    assert lots(clinic) == {}
    came(clinic, 4, lot="99Z")
    lot = lots(clinic)[LOT]
    assert (lot.came, lot.here) == (False, -2)
    assert stay.visit_id in {one.visit_id for one in lot.lines}


def test_a_lot_counts_from_the_day_it_came(clinic: SmallClinic) -> None:
    """Who begins the log with what is in the safe does not count what was given before."""
    booked(clinic).sprayed()
    clinic.clock.at += timedelta(days=1)
    came(clinic, 5, on=MONDAY + timedelta(days=1))
    assert here(clinic) == 5


def test_two_records_becoming_one_change_nothing_in_a_lot(clinic: SmallClinic) -> None:
    came(clinic, 4, patient_id=clinic.amara.id)
    with clinic.store.read() as records:
        noah, amara = records.get(Patient, clinic.noah.id), records.get(Patient, clinic.amara.id)
    manager = Actor(1, frozenset({Role.MANAGER}), "office")
    merge_patients(clinic.store, manager, noah, amara)
    assert here(clinic) == 4
    with clinic.store.read() as records:
        (lot,) = open_lots(records, MONDAY, [amara.id])
    assert lot.owners == {noah.id}, "the record that is kept"


# What is open, and what is needed.


def test_the_open_lots_come_by_expiry_without_what_is_used_up_or_expired(clinic: SmallClinic) -> None:
    came(clinic, 2)
    came(clinic, 2, lot="99Z", expires=MONDAY + timedelta(days=60))
    came(clinic, 2, lot="11A", expires=MONDAY - timedelta(days=1))
    came(clinic, 1, lot="22B")
    logged(clinic, line(Moved.SENT, -1, lot="22B", note="returned"))
    with clinic.store.read() as records:
        assert [one.lot for one in open_lots(records, MONDAY, ())] == ["99Z", LOT]


def test_what_came_for_the_patient_is_offered_first_and_what_came_for_others_never(
    clinic: SmallClinic,
) -> None:
    came(clinic, 2, expires=MONDAY + timedelta(days=60))
    came(clinic, 2, lot="99Z", patient_id=clinic.amara.id)
    came(clinic, 2, lot="22B", patient_id=clinic.noah.id)
    with clinic.store.read() as records:
        lots = open_lots(records, MONDAY, [clinic.amara.id, clinic.noah.id])
    assert [one.lot for one in lots_for(lots, clinic.amara.id)] == ["99Z", LOT]


def test_the_need_of_the_week_is_told_against_what_is_still_good(clinic: SmallClinic) -> None:
    came(clinic, 2)
    came(clinic, 9, lot="11A", expires=MONDAY - timedelta(days=1))
    vials_came(clinic, 1)
    booked(clinic)
    booked(clinic, "IVM", day=MONDAY + timedelta(days=2))
    booked(clinic, day=MONDAY + timedelta(days=8))
    with clinic.store.read() as records:
        spravato, ketamine = week_needs(records, MONDAY, read_lots(records))
    assert (spravato.needed, spravato.here, spravato.short) == (2, 2, None)
    assert (ketamine.needed, ketamine.here, ketamine.short) == (1, 1, None)
    logged(clinic, line(Moved.SENT, -1, note="returned"))
    with clinic.store.read() as records:
        short = week_needs(records, MONDAY, read_lots(records))[0].short
    assert short is not None
    assert short.sentence() == (
        "2 devices of Spravato are needed for the visits booked until Mon, Nov 23, and 1 are here. "
        "Order more."
    )


def test_where_no_log_is_kept_nothing_is_needed(clinic: SmallClinic) -> None:
    booked(clinic)
    with clinic.store.read() as records:
        assert week_needs(records, MONDAY, read_lots(records)) == ()


# What somebody has to settle.


def codes_of(found: list) -> list[tuple[str, object]]:
    return [(one.code, one.params.get("lot", one.params.get("lots"))) for one in found]


def test_what_is_to_be_settled_is_what_expired_with_something_left_and_what_stands_below_zero(
    clinic: SmallClinic,
) -> None:
    came(clinic, 4, expires=MONDAY + timedelta(days=3), lot="SOON")
    came(clinic, 4, expires=MONDAY - timedelta(days=1), lot="OVER")
    came(clinic, 2, expires=MONDAY - timedelta(days=1), lot="EMPTY")
    logged(clinic, line(Moved.SENT, -2, lot="EMPTY", note="to the distributor"))
    came(clinic, 1, lot="LESS")
    logged(clinic, line(Moved.SENT, -2, lot="LESS", note="to the distributor"))
    found = codes_of(to_settle(lots(clinic).values(), MONDAY, 31))
    assert sorted(found) == [("stock-below", "LESS"), ("stock-expired", "OVER")]


def test_a_lot_is_counted_every_so_many_days_from_when_it_came(clinic: SmallClinic) -> None:
    came(clinic, 4)
    vials_came(clinic)
    due = [count_due(lots(clinic).values(), MONDAY + timedelta(days=n), 7) for n in (7, 8)]
    assert [codes_of(one) for one in due] == [[], [("stock-count-due", f"{LOT}, {VIALS}")]]
    clinic.clock.at = instant(12)
    counted(clinic, 4)
    later = MONDAY + timedelta(days=8)
    clinic.clock.at = at(later, 9)
    counted(clinic, 4)
    assert codes_of(count_due(lots(clinic).values(), later, 7)) == [("stock-count-due", VIALS)]


def test_a_lot_of_which_nothing_is_left_is_not_counted(clinic: SmallClinic) -> None:
    came(clinic, 1)
    logged(clinic, line(Moved.SENT, -1, note="to the distributor"))
    assert count_due(lots(clinic).values(), MONDAY + timedelta(days=90), 7) == []


@pytest.mark.parametrize(("days", "ends"), [(-1, True), (7, True), (8, False)])
def test_what_ends_in_the_coming_week_or_has_ended(clinic: SmallClinic, days: int, ends: bool) -> None:
    came(clinic, 4, expires=MONDAY + timedelta(days=days))
    assert bool(ends_within(lots(clinic).values(), MONDAY)) is ends


def test_what_goes_to_another_record_of_a_lot_that_never_came_is_kept(clinic: SmallClinic) -> None:
    line = DrugMovement(lot="N1", devices=-2, what=Moved.PASSED_ON, patient_id=clinic.amara.id, note="x")
    logged = move_drugs(clinic.store, clinic.prescriber, line)
    assert [one.lot for one in logged.lines] == ["N1"]
