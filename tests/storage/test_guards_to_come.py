"""On a server nothing is on record that is still to come by its clock: a minimum stay would seem over."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.storage.failures import GuardRefused
from clinic_desktop.storage.time_guard import OWN_TIME
from clinic_desktop.treatment.model import Stamp, StampKind
from tests.small_clinic import SmallClinic, at_home
from tests.storage import postgres
from tests.storage.conftest import beside

AHEAD, BEHIND = timedelta(minutes=8), timedelta(minutes=2)


@pytest.fixture
def by_the_server(
    postgres_server: postgres.Server, model_database: tuple[SmallClinic, str]
) -> Iterator[SmallClinic]:
    """The small clinic on a server whose clock counts, a visit booked."""
    model, template = model_database
    name = postgres_server.database(template, own_time=False)
    clinic = at_home(model, postgres_server.address(name, postgres.DESK))
    clinic.clock.at = datetime.now(UTC) - BEHIND
    book(clinic.store, PROGRAM, clinic.wish("CON", day=(datetime.now(UTC) + timedelta(days=7)).date()))
    yield clinic
    clinic.store.close()
    postgres_server.drop(name)


@pytest.mark.parametrize("column", ["at", "recorded_at"])
def test_an_entry_of_a_stay_that_is_dated_ahead_is_refused(by_the_server: SmallClinic, column: str) -> None:
    def stamp(when: datetime) -> None:
        with by_the_server.store.write(PROGRAM) as unit:
            unit.add(Stamp(visit_id=1, kind=StampKind.WALKS, **{column: when}))
            unit.commit()

    stamp(datetime.now(UTC) - BEHIND)
    with pytest.raises(GuardRefused, match="still to come"):
        stamp(datetime.now(UTC) + AHEAD)


def test_so_is_an_entry_of_the_trail(by_the_server: SmallClinic) -> None:
    by_the_server.clock.at = datetime.now(UTC) + AHEAD
    with by_the_server.store.write(PROGRAM) as unit:
        unit.add(Patient(given_name="Ana", family_name="Bell"))
        with pytest.raises(GuardRefused, match="still to come"):
            unit.commit()


def test_no_desk_gives_its_clinic_a_time_of_its_own(by_the_server: SmallClinic) -> None:
    assert isinstance(by_the_server.clock, FixedClock)
    with beside(by_the_server.store.where) as desk:
        name = desk.one("SELECT current_database()")
        for sql in (
            f"COMMENT ON DATABASE {name} IS '{OWN_TIME}'",
            "DROP TRIGGER stamp_to_come ON stamp",
            "CREATE OR REPLACE FUNCTION stamp_to_come() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                desk.silent(sql)
