"""A desk killed at any moment of its work: all of it is there, or none, and what was acknowledged is there.

20 kills are here; ``python3 run.py soak kills`` does 200.
"""

import random

import pytest

from benchmarks import race_clinic
from clinic_desktop.storage import check
from tests.storage import postgres
from tests.storage.killed_desk import INSIDE, ended_after, started
from tests.storage.killed_kinds import KINDS, courses_there, killed, within

TIMES, MOST = 4, 24  # a computer that is quick is seldom killed in the middle of writing


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_kills_on_a_file(tmp_path, kind):
    _, inside = killed(kind(tmp_path), TIMES, shown=1, most=MOST)
    assert inside


def test_kills_on_a_server(postgres_server):
    name = postgres_server.database()
    race_clinic.make(postgres_server.address(name, postgres.OWNER))
    where, number, inside = postgres_server.address(name, postgres.DESK), 0, 0
    chance = random.Random(12)  # noqa: S311 - a moment, not a secret
    for _ in range(12):
        desk, pipe = started(where, number)
        told = ended_after(chance.randint(1, 40), desk, pipe, desk.kill)
        there = courses_there(where)
        within(number + told.count("D"), there, told)
        inside += told[-1:] in INSIDE
        number = there
    assert check.findings(where) == []
    assert inside >= 3
    assert number > 6  # it was at work all the time
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
