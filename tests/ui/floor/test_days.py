"""The floor's own day: earlier days recorded with their times, what was left open, who came after all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.scheduling.cancelling import CancelReason, cancel, miss
from clinic_desktop.scheduling.claims import timed
from clinic_desktop.scheduling.states import VisitState
from tests.small_clinic import MONDAY, SmallClinic, at, instant
from tests.treatment.stays import K, Stay, booked
from tests.ui.floor.conftest import CTRL, Keyboard, stay_of

Open = Callable[..., Keyboard]
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
TUESDAY = MONDAY + timedelta(days=1)


def on_tuesday(clinic: SmallClinic, open_floor: Open, hour: int = 9) -> Keyboard:
    clinic.clock.at = at(TUESDAY, hour)
    return open_floor()


def groups(floor: Keyboard) -> list[tuple[str, str]]:
    return [(one.group.value, one.name) for one in floor.place.floor.cards]


# Turning the days.


def test_the_days_turn_by_the_boards_keys(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic)
    floor = open_floor()
    assert not floor.place.view.other_day.isVisible()
    floor.press(Key.Key_Left, ALT)
    assert floor.place.floor.cards == ()
    assert floor.place.view.other_day.accessibleName().startswith("Earlier day: Sunday, November 15")
    floor.press(Key.Key_Home, CTRL)
    assert groups(floor) == [("coming", "Okafor, Amara")]
    floor.press(Key.Key_Right, ALT)
    assert floor.place.view.other_day.accessibleName().startswith("Still to come: Tuesday, November 17")
    floor.press(Key.Key_G, CTRL).type("11/16")
    assert groups(floor) == [("coming", "Okafor, Amara")]
    assert floor.on_cards


def test_the_floor_opens_on_today_again(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic)
    floor = open_floor().press(Key.Key_Left, ALT)
    floor.shell.go("patients")
    floor.shell.go("floor")
    floor.wait()
    assert floor.place.floor.day == MONDAY
    assert floor.place.navigator.day == MONDAY


# Recording on an earlier day.


def test_a_whole_stay_is_charted_the_day_after_with_its_times(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic)
    floor = on_tuesday(clinic, open_floor).press(Key.Key_Left, ALT)
    for line in (
        "9:50 a",
        "10:00 i",
        "10:02 c",
        "10:03 asked food 7:30 liquid 9:15 spray none preg no meds none",
        "10:04 124/78 70 98",
        "10:10 d 12K345",
        "10:15 d",
        "10:50 132/84",
        "12:15 124/78 70 98",
    ):
        floor.type(line)
    assert floor.card.state is VisitState.MONITORING
    assert (floor.card.group.value, floor.card.earlier) == ("unclosed", "Monday, November 16")
    floor.type("12:16 left early walked out")
    stay = stay_of(floor)
    assert [one.at for one in stay.stamps(K.DOSE, K.LEFT_EARLY)] == [
        instant(10, 10),
        instant(10, 15),
        instant(12, 16),
    ]
    assert all(one.recorded_at == at(TUESDAY, 9) for one in stay.stamps())
    assert [one.minutes for one in stay.forms()] == [126]
    assert floor.card.group.value == "done"


def test_nothing_of_an_earlier_day_is_stamped_now(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic)
    floor = on_tuesday(clinic, open_floor).press(Key.Key_Left, ALT)
    floor.type("a")
    assert "Begin with the time of that day" in floor.line
    assert stay_of(floor).stamps() == []
    floor.press(Key.Key_Escape).press(Key.Key_Escape).press(Key.Key_F2)
    assert "Begin with the time of that day" in floor.line
    floor.type("9:50")
    assert [one.at for one in stay_of(floor).stamps()] == [instant(9, 50)]


@pytest.mark.parametrize("key", [Key.Key_F5, Key.Key_F9])
def test_keys_ask_for_the_time_of_an_earlier_day(clinic: SmallClinic, open_floor: Open, key: Key) -> None:
    booked(clinic)
    floor = on_tuesday(clinic, open_floor).press(Key.Key_Left, ALT).press(key).type("10:00")
    assert [one.at for one in stay_of(floor).stamps()] == [instant(10)]


def test_another_end_asks_why_and_then_when(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared()
    floor = on_tuesday(clinic, open_floor).press(Key.Key_Left, ALT).press(Key.Key_E, CTRL)
    floor.dialog(Key.Key_1, Key.Key_Return).dialog(Key.Key_1, Key.Key_Return)
    assert stay_of(floor).state == "in room"
    floor.type("10:20")
    ended = stay_of(floor).stamps(K.NOT_TREATED)[0]
    assert (ended.at, ended.note) == (instant(10, 20), "Pressure too high")


def test_a_release_of_an_earlier_day_is_refused_for_what_was_missing_then(
    clinic: SmallClinic, open_floor: Open
) -> None:
    booked(clinic).sprayed().at(12, 10).checked()
    floor = on_tuesday(clinic, open_floor).press(Key.Key_Left, ALT)
    floor.press(Key.Key_R, CTRL).type("12:14")
    assert floor.refused == ["Not before 12:15 PM: 120 minutes after the last device."]
    floor.press(Key.Key_Escape)
    floor.press(Key.Key_R, CTRL).type("12:15")
    assert (stay_of(floor).state, stay_of(floor).incidents()) == ("left", [])


def test_a_call_made_today_about_yesterday_is_of_today(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).sprayed()
    floor = on_tuesday(clinic, open_floor, 11).press(Key.Key_Left, ALT)
    floor.type("k Bea, all is well").type("today 9:30 k Amara, asleep").type("12:40 k Bea, no answer")
    calls = stay_of(floor).calls()
    assert [one.at for one in calls] == [at(TUESDAY, 11), at(TUESDAY, 9, 30), instant(12, 40)]
    assert floor.place.panel.log.lines()[0].row.right == "Tue, Nov 17, 11:00 AM, MJ"


def test_an_entry_of_an_earlier_day_is_corrected(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic).sprayed()
    floor = on_tuesday(clinic, open_floor).press(Key.Key_Left, ALT)
    floor.place.hand.correct(stay.stamps(K.ARRIVED)[0])
    box = floor.place.panel.correcting
    assert box.line.text == "9:50am arrived"
    box.line.start("9:40am arrived")
    floor.press(Key.Key_Return).type("read from the paper")
    assert stay.visit.arrived is not None
    assert stay.stamps(K.ARRIVED)[-1].at == instant(9, 40)


# What earlier days left open.


def test_today_shows_what_earlier_days_left_open_and_goes_there(
    clinic: SmallClinic, open_floor: Open
) -> None:
    open_ = booked(clinic).sprayed()
    floor = on_tuesday(clinic, open_floor)
    assert groups(floor) == [("unclosed", "Okafor, Amara")]
    assert floor.card.trouble == "Not closed on Mon, Nov 16. Record how it ended, with its time."
    assert not floor.card.late
    floor.press(Key.Key_Return)
    assert (floor.place.floor.day, floor.place.view.list.current) == (MONDAY, open_.visit_id)
    assert floor.on_cards


def test_a_key_walks_through_what_is_left_open(clinic: SmallClinic, open_floor: Open) -> None:
    first = booked(clinic, minute=480)
    second = booked(clinic, day=TUESDAY)
    clinic.clock.at = at(TUESDAY + timedelta(days=1), 9)
    floor = open_floor()
    seen = []
    for _ in range(3):
        floor.press(Key.Key_F7)
        seen.append((floor.place.floor.day, floor.place.view.list.current))
    assert seen == [(MONDAY, first.visit_id), (TUESDAY, second.visit_id), (MONDAY, first.visit_id)]


def test_nothing_left_open_is_said(open_floor: Open) -> None:
    floor = open_floor().run("floor.unclosed")
    assert floor.said == "Every visit of the days before is closed"


def test_it_can_be_recorded_where_it_is_shown(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).sprayed()
    floor = on_tuesday(clinic, open_floor).type("12:20 left early walked out")
    assert floor.place.floor.cards == ()
    with clinic.store.read() as records:
        assert records.unclosed_before(TUESDAY, 9) == []


def test_who_stays_on_past_midnight_is_still_here(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared().device()
    clinic.clock.at = at(TUESDAY, 0, 20)
    floor = open_floor()
    assert groups(floor) == [("here", "Okafor, Amara")]
    floor.type("0:10 124/78 70 98")
    assert stay_of(floor).stamps(K.VITALS)[-1].at == at(TUESDAY, 0, 10)


# The clock changes.


@pytest.mark.parametrize(
    ("day", "line", "meant"),
    [
        (date(2026, 10, 31), "10:07 a", "2026-10-31T15:07"),  # summer time, charted in winter time
        (date(2026, 11, 1), "10:07 a", "2026-11-01T16:07"),  # the day of the change itself
        (date(2026, 11, 1), "1:30amcdt a", "2026-11-01T06:30"),  # the hour that comes twice, by name
        (date(2026, 11, 1), "1:30amcst a", "2026-11-01T07:30"),
        (date(2027, 3, 13), "10:07 a", "2027-03-13T16:07"),  # winter time, charted in summer time
        (date(2027, 3, 14), "10:07 a", "2027-03-14T15:07"),
    ],
)
def test_times_of_a_day_are_those_of_its_own_clock(
    clinic: SmallClinic, open_floor: Open, day: date, line: str, meant: str
) -> None:
    stay = booked_on(clinic, day)
    clinic.clock.at = at(day + timedelta(days=1), 12)
    floor = open_floor()
    floor.place.show_visit(stay.visit_id)
    floor.wait(lambda: floor.place.view.list.current == stay.visit_id)
    floor.type(line)
    assert [one.at.strftime("%Y-%m-%dT%H:%M") for one in stay.stamps() if one.at] == [meant]


def test_a_time_that_the_clock_skipped_is_told(clinic: SmallClinic, open_floor: Open) -> None:
    day = date(2027, 3, 14)
    stay = booked_on(clinic, day)
    clinic.clock.at = at(day + timedelta(days=1), 12)
    floor = open_floor()
    floor.place.show_visit(stay.visit_id)
    floor.wait(lambda: floor.place.view.list.current == stay.visit_id)
    floor.type("2:30am a")
    assert floor.line == "The clock never shows that time on this day."
    assert stay.stamps() == []


def booked_on(clinic: SmallClinic, day: date) -> Stay:
    """A talk at 10 on any day, Sundays too."""
    visit = booked(clinic, "CON").visit
    with clinic.store.write(clinic.prescriber) as unit:
        unit.lock_days([visit.day, day])
        unit.place([visit.id], [], lambda _: 3)
        unit.save(timed(replace(visit, day=day), unit.setup().type_by_id(visit.type_id)))
        unit.commit()
    return Stay(clinic, visit.id)


# Who came after all.


def test_who_was_missed_or_cancelled_is_on_the_floor_and_can_still_come(
    clinic: SmallClinic, open_floor: Open
) -> None:
    gone = booked(clinic, "IVM", 840)
    cancel(clinic.store, clinic.desk, gone.visit_id, gone.visit.version, CancelReason.PATIENT)
    late = booked(clinic, minute=480)
    clinic.clock.at = instant(9)
    miss(clinic.store, clinic.desk, late.visit_id, late.visit.version)
    floor = open_floor(clinic.desk).at(9, 45)
    assert [(one.group.value, one.state.value) for one in floor.place.floor.cards] == [
        ("away", "missed"),
        ("away", "cancelled"),
    ]
    floor.press(Key.Key_F2)
    assert late.state == "missed"
    assert floor.line == "Arrived, now"
    assert "Enter records that it happened after all" in floor.said
    floor.press(Key.Key_Return)
    assert late.state == "arrived"
    assert (floor.card.group.value, floor.card.state.value) == ("here", "arrived")
    floor.place.view.list.go_to(gone.visit_id)
    floor.type("9:40 a")
    assert gone.state == "arrived"
    assert gone.stamps(K.ARRIVED)[0].at == instant(9, 40)


def test_who_came_after_all_without_a_driver_is_marked_as_ever(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic, minute=480, plan=None)
    clinic.clock.at = instant(9)
    miss(clinic.store, clinic.desk, stay.visit_id, stay.visit.version)
    floor = open_floor().type("a").type("i").type("136/86 74 98").type("d 12K345").press(Key.Key_Return, CTRL)
    assert stay.state == "dosing"
    assert [(one.rule, one.deviation) for one in stay.overrides()] == [("driver", True)]
    assert floor.card.state is VisitState.DOSING
