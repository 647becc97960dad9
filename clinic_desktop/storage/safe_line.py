"""What a line to a server must be: encrypted off this computer, to a server that can hold a clinic.

A host's name goes with its port and, where lists are written, at the same place of each list.
"""

import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from clinic_desktop.foundation.errors import EnvironmentFailure

OLDEST = 13
"""The oldest PostgreSQL that a clinic is kept on: the oldest that these guards were proven on."""

_OPEN = frozenset({"disable", "allow", "prefer"})
_SAFE = frozenset({"require", "verify-ca", "verify-full"})
ENCRYPTS_ONLY, VERIFIES = "require", "verify-full"

MUST_BE_SAFE = (
    "This address lets patient data cross the network unencrypted (sslmode={mode}). Use sslmode=verify-full "
    "with the server's root certificate, or at least sslmode=require."
)
UNKNOWN_MODE = "sslmode={mode} is not known. Use verify-full, verify-ca or require."
TOO_OLD = "The server is PostgreSQL {found}. A clinic needs {oldest} or newer. Ask who looks after it."
NOT_UTF8 = (
    "This database keeps its letters as {found}, and names would be lost. Let the administrator make one "
    "with ENCODING 'UTF8'."
)
REQUIRE_ALONE = (
    "The line is encrypted, but nobody proves that this is the clinic's server: whoever controls the network "
    "could take its place. Name the server's root certificate to be sure."
)
SENTENCES = (REQUIRE_ALONE,)


class Told(Protocol):
    """What a server says of itself when a line to it stands: psycopg's ``ConnectionInfo``."""

    @property
    def server_version(self) -> int: ...

    def parameter_status(self, param_name: str, /) -> str | None: ...


def is_near(host: str) -> bool:
    """Whether a host is this computer: a socket's folder, or a loopback address."""
    if not host or host[0] in "/@" or host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def hosts(keywords: Mapping[str, Any]) -> list[str]:
    """The hosts that the driver may go to, as it works them out; a service's file is not looked into."""
    names = str(keywords.get("host") or os.environ.get("PGHOST", "")).split(",")
    addresses = str(keywords.get("hostaddr") or os.environ.get("PGHOSTADDR", "")).split(",")
    if any(addresses):
        return [one or name for one, name in zip(addresses, names + [""] * len(addresses), strict=False)]
    return names


def is_within(keywords: Mapping[str, Any]) -> bool:
    """Whether no line of these leaves this computer."""
    by_service = keywords.get("service") or os.environ.get("PGSERVICE")
    return not by_service and all(map(is_near, hosts(keywords)))


def secured(keywords: Mapping[str, Any]) -> dict[str, Any]:
    """The driver's keywords with encryption asked for where a line leaves this computer.

    Raises :class:`EnvironmentFailure` for an ``sslmode`` that would let it go unencrypted. Within this
    computer all stays as it was written.
    """
    if is_within(keywords):
        return dict(keywords)
    mode = keywords.get("sslmode") or os.environ.get("PGSSLMODE")
    if mode is None:
        mode = VERIFIES if root_certificate(keywords) else ENCRYPTS_ONLY
    if mode in _OPEN:
        raise EnvironmentFailure(MUST_BE_SAFE.format(mode=mode))
    if mode not in _SAFE:
        raise EnvironmentFailure(UNKNOWN_MODE.format(mode="".join(filter(str.isalnum, mode))[:20]))
    return {**keywords, "sslmode": mode}


def root_certificate(keywords: Mapping[str, Any]) -> str:
    """The file of certificates that a server is held against ("system": the computer's); empty for none."""
    named = keywords.get("sslrootcert") or os.environ.get("PGSSLROOTCERT")
    if named:
        return str(named)
    usual = _usual_folder() / "root.crt"
    return str(usual) if usual.exists() else ""


def _usual_folder() -> Path:
    """Where the driver itself looks."""
    data = os.environ.get("APPDATA")
    return Path(data) / "postgresql" if os.name == "nt" and data else Path.home() / ".postgresql"


def fit_or_refused(told: Told) -> None:
    """Refuse a server that is too old, or a database that cannot hold every name."""
    version = told.server_version // 10_000
    if version < OLDEST:
        raise EnvironmentFailure(TOO_OLD.format(found=version, oldest=OLDEST))
    encoding = told.parameter_status("server_encoding") or "UTF8"  # a pooler may keep it to itself
    if encoding != "UTF8":
        raise EnvironmentFailure(NOT_UTF8.format(found=encoding))
