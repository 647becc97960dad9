"""The floor that a desk keeps for a start without the server: the same floor, and nothing else."""

import os
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from clinic_desktop.foundation.clock import SystemClock, day_span
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure, ServerAway
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.model import ClaimKind
from clinic_desktop.storage import kept_copy
from clinic_desktop.storage.engine import open_engine
from clinic_desktop.storage.kept_copy import FILE, copy_day, open_copy
from clinic_desktop.treatment.calling import read_house
from clinic_desktop.ui.board.month_read import first_shown, read_month
from clinic_desktop.ui.board.reading import read_days
from clinic_desktop.ui.floor.reading import read_floor
from tests.small_clinic import MONDAY, SmallClinic, build, instant
from tests.treatment.stays import Stay, booked

KEY, OTHER = b"k" * 32, b"o" * 32


@pytest.fixture
def small(tmp_path: Path):
    made = build(tmp_path / "clinic")
    yield made
    made.store.close()


def a_floor(small: SmallClinic) -> Stay:
    """Amara is in her room."""
    stay = Stay(small, booked(small).visit_id)
    stay.sprayed()
    return stay


def test_the_copy_shows_the_same_floor(small: SmallClinic, tmp_path: Path) -> None:
    stay = a_floor(small)
    copy_day(small.store, tmp_path, KEY)
    copy = open_copy(tmp_path, KEY, small.clock)
    now = small.clock.now()
    there = read_floor(copy, MONDAY, now)
    assert there == read_floor(small.store, MONDAY, now)
    assert there.stay(stay.visit_id) is not None
    assert copy.made_at == now
    copy.close()


NOT_KEPT = "did not keep this day"


def test_a_day_that_is_not_in_it_never_looks_free(small: SmallClinic, tmp_path: Path) -> None:
    a_floor(small)
    copy_day(small.store, tmp_path, KEY)
    copy, now = open_copy(tmp_path, KEY, small.clock), small.clock.now()
    after, last = MONDAY + timedelta(days=8), MONDAY + timedelta(days=7)
    for other in (MONDAY - timedelta(days=1), after):
        first, end = sorted((other, MONDAY))
        asks: list[Callable[[], object]] = [
            partial(read_floor, copy, other, now),
            partial(read_days, copy, other, other),
            partial(read_days, copy, first, end),
            partial(read_month, copy, first_shown(other)),
        ]
        for ask in asks:
            with pytest.raises(EnvironmentFailure, match=NOT_KEPT):
                ask()
    places = [(ClaimKind.ROOM, one.id) for one in small.rooms.values()]
    with copy.read() as records:
        zone = records.setup().clinic.zone
        with pytest.raises(EnvironmentFailure, match=NOT_KEPT):
            records.taken(places, *day_span(after, zone))
        assert not any(records.taken(places, *day_span(last, zone)).values())
    assert read_days(copy, MONDAY, last)[MONDAY].visits
    copy.close()


def test_who_stays_past_midnight_is_watched_on_a_copy_that_was_made_after_it(
    small: SmallClinic, tmp_path: Path
) -> None:
    stay = a_floor(small)
    small.clock.at = instant(23, 59) + timedelta(minutes=30)
    copy_day(small.store, tmp_path, KEY)
    copy = open_copy(tmp_path, KEY, small.clock)
    with copy.read() as records:
        house = read_house(records, small.clock.now())
    assert [one.visit.id for one in house.cares] == [stay.visit_id]
    copy.close()


def test_it_is_renewed_whole_and_nothing_lies_beside_it(small: SmallClinic, tmp_path: Path) -> None:
    copy_day(small.store, tmp_path / "kept", KEY)
    small.clock.forward(30)
    a_floor(small)
    copy_day(small.store, tmp_path / "kept", KEY)
    copy = open_copy(tmp_path / "kept", KEY, small.clock)
    assert read_floor(copy, MONDAY, small.clock.now()).here
    copy.close()
    assert [one.name for one in (tmp_path / "kept").iterdir()] == [FILE]


def test_one_that_could_not_be_made_leaves_the_one_before(
    small: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_day(small.store, tmp_path / "kept", KEY)
    before = (tmp_path / "kept" / FILE).read_bytes()

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept_copy, "_write", full)
    with pytest.raises(ClinicProblem, match="No space left"):
        copy_day(small.store, tmp_path / "kept", KEY)
    assert [one.name for one in (tmp_path / "kept").iterdir()] == [FILE]
    assert (tmp_path / "kept" / FILE).read_bytes() == before


def test_two_programs_that_make_one_at_the_same_moment_leave_a_whole_one(
    small: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, other = kept_copy._write, [True]

    def meanwhile(*what: Any) -> None:
        if other and other.pop():
            copy_day(small.store, tmp_path / "kept", KEY)  # begun and ended while the first is being made
        write(*what)

    monkeypatch.setattr(kept_copy, "_write", meanwhile)
    copy_day(small.store, tmp_path / "kept", KEY)
    open_copy(tmp_path / "kept", KEY, small.clock).close()
    assert [one.name for one in (tmp_path / "kept").iterdir()] == [FILE]


def test_what_an_ended_program_left_of_one_goes_and_one_that_is_not_whole_is_told(
    small: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, being_made = tmp_path / ".floor-left", tmp_path / ".floor-now"
    for one in (left, being_made):
        one.mkdir()
        (one / FILE).write_bytes(b"half")
    os.utime(left, (0, 0))
    small.clock.at = SystemClock().now() + timedelta(days=2)  # the server's, and not that of this disk
    monkeypatch.setattr(kept_copy, "_write", lambda where, *_: open_engine(where).connect().close())
    copy_day(small.store, tmp_path, KEY)
    assert (left.exists(), being_made.exists()) == (False, True)
    with pytest.raises(ClinicProblem, match="damaged"):
        open_copy(tmp_path, KEY, small.clock)


def test_damage_of_the_copy_is_not_told_as_damage_of_the_clinic(small: SmallClinic, tmp_path: Path) -> None:
    copy_day(small.store, tmp_path, KEY)
    data = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(bytes(4096) + data[4096:])
    with pytest.raises(ClinicProblem, match="The floor that this computer kept is damaged"):
        open_copy(tmp_path, KEY, small.clock)


def test_nothing_is_written_there_and_nothing_read_with_another_key(
    small: SmallClinic, tmp_path: Path
) -> None:
    a_floor(small)
    copy_day(small.store, tmp_path, KEY)
    copy = open_copy(tmp_path, KEY, small.clock)
    with pytest.raises(ServerAway):
        copy.write(small.nurse)
    copy.close()
    assert b"Okafor" not in (tmp_path / FILE).read_bytes()
    with pytest.raises(ClinicProblem):
        open_copy(tmp_path, OTHER, small.clock)
    with pytest.raises(ClinicProblem, match="kept no floor"):
        open_copy(tmp_path / "elsewhere", KEY, small.clock)


def test_nobody_else_is_in_it_and_no_password(small: SmallClinic, tmp_path: Path) -> None:
    a_floor(small)
    stranger = small.double("Elsewhere")
    copy_day(small.store, tmp_path, KEY)
    copy = open_copy(tmp_path, KEY, small.clock)
    with copy.read() as records:
        people = {one.id for one in records.find(Patient)}
        hidden = [records.rows(f"SELECT count(*) FROM {name}")[0][0] for name in kept_copy._NEVER]
    assert small.amara.id in people
    assert stranger.id not in people
    assert not any(hidden)
    copy.close()


def test_a_copy_of_another_version_is_refused(
    small: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_day(small.store, tmp_path, KEY)
    monkeypatch.setattr(kept_copy, "CURRENT", "r9999")
    with pytest.raises(ClinicProblem, match="another version"):
        open_copy(tmp_path, KEY, small.clock)


def test_who_comes_after_the_weekend_is_in_it(small: SmallClinic, tmp_path: Path) -> None:
    booked(small)
    small.clock.at -= timedelta(days=3)
    copy_day(small.store, tmp_path, KEY)
    copy = open_copy(tmp_path, KEY, small.clock)
    small.clock.at += timedelta(days=3)
    assert read_floor(copy, MONDAY, small.clock.now()).coming
    copy.close()
