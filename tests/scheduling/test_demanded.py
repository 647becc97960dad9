"""When a clinic asks for the way home: at booking, before the visit is confirmed, or before the start."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.scheduling import holding
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import GoingHomeProfile, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.rules import only_before_start, planned_state
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.failures import GuardRefused
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.overriding import override_driver
from clinic_desktop.treatment.recording import record
from tests.small_clinic import BEA, SmallClinic, instant

S, K = VisitState, StampKind
DRIVER = frozenset({"driver"})


def demand(clinic: SmallClinic, when: str) -> None:
    with clinic.store.write(PROGRAM) as unit:
        (profile,) = unit.find(GoingHomeProfile)
        unit.save(replace(profile, demanded=when))
        unit.commit()


def without_driver(clinic: SmallClinic, when: str) -> Visit:
    demand(clinic, when)
    return book(clinic.store, clinic.desk, clinic.wish(plan=None)).visits[0]


def confirmed(clinic: SmallClinic, visit: Visit) -> Visit:
    return holding.confirm_visit(clinic.store, clinic.desk, visit.id, visit.version).visits[0]


def test_at_booking_nothing_is_booked_without(clinic: SmallClinic) -> None:
    with pytest.raises(Refusal, match="books IV ketamine only with a driver"):
        without_driver(clinic, "booking")


def test_at_booking_a_driver_who_says_no_later_leaves_the_visit_held(clinic: SmallClinic) -> None:
    demand(clinic, "booking")
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    gone = holding.name_driver(clinic.store, clinic.desk, [(visit.id, visit.version)], None).visits[0]
    assert (gone.state, gone.held_for) == (S.HELD, DRIVER)
    with pytest.raises(Refusal, match="driver"):
        confirmed(clinic, gone)


def test_at_booking_who_may_come_without_by_a_prescriber_can_be_confirmed(clinic: SmallClinic) -> None:
    demand(clinic, "booking")
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    holding.name_driver(clinic.store, clinic.desk, [(visit.id, visit.version)], None)
    override_driver(clinic.store, clinic.prescriber, visit.id, "lives next door")
    assert confirmed(clinic, clinic.visit(visit.id)).state is S.CONFIRMED


def test_before_confirmation_it_is_booked_held_and_not_confirmed_without(clinic: SmallClinic) -> None:
    visit = without_driver(clinic, "confirmation")
    assert visit.state is S.HELD
    with pytest.raises(Refusal, match="Held until a driver is named"):
        confirmed(clinic, visit)


def test_before_the_start_it_is_confirmed_without_and_not_dosed(clinic: SmallClinic) -> None:
    visit = without_driver(clinic, "start")
    assert visit.state is S.HELD
    yes = confirmed(clinic, visit)
    assert (yes.state, yes.held_for) == (S.CONFIRMED, DRIVER)
    clinic.clock.at = instant(10, 10)
    pressure = Stamp(kind=K.VITALS, systolic=120, diastolic=80)
    record(clinic.store, clinic.nurse, visit.id, [Stamp(kind=K.IN_ROOM), pressure])
    assert clinic.visit(visit.id).state is S.HELD
    with pytest.raises(Refusal) as refusal:
        record(clinic.store, clinic.nurse, visit.id, [Stamp(kind=K.INFUSION_START, dose=35)])
    assert [one.code for one in refusal.value.findings] == ["dose-driver", "dose-not-asked"]


def test_a_note_on_such_a_visit_is_no_permission(clinic: SmallClinic) -> None:
    visit = confirmed(clinic, without_driver(clinic, "start"))
    record(clinic.store, clinic.desk, visit.id, [Stamp(kind=K.NOTE, note="asked her sister")])
    kept = clinic.visit(visit.id)
    assert (kept.state, kept.held_for) == (S.CONFIRMED, DRIVER)


def test_naming_the_driver_then_leaves_it_confirmed_and_free(clinic: SmallClinic) -> None:
    visit = confirmed(clinic, without_driver(clinic, "start"))
    named = holding.name_driver(clinic.store, clinic.desk, [(visit.id, visit.version)], BEA).visits[0]
    assert (named.state, named.held_for) == (S.CONFIRMED, frozenset())


def test_an_override_leaves_it_confirmed_and_free(clinic: SmallClinic) -> None:
    visit = confirmed(clinic, without_driver(clinic, "start"))
    override_driver(clinic.store, clinic.prescriber, visit.id, "lives next door")
    assert (clinic.visit(visit.id).state, clinic.visit(visit.id).held_for) == (S.CONFIRMED, frozenset())


def test_taking_the_yes_back_or_moving_far_holds_it_again(clinic: SmallClinic) -> None:
    visit = confirmed(clinic, without_driver(clinic, "start"))
    back = holding.confirm_visit(clinic.store, clinic.desk, visit.id, visit.version, yes=False).visits[0]
    assert (back.state, back.held_for) == (S.HELD, DRIVER)
    again = confirmed(clinic, back)
    moved = move(clinic.store, clinic.desk, [to(again, minute=again.minute + 60)]).visits[0]
    assert (moved.state, moved.held_for) == (S.HELD, DRIVER)


def test_an_arrival_that_is_struck_out_leaves_it_confirmed(clinic: SmallClinic) -> None:
    visit = confirmed(clinic, without_driver(clinic, "start"))
    clinic.clock.at = instant(9, 55)
    record(clinic.store, clinic.nurse, visit.id, [Stamp(kind=K.ARRIVED)])
    assert clinic.visit(visit.id).state is S.HELD
    with clinic.store.read() as records:
        (arrival,) = records.find(Stamp, visit_id=visit.id)
    struck = Stamp(kind=K.STRUCK, corrects=arrival.id, reason="another patient")
    record(clinic.store, clinic.nurse, visit.id, [struck])
    assert (clinic.visit(visit.id).state, clinic.visit(visit.id).held_for) == (S.CONFIRMED, DRIVER)


def test_the_database_holds_it_for_every_other_state(clinic: SmallClinic) -> None:
    visit = confirmed(clinic, without_driver(clinic, "start"))
    for state in (S.BOOKED, S.ARRIVED, S.DOSING):
        with clinic.store.write(PROGRAM) as unit, pytest.raises(GuardRefused):
            unit.save(replace(visit, state=state))


def test_the_clinic_cannot_ask_earlier_of_those_who_were_confirmed_without(clinic: SmallClinic) -> None:
    confirmed(clinic, without_driver(clinic, "start"))
    with pytest.raises(GuardRefused):
        demand(clinic, "confirmation")


@pytest.mark.parametrize(
    ("held_for", "demanded", "wanted"),
    [
        (DRIVER, "start", True),
        (DRIVER, "confirmation", False),
        (DRIVER, "booking", False),
        (DRIVER | {"clearance"}, "start", False),
        (frozenset({"clearance"}), "start", False),
    ],
)
def test_only_the_driver_may_wait_for_the_start(
    held_for: frozenset[str], demanded: str, wanted: bool
) -> None:
    profile = GoingHomeProfile(demanded=demanded)
    assert only_before_start(held_for, profile) is wanted
    assert planned_state(S.CONFIRMED, held_for, profile) is (S.CONFIRMED if wanted else S.HELD)
    assert planned_state(S.BOOKED, held_for, profile) is S.HELD
    assert planned_state(S.CONFIRMED, frozenset(), profile) is S.CONFIRMED
