"""What the database refuses by itself, whatever program writes: overlapping claims, edits of what was
recorded, and a treatment beyond held without the way home that its profile asks for.

The guards are rebuilt after every migration, because rebuilding a table drops them silently, and compared
word for word when a clinic is opened and by ``check``.
"""

from sqlalchemy import Connection

from clinic_desktop.storage import guards_postgres, guards_sqlite


def build(connection: Connection) -> None:
    """Put every guard in place anew."""
    if connection.dialect.name == "sqlite":
        guards_sqlite.build(connection)
    else:
        guards_postgres.build(connection)


def clear(connection: Connection) -> None:
    """Take every guard away for as long as a migration runs."""
    if connection.dialect.name == "sqlite":
        guards_sqlite.clear(connection)
    else:
        guards_postgres.clear(connection)


def differing(connection: Connection) -> list[str]:
    """Names of guards that are absent, say something else than they should, or are not ours."""
    if connection.dialect.name == "sqlite":
        return guards_sqlite.differing(connection)
    return guards_postgres.differing(connection)
