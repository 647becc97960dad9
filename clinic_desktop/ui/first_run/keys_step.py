"""The page of the assistant that gives the keys of an encrypted clinic: the recovery key is printed and typed
back, and a passphrase is chosen."""

from dataclasses import dataclass, field

from PySide6.QtWidgets import QLineEdit

from clinic_desktop.foundation.document import RenderPdf
from clinic_desktop.scheduling.set_up_new import Answers
from clinic_desktop.security.key_places import has_keyring
from clinic_desktop.security.key_slots import SHORTEST
from clinic_desktop.security.recovery_key import Mistyped, read_recovery_key
from clinic_desktop.ui import operations
from clinic_desktop.ui.first_run.recovery_box import RecoveryBox
from clinic_desktop.ui.first_run.steps import Problems, Step
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.set_up.fields import text_line
from clinic_desktop.ui.theme import set_spelled
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.wording import problem_worded


@dataclass(frozen=True, slots=True)
class WishedKeys:
    """What opens the clinic that is made: the key that was typed back, and a passphrase, or none."""

    recovery_key: str = field(repr=False)
    passphrase: str = field(repr=False)


def typed_back_problem(typed: str, printed: str) -> str:
    """What is wrong with a recovery key that is typed back; empty when nothing is."""
    if not typed.strip():
        return tr("Type the key here as it stands on the paper.")
    try:
        read = read_recovery_key(typed)
    except Mistyped as problem:
        return problem_worded(problem)
    return "" if read == printed else tr("This is another recovery key.")


def secret_line(name: str) -> QLineEdit:
    """A line in which what is typed does not stand to be read."""
    line = text_line()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setAccessibleName(name)
    return line


class KeysStep(Step):
    """``wished`` holds when nothing of the page is a problem any more."""

    fields = ()

    def __init__(self, render_pdf: RenderPdf | None = None, question: str = "") -> None:
        super().__init__(
            tr("Keys"),
            question or tr("Your clinic's data is encrypted"),
            tr("If this computer is lost or stolen, nobody can read it. Without a key, neither can you."),
        )
        self._keyring = False
        self.box = RecoveryBox(render_pdf)
        self.recovery_key = self.box.key
        self.form = Form()
        self.typed_back = text_line()
        set_spelled(self.typed_back)  # looks as the key above it
        words = tr("Type the recovery key from the paper")
        self.form.add("recovery", words, self.typed_back, self._mistyped, late=True)
        self.passphrase = secret_line(tr("Passphrase"))
        self.form.add("passphrase", tr("Passphrase"), self.passphrase, self._too_short, late=True)
        self.again = secret_line(tr("The same passphrase again"))
        words = tr("The same passphrase again")
        self.form.add("again", words, self.again, self._differs, beside=True, late=True)
        self._hint()
        self.form.submitted.connect(self.submitted)
        self.column.addWidget(
            label(
                tr(
                    "Recovery key. Keep it on paper, away from this computer. It opens the data; a manager's "
                    "recovery code, made later, is for a forgotten password."
                ),
                wrap=True,
            )
        )
        self.column.addWidget(self.box)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        operations.run(self, has_keyring, self.set_keyring)

    def set_keyring(self, there: bool) -> None:
        """Whether this computer can keep a key by itself: then a passphrase may be left out."""
        self._keyring = there
        self._hint()

    def _hint(self) -> None:
        least = tr("At least {n} characters, such as four words.").format(n=SHORTEST)
        kept = tr("May be left empty: this computer opens the clinic for whoever is logged in.")
        self.form.row("passphrase").set_hint(f"{least} {kept}" if self._keyring else least)

    @property
    def wished(self) -> WishedKeys:
        return WishedKeys(self.recovery_key, self.passphrase.text().strip())

    def problems(self, answers: Answers) -> Problems:  # noqa: ARG002 - nothing of this is an answer
        return self.form.problems()

    def show_problems(self, found: Problems) -> None:
        self.form.show_problems(found)

    def summary(self, answers: Answers) -> str:  # noqa: ARG002 - one shape for all
        return "" if self.form.problems() else tr("Encrypted")

    def first(self) -> QLineEdit:
        return self.typed_back

    def _mistyped(self) -> str:
        return typed_back_problem(self.typed_back.text(), self.recovery_key)

    def _too_short(self) -> str:
        typed = self.passphrase.text().strip()
        if not typed and self._keyring:
            return ""
        return tr("At least {n} characters.").format(n=SHORTEST) if len(typed) < SHORTEST else ""

    def _differs(self) -> str:
        same = self.again.text().strip() == self.passphrase.text().strip()
        return "" if same else tr("The two are not the same.")
