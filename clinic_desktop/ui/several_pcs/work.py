"""How the clinic is kept, and what changes it, as a part of the window: to a server, back to a file, and the
name that this PC signs in with.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.server_place import KeptHow, Named, NameWish
from clinic_desktop.security.rights import Right
from clinic_desktop.ui.banner import Banner, BannerAction
from clinic_desktop.ui.commands import Bound, Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import Dialog, QuestionDialog
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader, run
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.several_pcs.name_dialog import NameDialog, ShownPassword
from clinic_desktop.ui.who_may import may_or_is_told

SEVERAL = Command(
    "window.several-pcs",
    QT_TR_NOOP("Several PCs"),
    ("Shift+F3",),
    icon="week",
    opens=True,
    also=QT_TR_NOOP("server postgresql database network move file owner"),
)
NAME = Command(
    "window.desk-name",
    QT_TR_NOOP("A name for this PC on the server"),
    ("Shift+F5",),
    icon="person",
    opens=True,
    also=QT_TR_NOOP("owner sign in server postgresql desk role"),
)
PART = "several-pcs"
_BANNER = "owner-at-work"


@dataclass(frozen=True, slots=True)
class SeveralPorts:
    """What is done for the window, each off the GUI thread."""

    how: Callable[[], KeptHow]
    take_name: Callable[[NameWish], Named]


class SeveralPcs(QObject):
    """Made with the window. ``told`` when ``how`` is known anew; ``server_wanted`` and ``back_wanted`` once
    somebody was asked, ``reopen_wanted`` with the address to open the clinic at again."""

    told = Signal()
    server_wanted = Signal()
    back_wanted = Signal()
    reopen_wanted = Signal(str)

    def __init__(self, frame: Frame, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._frame, self._desk, self._window = frame, desk, window
        self._ports: SeveralPorts | None = None
        self.how: KeptHow | None = None
        self.trouble: ClinicProblem | None = None
        self.dialog: Dialog | None = None  # the last one that was asked
        self._reader: LatestReader[KeptHow] = LatestReader(self, self._looked, self._could_not)

    def bound(self) -> list[Bound]:
        return [Bound(SEVERAL, self.open_part), Bound(NAME, self.ask_name)]

    def start(self, ports: SeveralPorts, *, too_much: bool) -> None:
        """Of the clinic that is open; ``too_much`` where this PC works as the owner of its database."""
        self._ports = ports
        self.look()
        if too_much:
            self._frame.show_banner(self._banner())

    @property
    def demo(self) -> bool:
        return self._desk.setup.clinic.demo

    def look(self) -> None:
        if self._ports is not None:
            self._reader.read(self._ports.how)

    def open_part(self) -> None:
        """To its part of the set-up."""
        opened = getattr(self._frame.go("set-up"), "open_part", None)
        if callable(opened):
            opened(PART)

    def ask_server(self) -> None:
        """Move the clinic to a server: the window closes, and the assistant opens."""
        if self._may_move():
            self.dialog = QuestionDialog.ask(
                self._window,
                tr("Move this clinic to a server?"),
                tr(
                    "The window closes and the assistant opens; save what you typed first. It looks at the "
                    "server, and nothing is moved before you say so there."
                ),
                tr("Open the assistant"),
                self.server_wanted.emit,
            )

    def ask_back(self) -> None:
        """Move the clinic back to a file: the window closes, and a page asks where to."""
        if self._may_move():
            self.dialog = QuestionDialog.ask(
                self._window,
                tr("Move the clinic back to a file?"),
                tr(
                    "Only this PC works with a file: the other desks must be closed, and stay so. The window "
                    "closes; save what you typed first. Nothing is moved before you say so on the next page."
                ),
                tr("Go on"),
                self.back_wanted.emit,
            )

    def ask_name(self) -> None:
        """Another name for this PC to sign in with."""
        how = self.how
        if how is None or how.place is None:
            self._frame.say(tr("The clinic is in a file of this PC: nobody signs in to a server."))
        elif self._may_move():
            owner = how.place.user if how.owner else ""
            self.dialog = NameDialog(self._window, settings.desk_name(), owner, self.take_name)
            self.dialog.open()

    def take_name(self, wish: NameWish) -> None:
        """Make it, or try it; then the clinic opens anew with it."""
        if self._ports is not None:
            ports = self._ports
            self._frame.say(tr("The server is being asked."))
            run(self, lambda: ports.take_name(wish), self._named, key="desk-name")

    def _named(self, named: Named) -> None:
        reopen = partial(self.reopen_wanted.emit, named.address)
        if not named.shown:
            reopen()
            return
        self.dialog = ShownPassword(self._window, named.shown, reopen)
        self.dialog.open()

    def _may_move(self) -> bool:
        if self.demo:
            self._frame.say(tr("The demo clinic stays in its own file."))
            return False
        return may_or_is_told(self._desk.actor, Right.SET_UP)

    def _looked(self, how: KeptHow) -> None:
        self.how, self.trouble = how, None
        self.told.emit()

    def _could_not(self, problem: ClinicProblem) -> None:
        self.trouble = problem
        self.told.emit()

    def _banner(self) -> Banner:
        said = tr(
            "Whoever works like that could change the audit trail. Give this PC a name for the desks; the "
            "window closes and opens again."
        )
        actions = (BannerAction(tr("Use a name for the desks"), self.ask_name, NAME.key),)
        return Banner(_BANNER, tr("This PC works as the owner of the database"), said, actions=actions)
