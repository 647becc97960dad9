"""A course as one patient has it: more or fewer visits, other gaps, another type here and there, and the days
and times they like. It is kept with the course, so that whatever plans it later plans it so.
"""

import re
from dataclasses import replace
from itertools import groupby

from clinic_desktop.foundation.rulebook import Finding, Param, Problems
from clinic_desktop.scheduling import set_up_rules
from clinic_desktop.scheduling.model import Course, CourseTemplate, OwnCourse, Setup, Step
from clinic_desktop.scheduling.rules import OWN_BOOKED, OWN_TYPE
from clinic_desktop.scheduling.set_up_types import MOST_VISITS, spacing_problems

_COUNTED = re.compile(r",\s*(\d+(?:\s*\+\s*\d+)*)\s+\w+$")  # ", 6 infusions", ", 8 + 4 visits"


def template_of(setup: Setup, code: str) -> CourseTemplate | None:
    """What a course was made from; None when the clinic has it no more."""
    return next((one for one in setup.templates if one.code == code), None)


def own_template(template: CourseTemplate, own: OwnCourse) -> CourseTemplate:
    """The template as this patient has it. Visits beyond the last are like the last."""
    least = template.min_clear_days if own.min_clear_days is None else own.min_clear_days
    most = template.max_gap_days if own.max_gap_days is None else own.max_gap_days
    codes = _codes(template, own)
    return replace(
        template,
        name=named_for(template.name, len(template.type_codes), len(codes)),
        steps=tuple(Step(code, len(list(some))) for code, some in groupby(codes)),
        min_clear_days=least,
        max_gap_days=most,
        span_days=_span(template, len(codes), least, most),
        weeks=_weeks(template.weeks, len(codes)),
    )


def named_for(name: str, usual: int, visits: int) -> str:
    """The name of a course with the number of its visits, where it has others than usual: a count at the end
    of the name that says the usual one gives way."""
    if visits == usual:
        return name
    found = _COUNTED.search(name)
    counts = found is not None and sum(map(int, found[1].split("+"))) == usual
    return f"{name[: found.start()] if found and counts else name}, {visits} visits"


def as_template(template: CourseTemplate, own: OwnCourse) -> OwnCourse:
    """Without what is no other than the template's."""
    codes = _codes(template, replace(own, types=()))
    return replace(
        own,
        visits=None if own.visits == len(template.type_codes) else own.visits,
        min_clear_days=None if own.min_clear_days == template.min_clear_days else own.min_clear_days,
        max_gap_days=None if own.max_gap_days == template.max_gap_days else own.max_gap_days,
        types=tuple(one for one in own.types if one.no <= len(codes) and codes[one.no - 1] != one.type_code),
    )


def planned_visits(template: CourseTemplate, course: Course, own: OwnCourse) -> int:
    """How many visits a running course has with other changes; a template that was edited since does not
    count for it."""
    if own.visits is not None:
        return own.visits
    return course.planned if course.own.visits is None else len(template.type_codes)


def own_problems(setup: Setup, template: CourseTemplate, own: OwnCourse, booked: int = 0) -> Problems:
    """What no receptionist changes for one patient. booked: the highest number that has its visit."""
    visits = len(template.type_codes) if own.visits is None else own.visits
    if visits < booked:
        return {"visits": Finding(OWN_BOOKED, {"booked": booked, "visits": visits})}
    if not template.type_codes or not 1 < visits <= MOST_VISITS:
        return {"visits": Finding(set_up_rules.COURSE_VISITS, {"most": MOST_VISITS})}
    return _type_problems(setup, template, own) or spacing_problems(own_template(template, own))


def _type_problems(setup: Setup, template: CourseTemplate, own: OwnCourse) -> Problems:
    current = {one.code: one for one in setup.types if one.current}
    modality = setup.type_by_code(template.type_codes[0]).modality
    for one in own.types:
        if one.type_code not in current:
            return {"types": Finding(set_up_rules.COURSE_TYPE, {"code": one.type_code})}
        found = current[one.type_code]
        if found.modality != modality:
            params: dict[str, Param] = {"type": found.name, "course": template.name, "number": one.no}
            return {"types": Finding(OWN_TYPE, params)}
    return {}


def _codes(template: CourseTemplate, own: OwnCourse) -> list[str]:
    codes = list(template.type_codes)
    count = len(codes) if own.visits is None else own.visits
    codes = [*codes, *codes[-1:] * (count - len(codes))][:count]
    for one in own.types:
        if one.no <= count:
            codes[one.no - 1] = one.type_code
    return codes


def _span(template: CourseTemplate, visits: int, least: int, most: int | None) -> int | None:
    """The length grows as the visits and the gaps do; it is no reason against either."""
    span, usual = template.span_days, template.max_gap_days
    if span is None:
        return None
    steps, before = visits - 1, max(1, len(template.type_codes) - 1)
    grown = -(-span * steps // before)
    if most is not None and usual:
        grown = -(-grown * most // usual)
    return max(span, grown, steps * (least + 1))


def _weeks(weeks: tuple[int, ...], visits: int) -> tuple[int, ...]:
    """The visits of each week for another number of them: the last week goes on."""
    out: list[int] = []
    while weeks and sum(out) < visits:
        usual = max(0, weeks[len(out)]) if len(out) < len(weeks) else max(1, weeks[-1])
        out.append(min(usual, visits - sum(out)))
    return tuple(out)
