"""The one connection factory: opens SQLite or PostgreSQL and reads back what it set."""

import errno
import random
import re
import selectors
import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeGuard, cast
from weakref import finalize

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from clinic_desktop.foundation.errors import AWAY, ClinicProblem, EnvironmentFailure, ServerAway
from clinic_desktop.foundation.settings import desk_name
from clinic_desktop.security import server_password
from clinic_desktop.storage import cipher
from clinic_desktop.storage.certificate_look import why_not_trusted
from clinic_desktop.storage.hosts import several_hosts, to_be_written
from clinic_desktop.storage.line_words import Trouble, trouble_of
from clinic_desktop.storage.safe_line import fit_or_refused, hosts, secured

APPLICATION_ID = 0x434C4E43  # "CLNC" in the header of our SQLite files
AT_SERVER = "clinic-desktop"  # what each line to a server is called there, with the desk's name after it
BUSY_SECONDS = 10  # the longest wait for another desk, on both databases
_JOURNAL_INDEX_BYTES = 32 * 2**10
_NAP_SECONDS = 0.0005, 0.004
_PRAGMAS: dict[str, Any] = {
    "busy_timeout": BUSY_SECONDS * 1000,
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: a commit is on the disk before it is acknowledged
    "foreign_keys": 1,
    "temp_store": 2,  # MEMORY: no patient data in temporary files
    "trusted_schema": 0,
    "cell_size_check": 1,
    "recursive_triggers": 0,  # SQLite's own; a library may be built with another
    "cache_size": -16384,  # KiB: a day's patients lie all over the file
}
_SECRETS = frozenset({"password", "sslpassword"})
_SERVER_SETTINGS = {
    "lock_timeout": f"{BUSY_SECONDS}s",
    # A desk that hangs in the middle of a change must not hold the others up for ever.
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
    # A database or a role may be set to another: who waited for a lock would not see what was done meanwhile.
    "default_transaction_isolation": "read\\ committed",
    "extra_float_digits": "1",
    # Nothing may stand in front of the clinic's own tables under their names.
    "search_path": "{schema},pg_temp",
}
# A dead line is noticed in seconds, not in the operating system's two hours.
_LINE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
_SHOWN_TO_OTHERS = (
    "A password in the address can be seen by others. Leave it out and set PGPASSWORD or PGPASSFILE."
)
_OTHER_KIND = "Only files and postgresql:// addresses are known. Check how it is written."
_NO_NAME = "A schema's name is small letters, digits and _. Check the address."
_UNREADABLE = "This database address cannot be read. Check how it is written."
SENTENCES = (_UNREADABLE, _SHOWN_TO_OTHERS, _OTHER_KIND, _NO_NAME)
_NAME = re.compile("[a-z_][a-z0-9_]*")
_POOL: dict[str, Any] = {"pool_size": 4, "max_overflow": 8, "pool_timeout": BUSY_SECONDS}


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted file and the 32 bytes that open it; the key is never shown."""

    path: Path
    key: bytes = field(repr=False)


Where = Path | str | Sealed


def is_address(where: Where) -> TypeGuard[str]:
    """Whether it names a database on a server rather than a file."""
    return isinstance(where, str) and "://" in where


def file_of(where: Where) -> Path:
    """The file, sealed or not, that a place names."""
    return where.path if isinstance(where, Sealed) else Path(where)


def real_file(path: Path) -> Path:
    """The file itself where a name is a symbolic link to it: SQLite keeps its journal beside the file, and
    what takes its place must not take the link's."""
    return path.resolve() if path.is_symlink() else path


def beside(where: Where, path: Path) -> Path | Sealed:
    """Another file, kept as the one at ``where`` is: with the same key, or plain."""
    return Sealed(path, where.key) if isinstance(where, Sealed) else path


def connector(where: Where) -> Callable[[], Any]:
    """What opens a driver's connection to a file or a ``postgresql://`` address.

    The address holds no password; ``?schema=name`` in it chooses the schema, else it is ``public``. It may
    name several servers (:mod:`~clinic_desktop.storage.hosts`).
    """
    if not is_address(where):
        return partial(connect_file, where)
    url = server_url(where)
    return partial(_connect_server, _keywords(url))


def open_engine(where: Where, connect: Callable[[], Any] | None = None) -> Engine:
    """An engine whose connections come from ``connect``, by default :func:`connector`."""
    connect = connect or connector(where)
    if is_address(where):
        made = create_engine("postgresql+psycopg://", creator=connect, pool_pre_ping=True, **_POOL)
        # SQLAlchemy would ask the server before each use of a line, and wait for the answer.
        made.dialect.do_ping = _still_up  # type: ignore[method-assign, assignment]
        return _closed_at_its_end(made)
    # The two libraries' failures are of different classes: SQLAlchemy knows those of the one it is told.
    module = cipher.driver() if isinstance(where, Sealed) else sqlite3
    engine = create_engine("sqlite://", creator=connect, module=module, poolclass=QueuePool, **_POOL)
    event.listen(engine, "begin", _begin_immediate_to_write)
    return _closed_at_its_end(engine)


def _still_up(line: Any) -> bool:  # noqa: ANN401 - a driver's connection
    """Whether a line that is in nobody's use was not hung up. A server that ends says so, and says nothing
    else to a line that has asked nothing: where there is anything to read, the line is not used again."""
    if line.closed:
        return False
    with selectors.DefaultSelector() as heard:
        heard.register(line, selectors.EVENT_READ)
        return not heard.select(0)


def _closed_at_its_end(engine: Engine) -> Engine:
    """Its connections are closed with the last hold on it: one that was opened for a window that is gone
    meanwhile is disposed of by nobody."""
    # Of the driver's own alone: a pool knows its engine, and whatever the end knows would never end.
    lines: set[Any] = set()

    def opened(line: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
        lines.add(line)

    def closed(line: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
        lines.discard(line)

    event.listen(engine, "connect", opened)
    event.listen(engine, "close", closed)
    finalize(engine, _close, lines).atexit = False
    return engine


def _close(lines: set[Any]) -> None:
    while lines:
        lines.pop().close()


def hurry(engine: Engine) -> None:
    """Let commits to a file wait for no disk; in the log before them the file stays whole all the same."""
    engine.dispose()  # the lines that wait are not used again

    def on_connect(line: sqlite3.Connection, _record: object) -> None:
        line.execute("PRAGMA synchronous = NORMAL")

    event.listen(engine, "connect", on_connect)


def connect_file(where: Where) -> sqlite3.Connection:
    """A connection to a SQLite file with everything set that keeps the data safe."""
    connection = raw_line(where, str(file_of(where)), timeout=BUSY_SECONDS)
    try:
        _set_pragmas(connection)
    except BaseException as failure:
        connection.close()
        if no_room_for(failure, where):
            raise OSError(errno.ENOSPC, "No space left on device") from failure
        raise
    return connection


def no_room_for(failure: BaseException, where: Where) -> bool:
    """Whether a file could not be read for want of room: the index of its journal takes some. The library for
    sealed files says no more of it than "disk I/O error"."""
    return str(failure) == "disk I/O error" and no_room_at(file_of(where))


def no_room_at(path: Path) -> bool:
    """Whether not even the index of a journal, which all desks share, can be made beside a file."""
    return shutil.disk_usage(path.absolute().parent).free < _JOURNAL_INDEX_BYTES


def raw_line(where: Where, database: str, **how: Any) -> sqlite3.Connection:  # noqa: ANN401 - a driver's
    """A connection to ``database`` with nothing set but the key of ``where``, by the library for it."""
    # isolation_level None: the driver must not begin transactions on its own.
    if isinstance(where, Sealed):
        return cipher.connect(database, where.key, **how)
    line: sqlite3.Connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False, **how)
    return line


def _set_pragmas(connection: sqlite3.Connection) -> None:
    for name, wanted in _PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found != wanted:
            raise EnvironmentFailure(
                f"The clinic's data cannot be kept safely here ({name} is {found}, not {wanted}). "
                "Move it to a disk of this computer."
            )


def _begin_immediate_to_write(connection: Connection) -> None:
    # A writer takes the lock before it looks, so that what it saw still holds when it writes.
    file = cast(sqlite3.Connection, connection.connection.driver_connection)
    if connection.get_execution_options().get("writes", False):
        _take_turn(file)
    else:
        file.execute("BEGIN")


def _take_turn(file: sqlite3.Connection) -> None:
    """Wait for the write lock. SQLite's own waiting sleeps longer and longer, up to a tenth of a second:
    with many desks at once somebody sleeps through every turn. Short uneven naps do not."""
    last_call = time.monotonic() + _PRAGMAS["busy_timeout"] / 1000
    file.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                file.execute("BEGIN IMMEDIATE")
            except Exception as failure:  # of either library
                name = getattr(failure, "sqlite_errorname", "")
                if not name.startswith("SQLITE_BUSY") or time.monotonic() > last_call:
                    raise
                time.sleep(random.uniform(*_NAP_SECONDS))  # noqa: S311 - not a secret
            else:
                return
    finally:
        file.execute(f"PRAGMA busy_timeout = {_PRAGMAS['busy_timeout']}")


def server_url(address: str) -> URL:
    """An address taken apart; raises :class:`EnvironmentFailure` for one with a password, or no such one."""
    try:
        url = make_url(several_hosts(address))
    except (ArgumentError, ValueError) as failure:
        raise EnvironmentFailure(_UNREADABLE) from failure
    if url.password is not None or _SECRETS & {name.lower() for name in url.query}:
        raise EnvironmentFailure(_SHOWN_TO_OTHERS)
    if url.drivername.split("+")[0] not in ("postgresql", "postgres"):
        raise EnvironmentFailure(_OTHER_KIND)
    if not _NAME.fullmatch(schema_of(url)):
        raise EnvironmentFailure(_NO_NAME)
    return url.set(drivername="postgresql+psycopg")


def schema_of(url: URL) -> str:
    return str(url.query.get("schema", "public"))


def _keywords(url: URL) -> dict[str, Any]:
    """What the driver is told: the address's own parts, and our settings."""
    driver = url.get_dialect()()
    own = driver.create_connect_args(url.difference_update_query(["schema", "options"]))[1]
    settings = (
        f"-c {name}={value.format(schema=schema_of(url))}" for name, value in _SERVER_SETTINGS.items()
    )
    options = " ".join([str(url.query.get("options", "")), *settings]).strip()
    called = f"{AT_SERVER} {desk_name()}".strip()
    return secured({**_LINE, "application_name": called, **to_be_written(own), "options": options})


def line_of(url: URL) -> dict[str, str]:
    """What an address has to say to another program, so that its line to the server is as ours: to the one of
    several that can be written, and soon noticed when it is dead."""
    keywords = _keywords(url)
    said = {*_LINE, "target_session_attrs"} | ({"host", "port"} & url.query.keys())
    return {name: str(keywords[name]) for name in sorted(said & keywords.keys())}


def account_of(address: str) -> server_password.Account:
    """Who signs in where at a ``postgresql://`` address."""
    return _account(_keywords(server_url(address)))


def place_of(address: str) -> str:
    """Which clinic an address names, whoever signs in there and however: servers, database and schema."""
    url = server_url(address)
    keywords = _keywords(url)
    servers = ",".join(f"{one}:{keywords.get('port') or ''}" for one in hosts(keywords))
    return f"{servers}/{keywords.get('dbname') or ''}?{schema_of(url)}"


def told_besides(address: str) -> dict[str, str]:
    """What other programs than the driver are told by their environment, so that their line to the server is
    as safe as ours: how it is encrypted, and the password, which stands on no command line."""
    keywords = _keywords(server_url(address))
    password = server_password.password(_account(keywords))
    told = {"PGSSLMODE": keywords.get("sslmode"), "PGPASSWORD": password}
    return {name: str(value) for name, value in told.items() if value is not None}


def as_user(address: str, user: str) -> str:
    """The same address for another name to sign in with; as it is for an empty one."""
    return str(make_url(several_hosts(address)).set(username=user)) if user else address


def _account(keywords: dict[str, Any]) -> server_password.Account:
    user, database = (str(keywords.get(name) or "") for name in ("user", "dbname"))
    return server_password.Account(user, ",".join(hosts(keywords)), database)


def _connect_server(keywords: dict[str, Any]) -> Any:  # noqa: ANN401 - a driver's connection
    # The driver takes a tenth of a second to import: only where a server is used.
    import psycopg  # noqa: PLC0415 - slow to load, seldom needed

    # Known from here on to the driver alone: what is kept of a line has no password in it.
    account = _account(keywords)
    problem: ClinicProblem
    try:
        connection = psycopg.connect(**keywords, password=server_password.password(account), autocommit=True)
    except psycopg.OperationalError as failure:
        # The driver's failure knows the password: it goes no further than this.
        problem = _told(str(failure), keywords, account)
    else:
        return _set_or_closed(connection)
    raise problem


def _told(said: str, keywords: dict[str, Any], account: server_password.Account) -> ClinicProblem:
    """The problem behind a line that did not come about."""
    trouble = trouble_of(said)
    if trouble.asks_password:
        return server_password.PasswordWanted(trouble.words, account)
    if trouble is Trouble.STRANGER:
        trouble = why_not_trusted(keywords)
    return EnvironmentFailure(trouble.words) if trouble.lasts else ServerAway(AWAY)


def _set_or_closed(connection: Any) -> Any:  # noqa: ANN401 - a driver's connection
    try:
        _set_server(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_server(connection: Any) -> None:  # noqa: ANN401 - a driver's connection
    fit_or_refused(connection.info)
    # A server may be set to acknowledge before the disk has it; a setting stricter than "on" stays.
    connection.execute(
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') IN ('off', 'local')"
    )
    connection.autocommit = False
