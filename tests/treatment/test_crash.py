"""A desk killed between a dose and its stamp: the dose is on record with all that follows from it, or not at
all, and the next desk goes on from there.
"""

import random
from pathlib import Path

from clinic_desktop.storage import check
from clinic_desktop.treatment.model import RemsForm, Stamp
from tests.small_clinic import SmallClinic, at_home, build
from tests.storage.killed_desk import INSIDE, ended_after, started
from tests.treatment.killed_nurse import NURSE, spray_until_killed
from tests.treatment.stays import K, Stay, booked

SHOWN, MOST = 6, 96  # a computer that is busy, or quick, is seldom killed in the middle of writing
STATES = {0: "in room", 1: "dosing", 2: "monitoring"}


def test_a_dose_is_on_record_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    clinic = build(tmp_path / "ready")
    assert clinic.nurse == NURSE
    ready = booked(clinic).prepared()
    clinic.store.close()
    file = (tmp_path / "ready" / "clinic.sqlite").read_bytes()
    chance = random.Random(SHOWN)  # noqa: S311 - a moment, not a secret
    inside = 0
    for turn in range(MOST):
        where = tmp_path / f"{turn}.sqlite"
        where.write_bytes(file)
        desk, pipe = started(where, ready.visit_id, spray_until_killed)
        told = ended_after(chance.randint(1, 60), desk, pipe, desk.kill)  # SIGKILL: it has no say
        inside += told[-1:] in INSIDE
        next_desk(at_home(clinic, where), ready.visit_id, told)
        assert check.findings(where) == []
        where.unlink()
        if inside == SHOWN:
            break
    assert inside == SHOWN


def next_desk(clinic: SmallClinic, visit_id: int, told: str) -> None:
    """What stands there is whole; what was said to be recorded is; and it goes on from there."""
    stay = Stay(clinic, visit_id)
    given, done = len(stay.stamps(K.DOSE)), told.count("D")
    assert min(done, 2) <= given <= min(done + (told[-1:] == "C"), 2)
    assert (stay.visit.devices, stay.state) == (given, STATES[given])
    with clinic.store.read() as records:
        assert len(records.find(RemsForm, visit_id=visit_id)) == (given > 0)
    for minute in (10, 20)[given:]:
        assert stay.at(10, minute).refused(Stamp(kind=K.DOSE, lot="12K345")) == []
    assert (stay.visit.devices, stay.state) == (2, "monitoring")
    clinic.store.close()
