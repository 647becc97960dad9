"""What a board shows of a day: columns, heads, what is closed and covered, who stands where."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.intervals import Interval
from clinic_desktop.people.model import Absence, Break, Shift, Staff
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.model import Closure
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.ui.board.block import shifted
from clinic_desktop.ui.board.cell_walk import Cell
from clinic_desktop.ui.board.counts import counts_of
from clinic_desktop.ui.board.cover import cover_of
from clinic_desktop.ui.board.day_axis import axis_of, short_clock
from clinic_desktop.ui.board.free_time import HeadTone, day_words, free_until, past_words, today_words
from clinic_desktop.ui.board.gone import cell_sentence
from clinic_desktop.ui.board.nurse_load import LoadStep, nursed, steps_of
from clinic_desktop.ui.board.reading import read_days
from clinic_desktop.ui.board.room_scene import rooms_scene, short_room, week_scene
from clinic_desktop.ui.board.scene import Scene, Shut, Subject, ViewKind, hours_shown, placed_in, shut_of
from clinic_desktop.ui.board.shown import Shown, days_of, heading, neighbours
from clinic_desktop.ui.board.shown import day_words as words_of_day
from clinic_desktop.ui.board.staff_scene import short_name, staff_scene
from clinic_desktop.ui.board.troubles import troubles_of
from tests.small_clinic import FRONT_DESK, MONDAY, at
from tests.ui.board.stage import Stage
from tests.ui.board.test_blocks import block

TUESDAY = date(2026, 11, 17)
OPEN = [Interval(480, 1050)]
BLOCK = block(clock=600)


def subject(stage: Stage, hour: int = 9, minute: int = 30, days=(MONDAY,), ended=False) -> Subject:
    read = read_days(stage.clinic.store, days[0], days[-1])
    rows = tuple(row for day in days for row in read[day].visits)
    now = instant_minute(at(MONDAY, hour, minute))
    return Subject(stage.setup, rows, tuple(days), MONDAY, now, ended)


def rooms(stage: Stage, **more) -> Scene:
    made = subject(stage, **more)
    return rooms_scene(made, made.blocks())


def staff(stage: Stage, **more) -> Scene:
    made = subject(stage, **more)
    return staff_scene(made, made.blocks())


def head(scene: Scene, place: str):
    number = next(n for n, one in enumerate(scene.columns) if one.place == place)
    return scene.heads[number].words


def where(scene: Scene, visit) -> str:
    return next(scene.columns[one.column].place for one in scene.placed if one.block.id == visit.id)


# Words in the heads.


def test_a_free_room_says_until_when_and_stands_out():
    said = today_words(OPEN, [Interval(765, 900)], 600, None)
    assert said.variants[0] == "Free now until 12:45"
    assert said.tone is HeadTone.FREE


def test_a_taken_room_says_its_next_opening():
    said = today_words(OPEN, [Interval(480, 670), Interval(690, 800)], 600, None)
    assert said.variants[0] == "Free 11:10 to 11:30"


def test_a_gap_too_short_for_anybody_is_no_opening():
    assert today_words(OPEN, [Interval(480, 670), Interval(680, 1050)], 600, None).variants == ("Full",)


def test_a_stay_that_runs_on_says_when_the_room_is_back():
    said = today_words(OPEN, [Interval(480, 610)], 600, 610)
    assert said.variants[0] == "Over, free 10:10"
    assert said.tone is HeadTone.LATE


def test_a_closed_room_says_until_when():
    assert today_words([Interval(660, 1050)], [], 600, None).variants[0] == "Opens 11:00"
    assert today_words([Interval(480, 540)], [], 600, None).variants == ("Closed",)


def test_another_day_says_its_first_opening():
    assert day_words(OPEN, []).variants == ("Free all day",)
    assert day_words(OPEN, [Interval(480, 600)]).variants[0] == "Free 10:00 to 5:30"
    assert day_words([], []).variants == ("Closed",)
    assert past_words(1).variants == ("1 visit",)
    assert past_words(3).variants == ("3 visits",)


def test_a_cell_is_free_until_the_next_visit():
    assert free_until([Interval(480, 600)], 480) == 600
    assert free_until([Interval(480, 600)], 600) is None


# The day by room.


def test_one_column_for_each_room_in_the_clinics_order_and_one_without(stage):
    places = [one.place for one in rooms(stage).columns]
    assert places == [
        "Consult 1", "Infusion 1", "Infusion 2", "Infusion 3", "Infusion 4", "Spravato 1", "Spravato 2",
        "No room",
    ]  # fmt: skip


def test_the_hours_shown_hold_the_clinics_hours_and_every_visit(stage):
    assert (rooms(stage).first, rooms(stage).last) == (450, 1080)
    early = shifted(BLOCK, -200)
    assert hours_shown(subject(stage), [early]) == (360, 1080)
    assert hours_shown(subject(stage), [shifted(early, 700)]) == (450, 1230)


def test_visits_stand_in_their_rooms_and_a_call_in_the_column_without(stage):
    visit, call = stage.book(), stage.call(780)
    scene = rooms(stage)
    assert where(scene, visit) == "Infusion 1"
    assert where(scene, call) == "No room"


def test_closed_hours_are_shut_and_a_closure_says_why(stage):
    room = stage.clinic.rooms["Infusion 4"].id
    stage.change_setup(Closure(0, 0, room, MONDAY, 0, MONDAY, 660, "Pump service"))
    column = rooms(stage).columns[4]
    assert column.shut[0] == Shut(450, 660, "Pump service")
    assert column.shut[-1] == Shut(1050, 1080, "")
    assert head(rooms(stage), "Infusion 4").variants[0] == "Opens 11:00"


def test_a_holiday_shuts_the_whole_day_with_its_name(stage):
    stage.change_setup(Closure(from_day=MONDAY, to_day=MONDAY, reason="Thanksgiving"))
    for column in rooms(stage).columns:
        assert column.shut == (Shut(450, 1080, "Thanksgiving"),)
        assert not column.free


def test_closed_stretches_are_cut_where_their_reasons_end():
    assert shut_of([Interval(600, 700)], 480, 800, [Shut(540, 600, "Lunch")]) == (
        Shut(480, 540, ""),
        Shut(540, 600, "Lunch"),
        Shut(700, 800, ""),
    )


def test_cancelled_and_missed_visits_are_hidden_until_they_are_asked_for(stage):
    visit = stage.book()
    cancel(stage.clinic.store, FRONT_DESK, visit.id, visit.version, CancelReason.UNWELL)
    assert not rooms(stage).placed
    assert [one.block.id for one in rooms(stage, ended=True).placed] == [visit.id]
    assert rooms(stage, ended=True).columns[1].free == (Interval(480, 1050),)  # its time is free all the same


def test_a_displaced_visit_leaves_its_room_for_the_column_without(stage):
    first = stage.book("Petrov, Nina", minute=480)
    second = stage.book(minute=585)
    stage.stamp(first, StampKind.IN_ROOM, 9, 20)  # so late that the room is needed until eleven
    scene = rooms(stage, hour=9, minute=50)
    assert stage.visit(second).displaced
    assert where(scene, second) == "No room"
    assert where(scene, first) == "Infusion 1"
    assert head(scene, "No room").variants == ("1 displaced",)
    ready = axis_of(MONDAY, "America/Chicago").minute(stage.visit(first).room_until)
    assert ready > 600
    assert head(scene, "Infusion 1").variants[0] == f"Over, free {short_clock(ready)}"


def test_cover_is_whole_while_the_prescriber_is_here(stage):
    stage.book(code="SP1", minute=600)
    cover = rooms(stage).cover
    assert cover.present == (Interval(450, 1080),)
    assert not cover.gaps
    assert cover.spoken == "Dr. Lin is on site 7:30 AM to 6:00 PM."


def test_a_gap_in_the_cover_names_its_minutes_and_its_visits(stage):
    visit = stage.book(code="SP1", minute=600)
    lin = stage.clinic.lin.id
    stage.change_setup(Absence(staff_id=lin, from_day=MONDAY, from_minute=660, to_day=MONDAY, to_minute=720))
    cover = rooms(stage).cover
    [gap] = [one for one in cover.gaps if visit.id in one.visits]
    assert (gap.start, gap.end) == (660, 720)
    assert "Nobody covers 11:00 AM to 12:00 PM" in cover.spoken


def test_whoever_was_dosed_late_needs_cover_beyond_the_plan(stage):
    """Planned to end at 12:25; by what was given nobody releases her before 1:05 PM."""
    visit = stage.book(code="SP1", minute=600)
    lin = stage.clinic.lin.id
    stage.change_setup(Absence(staff_id=lin, from_day=MONDAY, from_minute=770, to_day=MONDAY, to_minute=840))
    assert not rooms(stage).cover.gaps
    release = instant_minute(at(MONDAY, 13, 5))
    dosed = replace(visit, state=VisitState.MONITORING, release_from=release)
    [gap] = cover_of(stage.setup, MONDAY, [dosed], instant_minute(at(MONDAY, 12, 0))).gaps
    assert (gap.start, gap.end, gap.visits) == (770, 785, (visit.id,))


def test_what_has_passed_needs_no_cover_any_more(stage):
    stage.book(code="SP1", minute=600)
    lin = stage.clinic.lin.id
    stage.change_setup(Absence(staff_id=lin, from_day=MONDAY, from_minute=660, to_day=MONDAY, to_minute=720))
    assert not rooms(stage, hour=12, minute=30).cover.gaps


def test_the_last_start_of_a_treatment_stands_in_its_rooms(stage):
    found = {one.place: one.last_safe for one in rooms(stage).columns}
    assert found["Spravato 1"] == 1080 - 145 - 30  # cover until 6:00, the shortest stay, the margin
    assert found["Infusion 1"] == 1050 - 90  # the clinic closes at 5:30
    assert found["Consult 1"] is None


def test_a_prescriber_who_leaves_early_moves_it(stage):
    lin = stage.clinic.lin.id
    stage.change_setup(Absence(staff_id=lin, from_day=MONDAY, from_minute=900, to_day=MONDAY))
    found = {one.place: one.last_safe for one in rooms(stage).columns}
    assert found["Spravato 1"] == 900 - 145 - 30


def test_a_cell_after_it_says_so(stage):
    scene = rooms(stage)
    column = next(n for n, one in enumerate(scene.columns) if one.place == "Spravato 1")
    assert "After the last treatment start, 3:05 PM" in cell_sentence(scene, Cell(column, 960))
    assert "After" not in cell_sentence(scene, Cell(column, 900))


def nurse_break(stage: Stage, start: int, end: int) -> Staff:
    """The nurse of every visit goes on a break at those minutes."""
    maya = stage.by_name("Maya Jones")
    with stage.clinic.store.write(PROGRAM) as unit:
        for one in unit.find(Shift, staff_id=maya.id):
            unit.save(replace(one, breaks=(Break(start, end),)))
        unit.commit()
    return maya


def test_a_break_while_a_patient_is_watched_is_a_gap_with_the_name(stage):
    visit = stage.book(minute=600)
    maya = nurse_break(stage, 660, 690)
    cover = rooms(stage).cover
    [gap] = cover.gaps
    assert (gap.start, gap.end, gap.person, gap.visits) == (660, 690, maya.id, (visit.id,))
    assert "Maya Jones is on a break or away 11:00 AM to 11:30 AM, while a patient is dosed" in cover.spoken
    made = subject(stage)
    [trouble] = troubles_of(made.blocks()[0], cover, "Infusion 1")
    assert trouble.text.startswith("Maya Jones is on a break or away 11:00 AM to 11:30 AM.")
    assert counts_of(made.blocks(), cover)[1].text == "1 without cover"


def test_the_view_by_person_names_who_has_a_patient_on_a_break(stage):
    stage.book(minute=600)
    nurse_break(stage, 660, 690)
    made = subject(stage)
    (head,) = [one for one in staff_scene(made, made.blocks()).heads if one.title == "Maya Jones"]
    assert head.words.variants[0] == "Break or away with a patient 11:00 to 11:30"
    assert head.words.tone is HeadTone.LATE


def test_a_break_before_or_after_the_patient_or_already_over_is_no_gap(stage):
    stage.book(minute=600)
    nurse_break(stage, 720, 750)
    assert not rooms(stage).cover.gaps
    nurse_break(stage, 660, 690)
    assert not rooms(stage, hour=11, minute=30).cover.gaps


def test_the_nurse_load_counts_patients_by_the_minute(stage):
    stage.book(minute=600)
    stage.book("Petrov, Nina", minute=630, room="Infusion 2")
    load = next(one for one in rooms(stage).loads if one.initials == "MJ")
    assert load.limit == 3
    assert load.steps == (LoadStep(600, 630, 1), LoadStep(630, 690, 2), LoadStep(690, 720, 1))
    assert (load.at(640), load.at(500)) == (2, 0)


def test_a_stay_that_runs_on_counts_with_whoever_watches_it_once(stage):
    visit = stage.visit(stage.book(minute=600))
    visit_type = stage.setup.type_by_id(visit.type_id)
    ((nurse, start, end),) = nursed(visit, visit_type)
    assert nursed(replace(visit, here_until=end + 20), visit_type) == [(nurse, start, end + 20)]


def test_steps_that_touch_do_not_pile_up():
    assert steps_of([(0, 10), (10, 20)]) == (LoadStep(0, 20, 1),)


# The week.


def test_the_week_has_a_group_of_rooms_for_each_day_and_marks_today(stage):
    visit = stage.book()
    days = days_of(Shown(ViewKind.WEEK, TUESDAY), stage.setup)
    made = subject(stage, days=days)
    scene = week_scene(made, made.blocks())
    titles = ["Mon, Nov 16", "Tue, Nov 17", "Wed, Nov 18", "Thu, Nov 19", "Fri, Nov 20"]
    assert [one.title for one in scene.heads] == titles
    assert [one.today for one in scene.heads] == [True, False, False, False, False]
    assert scene.heads[0].words.variants == ("1 visit",)
    assert scene.compact
    assert [one.title for one in scene.columns[:7]] == ["C1", "I1", "I2", "I3", "I4", "S1", "S2"]
    assert next(one.column for one in scene.placed if one.block.id == visit.id) == 1


@pytest.mark.parametrize(("name", "short"), [("Infusion 2", "I2"), ("Spravato 10", "S10"), ("Garden", "Ga")])
def test_rooms_have_short_names(name, short):
    assert short_room(name) == short


def test_a_week_shows_the_days_the_clinic_works_and_the_one_that_was_asked_for(stage):
    saturday = date(2026, 11, 21)
    assert days_of(Shown(ViewKind.WEEK, TUESDAY), stage.setup)[-1] == date(2026, 11, 20)
    assert days_of(Shown(ViewKind.WEEK, saturday), stage.setup)[-1] == saturday


def test_pages_are_named_by_their_days(stage):
    assert heading(Shown(ViewKind.ROOMS, TUESDAY), stage.setup) == "Tue, Nov 17, 2026"
    assert heading(Shown(ViewKind.WEEK, TUESDAY), stage.setup) == "Nov 16 \N{EN DASH} 20, 2026"
    assert heading(Shown(ViewKind.WEEK, date(2026, 12, 1)), stage.setup) == "Nov 30 \N{EN DASH} Dec 4, 2026"


def test_the_pages_before_and_after_are_read_ahead(stage):
    assert neighbours(Shown(ViewKind.ROOMS, TUESDAY), stage.setup) == [MONDAY, date(2026, 11, 18)]


def test_a_day_in_words(stage):
    assert words_of_day(MONDAY, stage.setup) == "Open 8:00 AM to 5:30 PM. 1 prescriber, 2 nurses."
    assert words_of_day(date(2026, 11, 21), stage.setup) == "The clinic is closed that day."


# The day by person.


def test_a_nurse_has_a_lane_for_each_patient_they_may_watch(stage):
    stage.book(minute=600)
    other = stage.book("Petrov, Nina", minute=630, room="Infusion 2")
    scene = staff(stage)
    lanes = [(one.title, one.count) for one in scene.heads]
    assert lanes == [("Dr. Lin", 1), ("Maya Jones", 3), ("Tunde Okoro", 3)]
    assert where(scene, other) == "Maya Jones, lane 2"
    assert [one.weight < 1 for one in scene.columns] == [True, False, False, True, True, True, True]


def test_a_person_is_not_kept_by_the_turnover(stage):
    visit = stage.book()
    block = next(one.block for one in staff(stage).placed if one.block.id == visit.id)
    assert (block.start, block.end, block.turned) == (600, 690, 690)
    assert block.staff == "I1"  # the room, where the person is the column


def test_breaks_and_the_end_of_a_shift_are_shut(stage):
    made = Staff(name="Rosa Silva", initials="RS", roles=frozenset({Role.NURSE}))
    with stage.clinic.store.write(FRONT_DESK) as unit:
        person = unit.add(made)
        unit.add(Shift(0, 0, person.id, frozenset(range(5)), 540, 900, (Break(700, 730),)))
        unit.commit()
    scene = staff(stage)
    column = next(one for one in scene.columns if one.staff_id == person.id)
    assert column.shut == (Shut(450, 540, ""), Shut(700, 730, "Break"), Shut(900, 1080, ""))
    words = next(one.words for one in scene.heads if one.title == "Rosa Silva")
    assert words.variants[0] == "0 of 3 now, break 11:40"


@pytest.mark.parametrize(("name", "short"), [("Dr. Helen Lin", "Dr. Lin"), ("Maya Jones", "Maya"), ("", "")])
def test_people_have_short_names(name, short):
    assert short_name(name) == short


# Time.


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1), date(2026, 7, 1)])
def test_the_working_day_reads_like_the_clock_on_the_wall_on_every_day(day):
    axis = axis_of(day, "America/Chicago")
    nine = instant_minute(at(day, 9))
    assert axis.minute(nine) == 540
    assert short_clock(axis.minute(nine + 150)) == "11:30"


def test_stays_that_overlap_lie_like_cards_where_both_names_stay_in_sight():
    first = replace(BLOCK, id=1, end=700, turned=715)
    later, soon = replace(BLOCK, id=2, start=660, end=740), replace(BLOCK, id=2, start=610, end=740)
    assert [one.staggered for one in placed_in([(0, first), (0, later)])] == [True, True]
    assert [one.staggered for one in placed_in([(0, first), (0, soon)])] == [False, False]
    assert [one.staggered for one in placed_in([(0, first), (1, later)])] == [False, False]


def test_turnover_squeezes_nobody():
    first = replace(BLOCK, id=1, state=VisitState.MONITORING, end=700, turned=715)
    following = replace(BLOCK, id=2, start=705, end=800)
    assert [one.lanes for one in placed_in([(0, first), (0, following)])] == [1, 1]


def test_a_room_is_not_free_while_somebody_who_came_early_is_in_it(stage: Stage) -> None:
    visit = stage.book(minute=720, room="Infusion 1")
    assert head(rooms(stage), "Infusion 1").variants[0] == "Free now until 12:00"
    stage.stamp(visit, StampKind.ARRIVED, 9, 10)
    stage.stamp(visit, StampKind.IN_ROOM, 9, 20)
    scene = rooms(stage)
    assert head(scene, "Infusion 1").tone is HeadTone.QUIET
    assert "Free now" not in head(scene, "Infusion 1").variants[0]
    shown = next(one.block for one in scene.placed if one.block.id == visit.id)
    assert (short_clock(shown.start), shown.inside) == ("9:20", True)
    assert shown.bands[0].start == shown.start
    # However long ago they were to leave.
    assert "Free now" not in head(rooms(stage, hour=16), "Infusion 1").variants[0]
