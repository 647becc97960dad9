"""Which alarms stand, how late they are, and when they sound: from the stamps alone."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from clinic_desktop.treatment.alarm_records import AlarmAnswer, AlarmKind, HelpCall
from clinic_desktop.treatment.alarms import (
    Alarm,
    AlarmLevel,
    alarms_of,
    due_level,
    help_alarms,
    in_order,
    level_now,
    shown_everywhere,
    sounds_by,
    to_tell,
)
from clinic_desktop.treatment.due import Due, DueKind
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.pressure import words_of
from tests.small_clinic import instant
from tests.treatment.cases import (
    LIN,
    MAYA,
    K,
    accepted,
    before_dosing,
    care,
    device,
    stamp,
    vitals,
)

A, L = AlarmKind, AlarmLevel
SPRAYED = [*before_dosing(), device(instant(10, 10)), device(instant(10, 15), 2)]
INFUSING = [*before_dosing(), stamp(K.INFUSION_START, instant(10, 15), dose=35.0)]


def alarms(stamps: list[Stamp], at: datetime, code: str = "SP56", *answers: AlarmAnswer) -> list[Alarm]:
    return alarms_of(care(code, stamps, at), answers)


def the_alarm(stamps: list[Stamp], at: datetime, code: str = "SP56", *answers: AlarmAnswer) -> Alarm:
    (one,) = alarms(stamps, at, code, *answers)
    return one


def answer_to(alarm: Alarm, at: datetime, by: int = MAYA) -> AlarmAnswer:
    return AlarmAnswer(
        kind=alarm.kind, visit_id=alarm.visit_id, help_id=alarm.help_id, since=alarm.since, at=at, by=by
    )


@pytest.mark.parametrize(
    ("at", "level"),
    [
        (instant(10, 44, 59), None),
        (instant(10, 45), L.COMING),
        (instant(10, 49, 59), L.COMING),
        (instant(10, 50), L.DUE),
        (instant(10, 50, 59), L.DUE),
        (instant(10, 51), L.LATE),
        (instant(10, 54, 59), L.LATE),
        (instant(10, 55), L.VERY_LATE),
        (instant(11, 30), L.VERY_LATE),
    ],
)
def test_a_check_is_coming_due_late_and_very_late(at: datetime, level: AlarmLevel | None) -> None:
    found = alarms(SPRAYED, at)
    assert [one.level for one in found] == ([level] if level else [])
    assert level_now(found) == (level or L.NONE)


def test_an_infusion_that_ran_on_is_late_after_a_while_and_no_alarm() -> None:
    end = Due(DueKind.INFUSION_END, instant(10))
    assert due_level(end, instant(10, 4)) is L.DUE
    assert due_level(end, instant(10, 5)) is L.LATE


def test_an_emergency_says_that_the_prescriber_was_told_and_stands() -> None:
    high = [*SPRAYED, vitals(instant(10, 47), 184, 112)]
    assert the_alarm(high, instant(10, 48)).told is None
    told = the_alarm([*high, stamp(K.TOLD, instant(10, 48), person="Dr. Lin")], instant(10, 49))
    assert (told.kind, told.told) == (A.EMERGENCY, instant(10, 48))


@pytest.mark.parametrize("kind", [DueKind.DEVICE, DueKind.RELEASE])
def test_nobody_is_late_with_a_wait_that_is_over(kind: DueKind) -> None:
    assert due_level(Due(kind, instant(10)), instant(12)) is L.DUE


def test_the_same_stamps_say_the_same_on_every_desk_and_after_a_restart() -> None:
    assert alarms(SPRAYED, instant(10, 56)) == alarms(list(SPRAYED), instant(10, 56))


def test_a_check_that_was_taken_or_excused_is_no_alarm() -> None:
    taken = [*SPRAYED, vitals(instant(10, 53))]
    assert alarms(taken, instant(10, 56)) == []
    excused = [*SPRAYED, stamp(K.FORTY_MISSED, instant(11, 5), note="asleep")]
    assert alarms(excused, instant(11, 6)) == []


def test_nothing_stands_for_somebody_who_has_gone() -> None:
    gone = [*SPRAYED, vitals(instant(10, 30), 190, 115), stamp(K.LEFT_EARLY, instant(10, 40))]
    assert alarms(gone, instant(11)) == []


# What sounds, and how often.


def test_the_40_minute_pressure_sounds_five_minutes_late_and_every_five_minutes_after() -> None:
    one = the_alarm(SPRAYED, instant(11, 10))
    at = [instant(10, 54, 59), instant(10, 55), instant(10, 59, 59), instant(11), instant(11, 4)]
    assert [sounds_by(one, when) for when in at] == [0, 1, 1, 2, 2]


def test_a_pressure_of_an_infusion_never_sounds_and_is_shown_everywhere_at_five_minutes() -> None:
    early, late = (the_alarm(INFUSING, instant(10, n), "IVM") for n in (29, 30))
    assert (early.kind, early.level, late.level) == (A.CHECK, L.LATE, L.VERY_LATE)
    assert not shown_everywhere(early)
    assert not shown_everywhere(early, mute=True)
    assert shown_everywhere(late)
    assert sounds_by(late, instant(12)) == 0


def test_a_named_persons_answer_ends_the_sound_and_not_the_alarm() -> None:
    one = the_alarm(SPRAYED, instant(11, 10))
    answered = the_alarm(SPRAYED, instant(11, 10), "SP56", answer_to(one, instant(11, 1)))
    assert answered.level is L.VERY_LATE
    assert answered.answer is not None
    assert answered.answer.by == MAYA
    assert [sounds_by(answered, instant(11, n)) for n in (1, 5, 30)] == [2, 2, 2]


def test_the_first_answer_counts() -> None:
    one = the_alarm(SPRAYED, instant(11, 10))
    both = [answer_to(one, instant(11, 1)), answer_to(one, instant(11, 6), LIN)]
    answered = the_alarm(SPRAYED, instant(11, 10), "SP56", *both)
    assert answered.answer == both[0]


def test_an_answer_is_about_one_alarm() -> None:
    one = the_alarm(SPRAYED, instant(11, 10))
    for other in (
        replace(answer_to(one, instant(11, 1)), since=instant(10, 51)),
        replace(answer_to(one, instant(11, 1)), visit_id=7),
        replace(answer_to(one, instant(11, 1)), kind=A.TELL),
    ):
        assert the_alarm(SPRAYED, instant(11, 10), "SP56", other).answer is None


def test_a_dose_that_is_charted_late_makes_its_check_sound_from_then_on() -> None:
    charted = [replace(one, recorded_at=instant(11, 20)) if one.device else one for one in SPRAYED]
    one = the_alarm(charted, instant(11, 21))
    assert [sounds_by(one, instant(11, n)) for n in (19, 20, 25)] == [0, 1, 2]


def test_without_sound_what_would_have_sounded_is_shown_one_level_earlier() -> None:
    one = the_alarm(SPRAYED, instant(10, 51))
    assert not shown_everywhere(one)
    assert shown_everywhere(one, mute=True)
    assert not shown_everywhere(the_alarm(SPRAYED, instant(10, 50)), mute=True)


# Limits.


def told(stamps: list[Stamp]) -> str:
    """The pressure that stands at 11:30."""
    reading = to_tell(care("SP56", [*SPRAYED, *stamps], instant(11, 30)))
    return words_of(reading) if reading else ""


HIGH = vitals(instant(10, 47), 168, 104)


@pytest.mark.parametrize(
    ("stamps", "stands"),
    [
        ([vitals(instant(10, 47), 159, 99)], ""),
        ([vitals(instant(10, 47), 160, 80)], "160/80"),
        ([HIGH], "168/104"),
        ([HIGH, vitals(instant(10, 57), 130, 80)], "168/104"),  # a usual one tells nobody
        ([HIGH, stamp(K.TOLD, instant(10, 48), person="Dr. Lin")], ""),
        ([stamp(K.TOLD, instant(10, 46), person="Dr. Lin"), HIGH], "168/104"),
        ([HIGH, accepted(instant(10, 49), 168, 104, by=LIN)], ""),
        ([HIGH, accepted(instant(10, 49), 168, 104, by=MAYA)], "168/104"),
        ([HIGH, accepted(instant(10, 49), 150, 90, by=LIN)], "168/104"),
        ([HIGH, stamp(K.TOLD, instant(10, 48)), vitals(instant(10, 57), 166, 104)], ""),
        ([HIGH, stamp(K.TOLD, instant(10, 48)), vitals(instant(10, 57), 166, 105)], "166/105"),
        ([HIGH, vitals(instant(10, 57), 166, 105), stamp(K.TOLD, instant(10, 58))], ""),
    ],
)
def test_a_pressure_at_the_limit_stands_until_the_prescriber_knows(stamps: list[Stamp], stands: str) -> None:
    assert told(stamps) == stands


def test_it_was_told_before_it_was_taken_again_in_the_same_minute() -> None:
    earlier = stamp(K.TOLD, instant(10, 48))
    assert told([HIGH, earlier, vitals(instant(10, 48), 172, 104)]) == "172/104"


def test_before_the_dose_nobody_is_told() -> None:
    stamps = [*before_dosing(), vitals(instant(10, 6), 168, 104)]
    assert alarms(stamps, instant(10, 7)) == []


def test_a_limit_sounds_at_once_and_every_five_minutes() -> None:
    known = replace(HIGH, recorded_at=instant(10, 49, 30))
    one, again = alarms([*SPRAYED, known], instant(11))
    assert (again.kind, again.level) == (A.CHECK, L.LATE)  # it is to be taken again, ten minutes after it
    assert (one.kind, one.level, one.reading) == (A.TELL, L.URGENT, "168/104")
    at = [instant(10, 48), instant(10, 49, 40), instant(10, 53), instant(10, 54)]
    assert [sounds_by(one, when) for when in at] == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("between", "sounds"),
    [
        ([], False),  # followed, and the prescriber knows
        ([vitals(instant(10, 50), 158, 98)], False),
        ([vitals(instant(10, 50), 158, 98), vitals(instant(10, 53), 150, 92)], True),  # it had fallen twice
    ],
)
def test_a_limit_sounds_when_it_is_reached_and_not_while_the_pressure_is_followed(
    between: list[Stamp], sounds: bool
) -> None:
    told_of = [*SPRAYED, HIGH, stamp(K.TOLD, instant(10, 48)), *between, vitals(instant(10, 57), 172, 104)]
    one = next(it for it in alarms(told_of, instant(10, 58)) if it.kind is A.TELL)
    assert (one.reading, one.level) == ("172/104", L.URGENT)  # shown, until they are told of it as well
    assert bool(sounds_by(one, instant(10, 58))) is sounds


def test_an_emergency_stands_as_one_alarm_until_a_prescriber_acknowledges_it() -> None:
    danger = vitals(instant(10, 47), 184, 112)
    one = the_alarm([*SPRAYED, danger], instant(10, 48))
    assert (one.kind, one.reading) == (A.EMERGENCY, "184/112")
    told_only = [*SPRAYED, danger, stamp(K.TOLD, instant(10, 48))]
    assert the_alarm(told_only, instant(10, 49)).kind is A.EMERGENCY
    seen = [*SPRAYED, danger, accepted(instant(10, 48), 184, 112, by=LIN)]
    assert alarms(seen, instant(10, 49)) == []


def test_an_emergency_before_the_dose_is_an_alarm_too() -> None:
    stamps = [*before_dosing(), vitals(instant(10, 6), 190, 115)]
    assert the_alarm(stamps, instant(10, 7)).kind is A.EMERGENCY


# Oxygen.


LOW = vitals(instant(10, 47), oxygen=91)


def low_at(stamps: list[Stamp]) -> list[str]:
    """The oxygen that stands at 11:30."""
    found = alarms([*SPRAYED, *stamps], instant(11, 30))
    return [one.reading for one in found if one.kind is A.OXYGEN]


@pytest.mark.parametrize(
    ("stamps", "stands"),
    [
        ([vitals(instant(10, 47), oxygen=93)], []),
        ([vitals(instant(10, 47), oxygen=92)], ["92"]),
        ([LOW], ["91"]),
        ([LOW, vitals(instant(10, 50), oxygen=97)], []),  # taken again, and usual
        ([LOW, stamp(K.VITALS, instant(10, 50), systolic=124, diastolic=78)], ["91"]),  # says nothing of it
        ([LOW, stamp(K.TOLD, instant(10, 48), person="Dr. Lin")], []),
        ([stamp(K.TOLD, instant(10, 46), person="Dr. Lin"), LOW], ["91"]),
        ([LOW, accepted(instant(10, 48), 124, 78, oxygen=91, by=LIN)], []),
        ([LOW, accepted(instant(10, 48), 124, 78, oxygen=91, by=MAYA)], ["91"]),
        ([LOW, accepted(instant(10, 48), 124, 78, oxygen=91, by=MAYA, told_by=LIN)], []),
        ([LOW, accepted(instant(10, 48), 124, 78, by=LIN)], ["91"]),  # the pressure alone
        ([LOW, stamp(K.TOLD, instant(10, 48)), vitals(instant(10, 57), oxygen=91)], []),
        ([LOW, stamp(K.TOLD, instant(10, 48)), vitals(instant(10, 57), oxygen=90)], ["90"]),
        (
            [
                LOW,
                stamp(K.TOLD, instant(10, 48)),
                vitals(instant(10, 57), oxygen=97),
                vitals(instant(11, 7), oxygen=92),
            ],
            ["92"],  # it was usual in between
        ),
    ],
)
def test_a_low_oxygen_stands_until_it_is_usual_or_the_prescriber_knows(
    stamps: list[Stamp], stands: list[str]
) -> None:
    assert low_at(stamps) == stands


def test_before_the_dose_a_low_oxygen_locks_it_and_is_no_alarm() -> None:
    stamps = [*before_dosing(), vitals(instant(10, 6), oxygen=88)]
    assert alarms(stamps, instant(10, 7)) == []
    assert alarms([*stamps, device(instant(10, 10))], instant(10, 11)) == []


def test_it_sounds_at_once_and_every_five_minutes_like_a_limit_of_the_pressure() -> None:
    known = replace(LOW, recorded_at=instant(10, 49, 30))
    one = the_alarm([*SPRAYED, known], instant(10, 56))
    assert (one.kind, one.level, one.since) == (A.OXYGEN, L.URGENT, instant(10, 47))
    at = [instant(10, 48), instant(10, 49, 40), instant(10, 53), instant(10, 54)]
    assert [sounds_by(one, when) for when in at] == [0, 1, 1, 2]
    assert shown_everywhere(one)


def test_in_an_infusion_it_is_an_alarm_as_well() -> None:
    one = alarms([*INFUSING, vitals(instant(10, 25), oxygen=90)], instant(10, 26), "IVM")[0]
    assert (one.kind, one.reading) == (A.OXYGEN, "90")


def test_it_comes_after_an_emergency_and_before_a_pressure_that_is_to_be_told() -> None:
    both = alarms([*SPRAYED, vitals(instant(10, 47), 168, 104, oxygen=90)], instant(10, 48))
    assert [one.kind for one in both] == [A.OXYGEN, A.TELL]
    worse = alarms([*SPRAYED, vitals(instant(10, 47), 184, 112, oxygen=90)], instant(10, 48))
    assert [one.kind for one in worse] == [A.EMERGENCY, A.OXYGEN]


# Help.


def test_help_sounds_until_somebody_answers_and_is_over_then() -> None:
    call = HelpCall(id=5, room_id=2, at=instant(10), by=MAYA)
    (one,) = help_alarms([call], [])
    assert (one.level, one.room_id) == (L.URGENT, 2)
    assert [sounds_by(one, instant(10, n)) for n in (0, 4, 5, 10)] == [1, 1, 2, 3]
    assert help_alarms([call], [answer_to(one, instant(10, 1), LIN)]) == []


def test_help_comes_before_an_emergency_and_that_before_a_late_check() -> None:
    late = the_alarm(INFUSING, instant(10, 40), "IVM")
    danger = the_alarm([*SPRAYED, vitals(instant(10, 47), 184, 112)], instant(10, 48))
    (call,) = help_alarms([HelpCall(id=1, at=instant(10, 50))], [])
    assert in_order([late, danger, call]) == [call, danger, late]
    older = replace(danger, since=danger.since - timedelta(minutes=3))
    assert in_order([danger, older]) == [older, danger]
