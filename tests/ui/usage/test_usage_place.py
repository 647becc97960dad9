"""Room usage in the window: figures with their formulas, chart and table, periods, saving."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, QRectF, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.reports.usage_table import COLUMNS, as_csv
from clinic_desktop.scheduling.model import Override
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.usage import place as places
from clinic_desktop.ui.usage.period import Kind
from clinic_desktop.ui.usage.room_model import CHART
from clinic_desktop.ui.usage.room_paint import lanes_of
from clinic_desktop.ui.usage.room_table import chart_rect
from tests.reports.clinic import MONDAY
from tests.ui.grab import picture_of
from tests.ui.usage.conftest import ELEVEN, MANAGER, NINE, NOON, TEN, Stage

Key, Mod = Qt.Key, Qt.KeyboardModifier
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def press(qtbot: QtBot, stage: Stage, key: Qt.Key, mod: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or stage.shell, key, mod)
    stage.calm()


def row_texts(model: QAbstractItemModel, row: int) -> list[str]:
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def test_the_four_utilisations_stand_apart_with_their_formulas(stage: Stage) -> None:
    said = {name: (tile.number, tile.text) for name, tile in stage.place.view.figures.tiles.items()}
    assert said == {
        "scheduled_pct": ("15.0 %", "180 ÷ 1,200, planned ÷ open minutes"),
        "actual_pct": ("10.6 %", "127 ÷ 1,200, carried out ÷ open minutes"),
        "raw_pct": ("10.6 %", "127 ÷ 1,200, any patient in ÷ open minutes"),
        "adjusted_pct": ("12.1 %", "145 ÷ 1,200, raw and turnover ÷ open minutes"),
    }
    visits = stage.place.view.figures.visits
    assert (visits.number, visits.text) == ("2 of 3", "carried out, 1 no-show, 1 cancelled late")
    assert visits.accessibleName() == "Visits: 2 of 3, carried out, 1 no-show, 1 cancelled late"


def test_each_room_has_its_figures_beside_its_chart(stage: Stage) -> None:
    model = stage.place.view.rooms.rooms
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert row_texts(model, 0) == ["A", "", "600", "180", "127", "18", "30.0 %", "21.2 %", "21.2 %", "24.2 %"]
    assert row_texts(model, 2)[0] == "All rooms"
    assert model.index(0, 8).data(SPOKEN) == "A, Raw %: 21.2 %"


def test_the_chart_says_in_words_what_it_shows(stage: Stage) -> None:
    model = stage.place.view.rooms.rooms
    first, second, missed, cancelled = model.index(0, CHART).data(SPOKEN).removeprefix("A. ").split(". ")
    assert first == (
        "Sample, Pia, Talk, Left, planned 9:00–10:00 AM, in the room 9:05–10:12 AM, "
        "5 minutes late, 12 minutes over"
    )
    assert second.endswith("in the room 10:30–11:30 AM, after 18 minutes of turnover")
    assert "No-show, planned 1:00–2:00 PM" in missed
    assert "Cancelled late" in cancelled
    assert model.index(1, CHART).data(SPOKEN) == "B. No visits"


def test_the_visits_of_the_chosen_room_are_listed(qtbot: QtBot, stage: Stage) -> None:
    details = stage.place.view.details.list
    QAbstractItemModelTester(details.model_, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [row[:2] for row in details.model_.rows] == [("Sample, Pia", "A")] * 4
    press(qtbot, stage, Key.Key_Up)
    assert details.model_.rows == ()
    press(qtbot, stage, Key.Key_Up)
    assert details.accessibleName() == "A: visits"
    assert details.model_.rows[0] == (
        "Sample, Pia", "TALK", "Left", "9:00–10:00 AM", "9:05–10:12 AM", "5", "12", "",
    )  # fmt: skip
    assert details.model_.rows[1][-1] == "18"


def test_people_have_the_hours_that_the_visits_asked_for(stage: Stage) -> None:
    assert stage.place.view.details.staff.model_.rows == (
        ("Nora Nurse, nurse", "2", "2:00"),
        ("Pat Prescriber, prescriber", "2", "1:40"),
    )


def colour_at(stage: Stage, lane: str, minute: int) -> str:
    """The colour in the middle of a track of room A, at a minute of the day."""
    table = stage.place.view.rooms
    cell = QRectF(table.visualRect(table.rooms.index(0, CHART)))
    rect = chart_rect(cell)
    track: QRectF = getattr(lanes_of(rect), lane)
    x = rect.left() + rect.width() * (minute - 480) / 600
    at = table.viewport().mapTo(stage.shell, QPoint(round(x), round(track.center().y())))
    return picture_of(stage.shell).toImage().pixelColor(at).name()


@pytest.mark.parametrize("look", [Appearance.LIGHT, Appearance.DARK])
def test_planned_above_actual_below_and_nothing_where_nobody_was(stage: Stage, look: Appearance) -> None:
    theme().set_appearance(look)
    c, family = theme().colours, theme().family("other")
    ground = c.surface.name()
    assert colour_at(stage, "actual", NINE + 58) == family.dose.name()
    assert colour_at(stage, "actual", NINE + 3) == c.danger.name()  # the line of a late start
    assert colour_at(stage, "actual", TEN + 8) in (c.warn_soft.name(), c.warn.name())
    assert colour_at(stage, "actual", NOON + 20) == ground
    assert colour_at(stage, "actual", ELEVEN + 45) == ground  # idle
    assert colour_at(stage, "planned", NOON + 20) == ground
    theme().set_appearance(Appearance.SYSTEM)


def test_the_pointer_on_a_bar_tells_the_visit(stage: Stage) -> None:
    rooms = stage.place.view.rooms
    rect = chart_rect(QRectF(rooms.visualRect(rooms.rooms.index(0, CHART))))
    scale = rooms._delegate.scale
    assert rooms.rooms.spoken_at(0, scale, rect, scale.x(rect, NINE + 30)).startswith("Sample, Pia, Talk")
    assert rooms.rooms.spoken_at(0, scale, rect, scale.x(rect, NOON + 20)) == ""


def test_weeks_and_months_by_their_keys(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, Key.Key_2, Mod.ControlModifier)
    assert (stage.place.period.first, stage.place.period.last) == (MONDAY, MONDAY + timedelta(days=6))
    model = stage.place.view.rooms.rooms
    assert row_texts(model, 0)[2:5] == ["3,000", "180", "127"]
    days = stage.place.view.details.list.model_.rows
    names = ("Mon, Nov 16", "Tue, Nov 17", "Wed, Nov 18", "Thu, Nov 19", "Fri, Nov 20")
    assert tuple(row[0] for row in days) == names
    assert days[0][2:4] == ("180", "127")
    assert days[1][2:4] == ("0", "–")  # still to come
    press(qtbot, stage, Key.Key_3, Mod.ControlModifier)
    assert stage.place.period.last == date(2026, 11, 30)
    assert "days to come have planned minutes only" in stage.place.view.bar.note


def test_back_and_forward_go_by_whole_periods(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, Key.Key_3, Mod.ControlModifier)
    for number in (10, 9, 8):
        press(qtbot, stage, Key.Key_Left, Mod.AltModifier)
        assert stage.place.period.first == date(2026, number, 1)
    stage.place.navigator.back()  # the button, not the key
    assert stage.place.period == places.period_of(Kind.MONTH, date(2026, 7, 1))
    stage.place.navigator.forward()
    stage.calm()
    assert stage.place.period.first == date(2026, 8, 1)
    press(qtbot, stage, Key.Key_Home, Mod.ControlModifier)
    assert stage.place.period.first == date(2026, 11, 1)


def test_a_typed_day_is_shown(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, Key.Key_G, Mod.ControlModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "11/20")
    press(qtbot, stage, Key.Key_Return)
    assert stage.place.period == places.period_of(Kind.DAY, date(2026, 11, 20))
    assert stage.place.view.figures.tiles["actual_pct"].number == "–"
    assert stage.place.view.bar.note == "Still to come: planned minutes only"


def test_from_one_date_to_another(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, Key.Key_4, Mod.ControlModifier)
    line = stage.place.view.bar.first
    assert line.hasFocus()
    qtbot.keyClicks(line, "11/9")
    press(qtbot, stage, Key.Key_Return)
    qtbot.keyClicks(stage.place.view.bar.last, "11/17")
    press(qtbot, stage, Key.Key_Return)
    assert (stage.place.period.first, stage.place.period.last) == (date(2026, 11, 9), date(2026, 11, 17))
    assert len(stage.place.view.details.list.model_.rows) == 7


def test_dates_the_wrong_way_round_are_told(stage: Stage) -> None:
    stage.place.show_dates(MONDAY, MONDAY - timedelta(days=1))
    stage.calm()
    assert "last day lies before the first" in stage.place.view.empty.accessibleName()
    assert stage.place.view.bar.export.missing


def test_enter_on_a_day_opens_it(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, Key.Key_2, Mod.ControlModifier)
    details = stage.place.view.details.list
    details.setFocus()
    details.setCurrentIndex(details.model_.index(0, 0))
    press(qtbot, stage, Key.Key_Return)
    assert stage.place.period == places.period_of(Kind.DAY, MONDAY)
    assert stage.place.view.rooms.hasFocus()


def test_a_year_is_told_month_by_month(stage: Stage) -> None:
    stage.place.show_dates(date(2026, 1, 1), date(2026, 12, 31))
    stage.calm()
    assert len(stage.place.view.details.list.model_.rows) == 12


def test_what_is_shown_is_saved_as_csv(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    file = tmp_path / "usage.csv"

    def ask(_parent: object, name: str, on_chosen: object) -> QFileDialog | None:
        asked.append(name)
        on_chosen(str(file))  # type: ignore[operator]  # what the place gives
        return None

    monkeypatch.setattr(places, "ask_save", ask)
    press(qtbot, stage, Key.Key_S, Mod.ControlModifier)
    assert asked == ["room-usage-2026-11-16.csv"]
    assert stage.place.view.read is not None
    assert file.read_bytes().decode() == as_csv(stage.place.view.read.report)
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert rows[0]["actual_min"] == "127"
    assert set(COLUMNS) <= set(rows[0])
    assert stage.shell.status_bar.said == f"Saved as {file}."


def test_a_file_that_cannot_be_written_is_told(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "nowhere").write_text("a file, not a folder")
    stage.place.save_to(str(tmp_path / "nowhere" / "usage.csv"))
    stage.calm()
    (notice,) = stage.shell.notices.notices()
    assert "could not be written" in notice.accessibleName()


def test_reports_are_for_those_who_may_see_them(stage: Stage) -> None:
    stage.desk.act_as(Actor(2, frozenset({Role.NURSE}), "floor"))
    stage.calm()
    assert "right to see reports" in stage.place.view.empty.accessibleName()
    stage.desk.act_as(Actor(3, frozenset({Role.PRESCRIBER}), "office"))
    stage.calm()
    assert stage.place.view.read is not None


def test_news_of_the_day_are_added_up_at_once(stage: Stage) -> None:
    before = stage.clinic.store.change_number()
    stage.clinic.went(NOON, 60, (NOON, NOON + 60), room=1)
    stage.desk.hub.tell(stage.clinic.store.changes_since(before))
    stage.calm()
    assert stage.place.view.rooms.rooms.rooms[1].actual_min == 60


def test_who_is_in_a_room_stays_longer_each_minute(stage: Stage, clinic_clock: FixedClock) -> None:
    stage.clinic.went(20 * 60, 60, (20 * 60, None), state=VisitState.MONITORING, room=1)
    stage.place._tick()
    stage.calm()
    first = stage.place.view.rooms.rooms.rooms[1].raw_min
    clinic_clock.forward(1)
    stage.place._tick()
    stage.calm()
    assert (first, stage.place.view.rooms.rooms.rooms[1].raw_min) == (120, 121)
    assert stage.place.view.rooms.rooms.rooms[1].actual_min == 0


def test_a_leaving_that_nobody_recorded_is_told(stage: Stage) -> None:
    friday = MONDAY - timedelta(days=3)
    stage.clinic.went(NINE, 60, (NINE, None), state=VisitState.MONITORING, day=friday)
    stage.place.show_day(friday)
    stage.calm()
    unended = stage.place.view.unended
    assert unended.isVisible()
    assert "1 patient was never recorded as gone" in unended.accessibleName()
    assert "1 not recorded as gone" in stage.place.view.figures.visits.text
    assert colour_at(stage, "actual", NINE + 2) in (
        theme().colours.warn_soft.name(),
        theme().colours.warn.name(),
    )
    stage.place.show_day(MONDAY)
    stage.calm()
    assert not unended.isVisible()


def test_everything_can_be_reached_in_a_small_window(stage: Stage) -> None:
    stage.shell.resize(683, 384)
    rooms = stage.place.view.rooms
    assert rooms.horizontalScrollBar().maximum() > 0
    rooms.setCurrentIndex(rooms.rooms.index(0, rooms.rooms.columnCount() - 1))
    last = rooms.visualRect(rooms.currentIndex())
    assert rooms.viewport().rect().contains(last.center())
    assert rooms.verticalScrollBar().maximum() == 0


def test_every_part_has_a_name_for_a_screen_reader(stage: Stage) -> None:
    view = stage.place.view
    parts = (view.rooms, view.details.list, view.details.staff, view.figures, view.bar.switch, view.bar.first)
    assert all(part.accessibleName() for part in parts)


def test_f6_goes_through_the_parts(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, Key.Key_F6)
    assert stage.place.view.details.list.hasFocus()
    press(qtbot, stage, Key.Key_Escape)
    assert stage.place.view.rooms.hasFocus()


@pytest.mark.parametrize("text_size", [100, 130])
def test_the_two_dates_are_seen_from_their_first_letter_to_their_last(
    stage: Stage, qtbot: QtBot, text_size: int
) -> None:
    bar = stage.place.view.bar
    try:
        theme().set_text_size(text_size)  # while the window is open
        press(qtbot, stage, Key.Key_4, Mod.ControlModifier)
        for line in (bar.first, bar.last):
            line.setText("Wed, Nov 25, 2026")
            line.setCursorPosition(0)
            edges = 2 * (2 + 8) + 4  # frame and padding, and what a line edit keeps for itself
            assert line.width() - edges >= line.fontMetrics().horizontalAdvance(line.text())
    finally:
        theme().set_text_size(100)


# What went past a rule.


def test_the_days_overrides_and_deviations_are_listed(stage: Stage, qtbot: QtBot) -> None:
    over = stage.place.view.details.over
    assert not over.isVisible()
    clinic = stage.clinic
    with clinic.store.read() as records:
        visit = records.visits_on(MONDAY, MONDAY)[0]
    with clinic.store.write(MANAGER) as unit:
        unit.add(
            Override(
                visit_id=visit.id,
                rule="driver-release",
                by=clinic.prescriber.id,
                at=clinic.moment(TEN),
                reason="stays with staff",
            )
        )
        unit.add(
            Stamp(
                visit_id=visit.id,
                kind=StampKind.SETTLED,
                at=clinic.moment(ELEVEN),
                by=clinic.nurse.id,
                deviations=("release-sheet", "release-walks"),
                note="walked out",
            )
        )
        unit.commit()
    press(qtbot, stage, Key.Key_Right, Mod.AltModifier)
    press(qtbot, stage, Key.Key_Left, Mod.AltModifier)
    assert over.isVisible()
    name, nurse, prescriber = "Sample, Pia", clinic.nurse.name, clinic.prescriber.name
    assert [row_texts(over.model_, row) for row in range(over.model_.rowCount())] == [
        [name, "Release without the driver", "Allowed", prescriber, "10:00 AM", "stays with staff"],
        [
            name,
            "Released without the sheet; Released without steady walking on record",
            "Deviation",
            nurse,
            "11:00 AM",
            "walked out",
        ],
    ]
    press(qtbot, stage, Key.Key_2, Mod.ControlModifier)
    assert not over.isVisible()
