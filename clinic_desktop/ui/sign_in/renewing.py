"""Whether whoever was let in still may be here, and what they may do: asked when others change accounts."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.security import accounts as core
from clinic_desktop.security.tries import NotLetIn
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.operations import run

_AGAIN_MS = 5_000  # until it is asked again whether whoever is here still may be


class Renewing(QObject):
    """``needed``: whether somebody is let in. ``sent_away``: they may be here no more, and why."""

    sent_away = Signal(NotLetIn)

    def __init__(self, parent: QObject, desk: Desk, needed: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._desk, self._needed = desk, needed
        self._again = False

    def renew(self) -> None:
        """Look, behind the work. What is asked for while that goes on is looked at afterwards."""
        if self._needed():
            work = partial(core.renewed, self._desk.store, self._desk.actor)
            one = run(self, work, self._renewed, self._not_renewed, key="renew-actor", quiet=True)
            self._again = one is None  # what is looked at now may be of before this change

    def _renewed(self, actor: Actor) -> None:
        """The same person; with other roles, if those were changed meanwhile."""
        if actor.person_id == self._desk.actor.person_id and actor != self._desk.actor:
            self._desk.act_as(actor)
        if self._again:
            self.renew()

    def _not_renewed(self, problem: ClinicProblem) -> None:
        if isinstance(problem, NotLetIn):
            self.sent_away.emit(problem)
        elif not self._desk.outage.by_door:  # after the time without the server it is looked at anyway
            QTimer.singleShot(_AGAIN_MS, self, self.renew)
        if self._again:
            self.renew()
