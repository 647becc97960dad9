"""The pinboard: a parked visit gives up nothing, every desk sees it, and it cannot be lost."""

from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.errors import Conflict, Refusal, RightMissing, StaleEdit
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.pinboard import Parked, Pin, park, pinboard, put_back
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.small_clinic import MONDAY, SmallClinic, instant

TUESDAY = MONDAY + timedelta(days=1)
OTHER_DESK = Actor(0, frozenset({Role.RECEPTIONIST}), "second desk")


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    return any_clinic


@pytest.fixture
def visit(clinic: SmallClinic) -> Visit:
    return book(clinic.store, clinic.desk, clinic.wish()).visits[0]


def there(clinic: SmallClinic) -> list[Parked]:
    with clinic.store.read() as records:
        return pinboard(records)


def test_a_parked_visit_keeps_its_time_and_its_places(clinic: SmallClinic, visit: Visit) -> None:
    pin = park(clinic.store, clinic.desk, visit.id, "wants Thursday").pin
    assert clinic.visit(visit.id) == visit
    (parked,) = there(clinic)
    assert (parked.pin, parked.visit, parked.patient.id) == (pin, visit, clinic.amara.id)
    with pytest.raises(Conflict):
        book(clinic.store, OTHER_DESK, clinic.wish(patient_id=clinic.noah.id, type_code="IVM"), "asked")


def test_it_says_who_parked_it_since_when(clinic: SmallClinic, visit: Visit) -> None:
    clinic.clock.at = instant(8)
    pin = park(clinic.store, clinic.nurse, visit.id).pin
    assert (pin.parked_by, pin.parked_at) == (clinic.maya.id, instant(8))


def test_one_visit_lies_there_once(clinic: SmallClinic, visit: Visit) -> None:
    park(clinic.store, clinic.desk, visit.id)
    with pytest.raises(Refusal, match="lies on the pinboard already"):
        park(clinic.store, OTHER_DESK, visit.id)


def test_placed_again_it_is_off_the_board_whoever_moves_it(clinic: SmallClinic, visit: Visit) -> None:
    park(clinic.store, clinic.desk, visit.id)
    move(clinic.store, OTHER_DESK, [to(visit, day=TUESDAY)])
    assert not there(clinic)
    with clinic.store.read() as records:
        (pin,) = records.find(Pin)
    assert pin.taken_at == clinic.clock.now()
    park(clinic.store, clinic.desk, visit.id)
    assert len(there(clinic)) == 1


def test_a_move_that_is_refused_leaves_it_there(clinic: SmallClinic, visit: Visit) -> None:
    park(clinic.store, clinic.desk, visit.id)
    with pytest.raises(Refusal):
        move(clinic.store, clinic.desk, [to(visit, minute=3 * 60)])
    assert len(there(clinic)) == 1


def test_cancelled_it_lies_there_no_more(clinic: SmallClinic, visit: Visit) -> None:
    park(clinic.store, clinic.desk, visit.id)
    cancel(clinic.store, clinic.desk, visit.id, visit.version, CancelReason.PATIENT)
    assert not there(clinic)


def test_put_back_it_stays_where_it_is(clinic: SmallClinic, visit: Visit) -> None:
    pin = park(clinic.store, clinic.desk, visit.id).pin
    put_back(clinic.store, OTHER_DESK, pin.id, pin.version)
    assert not there(clinic)
    assert clinic.visit(visit.id) == visit
    with pytest.raises(StaleEdit):
        put_back(clinic.store, clinic.desk, pin.id, pin.version)


def test_who_has_come_is_not_there_to_be_placed(clinic: SmallClinic, visit: Visit) -> None:
    park(clinic.store, clinic.desk, visit.id)
    clinic.clock.at = instant(10)
    record(clinic.store, clinic.nurse, visit.id, [Stamp(kind=StampKind.ARRIVED, at=instant(9, 55))])
    assert not there(clinic)
    with pytest.raises(Refusal):
        park(clinic.store, clinic.desk, visit.id)


def test_the_right_to_move_is_asked(clinic: SmallClinic, visit: Visit) -> None:
    with pytest.raises(RightMissing):
        park(clinic.store, Actor(1, frozenset()), visit.id)


def test_it_stays_with_the_patient(clinic: SmallClinic, visit: Visit) -> None:
    pin = park(clinic.store, clinic.desk, visit.id).pin
    with clinic.store.read() as records:
        assert pin in [one.after for one in records.history_of(clinic.amara.id)]
