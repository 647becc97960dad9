"""The demo clinic shows a clinic at work: every state, full days, today on whatever weekday it is."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.demo import clinic as making
from clinic_desktop.demo.clinic import DemoClinic
from clinic_desktop.demo.hand import ZONE
from clinic_desktop.foundation.clock import FixedClock, WallTime, instant_at, to_utc_minute
from clinic_desktop.people.model import Absence, Order
from clinic_desktop.scheduling.model import Closure, Course, Visit
from clinic_desktop.scheduling.open_visits import stands
from clinic_desktop.scheduling.states import HERE, VisitState
from clinic_desktop.storage.check import findings
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.treatment.model import Incident

WEDNESDAY = date(2026, 11, 18)
WEEK = [date(2026, 11, 16) + timedelta(days=n) for n in range(7)]


def at(day: date, hour: int) -> datetime:
    return instant_at(to_utc_minute(WallTime(day, hour * 60), ZONE))


def begun(path: Path, now: datetime) -> tuple[SqlStore, DemoClinic]:
    clock = FixedClock(now)
    store = open_store(path, clock, make=True)
    maker = DemoClinic(store, clock, now)
    maker.found()
    return store, maker


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    """A Wednesday at two, with two weeks to both sides."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "SPAN", timedelta(days=15))
        store, maker = begun(tmp_path_factory.mktemp("demo") / "demo.sqlite", at(WEDNESDAY, 14))
        for day in maker.week_first():
            maker.make_day(day)
    yield store
    store.close()


def visits_of(store: SqlStore) -> list[Visit]:
    with store.read() as records:
        return records.visits_on(date(2026, 1, 1), date(2027, 12, 31))


def found(store: SqlStore, kind: type, **equal: object) -> list:
    with store.read() as records:
        return records.find(kind, **equal)


@pytest.mark.timeout(600)
def test_there_is_a_visit_in_every_state(made: SqlStore) -> None:
    visits = visits_of(made)
    assert {one.state for one in visits} == set(VisitState)
    assert any(one.displaced for one in visits)
    held = {word for one in visits for word in one.held_for if one.state is VisitState.HELD}
    assert held == {"driver", "clearance"}
    assert sum(one.state is VisitState.NOT_TREATED for one in visits) >= 2


def test_every_day_has_about_25_visits(made: SqlStore) -> None:
    (training,) = [one.from_day for one in found(made, Closure) if one.room_id is None]
    first, last = WEDNESDAY - timedelta(days=15), WEDNESDAY + timedelta(days=15)
    counts = Counter(one.day for one in visits_of(made) if first <= one.day <= last and one.day != training)
    assert {day.weekday() for day in counts} == set(range(5))
    assert all(22 <= count <= 30 for count in counts.values()), counts
    assert 24 <= sum(counts.values()) / len(counts) <= 27


def test_all_that_a_clinic_keeps_is_there(made: SqlStore) -> None:
    assert len(found(made, Absence)) == 4
    assert {one.room_id is None for one in found(made, Closure)} == {True, False}
    assert len(found(made, Order)) > 50
    assert len([one for one in found(made, Sheet) if one.handed_at]) > 50
    incidents = found(made, Incident)
    assert {one.closed_at is None for one in incidents} == {True, False}


def test_courses_follow_time_and_only_a_handful_wait_for_a_place(made: SqlStore) -> None:
    standing: dict[int, list[Visit]] = {}
    for one in visits_of(made):
        if one.course_id is not None and stands(one):
            standing.setdefault(one.course_id, []).append(one)
    for visits in standing.values():
        numbers = [one.course_no for one in sorted(visits, key=lambda one: one.start)]
        assert numbers == sorted(set(numbers))
    courses = found(made, Course)
    assert len(courses) > 50
    assert 1 <= sum(one.to_place > 0 for one in courses) <= 9


def test_check_finds_nothing(made: SqlStore) -> None:
    assert findings(Path(str(made.where))) == []


@pytest.mark.parametrize("today", WEEK, ids=lambda day: f"{day:%A}")
def test_there_is_a_live_day_on_every_weekday(tmp_path: Path, today: date) -> None:
    store, maker = begun(tmp_path / "demo.sqlite", at(today, 11))
    assert maker.week_first()[0] == today
    maker.make_day(today)
    with store.read() as records:
        visits, setup = records.visits_on(today, today), records.setup()
    store.close()
    assert today.weekday() in {one.weekday for one in setup.clinic.hours}
    assert 22 <= len(visits) <= 29
    assert sum(one.state in HERE for one in visits) >= 3
    assert any(one.state is VisitState.LEFT for one in visits)
    assert sum(one.state in (VisitState.BOOKED, VisitState.CONFIRMED) for one in visits) >= 5


@pytest.mark.parametrize("minutes", [0, 23 * 60 + 50], ids=["at midnight", "just before midnight"])
def test_somebody_may_look_in_at_any_hour(tmp_path: Path, minutes: int) -> None:
    store, maker = begun(tmp_path / "demo.sqlite", at(WEDNESDAY, 0) + timedelta(minutes=minutes))
    maker.make_day(WEDNESDAY)
    assert len(visits_of(store)) >= 20
    store.close()


def test_the_same_day_gives_the_same_clinic(tmp_path: Path) -> None:
    def rows(path: Path) -> list[tuple[object, ...]]:
        store, maker = begun(path, at(WEDNESDAY, 11))
        maker.make_day(WEDNESDAY)
        visits = visits_of(store)
        store.close()
        return [(one.patient_id, one.type_id, one.start, one.room_id, one.state) for one in visits]

    assert rows(tmp_path / "one.sqlite") == rows(tmp_path / "other.sqlite")
