"""The paper for a day without the program, in the window: when it is made, and what is said of it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.app import places
from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.ui import batch as batches
from clinic_desktop.ui.booking.panels import make_booking_panels
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.fail_safe import printing
from clinic_desktop.ui.fail_safe.fail_safe import FailSafe
from clinic_desktop.ui.fail_safe.folder import PAPER_FOLDER, kept_there
from clinic_desktop.ui.fail_safe.section import PaperSection
from clinic_desktop.ui.paper import PaperDialog
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.settings_store import SettingsStore
from clinic_desktop.ui.window import Window, read_setup
from tests.small_clinic import SmallClinic, instant
from tests.ui.sheets.test_batch import Queue
from tests.ui.whole_window import settle

Key = Qt.Key
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
MOVED = Changes(1, visits=frozenset({1}), kinds=frozenset({"visit"}))
TODAY, TUESDAY = "tomorrow-2026-11-16.pdf", "tomorrow-2026-11-17.pdf"


class Here:
    """The window of the clinic with a folder of its own."""

    def __init__(self, qtbot: QtBot, clinic: SmallClinic, folder: Path) -> None:
        self.qtbot, self.clinic, self.folder = qtbot, clinic, folder
        folder.mkdir()
        self.preferences = SettingsStore(folder.parent / "window.ini")
        self.preferences.set(PAPER_FOLDER, str(folder))
        desk = Desk(clinic.store, clinic.nurse, clinic.clock, read_setup(clinic.store), render_pdf)
        panels = make_booking_panels(desk, live_directory(desk))
        self.window = Window(desk, places(desk, panels), panels, self.preferences)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 730)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.window.open_first()
        settle(qtbot)

    @property
    def paper(self) -> FailSafe:
        return self.window.fail_safe

    @property
    def names(self) -> list[str]:
        return [one.file.name for one in kept_there(self.folder)]

    def look(self) -> "Here":
        self.paper.look()
        settle(self.qtbot)
        return self

    def start(self) -> "Here":
        self.paper.start()
        settle(self.qtbot)
        return self

    def press(self, key: Qt.Key) -> "Here":
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, CTRL_SHIFT)
        settle(self.qtbot)
        return self

    def section(self) -> PaperSection:
        return self.window._closing.panel.findChildren(PaperSection)[0]

    def said(self) -> list[str]:
        return [one.accessibleName() for one in self.window.notices.notices()]


@pytest.fixture
def here(qtbot: QtBot, clinic: SmallClinic, tmp_path: Path) -> Iterator[Here]:
    made = Here(qtbot, clinic, tmp_path / "paper")
    yield made
    made.paper.stop()
    settle(qtbot)


def test_the_first_start_makes_it_for_today_and_for_tomorrow(here: Here) -> None:
    assert here.start().names == [TODAY, TUESDAY]


def test_at_the_closing_hour_it_is_made_anew_once(here: Here) -> None:
    here.start()
    tuesday = here.folder / TUESDAY
    here.clinic.clock.at = instant(17, 29)
    before = tuesday.stat().st_mtime
    assert here.look().folder.joinpath(TUESDAY).stat().st_mtime == before
    here.clinic.clock.at = instant(17, 30)
    here.look()
    assert tuesday.stat().st_mtime == instant(17, 30).timestamp()
    here.clinic.clock.at = instant(17, 45)
    here.look()
    assert tuesday.stat().st_mtime == instant(17, 30).timestamp()


def test_before_the_window_has_started_nothing_is_written(here: Here) -> None:
    assert here.look().names == []
    here.window.close()
    settle(here.qtbot)
    assert here.names == []


def test_the_end_of_the_day_says_how_old_it_is_and_where(here: Here) -> None:
    here.start().press(Key.Key_H)
    section = here.section()
    assert section.isVisible()
    assert section.says.text() == "For Tuesday, November 17: made Mon, Nov 16, 7:00 AM."
    assert section.where.text() == f"Kept in {here.folder}."
    assert not section.trouble.isVisible()


def test_opening_the_end_of_the_day_puts_on_paper_what_changed(here: Here) -> None:
    here.start()
    here.clinic.clock.at += timedelta(hours=2)
    here.window.desk.hub.tell(MOVED)
    here.press(Key.Key_H)
    assert here.section().says.text().endswith("made Mon, Nov 16, 9:00 AM.")


def test_closing_the_window_puts_on_paper_what_changed(here: Here) -> None:
    here.start()
    here.clinic.clock.at = instant(12)
    here.window.desk.hub.tell(MOVED)
    here.window.close()
    settle(here.qtbot)
    assert (here.folder / TUESDAY).stat().st_mtime == instant(12).timestamp()


def test_a_folder_that_is_gone_is_said_and_stands_at_the_end_of_the_day(here: Here) -> None:
    shutil.rmtree(here.folder)
    here.start()
    (said,) = here.said()
    assert said.startswith("Tomorrow's paper was not made")
    assert "Connect its drive, or choose another." in said
    here.press(Key.Key_H)
    assert here.section().trouble.isVisible()
    here.look()
    assert len(here.said()) == 1  # not each minute
    here.folder.mkdir()
    here.clinic.clock.at += timedelta(minutes=10)
    assert here.look().names == [TODAY, TUESDAY]
    assert not here.section().trouble.isVisible()


def test_another_folder_is_remembered_and_filled(here: Here, tmp_path: Path) -> None:
    other = tmp_path / "usb"
    other.mkdir()
    here.window.desk.act_as(Actor(here.clinic.maya.id, frozenset({Role.MANAGER}), "desk"))
    here.start().paper.keep_in(str(other))
    settle(here.qtbot)
    assert here.preferences.get(PAPER_FOLDER) == str(other)
    assert [one.file.name for one in kept_there(other)] == [TODAY, TUESDAY]


def test_on_demand_it_is_shown_to_be_printed_and_kept(here: Here) -> None:
    here.press(Key.Key_F9)
    (dialog,) = here.window.findChildren(PaperDialog)
    here.qtbot.waitUntil(lambda: dialog.pages.text().startswith("Page 1 of"))
    assert here.names == [TODAY, TUESDAY]
    assert dialog._named() == "paper-2026-11-17"  # the day that it is for
    dialog.reject()


def test_who_prints_no_sheets_is_told_so_and_nothing_is_made(here: Here) -> None:
    here.window.desk.act_as(Actor(0, frozenset()))
    here.press(Key.Key_F9)
    assert here.names == []
    assert any(one.startswith("The pages were not made") for one in here.said())


def test_the_demo_makes_nothing_by_itself(here: Here) -> None:
    setup = here.window.desk.setup
    here.window.desk.renew_setup(replace(setup, clinic=replace(setup.clinic, demo=True)))
    assert here.start().names == []


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Queue:
    made = Queue()
    for name in ("route", "hand_over", "follow", "take_back"):
        monkeypatch.setattr(batches, name, getattr(made, name))
    monkeypatch.setattr(printing, "printer_here", lambda: "Front desk")
    return made


def print_it(here: Here) -> None:
    here.clinic.clock.at -= timedelta(days=3)  # the Friday before Amara's visit
    here.press(Key.Key_F9)
    (dialog,) = here.window.findChildren(PaperDialog)
    here.qtbot.waitUntil(lambda: dialog.pages.text().startswith("Page 1 of"))
    dialog.send()


def test_it_is_printed_part_by_part_and_what_became_of_it_is_said(here: Here, queue: Queue) -> None:
    print_it(here)
    here.qtbot.waitUntil(lambda: here.paper.printing.batch is None)
    assert queue.taken == [f"paper-2026-11-16-{number}" for number in (1, 2, 3)]
    assert not any(one.startswith("Printing the paper") for one in here.said())


def test_it_can_be_stopped_on_its_way(here: Here, queue: Queue) -> None:
    queue.on_hand = lambda _number: here.paper.printing.stop()
    print_it(here)
    assert any(one.startswith("Printing the paper. 3 parts") for one in here.said())
    here.qtbot.waitUntil(lambda: here.paper.printing.batch is None)
    assert queue.taken == ["paper-2026-11-16-1"]


def test_a_part_that_fails_is_named(here: Here, queue: Queue) -> None:
    def jams(number: int) -> None:
        if number == 2:
            raise EnvironmentFailure("The printer is jammed.")

    queue.on_hand = jams
    print_it(here)
    here.qtbot.waitUntil(lambda: here.paper.printing.batch is None)
    (said,) = [one for one in here.said() if one.startswith("Not all of the paper came out")]
    assert "Okafor, Amara: The printer is jammed." in said
    assert len(queue.taken) == 3


def test_where_a_setting_is_missing_no_other_folder_is_offered(here: Here) -> None:
    here.start()
    here.paper._not_made(ClinicProblem("The sheet needs the clinic's phones."))
    (notice,) = here.window.notices.notices()
    assert notice._action is not None
    assert notice._action.text == "Open Set-up"
    here.paper._not_made(EnvironmentFailure("The folder is gone."))
    assert [one._action.text for one in here.window.notices.notices()][-1] == "Choose a folder"
