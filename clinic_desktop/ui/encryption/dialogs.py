"""Changing what opens an encrypted clinic: each dialog asks for what opens it now."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.security.clinic_keys import WaysIn
from clinic_desktop.security.key_slots import SHORTEST
from clinic_desktop.security.recovery_key import Mistyped
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.encryption.keys import ClinicKeys
from clinic_desktop.ui.first_run.keys_step import secret_line, typed_back_problem
from clinic_desktop.ui.first_run.recovery_box import RecoveryBox
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.recorded_print import leaving
from clinic_desktop.ui.set_up.fields import text_line
from clinic_desktop.ui.sign_in.page import Trouble
from clinic_desktop.ui.sign_in.saving_dialog import IfLeft, SavingDialog
from clinic_desktop.ui.theme import set_spelled
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.wording import problem_worded


class KeyDialog(SavingDialog):
    """A form whose ``proof`` opens the clinic now, or shows who sits there. Enter at its end goes on."""

    def __init__(self, keys: ClinicKeys, title: str, text: str, verb: str, said: str) -> None:
        super().__init__(keys.window, title, text, "lock")
        self.keys, self._said = keys, said
        self._if_left = IfLeft(said, tr("{verb}: not done").format(verb=verb))
        self.form = Form()
        self.trouble = Trouble(keys.desk.now)
        self.fill()
        self.body.addWidget(self.trouble)  # beside what it is about, also on a low screen
        self.body.addWidget(self.form)
        self.add_leave_button(tr("Back"))
        self.take = self.add_button(verb, Kind.PRIMARY, key="Return")
        self.take.fired.connect(self._take)
        self.form.submitted.connect(self._take)

    def fill(self) -> None:
        """Put the fields into the form."""

    def work(self) -> Callable[[], None]:
        """What is done, in a worker."""
        raise NotImplementedError

    def add_proof(self, words: str) -> QLineEdit:
        """What opens the clinic now, or shows who sits there."""
        line = self._proof = secret_line(words)
        missing = tr("Type it, so that it is certain that you may.")
        self.form.add("proof", words, line, lambda: "" if line.text().strip() else missing)
        return line

    def _take(self) -> None:
        if self.trouble.waiting or self.take.missing or not self.form.all_well():
            return
        if self.save(self.work(), self._saved, self._refused, self._if_left, key="keys") is not None:
            self.take.set_missing([tr("One moment.")])

    def _saved(self, _nothing: None) -> None:
        self.keys.changed.emit()

    def say_saved(self) -> None:
        self.keys.frame.say(self._said)

    def _refused(self, problem: ClinicProblem) -> None:
        self.take.set_missing([])
        if isinstance(problem, Mistyped):
            self.form.show_problems({"proof": problem_worded(problem)})
            announce(self, problem_worded(problem), urgent=True)
        else:
            self.trouble.show_problem(problem)
            self._proof.setFocus()
            self._proof.selectAll()
        self.fit_words()


def _present(ways: WaysIn) -> str:
    return tr("Passphrase of now, or the recovery key") if ways.passphrase else tr("Recovery key")


class PassphraseDialog(KeyDialog):
    """Another passphrase, or the first one."""

    def __init__(self, keys: ClinicKeys, ways: WaysIn) -> None:
        self._ways = ways
        title = tr("Change the passphrase") if ways.passphrase else tr("Choose a passphrase")
        text = tr("Backups from before it still open with what opened them when they were made.")
        super().__init__(keys, title, text, tr("Set the passphrase"), tr("The passphrase is changed."))
        self.proof.setFocus()

    def fill(self) -> None:
        self.proof = self.add_proof(_present(self._ways))
        self.new, self.again = secret_line(tr("New passphrase")), secret_line(tr("The same again"))
        hint = tr("At least {n} characters, such as four words.").format(n=SHORTEST)
        self.form.add("new", tr("New passphrase"), self.new, self._short, hint, late=True)
        self.form.add("again", tr("The same again"), self.again, self._differs, late=True)

    def _short(self) -> str:
        least = len(self.new.text().strip()) >= SHORTEST
        return "" if least else tr("At least {n} characters.").format(n=SHORTEST)

    def _differs(self) -> str:
        same = self.new.text().strip() == self.again.text().strip()
        return "" if same else tr("The two are not the same.")

    def work(self) -> Callable[[], None]:
        return self.keys.change_passphrase(self.proof.text(), self.new.text().strip())


class RecoveryDialog(KeyDialog):
    """A new recovery key: printed, typed back, and only then instead of the old one."""

    def __init__(self, keys: ClinicKeys, ways: WaysIn) -> None:
        self._ways = ways
        text = tr(
            "Print it or write it down, and type it back. Until then the old one opens the clinic, then it "
            "does no more. Older backups still open with it."
        )
        said = tr("The new recovery key opens the clinic; the old one does no more.")
        super().__init__(keys, tr("A new recovery key"), text, tr("Use the new key"), said)
        self.back.setFocus()

    def fill(self) -> None:
        desk = self.keys.desk
        self.box = RecoveryBox(desk.render, lambda: leaving(desk, "recovery key").put)
        self.body.addWidget(self.box)
        self.back = text_line()
        set_spelled(self.back)  # looks as the key above it
        self.form.add("back", tr("Type the new key from the paper"), self.back, self._mistyped, late=True)
        own = tr("Your own password, with which you sign in")
        self.proof = self.add_proof(own if self._ways.by_account else _present(self._ways))

    def _mistyped(self) -> str:
        return typed_back_problem(self.back.text(), self.box.key)

    def work(self) -> Callable[[], None]:
        return self.keys.renew_recovery_key(self.proof.text(), self.box.key, self.back.text())


class RememberDialog(KeyDialog):
    """This computer opens the clinic by itself from now on, or asks from now on."""

    def __init__(self, keys: ClinicKeys, ways: WaysIn, *, forget: bool) -> None:
        self._ways, self._forget = ways, forget
        if forget:
            title, verb = tr("Forget the key on this computer?"), tr("Forget it")
            text = tr(
                "Each start then asks for the passphrase or the recovery key. Type one of them, so that "
                "it is certain that somebody has it."
            )
            said = tr("This computer asks for the key from the next start on.")
        else:
            title, verb = tr("Remember the key on this computer?"), tr("Remember it")
            text = tr("The clinic then opens by itself for whoever is logged in to this computer as you are.")
            said = tr("This computer opens the clinic by itself from now on.")
        super().__init__(keys, title, text, verb, said)
        self.proof.setFocus()

    def fill(self) -> None:
        self.proof = self.add_proof(
            tr("Passphrase or recovery key") if self._ways.passphrase else tr("Recovery key")
        )

    def work(self) -> Callable[[], None]:
        return self.keys.forget(self.proof.text()) if self._forget else self.keys.remember(self.proof.text())
