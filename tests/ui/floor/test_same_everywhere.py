"""Another program, in another zone, reads the same file and says the same of every room."""

import os
import subprocess
import sys
from pathlib import Path

from clinic_desktop.foundation.clock import instant_minute
from tests.small_clinic import SmallClinic
from tests.treatment.stays import K, booked
from tests.ui.floor.tiles_elsewhere import told

ROOT = Path(__file__).parents[3]


def elsewhere(path: Path, minute: int, zone: str) -> tuple[str, list[str]]:
    """The process's own zone, and what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.floor.tiles_elsewhere", str(path), str(minute)],
        env=os.environ | {"TZ": zone, "PYTHONUTF8": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    own, *lines = done.stdout.splitlines()
    return own, lines


def test_another_process_in_another_zone_says_the_same_of_every_room(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    reed, hall = clinic.double("Reed").id, clinic.double("Hall").id
    amara = booked(clinic)
    left = booked(clinic, "IVM", 540, patient_id=reed)
    late = booked(clinic, "IVM", 600, patient_id=hall, nurse_id=clinic.tunde.id,
                  room_id=clinic.rooms["Infusion 2"].id)  # fmt: skip
    left.at(9).is_(K.ARRIVED)
    left.is_(K.IN_ROOM)
    amara.prepared()
    late.prepared().at(10, 15).is_(K.INFUSION_START, dose=35.0, unit="mg")
    amara.at(10, 20).device()
    amara.at(10, 25).device()
    left.at(10, 27).is_(K.NOT_TREATED, note="pressure")
    minute = instant_minute(clinic.clock.at) + 4
    here = told(clinic.store, minute)
    clinic.store.close()
    own, there = elsewhere(tmp_path / "clinic.sqlite", minute, "Asia/Tokyo")
    if sys.platform != "win32":  # which knows no zone by its name in TZ
        assert own == "JST"
    assert there == here
    assert any("Turnover, ready again" in one for one in here)
    assert any("min late" in one for one in here)
    assert any("left" in one and "Okafor" in one for one in here)
