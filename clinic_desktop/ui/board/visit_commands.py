"""What the commands do to the selected visit. Whatever cannot be done now says why."""

from collections.abc import Callable
from functools import partial

from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.states import NEVER_CAME, PLANNED, VisitState
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.slips import day_of_stay
from clinic_desktop.ui.board import commands
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.board import Board
from clinic_desktop.ui.board.day_axis import short_clock
from clinic_desktop.ui.board.ports import BookingPanels
from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.board.steps import Step
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.papers import print_preparation
from clinic_desktop.ui.patients.visit_history_panel import VisitHistoryPanel
from clinic_desktop.ui.places import Frame


class VisitCommands:
    """Each method is one command; all of them ask for a selected visit first."""

    def __init__(self, frame: Frame, desk: Desk, board: Board, panels: BookingPanels) -> None:
        self._frame, self._desk, self._board, self._panels = frame, desk, board, panels
        self._steps: dict[Step, Callable[[], object]] = {
            Step.MOVE: self.move,
            Step.DRIVER: self.driver,
            Step.CLEAR: self.patient,
            Step.ARRIVED: self.arrived,
            Step.CONFIRM: self.confirm,
            Step.CONFIRM_DRIVER: self.confirm_driver,
            Step.TO_ROOM: self._to_room,
            Step.OVER: self._over,
            Step.FLOOR: self.floor,
            Step.BOOK_AGAIN: self._book_again,
            Step.PATIENT: self.patient,
        }

    def next(self) -> None:
        block = self._chosen()
        if block is not None:
            self._steps[self._board.presenter.step_of(block)]()

    def arrived(self) -> None:
        block = self._chosen()
        if block is None:
            return
        if block.here or block.state not in PLANNED | NEVER_CAME:
            state = VisitState.ARRIVED if block.state in PLANNED else block.state
            words = tr("{name}: {state} already")
            self._frame.say(words.format(name=block.name, state=state_word(state)))
        elif block.day > self._desk.today():
            words = tr("{name} comes on {day}. Arrival is recorded on that day.")
            self._frame.say(words.format(name=block.name, day=short_date(block.day)))
        elif self._is_over(block):
            self._ask_time(block, StampKind.ARRIVED)
        elif block.state in NEVER_CAME:
            self._after_all(block)
        else:
            self._board.actions.arrived(block)

    def _after_all(self, block: Block) -> None:
        """Nobody who was cancelled or missed comes by a slip of one key."""
        words = tr("{name}: {state}. Recording the arrival takes that back.")
        text = words.format(name=block.name, state=state_word(block.state))
        came = partial(self._board.actions.arrived, block)
        QuestionDialog.ask(self._board.page, tr("Come after all?"), text, tr("Record: arrived"), came)

    def _is_over(self, block: Block) -> bool:
        """Whether its day is: when something happened then is typed, never taken from the clock."""
        return block.day < day_of_stay(self._desk.now(), self._desk.zone)

    def _ask_time(self, block: Block, kind: StampKind) -> None:
        """On the floor, where times are typed."""
        ask = getattr(self._frame.go("floor"), "ask_time", None)
        if callable(ask):
            ask(block.id, block.day, kind)

    def confirm(self) -> None:
        block = self._standing()
        if block is not None:
            self._board.actions.confirm(block)

    def confirm_driver(self) -> None:
        block = self._standing()
        if block is None:
            return
        if block.driver is None:
            self._frame.say(tr("This visit needs no driver"))
        else:
            self._board.actions.confirm_driver(block)

    def move(self) -> None:
        """Take the visit in hand; from the list the board comes up first."""
        self._take(self._board.page.board.pick_up)

    def length(self) -> None:
        """Take its end in hand: arrows move it."""
        self._take(self._board.page.board.pick_end_up)

    def _take(self, pick_up: Callable[..., object]) -> None:
        block = self._standing()
        if block is None:
            return
        if self._board.page.lists:
            self._board.look(ViewKind.ROOMS)
            self._board.select(block.id)
        self._board.page.focus_work()
        pick_up(by_key=True)

    def not_lifted(self, _visit_id: int) -> None:
        """Who never came is not moved; a new time is booked."""
        self._standing()

    def _book_again(self) -> None:
        """Another time for who was cancelled or missed: the first that are free."""
        block = self._chosen()
        if block is not None:
            day = max(block.day, self._desk.today())
            self._panels.openings(self._frame, self._desk, day, block.patient_id)

    def driver(self) -> None:
        block = self._standing()
        if block is not None:
            self._panels.change_driver(self._frame, self._desk, block.id)

    def cancel(self) -> None:
        block = self._standing()
        if block is not None:
            self._panels.cancel(self._frame, self._desk, block.id)

    def patient(self) -> None:
        block = self._chosen()
        if block is not None:
            self._ask("patients", "show_patient", block.patient_id)

    def sheet(self) -> None:
        block = self._chosen()
        if block is None:
            return
        if block.state in PLANNED:
            print_preparation(self._board.page, self._frame, self._desk, block.id)
        else:
            self._ask("sheets", "print_visit", block.id)

    def history(self) -> None:
        """Who changed what about the visit, beside the board."""
        block = self._chosen()
        if block is None:
            return
        at = short_clock(block.start)
        about = tr("{name}, {day}, {time}").format(name=block.name, day=short_date(block.day), time=at)
        panel = VisitHistoryPanel(self._desk, block.id, block.patient_id, about)
        panel.closed.connect(self._frame.close_panel)
        if self._frame.show_panel(panel):
            panel.start()
        else:
            panel.deleteLater()

    def floor(self) -> None:
        block = self._chosen()
        if block is not None:
            self._ask("floor", "show_visit", block.id)

    def _to_room(self) -> None:
        self._record(StampKind.IN_ROOM, self._board.actions.to_room)

    def _over(self) -> None:
        block, now = self._board.selected_block, self._board.presenter.now()
        if block is None or block.day != now.today or now.minute >= block.start:
            self._record(StampKind.LEFT, self._board.actions.over)
            return
        # Nothing that is yet to begin ends by one key too many.
        words = tr("{name} is planned for {time}. Recording the end takes it as held, now.")
        text = words.format(name=block.name, time=clock_time(block.start))
        ended = partial(self._board.actions.over, block)
        title, verb = tr("Over before it began?"), tr("Record: visit over")
        QuestionDialog.ask(self._board.page, title, text, verb, ended)

    def _record(self, kind: StampKind, now: Callable[[Block], object]) -> None:
        block = self._chosen()
        if block is not None and self._is_over(block):
            self._ask_time(block, kind)
        elif block is not None:
            now(block)

    def _ask(self, place_id: str, what: str, number: int) -> None:
        """Go to another place and show it whom we mean, where it can be told."""
        place = self._frame.go(place_id)
        tell = getattr(place, what, None)
        if callable(tell):
            tell(number)

    def _standing(self) -> Block | None:
        """The selected visit, where it is not cancelled or missed: nothing is changed of one that is."""
        block = self._chosen()
        if block is None or not block.gone:
            return block
        words = tr("{name}: {state}. It stays as it is; {key} finds a new time.")
        key = key_text(commands.OPENINGS.keys[0])
        self._frame.say(words.format(name=block.name, state=state_word(block.state), key=key))
        return None

    def _chosen(self) -> Block | None:
        block = self._board.selected_block
        if block is None:
            self._frame.say(tr("Select a visit first"))
        return block
