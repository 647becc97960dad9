"""Visit types, courses and ways home: what stands, and what no clinic may change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.defaults import default_setup
from clinic_desktop.scheduling.model import (
    CourseTemplate,
    Cover,
    GoingHomePlan,
    GoingHomeProfile,
    Phase,
    PhaseKind,
    Step,
    VisitType,
)
from clinic_desktop.scheduling.set_up_types import (
    DEMANDED,
    asks_more,
    course_problems,
    in_use,
    profile_problems,
    type_problems,
)
from clinic_desktop.scheduling.way_home import gaps

SETUP = default_setup()
IVM, SP56 = SETUP.type_by_code("IVM"), SETUP.type_by_code("SP56")


def phase(one: VisitType, number: int, **change: object) -> VisitType:
    phases = list(one.phases)
    phases[number] = replace(phases[number], **change)  # type: ignore[arg-type]  # replace checks the names
    return replace(one, phases=tuple(phases))


def without(one: VisitType, kind: PhaseKind) -> VisitType:
    return replace(one, phases=tuple(p for p in one.phases if p.kind is not kind))


@pytest.mark.parametrize("one", SETUP.types, ids=lambda one: one.code)
def test_every_type_that_ships_stands(one: VisitType) -> None:
    assert type_problems(one, SETUP) == {}


@pytest.mark.parametrize("one", SETUP.templates, ids=lambda one: one.code)
def test_every_course_that_ships_stands(one: CourseTemplate) -> None:
    assert course_problems(one, SETUP) == {}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        (replace(IVM, name=""), "name"),
        (replace(IVM, name="spravato 56 MG"), "name"),
        (replace(IVM, id=0), "code"),
        (replace(IVM, code="ivm"), "code"),
        (replace(IVM, code="I"), "code"),
        (replace(IVM, min_clear_days=-1), "min_clear_days"),
        (replace(IVM, min_clear_days=7), "max_gap_days"),
        (replace(IVM, phases=()), "phases"),
        (replace(IVM, modality="gas"), "modality"),
        (replace(IVM, profile_id=None), "profile_id"),
        (replace(IVM, sheet=""), "sheet"),
        (replace(IVM, discharge_form="apgar"), "discharge_form"),
        (replace(IVM, needs_fit=""), "needs_fit"),
        (phase(IVM, 1, minutes=0), "phases.1.minutes"),
        (phase(IVM, 1, minutes=12), "phases.1.minutes"),
        (phase(IVM, 3, may_stretch=20), "phases.3.may_stretch"),
        (phase(IVM, 3, may_stretch=42), "phases.3.may_stretch"),
        (phase(IVM, 3, may_stretch=605), "phases.3.may_stretch"),
        (phase(IVM, 6, patient=True), "phases.6.kind"),
        (phase(IVM, 6, hands=frozenset({Role.NURSE})), "phases.6.kind"),
        (phase(IVM, 1, patient=False), "phases.1.kind"),
        (phase(IVM, 1, hands=frozenset({Role.NURSE, Role.MANAGER})), "phases.1.hands"),
        (phase(IVM, 4, watch=None), "phases.4.hands"),
        (phase(IVM, 3, watch=Role.PRESCRIBER), "phases.3.watch"),
        (phase(IVM, 4, kind=PhaseKind.PREP), "phases.4.kind"),
        (without(IVM, PhaseKind.INFUSION), "phases"),
        (without(IVM, PhaseKind.RELEASE), "phases"),
        (phase(phase(IVM, 3, minutes=600, may_stretch=None), 4, minutes=300, may_stretch=None), "phases"),
        # locked, whatever the clinic wants
        (phase(SP56, 2, cover=Cover.CLINICIAN), "phases.2.cover"),
        (phase(SP56, 3, cover=Cover.NOBODY), "phases.3.cover"),
        (phase(SP56, 3, minutes=115), "phases.3.minutes"),
        (phase(IVM, 4, minutes=25), "phases.4.minutes"),
        (replace(IVM, phases=(*IVM.phases[:4], *IVM.phases[5:])), "phases"),
        (without(SP56, PhaseKind.MONITORING), "phases"),
        (replace(SP56, dose_mg=None), "dose_mg"),
    ],
)
def test_visit_types(changed: VisitType, field: str) -> None:
    assert list(type_problems(changed, SETUP)) == [field]


def test_a_locked_rule_says_that_it_is_locked() -> None:
    for changed in (phase(SP56, 2, cover=Cover.NOBODY), phase(SP56, 3, minutes=60)):
        assert [
            what.sentence().startswith("Locked: ") for what in type_problems(changed, SETUP).values()
        ] == [True]


def test_a_longer_watch_and_more_cover_are_the_clinics_choice() -> None:
    assert type_problems(phase(SP56, 3, minutes=150), SETUP) == {}
    assert type_problems(phase(IVM, 3, cover=Cover.PRESCRIBER), SETUP) == {}


def test_a_consultation_needs_no_way_home_and_no_sheet() -> None:
    con = SETUP.type_by_code("CON")
    assert type_problems(replace(con, id=0, code="CON2", name="Long consultation"), SETUP) == {}


IV6, SP12 = SETUP.templates[0], SETUP.templates[2]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        (replace(IV6, code="!"), "code"),
        (replace(IV6, code="SP8"), "code"),
        (replace(IV6, name=""), "name"),
        (replace(IV6, name="spravato, 8 visits"), "name"),
        (replace(IV6, steps=(Step("OLD", 6),)), "steps"),
        (replace(IV6, steps=(Step("IVM", 1),)), "steps"),
        (replace(IV6, steps=(Step("IVM", 6), Step("IVB", 0))), "steps"),
        (replace(IV6, min_clear_days=-1), "min_clear_days"),
        (replace(IV6, max_gap_days=1), "max_gap_days"),
        (replace(IV6, span_days=9), "span_days"),
        (replace(SP12, weeks=(2, 2, 2, 2)), "weeks"),
        (replace(SP12, weeks=(4, 4, 4)), "weeks"),
    ],
)
def test_courses(changed: CourseTemplate, field: str) -> None:
    assert list(course_problems(changed, SETUP)) == [field]


def test_a_span_that_is_too_short_says_what_it_takes() -> None:
    said = course_problems(replace(IV6, span_days=9), SETUP)["span_days"]
    assert said.sentence() == "6 visits, 1 or more clear days apart, take 10 days or more."


@given(visits=st.integers(2, 8), clear=st.integers(0, 6), span=st.integers(1, 60))
def test_a_span_is_accepted_exactly_when_the_visits_fit_into_it(visits: int, clear: int, span: int) -> None:
    first = date(2026, 11, 2)
    tightest = [first + timedelta(days=n * (clear + 1)) for n in range(visits)]
    template = replace(
        IV6, steps=(Step("IVM", visits),), min_clear_days=clear, max_gap_days=None, span_days=span
    )
    assert ("span_days" not in course_problems(template, SETUP)) == ((tightest[-1] - first).days <= span)


ADULT = SETUP.profiles[0]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        (replace(ADULT, name=" "), "name"),
        (replace(ADULT, id=0), "name"),
        (replace(ADULT, accepts=frozenset()), "accepts"),
        (replace(ADULT, demanded="never"), "demanded"),
        (
            replace(ADULT, accepts=frozenset({TransportKind.TRANSIT_ALONE}), min_stay_alone=60),
            "min_stay_alone",
        ),
    ],
)
def test_ways_home(changed: GoingHomeProfile, field: str) -> None:
    assert list(profile_problems(changed, SETUP)) == [field]


kinds = st.frozensets(st.sampled_from(list(TransportKind)), min_size=1)
profiles = st.builds(
    GoingHomeProfile,
    required=st.booleans(),
    accepts=kinds,
    demanded=st.sampled_from(DEMANDED),
    min_stay_alone=st.sampled_from([120, 180]),
)
plans = st.builds(
    GoingHomePlan,
    kind=st.sampled_from(list(TransportKind)),
    name=st.sampled_from(["", "Ben Marsh"]),
    phone=st.sampled_from(["", "217 555 0142"]),
    adult=st.booleans(),
)


@given(before=profiles, after=profiles, plan=st.none() | plans)
def test_a_profile_that_does_not_ask_more_never_fails_a_plan_that_met_it(before, after, plan) -> None:
    if not asks_more(before, after) and not gaps(plan, before):
        assert not gaps(plan, after)


def test_a_profile_only_old_versions_refer_to_is_not_offered() -> None:
    old = tuple(replace(one, current=False) for one in SETUP.types)
    fresh = replace(ADULT, id=2, name="Somebody else")
    setup = replace(SETUP, types=old, profiles=(ADULT, fresh))
    assert in_use(setup) == [fresh]
    assert in_use(SETUP) == [ADULT]


def test_any_kind_may_be_the_only_phase_of_a_talk() -> None:
    talk = VisitType(code="TALK", name="Talk", needs_fit="consult", phases=(Phase(PhaseKind.SESSION, 30),))
    assert type_problems(talk, SETUP) == {}
    waiting = replace(talk, phases=(Phase(PhaseKind.CHECK_IN, 30),))
    assert list(type_problems(waiting, SETUP)) == ["phases"]


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"open_days": 0}, "after_days", "set-up-after-days"),
        ({"open_days": 11}, "after_days", "set-up-after-days"),
        ({"asks": frozenset({"teeth"})}, "after_asks", "set-up-after-asks"),
    ],
)
def test_a_check_in_call_has_days_and_asks_what_is_known(
    changed: dict[str, object], field: str, code: str
) -> None:
    after = replace(IVM.day_after, **changed)  # type: ignore[arg-type]  # replace checks the names
    found = type_problems(replace(IVM, day_after=after), SETUP)
    assert {name: one.code for name, one in found.items()} == {field: code}
