"""The page before an encrypted clinic that this computer has no key for: a passphrase or the recovery key."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout

from clinic_desktop.security.key_places import has_keyring
from clinic_desktop.ui import operations
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.first_run.keys_step import secret_line
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Panel

_WIDTH = 480


class UnlockPage(Panel):
    """``typed(str, bool)``: what was typed, and whether this computer is to remember; ``left``: not now.

    While it is tried call ``show_trying``; when it did not open, ``show_problem``.
    """

    typed = Signal(str, bool)
    left = Signal()

    def __init__(self) -> None:
        super().__init__("canvas")
        self.name = label("", TextRole.BODY, "second", wrap=True)
        self.form = Form()
        words = tr("Passphrase or recovery key")
        self.line = secret_line(words)
        self.form.add("key", words, self.line)
        self.form.submitted.connect(self._submit)
        self.show_typed = QCheckBox(tr("Show what is typed"))
        self.show_typed.toggled.connect(self._echo)
        self.remember = QCheckBox(tr("Remember on this computer"))
        self.open_button = Button(tr("Open the clinic"), Kind.PRIMARY, key="Ctrl+Return", size="large")
        self.open_button.fired.connect(self._submit)
        self.back_button = Button(tr("Back"), key="Escape", size="large")
        self.back_button.fired.connect(self.left)
        self.left.connect(self._forget)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel("lock", "accent", 26))
        head.addWidget(label(tr("This clinic is encrypted"), TextRole.PAGE, wrap=True), 1)
        foot = QHBoxLayout()
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.open_button)
        middle = Panel("canvas")
        middle.setMaximumWidth(theme().px(_WIDTH))
        inner = QVBoxLayout(middle)
        inner.setSpacing(12)
        inner.addLayout(head)
        inner.addWidget(self.name)
        for one in (self.form, self.show_typed, self.remember):
            inner.addWidget(one)
        inner.addLayout(foot)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)
        self.setFocusProxy(self.line)
        self.set_keyring(False)
        operations.run(self, has_keyring, self.set_keyring)

    def set_keyring(self, there: bool) -> None:
        """Whether this computer can keep the key: else nothing is offered that it would not do."""
        self.remember.setVisible(there)
        if not there:
            self.remember.setChecked(False)

    def ask(self, name: str, *, only_look: bool = False) -> None:
        """For the clinic in the file of that name. only_look: nothing is going to be changed in it."""
        self._forget()
        self.form.show_problems({})
        self.open_button.set_missing([])
        said = (
            tr("To look at {name} only: by the passphrase that it was made with, or the printed key.")
            if only_look
            else tr("Open {name} with the passphrase that was chosen, or with the printed key.")
        )
        self.name.setText(said.format(name=name))
        self.line.setFocus()

    def _forget(self) -> None:
        """Nothing that was typed waits for whoever comes to the page next, nor is theirs shown."""
        self.line.clear()
        self.show_typed.setChecked(False)

    def show_trying(self) -> None:
        self.open_button.set_missing([tr("The key is being tried.")])

    def show_problem(self, words: str) -> None:
        """It did not open: what was typed stays, to be mended."""
        self.open_button.set_missing([])
        self.form.show_problems({"key": words})
        announce(self, words, urgent=True)

    def _echo(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)

    def _submit(self) -> None:
        if self.line.text().strip():
            self.typed.emit(self.line.text(), self.remember.isChecked())
        else:
            self.form.show_problems({"key": tr("Type the passphrase or the recovery key.")})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
