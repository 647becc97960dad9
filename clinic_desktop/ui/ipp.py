"""Asking a print server how a job goes and what a printer can do: one request of the Internet Printing
Protocol, and its answer.

``lpstat`` cannot tell a printed job from one that was given up. This can, and needs no library.
"""

import http.client
import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import quote

_GET_JOB_ATTRIBUTES, _GET_PRINTER_ATTRIBUTES = 0x0009, 0x000B
_NOT_FOUND = 0x0406
_OPERATION_ATTRIBUTES, _END = 0x01, 0x03
_CHARSET, _LANGUAGE, _URI, _KEYWORD = 0x47, 0x48, 0x45, 0x44
_FIRST_VALUE_TAG = 0x10
_INTEGERS = frozenset({0x21, 0x23})  # integer, enum
_TIMEOUT = 5.0
_WANTED = (b"job-state", b"job-state-reasons", b"job-printer-state-message", b"job-printer-state-reasons")
_TOLD = ("sides-supported", "multiple-document-handling-supported", "printer-state-reasons")
_STATE, _STOPPED = "printer-state", 5
_ABILITIES = tuple(one.encode() for one in (*_TOLD, _STATE))


class JobState(IntEnum):
    """As RFC 8011 numbers them."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


@dataclass(frozen=True, slots=True)
class Job:
    """How a job goes: its state, what troubles its printer ("media-empty"), and the printer's own words."""

    state: JobState
    reasons: tuple[str, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a queue says it can do: the keywords of its "sides" and of the order of several copies. stopped,
    reasons: that it does nothing now, and why ("paused")."""

    sides: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    stopped: bool = False
    reasons: tuple[str, ...] = ()


class _LocalConnection(http.client.HTTPConnection):
    """HTTP through the print server's own door on this computer."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_TIMEOUT)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(_TIMEOUT)
        self.sock.connect(self._path)


def ask_job(server: str, number: int) -> Job:
    """How a job goes. ``server``: "host:port" or the path of a socket, as ``lpstat -H`` says it.

    Raises ``OSError`` when it does not answer and ``ValueError`` when the answer cannot be read.
    """
    path = f"/jobs/{number}"
    return _job(_ask(server, path, _request(_GET_JOB_ATTRIBUTES, b"job-uri", path, _WANTED)))


def ask_printer(server: str, name: str) -> Abilities | None:
    """What a queue can do; None where the server has none of that name. Raises as :func:`ask_job`."""
    path = f"/printers/{quote(name)}"
    body = _ask(server, path, _request(_GET_PRINTER_ATTRIBUTES, b"printer-uri", path, _ABILITIES))
    if body[2:4] == struct.pack(">H", _NOT_FOUND):
        return None
    found = _attributes(body)
    sides, copies, reasons = (tuple(map(str, found.get(one, ()))) for one in _TOLD)
    return Abilities(sides, copies, found.get(_STATE) == [_STOPPED], reasons)


def _ask(server: str, path: str, request: bytes) -> bytes:
    connection = _connection(server)
    try:
        connection.request("POST", path, request, {"Content-Type": "application/ipp"})
        answer = connection.getresponse()
        body = answer.read()
    except http.client.HTTPException as broken:
        raise ValueError("no answer of a print server") from broken
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise ValueError(f"the print server answered {answer.status}")
    return body


def _connection(server: str) -> http.client.HTTPConnection:
    if server.startswith("/"):
        return _LocalConnection(server)
    host, _, port = server.rpartition(":")
    return http.client.HTTPConnection(host or server, int(port) if host else 631, timeout=_TIMEOUT)


def _request(what: int, target: bytes, path: str, wanted: Sequence[bytes]) -> bytes:
    head = struct.pack(">BBHI", 2, 0, what, 1) + bytes([_OPERATION_ATTRIBUTES])
    attributes = [
        _attribute(_CHARSET, b"attributes-charset", b"utf-8"),
        _attribute(_LANGUAGE, b"attributes-natural-language", b"en"),
        _attribute(_URI, target, b"ipp://localhost" + path.encode()),
        *(_attribute(_KEYWORD, b"" if n else b"requested-attributes", name) for n, name in enumerate(wanted)),
    ]
    return head + b"".join(attributes) + bytes([_END])


def _attribute(tag: int, name: bytes, value: bytes) -> bytes:
    return bytes([tag]) + struct.pack(">H", len(name)) + name + struct.pack(">H", len(value)) + value


def _job(body: bytes) -> Job:
    found = _attributes(body)
    states = [value for value in found.get("job-state", []) if isinstance(value, int)]
    if not states:
        raise ValueError("the print server does not know the job")
    said = [*found.get("job-state-reasons", []), *found.get("job-printer-state-reasons", [])]
    reasons = dict.fromkeys(str(one) for one in said if one != "none")
    message = " ".join(str(one) for one in found.get("job-printer-state-message", []))
    return Job(JobState(states[0]), tuple(reasons), message.strip())


def _attributes(body: bytes) -> dict[str, list[int | str]]:
    """Names with their values; an attribute without a name adds to the one before it."""
    out: dict[str, list[int | str]] = {}
    at, name = 8, ""
    try:
        while at < len(body) and body[at] != _END:
            tag, at = body[at], at + 1
            if tag < _FIRST_VALUE_TAG:
                continue
            key, at = _counted(body, at)
            value, at = _counted(body, at)
            name = key.decode("utf-8", "replace") or name
            read: int | str = value.decode("utf-8", "replace")
            if tag in _INTEGERS:
                (read,) = struct.unpack(">i", value)
            out.setdefault(name, []).append(read)
    except struct.error as broken:
        raise ValueError("the print server's answer is cut off") from broken
    return out


def _counted(body: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", body, at)
    end = at + 2 + length
    if end > len(body):
        raise ValueError("the print server's answer is cut off")
    return body[at + 2 : end], end
