"""The folder of the paper: real files, ours alone are touched, and a file is whole or not there."""

import os
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.ui.fail_safe.folder import (
    KEPT,
    PAPER_FOLDER,
    Kept,
    clear,
    folder_of,
    for_day,
    keep,
    kept_there,
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

    def full(_part: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
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
