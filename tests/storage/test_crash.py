"""A desk killed at any moment of booking a course: all of the course is there, or none of it."""

import random
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import race_clinic
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.storage import check
from clinic_desktop.storage.store import open_store
from tests.storage import postgres
from tests.storage.killed_desk import INSIDE, VISITS, ended_after, started

TIMES, SHOWN = 50, 10


def courses_there(where: Path | str) -> int:
    """How many courses are stored, each of them whole."""
    store = open_store(where)
    with store.read() as records:
        courses = {one.id for one in records.find(Course)}
        visits = Counter(one.course_id for one in records.find(Visit))
    store.close()
    assert visits == dict.fromkeys(courses, VISITS)
    return len(courses)


def killed_again_and_again(where: Path | str, times: int) -> int:
    """How many of the kills were shown to have come inside a transaction."""
    chance = random.Random(times)  # noqa: S311 - a moment, not a secret
    inside, number = 0, 0
    for turn in range(times):
        desk, pipe = started(where, number)
        told = ended_after(chance.randint(1, 40), desk, pipe, desk.kill)  # SIGKILL: it has no say
        there = courses_there(where)
        acknowledged = number + told.count("D")
        # What was said to be booked is booked. Killed in the commit itself, it may be booked unsaid.
        assert acknowledged <= there <= acknowledged + (told[-1:] == "C")
        assert turn % 10 or check.findings(where) == []
        inside += told[-1:] in INSIDE
        number = there
    assert check.findings(where) == []
    assert number > times / 2  # it was at work all the time
    return inside


def test_fifty_kills_on_a_file(tmp_path):
    race_clinic.make(tmp_path / "clinic.db")
    assert killed_again_and_again(tmp_path / "clinic.db", TIMES) >= SHOWN


def test_kills_on_a_server(postgres_server):
    name = postgres_server.database()
    race_clinic.make(postgres_server.address(name, postgres.OWNER))
    where = postgres_server.address(name, postgres.DESK)
    assert killed_again_and_again(where, 12) >= 3
    postgres_server.drop(name)


@pytest.mark.parametrize("markers", [3, 9, 20])
def test_a_server_killed_in_the_middle(markers):
    """The power of the server goes while a desk books; it comes back with whole courses only."""
    try:
        postgres.programs()
    except postgres.NotInstalled as missing:
        pytest.skip(str(missing))
    with postgres.running(durable=True) as server:
        name = server.database()
        race_clinic.make(server.address(name, postgres.OWNER))
        where = server.address(name, postgres.DESK)
        desk, pipe = started(where, 0)
        told = ended_after(markers, desk, pipe, lambda: server.stop(at_once=True))
        server.start()
        there = courses_there(where)
        assert told.count("D") <= there <= told.count("D") + 1
        assert check.findings(where) == []
