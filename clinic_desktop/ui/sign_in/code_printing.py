"""Puts a recovery code on paper, in the name of whoever it is for."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.security.audit import record_printed
from clinic_desktop.security.recovery_code import RecoveryCode
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import AT_PRINTERS, run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.printers import Printed, print_pages, printer_here
from clinic_desktop.ui.sign_in.code_sheet import code_sheet
from clinic_desktop.ui.wording import problem_worded


def print_code(
    parent: QObject,
    desk: Desk,
    desk_name: str,
    staff_id: int,
    code: RecoveryCode,
    say: Callable[[str, Tone], object],
) -> None:
    """``say``: what became of it. The trail has it as theirs, whoever is at work behind the lock."""
    person = next((one for one in desk.setup.staff if one.id == staff_id), None)
    clinic, name = desk.setup.clinic, person.name if person else ""
    printing = Actor(staff_id, person.roles if person else frozenset(), desk_name)
    store, render, day = desk.store, desk.render, local_day(desk.now(), desk.zone)
    if render is None:
        return

    def work() -> Printed | None:
        printer = printer_here()
        if not printer:
            return None  # a code is not left behind as a file
        record_printed(store, printing, "recovery code", staff_id, {"printer": printer})
        sheet = code_sheet(code, name, clinic.name, day, clinic.policies.sheet_page)
        return print_pages(render(sheet).data, tr("Recovery code"), "recovery-code")

    def printed(one: Printed | None) -> None:
        if one is None:
            say(tr("This computer has no printer. Write the code down by hand."), Tone.WARN)
        else:
            say(one.words, Tone.OK)

    def not_printed(problem: ClinicProblem) -> None:
        say(problem_worded(problem), Tone.WARN)

    run(parent, work, printed, not_printed, key="print-code", pool=AT_PRINTERS)
