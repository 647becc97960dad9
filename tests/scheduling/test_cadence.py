"""The planner counts days itself, for speed; here the cadences that ship are written as recurrence rules."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from dateutil.rrule import DAILY, FR, MO, TH, TU, WE, WEEKLY, rrule

from clinic_desktop.scheduling.defaults import TEMPLATES
from clinic_desktop.scheduling.model import CourseTemplate
from clinic_desktop.scheduling.planner import plan
from clinic_desktop.scheduling.planner_model import CourseRequest, cadence_of
from clinic_desktop.scheduling.planner_spacing import spacing
from tests.scheduling.engine_truth import MONDAY, NURSE, a_clinic, a_type, free_in, session

TALK = a_type(session(30, hands=NURSE))
FAR = 42  # days from one visit to the next where a course says nothing
BY_CODE = {one.code: one for one in TEMPLATES}


def request(template: CourseTemplate, first: date = MONDAY, **wish: object) -> CourseRequest:
    types = (TALK,) * len(template.type_codes)
    return replace(CourseRequest(cadence_of(template), types, earliest=first), **wish)


def days(rule: rrule) -> list[date]:
    return [at.date() for at in rule]


def by_rule(template: CourseTemplate, first: date, before: date, no: int) -> set[date]:
    """The days that are open to a visit (counted from 0) after one on ``before``, as recurrence rules."""
    begin = before + timedelta(days=template.min_clear_days + 1)
    found = set(
        days(rrule(DAILY, dtstart=begin, until=before + timedelta(days=template.max_gap_days or FAR)))
    )
    if template.span_days is not None:
        found &= set(days(rrule(DAILY, dtstart=first, until=first + timedelta(days=template.span_days))))
    if template.weeks:
        begins = days(rrule(WEEKLY, dtstart=first, count=len(template.weeks)))
        each = [begin for begin, visits in zip(begins, template.weeks, strict=True) for _ in range(visits)]
        found &= set(days(rrule(DAILY, dtstart=each[no], count=7)))
    return found


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
@pytest.mark.parametrize("first", [MONDAY, MONDAY + timedelta(days=3)], ids=["Monday", "Thursday"])
def test_each_visit_may_lie_where_the_recurrence_rules_say(template: CourseTemplate, first: date) -> None:
    asked = request(template, first)
    bounds = spacing(asked, range(len(asked.types)), {})
    windows = bounds.windows_from(0, first, 400)
    for no, (least, most) in enumerate(bounds.gaps, 1):
        opens, closes = windows[no]
        early, late = windows[no - 1]
        for before in range(early, late + 1):
            mine = range(max(before + least, opens), min(before + most, closes) + 1)
            there = {first + timedelta(days=n) for n in mine}
            assert there == by_rule(template, first, first + timedelta(days=before), no)


EVERY_WORKDAY = (MO, TU, WE, TH, FR)


@pytest.mark.parametrize(
    ("code", "weekdays", "rule"),
    [
        ("IV6", (), rrule(DAILY, interval=2, dtstart=MONDAY, count=6)),
        ("IV6", (0, 2, 4), rrule(WEEKLY, byweekday=(MO, WE, FR), dtstart=MONDAY, count=6)),
        ("SP8", (0, 3), rrule(WEEKLY, byweekday=(MO, TH), dtstart=MONDAY, count=8)),
        ("PAIN10", range(5), rrule(DAILY, byweekday=EVERY_WORKDAY, dtstart=MONDAY, count=10)),
    ],
)
def test_an_empty_book_gives_the_days_of_the_rule(code: str, weekdays: Iterable[int], rule: rrule) -> None:
    asked = request(BY_CODE[code], weekdays=frozenset(weekdays))
    found = plan(free_in(a_clinic(), asked.base, asked.days), asked)
    assert [one.day for one in found.placed] == days(rule)


def test_eight_and_four_are_twice_a_week_and_then_weekly() -> None:
    asked = request(BY_CODE["SP12"], weekdays=frozenset({0}), start_within=1)
    found = plan(free_in(a_clinic(), asked.base, asked.days), asked)
    placed = [one.day for one in found.placed]
    assert placed[8:] == days(rrule(WEEKLY, dtstart=MONDAY + timedelta(weeks=4), count=4))
    weeks = days(rrule(WEEKLY, dtstart=MONDAY, count=4))
    assert [len([day for day in placed[:8] if 0 <= (day - one).days < 7]) for one in weeks] == [2, 2, 2, 2]
