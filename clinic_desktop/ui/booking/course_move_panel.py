"""A visit of a course was let go elsewhere on the board, and others are too near or too far now: how far
shall the move reach? Enter takes this visit alone, as any move does.
"""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.errors import ClinicProblem, Conflict, Refusal
from clinic_desktop.foundation.rulebook import blocking
from clinic_desktop.scheduling.booking import Booked
from clinic_desktop.scheduling.elastic import rearrange
from clinic_desktop.scheduling.looking_elastic import Elastic, look_at_all
from clinic_desktop.scheduling.looking_lost import Lost, after_moving, moved_to
from clinic_desktop.scheduling.moving import Move
from clinic_desktop.scheduling.reflow import Scope
from clinic_desktop.ui import lost_race
from clinic_desktop.ui.booking.panel_shell import PanelShell
from clinic_desktop.ui.booking.said_box import Said, SaidBox
from clinic_desktop.ui.booking.scope_part import ScopePart
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run, show_problem
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.wording import problem_worded

WIDTH = 404


class CourseMovePanel(PanelShell):
    """``moved`` with :class:`Booked` and the :class:`Elastic` once others moved too."""

    moved = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Move a visit of a course"), parent)
        self._desk = desk
        self._move: Move | None = None
        self._alone: Callable[[], object] | None = None  # None: it goes elsewhere than it was let go
        self._put_back: Callable[[], object] = _nothing
        self._looks = False  # what is shown is of before; nothing is done on it
        self.scope = ScopePart(tr("How far does it reach?"))
        self.said = SaidBox(self.scope.before_after)
        self.take = Button(tr("Move"), Kind.PRIMARY, size="large", key="Ctrl+Return")
        self.body.addWidget(self.scope)
        self.body.addStretch(1)
        self.foot.addWidget(self.said)
        self.foot.addWidget(self.take)
        self.scope.entered.connect(self.confirm)
        self.scope.changed.connect(self._show)
        self.take.fired.connect(self.confirm)

    def open_for(
        self,
        seen: Mapping[Scope, Elastic],
        move: Move,
        alone: Callable[[], object],
        put_back: Callable[[], object],
    ) -> None:
        """``alone`` moves this visit as any other; ``put_back`` lets it lie where it was."""
        self._move, self._alone, self._put_back = move, alone, put_back
        self._looks = False
        self.subtitle.setText(seen[Scope.THIS].about.patient.name)
        self.said.clear()
        self.scope.clear()
        self.scope.show_reaches(seen, self._desk.setup)
        self.scope.list.setFocus()

    def _show(self) -> None:
        seen = self.scope.chosen
        if seen is None:
            return
        count = 1 + len(seen.reflow.shifts)
        self.take.setText(tr("Move %n visit(s)", "", count))
        self.take.set_missing([] if seen.what is not None else [tr("it does not fit")])
        self.take.updateGeometry()

    def confirm(self) -> None:
        """Do what is chosen."""
        seen = self.scope.chosen
        if seen is None or seen.what is None or self._move is None or self._looks:
            return
        alone = seen.wish.scope is Scope.THIS or not seen.reflow.shifts
        if alone and self._alone is not None:
            self._finish(self._alone)
            return
        desk = self._desk
        work = partial(rearrange, desk.store, desk.actor, seen.what)
        run(self, work, partial(self._done, seen), self._failed, key="booking.rearrange")

    def _finish(self, then: Callable[[], object]) -> None:
        """Whatever comes next, the visit is put back no more."""
        self._move, self._alone, self._put_back = None, None, _nothing
        self.closed.emit()
        then()

    def _done(self, seen: Elastic, booked: Booked) -> None:
        put_back = self._put_back
        self._finish(put_back)
        self._desk.hub.tell(booked.changes)
        self.moved.emit(booked, seen)
        self._desk.remember(booked.changes)

    def _failed(self, problem: ClinicProblem) -> None:
        if isinstance(problem, Refusal):
            self.said.show_findings(self._desk.actor, problem.findings)
        elif isinstance(problem, Conflict):
            names = ", ".join(dict.fromkeys(one.name for one in problem.taken)) or tr("A place")
            self._say_anew(tr("{what} was just taken. Nothing was moved.").format(what=names), problem)
        else:
            self._say_anew(problem_worded(problem))

    def _say_anew(self, words: str, lost: Conflict | None = None) -> None:
        """Say it, and look again at what would move now."""
        self.said.show_findings(self._desk.actor, (), [Said(words, Tone.DANGER)])
        self._look(partial(self._looked, lost))

    def _look(self, then: Callable[[dict[Scope, Elastic]], None]) -> None:
        move, desk = self._move, self._desk
        if move is not None:
            self._looks = True
            work = partial(look_at_all, desk.store, desk.now(), move.visit_id, move, None)
            run(self, work, then, self._not_looked)

    def _not_looked(self, problem: ClinicProblem) -> None:
        self._looks = False  # what is shown is refused where it is no more so
        show_problem(problem)

    def _looked(self, lost: Conflict | None, seen: Mapping[Scope, Elastic]) -> None:
        """Where the others went another way there is nothing to ask; the visit itself may have lost its
        time, and then the nearest ones are offered."""
        self._looks = False
        self.scope.show_reaches(seen, self._desk.setup)
        move, desk = self._move, self._desk
        alone = seen[Scope.THIS]
        if lost is None or move is None or not blocking(alone.findings.get(move.visit_id, ())):
            return
        work = partial(after_moving, desk.store, desk.now(), move, lost)
        run(self, work, partial(self._ask_where, move, alone.about.patient.name), show_problem)

    def _ask_where(self, move: Move, patient: str, lost: Lost) -> None:
        if not lost.offers:
            return

        def take(number: int) -> None:
            """How far it reaches is asked of the other time too."""
            self._move, self._alone = moved_to(move, lost.offers[number]), None
            self.said.clear()
            self._look(partial(self._looked, None))
            self.scope.list.setFocus()

        race = lost_race.of_move(self._desk.setup, self._desk.today(), lost, patient)
        race.ask(self, tr("Move to {when}"), tr("Leave it where it is"), take)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        put_back, self._put_back = self._put_back, _nothing
        self._move = None
        put_back()


def _nothing() -> None:
    """Nothing is waiting."""
