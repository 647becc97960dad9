"""The folder of the paper: real files, ours alone are touched, and a file is whole or not there."""

import os
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from clinic_desktop.foundation.clock import SystemClock, computer_time
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.ui.fail_safe.folder import (
    KEPT,
    PAPER_FOLDER,
    Kept,
    chosen_for,
    clear,
    clinic_folder,
    folder_of,
    for_day,
    keep,
    kept_there,
    needed_now,
    own_folder,
)
from clinic_desktop.ui.settings_store import SettingsStore

DAY = date(2026, 11, 16)
MADE = datetime(2026, 11, 13, 23, 30, tzinfo=UTC)


@pytest.fixture
def folder() -> Path:
    return own_folder()


def test_a_day_is_a_file_without_a_name_in_it_that_its_owner_alone_reads(folder: Path) -> None:
    one = keep(folder, DAY, b"pages", MADE)
    assert one.file == folder / "tomorrow-2026-11-16.pdf"
    assert one.file.read_bytes() == b"pages"
    assert stat.S_IMODE(one.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0
    assert [path.name for path in folder.iterdir()] == [one.file.name]


def test_it_is_found_again_with_the_moment_at_which_it_was_made(folder: Path) -> None:
    keep(folder, DAY, b"old", MADE - timedelta(hours=9))
    keep(folder, DAY, b"new", MADE)
    assert kept_there(folder) == [Kept(DAY, folder / "tomorrow-2026-11-16.pdf", MADE)]


def test_the_last_fourteen_stay_and_what_is_not_ours_is_left_alone(folder: Path) -> None:
    for number in range(KEPT + 3):
        keep(folder, DAY + timedelta(days=number), b"pages", MADE)
    strangers = [folder / "tomorrow-notes.pdf", folder / "tomorrow-2020-99-99.pdf", folder / "letter.pdf"]
    for one in strangers:
        one.write_text("mine")
    assert clear(folder) == 3
    left = kept_there(folder)
    assert len(left) == KEPT
    assert left[0].day == DAY + timedelta(days=3)
    assert all(one.exists() for one in strangers)


def test_the_paper_for_today_else_the_next_day_else_the_last_one(tmp_path: Path) -> None:
    friday, monday = (Kept(day, tmp_path, MADE) for day in (DAY - timedelta(days=3), DAY))
    assert for_day([friday, monday], friday.day) is friday
    assert for_day([friday, monday], DAY - timedelta(days=1)) is monday
    assert for_day([friday, monday], DAY + timedelta(days=5)) is monday
    assert for_day([], DAY) is None


def test_a_chosen_folder_that_is_gone_is_not_made_anew_and_it_is_said(tmp_path: Path) -> None:
    gone = tmp_path / "drive" / "paper"
    with pytest.raises(EnvironmentFailure, match=r"is not there\. Connect its drive, or choose another"):
        keep(gone, DAY, b"pages", MADE)
    assert not gone.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser writes everywhere")
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(EnvironmentFailure, match="could not be written"):
            keep(tmp_path, DAY, b"pages", MADE)
    finally:
        tmp_path.chmod(0o700)


def test_a_full_disk_leaves_the_paper_of_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(folder, DAY, b"old", MADE)

    def full(_part: Path, _file: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(EnvironmentFailure, match="No space left on device"):
        keep(folder, DAY, b"new", MADE)
    assert [one.name for one in folder.iterdir()] == ["tomorrow-2026-11-16.pdf"]
    assert (folder / "tomorrow-2026-11-16.pdf").read_bytes() == b"old"


def test_each_computer_chooses_its_folder_and_the_demo_has_its_own(tmp_path: Path) -> None:
    preferences = SettingsStore(tmp_path / "window.ini")
    assert folder_of(preferences) == own_folder()
    preferences.set(PAPER_FOLDER, str(tmp_path / "usb"))
    assert folder_of(preferences) == tmp_path / "usb"
    assert folder_of(preferences, demo=True) == tmp_path / "usb" / "demo"


def test_each_clinic_on_a_computer_has_a_folder_of_its_own(tmp_path: Path) -> None:
    preferences = SettingsStore(tmp_path / "window.ini")
    north, south = clinic_folder("/data/north.sqlite"), clinic_folder("/data/south.sqlite")
    assert north.startswith("north-")
    assert len({north, south, clinic_folder("/other/north.sqlite")}) == 3
    assert folder_of(preferences, north) == own_folder() / north
    for name, data in ((north, b"north"), (south, b"south")):
        keep(folder_of(preferences, name), DAY, data, MADE)
    (one,) = kept_there(folder_of(preferences, north))
    assert one.file.read_bytes() == b"north"
    preferences.set(chosen_for(north), str(tmp_path / "usb"))
    assert folder_of(preferences, north) == tmp_path / "usb"
    assert folder_of(preferences, south) == own_folder() / south


def test_a_server_is_known_by_its_place_and_tells_no_password() -> None:
    named = clinic_folder("postgresql://desk:secret@db.example:5432/clinic")
    assert named.startswith("clinic-")
    assert named == clinic_folder("postgresql://other@db.example:5432/clinic")
    assert named != clinic_folder("postgresql://desk@db.example:5432/south")
    assert clinic_folder("") == ""


def test_a_folder_that_was_chosen_for_all_has_one_for_each_clinic(tmp_path: Path) -> None:
    """A drive that is away is still said, and not made anew."""
    preferences = SettingsStore(tmp_path / "window.ini")
    preferences.set(PAPER_FOLDER, str(tmp_path / "usb"))
    folder = folder_of(preferences, clinic_folder("/data/north.sqlite"))
    assert folder.parent == tmp_path / "usb"
    with pytest.raises(EnvironmentFailure, match="is not there"):
        keep(folder, DAY, b"pages", MADE)
    (tmp_path / "usb").mkdir()
    assert keep(folder, DAY, b"pages", MADE).file.parent == folder


def test_what_was_kept_before_each_had_its_own_is_found_and_goes_in_time() -> None:
    today = computer_time(SystemClock().now()).day
    folder = own_folder() / clinic_folder("/data/north.sqlite")
    for days in (-KEPT - 1, -KEPT, 0):
        keep(own_folder(), today + timedelta(days=days), b"shared", MADE)
    old = needed_now(folder)
    assert old is not None
    assert (old.day, old.file.parent) == (today, own_folder())
    keep(folder, today, b"own", MADE)
    found = needed_now(folder)
    assert found is not None
    assert found.file.parent == folder
    assert clear(folder, today) == 1
    assert [one.day for one in kept_there(own_folder())] == [today - timedelta(days=KEPT), today]
    assert len(kept_there(folder)) == 1
