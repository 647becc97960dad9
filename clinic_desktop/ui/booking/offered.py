"""What the one line offers, drawn on the board before it is taken, and taken by one Enter or click."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desktop.scheduling.looking_booking import Answers
from clinic_desktop.scheduling.looking_course import PlannedCourse
from clinic_desktop.scheduling.typed_answers import CourseMeant, PersonMeant, VisitMeant
from clinic_desktop.ui.board.ports import Ghost, GhostBoard
from clinic_desktop.ui.booking.after import After
from clinic_desktop.ui.booking.at_once import AtOnce
from clinic_desktop.ui.booking.ghosts import course_ghosts, ghosts_of
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame, NoticeAction


class Opener(Protocol):
    """The panels as seen from here."""

    @property
    def board(self) -> GhostBoard: ...

    def open_draft(self, answers: Answers, said: str = "") -> None: ...

    def open_course_draft(self, planned: PlannedCourse, said: str = "") -> None: ...

    def show_own_ghosts(self) -> None: ...


class Offered(QObject):
    """Turns the board to what is offered, and back to where it stood when nothing is taken."""

    def __init__(self, desk: Desk, after: After, panels: Opener) -> None:
        super().__init__(desk)
        self._desk, self._after, self._panels = desk, after, panels
        self._before: object = None  # where the board stood
        self._drawn = False

    def show(self, found: object, on_pick: Callable[[object], object]) -> bool:
        """Draw it; None goes back. False when there was nothing to go back from."""
        board = self._panels.board
        if found is None:
            return self._back()
        if self._before is None:
            self._before = board.standing()
        ghosts = self._ghosts(found)
        self._drawn = bool(ghosts)
        if not ghosts:
            self._panels.show_own_ghosts()
        else:
            board.show_ghosts(ghosts, partial(_picked, on_pick, found))
            board.show_day(ghosts[0].day, ghosts[0].start)
        if isinstance(found, PersonMeant):
            board.stand_again(self._before)
            board.select_patient(found.found.person.id)
        return True

    def take(self, found: object, frame: Frame) -> bool:
        """Book it, or open the panel with it; False when it is nothing that is booked."""
        if not isinstance(found, VisitMeant | CourseMeant):
            self._back()
            return False
        self.forget()
        self._panels.board.show_ghosts([])
        booking = AtOnce(self._desk, self._after, self._panels, cast(QWidget, frame))  # it is the window
        booking.away.connect(partial(_type_again, frame, found.line.text, QApplication.focusWidget()))
        if isinstance(found, VisitMeant):
            booking.visit(found.seen)
        else:
            booking.course(found.planned)
        return True

    def stay(self) -> bool:
        """Somebody left the line and goes on from what it shows: nothing turns them back from there, to act
        on somebody else. Whether ghosts still lie on the board."""
        self._before = None
        return self._drawn

    def forget(self) -> None:
        """What is on the board now is somebody else's."""
        self._before, self._drawn = None, False

    def _back(self) -> bool:
        was, drawn = self._before, self._drawn
        self.forget()
        if was is None and not drawn:
            return False
        self._panels.show_own_ghosts()
        if was is not None:
            self._panels.board.stand_again(was)
        return True

    def _ghosts(self, found: object) -> Sequence[Ghost]:
        setup = self._desk.setup
        if isinstance(found, VisitMeant) and found.seen.spot is not None:
            return ghosts_of(found.seen, [found.seen.spot], setup)
        if isinstance(found, CourseMeant) and found.planned.plan.placed:
            return course_ghosts(found.planned, setup, found.planned.plan.placed[0].no)
        return ()


def _type_again(frame: Frame, text: str, was_at: QWidget | None) -> None:
    """What was typed stays: in the line again, or behind a notice where somebody has gone on elsewhere."""
    if QApplication.focusWidget() is was_at:
        frame.search(text)
        return
    title = tr("Not booked: “{typed}”").format(typed=text)
    frame.notice(title, "", Tone.WARN, NoticeAction(tr("Type it again"), partial(frame.search, text)))


def _picked(on_pick: Callable[[object], object], found: object, _number: int) -> None:
    on_pick(found)
