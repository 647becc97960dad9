"""The other pages: the first manager's password, a recovery code that is used, emergency access, and what is
asked before somebody else takes over."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.people.model import Staff
from clinic_desktop.security.tries import NotLetIn
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.sign_in.code_page import code_problem
from clinic_desktop.ui.sign_in.page import FormPage, Now, Page, secret_line
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox


def show_people(box: ChoiceBox, people: Sequence[Staff], current: int) -> None:
    """One of some people; nobody stands chosen where ``current`` is none of them."""
    box.clear()
    for one in people:
        box.addItem(one.name, one.id)
    box.setCurrentIndex(box.findData(current))


def _nobody(box: ChoiceBox) -> str:
    return "" if box.currentData() else tr("Choose your name.")


class NewPassword:
    """A new password, typed twice, in a form."""

    def __init__(self, form: Form, text: str) -> None:
        self.one, self.two = secret_line(), secret_line()
        hint = tr("10 characters or more. Three or four words in a row make a good one.")
        form.add("password", text, self.one, self._there, hint)
        form.add("again", tr("The same again"), self.two, self._same, late=True)

    def _there(self) -> str:
        return "" if self.one.text() else tr("Type a password.")

    def _same(self) -> str:
        return "" if self.one.text() == self.two.text() else tr("These two are not the same. Type it again.")

    @property
    def value(self) -> str:
        return self.one.text()

    def wipe(self) -> None:
        self.one.clear()
        self.two.clear()


class FirstPage(FormPage):
    """``wanted`` carries a manager's id and the password."""

    wanted = Signal(int, str)
    field_names = ("password",)

    def __init__(self, now: Now) -> None:
        text = tr(
            "From now on everybody signs in with a password of their own. The first is a manager's, who "
            "gives the others theirs in Set-up, Staff and shifts."
        )
        super().__init__(tr("The first password of this clinic"), text, tr("Go on"), now)
        self.who = ChoiceBox()
        self.form.add("who", tr("Manager"), self.who, self._somebody)
        self.new = NewPassword(self.form, tr("Password"))

    def _somebody(self) -> str:
        return "" if self.who.currentData() else tr("No manager works here. Open Set-up on another computer.")

    def show_managers(self, people: Sequence[Staff]) -> None:
        show_people(self.who, people, people[0].id if people else 0)

    def first(self) -> QWidget:
        return self.who if self.who.count() > 1 else self.new.one

    def done(self) -> None:
        self.wanted.emit(int(self.who.currentData()), self.new.value)

    def wipe(self) -> None:
        self.new.wipe()
        super().wipe()


class OwnPage(FormPage):
    """A password of one's own in the place of one that a manager gave. ``wanted`` carries the person's id,
    that password and the new one; ``left`` is Esc."""

    wanted = Signal(int, str, str)
    left = Signal()
    field_names = ("password",)

    def __init__(self, now: Now) -> None:
        text = tr(
            "A manager gave you this password, and knows it. It opens nothing before you choose another."
        )
        super().__init__(tr("A password of your own"), text, tr("Set it and go on"), now)
        self._begun: tuple[int, str] = (0, "")
        self.new = NewPassword(self.form, tr("New password"))
        self.add_back(tr("Back"), self.left.emit)

    def begin(self, staff_id: int, given: str, name: str) -> None:
        """For somebody whose given password was right."""
        self.wipe()
        self._begun = (staff_id, given)
        self.heading.setText(tr("A password of your own, {name}").format(name=name))
        self.setAccessibleName(self.heading.text())
        announce(self, f"{self.heading.text()}. {self.lead.text()}")

    def first(self) -> QWidget:
        return self.new.one

    def done(self) -> None:
        self.wanted.emit(*self._begun, self.new.value)

    def wipe(self) -> None:
        self._begun = (0, "")
        self.new.wipe()
        super().wipe()


class RecoverPage(FormPage):
    """``wanted`` carries the person's id, the code as typed, and the new password; ``left`` is Esc."""

    wanted = Signal(int, str, str)
    left = Signal()
    field_names = ("code", "password")

    def __init__(self, now: Now) -> None:
        text = tr(
            "The code that was printed for you. It is used up by this, and you get a new one. Your PIN and a "
            "second factor go too: once you are in, Ctrl Shift F1 sets them anew."
        )
        super().__init__(tr("New password by a recovery code"), text, tr("Set the password"), now)
        self._with_code: frozenset[int] = frozenset()
        self._managers: Sequence[Staff] = ()
        self.no_code = NoticeBox("")
        self.body.insertWidget(0, self.no_code)
        self.who = ChoiceBox()
        self.who.currentIndexChanged.connect(self._say_whether)
        self.form.add("who", tr("Name"), self.who, partial(_nobody, self.who))
        self.code = QLineEdit()
        hint = tr("20 letters, in any case.")
        self.form.add("code", tr("Recovery code"), self.code, self._code_problem, hint, late=True)
        self.new = NewPassword(self.form, tr("New password"))
        self.add_back(tr("Back"), self.left.emit)

    def _code_problem(self) -> str:
        return code_problem(self.code.text())

    @property
    def meant(self) -> int:
        """Who is chosen; 0 while nobody is."""
        return int(self.who.currentData() or 0)

    def show_people(
        self, people: Sequence[Staff], current: int, with_code: frozenset[int], managers: Sequence[Staff]
    ) -> None:
        """``with_code``: of whom a code is known. Without one it is said who can help; the page works all the
        same, for that may be out of date."""
        self._with_code, self._managers = with_code, managers
        if [one.id for one in people] != [self.who.itemData(at) for at in range(self.who.count())]:
            show_people(self.who, people, current)
        else:
            self.who.setCurrentIndex(self.who.findData(current))
        self.form.show_problems({})  # nobody has chosen yet: that is no slip
        self._say_whether()
        if not self.no_code.isHidden():
            announce(self, self.no_code.accessibleName())

    def _say_whether(self) -> None:
        meant = self.meant
        self.no_code.setVisible(meant not in self._with_code if meant else not self._with_code)
        title = tr("Nobody here has a recovery code")
        if meant:
            title = tr("{name} has no recovery code").format(name=self.who.currentText())
        names = ", ".join(one.name for one in self._managers if one.id != meant)
        text = tr("A manager gives a new password, in Set-up, Staff and shifts: {names}.").format(names=names)
        if not names:
            text = tr(
                "No other manager can sign in. Where it is urgent, emergency access (Esc, then Alt E) shows "
                "the schedule and the records."
            )
        self.no_code.set_notice(title, text)

    def first(self) -> QWidget:
        return self.code if self.who.currentData() else self.who

    def done(self) -> None:
        self.wanted.emit(int(self.who.currentData() or 0), self.code.text(), self.new.value)

    def show_problem(self, problem: ClinicProblem) -> None:
        super().show_problem(problem)
        if isinstance(problem, NotLetIn) and self.isVisible():  # by the code: it is to be typed anew
            self.code.setFocus()
            self.code.selectAll()

    def wipe(self) -> None:
        self.who.setCurrentIndex(-1)
        self.code.clear()
        self.new.wipe()
        super().wipe()


class EmergencyPage(FormPage):
    """``wanted`` carries the person's id and the reason; ``left`` is Esc."""

    wanted = Signal(int, str)
    left = Signal()
    field_names = ("reason",)

    def __init__(self, now: Now) -> None:
        text = tr(
            "Without a password you see the schedule and patients' records, and record what is done today. "
            "It is on record with your name, and every manager is told."
        )
        super().__init__(tr("Emergency access"), text, tr("Open in an emergency"), now)
        self.who = ChoiceBox()
        self.form.add("who", tr("Your name"), self.who, partial(_nobody, self.who))
        self.reason = QLineEdit()
        self.form.add("reason", tr("What is the emergency?"), self.reason, self._said)
        self.add_back(tr("Back"), self.left.emit)

    def _said(self) -> str:
        return "" if self.reason.text().strip() else tr("Say in a few words what the emergency is.")

    def show_people(self, people: Sequence[Staff], current: int) -> None:
        show_people(self.who, people, current)
        self.form.show_problems({})  # nobody has chosen yet: that is no slip

    def first(self) -> QWidget:
        return self.who

    def done(self) -> None:
        self.wanted.emit(int(self.who.currentData() or 0), self.reason.text().strip())

    def wipe(self) -> None:
        self.who.setCurrentIndex(-1)
        self.reason.clear()
        super().wipe()


_KEYS = 128  # px, of the longest
_HELP = (
    ("Enter", QT_TR_NOOP("Type letters of your name or your initials, Enter, then the PIN or the password.")),
    ("Ctrl Shift A", QT_TR_NOOP("Somebody else: begins with the name.")),
    ("Alt C", QT_TR_NOOP("A manager whose password is forgotten chooses a new one by the recovery code.")),
    ("Alt E", QT_TR_NOOP("Emergency access without a password. It is on record, and the managers are told.")),
    ("F12", QT_TR_NOOP("Calls for help: every screen says it.")),
    ("Ctrl F9, F10", QT_TR_NOOP("Light and dark. Ctrl F7 makes the text larger, Ctrl F6 smaller.")),
    (
        "",
        QT_TR_NOOP(
            "Everybody else asks a manager for a new password (Set-up, Staff and shifts). What was being "
            "typed is kept until somebody else goes on. Alarms go on, and stand above."
        ),
    ),
)


_OF_FIRST = (
    ("Ctrl Enter", QT_TR_NOOP("Goes on, once the password is typed twice.")),
    ("Tab", QT_TR_NOOP("To the next field; Shift Tab goes back.")),
    _HELP[-2],
    (
        "",
        QT_TR_NOOP(
            "Nobody has a password yet. The first manager makes one here, and gives the others theirs in "
            "Set-up, Staff and shifts."
        ),
    ),
)


class HelpPage(Page):
    """What can be done while nobody is let in, and by which keys; ``left`` goes back. It names nobody."""

    left = Signal()

    def __init__(self, now: Now) -> None:
        super().__init__(tr("What can be done here"), "", tr("Back"), now, key="Escape")
        self._usual, self._of_first = self._lines(_HELP), self._lines(_OF_FIRST)
        self.body.setSpacing(8)
        self.take.fired.connect(self.left)
        self.show_for(first=False)

    def show_for(self, *, first: bool) -> None:
        """first: on the page of the first password, where there is no other way in yet."""
        self._usual.setVisible(not first)
        self._of_first.setVisible(first)
        lines = _OF_FIRST if first else _HELP
        self.setAccessibleDescription(". ".join(f"{keys}: {tr(words)}" for keys, words in lines))

    def _lines(self, lines: Sequence[tuple[str, str]]) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for keys, words in lines:
            row = QHBoxLayout()
            row.setSpacing(12)
            cap = label(keys, TextRole.STRONG)
            cap.setMinimumWidth(theme().px(_KEYS))
            row.addWidget(cap, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(tr(words), TextRole.BODY, "second", wrap=True), 1)
            column.addLayout(row)
        self.body.addWidget(made)
        return made


class TakeOverPage(Page):
    """Somebody else is let in where something half-typed stands open. ``confirmed`` or ``left``."""

    confirmed = Signal()
    left = Signal()

    def __init__(self, now: Now) -> None:
        # Enter ends the password before this: pressed twice it must not throw away what somebody else typed.
        title, verb = tr("Something is not finished here"), tr("Close it and go on")
        super().__init__(title, "", verb, now, key="Ctrl+Return")
        self.take.fired.connect(self.confirmed)
        self.leave = self.add_back(tr("Leave it as it is"), self.left.emit)
        QShortcut(QKeySequence(self.take.key), self, self.take.click)

    def first(self) -> QWidget:
        return self.leave

    def say_held_up(self, name: str) -> None:
        """It takes long, and there is a way back."""
        title = tr("This takes longer than usual")
        text = tr("Esc leaves all as it is: then {name} can go on here, or it can be tried again.")
        self.trouble.say(title, text.format(name=name), Tone.WARN)
        announce(self, f"{title}. {text.format(name=name)}")

    def wipe(self) -> None:
        self.busy(on=False)
        self.trouble.clear()

    def show_whose(self, name: str, newcomer: str, *, lost: bool) -> None:
        """lost: something that they entered before could not be saved."""
        text = tr(
            "{name} left something open that is not saved. It is closed before {newcomer} goes on, and is "
            "not saved under anybody's name. To keep it, {name} signs in and finishes it."
        )
        if lost:
            text = f"{text} {tr('What {name} entered last could not be saved, and is closed too.')}"
        said = text.format(name=name, newcomer=newcomer)
        self.lead.setText(said)
        self.lead.show()
        announce(self, said)
