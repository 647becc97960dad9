"""A look into a backup, and the question whether it is to take the clinic's place."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.backups import Backup, Seen, named_at
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.security.key_slots import KeyWanted, NotOpened
from clinic_desktop.security.recovery_key import Mistyped
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.backups.words import seen_words, when
from clinic_desktop.ui.dialogs import Dialog, QuestionDialog
from clinic_desktop.ui.first_run.keys_step import secret_line
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.wording import problem_worded

Look = Callable[[str], Seen]
"""By what was typed; empty before anything was."""


class LookDialog(Dialog):
    """What is in it and what would be lost; restoring is the button that does not have the focus. Where it is
    encrypted and nothing here opens it, its passphrase or recovery key is asked for first."""

    def __init__(
        self,
        parent: QWidget,
        file: Path,
        look: Look,
        zone: str,
        on_yes: Callable[[str], object],
        on_other: Callable[[str], object],
        *,
        what: str,
    ) -> None:
        super().__init__(
            parent,
            _title(file, zone),
            what,
            "database",
        )
        self._zone, self._on_yes, self._on_other, self._look = zone, on_yes, on_other, look
        self._newer = ""
        self._typed = ""
        self.question: QuestionDialog | None = None
        self.says = label("", TextRole.BODY, wrap=True)
        words = tr("Passphrase or recovery key")
        self.line = secret_line(words)
        self.form = Form()
        self.form.add("key", words, self.line, hint=tr("As the clinic had it when the backup was made."))
        self.form.submitted.connect(self._try_typed)
        self.form.hide()
        self.trouble = NoticeBox("", "", Tone.DANGER)
        self.trouble.hide()
        self.other_clinic = NoticeBox("", "", Tone.DANGER)
        self.other_clinic.hide()
        self._another_clinics = ""  # the question that is asked once more
        self.file = label(tr("File: {name}").format(name=file.name), TextRole.LABEL, "second", wrap=True)
        self.newer = NoticeBox("", "", Tone.WARN)
        self.newer.hide()
        for one in (self.file, self.says, self.form, self.newer, self.other_clinic, self.trouble):
            self.body.addWidget(one)
        self.stay = self.add_leave_button(tr("Leave it"))
        self.other = self.add_button(tr("Another one ..."), key="Alt+A")
        self.other.fired.connect(self._another)
        self.take_newer = self.add_button(tr("The newer one"), key="Alt+N")
        self.take_newer.fired.connect(self._look_at_newer)
        self.take_newer.hide()
        self.open_it = self.add_button(tr("Look into it"), Kind.PRIMARY, "Return")
        self.open_it.fired.connect(self._try_typed)
        self.open_it.hide()
        self.restore = self.add_button(tr("Restore it"), Kind.DANGER, "Ctrl+Return")
        self.restore.setEnabled(False)
        self.restore.fired.connect(self._restore)
        for button in (self.other, self.take_newer, self.restore):
            QShortcut(QKeySequence(button.key), self, button.click)
        self.stay.setFocus()
        self._look_into_it()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        file: Path,
        look: Look,
        zone: str,
        on_yes: Callable[[str], object],
        on_other: Callable[[str], object],
        *,
        what: str,
    ) -> "LookDialog":
        """Open it; ``look`` runs in a worker, ``on_yes`` hears what was typed when it is to be restored,
        ``on_other`` the file of another one that is meant, empty where that is still to be chosen. zone:
        empty where no clinic is open. what: what becomes of what is there (:func:`what_becomes`)."""
        made = cls(parent, file, look, zone, on_yes, on_other, what=what)
        made.open()
        return made

    def _look_into_it(self) -> None:
        self.says.setText(tr("Looking into it ..."))
        self.says.show()
        run(self, partial(self._look, self._typed), self._seen, self._unseen)

    def _seen(self, seen: Seen) -> None:
        had_focus = self.line.hasFocus() or self.open_it.hasFocus()
        self.trouble.hide()
        self.form.hide()
        self.open_it.hide()
        self.restore.show()
        if had_focus:
            self.stay.setFocus()
        self.says.setText("\n".join(seen_words(seen, self._zone)))
        if self._typed:  # it was asked for, and is answered now
            announce(self, self.says.text())
        if seen.before_accounts:
            text = tr(
                "The backup is of before the first account. Whoever opens the clinic after it makes the "
                "first manager's password, and may then do everything. Do that yourself, at once."
            )
            self.trouble.set_notice(tr("Nobody has an account in it"), text, Tone.DANGER)
            self.trouble.show()
        if seen.same_clinic is False and seen.now is not None:
            self._tell_other_clinic(seen.inside.name, seen.now.name, ask=seen.replaces_another)
        if seen.newer is not None:
            self._tell_newer(seen.newer, seen.inside.zone or self._zone)
        self.restore.setEnabled(seen.sound)
        self._fit_soon()

    def _tell_newer(self, newer: Backup, zone: str) -> None:
        self._newer = str(newer.file)
        title = tr("A newer sound backup lies beside it")
        made = when(newer.at, zone, name=newer.file.name)
        said = tr("It was made {when}: {file}").format(when=made, file=newer.file.name)
        self.newer.set_notice(title, said, Tone.WARN)
        self.newer.show()
        self.take_newer.show()
        announce(self, f"{title}. {said}")

    def _look_at_newer(self) -> None:
        self.reject()
        self._on_other(self._newer)

    def _tell_other_clinic(self, backup: str, here: str, *, ask: bool) -> None:
        none = tr("a clinic without a name")
        names = {"backup": backup or none, "here": here or none}
        said = tr("In the backup: {backup}. Here: {here}.").format(**names)
        self.other_clinic.set_notice(tr("This is another clinic's backup"), said, Tone.DANGER)
        self.other_clinic.show()
        if not ask:  # there is nothing in the one that is here
            return
        self._another_clinics = tr(
            "{backup} takes the place of {here} on this computer. No patient and no visit of {here} is in "
            "use any more; what is there now is kept under a dated name."
        ).format(**names)

    def _unseen(self, problem: ClinicProblem) -> None:
        if isinstance(problem, KeyWanted | NotOpened | Mistyped):
            self._ask_for_key(problem_worded(problem))
            return
        self.says.hide()
        self.open_it.set_missing([])  # a key may be tried again
        self.trouble.set_notice(tr("It cannot be restored"), problem_worded(problem), Tone.DANGER)
        self.trouble.show()
        self._fit_soon()

    def _ask_for_key(self, why: str) -> None:
        """What was typed stays, to be mended."""
        self.trouble.hide()
        self.open_it.set_missing([])
        self.form.show()
        self.open_it.show()
        self.restore.hide()
        if self._typed:
            self.says.hide()
            self.form.show_problems({"key": why})
            announce(self, why, urgent=True)
        else:
            self.says.setText(why)
            announce(self, why)
        self.line.setFocus()
        self._fit_soon()

    def _try_typed(self) -> None:
        if self.open_it.missing:
            return
        if not self.line.text().strip():
            self.form.show_problems({"key": tr("Type the passphrase or the recovery key.")})
            return
        self.form.show_problems({})
        self._typed = self.line.text()
        self.open_it.set_missing([tr("The key is being tried.")])
        self._look_into_it()

    def _fit_soon(self) -> None:
        """Once the layout knows what is hidden now."""
        QTimer.singleShot(0, self, self.fit_words)

    def _another(self) -> None:
        self.reject()
        self._on_other("")

    def _restore(self) -> None:
        self.accept()
        yes, above = partial(self._on_yes, self._typed), self.parentWidget()
        if self._another_clinics and above is not None:
            title, verb = tr("Put another clinic in this one's place?"), tr("Restore the other clinic")
            self.question = QuestionDialog.ask(above, title, self._another_clinics, verb, yes, danger=True)
        else:
            yes()


def _title(file: Path, zone: str) -> str:
    """By when it was made where its name says so: the name itself is long, and of another use."""
    at = named_at(file.name)
    if at is None:
        return tr("Restore the backup {name}?").format(name=file.name)
    return tr("Restore the backup of {when}?").format(when=when(at, zone, name=file.name))


def what_becomes(place: str = "", *, nothing_there: bool = False, on_server: bool = False) -> str:
    """What becomes of what is there now. place: which file it becomes, where no clinic is open."""
    becomes = tr("It becomes the clinic's file {place}.").format(place=place)
    kept = tr("What is there now is kept beside it under a dated name.")
    if place:
        return becomes if nothing_there else f"{becomes} {kept}"
    if on_server:
        return tr(
            "What is there now stays on the server under a dated name. The program must be closed on "
            "every other desk; the window closes here and opens again."
        )
    return tr("{kept} The window closes and opens again.").format(kept=kept)
