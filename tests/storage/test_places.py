"""Many desks fill a clinic at once: no place twice, nothing lost that was said to be booked, no half course.

``python3 run.py soak races`` does it with 2,000 places.
"""

from dataclasses import replace

from benchmarks import race_clinic
from tests.soak.places import judged, raced
from tests.storage import postgres

PLACES = 90


def test_eight_desks_fill_a_file(tmp_path):
    where = tmp_path / "clinic.db"
    race_clinic.make(where)
    outcome = raced(where, PLACES, processes=2, threads=4)
    assert outcome.wrong == []
    assert outcome.told.taken  # they got in each other's way
    assert outcome.told.courses
    # And whoever was told what is not so is heard of.
    told = outcome.told
    lied = replace(told, visits=[*told.visits[1:], 10**6], courses=[*told.courses, told.courses[0]])
    assert judged(where, PLACES + 1, lied) == [
        f"{PLACES} of {PLACES + 1} places are booked",
        "visit: 1 lost",
        "visit: 1 stored unsaid",
        "course: 1 told twice",
    ]


def test_thirty_two_desks_fill_a_server(postgres_server):
    name = postgres_server.database()
    race_clinic.make(postgres_server.address(name, postgres.OWNER))
    outcome = raced(postgres_server.address(name, postgres.DESK), PLACES, processes=4, threads=8)
    assert outcome.wrong == []
    assert outcome.told.taken
    postgres_server.drop(name)
