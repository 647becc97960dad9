"""A day of the demo clinic goes through the gates like any other: nothing in it went past a rule."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clinic_desktop.demo.clinic import DemoClinic
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.treatment.model import Incident, Stamp, StampKind

NOW = datetime(2026, 11, 18, 17, 30, tzinfo=UTC)  # a Wednesday, 11:30 in Chicago


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[SqlStore]:
    made = open_store(tmp_path / "demo.sqlite", clock, make=True)
    yield made
    made.close()


def test_patients_of_a_demo_day_are_released_with_everything_that_a_release_asks_for(
    store: SqlStore, clock: FixedClock
) -> None:
    demo = DemoClinic(store, clock, NOW)
    demo.found()
    for days in (1, 2):
        demo.make_day(demo.today - timedelta(days=days))
    with store.read() as records:
        stamps, incidents = records.find(Stamp), records.find(Incident)
        modalities = records.setup().modalities
    assert sum(one.kind is StampKind.RELEASED for one in stamps) > 5
    assert {one.codes for one in incidents} == {("left before release",)}  # yesterday's rare end
    assert all(one.limits.are_set for one in modalities)
