"""A database that many tests use one after the other, each finding it as it was made."""

from psycopg import sql

from clinic_desktop.foundation.clock import Clock
from clinic_desktop.storage.store import SqlStore, open_store
from tests.storage import postgres

_WAIT = "20s"  # for a test's own connections; one that left a transaction open is told so


class KeptDatabase:
    """A server's database whose rows are put back after each test.

    That takes about 2 ms. A new database from a template takes 100 ms, and TRUNCATE of every table 80.
    Only rows come back: a test that alters tables, guards or roles takes a database of its own.
    """

    def __init__(self, server: postgres.Server, name: str) -> None:
        self.address = server.address(name, postgres.DESK)
        self._admin = server.connect(name, "admin")
        # Rows come and go without guards and references, as only an administrator may have it.
        self._admin.execute("SET session_replication_role = replica")
        self._admin.execute(f"SET lock_timeout = '{_WAIT}'")
        self._put_back = self._steps()
        self._opened = open_store(self.address)

    def store(self, clock: Clock) -> SqlStore:
        """A store of a test's own on connections that stay open, as a desk's do all day.

        On a new connection the server reads every table's description and compiles every guard anew.
        """
        store = SqlStore(self.address, self._opened.engine, clock)
        store._lines = self._opened._lines
        return store

    def put_back(self) -> None:
        with self._admin.transaction():
            self._admin.execute(self._put_back)

    def close(self) -> None:
        self._opened.close()
        self._admin.close()
        open_store(self.address).close()  # refused if a test has taken guards away

    def _steps(self) -> sql.Composed:
        """One text that empties the tables, fills those that held rows, and sets the numbering back."""
        tables = [sql.Identifier(name) for name in self._names("SELECT tablename FROM pg_tables")]
        kept = [name for name in tables if self._has_rows(name)]
        for name in kept:
            self._admin.execute(sql.SQL("CREATE TEMPORARY TABLE {0} AS TABLE public.{0}").format(name))
        steps = [sql.SQL("DELETE FROM public.{}").format(name) for name in tables]
        steps += [sql.SQL("INSERT INTO public.{0} TABLE pg_temp.{0}").format(name) for name in kept]
        for name in self._names("SELECT sequencename FROM pg_sequences"):
            numbering = sql.Identifier("public", name)
            ((last, called),) = self._admin.execute(
                sql.SQL("SELECT last_value, is_called FROM {}").format(numbering)
            ).fetchall()
            whole = sql.Literal(f'public."{name}"')
            steps.append(sql.SQL("SELECT setval({}, {}, {})").format(whole, last, called))
        return sql.SQL("; ").join(steps)

    def _names(self, query: str) -> list[str]:
        return [name for (name,) in self._admin.execute(f"{query} WHERE schemaname = 'public'")]

    def _has_rows(self, table: sql.Identifier) -> bool:
        asked = sql.SQL("SELECT EXISTS (SELECT FROM public.{})").format(table)
        ((there,),) = self._admin.execute(asked).fetchall()
        return bool(there)
