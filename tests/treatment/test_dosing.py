"""Permission for a dose: everything that speaks against it, and nothing that does not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.rulebook import Finding, Severity, blocking
from clinic_desktop.people.model import Clearance, Indication, Order, Screening, ScreeningItem, TransportKind
from clinic_desktop.scheduling.model import Cover, GoingHomePlan, Override, PressureLimits, Setup
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.dosing import asked_before_dose, before_dose
from clinic_desktop.treatment.slip_rules import ASKED
from tests.small_clinic import MONDAY, instant
from tests.treatment.cases import (
    DANA,
    LIN,
    MAYA,
    RUI,
    K,
    accepted,
    before_dosing,
    care,
    codes,
    device,
    given,
    here,
    setup,
    stamp,
    vitals,
    without,
)

NEW = replace(device(instant(10, 10)), id=0)
INFUSION = stamp(K.INFUSION_START, None, dose=35.0)


def ready(code: str = "SP56", **changes: object) -> Care:
    return care(code, before_dosing(), instant(10, 10), **changes)


def test_nothing_speaks_against_a_prepared_dose() -> None:
    assert before_dose(ready(), NEW) == []
    assert before_dose(ready("IVM"), INFUSION) == []


def person(**changes: object) -> Callable[[Care], Care]:
    return lambda one: replace(one, patient=replace(one.patient, **changes))


def case(**changes: object) -> Callable[[Care], Care]:
    return lambda one: replace(one, **changes)


def plan(**changes: object) -> Callable[[Care], Care]:
    return lambda one: replace(one, visit=replace(one.visit, **changes))


EARLIER, LATER = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (case(clearances=[]), "dose-clearance"),
        (case(clearances=[Clearance(modality="iv", on=MONDAY, until=MONDAY)]), "dose-clearance"),
        (case(clearances=[Clearance(modality="spravato", on=EARLIER, until=EARLIER)]), "dose-clearance"),
        (
            case(
                clearances=[
                    Clearance(modality="spravato", on=EARLIER, until=LATER, withdrawn_at=instant(8)),
                ]
            ),
            "dose-clearance",
        ),
        (
            case(
                clearances=[
                    Clearance(id=1, modality="spravato", on=EARLIER, until=LATER),
                    Clearance(id=2, modality="spravato", on=EARLIER, until=LATER, withdrawn_at=instant(8)),
                ]
            ),
            "dose-clearance",
        ),
        (case(screening=None), "dose-screening"),
        (case(screening=Screening(patient_id=1)), "dose-screening"),
        (person(rems_enrolled_on=None), "dose-enrolment"),
        (person(rems_enrolled_on=LATER), "dose-enrolment"),
        (person(birth_date=None), "dose-age"),
        (person(birth_date=date(2008, 11, 17)), "dose-age"),
        (person(indication=Indication.NONE), "dose-indication"),
        (person(death_date=MONDAY), "dose-died"),
        (plan(plan_kind=None), "dose-driver"),
        (plan(plan_phone=""), "dose-driver"),
        (plan(plan_adult=False), "dose-driver"),
        (plan(plan_kind=TransportKind.TAXI_ALONE), "dose-driver"),
        (case(setup=here(setup(), MAYA, DANA)), "dose-cover"),
        (case(setup=here(setup(), LIN)), "dose-staff"),
    ],
)
def test_each_thing_that_is_lacking_is_named_alone(change: Callable[[Care], Care], code: str) -> None:
    assert codes(before_dose(change(ready()), NEW)) == [code]


def test_somebody_who_turns_18_today_may_be_dosed() -> None:
    grown = person(birth_date=date(2008, 11, 16))(ready())
    assert before_dose(grown, NEW) == []


def test_a_death_after_the_visit_says_nothing_of_its_dose() -> None:
    assert before_dose(person(death_date=LATER)(ready()), NEW) == []


def test_what_a_booking_went_over_gives_no_leave_to_dose_without_a_reason_for_the_treatment() -> None:
    unsaid = person(indication=Indication.NONE)(ready(overrides=[given("indication")]))
    assert codes(before_dose(unsaid, NEW)) == ["dose-indication"]


def test_an_infusion_asks_for_no_enrolment_no_age_and_no_prescriber_on_site() -> None:
    nurse = case(setup=here(setup(), MAYA, DANA))
    lacking = person(rems_enrolled_on=None, birth_date=None, indication=Indication.NONE)
    bare = nurse(lacking(ready("IVM")))
    assert before_dose(bare, INFUSION) == []


@pytest.mark.parametrize(
    ("cover", "people", "wanted"),
    [
        (Cover.CLINICIAN, (MAYA, DANA), []),
        (Cover.CLINICIAN, (LIN, DANA), []),
        (Cover.CLINICIAN, (DANA, RUI), ["dose-cover-clinician"]),
        (Cover.CLINICIAN, (DANA,), ["dose-cover-clinician", "dose-staff"]),
        (Cover.PRESCRIBER, (MAYA, DANA), ["dose-cover"]),
        (Cover.PRESCRIBER, (LIN, DANA), []),
        (Cover.NOBODY, (DANA, RUI), []),
    ],
)
def test_an_infusion_asks_for_whom_the_clinic_wants_on_site(
    cover: Cover, people: tuple[int, ...], wanted: list[str]
) -> None:
    for code, dose in (("IVM", INFUSION), ("IMK", stamp(K.DOSE, None, dose=35.0))):
        found = before_dose(ready(code, setup=here(setup(iv_cover=cover), *people)), dose)
        assert codes(found) == wanted


def test_a_nurse_must_be_here_until_recovery_ends() -> None:
    # 40 minutes of infusion and 30 of recovery from 4:50 PM end at 6 PM, when everybody but the desk goes.
    late = ready("IVM")
    assert blocking(before_dose(late.at_time(instant(16, 50), late.whole), INFUSION)) == []
    (found,) = blocking(before_dose(late.at_time(instant(16, 50, 1), late.whole), INFUSION))
    assert (found.code, found.severity, found.params["time"]) == (
        "dose-cover-clinician", Severity.HARD, "6:01 PM",
    )  # fmt: skip


@pytest.mark.parametrize(("least", "wanted"), [(0, []), (2, []), (3, ["dose-staff"])])
def test_nobody_is_dosed_with_too_few_in_the_house(least: int, wanted: list[str]) -> None:
    clinic = here(setup(min_staff_with_dosed=least), LIN, DANA)
    found = before_dose(ready(setup=clinic), NEW)
    assert codes(found) == wanted
    # 5 minutes of dosing, 120 of monitoring and 10 for the release.
    assert all(one.params["time"] == "12:25 PM" for one in found)


def test_missing_consent_is_told_and_stops_nobody() -> None:
    found = before_dose(care("SP56", without(before_dosing(), K.CONSENT), instant(10, 10)), NEW)
    assert [(one.code, one.severity) for one in found] == [("dose-consent", Severity.WARNING)]


def test_h3_a_prescriber_must_be_here_until_monitoring_ends() -> None:
    # 5 minutes of dosing and 120 of monitoring from 3:55 PM end at 6:00 PM; the prescriber leaves at 6.
    assert blocking(before_dose(ready().at_time(instant(15, 55), ready().whole), NEW)) == []
    late = blocking(before_dose(ready().at_time(instant(15, 56), ready().whole), NEW))
    assert codes(late) == ["dose-cover"]
    assert late[0].params["time"] == "6:01 PM"


@pytest.mark.parametrize(
    ("high", "low", "answer", "wanted"),
    [
        (140, 90, None, []),
        (141, 90, None, ["dose-pressure-high"]),
        (140, 91, None, ["dose-pressure-high"]),
        (141, 90, LIN, []),
        (141, 90, MAYA, ["dose-pressure-high"]),
    ],
)
def test_s1_a_high_pressure_before_the_dose_is_a_prescribers_to_acknowledge(
    high: int, low: int, answer: int | None, wanted: list[str]
) -> None:
    stamps = [*without(before_dosing(), K.VITALS), vitals(instant(10, 4), high, low)]
    if answer is not None:
        stamps.append(accepted(instant(10, 6), high, low, by=answer))
    assert codes(before_dose(care("SP56", stamps, instant(10, 10)), NEW)) == wanted


def limits(setup: Setup, code: str, limits: PressureLimits) -> Setup:
    """The set-up with other limits for one way of treating."""
    changed = [replace(one, limits=limits) if one.code == code else one for one in setup.modalities]
    return replace(setup, modalities=tuple(changed))


def test_the_pressure_limits_are_set_before_the_first_dose_of_each_treatment() -> None:
    suggested = limits(setup(), "spravato", PressureLimits())
    (found,) = before_dose(ready(setup=suggested), NEW)
    assert (found.code, found.severity) == ("dose-limits", Severity.HARD)
    assert found.sentence() == (
        "No prescriber has set the pressure limits for Spravato yet. A prescriber sets them first, in Set-up."
    )
    assert before_dose(ready("IVM", setup=suggested), stamp(K.INFUSION_START, None, dose=35.0)) == []


def test_the_limits_are_asked_for_once_a_visit() -> None:
    suggested = limits(setup(), "spravato", PressureLimits())
    begun = [*before_dosing(), device(instant(10, 10))]
    assert before_dose(care("SP56", begun, instant(10, 15), setup=suggested), NEW) == []


def test_an_acknowledgement_counts_for_its_own_reading_only() -> None:
    stamps = [
        *before_dosing(),
        vitals(instant(10, 5), 150, 92),
        accepted(instant(10, 9), 150, 92, by=LIN),
        vitals(instant(10, 8), 165, 95),  # entered afterwards, with its true time
    ]
    assert codes(before_dose(care("SP56", stamps, instant(10, 10)), NEW)) == ["dose-pressure-high"]


def test_an_acknowledgement_of_an_earlier_equal_reading_does_not_count() -> None:
    stamps = [
        *before_dosing(),
        vitals(instant(10, 5), 150, 92),
        accepted(instant(10, 6), 150, 92, by=LIN),
        vitals(instant(10, 8), 150, 92),
    ]
    assert codes(before_dose(care("SP56", stamps, instant(10, 10)), NEW)) == ["dose-pressure-high"]


def test_no_pressure_no_dose() -> None:
    bare = care("SP56", without(before_dosing(), K.VITALS), instant(10, 10))
    assert codes(before_dose(bare, NEW)) == ["dose-pressure"]


def test_a_pressure_taken_after_the_moment_of_the_dose_is_none_before_it() -> None:
    stamps = [*without(before_dosing(), K.VITALS), vitals(instant(10, 20))]
    assert codes(before_dose(care("SP56", stamps, instant(10, 10)), NEW)) == ["dose-pressure"]


@pytest.mark.parametrize(("minutes", "wanted"), [(4, ["dose-rest"]), (5, []), (9, [])])
def test_h6_devices_are_five_minutes_apart(minutes: int, wanted: list[str]) -> None:
    stamps = [*before_dosing(), device(instant(10, 10))]
    assert codes(before_dose(care("SP56", stamps, instant(10, 10 + minutes)), NEW)) == wanted


def test_the_next_device_does_not_ask_again_whether_the_patient_may_be_treated() -> None:
    stamps = [*before_dosing(), device(instant(10, 10))]
    bare = care("SP56", stamps, instant(10, 15), clearances=[])
    assert codes(before_dose(bare, replace(NEW, lot=" "))) == ["dose-lot"]


def begun(code: str = "SP56", **changes: object) -> Care:
    """The first device was given at 10:10; a further one is asked about at other times."""
    return care(code, [*before_dosing(), device(instant(10, 10))], instant(10, 15), **changes)


def further(hour: int, minute: int, **changes: object) -> list[Finding]:
    made = begun(**changes)
    return before_dose(made.at_time(instant(hour, minute), made.whole), NEW)


def test_h3_every_device_asks_for_a_prescriber_until_the_release_that_it_puts_off() -> None:
    assert further(16, 0) == []
    (late,) = further(16, 1)
    assert (late.code, late.severity, late.params["time"]) == ("dose-cover", Severity.LOCKED, "6:01 PM")


def test_where_release_counts_from_the_first_device_a_later_one_puts_nothing_off() -> None:
    assert further(16, 1, setup=setup(release_anchor="first")) == []


def test_every_device_asks_for_enough_staff_in_the_house_until_the_release_is_over() -> None:
    clinic = here(setup(), LIN, DANA)  # Dana goes at 8 PM
    shifts = [replace(one, end=735) if one.staff_id == DANA else one for one in clinic.shifts]
    (few,) = further(10, 15, setup=replace(clinic, shifts=tuple(shifts)))
    assert (few.code, few.params["time"]) == ("dose-staff", "12:25 PM")


@pytest.mark.parametrize(
    ("high", "low", "answer", "wanted", "asked"),
    [
        (140, 90, None, [], []),
        (160, 95, None, [], ["dose-pressure-again"]),
        (160, 95, MAYA, [], ["dose-pressure-again"]),
        (160, 95, LIN, [], []),
        (190, 115, None, ["dose-pressure-emergency"], []),
        (190, 115, MAYA, ["dose-pressure-emergency"], []),
        (190, 115, LIN, [], []),
    ],
)
def test_a_high_pressure_between_two_devices_is_a_prescribers_to_acknowledge(
    high: int, low: int, answer: int | None, wanted: list[str], asked: list[str]
) -> None:
    stamps = [*before_dosing(), device(instant(10, 10)), vitals(instant(10, 13), high, low)]
    if answer is not None:
        stamps.append(accepted(instant(10, 14), high, low, by=answer))
    second = care("SP56", stamps, instant(10, 15))
    assert (codes(before_dose(second, NEW)), codes(asked_before_dose(second, NEW))) == (wanted, asked)
    assert asked_before_dose(second, replace(NEW, corrects=1)) == []


def test_a_later_usual_pressure_answers_for_a_high_one_and_not_for_one_at_the_emergency_limit() -> None:
    def then(high: int, low: int) -> list[Finding]:
        stamps = [*before_dosing(), device(instant(10, 10)), vitals(instant(10, 13), high, low)]
        lower = care("SP56", [*stamps, vitals(instant(10, 18), 138, 88)], instant(10, 20))
        return [*before_dose(lower, NEW), *asked_before_dose(lower, NEW)]

    assert then(165, 100) == []
    (waits,) = then(190, 115)
    assert waits.sentence() == (
        "Pressure 190/115 at 10:13 AM is at or above 180/110. A prescriber must acknowledge it before more "
        "is given, whatever was measured since."
    )


def test_one_acknowledgement_answers_for_every_emergency_pressure_on_record_by_then() -> None:
    stamps = [
        *before_dosing(),
        device(instant(10, 10)),
        vitals(instant(10, 12), 190, 115),
        vitals(instant(10, 14), 186, 112),
        vitals(instant(10, 18), 138, 88),
        accepted(instant(10, 19), 186, 112, by=LIN),
    ]
    assert before_dose(care("SP56", stamps, instant(10, 20)), NEW) == []
    late = [*stamps, vitals(instant(10, 16), 200, 120)]
    assert codes(before_dose(care("SP56", late, instant(10, 20)), NEW)) == ["dose-pressure-emergency"]


def test_an_emergency_pressure_in_the_minute_of_the_dose_waits_too() -> None:
    stamps = [*before_dosing(), device(instant(10, 10)), vitals(instant(10, 10), 190, 115)]
    second = care("SP56", [*stamps, vitals(instant(10, 14), 134, 84)], instant(10, 15))
    assert codes(before_dose(second, NEW)) == ["dose-pressure-emergency"]


@pytest.mark.parametrize(("again", "waits"), [(4, True), (5, True), (13, True), (14, False), (30, False)])
def test_a_usual_pressure_takes_the_place_of_a_high_one_only_after_a_while(again: int, waits: bool) -> None:
    high = vitals(instant(10, 4, 40), 165, 102)
    stamps = [*without(before_dosing(), K.VITALS), high, vitals(instant(10, again), 134, 84)]
    found = before_dose(care("SP56", stamps, instant(10, 40)), NEW)
    assert codes(found) == (["dose-pressure-high"] if waits else [])
    if found:
        assert found[0].sentence() == (
            "Pressure 165/102 at 10:04 AM is above 140 or above 90. A prescriber must acknowledge it, or a "
            "usual one is taken from 10:14 AM on."
        )


def test_a_high_pressure_stays_one_whatever_was_measured_in_its_minute() -> None:
    for numbers in (((165, 102), (134, 84)), ((134, 84), (165, 102))):
        readings = [vitals(instant(10, 4), *one) for one in numbers]
        stamps = [*without(before_dosing(), K.VITALS), *readings]
        assert codes(before_dose(care("SP56", stamps, instant(10, 5)), NEW)) == ["dose-pressure-high"]


def test_a_high_pressure_that_a_prescriber_acknowledged_needs_no_while() -> None:
    readings = [vitals(instant(10, 4), 165, 102), vitals(instant(10, 5), 134, 84)]
    stamps = [*without(before_dosing(), K.VITALS), *readings, accepted(instant(10, 6), 165, 102, by=LIN)]
    assert before_dose(care("SP56", stamps, instant(10, 7)), NEW) == []


def test_more_is_not_given_where_no_pressure_was_taken_at_all() -> None:
    second = care("SP56", [device(instant(10, 10))], instant(10, 15))
    assert codes(before_dose(second, NEW)) == ["dose-pressure"]


def test_what_is_given_beside_an_infusion_asks_for_cover_until_its_planned_recovery_ends() -> None:
    stamps = [*before_dosing(), stamp(K.INFUSION_START, instant(10, 15), dose=30.0)]
    more = replace(stamp(K.DOSE, None, dose=5.0, unit="mg"), id=0)
    alone = here(setup(), DANA, RUI)
    (found,) = before_dose(care("IVM", stamps, instant(10, 30), setup=alone), more)
    assert (found.code, found.params["time"]) == ("dose-cover-clinician", "11:25 AM")
    assert before_dose(care("IVM", stamps, instant(10, 30)), more) == []


def test_h6_one_device_more_than_planned_is_asked_about() -> None:
    stamps = [*before_dosing(), device(instant(10, 10)), device(instant(10, 15), 2)]
    found = before_dose(care("SP56", stamps, instant(10, 20)), NEW)
    assert [one.sentence() for one in found] == [
        "56 mg is 2 devices, and they are given. This would be one more."
    ]
    assert before_dose(care("SP84", stamps, instant(10, 20)), NEW) == []


@pytest.mark.parametrize(
    ("indication", "before", "overrides", "wanted"),
    [
        (Indication.TRD, False, [], ["dose-first-84"]),
        (Indication.TRD, True, [], []),
        (Indication.TRD, False, [given("first-84"), given("indication")], ["dose-first-84"]),
        (Indication.TRD, False, [given("dose-first-84")], []),
        (Indication.TRD, False, [given("dose-first-84", deviation=True)], ["dose-first-84"]),
        (Indication.NONE, False, [], ["dose-first-84"]),
        (Indication.NONE, False, [given("indication")], ["dose-first-84"]),
        (Indication.NONE, True, [], []),
        (Indication.ANXIETY, False, [], ["dose-first-84"]),
        (Indication.MDSI, False, [], []),
    ],
)
def test_h6_the_first_dose_is_84_for_acute_suicidal_thoughts_alone(
    indication: Indication, before: bool, overrides: list[Override], wanted: list[str]
) -> None:
    stamps = [*before_dosing(), device(instant(10, 10)), device(instant(10, 15), 2)]
    third = care("SP84", stamps, instant(10, 20), treated_before=before, overrides=overrides)
    third = replace(third, patient=replace(third.patient, indication=indication))
    assert codes(before_dose(third, NEW)) == wanted


@pytest.mark.parametrize(
    ("override", "wanted"),
    [
        (given("driver"), []),
        (given("driver", deviation=True), ["dose-driver"]),
        (given("driver", minute=540), ["dose-driver"]),  # the visit was moved since
        (given("driver-release"), ["dose-driver"]),
    ],
)
def test_only_a_permission_for_dosing_goes_over_the_driver(override: Override, wanted: list[str]) -> None:
    lacking = plan(plan_kind=None)(ready(overrides=[override]))
    assert codes(before_dose(lacking, NEW)) == wanted


def test_h7_the_driver_rule_says_what_is_lacking() -> None:
    lacking = ready()
    lacking = replace(lacking, visit=lacking.visit.with_plan(GoingHomePlan(name="Bea")))
    (found,) = before_dose(lacking, NEW)
    assert "a phone number and being 18 or over" in found.sentence()


def test_a_visit_that_is_over_takes_no_dose() -> None:
    stamps = [*before_dosing(), stamp(K.NOT_TREATED, instant(10, 8), note="unwell")]
    assert codes(before_dose(care("SP56", stamps, instant(10, 10)), NEW)) == ["dose-ended"]


MOOD = Order(modality="iv", route="IV", dose=0.5, unit="mg/kg", weight_kg=71)


@pytest.mark.parametrize(
    ("code", "order", "mg", "wanted"),
    [
        ("IVM", MOOD, 35.5, []),
        ("IVM", MOOD, 36, []),  # the next whole mg is rounding
        ("IVM", MOOD, 37, ["dose-above-order"]),
        ("IVM", MOOD, 355, ["dose-above-order", "dose-slip"]),  # a point in the wrong place
        ("IVM", MOOD, 350, ["dose-above-order"]),
        ("IVM", MOOD, 3550, ["dose-above-order", "dose-slip"]),
        ("IVM", replace(MOOD, dose=50), 3550, ["dose-slip"]),  # however it came to be ordered
        ("IVM", None, 75, []),
        ("IVM", None, 3500, ["dose-slip"]),
        ("IMK", None, 3500, ["dose-slip"]),
    ],
)
def test_no_more_is_given_than_was_ordered_and_never_ten_times_the_usual(
    code: str, order: Order | None, mg: float, wanted: list[str]
) -> None:
    kind = K.INFUSION_START if code == "IVM" else K.DOSE
    assert codes(before_dose(ready(code, order=order), stamp(kind, None, dose=mg))) == wanted


def test_every_device_counts_towards_what_was_ordered() -> None:
    order = Order(modality="spravato", route="nasal", dose=56)
    one = device(instant(10, 10))
    second = care("SP84", [*before_dosing(), one], instant(10, 15), order=order)
    assert before_dose(second, NEW) == []
    third = care("SP84", [*before_dosing(), one, device(instant(10, 15), 2)], instant(10, 20), order=order)
    assert [one.sentence() for one in before_dose(third, NEW)] == [
        "84 mg is more than the ordered 56 mg. Check it, or ask a prescriber for another order."
    ]


@pytest.mark.parametrize(
    ("mg", "note", "words"),
    [
        (70, "", "(0.75 mg/kg at 70 kg). Is that right?"),
        (70, "no response", "(0.75 mg/kg at 70 kg), and it is ordered: no response. Is that right?"),
        (80, "no response", "(0.75 mg/kg at 70 kg). Is that right?"),
    ],
)
def test_a_dose_above_the_usual_is_asked_about_with_why_it_was_ordered(
    mg: float, note: str, words: str
) -> None:
    """More than was ordered has no reason on record."""
    order = Order(modality="iv", route="IV", dose=1, unit="mg/kg", weight_kg=70, note=note)
    asks = asked_before_dose(ready("IVM", order=order), stamp(K.INFUSION_START, None, dose=mg))
    assert [one.sentence() for one in asks] == [f"{mg} mg is above the usual 52.5 mg {words}"]


def test_the_note_of_an_order_of_the_usual_dose_is_no_reason_for_a_high_one() -> None:
    order = Order(modality="iv", route="IV", dose=35, note="give it slowly")
    asks = asked_before_dose(ready("IVM", order=order), stamp(K.INFUSION_START, None, dose=120))
    assert codes(asks) == ["dose-unusual"]


def listed(present: bool, note: str = "") -> Screening:
    return Screening(patient_id=1, reviewed_by=LIN, items=(ScreeningItem("drug-allergy", present, note),))


@pytest.mark.parametrize(
    ("allergies", "screening", "wanted"),
    [
        ("None known", listed(False), []),
        ("penicillin", listed(False), []),
        ("", listed(False), ["dose-allergies"]),  # the check list asks for ketamine alone
        (" ", None, ["dose-allergies"]),
        ("", listed(True, "rash after ketamine"), []),
        ("", listed(False, "latex: rash"), []),
    ],
)
def test_allergies_that_were_never_asked_are_asked_before_the_first_dose(
    allergies: str, screening: Screening | None, wanted: list[str]
) -> None:
    for code, dose in (("SP56", NEW), ("IVM", INFUSION)):
        unasked = person(allergies=allergies)(ready(code, screening=screening))
        assert codes(asked_before_dose(unasked, dose)) == wanted
    given = person(allergies=allergies)(
        care("SP56", [*before_dosing(), device(instant(10, 5))], instant(10, 10))
    )
    assert asked_before_dose(given, NEW) == []


def test_a_dose_given_all_at_once_where_an_infusion_is_planned_is_asked_about() -> None:
    """One key beside the other: what is due afterwards, and from when, would be another matter."""
    at_once = stamp(K.DOSE, None, dose=35.0)
    assert codes(asked_before_dose(ready("IVM"), at_once)) == ["dose-at-once"]
    assert "dose-at-once" in ASKED  # Enter again takes it
    assert asked_before_dose(ready("IVM"), INFUSION) == []
    assert asked_before_dose(ready("IMK"), at_once) == []
    assert asked_before_dose(ready("IVM"), replace(at_once, corrects=1)) == []
    runs = care(
        "IVM", [*before_dosing(), stamp(K.INFUSION_START, instant(10, 5), dose=35.0)], instant(10, 10)
    )
    assert asked_before_dose(runs, at_once) == [], "beside an infusion that runs it is what it says"
