"""A visit as a block: its phases, words and troubles."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.people.model import Staff, TransportKind
from clinic_desktop.scheduling.board_rows import BoardRow
from clinic_desktop.scheduling.claims import timed
from clinic_desktop.scheduling.defaults import default_setup
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.board.block import BandKind, Block, blocks_of, initials_of, names_of, shifted
from clinic_desktop.ui.board.block_paint import Size, painted
from clinic_desktop.ui.board.block_words import LineHeights, LineKind, lines_of
from clinic_desktop.ui.board.counts import counts_of
from clinic_desktop.ui.board.cover import Cover
from clinic_desktop.ui.board.overlay import gap_badge_at
from clinic_desktop.ui.board.reading import BoardVisit
from clinic_desktop.ui.board.sentences import free_sentence, visit_sentence
from clinic_desktop.ui.board.troubles import troubles_of
from clinic_desktop.ui.driver_badge import DriverMark
from clinic_desktop.ui.paint import Tone, badge_height, badge_width

DAY = date(2026, 11, 17)
ZONE = "America/Chicago"
MAYA = Staff(1, 1, "Maya Jones", "MJ", frozenset({Role.NURSE}))
HEIGHTS = LineHeights(name=18, text=17, badge=22, pad=3)


def setup() -> Setup:
    return replace(default_setup(), staff=(MAYA,))


def minute_of(clock: int) -> int:
    return to_utc_minute(WallTime(DAY, clock), ZONE)


def row(code: str = "IVM", clock: int = 615, name: str = "Okafor, Amara", **visit: object) -> BoardRow:
    """A visit of that type at a minute of the day; ``visit`` changes its fields."""
    kind = setup().type_by_code(code)
    wanted = {
        "id": 1, "version": 1, "patient_id": 1, "room_id": 2, "nurse_id": 1, "state": VisitState.CONFIRMED,
    } | visit  # fmt: skip
    made = timed(Visit(type_id=kind.id, day=DAY, minute=clock, zone=ZONE, **wanted), kind)
    family, given = name.split(", ")
    return BoardRow(made, given, family, "", None, "(512) 555-0142", 6 if made.course_no else 0)


def block(code: str = "IVM", clock: int = 615, now: int = 480, here: bool = False, **visit: object) -> Block:
    return blocks_of([BoardVisit(row(code, clock, **visit), here)], setup(), minute_of(now))[0]


def test_an_infusion_shows_its_phases_in_order_and_the_turnover_after_it():
    made = block()
    assert (made.arrive, made.start, made.end, made.turned) == (600, 615, 705, 720)
    assert [(one.kind, one.start, one.end) for one in made.bands] == [
        (BandKind.PREP, 615, 630),
        (BandKind.DOSE, 630, 670),
        (BandKind.WATCH, 670, 700),
        (BandKind.PREP, 700, 705),
    ]


def test_the_code_and_what_the_type_says_beyond_it():
    assert (block().code, block().detail) == ("IV", "")
    assert block("IVB").detail == "Booster"
    assert (block("SP1").code, block("SP1").detail) == ("SP", "First 56 mg")
    assert (block("FUP").code, block("FUP").detail) == ("CO", "Follow-up")
    assert block(course_id=4, course_no=2).progress == "2/6"


NAMED = {
    "plan_kind": TransportKind.ADULT_DRIVES,
    "plan_name": "Bea Marsh",
    "plan_phone": "555-0100",
    "plan_adult": True,
}
CONFIRMED = NAMED | {"plan_confirmed_at": datetime(2026, 11, 16, 20, tzinfo=UTC), "plan_confirmed_by": 1}


@pytest.mark.parametrize(
    ("plan", "here", "mark"),
    [
        ({}, False, DriverMark.MISSING),
        (NAMED, False, DriverMark.NAMED),
        (CONFIRMED, False, DriverMark.CONFIRMED),
        (CONFIRMED, True, DriverMark.HERE),
    ],
)
def test_the_driver_has_the_word_of_the_rules(plan, here, mark):
    assert block(here=here, **plan).driver is mark


def test_a_consultation_asks_for_no_driver():
    assert block("CON").driver is None


def test_whoever_has_left_asks_for_no_driver_any_more():
    assert block(state=VisitState.LEFT).driver is None


def test_a_patient_who_stays_on_makes_the_block_longer_by_the_clock():
    made = block(state=VisitState.MONITORING, now=720)
    assert (made.end, made.turned, made.over) == (720, 735, 15)
    assert made.bands[-1].end == 720


def test_a_patient_who_left_early_makes_it_shorter():
    until = minute_of(660) + 15
    made = block(state=VisitState.LEFT, room_until=until)
    assert (made.end, made.turned, made.over) == (660, 675, 0)
    assert [one.kind for one in made.bands] == [BandKind.PREP, BandKind.DOSE]


def test_displaced_is_a_mark_of_those_who_are_still_to_come_or_here():
    assert block(displaced=True).displaced
    assert not block(displaced=True, state=VisitState.LEFT).displaced


def test_names_shorten_and_are_never_cut_inside_a_word():
    assert names_of(block()) == ("Okafor, Amara", "Okafor, A.", "Okafor")
    assert initials_of(block()) == "AO"


def test_given_names_that_begin_alike_are_as_long_as_tells_them_apart():
    rows = [
        row(id=1, patient_id=1, name="Marlow, Anna"),
        row(id=2, patient_id=2, name="Marlow, Annie", clock=800),
        row(id=3, patient_id=3, name="Marlow, Peter", clock=900),
    ]
    anna, annie, peter = blocks_of([BoardVisit(one) for one in rows], setup(), minute_of(480))
    assert names_of(anna) == ("Marlow, Anna", "Anna Marlow", "Anna M.")
    assert names_of(annie) == ("Marlow, Annie", "Marlow, Anni.", "Anni. Marlow", "Anni. M.")
    assert names_of(peter) == ("Marlow, Peter", "Marlow, P.", "P. Marlow")


def test_of_two_similar_names_the_given_name_always_shows():
    rows = [
        row(id=1, patient_id=1),
        row(id=2, patient_id=2, name="Okafor, Ben", clock=800),
        row(id=3, patient_id=3, name="Silva, Ana", clock=900),
    ]
    made = blocks_of([BoardVisit(one) for one in rows], setup(), minute_of(480))
    assert [one.alike for one in made] == [("Okafor, Ben",), ("Okafor, Amara",), ()]
    assert names_of(made[0])[-1] == "A. Okafor"


def test_one_person_with_two_visits_is_nobody_else():
    rows = [row(id=1), row(id=2, clock=900)]
    assert all(not one.alike for one in blocks_of([BoardVisit(r) for r in rows], setup(), minute_of(480)))


def test_a_shifted_block_keeps_its_lengths():
    moved = shifted(block(), 30)
    assert (moved.arrive, moved.start, moved.end, moved.turned) == (630, 645, 735, 750)
    assert [one.start for one in moved.bands] == [645, 660, 700, 730]


def test_a_visit_is_one_sentence():
    made = block(course_id=4, course_no=2, state=VisitState.ARRIVED)
    assert visit_sentence(made, "Infusion 2") == (
        "Okafor, Amara. IV ketamine, 2 of 6. Tuesday, November 17, 10:15 AM to 11:45 AM, Infusion 2. "
        "Arrived. Nurse Maya Jones. Driver missing."
    )


MONDAY_2_PM = -24 * 60 + 14 * 60  # minutes of the day, from the Tuesday of these tests


@pytest.mark.parametrize(("now", "late"), [(MONDAY_2_PM - 1, False), (MONDAY_2_PM, True)])
def test_a_missing_driver_is_red_from_2_pm_on_the_business_day_before(now: int, late: bool) -> None:
    there = [BoardVisit(row(state=VisitState.HELD, held_for=frozenset({"driver"})))]
    (made,) = blocks_of(there, setup(), minute_of(0) + now)
    assert (made.driver, made.driver_late) == (DriverMark.MISSING, late)
    said = "Driver missing." if late else "No driver yet."
    assert visit_sentence(made, "Infusion 2").endswith(said)
    (count,) = [one for one in counts_of([made], Cover()) if one.id == "no-driver"]
    assert count.tone is (Tone.DANGER if late else Tone.WARN)
    trouble = next(one for one in troubles_of(made, Cover(), "") if "driver" in one.title)
    assert trouble.tone is (Tone.DANGER if late else Tone.WARN)


def test_a_driver_who_is_named_is_never_red() -> None:
    assert not block(**NAMED).driver_late


def test_troubles_are_in_the_sentence():
    held = block(state=VisitState.HELD, held_for=frozenset({"driver"}))
    assert "Held for a driver" in visit_sentence(held, "Infusion 2")
    assert "Displaced: its room is still taken" in visit_sentence(block(displaced=True), "Infusion 2")
    assert "15 min over" in visit_sentence(block(state=VisitState.MONITORING, now=720), "Infusion 2")
    assert "no room" in visit_sentence(block("CONF", room_id=None), "")


def test_a_free_cell_is_one_sentence():
    assert free_sentence("Infusion 2", 615, 765) == "Infusion 2, 10:15 AM, free until 12:45 PM"
    assert free_sentence("Infusion 2", 615, None) == "Infusion 2, 10:15 AM, closed"


def kinds(made: Block, height: float, fits: bool = True) -> Sequence[LineKind]:
    return [line.kind for line in lines_of(made, height, HEIGHTS, lambda _text: fits)]


def test_a_low_block_says_the_name_and_a_tall_one_everything():
    made = replace(block(), driver=DriverMark.CONFIRMED)
    assert kinds(made, 20) == [LineKind.NAME]
    assert kinds(made, 40) == [LineKind.NAME, LineKind.CODE]
    assert kinds(made, 62) == [LineKind.NAME, LineKind.CODE, LineKind.DRIVER]
    assert kinds(made, 90) == [LineKind.NAME, LineKind.CODE, LineKind.DRIVER, LineKind.WORDS]


def test_that_a_visit_is_displaced_is_said_before_its_code():
    assert kinds(block(displaced=True), 45) == [LineKind.NAME, LineKind.DISPLACED]


def test_that_nobody_drives_is_said_before_the_code():
    made = replace(block(), driver=DriverMark.MISSING)
    assert kinds(made, 45) == [LineKind.NAME, LineKind.DRIVER]
    assert kinds(made, 62) == [LineKind.NAME, LineKind.CODE, LineKind.DRIVER]


@given(height=st.floats(min_value=6, max_value=300), fits=st.booleans())
def test_no_line_reaches_below_its_block(height, fits):
    lines = lines_of(block(displaced=True), height, HEIGHTS, lambda _text: fits)
    size = {LineKind.NAME: 18, LineKind.CODE: 17, LineKind.WORDS: 17}
    bottom = max(line.top + size.get(line.kind, 22) for line in lines)
    assert bottom <= max(height, 18) + 0.01
    assert [line.top for line in lines] == sorted(line.top for line in lines)


def test_times_and_state_share_a_line_where_they_fit():
    wide = [line.text for line in lines_of(block(), 200, HEIGHTS, lambda _text: True)]
    assert wide[-1] == "10:15\N{EN DASH}11:45  Confirmed"
    narrow = lines_of(block(), 200, HEIGHTS, lambda text: len(text) < 13)
    assert [line.text for line in narrow][-2:] == ["10:15\N{EN DASH}11:45", "Confirmed"]


@pytest.mark.parametrize("height", [60, 96, 140, 220])
@pytest.mark.parametrize("top", [0, 30])
def test_no_cover_stands_where_no_word_of_the_visit_does(qapp: object, height: int, top: int) -> None:
    visit = QRectF(0, 0, 124, height + 20)
    picture = painted(block(), Size(124, height, height + 20), 1.0)
    size = QSizeF(badge_width("No cover"), badge_height())
    gap = QRectF(0, top, 124, height - top)
    at = gap_badge_at(gap, visit, picture.words, size)
    if at is None:
        assert height < 100, "there is room"
    else:
        assert visit.contains(QRectF(at, size))
        assert not any(one.intersects(QRectF(at, size)) for one in picture.words)
