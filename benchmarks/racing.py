"""Races: many processes want the same thing at one moment, through the program's own use cases.

Two protocols. "call": everybody waits at a barrier, then looks and acts. "stale": everybody looks, waits,
then acts on what they saw (desks with the same screen open). What the store holds afterwards is counted by
somebody else. Each kind says how many may win; the others must be told so in a typed way.
"""

import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Protocol

from benchmarks.race_clinic import CLOCK, RaceClinic
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.storage.store import open_store

PROTOCOLS = ("call", "stale")
_PATIENCE = 300  # seconds until a race that hangs is given up
_FIRST_DAY = date(2027, 9, 6)


class Kind(Protocol):
    """One thing to race for. ``spot`` numbers the rounds of a clinic; every round has its own."""

    name: str

    def winners(self, racers: int) -> int: ...

    def prepare(self, clinic: RaceClinic, spots: Sequence[int], racers: int) -> None: ...

    def look(self, clinic: RaceClinic, spot: int, racer: int) -> object: ...

    def act(self, clinic: RaceClinic, spot: int, racer: int, seen: object) -> None:
        """Returns when the program says it is done; raises its refusal."""
        ...

    def well_told(self, clinic: RaceClinic, spot: int, refusal: ClinicProblem) -> str:
        """What is wrong with a refusal; empty when it is typed and says what it should."""
        ...

    def stored(self, clinic: RaceClinic, spot: int) -> int: ...


@dataclass
class Result:
    """One race. zero: rounds with fewer winners than there could be. Lengths in milliseconds."""

    kind: str
    protocol: str
    clients: int
    rounds: int
    rounds_double: int = 0
    surplus: int = 0
    zero: int = 0
    lied: int = 0
    errors: list[str] = field(default_factory=list)
    median_ms: float = 0.0
    p99_ms: float = 0.0

    @property
    def passed(self) -> bool:
        return not (self.rounds_double or self.surplus or self.zero or self.lied or self.errors)


def day_of(spot: int) -> date:
    """Every eighth round begins a new day."""
    return _FIRST_DAY + timedelta(days=spot // 8)


def minute_of(spot: int) -> int:
    return (8 + spot % 8) * 60


Plan = tuple[Kind, str, Sequence[int]]  # what, by which protocol, on which spots (no other race uses them)


def races(where: Path | str, clients: int, plans: Sequence[Plan]) -> list[Result]:
    """Run races one after the other with the same processes."""
    clinic = RaceClinic(open_store(where, CLOCK))
    for kind, _, spots in plans:
        kind.prepare(clinic, spots, clients)
    results = [
        _judged(clinic, plan, Result(plan[0].name, plan[1], clients, len(plan[2])), told)
        for plan, told in zip(plans, _run(where, clients, plans), strict=True)
    ]
    clinic.store.close()
    return results


Told = tuple[list[float], int, list[str]]


def _run(where: Path | str, clients: int, plans: Sequence[Plan]) -> list[list[Told]]:
    """What every process tells of each race; a race that nobody ends is given up."""
    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver") if forks else multiprocessing.get_context("spawn")
    context.set_forkserver_preload([__name__, "benchmarks.race_kinds"])
    barrier, answers = context.Barrier(clients), context.Queue()
    processes = [
        context.Process(target=_racer, args=(where, racer, plans, barrier, answers))
        for racer in range(clients)
    ]
    for process in processes:
        process.start()
    try:
        by_plan: list[list[Told]] = [[] for _ in plans]
        for _ in range(len(plans) * clients):
            number, told = answers.get(timeout=_PATIENCE)
            by_plan[number].append(told)
        return by_plan
    finally:
        for process in processes:
            process.join(_PATIENCE if all(len(told) == clients for told in by_plan) else 0)
            process.terminate()


def _racer(
    where: Path | str, racer: int, plans: Sequence[Plan], barrier: Barrier, answers: "Queue[tuple[int, Told]]"
) -> None:
    clinic = RaceClinic(open_store(where, CLOCK))
    clinic.warm_up()
    for number, plan in enumerate(plans):
        answers.put((number, _raced(clinic, racer, plan, barrier)))
    clinic.store.close()


def _raced(clinic: RaceClinic, racer: int, plan: Plan, barrier: Barrier) -> Told:
    kind, protocol, spots = plan
    lengths, won, errors = [], 0, []
    for spot in spots:
        seen = kind.look(clinic, spot, racer) if protocol == "stale" else None
        barrier.wait(_PATIENCE)
        began = time.perf_counter()
        try:
            seen = kind.look(clinic, spot, racer) if protocol == "call" else seen
            kind.act(clinic, spot, racer, seen)
            won += 1
        except ClinicProblem as refusal:
            lengths.append(time.perf_counter() - began)
            errors += [wrong] if (wrong := kind.well_told(clinic, spot, refusal)) else []
        except Exception as failure:  # a race shows every failure there is
            errors.append(repr(failure)[:200])
        else:
            lengths.append(time.perf_counter() - began)
        barrier.wait(_PATIENCE)
    return lengths[1:] or lengths, won, errors  # the first round warms up


def _judged(clinic: RaceClinic, plan: Plan, result: Result, told: Sequence[Told]) -> Result:
    kind, _, spots = plan
    may, stored = kind.winners(result.clients), [kind.stored(clinic, spot) for spot in spots]
    lengths = sorted(length for one in told for length in one[0])
    result.rounds_double = sum(count > may for count in stored)
    result.surplus = sum(max(0, count - may) for count in stored)
    result.zero = sum(count < may for count in stored)
    result.lied = sum(one[1] for one in told) - sum(stored)
    result.errors = [error for one in told for error in one[2]]
    if lengths:
        result.median_ms = round(lengths[len(lengths) // 2] * 1000, 2)
        result.p99_ms = round(lengths[int(0.99 * (len(lengths) - 1))] * 1000, 1)
    return result
