"""The backups as a part of the window: made by themselves once a day, their age in the status bar, and what
stands against them in a banner.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.backups import OLD_AFTER, Age, Keeper, Seen, Standing, named_at
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.server_place import Owner
from clinic_desktop.security.backup_place import may_back_up
from clinic_desktop.security.rights import Right
from clinic_desktop.ui import file_dialogs
from clinic_desktop.ui.backups.choose_dialog import ChooseBackupDialog
from clinic_desktop.ui.backups.look_dialog import LookDialog, what_becomes
from clinic_desktop.ui.backups.words import how_long, in_status_bar, keys_lost_words, unsound_words, when
from clinic_desktop.ui.banner import Banner, BannerAction
from clinic_desktop.ui.commands import Bound, Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import ChoiceDialog
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader, run, show_problem
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.several_pcs.owner_dialog import OwnerDialog
from clinic_desktop.ui.who_may import may_or_is_told
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import problem_worded

BACK_UP = Command(
    "window.back-up",
    QT_TR_NOOP("Back up now"),
    ("Shift+F9",),
    icon="save",
    also=QT_TR_NOOP("backup copy safe"),
)
BACKUPS = Command(
    "window.backups",
    QT_TR_NOOP("Backups"),
    ("Ctrl+Shift+F2",),
    icon="database",
    opens=True,
    also=QT_TR_NOOP("backup restore copy folder drive"),
)
FOLDER = Command(
    "window.backup-folder",
    QT_TR_NOOP("Folder for backups"),
    ("Shift+F4",),
    icon="database",
    opens=True,
    also=QT_TR_NOOP("backup where drive stick network"),
)
RESTORE = Command(
    "window.restore",
    QT_TR_NOOP("Restore a backup"),
    ("Ctrl+Shift+F4",),
    icon="undo",
    opens=True,
    also=QT_TR_NOOP("backup bring back lost damaged"),
)
_EVERY_MS = 10 * 60_000
_BANNER = "backups"


class Keeping(QObject):
    """Made with the window. ``told`` when ``standing`` or ``trouble`` is another one; ``restore_wanted``
    carries the file of a backup, who owns the server's database where that is needed, and what opens an
    encrypted one that nothing here does, once somebody was asked.

    Nothing happens before ``start`` and after ``stop``; nothing by itself for the demo.
    """

    told = Signal()
    made = Signal()  # one that somebody asked for
    restore_wanted = Signal(str, object, str)  # the file; Owner or None; what was typed

    def __init__(self, frame: Frame, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._frame, self._desk, self._window = frame, desk, window
        self._keeper: Keeper | None = None
        self.standing: Standing | None = None
        self.trouble: ClinicProblem | None = None
        self.busy = False
        self._asked: QFileDialog | None = None
        self.dialog: LookDialog | None = None  # the last look into a backup
        self.owner_dialog: OwnerDialog | None = None
        self.folders: ChoiceDialog | None = None  # the last one
        self.choice: ChooseBackupDialog | None = None  # the last one
        self.chosen: Callable[[], str] = str  # the file of the backup that stands chosen on the screen
        self._reader: LatestReader[Standing] = LatestReader(self, self._looked, self._could_not)
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY_MS)
        self._clock.timeout.connect(self.look)

    def bound(self) -> list[Bound]:
        return [
            Bound(BACK_UP, self.back_up),
            Bound(BACKUPS, self.open_part),
            Bound(FOLDER, self.ask_where),
            Bound(RESTORE, self.restore_chosen),
        ]

    def start(self, keeper: Keeper) -> None:
        """Look now and every ten minutes; a backup is made where one is due."""
        self._keeper = keeper
        self._clock.start()
        self.look()

    def stop(self) -> None:
        self._keeper = None
        self._clock.stop()

    @property
    def keeper(self) -> Keeper | None:
        return self._keeper

    def now(self) -> datetime:
        return self._desk.now()

    @property
    def zone(self) -> str:
        return self._desk.zone

    def look(self) -> None:
        if self._keeper is not None:
            self._reader.read(self._keeper.standing)

    def back_up(self) -> None:
        """Somebody wants one now."""
        try:
            may_back_up(self._desk.actor)
        except ClinicProblem as problem:
            show_problem(problem)  # which is no trouble of the backups
        else:
            self._make(self._desk.actor)

    def _make(self, actor: Actor) -> None:
        if self._keeper is None:
            return
        work = partial(self._keeper.make, actor)
        done = partial(self._made, asked=actor is not PROGRAM)
        failed = partial(self._not_made, asked=actor is not PROGRAM)
        if run(self, work, done, failed, key="backup", quiet=actor is PROGRAM) is not None:
            self.busy = True
            self.told.emit()

    def open_part(self) -> None:
        """To their part of the set-up."""
        opened = getattr(self._frame.go("set-up"), "open_part", None)
        if callable(opened):
            opened("backups")

    def ask_where(self) -> None:
        """Choose the folder for this clinic's backups on this computer; that of a restored one is offered."""
        stands = self.standing
        if not self._allowed() or self._keeper is None:
            return
        if stands is None or stands.came_from is None:
            self._ask_folder()
            return
        again = tr("Where the restored backup came from, and others may lie.")
        now = tr("Where they go now.")
        choices = [
            Choice(str(stands.came_from), Row(str(stands.came_from), detail=again, icon="undo")),
            Choice(str(stands.folder), Row(str(stands.folder), detail=now, icon="database")),
            Choice("", Row(tr("Another folder ..."), icon="search")),
        ]
        text = tr("The next backup is made there at once.")
        self.folders = ChoiceDialog.ask(self._window, tr(FOLDER.text), text, choices, self._folder_chosen)

    def _folder_chosen(self, folder: str) -> None:
        if folder:
            self.keep_in(folder)
        else:
            self._ask_folder()

    def _ask_folder(self) -> None:
        if self._keeper is not None:
            self._asked = file_dialogs.ask_folder(self._window, tr(FOLDER.text), self.keep_in)

    def keep_in(self, folder: str) -> None:
        """From now on there, beginning at once; what is in the folder of before stays."""
        if self._keeper is not None:
            run(self, partial(self._keeper.keep_in, self._desk.actor, Path(folder)), self._moved)

    def restore_chosen(self) -> None:
        """The backup that stands chosen in the list that is shown, else one that is chosen now."""
        file = self.chosen()
        if file:
            self.look_into(file)
        else:
            self.ask_which()

    def _look_into_other(self, file: str) -> None:
        if file:
            self.look_into(file)
        else:
            self.ask_which()

    def ask_which(self) -> None:
        """Choose a backup that is to be looked into: of those that are known, else a file."""
        known = () if self.standing is None else self.standing.backups
        if not known:
            self._ask_file()
        elif self._allowed():
            self.choice = ChooseBackupDialog(
                self._window, known, self.zone, self.now(), self.look_into, self._ask_file
            )
            self.choice.open()

    def _ask_file(self) -> None:
        """Beginning where they are kept."""
        if self._allowed() and self._keeper is not None:
            kinds = [tr("Backups (*.sqlite *.dump)"), tr("All files (*)")]
            folder = self.standing.folder if self.standing is not None else None
            self._asked = file_dialogs.ask_open(self._window, tr(RESTORE.text), kinds, self.look_into, folder)

    def look_into(self, file: str) -> None:
        """Say what is in a backup, and ask whether it is to take the clinic's place."""
        if self._desk.setup.clinic.demo:
            self._frame.say(tr("The demo clinic is made anew by itself. Nothing is restored into it."))
        elif self._allowed() and self._keeper is not None:
            if self.standing is not None and self.standing.by_owner:
                self._ask_owner(file)
            else:
                self._look_into(file, None)

    def _ask_owner(self, file: str) -> None:
        what = tr(
            "On a server the owner of the database looks into a backup and restores it: into a place of its "
            "own first, beside the clinic, which goes on meanwhile."
        )
        at = named_at(Path(file).name)
        called = Path(file).name if at is None else when(at, self.zone)
        title = tr("Look into the backup {name}").format(name=called)
        then = partial(self._look_into, file)
        self.owner_dialog = OwnerDialog(self._window, title, what, tr("Look into it"), then)
        self.owner_dialog.open()

    def _look_into(self, file: str, owner: Owner | None) -> None:
        if self._keeper is not None:
            keeper, actor = self._keeper, self._desk.actor

            def look(typed: str) -> Seen:
                return keeper.look(actor, Path(file), owner, typed)

            def wanted(typed: str) -> None:
                self.restore_wanted.emit(file, owner, typed)

            self.dialog = LookDialog.ask(
                self._window,
                Path(file),
                look,
                self.zone,
                wanted,
                self._look_into_other,
                what=what_becomes(on_server=owner is not None),
            )

    def _allowed(self) -> bool:
        return may_or_is_told(self._desk.actor, Right.SET_UP)

    def _moved(self, standing: Standing) -> None:
        self.standing, self.trouble = standing, None
        self._tell()
        self._make(PROGRAM)

    def _looked(self, standing: Standing) -> None:
        self.standing = standing
        self._tell()
        if standing.due(self.now()) and not self._desk.setup.clinic.demo:
            self._make(PROGRAM)

    def _could_not(self, _problem: ClinicProblem) -> None:
        """The data does not answer, which the window says itself; what was known of the backups holds."""
        self._tell()

    def _made(self, standing: Standing, *, asked: bool) -> None:
        self.standing, self.trouble, self.busy = standing, None, False
        self._tell()
        if asked:
            self.made.emit()
        if asked and standing.unsound(self.now()) is None:
            self._frame.say(tr("A backup was made and checked."))
        elif asked:
            self._frame.say(tr("A backup was made, and it is not sound: what is wrong stands at the top."))

    def _not_made(self, problem: ClinicProblem, *, asked: bool) -> None:
        """It stands in the banner until one is made; the next look tries again."""
        self.trouble, self.busy = problem, False
        self._tell()
        if asked:
            self._frame.say(tr("No backup was made."))

    def _tell(self) -> None:
        if self.standing is not None:
            self._say(self.standing)
        self.told.emit()

    def _say(self, stands: Standing) -> None:
        now, demo = self.now(), self._desk.setup.clinic.demo
        last = stands.last(now)
        bad = (
            self.trouble is not None
            or stands.keys_lost is not None
            or stands.age(now) in (Age.OLD, Age.NEVER)
            or (last is not None and not last.good)
        )
        bar = getattr(self._frame, "status_bar", None)
        if bar is not None:
            text = in_status_bar(stands, now, failed=self.trouble is not None)
            # Of a clinic that is invented nobody misses a backup; that it is one is to be seen on every page.
            text = tr("Demo clinic, invented people") if demo else text
            bar.set_backup(text, alarming=bad and not demo)
        if bad and not demo:
            self._frame.show_banner(self._banner(stands, now))
        elif stands.came_from is not None and not demo:
            self._frame.show_banner(_came_from_banner(stands, stands.came_from, self.ask_where))
        else:
            self._frame.clear_banner(_BANNER)

    def wrong(self, stands: Standing, now: datetime) -> tuple[str, str] | None:
        """What is wrong with the clinic itself, and what to do; None where nothing is known to be."""
        if stands.keys_lost is not None:
            return keys_lost_words(stands.keys_lost, stands.keys_copy)
        unsound = stands.unsound(now)
        return None if unsound is None else unsound_words(unsound, self.zone, now)

    def _banner(self, stands: Standing, now: datetime) -> Banner:
        last, wrong = stands.last_good(now), self.wrong(stands, now)
        if stands.keys_lost is None and last is None:
            title = tr("There is no good backup")
        elif stands.keys_lost is None and last is not None and now - last > OLD_AFTER:
            title = tr("The last good backup is {age} old").format(age=how_long(now - last))
        else:
            title = tr("The last backup failed") if wrong is None else wrong[0]
        said = [] if wrong is None else [wrong[1]]
        if self.trouble is not None:
            said.append(problem_worded(self.trouble))
        text = " ".join(said) or tr("Back up now, or choose another folder.")
        now_one = BannerAction(tr(BACK_UP.text), self.back_up, BACK_UP.key)
        part = BannerAction(tr(BACKUPS.text), self.open_part, BACKUPS.key)
        # Where something is wrong with the clinic itself, another backup is not the thing to do.
        actions = [now_one, part] if wrong is None else [part, now_one]
        if stands.keys_lost is not None:
            actions = [part]
        return Banner(_BANNER, title, text, Tone.DANGER, tuple(actions))


def _came_from_banner(stands: Standing, folder: Path, choose: Callable[[], object]) -> Banner:
    title = tr("The backups go to another folder than before")
    text = tr("They go to {now}. The backup that was restored came from {before}.")
    if stands.on_the_datas_disk:
        text += " " + tr("What lies on the data's own disk is lost with it.")
    action = BannerAction(tr("Choose the folder"), choose, FOLDER.key)
    return Banner(_BANNER, title, text.format(now=stands.folder, before=folder), Tone.WARN, (action,))
