"""The part "Encryption" of the set-up: what opens the clinic, and changing it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.security.clinic_keys import WaysIn
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.encryption.dialogs import KeyDialog, PassphraseDialog, RecoveryDialog, RememberDialog
from clinic_desktop.ui.encryption.keys import ClinicKeys
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.kept_focus import kept_among
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.set_up.fields import FlowLayout
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.who_may import who_may
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Panel
from clinic_desktop.ui.widgets.scrolled import Inside, Scrolled
from clinic_desktop.ui.wording import problem_worded

_HERE = "set-up"  # the place that has the part
CHANGE = Command("set-up.passphrase", QT_TR_NOOP("Change the passphrase"), ("Alt+P",), _HERE, icon="edit")
RENEW = Command("set-up.recovery-key", QT_TR_NOOP("New recovery key"), ("Alt+R",), _HERE, icon="print")
FORGET = Command("set-up.forget-key", QT_TR_NOOP("Forget on this computer"), ("Alt+F",), _HERE, icon="close")
REMEMBER = Command(
    "set-up.remember-key", QT_TR_NOOP("Remember on this computer"), ("Alt+M",), _HERE, icon="lock"
)
ENCRYPT = Command("set-up.encrypt", QT_TR_NOOP("Encrypt this clinic"), ("Alt+E",), _HERE, icon="lock")
_CANNOT = QT_TR_NOOP(
    "Clinic Desktop on this computer cannot encrypt it: a part of the program is missing. Until it is "
    "installed anew, let the disk of this computer be encrypted by its own system."
)
_DEMO = QT_TR_NOOP(
    "Nothing in it is real. For a clinic of your own it stands here what opens its data (this computer, a "
    "passphrase, a recovery key), and each can be changed here."
)
_SERVER = QT_TR_NOOP(
    "What lies there is encrypted by the server's disk: ask whoever looks after the server whether it is. "
    "Keys stand here once the clinic is in a file of this PC again (Set-up, Several PCs)."
)
COMMANDS = (CHANGE, RENEW, FORGET, REMEMBER, ENCRYPT)


def _button(command: Command, way: Callable[[], object]) -> Button:
    button = Button(tr(command.text), icon=command.icon, key=command.keys[0], size="small")
    button.fired.connect(way)
    return button


class _Way(QWidget):
    """One way in: its name, and how it stands."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._icon = IconLabel("check", "ok", 15)
        self._text = label("", TextRole.BODY, "second", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(name, TextRole.STRONG))
        words.addWidget(self._text)
        row.addLayout(words, 1)

    def say(self, text: str, *, there: bool) -> None:
        self._icon.set_icon("check" if there else "close", "ok" if there else "ink2")
        self._text.setText(text)
        self.setAccessibleName(f"{self._name}. {text}")

    @property
    def said(self) -> str:
        return self._text.text()


class EncryptionView(QWidget):
    """What it offers follows what opens the clinic now; ``dialog`` is the last that was opened."""

    def __init__(self, keys: ClinicKeys) -> None:
        super().__init__()
        self._keys = keys
        self._known: WaysIn | None = None
        self.dialog: KeyDialog | None = None
        self.title = label("", TextRole.TITLE, wrap=True)
        self.lead = label("", TextRole.BODY, "second", wrap=True)
        self.trouble = NoticeBox("", "", Tone.DANGER)
        self.trouble.hide()
        self.computer, self.passphrase = _Way(tr("This computer")), _Way(tr("Passphrase"))
        self.recovery, self.key_file = _Way(tr("Recovery key")), _Way(tr("Key file"))
        self.ways = (self.computer, self.passphrase, self.recovery, self.key_file)
        self.change = _button(CHANGE, self._change)
        self.renew = _button(RENEW, self._renew)
        self.forget = _button(FORGET, self._forget)
        self.remember = _button(REMEMBER, self._remember)
        self.encrypt = _button(ENCRYPT, keys.wish_to_encrypt)
        self._by_command = {
            CHANGE: self.change,
            RENEW: self.renew,
            FORGET: self.forget,
            REMEMBER: self.remember,
            ENCRYPT: self.encrypt,
        }
        self._buttons = tuple(self._by_command.values())
        self._lay_out()
        self._reader: LatestReader[WaysIn] = LatestReader(self, self._arrived, self._could_not)
        keys.changed.connect(self.read)
        keys.desk.actor_changed.connect(self.read)
        self._show()

    def offers(self, command: Command) -> bool:
        """Whether it can be done here now."""
        button = self._by_command[command]
        return not button.isHidden() and not button.missing

    def do(self, command: Command) -> None:
        """As by its button."""
        if self.offers(command):
            self._by_command[command].click()

    def _lay_out(self) -> None:
        inside = Inside()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 18, 20, 16)
        column.setSpacing(10)
        for widget in (self.title, self.lead, self.trouble, *self.ways):
            column.addWidget(widget)
        row = FlowLayout(gap=8, below=8)
        for button in self._buttons:
            row.addWidget(button)
        column.addLayout(row)
        column.addStretch(1)
        full = Panel("surface")
        self._scrolled = Scrolled(inside)
        QVBoxLayout(full).addWidget(self._scrolled)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(full)

    def take_focus(self) -> None:
        """To the first of what can be done."""
        first = next((one for one in self._buttons if not one.isHidden()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def read(self) -> None:
        """What opens it is looked at anew."""
        if self._keys.kept.key is None or not may(self._keys.desk.actor, Right.SET_UP):
            self._reader.cancel()  # what was asked for by somebody who may is not for whoever comes next
            self._known = None
            self._show()
        else:
            self._reader.read(self._keys.ways)

    def _arrived(self, ways: WaysIn) -> None:
        self._known = ways
        self.trouble.hide()
        self._show()
        self._scrolled.show_focus()  # what opens it took room above the button that has the focus

    def _could_not(self, problem: ClinicProblem) -> None:
        self._known = None
        self.trouble.set_notice(tr("Nobody can tell what opens it"), problem_worded(problem), Tone.DANGER)
        self.trouble.show()
        self._show()

    def _show(self) -> None:
        with kept_among(self._buttons):
            self._show_all()

    def _show_all(self) -> None:
        kept, ways = self._keys.kept, self._known
        sealed, plain = kept.key is not None, kept.file is not None and kept.key is None
        self._say_lead(sealed=sealed, plain=plain)
        for way in self.ways:
            way.setVisible(ways is not None)
        if ways is not None:
            self._say_ways(ways)
        self.change.setVisible(sealed)
        self.renew.setVisible(sealed)
        self.forget.setVisible(ways is not None and (ways.keyring or ways.elsewhere))
        self.remember.setVisible(ways is not None and ways.can_remember and not ways.keyring)
        self.encrypt.setVisible(plain and kept.can_encrypt)
        missing = []
        if not may(self._keys.desk.actor, Right.SET_UP):
            missing = [tr("A {who} changes this.").format(who=who_may(Right.SET_UP))]
        elif sealed and ways is None:
            missing = [tr("One moment.")]
        for button in self._buttons:
            button.set_missing([] if button is self.encrypt and not missing else missing)
        if ways is not None:
            no = ways.passphrase
            self.change.setText(tr("Change the passphrase") if no else tr("Choose a passphrase"))
        self.updateGeometry()

    def _say_lead(self, *, sealed: bool, plain: bool) -> None:
        if sealed:
            self.title.setText(tr("This clinic is encrypted"))
            text = tr("Each of these opens its data. Where none is left nobody can, and neither can we.")
            if not may(self._keys.desk.actor, Right.SET_UP):
                text = tr("A {who} sees and changes what opens its data.").format(who=who_may(Right.SET_UP))
        elif plain:
            self.title.setText(tr("This clinic is not encrypted"))
            text = tr("Whoever has this computer, its disk or a backup can read the clinic's data.")
            if not self._keys.kept.can_encrypt:
                text = f"{text} {tr(_CANNOT)}"
        elif self._keys.desk.setup.clinic.demo:
            self.title.setText(tr("The demo clinic is not encrypted"))
            text = tr(_DEMO)
        else:
            self.title.setText(tr("The clinic is on a server"))
            text = tr(_SERVER)
        self.lead.setText(text)

    def _say_ways(self, ways: WaysIn) -> None:
        if ways.keyring:
            computer = tr("Its keyring opens the clinic for whoever is logged in here.")
        elif ways.elsewhere:
            computer = tr("Another computer or login opens it by itself. This one asks.")
        elif ways.can_remember:
            computer = tr("It asks at each start. It could remember the key in its keyring.")
        else:
            computer = tr("It asks at each start: it has no keyring that could remember the key.")
        self.computer.say(computer, there=ways.keyring)
        there = tr("Opens the clinic on any computer.")
        none = tr("There is none. Without it the recovery key is what opens the clinic elsewhere.")
        self.passphrase.say(there if ways.passphrase else none, there=ways.passphrase)
        none = tr("There is none. Print one, and keep it away from this computer.")
        self.recovery.say(
            tr("On paper, for when nothing else is left.") if ways.recovery else none, there=ways.recovery
        )
        none = tr("There is none. Scripts and backups by the command line can use one.")
        self.key_file.say(tr("For scripts, readable for its owner alone.") if ways.key_file else none,
                          there=ways.key_file)  # fmt: skip

    def _change(self) -> None:
        if self._known is not None:
            self._ask(PassphraseDialog(self._keys, self._known))

    def _renew(self) -> None:
        if self._known is not None:
            self._ask(RecoveryDialog(self._keys, self._known))

    def _forget(self) -> None:
        if self._known is not None:
            self._ask(RememberDialog(self._keys, self._known, forget=True))

    def _remember(self) -> None:
        if self._known is not None:
            self._ask(RememberDialog(self._keys, self._known, forget=False))

    def _ask(self, dialog: KeyDialog) -> None:
        self.dialog = dialog
        dialog.open()
