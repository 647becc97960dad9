"""Two computers of one clinic at once, from outside, by accessible names: a place that both want, changes
that are seen without a key, a lock, and a server that goes and comes back.

Each is a program of its own with its own home folder, screen and bus. What both want is pressed while the
test holds the database for a moment: neither can have it before the other has pressed too.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.foundation.clock import (
    FixedClock,
    SystemClock,
    WallTime,
    instant_at,
    local_time,
    to_utc_minute,
)
from clinic_desktop.people.model import Patient, Staff, UsualDriver
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Clinic, Visit
from clinic_desktop.storage.engine import Where
from clinic_desktop.storage.store import open_store
from clinic_desktop.treatment.model import Stamp, StampKind
from tests.every_case import EVERY_CASE
from tests.journeys.clinic_of_now import GRID, cleared, open_daily, zone_of_the_afternoon
from tests.journeys.outside import Seat, lacking, seats, timely
from tests.small_clinic import SmallClinic, build, filled
from tests.storage import postgres

pytestmark = timely

BEA = UsualDriver("Bea Marsh", "(217) 555-0142", "sister")
ROSA, MAYA = "Rosa Diaz", "Maya Jones"
AGO = 20  # minutes; when the visit of today began
POLL, PATIENCE = 0.02, 10.0  # seconds
HALF = "left ear only"


@dataclass(frozen=True)
class Today:
    """A clinic with one visit that is on now."""

    where: Where
    day: date
    visit_id: int

    @property
    def tomorrow(self) -> date:
        return self.day + timedelta(days=1)

    def visits_tomorrow(self) -> list[tuple[str, int]]:
        """Whose, and in which room."""
        with closing(open_store(self.where)) as store, store.read() as records:
            there = records.find(Visit, day=self.tomorrow)
            return [(records.get(Patient, one.patient_id).name, one.room_id or 0) for one in there]

    def stamps(self, kind: StampKind) -> list[Stamp]:
        with closing(open_store(self.where)) as store, store.read() as records:
            return [one for one in records.find(Stamp, visit_id=self.visit_id) if one.kind is kind]


def furnished(clinic: SmallClinic) -> Today:
    """Ortiz is there today; the others may come tomorrow. A screen locks as soon as a clinic may ask for."""
    now = SystemClock().now()
    zone = zone_of_the_afternoon(now)
    here = local_time(now, zone)
    clinic.store.clock = FixedClock(instant_at(to_utc_minute(WallTime(here.day, 7 * 60), zone)))
    open_daily(clinic, zone, here.day)
    with clinic.store.write(PROGRAM) as unit:
        unit.add(Staff(name=ROSA, initials="RD", roles=frozenset({Role.RECEPTIONIST})))
        (itself,) = unit.find(Clinic)
        unit.save(replace(itself, policies=replace(itself.policies, lock_minutes=1)))
        unit.commit()
    for given, family in (("Lena", "Brandt"), ("Karl", "Meyer"), ("Nora", "Said")):
        cleared(clinic, given, family, "iv", here.day, BEA)
    ana = cleared(clinic, "Ana", "Ortiz", "iv", here.day, BEA)
    minute = here.minute - here.minute % GRID - AGO
    made = book(clinic.store, clinic.desk, clinic.wish("IVM", minute, patient_id=ana, day=here.day))
    clinic.store.close()
    return Today(clinic.store.where, here.day, made.visits[0].id)


def at_once(*asked: tuple[Seat, str, tuple[str, ...]]) -> list[Any]:
    """Each does theirs while the others do; answers what each heard."""
    for seat, deed, words in asked:
        seat.ask(deed, *words)
    return [seat.answer() for seat, _, _ in asked]


def both(one: Seat, other: Seat, deed: str, *words: str) -> list[Any]:
    return at_once((one, deed, words), (other, deed, words))


Held = Callable[[], AbstractContextManager[Callable[[], bool]]]


def fight(today: Today, front: Seat, floor: Seat, held: Held) -> None:
    """The same room and time: one has it, the other hears who, and takes another. Each sees both at the end.

    held: holds the database; what it gives answers whether both wait for it.
    """
    at_work = at_once((front, "sign_in", (ROSA,)), (floor, "sign_in", (MAYA,)))
    assert at_work == [f"At work: {ROSA}", f"At work: {MAYA}"]
    assert both(front, floor, "board_of", f"{today.tomorrow:%m/%d/%Y}") == [[], []]
    when = f"{today.tomorrow:%m/%d} 10:00"
    wished = at_once(
        (front, "fill_in", ("brandt", when, "10:00 AM")), (floor, "fill_in", ("meyer", when, "10:00 AM"))
    )
    for one, name in zip(wished, ("Brandt, Lena", "Meyer, Karl"), strict=True):
        assert one.startswith(f"Book tomorrow, 10:00 AM for {name}. ")
        assert "Infusion 1" in one
    with held() as wait:
        both(front, floor, "press_book")
        for _ in range(round(PATIENCE / POLL)):
            if wait():
                break
            Event().wait(POLL)
        assert today.visits_tomorrow() == []
    outcomes = both(front, floor, "outcome")
    (winner,) = (n for n, one in enumerate(outcomes) if "booked" in one)
    people = ((front, ROSA, "Brandt, Lena"), (floor, MAYA, "Meyer, Karl"))
    (seat, who, first), (loser, _, second) = people[winner], people[1 - winner]
    lost = outcomes[1 - winner]
    assert lost["lost"].endswith("tomorrow at 10:00 AM was just taken")
    assert f"{who} booked {first} there." in lost["who"]
    assert second in lost["who"]
    assert len(lost["instead"]) >= 2
    booked, seen = at_once((loser, "take_the_first", ()), (seat, "sees", (first, second)))
    assert second in booked
    assert loser.do("sees", first, second)["rows"] == seen["rows"]
    assert sorted(name for name, _ in today.visits_tomorrow()) == ["Brandt, Lena", "Meyer, Karl"]


@contextmanager
def held_on_server(server: postgres.Server, database: str) -> Iterator[Callable[[], bool]]:
    with server.connect(database, "admin") as line, server.connect(database, "admin") as look:
        line.execute("BEGIN")
        line.execute("SELECT * FROM head FOR UPDATE")

        def wait() -> bool:
            asked = "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"
            ((waiting,),) = look.execute(asked).fetchall()
            return int(waiting) >= 2

        yield wait
        assert wait(), "they did not fight"
        line.execute("ROLLBACK")


@contextmanager
def held_in_file(file: Path) -> Iterator[Callable[[], bool]]:
    """Nobody can be seen to wait for a file: it is held for as long as two presses take to be heard."""
    with closing(sqlite3.connect(file, isolation_level=None)) as line:
        line.execute("BEGIN IMMEDIATE")
        turns = iter(range(round(1 / POLL)))
        yield lambda: next(turns, None) is None
        line.execute("ROLLBACK")


@pytest.mark.skipif(not EVERY_CASE, reason="the longer journey on a server begins alike")
def test_two_programs_on_one_file_want_the_same_place(tmp_path: Path) -> None:
    today = furnished(build(tmp_path))
    file = tmp_path / "clinic.sqlite"
    with seats(file, tmp_path / "homes") as (front, floor):
        fight(replace(today, where=file), front, floor, lambda: held_in_file(file))


@pytest.fixture
def server() -> Iterator[postgres.Server]:
    """One of its own: it is stopped."""
    if lacking():
        pytest.skip(f"not installed: {lacking()}")
    with suppress(postgres.NotInstalled), postgres.running() as one:
        yield one
        return
    pytest.skip("PostgreSQL's server programs are not installed")


def test_two_computers_of_a_clinic_on_a_server(server: postgres.Server, tmp_path: Path) -> None:
    database = server.database()
    open_store(server.address(database, postgres.OWNER), make=True).close()
    address = server.address(database, postgres.DESK)
    today = furnished(filled(open_store(address)))
    with seats(address, tmp_path / "homes") as (front, floor):
        fight(today, front, floor, lambda: held_on_server(server, database))
        floor.do("to_the_floor", "1", "Ortiz, Ana")
        floor.do("record", "a")
        front.do("fill_in", "said", f"{today.tomorrow:%m/%d} 14:00", "2:00 PM")
        front.do("note", HALF)
        if not EVERY_CASE:
            heard_of_the_lock(front.do("lock"))
            assert front.do("unlock") == HALF
        server.stop()
        both(front, floor, "is_away")
        floor.do("record", "v 124/78 70 98")
        assert floor.do("keeps").endswith("1 record kept on this computer")
        server.start()
        both(front, floor, "is_back")
        assert "1 kept record " in floor.do("has_given_back")
        (taken,) = today.stamps(StampKind.VITALS)
        assert (taken.systolic, taken.diastolic) == (124, 78)
        if EVERY_CASE:  # a minute without a key, by itself
            heard_of_the_lock(front.do("is_locked"))
            assert front.do("unlock") == HALF


def heard_of_the_lock(names: list[str]) -> None:
    """Nobody is named who comes here."""
    assert not [
        one for one in names if any(who in one for who in ("Okafor", "Brandt", "Meyer", "Ortiz", "Said"))
    ]
