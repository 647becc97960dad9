"""What a new clinic starts with says what the decisions page and the reference say."""

from itertools import pairwise

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.claims import phases_of
from clinic_desktop.scheduling.defaults import (
    HOURS,
    MODALITIES,
    ROOMS,
    TEMPLATES,
    default_setup,
    write_defaults,
)
from clinic_desktop.scheduling.model import Clinic, Cover, Phase, PhaseKind, Visit, VisitType
from clinic_desktop.storage.store import SqlStore

SETUP = default_setup()
TREATMENTS = tuple(one for one in SETUP.types if one.is_treatment)
NURSE = frozenset({Role.NURSE})


def in_room(one: VisitType) -> int:
    """Minutes in the room without turnover."""
    return sum(p.minutes for p in one.phases if p.room and p.kind is not PhaseKind.TURNOVER)


def turnover(one: VisitType) -> int:
    return sum(p.minutes for p in one.phases if p.kind is PhaseKind.TURNOVER)


@pytest.mark.parametrize(
    ("code", "lead", "room", "after"),
    [
        ("CON", 10, 60, 5),
        ("CONF", 0, 0, 0),
        ("FUP", 0, 30, 5),
        ("IVM", 15, 90, 15),
        ("IVB", 15, 90, 15),
        ("IVMG", 15, 150, 15),
        ("IVP", 15, 320, 15),
        ("IMK", 15, 110, 15),
        ("SP1", 15, 155, 15),
        ("SP56", 15, 145, 15),
        ("SP84", 15, 150, 15),
        ("KAP", 15, 205, 15),
        ("PREP", 0, 50, 10),
        ("INT", 0, 50, 10),
    ],
)
def test_minutes_before_in_and_after_the_room(code: str, lead: int, room: int, after: int) -> None:
    one = SETUP.type_by_code(code)
    assert (one.lead, in_room(one), turnover(one)) == (lead, room, after)


def test_every_type_of_the_list_above_and_no_other_ships() -> None:
    shipped = {one.code for one in SETUP.types}
    assert shipped == {
        "CON", "CONF", "FUP", "IVM", "IVB", "IVMG", "IVP", "IMK", "SP1", "SP56", "SP84", "KAP", "PREP", "INT",
    }  # fmt: skip


@pytest.mark.parametrize(
    "codes",
    [
        [one.code for one in SETUP.types],
        [one.code for one in SETUP.templates],
        [one.code for one in SETUP.modalities],
        [one.name for one in SETUP.types],
        [room.name for room in ROOMS],
    ],
)
def test_no_code_or_name_stands_twice(codes: list[str]) -> None:
    assert len(codes) == len(set(codes))


def test_spravato_is_watched_120_minutes_after_the_dosing_phase_under_a_prescriber() -> None:
    for code in ("SP1", "SP56", "SP84"):
        phases = {p.kind: p for p in SETUP.type_by_code(code).phases}
        assert phases[PhaseKind.MONITORING].minutes == 120
        assert phases[PhaseKind.DOSING].cover is phases[PhaseKind.MONITORING].cover is Cover.PRESCRIBER


def test_three_devices_take_longer_than_two() -> None:
    def dosing(code: str) -> int:
        return sum(p.minutes for p in SETUP.type_by_code(code).phases if p.kind is PhaseKind.DOSING)

    assert [dosing(code) for code in ("SP1", "SP56", "SP84")] == [5, 5, 10]


def test_an_infusion_takes_hands_for_15_minutes_then_a_watching_place() -> None:
    for one in SETUP.types:
        infusion = [p for p in one.phases if p.kind is PhaseKind.INFUSION]
        if infusion:
            first, rest = infusion
            assert (first.minutes, first.hands, first.watch) == (15, NURSE, None)
            assert (rest.hands, rest.watch) == (frozenset(), Role.NURSE)
            assert first.cover is rest.cover is Cover.CLINICIAN


@pytest.mark.parametrize("one", SETUP.types, ids=lambda one: one.code)
def test_what_each_kind_of_phase_occupies(one: VisitType) -> None:
    occupied = {
        PhaseKind.CHECK_IN: lambda p: (
            (p.room, p.patient, p.hands, p.watch) == (False, True, frozenset(), None)
        ),
        PhaseKind.TURNOVER: lambda p: (
            (p.room, p.patient, p.hands, p.watch) == (True, False, frozenset(), None)
        ),
        PhaseKind.PREP: lambda p: p.hands == NURSE and p.room and p.patient,
        PhaseKind.DOSING: lambda p: p.hands >= NURSE and p.room and p.patient,
        PhaseKind.RELEASE: lambda p: p.hands == NURSE and p.room and p.patient,
        PhaseKind.MONITORING: lambda p: not p.hands and p.watch is Role.NURSE and p.room,
        PhaseKind.RECOVERY: lambda p: not p.hands and p.watch is Role.NURSE and p.room,
    }
    for phase in one.phases:
        assert occupied.get(phase.kind, lambda _: True)(phase), phase


def test_talks_take_the_hands_of_who_holds_them() -> None:
    def hands(code: str) -> set[Role]:
        return {role for p in SETUP.type_by_code(code).phases for role in p.hands}

    assert hands("CON") == hands("FUP") == {Role.PRESCRIBER}
    assert hands("PREP") == hands("INT") == {Role.THERAPIST}
    assert hands("CONF") == set()
    assert hands("KAP") == {Role.THERAPIST, Role.NURSE}


def test_a_phone_intake_needs_no_room() -> None:
    intake = SETUP.type_by_code("CONF")
    assert not intake.needs_fit
    assert not any(p.room for p in intake.phases)


def test_every_room_a_type_needs_is_among_the_rooms_offered() -> None:
    offered = {fit for room in ROOMS for fit in room.fits}
    assert {one.needs_fit for one in SETUP.types} - {""} == offered


def test_every_treatment_asks_for_a_named_adult_and_no_other_visit_asks() -> None:
    assert {one.code for one in SETUP.types if one.profile_id} == {one.code for one in TREATMENTS}
    for one in TREATMENTS:
        profile = SETUP.profile_of(one)
        assert profile is not None
        assert profile.required
        assert all(kind.has_person for kind in profile.accepts)
        assert TransportKind.ADULT_DRIVES in profile.accepts
        assert profile.demanded == "confirmation"


def test_treatments_are_of_a_known_way_and_only_spravato_is_under_the_programme() -> None:
    known = {one.code: one for one in SETUP.modalities}
    assert {one.modality for one in TREATMENTS} == set(known)
    assert [one.code for one in MODALITIES if one.rems] == ["spravato"]
    assert known["spravato"].min_age == 18


def test_only_prescriber_visits_clear() -> None:
    assert {one.code for one in SETUP.types if one.gives_clearance} == {"CON", "FUP"}


def test_every_treatment_asks_for_a_score_and_pain_where_pain_is_treated() -> None:
    for one in SETUP.types:
        wanted = {"pain"} if one.code in ("IVP", "IVMG") else {"phq9"}
        assert one.scores == (wanted if one.is_treatment else set())


def test_a_stretched_phase_may_only_grow() -> None:
    stretched = [p for one in SETUP.types for p in one.phases if p.may_stretch is not None]
    assert stretched
    assert all(p.may_stretch > p.minutes for p in stretched if p.may_stretch is not None)


def test_an_infusion_for_mood_may_take_an_hour() -> None:
    infusion = [p for p in SETUP.type_by_code("IVM").phases if p.kind is PhaseKind.INFUSION]
    assert infusion[0].minutes + (infusion[1].may_stretch or 0) == 60


def test_the_courses_of_the_decisions_page() -> None:
    known = {one.code: one for one in TEMPLATES}
    iv, eight, twelve, pain = (known[code] for code in ("IV6", "SP8", "SP12", "PAIN10"))
    assert (iv.type_codes, iv.min_clear_days, iv.max_gap_days, iv.span_days) == (("IVM",) * 6, 1, 7, 21)
    assert eight.type_codes == ("SP1", *("SP56",) * 7)
    assert eight.weeks == (2, 2, 2, 2)
    assert twelve.type_codes == ("SP1", *("SP56",) * 11)
    assert twelve.weeks == (2, 2, 2, 2, 1, 1, 1, 1)
    assert (pain.type_codes, pain.min_clear_days) == (("IVP",) * 10, 0)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
def test_a_course_is_made_of_types_there_are_and_its_weeks_add_up(template) -> None:
    for code in template.type_codes:
        assert SETUP.type_by_code(code).min_clear_days <= template.min_clear_days
    if template.weeks:
        assert sum(template.weeks) == len(template.type_codes)


def test_phases_can_be_laid_on_the_clock() -> None:
    for one in SETUP.types:
        laid = phases_of(Visit(start=1_000, end=1_001), one)
        assert laid[0][2].start == 1_000 - one.lead
        assert all(a[2].end == b[2].start for a, b in pairwise(laid))


def test_the_clinic_is_open_on_weekdays() -> None:
    assert [one.weekday for one in HOURS] == [0, 1, 2, 3, 4]
    assert all(one.start < one.end for one in HOURS)


def test_writing_them_gives_a_new_clinic_the_same_set_up(any_store: SqlStore) -> None:
    with any_store.write(PROGRAM) as unit:
        clinic = unit.add(Clinic(id=1, name="Clinic", hours=HOURS))
        write_defaults(unit)
        unit.commit()
    with any_store.read() as records:
        read = records.setup()
    assert read == default_setup(clinic)


def test_minutes_are_on_the_grid() -> None:
    off: list[Phase] = [p for one in SETUP.types for p in one.phases if p.minutes % SETUP.policies.grid]
    assert off == []
