"""The Room usage place in the real window, on a clinic of rooms whose Monday is over."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.ui import operations
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.usage.place import UsagePlace, usage_spec
from tests.reports.clinic import EVENING, RoomsOnly

MANAGER = Actor(1, frozenset({Role.MANAGER}), "office")
NINE, TEN, ELEVEN, NOON, ONE, TWO = (hour * 60 for hour in (9, 10, 11, 12, 13, 14))


@dataclass
class Stage:
    """Room A: a visit that ran 12 minutes over, turnover of 18, one on time, a no-show; room B is empty."""

    clinic: RoomsOnly
    desk: Desk
    shell: Shell
    place: UsagePlace
    calm: Callable[[], None]


@pytest.fixture
def clinic(sqlite_store: SqlStore, clinic_clock: FixedClock) -> RoomsOnly:
    made = RoomsOnly(sqlite_store)
    clinic_clock.at = made.moment(EVENING)
    people = {"nurse_id": made.nurse.id, "prescriber_id": made.prescriber.id}
    made.went(NINE, 60, (NINE + 5, TEN + 12), **people)
    made.went(TEN + 30, 60, (TEN + 30, ELEVEN + 30), **people)
    made.went(ONE, 60, state=VisitState.MISSED)
    made.went(TWO, 60, state=VisitState.CANCELLED, end_late=True)
    return made


@pytest.fixture
def stage(clinic: RoomsOnly, qtbot: QtBot) -> Iterator[Stage]:
    def calm() -> None:
        qtbot.waitUntil(lambda: not operations.running_count())

    with clinic.store.read() as records:
        desk = Desk(clinic.store, MANAGER, clinic.store.clock, records.setup())
    shell = Shell([usage_spec(desk)])
    desk.setParent(shell)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    place = shell.go("usage")
    assert isinstance(place, UsagePlace)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    calm()
    place.focus_work()
    yield Stage(clinic, desk, shell, place, calm)
    calm()
