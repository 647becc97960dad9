"""The wall view: for everybody's eyes, read from three metres, and nothing is recorded there."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QPainter, QPixmap
from pytestqt.qtbot import QtBot

from clinic_desktop.scheduling.model import Room
from clinic_desktop.security.sealed_files import new_key
from clinic_desktop.treatment.calling import call_for_help
from clinic_desktop.treatment.kept_entries import kept_answer, kept_entry
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui import operations
from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.floor.kept_cards import KeptCards
from clinic_desktop.ui.floor.place import FloorPlace
from clinic_desktop.ui.floor.reading import read_floor
from clinic_desktop.ui.floor.words import at_clock
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.wall import wall_paint
from clinic_desktop.ui.wall.lobby import Lobby, LobbyLine, fitted, more_words
from clinic_desktop.ui.wall.tiles import WallTile, fewest, wall_tiles
from clinic_desktop.ui.wall.wall import Wall
from clinic_desktop.ui.wall.wall_paint import MOST, SMALL, alarm_ink, paint_wall
from clinic_desktop.ui.window import read_setup
from tests.small_clinic import MONDAY, ZONE, SmallClinic, build, instant
from tests.treatment.stays import K, Stay, booked
from tests.ui.floor.window import make_window
from tests.ui.grab import grab_both
from tests.ui.kit.colour import contrast

Key, Mod = Qt.Key, Qt.KeyboardModifier
WAIT_MS = 30_000
# What would say who it is, or what they are given: the room's own name is the clinic's.
SECRET = ("Amara", "Okafor", "1984", "April", "ketamine", "mg", "124/78", "168", "Bea", "555", "Reed", "Nina")


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = build(tmp_path)
    with made.store.write(made.desk) as unit:  # rooms that are named after no drug
        for name, room in made.rooms.items():
            unit.save(replace(unit.get(Room, room.id), name=f"Room {name[0]}{name[-1]}"))
        unit.commit()
    yield made
    operations.wait_for_all()
    made.store.close()


Open = Callable[[], tuple[Shell, FloorPlace, Wall]]


@pytest.fixture
def open_wall(qtbot: QtBot, clinic: SmallClinic) -> Open:
    """The wall view over a window at the floor, opened by its key, with everything read."""

    def opened() -> tuple[Shell, FloorPlace, Wall]:
        shell, place, _ = make_window(clinic.store, clinic.clock, clinic.nurse)
        qtbot.addWidget(shell)
        shell.show()
        shell.activateWindow()
        qtbot.waitUntil(shell.isActiveWindow)
        place.focus_work()
        qtbot.keyClick(place.view.list, Key.Key_K, Mod.ControlModifier | Mod.ShiftModifier)
        wall = place.wall
        assert wall is not None
        qtbot.waitUntil(lambda: bool(wall.tiles), timeout=WAIT_MS)
        calm(qtbot)
        return shell, place, wall

    return opened


def calm(qtbot: QtBot, until: Callable[[], bool] = lambda: True) -> None:
    qtbot.waitUntil(lambda: not operations.running_count() and until(), timeout=WAIT_MS)


def tile(wall: Wall, room: str) -> WallTile:
    return next(one for one in wall.tiles if one.room == room)


def test_each_room_says_initials_phase_minutes_and_what_is_late(clinic: SmallClinic, open_wall: Open) -> None:
    booked(clinic).prepared().device()
    clinic.clock.at = instant(10, 15)
    Stay(clinic, 1).device()
    clinic.clock.at = instant(10, 52)
    _, _, wall = open_wall()
    assert tile(wall, "Room S1") == WallTile(
        "Room S1", "A. O.", "Monitoring", "0:37, 1:23 left", "2 min late", Tone.DANGER
    )
    assert tile(wall, "Room I2").spoken == "Room I2, Free"
    assert wall.isFullScreen()


def test_a_limit_asks_for_the_prescriber_without_the_pressure(clinic: SmallClinic, open_wall: Open) -> None:
    stay = booked(clinic).sprayed().at(11)
    stay.vitals(168, 104)
    _, _, wall = open_wall()
    assert tile(wall, "Room S1").alarm == "Tell prescriber"


@pytest.mark.parametrize("code", ["SP56", "IVM"])
def test_r14_no_name_birth_date_drug_or_measure_is_painted_or_spoken(
    clinic: SmallClinic, open_wall: Open, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    stay = booked(clinic, code)
    booked(clinic, code, 840, patient_id=clinic.double("Reed").id)  # comes into the same room
    _ = stay.sprayed() if code == "SP56" else stay.infused()
    stay.at(11).vitals(168, 104)
    painted: list[str] = []
    write = wall_paint.write

    def noted(painter: QPainter, rect: QRectF, text: str, *more: object) -> float:
        painted.append(text)
        return write(painter, rect, text, *more)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(wall_paint, "write", noted)
    _, _, wall = open_wall()
    wall.grab()
    found = QAccessible.queryAccessibleInterface(wall)
    assert found is not None
    spoken = [found.text(one) for one in QAccessible.Text if one is not QAccessible.Text.UserText]
    everything = " | ".join([*painted, *spoken, wall.windowTitle(), wall.toolTip()])
    assert "A. O." in everything
    assert [one for one in SECRET if one in everything] == []
    assert found.childCount() == 0


def test_it_goes_on_by_itself_while_another_place_is_shown(
    qtbot: QtBot, clinic: SmallClinic, open_wall: Open
) -> None:
    stay = booked(clinic).prepared()
    shell, place, wall = open_wall()
    other = next(one for one in shell._specs if one != "floor")
    shell.go(other)
    saved = stay.at(10, 12).device()
    place.floor._desk.hub.tell(saved.changes)
    calm(qtbot, lambda: tile(wall, "Room S1").phase == "In treatment")
    clinic.clock.at = instant(10, 20)
    wall._timer.timeout.emit()
    calm(qtbot, lambda: tile(wall, "Room S1").minutes.startswith("0:08"))


def test_while_the_server_is_away_what_this_computer_keeps_is_on_the_wall_at_once(
    qtbot: QtBot, clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_wall: Open
) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    clinic.clock.at = instant(10, 51)
    _, place, wall = open_wall()
    assert tile(wall, "Room S1").alarm == "1 min late"
    outage = place.floor._desk.outage
    outage.keep_in(tmp_path / "kept", new_key())
    calm(qtbot)
    outage.gone()
    monkeypatch.setattr(wall._reader, "read", lambda _work: None)  # it does not answer
    high = Stamp(kind=K.VITALS, systolic=168, diastolic=104, oxygen=97)
    known = stay.stamps()
    entry = kept_entry(clinic.nurse, stay.visit_id, [high], clinic.clock.now(), known=known)
    outage.keep(entry, lambda: None, pytest.fail)
    calm(qtbot, lambda: bool(outage.kept))
    assert tile(wall, "Room S1").alarm == "Tell prescriber"


def test_the_next_look_is_when_the_clock_shows_another_minute(clinic: SmallClinic, open_wall: Open) -> None:
    clinic.clock.at = instant(10, 0, 45)
    _, _, wall = open_wall()
    assert wall._timer.isActive()
    assert 0 < wall._timer.interval() <= 15_100


def test_a_call_for_help_is_across_the_top_and_the_time_stays(
    qtbot: QtBot, clinic: SmallClinic, open_wall: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []
    write = wall_paint.write

    def noted(painter: QPainter, rect: QRectF, text: str, *more: object) -> float:
        painted.append(text)
        return write(painter, rect, text, *more)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(wall_paint, "write", noted)
    _, place, wall = open_wall()
    changes = call_for_help(clinic.store, clinic.nurse, clinic.rooms["Infusion 2"].id)
    place.floor._desk.hub.tell(changes)
    calm(qtbot, lambda: wall.calls == "Room I2: help is called")
    assert wall.accessibleDescription().startswith("Room I2: help is called")
    painted.clear()
    wall.grab()
    assert painted[:2] == [at_clock(place.floor._desk.now(), place.floor._desk.zone), wall.calls]


def test_a_call_that_is_answered_while_the_server_is_away_goes_from_the_wall(
    qtbot: QtBot, clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_wall: Open
) -> None:
    _, place, wall = open_wall()
    outage = place.floor._desk.outage
    outage.keep_in(tmp_path / "kept", new_key())
    place.floor._desk.hub.tell(call_for_help(clinic.store, clinic.nurse, clinic.rooms["Infusion 2"].id))
    calm(qtbot, lambda: bool(wall.calls))
    outage.gone()
    monkeypatch.setattr(wall._reader, "read", lambda _work: None)  # it does not answer
    assert wall._read is not None
    (call,) = wall._read.calls
    outage.keep(kept_answer(clinic.nurse, call, clinic.clock.now()), lambda: None, pytest.fail)
    calm(qtbot, lambda: bool(outage.kept))
    assert wall.calls == ""


def test_esc_leaves_and_every_other_key_does_nothing(
    qtbot: QtBot, clinic: SmallClinic, open_wall: Open
) -> None:
    stay = booked(clinic, "IVM")
    clinic.clock.at = instant(9, 50)
    _, place, wall = open_wall()
    for key in (Key.Key_F2, Key.Key_F5, Key.Key_Return, Key.Key_A, Key.Key_F9):
        qtbot.keyClick(wall, key)
    for key in (Key.Key_R, Key.Key_W, Key.Key_P, Key.Key_Z):
        qtbot.keyClick(wall, key, Mod.ControlModifier)
    calm(qtbot)
    assert (stay.state, stay.stamps()) == ("booked", [])
    qtbot.keyClick(wall, Key.Key_Escape)
    assert place.wall is None


def test_a_second_key_brings_the_same_wall_to_the_front(clinic: SmallClinic, open_wall: Open) -> None:
    _, place, wall = open_wall()
    place.show_wall()
    assert place.wall is wall


def test_a_patient_in_the_waiting_chair_stands_behind_the_rooms(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").infused()
    stay.at(11, 10).is_(K.LINE_OUT)
    stay.at(11, 15).is_(K.WAITING)
    tiles = wall_tiles(read_floor(clinic.store, MONDAY, clinic.clock.at), clinic.clock.at, ZONE, KeptCards())
    assert (tiles[0].phase, tiles[0].minutes[:11]) == ("Turnover", "Ready again")
    assert (tiles[-1].room, tiles[-1].who) == ("Waiting chair", "A. O.")
    stay.at(11, 40).checked().says(Stamp(kind=K.RELEASED))
    assert len(tiles) == len(clinic.rooms) + 1


# To be read from three metres.


def tiles_of(count: int, *, free: int = 0) -> list[WallTile]:
    return [
        WallTile(f"R{n}", "A. O.", "Monitoring", "0:41, 1:19 left", "3 min late", Tone.DANGER, n < free)
        for n in range(count)
    ]


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (1080, 1920), (3840, 2160)])
@pytest.mark.parametrize("count", [1, 7, 12, 16])
def test_nothing_is_smaller_than_32_px_at_1366_by_768(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, width: int, height: int, count: int
) -> None:
    written: list[tuple[QRectF, float]] = []
    cut: list[str] = []
    write, shorten = wall_paint.write, wall_paint.elided

    def noted(painter: QPainter, rect: QRectF, text: str, size: float, *more: object) -> float:
        written.append((QRectF(rect), size))
        return write(painter, rect, text, size, *more)  # type: ignore[arg-type]  # passed on as they came

    def shortened(text: str, font: QFont, room: float) -> str:
        shown = shorten(text, font, room)
        cut.extend([text] if shown != text else [])
        return shown

    monkeypatch.setattr(wall_paint, "write", noted)
    monkeypatch.setattr(wall_paint, "elided", shortened)
    picture = QPixmap(width, height)
    area = QRectF(0, 0, width, height)
    painter = QPainter(picture)
    paint_wall(painter, area, tiles_of(count, free=5), "10:47 AM", "Esc leaves", "")
    painter.end()
    assert min(size for _, size in written) >= SMALL * min(width / 1366, height / 768)
    assert all(area.contains(rect) for rect, _ in written)
    assert cut == []


def test_where_there_are_more_rooms_than_can_be_read_those_without_anybody_give_way() -> None:
    shown = fewest(tiles_of(16, free=5), MOST)
    assert [one.room for one in shown] == ["R0"] + [f"R{n}" for n in range(5, 16)]
    assert fewest(tiles_of(12), MOST) == tuple(tiles_of(12))
    assert len(fewest(tiles_of(16), MOST)) == MOST


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_every_ink_of_the_wall_has_the_contrast_of_aa(qtbot: QtBot, appearance: Appearance) -> None:
    theme().set_appearance(appearance)
    c = theme().colours
    pairs: list[tuple[QColor, QColor]] = [(c.ink, c.canvas), (c.ink2, c.canvas)]
    pairs += [(ink, ground) for ink in (c.ink, c.ink2) for ground in (c.surface, c.sunken)]
    for tone in Tone:
        words = alarm_ink(tone)
        pairs.append((words.text, words.fill or c.surface))
    theme().set_appearance(Appearance.SYSTEM)
    assert min(contrast(ink.name(), ground.name()) for ink, ground in pairs) >= 4.5


def test_before_the_day_begins_the_wall_says_so(qtbot: QtBot, clinic: SmallClinic, open_wall: Open) -> None:
    _, _, wall = open_wall()
    assert wall.empty == ""
    wall.tiles = ()
    assert wall.empty == "The day has not begun: no room is in use."
    assert wall.spoken() == [wall.empty]
    blank = wall.grab().toImage()
    wall._read = None
    assert wall.empty == "The day is being read."
    assert wall.grab().toImage() != blank
    grab_both(wall, "wall-before-the-day", (1366, 768))
    wall._read = None


def test_the_lobby_says_how_many_more_come(qtbot: QtBot, clinic: SmallClinic) -> None:
    lines = [LobbyLine("9:00 AM", f"A. {letter}.", "expected") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZÄ"]
    assert fitted(lines[:22], 11) == (11, lines[:22])
    rows, there = fitted(lines, 11)
    assert (rows, len(there)) == (10, 20)
    assert more_words(len(lines) - len(there)) == "and 7 more"
    desk = Desk(clinic.store, clinic.desk, clinic.clock, read_setup(clinic.store))
    lobby = Lobby(desk)
    qtbot.addWidget(lobby)
    calm(qtbot)
    lobby.lines = tuple(lines)
    grab_both(lobby, "lobby-more", (1366, 768))
    grab_both(lobby, "lobby-more-low", (683, 384), 2.0)
