"""The paper for a day without the program goes to a printer or into a file: on record before it goes."""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import EnvironmentFailure, ServerAway
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security.audit import may_carry_out
from clinic_desktop.security.away import KeptDeed
from clinic_desktop.security.paper_place import KIND, paper_of
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.printers import printer_here
from clinic_desktop.ui.recorded_print import Leaving, Send, Sent

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PaperLeaving:
    """A day's pages, wanted by ``actor``. kept: this computer had kept them, and the clinic's data does not
    answer.

    While the server is away that they go is kept on this computer, and goes into the trail on its return.
    """

    desk: Desk
    actor: Actor
    at: datetime
    day: date
    kept: bool = False

    def send(self, send: Send, to_printer: bool) -> Sent:
        """For a worker; raises where it cannot be put on record, and then nothing went out. Only what was
        kept is printed all the same, for it is needed most where nothing can be written; that is said."""
        printer = printer_here() if to_printer else ""
        try:
            changes = self._put(printer)
        except EnvironmentFailure as problem:
            if not (self.kept and printer):
                raise
            _log.warning("the paper is printed and not on record: %s", type(problem).__name__)
            return Sent(Changes(), send(bool), unrecorded=problem)
        return Sent(changes, send(bool))

    def _put(self, printer: str) -> Changes:
        desk, at, actor = self.desk, self.at, self.actor
        may_carry_out(actor)
        keep = desk.outage.keep_leaving
        if keep is None or desk.outage.away_since is None:
            try:
                return Leaving(desk.store, actor, KIND, about=paper_of(self.day, at)).put(printer)
            except ServerAway:
                if keep is None:
                    raise
        keep(KeptDeed(Deed.PRINTED if printer else Deed.EXPORTED, actor, 0, at, printer, self.day))
        return Changes()


def paper_leaving(desk: Desk, day: date, *, kept: bool = False) -> PaperLeaving:
    """By whoever acts now: for the GUI thread, when a key is pressed."""
    return PaperLeaving(desk, desk.actor, desk.now(), day, kept)
