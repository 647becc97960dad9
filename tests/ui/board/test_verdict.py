"""The forecast of a move: what it says, and that the move itself agrees."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import Conflict, Refusal
from clinic_desktop.foundation.rulebook import Severity
from clinic_desktop.people.model import Absence, Order
from clinic_desktop.scheduling.availability import Availability
from clinic_desktop.scheduling.model import Closure, PhaseStaff, Visit
from clinic_desktop.scheduling.moving import Move, move, to
from clinic_desktop.scheduling.overlaps import SHARED
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from clinic_desktop.ui.board.day_ground import DayGround
from clinic_desktop.ui.board.forecast import Fit, Mark, Target, Verdict, read_known
from clinic_desktop.ui.board.reading import read_days
from clinic_desktop.ui.board.verdict import verdict
from tests.small_clinic import MONDAY, at
from tests.ui.board.stage import Stage

TUESDAY = MONDAY + timedelta(days=1)
MANAGER = Actor(0, frozenset({Role.MANAGER}), "desk")


def look(
    stage: Stage,
    visit: Visit,
    room: str | None,
    minute: int,
    day: date = MONDAY,
    *,
    over: bool = False,
    staff=None,
) -> Verdict:
    rows = read_days(stage.clinic.store, day, day)[day].visits
    ground = DayGround(stage.setup, day, rows, instant_minute(at(MONDAY, 7)))
    room_id = stage.clinic.rooms[room].id if room else None
    known = read_known(stage.clinic.store, visit.patient_id)
    target = Target(day, minute, room_id, staff)
    return verdict(ground, stage.visit(visit), target, known, may_override=over)


def ground_of(stage: Stage) -> DayGround:
    rows = read_days(stage.clinic.store, MONDAY, MONDAY)[MONDAY].visits
    return DayGround(stage.setup, MONDAY, rows, instant_minute(at(MONDAY, 7)))


def texts(said: Verdict, mark: Mark | None = None) -> list[str]:
    return [one.text for one in said.lines if mark is None or one.mark is mark]


def test_a_free_room_fits_and_says_everything_that_speaks_for_it(stage):
    visit = stage.book()
    said = look(stage, visit, "Infusion 2", 615)
    assert said.fit is Fit.FITS
    assert said.title == "Infusion 2  10:15\N{EN DASH}11:45"
    assert said.word == "fits"
    assert texts(said, Mark.OK) == [
        "Room free 8:00 to 5:30",
        "Nurse MJ, 1 of 3 patients",
        "Dr. Lin on site until 6:00",
    ]
    assert said.move == to(visit, minute=615, room_id=stage.clinic.rooms["Infusion 2"].id)
    assert "Infusion 2  10:15\N{EN DASH}11:45 fits. Room free 8:00 to 5:30." in said.spoken


def test_the_stay_of_another_is_named_and_the_nearest_start_offered(stage):
    visit = stage.book()
    stage.book("Petrov, Nina", minute=720, room="Infusion 2", nurse_id=stage.clinic.tunde.id)
    said = look(stage, visit, "Infusion 2", 660)
    assert said.fit is Fit.NOT
    assert texts(said, Mark.NO) == ["Infusion 2 is taken until 1:45 PM."]
    assert said.nearest == 615
    assert texts(said)[-1] == "Nearest: 10:15"
    assert said.move is None


def test_the_nearest_start_is_never_in_the_past(stage):
    visit = stage.book(minute=780)
    stage.book("Petrov, Nina", minute=600, room="Infusion 2", nurse_id=stage.clinic.tunde.id)
    rows = read_days(stage.clinic.store, MONDAY, MONDAY)[MONDAY].visits
    ground = DayGround(stage.setup, MONDAY, rows, instant_minute(at(MONDAY, 9, 30)))
    target = Target(MONDAY, 560, stage.clinic.rooms["Infusion 2"].id)
    said = verdict(ground, visit, target, None)
    assert said.nearest == 705


def test_one_ground_says_of_each_cell_what_a_new_one_says(stage):
    visit = stage.book()
    other = stage.book("Petrov, Nina", minute=720, room="Infusion 2", nurse_id=stage.clinic.tunde.id)
    kept = ground_of(stage)
    for held in (visit, other):
        for room in ("Infusion 1", "Infusion 2", "Consult 1"):
            for minute in (480, 600, 660, 720, 800, 1020):
                target = Target(MONDAY, minute, stage.clinic.rooms[room].id)
                assert verdict(kept, held, target, None) == verdict(ground_of(stage), held, target, None)


def test_what_is_in_the_hand_is_looked_for_once_in_a_column(stage, monkeypatch):
    visit = stage.book()
    asked = []
    looked_up = Availability.parts
    monkeypatch.setattr(Availability, "parts", lambda *what: (asked.append(1), looked_up(*what))[1])
    ground = ground_of(stage)
    for minute in (480, 600, 660, 1020):
        verdict(ground, visit, Target(MONDAY, minute, stage.clinic.rooms["Infusion 2"].id), None)
    assert len(asked) == 1


def test_r15_a_visit_never_blocks_its_own_move(stage):
    visit = stage.book(minute=600)
    assert look(stage, visit, "Infusion 1", 610).fit is Fit.FITS


def test_another_nurse_takes_over_where_the_own_one_is_busy(stage):
    visit = stage.book()
    stage.book("Petrov, Nina", minute=840, room="Infusion 2")  # the same hands at the same minutes
    said = look(stage, visit, "Infusion 1", 840)
    assert said.fit is Fit.FITS
    assert "Nurse TO, 1 of 3 patients" in texts(said)
    assert texts(said, Mark.WARN) == ["Tunde Okoro instead of Maya Jones"]
    assert said.move is not None
    assert said.move.nurse_id == stage.clinic.tunde.id


@pytest.mark.parametrize("over", [False, True])
def test_who_takes_over_in_the_middle_is_named_with_the_phases(stage, over):
    """Maya goes at 10:30, when Tunde comes; with a reason it is said too, for whoever gives it."""
    visit = stage.book()
    where = "Infusion 2"
    stage.change_setup(
        Absence(0, 0, stage.clinic.maya.id, MONDAY, 630, MONDAY, 1080),
        Absence(0, 0, stage.clinic.tunde.id, MONDAY, 0, MONDAY, 630),
    )
    if over:
        room = stage.clinic.rooms[where].id
        stage.change_setup(Closure(0, 0, room, MONDAY, 0, MONDAY, 1440, "Paint"))
    said = look(stage, visit, where, 600, over=over)
    words = "Tunde Okoro instead of Maya Jones for infusion, recovery, release"
    assert words in texts(said, Mark.WARN), said
    assert f"{words}." in said.rules
    assert not said.unremarkable


def test_the_driver_is_told_only_when_the_pick_up_shifts_by_more_than_a_quarter(stage):
    visit = stage.book()
    assert not texts(look(stage, visit, "Infusion 1", 615), Mark.CALL)
    assert texts(look(stage, visit, "Infusion 1", 630), Mark.CALL) == ["Tell Bea Marsh: pick-up now 12:00"]


def test_a_broken_gap_warns_and_still_fits(stage):
    stage.book(day=date(2026, 11, 18))
    visit = stage.book(day=date(2026, 11, 16))
    said = look(stage, visit, "Infusion 1", 600, TUESDAY)
    assert said.fit is Fit.FITS
    assert any("clear days" in text for text in texts(said, Mark.WARN))


def test_days_that_are_not_usual_get_no_check_mark_but_the_words_of_the_booking(stage):
    """Also where they were not usual before the move."""
    stage.book(day=date(2026, 11, 16))
    visit = stage.book(day=date(2026, 11, 27))
    said = look(stage, visit, "Infusion 1", 700, date(2026, 11, 27))
    assert said.fit is Fit.FITS
    assert not any("after the visit" in text for text in texts(said, Mark.OK))
    assert [one for one in texts(said, Mark.WARN) if "after the visit" in one] == [
        "11 days after the visit on Mon, Nov 16; at most 7 are usual."
    ]


@pytest.mark.parametrize(("visits", "refused"), [(2, True), (1, False)])
def test_an_order_whose_visits_were_given_asks_for_no_days_between(stage, visits, refused):
    given, visit = stage.book(), stage.book(day=date(2026, 11, 18))
    mine = {"patient_id": visit.patient_id, "modality": "iv", "ordered_by": stage.clinic.lin.id}
    with stage.clinic.store.write(PROGRAM) as unit:
        order = unit.add(Order(**mine, drug="ketamine", dose=40, interval_days=7, visits=visits))
        unit.save(replace(given, state=VisitState.LEFT, order_id=order.id))
        unit.commit()
    said = texts(look(stage, visit, "Infusion 1", 700, date(2026, 11, 19)), Mark.NO)
    assert any("the order says every 7" in one for one in said) is refused, said
    assert not texts(look(stage, visit, "Infusion 1", 700, visit.day), Mark.NO), "it has its day already"


def test_a_visit_that_ended_without_a_treatment_is_no_visit_before(stage):
    gone = stage.book()
    visit = stage.book(day=date(2026, 11, 18))
    assert "2 days after the visit before" in texts(look(stage, visit, "Infusion 1", 700, visit.day), Mark.OK)
    stage.stamp(gone, StampKind.ARRIVED, 10)
    stage.clinic.clock.at = at(MONDAY, 10, 5)
    reason = Stamp(kind=StampKind.NOT_TREATED, at=at(MONDAY, 10, 5), note="unwell")
    record(stage.clinic.store, PROGRAM, gone.id, [reason])
    assert not any(
        "the visit before" in one for one in texts(look(stage, visit, "Infusion 1", 700, visit.day))
    )


def test_what_is_wrong_with_the_visit_already_is_not_said_of_the_move(stage):
    noah = stage.clinic.noah
    visit = stage.book(code="CON", patient_id=noah.id)
    assert look(stage, visit, "Consult 1", 700).fit is Fit.FITS
    assert not texts(look(stage, visit, "Consult 1", 700), Mark.WARN)


def test_outside_the_hours_a_reason_is_asked_of_whoever_may_go_over_a_rule(stage):
    visit = stage.book()
    refused = look(stage, visit, "Infusion 1", 990)
    assert refused.fit is Fit.NOT
    assert "A prescriber or manager can go over this with a reason." in texts(refused)
    said = look(stage, visit, "Infusion 1", 990, over=True)
    assert said.fit is Fit.ASKS
    assert said.word == "needs a reason"
    assert said.move is not None


def test_nobody_goes_over_missing_cover(stage):
    visit = stage.book(code="SP1", minute=600)
    lin = stage.clinic.lin.id
    stage.change_setup(Absence(0, 0, lin, MONDAY, 840, MONDAY, 1080))
    assert not any("go over this" in one for one in texts(look(stage, visit, "Spravato 2", 780)))
    said = look(stage, visit, "Spravato 2", 780, over=True)
    assert said.fit is Fit.NOT
    assert "No prescriber is on site from 2:00 PM to 3:25 PM." in texts(said)


def test_who_waits_may_still_be_moved_and_who_is_in_the_room_not(stage):
    visit = stage.book()
    stage.stamp(visit, StampKind.ARRIVED, 9, 45)
    assert look(stage, visit, "Infusion 2", 600).fit is Fit.FITS
    stage.stamp(visit, StampKind.IN_ROOM, 9, 55)
    said = look(stage, visit, "Infusion 2", 600, over=True)
    assert said.fit is Fit.NOT
    assert "cannot be moved any more" in texts(said)[0]


def test_a_room_that_is_not_fit_and_a_visit_without_a_room(stage):
    visit, call = stage.book(), stage.call(900)
    assert look(stage, visit, "Spravato 1", 600).fit is Fit.NOT
    assert texts(look(stage, visit, None, 600)) == ["IV ketamine needs a room."]
    assert texts(look(stage, call, "Infusion 1", 600)) == ["Phone intake takes no room."]
    assert look(stage, call, None, 930).fit is Fit.FITS


def test_over_a_nurses_lane_the_nurse_changes_and_the_room_stays(stage):
    visit = stage.book()
    said = look(stage, visit, None, 600, staff=stage.clinic.tunde.id)
    assert said.fit is Fit.FITS
    assert said.move == to(visit, nurse_id=stage.clinic.tunde.id)
    wrong = look(stage, visit, None, 600, staff=stage.clinic.lin.id)
    assert texts(wrong) == ["IV ketamine does not need this person."]


def test_at_most_six_lines(stage):
    visit = stage.book(code="SP1", minute=600)
    stage.change_setup(
        Closure(0, 0, stage.clinic.rooms["Spravato 2"].id, MONDAY, 0, MONDAY, 1440, "Paint"),
        Absence(0, 0, stage.clinic.lin.id, MONDAY, 0, MONDAY, 1440),
    )
    assert len(look(stage, visit, "Spravato 2", 1000).lines) <= 6


@pytest.mark.parametrize("day", [MONDAY, TUESDAY])
def test_the_move_itself_agrees_with_what_was_forecast(stage, day):
    """All over the board: what fits is saved, what asks is saved with a reason, what does not is refused."""
    visit = stage.book(minute=480)
    stage.book("Petrov, Nina", minute=600, room="Infusion 2", day=day)
    stage.book("Silva, Ana", minute=630, room="Infusion 3", day=day)
    stage.book("Osei, Kwame", minute=765, room="Infusion 4", day=day)
    stage.book("Moreau, Claire", code="SP1", minute=720, nurse_id=stage.clinic.tunde.id, day=day)
    stage.book(code="CON", minute=945, day=day)  # the patient's own: nobody is in two visits
    stage.change_setup(
        Closure(0, 0, stage.clinic.rooms["Infusion 4"].id, day, 0, day, 570, "Pump service"),
        Absence(0, 0, stage.clinic.tunde.id, day, 900, day, 1080),
    )
    seen = set()
    for room in ("Infusion 1", "Infusion 2", "Infusion 4", "Spravato 1"):
        for minute in range(450, 1051, 75):
            said = look(stage, visit, room, minute, day, over=True)
            seen.add(said.fit)
            wanted = to(visit, day=day, minute=minute, room_id=stage.clinic.rooms[room].id)
            visit = _agrees(stage, visit, said, said.move or wanted)
    assert seen == set(Fit) - ({Fit.SWAPS} if day == TUESDAY else set())  # rooms are swapped within a day


def _agrees(stage: Stage, visit: Visit, said: Verdict, wanted: Move) -> Visit:
    """Try it; a visit that was moved goes back to where it began."""
    store = stage.clinic.store
    if said.other is not None:
        there, other = move(store, MANAGER, [wanted, said.other]).visits
        there = _back(stage, there, room_id=wanted.room_id)
        both = [to(there, room_id=said.other.room_id), to(other, room_id=wanted.room_id)]
        return move(store, PROGRAM, both, "back").visits[0]
    if said.fit is Fit.FITS:
        return _back(stage, move(store, MANAGER, [wanted]).visits[0])
    with pytest.raises((Refusal, Conflict)) as refused:
        move(store, MANAGER, [wanted])
    if said.fit is Fit.NOT:
        with pytest.raises((Refusal, Conflict)):
            move(store, MANAGER, [wanted], "The patient needs it")
        return visit
    if isinstance(refused.value, Conflict):
        assert {one.kind for one in refused.value.taken} <= SHARED
    else:
        assert {one.severity for one in refused.value.findings} == {Severity.HARD}
    taken = refused.value.taken if isinstance(refused.value, Conflict) else ()
    sharing = {one.visit_id or 0 for one in taken}
    return _back(stage, move(store, MANAGER, [wanted], "The patient needs it", sharing).visits[0])


def _back(stage: Stage, moved: Visit, **more: object) -> Visit:
    room, nurse = stage.clinic.rooms["Infusion 1"].id, stage.clinic.maya.id
    home = to(
        moved, **{"day": MONDAY, "minute": 480, "room_id": room, "nurse_id": nurse, "phase_staff": ()} | more
    )
    return move(stage.clinic.store, PROGRAM, [home], "back").visits[0]


def test_who_takes_over_still_takes_over_where_a_reason_is_asked_for(stage):
    """Maya is there in the morning and Tunde from 10:30 on: no one of them could stay throughout."""
    maya, tunde = stage.clinic.maya.id, stage.clinic.tunde.id
    stage.change_setup(
        Absence(0, 0, tunde, MONDAY, 0, MONDAY, 630), Absence(0, 0, maya, MONDAY, 630, MONDAY, 1080)
    )
    visit = stage.book(phase_staff=_taken_over_by(tunde))
    stage.change_setup(Closure(0, 0, stage.clinic.rooms["Infusion 2"].id, MONDAY, 0, MONDAY, 1440, "Paint"))
    said = look(stage, visit, "Infusion 2", 600, over=True)
    assert said.fit is Fit.ASKS
    assert said.move == to(visit, room_id=stage.clinic.rooms["Infusion 2"].id)
    assert not any("work" in one for one in texts(said)), said


def _taken_over_by(nurse: int) -> tuple[PhaseStaff, ...]:
    return tuple(PhaseStaff(number, Role.NURSE, nurse) for number in (3, 4, 5))
