"""What was acknowledged is on the disk: the system calls of a booking, in their order."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import race_clinic
from tests.shared_data import PROJECT
from tests.storage import postgres

BOOKING = """
import os, sys
from benchmarks.race_clinic import CLOCK, RaceClinic
from clinic_desktop.storage.store import open_store
from tests.storage.killed_desk import book
where = sys.argv[1]
clinic = RaceClinic(open_store(where, CLOCK))
book(clinic, 0)
os.write(1, b"BEFORE\\n")
book(clinic, 1)
os.write(1, b"ACKNOWLEDGED\\n")
"""
SYNC = re.compile(r"(fsync|fdatasync)\(")
WRITE = re.compile(r"(pwrite64|write|pwritev)\(")


@pytest.fixture
def strace() -> str:
    path = shutil.which("strace")
    if path is None:
        pytest.skip("strace is not installed")
    allowed = subprocess.run([path, "-o", "/dev/null", "true"], check=False, capture_output=True)
    if allowed.returncode:
        pytest.skip("strace is not allowed to trace here")
    return path


def between(lines: list[str], first: str, last: str) -> list[str]:
    start = next(n for n, line in enumerate(lines) if first in line)
    end = next(n for n, line in enumerate(lines) if last in line)
    return lines[start + 1 : end]


def test_a_file_is_synced_between_its_last_write_and_the_acknowledgement(tmp_path, strace):
    """
    pwrite64(clinic.db-wal) ...      the booking
    fdatasync(clinic.db-wal)         on the disk
    write(1, "ACKNOWLEDGED")         said
    """
    race_clinic.make(tmp_path / "clinic.db")
    trace = tmp_path / "trace.txt"
    calls = "trace=write,pwrite64,pwritev,fsync,fdatasync"
    command = [strace, "-f", "-y", "-s", "64", "-e", calls, "-o", str(trace)]
    subprocess.run(
        [*command, sys.executable, "-c", BOOKING, str(tmp_path / "clinic.db")],
        check=True,
        cwd=PROJECT,
        capture_output=True,
    )
    booked = between(trace.read_text().splitlines(), "BEFORE", "ACKNOWLEDGED")
    journal = [line for line in booked if "clinic.db-wal>" in line]
    last_write = max(n for n, line in enumerate(journal) if WRITE.search(line))
    assert any(SYNC.search(line) for line in journal[last_write:]), journal


def test_a_server_syncs_its_log_before_it_says_committed(tmp_path, strace):
    """
    pwrite64(pg_wal/...)             the booking
    fdatasync(pg_wal/...)            on the disk
    sendto(..., "COMMIT")            said
    """
    try:
        postgres.programs()
    except postgres.NotInstalled as missing:
        pytest.skip(str(missing))
    with postgres.running(durable=True) as server:
        name = server.database()
        address = server.address(name, postgres.OWNER)
        race_clinic.make(address)
        trace = tmp_path / "trace.txt"
        said = traced(strace, server.process_id, trace, address)
    assert "ACKNOWLEDGED" in said
    commits = committed(trace.read_text().splitlines())
    assert commits
    for calls in commits:
        last_write = max(n for n, line in enumerate(calls) if WRITE.search(line))
        assert any(SYNC.search(line) for line in calls[last_write:]), calls


def traced(strace: str, process: int, trace: Path, address: str) -> str:
    """Book two courses while the server is looked at; what the booking said."""
    calls = "trace=write,pwrite64,pwritev,fsync,fdatasync,sendto"
    command = [strace, "-f", "-y", "-s", "64", "-e", calls, "-o", str(trace), "-p", str(process)]
    looking = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert looking.stderr is not None
    if "attached" not in looking.stderr.readline():
        looking.kill()
        pytest.skip("strace is not allowed to look at a running server here")
    done = subprocess.run(
        [sys.executable, "-c", BOOKING, address], check=True, cwd=PROJECT, capture_output=True, text=True
    )
    looking.terminate()
    looking.communicate()
    return done.stdout


def committed(lines: list[str]) -> list[list[str]]:
    """For each booking the log's writes and syncs of its server process, up to where it said COMMIT."""
    by_process: dict[str, list[str]] = {}
    out = []
    for line in lines:
        process = line.split()[0]
        if "/pg_wal/" in line and (WRITE.search(line) or SYNC.search(line)):
            by_process.setdefault(process, []).append(line)
        elif "sendto" in line and "COMMIT" in line and process in by_process:
            out.append(by_process.pop(process))
    return out
