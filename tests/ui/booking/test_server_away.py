"""Booking while the server is away: refused, and what was typed stands until it is back."""

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.errors import ClinicProblem, ServerAway
from clinic_desktop.ui import operations
from tests.small_clinic import SmallClinic
from tests.ui.booking.people import give_driver
from tests.ui.booking.window import ENTER, make_window
from tests.ui.outage.cut import Cut


def test_it_is_refused_and_booked_by_the_same_key_once_the_server_is_back(
    qtbot: QtBot, clinic: SmallClinic
) -> None:
    give_driver(clinic)
    line = Cut(clinic.store)
    window = make_window(qtbot, replace(clinic, store=line))
    told: list[ClinicProblem] = []
    operations.set_default_failure(told.append)
    window.book(615, "Infusion 2")
    window.type("oka")
    window.press(ENTER)
    line.cut = True
    window.press(ENTER)
    assert [type(one) for one in told] == [ServerAway]
    panel = window.panels.booking
    assert window.shell.body.panel is panel
    assert window.focus is panel.book
    line.cut = False
    assert window.visits() == []
    window.press(Qt.Key.Key_Return)
    (visit,) = window.visits()
    assert (visit.minute, visit.patient_id) == (615, clinic.amara.id)


def test_a_server_that_goes_while_it_saves_is_told_of_once(qtbot: QtBot, clinic: SmallClinic) -> None:
    give_driver(clinic)
    line = Cut(clinic.store)
    window = make_window(qtbot, replace(clinic, store=line))
    told: list[ClinicProblem] = []
    operations.set_default_failure(told.append)
    window.book(615, "Infusion 2")
    window.type("oka")
    window.press(ENTER)
    line.in_commit = True
    window.press(ENTER)
    assert [type(one) for one in told] == [ServerAway]


def test_the_same_trouble_stands_there_once_however_often_the_key_is_pressed(
    qtbot: QtBot, clinic: SmallClinic
) -> None:
    give_driver(clinic)
    line = Cut(clinic.store)
    window = make_window(qtbot, replace(clinic, store=line))
    window.book(615, "Infusion 2")
    window.type("oka")
    window.press(ENTER)
    line.cut = True
    window.press(ENTER, ENTER, ENTER)
    (notice,) = window.shell.notices.notices()
    assert "does not answer" in notice.accessibleName()
