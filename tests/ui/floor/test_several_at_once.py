"""Several entries in one line, and several past times at once: read back word for word, all or nothing."""

from dataclasses import replace
from datetime import datetime

import pytest

from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui.floor.typed import Context, Typed, read_line
from tests.small_clinic import instant
from tests.treatment.cases import K, before_dosing, care, device, infused, without


def context(code: str = "SP84", stamps: list[Stamp] | None = None, next_kind: K = K.VITALS) -> Context:
    now = instant(11, 30)
    return Context(care(code, before_dosing() if stamps is None else stamps, now), now, next_kind, 35.0)


def read(text: str, **more: object) -> Typed:
    return read_line(text, context(**more))


def said(text: str, **more: object) -> list[tuple[K, datetime | None]]:
    typed = read(text, **more)
    assert typed.well, typed.problem
    return [(one.kind, one.at) for one in typed.stamps]


@pytest.mark.parametrize("next_kind", [K.VITALS, K.IN_ROOM, K.DOSE])
def test_three_times_are_those_of_three_devices(next_kind: K) -> None:
    """10:07 10:12 10:17"""
    times = [(K.DOSE, instant(10, 7)), (K.DOSE, instant(10, 12)), (K.DOSE, instant(10, 17))]
    assert said("10:07 10:12 10:17", next_kind=next_kind) == times
    assert said("10:07 10:12 10:17 12K345", next_kind=next_kind) == times
    assert {one.lot for one in read("10:07 10:12 10:17 12K345").stamps} == {"12K345"}


def test_where_nothing_is_given_in_devices_two_times_are_too_many() -> None:
    assert read("10:07 10:12 10:17", code="IVM", next_kind=K.CONSENT).problem == "One time, like 10:07."


def test_vitals_of_a_past_time() -> None:
    """10:47 138/84 92 98"""
    (one,) = read("10:47 138/84 92 98").stamps
    assert (one.at, one.systolic, one.diastolic, one.pulse, one.oxygen) == (instant(10, 47), 138, 84, 92, 98)


@pytest.mark.parametrize(
    "text",
    [
        "10:40 138/84 74 98; 10:50 136/82 72 98",
        "10:40 138/84 74 98 10:50 136/82 72 98",
        "10:40 138/84 74 98, 10:50 136/82 72 98",
        "10:50 136/82 72 98; 10:40 138/84 74 98;",
    ],
)
def test_two_readings_in_one_line(text: str) -> None:
    assert said(text) == [(K.VITALS, instant(10, 40)), (K.VITALS, instant(10, 50))]
    assert [one.systolic for one in read(text).stamps] == [138, 136]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a; i; c", [K.ARRIVED, K.IN_ROOM, K.CONSENT]),
        ("a, i, c", [K.ARRIVED, K.IN_ROOM, K.CONSENT]),
        ("9:50 a 10:02 i 10:04 138/84 92 98", [K.ARRIVED, K.IN_ROOM, K.VITALS]),
        ("138/84 92 98, sed 5, diss 1, naus 0", [K.VITALS, K.SEDATION, K.DISSOCIATION, K.NAUSEA]),
        ("sed 5 dozing; s; w", [K.SEDATION, K.SETTLED, K.WALKS]),
        ("10:07 d 12K345 10:12 d 12K346", [K.DOSE, K.DOSE]),
        ("d 12K345, 138/84 92 98", [K.DOSE, K.VITALS]),
        ("n slept; 10:50 136/82 72 98", [K.NOTE, K.VITALS]),
    ],
)
def test_what_ends_an_entry(text: str, kinds: list[K]) -> None:
    assert sorted(kind for kind, _ in said(text)) == sorted(kinds)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("n slept; walks well, sed later 10:15", "slept; walks well, sed later 10:15"),
        ("t Dr. Lin, wait; settled first", "wait; settled first"),
        ("m asleep, left alone", "asleep, left alone"),
        ("c signed again, walks by herself", "signed again, walks by herself"),
        ("d 12K345 held, walks now", "held, walks now"),
    ],
)
def test_no_word_of_a_note_is_taken_for_an_entry(text: str, note: str) -> None:
    (one,) = read(text).stamps
    assert one.note == note


def test_somebody_who_came_keeps_the_commas() -> None:
    (one,) = read("g Jo Reed, (217) 555-0101, 18+, fit", stamps=[device(instant(10))]).stamps
    assert (one.person, one.phone, one.adult, one.fit) == ("Jo Reed", "(217) 555-0101", True, True)


def test_all_of_it_is_read_back() -> None:
    assert read("10:40 138/84 92 98; sed 5").said == (
        "Vitals, 138/84, pulse 92, oxygen 98, 10:40 AM; Sedation (MOAA/S), 5: answers readily, now"
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("138/84 92 98; sed", "sed: Write a number from 0 to 5."),
        ("138/84 92 98; xyz", "xyz: Not understood."),
        ("138/84 92 98 10:50", "10:50: Say what happened then."),
        ("w; h Amara", "Record by itself who took the sheet."),
    ],
)
def test_one_entry_that_is_not_understood_stops_them_all(text: str, problem: str) -> None:
    typed = read(text)
    assert not typed.well
    assert typed.problem.startswith(problem)


def test_a_line_may_end_what_it_began() -> None:
    both = said("10:15 b 36; 10:55 e", code="IVM")
    assert both == [(K.INFUSION_START, instant(10, 15)), (K.INFUSION_STOP, instant(10, 55))]
    running = without(infused(), K.INFUSION_STOP)
    bag = [replace(one, concentration=1.0) if one.kind is K.INFUSION_START else one for one in running]
    assert [kind for kind, _ in said("10:25 rate 30; 10:40 e", code="IVM", stamps=bag)] == [
        K.RATE,
        K.INFUSION_STOP,
    ]
