"""What the staff list says of each person's account."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.people.model import Staff
from clinic_desktop.security import accounts as core
from clinic_desktop.security.ports import AccountStore
from clinic_desktop.security.tries import Known
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader

_Read = tuple[dict[int, Known], frozenset[int]]
_KINDS = frozenset({"account", "staff", "clinic"})


class AccountNotes(QObject):
    """``changed``: the accounts were read anew."""

    changed = Signal()

    def __init__(self, parent: QObject, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: dict[int, Known] = {}
        self._closed: frozenset[int] = frozenset()
        self._reader: LatestReader[_Read] = LatestReader(self, self._arrived, self._could_not)
        desk.hub.changed.connect(self._heard)
        self._look()

    def note(self, person: Staff) -> str:
        """Of somebody who works here; empty in a clinic without accounts, and while nothing is known."""
        if not self._known or not person.active:
            return ""
        if person.id in self._closed:
            return tr("Account closed, for emergencies too")
        mine = self._known.get(person.id)
        if mine is None:
            in_emergency = self._desk.setup.clinic.policies.emergency_minutes
            return tr("No account: emergency only") if in_emergency else tr("No account")
        if mine.given:
            return tr("Account waits for its own password")
        return tr("Account with second factor") if mine.has_factor else tr("Has an account")

    def _look(self) -> None:
        self._reader.read(partial(_read, self._desk.store))

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & _KINDS:
            self._look()

    def _arrived(self, found: _Read) -> None:
        self._known, self._closed = found
        self.changed.emit()

    def _could_not(self, _problem: ClinicProblem) -> None:
        self._known = {}  # nothing is said that may not hold
        self.changed.emit()


def _read(store: AccountStore) -> _Read:
    return {one.person.id: one for one in core.accounts(store)}, core.closed_accounts(store)
