"""The time without the server: since when it does not answer, and what is kept on this computer meanwhile.

What happened in a room is kept, sealed, and saved in order once the server is back; nothing else is.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import Clock
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure, ServerAway
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.security.away import AwayDoor, KeptDeed
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
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import BEHIND, Operation, run, show_problem

T = TypeVar("T")
_log = logging.getLogger(__name__)
_FILE, _ABOUT = "kept entries", "kept entries"
_TRY_MS = 5_000  # until the server is asked again
_LATER_MS = 30_000  # until what it did not take, though it answers, is tried again
_WRITING = "outage"  # one entry after the other, and none while they are saved
_TURN_MS = 50  # until what waits for that is tried again


class Outage(QObject):
    """``changed`` when the server went or came back, or another entry is kept; ``saved`` with what became of
    those that were kept."""

    changed = Signal()
    saved = Signal(list)  # of Returned

    def __init__(self, store: ScheduleStore, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._store, self._clock = store, clock
        self._journal: Journal | None = None
        self._key = b""
        self.door: AwayDoor | None = None  # how people come in meanwhile; None where there is no server
        self._again = QTimer(self, interval=_TRY_MS)
        self._again.timeout.connect(self.try_again)
        self.away_since: datetime | None = None
        self.on_a_copy = False  # what is shown is less than the clinic: those who come soon
        self.kept: tuple[KeptEntry, ...] = ()
        self.returned: tuple[Returned, ...] = ()  # what is still to be looked at
        self._seen: tuple[KeptEntry, ...] = ()  # was looked at, and is on the disk still
        self._writing: Operation[Any] | None = None

    def keep_in(self, folder: Path, key: bytes) -> None:
        """From now on there is a place for entries; what lies there from before is read and, while the server
        answers, saved."""
        self._journal, self._key = Journal(folder / _FILE, key, _ABOUT), key
        if self.door is None:
            self.door = AwayDoor(folder)
        self._strike_out()
        self._look(self._journal, folder, key)
        self._tell_of_the_door()

    def _look(self, journal: Journal, folder: Path, key: bytes) -> None:
        # Not while the window before saves them, or an entry is kept.
        if not self._write(partial(_there, journal, folder, key), self._read):
            QTimer.singleShot(_TURN_MS, self, partial(self._look, journal, folder, key))

    def _read(self, there: tuple[list[KeptEntry | None], list[Path]]) -> None:
        entries, aside = there
        known = [*self.kept, *self._seen, *(one.entry for one in self.returned)]
        new = list[KeptEntry]()
        for one in entries:
            if one in known:
                known.remove(one)
            elif one is not None:
                new.append(one)
        self.kept = (*new, *self.kept)
        self.changed.emit()
        if strange := entries.count(None):
            show_problem(EnvironmentFailure(tr(_STRANGE, "", strange)))
        if aside:
            show_problem(EnvironmentFailure(tr(_SET_ASIDE).format(file=aside[-1])))
        if self.away_since is None:
            self.give_back()

    def bring(self, returned: tuple[Returned, ...]) -> None:
        """What became of entries that the window before saved, and nobody has looked at yet."""
        if returned:
            self.returned = (*returned, *self.returned)
            self.saved.emit(list(returned))
            self.changed.emit()

    @property
    def settled(self) -> bool:
        """Whether nothing is under way of which a fresh window would not hear."""
        strikes_out = bool(self._seen) and self._journal is not None
        return not strikes_out and (self._writing is None or not self._writing.busy)

    @property
    def keeps(self) -> bool:
        """Whether an entry is kept now: the server is away, or others wait to be saved before it."""
        return self.away_since is not None or bool(self.kept)

    @property
    def by_door(self) -> bool:
        """Whether people come in by what this computer keeps."""
        return self.away_since is not None and self.door is not None

    def came_up_away(self, since: datetime) -> None:
        """The program was started without the server, on a copy of ``since``. It is not asked from here:
        whoever opened the copy opens the clinic once it answers."""
        self.away_since, self.on_a_copy = since, True
        self.changed.emit()

    def gone(self) -> None:
        """The server does not answer."""
        if self.away_since is None:
            self.away_since = self._clock.now()
            self._again.start()
            self.changed.emit()

    def try_again(self) -> None:
        """Ask the server for something small. The feed tells of its return, too, but not where only a
        record has met a line that was lost."""
        run(self, partial(_ask, self._store), self._answered, _nothing, key="outage-again", quiet=True)

    def _answered(self, _nothing: None) -> None:
        if self.away_since is not None:
            self.back()

    def back(self) -> None:
        """It answers again: what was kept is saved."""
        if self.away_since is not None:
            self.away_since = None
            self._again.stop()
            self.changed.emit()
            self._tell_of_the_door()
        self.give_back()

    # The door.

    def admit(self, actor: Actor, password: str) -> None:
        """Somebody signed in with this password: they come in with it while the server is away."""
        if self.door is not None:
            work = partial(self.door.admit, self._store, actor, password)
            run(self, work, _nothing, _nothing, quiet=True, pool=BEHIND)

    def look_at_accounts(self) -> None:
        """Accounts were changed: who may no longer come in is forgotten here."""
        if self.door is not None and self.away_since is None:
            run(self, partial(self.door.look_again, self._store), _nothing, _nothing, quiet=True, pool=BEHIND)

    def keep_deed(self, deed: Deed, actor: Actor, at: datetime) -> None:
        """Somebody locked, unlocked or left while the server was away: into the trail later."""
        if self.door is not None and self._key:
            work = partial(self.door.keep, KeptDeed(deed, actor, actor.person_id, at), self._key)
            run(self, work, _nothing, _nothing, quiet=True, pool=BEHIND)

    def _tell_of_the_door(self) -> None:
        if self.door is not None and self._key and self.away_since is None:
            work = partial(self.door.give_back, self._store, self._key)
            run(self, work, _nothing, _nothing, quiet=True, pool=BEHIND)
        self.look_at_accounts()

    def keep(
        self, entry: KeptEntry, then: Callable[[], object], failed: Callable[[ClinicProblem], None]
    ) -> None:
        """Put an entry on this computer's disk; ``then`` once it is there. Raises nothing: ``failed`` hears
        why it could not be kept, and nothing counts as recorded."""
        journal = self._journal
        if journal is None:
            failed(EnvironmentFailure(tr(_NO_PLACE)))
            return

        def kept(_nothing: None) -> None:
            self.kept = (*self.kept, entry)
            then()
            self.changed.emit()
            if self.away_since is None:
                self.give_back()

        if not self._write(partial(_added, journal, entry), kept, failed):
            failed(EnvironmentFailure(tr(_STILL_WRITING)))

    def give_back(self) -> None:
        """Save what is kept, in order, in a worker; what the server cannot take stays kept."""
        journal, entries = self._journal, self.kept
        if journal is None or not entries or self.away_since is not None:
            return
        work = partial(_given_back, self._store, journal, entries)
        if not self._write(work, self._given_back):
            QTimer.singleShot(_TURN_MS, self, self.give_back)

    def _given_back(self, came: tuple[list[Returned], EnvironmentFailure | None]) -> None:
        done, problem = came
        stays = {id(one.entry) for one in done if one.outcome is Outcome.NOT_SAVED}
        settled = {id(one.entry) for one in done} - stays
        self.kept = tuple(one for one in self.kept if id(one) not in settled and id(one) not in stays)
        self.returned = (*self.returned, *done)
        if done:
            self.saved.emit(done)
        self.changed.emit()
        if problem is None or isinstance(problem, ServerAway):
            if self.kept:
                self.gone()  # it went away again before all of them were saved
        else:  # it answers, and somebody else holds the visit: nothing else would try again
            show_problem(problem)
            QTimer.singleShot(_LATER_MS, self, self.give_back)

    def looked_at(self, seen: Sequence[Returned]) -> None:
        """Somebody has seen what became of these. What was not saved has been written down by hand."""
        self._seen += tuple(one.entry for one in seen if one.outcome is Outcome.NOT_SAVED)
        those = {id(one) for one in seen}
        self.returned = tuple(one for one in self.returned if id(one) not in those)
        self._strike_out()
        self.changed.emit()

    def _strike_out(self) -> None:
        journal = self._journal
        if journal is None or not self._seen:
            return
        if self._write(partial(_struck_out, journal, self._seen), _nothing):
            self._seen = ()
        else:
            QTimer.singleShot(_TURN_MS, self, self._strike_out)

    def _write(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[ClinicProblem], None] | None = None,
    ) -> bool:
        """Unless something else is written there, also by the window before this one."""
        made = run(self, work, then, failed, key=_WRITING, quiet=True)
        if made is not None:
            self._writing = made
        return made is not None


_NO_PLACE = (
    "The server does not answer, and this computer has no place yet to keep what happens. Write it down on "
    "paper with its time, and enter it when the server is back. What you typed is still here."
)
_STILL_WRITING = "The entry before is still being written. Press Enter again; what you typed is still here."
_STRANGE = QT_TR_NOOP(
    "%n record(s) kept on this computer cannot be read by this version of the program. Nothing of it is "
    "deleted. Start the version that kept it, or ask who looks after the computer."
)
_SET_ASIDE = QT_TR_NOOP(
    "What this computer kept while the server was away is damaged, or was kept with another key. It could "
    "not be saved. It lies unchanged in {file}. Look through the floor for what is missing there, and ask "
    "who looks after the computer. What is kept from now on is not touched by it."
)


def _there(journal: Journal, folder: Path, key: bytes) -> tuple[list[KeptEntry | None], list[Path]]:
    """What lies there, None for what another version of the program has written; and what was set aside,
    because nobody can open it, so that nothing is added to it that would be lost with it."""
    _bring_along(journal, folder, key)
    try:
        found = journal.entries()
    except EnvironmentFailure as problem:
        try:
            journal.set_aside()
        except OSError:
            raise problem from None
        found = journal.entries()
    return list(map(_known, found)), journal.aside()


def _bring_along(journal: Journal, folder: Path, key: bytes) -> None:
    """What lies in the folder of another address and opens with this clinic's key is this clinic's: it has
    been moved since, or its server is called otherwise. What another clinic kept stays with it."""
    for file in sorted(folder.parent.glob(f"*/{_FILE}")):
        if file.parent == folder:
            continue
        before = Journal(file, key, _ABOUT)
        with suppress(EnvironmentFailure, OSError):
            found = before.entries()
            for one in found:
                if one not in journal.entries():  # a program that ended in between has brought it already
                    journal.add(one)
            before.strike_out(partial(_without, found))


def _without(found: list[bytes], there: list[bytes]) -> list[bytes]:
    return [one for one in there if one not in found]


def _known(data: bytes) -> KeptEntry | None:
    try:
        return from_bytes(data)
    except Exception as failure:  # whatever the library makes of it
        _log.warning("an entry that is kept cannot be read: %s", type(failure).__name__)
        return None


def _added(journal: Journal, entry: KeptEntry) -> None:
    try:
        journal.add(as_bytes(entry))
    except (OSError, EnvironmentFailure) as problem:
        damaged = tr("what it kept before is damaged, and was left as it is")
        why = problem.strerror or type(problem).__name__ if isinstance(problem, OSError) else damaged
        raise EnvironmentFailure(
            tr("This computer could not keep it ({why}). Write it down on paper with its time.").format(
                why=why
            )
        ) from problem


def _given_back(
    store: ScheduleStore, journal: Journal, entries: tuple[KeptEntry, ...]
) -> tuple[list[Returned], EnvironmentFailure | None]:
    """Each as it is saved; it ends where the server takes no more, and says why. What is saved leaves the
    disk at the end: saved twice it would be there already, unless two programs saved it in one moment."""
    with journal.turn():
        return _given_back_alone(store, journal, entries)


def _given_back_alone(
    store: ScheduleStore, journal: Journal, entries: tuple[KeptEntry, ...]
) -> tuple[list[Returned], EnvironmentFailure | None]:
    done: list[Returned] = []
    problem: EnvironmentFailure | None = None
    spoken_for: set[int] = set()
    for entry in entries:
        try:
            done.append(save_kept(store, entry, spoken_for))
        except EnvironmentFailure as failure:
            problem = failure
            break
        except Exception as fault:  # those after it are not to wait for what no later try would bring
            report(fault)
            done.append(Returned(entry, Outcome.NOT_SAVED))
    try:
        _struck_out(journal, [one.entry for one in done if one.outcome is not Outcome.NOT_SAVED])
    except (EnvironmentFailure, OSError) as failure:  # they are saved all the same
        _log.warning("what was saved could not be struck out: %s", type(failure).__name__)
    return done, problem


def _struck_out(journal: Journal, settled: Iterable[KeptEntry]) -> None:
    """Without these. What another window of this computer keeps there, and what was not saved and nobody has
    looked at yet, stays."""

    def left(there: list[bytes]) -> list[bytes]:
        known = [(_known(one), one) for one in there]
        for entry in settled:
            same = next((one for one in known if one[0] == entry), None)
            if same is not None:
                known.remove(same)
        return [data for _, data in known]

    journal.strike_out(left)


def _ask(store: ScheduleStore) -> None:
    with store.read() as records:
        records.setup()


def _nothing(_done: object) -> None:
    """Nothing is said of it."""
