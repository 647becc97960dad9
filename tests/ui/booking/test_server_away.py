"""Booking while the server is away: refused, and what was typed stands until it is back."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.errors import ClinicProblem, ServerAway
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.holding import confirm_visit
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui import operations
from tests.small_clinic import BEA, SmallClinic
from tests.ui.booking.people import give_driver
from tests.ui.booking.window import ENTER, make_window
from tests.ui.outage.cut import Cut


def cancelled(clinic: SmallClinic, visit: Visit) -> object:
    return cancel(clinic.store, clinic.desk, visit.id, visit.version, CancelReason.PATIENT)


def confirmed(clinic: SmallClinic, visit: Visit) -> object:
    return confirm_visit(clinic.store, clinic.desk, visit.id, visit.version, yes=True)


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


def test_a_patient_who_was_chosen_is_not_asked_for_because_they_cannot_be_read(
    qtbot: QtBot, clinic: SmallClinic
) -> None:
    line = Cut(clinic.store)
    window = make_window(qtbot, replace(clinic, store=line))
    operations.set_default_failure(lambda _problem: None)
    window.book(615, "Infusion 2")
    panel = window.panels.booking
    assert panel.book.text() == "Book: choose a patient"
    window.type("oka")
    line.cut = True
    window.press(ENTER)
    assert panel.book.text() == "Book: the patient is not read yet"


@pytest.mark.parametrize("change", [cancelled, confirmed])
def test_a_change_that_is_refused_before_it_begins_says_that_nothing_was_saved(
    clinic: SmallClinic, change: Callable[[SmallClinic, Visit], object]
) -> None:
    """What a change reads first is no reading to whoever asked for the change."""
    visit = book(clinic.store, clinic.desk, clinic.wish(plan=BEA)).visits[0]
    with pytest.raises(ServerAway, match=r"does not answer\. Nothing was saved\."):
        change(replace(clinic, store=Cut(clinic.store, cut=True)), visit)


def test_why_a_visit_is_cancelled_stays_after_somebody_was_elsewhere(
    qtbot: QtBot, clinic: SmallClinic
) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish(plan=BEA)).visits[0]
    line = Cut(clinic.store)
    window = make_window(qtbot, replace(clinic, store=line))
    told: list[ClinicProblem] = []
    operations.set_default_failure(told.append)
    window.panels.cancel(window.shell, window.desk, visit.id)
    window.wait()
    window.press(Qt.Key.Key_3)
    panel = window.panels.cancelling
    reason = panel.reasons.current
    panel.note.setText("fever since yesterday")
    line.cut = True
    panel.take.fired.emit()
    window.wait(lambda: bool(told))
    line.cut = False
    window.shell.close_panel()
    window.panels.cancel(window.shell, window.desk, visit.id)
    window.wait()
    assert (panel.reasons.current, panel.note.text()) == (reason, "fever since yesterday")
    panel.take.fired.emit()
    window.wait()
    ended = clinic.visit(visit.id)
    assert (ended.state, ended.end_reason) == (VisitState.CANCELLED, "unwell fever since yesterday")
