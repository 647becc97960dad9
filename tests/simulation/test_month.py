"""A month of 25 visits a day, told by a seed, leaves nothing behind that must not be; and the judge who says
so would have seen it.
"""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.simulation.judge import complaints
from tests.simulation.world import Month

SEEDS = range(5)
WEEK, FEW_DAYS = 5, 2  # of treatment


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", SEEDS[1:])
def test_a_week_of_another_seed_does_neither(seed: int, tmp_path: Path) -> None:
    """Whole months of these, and of others, are what ``python3 run.py soak`` runs."""
    week = Month(seed, tmp_path, WEEK).run()
    assert complaints(week) == []
    assert len(week.sent) > 1000


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", SEEDS[:1])
def test_a_month_gives_no_wrong_permission_and_loses_nothing(seed: int, tmp_path: Path) -> None:
    month = Month(seed, tmp_path).run()
    assert complaints(month) == []
    # It was a month worth judging.
    assert len(month.sent) > 5000
    assert {"cancelled", "missed"} == set(month.ended.values())
    ways_out = {one.kind for one in month.sent}
    assert {"released", "left before release", "transferred", "arrived, not treated"} <= ways_out
    asked = {"release-floor", "release-driver", "dose-rest", "dose-pressure", "dose-pressure-high"}
    assert asked <= set(month.said_no)
    alarms = set().union(*month.heard.values())
    assert {"40-minute pressure", "pressure", "prescriber to be told"} <= alarms
    assert month.answers > 20


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Month:
    return Month(0, tmp_path_factory.mktemp("good"), FEW_DAYS).run()


@pytest.fixture
def month(good: Month, tmp_path: Path) -> Month:
    """The same in a file that can be spoilt, past everything that the database refuses."""
    copied = replace(good, folder=tmp_path)
    copied.path.write_bytes(good.path.read_bytes())
    with closing(sqlite3.connect(copied.path)) as rows:
        for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            rows.execute(f'DROP TRIGGER "{name}"')
        rows.commit()
    return copied


def spoilt(month: Month, statement: str) -> str:
    with closing(sqlite3.connect(month.path)) as rows:
        assert rows.execute(statement).rowcount > 0
        rows.commit()
    return "\n".join(complaints(month))


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DELETE FROM stamp WHERE id = (SELECT min(id) FROM stamp WHERE kind = 'consent seen')", "lost 1"),
        ("UPDATE stamp SET systolic = systolic + 1 WHERE kind = 'vitals'", "never said"),
        ("UPDATE stamp SET at = at - 1860 WHERE kind = 'released'", "released before minute"),
        ("UPDATE stamp SET at = at - 4500 WHERE kind = 'settled'", "without settled at the end"),
        ("UPDATE stamp SET oxygen = 91 WHERE kind = 'vitals'", "without a usual oxygen"),
        ("UPDATE stamp SET systolic = 151 WHERE kind = 'vitals'", "that no prescriber accepted"),
        ("UPDATE stamp SET counts_from = counts_from - 60 WHERE kind = 'sheet handed over'", "sheet that is"),
        ("UPDATE stamp SET kind = 'note' WHERE kind = 'driver here'", "without a driver"),
        ("UPDATE stamp SET lot = ''  WHERE kind = 'dose'", "without its lot"),
        ("UPDATE stamp SET at = at + 200 WHERE kind = 'dose' AND device = 1", "five minutes apart"),
        ("UPDATE patient SET rems_enrolled_on = NULL", "without enrolment"),
        ("UPDATE visit SET room_id = 2 WHERE entered IS NOT NULL", "in room 2 at once"),
        ("UPDATE claim SET place = 10000000002 WHERE place < 20000000000", "claim one place at once"),
        ("DELETE FROM alarm_answer", "alarm_answer: 0 rows"),
        ("UPDATE visit SET state = 'booked' WHERE state = 'missed'", "did not take place"),
    ],
)
def test_the_judge_sees_what_was_spoilt(statement: str, says: str, month: Month) -> None:
    assert complaints(month) == []
    assert says in spoilt(month, statement)


def test_the_judge_sees_an_alarm_that_was_not_there(month: Month) -> None:
    silent = replace(month, heard={key: set() for key in month.heard})
    assert "no alarm of a" in "\n".join(complaints(silent))
    blind = replace(month, heard={})
    assert "a check was late and nobody looked" in "\n".join(complaints(blind))
