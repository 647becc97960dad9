"""Composition: settings, store, desk, places, window. The one module that knows everybody."""

import argparse
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from clinic_desktop.demo_desk import DemoDesk
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.backups import Restored
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.foundation.logs import start_log
from clinic_desktop.foundation.words import near_date
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.retiming import keep_clock_times
from clinic_desktop.scheduling.set_up_new import Answers, make_clinic
from clinic_desktop.security import unlocking
from clinic_desktop.security.key_places import named_key_file
from clinic_desktop.security.key_slots import Kind as KeyKind
from clinic_desktop.security.key_slots import NotOpened
from clinic_desktop.security.recovery_key import Mistyped
from clinic_desktop.storage.cipher import can_seal
from clinic_desktop.storage.engine import Sealed, Where
from clinic_desktop.storage.keeper import ClinicKeeper
from clinic_desktop.storage.keyed import new_store, with_its_key
from clinic_desktop.storage.look import Locked
from clinic_desktop.storage.restoring import restore
from clinic_desktop.storage.sealing import seal
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.ui import cups, operations
from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.banner import Banner, BannerAction
from clinic_desktop.ui.board.place import board_spec
from clinic_desktop.ui.board.ports import BookingPanels
from clinic_desktop.ui.booking.panels import make_booking_panels
from clinic_desktop.ui.calls.place import calls_spec
from clinic_desktop.ui.calls.watch import CallsWatch
from clinic_desktop.ui.clock_banner import ClockBanner
from clinic_desktop.ui.collecting import Collector, set_aside
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.decisions.place import decisions_spec
from clinic_desktop.ui.decisions.watch import DecisionsWatch
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import APP_NAME
from clinic_desktop.ui.fail_safe.folder import Kept, clinic_folder, folder_of, needed_now
from clinic_desktop.ui.failure import FailureHandler
from clinic_desktop.ui.feed_watcher import FeedWatcher
from clinic_desktop.ui.first_run.encrypt_page import ENCRYPT
from clinic_desktop.ui.first_run.keys_step import WishedKeys
from clinic_desktop.ui.first_run.window import FirstRunWindow
from clinic_desktop.ui.floor.place import floor_spec
from clinic_desktop.ui.i18n import load_translators, tr
from clinic_desktop.ui.ledger.place import ledger_spec
from clinic_desktop.ui.ledger.watch import LedgerWatch
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.patients.place import patients_spec
from clinic_desktop.ui.places import PlaceSpec
from clinic_desktop.ui.printer_choice import keep_in
from clinic_desktop.ui.printers import clear_saved
from clinic_desktop.ui.scroll_areas_heard import keep_scroll_areas_safe
from clinic_desktop.ui.set_up.place import set_up_spec
from clinic_desktop.ui.settings_store import APPEARANCE, TEXT_SIZE, SettingsStore
from clinic_desktop.ui.sheets.place import sheets_spec
from clinic_desktop.ui.sound_device import ComputerSpeaker
from clinic_desktop.ui.texts.place import texts_spec
from clinic_desktop.ui.theme import install_theme, theme
from clinic_desktop.ui.told_to_end import ToldToEnd
from clinic_desktop.ui.usage.place import usage_spec
from clinic_desktop.ui.window import Window, read_setup
from clinic_desktop.ui.wording import problem_worded

_log = logging.getLogger(__name__)
_NOBODY = Actor(0, frozenset())
_NO_PASSPHRASE = "This computer's keyring did not take the key. Go back and choose a passphrase."  # noqa: S105 - a sentence


def run(options: argparse.Namespace) -> int:
    """Open the window and stay until it is closed."""
    start_log(settings.home())
    app = QApplication(sys.argv[:1])
    keep_scroll_areas_safe()
    app.setApplicationName(APP_NAME)
    collector = Collector(app)
    preferences = SettingsStore(settings.home() / "window.ini")
    install_theme(app)
    theme().set_appearance(Appearance(preferences.get(APPEARANCE)))
    theme().set_text_size(preferences.get(TEXT_SIZE))
    translators = load_translators(app, QLocale())
    with set_aside():
        program = Program(preferences)
    told = ToldToEnd(app, program.leave)
    program.key_file = named_key_file(options)
    program.start(str(options.data), demo=bool(options.demo))
    _log.info("started, %d translations", len(translators))
    status = app.exec()
    program.close()
    collector.stop()
    told.stop()
    return status


@dataclass(frozen=True, slots=True)
class Opened:
    """A clinic that is open, with what the window needs at once."""

    store: SqlStore
    setup: Setup
    number: int
    last_written: datetime | None


def open_clinic(where: Where) -> Opened:
    """Open and read the set-up; for a worker thread."""
    return _opened(open_store(where))


def _opened(store: SqlStore) -> Opened:
    return Opened(store, read_setup(store), store.change_number(), store.last_written())


def open_keyed(where: str, key_file: Path | None) -> Opened:
    """The same with the key that this computer has for it; raises ``Locked`` where a person must be asked."""
    return open_clinic(with_its_key(where, key_file))


def open_typed(where: str, typed: str, remember: bool) -> Opened:
    """The same with what was typed. ``remember``: this computer's keyring opens it from now on."""
    path = Path(where)
    key = unlocking.opened_by(path, typed)
    opened = open_clinic(Sealed(path, key))
    if remember and not unlocking.remember(path, key):
        _log.info("there is no keyring that remembers a key")
    return opened


def encrypted_clinic(path: Path, wished: WishedKeys) -> Opened:
    """Move a plain clinic into an encrypted file and open it; for a worker thread."""
    keys = _keys(wished)
    opened = open_clinic(seal(path, keys.data_key, keys.slots))
    settings.wish_to_encrypt("")
    return opened


def _keys(wished: WishedKeys) -> unlocking.NewKeys:
    keys = unlocking.new_keys(wished.passphrase, recovery_key=wished.recovery_key, remembered=True)
    if not keys.slots.kinds & {KeyKind.PASSPHRASE, KeyKind.KEYRING}:
        raise EnvironmentFailure(_NO_PASSPHRASE)
    return keys


def new_clinic(where: Path, answers: Answers, wished: WishedKeys | None = None) -> Opened:
    """Make a clinic and open it; for a worker thread. One that cannot be made leaves no file behind."""
    store = new_store(where, _keys(wished) if wished is not None else None)
    try:
        make_clinic(store, PROGRAM, answers)
    except ClinicProblem:
        store.close()
        for left in where.parent.glob(where.name + "*"):
            left.unlink()
        raise
    return _opened(store)


def places(desk: Desk, panels: BookingPanels, preferences: SettingsStore | None = None) -> list[PlaceSpec]:
    """Every place: those of the rail in its order, then what stands under one of them."""
    return [
        board_spec(desk, panels, preferences),
        floor_spec(desk, render_pdf),
        patients_spec(desk),
        sheets_spec(desk, render_pdf),
        usage_spec(desk),
        calls_spec(desk, panels, render_pdf),
        ledger_spec(desk),
        decisions_spec(desk),
        set_up_spec(desk),
        texts_spec(desk),
    ]


def _cleared(files: int) -> None:
    _log.info("%d saved sheets were old and are deleted", files)


class Program(QObject):
    """One running program: the start window, then the window of one clinic."""

    def __init__(self, preferences: SettingsStore) -> None:
        super().__init__()
        keep_in(preferences)
        cups.wait_again()
        self._preferences = preferences
        self._start: FirstRunWindow | None = None
        self._window: Window | None = None
        self._store: SqlStore | None = None
        self._demo: DemoDesk | None = None
        self._failures: FailureHandler | None = None
        self._say_once_open: ClinicProblem | None = None
        self._away = False  # the data of the open clinic does not answer
        self.key_file: Path | None = None
        self._where = ""  # the clinic that is open, or was to be opened; empty for the demo

    @property
    def window(self) -> Window | None:
        return self._window

    def start(self, where: str, *, demo: bool) -> None:
        """Into the demo clinic, the clinic that was named, the last one, or the first start."""
        if demo:
            self.open_demo()
        elif (wish := settings.to_encrypt()) and wish == (where or settings.last_clinic()):
            self._ask_to_encrypt(wish)
        elif where or settings.last_clinic():
            self.open_clinic(where or settings.last_clinic())
        else:
            self.show_start()

    def show_start(self, trouble: str = "") -> None:
        """The first start: try the demo, set up a clinic, open a file."""
        if self._start is None:
            start = FirstRunWindow(
                self._preferences,
                str(settings.default_clinic()),
                can_seal=can_seal(),
                render_pdf=render_pdf,
            )
            start.key_typed.connect(self._try_key)
            start.encrypt_wanted.connect(self._encrypt)
            start.encrypt_left.connect(self._encrypt_later)
            start.demo_wanted.connect(self.open_demo)
            start.clinic_wanted.connect(self.make_clinic)
            start.file_wanted.connect(self.open_clinic)
            start.paper_wanted.connect(self._open_paper)
            self._start = start
        if trouble:
            self._start.show_problem(trouble)
        self._start.show()

    def open_clinic(self, where: str) -> None:
        self._where = where
        opening = partial(open_keyed, where, self.key_file)
        operations.run(self, opening, partial(self._opened, where), self._not_opened)

    def _ask_to_encrypt(self, where: str) -> None:
        """It was wished for in the window; it is done here, where nobody has the clinic open."""
        self._where = where
        self.show_start()
        if self._start is not None:
            self._start.ask_to_encrypt()

    def _encrypt(self, wished: WishedKeys) -> None:
        if self._start is not None:
            self._start.show_progress(tr("Encrypting the clinic"))
        work = partial(encrypted_clinic, Path(self._where), wished)
        operations.run(self, work, partial(self._opened, self._where), self._not_encrypted)

    def _not_encrypted(self, problem: ClinicProblem) -> None:
        if self._start is not None:
            self._start.ask_to_encrypt(problem_worded(problem))

    def _encrypt_later(self) -> None:
        settings.wish_to_encrypt("")
        self.open_clinic(self._where)

    def _wish_to_encrypt(self, window: Window) -> None:
        settings.wish_to_encrypt(self._where)
        said = tr("Close the program, also on other windows of this computer, and start it again.")
        window.notice(tr("The next start asks for the keys, and encrypts the clinic"), said)

    def _try_key(self, typed: str, remember: bool) -> None:
        """A passphrase or recovery key for the clinic that was to be opened."""
        if self._start is not None:
            self._start.show_trying()
        opening = partial(open_typed, self._where, typed, remember)
        operations.run(self, opening, partial(self._opened, self._where), self._key_refused, key="unlock")

    def _key_refused(self, problem: ClinicProblem) -> None:
        if isinstance(problem, NotOpened | Mistyped) and self._start is not None:
            self._start.ask_for_key(Path(self._where).name, problem_worded(problem))
        else:
            self._not_opened(problem)

    def make_clinic(self, answers: Answers) -> None:
        """A new clinic from the assistant's answers, then into it."""
        place = settings.default_clinic()
        wished = self._start.wished_keys if self._start is not None else None
        if self._start is not None:
            self._start.show_progress(tr("Making your clinic"))
        operations.run(
            self, partial(new_clinic, place, answers, wished), partial(self._made, str(place)), self._refused
        )

    def _made(self, where: str, opened: Opened) -> None:
        if self._start is not None:
            self._start.forget()
        self._opened(where, opened)

    def open_demo(self) -> None:
        """Today's demo clinic: this week before the window opens, the rest behind it."""
        self._demo = DemoDesk(self)
        self._demo.ready.connect(partial(self._demo_ready, self._demo))
        self._demo.failed.connect(self._refused)
        self._demo.progress.connect(self._say_progress)
        if self._start is not None:
            self._start.show_progress(tr("Making the demo clinic"))
        self._demo.begin()

    def _demo_ready(self, demo: DemoDesk) -> None:
        operations.run(self, partial(open_clinic, demo.path), partial(self._opened, ""), self._refused)

    def _opened(self, where: str, opened: Opened) -> None:
        self._store, self._where = opened.store, where
        desk = Desk(opened.store, _NOBODY, opened.store.clock, opened.setup, render_pdf)
        panels = make_booking_panels(desk, live_directory(desk))
        window = Window(desk, places(desk, panels, self._preferences), panels, self._preferences)
        self._window = window
        self._failures = FailureHandler(window.failures.show, window)
        self._failures.install()
        watcher = FeedWatcher(desk.hub, opened.store.changes_since, opened.number, self._feed_trouble)
        watcher.start()
        CallsWatch(window, desk).start()
        LedgerWatch(window, desk).start()
        DecisionsWatch(window, desk).start()
        window.start_mail()
        window.start_alarms(ComputerSpeaker())
        window.fail_safe.start(where)
        window.backups.start(ClinicKeeper(opened.store))
        window.backups.restore_wanted.connect(self._restore)
        ClockBanner(window, desk.clock, opened.last_written, window).start()
        window.show()
        window.open_first()
        times = partial(keep_clock_times, opened.store, PROGRAM)
        operations.run(self, times, partial(self._times_kept, window), self._times_off)
        operations.run(self, partial(clear_saved, desk.now()), _cleared)
        if self._start is not None:
            self._start.close()
            self._start.deleteLater()
            self._start = None
        if opened.setup.clinic.demo:
            self._begin_demo(window)
        else:
            settings.remember_clinic(where)
            if isinstance(opened.store.where, Path) and can_seal():
                window.commands.add([Bound(ENCRYPT, partial(self._wish_to_encrypt, window))])
            window.act_as()
        if self._say_once_open is not None:
            problem, self._say_once_open = self._say_once_open, None
            window.notice(tr("The backup was not restored"), problem_worded(problem), Tone.DANGER)

    def _times_kept(self, window: Window, changes: Changes) -> None:
        """Visits were put right, because this computer has learned other rules of the clinic's time zone."""
        if changes:
            window.desk.hub.tell(changes)
            text = tr("Put right by that: %n coming visit(s).", "", len(changes.visits))
            window.notice(tr("The rules of the time zone changed"), text)

    def _times_off(self, problem: ClinicProblem) -> None:
        """The clinic runs on, and check names the visits."""
        _log.warning("clock times were not kept: %s", type(problem).__name__)

    def _begin_demo(self, window: Window) -> None:
        person = next(one for one in window.desk.setup.staff if one.active)
        window.desk.act_as(Actor(person.id, person.roles, "demo"))
        window.notice(
            tr("This is the demo clinic"),
            tr("You act as {name}. Press Ctrl+Shift+A to act as somebody else.").format(name=person.name),
        )
        if self._demo is not None:
            self._demo.go_on()

    def _say_progress(self, done: int, of: int) -> None:
        if self._window is not None:
            rest = tr("Demo clinic: {done} of {of} days made").format(done=done, of=of)
            self._window.set_age(rest if done < of else "")

    def _feed_trouble(self, problem: ClinicProblem | None) -> None:
        if self._window is None:
            return
        self._away = problem is not None
        if problem is None:
            self._window.clear_banner("store-away")
        else:
            said = tr("The clinic's data does not answer")
            self._window.show_banner(Banner("store-away", said, problem_worded(problem)))
            paper = partial(needed_now, self._paper_folder())
            operations.run(self, paper, partial(self._paper_in_banner, said, problem))

    def _paper_in_banner(self, said: str, problem: ClinicProblem, kept: Kept | None) -> None:
        """The day goes on by the paper that was made for it."""
        if kept is None or self._window is None or not self._away:
            return
        there = tr("Paper for {day}: {file}").format(day=near_date(kept.day), file=kept.file)
        action = BannerAction(tr("Open the paper"), partial(self._open_paper, str(kept.file)))
        text = f"{problem_worded(problem)} {there}"
        self._window.show_banner(Banner("store-away", said, text, actions=(action,)))

    def _refused(self, problem: ClinicProblem) -> None:
        """The clinic could not be opened: say why, and offer the other ways in."""
        _log.warning("could not open a clinic: %s", type(problem).__name__)
        self.show_start(problem_worded(problem))

    def _not_opened(self, problem: ClinicProblem) -> None:
        """The day goes on without it: where the paper for it lies is said, and opened by a key."""
        if isinstance(problem, Locked):
            self.show_start()
            if self._start is not None:
                self._start.ask_for_key(Path(self._where).name)
            return
        self._refused(problem)
        operations.run(self, partial(needed_now, self._paper_folder()), self._offer_paper)

    def _paper_folder(self) -> Path:
        return folder_of(self._preferences, clinic_folder(self._where))

    def _offer_paper(self, kept: Kept | None) -> None:
        if kept is not None and self._start is not None:
            self._start.offer_paper(kept)

    def _open_paper(self, file: str) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(file)) and self._start is not None:
            self._start.say_paper_unopened()

    def _restore(self, file: str) -> None:
        """The window closes, a backup takes the clinic's place, and the window opens again."""
        window, store = self._window, self._store
        if window is None or store is None:
            return
        actor, where = window.desk.actor, store.where
        self.show_start()
        if self._start is not None:
            self._start.show_progress(tr("Restoring the backup"))
        if self._failures is not None:
            self._failures.remove()
        self._window = self._store = self._failures = None
        window.fail_safe.stop()
        window.leave()
        window.deleteLater()
        self._when_quiet(partial(self._put_in_place, store, partial(restore, where, Path(file), actor)))

    def _when_quiet(self, then: Callable[[], None]) -> None:
        """Once nothing asks the store any more."""
        if operations.running_count():
            QTimer.singleShot(50, self, partial(self._when_quiet, then))
        else:
            then()

    def _put_in_place(self, store: SqlStore, work: Callable[[], Restored]) -> None:
        def closed_first() -> Restored:
            store.close()
            return work()

        operations.run(self, closed_first, self._restored, self._not_restored)

    def _restored(self, _done: Restored) -> None:
        self.open_clinic(self._where)

    def _not_restored(self, problem: ClinicProblem) -> None:
        """The clinic is as it was; it is opened again, and why is said there."""
        _log.warning("not restored: %s", type(problem).__name__)
        self._say_once_open = problem
        self.open_clinic(self._where)

    def leave(self) -> None:
        """End without a question. What is on its way to a printer is on record as unknown."""
        if self._window is not None:
            self._window.leave()
        QApplication.quit()

    def close(self) -> None:
        if self._window is not None:
            self._window.fail_safe.stop()
        if self._demo is not None:
            self._demo.stop()
        cups.wait_no_longer()
        operations.wait_for_all()
        if self._failures is not None:
            self._failures.remove()
        if self._store is not None:
            self._store.close()
