"""A clinic's place on a server, as people type it, and what a look at it found."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """Without the password, which is nowhere kept with it. host: a name, several parted by commas, or the
    folder of a socket. root: the file of the root certificate; empty for none."""

    host: str = ""
    port: str = "5432"
    database: str = "clinic"
    user: str = ""
    root: str = ""

    @property
    def address(self) -> str:
        asked = {"sslmode": "verify-full", "sslrootcert": self.root} if self.root else {}
        hosts = [one.strip() for one in self.host.split(",")]
        where = ""
        if len(hosts) == 1 and "/" not in self.host:
            bare = hosts[0]
            where = f"[{bare}]:{self.port}" if ":" in bare else f"{quote(bare)}:{self.port}"
        else:
            asked |= {"host": ",".join(hosts), "port": self.port}
        end = f"?{urlencode(asked)}" if asked else ""
        return f"postgresql://{quote(self.user, safe='')}@{where}/{quote(self.database, safe='')}{end}"


class Found(StrEnum):
    """What stands at a place."""

    NOTHING = "not reached"
    EMPTY = "empty, and a clinic can be made there"
    LOCKED = "empty, and this name may make nothing there"
    OWNED = "a clinic, and this name owns it"
    CLINIC = "a clinic, and this name works with it"
    FOREIGN = "tables of another program, or no rights"


@dataclass(frozen=True, slots=True)
class Told:
    """One step of the look: what was looked at, how it came out, and what that means or what to do."""

    step: str
    good: bool
    words: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """Every step up to the first that failed. clinic: its name. sql: what the administrator may run."""

    steps: tuple[Told, ...]
    found: Found
    clinic: str = ""
    sql: str = ""

    @property
    def failed(self) -> Told | None:
        return next((one for one in self.steps if not one.good), None)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns the clinic's database, for one deed; the password is kept nowhere."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NameWish:
    """The name that this PC is to sign in with: one that is there, with its password, or a new one that the
    owner makes."""

    name: str
    password: str = field(repr=False, default="")
    owner: Owner | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """The address with the name that this PC signs in with. shown: the password that was made for it, where
    this computer has no place to keep it."""

    address: str
    shown: str = field(repr=False, default="")


class Line(StrEnum):
    """How a line to the server is kept from others."""

    NEAR = "does not leave this computer"
    PROVED = "encrypted, and the server proved which one it is"
    ENCRYPTED = "encrypted, and nobody proves which server answers"


@dataclass(frozen=True, slots=True)
class KeptHow:
    """How the clinic that is open is kept: in a ``file`` of this computer (``sealed``: encrypted), or at a
    ``place`` on a server of that PostgreSQL ``version``. owner: this computer works as the owner."""

    file: str = ""
    sealed: bool = False
    place: ServerPlace | None = None
    line: Line = Line.NEAR
    version: int = 0
    owner: bool = False
