"""An arrival that is struck out leaves the visit as it stood before: confirmed, missed, cancelled, held."""

from datetime import datetime, timedelta

import pytest

from clinic_desktop.scheduling.cancelling import CancelReason, cancel, miss
from clinic_desktop.scheduling.holding import confirm_visit, name_driver
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import StampKind
from tests.small_clinic import SmallClinic
from tests.treatment.stays import K, Stay, booked


def came(stay: Stay, *kinds: StampKind) -> Stay:
    """Recorded for the wrong patient."""
    for kind in kinds:
        stay.is_(kind)
    return stay


def struck(stay: Stay) -> Visit:
    gone = {one.corrects for one in stay.stamps()}
    for one in reversed(stay.stamps()):
        if one.kind is not K.STRUCK and one.id not in gone:
            stay.is_(K.STRUCK, corrects=one.id, reason="it was another patient")
    return stay.visit


def confirmed(clinic: SmallClinic) -> Stay:
    stay = booked(clinic)
    confirm_visit(clinic.store, clinic.desk, stay.visit_id, stay.visit.version)
    return stay.at(9, 55)


@pytest.mark.parametrize("kinds", [(K.ARRIVED,), (K.IN_ROOM,), (K.ARRIVED, K.IN_ROOM, K.CONSENT)])
def test_a_confirmed_visit_is_confirmed_again(clinic: SmallClinic, kinds: tuple[StampKind, ...]) -> None:
    stay = confirmed(clinic)
    before = stay.visit
    after = struck(came(stay, *kinds))
    assert after.state is VisitState.CONFIRMED
    assert (after.arrived, after.entered, after.stood) == (None, None, None)
    assert (after.plan, after.room_until) == (before.plan, before.room_until)


def test_a_missed_visit_is_missed_again_and_takes_no_places(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(10, 40)
    miss(clinic.store, clinic.desk, stay.visit_id, stay.visit.version, "did not answer")
    before = stay.visit
    came(stay, K.ARRIVED, K.IN_ROOM)
    assert (stay.state, stay.visit.end_reason, stay.visit.end_asked_by) == ("in room", "", "")
    after = struck(stay)
    assert (after.state, after.end_reason, after.end_asked_by, after.end_late) == (
        VisitState.MISSED, before.end_reason, "patient", before.end_late,
    )  # fmt: skip
    assert stay.claims() == []


def test_a_late_cancellation_counts_as_late_again(clinic: SmallClinic) -> None:
    stay = booked(clinic)
    cancel(clinic.store, clinic.desk, stay.visit_id, stay.visit.version, CancelReason.PATIENT)
    came(stay.at(9, 55), K.ARRIVED)
    assert not stay.visit.end_late
    after = struck(stay)
    assert (after.state, after.end_reason, after.end_late) == (VisitState.CANCELLED, "patient asked", True)


def test_a_missed_visit_without_a_driver_is_missed_again(clinic: SmallClinic) -> None:
    stay = booked(clinic, plan=None).at(10, 40)
    miss(clinic.store, clinic.desk, stay.visit_id, stay.visit.version)
    assert came(stay, K.ARRIVED).state == "held"
    assert struck(stay).state is VisitState.MISSED


def test_who_was_held_meanwhile_stays_held(clinic: SmallClinic) -> None:
    stay = came(confirmed(clinic), K.ARRIVED)
    name_driver(clinic.store, clinic.desk, [(stay.visit_id, stay.visit.version)], None)
    assert stay.state == "held"
    assert struck(stay).state is VisitState.HELD


def test_who_was_moved_far_meanwhile_is_asked_again(clinic: SmallClinic) -> None:
    stay = came(confirmed(clinic), K.ARRIVED)
    move(clinic.store, clinic.desk, [to(stay.visit, minute=690)])
    assert struck(stay).state is VisitState.BOOKED


def test_a_struck_end_leaves_the_first_standing_in_mind(clinic: SmallClinic) -> None:
    stay = came(confirmed(clinic), K.ARRIVED, K.IN_ROOM)
    stay.is_(K.NOT_TREATED, note="pressure")
    last = stay.stamps(K.NOT_TREATED)[0]
    stay.is_(K.STRUCK, corrects=last.id, reason="another patient")
    assert (stay.state, stay.visit.end_reason) == ("in room", "")
    assert struck(stay).state is VisitState.CONFIRMED


def test_a_note_on_a_missed_visit_changes_nothing_of_it(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(10, 40)
    miss(clinic.store, clinic.desk, stay.visit_id, stay.visit.version, "did not answer")
    before = stay.visit
    stay.is_(K.NOTE, _an_hour_on(stay), note="called her")
    assert stay.visit == before


def _an_hour_on(stay: Stay) -> datetime:
    stay.clinic.clock.at += timedelta(hours=1)
    return stay.clinic.clock.at
