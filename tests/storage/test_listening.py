"""Whoever waits for changes is woken by each commit of anybody, on both databases, and by nothing else."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.people.model import Patient
from clinic_desktop.storage import listening
from clinic_desktop.storage.store import open_store


def wrote(store):
    with store.write(PROGRAM) as unit:
        unit.add(Patient(given_name="Amara", family_name="Okafor"))
        return unit.commit().number


@pytest.fixture
def listener(any_store):
    made = any_store.listener()
    made.open()
    yield made
    made.stop()
    made.close()


@pytest.fixture
def short_proof(monkeypatch):
    monkeypatch.setattr(listening, "PROOF", 0.02)


def test_a_commit_wakes_and_the_feed_has_it(any_store, listener):
    number = any_store.change_number()
    assert wrote(any_store) > number
    assert listener.wait()
    assert any_store.changes_since(number).kinds == {"patient"}


def test_another_process_is_heard_while_this_one_waits(any_store, listener):
    other = open_store(any_store.where)
    with ThreadPoolExecutor(1) as pool:
        woken = pool.submit(listener.wait)
        wrote(other)
        assert woken.result(10)
    other.close()


@pytest.mark.usefixtures("short_proof")
def test_a_silent_line_proves_that_it_lives(listener):
    assert listener.wait()


def test_the_end_comes_from_another_thread_and_stays(listener):
    threading.Timer(0.01, listener.stop).start()
    assert not listener.wait()
    assert not listener.pause(60)
    assert not listener.wait()


def test_a_line_that_was_cut_is_told_and_another_hears_again(postgres_server, postgres_store):
    listener = postgres_store.listener()
    listener.open()
    with postgres_server.connect("postgres", "admin") as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = %s",
            [f"LISTEN {listening.NOTIFY_CHANNEL}"],
        )
    with pytest.raises(EnvironmentFailure, match="does not answer"):
        listener.wait()
    listener.open()
    wrote(postgres_store)
    assert listener.wait()
    listener.close()


def test_a_line_that_no_longer_answers_is_told(postgres_store, monkeypatch):
    """Cut without a word: the proof is asked for, and nothing comes."""
    monkeypatch.setattr(listening, "PROOF", 0.01)
    monkeypatch.setattr(listening, "_PATIENCE", 0.01)
    listener = postgres_store.listener()
    listener.open()
    sleeping = listener._sleep
    monkeypatch.setattr(listener, "_sleep", lambda seconds, _other: (sleeping(seconds)[0], False))
    with pytest.raises(EnvironmentFailure, match="does not answer"):
        listener.wait()
    listener.close()
