"""The first password and one by the recovery code: made, and the next code shown, printed and typed back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.people.model import Staff
from clinic_desktop.security import giving_accounts, own_account
from clinic_desktop.security.recovery_code import RecoveryCode, new_code
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.sign_in.code_printing import print_code
from clinic_desktop.ui.sign_in.cover import Cover
from clinic_desktop.ui.sign_in.page import SIGN_IN, STILL, Page


class NewPasswords(QObject):
    """``refused``: what says on a page why it was not done; ``say_late`` tells whoever has left that it was.
    ``made``: somebody has another password; ``over``: and nobody waits there for it. ``typed``: now in, with
    whose password it is, and the password."""

    made = Signal()
    over = Signal()
    typed = Signal(int, str)

    def __init__(
        self,
        parent: QObject,
        desk: Desk,
        desk_name: str,
        cover: Cover,
        refused: Callable[[Page, ClinicProblem], None],
        say_late: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        self._say_late = say_late
        self._desk, self._desk_name, self._refused = desk, desk_name, refused
        self._cover = cover
        self._making: tuple[Page, int] | None = None  # by which page, and in which turn
        desk.outage.changed.connect(self._server_went)
        cover.first.wanted.connect(self._make_first)
        cover.recover.wanted.connect(self._recover)
        cover.code.print_wanted.connect(self._print)
        cover.code.typed_back.connect(self._keep)

    def _make_first(self, staff_id: int, password: str) -> None:
        store, desk = self._desk.store, self._desk_name
        work = partial(giving_accounts.make_first_manager, store, desk, staff_id, password)
        self._make(self._cover.first, staff_id, password, work)

    def _recover(self, staff_id: int, code: str, new: str) -> None:
        work = partial(own_account.recover, self._desk.store, self._desk_name, staff_id, code, new)
        self._make(self._cover.recover, staff_id, new, work)

    def _make(self, page: Page, staff_id: int, password: str, work: Callable[[], None]) -> None:
        page.busy(on=True)
        turn = self._cover.turn
        made = partial(self._made, page, turn, staff_id, password)
        refused = partial(self._not_made, page, turn)
        if run(self, work, made, refused, key=SIGN_IN, quiet=True) is None:
            page.show_problem(EnvironmentFailure(tr(STILL)))
        else:
            self._making = page, turn

    def _server_went(self) -> None:
        if self._desk.outage.by_door and self._making is not None and self._making[1] == self._cover.turn:
            self._making[0].trouble.say(tr("The server does not answer any more"), tr(_UNSURE), Tone.WARN)

    def _not_made(self, page: Page, turn: int, problem: ClinicProblem) -> None:
        self._making = None
        if turn == self._cover.turn:  # else it is for nobody: whoever typed it has left
            self._refused(page, problem)

    def _made(self, page: Page, turn: int, staff_id: int, password: str, _nothing: None) -> None:
        stays, self._making = turn == self._cover.turn, None
        if stays:
            page.busy(on=False)
        self.made.emit()
        person = self._person(staff_id)
        if not stays:  # whoever typed it has left: a code is for nobody else
            said = tr("The new password of {name} is set.")
            self._say_late(said.format(name=person.name if person else ""))
            if self._cover.page is self._cover.first:
                self.over.emit()
        elif may(self._acting(staff_id), Right.SET_UP):
            code = self._cover.code
            code.begin(staff_id, password, new_code())
            self._cover.turn_to(code, code.first())
        else:
            self.typed.emit(staff_id, password)

    def _keep(self, staff_id: int, password: str, code: RecoveryCode) -> None:
        """It can be read: from now on it counts."""
        page = self._cover.code
        page.busy(on=True)
        work = partial(own_account.keep_code, self._desk.store, self._acting(staff_id), password, code)

        def kept(_nothing: None) -> None:
            if page.is_of(code):
                self.typed.emit(staff_id, password)

        def not_kept(problem: ClinicProblem) -> None:
            if page.is_of(code):
                self._refused(page, problem)

        run(self, work, kept, not_kept, key="keep-code")

    def _print(self, staff_id: int, code: RecoveryCode) -> None:
        print_code(self, self._desk, self._desk_name, staff_id, code, self._cover.code.say_printed)

    def _person(self, staff_id: int) -> Staff | None:
        return next((one for one in self._desk.setup.staff if one.id == staff_id), None)

    def _acting(self, staff_id: int) -> Actor:
        person = self._person(staff_id)
        return Actor(staff_id, person.roles if person else frozenset(), self._desk_name)


_UNSURE = QT_TR_NOOP(
    "Whether the new password is set is said here as soon as that is known. Until the server is back the one "
    "of before opens this computer."
)
