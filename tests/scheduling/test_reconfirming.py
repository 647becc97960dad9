"""A confirmed visit that a change of the plan makes an unconfirmed one: it is said, with why and who asks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.asking_again import driver_to_tell
from clinic_desktop.scheduling.calling import Call, record_call
from clinic_desktop.scheduling.calls import CallOutcome, Whom
from clinic_desktop.scheduling.holding import confirm_driver, confirm_visit, name_driver
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.steps import step_of
from clinic_desktop.scheduling.undoing import redo, undo
from tests.scheduling.test_changing import booked
from tests.small_clinic import BEA, MONDAY, SmallClinic

TUESDAY = MONDAY + timedelta(days=1)


def confirmed(clinic: SmallClinic, **changes: object) -> Visit:
    visit = booked(clinic, **changes)
    return confirm_visit(clinic.store, clinic.desk, visit.id, visit.version).visits[0]


def said(findings: Sequence[Finding]) -> list[str]:
    return [one.sentence() for one in findings if one.code == "no-longer-confirmed"]


def test_a_longer_stay_says_that_the_visit_is_not_confirmed_any_more(clinic: SmallClinic) -> None:
    visit = confirmed(clinic, day=TUESDAY)
    longer = move(clinic.store, clinic.desk, [to(visit, longer=20)])
    assert longer.visits[0].state is VisitState.BOOKED
    assert said(longer.warnings) == [
        "The visit of Okafor, Amara on Tue, Nov 17 at 10:00 AM is not confirmed any more: it ends at another "
        "time now. It is on the call list again."
    ]


def test_a_quarter_of_an_hour_leaves_it_confirmed_and_says_nothing(clinic: SmallClinic) -> None:
    visit = confirmed(clinic)
    moved = move(clinic.store, clinic.desk, [to(visit, minute=visit.minute + 15)])
    assert moved.visits[0].state is VisitState.CONFIRMED
    assert said(moved.warnings) == []


def test_many_small_steps_count_together(clinic: SmallClinic) -> None:
    """What was said yes to is a time, and not the one of the last step."""
    visit = confirmed(clinic, day=TUESDAY)
    visit = confirm_driver(clinic.store, clinic.desk, visit.id, visit.version).visits[0]
    step = move(clinic.store, clinic.desk, [to(visit, longer=10)])
    assert step.visits[0].state is VisitState.CONFIRMED
    step = move(clinic.store, clinic.desk, [to(step.visits[0], longer=20)])
    assert step.visits[0].state is VisitState.BOOKED
    assert step.visits[0].plan_confirmed_at is None
    assert len(said(step.warnings)) == 1


def test_there_and_back_in_small_steps_is_the_time_that_was_confirmed(clinic: SmallClinic) -> None:
    visit = confirmed(clinic)
    for minute in (visit.minute + 15, visit.minute):
        visit = move(clinic.store, clinic.desk, [to(visit, minute=minute)]).visits[0]
    assert visit.state is VisitState.CONFIRMED


def test_each_yes_is_to_the_time_that_it_was_given_for(clinic: SmallClinic) -> None:
    """The driver to the first, the patient to one a quarter later."""
    visit = booked(clinic)
    visit = confirm_driver(clinic.store, clinic.desk, visit.id, visit.version).visits[0]
    visit = move(clinic.store, clinic.desk, [to(visit, minute=visit.minute + 15)]).visits[0]
    visit = confirm_visit(clinic.store, clinic.desk, visit.id, visit.version).visits[0]
    visit = move(clinic.store, clinic.desk, [to(visit, minute=visit.minute + 15)]).visits[0]
    assert visit.plan_confirmed_at is None
    assert visit.state is VisitState.CONFIRMED


def test_a_driver_whose_yes_is_lost_is_told_of_each_end_until_they_say_yes_again(clinic: SmallClinic) -> None:
    """Also of an earlier one, and of one in small steps; another driver knows nothing of it."""
    first = booked(clinic, day=TUESDAY)
    first = confirm_driver(clinic.store, clinic.desk, first.id, first.version).visits[0]
    later = move(clinic.store, clinic.desk, [to(first, longer=20)]).visits[0]
    earlier = move(clinic.store, clinic.desk, [to(later, longer=10)]).visits[0]
    assert driver_to_tell(first, later)
    assert driver_to_tell(later, earlier)
    again = confirm_driver(clinic.store, clinic.desk, earlier.id, earlier.version).visits[0]
    shorter = move(clinic.store, clinic.desk, [to(again, longer=0)]).visits[0]
    assert not driver_to_tell(again, shorter)
    other = replace(BEA, name="Sam Okafor")
    renamed = name_driver(clinic.store, clinic.desk, [(later.id, shorter.version)], other).visits[0]
    assert not driver_to_tell(renamed, replace(renamed, end=renamed.end + 10))


def test_a_visit_that_nobody_confirmed_says_nothing(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    assert said(move(clinic.store, clinic.desk, [to(visit, minute=780)]).warnings) == []


def test_a_visit_moved_to_a_later_week_is_asked_again_before_the_day(clinic: SmallClinic) -> None:
    visit = confirmed(clinic)
    moved = move(clinic.store, clinic.desk, [to(visit, day=MONDAY + timedelta(days=8))])
    assert said(moved.warnings) == [
        "The visit of Okafor, Amara on Tue, Nov 24 at 10:00 AM is not confirmed any more: it is at another "
        "time now. The call list asks again before the day."
    ]


def test_where_only_the_end_is_another_the_drivers_yes_is_enough(clinic: SmallClinic) -> None:
    """The patient said yes on the phone to a time that still stands."""
    visit = booked(clinic, type_code="IVM", day=TUESDAY)
    visit = record_call(clinic.store, clinic.desk, Call(visit, Whom.PATIENT, CallOutcome.BOTH)).visit
    longer = move(clinic.store, clinic.desk, [to(visit, longer=20)])
    assert said(longer.warnings)[0].endswith("It is on the call list again.")
    driver_said_yes = Call(longer.visits[0], Whom.DRIVER, CallOutcome.DRIVER)
    again = record_call(clinic.store, clinic.desk, driver_said_yes).visit
    assert again.state is VisitState.CONFIRMED


def test_a_driver_who_is_taken_away_is_said_with_what_it_means(clinic: SmallClinic) -> None:
    visit = confirmed(clinic)
    alone = name_driver(clinic.store, clinic.desk, [(visit.id, visit.version)], None)
    assert alone.visits[0].state is VisitState.HELD
    assert said(alone.warnings) == [
        "The visit of Okafor, Amara on Mon, Nov 16 at 10:00 AM is not confirmed any more: it is held until "
        "the way home is settled. It is on the call list again."
    ]


def test_a_driver_who_says_on_the_phone_that_they_cannot_come_is_said_too(clinic: SmallClinic) -> None:
    visit = confirmed(clinic)
    called = record_call(clinic.store, clinic.desk, Call(visit, Whom.DRIVER, CallOutcome.CANNOT_DRIVE))
    assert len(said(called.findings)) == 1


def test_an_undo_says_that_it_is_confirmed_again_and_a_redo_that_it_is_not(clinic: SmallClinic) -> None:
    visit = confirmed(clinic)
    longer = move(clinic.store, clinic.desk, [to(visit, longer=20)])
    step = step_of(longer.changes)
    assert step is not None
    undone = undo(clinic.store, clinic.desk, step)
    assert clinic.visit(visit.id).state is VisitState.CONFIRMED
    assert [one.sentence() for one in undone.warnings] == [
        "The visit of Okafor, Amara on Mon, Nov 16 at 10:00 AM is confirmed again, as it was."
    ]
    assert undone.step is not None
    assert said(redo(clinic.store, clinic.desk, undone.step).warnings) == said(longer.warnings)


def test_who_takes_the_yes_back_knows_it_and_is_told_nothing(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    yes = confirm_visit(clinic.store, clinic.desk, visit.id, visit.version)
    step = step_of(yes.changes)
    assert step is not None
    assert undo(clinic.store, clinic.desk, step).warnings == ()
