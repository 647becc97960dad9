"""Who works here and who can sign in, as it was read last."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.people.model import Staff
from clinic_desktop.security import accounts as core
from clinic_desktop.security.ports import AccountStore
from clinic_desktop.security.tries import Known
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.operations import AGAIN_MS, run


class KnownPeople(QObject):
    """``changed``: who can sign in was read anew, and it is not what was known, or was not ``sure`` any more:
    it could not be read, or was read before a server went away."""

    changed = Signal()

    def __init__(self, parent: QObject, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.known: list[Known] = []
        self.sure = True
        self._again = False
        self._closed: frozenset[int] = frozenset()
        desk.outage.changed.connect(self._server_went)

    def staff(self) -> list[Staff]:
        """Who works here, by name."""
        return sorted((one for one in self._desk.setup.staff if one.active), key=_by_name)

    def in_an_emergency(self) -> list[Staff]:
        """Who may take emergency access: not those whose account a manager closed."""
        return [one for one in self.staff() if one.id not in self._closed]

    def managers(self) -> list[Staff]:
        return [one for one in self.staff() if Role.MANAGER in one.roles]

    def with_code(self) -> frozenset[int]:
        """Who has a recovery code; everybody who may have one by now, where that is not known."""
        return frozenset(one.person.id for one in self.known if one.has_code or not self.sure)

    def read(self) -> None:
        """Anew, behind the work. What is asked for while that goes on is read afterwards."""
        if self._desk.outage.on_a_copy:
            return  # it has no accounts: who comes in without the server was said at the start
        work = partial(_read, self._desk.store)
        self._again = run(self, work, self._know, self._not_read, key="accounts", quiet=True) is None

    def _know(self, answer: tuple[list[Known], frozenset[int]]) -> None:
        """Read anew: at another desk somebody may have got an account, or a password."""
        known, self._closed = answer
        before, self.known = (self.known, self.sure), known
        self.sure = True
        if known and (known, True) != before:
            self.changed.emit()
        self._read_again()

    def _not_read(self, _problem: ClinicProblem) -> None:
        if self.sure:
            self.sure = False
            self.changed.emit()
        if not self._again and not self._desk.outage.by_door:  # else it is read once that is over
            QTimer.singleShot(AGAIN_MS, self, self.read)
        self._read_again()

    def _read_again(self) -> None:
        if self._again:
            self.read()

    def _server_went(self) -> None:
        if self._desk.outage.by_door:
            self.sure = False


def _read(store: AccountStore) -> tuple[list[Known], frozenset[int]]:
    return core.accounts(store), core.closed_accounts(store)


def _by_name(one: Staff) -> str:
    return one.name.casefold()
