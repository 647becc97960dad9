"""A printing system of the test's own: cupsd on loopback, and printers that keep what they are sent."""

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

_NEEDED = ("cupsd", "lpadmin", "lp", "lpstat", "cancel")
_FILES = """ServerRoot {0}/etc
RequestRoot {0}/spool
TempDir {0}/spool/tmp
CacheDir {0}/cache
StateDir {0}/run
ErrorLog {0}/log/error
AccessLog {0}/log/access
PageLog {0}/log/page
"""
_DAEMON = """LogLevel warn
Listen localhost:{port}
Browsing No
WebInterface No
MaxLogSize 0
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""


class Paper:
    """A network printer: takes one job after the other on a port and keeps the bytes."""

    def __init__(self) -> None:
        self.jobs: list[bytes] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._door.accept()
            except OSError:
                return
            with line:
                self.jobs.append(b"".join(iter(lambda line=line: line.recv(65536), b"")))

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._thread.join()


def lacking() -> str:
    """What a print server of the test's own would need here; empty where it can run."""
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    return f"root and {', '.join(missing) or 'nothing else'}" if missing or os.geteuid() != 0 else ""


@contextmanager
def running() -> Iterator[str]:
    """The server's address, "localhost:port"; skips the test where CUPS is not installed."""
    if lacking():
        pytest.skip(f"a print server of its own needs {lacking()}")
    # Not pytest's folder: the printing system runs as another user, and any pytest that starts meanwhile
    # shuts that folder to all others.
    with TemporaryDirectory(prefix="clinic-cups-", ignore_cleanup_errors=True) as folder:
        yield from _in(Path(folder))


def _in(folder: Path) -> Iterator[str]:
    for name in ("etc/ppd", "spool/tmp", "cache", "run", "log"):
        (folder / name).mkdir(parents=True)
    folder.chmod(0o711)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "etc/cups-files.conf").write_text(_FILES.format(folder))
    (folder / "etc/cupsd.conf").write_text(_DAEMON.format(port=port))
    with (folder / "log/stdout").open("w") as out:
        server = subprocess.Popen(
            ["cupsd", "-f", "-c", folder / "etc/cupsd.conf", "-s", folder / "etc/cups-files.conf"],
            stdout=out,
            stderr=out,
        )
    address = f"localhost:{port}"
    try:
        _answers(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def _answers(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        asked = subprocess.run(["lpstat", "-h", address, "-r"], capture_output=True, text=True, check=False)
        if "is running" in asked.stdout:
            return
        try:
            server.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        raise RuntimeError("cupsd did not start")
    raise RuntimeError("cupsd does not answer")


def add_queue(address: str, name: str, port: int) -> None:
    """A queue that hands its jobs on as they are, to a printer on this computer."""
    subprocess.run(
        ["lpadmin", "-h", address, "-p", name, "-E", "-v", f"socket://127.0.0.1:{port}", "-m", "raw"],
        capture_output=True,
        check=True,
    )
