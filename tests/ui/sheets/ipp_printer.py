"""Driverless printers of the tests' own on loopback, which keep what they are sent.

``ippeveprinter`` wants a message bus to announce itself on; it gets one of its own, on which nobody listens.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from clinic_desktop.ui.ipp import ask_printer

_NEEDED = ("ippeveprinter", "dbus-daemon")
_PATIENCE = 30.0


@dataclass(frozen=True)
class IppPrinter:
    port: int
    folder: Path

    @property
    def address(self) -> str:
        return f"ipp://localhost:{self.port}/ipp/print"

    @property
    def jobs(self) -> list[bytes]:
        """What came out, in order."""
        there = sorted(self.folder.glob("*.pdf"), key=lambda one: int(one.name.split("-")[0]))
        return [one.read_bytes() for one in there]


@contextmanager
def bus(folder: Path) -> Iterator[dict[str, str]]:
    """The environment for printers; skips the test where they are not installed."""
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        pytest.skip(f"a driverless printer of its own needs {', '.join(missing)}")
    address = f"unix:path={folder / 'bus'}"
    command = ["dbus-daemon", "--session", f"--address={address}", "--nofork", "--nopidfile"]
    with _running(command, folder / "bus.log") as process:
        _until((folder / "bus").exists, process, "the message bus did not start")
        yield {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": address}


@contextmanager
def printer(folder: Path, environment: dict[str, str], more: Sequence[str] = ()) -> Iterator[IppPrinter]:
    """A printer that takes PDF and is done at once. more: "-2" for one that prints both sides."""
    (folder / "out").mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        "ippeveprinter",
        *more,
        "-p",
        str(port),
        "-n",
        "localhost",
        "-d",
        str(folder / "out"),
        "-k",
        "-c",
        "/bin/true",
    ]
    command += ["-f", "application/pdf,image/pwg-raster", "-r", "off", f"Test {port}"]
    with _running(command, folder / "log", environment) as process:
        _until(lambda: _answers(port), process, "the driverless printer did not start")
        yield IppPrinter(port, folder / "out")


def _answers(port: int) -> bool:
    try:
        return ask_printer(f"localhost:{port}", "anything") is None
    except (OSError, ValueError):
        return False


@contextmanager
def _running(
    command: Sequence[str], log: Path, environment: dict[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _until(settled: Callable[[], bool], process: "subprocess.Popen[bytes]", said: str) -> None:
    end = time.monotonic() + _PATIENCE
    while not settled():
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            if time.monotonic() < end:
                continue
        raise RuntimeError(said)


def add_queue(address: str, name: str, to: IppPrinter) -> None:
    """A queue as the system makes it for a printer that needs no driver."""
    subprocess.run(
        ["lpadmin", "-h", address, "-p", name, "-E", "-v", to.address, "-m", "everywhere"],
        capture_output=True,
        check=True,
    )
