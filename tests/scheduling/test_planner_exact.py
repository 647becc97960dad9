"""Five hundred small clinics: the plan is as good as a general exact solver's, breaks no rule, and does not
depend on the order in which anything is given.
"""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from clinic_desktop.foundation.rulebook import blocking
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import Wish, draft
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.coverage import House, uncovered
from clinic_desktop.scheduling.model import ClaimKind
from clinic_desktop.scheduling.planner import plan
from clinic_desktop.scheduling.presence import absent
from clinic_desktop.scheduling.rules import Case, fitting_room, skipped_time
from tests.scheduling.engine_truth import free_in
from tests.scheduling.random_courses import shuffled, world

exact_solver = pytest.importorskip("tests.scheduling.exact_solver", reason="no exact solver for this Python")

CLINICS, AT_ONCE = 500, 25


def planned(setup, claims, request):
    return plan(free_in(setup, request.base, request.days, claims), request)


def some(first):
    return [(number, *world(number)) for number in range(first, first + AT_ONCE)]


@pytest.mark.parametrize("first", range(0, CLINICS, AT_ONCE))
def test_the_plan_is_as_good_as_can_be_breaks_no_rule_and_hangs_on_no_order(first):
    for number, setup, claims, request in some(first):
        found = planned(setup, claims, request)
        assert found.score == exact_solver.Exact(setup, claims, request).best(), number
        assert broken(setup, claims, request, found) == [], number
        chance = random.Random(number)  # noqa: S311 - the same order for the same number
        mixed = replace(request, pins=request.pins[::-1], stays=request.stays[::-1])
        again = planned(shuffled(setup, chance), chance.sample(claims, len(claims)), mixed)
        assert again == found, number


def test_there_is_something_to_plan():
    """Most of the clinics have room for the whole course, many for a part, few for nothing."""
    scores = [planned(*world(number)).score for number in range(CLINICS)]
    assert sum(not one.unplaced for one in scores) > CLINICS * 0.4
    assert sum(one.unplaced > 0 for one in scores) > CLINICS * 0.1
    for term in ("off_clock", "off_weekdays", "off_half", "without_nurse", "nurse_changes", "moved"):
        assert sum(getattr(one, term) > 0 for one in scores) > CLINICS * 0.03, term


def broken(setup, claims, request, found):
    """What the rules of booking, the book, and the limits of the request say against a plan."""
    out, house = [], House(setup)
    taken = {(kind, owner, minute) for kind, owner, a, b, _ in claims for minute in range(a, b, 5)}
    for one in found.placed:
        kind = setup.type_by_code(one.type_code)
        choice = one.choice
        people = choice.room_id, choice.nurse_id, choice.prescriber_id, choice.therapist_id
        wish = Wish(1, one.type_code, one.day, one.minute, one.fold, *people, choice.phase_staff)
        visit = draft(setup, wish)
        case = Case(visit, kind, Patient(id=1), setup, 0)
        said = [check(case) for check in (fitting_room, skipped_time)]
        said += [*absent(visit, kind, setup), *uncovered(visit, kind, house, 0)]
        out += [finding.sentence() for finding in blocking(filter(None, said))]
        for claim in claims_of(visit, kind):
            if claim.kind in (ClaimKind.ROOM, ClaimKind.HANDS):
                minutes = range(claim.start, claim.end, 5)
                out += ["taken" for m in minutes if (claim.kind, claim.resource_id, m) in taken]
        out += ["watches too many" for claim in claims_of(visit, kind) if too_many(setup, claims, claim)]
        if not one.pinned and (one.day in request.excluded or one.day < request.earliest):
            out.append("not on that day")
    stands = {pin.no: pin.day for pin in request.pins if pin.booked}
    new = {one.no: one.day for one in found.placed}
    days = sorted({**stands, **new}.items())
    for (no, day), (other, after) in pairwise(days):
        least = timedelta((other - no) * (request.cadence.min_clear_days + 1))
        if (no in new or other in new) and after - day < least:
            out.append("too near")
    return out


def too_many(setup, claims, claim):
    if claim.kind is not ClaimKind.WATCH:
        return False
    watched = [one for one in claims if one[:2] == (claim.kind, claim.resource_id)]
    return any(
        sum(one[2] <= m < one[3] for one in watched) >= setup.watch_limit(claim.resource_id)
        for m in range(claim.start, claim.end, 5)
    )
