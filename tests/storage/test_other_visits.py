"""A part of a patient's visits is found by the index, however many there are."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.scheduling.booking import draft
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import Treated
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.other_visits import around
from tests.small_clinic import MONDAY, SmallClinic

_BY_DAY = "visit USING INDEX ix_visit_patient_id_day"
_BY_DAY_ALONE = "visit USING COVERING INDEX ix_visit_patient_id_day"


def test_r9_each_day_that_counts_is_one_step_in_the_index(file_clinic: SmallClinic) -> None:
    query, asked = around(Treated(1, (8, 9), frozenset({5})), MONDAY, [1, 2], MONDAY - timedelta(days=3))
    with file_clinic.store.read() as records:
        steps = [str(row[3]) for row in records.rows(f"EXPLAIN QUERY PLAN {query}", asked)]
    assert [one for one in steps if one.startswith(("SEARCH", "SCAN", "USE"))] == [
        "SEARCH visit USING INTEGER PRIMARY KEY (rowid=?)",
        f"SEARCH {_BY_DAY_ALONE} (patient_id=? AND day=?)",
        f"SEARCH {_BY_DAY} (patient_id=? AND day<?)",
        f"SEARCH {_BY_DAY} (patient_id=? AND day>?)",
        f"SEARCH {_BY_DAY} (patient_id=?)",  # from its first day on, to the first that counts
        f"SEARCH {_BY_DAY} (patient_id=? AND day>? AND day<?)",
    ]


@pytest.fixture
def visits(any_clinic: SmallClinic) -> list[Visit]:
    """Amara's, on five days in a row from Saturday on, entered backwards; and one of Noah's."""
    days = [MONDAY + timedelta(days=n) for n in (2, 1, 0, -1, -2)]
    states = [VisitState.BOOKED, VisitState.MISSED, VisitState.LEFT, VisitState.LEFT, VisitState.ARRIVED]
    with any_clinic.store.write(PROGRAM) as unit:
        made = [
            replace(draft(unit.setup(), any_clinic.wish(day=day)), state=state)
            for day, state in zip(days, states, strict=True)
        ]
        unit.add(replace(made[0], patient_id=any_clinic.noah.id))
        there = unit.add_all(made)
        unit.commit()
    return there


def test_the_visits_of_a_day_and_of_later_ones(any_clinic: SmallClinic, visits: list[Visit]) -> None:
    with any_clinic.store.read() as records:
        assert records.visits_from(any_clinic.amara.id, MONDAY) == visits[:3]
        assert records.visits_from(any_clinic.amara.id, MONDAY + timedelta(days=3)) == []


def test_the_nearest_days_are_those_that_have_one_of_the_treatment(
    any_clinic: SmallClinic, visits: list[Visit]
) -> None:
    wednesday, _, monday, sunday, saturday = visits
    treated = Treated(any_clinic.amara.id, (monday.type_id,))
    with any_clinic.store.read() as records:

        def asked(treated: Treated, *consultations: int) -> list[Visit]:
            return records.visits_around(treated, MONDAY, consultations, MONDAY - timedelta(days=3))

        assert asked(treated) == [wednesday, monday, sunday, saturday], "not the missed one of Tuesday"
        assert asked(replace(treated, but=frozenset({sunday.id, wednesday.id}))) == [monday, saturday]
        assert asked(replace(treated, types=(1,))) == [monday], "the day itself, whatever it is"
        assert asked(replace(treated, types=(1,)), monday.type_id) == [monday, saturday], "who is open still"


def test_what_counts_is_of_a_day_and_later_or_is_still_open(
    any_clinic: SmallClinic, visits: list[Visit]
) -> None:
    wednesday, _, monday, _, saturday = visits
    with any_clinic.store.read() as records:
        found = records.counted_from(any_clinic.amara.id, MONDAY, [])
        without = records.counted_from(any_clinic.amara.id, MONDAY, [monday.id])
    assert {one.id for one in found} == {wednesday.id, monday.id, saturday.id}
    assert {one.id for one in without} == {wednesday.id, saturday.id}
