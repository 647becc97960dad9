"""The page of a recovery code leaves in the name of whoever recovers, whoever is at work behind the lock."""

import pytest

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.security import own_account
from clinic_desktop.security.recovery_code import new_code
from clinic_desktop.ui.printers import Printed
from clinic_desktop.ui.sign_in import code_printing
from tests.ui.sign_in.conftest import PASSWORD, Door

ROSA, INES = "Rosa Diaz", "Ines Park"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What came to the printer."""
    pages: list[bytes] = []

    def printed(data: bytes, *_words: str) -> Printed:
        pages.append(data)
        return Printed(printer="laser")

    monkeypatch.setattr(code_printing, "printer_here", lambda: "laser")
    monkeypatch.setattr(code_printing, "print_pages", printed)
    return pages


def ines_recovers_and_prints(door: Door) -> tuple[int, str, str, int]:
    """The last row of the trail: who, their roles, what and whose."""
    door.desk.render = render_pdf
    ines = door.people[INES]
    there = Actor(ines.id, ines.roles, settings.desk_name())
    code = new_code()
    own_account.keep_code(door.clinic.store, there, PASSWORD[INES], code)
    door.gate.asking._to_recover(ines.id)
    door.gate.asking._new._recover(ines.id, code.grouped, "copper ladder breeze")
    door.settle()
    assert door.gate.cover.page is door.gate.cover.code
    door.press("Ctrl+P")
    door.settle()
    asked = "SELECT person_id, roles, kind, record_id, desk FROM audit WHERE action = 'printed'"
    with door.clinic.store.read() as records:
        (row,) = records.rows(asked)
    assert row[4] == settings.desk_name()
    return row[0], row[1], row[2], row[3]


def test_over_anothers_work_it_is_hers(rosa: Door, sent: list[bytes]) -> None:
    ines = rosa.people[INES].id
    rosa.gate.lock()
    rosa.settle()
    assert ines_recovers_and_prints(rosa) == (ines, "manager", "recovery code", ines)
    assert len(sent) == 1
    assert rosa.at_work() == rosa.people[ROSA].id


def test_over_a_locked_emergency_it_is_printed_too(door: Door, sent: list[bytes]) -> None:
    door.gate.asking._emergency(door.people[ROSA].id, "fire")
    door.settle()
    door.gate.lock()
    door.settle()
    ines = door.people[INES].id
    assert ines_recovers_and_prints(door) == (ines, "manager", "recovery code", ines)
    assert len(sent) == 1
