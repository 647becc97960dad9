"""Free time is found over all rooms and people at once, and a time that is not free says why."""

from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Severity
from clinic_desktop.people.model import Absence
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.looking import (
    MOST_DAYS,
    NotEarlier,
    Offer,
    Seek,
    fit_at,
    openings,
    why_not_earlier,
)
from clinic_desktop.scheduling.model import Closure
from clinic_desktop.ui.board.cover import last_starts
from tests.small_clinic import MONDAY, ZONE, SmallClinic

TUESDAY = MONDAY + timedelta(days=1)


def minute(day: date = MONDAY, clock: int = 7 * 60) -> int:
    return to_utc_minute(WallTime(day, clock), ZONE)


def days_and_times(offers: list[Offer]) -> list[tuple[date, int]]:
    return [(one.at.day, one.at.minute) for one in offers]


def block(clinic: SmallClinic, room: str, start: int, end: int, day: date = MONDAY) -> None:
    with clinic.store.write(clinic.prescriber) as unit:
        closed = Closure(0, 0, clinic.rooms[room].id, day, start, day, end, "pump service")
        unit.add(closed)
        unit.commit()


def test_one_offer_for_each_stretch_and_how_long_it_stays_open(clinic: SmallClinic) -> None:
    found = openings(clinic.store, Seek("IVM", minute(), count=3))
    assert days_and_times(found) == [(MONDAY, 480), (TUESDAY, 480), (MONDAY + timedelta(days=2), 480)]
    # 75 minutes in the room before turnover: the last start lets the patient leave by 5:30 PM.
    assert found[0].until == 17 * 60 + 30 - 90


def test_it_stays_open_to_the_last_start_that_the_board_shows(clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.prescriber) as unit:  # cover ends at half past five
        unit.add(Absence(0, 0, clinic.lin.id, MONDAY, 1050, MONDAY, 1440))
        unit.commit()
    with clinic.store.read() as records:
        shown = last_starts(records.setup(), MONDAY)["spravato"]
    kinds = [openings(clinic.store, Seek(code, minute(), count=1))[0] for code in ("SP1", "SP56", "SP84")]
    assert max(one.until for one in kinds) == shown  # the shortest stay may begin last
    assert not any(one.late for one in kinds)
    later, *_ = openings(clinic.store, Seek("SP1", minute(MONDAY, shown + 5), count=1))
    assert later.at.day == MONDAY
    assert later.late


def test_nothing_is_offered_before_the_moment_asked_from(clinic: SmallClinic) -> None:
    (first, *_) = openings(clinic.store, Seek("IVM", minute(MONDAY, 613), count=1))
    assert days_and_times([first]) == [(MONDAY, 615)]


def test_a_half_of_the_day_and_a_liked_time(clinic: SmallClinic) -> None:
    afternoon = openings(clinic.store, Seek("IVM", minute(), count=2, half="pm"))
    assert days_and_times(afternoon) == [(MONDAY, 720), (TUESDAY, 720)]
    near = openings(clinic.store, Seek("IVM", minute(), count=2, near=615))
    assert days_and_times(near) == [(MONDAY, 615), (TUESDAY, 615)]


def test_days_left_out_and_one_room_alone(clinic: SmallClinic) -> None:
    block(clinic, "Infusion 2", 0, 1440)
    room = clinic.rooms["Infusion 2"].id
    found = openings(clinic.store, Seek("IVM", minute(), 2, room_id=room, skip=frozenset({TUESDAY})))
    assert days_and_times(found) == [(MONDAY + timedelta(days=n), 480) for n in (2, 3)]
    assert {one.choice.room_id for one in found} == {room}


def test_a_time_that_fits_names_its_room_and_people(clinic: SmallClinic) -> None:
    fit = fit_at(clinic.store, "IVM", WallTime(MONDAY, 615), clinic.rooms["Infusion 3"].id)
    assert fit.reasons == ()
    assert fit.choice is not None
    assert (fit.choice.room_id, fit.choice.nurse_id) == (clinic.rooms["Infusion 3"].id, clinic.maya.id)


def test_a_taken_room_says_until_when_and_leaves_nothing_to_override(clinic: SmallClinic) -> None:
    book(clinic.store, clinic.desk, clinic.wish(minute=600))
    fit = fit_at(clinic.store, "IVM", WallTime(MONDAY, 615), clinic.rooms["Infusion 1"].id)
    assert fit.choice is None
    assert fit.regardless is None
    assert [one.sentence() for one in fit.reasons] == ["Infusion 1 is taken until 11:45 AM."]


def test_a_visit_is_not_in_the_way_of_its_own_move(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish(minute=600)).visits[0]
    room = clinic.rooms["Infusion 1"].id
    assert fit_at(clinic.store, "IVM", WallTime(MONDAY, 615), room, clinic.amara.id).choice is None
    assert (
        fit_at(clinic.store, "IVM", WallTime(MONDAY, 615), room, clinic.amara.id, [visit.id]).choice
        is not None
    )


def test_a_room_that_is_not_fitted_says_so_by_name(clinic: SmallClinic) -> None:
    fit = fit_at(clinic.store, "IVM", WallTime(MONDAY, 615), clinic.rooms["Spravato 1"].id)
    assert [one.code for one in fit.reasons] == ["room-unfit"]
    assert fit.regardless is not None  # a prescriber or manager may still say yes


def test_after_hours_there_is_somebody_to_book_with_a_reason(clinic: SmallClinic) -> None:
    fit = fit_at(clinic.store, "IVM", WallTime(MONDAY, 17 * 60))
    assert fit.choice is None
    assert all(one.severity is not Severity.WARNING for one in fit.reasons)
    assert fit.regardless is not None
    assert fit.regardless.nurse_id in (clinic.maya.id, clinic.tunde.id)


def test_a_time_the_clock_skips_does_not_fit(clinic: SmallClinic) -> None:
    fit = fit_at(clinic.store, "IVM", WallTime(date(2027, 3, 14), 150))
    assert [one.code for one in fit.reasons] == ["skipped-time"]


def test_why_not_earlier_is_about_the_start_just_before(clinic: SmallClinic) -> None:
    for number in (1, 2, 3, 4):
        block(clinic, f"Infusion {number}", 0, 600)
    seek = Seek("IVM", minute())
    with clinic.store.read() as records:
        (first, *_) = openings(clinic.store, seek)
        earlier = why_not_earlier(records, seek, first)
    assert first.at.minute == 600
    assert isinstance(earlier, NotEarlier)
    assert earlier.at == WallTime(MONDAY, 595)
    assert [one.code for one in earlier.reasons] == ["slot-room-closed"]


def test_nothing_lies_before_the_very_first_start(clinic: SmallClinic) -> None:
    seek = Seek("IVM", minute(MONDAY, 480))
    with clinic.store.read() as records:
        assert why_not_earlier(records, seek, openings(clinic.store, seek)[0]) is None


def test_why_not_earlier_looks_at_the_day_before_too(clinic: SmallClinic) -> None:
    for number in (1, 2, 3, 4):
        block(clinic, f"Infusion {number}", 0, 1440)
    seek = Seek("IVM", minute())
    with clinic.store.read() as records:
        (first, *_) = openings(clinic.store, seek)
        earlier = why_not_earlier(records, seek, first)
    assert first.at == WallTime(TUESDAY, 480)
    assert earlier is not None
    assert earlier.at == WallTime(MONDAY, 16 * 60)


def test_two_offers_of_one_day_lie_well_apart(clinic: SmallClinic) -> None:
    for number in (1, 2, 3, 4):
        block(clinic, f"Infusion {number}", 490, 600)
    found = openings(clinic.store, Seek("IVM", minute(), count=3))
    assert [one.at.day for one in found] == [MONDAY, TUESDAY, MONDAY + timedelta(days=2)]
    for number in (1, 2, 3, 4):
        block(clinic, f"Infusion {number}", 900, 905)
    assert days_and_times(openings(clinic.store, Seek("IVM", minute(), count=2))) == [
        (MONDAY, 600),
        (MONDAY, 905),
    ]


@pytest.mark.parametrize("days", [0, -1, MOST_DAYS + 1, 10**9])
def test_more_days_than_can_be_looked_at_are_refused_in_words(clinic: SmallClinic, days: int) -> None:
    with pytest.raises(Refusal, match=r"Free time is looked for in 1 to 731 days at once\."):
        openings(clinic.store, Seek("IVM", minute(), days=days))
    assert openings(clinic.store, Seek("IVM", minute(), count=1, days=MOST_DAYS))
