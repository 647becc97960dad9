"""Set-up, Staff: whether somebody can sign in, and a manager's ways to give, renew and close an account."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.people.model import Staff
from clinic_desktop.security import accounts as core
from clinic_desktop.security import giving_accounts
from clinic_desktop.security.rights import Right, may
from clinic_desktop.security.tries import Known
from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.kept_focus import kept_among
from clinic_desktop.ui.operations import LatestReader, run
from clinic_desktop.ui.set_up.fields import FlowLayout
from clinic_desktop.ui.sign_in.other_pages import NewPassword
from clinic_desktop.ui.sign_in.page import Trouble, field_problems
from clinic_desktop.ui.sign_in.saving_dialog import IfLeft, SavingDialog
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.who_may import who_may
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.wording import problem_worded

_HERE = "set-up"  # the place that has the box
COMMANDS = (
    Command("set-up.give-account", QT_TR_NOOP("Give an account"), ("Alt+G",), _HERE, icon="plus"),
    Command("set-up.new-password", QT_TR_NOOP("New password"), ("Alt+N",), _HERE, icon="lock"),
    Command("set-up.close-account", QT_TR_NOOP("Close the account"), ("Alt+C",), _HERE, icon="close"),
)


class AccountBox(QWidget):
    """Done at once, beside the form: nothing of it waits for Save. ``said``: what was done, for the box may
    be out of sight."""

    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._person = Staff()
        self._known: list[Known] | None = None
        self.state = label("", TextRole.BODY, wrap=True)
        self.give, self.reset, self.close_it = (
            Button(tr(one.text), icon=one.icon, key=one.keys[0], size="small") for one in COMMANDS
        )
        self._by_command = dict(zip(COMMANDS, (self.give, self.reset, self.close_it), strict=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.state)
        row = FlowLayout(gap=8, below=8)
        for button in (self.give, self.reset, self.close_it):
            row.addWidget(button)
        column.addLayout(row)
        self.give.fired.connect(self._give)
        self.reset.fired.connect(self._reset)
        self.close_it.fired.connect(self._ask_close)
        self._reader: LatestReader[list[Known]] = LatestReader(self, self._arrived, self._could_not)
        desk.hub.changed.connect(self._heard)
        desk.actor_changed.connect(self._show)

    def offers(self, command: Command) -> bool:
        """Whether it can be done for this person now."""
        button = self._by_command[command]
        return not button.isHidden() and not button.missing

    def do(self, command: Command) -> None:
        """As by its button."""
        if self.offers(command):
            self._by_command[command].click()

    def why_not(self, command: Command) -> str:
        """Why it cannot be done for this person now; empty while that is not known."""
        button, mine = self._by_command[command], self._mine()
        if not button.isHidden() or not self._person.id or not self._known:
            return " ".join(button.missing) or self.state.text()
        said = tr("{name} does not work here now.")
        if mine is not None:
            said = tr("{name} has an account. Alt N gives them a new password.")
        elif self._person.active:
            said = tr("{name} has no account. Alt G gives them one.")
        return said.format(name=self._person.name)

    def show_person(self, person: Staff) -> None:
        self._person = person
        self._show()
        self.look()

    def look(self) -> None:
        if self._person.id:
            self._reader.read(partial(core.accounts, self._desk.store))

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & {"account", "staff"}:
            self.look()

    def _arrived(self, known: list[Known]) -> None:
        self._known = known
        self._show()

    def _could_not(self, _problem: ClinicProblem) -> None:
        self._known = None
        self._show()

    def _show(self) -> None:
        mine = self._mine()
        self.state.setText(self._words(mine))
        saved, with_accounts = bool(self._person.id), bool(self._known)
        with kept_among((self.give, self.reset, self.close_it)):
            self.give.setVisible(saved and with_accounts and mine is None and self._person.active)
            self.reset.setVisible(mine is not None)
            self.close_it.setVisible(mine is not None)
        missing = []
        if not may(self._desk.actor, Right.SET_UP):
            missing = [tr("A {who} gives accounts.").format(who=who_may(Right.SET_UP))]
        own = (
            [tr("Your own password: Ctrl Shift F1.")] if self._person.id == self._desk.actor.person_id else []
        )
        self.give.set_missing(missing)
        self.reset.set_missing(missing or own)
        self.close_it.set_missing(missing)
        self.updateGeometry()

    def _mine(self) -> Known | None:
        return next((one for one in self._known or () if one.person.id == self._person.id), None)

    def _words(self, mine: Known | None) -> str:
        if not self._person.id:
            return tr("Save the person first, then give them an account.")
        if self._known is None:
            return ""
        if not self._known:
            return tr("This clinic has no accounts: people choose who they are.")
        if mine is None:
            return tr("Cannot sign in: has no account.")
        pin = tr("a password and a PIN") if mine.has_pin else tr("a password and no PIN")
        said = tr("Can sign in: has {what}.").format(what=pin)
        if mine.has_factor:
            said = f"{said} {tr('A second factor is asked; a new password takes it away.')}"
        return (
            f"{said} {tr('The password was given by a manager and is changed at the first sign-in.')}"
            if mine.given
            else said
        )

    def _give(self) -> None:
        title = tr("An account for {name}").format(name=self._person.name)
        work = partial(giving_accounts.give_account, self._desk.store, self._desk.actor, self._person.id)
        done = tr("{name} has an account now, and chooses a password of their own at the first sign-in.")
        not_done = tr("{name} has no account: it could not be given.").format(name=self._person.name)
        told = IfLeft(done.format(name=self._person.name), not_done)
        GivenPasswordDialog.ask(self, self._desk, title, tr("Give the account"), work, told, self.said.emit)

    def _reset(self) -> None:
        title = tr("A new password for {name}").format(name=self._person.name)
        work = partial(giving_accounts.reset_password, self._desk.store, self._desk.actor, self._person.id)
        done, also, mine = (
            tr("{name} has a new password, and chooses another at the next sign-in."),
            "",
            self._mine(),
        )
        if mine is not None and mine.has_factor:
            also = tr("It takes their second factor away: the phone's digits are not asked any more.")
            done = f"{done} {tr('The second factor is taken away.')}"
        if mine is not None and mine.has_code:
            lost = tr("Their recovery code counts no more; signed in, they are told to make another.")
            also = f"{also} {lost}".strip()
        not_done = tr("{name} has no new password: it could not be set.").format(name=self._person.name)
        told, say = IfLeft(done.format(name=self._person.name), not_done), self.said.emit
        GivenPasswordDialog.ask(self, self._desk, title, tr("Set the password"), work, told, say, also)

    def _ask_close(self) -> None:
        title = tr("Close the account of {name}?").format(name=self._person.name)
        text = tr("They cannot sign in any more. What they did keeps their name.")
        if self._person.id == self._desk.actor.person_id:
            title = tr("Close your own account?")
            text = tr(
                "You are signed in with it: this computer locks at once, and you cannot sign in any more. "
                "What you did keeps your name."
            )
        QuestionDialog.ask(self, title, text, tr("Close the account"), self._close, danger=True)

    def _close(self) -> None:
        work = partial(giving_accounts.close_account, self._desk.store, self._desk.actor, self._person.id)
        failed = partial(self._not_closed, self._person)
        run(self, work, partial(self._closed, self._person.name), failed, key="account")

    def _closed(self, name: str, changes: Changes) -> None:
        self._desk.record(changes)
        self.said.emit(tr("The account of {name} is closed.").format(name=name))

    def _not_closed(self, person: Staff, problem: ClinicProblem) -> None:
        why = problem_worded(problem)
        if self._person.id == person.id:
            self.state.setText(why)
        self.said.emit(tr("The account of {name} is not closed. {why}").format(name=person.name, why=why))


class GivenPasswordDialog(SavingDialog):
    """A password that somebody gets, and changes. ``also``: what else it does, said before it."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        title: str,
        verb: str,
        work: Callable[[str], Changes],
        told: IfLeft,
        say: Callable[[str], object],
        also: str = "",
    ) -> None:
        text = tr("Tell the password to nobody else. Whoever gets it chooses another before anything opens.")
        text = f"{text} {also}".strip()
        super().__init__(parent, title, text, "lock")
        self._desk, self._work, self._told, self._say = desk, work, told, say
        self.form = Form()
        self.new = NewPassword(self.form, tr("Password"))
        self.trouble = Trouble(desk.now)
        self.body.addWidget(self.form)
        self.body.addWidget(self.trouble)
        self.add_leave_button(tr("Back"))
        self.take = self.add_button(verb, Kind.PRIMARY, key="Return")
        self.take.fired.connect(self._take)
        self.form.submitted.connect(self._take)
        self.new.one.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        desk: Desk,
        title: str,
        verb: str,
        work: Callable[[str], Changes],
        told: IfLeft,
        say: Callable[[str], object],
        also: str = "",
    ) -> "GivenPasswordDialog":
        made = cls(parent, desk, title, verb, work, told, say, also)
        made.open()
        return made

    def _take(self) -> None:
        if self.form.all_well():
            work = partial(self._work, self.new.value)
            self.save(work, self._desk.record, self._refused, self._told, key="account")

    def say_saved(self) -> None:
        self._say(self._told.saved)

    def _refused(self, problem: ClinicProblem) -> None:
        found = field_problems(problem)
        self.form.show_problems(found)
        if not found:
            self.trouble.show_problem(problem)
        self.fit_words()
