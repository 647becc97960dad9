"""Many desks fill one clinic at once, with visits and whole courses mixed, until no place is left.

A place is an hour of one room. Each desk looks which of the next places are free, and goes for one of
them: one visit, or a course that also takes the same hour two and four days later. What they were told is
afterwards held against what is stored.
"""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from benchmarks.race_clinic import ACTOR, CLOCK, RaceClinic
from clinic_desktop.foundation.errors import Conflict
from clinic_desktop.scheduling.booking import Booked, Wish, book
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.storage import check
from clinic_desktop.storage.store import open_store

_FIRST = date(2027, 6, 7)
_A_DAY, _LATER = 8, (0, 16, 32)  # places of a day; of a course, counted from its first
_NEXT = 6  # so few places are gone for that most desks want what another wants, too
_PATIENCE = 900  # seconds


@dataclass
class Told:
    """What the desks were told: visits and courses by their numbers, refusals, and what nobody should see."""

    visits: list[int] = field(default_factory=list)
    courses: list[int] = field(default_factory=list)
    taken: int = 0
    strange: list[str] = field(default_factory=list)


@dataclass
class Outcome:
    """A race: who was told what, what is wrong with it, and how long it took in seconds."""

    told: Told
    wrong: list[str]
    seconds: float

    def __str__(self) -> str:
        told = self.told
        return (
            f"{len(told.visits)} visits acknowledged, {len(told.courses)} courses among them, "
            f"{told.taken} times told that it is taken, {len(self.wrong)} wrong, {self.seconds:.0f} s"
        )


def raced(where: Path | str, places: int, processes: int, threads: int) -> Outcome:
    """Let ``processes`` times ``threads`` desks fill so many places of the race clinic, and judge it."""
    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    context.set_forkserver_preload([__name__])
    answers, ready = context.Queue(), context.Barrier(processes + 1)
    started = [
        context.Process(target=_process, args=(where, places, number * threads, threads, ready, answers))
        for number in range(processes)
    ]
    for one in started:
        one.start()
    told = Told()
    try:
        ready.wait(_PATIENCE)
        began = time.perf_counter()
        for _ in started:
            one = answers.get(timeout=_PATIENCE)
            told.visits += one.visits
            told.courses += one.courses
            told.taken += one.taken
            told.strange += one.strange
        seconds = time.perf_counter() - began
        for process in started:
            process.join(_PATIENCE)
    finally:
        for process in started:
            process.terminate()
    return Outcome(told, judged(where, places, told), seconds)


def _process(
    where: Path | str, places: int, first: int, threads: int, ready: Barrier, answers: "Queue[Told]"
) -> None:
    clinic, told = RaceClinic(open_store(where, CLOCK)), Told()
    ready.wait(_PATIENCE)
    with ThreadPoolExecutor(threads) as desks:
        list(desks.map(lambda desk: _fill(clinic, places, desk, told), range(first, first + threads)))
    clinic.store.close()
    answers.put(told)


def _fill(clinic: RaceClinic, places: int, desk: int, told: Told) -> None:
    """One desk, with a patient of its own, until nothing is free. (Lists take appends of several threads.)"""
    chance, low = random.Random(desk), 0  # noqa: S311 - a choice, not a secret
    while low < places:
        try:
            free = _free(clinic, low, places)
            if not free:
                low = min(low + _window(), places)
                continue
            low = free[0]
            booked = _take(clinic, chance.choice(free[:_NEXT]), set(free), desk, chance.random() < 0.4)
        except Conflict:
            told.taken += 1
        except Exception as strange:  # whatever else a desk would see
            told.strange.append(repr(strange)[:300])
            if len(told.strange) > 50:
                return
        else:
            told.visits += [one.id for one in booked.visits]
            told.courses += {one.course_id for one in booked.visits if one.course_id}


def _window() -> int:
    return _LATER[-1] + 2 * _NEXT


def _free(clinic: RaceClinic, low: int, places: int) -> list[int]:
    wanted = range(low, min(low + _window(), places))
    with clinic.store.read() as records:
        there = records.visits_on(_when(wanted[0])[0], _when(wanted[-1])[0])
    taken = {(one.day, one.minute) for one in there}
    return [one for one in wanted if _when(one) not in taken]


def _when(place: int) -> tuple[date, int]:
    return _FIRST + timedelta(days=place // _A_DAY), (8 + place % _A_DAY) * 60


def _take(clinic: RaceClinic, place: int, free: set[int], desk: int, course: bool) -> Booked:
    whole = [place + later for later in _LATER]
    if not course or not free.issuperset(whole):
        return book(clinic.store, ACTOR, _wish(clinic, place, desk))
    wishes = [(number, _wish(clinic, one, desk)) for number, one in enumerate(whole, start=1)]
    if desk % 2:  # some begin with the day that others end with
        wishes.reverse()
    return book_course(clinic.store, ACTOR, CourseWish(clinic.setup.templates[0], wishes, beside=True))


def _wish(clinic: RaceClinic, place: int, desk: int) -> Wish:
    day, minute = _when(place)
    return clinic.wish("BENCH", day, minute, desk, clinic.rooms[0])


def judged(where: Path | str, places: int, told: Told) -> list[str]:
    """Everything that is not as it should be after a race."""
    store = open_store(where, CLOCK)
    with store.read() as records:
        visits, courses = records.find(Visit), records.find(Course)
    store.close()
    return [
        *told.strange,
        *_of_places(visits, places),
        *_unlike("visit", [one.id for one in visits], told.visits),
        *_unlike("course", [one.id for one in courses], told.courses),
        *_halves(visits, courses),
        *[f"check: {one}" for one in check.findings(where)],
    ]


def _of_places(visits: Sequence[Visit], places: int) -> list[str]:
    there = Counter((one.day, one.minute, one.room_id) for one in visits if one.state in LIVE)
    double = [f"{place} is booked {count} times" for place, count in there.items() if count > 1]
    return double + ([] if len(there) == places else [f"{len(there)} of {places} places are booked"])


def _unlike(kind: str, stored: Sequence[int], told: Sequence[int]) -> list[str]:
    lost, unsaid = set(told) - set(stored), set(stored) - set(told)
    twice = len(told) - len(set(told))
    return [
        f"{kind}: {count} {what}"
        for count, what in ((len(lost), "lost"), (len(unsaid), "stored unsaid"), (twice, "told twice"))
        if count
    ]


def _halves(visits: Sequence[Visit], courses: Sequence[Course]) -> list[str]:
    parts = Counter(one.course_id for one in visits if one.course_id)
    whole = len(_LATER)
    return [f"course {one.id} has {parts[one.id]} visits" for one in courses if parts[one.id] != whole]
