"""Who pays, what is paid ahead and the devices that came: recorded and seen on the patient's page."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Authorization, DrugMovement, Package, Patient
from clinic_desktop.scheduling.clearing import Decision, clear
from clinic_desktop.ui.dialogs import ChoiceDialog
from clinic_desktop.ui.patients.payer_panels import AuthorizationPanel, DevicesPanel, PackagePanel
from clinic_desktop.ui.patients.running_out_panel import RunningOutPanel
from tests.people.small_clinic import TODAY, SmallClinic
from tests.ui.patients.conftest import Window

KEY = Qt.Key


@pytest.fixture
def amara(clinic: SmallClinic) -> Patient:
    """Cleared for infusions, booked for the day after tomorrow."""
    made = clinic.patient(birth_date=date(1984, 4, 12))
    clear(clinic.store, clinic.prescriber, Decision(made.id, "iv"))
    clinic.book(made.id, "IVM", date(2026, 11, 19), 600)
    return made


@pytest.fixture
def page(amara: Patient, request: pytest.FixtureRequest) -> Window:
    window: Window = request.getfixturevalue("window")
    window.find("oka")
    return window


def ask(window: Window, number: Qt.Key) -> None:
    """Ctrl+Shift+Y, a digit, Enter."""
    window.place.focus_work()
    window.press(KEY.Key_Y, ctrl=True, shift=True)
    dialog = window.shell.findChild(ChoiceDialog)
    assert isinstance(dialog, ChoiceDialog)
    window.qtbot.waitUntil(dialog.isVisible)
    window.qtbot.keyClick(dialog.list, number)
    window.qtbot.keyClick(dialog.list, KEY.Key_Return)
    window.shell.activateWindow()
    window.qtbot.waitUntil(window.shell.isActiveWindow)
    window.wait()


def rows(window: Window) -> list[tuple[str, str, str]]:
    found = (one.row for one in window.place.view.page.payers.lines())
    return [(one.text, one.detail, one.badge) for one in found]


def test_an_authorization_is_kept_and_says_what_is_used_of_it(page: Window, clinic: SmallClinic) -> None:
    assert rows(page) == []
    ask(page, KEY.Key_1)
    panel = page.panel
    assert isinstance(panel, AuthorizationPanel)
    assert page.focus is panel.payer
    page.type("Acme Health")
    panel.number.setText("A-17")
    panel.visits.setText("6")
    panel.valid_to.setText("12/31")
    page.press(KEY.Key_Return, ctrl=True)
    page.wait(lambda: bool(rows(page)))
    (kept,) = clinic.find(Authorization)
    assert (kept.payer, kept.number, kept.modality, kept.visits) == ("Acme Health", "A-17", "iv", 6)
    assert (kept.valid_from, kept.valid_to) == (TODAY, date(2026, 12, 31))
    assert rows(page) == [
        ("IV ketamine, Acme Health A-17", "0 used and 1 booked of 6, to Dec 31, 2026", "In force")
    ]


def test_what_is_missing_is_said_beside_the_field(page: Window, clinic: SmallClinic) -> None:
    ask(page, KEY.Key_1)
    page.press(KEY.Key_Return, ctrl=True)
    page.wait()
    assert clinic.find(Authorization) == []
    panel = page.panel
    assert isinstance(panel, AuthorizationPanel)
    assert (
        "Enter who pays."
        in panel.form.row("payer").accessibleDescription() + panel.payer.accessibleDescription()
    )


def test_a_package_and_its_payments(page: Window, clinic: SmallClinic) -> None:
    ask(page, KEY.Key_2)
    panel = page.panel
    assert isinstance(panel, PackagePanel)
    page.type("Six infusions")
    panel.visits.setText("1")
    page.press(KEY.Key_Return, ctrl=True)
    page.wait(lambda: bool(rows(page)))
    assert rows(page) == [("IV ketamine, Six infusions", "0 of 1 paid, 0 used and 1 booked of 1", "Used up")]
    page.place.view.page.payer_wanted.emit(clinic.find(Package)[0])
    changed = page.panel
    assert isinstance(changed, PackagePanel)
    changed.paid.setText("1")
    page.press(KEY.Key_Return, ctrl=True)
    page.wait(lambda: "1 of 1 paid" in rows(page)[0][1])


def test_devices_come_and_go(page: Window, clinic: SmallClinic) -> None:
    ask(page, KEY.Key_3)
    assert isinstance(page.panel, DevicesPanel)
    page.type("4")
    page.press(KEY.Key_Return, ctrl=True)
    page.wait()
    assert page.panel.form.row("lot").problem == "Write the lot, as it is printed on the package."
    page.panel.lot.setText("12k 345")
    page.panel.expires.setText("12/2027")
    page.press(KEY.Key_Return, ctrl=True)
    page.wait(lambda: bool(rows(page)))
    assert rows(page) == [("4 devices here", "last: +4 on Nov 17, 2026, 12K345", "")]
    assert clinic.find(DrugMovement)[0].expires == date(2027, 12, 31)
    ask(page, KEY.Key_3)
    panel = page.panel
    assert isinstance(panel, DevicesPanel)
    page.type("-4")
    panel.lot.setText("12K345")
    panel.note.setText("sent back")
    page.press(KEY.Key_Return, ctrl=True)
    page.wait(lambda: len(clinic.find(DrugMovement)) == 2 and "sent back" in rows(page)[0][1])
    assert rows(page) == [("0 devices here", "last: -4 on Nov 17, 2026, 12K345, sent back", "None left")]


def test_who_runs_out_is_one_key_away_and_leads_to_the_page(page: Window, clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.reception) as unit:
        unit.add(Package(patient_id=clinic.find(Patient)[0].id, modality="iv", name="Six", visits=6, paid=0))
        unit.commit()
    page.press(KEY.Key_U, ctrl=True, shift=True)
    page.wait()
    panel = page.panel
    assert isinstance(panel, RunningOutPanel)
    (line,) = panel.list.lines()
    assert line.row.text == "Okafor, Amara, Thu, Nov 19, 10:00 AM"
    assert panel.why.text() == line.row.detail
    assert line.row.detail == "0 of 6 visits of the package Six are paid; this is visit 1."
    page.press(KEY.Key_Return)
    page.wait()
    assert page.shown.name == "Okafor, Amara"


def test_nobody_running_out_is_said(page: Window) -> None:
    page.press(KEY.Key_U, ctrl=True, shift=True)
    page.wait()
    panel = page.panel
    assert isinstance(panel, RunningOutPanel)
    assert panel.list.lines() == ()
    assert panel.none.text().startswith("Nobody runs out.")


@pytest.mark.parametrize("role", [Role.NURSE, Role.RECEPTIONIST])
def test_whoever_may_change_patients_may_record_it(page: Window, role: Role, clinic: SmallClinic) -> None:
    page.place._desk.act_as(clinic.actor(role))
    ask(page, KEY.Key_1)
    panel = page.panel
    assert isinstance(panel, AuthorizationPanel)
    assert not panel.keep.missing
