"""Who works here and who can sign in, as it was read last."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Staff
from clinic_desktop.security import accounts as core
from clinic_desktop.security.ports import AccountStore
from clinic_desktop.security.tries import Known
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.operations import run


class KnownPeople(QObject):
    """``changed``: who can sign in was read anew, and it is not what was known."""

    changed = Signal()

    def __init__(self, parent: QObject, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.known: list[Known] = []
        self._closed: frozenset[int] = frozenset()

    def staff(self) -> list[Staff]:
        """Who works here, by name."""
        return sorted((one for one in self._desk.setup.staff if one.active), key=_by_name)

    def in_an_emergency(self) -> list[Staff]:
        """Who may take emergency access: not those whose account a manager closed."""
        return [one for one in self.staff() if one.id not in self._closed]

    def managers(self) -> list[Staff]:
        return [one for one in self.staff() if Role.MANAGER in one.roles]

    def read(self) -> None:
        """Anew, behind the work."""
        if self._desk.outage.on_a_copy:
            return  # it has no accounts: who comes in without the server was said at the start
        run(self, partial(_read, self._desk.store), self._know, _nothing, key="accounts", quiet=True)

    def _know(self, answer: tuple[list[Known], frozenset[int]]) -> None:
        """Read anew: at another desk somebody may have got an account, or a password."""
        known, self._closed = answer
        before, self.known = self.known, known
        if known and known != before:
            self.changed.emit()


def _read(store: AccountStore) -> tuple[list[Known], frozenset[int]]:
    return core.accounts(store), core.closed_accounts(store)


def _by_name(one: Staff) -> str:
    return one.name.casefold()


def _nothing(_answer: object) -> None:
    """Whatever comes of it is seen elsewhere."""
