# ruff: noqa: ARG002 - every kind is asked in the same form
"""Racers without rules: so that the referee of the races is seen to see."""

from benchmarks.race_clinic import ACTOR, RaceClinic
from benchmarks.race_kinds import Booking
from clinic_desktop.scheduling.booking import draft


class Blind(Booking):
    """Looks, then writes a visit past the claims, as other programs do."""

    def __init__(self) -> None:
        super().__init__("room", "BENCH")

    def act(self, clinic: RaceClinic, spot: int, racer: int, seen: object) -> None:
        with clinic.store.write(ACTOR) as unit:
            unit.add(draft(unit.setup(), self._wish(clinic, spot, racer)))
            unit.commit()


class Lying(Blind):
    """Says that it is booked, and is not."""

    def act(self, clinic: RaceClinic, spot: int, racer: int, seen: object) -> None:
        return
