"""The encryption of the clinic's file as a part of the window: its key leads to what opens the clinic."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clinic_desktop.security import clinic_keys as core
from clinic_desktop.security.clinic_keys import WaysIn
from clinic_desktop.ui.commands import Bound, Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.places import Frame

ENCRYPTION = Command(
    "window.encryption",
    QT_TR_NOOP("Encryption"),
    ("Ctrl+Shift+F10",),
    icon="lock",
    opens=True,
    also=QT_TR_NOOP("encrypt this clinic key passphrase recovery keyring password secure protect"),
)
PART = "encryption"


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the open clinic lies. file: None on a server and for the demo. key: of the encrypted file.
    can_encrypt: this computer's program can make such a file."""

    file: Path | None = None
    key: bytes | None = None
    can_encrypt: bool = False


class ClinicKeys(QObject):
    """Made with the window; ``start`` says where the clinic lies. ``changed``: another way may open it."""

    changed = Signal()

    def __init__(self, frame: Frame, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self.frame, self.desk, self.window = frame, desk, window
        self.kept = Kept()

    def bound(self) -> list[Bound]:
        return [Bound(ENCRYPTION, self.open_part)]

    def start(self, kept: Kept) -> None:
        self.kept = kept
        self.changed.emit()

    def open_part(self) -> None:
        """To its part of the set-up."""
        opened = getattr(self.frame.go("set-up"), "open_part", None)
        if callable(opened):
            opened(PART)

    @property
    def file(self) -> Path:
        """The encrypted or plain file; only where there is one."""
        if self.kept.file is None:
            raise RuntimeError("this clinic is in no file of this computer")
        return self.kept.file

    # What is done; each for a worker, and each asks for its right.

    def ways(self) -> WaysIn:
        return core.ways_in(self.desk.store, self.desk.actor, self.file)

    def change_passphrase(self, typed: str, new: str) -> Callable[[], None]:
        return partial(core.change_passphrase, self.desk.store, self.desk.actor, self.file, typed, new)

    def renew_recovery_key(self, proof: str, printed: str, back: str) -> Callable[[], None]:
        store, actor, key = self.desk.store, self.desk.actor, self.kept.key or b""
        return partial(core.renew_recovery_key, store, actor, self.file, key, proof, printed, back)

    def remember(self, typed: str) -> Callable[[], None]:
        return partial(core.remember_here, self.desk.store, self.desk.actor, self.file, typed)

    def forget(self, typed: str) -> Callable[[], None]:
        return partial(core.forget_here, self.desk.store, self.desk.actor, self.file, typed)

    def wish_to_encrypt(self) -> None:
        """The next start asks for the keys, where nobody has the clinic open."""
        work = partial(core.wish_to_encrypt, self.desk.store, self.desk.actor, self.file)
        run(self, work, self._wished, key="encrypt")

    def _wished(self, _nothing: None) -> None:
        said = tr("Close the program, also on other windows of this computer, and start it again.")
        self.frame.notice(tr("The next start asks for the keys, and encrypts the clinic"), said)
