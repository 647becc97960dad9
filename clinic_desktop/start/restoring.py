"""A backup takes the clinic's place: the window closes, and opens again. Or there was no window: the clinic
does not open, or this computer has none yet."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.backups import Backup, Restored, Seen
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.foundation.server_place import Owner
from clinic_desktop.foundation.trouble import Trouble
from clinic_desktop.start.opening import Opened, open_typed
from clinic_desktop.start.ways import Ways
from clinic_desktop.storage.backups_for import backups_for
from clinic_desktop.storage.engine import Sealed, Where, is_address
from clinic_desktop.storage.keyed import opened_backup, to_restore
from clinic_desktop.storage.owner import as_owner
from clinic_desktop.storage.restoring import look_into, restore
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.ui import operations
from clinic_desktop.ui.backups.look_dialog import LookDialog, what_becomes
from clinic_desktop.ui.backups.words import when
from clinic_desktop.ui.banner import Banner, BannerAction
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.window import Window
from clinic_desktop.ui.wording import problem_worded

_TO_PUT_BACK = "to-put-back"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Wish:
    """A backup that is to become the clinic at ``where``, which nobody has open. new: none is to be there
    yet; one that is there is left to whoever may sign in to it."""

    where: str
    file: Path
    key_file: Path | None
    new: bool

    def look(self, typed: str) -> Seen:
        place, backup = self._opened(typed)
        return look_into(backup, place)

    def restore(self, typed: str) -> Restored:
        place, backup = self._opened(typed)
        return restore(place, backup)

    def _opened(self, typed: str) -> tuple[Where, Path | Sealed]:
        there = Path(self.where)
        if self.new and there.exists() and there.stat().st_size:
            said = tr(
                "There is a clinic's file at {place} already, and nothing was changed. Open it. The backup "
                "is restored in it, under Set-up, Backups; where it does not open, by the page that says so."
            )
            raise EnvironmentFailure(said.format(place=self.where))
        return to_restore(self.where, self.file, self.key_file, typed)


def _restored_by(owner: Owner | None, where: Where, file: Path, actor: Actor, typed: str) -> Restored:
    if owner is None or not is_address(where):
        return restore(where, opened_backup(file, where, typed=typed), actor)
    with as_owner(where, owner) as mine:
        return restore(mine, file, actor)


def _known(places: list[str]) -> list[Backup]:
    each = {one.file: one for place in places for one in backups_for(Path(place))}
    return sorted(each.values(), key=lambda one: one.at, reverse=True)


class RestoreWays(Ways):
    """A backup takes the clinic's place: the window closes, and opens again."""

    def __init__(self) -> None:
        super().__init__()
        self.look_dialog: LookDialog | None = None  # the last look into a backup without a clinic
        self._put_nothing_back()

    def _place_of_backup(self, trouble: Trouble) -> str:
        """The clinic that the backup which was to be opened may take the place of; empty where nobody knows
        one, and for every other trouble."""
        clinic = settings.last_clinic()
        known = trouble is Trouble.BACKUP and clinic != self._where and not is_address(clinic)
        return clinic if known else ""

    def _put_back(self) -> None:
        """The clinic opens first: what would be lost is said there, to somebody who may restore. Where it
        does not open, nothing is left of the wish for the next one that does."""
        file, clinic = self._where, settings.last_clinic()
        self.open_clinic(clinic)
        self._to_put_back = file, clinic

    def _put_nothing_back(self) -> None:
        self._to_put_back = ("", "")  # a backup, and the clinic whose place it is to take once that is open

    def _offer_to_look(self, window: Window) -> None:
        file, clinic = self._to_put_back
        self._put_nothing_back()
        if not file or clinic != self._where:
            return

        def look() -> None:
            window.clear_banner(_TO_PUT_BACK)
            window.backups.look_into(file)

        title, text = tr("A backup is to take the clinic's place"), tr("Look first at what is in it: {file}")
        action = BannerAction(tr("Look into it"), look)
        window.show_banner(Banner(_TO_PUT_BACK, title, text.format(file=file), Tone.INFO, (action,)))

    def _restore(self, file: str, owner: Owner | None, typed: str) -> None:
        """The window closes, a backup takes the clinic's place, and the window opens again."""
        actor = self._window.desk.actor if self._window is not None else PROGRAM
        store = self._leave_window(tr("Restoring the backup"))
        if store is not None:
            work = partial(_restored_by, owner, store.where, Path(file), actor, typed)
            self._when_quiet(partial(self._put_in_place, store, work))

    def ask_for_backup(self) -> None:
        """Which one is to be restored: those of the clinic that did not open are offered, else those of the
        one that this computer had, or had last."""
        start = self._start
        if start is None:
            return
        places = [self._where]
        if start.health is None:
            places = list(dict.fromkeys((str(settings.default_clinic()), settings.last_clinic())))
        work = partial(_known, [one for one in places if one and not is_address(one)])
        operations.run(self, work, self._ask_which, lambda _problem: self._ask_which([]))

    def _ask_which(self, known: list[Backup]) -> None:
        if self._start is not None:
            self._start.ask_for_backup(known)

    def look_to_restore(self, file: str) -> None:
        """Without a clinic that is open: say what is in a backup, and ask whether it is to become the clinic
        that did not open, else that of this computer."""
        start = self._start
        if start is None:
            return
        page = start.health
        where = str(settings.default_clinic()) if page is None else self._where
        wish = _Wish(where, Path(file), self.key_file, new=page is None)
        gone = page is None or page.health.trouble is Trouble.GONE
        self.look_dialog = LookDialog.ask(
            start,
            wish.file,
            wish.look,
            "",
            partial(self._restore_without, wish),
            self._look_to_restore_other,
            what=what_becomes(where, nothing_there=gone),
        )

    def _look_to_restore_other(self, file: str) -> None:
        if file:
            self.look_to_restore(file)
        else:
            self.ask_for_backup()

    def _restore_without(self, wish: _Wish, typed: str) -> None:
        if self._start is not None:
            self._start.show_progress(tr("Restoring the backup"))
        done = partial(self._restored_without, wish.where, typed)
        operations.run(self, partial(wish.restore, typed), done, self._not_restored_without)

    def _restored_without(self, where: str, typed: str, done: Restored) -> None:
        """What opened the backup mostly opens the clinic that it became."""
        self._say_restored(done)
        self._where, self._only_look = where, False
        if not typed:
            self.open_clinic(where)
            return

        def opened(it: Opened) -> None:
            self._opened(where, it)

        def asked_anew(_problem: ClinicProblem) -> None:
            self.open_clinic(where)

        operations.run(self, partial(open_typed, where, typed, False), opened, asked_anew)

    def _not_restored_without(self, problem: ClinicProblem) -> None:
        _log.warning("not restored: %s", type(problem).__name__)
        if self._start is not None:
            self._start.show_not_restored(problem_worded(problem))

    def _put_in_place(self, store: SqlStore, work: Callable[[], Restored]) -> None:
        def closed_first() -> Restored:
            store.close()
            return work()

        operations.run(self, closed_first, self._restored, self._not_restored)

    def _restored(self, done: Restored) -> None:
        self._say_restored(done)
        self.open_clinic(self._where)

    def _say_restored(self, done: Restored) -> None:
        """Once it is open, to whoever comes to it first: what is missing now."""
        changed = done.seen.inside.changed_at
        said = (
            [
                tr("It is as it was at the last change before the backup: {when}.").format(
                    when=when(changed, done.seen.inside.zone, name=done.seen.file.name)
                )
            ]
            if changed
            else []
        )
        said.append(tr("What was recorded after that is missing here: take it from paper."))
        if done.aside:
            said.append(tr("What was here before lies in {file}.").format(file=done.aside))
        self._say_once_open = (tr("A backup was restored"), " ".join(said), Tone.DANGER)

    def _not_restored(self, problem: ClinicProblem) -> None:
        """The clinic is as it was; it is opened again, and why is said there."""
        _log.warning("not restored: %s", type(problem).__name__)
        self._say_once_open = (tr("The backup was not restored"), problem_worded(problem), Tone.DANGER)
        self.open_clinic(self._where)
