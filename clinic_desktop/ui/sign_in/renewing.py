"""Whether whoever was let in still may be here, and what they may do: asked when others change accounts."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.security import accounts as core
from clinic_desktop.security.tries import NotLetIn, OtherPassword, OwnPasswordWanted
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import Operation, run
from clinic_desktop.ui.sign_in.own_secrets import OwnSecretsDialog

_AGAIN_MS = 5_000  # until it is asked again whether whoever is here still may be
_CLOSED = QT_TR_NOOP("This account was closed.")
_GIVEN_NOW = QT_TR_NOOP("A manager gave this account another password at another desk.")
_CHANGED = QT_TR_NOOP("The password of this account was changed. The new one opens this computer.")


def why_not(problem: NotLetIn) -> str:
    """Why somebody who was let in may be here no more."""
    if isinstance(problem, OtherPassword):
        return tr(_CHANGED)
    return tr(_GIVEN_NOW if isinstance(problem, OwnPasswordWanted) else _CLOSED)


class Renewing(QObject):
    """``needed``: whether somebody is let in. ``sent_away``: they may be here no more, and why."""

    sent_away = Signal(str)

    def __init__(self, parent: QObject, desk: Desk, needed: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._desk, self._needed = desk, needed
        self._again = False
        self._turn = 0  # an answer about whoever was here before is none
        self._held = False

    @Slot()
    def begin(self) -> None:
        """Somebody was let in, or chose another password here. Whoever changes theirs from now on may do so
        because somebody else knew it, and sits here."""
        self._turn += 1
        self._held = False
        if not self._desk.outage.by_door:  # the copy that is open then has no accounts
            self.renew()

    def change_here(self, dialog: OwnSecretsDialog) -> None:
        """They may change it themselves: only while that is on its way nobody can tell by whom it was."""
        dialog.changing.connect(self._hold)
        dialog.finished.connect(self._left)

    def _hold(self, change: Operation[Actor]) -> None:
        """Also where they leave before the answer: by then the change may be theirs already."""
        self._turn += 1
        self._held = True
        change.finished.connect(self.begin)

    @Slot()
    def _left(self) -> None:
        if not self._held:
            self.begin()

    def renew(self) -> None:
        """Look, behind the work. What is asked for while that goes on is looked at afterwards."""
        if self._needed() and not self._held:
            work = partial(core.renewed, self._desk.store, self._desk.actor)
            seen, gone = partial(self._renewed, self._turn), partial(self._not_renewed, self._turn)
            one = run(self, work, seen, gone, key="renew-actor", quiet=True)
            self._again = one is None  # what is looked at now may be of before this change

    def _renewed(self, turn: int, actor: Actor) -> None:
        """The same person; with other roles, if those were changed meanwhile."""
        if turn == self._turn:
            self._desk.act_as(actor)
        if self._again:
            self.renew()

    def _not_renewed(self, turn: int, problem: ClinicProblem) -> None:
        if isinstance(problem, NotLetIn):
            if turn == self._turn:
                self.sent_away.emit(why_not(problem))
        elif not self._desk.outage.by_door:  # after the time without the server it is looked at anyway
            QTimer.singleShot(_AGAIN_MS, self, self.renew)
        if self._again:
            self.renew()
