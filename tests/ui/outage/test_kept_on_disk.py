"""What becomes of kept entries on the disk: told once, tried once, brought along without being taken away."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.security.sealed_files import new_key
from clinic_desktop.treatment.kept_entries import KeptEntry, Outcome, kept_entry
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui.outage.kept_on_disk import KeptOnDisk
from tests.small_clinic import SmallClinic, build, instant
from tests.treatment.stays import K, Stay, booked

KEY = new_key()


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = build(tmp_path / "clinic")
    with closing(made.store):
        yield made


def note(stay: Stay, words: str) -> KeptEntry:
    stamp = Stamp(kind=K.NOTE, note=words)
    return kept_entry(stay.clinic.nurse, stay.visit_id, [stamp], instant(9, 50), visit=stay.visit)


def opened(disk: KeptOnDisk, clinic: SmallClinic) -> list[Outcome]:
    """As a program that is started there: what becomes of what lies there."""
    found = [one for one in disk.there()[0] if one is not None]
    return [one.outcome for one in disk.give_back(clinic.store, found)[0]]


def test_a_copy_for_a_trial_takes_nothing_away_from_the_clinic(clinic: SmallClinic, tmp_path: Path) -> None:
    """The clinic's key lies in the database, and so in a backup of it that is restored elsewhere."""
    stay = booked(clinic).at(10)
    trial = build(tmp_path / "trial")
    booked(trial).at(10)
    here, there = KeptOnDisk(tmp_path / "kept" / "a", KEY), KeptOnDisk(tmp_path / "kept" / "b", KEY)
    here.add(note(stay, "asks for water"))
    with closing(trial.store):
        assert opened(there, trial) == [Outcome.SAVED]
        assert opened(there, trial) == []  # once, and it is not asked of each start
    assert opened(here, clinic) == [Outcome.SAVED]
    assert [one.note for one in stay.stamps(K.NOTE)] == ["asks for water"]
    assert here.there()[0] == []


def test_a_clinic_that_is_opened_by_another_address_saves_it_once(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    stay = booked(clinic).at(10)
    before, now = KeptOnDisk(tmp_path / "kept" / "a", KEY), KeptOnDisk(tmp_path / "kept" / "b", KEY)
    lost = replace(note(stay, "asks for her sister"), visit_id=9999)
    for one in (note(stay, "asks for water"), lost):
        before.add(one)
    assert opened(now, clinic) == [Outcome.SAVED, Outcome.NOT_SAVED]
    now.strike_out([one for one in now.there()[0] if one is not None])  # somebody has looked
    assert opened(now, clinic) == []
    assert opened(before, clinic) == [Outcome.THERE, Outcome.NOT_SAVED]
    assert opened(now, clinic) == []  # also now that it is known there that it was not saved
    assert len(stay.stamps(K.NOTE)) == 1


def test_what_another_program_was_told_is_not_saved_is_not_tried_again(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    """Both have read it; the first was told, and somebody has recorded it by hand since."""
    stay = booked(clinic).at(9, 45)
    disk, entry = KeptOnDisk(tmp_path / "kept" / "a", KEY), note(stay, "asks for water")
    disk.add(entry)
    ((first,), _) = disk.give_back(clinic.store, [entry])  # its time is yet to come
    assert first.outcome is Outcome.NOT_SAVED
    stay.at(10)
    ((second,), _) = disk.give_back(clinic.store, [entry])
    assert (second.outcome, second.entry) == (Outcome.NOT_SAVED, first.entry)
    assert first.entry.not_saved
    assert stay.stamps(K.NOTE) == []
    disk.strike_out([second.entry])
    assert disk.there()[0] == []
