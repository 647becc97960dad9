"""The words on a card, worked out from stamps and the clock; nothing is counted in memory."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication

from clinic_desktop.people.model import Order
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.alarms import AlarmLevel
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.not_today import NOT_TODAY, TAKE_AGAIN
from clinic_desktop.ui.driver_badge import DriverMark
from clinic_desktop.ui.floor.blockers import WORDS
from clinic_desktop.ui.floor.card import Bar, Card, Group, card_of
from clinic_desktop.ui.floor.card_paint import newest_that_fit, settle_words
from clinic_desktop.ui.floor.check_lines import BEFORE_DOSE, BEFORE_RELEASE
from clinic_desktop.ui.floor.checklist import checklist_of
from clinic_desktop.ui.floor.countdown import device_words
from clinic_desktop.ui.floor.floor import line_hint
from clinic_desktop.ui.floor.head import ordered_and_given, ordered_mg
from clinic_desktop.ui.floor.layout import ALARM_HEIGHT, TROUBLE_HEIGHT, lay_out, neighbour
from clinic_desktop.ui.floor.next_due import due_lines
from clinic_desktop.ui.floor.reading import Stay
from clinic_desktop.ui.floor.steps import Step, next_step
from clinic_desktop.ui.floor.typed import Context
from clinic_desktop.ui.floor.waits import waits_words
from clinic_desktop.ui.floor.words import ahead, away, counted, length
from clinic_desktop.ui.paint import Tone, text_width
from clinic_desktop.ui.tokens import TextRole
from tests.small_clinic import instant
from tests.treatment.cases import (
    DANA,
    LIN,
    MAYA,
    K,
    accepted,
    before_dosing,
    care,
    device,
    here,
    infused,
    setup,
    sprayed,
    stamp,
    vitals,
    without,
)

S = VisitState


def stay(stamps: list[Stamp], code: str = "SP56", **changes: object) -> Stay:
    return Stay(care(code, stamps, instant(9), **changes), tuple(stamps))


def card(stamps: list[Stamp], now: datetime, code: str = "SP56", group: Group = Group.HERE) -> Card:
    return card_of(stay(stamps, code), group, 1, now)


def dosed() -> list[Stamp]:
    return [*before_dosing(), device(instant(10, 10)), device(instant(10, 15), 2)]


def test_a_card_says_it_all_by_the_clock() -> None:
    shown = card(dosed(), instant(10, 47))
    assert (shown.name, shown.what, shown.state) == ("Okafor, Amara", "Spravato 56 mg", S.MONITORING)
    assert shown.ring is not None
    assert (shown.ring.text, shown.ring.below) == ("0:32", "of 2:00")
    assert shown.doses == ("1  10:10 AM", "2  10:15 AM")
    assert shown.release == ("Earliest release, 2 h after last device", "12:15 PM, in 1 h 28")
    assert shown.bar == Bar("40-minute pressure 10:50 AM", "in 3 min", Tone.WARN)
    assert shown.vitals is not None
    assert shown.vitals.words == ("124/78", "oxygen 98", "10:04 AM")
    assert (shown.driver, shown.driver_name.split(",")[0]) == (DriverMark.NAMED, "Bea Marsh")


def test_what_is_not_named_for_want_of_room_is_counted(qapp: QApplication) -> None:
    shown = card(before_dosing()[:1], instant(10))
    assert settle_words(shown, 10_000) == shown.to_settle
    two = shown.to_settle_with(2)
    assert two == "7 to settle: consent, food/drink +5"
    assert settle_words(shown, text_width(two, TextRole.LABEL) + 1) == two


def test_the_same_stamps_say_the_same_on_every_desk() -> None:
    turned = [replace(one, id=10_000 - one.id) for one in reversed(dosed())]
    assert card(turned, instant(10, 47)) == card(dosed(), instant(10, 47))


@pytest.mark.parametrize(
    ("minute", "right", "tone"),
    [
        (44, "in 6 min", Tone.NEUTRAL),
        (45, "in 5 min", Tone.WARN),
        (50, "now", Tone.WARN),
        (51, "1 min late", Tone.DANGER),
        (55, "5 min late", Tone.DANGER),
    ],
)
def test_a_check_comes_is_due_and_is_late(minute: int, right: str, tone: Tone) -> None:
    bar = card(dosed(), instant(10, minute)).bar
    assert bar is not None
    assert (bar.text, bar.right, bar.tone) == ("40-minute pressure 10:50 AM", right, tone)
    assert card(dosed(), instant(10, minute)).late is (tone is Tone.DANGER)


def test_a_card_is_given_the_level_of_its_most_urgent_alarm() -> None:
    levels = [card(dosed(), instant(10, minute)).level for minute in (44, 45, 50, 51, 55)]
    assert levels == [
        AlarmLevel.NONE, AlarmLevel.COMING, AlarmLevel.DUE, AlarmLevel.LATE, AlarmLevel.VERY_LATE,
    ]  # fmt: skip
    high = [*dosed(), vitals(instant(10, 44), 168, 104)]
    assert card(high, instant(10, 45)).level is AlarmLevel.URGENT


def test_a_pressure_at_the_limit_stands_on_the_card_until_the_prescriber_was_told() -> None:
    there = [*dosed(), vitals(instant(10, 50), 168, 104), vitals(instant(11), 134, 84)]
    assert card(there, instant(11, 5)).alarm == ("Pressure 168/104", "10:50 AM", "tell prescriber")
    told = [*there, stamp(K.TOLD, instant(11, 5), person="Dr. Lin")]
    assert card(told, instant(11, 6)).alarm == ("", "", "")


def test_a_low_oxygen_stands_on_the_card_until_it_was_taken_again() -> None:
    there = [*dosed(), vitals(instant(10, 50), oxygen=90)]
    low = card(there, instant(10, 55))
    assert low.alarm == ("Oxygen 90", "10:50 AM", "tell prescriber")
    assert "Oxygen 90, 10:50 AM, tell prescriber" in low.spoken
    assert card([*there, vitals(instant(10, 56), oxygen=97)], instant(10, 57)).alarm == ("", "", "")


def test_when_the_window_has_closed_it_asks_why() -> None:
    bar = card(dosed(), instant(11, 1)).bar
    assert bar is not None
    assert bar.text == "40-minute pressure missed: say why"


@pytest.mark.parametrize(
    ("stamps", "now", "bar"),
    [
        (before_dosing(), instant(10, 6), Bar("Before the dose", "all settled", Tone.OK, "check")),
        (
            without(before_dosing(), K.VITALS),
            instant(10, 6),
            Bar("Before the dose", "", Tone.NEUTRAL, "list"),
        ),
        (dosed()[:-1], instant(10, 12), Bar("Next device 10:15 AM", "in 3 min", Tone.WARN)),
        (
            [*dosed()[:-1], vitals(instant(10, 12), oxygen=88)],
            instant(10, 16),
            Bar("Next device waits for a prescriber", "", Tone.WARN, "lock"),
        ),
        (sprayed(), instant(12, 5), Bar("Last checks 12:15 PM", "in 10 min", Tone.NEUTRAL)),
        (sprayed(), instant(12, 15), Bar("May be released", "", Tone.OK, "check")),
        (
            without(sprayed(), K.DRIVER_SEEN, K.WALKS),
            instant(12, 20),
            Bar("Not released yet", "", Tone.WARN, "lock"),
        ),
    ],
)
def test_the_bar_names_what_comes_next(stamps: list[Stamp], now: datetime, bar: Bar) -> None:
    assert card(stamps, now).bar == bar


@pytest.mark.parametrize(
    ("stamps", "now", "words"),
    [
        (before_dosing(), instant(10, 6), ""),
        (without(before_dosing(), K.VITALS, K.CONSENT), instant(10, 6), "2 to settle: consent, pressure"),
        (
            without(sprayed(), K.DRIVER_SEEN, K.WALKS, K.SHEET_HANDED),
            instant(12, 20),
            "3 to settle: walks, sheet, driver",
        ),
    ],
)
def test_a_card_names_what_stands_before_the_next_gate(
    stamps: list[Stamp], now: datetime, words: str
) -> None:
    shown = card(stamps, now)
    assert shown.to_settle == words
    assert words in shown.spoken
    assert " ." not in shown.spoken


def test_every_line_of_the_lists_has_its_word_on_a_card() -> None:
    assert {one.text for one in (*BEFORE_DOSE, *BEFORE_RELEASE)} == set(WORDS)


def test_a_card_says_what_remains_of_the_phase() -> None:
    for stamps, now, left in (
        (dosed(), instant(10, 47), "1:28 left"),
        (without(infused(), K.INFUSION_STOP, K.LINE_OUT), instant(10, 29), "0:26 left"),
        (sprayed(), instant(12, 30), ""),
    ):
        shown = card(stamps, now, "IVM" if left == "0:26 left" else "SP56")
        assert shown.ring is not None
        assert shown.ring.left == left
        assert left in shown.spoken


def test_a_card_draws_the_last_pressures_with_the_limit_and_speaks_them() -> None:
    assert card(before_dosing(), instant(10, 6)).trend is None  # one has no direction
    taken = [vitals(instant(10, 20 + n), 130 + n, 80) for n in range(7)]
    high = vitals(instant(10, 40), 166, 92)
    trend = card([*dosed(), *taken, high], instant(10, 41)).trend
    assert trend is not None
    assert [one.systolic for one in trend.readings] == [132, 133, 134, 135, 136, 166]
    assert [one.reaches for one in trend.readings] == [False] * 5 + [True]
    assert trend.limit == (160, 100)
    words = "Last pressures 132/80, 133/80, 134/80, 135/80, 136/80, 166/92; limit 160/100"
    assert trend.spoken == words
    assert words in card([*dosed(), *taken, high], instant(10, 41)).spoken


def test_an_infusion_counts_from_its_start_and_after_it_from_its_end() -> None:
    running = card(without(infused(), K.INFUSION_STOP, K.LINE_OUT), instant(10, 29), "IVM")
    assert running.ring is not None
    assert (running.ring.text, running.ring.below, running.doses) == ("0:14", "of 0:40", ("35 mg  10:15 AM",))
    assert running.release == ("Earliest release after the infusion's end", "")
    after = card(infused(), instant(11), "IVM")
    assert after.doses == ("35 mg  10:15 AM", "ended 10:55 AM")
    assert after.release == ("Earliest release, 30 min after infusion", "11:25 AM, in 25 min")


def test_who_is_seen_after_the_dose_is_here() -> None:
    seen = stamp(K.DRIVER_SEEN, instant(12), person="Jo Reed", phone="555-0101", adult=True, fit=True)
    shown = card([*dosed(), seen], instant(12, 1))
    assert shown.driver is DriverMark.HERE
    assert shown.driver_name.startswith("Jo Reed")


@pytest.mark.parametrize(
    ("high", "low", "tone"),
    [(140, 90, Tone.NEUTRAL), (141, 90, Tone.WARN), (160, 90, Tone.DANGER), (184, 90, Tone.DANGER)],
)
def test_a_pressure_has_the_tone_of_its_level(high: int, low: int, tone: Tone) -> None:
    shown = card([*dosed(), vitals(instant(10, 30), high, low)], instant(10, 31)).vitals
    assert shown is not None
    assert shown.tone is tone


def test_a_stay_that_runs_on_names_whom_it_displaces() -> None:
    base = stay(dosed())
    other = replace(base.visit, id=2, minute=760)
    shown = card_of(replace(base, displaced=((other, "Lindqvist, Erik"),)), Group.HERE, 1, instant(12, 40))
    assert "Lindqvist, Erik" in shown.trouble
    assert "has lost this room" in shown.trouble
    assert shown.trouble in shown.spoken


def test_everything_on_the_card_is_spoken() -> None:
    shown = card(dosed(), instant(10, 47))
    for words in ("Okafor, Amara", "Spravato 56 mg", "Monitoring", "12:15 PM", "in 3 min", "124/78"):
        assert words in shown.spoken


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (41, "41 min"), (60, "1 h"), (82, "1 h 22"), (120, "2 h")]
)
def test_lengths_in_words(minutes: int, words: str) -> None:
    assert length(minutes) == words


def test_clock_words() -> None:
    assert (counted(5), counted(82)) == ("0:05", "1:22")
    assert (away(3), away(0), away(-5)) == ("in 3 min", "now", "5 min late")
    assert ahead(-5) == "5 min ago"


# The list and the next step.


def items(stamps: list[Stamp], now: datetime, code: str = "SP56", **changes: object) -> dict[str, str]:
    """The missing items with their keys."""
    there = checklist_of(care(code, stamps, now, **changes))
    return {one.text: one.key for one in there.items if not one.done}


def test_before_the_dose_each_missing_item_has_its_key() -> None:
    bare = care("SP56", [], instant(10), clearances=[], setup=here(setup(), MAYA, DANA))
    bare = replace(
        bare, visit=bare.visit.with_plan(None), patient=replace(bare.patient, rems_enrolled_on=None)
    )
    shown = {one.text: one.key for one in checklist_of(bare).items if not one.done}
    assert shown == {
        "Consent seen": "C",
        **dict.fromkeys(
            ("Food and drink", "Nasal spray", "Pregnancy", "Medicines today", "Oximeter here"), "asked"
        ),
        "Pressure": "V",
        "Driver": "Ctrl D",
        "Cleared and checked": "Ctrl O",
        "Enrolled": "Ctrl O",
        "Prescriber on site": "",
    }


def test_a_driver_who_is_named_is_enough_to_dose_and_may_be_to_confirm_still() -> None:
    named = care("SP56", before_dosing(), instant(10, 6))
    asked = replace(named, visit=replace(named.visit, plan_confirmed_at=instant(9)))
    seen = care(
        "SP56", [*before_dosing(), stamp(K.DRIVER_SEEN, instant(10, 5), person="Bea Marsh")], instant(10, 6)
    )
    for one, is_open in ((named, True), (asked, False), (seen, False)):
        (driver,) = [item for item in checklist_of(one).items if item.text == "Driver"]
        assert driver.done
        assert driver.detail.startswith("Bea Marsh")
        assert driver.detail.endswith("to be confirmed") == is_open


def test_a_high_pressure_is_settled_by_a_signature() -> None:
    stamps = [*without(before_dosing(), K.VITALS), vitals(instant(10, 4), 150, 92)]
    assert items(stamps, instant(10, 6)) == {"Pressure": "P"}
    assert items([*stamps, accepted(instant(10, 5), 150, 92, by=LIN)], instant(10, 6)) == {}


def test_before_release_each_missing_item_has_its_key() -> None:
    assert items(dosed(), instant(12)) == {
        "Time": "",
        "40-minute pressure": "M",
        "Last pressure": "V",
        "Oxygen": "V",
        "Settled": "S",
        "Walks steadily": "W",
        "Sheet": "Ctrl P",
        "Driver here": "G",
    }
    assert items(dosed(), instant(10, 40))["40-minute pressure"] == "V"
    assert items(without(infused(), K.LINE_OUT), instant(12), "IVM") == {"Line out": "L"}


def test_the_time_is_not_ticked_before_it_is_known_and_passed() -> None:
    def time(stamps: list[Stamp], hour: int, minute: int, code: str = "IVM") -> tuple[bool, str]:
        there = checklist_of(care(code, stamps, instant(hour, minute))).items
        return next((one.done, one.detail) for one in there if one.text == "Time")

    running = [*before_dosing(), stamp(K.INFUSION_START, instant(10, 15), dose=35.0)]
    ended = [*running, stamp(K.INFUSION_STOP, instant(10, 55))]
    assert time(running, 10, 15) == (False, "known when the infusion has ended")
    assert time(ended, 10, 56) == (False, "not before 11:25 AM")
    assert time(ended, 11, 25) == (True, "since 11:25 AM")
    one_of_two = [*before_dosing(), device(instant(10, 10))]
    assert time(one_of_two, 12, 30, "SP56") == (False, "not before 12:10 PM, later with another dose")


def test_what_is_done_says_who_and_when() -> None:
    shown = {one.text: one.detail for one in checklist_of(care("SP56", sprayed(), instant(12, 20))).items}
    assert shown["Time"] == "since 12:15 PM"
    assert shown["Last pressure"] == "124/78 at 12:10 PM, signed"
    assert shown["Driver here"] == "Bea Marsh, 12:10 PM"


def test_a_low_oxygen_stands_in_both_lists_with_its_number() -> None:
    low = care("SP56", [*before_dosing(), vitals(instant(10, 6), oxygen=91)], instant(10, 10))
    leaving = care("SP56", [*sprayed(), vitals(instant(12, 12), oxygen=90)], instant(12, 20))
    for there, words in ((low, "91 at 10:06 AM"), (leaving, "90 at 12:12 PM")):
        item = {one.text: one for one in checklist_of(there).items}["Oxygen"]
        assert (item.done, item.detail, item.key) == (False, words, "V")


def test_a_form_that_the_type_asks_for_stands_in_the_list() -> None:
    there = care("SP56", sprayed(), instant(12, 20))
    asks = replace(there, type=replace(there.type, discharge_form="aldrete"))
    assert "Discharge form" not in {one.text for one in checklist_of(there).items}
    item = {one.text: one for one in checklist_of(asks).items}["Discharge form"]
    assert (item.done, item.key) == (False, "form")
    assert next_step(asks) is K.DISCHARGE_FORM


def test_a_visit_that_is_over_has_no_list() -> None:
    over = [*sprayed(), stamp(K.RELEASED, instant(12, 20))]
    assert checklist_of(care("SP56", over, instant(12, 30))).items == ()


@pytest.mark.parametrize(
    ("code", "stamps", "now", "kind"),
    [
        ("SP56", [], instant(9, 45), K.ARRIVED),
        ("SP56", before_dosing()[:1], instant(9, 55), K.IN_ROOM),
        ("SP56", before_dosing()[:2], instant(10, 1), K.CONSENT),
        ("SP56", before_dosing()[:3], instant(10, 3), K.VITALS),
        ("SP56", [*before_dosing(), vitals(instant(10, 6), 150, 92)], instant(10, 7), K.PRESSURE_ACCEPTED),
        ("SP56", before_dosing(), instant(10, 10), K.DOSE),
        ("SP56", [*before_dosing(), vitals(instant(10, 6), oxygen=91)], instant(10, 10), K.VITALS),
        ("IVM", before_dosing(), instant(10, 10), K.INFUSION_START),
        ("SP56", dosed()[:-1], instant(10, 12), K.DOSE),
        ("SP56", [*dosed()[:-1], vitals(instant(10, 14), oxygen=90)], instant(10, 16), K.VITALS),
        ("SP56", dosed(), instant(10, 40), K.VITALS),
        ("SP56", without(sprayed(), K.WALKS), instant(12), K.VITALS),
        ("SP56", without(sprayed(), K.WALKS), instant(12, 20), K.WALKS),
        ("SP56", sprayed(), instant(12, 20), K.RELEASED),
        ("SP56", [*sprayed(), stamp(K.RELEASED, instant(12, 20))], instant(12, 30), K.NOTE),
    ],
)
def test_the_next_step(code: str, stamps: list[Stamp], now: datetime, kind: object) -> None:
    assert next_step(care(code, stamps, now)) is kind


def test_while_a_prescriber_is_to_answer_for_a_corrected_danger_nobody_is_offered_the_release() -> None:
    waits = replace(care("SP56", sprayed(), instant(12, 20)), undone=True)
    assert next_step(waits) is K.NOTE
    assert [one.text for one in checklist_of(waits).items if not one.done] == ["Danger corrected"]


# Orders and devices.


@pytest.mark.parametrize(
    ("order", "mg", "words"),
    [
        (None, None, "No order on record; nothing given yet"),
        (Order(dose=56, unit="mg"), 56, "Ordered 56 mg; nothing given yet"),
        (
            Order(dose=0.5, unit="mg/kg", weight_kg=71),
            35.5,
            "Ordered 0.5 mg/kg (35.5 mg at 71 kg); nothing given yet",
        ),
        (Order(dose=0.5, unit="mg/kg"), None, "No order on record; nothing given yet"),
    ],
)
def test_what_was_ordered_stands_beside_what_was_given(
    order: Order | None, mg: float | None, words: str
) -> None:
    there = stay(before_dosing(), order=order)
    assert (ordered_mg(there), ordered_and_given(there)) == (mg, words)


def test_of_an_infusion_by_its_rates_the_mg_that_ran_in_are_said() -> None:
    order = Order(route="IV", dose=0.5, unit="mg/kg", weight_kg=72)
    begun = stamp(K.INFUSION_START, instant(10, 5), dose=36.0, unit="mg", rate=75.0, concentration=36 / 50)
    there = Stay(care("IVM", [*before_dosing(), begun], instant(10, 31), order=order), ())
    assert ordered_and_given(there) == "Ordered 0.5 mg/kg (36 mg at 72 kg), IV; given 23.4 mg by 10:31 AM"
    over = [*before_dosing(), begun, stamp(K.INFUSION_STOP, instant(10, 25))]
    ended = Stay(care("IVM", over, instant(10, 31), order=order), ())
    assert ordered_and_given(ended) == "Ordered 0.5 mg/kg (36 mg at 72 kg), IV; given 18 mg"
    assert card(over, instant(10, 31), "IVM").doses[-1] == "ended 10:25 AM, 18 mg given"


def test_of_two_orders_after_a_merge_both_are_named() -> None:
    both = (Order(dose=84, unit="mg"), Order(dose=56, unit="mg"))
    there = stay(before_dosing(), unsettled=both)
    assert ordered_and_given(there) == "Order not settled: 84 mg or 56 mg; nothing given yet"


def test_given_devices_add_up() -> None:
    assert ordered_and_given(stay(dosed(), order=Order(dose=56))) == "Ordered 56 mg; given 56 mg"


@pytest.mark.parametrize(
    ("second", "words"),
    [
        (0, "Device 2 of 2 in 5:00"),
        (1, "Device 2 of 2 in 4:59"),
        (299, "Device 2 of 2 in 0:01"),
        (300, "Device 2 of 2 may be given"),
    ],
)
def test_the_rest_between_devices_is_counted_down(second: int, words: str) -> None:
    now = instant(10, 10 + second // 60, second % 60)
    assert device_words(care("SP56", dosed()[:-1], now), now) == words


@pytest.mark.parametrize("reading", [vitals(instant(10, 12), 192, 118), vitals(instant(10, 12), oxygen=88)])
@pytest.mark.parametrize("minute", [13, 16])
def test_no_device_is_said_to_be_given_beside_a_limit_that_keeps_it_back(reading: Stamp, minute: int) -> None:
    now, stamps = instant(10, minute), [*dosed()[:-1], reading]
    assert device_words(care("SP56", stamps, now), now) == "Device 2 of 2 waits for a prescriber"


def test_nothing_is_counted_down_before_the_first_or_after_the_last_device() -> None:
    for stamps in (before_dosing(), dosed(), [*dosed()[:-1], stamp(K.DOSING_ENDED, instant(10, 12))]):
        assert device_words(care("SP56", stamps, instant(10, 20)), instant(10, 20)) == ""


# Where cards lie.


def cards(*groups: Group) -> list[Card]:
    base = card(dosed(), instant(10, 47))
    return [replace(base, visit_id=n, group=group) for n, group in enumerate(groups, 1)]


@pytest.mark.parametrize(("width", "columns"), [(1200, 3), (900, 2), (600, 1), (300, 1)])
def test_cards_stand_side_by_side_where_there_is_room(width: int, columns: int) -> None:
    made = lay_out(cards(*[Group.HERE] * 4), width, round)
    assert sum(rect.top() == made.rects[0].top() for rect in made.rects) == columns
    assert all(rect.right() <= width for rect in made.rects)
    assert not any(one.intersects(two) for one in made.rects for two in made.rects if one is not two)


def test_groups_follow_each_other_and_empty_ones_take_no_room() -> None:
    made = lay_out(cards(Group.HERE, Group.COMING, Group.COMING), 900, round)
    assert [(one.group, one.count) for one in made.headings] == [(Group.HERE, 1), (Group.COMING, 2)]
    tops = [rect.top() for rect in made.rects]
    assert tops == sorted(tops)
    assert made.height > made.rects[-1].bottom()


def test_a_card_with_trouble_is_taller() -> None:
    plain = lay_out(cards(Group.HERE), 900, round).rects[0]
    troubled = lay_out([replace(cards(Group.HERE)[0], trouble="Runs on")], 900, round).rects[0]
    assert troubled.height() > plain.height()


def test_arrows_go_to_the_nearest_card() -> None:
    rects = lay_out(cards(*[Group.HERE] * 3, Group.COMING, Group.COMING), 900, round).rects
    assert neighbour(rects, 0, 1, 0) == 1
    assert neighbour(rects, 1, -1, 0) == 0
    assert neighbour(rects, 0, 0, 1) == 2
    assert neighbour(rects, 2, 0, 1) == 3
    assert neighbour(rects, 3, 0, 1) == 4
    assert neighbour(rects, 3, 0, -1) == 2
    assert neighbour(rects, 0, -1, 0) == 0
    assert neighbour(rects, 4, 0, 1) == 4


def test_a_similar_name_is_marked_in_words_and_spoken_beside_the_name() -> None:
    shown = card_of(stay(dosed()), Group.HERE, 1, instant(12), ("Okafor, Adaeze", "Okonkwo, Amara"))
    assert shown.similar == "Similar name: Okafor, Adaeze; Okonkwo, Amara"
    assert shown.spoken.startswith(f"{shown.name}. {shown.similar}. ")
    assert card(dosed(), instant(12)).similar == ""


def test_a_card_with_a_similar_name_has_room_for_the_mark() -> None:
    plain = card(dosed(), instant(12))
    marked = replace(plain, alike=("Okafor, Adaeze",))
    heights = [lay_out([one], 400, round).rects[0].height() for one in (plain, marked)]
    assert heights[1] - heights[0] == TROUBLE_HEIGHT
    both = replace(marked, trouble="Displaced: its room is still taken")
    assert lay_out([both], 400, round).rects[0].height() - heights[0] == 2 * TROUBLE_HEIGHT


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (60, ["35 mg 10:15", "ended 10:55", "20 mg 11:00"]),
        (30, ["+1", "ended 10:55", "20 mg 11:00"]),
        (20, ["+2", "20 mg 11:00"]),
        (5, ["20 mg 11:00"]),
    ],
)
def test_of_several_infusions_the_newest_stands_on_the_card(room: int, shown: list[str]) -> None:
    doses = ("35 mg 10:15", "ended 10:55", "20 mg 11:00")
    assert list(newest_that_fit(doses, len, room)) == shown


def test_an_emergency_pressure_stands_on_the_card_until_a_prescriber_acknowledged_it() -> None:
    there = [*dosed(), vitals(instant(10, 50), 190, 115), vitals(instant(11), 134, 84)]
    shown = card(there, instant(11, 5))
    assert shown.alarm == ("Emergency 190/115", "10:50 AM", "call prescriber")
    assert shown.spoken.startswith("Emergency 190/115, 10:50 AM, call prescriber. Okafor")
    nurse, prescriber = (accepted(instant(11, 2), 190, 115, by=one) for one in (MAYA, LIN))
    assert card([*there, nurse], instant(11, 5)).alarm == shown.alarm
    assert card([*there, prescriber], instant(11, 5)).alarm == ("", "", "")
    calm = replace(shown, alarm=("", ""))
    heights = [lay_out([one], 400, round).rects[0].height() for one in (calm, shown)]
    assert heights[1] - heights[0] == ALARM_HEIGHT


def test_an_emergency_pressure_stands_before_the_dose_too_and_a_high_one_does_not() -> None:
    there = without(before_dosing(), K.VITALS)
    high = [*there, vitals(instant(10, 4), 150, 95)]
    assert card(high, instant(10, 5)).alarm == ("", "", "")
    emergency = [*there, vitals(instant(10, 4), 190, 115)]
    assert card(emergency, instant(10, 5)).alarm == ("Emergency 190/115", "10:04 AM", "call prescriber")


def test_an_injection_asks_for_its_dose_in_the_empty_line() -> None:
    context = Context(care("IMK", before_dosing(), instant(10, 10)), instant(10, 10), K.DOSE)
    assert line_hint(context) == "Dose: D and the dose in mg, like 35"


def test_minutes_to_the_next_pressure_are_those_of_the_clock_and_no_wait_is_over_early() -> None:
    start = stamp(K.INFUSION_START, instant(10, 15, 40), dose=35.0, unit="mg")
    running = [*before_dosing(), start]
    assert card(running, instant(10, 15, 50), "IVM").bar == Bar(
        "Pressure due 10:25 AM", "in 10 min", Tone.NEUTRAL
    )
    sprayed_then = [replace(one, at=one.at and one.at.replace(second=30)) for one in sprayed()]
    late = checklist_of(care("SP56", sprayed_then, instant(12, 20)))
    assert next(one.detail for one in late.items if one.text == "Time") == "since 12:16 PM"
    assert card(sprayed_then, instant(12, 15, 29)).bar == Bar("Last checks 12:16 PM", "now", Tone.WARN)
    assert card(sprayed_then, instant(12, 15, 30)).bar == Bar("May be released", "", Tone.OK, "check")


def test_no_limit_hides_behind_another() -> None:
    """An emergency, an oxygen and a sedation at once: all three stand on the card and in "Next due"."""
    shown = card(
        [
            *dosed(),
            vitals(instant(10, 30), 186, 112),
            stamp(K.VITALS, instant(10, 32), systolic=150, diastolic=90, oxygen=86),
            stamp(K.SEDATION, instant(10, 34), score=1),
        ],
        instant(10, 35),
    )
    assert shown.limits == "Emergency 186/112, sedation 1, oxygen 86"
    assert "Emergency 186/112, sedation 1, oxygen 86" in shown.spoken
    assert shown.vitals is not None
    assert shown.vitals.low
    (line,) = due_lines([shown])
    assert line.text.startswith("Emergency 186/112, sedation 1, oxygen 86, ")


def test_an_old_pressure_is_taken_again_before_the_dose() -> None:
    assert next_step(care("SP56", before_dosing(), instant(11, 4))) is not K.VITALS
    assert next_step(care("SP56", before_dosing(), instant(11, 30))) is K.VITALS


def test_a_pressure_that_the_prescriber_wants_again_waits_for_nobody_else() -> None:
    high = [
        *(one for one in before_dosing() if one.kind is not K.VITALS),
        vitals(instant(10, 5), 172, 104),
        stamp(K.NOTE, instant(10, 8), by=LIN, note=f"{TAKE_AGAIN} not today if it stays"),
    ]
    shown = card(high, instant(10, 9))
    name = next(one.name for one in setup().staff if one.id == LIN)
    assert shown.bar is not None
    assert (shown.bar.text, shown.bar.right) == ("172/104: take it again", "said 10:08 AM")
    waiting = care("SP56", high, instant(10, 9))
    words = waits_words(Step(K.VITALS, K.PRESSURE_ACCEPTED, ("prescriber",)), waiting)
    assert words.startswith(f"{name}, 10:08 AM: Take the pressure again. not today if it stays")


def test_not_today_is_read_on_the_card_and_in_the_panel() -> None:
    high = [
        *(one for one in before_dosing() if one.kind is not K.VITALS),
        vitals(instant(10, 5), 172, 104),
        stamp(K.NOTE, instant(10, 8), by=LIN, note=NOT_TODAY),
    ]
    shown = card(high, instant(10, 9))
    assert shown.bar is not None
    assert (shown.bar.text, shown.bar.right) == ("172/104: not treated today", "said 10:08 AM")
    waiting = care("SP56", high, instant(10, 9))
    words = waits_words(Step(K.VITALS, K.PRESSURE_ACCEPTED, ("prescriber",)), waiting)
    assert words.endswith("10:08 AM: Not treated today. Ctrl E ends the visit.")
    missing = {one.text: one.key for one in checklist_of(waiting).items if not one.done}
    assert missing["Treated today"] == "Ctrl E"


def test_why_an_old_pressure_is_missing_is_said() -> None:
    there = {one.text: one for one in checklist_of(care("SP56", before_dosing(), instant(11, 30))).items}
    assert there["Pressure"].detail.endswith(", too old")
    assert not there["Pressure"].done


@pytest.mark.parametrize(
    ("oxygen", "pressure", "what"),
    [(88, (124, 78), "Oxygen accepted"), (88, (172, 104), "Pressure and oxygen accepted"),
     (98, (172, 104), "Pressure accepted")],
)  # fmt: skip
def test_what_waits_for_a_prescriber_is_named(oxygen: int, pressure: tuple[int, int], what: str) -> None:
    before = [one for one in before_dosing() if one.kind is not K.VITALS]
    high, low = pressure
    taken = stamp(K.VITALS, instant(10, 5), systolic=high, diastolic=low, oxygen=oxygen)
    words = waits_words(
        Step(K.VITALS, K.PRESSURE_ACCEPTED, ("prescriber",)), care("SP56", [*before, taken], instant(10, 6))
    )
    assert words.startswith(f"Waits for: {what}. A prescriber records it.")
