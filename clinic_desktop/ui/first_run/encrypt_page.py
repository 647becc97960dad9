"""The page that moves a clinic over to an encrypted file, before it is opened: nobody may have it open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from clinic_desktop.foundation.document import RenderPdf
from clinic_desktop.scheduling.set_up_new import Answers
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.first_run.keys_step import KeysStep
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Line, Panel
from clinic_desktop.ui.widgets.scrolled import Inside, Scrolled, show_in_scrolled

_WIDTH = 860


class EncryptPage(Panel):
    """``wanted`` when the keys stand; ``left`` when it is to stay as it is for now."""

    wanted = Signal()
    left = Signal()

    def __init__(self, render_pdf: RenderPdf | None) -> None:
        super().__init__("surface")
        self.keys = KeysStep(render_pdf, tr("Encrypt this clinic"))
        self.keys.setMaximumWidth(theme().px(_WIDTH))
        self.keys.submitted.connect(self.go_on)
        self.problem = NoticeBox("", "", Tone.DANGER)
        self.problem.hide()
        self.later_button = Button(tr("Not now"), key="Escape", size="large")
        self.later_button.fired.connect(self.left)
        self.encrypt_button = Button(tr("Encrypt"), Kind.PRIMARY, key="Ctrl+Return", size="large")
        self.encrypt_button.fired.connect(self.go_on)
        inside = Inside()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(40, 36, 40, 16)
        inner.addWidget(self.keys)
        inner.addWidget(
            NoticeBox(
                tr("Backups from before stay readable for everybody"),
                tr("Delete them when the new ones are there. The file in clear is overwritten and deleted."),
            )
        )
        inner.addWidget(self.problem)
        inner.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(40, 10, 40, 12)
        foot.addWidget(self.later_button)
        foot.addStretch(1)
        foot.addWidget(self.encrypt_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Scrolled(inside), 1)
        column.addWidget(Line())
        column.addLayout(foot)
        self.setFocusProxy(self.keys.first())

    def go_on(self) -> None:
        found = self.keys.problems(Answers())
        self.keys.show_problems(found)
        if not found:
            self.wanted.emit()

    def show_problem(self, words: str) -> None:
        self.problem.set_notice(tr("The clinic was not encrypted"), words, Tone.DANGER)
        self.problem.show()
        show_in_scrolled(self.problem)
        announce(self, words, urgent=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        else:
            super().keyPressEvent(event)
