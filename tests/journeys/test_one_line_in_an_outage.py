"""The one line while the server is away: the same keys mean the same, and what is typed stays."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import Patient, UsualDriver
from clinic_desktop.scheduling.booking import book
from clinic_desktop.ui.floor.place import FloorPlace
from tests.journeys.desk_story import DeskStory
from tests.ui.grab import grab_both
from tests.ui.outage.cut import Cut

TEXT = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def line(desk: DeskStory) -> Cut:
    made = Cut(desk.window.desk.store)
    desk.window.desk.store = made
    desk.window.desk.outage._store = made  # what is asked whether it is back
    return made


def away(desk: DeskStory, line: Cut) -> None:
    line.cut = True
    desk.window.desk.outage.gone()


def typed(desk: DeskStory, text: str) -> list[str]:
    desk.press("Ctrl+K")
    desk.write(text)
    popup = desk.window.top_bar.search.popup
    desk.wait(popup.isVisible)
    desk.wait()
    model = popup.model()
    return [str(model.index(n, 0).data(TEXT)) for n in range(model.rowCount())]


def test_enter_goes_to_whoever_is_on_the_floor_with_the_server_and_without(
    desk: DeskStory, line: Cut
) -> None:
    clinic = desk.clinic
    clinic.double("Adeyemi")
    todays = clinic.double("Adeyemi")
    (visit,) = book(clinic.store, PROGRAM, clinic.wish(patient_id=todays.id)).visits
    floor = desk.window.go("floor")
    assert isinstance(floor, FloorPlace)
    desk.window.desk.hub.tell(clinic.store.changes_since(0))
    desk.wait(lambda: floor.floor.read.stay(visit.id) is not None)
    with_server = typed(desk, "adeyemi")
    desk.press("Escape")
    away(desk, line)
    assert typed(desk, "adeyemi") == with_server
    desk.press("Return")
    desk.wait()
    assert desk.window.current == "floor"
    assert floor.view.list.current == visit.id


@pytest.mark.parametrize("text", ["dec 8", "+2d", "oka 10 iv"])
def test_a_day_that_cannot_be_read_is_said_so_and_enter_does_nothing_until_the_server_is_back(
    desk: DeskStory, line: Cut, text: str
) -> None:
    shown = desk.window.current
    away(desk, line)
    first = typed(desk, text)[0]
    assert "cannot be read now" in first
    grab_both(desk.window, f"line-away-{text.split(maxsplit=1)[0]}", (1366, 768))
    desk.press("Return")
    desk.wait()
    assert (desk.window.current, desk.window.top_bar.search.line.text()) == (shown, text)
    line.cut = False
    desk.window.desk.outage.back()
    desk.wait(
        lambda: "cannot be read" not in str(desk.window.top_bar.search.popup.model().index(0, 0).data(TEXT))
    )


@pytest.mark.parametrize("text", ["oka 10 iv", "oka 6 iv"])
def test_what_was_typed_is_in_the_line_again_where_the_server_went_before_enter(
    desk: DeskStory, line: Cut, text: str
) -> None:
    with desk.clinic.store.write(PROGRAM) as unit:  # else a course asks for a driver first
        record = unit.get(Patient, desk.clinic.amara.id)
        unit.save(replace(record, drivers=(UsualDriver("Bea Marsh", "(217) 555-0142", "sister"),)))
        unit.commit()
    typed(desk, text)
    line.cut = True
    desk.press("Return")
    desk.wait()
    search = desk.window.top_bar.search.line
    assert (search.text(), search.hasFocus()) == (text, True)
    assert desk.visits(desk.clinic.amara.id) == []
