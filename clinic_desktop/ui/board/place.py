"""The board as a place of the window: its commands and its parts."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.board import commands
from clinic_desktop.ui.board.board import Board
from clinic_desktop.ui.board.counts import REPAIRS, Count
from clinic_desktop.ui.board.in_hand import InHand, in_hand
from clinic_desktop.ui.board.menus import BoardMenu
from clinic_desktop.ui.board.pinning import Pinning
from clinic_desktop.ui.board.ports import BookingPanels, NothingWired, Slot
from clinic_desktop.ui.board.repair_count import RepairCount
from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.board.view_commands import ViewCommands
from clinic_desktop.ui.board.visit_commands import VisitCommands
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.papers import print_day
from clinic_desktop.ui.places import Frame, Place, PlaceSpec
from clinic_desktop.ui.settings_store import SettingsStore
from clinic_desktop.ui.shell_commands import SIDE_PANEL

PLACE_ID = "board"


class BoardPlace(Place):
    """Where a receptionist lives."""

    def __init__(
        self, frame: Frame, desk: Desk, panels: BookingPanels, settings: SettingsStore | None = None
    ) -> None:
        self.title = tr("Board")
        self._frame, self._desk, self._panels = frame, desk, panels
        self.board = Board(frame, desk, settings)
        self.board.book_at = self._book_at
        self.board.mover.in_course = partial(panels.move_in_course, frame, desk)
        self._views = ViewCommands(frame, self.board, settings)
        self.board.actions.moved.connect(self._moved)
        self._visit = VisitCommands(frame, desk, self.board, panels)
        self._pins = Pinning(frame, desk, self.board)
        self._repairs = RepairCount(desk, self.board)
        self._repairs.changed.connect(self.board.presenter.show_repairs)
        page, inspector = self.board.page, self.board.inspector
        page.bar.book.fired.connect(self.book)
        page.bar.openings.fired.connect(self.openings)
        page.bar.count_pressed.connect(self._count_pressed)
        page.empty.book.fired.connect(self.book)
        page.board.visit_opened.connect(self._open)
        page.list.visit_opened.connect(self._open)
        page.board.not_lifted.connect(self._visit.not_lifted)
        self._menu = BoardMenu(frame, self.board)
        page.board.menu_wanted.connect(self._menu.open)
        page.list.menu_wanted.connect(self._menu.open)
        inspector.command.connect(frame.commands.run)
        inspector.closed.connect(self._close_visit)
        panels.attach(self.board)

    def widget(self) -> QWidget:
        return self.board.page

    def top_bar_widget(self) -> QWidget:
        return self.board.turner.navigator

    def inspector(self) -> QWidget:
        return self.board.inspector

    def panes(self) -> Sequence[QWidget]:
        page = self.board.page
        return (page.list if page.lists else page.board, page.tray.list, page.bar)

    def activated(self) -> None:
        self.board.start()
        self._repairs.start()
        self._pins.start()

    def deactivated(self) -> None:
        self.board.rest()
        self._repairs.rest()
        self._pins.rest()

    def focus_work(self) -> None:
        self.board.page.focus_work()

    def chosen_room(self) -> int | None:
        block = self.board.selected_block
        return block.room_id if block else None

    def chosen_patient(self) -> int | None:
        return self.board.selected_patient

    def covered(self, width: int) -> None:
        self.board.page.board.cover(width)

    def forget(self) -> None:
        self.board.select(None)

    def escape(self) -> bool:
        carrying = self.board.page.board.carrying
        if carrying.holding:
            carrying.end()
            return True
        if self.board.page.tray.list.hasFocus():
            self.focus_work()
            return True
        beside = self.board.inspector.isVisible()
        if not beside or self.board.selected_visit is None:
            return False
        self._close_visit()
        return True

    def commands(self) -> Sequence[Bound]:
        visit, turner = self._visit, self.board.turner
        views = {
            commands.ROOMS: ViewKind.ROOMS,
            commands.STAFF: ViewKind.STAFF,
            commands.WEEK: ViewKind.WEEK,
            commands.LIST: ViewKind.LIST,
        }
        return (
            Bound(commands.BOOK, self.book),
            Bound(commands.OPENINGS, self.openings),
            Bound(commands.PLAN, self._plan),
            Bound(commands.TO_PLACE, self._to_place),
            Bound(commands.WHO_COULD_COME, self._who_could_come),
            Bound(commands.ARRIVED, visit.arrived),
            Bound(commands.NEXT, visit.next),
            Bound(commands.CONFIRM, visit.confirm),
            Bound(commands.CONFIRM_DRIVER, visit.confirm_driver),
            Bound(commands.MOVE, visit.move),
            Bound(commands.LENGTH, visit.length),
            Bound(commands.DRIVER, visit.driver),
            Bound(commands.PARK, self._pins.park),
            Bound(commands.TO_PINBOARD, self._pins.enter),
            Bound(commands.CANCEL, visit.cancel),
            Bound(commands.PATIENT, visit.patient),
            Bound(commands.HISTORY, visit.history),
            Bound(commands.SHEET, visit.sheet),
            Bound(commands.PRINT_DAY, self._print_day),
            Bound(commands.FLOOR, visit.floor),
            *(Bound(command, partial(self._look, kind)) for command, kind in views.items()),
            Bound(commands.ENDED, self._toggle_ended, checked=self._shows_ended),
            *self._views.bound(),
            Bound(commands.TODAY, turner.today),
            Bound(commands.BACK, partial(turner.step, -1)),
            Bound(commands.FORWARD, partial(turner.step, 1)),
            Bound(commands.GO_TO, turner.navigator.ask),
            Bound(commands.NEXT_TROUBLE, self._next_trouble, self.board.has_trouble),
            Bound(commands.REPAIR_DAY, self._repair_day),
            Bound(commands.REPAIRS, self._repair_list),
        )

    # For other places.

    def show_visit(self, visit_id: int, day: date | None = None) -> None:
        """Turn to a visit and select it."""
        self.board.show_visit(visit_id, day)

    @property
    def shown_day(self) -> date:
        return self.board.turner.shown.day

    @property
    def in_hand(self) -> InHand | None:
        """The visit that was picked up, or its end."""
        return in_hand(self.board.page.board.carrying)

    def show_day(self, day: date, minute: int | None = None) -> None:
        """A day was typed: a visit in hand comes along, else the cursor stands at that minute."""
        self.board.take_to(day, minute)

    # Commands of the day.

    def book(self) -> None:
        """At the cell under the cursor where that is free; else the best time of the day."""
        slot = self.board.free_slot()
        if slot is not None:
            self._book_at(slot)
        else:
            self._panels.book(self._frame, self._desk, self.board.turner.shown.day, None, None, None)

    def _book_at(self, slot: Slot) -> None:
        self._panels.book(self._frame, self._desk, slot.day, slot.minute, slot.room_id, None)

    def openings(self) -> None:
        day = self.board.turner.shown.day
        self._panels.openings(self._frame, self._desk, day, self.board.selected_patient)

    def _plan(self) -> None:
        self._panels.plan_course(self._frame, self._desk, self.board.selected_patient)

    def _to_place(self) -> None:
        self._panels.to_place(self._frame, self._desk)

    def _print_day(self) -> None:
        print_day(self.board.page, self._frame, self._desk, self.board.turner.shown.day)

    def _who_could_come(self) -> None:
        """At the cell under the cursor, or where a cancelled visit stood; else a time the day gave back."""
        block = self.board.selected_block
        gone = block.id if block is not None and block.state is VisitState.CANCELLED else None
        day = self.board.turner.shown.day
        slot = self.board.free_slot() if gone is None else None
        self._panels.who_could_come(self._frame, self._desk, day, slot, gone)

    def _moved(self, before: Sequence[Visit], after: Sequence[Visit]) -> None:
        self._panels.freed(self._frame, self._desk, before, after)

    def _look(self, kind: ViewKind) -> None:
        self.board.look(kind)
        self.focus_work()

    def _toggle_ended(self) -> None:
        self.board.presenter.show_ended(not self.board.presenter.ended)
        self.board.refresh()
        shown = tr("Cancelled and missed visits are shown")
        self._frame.say(shown if self.board.presenter.ended else tr("Cancelled and missed visits are hidden"))

    def _shows_ended(self) -> bool:
        return self.board.presenter.ended

    def _next_trouble(self) -> None:
        self.board.to_next_trouble()
        self.focus_work()

    def _repair_day(self) -> None:
        """Of the day that is shown. The selected visit is meant where somebody says that one is late."""
        self.repair_day(self.board.turner.shown.day, number=self.board.selected_visit)

    def repair_day(self, day: date, kind: str = "", number: int | None = None) -> None:
        """What to do about a day on which something happened."""
        self._panels.repair_day(self._frame, self._desk, day, kind, number)

    def _repair_list(self) -> None:
        """It stands among the parts of the set-up, where that place is part of the window."""
        open_part = getattr(self._frame.go("set-up"), "open_part", None)
        if callable(open_part):
            open_part("repairs")

    def _count_pressed(self, count: Count) -> None:
        if count.id == REPAIRS:
            self._repair_list()

    # The panel and the menu.

    def _open(self, _visit_id: int) -> None:
        """Enter on a visit: to its panel, which comes up where it is folded away."""
        inspector = self.board.inspector
        if not inspector.isVisible():
            self._frame.commands.run(SIDE_PANEL.id)
        if inspector.isVisible():
            inspector.visit.next.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _close_visit(self) -> None:
        """One step out: from the panel to the board, then from the visit to the day."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self.board.inspector.isAncestorOf(focused)
        if inside:
            self.focus_work()
        else:
            self.board.select(None)


def board_spec(
    desk: Desk, panels: BookingPanels | None = None, settings: SettingsStore | None = None
) -> PlaceSpec:
    """The board for the rail; without booking panels it says that there are none."""
    wired = panels or NothingWired()
    return PlaceSpec(
        PLACE_ID,
        QT_TR_NOOP("Board"),
        "board",
        "Alt+1",
        lambda frame: BoardPlace(frame, desk, wired, settings),
    )
