"""A throwaway PostgreSQL server for tests and benchmarks: a folder, a unix socket, no port."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import psycopg

from clinic_desktop.storage.grants import close_sql
from clinic_desktop.storage.time_guard import OWN_TIME

OWNER, DESK, STRANGER = "clinic_owner", "desk_1", "stranger"
_INSTALLED = Path("/usr/lib/postgresql")
CHOSEN = "CLINIC_DESKTOP_POSTGRES"
"""Names the folder of another server's programs (initdb, pg_ctl, postgres), to test on another version."""


class NotInstalled(Exception):
    """There is no PostgreSQL server on this computer."""


def programs() -> Path:
    """The folder of initdb and pg_ctl that was chosen, else of the newest server installed; raises
    :class:`NotInstalled`."""
    if chosen := os.environ.get(CHOSEN):
        return Path(chosen).resolve(strict=True)
    found = [path.parent for path in _INSTALLED.glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda path: float(path.parent.name))
    elsewhere = shutil.which("initdb")
    if elsewhere is None or os.name == "nt":
        raise NotInstalled("PostgreSQL's server programs are not installed (Debian: postgresql)")
    return Path(elsewhere).resolve().parent


@dataclass
class Server:
    """A server of its own. ``durable``: it waits for the disk, as a clinic's does."""

    folder: Path
    durable: bool = False
    _made: int = field(default=0, init=False)

    @cached_property
    def _programs(self) -> Path:
        return programs()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def run(self, program: str, *arguments: object) -> None:
        """Run one of the server's programs, as the user who may (not root)."""
        command: Sequence[str] = [str(self._programs / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        output = self.folder / "output.txt"
        with output.open("w") as file:
            done = subprocess.run(command, check=False, cwd=self.folder, stdout=file, stderr=file)
        if done.returncode:
            raise RuntimeError(f"{program}: {output.read_text()}")

    def make(self) -> None:
        """Set the server up with its roles, and start it."""
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.folder.chmod(0o755)
        self.run(
            "initdb", "-D", self.data, "-U", "admin", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        self.start()
        with self.connect("postgres", "admin") as admin:
            admin.execute(f"CREATE ROLE {OWNER} LOGIN CREATEROLE")
            admin.execute("CREATE ROLE clinic_app NOLOGIN")
            admin.execute(f"GRANT clinic_app TO {OWNER} WITH ADMIN OPTION")  # from 16 on it takes this too
            admin.execute(f"CREATE ROLE {DESK} LOGIN IN ROLE clinic_app")
            admin.execute(f"CREATE ROLE {STRANGER} LOGIN")

    def start(self, *settings: str) -> None:
        """``settings``: more of the server's own, as "name=value"."""
        options = " ".join(
            [
                "" if self.durable else "-F",
                f"-c listen_addresses='' -c unix_socket_directories='{self.folder}'",
                "-c max_connections=80 -c shared_buffers=64MB -c log_min_messages=panic",
                *(f"-c {one}" for one in settings),  # the last of a name counts
            ]
        )
        self.run("pg_ctl", "-w", "-D", self.data, "-l", self.folder / "log", "-o", options, "start")

    def stop(self, *, at_once: bool = False) -> None:
        """Stop it; ``at_once`` as a power cut would: no goodbye, and recovery at the next start."""
        self.run("pg_ctl", "-w", "-D", self.data, "-m", "immediate" if at_once else "fast", "stop")

    def follow(self, primary: "Server") -> None:
        """Become a standby of another server, as it is now, and start."""
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.folder.chmod(0o755)
        self.run(
            "pg_basebackup", "-D", self.data, "-h", primary.folder, "-U", "admin", "-R", "-X", "stream",
            "--checkpoint=fast", "--no-sync",
        )  # fmt: skip
        self.start()

    def promote(self) -> None:
        """From now on it takes changes."""
        self.run("pg_ctl", "-w", "-D", self.data, "promote")

    @property
    def process_id(self) -> int:
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def address(self, database: str, user: str) -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def connect(self, database: str, user: str) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), dbname=database, user=user, autocommit=True)

    def database(self, template: str = "template0", *, own_time: bool = True) -> str:
        """A new database of the owner's, alike to ``template``; its name. ``own_time``: clinics in it go by
        the time of a test."""
        self._made += 1
        name = f"clinic_{self._made}"
        with self.connect("postgres", "admin") as admin:
            admin.execute(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}")
            if own_time:
                admin.execute(f"COMMENT ON DATABASE {name} IS '{OWN_TIME}'")
        if template == "template0":
            with self.connect(name, "admin") as admin:
                admin.execute(close_sql("public", OWNER))
        return name

    def drop(self, database: str) -> None:
        with self.connect("postgres", "admin") as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """A server for as long as the block lasts."""
    with folder_for(durable=durable) as server:
        server.make()
        yield server


@contextmanager
def folder_for(*, durable: bool = False) -> Iterator[Server]:
    """A place for a server that is made in the block; it ends with it."""
    programs()
    # Not pytest's folder: as root the server is another user, who cannot enter it.
    folder = Path(tempfile.mkdtemp(prefix="clinic-pg-"))
    server = Server(folder, durable=durable)
    try:
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop(at_once=True)
        shutil.rmtree(folder, ignore_errors=True)


def connect(address: str) -> psycopg.Connection:
    """A plain connection to a server's database, each statement by itself unless it says BEGIN."""
    return psycopg.connect(address, autocommit=True)
