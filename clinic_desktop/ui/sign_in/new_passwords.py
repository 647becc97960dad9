"""The first password and one by the recovery code: made, and the next code shown, printed and typed back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.security import giving_accounts, own_account
from clinic_desktop.security.audit import record_printed
from clinic_desktop.security.recovery_code import RecoveryCode
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import AT_PRINTERS, run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.printers import Printed, print_pages, printer_here
from clinic_desktop.ui.sign_in.code_sheet import code_sheet
from clinic_desktop.ui.sign_in.cover import Cover
from clinic_desktop.ui.sign_in.page import Page
from clinic_desktop.ui.wording import problem_worded


class NewPasswords(QObject):
    """``refused``: what says on a page why it was not done. ``typed``: the code can be read; with whose
    password it is, and the password."""

    typed = Signal(int, str)

    def __init__(
        self,
        parent: QObject,
        desk: Desk,
        desk_name: str,
        cover: Cover,
        refused: Callable[[Page, ClinicProblem], None],
    ) -> None:
        super().__init__(parent)
        self._desk, self._desk_name, self._refused = desk, desk_name, refused
        self._first_password = ("", 0)
        self._cover = cover
        cover.first.wanted.connect(self._make_first)
        cover.recover.wanted.connect(self._recover)
        cover.code.print_wanted.connect(self._print)
        cover.code.done.connect(self._code_typed)

    def forget(self) -> None:
        """The password that was typed: it did not become one."""
        self._first_password = ("", 0)

    def _make_first(self, staff_id: int, password: str) -> None:
        self._cover.first.busy(on=True)
        self._first_password = (password, staff_id)
        work = partial(giving_accounts.make_first_manager, self._desk.store, staff_id, password)
        run(self, work, self._first_made, partial(self._refused, self._cover.first), key="sign-in")

    def _first_made(self, code: RecoveryCode) -> None:
        self._cover.first.busy(on=False)
        self._show_code(code)

    def _recover(self, staff_id: int, code: str, new: str) -> None:
        self._cover.recover.busy(on=True)
        self._first_password = (new, staff_id)
        work = partial(own_account.recover, self._desk.store, staff_id, code, new)
        run(self, work, self._recovered, partial(self._refused, self._cover.recover), key="sign-in")

    def _recovered(self, code: RecoveryCode) -> None:
        self._cover.recover.busy(on=False)
        self._show_code(code)

    def _show_code(self, code: RecoveryCode) -> None:
        page = self._cover.code
        page.show_code(code)
        self._cover.first.wipe()
        self._cover.recover.wipe()
        self._cover.turn_to(page, page.first())

    def _code_typed(self) -> None:
        """It can be read: now in, with the password that was just made."""
        (password, staff_id), self._first_password = self._first_password, ("", 0)
        self.typed.emit(staff_id, password)

    def _print(self, code: RecoveryCode) -> None:
        staff_id = self._first_password[1]
        person = next((one for one in self._desk.setup.staff if one.id == staff_id), None)
        clinic, name = self._desk.setup.clinic, person.name if person else ""
        # Theirs, whoever is at work behind the lock.
        printing = Actor(staff_id, person.roles if person else frozenset(), self._desk_name)
        store = self._desk.store
        day, render = local_day(self._desk.now(), self._desk.zone), self._desk.render
        if render is None:
            return

        def work() -> Printed | None:
            printer = printer_here()
            if not printer:
                return None  # a code is not left behind as a file
            record_printed(store, printing, "recovery code", staff_id, {"printer": printer})
            sheet = code_sheet(code, name, clinic.name, day, clinic.policies.sheet_page)
            return print_pages(render(sheet).data, tr("Recovery code"), "recovery-code")

        run(self, work, self._printed, self._not_printed, key="print-code", pool=AT_PRINTERS)

    def _printed(self, printed: Printed | None) -> None:
        if printed is None:
            text = tr("This computer has no printer. Write the code down by hand.")
            self._cover.code.say_printed(text, Tone.WARN)
        else:
            self._cover.code.say_printed(printed.words, Tone.OK)

    def _not_printed(self, problem: ClinicProblem) -> None:
        self._cover.code.say_printed(problem_worded(problem), Tone.WARN)
