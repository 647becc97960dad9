"""The time without the server: since when it does not answer, and what is kept on this computer meanwhile.

What happened in a room is kept, sealed, and saved in order once the server is back; nothing else is.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
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
from clinic_desktop.security.audit import View
from clinic_desktop.security.away import AwayDoor, KeptDeed
from clinic_desktop.treatment.kept_entries import KeptEntry, Outcome, Returned
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import BEHIND, HERE, Operation, run, show_problem, under_way
from clinic_desktop.ui.outage.kept_on_disk import KeptOnDisk
from clinic_desktop.ui.outage.on_its_way import OnItsWay

T = TypeVar("T")
OpenCopy = Callable[[], AbstractContextManager[tuple[ScheduleStore, datetime]]]
_log = logging.getLogger(__name__)
_TRY_MS = 5_000  # until the server is asked again
_LATER_MS = 30_000  # until what it did not take, though it answers, is tried again
_KEEPING = "outage-keep"  # one entry after the other
_SAVING = "outage-save"  # which may hang with the server, and holds up no entry
_TURN_MS = 50  # until what waits for that is tried again


class Outage(QObject):
    """``changed`` when the server went or came back, or another entry is kept; ``saved`` with what became of
    those that were kept, ``left`` with what is known of it from before and nobody has looked at."""

    changed = Signal()
    saved = Signal(list)  # of Returned
    left = Signal(list)  # of Returned

    def __init__(self, store: ScheduleStore, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._store, self._clock = store, clock
        self._disk: KeptOnDisk | None = None
        self._key = b""
        self.door: AwayDoor | None = None  # how people come in meanwhile; None where there is no server
        self._again = QTimer(self, interval=_TRY_MS)
        self._again.timeout.connect(self.try_again)
        self.away_since: datetime | None = None
        self.open_copy: OpenCopy | None = None  # the floor as this computer keeps it
        self.floor_of: datetime | None = None  # older than the moment at which the server went
        self.moved = False  # the server answers, and has the old copy of a clinic that is elsewhere now
        self.on_a_copy = False  # what is shown is less than the clinic: those who come soon
        self.kept: tuple[KeptEntry, ...] = ()
        self.returned: tuple[Returned, ...] = ()  # what is still to be looked at
        self._seen: tuple[KeptEntry, ...] = ()  # was looked at, and is on the disk still
        self._deaf = False  # the feed hears nothing, whatever else is answered
        self._writing: dict[str, Operation[Any]] = {}
        self._on_its_way = list[OnItsWay]()  # to the server, unanswered
        self._waits = 0  # to be kept, behind another

    def keep_in(self, folder: Path, key: bytes) -> None:
        """From now on there is a place for entries; what lies there from before is read and, while the server
        answers, saved."""
        self._disk, self._key = KeptOnDisk(folder, key), key
        if self.door is None:
            self.door = AwayDoor(folder)
        self._strike_out()
        self._look(self._disk)
        self._tell_of_the_door()

    def _look(self, disk: KeptOnDisk) -> None:
        # Not while the window before saves them, or an entry is kept.
        if under_way(_SAVING) or not self._write(disk.there, self._read, key=_KEEPING, pool=HERE):
            QTimer.singleShot(_TURN_MS, self, partial(self._look, disk))

    def _read(self, there: tuple[list[KeptEntry | None], list[Path], int]) -> None:
        entries, aside, missing = there
        known = [*self.kept, *self._seen, *(one.entry for one in self.returned)]
        new, told = list[KeptEntry](), list[Returned]()
        for one in entries:
            if one in known:
                known.remove(one)
            elif one is not None and one.not_saved is not None:
                told.append(Returned(one, Outcome.NOT_SAVED))  # nobody has looked at it yet
            elif one is not None:
                new.append(one)
        self.kept = (*new, *self.kept)
        self.returned = (*told, *self.returned)
        if told and self.away_since is None:
            self.left.emit(told)
        self.changed.emit()
        if strange := entries.count(None):
            show_problem(EnvironmentFailure(tr(_STRANGE, "", strange)))
        if missing:
            show_problem(EnvironmentFailure(tr(_SET_ASIDE, "", missing).format(file=aside[-1])))
        if self.away_since is None:
            self.give_back()

    def bring(self, returned: tuple[Returned, ...]) -> None:
        """What became of entries that the window before saved, and nobody has looked at yet."""
        if returned:
            self.returned = (*returned, *self.returned)
            self.left.emit(list(returned))
            self.changed.emit()

    @property
    def settled(self) -> bool:
        """Whether nothing is under way of which a fresh window would not hear."""
        strikes_out = bool(self._seen) and self._disk is not None
        if self._on_its_way or self._waits:
            return False
        return not strikes_out and not any(one.busy for one in self._writing.values())

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

    def went_elsewhere(self, *, moved: bool) -> None:
        """Nothing is kept for an old copy: it would be saved nowhere."""
        if moved != self.moved:
            self.moved = moved
            self.changed.emit()

    def shows_floor_of(self, at: datetime | None) -> None:
        """The floor that is shown is as it was ``at``; None: as it was when the server went."""
        if self.away_since is not None and not self.on_a_copy and at != self.floor_of:
            self.floor_of = at
            self.changed.emit()

    def gone(self, *, deaf: bool = False) -> None:
        """The server does not answer. deaf: nothing is heard of other desks; until that is over it is away,
        though a line that was open before may still be answered."""
        self._deaf = self._deaf or deaf
        if self.away_since is None:
            self.away_since = self._clock.now()
            self._again.start()
            self.changed.emit()
        self._give_up()

    def try_again(self) -> None:
        """Ask the server for something small. The feed tells of its return, too, but not where only a
        record has met a line that was lost."""
        run(self, partial(_ask, self._store), self._answered, _nothing, key="outage-again", quiet=True)

    def _answered(self, _nothing: None) -> None:
        if self.away_since is not None and not self._deaf:
            self.back()

    def back(self) -> None:
        """It answers again, and its changes are heard: what was kept is saved."""
        self._deaf = False
        if self.away_since is not None:
            self.away_since = self.floor_of = None
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
            run(self, work, _nothing, _nothing, quiet=True, pool=HERE)

    @property
    def keep_views(self) -> Callable[[Sequence[View]], None] | None:
        """Puts views of patients on this computer's disk, to go into the trail later: for a worker. None
        where there is no place for them."""
        return partial(self.door.keep_views, self._key) if self.door is not None and self._key else None

    @property
    def keep_leaving(self) -> Callable[[KeptDeed], None] | None:
        """The same for paper that goes out."""
        return partial(self.door.keep, key=self._key) if self.door is not None and self._key else None

    def _tell_of_the_door(self) -> None:
        if self.door is not None and self._key and self.away_since is None:
            work = partial(self.door.give_back, self._store, self._key)
            run(self, work, _nothing, _nothing, quiet=True, pool=BEHIND)
        self.look_at_accounts()

    def begin(self, one: OnItsWay) -> None:
        """It is being saved. Where the server goes away before its answer comes, it is kept here."""
        self._on_its_way.append(one)

    def answered(self, one: OnItsWay) -> bool:
        """Its answer has come. False where that comes too late: it was given up, and is kept."""
        if one in self._on_its_way:
            self._on_its_way.remove(one)
        return not one.given_up

    def _give_up(self) -> None:
        """What is on its way to a server that is away, in the order in which it was recorded."""
        unanswered, self._on_its_way = self._on_its_way, []
        for one in unanswered:
            one.give_up()
        for one in unanswered:
            one.keep()

    def keep(
        self,
        entry: KeptEntry,
        then: Callable[[], object],
        failed: Callable[[ClinicProblem], None],
        *,
        waits: bool = False,
    ) -> None:
        """Put an entry on this computer's disk; ``then`` once it is there. Raises nothing: ``failed`` hears
        why it could not be kept, and nothing counts as recorded; also where another is being written, unless
        it ``waits`` for that."""
        disk = self._disk
        if disk is None or self.moved:
            failed(EnvironmentFailure(tr(_ELSEWHERE if self.moved else _NO_PLACE)))
            return

        def kept(_nothing: None) -> None:
            self.kept = (*self.kept, entry)
            then()
            self.changed.emit()
            if self.away_since is None:
                self.give_back()

        if not self._write(partial(disk.add, entry), kept, failed, key=_KEEPING, pool=HERE):
            if not waits:
                failed(EnvironmentFailure(tr(_STILL_WRITING)))
                return
            self._waits += 1
            QTimer.singleShot(_TURN_MS, self, partial(self._keep_now, entry, then, failed))

    def _keep_now(
        self, entry: KeptEntry, then: Callable[[], object], failed: Callable[[ClinicProblem], None]
    ) -> None:
        self._waits -= 1
        self.keep(entry, then, failed, waits=True)

    def give_back(self) -> None:
        """Save what is kept, in order, in a worker; what the server cannot take stays kept."""
        disk, entries = self._disk, self.kept
        if disk is None or not entries or self.away_since is not None or self.moved:
            return
        work = partial(disk.give_back, self._store, entries)
        if not self._write(work, partial(self._given_back, entries), key=_SAVING):
            QTimer.singleShot(_TURN_MS, self, self.give_back)

    def _given_back(
        self, entries: Sequence[KeptEntry], came: tuple[list[Returned], EnvironmentFailure | None]
    ) -> None:
        done, problem = came
        over = {id(one) for one in entries[: len(done)]}
        self.kept = tuple(one for one in self.kept if id(one) not in over)
        self.returned = (*self.returned, *done)
        if done:
            self.saved.emit(done)
        self.changed.emit()
        if problem is None:
            self.give_back()  # what was kept while these were saved
        elif isinstance(problem, ServerAway):
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
        if self._disk is None or not self._seen:
            return
        if self._write(partial(self._disk.strike_out, self._seen), _nothing, key=_SAVING):
            self._seen = ()
        else:
            QTimer.singleShot(_TURN_MS, self, self._strike_out)

    def _write(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[ClinicProblem], None] | None = None,
        *,
        key: str,
        pool: str = "",
    ) -> bool:
        """Unless another of its kind is under way, also of the window before this one."""
        made = run(self, work, then, failed, key=key, quiet=True, pool=pool)
        if made is not None:
            self._writing[key] = made
        return made is not None


_NO_PLACE = (
    "The server does not answer, and this computer has no place yet to keep what happens. Write it down on "
    "paper with its time, and enter it when the server is back. What you typed is still here."
)
_ELSEWHERE = QT_TR_NOOP(
    "This clinic was moved, and what is kept here would be saved nowhere. Open it where it is now (the "
    "banner leads there) and record it with its time; until then write it on paper. What you typed is still "
    "here."
)
_STILL_WRITING = "The entry before is still being written. Press Enter again; what you typed is still here."
_STRANGE = QT_TR_NOOP(
    "%n record(s) kept on this computer cannot be read by this version of the program. Nothing of it is "
    "deleted. Start the version that kept it, or ask who looks after the computer."
)
_SET_ASIDE = QT_TR_NOOP(
    "What this computer kept while the server was away is damaged, or was kept with another key. %n "
    "record(s) of it, at least, could not be saved; what opens is saved. It lies unchanged in {file}. Look "
    "through the floor for what is missing there, and ask who looks after the computer. What is kept from "
    "now on is not touched by it."
)


def _ask(store: ScheduleStore) -> None:
    with store.read() as records:
        records.setup()


def _nothing(_done: object) -> None:
    """Nothing is said of it."""
