"""The window of the first start: the ways in, and the assistant behind the second.

It opens nothing itself: the program hears what was chosen and tells how far it is.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from clinic_desktop.foundation.backups import Backup
from clinic_desktop.foundation.clock import SystemClock, computer_time
from clinic_desktop.foundation.document import RenderPdf
from clinic_desktop.foundation.moving_steps import Moved
from clinic_desktop.foundation.server_place import ServerPlace
from clinic_desktop.foundation.words import clock_time, near_date, short_date
from clinic_desktop.scheduling.set_up_new import Answers
from clinic_desktop.security.vault import Known
from clinic_desktop.ui import file_dialogs
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.backups.choose_dialog import ChooseBackupDialog
from clinic_desktop.ui.dialogs import APP_NAME
from clinic_desktop.ui.fail_safe.folder import Kept
from clinic_desktop.ui.first_run.assistant import Assistant, Inset
from clinic_desktop.ui.first_run.draft import gone_on, kept
from clinic_desktop.ui.first_run.encrypt_page import EncryptPage
from clinic_desktop.ui.first_run.health_page import Health, HealthPage
from clinic_desktop.ui.first_run.kept_page import KeptPage, KeptPaper
from clinic_desktop.ui.first_run.keys_step import KeysStep, WishedKeys
from clinic_desktop.ui.first_run.page_keys import PageKeys
from clinic_desktop.ui.first_run.start_page import StartPage
from clinic_desktop.ui.first_run.unlock_page import UnlockPage
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.look import Look
from clinic_desktop.ui.on_screen import keep_on_screen
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.settings_store import Setting, SettingsStore
from clinic_desktop.ui.several_pcs.back_page import BackPage
from clinic_desktop.ui.several_pcs.page import ServerPage, ServerPorts
from clinic_desktop.ui.several_pcs.proof_page import ProofPage
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Panel

ANSWERS = Setting("first_run/answers", "")
_USUAL, _LEAST = (1000, 680), (640, 360)
_BAR = 380


def there_already(place: str) -> bool:
    """Whether a file that is not empty lies where a new clinic is to be made: beside the program's settings,
    which are read on the GUI thread as well."""
    with suppress(OSError):
        return bool(place) and Path(place).stat().st_size > 0
    return False


class FirstRunWindow(Panel):
    """``demo_wanted``, ``clinic_wanted(Answers)`` and ``file_wanted(str)`` say what to do next,
    ``paper_wanted(str)`` which file is to be shown, and ``key_typed(str, bool)`` what is to open an encrypted
    clinic, and whether this computer is to remember it. can_seal: whether a new clinic is encrypted; None
    says nothing of it.

    While it is done call ``show_progress``; when it failed, ``show_problem``; when it is there, close.
    """

    demo_wanted = Signal()
    clinic_wanted = Signal(object)  # Answers
    file_wanted = Signal(str)
    paper_wanted = Signal(str)
    again_wanted = Signal()
    look_wanted = Signal()  # at the clinic that does not open for work
    kept_wanted = Signal()
    kept_typed = Signal(int, str)
    kept_print_wanted = Signal(object, object)
    kept_record_wanted = Signal()
    backup_wanted = Signal()  # one is to be restored: ``ask_for_backup`` with those that are known
    backup_chosen = Signal(str)  # the file, to be looked into before it is restored
    key_typed = Signal(str, bool)
    encrypt_wanted = Signal(object)  # WishedKeys
    encrypt_left = Signal()
    there_wanted = Signal()  # to where the clinic was moved to
    take_back_wanted = Signal()  # the old copy is to be used again
    put_back_wanted = Signal()  # the backup is to take the clinic's place
    back_wanted = Signal(object)  # BackWish
    server_left = Signal()
    proof_read = Signal()

    def __init__(
        self,
        settings: SettingsStore | None = None,
        place: str = "",
        ports: ServerPorts | None = None,
        *,
        can_seal: bool | None = None,
        render_pdf: RenderPdf | None = None,
    ) -> None:
        super().__init__("canvas")
        self._can_seal, self._render = can_seal, render_pdf
        self._keys: KeysStep | None = None
        self._unlock: UnlockPage | None = None
        self._kept: KeptPage | None = None
        self._encrypt: EncryptPage | None = None
        self._proof: ProofPage | None = None
        self._back: BackPage | None = None
        self._ports, self._server = ports, None if ports is None else ServerPage(ports)
        self._settings, self._place = settings, place
        self.setWindowTitle(APP_NAME)
        Look(settings).keys_in(self)
        for key in ("F1", "Ctrl+/"):
            QShortcut(QKeySequence(key), self, self.show_keys)
        self.setMinimumSize(*_LEAST)
        self.resize(*_USUAL)
        keep_on_screen(self)
        self._assistant: Assistant | None = None
        self._dialog: QFileDialog | None = None
        self.choice: ChooseBackupDialog | None = None  # the last one
        self.keys: PageKeys | None = None  # as they were said last
        self._making = False
        self._paper: Kept | None = None
        self.health: HealthPage | None = None
        self._said = ""
        self._stack = QStackedWidget()
        self._progress, self._doing, self._how_far, self._bar = self._make_progress()
        self._problem = NoticeBox("", "", Tone.DANGER)
        self._problem.hide()
        self.start = self._make_start()
        for page in (self.start, self._progress):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addLayout(Inset(self._problem, 24))
        if self._server is not None:
            self._server.left.connect(self._stopped)
            self._server.left.connect(self.server_left)
            self._stack.addWidget(self._server)
        theme().dress(self)
        self.start.setFocus()

    @property
    def server(self) -> ServerPage:
        """The page for several PCs; there where the window was made with what it asks."""
        if self._server is None:
            raise RuntimeError("made without ports")
        return self._server

    def open_server(self, place: ServerPlace | None = None) -> None:
        """To several PCs: join a clinic on a server, or move this one there. place: as already typed."""
        self._problem.hide()
        if place is not None:
            self.server.fill(place)
        self._stack.setCurrentWidget(self.server)
        self.server.setFocus()

    def show_server_problem(self, text: str) -> None:
        """What was wanted on the server did not work; what was typed stands."""
        self.open_server()
        self.server.show_problem(text)

    def _make_start(self) -> StartPage:
        page = StartPage(begun=self._draft() is not None, known=self._unlock is not None)
        page.demo_chosen.connect(self.demo_wanted)
        page.own_chosen.connect(self._begin_own)
        page.open_chosen.connect(self.ask_for_file)
        page.server.setVisible(self._ports is not None)
        if self._ports is not None:
            page.server_chosen.connect(self.open_server)
        page.restore_chosen.connect(self.backup_wanted)
        page.paper_chosen.connect(self._open_paper)
        return page

    @staticmethod
    def _make_progress() -> tuple[QWidget, QLabel, QLabel, QProgressBar]:
        page = Panel("canvas")
        words, bar = label("", TextRole.TITLE, wrap=True), QProgressBar()
        how_far = label("", TextRole.BODY, "second", wrap=True)
        how_far.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        bar.setTextVisible(False)
        bar.setFixedWidth(theme().px(_BAR))
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        bar.setAccessibleName(tr("Progress"))
        column = QVBoxLayout(page)
        column.setContentsMargins(60, 40, 60, 40)
        column.setSpacing(14)
        column.addStretch(1)
        column.addWidget(words)
        column.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(how_far)
        column.addStretch(1)
        return page, words, how_far, bar

    def _draft(self) -> Answers | None:
        return gone_on(self._settings.get(ANSWERS)) if self._settings is not None else None

    @property
    def assistant(self) -> Assistant:
        """The assistant; made when it is first opened."""
        if self._assistant is None:
            if self._can_seal:
                self._keys = KeysStep(self._render)
            plain = tr("Not encrypted: this computer's Clinic Desktop cannot encrypt a clinic's file.")
            said = plain if self._can_seal is False else ""
            made = Assistant(self._draft(), self._place, keys=self._keys, plain=said)
            made.finished.connect(self._finished)
            made.changed.connect(self._keep)
            made.left.connect(self._stopped)
            self._stack.addWidget(made)
            self._assistant = made
        return self._assistant

    @property
    def wished_keys(self) -> WishedKeys | None:
        """What is to open the new clinic; None for one that is not encrypted."""
        return self._keys.wished if self._keys is not None else None

    def ask_for_key(self, name: str, problem: str = "", *, only_look: bool = False) -> None:
        """The clinic in the file of that name is encrypted; or what was typed for it did not open it.
        only_look: it is opened to look at only."""
        if self._unlock is None:
            self._unlock = UnlockPage()
            self._unlock.typed.connect(self.key_typed)
            self._unlock.left.connect(self._stopped)
            self._stack.addWidget(self._unlock)
        self._problem.hide()
        self._stack.setCurrentWidget(self._unlock)
        if problem:
            self._unlock.show_problem(problem)
        else:
            self._unlock.ask(name, only_look=only_look)

    def ask_to_encrypt(self, problem: str = "") -> None:
        """The keys for a clinic that is to be encrypted; or why it was not."""
        if self._encrypt is None:
            page = self._encrypt = EncryptPage(self._render)
            page.wanted.connect(lambda: self.encrypt_wanted.emit(page.keys.wished))
            page.left.connect(self.encrypt_left)
            self._stack.addWidget(page)
        if problem:
            self._encrypt.show_problem(problem)
        self._stack.setCurrentWidget(self._encrypt)
        self._encrypt.setFocus()

    @property
    def page(self) -> QWidget | None:
        """What is shown now."""
        return self._stack.currentWidget()

    def show_trying(self) -> None:
        if self._unlock is not None:
            self._unlock.show_trying()

    def _begin_own(self) -> None:
        """Before the first question is asked: nothing is written over, also not a file that is damaged."""
        if there_already(self._place):
            said = tr(
                "There is a clinic's file at {place} already. Open it, also where it is damaged: its page "
                "says what to do. To begin anew all the same, give that file another name first."
            )
            self.show_problem(said.format(place=self._place))
            return
        self.open_assistant()

    def open_assistant(self) -> None:
        self._problem.hide()
        self._stack.setCurrentWidget(self.assistant)
        self.assistant.take_focus()

    def _finished(self, answers: Answers) -> None:
        self._making = True
        self.clinic_wanted.emit(answers)

    def _keep(self, answers: Answers) -> None:
        if self._settings is not None:
            self._settings.set(ANSWERS, kept(answers))
            self._settings.flush()

    def show_keys(self) -> None:
        """What can be done on the page that is shown."""
        page = self._stack.currentWidget()
        if page is not None and page is not self._progress:
            self.keys = PageKeys(self, page)
            self.keys.open()
            self.keys.keys.say()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._assistant is not None and self._stack.currentWidget() is self._assistant:
            self._assistant.keep()  # once the clinic is being made, another page is shown
        super().closeEvent(event)

    def forget(self) -> None:
        """The clinic is made: the answers are in it now."""
        if self._settings is not None:
            self._settings.set(ANSWERS, "")
            self._settings.flush()

    def _stopped(self) -> None:
        old, self.start = self.start, self._make_start()
        self._stack.insertWidget(0, self.start)
        self._stack.setCurrentWidget(self.start)
        self._stack.removeWidget(old)
        old.deleteLater()
        self.start.setFocus()

    def offer_paper(self, paper: Kept) -> None:
        """The clinic does not open: the paper for the day is a way to begin, and where it lies is said."""
        self._paper = paper
        day, at = near_date(paper.day), computer_time(paper.made_at)
        made = f"{short_date(at.day)}, {clock_time(at.minute)}"
        text = tr("Open the paper for {day}").format(day=day)
        meaning = tr("Made {when}. For a day without the program.").format(when=made)
        if self.health is not None:
            self.health.offer_paper(text, meaning)
            return
        self.start.offer_paper(text, meaning)
        where = tr("The paper for {day}, made {when}, is here: {file}")
        self._say(f"{self._said} {where.format(day=day, when=made, file=paper.file)}")

    def say_paper_unopened(self) -> None:
        """No program of this computer shows it: where it lies is said."""
        if self._paper is not None:
            words = tr("This computer has no program that opens it. Take it from {file}.")
            self._say(words.format(file=self._paper.file))

    def _open_paper(self) -> None:
        if self._paper is not None:
            self.paper_wanted.emit(str(self._paper.file))

    def ask_for_file(self) -> None:
        """Choose a clinic's data file."""
        filters = [tr("Clinic files (*.sqlite *.db)"), tr("All files (*)")]
        self._dialog = file_dialogs.ask_open(self, tr("Open a clinic"), filters, self.file_wanted.emit)

    def ask_for_backup(self, known: Sequence[Backup]) -> None:
        """Choose the backup that is to be restored: of those that this computer knows, else a file."""
        if not known:
            self._ask_backup_file()
            return
        chosen, now = self.backup_chosen.emit, SystemClock().now()
        self.choice = ChooseBackupDialog(self, known, "", now, chosen, self._ask_backup_file)
        self.choice.open()

    def _ask_backup_file(self) -> None:
        """Beginning where they lie."""
        filters = [tr("Backups (*.sqlite)"), tr("All files (*)")]
        known = "" if self.health is None else self.health.health.backups
        folder = Path(known) if known else None
        chosen = self.backup_chosen.emit
        self._dialog = file_dialogs.ask_open(self, tr("Restore a backup"), filters, chosen, folder)

    def show_not_restored(self, text: str) -> None:
        """The backup was not put in place; the page from which it was to be stands as before."""
        page = self.start if self.health is None else self.health
        self._stack.setCurrentWidget(page)
        page.setFocus()
        self._say(text)

    def show_progress(self, doing: str, share: float = -1.0, how_far: str = "") -> None:
        """What is being done; ``share`` from 0 to 1, below 0 when nobody knows; ``how_far`` in numbers."""
        self._problem.hide()
        if doing != self._doing.text():
            announce(self, doing)
        self._how_far.setText(how_far)
        self._doing.setText(doing)
        self._bar.setRange(0, 0 if share < 0 else 1000)
        self._bar.setValue(round(max(0.0, share) * 1000))
        self._stack.setCurrentWidget(self._progress)

    @property
    def progress(self) -> str:
        """What is said to be done, and how far it is."""
        return f"{self._doing.text()} {self._how_far.text()}".strip()

    def show_proof(self, moved: Moved, old: str, then: str) -> None:
        """A clinic was moved: each table, the same on both sides; ``proof_read`` when that was seen."""
        if self._proof is None:
            self._proof = ProofPage()
            self._proof.went_on.connect(self.proof_read)
            self._stack.addWidget(self._proof)
        self._stack.setCurrentWidget(self._proof)
        self._proof.show_proof(moved, old, then)
        self._proof.setFocus()

    @property
    def proof(self) -> ProofPage | None:
        """The page of the last move; None before one."""
        return self._proof

    def ask_back(self, server: str, file: str) -> None:
        """Where to a clinic is moved back from a server, and by whom."""
        if self._back is not None:
            self._stack.removeWidget(self._back)
            self._back.deleteLater()
        page = self._back = BackPage(server, file, self._render, can_seal=bool(self._can_seal))
        page.wanted.connect(self.back_wanted)
        page.left.connect(self.server_left)
        self._problem.hide()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.setFocus()

    @property
    def back(self) -> BackPage | None:
        """The page that moves a clinic back; None before it was asked for."""
        return self._back

    def show_back_problem(self, text: str) -> None:
        """It was not moved back; what was typed stands."""
        if self._back is not None:
            self._stack.setCurrentWidget(self._back)
            self._back.show_problem(text)

    def show_health(self, health: Health) -> None:
        """The clinic does not open: a page of its own says what is safe and what to do."""
        self._drop_health()
        page = HealthPage(health)
        page.again_chosen.connect(self.again_wanted)
        page.look_chosen.connect(self.look_wanted)
        page.open_chosen.connect(self.ask_for_file)
        page.restore_chosen.connect(self.backup_wanted)
        page.paper_chosen.connect(self._open_paper)
        page.kept_chosen.connect(self.kept_wanted)
        page.start_chosen.connect(self._from_health)
        page.there_chosen.connect(self.there_wanted)
        page.take_back_chosen.connect(self.take_back_wanted)
        page.put_back_chosen.connect(self.put_back_wanted)
        self._problem.hide()
        self.health = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.begin()
        announce(self, page.spoken, urgent=True)

    @property
    def waits_for_server(self) -> bool:
        """Whether a server that does not answer is what is shown, and nobody has gone on from there."""
        page = self.health
        if page is None or not page.health.asked_by_itself:
            return False
        return self.page is page and QApplication.activeModalWidget() is None

    def offer_kept(self) -> None:
        """This computer has the schedule, sealed."""
        if self.health is not None:
            self.health.offer_kept()

    def offer_records(self) -> None:
        """The same of a clinic that was moved away: only to be looked at."""
        if self.health is not None:
            self.health.offer_records()

    @property
    def kept(self) -> KeptPage:
        """The page of what this computer kept; made when it is first wanted."""
        if self._kept is None:
            page = self._kept = KeptPage()
            page.typed.connect(self.kept_typed)
            page.print_wanted.connect(self.kept_print_wanted)
            page.record_wanted.connect(self.kept_record_wanted)
            page.left.connect(self._left_kept)
            self._stack.addWidget(page)
        return self._kept

    def ask_for_kept(self, people: Sequence[Known]) -> None:
        """The password for what this computer kept."""
        self._problem.hide()
        self._stack.setCurrentWidget(self.kept)
        self.kept.ask(people)

    def show_kept(self, pages: Sequence[KeptPaper], *, floor: bool = False) -> None:
        """It opened. floor: this computer kept that, too."""
        self._stack.setCurrentWidget(self.kept)
        self.kept.show_papers(pages, floor=floor)

    def _left_kept(self) -> None:
        if self.health is None:
            self._stopped()
            return
        self._stack.setCurrentWidget(self.health)
        self.health.setFocus()

    def _from_health(self) -> None:
        self._stack.setCurrentWidget(self.start)
        self._drop_health()
        self.start.setFocus()

    def _drop_health(self) -> None:
        if self.health is not None:
            self._stack.removeWidget(self.health)
            self.health.deleteLater()
            self.health = None

    @property
    def problem(self) -> str:
        """What is said below the three ways; empty when nothing is."""
        return self._problem.accessibleName() if self._problem.isVisible() else ""

    def show_problem(self, text: str) -> None:
        """It did not work: back to where it was chosen, with the reason."""
        if self._making:
            self._making = False
            self._stack.setCurrentWidget(self.assistant)
            self.assistant.show_problem(text)
            return
        self._say(text)
        self._stack.setCurrentWidget(self.start)

    def _say(self, text: str) -> None:
        self._said = text
        self._problem.set_notice(tr("That did not work"), text, Tone.DANGER)
        self._problem.show()
        announce(self, text, urgent=True)
