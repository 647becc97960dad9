"""The page that moves a clinic from its server back to a file of this PC: where to, and with which keys."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.foundation.document import RenderPdf
from clinic_desktop.foundation.server_place import Owner
from clinic_desktop.scheduling.set_up_new import Answers
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.first_run.keys_step import KeysStep, WishedKeys
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.several_pcs.owner_dialog import OWNER, owner_fields
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Line, Panel
from clinic_desktop.ui.widgets.scrolled import Inside, Scrolled

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDTH = 860


@dataclass(frozen=True, slots=True)
class BackWish:
    """keys: of an encrypted file; None for a plain one."""

    file: Path
    owner: Owner
    keys: WishedKeys | None


class BackPage(Panel):
    """``wanted`` carries a :class:`BackWish`; ``left`` when the clinic stays where it is."""

    wanted = Signal(object)
    left = Signal()

    def __init__(self, server: str, file: str, render_pdf: RenderPdf | None, *, can_seal: bool) -> None:
        super().__init__("surface")
        self.file, self.owner, self.password = QLineEdit(file), QLineEdit(OWNER), QLineEdit()
        self.form = Form()
        self.form.add("file", tr("File on this PC"), self.file, self._no_file)
        owner_fields(self.form, self.owner, self.password)
        self.keys = KeysStep(render_pdf, tr("Keys of the file")) if can_seal else None
        self.form.submits_at_end = self.keys is None
        self.form.submitted.connect(self.go_on)
        self.problem = NoticeBox("", "", Tone.DANGER)
        self.problem.hide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(40, 28, 40, 16)
        column.setSpacing(12)
        column.addWidget(label(tr("Move the clinic back to a file"), TextRole.PAGE, wrap=True))
        lead = tr(
            "From {server} to this PC: every row is copied, read back and compared. The clinic there becomes "
            "the old copy, which lets nobody in: from then on this PC alone works with the clinic."
        )
        column.addWidget(label(lead.format(server=server), TextRole.BODY, "second", wrap=True))
        column.addWidget(self.form)
        if self.keys is not None:
            self.keys.submitted.connect(self.go_on)
            column.addWidget(self.keys)
        else:
            plain = tr("Not encrypted: this computer's Clinic Desktop cannot encrypt a clinic's file.")
            column.addWidget(NoticeBox(plain, "", Tone.WARN))
        column.addWidget(self.problem)
        column.addStretch(1)
        inside.setMaximumWidth(theme().px(_WIDTH))
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch(1)
        middle.addWidget(inside, 100)
        middle.addStretch(1)
        holder = Inside()
        holder.setLayout(middle)
        self._foot(holder)

    def _foot(self, holder: QWidget) -> None:
        self.stay = Button(tr("Leave it where it is"), key="Escape", size="large")
        self.stay.fired.connect(self.left)
        self.next = Button(tr("Move it here"), Kind.PRIMARY, key="Ctrl+Return", size="large")
        self.next.fired.connect(self.go_on)
        foot = QHBoxLayout()
        foot.setContentsMargins(40, 10, 40, 12)
        foot.addWidget(self.stay)
        foot.addStretch(1)
        foot.addWidget(self.next)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._scroll = Scrolled(holder)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(Line())
        whole.addLayout(foot)
        self.setFocusProxy(self.file)

    def _no_file(self) -> str:
        return "" if self.file.text().strip() else tr("Name a file.")

    def go_on(self) -> None:
        """Move, where nothing is missing."""
        found, of_keys = self.form.problems(), {}
        if self.keys is not None:
            of_keys = self.keys.problems(Answers())
            self.keys.show_problems(of_keys)
        self.form.show_problems(found)
        if not found and not of_keys:
            owner = Owner(self.owner.text().strip(), self.password.text())
            keys = self.keys.wished if self.keys is not None else None
            self.wanted.emit(BackWish(Path(self.file.text().strip()), owner, keys))

    def show_problem(self, words: str) -> None:
        """It did not work: why; what was typed stands."""
        self.problem.set_notice(tr("The clinic was not moved"), words, Tone.DANGER)
        self.problem.show()
        # Once it has its place: below the keys nobody would see it.
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self.problem))
        announce(self, words, urgent=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif control and event.key() in _ENTER:
            self.go_on()
        else:
            super().keyPressEvent(event)
