"""A nurse's desk that records a session until it is killed."""

import os
from pathlib import Path

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.storage.store import open_store
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.recording import record
from tests.small_clinic import instant
from tests.storage.killed_desk import tell_steps
from tests.treatment.stays import LOT, K

NURSE = Actor(1, frozenset({Role.NURSE}), "floor")


def spray_until_killed(where: Path | str, visit_id: int, told: int) -> None:
    """Two devices of a visit, and the pressure after them; markers go to ``told``."""
    clock = FixedClock(instant(10, 10))
    store = open_store(where, clock)
    tell_steps(store.engine, told)
    device = Stamp(kind=K.DOSE, lot=LOT)
    pressure = Stamp(kind=K.VITALS, systolic=124, diastolic=78, oxygen=98, pulse=70)
    for minute, stamp in ((10, device), (15, device), (50, pressure)):
        clock.at = instant(10, minute)
        record(store, NURSE, visit_id, [stamp])
        os.write(told, b"D")
