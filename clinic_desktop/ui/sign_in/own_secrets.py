"""One's own password and PIN, and a manager's recovery code: the old password is asked each time."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import BadInput, ClinicProblem
from clinic_desktop.security import own_account
from clinic_desktop.security.passwords import must_be_pin
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.sign_in.code_dialog import CodeDialog
from clinic_desktop.ui.sign_in.factor_pages import FactorDialog, Shown
from clinic_desktop.ui.sign_in.page import Trouble, field_problems, hold_while_waiting, secret_line
from clinic_desktop.ui.sign_in.saving_dialog import IfLeft, SavingDialog
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.form import Form

OWN = Command(
    "window.my-password",
    QT_TR_NOOP("My password and PIN"),
    ("Ctrl+Shift+F1",),
    icon="lock",
    opens=True,
    also=QT_TR_NOOP("change secret account login recovery code"),
)
PASSWORD, PIN = "password", "pin"


class OwnSecretsDialog(SavingDialog):
    """First what is to be changed, then the password that holds, then the new one twice.

    ``changing``: a new password is on its way, as the operation that it carries.
    """

    changing = Signal(object)  # Operation

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        frame: Frame,
        done: Callable[[], object],
        *,
        factor: bool = False,
        shown: Shown | None = None,
    ) -> None:
        """``factor``: whether there is a second one. ``shown``: secrets that phones may have already."""
        text = tr("A PIN is 4 to 6 digits. It lets you in on a computer where you gave your password today.")
        super().__init__(parent, tr("My password and PIN"), text, "lock")
        self._desk, self._frame, self._done, self._factor = desk, frame, done, factor
        self._shown: Shown = {} if shown is None else shown
        self._said = ""
        self.what = ChoiceBox()
        self.what.addItem(tr("A new PIN"), PIN)
        self.what.addItem(tr("A new password"), PASSWORD)
        self.old, self.new, self.again = secret_line(), secret_line(), secret_line()
        self.form = Form()
        self.form.add("what", tr("Change"), self.what)
        self.form.add("old", tr("Your password now"), self.old, self._old_problem)
        self.form.add("new", tr("New PIN"), self.new, self._new_problem, late=True)
        self.form.add("again", tr("The same again"), self.again, self._again_problem, late=True)
        self.trouble = Trouble(desk.now)
        self.body.addWidget(self.trouble)  # beside the password that it is about, also on a low screen
        self.body.addWidget(self.form)
        self.add_leave_button(tr("Back"))
        self.second = self.add_button(tr("Second factor"), key="Alt+S")
        self.second.fired.connect(self._to_second)
        QShortcut(QKeySequence(self.second.key), self, self.second.click)
        self.code = self.add_button(tr("Recovery code"), key="Alt+R")
        self.code.setVisible(may(desk.actor, Right.SET_UP))
        self.code.fired.connect(self._to_code)
        if may(desk.actor, Right.SET_UP):
            QShortcut(QKeySequence(self.code.key), self, self.code.click)
        self.take = self.add_button(tr("Set the PIN"), Kind.PRIMARY, key="Return")
        hold_while_waiting(self.trouble, self.old, self.take)
        self.take.fired.connect(self._take)
        self.form.submitted.connect(self._take)
        self.what.currentIndexChanged.connect(self._turned)
        self.old.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        desk: Desk,
        frame: Frame,
        done: Callable[[], object],
        *,
        factor: bool = False,
        shown: Shown | None = None,
    ) -> "OwnSecretsDialog":
        made = cls(parent, desk, frame, done, factor=factor, shown=shown)
        made.open()
        return made

    def _to_second(self) -> None:
        """To the phone's digits, in a dialog of their own."""
        parent = self.parentWidget()
        self.reject()
        if parent is not None:
            frame, done, shown = self._frame, self._done, self._shown
            FactorDialog(parent, self._desk, frame, done, there=self._factor, shown=shown).open()

    def _to_code(self) -> None:
        """To a manager's new recovery code."""
        parent = self.parentWidget()
        self.reject()
        if parent is not None:
            CodeDialog(parent, self._desk, self._frame, self._done).open()

    @property
    def _pin(self) -> bool:
        return str(self.what.currentData()) == PIN

    def _turned(self) -> None:
        self.form.row("new").set_text(tr("New PIN") if self._pin else tr("New password"))
        self.form.row("new").set_hint("" if self._pin else tr("10 characters or more."))
        self.take.setText(tr("Set the PIN") if self._pin else tr("Set the password"))
        self.take.updateGeometry()
        self.form.show_problems({})
        self.fit_words()

    def _old_problem(self) -> str:
        return "" if self.old.text() else tr("Type your password.")

    def _new_problem(self) -> str:
        if not self.new.text():
            return tr("Type the new PIN.") if self._pin else tr("Type the new password.")
        if self._pin:
            try:
                must_be_pin(self.new.text())
            except BadInput as problem:
                return field_problems(problem)["pin"]
        return ""

    def _again_problem(self) -> str:
        same = self.new.text() == self.again.text()
        return "" if same else tr("These two are not the same. Type it again.")

    def _take(self) -> None:
        if self.trouble.waiting or not self.form.all_well():
            return
        store, actor = self._desk.store, self._desk.actor
        old, new, name = self.old.text(), self.new.text(), self._desk.name_of(actor.person_id)
        if self._pin:
            set_pin = partial(own_account.set_pin, store, actor, old, new)
            if_left = IfLeft(
                tr("The PIN of {name} is set.").format(name=name),
                tr("The PIN of {name} is not set.").format(name=name),
            )
            self._said = tr("Your PIN is set.")
            self.save(set_pin, self._pin_set, self._refused, if_left, key="own-secret")
            return
        change = partial(own_account.set_password, store, actor, old, new)
        if_left = IfLeft(
            tr("The password of {name} is changed.").format(name=name),
            tr("The password of {name} is not changed.").format(name=name),
        )
        self._said = tr("Your password is changed.")
        changing = self.save(change, partial(self._changed, new), self._refused, if_left, key="own-secret")
        if changing is not None:
            self.changing.emit(changing)

    def _pin_set(self, _nothing: None) -> None:
        self._done()

    def _changed(self, password: str, actor: Actor) -> None:
        if self._desk.actor.person_id == actor.person_id:  # else somebody else sits there by now
            self._desk.act_as(replace(self._desk.actor, came_by=actor.came_by))
        self._desk.outage.admit(actor, password)
        self._done()

    def say_saved(self) -> None:
        self._frame.say(self._said)

    def _refused(self, problem: ClinicProblem) -> None:
        found = field_problems(problem)
        if found:
            self.form.show_problems({"new": next(iter(found.values()))})
        else:
            self.trouble.show_problem(problem)
            self.old.clear()
            self.form.show_problems({})
            self.old.setFocus()
        self.fit_words()
