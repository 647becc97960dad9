"""Item 12 and R-1: after a lost race, who has the place, and the three nearest times. On each database."""

from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.clock import WallTime
from clinic_desktop.foundation.errors import Conflict
from clinic_desktop.people.model import Clearance, Screening
from clinic_desktop.scheduling.booking import Booked, book
from clinic_desktop.scheduling.looking_booking import Answers, Spot, book_looked, look
from clinic_desktop.scheduling.looking_course import CoursePlanWish, book_planned, plan_course
from clinic_desktop.scheduling.looking_lost import Lost, after_booking, after_moving, after_planning
from clinic_desktop.scheduling.model import Closure
from clinic_desktop.scheduling.moving import move, to
from tests.small_clinic import MONDAY, SmallClinic


def noah_gets(clinic: SmallClinic, minute: int = 615, room: str = "Infusion 1", day: date = MONDAY) -> Booked:
    """Nurse Maya Jones books Noah there, who is cleared first."""
    noah, lin = clinic.noah.id, clinic.lin.id
    with clinic.store.write(clinic.nurse) as unit:
        unit.add(Clearance(0, 0, noah, "iv", lin, date(2026, 11, 1), date(2027, 11, 1)))
        unit.add(Screening(patient_id=noah, reviewed_by=lin, reviewed_at=clinic.clock.now()))
        unit.commit()
    room_id, nurse_id = clinic.rooms[room].id, clinic.tunde.id
    wish = clinic.wish("IVM", minute, patient_id=noah, room_id=room_id, nurse_id=nurse_id, day=day)
    return book(clinic.store, clinic.nurse, wish)


def starts(lost: Lost) -> list[WallTime]:
    return [one.at for one in lost.offers]


def test_of_a_booking(clinic: SmallClinic) -> None:
    spot = Spot(WallTime(MONDAY, 615), clinic.rooms["Infusion 1"].id)
    now = clinic.clock.now()
    seen = look(clinic.store, now, Answers(clinic.amara.id, "IVM", spot, MONDAY))
    noah_gets(clinic)
    with pytest.raises(Conflict) as caught:
        book_looked(clinic.store, clinic.desk, seen)
    lost = after_booking(clinic.store, now, seen, caught.value)
    assert lost.taken == ("Infusion 1",)
    assert (lost.winner.patient, lost.winner.by) == ("Reed, Noah", "Maya Jones")
    assert starts(lost)[0] == WallTime(MONDAY, 615)
    assert len(lost.offers) == 3
    assert all(one.choice.room_id != clinic.rooms["Infusion 1"].id for one in lost.offers[:1])
    assert [abs(one.minute - 615) for one in starts(lost)] == sorted(
        abs(one.minute - 615) for one in starts(lost)
    )


def test_of_a_move_the_visits_own_places_do_not_count(clinic: SmallClinic) -> None:
    """What is nearest overlaps the visit itself, which is the one that moves."""
    (mine,) = book(clinic.store, clinic.desk, clinic.wish(minute=600)).visits
    wanted = to(mine, minute=660, room_id=clinic.rooms["Infusion 2"].id)
    noah_gets(clinic, 660, "Infusion 2")
    with pytest.raises(Conflict) as caught:
        move(clinic.store, clinic.desk, [wanted])
    lost = after_moving(clinic.store, clinic.clock.now(), wanted, caught.value)
    assert lost.taken == ("Infusion 2",)
    assert lost.winner.patient == "Reed, Noah"
    assert starts(lost)[0] == WallTime(MONDAY, 660)
    assert len(lost.offers) == 3


def test_of_a_course_only_the_one_visit_moves(clinic: SmallClinic) -> None:
    now = clinic.clock.now()
    planned = plan_course(clinic.store, now, CoursePlanWish(clinic.amara.id, "IV6", MONDAY, clock=615))
    third = planned.plan.placed[2]
    room = next(name for name, one in clinic.rooms.items() if one.id == third.room_id)
    noah_gets(clinic, third.minute, room, third.day)
    with pytest.raises(Conflict) as caught:
        book_planned(clinic.store, clinic.desk, planned)
    lost = after_planning(clinic.store, now, planned, caught.value)
    assert lost.no == 3
    assert lost.lost.winner.patient == "Reed, Noah"
    assert len(lost.others) == 3
    before = [(one.day, one.minute) for one in planned.plan.placed]
    for offer, other in zip(lost.lost.offers, lost.others, strict=True):
        after = [(one.day, one.minute) for one in other.plan.placed]
        assert after[2] == (offer.at.day, offer.at.minute)
        assert after[:2] + after[3:] == before[:2] + before[3:]
    booked = book_planned(clinic.store, clinic.desk, lost.others[0])
    assert len(booked.visits) == 6


def test_where_nothing_is_free_nothing_is_offered(clinic: SmallClinic) -> None:
    """The clinic closes for a year: the race is told, without a way on."""
    spot = Spot(WallTime(MONDAY, 615), clinic.rooms["Infusion 1"].id)
    now = clinic.clock.now()
    seen = look(clinic.store, now, Answers(clinic.amara.id, "IVM", spot, MONDAY))
    noah_gets(clinic)
    with pytest.raises(Conflict) as caught:
        book_looked(clinic.store, clinic.desk, seen)
    close(clinic, MONDAY + timedelta(days=365))
    assert starts(after_booking(clinic.store, now, seen, caught.value)) == []


def close(clinic: SmallClinic, last: date) -> None:
    with clinic.store.write(clinic.prescriber) as unit:
        unit.add(Closure(0, 0, None, MONDAY, 0, last, 1440, "renovation"))
        unit.commit()
