"""The page of the assistant that gives the keys of an encrypted clinic: the recovery key is printed and typed
back, and a passphrase is chosen."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

from clinic_desktop.foundation.document import (
    Align,
    Block,
    Document,
    Heading,
    Paragraph,
    RenderPdf,
    TextRole,
    text,
)
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.scheduling.set_up_new import Answers
from clinic_desktop.security.key_places import has_keyring
from clinic_desktop.security.key_slots import SHORTEST
from clinic_desktop.security.recovery_key import Mistyped, new_recovery_key, read_recovery_key
from clinic_desktop.ui import operations
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.first_run.steps import Problems, Step
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.printers import print_pages, printer_here
from clinic_desktop.ui.set_up.fields import text_line
from clinic_desktop.ui.tokens import TextRole as ScreenRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.wording import problem_worded

NO_PRINTER = "There is no printer here. Write the recovery key down on paper."


@dataclass(frozen=True, slots=True)
class WishedKeys:
    """What opens the clinic that is made: the key that was typed back, and a passphrase, or none."""

    recovery_key: str = field(repr=False)
    passphrase: str = field(repr=False)


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
        self._render = render_pdf
        self._keyring = False
        self.recovery_key = new_recovery_key()
        self.shown = label(self.recovery_key, ScreenRole.PAGE, wrap=True)
        spelled = ", ".join(" ".join(group) for group in self.recovery_key.split("-"))
        self.shown.setAccessibleName(tr("Recovery key: {key}").format(key=spelled))
        self.print_button = Button(tr("Print the recovery key"), icon="print", key="Ctrl+P")
        self.print_button.setVisible(render_pdf is not None)
        self.print_button.fired.connect(self._print)
        if render_pdf is not None:
            QShortcut(QKeySequence("Ctrl+P"), self, self.print_button.click)
        self.told = NoticeBox("")
        self.told.hide()
        self.form = Form()
        self.typed_back = text_line()
        self.form.add("recovery", tr("Type the recovery key from the paper"), self.typed_back, self._mistyped)
        self.passphrase = secret_line(tr("Passphrase"))
        self.form.add("passphrase", tr("Passphrase"), self.passphrase, self._too_short)
        self.again = secret_line(tr("The same passphrase again"))
        self.form.add("again", tr("The same passphrase again"), self.again, self._differs, beside=True)
        self._hint()
        self.form.submitted.connect(self.submitted)
        self.column.addWidget(
            label(tr("Recovery key. Keep it on paper, away from this computer."), wrap=True)
        )
        self.column.addWidget(self.shown)
        self.column.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.told)
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

    def summary(self, answers: Answers) -> str:  # noqa: ARG002 - as above
        return "" if self.form.problems() else tr("Encrypted")

    def first(self) -> QLineEdit:
        return self.typed_back

    def _mistyped(self) -> str:
        try:
            read = read_recovery_key(self.typed_back.text())
        except Mistyped as problem:
            return problem_worded(problem)
        return "" if read == self.recovery_key else tr("This is another recovery key.")

    def _too_short(self) -> str:
        typed = self.passphrase.text().strip()
        if not typed and self._keyring:
            return ""
        return tr("At least {n} characters.").format(n=SHORTEST) if len(typed) < SHORTEST else ""

    def _differs(self) -> str:
        same = self.again.text().strip() == self.passphrase.text().strip()
        return "" if same else tr("The two are not the same.")

    def _print(self) -> None:
        render, key = self._render, self.recovery_key
        if render is None:
            return

        def work() -> str:
            if not printer_here():
                raise EnvironmentFailure(NO_PRINTER)  # saved pages would stay on the disk that it unlocks
            return print_pages(render(page_of(key)).data, "Clinic Desktop", "key").printer

        operations.run(self, work, self._printed, self._not_printed, pool=operations.AT_PRINTERS)

    def _printed(self, printer: str) -> None:
        self._tell(tr("Sent to {printer}").format(printer=printer), "", Tone.INFO)

    def _not_printed(self, problem: ClinicProblem) -> None:
        self._tell(tr("It was not printed"), problem_worded(problem), Tone.WARN)

    def _tell(self, title: str, words: str, tone: Tone) -> None:
        self.told.set_notice(title, words, tone)
        self.told.show()
        announce(self, f"{title}. {words}")


def page_of(recovery_key: str) -> Document:
    """One page with the key in large letters; nothing on it says whose clinic it opens."""
    words = (
        tr("It opens the clinic's data when the passphrase is forgotten or the computer is another."),
        tr("Keep it in a safe place, away from the computer. Whoever has it and the data can read it all."),
    )
    blocks: tuple[Block, ...] = (
        Heading(1, text(tr("Clinic Desktop: recovery key"))),
        Paragraph(text(recovery_key), TextRole.HEADLINE, Align.LEFT),
        *(Paragraph(text(one)) for one in words),
    )
    return Document(tr("Recovery key"), "en", blocks)
