"""What the history says, line by line."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.trail import Trace
from clinic_desktop.people.model import (
    Address,
    Authorization,
    Clearance,
    Contact,
    ContactPermissions,
    DrugMovement,
    Indication,
    Merge,
    Moved,
    Order,
    Package,
    Patient,
    Phone,
    Screening,
    ScreeningItem,
    Sex,
    Staff,
    TransportKind,
    UsualDriver,
)
from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome, Whom
from clinic_desktop.scheduling.defaults import ROOMS, default_setup
from clinic_desktop.scheduling.model import (
    Course,
    GoingHomePlan,
    Override,
    OwnCourse,
    OwnType,
    PhaseStaff,
    Visit,
)
from clinic_desktop.scheduling.reviews import Review
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.day_after import AfterCall, AfterFlag, AfterOutcome
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.ui.patients.history_facts import History
from clinic_desktop.ui.patients.history_words import HistoryLine, lines_of

SETUP = replace(
    default_setup(),
    rooms=tuple(replace(one, id=n) for n, one in enumerate(ROOMS, start=1)),
    staff=(Staff(1, 1, "Dana Reyes"), Staff(2, 1, "Maya Jones"), Staff(3, 1, "Tunde Bello")),
)
IVM = SETUP.type_by_code("IVM").id
AT = datetime(2026, 11, 17, 15, 12, tzinfo=UTC)
AMARA = Patient(id=7, chart_number="C00007", given_name="Amara", family_name="Okafor")
VISIT = Visit(
    id=3, patient_id=7, type_id=IVM, room_id=2, day=date(2026, 11, 17), minute=600, zone="America/Chicago",
    state=VisitState.BOOKED, nurse_id=2,
)  # fmt: skip


def history(*traces: Trace, patient_id: int = 7) -> History:
    return History(patient_id, SETUP, date(2026, 11, 16), traces, {9: "Okafor, Amarah", 7: AMARA.name})


def line(before, after, reason: str = "", person_id: int = 1) -> HistoryLine:
    (only,) = lines_of(history(Trace(41, AT, person_id, before, after, reason)))
    return only


def said(before, after) -> list[str]:
    """What a change says; nothing when nobody would notice."""
    return [text for one in lines_of(history(Trace(41, AT, 1, before, after))) for text in one.what]


def test_when_on_the_clinics_clock_who_and_why() -> None:
    one = line(AMARA, replace(AMARA, email="a@example.org"), "asked by phone")
    assert (one.when, one.who, one.why) == (
        "Nov 17, 2026, 9:12 AM", "Dana Reyes", "Reason: asked by phone",
    )  # fmt: skip
    assert one.head == "Nov 17, 2026, 9:12 AM, Dana Reyes"
    assert line(None, AMARA, person_id=0).who == "the program"
    assert line(None, AMARA, person_id=99).who == "somebody"


def test_it_is_spoken_without_signs() -> None:
    one = line(replace(AMARA, email="a@b.org"), replace(AMARA, email="c@d.org"), "typing error")
    assert one.spoken == (
        "Nov 17, 2026, 9:12 AM, Dana Reyes. Email: a@b.org becomes c@d.org. Reason: typing error"
    )


def test_the_newest_stays_first_and_what_says_nothing_is_left_out() -> None:
    moved = replace(VISIT, patient_id=8, version=2)
    traces = (
        Trace(43, AT, 1, AMARA, replace(AMARA, notes="x")),
        Trace(42, AT, 1, VISIT, moved),
        Trace(41, AT, 1, None, AMARA),
    )
    assert [one.number for one in lines_of(history(*traces))] == [43, 41]


def test_a_record_is_made_or_imported() -> None:
    assert said(None, AMARA) == ["Record made for Okafor, Amara"]
    assert said(None, replace(AMARA, source="OpenMRS")) == ["Imported from OpenMRS"]


def test_fields_have_the_names_of_the_form() -> None:
    before = replace(AMARA, phones=(Phone("(217) 555-0133"),), email="a@b.org")
    after = replace(before, phones=(Phone("(217) 555-0142", "work"),), email="", allergies="latex")
    assert said(before, after) == [
        "Phone: (217) 555-0133 → (217) 555-0142, work",
        "Email taken out: a@b.org",
        "Allergies: latex",
    ]


# One changed value of every field of a patient that a person can change.
CHANGED = {
    "given_name": "Amarah",
    "family_name": "Okoro",
    "preferred_name": "Mara",
    "birth_date": date(1984, 4, 12),
    "sex": Sex.FEMALE,
    "phones": (Phone("1"),),
    "email": "a@b.org",
    "language": "es",
    "large_print": True,
    "address": Address(city="Austin"),
    "emergency": Contact("Daniel"),
    "permissions": ContactPermissions(voicemail=True),
    "allergies": "latex",
    "alerts": "falls",
    "notes": "quiet room",
    "indication": Indication.TRD,
    "rems_enrolled_on": date(2026, 11, 1),
    "death_date": date(2026, 11, 1),
    "drivers": (UsualDriver("Ben Marsh"),),
}
UNSAID = {"id", "version", "chart_number", "source", "source_id", "merged_into"}


@pytest.mark.parametrize("name", CHANGED)
def test_every_field_of_a_patient_is_told(name: str) -> None:
    assert len(said(AMARA, replace(AMARA, **{name: CHANGED[name]}))) == 1


def test_no_field_of_a_patient_is_forgotten() -> None:
    """A new field is told, or it is listed here as one that a person does not change."""
    assert set(Patient.__dataclass_fields__) == CHANGED.keys() | UNSAID


# What a person does not change by hand, or what another line tells: everything else is told.
RECKONED = {
    Visit: {
        "id", "version", "patient_id", "zone", "start", "end", "room_until", "here_until", "arrived",
        "entered", "left", "moved", "rooms_before", "course_no", "plan_confirmed_by", "plan_confirmed_end",
        "confirmed_end", "booked_at", "booked_by", "end_reason", "end_asked_by", "end_late", "order_id",
        "stood", "devices", "release_from",
    },
    Course: {"id", "version", "patient_id", "template_code"},
    Clearance: {"id", "version", "patient_id", "modality", "cleared_by", "on", "visit_id", "note"},
    Order: {"id", "version", "patient_id", "ordered_by", "ordered_at"},
    Authorization: {"id", "version", "patient_id"},
    Package: {"id", "version", "patient_id"},
    DrugMovement: {
        "id", "version", "patient_id", "on", "by", "at", "what", "drug", "expires", "mg", "strength", "ml",
        "visit_id", "witness_id", "takes_back",
    },
    # Why one is corrected stands as the reason of the change.
    Score: {"id", "version", "patient_id", "visit_id", "total", "at", "by", "reason"},
    Review: {"id", "version", "patient_id", "on", "at", "by"},
}  # fmt: skip
TOLD = {
    Visit: {
        "type_id", "day", "minute", "fold", "state", "held_for", "displaced", "room_id", "nurse_id",
        "prescriber_id", "therapist_id", "phase_staff", "phase_minutes", "course_id", "plan_kind",
        "plan_name", "plan_phone", "plan_relationship", "plan_adult", "plan_confirmed_at", "note",
    },
    Course: {"name", "planned", "to_place", "state", "note", "own"},
    Clearance: {"until", "withdrawn_at"},
    Order: {
        "modality", "drug", "route", "dose", "unit", "weight_kg", "weighed_on", "interval_days",
        "visits", "valid_to", "note",
    },
    Authorization: {"payer", "number", "modality", "visits", "valid_from", "valid_to", "note"},
    Package: {"name", "modality", "visits", "paid", "note"},
    DrugMovement: {"devices", "lot", "note"},
    Score: {"instrument", "items", "on", "corrects", "struck"},
    Review: {"modality", "words"},
}  # fmt: skip


@pytest.mark.parametrize("kind", TOLD)
def test_no_field_of_what_belongs_to_a_patient_is_forgotten(kind: type) -> None:
    """A new field is told, or it is listed here as one that is reckoned."""
    assert set(kind.__dataclass_fields__) == TOLD[kind] | RECKONED[kind]


def test_who_may_be_told_is_a_line_of_its_own() -> None:
    after = replace(AMARA, permissions=ContactPermissions(may_tell="her husband"))
    assert said(AMARA, after) == ["Who may be told: her husband"]


def test_who_pays_and_the_devices_that_came() -> None:
    agreed = Authorization(1, 1, 1, "iv", "Acme", "A-17", 6, date(2026, 11, 1))
    assert said(None, agreed) == ["Authorization A-17 for IV ketamine: Acme"]
    assert said(agreed, replace(agreed, visits=8)) == ["Authorization A-17 for IV ketamine: Visits: 6 → 8"]
    package = Package(1, 1, 1, "iv", "Six", 6, 2)
    assert said(None, package) == ["Package Six: 2 of 6 paid"]
    assert said(package, replace(package, paid=3)) == ["Package Six: Paid: 2 → 3"]
    assert said(None, DrugMovement(1, 1, 1, devices=3, lot="12K")) == ["3 devices came, 12K"]
    assert said(None, DrugMovement(1, 1, 1, devices=-1, note="sent back")) == ["1 device went, sent back"]
    slip = DrugMovement(1, 1, 1, devices=-3, lot="12K", note="twice", what=Moved.TAKEN_BACK)
    assert said(None, slip) == ["3 devices taken back: it was a slip, 12K, twice"]


def test_scores_and_reviews() -> None:
    score = Score(1, 1, 1, None, "phq9", (1, 2, 3, 0, 1, 2, 3, 0, 0), 12, date(2026, 11, 16))
    assert said(None, score) == [
        "PHQ-9 12, moderate on Nov 16, 2026", "Answers: 1 2 3 0 1 2 3 0 0",
    ]  # fmt: skip
    assert said(None, replace(score, items=(), total=7, corrects=1)) == [
        "Corrected: PHQ-9 7, mild on Nov 16, 2026"
    ]
    assert said(None, replace(score, corrects=1, struck=True)) == [
        "Struck out: PHQ-9 12, moderate on Nov 16, 2026"
    ]
    assert said(None, Review(1, 1, 1, "iv", words="Monthly now.")) == ["Review of IV ketamine: Monthly now."]


def test_clearances() -> None:
    cleared = Clearance(4, 1, 7, "spravato", 1, date(2026, 11, 17), date(2027, 11, 17), note="by phone")
    assert said(None, cleared) == ["Cleared for Spravato to Nov 17, 2027", "Note: by phone"]
    assert said(cleared, replace(cleared, withdrawn_at=AT)) == ["Clearance for Spravato withdrawn"]
    assert said(cleared, replace(cleared, until=date(2027, 1, 31))) == [
        "Clearance for Spravato: to Nov 17, 2027 → Jan 31, 2027"
    ]
    assert said(cleared, replace(cleared, patient_id=8)) == []


def test_check_lists() -> None:
    first = Screening(
        5, 1, 7, items=(ScreeningItem("opioids", True, "codeine"), ScreeningItem("liver", False))
    )
    assert said(None, first) == ["Check list answered", "Check list, opioids: yes (codeine)"]
    signed = replace(first, reviewed_by=2, reviewed_at=AT)
    assert said(first, signed) == ["Check list reviewed and signed"]
    again = replace(first, items=(ScreeningItem("opioids", False), ScreeningItem("liver", False)))
    assert said(signed, again) == [
        "Check list, opioids: yes (codeine) → no", "Check list waits for review again",
    ]  # fmt: skip
    assert said(first, None) == ["Check list of the merge taken back"]


def test_orders() -> None:
    order = Order(6, 1, 7, "iv", "ketamine", "IV", 0.5, "mg/kg", 72.0, date(2026, 11, 1), visits=6)
    assert said(None, order) == ["Order for IV ketamine: ketamine IV, 0.5 mg/kg (36 mg at 72 kg)"]
    assert said(order, replace(order, dose=0.6, note="slow")) == [
        "Order for IV ketamine: Dose: 0.5 mg/kg (36 mg at 72 kg) → 0.6 mg/kg (43 mg at 72 kg)",
        "Order for IV ketamine: Note: slow",
    ]
    assert said(order, replace(order, visits=0, note="over")) == ["Order for IV ketamine stopped"]
    assert said(order, replace(order, modality="im"))[0] == (
        "Order for Intramuscular ketamine, before for IV ketamine"
    )


def test_visits_are_booked_or_held() -> None:
    assert said(None, VISIT) == ["Booked IV ketamine, Tue, Nov 17, 10:00 AM, Infusion 1"]
    held = replace(VISIT, state=VisitState.HELD, held_for=frozenset({"driver", "clearance"}))
    assert said(None, held) == [
        "Held IV ketamine, Tue, Nov 17, 10:00 AM, Infusion 1; waits for clearance, driver"
    ]
    assert said(None, replace(VISIT, day=date(2027, 1, 5), room_id=None)) == [
        "Booked IV ketamine, Tue, Jan 5, 2027, 10:00 AM, no room"
    ]


BEN = GoingHomePlan(TransportKind.ADULT_DRIVES, "Ben Marsh", "217 555 0142", "brother", adult=True)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (replace(VISIT, day=date(2026, 11, 18), minute=615), "moved to Wed, Nov 18, 10:15 AM"),
        (replace(VISIT, room_id=3), "Room: Infusion 1 → Infusion 2"),
        (replace(VISIT, nurse_id=3), "Nurse: Maya Jones → Tunde Bello"),
        (replace(VISIT, nurse_id=None), "Nurse: Maya Jones → nobody"),
        (VISIT.with_plan(BEN), "Driver: nobody named → Ben Marsh, brother, (217) 555-0142, Drives"),
        (replace(VISIT, state=VisitState.CONFIRMED), "Confirmed"),
        (replace(VISIT, state=VisitState.MONITORING, arrived=1, entered=2), "Monitoring"),
        (replace(VISIT, state=VisitState.CANCELLED, end_reason="unwell"), "Cancelled"),
        (replace(VISIT, state=VisitState.CANCELLED, end_late=True), "Cancelled, late"),
        (
            replace(VISIT, state=VisitState.HELD, held_for=frozenset({"clearance"})),
            "Held; waits for clearance",
        ),
        (replace(VISIT, displaced=True), "lost its room"),
        (replace(VISIT, note="brings a cushion"), "Note: brings a cushion"),
        (replace(VISIT, type_id=SETUP.type_by_code("IVB").id), "now IV ketamine booster"),
        (replace(VISIT, course_id=1, course_no=2), "now part of a course"),
        (replace(VISIT, phase_minutes=(1, 2)), "other lengths of its phases"),
        (
            replace(VISIT, phase_staff=(PhaseStaff(1, Role.NURSE, 3),)),
            "other people for some phases",
        ),
    ],
)  # fmt: skip
def test_what_changes_in_a_visit(after: Visit, words: str) -> None:
    assert said(VISIT, after) == [f"IV ketamine, Tue, Nov 17, 10:00 AM: {words}"]


def test_a_driver_is_confirmed_and_asked_again() -> None:
    named = VISIT.with_plan(BEN)
    confirmed = replace(named, plan_confirmed_at=AT, plan_confirmed_by=1)
    assert said(named, confirmed) == ["IV ketamine, Tue, Nov 17, 10:00 AM: driver confirmed"]
    assert said(confirmed, named) == ["IV ketamine, Tue, Nov 17, 10:00 AM: driver to be confirmed again"]


def test_what_only_the_program_reckons_is_not_told() -> None:
    assert said(VISIT, replace(VISIT, version=2, start=5, end=9, room_until=9, entered=4, left=8)) == []


def happened(entry: Stamp | Override, old: Stamp | None = None, reason: str = "") -> HistoryLine:
    known = {old.id: old} if old else {}
    told = replace(history(Trace(41, AT, 2, None, entry, reason)), visits={3: VISIT}, stamps=known)
    (only,) = lines_of(told)
    return only


DOSE = Stamp(id=8, visit_id=3, kind=StampKind.DOSE, at=AT, by=2, dose=28, unit="mg", device=1, lot="A1")
NAMED = "IV ketamine, Tue, Nov 17, 10:00 AM"


@pytest.mark.parametrize(
    ("stamp", "words"),
    [
        (DOSE, "Dose, 28 mg, lot A1, 9:12 AM"),
        (replace(DOSE, kind=StampKind.RELEASED, dose=None, lot="", device=None), "Released, 9:12 AM"),
        (
            Stamp(visit_id=3, kind=StampKind.LEFT_EARLY, at=AT, note="Walked out"),
            "Left before release, Walked out, 9:12 AM",
        ),
    ],
)
def test_what_was_given_and_how_a_visit_ended(stamp: Stamp, words: str) -> None:
    one = happened(stamp)
    assert one.what == (f"{NAMED}: {words}",)
    assert one.who == "Maya Jones"


def test_what_went_past_a_rule_says_which() -> None:
    assert happened(replace(DOSE, deviations=("dose-rest",))).what[1] == (
        "Past a rule: Less than 5 minutes between two devices"
    )


def test_a_correction_and_what_was_struck_out_say_what_it_was_and_why() -> None:
    right = replace(DOSE, id=9, lot="A2", corrects=8, reason="Typing slip")
    one = happened(right, DOSE, "Typing slip")
    assert one.what == (f"{NAMED}: corrected: Dose, 28 mg, lot A1, 9:12 AM → Dose, 28 mg, lot A2, 9:12 AM",)
    assert one.why == "Reason: Typing slip"
    struck = Stamp(id=9, visit_id=3, kind=StampKind.STRUCK, at=AT, corrects=8, reason="Other patient")
    assert happened(struck, DOSE).what == (f"{NAMED}: struck out: Dose, 28 mg, lot A1, 9:12 AM",)


def test_an_override_says_what_it_allowed_and_why() -> None:
    allowed = Override(id=4, visit_id=3, rule="driver", by=2, at=AT, reason="Walks home with her son")
    one = happened(allowed)
    assert one.what == (f"{NAMED}: allowed: Dosing without the driver it asks for",)
    assert one.why == "Reason: Walks home with her son"
    assert happened(replace(allowed, deviation=True)).what == (
        f"{NAMED}: past a rule: Dosing without the driver it asks for",
    )


def test_courses() -> None:
    course = Course(2, 1, 7, "IV6", "IV ketamine, 6 infusions", planned=6)
    assert said(None, course) == ["Course planned: IV ketamine, 6 infusions, 6 visits"]
    assert said(course, replace(course, to_place=1, state="stopped")) == [
        "IV ketamine, 6 infusions: Visits without a time: 0 → 1",
        "IV ketamine, 6 infusions: State: running → stopped",
    ]
    own = OwnCourse(min_clear_days=2, types=(OwnType(4, "IVMG"),), clock=615, half="am")
    assert said(course, replace(course, own=own)) == [
        "IV ketamine, 6 infusions: For this patient only: at least 2 clear days between, "
        "visit 4: IV ketamine for migraine, at 10:15 AM, mornings",
    ]


def test_merges_are_told_from_the_side_of_the_page() -> None:
    merge = Merge(1, 1, kept_id=7, merged_id=9, at=AT, by=1)
    assert said(None, merge) == ["Merged with the record of Okafor, Amarah"]
    assert said(merge, replace(merge, undone_at=AT)) == [
        "Taken apart again from the record of Okafor, Amarah"
    ]
    (other,) = lines_of(history(Trace(41, AT, 1, None, merge), patient_id=9))
    assert other.what == ("Merged into the record of Okafor, Amara",)


def test_a_call_about_a_visit() -> None:
    call = CallAttempt(
        visit_id=3, day=date(2026, 11, 17), minute=600, whom=Whom.DRIVER, outcome=CallOutcome.NO_ANSWER,
        note="rang long",
    )  # fmt: skip
    assert said(None, call) == [
        "Call to the driver about Nov 17, 2026, 10:00 AM: no answer",
        "Note: rang long",
    ]
    message = replace(call, whom=Whom.PATIENT, outcome=CallOutcome.MESSAGE, note="", deviation=True)
    assert said(None, message) == [
        "Call to the patient about Nov 17, 2026, 10:00 AM: message left",
        "The patient had not allowed it",
    ]
    ambulance = replace(call, whom=Whom.OTHER, person="911", outcome=CallOutcome.REACHED, note="")
    assert said(None, ambulance) == ["Call to 911 about Nov 17, 2026, 10:00 AM: reached"]


def test_check_in_calls_and_what_a_prescriber_said_of_them() -> None:
    call = AfterCall(
        id=1, visit_id=3, outcome=AfterOutcome.REACHED, yes=frozenset({"chest"}), no=frozenset({"mood"})
    )
    (first, *rest) = said(None, call)
    assert first.startswith("Check-in call after")
    assert rest == ["Yes to: chest pain or short breath", "No to: lower mood"]
    (struck,) = said(
        None, replace(call, yes=frozenset(), no=frozenset(), corrects=1, outcome=AfterOutcome.STRUCK)
    )
    assert struck.endswith("struck out: there was none")
    flag = AfterFlag(
        id=1, visit_id=3, items=frozenset({"chest"}), asked_at=datetime(2026, 11, 16, 15, tzinfo=UTC)
    )
    assert said(None, flag) == ["Before the prescriber, from the check-in call: chest pain or short breath"]
    answered = replace(flag, answer="Call 911", answered_at=flag.asked_at, answered_by=1)
    assert said(flag, answered) == ["On the check-in call, decided: Call 911"]
    told = replace(answered, told_by=2)
    (words,) = said(flag, told)
    assert words.endswith("and read back: Call 911")
    signed = replace(told, signed_at=flag.asked_at, agreed=False)
    assert said(told, signed) == ["Not said so: what was told on the check-in call"]
