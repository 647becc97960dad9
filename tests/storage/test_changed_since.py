"""Who changed a record since it was seen, from the trail of each database: patients, visits, the set-up."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Patient
from clinic_desktop.people.patients import edit
from clinic_desktop.people.screenings import review
from clinic_desktop.scheduling.clearing import Decision, clear
from clinic_desktop.scheduling.meanwhile import read_meanwhile
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.set_up import Edit, change_set_up
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.storage.tables import RECORDS, SETUP_KINDS
from tests.people.small_clinic import NOW, SmallClinic, founded
from tests.people.test_screenings import all_no

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def clinic(any_store: SqlStore, clinic_clock) -> SmallClinic:
    clinic_clock.at = NOW
    return founded(any_store, clinic_clock)


def test_every_change_since_is_told_with_who_and_from_which_desk(clinic: SmallClinic) -> None:
    seen = clinic.patient()
    edit(clinic.store, clinic.nurse, replace(seen, notes="quiet"))
    (now,) = (one for one in clinic.find(Patient) if one.id == seen.id)
    edit(clinic.store, clinic.reception, replace(now, notes="loud"))
    told = read_meanwhile(clinic.store, seen)
    assert [(one.person_id, one.desk, one.after.notes) for one in told.traces] == [
        (clinic.reception.person_id, "desk 1", "loud"), (clinic.nurse.person_id, "desk 1", "quiet"),
    ]  # fmt: skip
    assert told.now is not None
    assert (told.now.notes, told.now.version) == ("loud", seen.version + 2)
    assert read_meanwhile(clinic.store, now).traces == told.traces[:1]
    assert read_meanwhile(clinic.store, told.now).last is None


def test_a_visit_that_was_moved_says_from_where(clinic: SmallClinic) -> None:
    amara = clinic.patient(birth_date=date(1984, 4, 12))
    review(clinic.store, clinic.nurse, all_no(amara.id))
    clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv"))
    seen = clinic.book(amara.id, "IVM", FRIDAY, 600)
    move(clinic.store, clinic.reception, [to(seen, minute=660)])
    last = read_meanwhile(clinic.store, seen).last
    assert last is not None
    assert (last.before.minute, last.after.minute) == (600, 660)


def test_each_kind_of_the_set_up_is_read_back_from_its_images(clinic: SmallClinic) -> None:
    """Nothing of an image is lost or of another type: what stands now equals what the trail says of it."""
    kinds = [kind for kind, table in RECORDS.items() if table.name in SETUP_KINDS]
    looked = 0
    with clinic.store.read() as records:
        for kind in kinds:
            for one in records.find(kind):
                last = records.last_written(kind, one.id)
                assert last is not None
                assert last.after == one
                looked += 1
    assert looked > 20


def test_what_was_taken_away_is_gone_and_by_whom(clinic: SmallClinic) -> None:
    manager = replace(clinic.reception, roles=frozenset({Role.MANAGER}))
    room = clinic.setup().rooms[0]
    change_set_up(clinic.store, manager, Edit((replace(room, name="Bay A"),)))
    told = read_meanwhile(clinic.store, room)
    assert told.now is not None
    assert told.now.name == "Bay A"
    assert told.last is not None
    assert (told.last.before.name, told.last.person_id) == (room.name, manager.person_id)
    assert read_meanwhile(clinic.store, Visit(id=10**6, version=1)).now is None
