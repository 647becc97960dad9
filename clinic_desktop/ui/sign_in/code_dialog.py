"""A manager's new recovery code, and the banner that stands as long as there is none."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.security import own_account
from clinic_desktop.security.recovery_code import new_code, read_code
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.banner import Banner, BannerAction
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.sign_in.code_page import CodeBox
from clinic_desktop.ui.sign_in.code_printing import print_code
from clinic_desktop.ui.sign_in.known_people import KnownPeople
from clinic_desktop.ui.sign_in.page import Trouble, hold_while_waiting, secret_line
from clinic_desktop.ui.sign_in.saving_dialog import IfLeft, SavingDialog
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.form import Form

CODE_BANNER = "recovery-code"


class CodeDialog(SavingDialog):
    """Printed, typed back, and only then, by one's own password, instead of the one of before."""

    def __init__(self, parent: QWidget, desk: Desk, frame: Frame, done: Callable[[], object]) -> None:
        text = tr(
            "With it you get in when the password is forgotten. Print it or write it down, keep it where "
            "only you come to, and type it back: then it counts, and no other."
        )
        super().__init__(parent, tr("A new recovery code"), text, "lock")
        self._desk, self._frame, self._done = desk, frame, done
        self.box = CodeBox()
        self.box.show_code(new_code())
        self.box.print_wanted.connect(self._print)
        self.form = Form()
        self.typed, self.password = QLineEdit(), secret_line()
        self.box.add_typed_back(self.form, self.typed)
        missing = tr("Type your password.")
        self.form.add(
            "password",
            tr("Your password"),
            self.password,
            lambda: "" if self.password.text() else missing,
        )
        self.trouble = Trouble(desk.now)
        self.body.addWidget(self.box)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.form)
        self.add_leave_button(tr("Back"))
        self.take = self.add_button(tr("Use this code"), Kind.PRIMARY, key="Return")
        hold_while_waiting(self.trouble, self.password, self.take)
        self.take.fired.connect(self._take)
        self.form.submitted.connect(self._take)
        self.typed.setFocus()

    def _print(self) -> None:
        actor, code = self._desk.actor, self.box.code
        if code is not None:
            print_code(self, self._desk, actor.desk, actor.person_id, code, self._say_printed)

    def _say_printed(self, text: str, tone: Tone) -> None:
        self.trouble.say(text, "", tone)
        announce(self, text)

    def _take(self) -> None:
        if self.trouble.waiting or not self.form.all_well():
            return
        store, actor, password = self._desk.store, self._desk.actor, self.password.text()
        work = partial(own_account.keep_code, store, actor, password, read_code(self.typed.text()))
        name = self._desk.name_of(actor.person_id)
        if_left = IfLeft(
            tr("The new recovery code of {name} counts; no other does.").format(name=name),
            tr("The new recovery code of {name} does not count.").format(name=name),
        )
        self.save(work, self._kept, self._refused, if_left, key="own-secret")

    def _kept(self, _nothing: None) -> None:
        self._done()

    def say_saved(self) -> None:
        self._frame.say(tr("Your new recovery code counts; no other does."))

    def _refused(self, problem: ClinicProblem) -> None:
        self.trouble.show_problem(problem)
        self.password.clear()
        self.form.show_problems({})  # an emptied line is nothing that somebody did wrong
        self.password.setFocus()
        self.fit_words()


class CodeBanner(QObject):
    """Stands as long as a manager who signed in has no recovery code."""

    def __init__(self, window: Shell, desk: Desk, people: KnownPeople) -> None:
        super().__init__(window)
        self._window, self._desk, self._people = window, desk, people
        people.changed.connect(self.look)
        desk.actor_changed.connect(self.look)
        desk.outage.changed.connect(self.look)

    def look(self) -> None:
        """Whether it is to be said now."""
        actor = self._desk.actor
        mine = next((one for one in self._people.known if one.person.id == actor.person_id), None)
        missing = mine is not None and not mine.has_code and may(actor, Right.SET_UP)
        # Without the server nothing could be done about it; after it they may have one from another desk.
        if not missing or self._desk.outage.by_door or not self._people.sure:
            self._window.clear_banner(CODE_BANNER)
            return
        text = tr(
            "If you forget your password, nobody but another manager can let you in. "
            "Ctrl Shift F1, then Alt R, makes one."
        )
        make = BannerAction(tr("Make one"), self.make)
        title = tr("You have no recovery code")
        self._window.show_banner(Banner(CODE_BANNER, title, text, Tone.INFO, (make,)))

    def make(self) -> None:
        CodeDialog(self._window, self._desk, self._window, self._people.read).open()
