"""Whether whoever was let in still may be here, and what they may do: asked when others change accounts."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.security import accounts as core
from clinic_desktop.security.tries import NotLetIn, OwnPasswordWanted
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import run

_AGAIN_MS = 5_000  # until it is asked again whether whoever is here still may be
_CLOSED = QT_TR_NOOP("This account was closed at another desk.")
_GIVEN_NOW = QT_TR_NOOP("A manager gave this account another password at another desk.")
_CHANGED = QT_TR_NOOP("The password of this account was changed. The new one opens this computer.")


class Renewing(QObject):
    """``needed``: whether somebody is let in. ``sent_away``: they may be here no more, and why."""

    sent_away = Signal(str)

    def __init__(self, parent: QObject, desk: Desk, needed: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._desk, self._needed = desk, needed
        self._again = False
        self._turn = 0
        self._watched = False  # not while they may be changing it here
        self._password: str | None = None  # with which they are here, once that was looked at

    @Slot()
    def begin(self) -> None:
        """Whoever is let in is here by the password that they have now."""
        self._turn += 1
        self._watched, self._password = True, None
        if not self._desk.outage.by_door:  # the copy that is open then has no accounts
            self.renew()

    def change_here(self, dialog: QDialog) -> None:
        """Until ``dialog`` closes they may change it themselves."""
        self._watched = False
        dialog.finished.connect(self.begin)

    def renew(self) -> None:
        """Look, behind the work. What is asked for while that goes on is looked at afterwards."""
        if self._needed():
            work = partial(core.renewed, self._desk.store, self._desk.actor)
            seen = partial(self._renewed, self._turn)
            one = run(self, work, seen, self._not_renewed, key="renew-actor", quiet=True)
            self._again = one is None  # what is looked at now may be of before this change

    def _renewed(self, turn: int, standing: core.Standing) -> None:
        """The same person; with other roles, if those were changed meanwhile."""
        actor = standing.actor
        if actor.person_id == self._desk.actor.person_id:
            if actor != self._desk.actor:
                self._desk.act_as(actor)
            self._look_at(turn, standing.password)
        if self._again:
            self.renew()

    def _look_at(self, turn: int, password: str) -> None:
        """Whoever changes a password may do so because somebody else knew it, and sits here."""
        if turn != self._turn or not self._watched:
            return
        before, self._password = self._password, password
        if before is not None and before != password:
            self.sent_away.emit(tr(_CHANGED))

    def _not_renewed(self, problem: ClinicProblem) -> None:
        if isinstance(problem, NotLetIn):
            self.sent_away.emit(tr(_GIVEN_NOW if isinstance(problem, OwnPasswordWanted) else _CLOSED))
        elif not self._desk.outage.by_door:  # after the time without the server it is looked at anyway
            QTimer.singleShot(_AGAIN_MS, self, self.renew)
        if self._again:
            self.renew()
