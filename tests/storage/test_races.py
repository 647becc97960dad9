"""Desks that want the same thing at the same moment: one has it, the others are told by whom it is taken.

The benchmark races more processes for more rounds; here are enough that a gap would show.
"""

import pytest

from benchmarks import race_clinic
from benchmarks.race_kinds import KINDS
from benchmarks.racing import PROTOCOLS, Plan, races
from clinic_desktop.storage import check
from tests.storage import postgres
from tests.storage.blind_race import Blind, Lying

ROUNDS = 5


def raced(where, clients: int, first: int) -> None:
    plans: list[Plan] = []
    for kind in KINDS:
        for protocol in PROTOCOLS:
            plans.append((kind, protocol, range(first, first + ROUNDS)))
            first += ROUNDS
    for result in races(where, clients, plans):
        assert result.passed, result
    assert check.findings(where) == []


@pytest.mark.parametrize("clients", [2, 8])
def test_r1_in_a_file(tmp_path, clients):
    race_clinic.make(tmp_path / "clinic.db")
    raced(tmp_path / "clinic.db", clients, 0)


@pytest.mark.parametrize("clients", [2, 8])
def test_r1_on_a_server(postgres_server, clients):
    name = postgres_server.database()
    race_clinic.make(postgres_server.address(name, postgres.OWNER))
    raced(postgres_server.address(name, postgres.DESK), clients, 0)
    postgres_server.drop(name)


def test_a_race_that_is_lost_shows(tmp_path):
    """The referee must see a double booking: here everybody looks and then writes past the claims."""
    race_clinic.make(tmp_path / "clinic.db")
    (result,) = races(tmp_path / "clinic.db", 2, [(Blind(), "stale", range(3))])
    assert not result.passed
    assert (result.rounds_double, result.surplus, result.lied) == (3, 3, 0)
    (result,) = races(tmp_path / "clinic.db", 2, [(Lying(), "stale", range(8, 11))])
    assert (result.zero, result.lied) == (3, 6)
