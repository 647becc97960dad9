"""Looking at a place on a server step by step, and giving the desks a name of their own there."""

import re
import secrets
import socket
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.foundation.server_place import Found, KeptHow, Line, Looked, ServerPlace, Told
from clinic_desktop.storage import grants, moved
from clinic_desktop.storage.engine import Sealed, connector, file_of, is_address, server_url
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.grants import APP_ROLE
from clinic_desktop.storage.line_words import Trouble
from clinic_desktop.storage.revisions import REVISIONS
from clinic_desktop.storage.safe_line import REQUIRE_ALONE, VERIFIES
from clinic_desktop.storage.store import SqlStore

DESKS = "clinic_desk"
"""The name that the desks sign in with, where the assistant makes one."""

NAME, REACHED, SIGNED_IN, SAFE, FIT, CLINIC = STEPS = (
    "The server's name", "The server answers", "Name and password", "Nobody can listen in",
    "The server fits", "The clinic",
)  # fmt: skip
EMPTY_WORDS = "The database is empty, and this name may make a clinic in it."
LOCKED_WORDS = (
    "The database is empty, but this name may make nothing in it. Let the administrator run the lines below."
)
OWNED_WORDS = (
    "This name owns the clinic's tables. It is for updates and moves: day to day the desks use a name of "
    "their own, which cannot change the audit trail."
)
ALL_WORDS = (
    "This name may do anything on the server. Nobody works day to day with it: whoever has it can change the "
    "audit trail."
)
DESK_WORDS = "This name may do what a desk needs, and nothing beyond."
NO_RIGHT_WORDS = (
    "A clinic is there, but this name may not work with it. Let the administrator run the lines below."
)
NEWER_WORDS = "The clinic there was made by a newer Clinic Desktop. Update the program on this computer."
NO_ROLES = (
    "This name may not make one for the desks. Let the administrator run: "
    f"CREATE ROLE {{name}} LOGIN IN ROLE {APP_ROLE}; and give it a password. Then join with it here."
)
THERE_ALREADY = (
    "There is a name {name} already, and another PC may sign in with it. Type its password, or choose "
    "another name."
)
NO_NAME = "Choose a name of small letters, digits and _, beginning with a letter."
HERE = "On this computer."
HELD = "The server's certificate was held against the root certificate."
NEAR = "The line does not leave this computer."
SENTENCES = (
    *STEPS,
    EMPTY_WORDS,
    LOCKED_WORDS,
    OWNED_WORDS,
    ALL_WORDS,
    DESK_WORDS,
    NO_RIGHT_WORDS,
    NEWER_WORDS,
    NO_NAME,
    HERE,
    HELD,
    NEAR,
)
_SECONDS = 5
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")

_ASKED = """SELECT
    (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
    has_schema_privilege(current_schema(), 'CREATE'),
    to_regclass('alembic_version') IS NOT NULL,
    coalesce((SELECT pg_get_userbyid(relowner) = current_user OR pg_has_role(relowner, 'USAGE')
              FROM pg_class WHERE oid = to_regclass('alembic_version')), false),
    coalesce(has_table_privilege(to_regclass('alembic_version'), 'SELECT')
             AND has_table_privilege(to_regclass('visit'), 'SELECT'), false),
    EXISTS (SELECT 1 FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) AS given
            WHERE nspname = current_schema() AND given.grantee = 0 AND given.privilege_type = 'CREATE')"""


def look_at(place: ServerPlace) -> Looked:
    """Look at a place; for a worker thread. The password is that of ``security.server_password``."""
    steps = list(_reach(place))
    if not steps[-1].good:
        return _ended(steps)
    try:
        connection = connector(place.address)()
    except ClinicProblem as problem:
        return _ended([*steps, Told(_step_of(str(problem)), good=False, words=str(problem))])
    with closing(connection), worded():
        steps += [Told(SIGNED_IN, good=True), _line(place, connection)]
        version = connection.info.server_version // 10_000
        steps.append(Told(FIT, good=True, words=f"PostgreSQL {version}, UTF8."))
        return _clinic(place, connection, steps)


def _ended(steps: list[Told]) -> Looked:
    sql = admin_sql("clinic") if steps[-1].words == Trouble.NO_DATABASE.words else ""
    return Looked(tuple(steps), Found.NOTHING, sql=sql)


def _reach(place: ServerPlace) -> Iterator[Told]:
    """Name and port of each host; one that answers is enough."""
    hosts = [one.strip() for one in place.host.split(",")]
    ports = place.port.split(",")
    troubles = []
    for number, host in enumerate(hosts):
        if not host or host[0] in "/@":
            yield Told(NAME, good=True, words=HERE)
            return
        port = ports[min(number, len(ports) - 1)]
        trouble = _knock(host, port)
        if trouble is None:
            yield Told(NAME, good=True)
            yield Told(REACHED, good=True)
            return
        troubles.append(trouble)
    worst = troubles[0]
    if worst is not Trouble.NAME:
        yield Told(NAME, good=True)
    yield Told(NAME if worst is Trouble.NAME else REACHED, good=False, words=worst.words)


def _knock(host: str, port: str) -> Trouble | None:
    try:
        with socket.create_connection((host, int(port)), _SECONDS):
            return None
    except socket.gaierror:
        return Trouble.NAME
    except ConnectionRefusedError:
        return Trouble.REFUSED
    except (OSError, ValueError, OverflowError):
        return Trouble.SILENT


def _step_of(said: str) -> str:
    trouble = next((one for one in Trouble if one.words == said), Trouble.OTHER)
    if trouble in (Trouble.NO_TLS, Trouble.EXPIRED, Trouble.STRANGER, Trouble.OTHER_NAME, Trouble.NO_ROOT):
        return SAFE
    if trouble.asks_password or trouble in (Trouble.NOT_ADMITTED, Trouble.NO_DATABASE):
        return SIGNED_IN
    return REACHED if trouble is Trouble.SILENT else FIT


def _line(place: ServerPlace, connection: Any) -> Told:  # noqa: ANN401 - a driver's connection
    if connection.pgconn.ssl_in_use and not place.root:
        return Told(SAFE, good=True, words=REQUIRE_ALONE, doubtful=True)
    if connection.pgconn.ssl_in_use:
        return Told(SAFE, good=True, words=HELD)
    return Told(SAFE, good=True, words=NEAR)


def _clinic(place: ServerPlace, connection: Any, steps: list[Told]) -> Looked:  # noqa: ANN401 - a driver's connection
    everything, may_make, there, owns, reads, to_all = connection.execute(_ASKED).fetchone()
    if not there:
        return _nothing(place, steps, everything=everything, may_make=may_make, to_all=to_all)
    if not reads:
        return _end(steps, Found.FOREIGN, NO_RIGHT_WORDS, sql=join_sql(place.user))
    (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if owns and isinstance(moved.read_mark(revision), moved.Coming):
        return _end(steps, Found.EMPTY, moved.HALF_WAY, doubtful=True)
    if revision not in REVISIONS:
        return _end(steps, Found.FOREIGN, moved.words_of(revision) or NEWER_WORDS)
    row = connection.execute("SELECT name FROM clinic").fetchone()
    name = str(row[0]) if row else ""
    if everything or owns:
        words = ALL_WORDS if everything else OWNED_WORDS
        return _end(steps, Found.OWNED, words, clinic=name, doubtful=True)
    return _end(steps, Found.CLINIC, DESK_WORDS, clinic=name)


def _nothing(
    place: ServerPlace, steps: list[Told], *, everything: bool, may_make: bool, to_all: bool
) -> Looked:
    """An empty database."""
    if may_make and not to_all:
        words = ALL_WORDS if everything else EMPTY_WORDS
        return _end(steps, Found.EMPTY, words, doubtful=everything)
    words = grants.OPEN_TO_ALL if to_all else LOCKED_WORDS
    return _end(steps, Found.LOCKED, words, sql=admin_sql(place.database))


def _end(
    steps: list[Told], found: Found, words: str, *, clinic: str = "", sql: str = "", doubtful: bool = False
) -> Looked:
    good = found in (Found.EMPTY, Found.OWNED, Found.CLINIC)
    return Looked((*steps, Told(CLINIC, good=good, words=words, doubtful=doubtful)), found, clinic, sql)


def admin_sql(name: str) -> str:
    """What an administrator runs once for a clinic, in psql; the passwords are typed there, not shown."""
    database = _quoted(name)
    return (
        "SET password_encryption = 'scram-sha-256';\n"  # PostgreSQL 13 would keep them as MD5
        f"CREATE ROLE {APP_ROLE} NOLOGIN;\n"
        "CREATE ROLE clinic_owner LOGIN;\n"
        f"CREATE ROLE {DESKS} LOGIN IN ROLE {APP_ROLE};\n"
        f"CREATE DATABASE {database} OWNER clinic_owner ENCODING 'UTF8' TEMPLATE template0;\n"
        "\\password clinic_owner\n"
        f"\\password {DESKS}\n"
        f"\\connect {database}\n"
        f"{grants.close_sql('public', 'clinic_owner')}"
    )


def join_sql(user: str) -> str:
    """What lets a name work with a clinic that is there."""
    return f"GRANT {APP_ROLE} TO {_quoted(user)};"


def _quoted(name: str) -> str:
    if _NAME.fullmatch(name):
        return name
    return '"' + name.replace('"', '""').replace("\n", " ") + '"'


def place_of(address: str) -> ServerPlace:
    """The place that an address names, as it is typed."""
    url = server_url(address)
    asked = {name: one if isinstance(one, str) else ",".join(one) for name, one in url.query.items()}
    return ServerPlace(
        url.host or asked.get("host", ""),
        str(url.port or asked.get("port", "") or "5432"),
        url.database or "",
        url.username or "",
        asked.get("sslrootcert", ""),
    )


def kept_how(store: SqlStore) -> KeptHow:
    """How an open clinic is kept; for a worker thread."""
    where = store.where
    if not is_address(where):
        return KeptHow(str(file_of(where)), isinstance(where, Sealed))
    with closing(connector(where)()) as connection:
        used, version = connection.pgconn.ssl_in_use, connection.info.server_version // 10_000
        proved = used and connection.info.get_parameters().get("sslmode") == VERIFIES
    line = Line.PROVED if proved else Line.ENCRYPTED if used else Line.NEAR
    return KeptHow(place=place_of(where), line=line, version=version, owner=store.may_do_too_much())


def new_password() -> str:
    """Random, 122 bits: it is written down from a screen and typed at every other PC, so no two of its signs
    are taken for each other (no 0 and O, no 1, I and L) and none is small."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(5)) for _ in range(5))


def make_desk_name(owner: str, name: str = DESKS, *, new: bool = False) -> tuple[str, str]:
    """Make a name that desks sign in with, or give it another password, with the owner's address; the name
    and the password. new: another PC's name is refused, and keeps its password.

    The password goes to the server as its proof alone (SCRAM), so that no log of the server holds it. Raises
    :class:`EnvironmentFailure` where the owner may not make roles.
    """
    import psycopg  # noqa: PLC0415 - only where a server is used
    from psycopg import sql  # noqa: PLC0415

    if not _NAME.fullmatch(name):
        raise EnvironmentFailure(NO_NAME)
    typed = new_password()
    with closing(connector(owner)()) as connection:
        connection.autocommit = True  # each transaction below is one by itself
        proof = connection.pgconn.encrypt_password(typed.encode(), name.encode(), b"scram-sha-256").decode()
        (there,) = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)", [name]
        ).fetchone()
        if there and new:
            raise EnvironmentFailure(THERE_ALREADY.format(name=name))
        verb = "ALTER" if there else "CREATE"
        try:
            with connection.transaction():
                made = sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(
                    sql.SQL(verb), sql.Identifier(name), sql.Literal(proof)
                )
                connection.execute(made)
                granted = sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP_ROLE), sql.Identifier(name))
                connection.execute(granted)
        except psycopg.errors.InsufficientPrivilege:
            refused = True
        else:
            refused = False
    if refused:
        raise EnvironmentFailure(NO_ROLES.format(name=name))
    return name, typed
