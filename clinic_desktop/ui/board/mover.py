"""Carrying a visit to another place: what is asked about it on the way, and saving it at the end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject

from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import Move, to
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.board.actions import BoardActions
from clinic_desktop.ui.board.board_view import BoardView
from clinic_desktop.ui.board.carrying import Carried
from clinic_desktop.ui.board.cell_walk import Cell, inside
from clinic_desktop.ui.board.forecast import Fit, Known, Target, Verdict, read_known
from clinic_desktop.ui.board.move_words import to_end, to_place
from clinic_desktop.ui.board.presenter import Presenter
from clinic_desktop.ui.board.scene import Scene
from clinic_desktop.ui.board.stretcher import Stretcher
from clinic_desktop.ui.board.verdict import verdict
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.wishes import Wish


class Mover(QObject):
    """Joins the hand on the board with the rules and the use case of moving."""

    def __init__(
        self, frame: Frame, desk: Desk, board: BoardView, presenter: Presenter, actions: BoardActions
    ) -> None:
        super().__init__(board)
        self._frame, self._desk, self._board = frame, desk, board
        self._presenter, self._actions = presenter, actions
        self.in_course: Callable[[Move, Callable[[], object], Callable[[], object]], object] | None = None
        self._visit: Visit | None = None
        self._known: Known | None = None
        self._sent: tuple[date, int] | None = None  # to a day and time that were typed in full
        self._typed = Wish(board, self._drop_it)  # let it go there, for whoever typed it now
        self._reader = LatestReader[Known](self, self._known_came, self._not_known)
        board.carrying.judge = self._judge
        board.carrying.lengths = Stretcher(desk, presenter)
        board.carrying.began.connect(self._began)
        board.carrying.dropped.connect(self._dropped)
        board.drop_refused.connect(self._refused)

    def _began(self, visit_id: int) -> None:
        """What the rules ask about the patient is read while the visit is already in the hand."""
        self._visit = self._presenter.visit(visit_id)
        self._known, self._sent = None, None
        if self._visit is not None:
            store, patient = self._desk.store, self._visit.patient_id
            self._reader.read(lambda: read_known(store, patient), self._let_go)

    def _known_came(self, known: Known) -> None:
        self._known = known
        self._board.carrying.look_again()

    def _not_known(self, _problem: object) -> None:
        """The forecast says less, and the move itself asks everything again; but nothing moves by itself."""
        self.only_hold()

    def _judge(self, _visit_id: int, target: Target) -> Verdict | None:
        ground = self._presenter.ground(target.day)
        if self._visit is None or ground is None:
            return None
        known = self._known
        if known is not None and known.patient.id != self._visit.patient_id:
            known = None
        allowed = may(self._desk.actor, Right.OVERRIDE_RULE)
        return verdict(ground, self._visit, target, known, may_override=allowed)

    def page_came(self, turned_to: date | None) -> None:
        """Another page, or the same anew: what was saved is where it belongs, what is held is held on, and
        goes along where the page was turned."""
        carrying, scene = self._board.carrying, self._board.scene
        carried = carrying.carried
        if carried is None or scene is None:
            return
        if carried.saving:
            carrying.end()
            self._board.select_visit(carried.block.id)
            return
        if carried.stretching:
            self._hold_end(carried)
            return
        self._hold_over(scene, carried, turned_to or carried.target.day, carried.cell.minute)
        carrying.look_again()

    def _hold_over(self, scene: Scene, carried: Carried, day: date, minute: int) -> None:
        """In the same room, or the same person's lane, where that is there."""
        where = (day, carried.target.room_id, carried.target.staff_id)
        found = (n for n, one in enumerate(scene.columns) if (one.day, one.room_id, one.staff_id) == where)
        at = next(found, carried.cell.column)
        self._board.carrying.hold_over(scene, inside(scene, Cell(at, minute)))

    def _hold_end(self, carried: Carried) -> None:
        """An end is held on while its visit is there as it was; on another page it is let go."""
        placed = self._board.placed_of(carried.block.id)
        if placed is None or placed.block.version != carried.block.version:
            self._board.carrying.end()
        else:
            self._board.carrying.look_again()

    def hold_at(self, day: date, minute: int) -> None:
        """A time was typed while a visit is in the hand: there it begins, or ends where its end is."""
        carried, scene = self._board.carrying.carried, self._board.scene
        if carried is not None and scene is not None and carried.stretching:
            self._sent = None  # how long it became is to be seen first
            self._board.carrying.end_at(minute, scene.grid)
        elif carried is not None and scene is not None:
            snapped = minute // scene.grid * scene.grid
            self._hold_over(scene, carried, day, snapped)
            self._let_go()

    def send_to(self, day: date, minute: int | None) -> None:
        """A day was typed for the visit in hand. With the time it is let go there, where nothing is to be
        said of it; else it is held there, with what is."""
        self._sent = None if minute is None else (day, minute)
        self._typed = Wish(self._board, self._drop_it)

    def only_hold(self) -> None:
        """What was typed could not be looked at: it is held, and whoever holds it lets it go."""
        self._sent = None

    def _let_go(self) -> None:
        """At the day and the minute that were typed, and once all is known that the rules ask."""
        carried = self._board.carrying.carried
        if carried is None or carried.verdict is None or self._known is None:
            return
        if self._sent == (carried.target.day, carried.target.minute):
            self._sent = None
            if carried.verdict.unremarkable:
                self._typed.come()

    def _drop_it(self) -> None:
        self._board.carrying.drop()

    def _dropped(self, carried: Carried) -> None:
        if carried.verdict is None or carried.verdict.move is None:
            return
        wanted = carried.verdict.move
        if self._is_where_it_was(wanted) and not carried.block.displaced:
            self._board.carrying.end()
            return
        if carried.stretching:
            self._stretched(carried, wanted)
            return
        words = to_place(carried.block, wanted, self._desk.setup, self._visit, carried.verdict.calls)
        if carried.verdict.other is not None:
            both = [wanted, carried.verdict.other]
            self._actions.swap(carried.block, both, carried.verdict.with_whom, self._board.carrying.end)
        else:
            put_back, asks = self._board.carrying.end, carried.verdict.fit is Fit.ASKS
            hold_on = self._board.carrying.hold_on
            words = replace(words, rules=carried.verdict.rules)
            alone = partial(
                self._actions.move, carried.block, wanted, words, put_back, may_share=asks, hold_on=hold_on
            )
            if self.in_course is None or self._visit is None or not self._reaches(self._visit, wanted):
                alone()
            else:
                self.in_course(wanted, alone, put_back)

    def _stretched(self, carried: Carried, wanted: Move) -> None:
        """Its end was let go."""
        put_back = self._board.carrying.end
        verdict = carried.verdict
        if verdict is None or carried.block_there.end == carried.block.end:
            put_back()
            return
        asks = verdict.fit is Fit.ASKS
        words = to_end(
            carried.block, carried.block_there.end, wanted, self._desk.setup, self._visit, verdict.calls
        )
        words = replace(words, rules=verdict.rules)
        hold_on = self._board.carrying.hold_on
        self._actions.move(carried.block, wanted, words, put_back, may_share=asks, hold_on=hold_on)

    @staticmethod
    def _reaches(visit: Visit, wanted: Move) -> bool:
        """Whether other visits of its course may have to do with it: they are spaced by days."""
        return visit.course_id is not None and visit.day != wanted.day

    def _is_where_it_was(self, wanted: Move) -> bool:
        return self._visit is not None and wanted == to(self._visit)

    def _refused(self, said: Verdict) -> None:
        """The mouse let go where it does not fit."""
        carried = self._board.carrying.carried
        stretching = carried is not None and carried.stretching
        why = " ".join(one.text for one in said.lines)
        self._frame.notice(tr("Its end stays") if stretching else tr("Not moved"), why, Tone.WARN)
