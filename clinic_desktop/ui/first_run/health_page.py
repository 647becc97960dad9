"""The clinic does not open: what it is, what is safe, what to do, and the ways on, each with its key."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.foundation.trouble import Trouble
from clinic_desktop.ui.first_run.health_words import ADVICE
from clinic_desktop.ui.first_run.middle import lay_in_middle
from clinic_desktop.ui.first_run.start_page import WayButton, step_by_key
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Line, Panel
from clinic_desktop.ui.widgets.scrolled import show_in_scrolled

_WIDTH = 640
_WAIT = QT_TR_NOOP(
    "%n record(s) made here without the server (lies|lie) on this computer, sealed. Once it answers, what it "
    "has not refused yet is saved, and what it has refused is listed to be recorded by hand."
)
_THERE = QT_TR_NOOP(
    "%n record(s) made here without the server (lies|lie) on this computer, sealed, and (is|are) not at the "
    "other place. Look at what was kept, below, and record it there by hand."
)

_BY_ITSELF = QT_TR_NOOP("It is asked by itself every few seconds, too, and the clinic opens once it answers.")


@dataclass(frozen=True, slots=True)
class Health:
    """said: the problem in the program's own words. where: the file, the address or the folder it is about.
    backups: the folder in which backups of this clinic lie; empty where nobody knows one. there: where the
    clinic of this old copy is now; or the clinic whose place this backup may take. in_file: the clinic is one
    in a file, so a backup can be put in its place here. records: how many were made on this computer without
    the server, and lie here still."""

    trouble: Trouble
    said: str
    where: str = ""
    backups: str = ""
    there: str = ""
    in_file: bool = False
    records: int = 0

    @property
    def asked_by_itself(self) -> bool:
        """Whether it ends without anybody here: only a server is ever away."""
        return self.trouble is Trouble.AWAY

    @property
    def safe(self) -> str:
        """What nobody has to fear for, in words."""
        words = _THERE if self.trouble is Trouble.MOVED else _WAIT
        kept = tr(words, "", self.records)
        return " ".join([tr(ADVICE[self.trouble].safe), *([kept] if self.records else [])])


class HealthPage(Panel):
    """``ways`` are the buttons that are offered, in the order of their keys 1, 2, 3 ..."""

    again_chosen = Signal()
    look_chosen = Signal()
    open_chosen = Signal()
    restore_chosen = Signal()
    paper_chosen = Signal()
    kept_chosen = Signal()
    start_chosen = Signal()
    there_chosen = Signal()
    take_back_chosen = Signal()
    put_back_chosen = Signal()

    def __init__(self, health: Health, parent: QWidget | None = None) -> None:
        super().__init__("canvas", (), parent)
        self.health, advice = health, ADVICE[health.trouble]
        self.ways: list[WayButton] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._words(advice.title, health.safe, advice.steps)
        in_a_backup = health.trouble is Trouble.BACKUP  # which is one however often it is tried
        if health.there and not in_a_backup:
            self._moved_ways(health.there)
        elif not in_a_backup:
            done = tr("After you have done what is said above.")
            after = tr(_BY_ITSELF) if health.asked_by_itself else done
            self._way(tr("Try again"), after, "refresh", self.again_chosen)
        if advice.look:
            self._way(
                tr("Look at it only"),
                tr("To read the schedule and the records. Nothing is changed."),
                "search",
                self.look_chosen,
            )
        if health.there and in_a_backup:
            opens = tr("The clinic opens first. You are asked there before anything is done.")
            self._way(tr("Restore it in the clinic's place"), opens, "undo", self.put_back_chosen)
        if advice.restore and health.in_file:
            lie = tr("Backups lie in {folder}").format(folder=health.backups)
            first = tr("Choose it. You see what is in it before anything is changed.")
            self._way(tr("Restore a backup"), lie if health.backups else first, "undo", self.restore_chosen)
        if advice.other:
            self._way(tr("Choose another file"), tr("The clinic's file in another place."), "database",
                      self.open_chosen)  # fmt: skip
        if health.trouble is not Trouble.HOME:
            self._way(tr("To the start"), tr("The demo clinic, or a new clinic."), "home", self.start_chosen)
        self._lay_out()

    def _moved_ways(self, there: str) -> None:
        self._way(tr("Go to where the clinic is now"), there, "right", self.there_chosen)
        self._way(
            tr("Use this old copy again"),
            tr("Without what was recorded there since. You are asked once more."),
            "undo",
            self.take_back_chosen,
        )

    @property
    def spoken(self) -> str:
        """All of it, for the ear."""
        advice = ADVICE[self.health.trouble]
        parts = (advice.title, self.health.said, self.health.safe, *advice.steps)
        return " ".join(f"{tr(part).rstrip('.')}." for part in parts)

    def _words(self, title: str, safe: str, steps: tuple[str, ...]) -> None:
        self.head = QWidget()  # on a low screen too it is seen what happened, whichever way is current
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(12)
        head.addWidget(IconLabel("warning", "danger", 30))
        head.addWidget(label(tr(title), TextRole.TITLE, wrap=True), 1)
        self._told = QWidget()
        told = QVBoxLayout(self._told)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(10)
        told.addWidget(label(self.health.said, TextRole.BODY, wrap=True))
        if self.health.where:
            told.addWidget(label(self.health.where, TextRole.LABEL, "second", wrap=True))
        told.addWidget(Line())
        told.addWidget(label(tr("What is safe"), TextRole.STRONG))
        told.addWidget(label(safe, TextRole.BODY, wrap=True))
        self._column.addWidget(self._told)
        self._column.addWidget(label(tr("What to do"), TextRole.STRONG))
        for number, step in enumerate(steps, start=1):
            self._column.addWidget(label(f"{number}. {tr(step)}", TextRole.BODY, wrap=True))
        self._column.addSpacing(6)

    def _way(self, text: str, meaning: str, icon: str, chosen: object) -> WayButton:
        way = WayButton(text, meaning, icon, str(len(self.ways) + 1))
        way.clicked.connect(chosen)
        self.ways.append(way)
        self._column.addWidget(way)
        return way

    def begin(self) -> None:
        """The first way is current, and what happened and what is safe is seen before it: in a low window
        the way comes into sight with the next key."""
        self.setFocus()
        show_in_scrolled(self._told)

    def offer_paper(self, text: str, meaning: str) -> None:
        """One more way: the day goes on by paper."""
        self._way(text, meaning, "print", self.paper_chosen).show()

    def offer_kept(self) -> None:
        """One more way: the schedule that this computer kept sealed."""
        asked = (
            tr("Today and the next day to read and print, by passphrase or recovery key.")
            if self.health.in_file
            else tr("By your password: today and the next day to read and print, and the floor to record on.")
        )
        text = tr("Go on with what this computer kept")
        self._way(text, asked, "calendar", self.kept_chosen).show()

    def offer_records(self) -> None:
        """One more way, for what was recorded on this computer and is not where the clinic is now."""
        self._way(
            tr("Look at what this computer kept"),
            tr("What was recorded without the server. What is recorded there now does not reach the clinic."),
            "calendar",
            self.kept_chosen,
        ).show()

    def _lay_out(self) -> None:
        middle = QWidget()
        for one in (middle, self.head):
            one.setMaximumWidth(theme().px(_WIDTH))
        middle.setLayout(self._column)
        lay_in_middle(self, middle, 0, 1, self.head)
        self.setFocusProxy(self.ways[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not step_by_key(self.ways, event):
            super().keyPressEvent(event)
