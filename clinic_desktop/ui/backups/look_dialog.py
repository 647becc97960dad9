"""A look into a backup before it takes the clinic's place."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.backups import Seen
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.ui.backups.words import seen_words
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.wording import problem_worded


class LookDialog(Dialog):
    """What is in it and what would be lost; restoring is the button that does not have the focus."""

    def __init__(
        self,
        parent: QWidget,
        name: str,
        look: Callable[[], Seen],
        zone: str,
        on_yes: Callable[[], object],
        on_other: Callable[[], object],
        *,
        on_server: bool = False,
    ) -> None:
        what = (
            tr(
                "What is there now stays on the server under a dated name. The program must be closed on "
                "every other desk; the window closes here and opens again."
            )
            if on_server
            else tr(
                "What is there now is kept beside it under a dated name. The window closes and opens again."
            )
        )
        super().__init__(parent, tr("Restore the backup {name}?").format(name=name), what, "database")
        self._zone, self._on_yes, self._on_other = zone, on_yes, on_other
        self.says = label(tr("Looking into it ..."), TextRole.BODY, wrap=True)
        self.trouble = NoticeBox("", "", Tone.DANGER)
        self.trouble.hide()
        self.body.addWidget(self.says)
        self.body.addWidget(self.trouble)
        self.stay = self.add_leave_button(tr("Leave it"))
        self.other = self.add_button(tr("Another file ..."), key="Alt+A")
        self.other.fired.connect(self._another)
        self.restore = self.add_button(tr("Restore it"), Kind.DANGER, "Ctrl+Return")
        self.restore.setEnabled(False)
        self.restore.fired.connect(self._restore)
        for button in (self.other, self.restore):
            QShortcut(QKeySequence(button.key), self, button.click)
        self.stay.setFocus()
        run(self, look, self._seen, self._unseen)

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        name: str,
        look: Callable[[], Seen],
        zone: str,
        on_yes: Callable[[], object],
        on_other: Callable[[], object],
        *,
        on_server: bool = False,
    ) -> "LookDialog":
        """Open it; ``look`` runs in a worker, ``on_yes`` when it is to be restored, ``on_other`` when another
        file is meant."""
        made = cls(parent, name, look, zone, on_yes, on_other, on_server=on_server)
        made.open()
        return made

    def _seen(self, seen: Seen) -> None:
        self.says.setText("\n".join(seen_words(seen, self._zone)))
        if seen.before_accounts:
            text = tr(
                "The backup is of before the first account. Whoever opens the clinic after it makes the "
                "first manager's password, and may then do everything. Do that yourself, at once."
            )
            self.trouble.set_notice(tr("Nobody need sign in to it"), text, Tone.DANGER)
            self.trouble.show()
        self.restore.setEnabled(seen.sound)
        self.fit_words()

    def _unseen(self, problem: ClinicProblem) -> None:
        self.says.hide()
        self.trouble.set_notice(tr("It cannot be restored"), problem_worded(problem), Tone.DANGER)
        self.trouble.show()
        self.fit_words()

    def _another(self) -> None:
        self.reject()
        self._on_other()

    def _restore(self) -> None:
        self.accept()
        self._on_yes()
