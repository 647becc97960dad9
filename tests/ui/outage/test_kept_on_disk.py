"""What becomes of kept entries on the disk: told once, tried once, put before somebody at another
address and saved there by nobody but them."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clinic_desktop.foundation.errors import ServerAway
from clinic_desktop.foundation.trouble import Trouble
from clinic_desktop.security.sealed_files import Journal, new_key
from clinic_desktop.start.kept_here import help_for
from clinic_desktop.storage.store import open_store
from clinic_desktop.storage.trouble import trouble_of
from clinic_desktop.treatment.kept_entries import KeptEntry, Outcome, as_bytes, kept_entry
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui.outage.kept_on_disk import KeptOnDisk, how_many_kept
from tests.small_clinic import SmallClinic, build, instant
from tests.treatment.stays import LOT, K, Stay, booked

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


@pytest.fixture
def trial(clinic: SmallClinic, tmp_path: Path) -> Iterator[SmallClinic]:
    """A backup of it that was restored elsewhere: the clinic's key lies in the database, and so in that."""
    booked(clinic).at(10)
    made = build(tmp_path / "trial")
    booked(made).at(10)
    with closing(made.store):
        yield made


def at(tmp_path: Path, address: str) -> KeptOnDisk:
    return KeptOnDisk(tmp_path / "kept" / address, KEY)


def said(disk: KeptOnDisk) -> list[tuple[str, bool]]:
    """What lies there to be looked at, why, and whether it may be on record already."""
    return [(one.not_saved or "", one.another) for one in disk.there()[0] if one is not None]


def looked(disk: KeptOnDisk) -> None:
    disk.strike_out([one for one in disk.there()[0] if one is not None])


def test_what_was_kept_on_a_copy_for_a_trial_reaches_the_clinic_only_by_somebodys_hand(
    clinic: SmallClinic, trial: SmallClinic, tmp_path: Path
) -> None:
    on_trial, real = at(tmp_path, "trial-1"), at(tmp_path, "clinic-1")
    stay = Stay(clinic, 1)
    for words in ("asks for water", "asks for her sister"):
        on_trial.add(note(Stay(trial, 1), words))
    assert opened(real, clinic) == [Outcome.NOT_SAVED] * 2
    assert stay.stamps(K.NOTE) == []
    assert all("trial-1" in why and may_be_there for why, may_be_there in said(real))
    looked(real)
    assert opened(real, clinic) == []  # once, and it is not asked of each start


def test_what_was_kept_in_the_clinic_stays_to_be_seen_to_there_after_a_copy_was_looked_at(
    clinic: SmallClinic, trial: SmallClinic, tmp_path: Path
) -> None:
    real, on_trial = at(tmp_path, "clinic-1"), at(tmp_path, "trial-1")
    real.add(note(Stay(clinic, 1), "asks for water"))
    assert opened(on_trial, trial) == [Outcome.NOT_SAVED]
    looked(on_trial)
    assert Stay(trial, 1).stamps(K.NOTE) == []
    ((why, may_be_there),) = said(real)
    assert "trial-1" in why
    assert may_be_there
    looked(real)
    assert (said(real), said(on_trial)) == ([], [])


def test_what_was_recorded_by_hand_under_one_address_is_not_saved_under_the_other(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    """The clinic's server is called otherwise: a device that was recorded by hand is no second one later."""
    stay = booked(clinic).prepared().at(10, 20)
    before, now = at(tmp_path, "clinic-1"), at(tmp_path, "clinic-2")
    device = Stamp(kind=K.DOSE, lot=LOT, at=instant(10, 10) + timedelta(seconds=40))
    known = stay.stamps()
    before.add(kept_entry(clinic.nurse, stay.visit_id, [device], instant(10, 11), known=known))
    assert opened(now, clinic) == [Outcome.NOT_SAVED]
    stay.device(at=instant(10, 10))  # by hand, and the program ends before anybody has said so
    assert opened(before, clinic) == [Outcome.NOT_SAVED]
    assert opened(now, clinic) == [Outcome.NOT_SAVED]
    assert len(stay.stamps(K.DOSE)) == 1
    looked(now)
    looked(before)
    assert (said(now), said(before)) == ([], [])


def test_a_third_address_is_told_once_too_and_each_only_once(clinic: SmallClinic, tmp_path: Path) -> None:
    stay = booked(clinic).at(10)
    first, second, third = (at(tmp_path, name) for name in ("a-1", "b-1", "c-1"))
    first.add(note(stay, "asks for water"))
    for disk in (second, third, first, second):
        assert len(said(disk)) == 1
    for disk in (second, third):
        looked(disk)
    assert [len(said(disk)) for disk in (first, second, third)] == [1, 0, 0]


def test_what_could_not_be_brought_whole_is_not_saved_and_is_brought_with_the_next_start(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stay = booked(clinic).at(10)
    before, now = at(tmp_path, "clinic-1"), at(tmp_path, "clinic-2")
    before.add(note(stay, "asks for water"))
    with monkeypatch.context() as full:
        full.setattr(Journal, "add", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
        assert said(now) == []
    assert opened(before, clinic) == [Outcome.NOT_SAVED]
    assert len(said(now)) == 1
    assert stay.stamps(K.NOTE) == []


def test_what_another_version_kept_at_another_address_stays_there(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    """Brought along unread, a later version would save it here."""
    before, now = at(tmp_path, "clinic-1"), at(tmp_path, "clinic-2")
    strange = as_bytes(note(booked(clinic), "asks for water")).replace(b'"note"', b'"of another version"')
    Journal(tmp_path / "kept" / "clinic-1" / "kept entries", KEY, "kept entries").add(strange)
    assert now.there()[0] == []
    assert before.there()[0] == [None]


def test_what_another_program_has_settled_is_not_saved_again(clinic: SmallClinic, tmp_path: Path) -> None:
    """Both have read them; one was saved there, the other was not, and was looked at and recorded by hand."""
    stay = booked(clinic).at(9, 45)
    disk = at(tmp_path, "clinic-1")
    early, lost = note(stay, "asks for water"), note(stay, "asks for her sister")
    early = replace(early, stamps=tuple(replace(one, at=instant(9, 40)) for one in early.stamps))
    for one in (early, lost):
        disk.add(one)
    done, _ = disk.give_back(clinic.store, [early, lost])  # the time of the second is yet to come
    assert [one.outcome for one in done] == [Outcome.SAVED, Outcome.NOT_SAVED]
    disk.strike_out([one.entry for one in done])
    stay.at(10).says(Stamp(kind=K.NOTE, note="asks for her sister", at=instant(9, 49)))
    again, _ = disk.give_back(clinic.store, [early, lost])
    assert [one.outcome for one in again] == [Outcome.THERE, Outcome.NOT_SAVED]
    assert again[1].entry.another
    assert "Another window" in (again[1].entry.not_saved or "")
    assert len(stay.stamps(K.NOTE)) == 2
    assert disk.there()[0] == []


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


def test_what_lies_here_is_counted_before_anybody_can_open_it(clinic: SmallClinic, tmp_path: Path) -> None:
    folder = tmp_path / "kept" / "a"
    assert how_many_kept(folder) == 0
    stay = booked(clinic)
    for words in ("asks for water", "asks for her sister"):
        KeptOnDisk(folder, KEY).add(note(stay, words))
    assert how_many_kept(folder) == 2
    assert help_for("postgresql://db.clinic.lan/clinic", tmp_path, folder).records == 2


def test_a_clinic_that_is_only_opened_is_not_said_not_to_have_been_saved() -> None:
    with pytest.raises(ServerAway) as away:
        open_store("postgresql://clinic_desk@127.0.0.1:1/clinic?connect_timeout=2")
    assert "Nothing was saved" not in str(away.value)
    assert trouble_of(away.value) is Trouble.AWAY
