"""A clinic in a file, a day of visits, and the real window with the board open."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.people.model import Clearance, Indication, Patient, Phone, Screening, Staff
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.freed import Slot, left_by
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from clinic_desktop.ui import operations
from clinic_desktop.ui.board.board import Board
from clinic_desktop.ui.board.board_view import BoardView
from clinic_desktop.ui.board.place import BoardPlace, board_spec
from clinic_desktop.ui.board.ports import GhostBoard
from clinic_desktop.ui.board.scene import Placed
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.places import PlaceSpec
from clinic_desktop.ui.settings_store import SettingsStore
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.undoing import Undoer
from tests.small_clinic import MONDAY, SmallClinic, at, build
from tests.ui.example import PlainPlace

Key, Mod = Qt.Key, Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton


@dataclass
class Panels:
    """Booking panels that only note what they are asked."""

    asked: list[tuple[Any, ...]] = field(default_factory=list)
    freed_slots: list[Slot] = field(default_factory=list)
    board: GhostBoard | None = None

    def attach(self, board: GhostBoard) -> None:
        self.board = board

    def book(self, _frame: Any, _desk: Any, *what: Any) -> None:
        self.asked.append(("book", *what))

    def plan_course(self, _frame: Any, _desk: Any, patient_id: int | None) -> None:
        self.asked.append(("plan", patient_id))

    def to_place(self, _frame: Any, _desk: Any) -> None:
        self.asked.append(("to place",))

    def repair_day(self, _frame: Any, _desk: Any, *what: Any) -> None:
        self.asked.append(("repair", *what))

    def openings(self, _frame: Any, _desk: Any, *what: Any) -> None:
        self.asked.append(("openings", *what))

    def change_driver(self, _frame: Any, _desk: Any, visit_id: int) -> None:
        self.asked.append(("driver", visit_id))

    def move_in_course(self, _frame: Any, _desk: Any, move: Any, alone: Any, _put_back: Any) -> None:
        self.asked.append(("move in course", move.visit_id, move.day))
        alone()

    def freed(self, _frame: Any, _desk: Any, before: Sequence[Visit], after: Sequence[Visit]) -> None:
        self.freed_slots += left_by(before, after)

    def cancel(self, _frame: Any, _desk: Any, visit_id: int) -> None:
        self.asked.append(("cancel", visit_id))


class Told(PlainPlace):
    """A place that notes what it is told to show."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.told: list[int] = []
        self.asked: list[tuple[object, ...]] = []

    def show_visit(self, number: int) -> None:
        self.told.append(number)

    show_patient = print_visit = show_visit

    def ask_time(self, *what: object) -> None:
        self.asked.append(what)


class Stage:
    """The clock stands at 9:30 of Monday, November 16, 2026; nothing is booked yet."""

    def __init__(self, folder: Path, role: Role = Role.RECEPTIONIST) -> None:
        self.clinic: SmallClinic = build(folder)
        self.role = role
        self.panels = Panels()
        self.settings: SettingsStore | None = None
        self._shell: Shell | None = None

    # The clinic.

    def patient(self, given: str, family: str) -> Patient:
        """Cleared for everything, checked, enrolled."""
        with self.clinic.store.write(PROGRAM) as unit:
            made = unit.add(
                Patient(
                    given_name=given,
                    family_name=family,
                    birth_date=date(1980, 1, 2),
                    phones=(Phone("(217) 555-0111"),),
                    indication=Indication.TRD,
                    rems_enrolled_on=date(2026, 11, 1),
                )
            )
            lin = self.clinic.lin.id
            unit.add(Screening(patient_id=made.id, reviewed_by=lin, reviewed_at=self.clinic.clock.now()))
            for modality in ("iv", "spravato"):
                unit.add(
                    Clearance(
                        patient_id=made.id, modality=modality, cleared_by=lin,
                        on=date(2026, 11, 1), until=date(2027, 11, 1),
                    )
                )  # fmt: skip
            unit.commit()
        return made

    def book(self, who: str = "", code: str = "IVM", minute: int = 600, **more: Any) -> Visit:
        """``who`` is "Family, Given", a new person; empty: Amara Okafor."""
        if who:
            family, given = who.split(", ")
            more["patient_id"] = self.patient(given, family).id
        if "room" in more:
            more["room_id"] = self.clinic.rooms[more.pop("room")].id
        return book(self.clinic.store, PROGRAM, self.clinic.wish(code, minute, **more)).visits[0]

    def call(self, minute: int) -> Visit:
        """A phone intake: no room, nobody's hands."""
        wish = replace(
            self.clinic.wish(), type_code="CONF", minute=minute, room_id=None, nurse_id=None, plan=None
        )
        return book(self.clinic.store, PROGRAM, wish).visits[0]

    def stamp(self, visit: Visit, kind: StampKind, hour: int, minute: int = 0) -> None:
        when = at(visit.day, hour, minute)
        self.clinic.clock.at = max(self.clinic.clock.at, when)
        record(self.clinic.store, PROGRAM, visit.id, [Stamp(kind=kind, at=when)])

    def visit(self, visit: Visit) -> Visit:
        return self.clinic.visit(visit.id)

    @property
    def setup(self) -> Setup:
        with self.clinic.store.read() as records:
            return records.setup()

    def change_setup(self, *records: object) -> None:
        """Add records of the set-up, as somebody in Set-up would."""
        with self.clinic.store.write(PROGRAM) as unit:
            for one in records:
                unit.add(one)
            unit.commit()

    def by_name(self, name: str) -> Staff:
        return next(one for one in self.setup.staff if one.name == name)

    # The window.

    def open(
        self, qtbot: QtBot, size: tuple[int, int] = (1366, 730), settings: SettingsStore | None = None
    ) -> "Stage":
        self.qtbot = qtbot
        self.clinic.clock.at = at(MONDAY, 9, 30)
        actor = Actor(0, frozenset({self.role}), "front")
        self.desk = Desk(self.clinic.store, actor, self.clinic.clock, self.setup)
        self.others = {name: Told(name) for name in ("patients", "sheets", "floor")}
        specs = [
            board_spec(self.desk, self.panels, settings or self.settings),
            *(
                PlaceSpec(name, name, "floor", f"Alt+{n}", partial(_given, place))
                for n, (name, place) in enumerate(self.others.items(), 2)
            ),
        ]
        self._shell = Shell(specs)
        self._shell.take_back_with(Undoer(self._shell, self.desk, self._shell))
        self.desk.setParent(self._shell)
        qtbot.addWidget(self._shell)
        self._shell.resize(*size)
        with qtbot.waitExposed(self._shell):
            self._shell.show()
        self._shell.activateWindow()
        qtbot.waitUntil(self._shell.isActiveWindow)
        place = self._shell.go("board")
        assert isinstance(place, BoardPlace)
        self.place = place
        self.settle()
        return self

    @property
    def shell(self) -> Shell:
        assert self._shell is not None
        return self._shell

    @property
    def board(self) -> Board:
        return self.place.board

    @property
    def view(self) -> BoardView:
        return self.board.page.board

    def settle(self) -> None:
        """Every operation has delivered its answer, and what followed from it."""
        self.qtbot.waitUntil(lambda: operations.running_count() == 0)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: operations.running_count() == 0)

    def close(self) -> None:
        self.clinic.store.close()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier, times: int = 1) -> None:
        """A key, wherever the focus is."""
        for _ in range(times):
            QTest.keyClick(self.focused(), key, modifier)

    @staticmethod
    def focused() -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def placed(self, visit: Visit) -> Placed:
        found = self.view.placed_of(visit.id)
        assert found is not None
        return found

    def column(self, name: str) -> int:
        assert self.view.scene is not None
        return next(n for n, one in enumerate(self.view.scene.columns) if one.place == name)

    def point(self, column: str, minute: int, down: int = 2) -> QPoint:
        """Where a minute of a column lies in the viewport."""
        box = self.view.grid.span_box(self.column(column), minute, minute + 5)
        at = QPoint(round(box.x + box.width / 2), round(box.y) + down)
        return at - self.view.shift

    def click(self, column: str, minute: int) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, Mod.NoModifier, self.point(column, minute))

    def drag(self, visit: Visit, column: str, minute: int, *, drop: bool = True) -> None:
        """Take a visit by its upper edge and let it go at a minute of a column."""
        port = self.view.viewport()
        start = self.view.visualRect(self.view.visits.index(self.view.visits.row_of(visit.id), 0))
        grip = QPoint(start.center().x(), start.top() + 2)
        QTest.mousePress(port, LEFT, Mod.NoModifier, grip)
        move(port, grip + QPoint(3, 3))
        move(port, grip + QPoint(9, 9))
        target = self.point(column, minute)
        move(port, target)
        self.settle()
        move(port, target + QPoint(1, 0))
        if drop:
            QTest.mouseRelease(port, LEFT, Mod.NoModifier, target)
            self.settle()

    @property
    def said(self) -> str:
        """What the status bar says."""
        return self.shell.status_bar.said

    @property
    def notices(self) -> list[str]:
        return [one.accessibleName() for one in self.shell.notices.notices()]

    @property
    def sentences(self) -> list[str]:
        """What a screen reader says for each visit, in order."""
        model = self.view.visits
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


def move(widget: QWidget, to: QPoint) -> None:
    """The pointer moves with the left button held: QTest's own move lets the button go."""
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(to),
        QPointF(widget.mapToGlobal(to)),
        Qt.MouseButton.NoButton,
        LEFT,
        Mod.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def _given(place: Told, _frame: object) -> Told:
    return place


def hover(port: QWidget, at: QPoint) -> None:
    """The pointer comes by with no button held. Qt's own tool holds the button of a double click before."""
    no = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), QPointF(port.mapToGlobal(at)), no, no, Mod.NoModifier
    )
    QApplication.sendEvent(port, event)
