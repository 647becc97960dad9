"""A page of the screen that covers the clinic: a heading, a body of one's own, what went wrong, buttons."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import pairwise

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.foundation.errors import BadInput, ClinicProblem
from clinic_desktop.security.tries import NotLetIn
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.scrolled import show_in_scrolled
from clinic_desktop.ui.wording import all_worded, fields_worded, problem_worded

_SECOND_MS = 1_000
SIGN_IN = "sign-in"  # one try at a time, also by a recovery code
STILL = QT_TR_NOOP("What was typed before is still being looked at. Try again in a moment.")
Now = Callable[[], datetime]


def secret_line() -> QLineEdit:
    """A line of which nobody reads what is typed."""
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line


def minutes_and_seconds(left: timedelta) -> str:
    """ "1:05"; a begun second is a whole one."""
    seconds = max(0, -(-left // timedelta(seconds=1)))
    return f"{seconds // 60}:{seconds % 60:02d}"


class Trouble(QWidget):
    """What stands in the way, and how long: it counts down by the clinic's clock. ``waits`` carries how long
    still, with each second; empty once a try is taken again."""

    waits = Signal(str)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._until: datetime | None = None
        self._said = ""
        self.box = NoticeBox("", "", Tone.WARN)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        self._second = QTimer(self, interval=_SECOND_MS)
        self._second.timeout.connect(self.count)
        self.hide()

    @property
    def waiting(self) -> bool:
        """Whether a try is refused still."""
        return self._until is not None and self._now() < self._until

    @property
    def said(self) -> str:
        return self.box.accessibleName() if not self.isHidden() else ""

    def show_problem(self, problem: ClinicProblem) -> None:
        wait = problem.wait if isinstance(problem, NotLetIn) else timedelta()
        self._end_wait()
        self._until = self._now() + wait if wait else None
        if isinstance(problem, BadInput):
            self._said = all_worded(problem.problems.values())
        else:
            self._said = problem_worded(problem)
        if wait:
            self._said = tr("That was wrong too often. A manager can help.")
            self._second.start()
        self.show()
        self.count()
        show_in_scrolled(self)
        announce(self, self.said, urgent=True)

    def say(self, title: str, text: str = "", tone: Tone = Tone.INFO) -> None:
        """Something to know before anything was tried."""
        self._end_wait()
        self.box.set_notice(title, text, tone)
        self.show()
        show_in_scrolled(self)

    def count(self) -> None:
        """Another second."""
        if self._until is None:
            self.box.set_notice(self._said, "", Tone.WARN)
            return
        left = self._until - self._now()
        if left <= timedelta():
            self._end_wait()
            self.box.set_notice(tr("You can try again now."), "", Tone.INFO)
            announce(self, self.said)
            return
        title = tr("Try again in {time}").format(time=minutes_and_seconds(left))
        self.box.set_notice(title, self._said, Tone.WARN)
        self.waits.emit(title)

    def clear(self) -> None:
        self._end_wait()
        self.hide()

    def _end_wait(self) -> None:
        waited, self._until = self._until is not None, None
        self._second.stop()
        if waited:
            self.waits.emit("")


def hold_while_waiting(trouble: Trouble, line: QLineEdit, take: Button) -> None:
    """While a try is refused nothing is typed into ``line``: it is empty and says how long, as ``take``
    does."""
    usual = line.placeholderText()

    def hold(left: str) -> None:
        if left and not line.isReadOnly():
            line.clear()
        line.setReadOnly(bool(left))
        line.setPlaceholderText(left or usual)
        take.set_missing([left] if left else [])

    trouble.waits.connect(hold)


class Page(QWidget):
    """``body`` is filled by each page; ``take`` is the button of its one next step."""

    def __init__(
        self, title: str, text: str, verb: str, now: Callable[[], datetime], *, key: str = "Return"
    ) -> None:
        super().__init__()
        self.heading = label(title, TextRole.PAGE, wrap=True)
        self.lead = label(text, TextRole.BODY, "second", wrap=True)
        self.lead.setVisible(bool(text))
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.trouble = Trouble(now)
        self.take = Button(verb, Kind.PRIMARY, key=key, size="large")
        self.foot = QHBoxLayout()
        self.foot.setSpacing(10)
        self.foot.addWidget(self.take)
        self.foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self.lead)
        column.addLayout(self.body)
        column.addWidget(self.trouble)
        column.addLayout(self.foot)
        column.addStretch(1)
        self.setAccessibleName(title)

    def add_back(self, text: str, back: Callable[[], object]) -> Button:
        """The way back, which Esc takes too."""
        button = Button(text, Kind.QUIET, key="Escape", size="large")
        button.fired.connect(back)
        self.foot.addWidget(button)
        return button

    def first(self) -> QWidget:
        """Where the focus begins."""
        return self.take

    def wipe(self) -> None:
        """Forget what was typed."""

    def show_problem(self, problem: ClinicProblem) -> None:
        """Not done, and why."""
        self.busy(on=False)
        self.trouble.show_problem(problem)

    def busy(self, *, on: bool) -> None:
        """While it is looked at nothing else is taken."""
        self.take.set_missing([tr("One moment.")] if on else [])


def field_problems(problem: ClinicProblem) -> Mapping[str, str]:
    """What is wrong with which field; empty where it is not about fields."""
    return fields_worded(problem.problems) if isinstance(problem, BadInput) else {}


class FormPage(Page):
    """A page with a form; Enter in its last field goes on."""

    def __init__(self, title: str, text: str, verb: str, now: Now) -> None:
        super().__init__(title, text, verb, now)
        self.form = Form()
        self.body.addWidget(self.form)
        self.form.submitted.connect(self.go_on)
        self.take.fired.connect(self.go_on)

    def showEvent(self, event: QShowEvent) -> None:
        """Tab goes from the last field to the main button, which was made before it, then to the others."""
        super().showEvent(event)
        foot = (self.foot.itemAt(number) for number in range(self.foot.count()))
        buttons = [one for item in foot if item is not None and (one := item.widget()) is not None]
        order = [one for one in (self.form.last, *buttons) if one is not None]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def go_on(self) -> None:
        """Look at it, then on."""
        if not self.trouble.waiting and not self.take.missing and self.form.all_well():
            self.trouble.clear()
            self.done()

    def done(self) -> None:
        """All that was asked for is there."""

    def wipe(self) -> None:
        self.busy(on=False)
        self.form.show_problems({})
        self.trouble.clear()

    def show_problem(self, problem: ClinicProblem) -> None:
        found = field_problems(problem)
        known = {name: said for name, said in found.items() if name in self.field_names}
        self.busy(on=False)
        self.form.show_problems(known)
        if known:
            self.trouble.clear()
        else:
            super().show_problem(problem)

    field_names: tuple[str, ...] = ()
