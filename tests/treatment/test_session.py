"""The session is what the standing stamps say, in whatever order they were entered."""

from datetime import datetime

import pytest

from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import dosing_is_over, standing, state_of
from tests.small_clinic import instant
from tests.treatment.cases import K, device, infused, setup, sprayed, stamp, vitals

S = VisitState
SP56, SP84, IVM, CON = (setup().type_by_code(code) for code in ("SP56", "SP84", "IVM", "CON"))


def at(*kinds: StampKind) -> list[Stamp]:
    """Stamps five minutes apart from 10 AM."""
    return [stamp(kind, instant(10, 5 * n), dose=28.0) for n, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ((), S.CONFIRMED),
        ((K.NOTE, K.TOLD, K.DRIVER_SEEN), S.CONFIRMED),
        ((K.ARRIVED,), S.ARRIVED),
        ((K.VITALS,), S.ARRIVED),
        ((K.ARRIVED, K.IN_ROOM), S.IN_ROOM),
        ((K.ARRIVED, K.IN_ROOM, K.DOSE), S.DOSING),
        ((K.DOSE, K.DOSE), S.MONITORING),
        ((K.DOSE, K.DOSING_ENDED), S.MONITORING),
        ((K.DOSING_ENDED, K.DOSE), S.DOSING),
        ((K.DOSE, K.DOSE, K.READY), S.READY),
        ((K.DOSE, K.DOSE, K.READY, K.DOSE), S.MONITORING),
        ((K.DOSE, K.DOSE, K.READY, K.WAITING), S.READY),
        ((K.DOSE, K.DOSE, K.RELEASED), S.LEFT),
        ((K.DOSE, K.LEFT_EARLY), S.LEFT_EARLY),
        ((K.ARRIVED, K.TRANSFERRED), S.TRANSFERRED),
        ((K.ARRIVED, K.NOT_TREATED), S.NOT_TREATED),
    ],
)
def test_the_state_of_a_spravato_visit_follows_its_stamps(
    kinds: tuple[StampKind, ...], state: VisitState
) -> None:
    assert state_of(standing(at(*kinds)), S.CONFIRMED, SP56) is state


@pytest.mark.parametrize(
    ("kinds", "over", "last"),
    [
        ((K.INFUSION_START,), False, None),
        ((K.INFUSION_START, K.INFUSION_STOP), True, instant(10, 5)),
        ((K.INFUSION_START, K.INFUSION_STOP, K.INFUSION_START), False, None),
        ((K.INFUSION_START, K.INFUSION_STOP, K.INFUSION_START, K.INFUSION_STOP), True, instant(10, 15)),
        ((K.INFUSION_START, K.INFUSION_STOP, K.DOSE), True, instant(10, 10)),
        ((K.DOSE,), True, instant(10)),
    ],
)
def test_an_infusion_runs_from_a_start_to_the_next_stop(
    kinds: tuple[StampKind, ...], over: bool, last: datetime | None
) -> None:
    session = standing(at(*kinds))
    assert (dosing_is_over(session, IVM), session.last_dose_at) == (over, last)


def test_84_mg_is_over_with_the_third_device() -> None:
    assert not dosing_is_over(standing(at(K.DOSE, K.DOSE)), SP84)
    assert dosing_is_over(standing(at(K.DOSE, K.DOSE, K.DOSE)), SP84)


def test_readings_in_the_wrong_order_of_entry_are_read_in_the_order_of_time() -> None:
    late = vitals(instant(12), 120, 70)
    early = vitals(instant(11), 150, 92)
    first = device(instant(10))
    assert [one.systolic for one in standing([late, early, first]).pressures] == [150, 120]
    assert standing([late, early, first]).last_pressure is late


def test_the_pressure_before_is_the_last_one_before_the_first_dose() -> None:
    readings = [vitals(instant(10, 4), 150, 92), vitals(instant(10, 8), 138, 88), vitals(instant(10, 50))]
    before = standing([*readings, device(instant(10, 10))]).pressure_before
    assert before is readings[1]


def test_a_correction_of_a_correction_leaves_one_entry() -> None:
    first = device(instant(10, 10))
    second = device(instant(10, 12), corrects=first.id, reason="read from the sheet")
    third = device(instant(10, 11), corrects=second.id, reason="read again")
    session = standing([first, second, third])
    assert session.devices == [third]
    assert session.first_dose_at == instant(10, 11)


def test_what_is_struck_out_never_happened() -> None:
    first = device(instant(10, 10))
    gone = stamp(K.STRUCK, instant(10, 20), corrects=first.id, reason="another patient")
    assert standing([first, gone]).stamps == ()


def test_the_session_as_of_a_moment_knows_nothing_later() -> None:
    session = standing(sprayed())
    then = session.as_of(instant(10, 12))
    assert len(then.devices) == 1
    assert then.as_of(instant(10, 12), without=then.devices[0].id).devices == []


def test_typed_minutes_and_stamped_seconds_meet() -> None:
    session = standing([stamp(K.SETTLED, instant(12, 15, 40))])
    assert session.as_of(instant(12, 15)).last(K.SETTLED)


def test_the_room_is_left_for_the_waiting_chair() -> None:
    stamps = [*infused(), stamp(K.READY, instant(11, 25)), stamp(K.WAITING, instant(11, 30))]
    session = standing(stamps)
    assert session.out_of_room_at == instant(11, 30)
    assert session.ended_at is None


def test_a_dose_shows_that_the_patient_came_in() -> None:
    session = standing([device(instant(10, 10))])
    assert session.entered_at == session.arrived_at == instant(10, 10)


def test_a_consultation_ends_without_a_dose() -> None:
    assert state_of(standing(at(K.ARRIVED, K.IN_ROOM, K.LEFT)), S.BOOKED, CON) is S.LEFT
