"""What became of the times on a course card or a day sheet that was printed [R-18]."""

from datetime import date, timedelta

import pytest

from clinic_desktop.aftercare.slips_out import stale_slips
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.merging import merge_patients, undo_merge
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.papers import (
    Paper,
    day_sheet_stale,
    keep_day_sheet,
    last_day_sheets,
    named,
)
from tests.small_clinic import MONDAY, ZONE, SmallClinic, at

FRIDAY, TUESDAY = MONDAY + timedelta(days=4), MONDAY + timedelta(days=8)


def put_card(clinic: SmallClinic, patient_id: int, visits: list[Visit]) -> None:
    """On record: a course card that names these visits."""
    with clinic.store.write(clinic.desk) as unit:
        by = clinic.desk.person_id
        unit.add(Paper(patient_id=patient_id, named=named(visits), made_at=unit.at, made_by=by))
        unit.commit()


@pytest.fixture
def two(clinic: SmallClinic) -> list[Visit]:
    """Amara's visits of Friday and of the next Tuesday, both at ten; her card names them."""
    visits = [book(clinic.store, clinic.desk, clinic.wish(day=day)).visits[0] for day in (FRIDAY, TUESDAY)]
    put_card(clinic, clinic.amara.id, visits)
    return visits


def told(clinic: SmallClinic) -> list[str]:
    with clinic.store.read() as records:
        found = stale_slips(records, [clinic.amara.id, clinic.noah.id], clinic.clock.now())
    return [one.sentence() for findings in found.values() for one in findings]


MOVED = (
    "The course card printed on Mon, Nov 16 names Fri, Nov 20, 10:00 AM; now it is Fri, Nov 20, 11:00 AM. "
    "Tell Okafor, Amara, and print a new card."
)
GONE = (
    "The course card printed on Mon, Nov 16 names Tue, Nov 24, 10:00 AM, and nothing is booked then any "
    "more. Tell Okafor, Amara, and print a new card."
)


def test_r18_a_card_that_names_a_moved_visit_is_known_with_what_counts_now(
    clinic: SmallClinic, two: list[Visit]
) -> None:
    assert told(clinic) == []
    move(clinic.store, clinic.desk, [to(two[0], minute=660)])
    assert told(clinic) == [MOVED]
    move(clinic.store, clinic.desk, [to(clinic.visit(two[0].id), minute=600)])
    assert told(clinic) == [], "it is as the card says"


def test_a_cancelled_visit_is_said_beside_it(clinic: SmallClinic, two: list[Visit]) -> None:
    move(clinic.store, clinic.desk, [to(two[0], minute=660)])
    cancel(clinic.store, clinic.desk, two[1].id, two[1].version, CancelReason.CLINIC)
    assert told(clinic) == [MOVED, GONE]


def test_another_visit_at_the_very_time_keeps_the_card_true(clinic: SmallClinic, two: list[Visit]) -> None:
    cancel(clinic.store, clinic.desk, two[1].id, two[1].version, CancelReason.CLINIC)
    book(clinic.store, clinic.desk, clinic.wish(day=TUESDAY))
    assert told(clinic) == []


def test_a_new_card_takes_the_place_of_the_old_one(clinic: SmallClinic, two: list[Visit]) -> None:
    move(clinic.store, clinic.desk, [to(two[0], minute=660)])
    put_card(clinic, clinic.amara.id, [clinic.visit(one.id) for one in two])
    assert told(clinic) == []


def test_what_is_over_is_told_nobody(clinic: SmallClinic, two: list[Visit]) -> None:
    move(clinic.store, clinic.desk, [to(two[0], minute=660)])
    clinic.clock.at = at(FRIDAY, 10, 1)
    assert told(clinic) == []


def test_a_card_stays_with_the_patient_also_through_a_merge(clinic: SmallClinic) -> None:
    noahs = book(clinic.store, clinic.desk, clinic.wish("CON", day=FRIDAY, patient_id=clinic.noah.id)).visits[
        0
    ]
    put_card(clinic, clinic.noah.id, [noahs])
    merged = merge_patients(clinic.store, PROGRAM, clinic.amara, clinic.noah)
    move(clinic.store, clinic.desk, [to(clinic.visit(noahs.id), minute=660)])
    assert told(clinic) == [MOVED]
    with clinic.store.read() as records:
        assert any(isinstance(one.after, Paper) for one in records.history_of(clinic.amara.id))
    undo_merge(clinic.store, PROGRAM, merged.merge.id)
    with clinic.store.read() as records:
        (paper,) = records.find(Paper)
    assert paper.patient_id == clinic.noah.id


def test_who_printed_it_and_when_is_on_record(clinic: SmallClinic, two: list[Visit]) -> None:
    with clinic.store.read() as records:
        (paper,) = records.find(Paper)
    assert (paper.made_at, paper.made_by) == (clinic.clock.now(), clinic.desk.person_id)
    assert [(one.visit_id, one.day, one.minute) for one in paper.named] == [
        (two[0].id, FRIDAY, 600),
        (two[1].id, TUESDAY, 600),
    ]


# The day sheet.


def of_day(clinic: SmallClinic, day: date = FRIDAY) -> str | None:
    with clinic.store.read() as records:
        sheets = last_day_sheets(records, [day])
        visits = records.visits_on(day, day)
    stale = day_sheet_stale(sheets[day], visits, ZONE) if day in sheets else None
    return stale.sentence() if stale else None


CHANGED = (
    "The day sheet printed on Mon, Nov 16 at {time} is not true any more. Visits that changed since: "
    "{count}. Print it anew."
)


def printed(clinic: SmallClinic) -> None:
    with clinic.store.read() as records:
        visits = records.visits_on(FRIDAY, FRIDAY)
    changes = keep_day_sheet(clinic.store, clinic.desk, FRIDAY, visits)
    assert changes.days == {FRIDAY}, "every desk looks at the day anew"


def test_r18_a_day_sheet_counts_what_moved_came_and_went_since(clinic: SmallClinic) -> None:
    clinic.clock.at = at(MONDAY, 9)
    stays = book(clinic.store, clinic.desk, clinic.wish(day=FRIDAY)).visits[0]
    assert of_day(clinic) is None, "nothing was printed"
    printed(clinic)
    assert of_day(clinic) is None
    move(clinic.store, clinic.desk, [to(stays, minute=660)])
    assert of_day(clinic) == CHANGED.format(time="9:00 AM", count=1)
    book(clinic.store, clinic.desk, clinic.wish("CON", 840, day=FRIDAY, patient_id=clinic.noah.id))
    assert of_day(clinic) == CHANGED.format(time="9:00 AM", count=2)
    printed(clinic)
    assert of_day(clinic) is None
    moved = clinic.visit(stays.id)
    cancel(clinic.store, clinic.desk, moved.id, moved.version, CancelReason.CLINIC)
    assert of_day(clinic) == CHANGED.format(time="9:00 AM", count=1)


def test_another_room_is_another_place_on_the_sheet(clinic: SmallClinic) -> None:
    clinic.clock.at = at(MONDAY, 9)
    visit = book(clinic.store, clinic.desk, clinic.wish(day=FRIDAY)).visits[0]
    printed(clinic)
    move(clinic.store, clinic.desk, [to(visit, room_id=clinic.rooms["Infusion 2"].id)])
    assert of_day(clinic) == CHANGED.format(time="9:00 AM", count=1)
