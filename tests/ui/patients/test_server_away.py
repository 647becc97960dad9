"""The form of a patient while the server is away: nothing is saved, and nothing typed is lost."""

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.foundation.errors import ServerAway
from clinic_desktop.people.model import Patient
from clinic_desktop.ui import operations
from clinic_desktop.ui.patients.form import PatientForm
from tests.ui.outage.cut import Cut

KEY = Qt.Key


@pytest.fixture
def line(clinic) -> Cut:
    clinic.store = Cut(clinic.store)
    return clinic.store


def test_the_form_stands_as_it_was_typed_and_saves_once_the_server_is_back(line, window):
    told = []
    operations.set_default_failure(told.append)
    window.press(KEY.Key_N, ctrl=True)
    window.type("Amara")
    window.press(KEY.Key_Return)
    window.type("Okafor")
    window.press(KEY.Key_Return)
    window.type("4/12/84")
    window.press(KEY.Key_Return, KEY.Key_Return)
    window.type("(512) 555-0142")
    line.cut = True
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: bool(told))
    assert [type(one) for one in told] == [ServerAway]
    assert isinstance(window.panel, PatientForm)
    line.cut = False
    assert window.clinic.find(Patient) == []
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: bool(window.clinic.find(Patient)))
    (amara,) = window.clinic.find(Patient)
    assert amara.name == "Okafor, Amara"


def test_of_somebody_chosen_it_is_said_that_the_record_cannot_be_read(line, full_window):
    window, view = full_window, full_window.place.view
    window.find("okafor")
    shown = view.facts
    line.cut = True
    view.read()
    window.wait()
    assert view.facts is shown  # what was read stands, under the window's banner
    found = [one.person.id for one in window.place.people.directory.find("a", 9)]
    other = next(one for one in found if one != shown.patient.id)
    view.choose(other)
    window.qtbot.waitUntil(lambda: view._nobody.accessibleName().startswith("This record could not be"))
    assert view.list.current == other
    assert view._right.currentWidget() is view._nobody
