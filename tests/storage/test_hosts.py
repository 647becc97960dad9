"""An address may name the clinic's server and the one that takes over."""

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.people.model import Patient
from clinic_desktop.storage.engine import _keywords, server_url
from clinic_desktop.storage.hosts import several_hosts
from clinic_desktop.storage.store import open_store


def told(address):
    keywords = _keywords(server_url(address))
    return {name: keywords.get(name) for name in ("host", "port", "user", "dbname", "target_session_attrs")}


@pytest.mark.parametrize(
    ("address", "host", "port", "user"),
    [
        ("postgresql://desk@a,b/clinic", "a,b", None, "desk"),
        ("postgresql://desk@a:5432,b:5433/clinic", "a,b", "5432,5433", "desk"),
        ("postgresql://a:5432,b/clinic?sslmode=require", "a,b", "5432,", None),
        ("postgresql://desk@[::1]:5432,[fe80::2]:5433/clinic", "::1,fe80::2", "5432,5433", "desk"),
        ("postgresql://desk@/clinic?host=a,b&port=5432,5433", "a,b", "5432,5433", "desk"),
        ("postgresql://desk@/clinic?host=a:1&host=b:2", "a,b", "1,2", "desk"),
    ],
)
def test_of_several_servers_the_one_that_can_be_written_is_taken(address, host, port, user):
    found = told(address)
    assert (found["host"], found["user"], found["dbname"]) == (host, user, "clinic")
    assert found["target_session_attrs"] == "read-write"
    assert (found["port"] or "").strip(",") == (port or "").strip(",")


def test_what_the_address_says_itself_counts():
    assert told("postgresql://a,b/clinic?target_session_attrs=primary")["target_session_attrs"] == "primary"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://desk@server:5432/clinic",
        "postgresql://desk@/clinic?host=/run/a",
        "postgresql://,/c",
        "a",
    ],
)
def test_one_server_stays_as_it_is_written(address):
    assert several_hosts(address) == address


def test_a_password_among_several_servers_is_refused():
    with pytest.raises(EnvironmentFailure, match="PGPASSWORD"):
        open_store("postgresql://maria:secret@a:5432,b:5433/clinic")


def test_where_the_first_is_gone_the_next_serves_engine_reads_and_listener(
    postgres_server, clinic_database, tmp_path
):
    alone = postgres_server.address(clinic_database, "desk_1")
    store = open_store(alone.replace("?host=", f"?host={tmp_path},"))
    listener = store.listener()
    listener.open()
    with store.write(PROGRAM) as unit:
        unit.add(Patient(given_name="Amara", family_name="Okafor"))
        unit.commit()
    assert listener.wait()
    assert store.change_number() > 0
    listener.close()
    store.close()
