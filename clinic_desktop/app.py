"""Composition: settings, store, desk, places, window. The one module that knows everybody."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QLocale, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from clinic_desktop.demo_desk import DemoDesk
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem, ServerAway, WentBack
from clinic_desktop.foundation.logs import start_log
from clinic_desktop.foundation.words import near_date
from clinic_desktop.printing.codes import squares_of
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.retiming import keep_clock_times
from clinic_desktop.scheduling.set_up_new import Answers
from clinic_desktop.security.away import AwayDoor
from clinic_desktop.security.key_places import named_key_file
from clinic_desktop.security.outage_key import outage_key
from clinic_desktop.security.server_password import PasswordWanted
from clinic_desktop.start import server_desk
from clinic_desktop.start.kept import KeptWays
from clinic_desktop.start.kept_here import Help, help_for
from clinic_desktop.start.keys import KeyWays
from clinic_desktop.start.old_copy import OldCopyWays
from clinic_desktop.start.opening import (
    OldCopy,
    Opened,
    look_keyed,
    new_clinic,
    open_clinic,
    open_keyed,
    opened_store,
)
from clinic_desktop.start.restoring import RestoreWays
from clinic_desktop.storage.cipher import can_seal
from clinic_desktop.storage.engine import Sealed, is_address
from clinic_desktop.storage.keeper import ClinicKeeper
from clinic_desktop.storage.kept_copy import KeptStore, copy_day, copy_opened
from clinic_desktop.storage.look import Locked
from clinic_desktop.storage.moved import WentElsewhere
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.storage.trouble import trouble_of
from clinic_desktop.ui import cups, operations
from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.audit.place import audit_spec
from clinic_desktop.ui.backups.keeping import RESTORE
from clinic_desktop.ui.banner import Banner, BannerAction
from clinic_desktop.ui.before_start import tell_plainly, wrong_here
from clinic_desktop.ui.board.place import board_spec
from clinic_desktop.ui.board.ports import BookingPanels
from clinic_desktop.ui.booking.panels import make_booking_panels
from clinic_desktop.ui.calls.place import calls_spec
from clinic_desktop.ui.calls.watch import CallsWatch
from clinic_desktop.ui.clock_banner import ClockBanner
from clinic_desktop.ui.collecting import Collector, look_through_all, set_aside
from clinic_desktop.ui.damage_banner import DamageBanner
from clinic_desktop.ui.decisions.place import decisions_spec
from clinic_desktop.ui.decisions.watch import DecisionsWatch
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import APP_NAME
from clinic_desktop.ui.encryption.keys import Kept as KeptKey
from clinic_desktop.ui.fail_safe.fail_safe import PAPER
from clinic_desktop.ui.fail_safe.folder import Kept, clinic_folder, folder_of, needed_now
from clinic_desktop.ui.fail_safe.place import SealedPlace, paper_key
from clinic_desktop.ui.failure import FailureHandler
from clinic_desktop.ui.feed_watcher import FeedWatcher
from clinic_desktop.ui.first_run.health_page import Health
from clinic_desktop.ui.first_run.window import FirstRunWindow
from clinic_desktop.ui.floor.place import floor_spec
from clinic_desktop.ui.i18n import load_translators, tr
from clinic_desktop.ui.ledger.place import ledger_spec
from clinic_desktop.ui.ledger.watch import LedgerWatch
from clinic_desktop.ui.looking_banner import looking_banner, looking_words
from clinic_desktop.ui.outage.floor_copy import FloorCopy, say_no_floor
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.patients.place import patients_spec
from clinic_desktop.ui.places import PlaceSpec
from clinic_desktop.ui.printer_choice import keep_in
from clinic_desktop.ui.printers import clear_saved
from clinic_desktop.ui.retention.place import retention_spec
from clinic_desktop.ui.scroll_areas_heard import keep_scroll_areas_safe
from clinic_desktop.ui.set_up.place import set_up_spec
from clinic_desktop.ui.settings_store import APPEARANCE, TEXT_SIZE, SettingsStore
from clinic_desktop.ui.several_pcs.page import ServerPorts
from clinic_desktop.ui.several_pcs.password import PasswordDialog
from clinic_desktop.ui.sheets.place import sheets_spec
from clinic_desktop.ui.sound_device import ComputerSpeaker
from clinic_desktop.ui.texts.place import texts_spec
from clinic_desktop.ui.theme import install_theme, theme
from clinic_desktop.ui.told_to_end import ToldToEnd
from clinic_desktop.ui.trail_watch import TrailWatch
from clinic_desktop.ui.usage.place import usage_spec
from clinic_desktop.ui.viewed import viewed
from clinic_desktop.ui.window import Window
from clinic_desktop.ui.wording import problem_worded

_log = logging.getLogger(__name__)
_NOBODY = Actor(0, frozenset())
_KEY_AGAIN_MS = 60_000
_WENT_BACK = "store-went-back"
_ELSEWHERE = "store-elsewhere"
_UNHEARD = "store-unheard"  # the banner of trouble that is no outage of a server
_FAREWELL_MS = 1_500  # for what is under way at the end, before it is asked whether the server hangs
_ANSWER_SECONDS = 3.0  # for a server to answer then
_CUT_OFF_MS = 4_000  # for what waited for a server that hangs to be kept on this computer
_HUNG_MS = 2_000  # after the server is known to be away, until what it was asked before is given up
_SETTLED_MS = 50  # until it is asked again whether a window can be left


def run(options: argparse.Namespace) -> int:
    """Open the window and stay until it is closed."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName(APP_NAME)
    if wrong := wrong_here():
        tell_plainly(*wrong)
        return 1
    start_log(settings.home())
    keep_scroll_areas_safe()
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
    if options.several_pcs:
        program.show_server()
    else:
        program.start(str(options.data), demo=bool(options.demo))
    _log.info("started, %d translations", len(translators))
    status = app.exec()
    ended = program.close()
    collector.stop()
    told.stop()
    if not ended:  # its threads would hold up the end for as long as the server hangs
        _log.warning("ended without what still waits for the server")
        logging.shutdown()
        os._exit(status)
    return status


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
        audit_spec(desk),
        retention_spec(desk),
    ]


def _kept(opened: Opened) -> KeptKey:
    """Where the clinic lies, for what is said of its encryption."""
    where = opened.store.where
    if opened.setup.clinic.demo or isinstance(where, str):
        return KeptKey()
    if isinstance(where, Sealed):
        return KeptKey(where.path, where.key, can_seal())
    return KeptKey(where, None, can_seal())


def _not_said(problem: ClinicProblem) -> None:
    _log.warning("not done at the end: %s", type(problem).__name__)


def _cleared(files: int) -> None:
    _log.info("%d saved sheets were old and are deleted", files)


class Program(OldCopyWays, KeyWays, KeptWays, RestoreWays):
    """One running program: the start window, then the window of one clinic."""

    def __init__(self, preferences: SettingsStore) -> None:
        super().__init__()
        keep_in(preferences)
        cups.wait_again()
        self._preferences = preferences
        self._demo: DemoDesk | None = None
        self._watcher: FeedWatcher | None = None
        self._trail: TrailWatch | None = None
        self._away = False  # the data of the open clinic does not answer

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
                ServerPorts(server_desk.look, self._movable()),
                can_seal=can_seal(),
                render_pdf=render_pdf,
            )
            start.key_typed.connect(self._try_key)
            start.encrypt_wanted.connect(self._encrypt)
            start.encrypt_left.connect(self._encrypt_later)
            start.server.open_wanted.connect(self.open_on_server)
            start.server.switch_wanted.connect(self.switch_to_desks)
            start.server.move_wanted.connect(self.move_to_server)
            start.server.new_wanted.connect(self._new_on_server)
            start.server_left.connect(self._left_server)
            start.put_back_wanted.connect(self._put_back)
            start.back_wanted.connect(self._move_back)
            start.proof_read.connect(self._proof_read)
            start.there_wanted.connect(self._go_there)
            start.take_back_wanted.connect(self._ask_take_back)
            start.demo_wanted.connect(self.open_demo)
            start.clinic_wanted.connect(self.make_clinic)
            start.file_wanted.connect(self.open_clinic)
            start.paper_wanted.connect(self._open_paper)
            start.again_wanted.connect(self._again)
            start.look_wanted.connect(self.look_only)
            start.kept_wanted.connect(self._go_on_kept)
            start.kept_typed.connect(self._open_kept)
            start.kept_print_wanted.connect(self._print_kept)
            start.kept_record_wanted.connect(self._go_on_recording)
            start.backup_wanted.connect(self.ask_for_backup)
            start.backup_chosen.connect(self.look_to_restore)
            self._start = start
        if trouble:
            self._start.show_problem(trouble)
        self._start.show()

    def open_clinic(self, where: str) -> None:
        self._where, self._only_look = where, False
        self._put_nothing_back()
        self._open_by(open_keyed)

    def look_only(self) -> None:
        """The clinic that does not open for work, to look at: nothing of it is changed."""
        self._only_look = True
        self._open_by(look_keyed)

    def _open_by(self, way: Callable[[str, Path | None], Opened]) -> None:
        self._asked_now = True
        where, work = self._where, partial(way, self._where, self.key_file)
        self._open_from_here(work, partial(self._opened, where), self._not_opened, key=f"open {where}")

    def make_clinic(self, answers: Answers) -> None:
        """A new clinic from the assistant's answers, then into it."""
        place = settings.default_clinic()
        wished = self._start.wished_keys if self._start is not None else None
        if self._start is not None:
            self._start.show_progress(tr("Making your clinic"))
        if self._new_place is not None:
            there = self._new_place
            work = partial(server_desk.make_there, there, answers)
            operations.run(self, work, lambda _none: self._moved_there(there), self._refused)
            return
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
        look_through_all()  # of the clinic before: who opens one waits for it anyway
        self._store, self._where = opened.store, where
        self._came_from = self._came_in = None
        self._server_again.stop()
        window = self._open_window(opened)
        if not opened.setup.clinic.demo and (opened.known or not opened.only_looked_at):
            window.gate.hand_over = self._hand_over
            window.gate.start(opened.known)
            if opened.only_looked_at and window.gate.shut:
                window.gate.cover.say_why(looking_words(backup=opened.of_backup))
        self._show(window)
        window.open_first()
        window.gate.take_focus()
        if not opened.only_looked_at:
            times = partial(keep_clock_times, opened.store, PROGRAM)
            operations.run(self, times, partial(self._times_kept, window), self._times_off)
        operations.run(self, partial(clear_saved, window.desk.now(), opened.last_written), _cleared)
        self._close_start()
        if opened.setup.clinic.demo:
            self._begin_demo(window)
        else:
            if not opened.only_looked_at:
                settings.remember_clinic(where)
            if not window.gate.on:
                window.act_as()
            self._offer_to_look(window)
        if self._say_once_open is not None:
            said, self._say_once_open = self._say_once_open, None
            window.notice(*said)

    def _hand_over(self, actor: Actor) -> None:
        """Somebody else goes on where something was half-typed: in a fresh window, in which nothing is."""
        if self._store is not None and self._window is not None:
            turn, work = self._window.gate.turn, partial(opened_store, self._store)
            done, not_done = partial(self._handed_over, turn, actor), partial(self._not_handed_over, turn)
            operations.run(self, work, done, not_done)

    def _not_handed_over(self, turn: int, problem: ClinicProblem) -> None:
        if self._window is not None and turn == self._window.gate.turn:
            self._window.gate.not_handed_over(problem)

    def _handed_over(self, turn: int, actor: Actor, opened: Opened) -> None:
        old = self._window
        if old is None or turn != old.gate.turn:  # it was called back
            return
        if not (self._settled(old) and old.gate.saved()):
            QTimer.singleShot(_SETTLED_MS, self, partial(self._handed_over, turn, actor, opened))
            return
        old.gate.end()
        old.fail_safe.stop()
        old.backups.stop()
        window = self._open_window(opened)
        window.gate.hand_over = self._hand_over
        window.gate.resume(actor, opened.known)
        window.show()
        window.start_anew()
        self._bring(old, window)
        old.gate.tell_next(window)
        left = old.gate.left_meanwhile
        self._let_go(old)
        window.hear_failures()
        if left:
            window.gate.lock()

    def _stop_watching(self) -> None:
        """What watched for a window that is no more."""
        for one in (self._watcher, self._trail):
            if one is not None:
                one.stop()
        self._watcher = self._trail = None

    def _open_window(self, opened: Opened) -> Window:
        """A window of the open clinic with all that watches for it, not shown yet."""
        desk = Desk(opened.store, _NOBODY, opened.store.clock, opened.setup, render_pdf, squares_of)
        panels = make_booking_panels(desk, live_directory(desk))
        window = Window(desk, places(desk, panels, self._preferences), panels, self._preferences)
        window.gate.idle.expired.connect(look_through_all)
        self._window = window
        if self._failures is not None:
            self._failures.remove()
        self._failures = FailureHandler(window.failures.show, window)
        self._failures.install()
        self._stop_watching()
        if not isinstance(opened.store, KeptStore):  # of what they count a copy has a part
            CallsWatch(window, desk).start()
            LedgerWatch(window, desk).start()
            DecisionsWatch(window, desk).start()
        window.start_mail()
        window.start_alarms(ComputerSpeaker())
        if isinstance(opened.store, KeptStore):
            self._on_a_copy(window, opened.store)
        else:
            self._on_the_clinic(window, opened)
        return window

    def _on_the_clinic(self, window: Window, opened: Opened) -> None:
        """What is heard of it and done for it while it is open."""
        desk, store = window.desk, opened.store
        self._watcher = FeedWatcher(
            desk.hub, store.listener(), store.changes_since, opened.number, self._feed_trouble
        )
        self._watcher.start()
        ClockBanner(window, desk.clock, opened.last_written, window).start()
        if not is_address(self._where):
            helps = (
                BannerAction(tr("Restore ..."), window.backups.restore_chosen, RESTORE.key),
                BannerAction(tr("Paper"), window.fail_safe.show, PAPER.key),
            )
            DamageBanner(window, store, helps, window).start()
        if opened.only_looked_at:
            window.show_banner(looking_banner(backup=opened.of_backup))
            return  # no paper, no backup and no check: each of them is written somewhere
        self._start_paper(window, self._where, store)
        window.backups.start(ClinicKeeper(store))
        window.clinic_keys.start(_kept(opened))
        window.backups.restore_wanted.connect(self._restore)
        self._start_several(window, store, too_much=opened.too_much)
        self._trail = TrailWatch(window, desk, store, window)
        self._trail.start()

    def _on_a_copy(self, window: Window, store: KeptStore) -> None:
        """What happens is kept beside what was kept before, until the server answers."""
        outage, key = window.desk.outage, self._came_in.key if self._came_in is not None else b""
        outage.door = AwayDoor(store.folder)
        outage.came_up_away(store.made_at)
        outage.keep_in(store.folder, key)
        if self._old is not None:
            self._say_elsewhere(window, self._old.there)
        window.fail_safe.start(self._where, SealedPlace(store.folder, key))
        self._server_again.start()

    def _floor_opened(self, actor: Actor, opened: Opened) -> None:
        """Without the server, as far as this computer knows: whoever came in goes on on the floor."""
        self._store = opened.store
        window = self._open_window(opened)
        window.gate.hand_over = self._hand_over
        window.gate.resume(actor, opened.known)
        window.show()
        window.go("floor")
        self._close_start()

    def _close_start(self) -> None:
        if self._start is not None:
            self._start.close()
            self._start.deleteLater()
            self._start = None

    def _start_paper(self, window: Window, where: str, store: SqlStore) -> None:
        """Where the paper and what happens without the server are kept on this computer."""
        kept = self._kept_folder()
        if is_address(where):
            window.desk.outage.door = AwayDoor(kept)
            window.fail_safe.start(where, waits=True)
            self._ask_outage_key(window)
        elif isinstance(store.where, Sealed):
            window.fail_safe.start(where, SealedPlace(kept, paper_key(store.where.key)))
        else:
            window.fail_safe.start(where)

    def _ask_outage_key(self, window: Window) -> None:
        if window is self._window and self._store is not None:
            work = partial(outage_key, self._store, PROGRAM)
            no = partial(self._no_outage_key, window)
            operations.run(self, work, partial(self._outage_key, window), no)

    def _outage_key(self, window: Window, key: bytes) -> None:
        if window is self._window:
            folder = self._kept_folder()
            window.desk.outage.keep_in(folder, key)
            if self._store is not None:
                self._keep_floor(window, self._store, folder, key)
            window.fail_safe.seal_in(SealedPlace(self._kept_folder(), key))

    def _keep_floor(self, window: Window, store: SqlStore, folder: Path, key: bytes) -> None:
        window.desk.outage.open_copy = partial(copy_opened, folder, key, store.clock)
        tell = partial(window.notice, tone=Tone.WARN)
        if can_seal():
            FloorCopy(window.desk, partial(copy_day, store, folder, key), tell, window).start()
        else:
            say_no_floor(tell, tr("SQLCipher, which seals it, is missing."))

    def _no_outage_key(self, window: Window, problem: ClinicProblem) -> None:
        """The day goes on; without the server what happens then is written on paper."""
        _log.warning("no place to keep entries: %s", type(problem).__name__)
        QTimer.singleShot(_KEY_AGAIN_MS, window, partial(self._ask_outage_key, window))

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
        if isinstance(problem, WentBack):
            title = tr("The clinic's data went back")
            anew = BannerAction(tr("Open the clinic anew"), partial(self._reopen, self._where))
            said = problem_worded(problem)
            self._window.show_banner(Banner(_WENT_BACK, title, said, Tone.DANGER, (anew,)))
            return
        if isinstance(problem, WentElsewhere):
            self._say_elsewhere(self._window, problem.there)
            return
        self._window.clear_banner(_ELSEWHERE)
        self._window.desk.outage.went_elsewhere(moved=False)
        self._away = problem is not None
        outage = self._window.desk.outage
        if isinstance(problem, ServerAway):
            outage.gone(deaf=True)  # and the window says so itself
            if self._store is not None:
                hung = partial(self._hang_up, self._store, self._store.waiting())
                QTimer.singleShot(_HUNG_MS, self, hung)
        elif problem is None:
            self._window.clear_banner(_UNHEARD)
            outage.back()
        else:
            said = tr("The clinic's data does not answer")
            self._window.show_banner(Banner(_UNHEARD, said, problem_worded(problem)))
            paper = partial(needed_now, self._paper_folder())
            operations.run(self, paper, partial(self._paper_in_banner, said, problem))

    def _hang_up(self, store: SqlStore, lines: Sequence[object]) -> None:
        """What still waits for an answer on a line of a server that is away gets none: what was entered is
        kept on this computer."""
        if self._away and store is self._store:
            store.hang_up(lines)

    def _say_elsewhere(self, window: Window, there: str) -> None:
        window.show_banner(self._went_elsewhere(there, len(window.desk.outage.kept)))
        window.desk.outage.went_elsewhere(moved=True)

    def _went_elsewhere(self, there: str, kept: int) -> Banner:
        """Nothing here is true any more, and nobody sees it by looking: the page behind the way on offers to
        go where the clinic is."""
        title = tr("This clinic was moved: what is shown is the old copy")
        said = tr(
            "It is at {there} now, and what is recorded there does not come here. Nothing can be saved here "
            "any more."
        ).format(there=there)
        if kept:
            words = (
                "%n record(s) kept on this computer (is|are) not there: look for it there after you open it."
            )
            said = f"{said} {tr(words, '', kept)}"
        on = BannerAction(tr("Open it where it is now"), partial(self._reopen, self._where))
        return Banner(_ELSEWHERE, title, said, Tone.DANGER, (on,))

    def _paper_in_banner(self, said: str, problem: ClinicProblem, kept: Kept | None) -> None:
        """The day goes on by the paper that was made for it."""
        window = self._window
        if window is None or not self._away:
            return
        text = problem_worded(problem)
        if window.fail_safe.sealed is not None:
            action = BannerAction(tr("Open the paper"), window.fail_safe.show, PAPER.key)
        elif kept is not None:
            there = tr("Paper for {day}: {file}").format(day=near_date(kept.day), file=kept.file)
            action = BannerAction(tr("Open the paper"), partial(self._open_paper, str(kept.file)))
            text = f"{text} {there}"
        else:
            return
        window.show_banner(Banner(_UNHEARD, said, text, actions=(action,)))

    def _refused(self, problem: ClinicProblem) -> None:
        """The clinic could not be opened: say why, and offer the other ways in."""
        _log.warning("could not open a clinic: %s", type(problem).__name__)
        self.show_start(problem_worded(problem))

    def _not_opened(self, problem: ClinicProblem) -> None:
        """Said on a page of its own, with what helps: backups, and the paper on which the day goes on."""
        if isinstance(problem, Locked):
            self.show_start()
            if self._start is not None:
                self._start.ask_for_key(Path(self._where).name, only_look=self._only_look)
            return
        if isinstance(problem, PasswordWanted):
            self._refused(problem)
            if self._start is not None:
                typed = partial(self._password_typed, problem)
                PasswordDialog(self._start, problem.account.name, problem_worded(problem), typed).open()
            return
        self._put_nothing_back()
        _log.warning("could not open a clinic: %s", type(problem).__name__)
        help_ = partial(help_for, self._where, self._paper_folder(), self._kept_folder())
        operations.run(self, help_, partial(self._show_health, problem), self._refused)

    def _show_health(self, problem: ClinicProblem, help_: Help) -> None:
        self.show_start()
        if self._start is None:
            return
        trouble = trouble_of(problem)
        health = Health(
            trouble,
            problem_worded(problem),
            self._where,
            help_.backups,
            self._tell_old_copy(problem) or self._place_of_backup(trouble),
            in_file=bool(self._where) and not is_address(self._where),
            records=help_.records,
        )
        self._start.show_health(health)
        if isinstance(problem, OldCopy):  # what was kept is of it too: going on by that leads to nothing
            if help_.kept and help_.records:
                self._start.offer_records()
            return
        if health.asked_by_itself:
            self._server_again.start()
        if help_.paper is not None:
            self._start.offer_paper(help_.paper)
        if help_.kept:
            self._start.offer_kept()

    def _again(self) -> None:
        self.open_clinic(self._where)

    def _paper_folder(self) -> Path:
        return folder_of(self._preferences, clinic_folder(self._where))

    def _open_paper(self, file: str) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(file)) and self._start is not None:
            self._start.say_paper_unopened()

    def leave(self) -> None:
        """End without a question. What is on its way to a printer is on record as unknown."""
        if self._window is not None:
            self._window.leave()
        QApplication.quit()

    def close(self) -> bool:
        """Let go of everything; whether all work has ended. What has not waits for a server that hangs."""
        if self._window is not None:
            self._window.fail_safe.stop()
            viewed(self._window.desk).finish()
        self._stop_watching()
        if self._demo is not None:
            self._demo.stop()
        cups.wait_no_longer()
        if self._watcher is not None:
            self._watcher.stop()
        ended = self._work_ends()
        if self._failures is not None:
            self._failures.remove()
        if self._store is not None:
            self._store.close()
        return ended

    def _work_ends(self) -> bool:
        """Let what is under way finish; whether it has. Where the server hangs, whoever waits for it is told
        that it is away, and keeps on this computer what happened."""
        store = self._store
        if operations.wait_for_all(_FAREWELL_MS):
            return True
        if store is None or (not self._away and store.answers(_ANSWER_SECONDS)):
            operations.wait_for_all()
            return True
        _log.warning("the server hangs at the end: what waits for it is cut off")
        operations.set_default_failure(_not_said)  # the window that would say it is closed
        until = QDeadlineTimer(_CUT_OFF_MS)
        while operations.saving() and not until.hasExpired():
            store.let_go()  # again: what was between two statements waits by now
            operations.wait_for_all(_SETTLED_MS)
            QApplication.processEvents()
        store.let_go()
        return operations.wait_for_all(_SETTLED_MS)
