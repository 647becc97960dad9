"""PostgreSQL's own programs on this computer: where they are, how old, and running one without a word of a
password on its command line."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, text

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.storage.engine import line_of, schema_of, server_url, told_besides

MISSING = (
    "PostgreSQL's program {name} is not on this computer, so no backup of the server was made here. Install "
    "PostgreSQL's client programs (version {major} or newer), or let the server's administrator run it."
)
TOO_OLD = (
    "{name} on this computer is of version {own}, and the server of version {server}. Install PostgreSQL's "
    "client programs of version {server} or newer. Nothing was written."
)
FAILED = "{name} did not finish: {why} Nothing was changed."
_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Library/PostgreSQL/*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "C:/Program Files/PostgreSQL/*/bin",
)
_VERSION = re.compile(r"(\d+)(?:\.\d+)*")
_ENDING = ".exe" if os.name == "nt" else ""


def find(name: str, server_major: int, *, own: bool = False) -> Path:
    """The newest program of that name, which reads whatever an older one wrote; ``own``: of the server's own
    version where there is one, since what it writes every other reads. Raises :class:`EnvironmentFailure`
    where none is new enough."""
    found = [Path(there)] if (there := shutil.which(name)) else []
    for place in _PLACES:
        root, rest = Path(Path(place).anchor), Path(place).relative_to(Path(place).anchor)
        found += [one / f"{name}{_ENDING}" for one in root.glob(str(rest))]
    known = [(major_of(one), one) for one in found if one.is_file()]
    if not known:
        raise EnvironmentFailure(MISSING.format(name=name, major=server_major))
    newest, program = max(known)
    if newest < server_major:
        raise EnvironmentFailure(TOO_OLD.format(name=name, own=newest, server=server_major))
    return dict(known).get(server_major, program) if own else program


def major_of(program: Path) -> int:
    """The version that a program says it is; 0 where it says nothing."""
    try:
        # A program of PostgreSQL's own, by its whole path.
        asked = [str(program), "--version"]
        said = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603 - ours
    except (OSError, subprocess.TimeoutExpired):
        return 0
    number = _VERSION.search(said.stdout.split("PostgreSQL")[-1])
    return int(number[1]) if number else 0


def environment(where: str) -> dict[str, str]:
    """What a program that signs in at an address is started with: the password that this computer knows, else
    PGPASSWORD and PGPASSFILE as they are."""
    return {**os.environ, **told_besides(where)}


def run(program: Path, arguments: Sequence[str], where: str = "") -> str:
    """Run it to its end; what it wrote. ``where``: the address that it signs in at; no password is asked for.

    Raises :class:`EnvironmentFailure` with the last line of what it complained about.
    """
    command = [str(program), *arguments]
    # A program of the server's own, by its whole path; no shell reads the words.
    done = subprocess.run(  # noqa: S603 - our own arguments
        command,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env=environment(where) if where else None,
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "error" in line.lower()] or [""]
        raise EnvironmentFailure(FAILED.format(name=program.stem, why=lines[0].strip()))
    return done.stdout


def address_of(where: str) -> tuple[str, str]:
    """The address as the server's programs take it, which holds no password, and the clinic's schema."""
    url = server_url(where)
    plain = url.difference_update_query(["schema", "options"]).set(drivername="postgresql")
    plain = plain.update_query_dict(line_of(url))
    return plain.render_as_string(hide_password=False), schema_of(url)


def server_major(line: Connection) -> int:
    """The server's version before the dot."""
    return int(line.execute(text("SHOW server_version_num")).scalar_one()) // 10000
