"""How a patient stands with clearances, and which of two records is stricter."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.people.clearances import Standing, counting, last_day, standings, stricter_until
from clinic_desktop.people.model import Clearance

TODAY = date(2026, 11, 17)
DAY = timedelta(days=1)
WITHDRAWN = datetime(2026, 11, 2, tzinfo=UTC)


def cleared(on: date, until: date, number: int = 1, withdrawn: bool = False) -> Clearance:
    return Clearance(number, 1, 7, "iv", 1, on, until, withdrawn_at=WITHDRAWN if withdrawn else None)


@pytest.mark.parametrize(
    ("on", "months", "until"),
    [
        (date(2026, 11, 3), 12, date(2027, 11, 3)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
    ],
)
def test_s23_a_clearance_lasts_its_months(on, months, until):
    assert last_day(on, months) == until


@pytest.mark.parametrize(
    ("until", "standing"),
    [
        (TODAY + 29 * DAY, Standing.HOLDS),
        (TODAY + 28 * DAY, Standing.ENDS_SOON),
        (TODAY, Standing.ENDS_SOON),
        (TODAY - DAY, Standing.ENDED),
    ],
)
def test_four_weeks_ahead_it_ends_soon_and_its_last_day_counts(until, standing):
    assert standings([cleared(date(2026, 1, 5), until)], TODAY)["iv"].standing is standing


def test_a_later_decision_replaces_an_earlier_one():
    old = cleared(date(2025, 1, 5), date(2026, 1, 5), 1)
    new = cleared(date(2026, 1, 5), date(2027, 1, 5), 2)
    assert standings([new, old], TODAY)["iv"].clearance == new


def test_of_two_that_hold_the_later_decision_counts():
    long = cleared(date(2026, 1, 5), date(2027, 1, 5), 1)
    short = cleared(date(2026, 2, 5), date(2026, 12, 31), 2)
    assert counting([long, short], "iv", TODAY) == short
    assert counting([long, short], "iv", date(2027, 1, 1)) is None


def test_a_withdrawal_leaves_no_earlier_clearance_to_fall_back_on():
    old = cleared(date(2026, 1, 5), date(2027, 1, 5), 1)
    gone = cleared(date(2026, 2, 5), date(2027, 2, 5), 2, withdrawn=True)
    assert counting([gone, old], "iv", TODAY) is None
    assert standings([gone, old], TODAY)["iv"].standing is Standing.WITHDRAWN


def test_a_decision_after_a_withdrawal_counts_also_from_an_earlier_day():
    gone = cleared(date(2026, 11, 16), date(2027, 11, 16), 1, withdrawn=True)
    anew = cleared(date(2026, 11, 13), date(2027, 11, 13), 2)  # from the consultation of last Friday
    assert counting([gone, anew], "iv", TODAY) == anew


def test_a_day_before_the_latest_decision_is_judged_by_what_was_decided_then():
    old = cleared(date(2026, 1, 5), date(2027, 1, 5), 1)
    new = cleared(TODAY, date(2027, 11, 17), 2)
    assert counting([old, new], "iv", TODAY - DAY) == old


def test_a_clearance_is_for_its_modality_alone():
    assert counting([cleared(TODAY, TODAY)], "spravato", TODAY) is None


def test_nothing_was_ever_said_about_another_modality():
    assert "spravato" not in standings([cleared(TODAY, TODAY)], TODAY)


YEAR = cleared(date(2026, 1, 5), date(2027, 1, 5))


@pytest.mark.parametrize(
    ("theirs", "limit"),
    [
        ([cleared(date(2026, 6, 1), date(2026, 12, 1))], {"iv": date(2026, 12, 1)}),
        ([cleared(date(2026, 1, 1), date(2027, 6, 1))], {"iv": date(2027, 1, 5)}),
        ([cleared(date(2026, 6, 1), date(2027, 6, 1), withdrawn=True)], {"iv": TODAY - DAY}),
        ([cleared(date(2024, 6, 1), date(2025, 6, 1))], {}),
        ([], {}),
    ],
    ids=["ends earlier", "ends later", "withdrawn", "ended by time is no opinion", "never cleared is none"],
)
def test_the_stricter_record_sets_the_end(theirs, limit):
    assert stricter_until([YEAR], theirs, TODAY) == limit


days = st.integers(-600, 600).map(lambda n: TODAY + n * DAY)
clearances = st.lists(
    st.builds(
        lambda on, length, number, withdrawn: cleared(on, on + length * DAY, number, withdrawn),
        days,
        st.integers(0, 400),
        st.integers(1, 9),
        st.booleans(),
    ),
    max_size=4,
)


@given(clearances, clearances)
def test_neither_record_is_stricter_by_standing_first(mine, theirs):
    assert stricter_until(mine, theirs, TODAY) == stricter_until(theirs, mine, TODAY)
