"""Asking a print server how a job goes: one request of the Internet Printing Protocol, and its answer.

``lpstat`` cannot tell a printed job from one that was given up. This can, and needs no library.
"""

import http.client
import socket
import struct
from dataclasses import dataclass
from enum import IntEnum

_GET_JOB_ATTRIBUTES = 0x0009
_OPERATION_ATTRIBUTES, _END = 0x01, 0x03
_CHARSET, _LANGUAGE, _URI, _KEYWORD = 0x47, 0x48, 0x45, 0x44
_FIRST_VALUE_TAG = 0x10
_INTEGERS = frozenset({0x21, 0x23})  # integer, enum
_TIMEOUT = 5.0
_WANTED = (b"job-state", b"job-state-reasons", b"job-printer-state-message", b"job-printer-state-reasons")


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
    connection = _connection(server)
    try:
        connection.request("POST", f"/jobs/{number}", _request(number), {"Content-Type": "application/ipp"})
        answer = connection.getresponse()
        body = answer.read()
    except http.client.HTTPException as broken:
        raise ValueError("no answer of a print server") from broken
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise ValueError(f"the print server answered {answer.status}")
    return _job(body)


def _connection(server: str) -> http.client.HTTPConnection:
    if server.startswith("/"):
        return _LocalConnection(server)
    host, _, port = server.rpartition(":")
    return http.client.HTTPConnection(host or server, int(port) if host else 631, timeout=_TIMEOUT)


def _request(number: int) -> bytes:
    head = struct.pack(">BBHI", 2, 0, _GET_JOB_ATTRIBUTES, 1) + bytes([_OPERATION_ATTRIBUTES])
    attributes = [
        _attribute(_CHARSET, b"attributes-charset", b"utf-8"),
        _attribute(_LANGUAGE, b"attributes-natural-language", b"en"),
        _attribute(_URI, b"job-uri", b"ipp://localhost/jobs/%d" % number),
        *(
            _attribute(_KEYWORD, b"" if n else b"requested-attributes", name)
            for n, name in enumerate(_WANTED)
        ),
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
