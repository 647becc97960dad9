"""The second factor on the locked screen and in a dialog: the six digits, and setting a phone up."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.security import own_account
from clinic_desktop.security.second_factor import DIGITS, address, new_secret, spelled
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.sign_in.page import FormPage, Now, Trouble, field_problems, secret_line
from clinic_desktop.ui.sign_in.saving_dialog import IfLeft, SavingDialog
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.square_code import SquareCode, SquaresOf

_APPS = (
    "Scan it with an app for such codes (Google Authenticator, Microsoft Authenticator, 2FAS or another), or "
    "type the letters into it."
)


def digits_line() -> QLineEdit:
    """For what the phone shows; a blank in the middle is allowed."""
    line = QLineEdit()
    line.setMaxLength(DIGITS + 1)
    line.setPlaceholderText("000 000")
    return line


def digits_problem(typed: str) -> str:
    """What is wrong with six digits as typed; empty when nothing is."""
    there = "".join(typed.split())
    good = len(there) == DIGITS and there.isascii() and there.isdigit()
    return "" if good else tr("Type the six digits that the phone shows now.")


def add_digits(form: Form, line: QLineEdit) -> None:
    """The field ``code``; it is looked at once all six are there."""
    form.add("code", tr("Six digits"), line, lambda: digits_problem(line.text()), late=True)


Shown = dict[int, bytes]  # to whom which secret, until it is confirmed: a phone may have it already


class PhoneBox(QWidget):
    """A new secret for a phone: as a square code, and in letters."""

    def __init__(self, squares: SquaresOf | None) -> None:
        super().__init__()
        self._squares = squares
        self.secret = b""
        self.code = SquareCode()
        self.letters = label("", TextRole.NAME, wrap=True)
        self.letters.setFont(_plain(self.letters.font()))
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(label(tr(_APPS), TextRole.BODY, "second", wrap=True))
        words.addWidget(self.letters)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.code)
        row.addLayout(words, 1)

    def begin(self, person: str, clinic: str, secret: bytes = b"") -> None:
        """Another secret, or one that was shown before."""
        self.secret = secret or new_secret()
        letters = spelled(self.secret)
        self.letters.setText(letters)
        said = tr("Key for the phone's app: {letters}").format(letters=" ".join(letters.replace(" ", "")))
        self.letters.setAccessibleName(said)
        self.code.setAccessibleName(tr("Square code for the phone's camera; its letters stand beside it"))
        squares = self._squares
        self.code.show_squares(squares(address(self.secret, person, clinic)) if squares else ())

    def wipe(self) -> None:
        self.secret = b""
        self.letters.clear()
        self.letters.setAccessibleName("")
        self.code.show_squares(())


def _plain(font: QFont) -> QFont:
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1)
    return font


class DigitsPage(FormPage):
    """``wanted`` carries the person's id, the password that was right, and the digits; ``code_wanted`` is the
    recovery code instead; ``left`` is Esc."""

    wanted = Signal(int, str, str)
    code_wanted = Signal()
    left = Signal()

    def __init__(self, now: Now) -> None:
        text = tr(
            "Without the phone another manager gives a new password, or the recovery code (Alt C) helps."
        )
        super().__init__(tr("The six digits of your phone"), text, tr("Open"), now)
        self._begun: tuple[int, str] = (0, "")
        self.line = digits_line()
        add_digits(self.form, self.line)
        self.code = Button(tr("Recovery code"), Kind.QUIET, key="Alt+C", size="large")
        self.code.fired.connect(self.code_wanted)
        self.foot.addWidget(self.code)
        QShortcut(QKeySequence(self.code.key), self, self.code.click)
        self.add_back(tr("Back"), self.left.emit)

    def begin(self, staff_id: int, password: str, name: str) -> None:
        """For somebody whose password was right."""
        self.wipe()
        self._begun = (staff_id, password)
        self.heading.setText(tr("The six digits of your phone, {name}").format(name=name))
        self.setAccessibleName(self.heading.text())
        announce(self, self.heading.text())

    def first(self) -> QWidget:
        return self.line

    def done(self) -> None:
        self.wanted.emit(*self._begun, self.line.text())

    def show_problem(self, problem: ClinicProblem) -> None:
        super().show_problem(problem)
        self.line.setFocus()
        self.line.selectAll()  # the next ones take their place

    def wipe(self) -> None:
        self._begun = (0, "")
        self.line.clear()
        super().wipe()


class FactorPage(FormPage):
    """A role asks for a second factor: ``wanted`` carries the person's id, the password that was right, the
    secret (bytes) and the digits; ``left`` is Esc."""

    wanted = Signal(int, str, object, str)
    left = Signal()
    field_names = ("code",)

    def __init__(self, now: Now, squares: SquaresOf | None) -> None:
        text = tr(
            "This clinic asks your role for your phone's six digits beside the password. Set it up once."
        )
        super().__init__(tr("A second factor"), text, tr("Set it up and go on"), now)
        self._begun: tuple[int, str] = (0, "")
        self.shown: Shown = {}
        self.box = PhoneBox(squares)
        self.body.insertWidget(0, self.box)
        self.line = digits_line()
        add_digits(self.form, self.line)
        self.add_back(tr("Back"), self.left.emit)

    def begin(self, staff_id: int, password: str, name: str, clinic: str) -> None:
        """For somebody whose password was right."""
        self.wipe()
        self._begun = (staff_id, password)
        self.box.begin(name, clinic, self.shown.get(staff_id, b""))
        self.shown[staff_id] = self.box.secret
        self.heading.setText(tr("A second factor for {name}").format(name=name))
        self.setAccessibleName(self.heading.text())
        announce(self, f"{self.heading.text()}. {self.lead.text()}")

    def first(self) -> QWidget:
        return self.line

    def done(self) -> None:
        self.wanted.emit(*self._begun, self.box.secret, self.line.text())

    def confirmed(self, staff_id: int) -> None:
        """It counts: whoever comes here again gets another."""
        self.shown.pop(staff_id, None)

    def wipe(self) -> None:
        self._begun = (0, "")
        self.box.wipe()
        self.line.clear()
        super().wipe()


class FactorDialog(SavingDialog):
    """One's own: turned on with the password and the digits of the phone that has it, and off so too."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        frame: Frame,
        done: Callable[[], object],
        *,
        there: bool,
        shown: Shown,
    ) -> None:
        on = tr("After the password your phone's six digits are asked. The PIN changes places as before.")
        off = tr("You have a second factor. Without it the password alone lets you in.")
        super().__init__(parent, tr("Second factor"), off if there else on, "lock")
        self._desk, self._frame, self._done, self._there = desk, frame, done, there
        self._shown = shown
        self.box = PhoneBox(desk.squares)
        self.form = Form()
        self.password, self.line = secret_line(), digits_line()
        self.form.add(
            "password",
            tr("Your password"),
            self.password,
            lambda: "" if self.password.text() else tr("Type your password."),
        )
        add_digits(self.form, self.line)
        self.trouble = Trouble(desk.now)
        if not there:
            name = next((one.name for one in desk.setup.staff if one.id == desk.actor.person_id), "")
            who = desk.actor.person_id
            self.box.begin(name, desk.setup.clinic.name, shown.get(who, b""))
            shown[who] = self.box.secret
            self.body.addWidget(self.box)
        self.body.addWidget(self.form)
        self.body.addWidget(self.trouble)
        self.add_leave_button(tr("Back"))
        self.take = self.add_button(
            tr("Take it away") if there else tr("Turn it on"), Kind.PRIMARY, key="Return"
        )
        self.take.fired.connect(self._take)
        self.form.submitted.connect(self._take)
        self.password.setFocus()

    def _take(self) -> None:
        if self.trouble.waiting or not self.form.all_well():
            return
        store, actor = self._desk.store, self._desk.actor
        password, code, secret, there = self.password.text(), self.line.text(), self.box.secret, self._there

        def work() -> None:
            if there:
                own_account.turn_off_factor(store, actor, password, code)
            else:
                own_account.turn_on_factor(store, actor, password, secret, code)

        name = self._desk.name_of(actor.person_id)
        gone, on = tr("{name} has no second factor any more."), tr("The second factor of {name} is on.")
        still, off = tr("{name} has a second factor still."), tr("{name} has no second factor.")
        if_left = IfLeft(*(one.format(name=name) for one in ((gone, still) if there else (on, off))))
        self.save(work, partial(self._changed, actor.person_id), self._refused, if_left, key="own-secret")

    def _changed(self, person_id: int, _nothing: None) -> None:
        self._shown.pop(person_id, None)
        self._done()

    def say_saved(self) -> None:
        gone, on = tr("Your second factor is taken away."), tr("Your second factor is on.")
        self._frame.say(gone if self._there else on)

    def _refused(self, problem: ClinicProblem) -> None:
        found = field_problems(problem)
        self.form.show_problems(found)
        if not found:
            self.trouble.show_problem(problem)
            self.line.clear()
            self.form.show_problems({})  # an emptied line is nothing that somebody did wrong
        self.fit_words()
