"""A server's backup into a database without a clinic, and none over the old copy of one that was moved."""

from contextlib import closing

import psycopg
import pytest

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.scheduling.booking import book
from clinic_desktop.storage import against_backups, check, moved
from clinic_desktop.storage.backing_up import back_up
from clinic_desktop.storage.restoring import look_into, restore
from clinic_desktop.storage.revisions import CURRENT
from clinic_desktop.storage.store import open_store
from tests.storage.conftest import as_owner
from tests.storage.postgres import DESK, OWNER


@pytest.fixture(autouse=True)
def _own_settings(tmp_path, monkeypatch):
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tmp_path / "home"))


def test_a_new_database_takes_a_backup(server_clinic, postgres_server):
    book(server_clinic.store, server_clinic.desk, server_clinic.wish())
    made = back_up(server_clinic.store)
    name = postgres_server.database()
    try:
        owner = postgres_server.address(name, OWNER)
        seen = look_into(made.file, owner)
        assert (seen.sound, seen.now, seen.lost) == (True, None, None)
        restore(owner, made.file)
        desk = postgres_server.address(name, DESK)
        assert check.findings(desk) == []
        assert against_backups.findings(desk) == []
        with closing(open_store(desk)) as store, store.read() as records:
            assert records.rows("SELECT count(*) FROM visit") == [(1,)]
    finally:
        postgres_server.drop(name)


def test_the_old_copy_on_a_server_is_left_alone(server_clinic):
    where = server_clinic.store.where
    made = back_up(server_clinic.store)
    server_clinic.store.close()
    gone = moved.Gone(CURRENT, "t", "2026-11-16", "/srv/clinic.sqlite")
    with psycopg.connect(as_owner(where)) as line:
        line.execute("UPDATE alembic_version SET version_num = %s", [str(gone)])
    for tried in (lambda: look_into(made.file, as_owner(where)), lambda: restore(as_owner(where), made.file)):
        with pytest.raises(StoreRefused, match="take-back"):
            tried()
    with psycopg.connect(as_owner(where)) as line:
        assert line.execute("SELECT version_num FROM alembic_version").fetchone() == (str(gone),)
