"""What a database says when it refuses or fails, in the program's own words."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from clinic_desktop.foundation.errors import (
    AWAY,
    BadInput,
    ClinicProblem,
    Conflict,
    EnvironmentFailure,
    ServerAway,
    StoreRefused,
)
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.rules import TOO_LARGE, UNSTORABLE
from clinic_desktop.storage import cipher
from clinic_desktop.storage.account_guard import GIVEN, NO_MANAGER, OTHERS_ACCOUNT, TWICE
from clinic_desktop.storage.day_after_guard import CLOSED_EARLY, NO_PRESCRIBER, NOT_ASKED, NOTHING_SAID
from clinic_desktop.storage.dose_guard import NOT_CERTIFIED
from clinic_desktop.storage.guard_words import AHEAD as NUMBER_AHEAD
from clinic_desktop.storage.guard_words import APPEND_ONLY, CLAIM_TAKEN, KEPT, NO_WAY_HOME, RELIED_ON
from clinic_desktop.storage.held_to_guard import ASKS_LESS
from clinic_desktop.storage.line_words import trouble_of
from clinic_desktop.storage.override_guard import NOT_THEIRS
from clinic_desktop.storage.release_guard import NOT_RELEASED
from clinic_desktop.storage.sheet_guard import NOT_HANDED_OUT, WORDS_STAY
from clinic_desktop.storage.time_guard import TO_COME

FULL = "The disk is full. The last change was not saved; all before is safe. Free some space, then repeat it."
BUSY = "The clinic's data is busy on another desk. Nothing was saved. Try again in a moment."
DAMAGED = "The clinic's data file is damaged. Nothing more is written to it. Restore the last good backup."
READ_ONLY = "The clinic's data cannot be written here. Nothing was saved. Check the rights on its folder."
UNSURE = (
    "The clinic's database went away while it was saving. Look whether your change is there before you "
    "repeat it."
)
GIVEN_UP = "It was not saved there: the server did not answer in time, and this computer keeps it."
WENT_BACK = (
    "Changes that were shown here are not in the clinic's data any more: a backup was restored, or another "
    "server took over that was behind. Open the clinic anew, look for what is missing, and enter it again."
)
AWAY_TO_READ = "The clinic's database does not answer. This cannot be read before it is back."
DISK = "The disk did not read or write as it should. Nothing was saved. Check the disk, then try again."
NO_RIGHT = "The database does not let this desk do that. Nothing was saved. Ask who looks after the database."
NOT_LET_IN = "The database did not let this desk in. Check the name in its address and its password file."


NO_LONGER_FITS = "The database refused this change, because records would no longer fit together."


class GuardRefused(ClinicProblem):
    """The database itself refused a row that the rules should have refused before."""


@contextmanager
def worded() -> Iterator[None]:
    """Turn a driver's failure into a problem that can be told; a bug passes as it is."""
    try:
        yield
    except Exception as failure:
        problem = problem_of(failure)
        if problem is None or problem is failure:
            raise
        raise problem from failure


@contextmanager
def worded_reading() -> Iterator[None]:
    """The same where nothing was to be saved, so that nobody is told that it was not."""
    try:
        with worded():
            yield
    except ServerAway as away:
        raise ServerAway(AWAY_TO_READ, reading=True) from away


def problem_of(failure: Exception) -> ClinicProblem | None:
    """The problem behind a failure of SQLAlchemy or a driver; None for a bug."""
    said = failure.orig if isinstance(failure, StatementError) else failure
    if isinstance(said, ClinicProblem):
        return said
    if isinstance(said, cipher.failures()):
        return _of_sqlite(said)
    if isinstance(said, OSError):
        return EnvironmentFailure(_OF_SYSTEM.get(said.errno or 0, READ_ONLY))
    if said is not None and hasattr(said, "sqlstate"):
        return _of_server(said, said.sqlstate or "")
    return next((problem() for kind, problem in _OTHERS if isinstance(said, kind)), None)


_OTHERS: tuple[tuple[type[Exception], Callable[[], ClinicProblem]], ...] = (
    (PoolTimeoutError, lambda: EnvironmentFailure(BUSY)),
    (UnicodeDecodeError, lambda: StoreRefused(DAMAGED)),
    (UnicodeEncodeError, lambda: BadInput({"text": Finding(UNSTORABLE)})),
    (OverflowError, lambda: BadInput({"number": Finding(TOO_LARGE)})),
)


def _of_sqlite(said: Exception) -> ClinicProblem | None:
    name: str = getattr(said, "sqlite_errorname", "")
    if name.startswith("SQLITE_CONSTRAINT"):
        return refused(str(said))
    if not name and str(said).startswith("Could not decode to UTF-8"):
        return StoreRefused(DAMAGED)  # the driver's own words, which hold the text
    name = name or _NAMES.get(str(said), "")
    words = next((words for sign, words in _SQLITE_WORDS if name.startswith(sign)), None)
    if words is None:
        return None
    return StoreRefused(words) if words is DAMAGED else EnvironmentFailure(words)


_OF_SYSTEM = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EIO: DISK}

_SQLITE_WORDS = (
    ("SQLITE_FULL", FULL),
    ("SQLITE_IOERR_SHORT_READ", DAMAGED),  # shorter than it says
    ("SQLITE_BUSY", BUSY),
    ("SQLITE_LOCKED", BUSY),
    ("SQLITE_PROTOCOL", BUSY),
    ("SQLITE_READONLY", READ_ONLY),
    ("SQLITE_CANTOPEN", READ_ONLY),
    ("SQLITE_PERM", READ_ONLY),
    ("SQLITE_CORRUPT", DAMAGED),
    ("SQLITE_NOTADB", DAMAGED),
    ("SQLITE_IOERR", DISK),
)

# SQLCipher's driver names no code for what fails while it copies, but says SQLite's own words.
_NAMES = {
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "database is locked": "SQLITE_BUSY",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
    "attempt to write a readonly database": "SQLITE_READONLY",
}

# SQLSTATE, whole or its class of two letters: it is the same in every language of the server.
_SERVER_WORDS = {
    "53100": FULL,
    "53": BUSY,  # too many connections, out of memory
    "40": BUSY,  # deadlock: the server ended one of the two
    "55P03": BUSY,
    "57014": BUSY,
    "25006": READ_ONLY,
    "42501": NO_RIGHT,
    "28": NOT_LET_IN,
    "3D": NOT_LET_IN,
    "57": AWAY,
    "08": AWAY,
    "25P03": AWAY,
    "58": DISK,
    "XX001": DISK,
    "XX002": DISK,
}


def _of_server(said: BaseException, state: str) -> ClinicProblem | None:
    if state.startswith("23"):
        return refused(str(said))
    if state == "22003":
        return BadInput({"number": Finding(TOO_LARGE)})
    if state.startswith("22") or "NUL (0x00)" in str(said):
        return BadInput({"text": Finding(UNSTORABLE)})
    if words := _SERVER_WORDS.get(state) or _SERVER_WORDS.get(state[:2]):
        return ServerAway(words) if words == AWAY else EnvironmentFailure(words)
    return None if state else _of_line(said)


def _of_line(said: BaseException) -> ClinicProblem | None:
    """The driver itself failed: it found no server, or lost it."""
    if type(said).__name__ not in ("OperationalError", "ConnectionTimeout"):
        return None
    trouble = trouble_of(str(said))
    if trouble.asks_password:
        return EnvironmentFailure(NOT_LET_IN)
    return EnvironmentFailure(trouble.words) if trouble.lasts else ServerAway(AWAY)


def refused(said: str) -> ClinicProblem:
    """What a constraint or a guard said."""
    if CLAIM_TAKEN in said or "claim_taken" in said:
        return Conflict([])
    for sign, words in _GUARD_WORDS:
        if sign in said:
            return GuardRefused(words)
    return GuardRefused(NO_LONGER_FITS)


_GUARD_WORDS = (
    (NO_WAY_HOME, "This treatment has no way home that its profile accepts. Name the driver first."),
    (
        NOT_CERTIFIED,
        "The clinic's REMS certification does not hold on the day of this dose. A dose that was given is "
        "recorded as it happened.",
    ),
    (NOT_ASKED, "This answer goes before a prescriber. Record the call in the list of the day after."),
    (
        NOTHING_SAID,
        "Whoever was reached is asked something, or the note says why not. Record it in the list of the day "
        "after.",
    ),
    (CLOSED_EARLY, "This call was not tried often enough to be closed as not reached. Call again."),
    (NO_PRESCRIBER, "Only a prescriber's word answers this. Say whose it is."),
    (NOT_THEIRS, "Only a prescriber allows this, and says why. Ask one to allow it."),
    (NOT_HANDED_OUT, "This text is not approved, and is not handed out. Print the English one."),
    (WORDS_STAY, "What was printed stays as it was. Write a new version."),
    (OTHERS_ACCOUNT, "An account stays with its person. Give the other person one of their own."),
    (GIVEN, "A password that a manager gave lets nobody in. Choose one that only you know."),
    (TWICE, "A code of the phone is accepted once. Type the one that it shows next."),
    (NO_MANAGER, "No manager could sign in any more. Give another manager an account first."),
    (NOT_RELEASED, "The release still lacks something. Look at the list of what is missing on the floor."),
    (
        RELIED_ON,
        "Visits rely on this way home, treatment or visit type as it is. Make a new one; they keep theirs.",
    ),
    (TO_COME, "By the server's clock that time is still to come. Record what has happened, with its time."),
    (ASKS_LESS, "A visit keeps the type that it was booked as. Cancel it, and book the other one."),
    (NUMBER_AHEAD, "The database numbers what is new by itself. Nothing was saved. Enter it anew."),
    (APPEND_ONLY, "What was recorded stays as it was recorded. Add a correction instead."),
    (KEPT, "This record is kept for good. It was not changed."),
)


# Everything that is said as it stands here.
SENTENCES = (FULL, BUSY, DAMAGED, READ_ONLY, AWAY, AWAY_TO_READ, UNSURE, GIVEN_UP, WENT_BACK, DISK, NO_RIGHT,
             NOT_LET_IN, NO_LONGER_FITS, *(words for _, words in _GUARD_WORDS))  # fmt: skip
