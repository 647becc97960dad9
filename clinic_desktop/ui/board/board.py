"""The board at work: pages turned, news taken in, one visit selected, and what the booking panels see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.ui.board.actions import BoardActions
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.board_view import BoardView
from clinic_desktop.ui.board.cell_walk import Cell, inside, slot_of, visit_at
from clinic_desktop.ui.board.counts import Count
from clinic_desktop.ui.board.day_list import DayList
from clinic_desktop.ui.board.hover_card import Hover
from clinic_desktop.ui.board.inspector import Inspector
from clinic_desktop.ui.board.month_picker import MonthPicker
from clinic_desktop.ui.board.mover import Mover
from clinic_desktop.ui.board.page import Page
from clinic_desktop.ui.board.ports import Ghost, Slot
from clinic_desktop.ui.board.presenter import Presenter
from clinic_desktop.ui.board.scene import Scene, ViewKind
from clinic_desktop.ui.board.turner import Turner
from clinic_desktop.ui.board.zoom import Zoom
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.settings_store import SettingsStore
from clinic_desktop.ui.wishes import Wish
from clinic_desktop.ui.wording import problem_worded

ABOVE = 30  # minutes shown above now, or above the first visit, where the day has to be scrolled


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody was on the board."""

    day: date
    visit: int | None
    cell: Cell | None


class Board(QObject):
    """Offers ``GhostBoard`` to the panels; ``book_at`` is what a chosen free cell leads to."""

    pinboard_wanted = Signal(int)  # the patient whose visit is looked for there, or 0

    def __init__(self, frame: Frame, desk: Desk, settings: SettingsStore | None = None) -> None:
        self.page = Page()
        super().__init__(self.page)  # it ends with what it shows
        self._frame, self._desk = frame, desk
        self.inspector = Inspector(desk.store, self.page)
        self.inspector.hide()  # until the window puts it beside the board
        self.turner = Turner(desk, self, settings)
        self.months = MonthPicker(self.turner.navigator, desk)
        self.zoom = Zoom(self.page.board, settings)
        self.presenter = Presenter(desk, self.turner, self.page, self.inspector, settings)
        self.actions = BoardActions(frame, desk, self.page, self._name_of, self.presenter.visit)
        self.hover = Hover(self.page.board, self.page, self.presenter.hover)
        self.mover = Mover(frame, desk, self.page.board, self.presenter, self.actions)
        self.book_at: Callable[[Slot], object] | None = None
        self._on_slot: Callable[[Slot], object] | None = None
        self._on_pick: Callable[[int], object] | None = None
        self._wanted: int | None = None  # a visit to select once its day is here
        self._reveal: int | None = None  # a minute to scroll to
        self._turned = self._showing = False
        self._today = desk.today()
        self._minute = QTimer(self)
        self._minute.setSingleShot(True)
        self._minute.setTimerType(Qt.TimerType.PreciseTimer)
        self._minute.timeout.connect(self._tick)
        self._connect()

    def _connect(self) -> None:
        board, listed = self.page.board, self.page.list
        self.turner.turned.connect(self._page_turned)
        self.turner.arrived.connect(self._page_came)
        self.turner.failed.connect(self._failed)
        self.turner.navigator.through.connect(self.page.focus_work)
        self.turner.book.busy_changed.connect(self._busy)
        self.actions.overtaken.connect(self.turner.book.renew)
        for view in (board, listed):
            view.visit_changed.connect(self._visit_changed)
            view.typed.connect(self._frame.search)
            view.room_wanted.connect(self._want_room)
        board.carrying.ended.connect(self._hand_empty)
        board.cell_changed.connect(self._cell_changed)
        board.slot_chosen.connect(self._slot_chosen)
        board.ghost_picked.connect(self._ghost_picked)
        board.day_wanted.connect(self.open_day)
        board.wheel_turned.connect(self.zoom.wheel)
        self.page.bar.view_picked.connect(self._view_picked)
        self.page.bar.count_pressed.connect(self._count_pressed)
        self.page.again.fired.connect(self.turner.start)
        self.inspector.visit_wanted.connect(self.show_visit)

    # Pages.

    def start(self) -> None:
        """Shown, for the first time or again."""
        self.turner.start()
        self._wait_for_minute()

    def rest(self) -> None:
        """Not shown any more; the clock is not looked at meanwhile."""
        self._minute.stop()

    def look(self, kind: ViewKind) -> None:
        """Another view; the selected visit stays selected."""
        self._wanted = self.selected_visit
        self.turner.look(kind)

    def open_day(self, day: date) -> None:
        """The day of a week's column, by room."""
        self._wanted = self.selected_visit
        self.turner.look(ViewKind.ROOMS, day)

    def refresh(self) -> None:
        """The same page with the clock as it is now."""
        self._show()

    def _want_room(self) -> None:
        """So much that nothing has to be scrolled sideways; another place may be shown meanwhile. A view that
        is about to be shown would not hear that its size was changed by that."""
        if self._view.viewport().isVisible():
            self._ask_for_room()
        else:
            QTimer.singleShot(0, self, self._ask_for_room)

    def _ask_for_room(self) -> None:
        if self.page.isVisibleTo(self.page.window()):
            self._frame.want_room(self._view.wanted)

    @property
    def _view(self) -> DayList | BoardView:
        return self.page.list if self.turner.shown.kind is ViewKind.LIST else self.page.board

    def _view_picked(self, kind: str) -> None:
        if kind != self.turner.shown.kind:
            self.look(ViewKind(kind))
            self.page.focus_work()

    def _page_turned(self) -> None:
        self._turned = True
        if self.turner.rows() is None:
            self.presenter.show_blank()

    def _page_came(self) -> None:
        self._show()
        turned, self._turned = self._turned, False
        self.mover.page_came(self.turner.shown.day if turned else None)
        if turned:
            self._place_cursor()
        self._select_wanted()
        self.inspector.read_again()

    def _select_wanted(self) -> None:
        """A visit booked a moment ago may come only with the page as it is read anew."""
        if self._wanted is None:
            return
        found = self.select(self._wanted)
        if found or self.turner.book.fresh(self.turner.days):
            self._wanted = None

    def _show(self) -> None:
        self._showing = True
        try:
            self.presenter.show()
        finally:
            self._showing = False
        self.presenter.show_cell(self.page.board.cursor_cell)
        self.presenter.show_selected(self.selected_visit)

    def _place_cursor(self) -> None:
        """A minute that was asked for; else now or the first visit, with a little above it."""
        board, minute = self.page.board, self.turner.minute
        scene = board.scene
        if scene is None or not scene.columns:
            return
        self.turner.minute = None
        if minute is not None and board.carrying.holding:
            self.mover.hold_at(self.turner.shown.day, minute)
        elif minute is not None:
            column = board.cursor_cell.column if board.cursor_cell else 0
            board.set_cursor(inside(scene, Cell(column, minute // scene.grid * scene.grid)))
        elif self._reveal is not None:
            board.show_cell(inside(scene, Cell(0, self._reveal)))
        else:
            self._show_beginning(scene)
        self._reveal = None

    def _show_beginning(self, scene: Scene) -> None:
        starts = [one.block.arrive for one in scene.placed]
        first = scene.now if scene.shows_today else min(starts, default=scene.first)
        self.page.board.scroll_to_minute(first - ABOVE)
        columns = [n for n, one in enumerate(scene.columns) if one.day == self.turner.shown.day]
        self.page.board.show_columns(columns[0], columns[-1])

    def _busy(self, busy: bool) -> None:
        self.page.busy.set_busy(busy and self.turner.rows() is None)

    def _failed(self, problem: ClinicProblem) -> None:
        """What is shown stays, with its age; where nothing is there to show, words take its place. It is read
        again by itself, and then nothing is chosen or moved: somebody may be at other work."""
        self._wanted = None
        self.mover.only_hold()
        if self.turner.rows() is None:
            self.page.show_failure(tr("This day could not be read"), problem_worded(problem))
        else:
            self._frame.notice(tr("The board could not be read anew"), problem_worded(problem), Tone.WARN)

    # The clock.

    def _wait_for_minute(self) -> None:
        now = self._desk.now()
        self._minute.start(60_000 - now.second * 1000 - now.microsecond // 1000 + 20)

    def _tick(self) -> None:
        """Each minute: the now-line, who runs over, what is free; at midnight the new day."""
        today, before = self._desk.today(), self._today
        self._today = today
        if today != before and self.turner.shown.day == before and not self.page.board.carrying.holding:
            self.turner.go_to(today)
        else:
            self._show()
            late = [one.id for one in self.presenter.blocks.values() if one.over and one.day == today]
            if late:
                self.actions.note_overruns(late)
        self._wait_for_minute()

    # The selected visit.

    @property
    def selected_visit(self) -> int | None:
        view = self.page.list if self.page.lists else self.page.board
        return view.selected_visit

    @property
    def selected_block(self) -> Block | None:
        return self.presenter.blocks.get(self.selected_visit or 0)

    @property
    def selected_patient(self) -> int | None:
        block = self.selected_block
        return block.patient_id if block else None

    def select(self, visit_id: int | None) -> bool:
        """Select a visit of the page; False when it is not on it."""
        view = self.page.list if self.page.lists else self.page.board
        return view.select_visit(visit_id)

    def _visit_changed(self, visit_id: int | None) -> None:
        if not self._showing:
            if visit_id is not None:
                self._wanted = None  # chosen by hand
            self.presenter.show_selected(visit_id)

    def _hand_empty(self) -> None:
        """The panel is the selected visit's again, or the day's."""
        self._visit_changed(self.selected_visit)

    def _cell_changed(self) -> None:
        self.page.empty.give_way()
        self.presenter.show_cell(self.page.board.cursor_cell)

    def _count_pressed(self, count: Count) -> None:
        """The next visit of a count; after the last the first again."""
        if count.visits:
            here = self.selected_visit
            number = count.visits.index(here) + 1 if here in count.visits else 0
            self.select(count.visits[number % len(count.visits)])
            self.page.focus_work()

    def has_trouble(self) -> bool:
        return bool(self.presenter.troubled)

    def to_next_trouble(self) -> None:
        """The next visit that wants somebody, the gravest first; after the last the first again."""
        self._count_pressed(Count("", "", tuple(self.presenter.troubled)))

    def free_slot(self) -> Slot | None:
        """The cell or range under the cursor, where no visit is selected."""
        board = self.page.board
        if self.page.lists or board.scene is None or board.cursor_cell is None:
            return None
        if visit_at(board.scene, board.cursor_cell) >= 0 and board.range_from is None:
            return None
        span = board.chosen_range()
        cell = Cell(board.cursor_cell.column, span[0]) if span else board.cursor_cell
        return slot_of(board.scene, cell, span[1] if span else None)

    def _name_of(self, visit_id: int) -> str:
        block = self.presenter.blocks.get(visit_id)
        return block.name if block else ""

    # What the booking panels see.

    def show_ghosts(self, ghosts: Sequence[Ghost], on_pick: Callable[[int], object] | None = None) -> None:
        self._on_pick = on_pick
        self.page.board.show_ghosts(ghosts)
        self.page.empty.give_way()

    def listen(self, on_slot: Callable[[Slot], object] | None) -> None:
        self._on_slot = on_slot
        self.page.board.click_picks = on_slot is not None
        self.page.empty.give_way()

    def show_day(self, day: date, minute: int | None = None) -> None:
        self._reveal = minute
        self.turner.go_to(day)

    def take_to(self, day: date, minute: int | None) -> None:
        """Somebody typed where to go: the visit in hand comes along, else the cursor stands there."""
        self.mover.send_to(day, minute)
        self.turner.go_to(day, minute)

    def show_visit(self, visit_id: int, day: date | None = None) -> None:
        if day is None and self.select(visit_id):
            return
        if day is not None:
            self._wanted = visit_id
            self.turner.go_to(day)
            return
        store = self._desk.store

        def work() -> date:
            with store.read() as records:
                return records.get(Visit, visit_id).day

        run(self, work, Wish(self.page, partial(self.show_visit, visit_id)).come)

    def select_patient(self, patient_id: int) -> None:
        blocks = [one for one in self.presenter.blocks.values() if one.patient_id == patient_id]
        here = sorted(blocks, key=lambda one: (one.day != self.turner.shown.day, one.day, one.start))
        if here:
            self.select(here[0].id)

    def to_pinboard(self, patient_id: int | None = None) -> None:
        self.pinboard_wanted.emit(patient_id or 0)

    def standing(self) -> object:
        return Standing(self.turner.shown.day, self.selected_visit, self.page.board.cursor_cell)

    def stand_again(self, was: object) -> None:
        if not isinstance(was, Standing):
            return
        if was.day != self.turner.shown.day:
            self._wanted = was.visit
            self.turner.go_to(was.day)
        self.select(was.visit)
        if was.visit is None and was.cell is not None and self.page.board.scene is not None:
            self.page.board.set_cursor(inside(self.page.board.scene, was.cell))

    def _slot_chosen(self, slot: Slot) -> None:
        handler = self._on_slot or self.book_at
        if handler is not None:
            handler(slot)

    def _ghost_picked(self, number: int) -> None:
        if self._on_pick is not None:
            self._on_pick(number)
