"""A new recovery code as it is shown once, printed and typed back; on the locked screen it has a page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.security.recovery_code import RecoveryCode, read_code
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.sign_in.page import FormPage, Now, field_problems
from clinic_desktop.ui.theme import set_spelled
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Card
from clinic_desktop.ui.wording import problem_worded


def code_problem(typed: str) -> str:
    """What is wrong with a code as typed; empty when nothing is."""
    if not typed.strip():
        return tr("Type the code as it stands on the sheet.")
    try:
        read_code(typed)
    except BadInput as problem:
        return field_problems(problem).get("code", problem_worded(problem))
    return ""


class CodeBox(QWidget):
    """The code in large letters, and a button that prints it."""

    print_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.code: RecoveryCode | None = None
        card = Card("surface")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(18, 14, 18, 14)
        self.shown = label("", TextRole.DISPLAY, wrap=True)
        set_spelled(self.shown, TextRole.DISPLAY)
        self.shown.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        inside.addWidget(self.shown)
        self.print = Button(tr("Print it"), icon="print", key="Ctrl+P")
        self.print.fired.connect(self.ask_print)
        QShortcut(QKeySequence("Ctrl+P"), self, self.ask_print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card)
        column.addWidget(self.print, 0, Qt.AlignmentFlag.AlignLeft)

    def add_typed_back(self, form: Form, line: QLineEdit) -> None:
        """The field ``code`` of a form, in which the code is typed back."""
        set_spelled(line)  # looks as the code above it
        hint = tr("From the sheet, so that it is certain that it can be read.")
        form.add("code", tr("Type the code back"), line, lambda: self._problem(line.text()), hint, late=True)

    def show_code(self, code: RecoveryCode) -> None:
        self.code = code
        self.shown.setText(code.grouped)
        self.shown.setAccessibleName(tr("Recovery code: {code}").format(code=" ".join(code.letters)))

    def ask_print(self) -> None:
        if self.code is not None:
            self.print_wanted.emit()

    def _problem(self, typed: str) -> str:
        found = code_problem(typed)
        if not found and self.code is not None and read_code(typed) != self.code:
            return tr("This is another code than the one above. Compare them.")
        return found

    def wipe(self) -> None:
        self.code = None
        self.shown.clear()
        self.shown.setAccessibleName("")


class CodePage(FormPage):
    """``print_wanted`` carries whose code it is and the code; ``typed_back`` the person's id, the password
    that was just made, and the code, which counts from then on."""

    print_wanted = Signal(int, object)
    typed_back = Signal(int, str, object)

    def __init__(self, now: Now) -> None:
        text = tr(
            "With it you get in when the password is forgotten. It is shown this once: print it or write it "
            "down, and keep it where only you come to. It counts once you typed it back."
        )
        super().__init__(tr("Your recovery code"), text, tr("Go on"), now)
        self._begun: tuple[int, str] = (0, "")
        self.box = CodeBox()
        self.shown = self.box.shown
        self.box.print_wanted.connect(self._ask_print)
        self.body.insertWidget(0, self.box)
        self.typed = QLineEdit()
        self.box.add_typed_back(self.form, self.typed)

    def begin(self, staff_id: int, password: str, code: RecoveryCode) -> None:
        """For somebody whose password was just made."""
        self.wipe()
        self._begun = (staff_id, password)
        self.box.show_code(code)
        announce(self, self.shown.accessibleName())

    def is_of(self, code: RecoveryCode) -> bool:
        """Whether this code is still shown: nobody left the page meanwhile."""
        return self.box.code == code

    def _ask_print(self) -> None:
        self.print_wanted.emit(self._begun[0], self.box.code)

    def say_printed(self, text: str, tone: Tone) -> None:
        """What became of printing."""
        if self.box.code is not None:
            self.trouble.say(text, "", tone)
            announce(self, text)

    def done(self) -> None:
        if self.box.code is not None:
            self.typed_back.emit(*self._begun, self.box.code)

    def first(self) -> QWidget:
        return self.typed

    def wipe(self) -> None:
        self._begun = (0, "")
        self.box.wipe()
        self.typed.clear()
        super().wipe()
