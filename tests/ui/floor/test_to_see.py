"""What waits for somebody, on the floor: incidents for a prescriber's words, forms for the day of sending."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.to_see import open_incidents
from clinic_desktop.ui.floor.to_see_words import incident_words
from clinic_desktop.ui.widgets.panel import Line
from tests.small_clinic import MONDAY, SmallClinic, at, instant
from tests.treatment.stays import K, Stay, booked
from tests.ui.floor.conftest import CTRL, Keyboard

Open = Callable[..., Keyboard]
Key = Qt.Key


@pytest.fixture
def walked_out(clinic: SmallClinic) -> Stay:
    stay = booked(clinic).sprayed().at(11, 20)
    stay.says(Stamp(kind=K.LEFT_EARLY, at=instant(11, 12), note="walked out"))
    return stay


def rows(floor: Keyboard) -> list[str]:
    waiting = floor.place.waiting
    return [one.row.spoken for part in (waiting.incidents, waiting.forms) for one in part.lines()]


def test_rows_are_scrolled_under_a_line_clear_of_what_is_to_see_to(
    clinic: SmallClinic, open_floor: Open
) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    stay.at(10, 13).device(happened=True)
    view = open_floor().place.view
    chip = QRect(view.to_see.mapTo(view, QPoint(0, 0)), view.to_see.size())
    line = view._waiting.findChild(Line)
    assert line is not None
    edge = line.mapTo(view, QPoint(0, 0)).y()
    assert line.isVisible()
    assert chip.bottom() < edge < view.list.mapTo(view, QPoint(0, 0)).y()


def test_what_waits_is_counted_above_the_floor_and_listed_by_a_key(
    clinic: SmallClinic, open_floor: Open, walked_out: Stay
) -> None:
    floor = open_floor()
    assert walked_out.state == "left before release"
    assert floor.place.view.to_see.text() == "To see to: 1 incident, 1 REMS form"
    floor.press(Key.Key_T, CTRL)
    assert floor.focus is floor.place.waiting.incidents
    assert rows(floor) == [
        "Okafor, Amara. Left before release. Mon, Nov 16, 11:12 AM",
        "Okafor, Amara. Session Mon, Nov 16. day 0 of 7, due Mon, Nov 23",
    ]


def test_an_incident_says_everything_and_what_is_still_to_be_done(
    clinic: SmallClinic, open_floor: Open, walked_out: Stay
) -> None:
    floor = open_floor().press(Key.Key_T, CTRL).press(Key.Key_Return)
    waiting = floor.place.waiting
    assert waiting.about.text().split("\n") == [
        "Spravato 56 mg on Mon, Nov 16",
        "Left before release.",
        "Said of it: walked out",
        "Happened Mon, Nov 16, 11:12 AM.",
        "Recorded Mon, Nov 16, 11:20 AM by Maya Jones.",
        "Not on record yet: prescriber told, called.",
    ]
    assert (waiting._not_yours.text(), waiting.decide.isVisible()) == ("A prescriber closes it.", False)
    assert floor.focus is waiting.show_visit


def test_what_is_chosen_is_in_view_in_a_small_window(
    clinic: SmallClinic, open_floor: Open, walked_out: Stay
) -> None:
    floor = open_floor(size=(683, 384)).press(Key.Key_T, CTRL).press(Key.Key_Return)
    button = floor.place.waiting.show_visit
    assert floor.focus is button
    floor.qtbot.waitUntil(lambda: button.visibleRegion().boundingRect() == button.rect())


def test_a_prescriber_is_led_to_where_it_is_answered(
    clinic: SmallClinic, open_floor: Open, walked_out: Stay
) -> None:
    floor = open_floor(clinic.prescriber).press(Key.Key_T, CTRL).press(Key.Key_Return)
    wanted: list[int] = []
    floor.place.waiting.decision_wanted.disconnect()  # there is no such place in this window
    floor.place.waiting.decision_wanted.connect(wanted.append)
    assert floor.focus is floor.place.waiting.decide
    floor.press(Key.Key_Return)
    assert wanted == [walked_out.incidents()[0].id]


def test_a_late_form_is_marked_and_leads_to_the_ledger(
    clinic: SmallClinic, open_floor: Open, walked_out: Stay
) -> None:
    clinic.clock.at = at(MONDAY + timedelta(days=9), 9)
    floor = open_floor()
    assert floor.place.view.to_see.text() == "To see to: 1 incident, 1 REMS form, 1 overdue"
    floor.press(Key.Key_T, CTRL)
    floor.place.waiting.forms.setFocus()
    assert rows(floor)[1] == "Okafor, Amara. Session Mon, Nov 16. overdue. due Mon, Nov 23"
    wanted: list[int] = []
    floor.place.waiting.form_wanted.disconnect()  # there is no ledger in this window
    floor.place.waiting.form_wanted.connect(wanted.append)
    floor.press(Key.Key_Return)
    assert wanted == [walked_out.visit_id]


def test_the_visit_is_shown_on_its_day(clinic: SmallClinic, open_floor: Open, walked_out: Stay) -> None:
    clinic.clock.at = at(MONDAY + timedelta(days=2), 9)
    floor = open_floor().press(Key.Key_T, CTRL).press(Key.Key_Return)
    floor.place.waiting.show_visit.click()
    floor.wait(lambda: floor.place.view.list.current == walked_out.visit_id)
    assert floor.place.floor.day == MONDAY
    assert floor.place.panel.isVisible()


def test_escape_goes_back_step_by_step(clinic: SmallClinic, open_floor: Open, walked_out: Stay) -> None:
    floor = open_floor().press(Key.Key_T, CTRL).press(Key.Key_Return)
    assert walked_out.stamps()
    floor.press(Key.Key_Escape)
    assert floor.focus is floor.place.waiting.incidents
    floor.press(Key.Key_Escape)
    assert floor.on_cards
    assert floor.place.panel.isVisible()


def test_nothing_that_waits_is_said(open_floor: Open) -> None:
    floor = open_floor()
    assert not floor.place.view.to_see.isVisible()
    floor.press(Key.Key_T, CTRL)
    assert floor.said == "No incident is open, and no form is due"
    assert not floor.place.waiting.isVisible()


def test_news_of_another_desk_leave_what_is_open(
    clinic: SmallClinic, open_floor: Open, walked_out: Stay
) -> None:
    floor = open_floor().press(Key.Key_T, CTRL).press(Key.Key_Return)
    floor.desk.hub.tell(walked_out.called().changes)
    floor.wait()
    assert floor.place.waiting.incidents.isVisible()


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ({}, "Struck out: Vitals, 192/118, pulse 70, oxygen 98, 11:00 AM."),
        (
            {"systolic": 132, "diastolic": 82},
            "Vitals: was 192/118, pulse 70, oxygen 98, 11:00 AM, now 132/82, pulse 70, oxygen 98, 11:00 AM.",
        ),
    ],
)
def test_what_was_measured_stands_beside_what_is_decided_about_it(
    clinic: SmallClinic, instead: dict[str, int], words: str
) -> None:
    stay = booked(clinic).sprayed().at(11)
    (saved,) = stay.vitals(192, 118).stamps
    made = replace(saved, id=0, version=0, corrects=saved.id, reason="cuff slipped", **instead)
    stay.at(11, 2).says(made if instead else Stamp(kind=K.STRUCK, corrects=saved.id, reason="cuff slipped"))
    with clinic.store.read() as records:
        (one,) = open_incidents(records)
        assert words in incident_words(one, records.setup())
