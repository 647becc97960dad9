"""The check-in call after a treatment: who is on the list and when, what a call changes, and what is before
the prescriber with it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.aftercare.grade import measure
from clinic_desktop.aftercare.source_keys import KNOWN
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.document import Heading, Table
from clinic_desktop.foundation.errors import BadInput, Refusal, RightMissing
from clinic_desktop.people.model import ContactPermissions, Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.claims import timed
from clinic_desktop.scheduling.day_after import ALWAYS, QUESTIONS, RED, CallDay, DayAfter
from clinic_desktop.scheduling.defaults import HOURS, default_setup
from clinic_desktop.scheduling.model import Clinic, Closure, Setup, Visit, VisitType
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.working import Roster
from clinic_desktop.treatment.day_after import AfterCall, AfterFlag, AfterOutcome, standing
from clinic_desktop.treatment.day_after_answering import answer_flag, deny_flag, sign_flag
from clinic_desktop.treatment.day_after_calling import AfterCalled, record_after_call
from clinic_desktop.treatment.day_after_list import AfterRow, after_list, due_on, last_day, treated_on
from clinic_desktop.treatment.day_after_offer import offer_of
from clinic_desktop.treatment.day_after_sheet import after_blocks
from clinic_desktop.treatment.decisions import requests
from clinic_desktop.treatment.request import Request, RequestKind
from tests.small_clinic import MONDAY, ZONE, SmallClinic, at
from tests.treatment.stays import Stay, booked

A = AfterOutcome
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=n) for n in range(1, 5))


@pytest.fixture
def gone(any_clinic: SmallClinic) -> Stay:
    """Amara had Spravato on Monday and went home; it is Tuesday, 9 AM."""
    stay = over(booked(any_clinic))
    any_clinic.clock.at = at(TUESDAY, 9)
    return stay


def over(stay: Stay, state: VisitState = VisitState.LEFT) -> Stay:
    """The visit has ended so."""
    with stay.clinic.store.write(PROGRAM) as unit:
        unit.save(replace(stay.visit, state=state))
        unit.commit()
    return stay


def rows(clinic: SmallClinic) -> list[AfterRow]:
    with clinic.store.read() as records:
        return after_list(records, clinic.clock.now())


def calls_of(stay: Stay) -> list[AfterCall]:
    with stay.clinic.store.read() as records:
        return records.find(AfterCall, visit_id=stay.visit.id)


def flags_of(stay: Stay) -> list[AfterFlag]:
    with stay.clinic.store.read() as records:
        return records.find(AfterFlag, visit_id=stay.visit.id)


def asked(clinic: SmallClinic) -> list[Request]:
    with clinic.store.read() as records:
        found = requests(records, clinic.clock.now())
    return [one for one in found if one.kind in (RequestKind.DAY_AFTER, RequestKind.DAY_AFTER_COSIGN)]


def called(stay: Stay, outcome: AfterOutcome = A.REACHED, **more: object) -> AfterCalled:
    call = replace(AfterCall(visit_id=stay.visit.id, outcome=outcome), **more)  # type: ignore[arg-type]  # replace checks the names
    return record_after_call(stay.clinic.store, stay.clinic.desk, call)


def answers(stay: Stay, *yes: str, **more: object) -> AfterCalled:
    """Everything is answered, yes to these and no to the others."""
    plan = rows(stay.clinic)[0].plan
    return called(stay, yes=frozenset(yes), no=frozenset(plan.questions) - set(yes), **more)


# The day of the call.


def clinic_setup(*closed: date) -> Setup:
    closures = tuple(Closure(n, 1, from_day=day, to_day=day) for n, day in enumerate(closed, start=1))
    return replace(default_setup(Clinic(id=1, zone=ZONE, hours=HOURS)), closures=closures)


@pytest.mark.parametrize(
    ("when", "treated", "closed", "due", "last"),
    [
        (CallDay.BUSINESS, MONDAY, (), TUESDAY, THURSDAY),
        (CallDay.BUSINESS, FRIDAY, (), MONDAY + timedelta(days=7), MONDAY + timedelta(days=9)),
        (CallDay.NEXT, FRIDAY, (), FRIDAY + timedelta(days=1), MONDAY + timedelta(days=8)),
        (CallDay.BUSINESS, MONDAY, (TUESDAY,), WEDNESDAY, FRIDAY),
        (CallDay.NEXT, MONDAY, (TUESDAY,), TUESDAY, THURSDAY),
    ],
    ids=["next day", "over a weekend", "on a Saturday", "over a holiday", "on a holiday"],
)
def test_the_call_is_due_on_the_next_business_day_or_on_the_next_day(
    when: CallDay, treated: date, closed: tuple[date, ...], due: date, last: date
) -> None:
    roster, plan = Roster(clinic_setup(*closed)), DayAfter(when, 3)
    assert due_on(plan, treated, roster) == due
    assert last_day(plan, due, roster) == last


def test_one_day_is_the_day_itself() -> None:
    assert last_day(DayAfter(CallDay.NEXT, 1), TUESDAY, Roster(clinic_setup())) == TUESDAY


@pytest.mark.parametrize(
    ("night", "left", "day"),
    [
        (date(2026, 10, 31), at(date(2026, 11, 1), 1, 30), date(2026, 11, 1)),  # clocks go back at 2 AM
        (date(2026, 3, 7), at(date(2026, 3, 8), 3, 30), date(2026, 3, 8)),  # and forward
        (MONDAY, at(MONDAY, 23, 59), MONDAY),
    ],
)
def test_a_stay_past_midnight_counts_from_the_day_it_ended(night: date, left: object, day: date) -> None:
    minute = int(left.timestamp()) // 60  # type: ignore[attr-defined]  # an instant
    assert treated_on(Visit(day=night, zone=ZONE, left=minute)) == day


# The list.


def test_nobody_is_called_on_the_day_itself_and_somebody_on_the_next(any_clinic: SmallClinic) -> None:
    over(booked(any_clinic))
    assert rows(any_clinic) == []
    any_clinic.clock.at = at(TUESDAY, 0, 1)
    (row,) = rows(any_clinic)
    assert (row.due, row.until, row.done, row.to_ask) == (TUESDAY, THURSDAY, False, row.plan.questions)


def test_a_type_that_wants_no_call_asks_nobody(gone: Stay) -> None:
    with gone.clinic.store.write(PROGRAM) as unit:
        for one in unit.find(VisitType):
            unit.save(replace(one, day_after=DayAfter()))
        unit.commit()
    assert rows(gone.clinic) == []


def test_nobody_calls_about_a_patient_who_died(gone: Stay) -> None:
    patient(gone, death_date=TUESDAY)
    assert rows(gone.clinic) == []


def patient(stay: Stay, **changes: object) -> None:
    with stay.clinic.store.write(PROGRAM) as unit:
        one = unit.get(Patient, stay.visit.patient_id)
        unit.save(replace(one, **changes))  # type: ignore[arg-type]  # replace checks the names
        unit.commit()


def test_the_call_is_on_the_list_on_its_days_only(gone: Stay) -> None:
    gone.clinic.clock.at = at(THURSDAY, 23)
    assert len(rows(gone.clinic)) == 1
    gone.clinic.clock.at = at(FRIDAY, 0, 1)
    assert rows(gone.clinic) == []


@pytest.mark.parametrize("state", [VisitState.LEFT_EARLY, VisitState.TRANSFERRED])
def test_who_left_early_or_was_taken_away_stays_on_the_list_until_somebody_ends_it(
    gone: Stay, state: VisitState
) -> None:
    over(gone, state)
    gone.clinic.clock.at = at(MONDAY + timedelta(days=20), 9)
    (row,) = rows(gone.clinic)
    assert row.out_of_turn
    called(gone, A.REFUSED)
    assert rows(gone.clinic)[0].done


def test_who_left_early_comes_first_and_then_the_oldest(gone: Stay) -> None:
    clinic, cared = gone.clinic, {}
    clinic.clock.at = at(MONDAY, 9)
    for name, day, state in (
        ("Older", MONDAY - timedelta(days=3), VisitState.LEFT),
        ("Walked", MONDAY, VisitState.LEFT_EARLY),
    ):
        one = replace(gone.visit, id=0, version=0, patient_id=clinic.double(name).id, day=day, state=state)
        with clinic.store.write(PROGRAM) as unit:
            cared[name] = unit.add(timed(one, clinic.type_of(gone.visit)))
            unit.commit()
    clinic.clock.at = at(TUESDAY, 9)
    assert [one.visit.id for one in rows(clinic)] == [
        cared["Walked"].id,
        cared["Older"].id,
        gone.visit_id,
    ]


def test_everything_answered_ends_the_call_and_the_row_goes_with_the_day(gone: Stay) -> None:
    answers(gone)
    (row,) = rows(gone.clinic)
    assert row.done
    gone.clinic.clock.at = at(WEDNESDAY, 9)
    assert rows(gone.clinic) == []


def test_what_was_not_asked_is_asked_in_the_next_call(gone: Stay) -> None:
    called(gone, no=frozenset({"suicide"}), note="The line broke")
    (row,) = rows(gone.clinic)
    assert not row.done
    assert "suicide" not in row.to_ask
    called(gone, no=frozenset(row.to_ask))
    assert rows(gone.clinic)[0].done


def test_whoever_does_not_want_to_talk_is_not_called_again(gone: Stay) -> None:
    called(gone, A.REFUSED)
    assert rows(gone.clinic)[0].done


# Attempts.


def test_attempts_are_kept_and_only_enough_of_them_close_the_call(gone: Stay) -> None:
    for tries in range(3):
        with pytest.raises(Refusal) as refused:
            called(gone, A.CLOSED)
        assert refused.value.findings[0].sentence() == (
            f"Tried {tries} of 3 times. Call again; after 3 it may be closed as not reached."
        )
        called(gone, A.NO_ANSWER)
    closed = called(gone, A.CLOSED).call
    assert (closed.outcome, closed.by) == (A.CLOSED, gone.clinic.desk.person_id)
    (row,) = rows(gone.clinic)
    assert (row.done, row.tries, row.closed) == (True, 3, closed)


def test_the_last_try_cannot_be_corrected_into_the_end(gone: Stay) -> None:
    """It is no try any more then, and there were only two."""
    for _ in range(3):
        last = called(gone, A.NO_ANSWER).call
    with pytest.raises(Refusal, match="Tried 2 of 3 times"):
        called(gone, A.CLOSED, corrects=last.id)
    called(gone, A.CLOSED)


def test_whoever_could_be_asked_nothing_is_on_record_with_the_reason_and_called_again(gone: Stay) -> None:
    kept = called(gone, note=" Drives, will ring back ").call
    assert (kept.outcome, kept.yes | kept.no, kept.note) == (A.REACHED, frozenset(), "Drives, will ring back")
    (row,) = rows(gone.clinic)
    assert not row.done


def test_a_message_that_is_not_allowed_is_on_record_as_that(gone: Stay) -> None:
    patient(gone, permissions=ContactPermissions(voicemail=False))
    done = called(gone, A.MESSAGE)
    assert done.call.deviation
    assert [one.code for one in done.findings] == ["voicemail-not-allowed"]


def test_nobody_was_spoken_to_and_yet_there_are_answers(gone: Stay) -> None:
    with pytest.raises(BadInput) as refused:
        called(gone, A.NO_ANSWER, yes=frozenset({"suicide"}))
    assert refused.value.problems["answers"].code == "after-call-nobody"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "after-call-nothing"),
        ({"note": "  "}, "after-call-nothing"),
        ({"yes": frozenset({"teeth"})}, "after-call-unknown"),
        ({"yes": frozenset({"mood"}), "no": frozenset({"mood"})}, "after-call-unknown"),
        ({"yes": frozenset({"other"})}, "after-call-what-else"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(
    gone: Stay, more: dict[str, object], code: str
) -> None:
    with pytest.raises(BadInput) as refused:
        called(gone, **more)
    assert [one.code for one in refused.value.problems.values()] == [code]
    assert calls_of(gone) == []


def test_nobody_calls_about_a_visit_that_is_not_over(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic)
    with pytest.raises(Refusal) as refused:
        called(stay, no=frozenset({"mood"}))
    assert refused.value.findings[0].code == "after-call-not-over"


# Red answers.


@pytest.mark.parametrize("code", RED)
def test_every_red_answer_is_before_the_prescriber_at_once(gone: Stay, code: str) -> None:
    done = answers(gone, code, note="Since last night")
    assert done.flag is not None
    assert (done.call.flag_id, done.flag.items) == (done.flag.id, {code})
    (one,) = asked(gone.clinic)
    assert (one.kind, one.urgent, one.about) == (RequestKind.DAY_AFTER, True, done.flag)
    assert one.says.sentence() == (
        f"At the call after Spravato 56 mg on Mon, Nov 16, yes to: {QUESTIONS[code].name}. "
        "“Since last night” Say what is to be done."
    )


def test_what_is_not_red_is_only_written_down(gone: Stay) -> None:
    assert answers(gone, "mood").flag is None
    assert asked(gone.clinic) == []


def test_a_red_answer_heads_what_waits_for_a_prescriber(gone: Stay) -> None:
    answers(gone, "chest")
    with gone.clinic.store.read() as records:
        first = requests(records, gone.clinic.clock.now())[0]
    assert first.kind is RequestKind.DAY_AFTER


def test_the_row_stays_until_a_prescriber_has_answered(gone: Stay) -> None:
    flag = answers(gone, "urine").flag
    assert flag is not None
    gone.clinic.clock.at = at(THURSDAY, 9)
    (row,) = rows(gone.clinic)
    assert row.waits == (flag,)
    answer_flag(gone.clinic.store, gone.clinic.prescriber, flag.id, "Come in today")
    assert rows(gone.clinic) == []


def test_only_a_prescriber_answers_and_only_in_words_and_once(gone: Stay) -> None:
    clinic, flag = gone.clinic, answers(gone, "chest").flag
    assert flag is not None
    with pytest.raises(RightMissing):
        answer_flag(clinic.store, clinic.desk, flag.id, "Fine")
    with pytest.raises(BadInput):
        answer_flag(clinic.store, clinic.prescriber, flag.id, "  ")
    answer_flag(clinic.store, clinic.prescriber, flag.id, "Sent to the emergency room")
    assert asked(clinic) == []
    with pytest.raises(BadInput):
        answer_flag(clinic.store, clinic.prescriber, flag.id, "Something else")
    assert [one.answer for one in flags_of(gone)] == ["Sent to the emergency room"]


def test_an_answer_that_was_told_and_read_back_waits_for_the_signature_of_the_day(gone: Stay) -> None:
    clinic, flag = gone.clinic, answers(gone, "chest").flag
    assert flag is not None
    answer_flag(clinic.store, clinic.nurse, flag.id, "Call 911", told_by=clinic.lin.id)
    (one,) = asked(clinic)
    assert (one.kind, one.late) == (RequestKind.DAY_AFTER_COSIGN, False)
    assert one.says.sentence() == (
        "Told to Maya Jones and read back at 9:00 AM: Call 911 (yes to: chest pain or short breath). "
        "Sign that you said it."
    )
    clinic.clock.at = at(WEDNESDAY, 9)
    assert asked(clinic)[0].late
    sign_flag(clinic.store, clinic.prescriber, flag.id)
    assert asked(clinic) == []


def test_what_was_not_said_so_is_before_the_prescribers_anew(gone: Stay) -> None:
    clinic, flag = gone.clinic, answers(gone, "chest").flag
    assert flag is not None
    answer_flag(clinic.store, clinic.nurse, flag.id, "Wait and see", told_by=clinic.lin.id)
    deny_flag(clinic.store, clinic.prescriber, flag.id, "I said 911")
    (one,) = asked(clinic)
    assert one.kind is RequestKind.DAY_AFTER
    assert "I said 911" in one.says.sentence()
    assert [found.agreed for found in flags_of(gone)] == [False, None]


@pytest.mark.parametrize("whose", ["nobody who prescribes", "one's own"])
def test_whose_word_it_is_must_be_a_prescribers_and_not_ones_own(gone: Stay, whose: str) -> None:
    clinic, flag = gone.clinic, answers(gone, "chest").flag
    assert flag is not None
    actor, told = {
        "nobody who prescribes": (clinic.nurse, clinic.tunde.id),
        "one's own": (clinic.prescriber, clinic.lin.id),
    }[whose]
    with pytest.raises(BadInput):
        answer_flag(clinic.store, actor, flag.id, "Call 911", told_by=told)


# Corrections.


def test_a_correction_keeps_the_old_record_and_what_it_asked(gone: Stay) -> None:
    wrong = answers(gone, "chest").call
    right = answers(gone, corrects=wrong.id).call
    assert [one.id for one in calls_of(gone)] == [wrong.id, right.id]
    assert standing(calls_of(gone)) == [right]
    assert len(asked(gone.clinic)) == 1, "a prescriber has seen it, or will: it is theirs to say so"
    with pytest.raises(Refusal):
        answers(gone, corrects=wrong.id)


def test_a_correction_that_adds_a_red_answer_asks_for_it_too(gone: Stay) -> None:
    wrong = answers(gone, "chest").call
    answers(gone, "chest", "suicide", corrects=wrong.id)
    assert [one.items for one in flags_of(gone)] == [{"chest"}, {"chest", "suicide"}]


def test_a_correction_of_other_answers_asks_nobody_twice(gone: Stay) -> None:
    wrong = answers(gone, "chest").call
    answers(gone, "chest", "mood", corrects=wrong.id)
    assert len(flags_of(gone)) == 1


def test_a_call_that_never_was_is_struck_out_and_the_patient_is_called(gone: Stay) -> None:
    wrong = answers(gone).call
    called(gone, A.STRUCK, corrects=wrong.id)
    assert not rows(gone.clinic)[0].done


# What is offered.


def offered(stay: Stay) -> str:
    with stay.clinic.store.read() as records:
        offer = offer_of(records, stay.visit, stay.clinic.clock.now())
    return offer.type.code if offer is not None else ""


def test_whoever_left_early_is_offered_a_follow_up_unless_one_is_booked(gone: Stay) -> None:
    assert offered(gone) == ""
    over(gone, VisitState.TRANSFERRED)
    assert offered(gone) == "FUP"
    book(gone.clinic.store, gone.clinic.desk, gone.clinic.wish("FUP", 840, day=WEDNESDAY))
    assert offered(gone) == ""


def test_a_course_that_owes_a_review_is_offered_one(gone: Stay) -> None:
    with gone.clinic.store.write(PROGRAM) as unit:
        kind = unit.setup().type_by_code("IVM")
        for days in (9, 6, 3):
            one = replace(gone.visit, id=0, version=0, type_id=kind.id, day=TUESDAY - timedelta(days=days))
            unit.add(timed(replace(one, release_from=1), kind))
        unit.commit()
    assert offered(gone) == "FUP"


def test_after_a_treatment_with_therapy_integration_is_offered(gone: Stay) -> None:
    with gone.clinic.store.write(PROGRAM) as unit:
        kind = unit.setup().type_by_code("KAP")
        other = unit.add(timed(replace(gone.visit, id=0, version=0, type_id=kind.id), kind))
        unit.commit()
    assert offered(Stay(gone.clinic, other.id)) == "INT"


# On paper.


def test_the_paper_has_a_line_for_each_call_that_is_not_done(gone: Stay) -> None:
    (heading, _, table) = after_blocks(rows(gone.clinic))
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    assert len(table.rows) == 1
    answers(gone)
    assert after_blocks(rows(gone.clinic)) == ()


# The words.


@pytest.mark.parametrize("code", QUESTIONS)
def test_the_questions_are_plain_words_with_a_source(code: str) -> None:
    assert measure([QUESTIONS[code].words]).grade <= 6
    assert set(QUESTIONS[code].sources) <= KNOWN


def test_thoughts_of_suicide_are_asked_about_whatever_the_clinic_chose() -> None:
    assert DayAfter(CallDay.NEXT).questions == ("suicide", "other")
    assert set(ALWAYS) == {"suicide", "other"}


def test_every_treatment_that_ships_is_called_about_on_the_next_business_day() -> None:
    types = default_setup(Clinic(id=1, zone=ZONE)).types
    assert {one.code: one.day_after.when for one in types if one.is_treatment} == {
        one.code: CallDay.BUSINESS for one in types if one.is_treatment
    }
    assert not any(one.day_after.wanted for one in types if not one.is_treatment)
