"""A month of 25 visits a day, told by a seed, leaves nothing behind that must not be; and the judge who says
so would have seen it.
"""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.simulation.judge import complaints
from tests.simulation.world import Heard, Look, Month

SEEDS = range(2)
FEW_DAYS = 3  # of treatment


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_month_gives_no_wrong_permission_and_loses_nothing(seed: int, tmp_path: Path) -> None:
    """Others are what ``python3 run.py soak`` runs."""
    month = Month(seed, tmp_path).run()
    assert complaints(month) == []
    # It was a month worth judging.
    assert len(month.sent) > 5000
    assert {"cancelled", "missed"} == set(month.ended.values())
    ways_out = {one.kind for one in month.sent}
    assert {"released", "left before release", "transferred", "arrived, not treated"} <= ways_out
    asked = {"release-floor", "release-driver", "dose-rest", "dose-pressure", "dose-pressure-high"}
    answers = {"dose-not-asked", "dose-food", "dose-fasting", "dose-listed", "dose-pregnancy"}
    assert asked | answers <= set(month.said_no)
    assert any(one.reason for one in month.sent)
    alarms = {one.kind for look in month.looks for one in look.alarms}
    assert {"40-minute pressure", "pressure", "prescriber to be told", "emergency pressure"} <= alarms
    assert ("help" in alarms) is bool(month.calls)
    assert len(month.answers) > 20


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Month:
    """A seed whose first days bring each kind of alarm."""
    return Month(3, tmp_path_factory.mktemp("good"), FEW_DAYS).run()


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
        ("UPDATE stamp SET recorded_at = recorded_at + 60 WHERE kind = 'released'", "never said"),
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
        ("UPDATE claim SET place = 10000000200 WHERE place < 20000000000", "claim one place at once"),
        ("DELETE FROM alarm_answer", "answers to alarms: not those that were sent"),
        ("UPDATE alarm_answer SET since = since + 1", "answers to alarms: not those that were sent"),
        ("UPDATE visit SET state = 'booked' WHERE state = 'missed'", "did not take place"),
        # What was asked before the dose.
        ("UPDATE stamp SET reason = ' ' WHERE reason <> ''", "dose without a reason past"),
        ("UPDATE stamp SET warned = '[]'", "and what was said is []"),
        ("DELETE FROM stamp WHERE kind = 'asked'", "dose without a reason past ['dose-not-asked']"),
        ("UPDATE stamp SET answers = replace(answers, 'food', 'soup')", "a reason past ['dose-not-asked']"),
        ("UPDATE stamp SET answers = replace(answers, 'false', 'null')", "'dose-listed', 'dose-pregnancy'"),
        ("UPDATE stamp SET answers = replace(answers, 'false', 'true')", "'dose-listed', 'dose-pregnant'"),
        (
            "UPDATE stamp SET answers = replace(answers, '-16T', '-17T')",
            "dose without a reason past ['dose-f",
        ),
    ],
)
def test_the_judge_sees_what_was_spoilt(statement: str, says: str, month: Month) -> None:
    assert complaints(month) == []
    assert says in spoilt(month, statement)


def with_alarms(month: Month, changed: dict[Heard, set[Heard]]) -> str:
    """What the judge says where each of these alarms had been heard as others, or not at all."""
    looks = [_heard_as(look, changed) for look in month.looks]
    return "\n".join(complaints(replace(month, looks=looks)))


def _heard_as(look: Look, changed: dict[Heard, set[Heard]]) -> Look:
    return replace(look, alarms=frozenset(it for one in look.alarms for it in changed.get(one, {one})))


def test_the_judge_sees_an_alarm_that_was_not_there_or_not_as_it_was(good: Month) -> None:
    there = {one.kind: one for look in good.looks for one in look.alarms}
    assert {"40-minute pressure", "pressure", "emergency pressure"} <= set(there)
    for one in there.values():
        assert "no alarm: " in with_alarms(good, {one: set()})
        for other in (replace(one, level=one.level % 5 + 1), replace(one, answered=not one.answered)):
            assert "an invented alarm: " in with_alarms(good, {one: {other}})


def test_the_judge_sees_an_alarm_that_nothing_had_led_to(good: Month) -> None:
    (look, *others) = good.looks
    invented = Heard("prescriber to be told", 1, None, look.at, 5, answered=False)
    more = replace(look, alarms=look.alarms | {invented})
    said = complaints(replace(good, looks=[more, *others]))
    assert ["an invented alarm: prescriber to be told of visit 1" in one for one in said] == [True]
