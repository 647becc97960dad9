"""``soak inputs [N [FIRST]]``: 1,000,000 inputs to the use cases of the core: hostile, odd or out of date.

They go to the small clinic in a file, a fresh one after each 1,000, with a stay and visits in it. Nothing but
a problem that is told a person may come back; ``check`` finds nothing; and memory stays where it was.
"""

import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from inspect import signature
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from clinic_desktop.aftercare.approving import TextName
from clinic_desktop.aftercare.sheet_text import SheetText
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.scheduling.booking import book
from clinic_desktop.security import hashing
from clinic_desktop.storage import check
from clinic_desktop.storage.tables import RECORDS
from tests.quick_file import quick_store
from tests.security.use_cases import use_cases
from tests.small_clinic import MONDAY, SmallClinic, at, build, opened
from tests.soak.values import Values, hints_of, refused_by_its_type
from tests.treatment.stays import booked

INPUTS, A_WORLD = 1_000_000, 1000
GROWTH = 64 * 2**20  # bytes that a process may be larger at the end than after its first worlds
_WARM = 5  # worlds, until all that is kept once is there
_COSTLY = {
    "security.trail_checking.verify": 0.1,
    "security.trail_checking.found_now": 0.1,
    "people.import_patients.import_file": 0.3,
    "reports.usage.usage_for": 0.2,
}
# What a screen does not ask for, and what the program says to a programmer who does.
_CONTRACTS = {
    "scheduling.looking_booking.book_looked": "nothing to book yet",
    "aftercare.course_card.card_again": "'cards'",  # a paper of another kind
}


@dataclass
class World:
    """What came of the inputs to one clinic. asked, seen: use case -> how often it was called, and
    was not refused."""

    process: int
    memory: int = 0
    calls: int = 0
    refused: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)


def world(seed: int, inputs: int = A_WORLD) -> World:
    """One clinic and so many inputs to it."""
    hashing.set_cost(hashing.Cost(memory=32, passes=1))
    found = World(os.getpid())
    with TemporaryDirectory(prefix="inputs-") as folder:
        clinic = _clinic(Path(folder) / "clinic.sqlite")
        values = Values(seed)
        cases = sorted(use_cases().items())
        while found.calls < inputs:
            if found.calls % 100 == 0:
                _look(clinic, values)
            _call(clinic, values, *values.chance.choice(cases), found)
        clinic.store.close()
        clinic.store.engine.dispose()
        found.wrong.update(f"check: {one}" for one in check.findings(Path(folder) / "clinic.sqlite"))
    found.memory = _memory()
    return found


def _call(clinic: SmallClinic, values: Values, name: str, case: Any, found: World) -> None:
    if values.chance.random() > _COSTLY.get(name, 1):
        return
    try:
        given = values.arguments(case, _known(clinic, case, values))
        many = given.pop("lines", None)  # the one that takes any number
    except Exception as problem:
        if not refused_by_its_type(problem):
            raise
        return
    found.calls += 1
    found.asked[name] += 1
    if values.chance.random() < 0.02:
        clinic.clock.at += timedelta(minutes=values.chance.randrange(90))
    try:
        values.saw(case(given.pop("store"), given.pop("actor"), many) if many else case(**given))
        found.seen[name] += 1
    except ClinicProblem:
        found.refused += 1
    except Exception as failure:
        if str(failure) == _CONTRACTS.get(name):
            found.refused += 1
            return
        where = next(
            (
                one
                for one in reversed(traceback.extract_tb(failure.__traceback__))
                if "/clinic_desktop/" in one.filename
            ),
            None,
        )
        place = f"{where.filename.split('/clinic_desktop/')[-1]}:{where.lineno}" if where else "?"
        found.wrong[f"{name}: {type(failure).__name__} at {place}: {str(failure)[:90]!r}"] += 1


def _known(clinic: SmallClinic, case: Any, values: Values) -> dict[str, object]:
    """What is no input: the store, who asks, and the time, which is the program's own clock's."""
    now: object = clinic.store.clock.now()
    if hints_of(case).get("now") is int:
        now = instant_minute(clinic.store.clock.now())
    known = {"store": clinic.store, "actor": values.actor(), "now": now}
    return {name: one for name, one in known.items() if name in _names(case)}


@cache
def _names(case: Any) -> frozenset[str]:
    return frozenset(signature(case).parameters)


def _look(clinic: SmallClinic, values: Values) -> None:
    """What a screen would have in its hands."""
    with clinic.store.read() as records:
        for kind in RECORDS:
            values.saw(records.find(kind)[-12:])
        for text in records.find(SheetText)[-12:]:
            values.saw(TextName(text.kind, text.language, text.number, text.shipped))


def _clinic(path: Path) -> SmallClinic:
    model, file = _model()
    path.write_bytes(file)
    return opened(model, lambda clock: quick_store(path, clock))


@cache
def _model() -> tuple[SmallClinic, bytes]:
    with TemporaryDirectory() as folder:
        clinic = build(Path(folder))
        booked(clinic).sprayed()
        for day in range(1, 4):
            book(clinic.store, clinic.desk, clinic.wish(day=MONDAY + timedelta(days=day)))
        clinic.clock.at = at(MONDAY, 12)
        clinic.store.close()
        clinic.store.engine.dispose()
        return clinic, (Path(folder) / "clinic.sqlite").read_bytes()


def _memory() -> int:
    """What this process holds, in bytes; 0 where the system does not say it in this way."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def main(arguments: Sequence[str]) -> int:
    """The exit status: 0 without complaints, 1 with some, 2 for a wrong call. FIRST: where to go on."""
    try:
        inputs, first = ([int(one) for one in arguments] + [INPUTS, 0][len(arguments) :])[:2]
    except ValueError:
        sys.stderr.write("How many inputs? For example: python3 run.py soak inputs 50000\n")
        return 2
    worlds = range(first // A_WORLD, -(-(first + inputs) // A_WORLD))
    total, memory = World(0), dict[int, list[int]]()
    began = time.monotonic()
    with ProcessPoolExecutor(os.cpu_count()) as cores:
        for number, one in enumerate(cores.map(world, worlds), start=1):
            memory.setdefault(one.process, []).append(one.memory)
            total.calls += one.calls
            total.refused += one.refused
            total.asked += one.asked
            total.seen += one.seen
            for words in one.wrong.keys() - total.wrong.keys():
                sys.stdout.write(f"{words}\n")
            total.wrong += one.wrong
            if number % 10 == 0:
                sys.stdout.write(f"{total.calls} inputs, {time.monotonic() - began:.0f} s\n")
                sys.stdout.flush()
    grown = max((_grown(one) for one in memory.values()), default=0)
    sys.stdout.write(
        f"{total.calls} inputs to {len(total.asked)} of {len(use_cases())} use cases, "
        f"{len(total.seen)} of them took some: {total.refused} refused in words, "
        f"{sum(total.wrong.values())} wrong; memory grew by "
        f"{grown / 2**20:.0f} MB after the first {_WARM} clinics of a process\n"
    )
    for words, count in total.wrong.most_common():
        sys.stdout.write(f"{count} times {words}\n")
    return int(bool(total.wrong) or grown > GROWTH)


def _grown(sizes: Sequence[int]) -> int:
    return sizes[-1] - max(sizes[:_WARM])
