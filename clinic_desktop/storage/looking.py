"""A clinic opened to look at only: where its file can be read and not written, nothing of it is changed.

A file without a journal beside it is read as one that nobody writes to (SQLite's ``immutable``), which
needs no file of SQLite's own beside it. Whether nobody did is asked before and after each reading: one that
somebody began to write to meanwhile is not believed, and is read under SQLite's locks from then on.
"""

from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Lock
from types import TracebackType

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import Clock, SystemClock
from clinic_desktop.foundation.errors import EnvironmentFailure, StoreRefused
from clinic_desktop.storage import look
from clinic_desktop.storage.engine import Sealed, Where, beside, file_of, is_address, open_engine
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.known_backup import made_at
from clinic_desktop.storage.lines import Lines
from clinic_desktop.storage.listening import Listener, OfFile
from clinic_desktop.storage.network_folder import refuse_share
from clinic_desktop.storage.reader import Reader
from clinic_desktop.storage.revisions import CURRENT
from clinic_desktop.storage.store import NO_CLINIC, SqlStore
from clinic_desktop.storage.unit_of_work import UnitOfWork

ONLY_LOOKED_AT = (
    "The clinic is open to look at only, because its data cannot be written. Nothing was saved. "
    "Once that is mended, close the program and open it again."
)
BACKUP_LOOKED_AT = (
    "This is a backup, open to look at only. Nothing was saved. Work in the clinic itself, or restore the "
    "backup in its place."
)
OLDER = (
    "An older version made this clinic's data. It has to be written once to be brought up to date, and "
    "cannot be looked at before."
)
WRITTEN_TO = "Somebody wrote to the clinic's data while it was read. Look again."
_NO_SERVER = "Only a clinic in a file is opened to look at."
SENTENCES = (ONLY_LOOKED_AT, BACKUP_LOOKED_AT, OLDER, WRITTEN_TO, _NO_SERVER)


class LookingStore(SqlStore):
    """Reads as any store; every change is refused in words. ``tries``: wrong passwords since it is open, by
    person: how many, and when the last one was; ``steps``: the last code of a phone that was accepted. They
    cannot be written down."""

    def __init__(self, kept: Path | Sealed, clock: Clock) -> None:
        connect = partial(look.read_only, kept)
        super().__init__(kept, open_engine(kept, connect), clock)
        self._lines = Lines(kept, connect)
        self.of_backup = made_at(file_of(kept)) is not None
        self._stands, self._one_by_one = look.as_it_was(file_of(kept)), Lock()
        self.tries: dict[int, tuple[int, datetime]] = {}
        self.steps: dict[int, int] = {}

    def write(self, actor: Actor) -> UnitOfWork:  # noqa: ARG002 - nobody may
        raise EnvironmentFailure(BACKUP_LOOKED_AT if self.of_backup else ONLY_LOOKED_AT)

    def read(self) -> Reader:
        return _LookingReader(self, self._lines, self._setups)

    def listener(self) -> Listener:
        return _OfLookedAt(self.where)

    def stands(self) -> tuple[bool, int, int]:
        """How the file stands now. Lines that were opened while it stood otherwise are not used again."""
        now = look.as_it_was(file_of(self.where))
        with self._one_by_one:
            if now != self._stands:
                self._stands = now
                self._lines.close()
        return now


class _LookingReader(Reader):
    """Says so where what was read may be of two moments."""

    def __init__(self, store: LookingStore, *rest: object) -> None:
        super().__init__(*rest)  # type: ignore[arg-type]  # the lines and the set-ups, as they come
        self._store = store

    def __enter__(self) -> "_LookingReader":
        with worded():
            self._stood = self._store.stands()
        return super().__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, problem, trace)
        journal = self._stood[0]
        with worded():
            if not journal and self._store.stands() != self._stood:
                raise EnvironmentFailure(WRITTEN_TO) from problem


class _OfLookedAt(OfFile):
    """Wakes when the file stands otherwise: there is a journal now, or it was put in place anew."""

    def __init__(self, where: Where) -> None:
        super().__init__(where)
        self._file = file_of(where)
        self._connect = partial(look.read_only, beside(where, self._file))

    def _version(self) -> int:
        return hash((*look.as_it_was(self._file), super()._version()))


def open_to_look(where: Where, clock: Clock | None = None) -> LookingStore:
    """Open the clinic in a file to look at only. No byte of it is changed, and no file is made beside it but
    what SQLite needs to read a journal that is there.

    Raises :class:`StoreRefused` as ``open_store`` does and for data of an older version, and
    :class:`EnvironmentFailure` where it cannot even be read.
    """
    if is_address(where):
        raise StoreRefused(_NO_SERVER)
    path = file_of(where)
    refuse_share(path)
    kept = beside(where, path)
    with worded():
        revision = look.look(kept)
        if revision is None:
            raise StoreRefused(NO_CLINIC.format(name=path.name))
        if revision != CURRENT:
            raise StoreRefused(OLDER)
        return LookingStore(kept, clock or SystemClock())
