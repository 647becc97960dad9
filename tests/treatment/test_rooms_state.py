"""What each room is doing: in use, turned over, closed or free, and who comes next. From visits alone."""

from dataclasses import replace
from datetime import date, timedelta

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.scheduling.model import Closure, Room, Setup, Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.rooms import RoomNow, RoomState, rooms_now
from tests.small_clinic import MONDAY, SmallClinic, instant
from tests.treatment.cases import setup
from tests.treatment.stays import K, Stay, booked

IV, TALK = 1, 2
S = RoomState


def house(*closures: Closure) -> Setup:
    """A consulting room, put first by the clinic, and an infusion room."""
    rooms = (
        Room(TALK, 1, "Consult 1", frozenset({"consult"}), 1),
        Room(IV, 1, "Infusion 1", frozenset({"iv"}), 2),
    )
    return replace(setup(), rooms=rooms, closures=closures)


def minute(hour: int, minutes: int = 0) -> int:
    return instant_minute(instant(hour, minutes))


def visit(number: int, hour: int, **changes: object) -> Visit:
    made = Visit(id=number, room_id=IV, day=MONDAY, minute=hour * 60, start=minute(hour))
    return replace(made, **changes)  # type: ignore[arg-type]  # replace checks the names


def infusion(visits: list[Visit], now: int, *closures: Closure) -> RoomNow:
    return next(one for one in rooms_now(house(*closures), visits, now) if one.room.id == IV)


def test_every_room_has_a_state_and_treatment_rooms_come_first() -> None:
    shown = rooms_now(house(), [], minute(10))
    assert [(one.place, one.room.name, one.state) for one in shown] == [
        (1, "Infusion 1", S.FREE),
        (2, "Consult 1", S.FREE),
    ]


def test_a_room_that_is_not_used_any_more_is_not_shown() -> None:
    made = house()
    gone = replace(made, rooms=tuple(replace(one, active=one.id == IV) for one in made.rooms))
    assert [one.room.id for one in rooms_now(gone, [], minute(10))] == [IV]


def test_who_is_in_the_room_has_it_whatever_was_planned() -> None:
    inside = visit(1, 9, arrived=minute(9), entered=minute(9, 5), state=VisitState.DOSING)
    shown = infusion([inside, visit(2, 10)], minute(10, 30))
    assert (shown.state, shown.visit, shown.next) == (S.OCCUPIED, inside, visit(2, 10))


def test_of_two_in_a_room_the_last_to_come_in_has_the_tile() -> None:
    first, second = (visit(n, 9, entered=minute(9, n), state=VisitState.IN_ROOM) for n in (1, 2))
    assert infusion([second, first], minute(10)).visit == second


def test_a_room_is_turned_over_until_its_minutes_are_over() -> None:
    gone = visit(1, 9, entered=minute(9), left=minute(10), room_until=minute(10, 15), state=VisitState.LEFT)
    during, after = infusion([gone], minute(10, 14)), infusion([gone], minute(10, 15))
    assert (during.state, during.until) == (S.TURNOVER, minute(10, 15))
    assert (after.state, after.until) == (S.FREE, None)


def test_who_waits_in_the_chair_leaves_the_room_to_be_turned_over() -> None:
    chair = visit(1, 9, entered=minute(9), left=minute(10), room_until=minute(10, 15), state=VisitState.READY)
    assert infusion([chair], minute(10, 5)).state is S.TURNOVER


def test_the_next_patient_in_the_house_comes_before_an_earlier_one_who_is_not() -> None:
    here = visit(2, 11, arrived=minute(9, 50), state=VisitState.ARRIVED)
    assert infusion([visit(1, 10), here], minute(10)).next == here
    lost = replace(here, displaced=True)
    assert infusion([visit(1, 10), lost], minute(10)).next == visit(1, 10)
    assert infusion([visit(1, 10, state=VisitState.CANCELLED)], minute(9)).next is None


def test_a_closed_room_says_until_when_and_a_closed_clinic_closes_every_room() -> None:
    noon = Closure(1, 1, IV, MONDAY, 12 * 60, MONDAY, 13 * 60, "pump")
    assert infusion([], minute(11, 59), noon).state is S.FREE
    shown = infusion([], minute(12), noon)
    assert (shown.state, shown.until) == (S.CLOSED, minute(13))
    assert infusion([], minute(13), noon).state is S.FREE
    day = Closure(2, 1, None, MONDAY, 0, MONDAY, 1440, "holiday")
    closed = rooms_now(house(day), [], minute(12))
    assert [(one.state, one.until) for one in closed] == [(S.CLOSED, minute(0) + 1440)] * 2


def test_a_patient_is_in_a_closed_room_all_the_same() -> None:
    noon = Closure(1, 1, IV, MONDAY, 12 * 60, MONDAY, 13 * 60, "pump")
    inside = visit(1, 11, entered=minute(11), state=VisitState.IN_ROOM)
    assert infusion([inside], minute(12), noon).state is S.OCCUPIED


def test_a_closure_over_the_autumn_change_ends_by_the_clock() -> None:
    sunday = date(2026, 11, 1)
    closed = Closure(1, 1, IV, sunday, 0, sunday, 12 * 60, "floor")
    before = instant_minute(instant(0) - timedelta(days=15))  # CST; the change is in this night
    shown = infusion([], before + 3 * 60, closed)
    assert shown.until == minute(12) - 15 * 1440


# By the stamps, through the use cases.


def of_room(clinic: SmallClinic, stay: Stay) -> RoomNow:
    with clinic.store.read() as records:
        shown = rooms_now(records.setup(), records.visits_on(MONDAY, MONDAY), instant_minute(clinic.clock.at))
    return next(one for one in shown if one.room.id == stay.visit.room_id)


def test_the_stamps_take_a_room_through_its_day(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM")
    states = [of_room(clinic, stay).state]
    stay.infused()
    states.append(of_room(clinic, stay).state)
    stay.at(11, 20).is_(K.LINE_OUT)
    stay.at(11, 30).checked()
    stay.says(Stamp(kind=K.RELEASED))
    left = of_room(clinic, stay)
    states.append(left.state)
    assert left.until is not None
    clinic.clock.forward(left.until - instant_minute(clinic.clock.at))
    states.append(of_room(clinic, stay).state)
    assert states == [S.FREE, S.OCCUPIED, S.TURNOVER, S.FREE]


def test_a_struck_arrival_in_the_room_gives_the_room_its_true_state(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM")
    stay.at(9, 50).is_(K.ARRIVED)
    stay.at(10).is_(K.IN_ROOM)
    entered = stay.stamps(K.IN_ROOM)[0]
    stay.is_(K.STRUCK, corrects=entered.id, reason="another patient")
    assert of_room(clinic, stay).state is S.FREE
