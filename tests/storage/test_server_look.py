"""A look at a place on a server says of each step how it came out, and what to do."""

import socket

import pytest

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.server_place import Found, ServerPlace
from clinic_desktop.security import server_password
from clinic_desktop.storage import server_look
from clinic_desktop.storage.engine import as_user, connector
from clinic_desktop.storage.server_look import look_at, make_desk_name
from clinic_desktop.storage.store import open_store
from tests.storage import postgres


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch):
    monkeypatch.setattr(server_password, "has_keyring", lambda: False)


@pytest.fixture
def place(postgres_server: postgres.Server):
    """A database of the owner's with nothing in it."""
    name = postgres_server.database()
    yield lambda user: ServerPlace(str(postgres_server.folder), "5432", name, user)
    postgres_server.drop(name)


def test_an_address_is_written_for_each_kind_of_host():
    assert ServerPlace("db", "5433", "our clinic", "a@b").address == "postgresql://a%40b@db:5433/our%20clinic"
    assert ServerPlace("::1", user="desk").address == "postgresql://desk@[::1]:5432/clinic"
    two = ServerPlace("one, two", "5432,5433", user="desk", root="/etc/root.crt").address
    assert two == (
        "postgresql://desk@/clinic?sslmode=verify-full&sslrootcert=%2Fetc%2Froot.crt"
        "&host=one%2Ctwo&port=5432%2C5433"
    )


def test_who_may_do_what_is_told(place):
    assert look_at(place(postgres.OWNER)).found is Found.EMPTY
    locked = look_at(place(postgres.DESK))
    assert (locked.found, locked.failed is None) == (Found.LOCKED, False)
    assert "CREATE ROLE clinic_owner LOGIN;" in locked.sql
    store = open_store(place(postgres.OWNER).address, make=True)
    assert store.may_do_too_much()
    store.close()
    store = open_store(place(postgres.DESK).address)
    assert not store.may_do_too_much()
    store.close()
    owned, desk = look_at(place(postgres.OWNER)), look_at(place(postgres.DESK))
    assert (owned.found, owned.steps[-1].doubtful) == (Found.OWNED, True)
    assert look_at(place("admin")).steps[-1].words == server_look.ALL_WORDS
    assert (desk.found, desk.failed) == (Found.CLINIC, None)
    stranger = look_at(place(postgres.STRANGER))
    assert (stranger.found, stranger.sql) == (Found.FOREIGN, "GRANT clinic_app TO stranger;")


def test_what_does_not_work_is_told_at_its_step(place, monkeypatch):
    def unknown(*_):
        raise socket.gaierror

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and it does not listen
        refused = look_at(ServerPlace("127.0.0.1", str(taken.getsockname()[1]), user="desk"))
    assert (refused.failed.step, refused.found) == (server_look.REACHED, Found.NOTHING)
    assert "no PostgreSQL answers at this port" in refused.failed.words
    monkeypatch.setattr(socket, "create_connection", unknown)
    named = look_at(ServerPlace("no-such-server", user="desk"))
    assert (named.failed.step, len(named.steps)) == (server_look.NAME, 1)
    there = place("nobody_here")
    wrong = look_at(there)
    assert wrong.failed.step == server_look.SIGNED_IN
    none = look_at(ServerPlace(there.host, there.port, "no_such_database", postgres.OWNER))
    assert "no database of this name" in none.failed.words
    assert "CREATE DATABASE" in none.sql


def test_the_owner_makes_a_name_for_the_desks(place, postgres_server):
    owner = place(postgres.OWNER)
    open_store(owner.address, make=True).close()
    name, typed = make_desk_name(owner.address)
    with postgres_server.connect("postgres", "admin") as admin:
        ((kept,),) = admin.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname = 'clinic_desk'"
        ).fetchall()
    assert kept.startswith("SCRAM-SHA-256$")
    assert typed not in kept
    assert make_desk_name(owner.address)[1] != typed  # a new one each time
    assert look_at(place(name)).found is Found.CLINIC
    connector(as_user(owner.address, name))().close()
    with pytest.raises(EnvironmentFailure, match="CREATE ROLE clinic_desk LOGIN IN ROLE clinic_app;"):
        make_desk_name(place(postgres.DESK).address)
