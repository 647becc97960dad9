"""What is kept on this computer while the server is away, on its disk: sealed, one entry after the other, and
gone from there once it is saved. Nothing here touches a widget."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.security.sealed_files import Journal
from clinic_desktop.treatment.kept_entries import (
    KeptEntry,
    Outcome,
    Returned,
    as_bytes,
    from_bytes,
    save_kept,
)
from clinic_desktop.ui.failure import report
from clinic_desktop.ui.i18n import tr

_log = logging.getLogger(__name__)
_FILE = "kept entries"


class KeptOnDisk:
    """In the folder that this computer has for the address of a clinic, with the clinic's key."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder, self._key = folder, key
        self._journal = Journal(folder / _FILE, key, _FILE)

    def there(self) -> tuple[list[KeptEntry | None], list[Path], int]:
        """What lies there, None for what another version of the program has written; and what was set aside,
        because nobody can open all of it, so that nothing is added to it that would be lost with it, and how
        many at least are missing for that."""
        self._bring_along()
        try:
            found = self._journal.entries()
        except EnvironmentFailure as problem:
            try:
                self._journal.set_aside()
            except OSError:
                raise problem from None
            found = self._journal.entries()
        aside = self._journal.aside()
        try:
            missing = self._journal.missing()
        except OSError:
            missing = len(aside)
        return list(map(_known, found)), aside, missing

    def add(self, entry: KeptEntry) -> None:
        """On the disk once it returns. Raises :class:`EnvironmentFailure`."""
        try:
            self._journal.add(as_bytes(entry))
        except (OSError, EnvironmentFailure) as problem:
            damaged = tr("what it kept before is damaged, and was left as it is")
            why = problem.strerror or type(problem).__name__ if isinstance(problem, OSError) else damaged
            said = tr("This computer could not keep it ({why}). Write it down on paper with its time.")
            raise EnvironmentFailure(said.format(why=why)) from problem

    def give_back(
        self, store: ScheduleStore, entries: Iterable[KeptEntry]
    ) -> tuple[list[Returned], EnvironmentFailure | None]:
        """Each as it is saved; it ends where the server takes no more, and says why. What is saved leaves the
        disk at the end: saved twice it would be there already, unless two programs saved it in one moment."""
        with self._journal.turn():
            done, problem = _saved(store, entries)
            try:
                self.strike_out(one.entry for one in done if one.outcome is not Outcome.NOT_SAVED)
            except (EnvironmentFailure, OSError) as failure:  # they are saved all the same
                _log.warning("what was saved could not be struck out: %s", type(failure).__name__)
        return done, problem

    def strike_out(self, settled: Iterable[KeptEntry]) -> None:
        """Without these. What another window of this computer keeps there, and what was not saved and nobody
        has looked at yet, stays."""

        def left(there: list[bytes]) -> list[bytes]:
            known = [(_known(one), one) for one in there]
            for entry in settled:
                same = next((one for one in known if one[0] == entry), None)
                if same is not None:
                    known.remove(same)
            return [data for _, data in known]

        self._journal.strike_out(left)

    def _bring_along(self) -> None:
        """What lies in the folder of another address and opens with this clinic's key is this clinic's: it
        has been moved since, or its server is called otherwise. What another clinic kept stays with it."""
        for file in sorted(self._folder.parent.glob(f"*/{_FILE}")):
            if file.parent == self._folder:
                continue
            before = Journal(file, self._key, _FILE)
            with suppress(EnvironmentFailure, OSError):
                found = before.entries()
                for one in found:
                    if one not in self._journal.entries():  # a program that ended in between has brought it
                        self._journal.add(one)
                before.strike_out(partial(_without, found))


def _saved(
    store: ScheduleStore, entries: Iterable[KeptEntry]
) -> tuple[list[Returned], EnvironmentFailure | None]:
    done: list[Returned] = []
    spoken_for: set[int] = set()
    for entry in entries:
        try:
            done.append(save_kept(store, entry, spoken_for))
        except EnvironmentFailure as failure:
            return done, failure
        except Exception as fault:  # those after it are not to wait for what no later try would bring
            report(fault)
            done.append(Returned(entry, Outcome.NOT_SAVED))
    return done, None


def _without(found: list[bytes], there: list[bytes]) -> list[bytes]:
    return [one for one in there if one not in found]


def _known(data: bytes) -> KeptEntry | None:
    try:
        return from_bytes(data)
    except Exception as failure:  # whatever the library makes of it
        _log.warning("an entry that is kept cannot be read: %s", type(failure).__name__)
        return None
