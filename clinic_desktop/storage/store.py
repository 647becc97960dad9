"""The store: one clinic's records on SQLite or PostgreSQL."""

from pathlib import Path

from sqlalchemy import Engine, select

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import Clock, SystemClock
from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.storage import guards, schema
from clinic_desktop.storage.engine import open_engine
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.setups import SetupCache
from clinic_desktop.storage.tables import change, head
from clinic_desktop.storage.unit_of_work import Reader, UnitOfWork, gathered


class SqlStore:
    """Open with :func:`open_store`; many threads may read and write through one store."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self.clock = engine, clock
        self._setups = SetupCache()

    def write(self, actor: Actor) -> UnitOfWork:
        return UnitOfWork(self._engine, self._setups, actor, self.clock)

    def read(self) -> Reader:
        return Reader(self._engine, self._setups)

    def change_number(self) -> int:
        """The number of the last committed change."""
        with self.read() as records, worded():
            return int(records.connection.execute(select(head.c.change_number)).scalar_one())

    def changes_since(self, number: int) -> Changes:
        """What was committed after that number, by anybody."""
        query = select(change).where(change.c.number > number).order_by(change.c.number)
        with self.read() as records, worded():
            rows = records.connection.execute(query).all()
        if not rows:
            return Changes()
        return gathered(rows[-1].number, ((r.kind, r.record_id, r.day) for r in rows), ())

    def close(self) -> None:
        self._engine.dispose()

    @property
    def engine(self) -> Engine:
        return self._engine


def open_store(where: Path | str, clock: Clock | None = None, *, make: bool = False) -> SqlStore:
    """Open the clinic at a path or ``postgresql://`` address; with ``make`` a new one is made there.

    Raises :class:`StoreRefused` for a damaged, foreign or newer database, which stays as it is, and
    :class:`EnvironmentFailure` when the place cannot be reached.
    """
    if not (isinstance(where, str) and "://" in where):
        schema.look_before_opening(Path(where))
        if not make and not Path(where).exists():
            raise StoreRefused(
                f"There is no clinic at {Path(where).name}. Choose another file, or set up a clinic."
            )
    engine = open_engine(where)
    try:
        with worded():
            _ready(engine, make)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine, clock or SystemClock())


def _ready(engine: Engine, make: bool) -> None:
    if not schema.exists(engine):
        if not make:
            raise StoreRefused("This database holds no clinic yet. Set up a clinic there first.")
        schema.create(engine)
    elif make:
        raise StoreRefused("There is a clinic here already. It was left as it is. Choose another place.")
    with engine.connect() as connection:
        found = schema.version(connection)
        gone = guards.missing(connection)
    if found != schema.CURRENT:
        # Alembic takes a third of a second to import, so only when a migration is due.
        from clinic_desktop.storage.migrations.run import migrate  # noqa: PLC0415 - see above

        migrate(engine, found)
    elif gone:
        raise StoreRefused(
            f"This clinic's data has lost its protection against double booking ({', '.join(gone)}). "
            "It was left as it is. Run the check, or restore the last good backup."
        )
