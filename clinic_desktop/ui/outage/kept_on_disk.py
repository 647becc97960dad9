"""What is kept on this computer while the server is away, on its disk: sealed, one entry after the other, and
gone from there once it is saved. Nothing here touches a widget."""

import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
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
from clinic_desktop.ui.wording import all_worded

_log = logging.getLogger(__name__)
_FILE = "kept entries"
_BROUGHT = "kept entries of another address"  # which of them were brought along from there


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
        found = _whole(self._journal)
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
        """Each as it is saved, in their order; it ends where the server takes no more, and says why. At the
        end what is saved leaves the disk (saved twice it would be there already), and what is not saved lies
        there as that, so that it is not tried again once somebody has recorded it by hand."""
        with self._journal.turn():
            entries = self._as_they_lie(entries)
            done, problem = _saved(store, entries)
            told = [_with_why(one) for one in done]
            after = [one.entry if one.outcome is Outcome.NOT_SAVED else None for one in told]
            try:
                self._change(list(zip(entries, after, strict=False)))
            except (EnvironmentFailure, OSError) as failure:  # they are saved all the same
                _log.warning("what became of entries could not be written: %s", type(failure).__name__)
                return done, problem
        return told, problem

    def strike_out(self, settled: Iterable[KeptEntry]) -> None:
        """Without these. What another window of this computer keeps there, and what was not saved and nobody
        has looked at yet, stays."""
        self._change([(one, None) for one in settled])

    def _change(self, instead: Sequence[tuple[KeptEntry, KeptEntry | None]]) -> None:
        """Another entry in place of each, or none."""

        def left(there: list[bytes]) -> list[bytes]:
            known = [(_known(one), one) for one in there]
            for entry, other in instead:
                place = next((n for n, (one, _) in enumerate(known) if one == entry), None)
                if place is not None:
                    known[place : place + 1] = [] if other is None else [(other, as_bytes(other))]
            return [data for _, data in known]

        self._journal.strike_out(left)

    def _as_they_lie(self, entries: Iterable[KeptEntry]) -> list[KeptEntry]:
        """The same, where another program was told meanwhile that one is not saved, as that."""
        try:
            there = [_known(one) for one in self._journal.entries()]
        except (EnvironmentFailure, OSError):  # they are saved all the same
            there = []
        told = [one for one in there if one is not None and one.not_saved is not None]
        known = [(replace(one, not_saved=None), one) for one in told]
        return [next((other for one, other in known if one == entry), entry) for entry in entries]

    def _bring_along(self) -> None:
        """What lies in the folder of another address and opens with this clinic's key is this clinic's: it
        has been moved since, or its server is called otherwise. But a copy that was restored for a trial has
        that key, too. So it is brought along once, and stays there for whoever opens that address: where both
        are one clinic, it is there already. What another clinic kept has another key."""
        brought = Journal(self._folder / _BROUGHT, self._key, _BROUGHT)
        for file in sorted(self._folder.parent.glob(f"*/{_FILE}")):
            if file.parent == self._folder:
                continue
            with suppress(EnvironmentFailure, OSError):
                for one in Journal(file, self._key, _FILE).entries():
                    mark = _mark(one)
                    if mark in _whole(brought):
                        continue
                    if one not in self._journal.entries():  # a program that ended in between has brought it
                        self._journal.add(one)
                    brought.add(mark)


def _saved(
    store: ScheduleStore, entries: Iterable[KeptEntry]
) -> tuple[list[Returned], EnvironmentFailure | None]:
    done: list[Returned] = []
    spoken_for: set[int] = set()
    for entry in entries:
        if entry.not_saved is not None:
            done.append(Returned(entry, Outcome.NOT_SAVED))
            continue
        try:
            done.append(save_kept(store, entry, spoken_for))
        except EnvironmentFailure as failure:
            return done, failure
        except Exception as fault:  # those after it are not to wait for what no later try would bring
            report(fault)
            done.append(Returned(entry, Outcome.NOT_SAVED))
    return done, None


def _with_why(one: Returned) -> Returned:
    """What is not saved, with why not in its entry."""
    if one.outcome is not Outcome.NOT_SAVED or one.entry.not_saved is not None:
        return one
    return replace(one, entry=replace(one.entry, not_saved=all_worded(one.why)))


def _mark(data: bytes) -> bytes:
    """Which entry it is, also once it is known that it was not saved."""
    entry = _known(data)
    return sha256(data if entry is None else as_bytes(replace(entry, not_saved=None))).digest()


def _whole(journal: Journal) -> list[bytes]:
    try:
        return journal.entries()
    except EnvironmentFailure as problem:
        try:
            journal.set_aside()
        except OSError:
            raise problem from None
        return journal.entries()


def _known(data: bytes) -> KeptEntry | None:
    try:
        return from_bytes(data)
    except Exception as failure:  # whatever the library makes of it
        _log.warning("an entry that is kept cannot be read: %s", type(failure).__name__)
        return None
