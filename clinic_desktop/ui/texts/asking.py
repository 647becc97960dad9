"""The small questions about a text: what changed and from when, why it is withdrawn, which text is new."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.aftercare.parse import shipped_texts
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.people.languages import LANGUAGES
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.set_up.fields import combo, day_line, pick, picked
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.wording import fields_worded

MOST_LETTERS = 500


class AskApproval(Dialog):
    """What changed in a sentence, and from which day on it is wanted; ``on_asked`` gets both. It closes by
    ``accept`` once that is on record, and shows what stood in the way by ``refuse``. changed: None asks for
    no sentence: they are the program's words, as they stand."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        changed: str | None,
        today: Callable[[], date],
        on_asked: Callable[["AskApproval"], object],
    ) -> None:
        super().__init__(parent, title, tr("A prescriber reads the pages and answers in My decisions."))
        self.line = QLineEdit(changed or "")
        self._as_it_is = changed is None
        self.line.setMaxLength(MOST_LETTERS)
        self.changed_row = FieldRow(
            tr("What changed"), self.line, tr("In a sentence, for whoever approves it.")
        )
        self.day = day_line(tr("Handed out from"), today)
        self.day_row = FieldRow(
            tr("Handed out from"),
            self.day,
            tr("Empty: from the day it is approved. Whoever approves may change it."),
        )
        self.body.addWidget(self.changed_row)
        self.body.addWidget(self.day_row)
        self.changed_row.setVisible(changed is not None)
        self._on_asked = on_asked
        self.add_leave_button(tr("Back"))
        self.take = self.add_button(tr("Ask for approval"), Kind.PRIMARY, key="Return")
        self.take.fired.connect(self._take)
        self.line.returnPressed.connect(self._take)
        self.day.returnPressed.connect(self._take)
        (self.day if self._as_it_is else self.line).setFocus()

    @property
    def changed(self) -> str:
        return self.line.text().strip()

    def _take(self) -> None:
        said = self._as_it_is or bool(self.changed)
        self.changed_row.set_problem("" if said else tr("Say in a sentence what is new."))
        self.day_row.set_problem("" if self.day.understood else tr("No day was understood: 12/24, fri, +2w."))
        if not said:
            self.line.setFocus()
        elif not self.day.understood:
            self.day.setFocus()
        else:
            self._on_asked(self)

    def refuse(self, problem: BadInput) -> None:
        """What is wrong, at its field."""
        words = fields_worded(problem.problems)
        self.day_row.set_problem(words.pop("effective_from", ""))
        self.changed_row.set_problem(" ".join(words.values()))


class WhyDialog(Dialog):
    """Asks why, in words of one's own."""

    def __init__(
        self, parent: QWidget, title: str, text: str, verb: str, on_words: Callable[[str], object]
    ) -> None:
        super().__init__(parent, title, text, "note")
        self._on_words = on_words
        self.line = QLineEdit()
        self.line.setMaxLength(MOST_LETTERS)
        self.row = FieldRow(tr("Why"), self.line)
        self.body.addWidget(self.row)
        self.add_leave_button(tr("Leave it"))
        self.take = self.add_button(verb, Kind.DANGER, key="Return")
        self.take.fired.connect(self._take)
        self.line.returnPressed.connect(self._take)
        self.line.setFocus()

    def _take(self) -> None:
        words = self.line.text().strip()
        if not words:
            self.row.set_problem(tr("Say why. It stays on record."))
            self.line.setFocus()
            return
        self.accept()
        self._on_words(words)


class NewText(Dialog):
    """A kind and a language; ``on_chosen`` gets both. kind: what is offered first."""

    def __init__(
        self,
        parent: QWidget,
        kinds: Sequence[tuple[str, str]],
        kind: str,
        on_chosen: Callable[[str, str], object],
    ) -> None:
        about = tr("It begins from the words of the program; a translation from the English ones in force.")
        super().__init__(parent, tr("New text"), about)
        self._on_chosen = on_chosen
        self.kind, self.language = combo(kinds), combo(_languages())
        pick(self.kind, kind)
        self.body.addWidget(FieldRow(tr("Kind"), self.kind))
        self.body.addWidget(FieldRow(tr("Language"), self.language))
        self.add_leave_button(tr("Back"))
        self.take = self.add_button(tr("Write it"), Kind.PRIMARY, key="Ctrl+Return")
        self.take.fired.connect(self._take)
        self.language.setFocus()

    def _take(self) -> None:
        self.accept()
        self._on_chosen(picked(self.kind), picked(self.language))


def _languages() -> list[tuple[str, str]]:
    """Those that patients speak, and how some of them are written where the program brings such a text."""
    written = {path.parent.name for path in shipped_texts()} - LANGUAGES.keys()
    return [*LANGUAGES.items(), *((one, one) for one in sorted(written))]
