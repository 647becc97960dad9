"""What this computer kept sealed, where the clinic does not open: a password, then the schedule as it was."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clinic_desktop.foundation.clock import SystemClock
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.words import clock_time, near_date, short_date
from clinic_desktop.security.vault import Known
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.first_run.keys_step import secret_line
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.preview import PdfPreview
from clinic_desktop.ui.set_up.fields import FlowLayout
from clinic_desktop.ui.sign_in.page import Trouble, hold_while_waiting
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Panel

_WIDTH = 480
_ONLY_READ = QT_TR_NOOP(
    "Only to read. Write on the printed pages what happens, with its time; enter it afterwards."
)
_AND_RECORD = QT_TR_NOOP(
    "Go on recording opens the floor as it was when this computer kept it, with what was recorded here "
    "since. What you record is kept here, sealed, and saved once the server is back."
)


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A day's pages, and when they were made, by the clinic's clock."""

    day: date
    made_at: datetime
    data: bytes = field(repr=False)


class KeptPage(Panel):
    """``typed(int, str)``: who it is (0 where a file is opened by its key), and what they typed.
    ``print_wanted(bytes, date)``: a day's pages, and the day. ``record_wanted``: on to the floor.
    ``left``: back.

    While it is tried call ``show_trying``; when it did not open, ``show_problem``; else ``show_papers``.
    """

    typed = Signal(int, str)
    print_wanted = Signal(object, object)
    record_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__("canvas")
        self._pages: list[KeptPaper] = []
        self._shown: KeptPaper | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_entry())
        self._stack.addWidget(self._make_schedule())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 24, 16)
        whole.addWidget(self._stack)

    def _make_entry(self) -> QWidget:
        self._who = ChoiceBox()
        self._secret = secret_line(tr("Password"))
        self.form = Form()
        self.form.add("who", tr("Who is here?"), self._who)
        self.form.add("secret", tr("Password"), self._secret)
        self.form.submitted.connect(self._submit)
        self.trouble = Trouble(SystemClock().now)
        self._lead = label("", TextRole.BODY, "second", wrap=True)
        self.open_button = Button(tr("Show the schedule"), Kind.PRIMARY, key="Ctrl+Return", size="large")
        self.open_button.fired.connect(self._submit)
        hold_while_waiting(self.trouble, self._secret, self.open_button)
        back = Button(tr("Back"), key="Escape", size="large")
        back.fired.connect(self.left)
        self.left.connect(self._secret.clear)  # it waits for nobody who comes to the page next
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel("lock", "accent", 26))
        head.addWidget(label(tr("What this computer kept"), TextRole.PAGE, wrap=True), 1)
        foot = QHBoxLayout()
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(self.open_button)
        middle = Panel("canvas")
        middle.setMaximumWidth(theme().px(_WIDTH))
        inner = QVBoxLayout(middle)
        inner.setSpacing(12)
        inner.addLayout(head)
        for one in (self._lead, self.form, self.trouble):
            inner.addWidget(one)
        inner.addLayout(foot)
        page = QWidget()
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)
        return page

    def _make_schedule(self) -> QWidget:
        page = QWidget()
        self.heading = label("", TextRole.TITLE, wrap=True)
        self._meaning = label("", TextRole.BODY, "second", wrap=True)
        self._days = FlowLayout(
            gap=8, below=8
        )  # over the pages: below them, in a small window, they were cut
        self.days: list[Button] = []
        self.preview = PdfPreview(tr("The schedule"), page)
        back = Button(tr("Back"), key="Escape")
        back.fired.connect(self._leave)
        print_ = Button(tr("Print"), key="Ctrl+P")
        print_.fired.connect(self._print)
        QShortcut(QKeySequence("Ctrl+P"), page, self._print)
        self.record = Button(tr("Go on recording"), Kind.PRIMARY, key="F2")
        self.record.fired.connect(self.record_wanted)
        self._record_key = QShortcut(QKeySequence("F2"), page, self.record_wanted.emit)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(print_)
        foot.addWidget(self.record)
        self.said = label("", TextRole.LABEL, "second", wrap=True)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self._meaning)
        column.addLayout(self._days)
        column.addWidget(self.preview, 1)
        column.addWidget(self.said)
        column.addLayout(foot)
        return page

    def ask(self, people: Sequence[Known]) -> None:
        """Who of them is it? Of nobody: the file's passphrase or its printed key is asked."""
        self._who.clear()
        for one in people:
            self._who.addItem(one.name, one.staff_id)
        self.form.row("who").setVisible(bool(people))
        secret = tr("Password") if people else tr("Passphrase or recovery key")
        self.form.row("secret").set_text(secret)
        self._secret.setAccessibleName(secret)
        lead = tr("The password that you used on this computer last opens it. A PIN does not.")
        self._lead.setText(lead if people else "")
        self._lead.setVisible(bool(people))
        self._forget()
        self._stack.setCurrentIndex(0)
        (self._who if len(people) > 1 else self._secret).setFocus()

    def show_trying(self) -> None:
        self.open_button.set_missing([tr("The password is being tried.")])

    def show_problem(self, problem: ClinicProblem) -> None:
        """It did not open."""
        self.open_button.set_missing([])
        self._secret.clear()
        self.trouble.show_problem(problem)
        self._secret.setFocus()

    def show_papers(self, pages: Sequence[KeptPaper], *, floor: bool = False) -> None:
        """The days that were kept; the first at once. floor: one can go on recording."""
        self._forget()
        self.record.setVisible(floor)
        self._record_key.setEnabled(floor)
        self._meaning.setText(tr(_AND_RECORD) if floor else tr(_ONLY_READ))
        self._pages = list(pages)
        self.days = []
        while (item := self._days.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for number, one in enumerate(pages, start=1):
            button = Button(short_date(one.day), key=f"Alt+{number}")
            button.fired.connect(partial(self.show_day, one))
            QShortcut(QKeySequence(f"Alt+{number}"), button, partial(self.show_day, one))
            self._days.addWidget(button)
            self.days.append(button)
        self._stack.setCurrentIndex(1)
        if pages:
            self.show_day(pages[0])

    def show_day(self, one: KeptPaper) -> None:
        self._shown = one
        at = one.made_at  # by the clinic's clock, as it was kept
        when = f"{short_date(at.date())}, {clock_time(at.hour * 60 + at.minute)}"
        words = tr("{day}, as it was at {when}").format(day=near_date(one.day), when=when)
        self.heading.setText(words)
        self.preview.show_pdf(one.data)
        self.preview.setFocus()
        announce(self, words)

    def say(self, words: str) -> None:
        """What became of the print."""
        self.said.setText(words)
        self.said.show()
        announce(self, words)

    def _submit(self) -> None:
        if self.trouble.waiting or self.open_button.missing:
            return
        if not self._secret.text():
            self._secret.setFocus()
            return
        self.trouble.clear()
        self.typed.emit(int(self._who.currentData() or 0), self._secret.text())

    def _print(self) -> None:
        if self._shown is not None:
            self.print_wanted.emit(self._shown.data, self._shown.day)

    def _leave(self) -> None:
        self._pages, self._shown = [], None
        self.preview.show_pdf(b"")
        self.left.emit()

    def _forget(self) -> None:
        self._secret.clear()
        self.trouble.clear()
        self.said.hide()
        self.open_button.set_missing([])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
