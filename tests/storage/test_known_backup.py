"""Nobody works in a backup: it is refused as the clinic and can be looked at."""

import shutil
from contextlib import closing
from datetime import UTC, datetime

import pytest

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import EnvironmentFailure, StoreRefused
from clinic_desktop.foundation.trouble import Trouble
from clinic_desktop.security.key_slots import new_slots
from clinic_desktop.storage.backing_up import back_up, back_up_to
from clinic_desktop.storage.backup_folder import facts_of, hash_of, side_file
from clinic_desktop.storage.known_backup import made_at
from clinic_desktop.storage.looking import open_to_look
from clinic_desktop.storage.moving import move
from clinic_desktop.storage.sealing import seal
from clinic_desktop.storage.store import open_store
from clinic_desktop.storage.trouble import trouble_of


@pytest.fixture(autouse=True)
def _own_settings(tmp_path, monkeypatch):
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tmp_path / "home"))


def _refused(file):
    with pytest.raises(StoreRefused, match="is a backup of ") as refused:
        open_store(file)
    assert trouble_of(refused.value) is Trouble.BACKUP


def test_a_backup_is_not_opened_to_work_in_and_stays_as_it_was_written(file_clinic, tmp_path):
    dated = back_up(file_clinic.store).file
    named = back_up_to(file_clinic.store, tmp_path / "monday.sqlite").file  # known by what stands beside it
    alone = tmp_path / dated.name  # carried off without its facts: known by its name
    shutil.copy(dated, alone)
    link = tmp_path / "clinic-of-ours.sqlite"
    link.symlink_to(named)
    for file in (dated, named, alone, link):
        before = hash_of(file)
        _refused(file)
        with closing(open_to_look(file)) as store:
            with store.read() as records:
                assert records.setup().clinic.name
            with pytest.raises(EnvironmentFailure, match="a backup, open to look at only"):
                store.write(PROGRAM)
        assert hash_of(file) == before
    assert facts_of(dated).sha256 == hash_of(dated)


def test_a_backup_is_neither_encrypted_nor_moved_away(file_clinic):
    backup = back_up(file_clinic.store).file
    before = hash_of(backup)
    with pytest.raises(StoreRefused, match="is a backup of "):
        seal(backup, bytes(32), new_slots())
    with pytest.raises(StoreRefused, match="is a backup of "):
        move(backup, "postgresql://clinic@127.0.0.1:1/clinic", PROGRAM, file_clinic.clock.now())
    assert hash_of(backup) == before


def test_a_file_of_another_name_without_facts_is_a_clinic(file_clinic, tmp_path):
    moved = tmp_path / "clinic of before.sqlite"
    shutil.copy(back_up(file_clinic.store).file, moved)
    assert made_at(moved) is None
    open_store(moved).close()


def test_a_name_tells_when_it_was_made(tmp_path):
    names = (
        "clinic-backup-2026-11-30-120000-0600.sqlite",
        "clinic-backup-before-0007-2026-11-30-120000-0600.sqlite",
    )
    for name in names:
        assert made_at(tmp_path / name) == datetime(2026, 11, 30, 18, tzinfo=UTC)
        assert not side_file(tmp_path / name).exists()
    for name in ("clinic-backup-2026-13-30-120000-0600.sqlite", "clinic-backup-of-ours.sqlite", "c.sqlite"):
        assert made_at(tmp_path / name) is None
