"""The mark of a clinic's data that went elsewhere, or did not arrive whole.

It stands where the revision stands, so that every program refuses it, also one that has it open when it
comes to write, and one of an older version.
"""

import re
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.storage.tables import schema_version

_GONE = re.compile(r"moved (\S+) (\S+) (\S+) (.+)", re.DOTALL)
_COMING = re.compile(r"arriving (\S+) (\S+)")

WENT = (
    "This clinic's data was moved on {day} to {where}. What is here is the old copy and was left as it is. "
    "Open the clinic there."
)
BY_COMMAND = (
    " To go on with the old copy on purpose, without what was recorded there since, run: clinic-desktop "
    "--data FILE take-back"
)
HALF_WAY = (
    "A clinic's data was being moved here and did not arrive. Nothing of it is in use: go on with the clinic "
    "where it was, or repeat the move."
)
SENTENCES = (HALF_WAY,)


class WentElsewhere(StoreRefused):
    """What is here is the old copy of a clinic that was moved to ``there``, a path or an address. ``short``:
    what is said where the ways on are offered."""

    def __init__(self, gone: "Gone") -> None:
        self.there, self.short = gone.where, gone.short
        super().__init__(gone.words)


@dataclass(frozen=True, slots=True)
class Gone:
    """It went to ``where`` (a path or an address) on ``day`` (ISO); ``revision`` is the one it had."""

    revision: str
    token: str
    day: str
    where: str

    def __str__(self) -> str:
        return f"moved {self.revision} {self.token} {self.day} {self.where}"

    @property
    def short(self) -> str:
        return WENT.format(day=self.day, where=self.where)

    @property
    def words(self) -> str:
        return f"{self.short}{BY_COMMAND}"


@dataclass(frozen=True, slots=True)
class Coming:
    """It is being written; whoever began knows the ``token``."""

    revision: str
    token: str

    def __str__(self) -> str:
        return f"arriving {self.revision} {self.token}"


def read_mark(revision: str) -> Gone | Coming | None:
    """The mark in place of a revision; None for a revision."""
    if gone := _GONE.fullmatch(revision):
        return Gone(*gone.groups())
    if coming := _COMING.fullmatch(revision):
        return Coming(*coming.groups())
    return None


def words_of(revision: str) -> str | None:
    """What to tell of data with a mark; None for data without."""
    mark = read_mark(revision)
    if mark is None:
        return None
    return mark.words if isinstance(mark, Gone) else HALF_WAY


def refuse_marked(revision: str) -> None:
    """Raise :class:`StoreRefused` for data with a mark."""
    mark = read_mark(revision)
    if isinstance(mark, Gone):
        raise WentElsewhere(mark)
    if mark is not None:
        raise StoreRefused(HALF_WAY)


def revision_of(connection: Connection) -> str:
    """The revision of a database, or its mark."""
    return str(connection.execute(select(schema_version.c.version_num)).scalar_one())


def write(connection: Connection, revision: Gone | Coming | str) -> None:
    """Write a mark, or a revision; only the owner of the data can."""
    connection.execute(update(schema_version).values(version_num=str(revision)))


def opened(connection: Connection, coming: Coming) -> bool:
    """Whether what bears this mark, and nothing else, became a clinic that is opened."""
    own = schema_version.c.version_num == str(coming)
    done = connection.execute(update(schema_version).where(own).values(version_num=coming.revision))
    return done.rowcount == 1
