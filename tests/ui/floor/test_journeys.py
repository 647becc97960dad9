"""Two journeys on the floor, by keyboard: a session to its release, and a high pressure sent home."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from clinic_desktop.aftercare.sheets import print_again
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.people.model import Indication
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.cancelling import CancelReason
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.looking_to_place import to_place_list
from clinic_desktop.scheduling.model import CourseTemplate
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.stopping import look_to_stop, stop_course
from clinic_desktop.ui.floor import actions
from clinic_desktop.ui.printers import Printed
from tests.small_clinic import MONDAY, SmallClinic, instant
from tests.treatment.stays import booked
from tests.ui.floor.conftest import CTRL, SHIFT, Keyboard, stay_of

Open = Callable[..., Keyboard]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What went to the printer."""
    pages: list[bytes] = []

    def print_pages(data: bytes, title: str, name: str, _told: object) -> Printed:
        pages.append(data)
        return Printed(printer="Front desk")

    monkeypatch.setattr(actions, "print_pages", print_pages)
    return pages


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_a_held_spravato_visit_to_its_release(
    clinic: SmallClinic, open_floor: Open, printed: list[bytes]
) -> None:
    """Three devices; release refused at minute 119 after the last, then for what is missing, then granted."""
    with clinic.store.write(clinic.prescriber) as unit:  # for whom the first dose is 84 mg
        unit.save(replace(clinic.amara, indication=Indication.MDSI))
        unit.commit()
    booked(clinic, "SP84", plan=None)
    floor = open_floor()
    assert (floor.card.state, floor.card.driver_name) == (VisitState.HELD, "")

    floor.at(9, 50).press(Qt.Key.Key_F2)
    assert ("Driver", "Ctrl D") in floor.missing()
    floor.run("floor.name-driver").type("Bea Marsh (217) 555-0142 18")
    assert floor.card.state is VisitState.ARRIVED
    assert "Bea Marsh" in floor.card.driver_name
    floor.press(Qt.Key.Key_Q, CTRL | SHIFT).type("211101100")
    assert floor.said == "Okafor, Amara: PHQ-9 7, mild"

    floor.at(10).press(Qt.Key.Key_F5)  # in the room
    floor.at(10, 2).press(Qt.Key.Key_F5)  # consent
    floor.type("asked food none liquid none spray none preg no meds none")
    floor.at(10, 4).type("136/86 74 98")
    assert floor.missing() == []
    for minute in (10, 15, 20):
        floor.at(10, minute).type("d 12K345" if minute == 10 else "d")
    assert floor.card.doses == ("1  10:10 AM", "2  10:15 AM", "3  10:20 AM")
    assert floor.card.release == ("Earliest release, 2 h after last device", "12:20 PM, in 2 h")
    floor.at(10, 50).type("132/84 72 98")

    floor.at(12, 19).press(Qt.Key.Key_R, CTRL)
    assert "Not before 12:20 PM: 120 minutes after the last device." in floor.refused
    floor.at(12, 20).type("128/82 70 98").press(Qt.Key.Key_R, CTRL)
    assert floor.refused[0] == "The last pressure 128/82 is not signed as acceptable or falling. Sign it: P."
    assert stay_of(floor).state == "monitoring"

    floor.type("p").type("s").type("w").press(Qt.Key.Key_R, CTRL)
    assert floor.refused == [
        "The aftercare sheet is not handed over.",
        "The driver is not here yet: Bea Marsh, (217) 555-0142. A prescriber may override with a reason.",
    ]
    floor.press(Qt.Key.Key_P, CTRL)
    assert floor.said == "Sheet printed on Front desk"
    text = text_of(printed[0])
    assert "Amara Okafor" in text
    assert "Tuesday, November 17" in text  # not before the day after
    floor.type("Amara and Bea").press(Qt.Key.Key_R, CTRL)
    assert [one.partition(":")[0] for one in floor.refused] == ["The driver is not here yet"]
    floor.press(Qt.Key.Key_F9)
    assert floor.missing() == []
    floor.press(Qt.Key.Key_R, CTRL)
    assert (floor.card.state, floor.refused) == (VisitState.LEFT, [])
    stay = stay_of(floor)
    assert (stay.state, stay.incidents()) == ("left", [])
    assert stay.forms()[0].minutes == 130
    _read_back(clinic, stay.visit_id, text)


def _read_back(clinic: SmallClinic, visit_id: int, text: str) -> None:
    with clinic.store.read() as records:
        sheet = records.find(Sheet, visit_id=visit_id)[-1]
    assert sheet.handed_to == "Amara and Bea"
    assert text_of(print_again(clinic.store, sheet, render_pdf).data) == text


def test_a_high_pressure_ends_arrived_not_treated_and_the_room_is_free(
    clinic: SmallClinic, open_floor: Open
) -> None:
    booked(clinic).scored()
    floor = open_floor()
    floor.at(9, 50).press(Qt.Key.Key_F2)
    floor.at(10).press(Qt.Key.Key_F5)
    floor.at(10, 2).press(Qt.Key.Key_F5)
    floor.type("asked food none liquid none spray none preg no meds none")
    floor.at(10, 5).type("172/104 88 97")
    assert floor.missing() == [("Pressure", "P")]
    floor.type("d 12K345")
    assert floor.refused == [
        "Pressure 172/104 at 10:05 AM is above 140 or above 90. A prescriber must acknowledge it, or a usual "
        "one is taken from 10:15 AM on."
    ]
    floor.press(Qt.Key.Key_Escape)
    floor.at(10, 15).type("168/102 86 97")
    floor.at(10, 20).press(Qt.Key.Key_E, CTRL)
    enter = Qt.Key.Key_Return
    floor.dialog(Qt.Key.Key_1, enter).dialog(Qt.Key.Key_1, enter)  # arrived, not treated: pressure too high
    stay = stay_of(floor)
    assert (stay.state, stay.visit.end_reason) == ("arrived, not treated", "Pressure too high")
    assert stay.room_claim() == (instant(10), instant(10, 35))
    assert (stay.forms(), stay.incidents()) == ([], [])
    assert any("No next visit is booked" in one for one in floor.notices)
    assert [one.group.value for one in floor.place.floor.cards] == ["done"]


def test_not_treated_in_a_course_is_told_to_wait_for_a_new_time(
    clinic: SmallClinic, open_floor: Open
) -> None:
    with clinic.store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    book_course(clinic.store, clinic.desk, CourseWish(template, [(1, clinic.wish())]))
    floor = open_floor()
    floor.at(9, 50).press(Qt.Key.Key_F2)
    floor.at(10).press(Qt.Key.Key_E, CTRL)
    floor.dialog(Qt.Key.Key_1, Qt.Key.Key_Return).dialog(Qt.Key.Key_1, Qt.Key.Key_Return)
    assert stay_of(floor).state == "arrived, not treated"
    assert any("Visit 1 of 6 waits on the to-place list." in one for one in floor.notices)
    (entry,) = to_place_list(clinic.store)
    assert entry.stand.missing == (1, 2, 3, 4, 5, 6)


def test_not_treated_in_a_course_that_was_stopped_waits_for_nothing(
    clinic: SmallClinic, open_floor: Open
) -> None:
    with clinic.store.read() as records:
        template = next(one for one in records.find(CourseTemplate) if one.code == "IV6")
    wishes = [(1, clinic.wish()), (2, clinic.wish(day=MONDAY + timedelta(days=3)))]
    _, second = book_course(clinic.store, clinic.desk, CourseWish(template, wishes)).visits
    seen = look_to_stop(clinic.store, clinic.clock.now(), second.id)
    assert seen is not None
    stop_course(clinic.store, clinic.desk, seen, CancelReason.COST)
    floor = open_floor()
    floor.at(9, 50).press(Qt.Key.Key_F2)
    floor.at(10).press(Qt.Key.Key_E, CTRL)
    floor.dialog(Qt.Key.Key_1, Qt.Key.Key_Return).dialog(Qt.Key.Key_1, Qt.Key.Key_Return)
    assert stay_of(floor).state == "arrived, not treated"
    assert not any("to-place list" in one for one in floor.notices)
