"""Booking what the one line offers by one Enter. Whatever stands in the way opens the panel, all kept."""

from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clinic_desktop.scheduling.looking_booking import Answers, Look, Spot, look
from clinic_desktop.scheduling.looking_course import PlannedCourse
from clinic_desktop.ui.booking.after import After
from clinic_desktop.ui.booking.line_words import books_at_once, books_course_at_once
from clinic_desktop.ui.booking.saving import BookingSaver, CourseSaver
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.operations import run


class Drafts(Protocol):
    """The panels, opened with what is answered already."""

    def open_draft(self, answers: Answers, said: str = "") -> None: ...

    def open_course_draft(self, planned: PlannedCourse, said: str = "") -> None: ...


class AtOnce(QObject):
    """One for each visit or course that is taken from the line; ``window`` bears what has to be asked.
    ``away`` where the server does not answer: nothing is booked, and no panel has what was typed."""

    away = Signal()

    def __init__(self, desk: Desk, after: After, drafts: Drafts, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._after, self._drafts, self._window = desk, after, drafts, window

    def visit(self, seen: Look) -> None:
        """Book or hold it as it stands, or go on in the panel."""
        if not books_at_once(self._desk, seen):
            self._go_on(seen)
            return
        saver = BookingSaver(self._desk, self._window)
        saver.setParent(self)
        saver.booked.connect(self._after.booked)
        saver.booked.connect(self.deleteLater)
        saver.refused.connect(lambda _findings: self._go_on(seen))
        saver.instead.connect(partial(self._instead, seen))
        saver.lost.connect(partial(self._go_on, seen))
        saver.left.connect(lambda: self._go_on(seen))
        saver.away.connect(self.away)
        saver.away.connect(self.deleteLater)
        saver.save(seen, "")

    def _instead(self, seen: Look, spot: Spot) -> None:
        """Another time, after a lost race: by one Enter too, where it is as clean."""
        answers = taken(seen, spot)
        run(self, partial(look, self._desk.store, self._desk.now(), answers), self.visit)

    def _go_on(self, seen: Look, said: str = "") -> None:
        self._drafts.open_draft(taken(seen, seen.spot), said)

    def course(self, planned: PlannedCourse) -> None:
        """Book or hold all of it, or go on in the panel."""
        if not books_course_at_once(self._desk, planned):
            self._drafts.open_course_draft(planned)
            return
        saver = CourseSaver(self._desk, self._window)
        saver.setParent(self)
        saver.booked.connect(self._after.course_booked)
        saver.booked.connect(self.deleteLater)
        saver.refused.connect(lambda _findings: self._drafts.open_course_draft(planned))
        saver.instead.connect(self.course)
        saver.lost.connect(partial(self._drafts.open_course_draft, planned))
        saver.away.connect(self.away)
        saver.away.connect(self.deleteLater)
        saver.save(planned)


def taken(seen: Look, spot: Spot | None) -> Answers:
    """The answers with a time that counts as chosen; whoever drives is still asked where nobody is known."""
    return replace(
        seen.answers, type_code=seen.type.code if seen.type else "", spot=spot, within=None, days=None
    )
