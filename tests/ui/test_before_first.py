"""A new clinic's first day: the window says what is to do before the first treatment, and leads there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.aftercare.approving import TextName, approve
from clinic_desktop.aftercare.texts_waiting import Texts
from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.document import RenderedPdf
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.before_first import before_first_treatment
from clinic_desktop.scheduling.model import Clinic
from clinic_desktop.ui.banner import Banner
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.set_up.place import SetUpPlace
from clinic_desktop.ui.widgets.button import Button
from tests.scheduling.set_up_world import World, certify, new_world
from tests.ui.grab import grab
from tests.ui.whole_window import settle, whole_window

Key = Qt.Key
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class FirstDay:
    """The window of a clinic as the assistant leaves it, with the board shown."""

    def __init__(self, qtbot: QtBot, world: World) -> None:
        self._qtbot, self.world = qtbot, world
        self.desk = Desk(world.store, world.acting("Dr. Priya Lin"), world.clock, world.setup)
        self.window = whole_window(qtbot, self.desk)

    def settle(self) -> None:
        settle(self._qtbot)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def act_as(self, name: str) -> None:
        self.desk.act_as(self.world.acting(name))

    @property
    def banner(self) -> Banner | None:
        return next((one for one in self.window.banners.banners() if one.id == "before-first"), None)

    @property
    def focused(self) -> str:
        focus = QApplication.focusWidget()
        return focus.accessibleName() if focus is not None else ""

    @property
    def set_up(self) -> SetUpPlace:
        assert self.window.current == "set-up"
        place = self.window.place("set-up")
        assert isinstance(place, SetUpPlace)
        return place


@pytest.fixture
def day(qtbot: QtBot, tmp_path: Path) -> Iterator[FirstDay]:
    world = new_world(tmp_path)
    certify(world)
    made = FirstDay(qtbot, world)
    yield made
    made.settle()
    world.store.close()


def test_the_first_days_board_says_what_is_to_do_and_the_key_leads_to_the_very_field(day: FirstDay) -> None:
    assert day.window.current == "board"
    grab(day.window, "before-first-board", (1366, 730))
    grab(day.window, "before-first-small", (683, 384), 2.0)
    assert day.banner is not None
    assert day.banner.title == "Before the first treatment"
    assert day.banner.text == (
        "Pressure limits to set: IV ketamine, Spravato, Intramuscular ketamine and Ketamine with therapy."
        " Nobody is dosed before a prescriber has set them. The aftercare sheets are drafts: a"
        " prescriber reads and approves them, in My decisions."
    )
    day.press(Key.Key_F, CONTROL_SHIFT)
    assert day.set_up.current == "policies"
    assert day.focused == "IV ketamine: tell the prescriber at or above"
    day.window.resize(1366, 730)
    grab(day.window, "before-first-limits", (1366, 730))
    field = QApplication.focusWidget()
    assert field is not None
    assert not field.visibleRegion().isEmpty()  # scrolled into sight


def test_approved_texts_are_not_asked_for(day: FirstDay) -> None:
    prescriber = day.desk.actor
    assert day.banner is not None
    assert "aftercare sheets" in day.banner.text
    with day.world.store.read() as records:
        waiting = Texts().waiting(records, day.world.clock.now())
    for one in waiting:
        name = TextName(one.kind, one.language, one.number, one.shipped)
        day.desk.record(approve(day.world.store, prescriber, name, lambda _: RenderedPdf(b"", 1)))
        day.settle()
    assert "aftercare sheets" not in day.banner.text


def test_it_shortens_with_every_treatment_and_is_gone_when_all_are_set(day: FirstDay) -> None:
    for name in ("IV ketamine", "Spravato", "Intramuscular ketamine", "Ketamine with therapy"):
        assert day.banner is not None
        assert name in day.banner.text
        day.press(Key.Key_F, CONTROL_SHIFT)
        assert day.focused == f"{name}: tell the prescriber at or above"
        day.press(Key.Key_Return)
        assert day.banner is None or name not in day.banner.text
    assert before_first_treatment(day.world.setup) == []
    assert day.banner is None
    day.press(Key.Key_F, CONTROL_SHIFT)
    assert day.window.status_bar.said == "Nothing is left to do before a first treatment."


def test_the_button_of_the_banner_leads_there_by_mouse(day: FirstDay) -> None:
    (button,) = day.window.banners.findChildren(Button)
    assert button.text() == "Open Set-up"
    button.click()
    assert day.set_up.current == "policies"


def test_whoever_is_no_prescriber_reads_who_can(day: FirstDay) -> None:
    day.act_as("Maya Jones")
    assert day.banner is not None
    assert "before a prescriber has set them. For Dr. Priya Lin to do." in day.banner.text
    assert day.banner.text.endswith("approves them, in My decisions. For Dr. Priya Lin to do.")
    day.act_as("Dr. Priya Lin")
    assert "For Dr. Priya Lin to do." not in day.banner.text


def test_a_clinic_without_a_prescriber_is_led_to_the_staff_list(day: FirstDay) -> None:
    day.act_as("Priya Kaur")
    with day.world.store.write(day.desk.actor) as unit:
        for one in unit.find(Staff):
            if Role.PRESCRIBER in one.roles:
                unit.save(replace(one, active=False))
        unit.commit()
    day.desk.renew_setup(day.world.setup)
    assert day.banner is not None
    assert day.banner.text.startswith("No prescriber is on the staff list.")
    day.press(Key.Key_F, CONTROL_SHIFT)
    assert day.set_up.current == "staff"


def test_a_certification_that_nobody_wrote_down_leads_to_the_clinic(day: FirstDay) -> None:
    day.act_as("Priya Kaur")
    with day.world.store.write(day.desk.actor) as unit:
        (itself,) = unit.find(Clinic)
        unit.save(replace(itself, certified_on=None))
        unit.commit()
    day.desk.renew_setup(day.world.setup)
    assert day.banner is not None
    assert "The clinic's REMS certification is not on record." in day.banner.text
    day.press(Key.Key_F, CONTROL_SHIFT)
    assert day.set_up.current == "clinic"
