"""A red answer of a check-in call in the database: only with its request to the prescriber, which stays as it
was asked and which only a prescriber's word answers, whoever writes."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.day_after import RED
from clinic_desktop.scheduling.model import Clinic
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.failures import GuardRefused
from clinic_desktop.treatment.day_after import AfterCall, AfterFlag, AfterOutcome
from clinic_desktop.treatment.day_after_answering import answer_flag, sign_flag
from tests.small_clinic import SmallClinic
from tests.storage.conftest import Direct
from tests.treatment.stays import Stay, booked

A = AfterOutcome
# The desk's role on the server may not even try.
KEPT = ("kept for good", "append only", "permission denied")
FIXED = ("append only", "permission denied")


@pytest.fixture
def gone(clinic: SmallClinic) -> Stay:
    stay = booked(clinic)
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(stay.visit, state=VisitState.LEFT))
        unit.commit()
    return stay


def flag(stay: Stay, *items: str, **more: object) -> AfterFlag:
    made = AfterFlag(visit_id=stay.visit_id, items=frozenset(items), asked_at=stay.clinic.clock.now())
    with stay.clinic.store.write(PROGRAM) as unit:
        kept = unit.add(replace(made, **more))  # type: ignore[arg-type]  # replace checks the names
        unit.commit()
    return kept


def call(stay: Stay, *yes: str, flag_id: int | None = None) -> None:
    outcome, now = AfterOutcome.REACHED, stay.clinic.clock.now()
    made = AfterCall(visit_id=stay.visit_id, outcome=outcome, yes=frozenset(yes), flag_id=flag_id, at=now)
    with stay.clinic.store.write(PROGRAM) as unit:
        unit.add(made)
        unit.commit()


@pytest.mark.parametrize("code", RED)
def test_no_red_answer_is_stored_without_its_request(gone: Stay, code: str) -> None:
    with pytest.raises(GuardRefused):
        call(gone, code)
    other = next(one for one in RED if one != code)
    with pytest.raises(GuardRefused):
        call(gone, code, flag_id=flag(gone, other).id)
    call(gone, code, flag_id=flag(gone, code, other).id)


def test_what_is_not_red_needs_none(gone: Stay) -> None:
    call(gone, "mood", "sick", "site")


def test_a_request_and_a_call_are_never_deleted_or_rewritten(gone: Stay, direct: Direct) -> None:
    call(gone, "chest", flag_id=flag(gone, "chest").id)
    for statement, words in (
        ("DELETE FROM after_flag", KEPT),
        ("DELETE FROM after_call", KEPT),
        ("UPDATE after_call SET yes = '[]'", FIXED),
        ("UPDATE after_flag SET items = '[]'", FIXED),
        ("UPDATE after_flag SET note = 'nothing'", FIXED),
    ):
        said = direct.refused(statement)
        assert any(one in said for one in words), said


def test_only_a_prescribers_word_answers_and_it_stays(gone: Stay, direct: Direct) -> None:
    clinic, one = gone.clinic, flag(gone, "chest")
    answer = "UPDATE after_flag SET answer = 'Fine', answered_at = 1, answered_by = {}"
    assert "answered by no prescriber" in direct.refused(answer.format(clinic.maya.id))
    told = answer.format(clinic.maya.id) + f", told_by = {clinic.tunde.id}"
    assert "answered by no prescriber" in direct.refused(told)
    direct.refused(f"UPDATE after_flag SET answered_at = 1, answered_by = {clinic.lin.id}")  # in no words
    direct.run(answer.format(clinic.lin.id))
    assert "append only" in direct.refused(f"UPDATE after_flag SET answer = 'No' WHERE id = {one.id}")


def test_whoever_signs_for_one_who_prescribes_no_more_is_not_asked_about_the_answer(
    gone: Stay, direct: Direct
) -> None:
    clinic, told = gone.clinic, flag(gone, "chest")
    answer_flag(clinic.store, clinic.nurse, told.id, "Come in", told_by=clinic.lin.id)
    with clinic.store.write(PROGRAM) as unit:
        other = unit.add(Staff(name="Dr. Ito", initials="DI", roles=frozenset({Role.PRESCRIBER})))
        unit.save(replace(unit.get(Staff, clinic.lin.id), roles=frozenset({Role.MANAGER})))
        unit.commit()
    assert "append only" in direct.refused("UPDATE after_flag SET answer = 'No'")
    sign_flag(clinic.store, Actor(other.id, other.roles, "desk"), told.id)
    with clinic.store.read() as records:
        assert records.get(AfterFlag, told.id).signed_by == other.id


def test_an_answered_request_cannot_be_made_for_somebody(gone: Stay) -> None:
    now, clinic = gone.clinic.clock.now(), gone.clinic
    with pytest.raises(GuardRefused):
        flag(gone, "chest", answer="Fine", answered_at=now, answered_by=clinic.maya.id)


def ended(stay: Stay, outcome: AfterOutcome, **more: object) -> AfterCall:
    made = AfterCall(visit_id=stay.visit_id, outcome=outcome, at=stay.clinic.clock.now())
    with stay.clinic.store.write(PROGRAM) as unit:
        kept = unit.add(replace(made, **more))  # type: ignore[arg-type]  # replace checks the names
        unit.commit()
    return kept


@pytest.mark.parametrize("note", ["", "  "])
def test_whoever_was_reached_was_asked_something_or_it_says_why_not(gone: Stay, note: str) -> None:
    with pytest.raises(GuardRefused, match="asked something, or the note says why not"):
        ended(gone, A.REACHED, note=note)
    ended(gone, A.REACHED, note="Drives, will ring back")
    ended(gone, A.REACHED, no=frozenset({"mood"}))
    ended(gone, A.REFUSED)


def test_a_call_is_closed_only_once_it_was_tried_often_enough(gone: Stay) -> None:
    """Tries that stand: not the one that was struck out, and not the one that the end itself corrects."""
    for _ in range(2):
        ended(gone, A.NO_ANSWER)
    wrong = ended(gone, A.MESSAGE)
    ended(gone, A.STRUCK, corrects=wrong.id)
    with pytest.raises(GuardRefused, match="not tried often enough"):
        ended(gone, A.CLOSED)
    last = ended(gone, A.WRONG_NUMBER)
    with pytest.raises(GuardRefused, match="not tried often enough"):
        ended(gone, A.CLOSED, corrects=last.id)
    ended(gone, A.CLOSED)


def test_how_often_is_what_the_clinic_says(gone: Stay) -> None:
    with gone.clinic.store.write(PROGRAM) as unit:
        clinic = unit.get(Clinic, 1)
        unit.save(replace(clinic, policies=replace(clinic.policies, after_tries=1)))
        unit.commit()
    with pytest.raises(GuardRefused):
        ended(gone, A.CLOSED)
    ended(gone, A.NO_ANSWER)
    ended(gone, A.CLOSED)
