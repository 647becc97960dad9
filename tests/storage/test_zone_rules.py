"""Other rules of the time zone, as an update of the computer brings them: 10:00 stays 10:00."""

from dataclasses import replace
from datetime import timedelta

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.retiming import keep_clock_times
from clinic_desktop.storage import check
from tests.small_clinic import MONDAY, SmallClinic


def booked_under_other_rules(clinic: SmallClinic, days: int, minute: int = 600) -> Visit:
    """A visit whose minutes are an hour off what its clock time means today."""
    wish = clinic.wish(day=MONDAY + timedelta(days=days), minute=minute)
    (visit,) = book(clinic.store, clinic.desk, wish).visits
    with clinic.store.write(PROGRAM) as unit:
        unit.lock_all_days()
        off = unit.save(replace(visit, start=visit.start + 60, end=visit.end + 60))
        setup = unit.setup()
        unit.place([off.id], claims_of(off, setup.type_by_id(off.type_id)), setup.watch_limit)
        unit.commit()
    return visit


def codes(clinic: SmallClinic) -> list[str]:
    return [one.code for one in check.findings(clinic.store.where)]


def test_coming_visits_claim_the_minutes_of_their_clock_times_again(clinic: SmallClinic) -> None:
    visits = [booked_under_other_rules(clinic, days) for days in (1, 3, 8)]
    assert codes(clinic) == ["times"] * 3
    changes = keep_clock_times(clinic.store, PROGRAM)
    assert changes.visits == {one.id for one in visits}
    assert [clinic.visit(one.id).start for one in visits] == [one.start for one in visits]
    assert codes(clinic) == []


def test_nothing_is_written_where_nothing_is_off(clinic: SmallClinic) -> None:
    book(clinic.store, clinic.desk, clinic.wish())
    before = clinic.store.change_number()
    assert not keep_clock_times(clinic.store, PROGRAM)
    assert clinic.store.change_number() == before


def test_what_took_place_stays_as_it_was_kept(clinic: SmallClinic) -> None:
    booked_under_other_rules(clinic, 1)
    clinic.clock.at += timedelta(days=2)
    assert not keep_clock_times(clinic.store, PROGRAM)
