"""A clinic in a file, asked from the command line."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from clinic_desktop.__main__ import main
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.small_clinic import SmallClinic, build, instant

K = StampKind


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object; a second one, or a word beside it, is a failure."""
        answer = json.loads(self.out)
        assert isinstance(answer, dict)
        return answer


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the program in this process; every argument is turned to text."""

    def call(*arguments: object) -> Said:
        try:
            status = main([str(one) for one in arguments])
        except SystemExit as left:
            status = int(str(left.code))
        out, err = capsys.readouterr()
        return Said(status, out, err)

    return call


@dataclass(frozen=True, slots=True)
class OnFile:
    """The small clinic's Monday: an infusion from 10 to 10:55, a consultation, a cancelled visit."""

    path: Path
    infused: Visit
    waiting: Visit


@pytest.fixture(scope="session")
def kept_monday(tmp_path_factory: pytest.TempPathFactory) -> OnFile:
    folder = tmp_path_factory.mktemp("monday")
    clinic = build(folder)
    infused = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    again = clinic.wish("SP56", 13 * 60)
    waiting = book(clinic.store, clinic.prescriber, again, "one after the other").visits[0]
    book(clinic.store, clinic.desk, clinic.wish("CON", 9 * 60, patient_id=clinic.noah.id))
    _infuse(clinic, infused.id)
    clinic.store.close()
    return OnFile(folder / "clinic.sqlite", infused, waiting)


def _infuse(clinic: SmallClinic, visit_id: int) -> None:
    clinic.clock.at = instant(11, 45)
    stamps = [
        Stamp(kind=K.ARRIVED, at=instant(9, 50)),
        Stamp(kind=K.IN_ROOM, at=instant(10)),
        Stamp(kind=K.VITALS, at=instant(10, 5), systolic=120, diastolic=80, oxygen=98),
        Stamp(kind=K.INFUSION_START, at=instant(10, 15), dose=35, unit="mg"),
        Stamp(kind=K.INFUSION_STOP, at=instant(10, 55)),
        Stamp(kind=K.DRIVER_SEEN, at=instant(11, 40), person="Bea Marsh"),
        Stamp(kind=K.LEFT_EARLY, at=instant(11, 44), note="did not want to wait"),
    ]
    record(clinic.store, clinic.nurse, visit_id, stamps, happened=True)


@pytest.fixture
def monday(kept_monday: OnFile, tmp_path: Path) -> OnFile:
    """A copy to work on."""
    path = Path(shutil.copy(kept_monday.path, tmp_path / "clinic.sqlite"))
    return OnFile(path, kept_monday.infused, kept_monday.waiting)


@pytest.fixture
def opened(monday: OnFile) -> Iterator[SqlStore]:
    """To look at what a command has done."""
    store = open_store(monday.path, FixedClock(instant(12)))
    yield store
    store.close()
