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
    is_saved,
    save_kept,
)
from clinic_desktop.ui.failure import report
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.outage.words import why_words

_log = logging.getLogger(__name__)
_FILE = "kept entries"
_KEY_BYTES = 32
_BROUGHT = "kept entries of another address"  # which were put before somebody at more than one
_OF_ANOTHER_ADDRESS = QT_TR_NOOP(
    "It was kept while the clinic was open at another address ({place}), perhaps on a copy to look at. "
    "Look on the floor. If it is not there and was done in this clinic, record it with its time."
)
_SHOWN_ELSEWHERE = QT_TR_NOOP(
    "It was shown while the clinic was open at another address ({place}), and may have been recorded by hand "
    "since. Look on the floor. If it is not there, record it with its time."
)
_SETTLED_ELSEWHERE = QT_TR_NOOP(
    "Another window of this computer has settled it, so it may have been recorded by hand. Look on the "
    "floor. If it is not there, record it with its time."
)


class KeptOnDisk:
    """In the folder that this computer has for the address of a clinic, with the clinic's key."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder, self._key = folder, key
        self._journal = Journal(folder / _FILE, key, _FILE)
        self._brought = Journal(folder / _BROUGHT, key, _BROUGHT)

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
            lying = self._as_they_lie(entries)
            done, problem = _saved(store, lying)
            told = [_with_why(one) for one in done]
            after = [one.entry if one.outcome is Outcome.NOT_SAVED else None for one in told]
            try:
                self._change([(one, new) for (one, lies), new in zip(lying, after, strict=False) if lies])
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
                place = next((n for n, (one, _) in enumerate(known) if one and _is_same(one, entry)), None)
                if place is not None:
                    known[place : place + 1] = [] if other is None else [(other, as_bytes(other))]
            return [data for _, data in known]

        self._journal.strike_out(left)

    def _as_they_lie(self, entries: Iterable[KeptEntry]) -> list[tuple[KeptEntry, bool]]:
        """Each as it lies there: where another program was told meanwhile that it is not saved, as that. And
        whether it does: what lies there in no form was settled by another program."""
        try:
            there = [one for one in map(_known, self._journal.entries()) if one is not None]
        except (EnvironmentFailure, OSError):  # they are saved all the same
            return [(entry, True) for entry in entries]
        found = []
        for entry in entries:
            lies = next((one for one in there if _is_same(one, entry)), None)
            if lies is not None:
                there.remove(lies)
            found.append((lies or entry, lies is not None))
        return found

    def _bring_along(self) -> None:
        """What lies in the folder of another address and opens with this clinic's key was kept in this clinic
        before it was moved, or in a copy that was restored to be looked at: nobody can tell. So each is put
        before somebody here, once, and from then on it is saved by itself neither here nor there: it may have
        been recorded by hand at either. What another clinic kept has another key."""
        for file in sorted(self._folder.parent.glob(f"*/{_FILE}")):
            if file.parent != self._folder:
                with suppress(EnvironmentFailure, OSError):
                    self._bring_from(KeptOnDisk(file.parent, self._key))

    def _bring_from(self, other: "KeptOnDisk") -> None:
        if not self._new_of(other):
            return
        with self._journal.turn():  # else it may be just about to be saved there
            for entry in self._new_of(other):
                mark, known = _mark(entry), map(_known, self._journal.entries())
                there = entry.not_saved or tr(_SHOWN_ELSEWHERE).format(place=self._folder.name)
                other._change([(entry, replace(entry, not_saved=there, another=True))])
                if not any(
                    one is not None and _is_same(one, entry) for one in known
                ):  # else it ended in between
                    here = tr(_OF_ANOTHER_ADDRESS).format(place=other._folder.name)
                    self._journal.add(as_bytes(replace(entry, not_saved=here, another=True)))
                for one in (other, self):  # there, too: what lies here now is not shown there once more
                    one._brought.add(mark)

    def _new_of(self, other: "KeptOnDisk") -> list[KeptEntry]:
        """What lies there and was not brought along yet. What another version of the program wrote stays
        there: nobody could read it here."""
        brought = set(_whole(self._brought))
        there = [one for one in map(_known, other._journal.entries()) if one is not None]
        return [one for one in there if _mark(one) not in brought]


def how_many_kept(folder: Path) -> int:
    """Entries that lie in a folder, for whom nobody can open them yet. Raises ``OSError``."""
    return Journal(folder / _FILE, bytes(_KEY_BYTES), _FILE).how_many()


def _saved(
    store: ScheduleStore, lying: Iterable[tuple[KeptEntry, bool]]
) -> tuple[list[Returned], EnvironmentFailure | None]:
    done: list[Returned] = []
    spoken_for: set[int] = set()
    for entry, lies in lying:
        if entry.not_saved is not None:
            done.append(Returned(entry, Outcome.NOT_SAVED))
            continue
        try:
            done.append((save_kept if lies else _settled_elsewhere)(store, entry, spoken_for))
        except EnvironmentFailure as failure:
            return done, failure
        except Exception as fault:  # those after it are not to wait for what no later try would bring
            report(fault)
            done.append(Returned(entry, Outcome.NOT_SAVED))
    return done, None


def _settled_elsewhere(store: ScheduleStore, entry: KeptEntry, spoken_for: set[int]) -> Returned:
    """Of an entry that is on this computer's disk no more: it is saved, or somebody has looked at it."""
    if is_saved(store, entry, spoken_for):
        return Returned(entry, Outcome.THERE)
    return Returned(replace(entry, not_saved=tr(_SETTLED_ELSEWHERE), another=True), Outcome.NOT_SAVED)


def _with_why(one: Returned) -> Returned:
    """What is not saved, with why not in its entry."""
    if one.outcome is not Outcome.NOT_SAVED or one.entry.not_saved is not None:
        return one
    told = replace(one.entry, not_saved=why_words(one), another=one.another is not None)
    return replace(one, entry=told)


def _as_kept(entry: KeptEntry) -> KeptEntry:
    """As it was before it was known what became of it."""
    return replace(entry, not_saved=None, another=False)


def _is_same(one: KeptEntry, other: KeptEntry) -> bool:
    """Whatever is known by now of what became of them."""
    return _as_kept(one) == _as_kept(other)


def _mark(entry: KeptEntry) -> bytes:
    return sha256(as_bytes(_as_kept(entry))).digest()


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
