"""A visit of a course was cancelled or missed: a new time for it is offered for as long as it has none."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.scheduling.looking_to_place import waits_for_time
from clinic_desktop.ui.booking.visit_reading import VisitRead
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.notices import MOST
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame, NoticeAction


@dataclass(frozen=True, slots=True)
class _Offer:
    frame: Frame
    action: NoticeAction
    visit_id: int
    course_id: int
    number: int

    def touched(self, changes: Changes) -> bool:
        return self.visit_id in changes.visits or "course" in changes.kinds  # its open visits are counted


class NewTimes(QObject):
    """``wanted`` with the patient's id once somebody takes an offer.

    Undo, a stopped course and a time found at any desk all end it: what they leave behind is read, whoever
    did it.
    """

    wanted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._offers: list[_Offer] = []
        desk.hub.changed.connect(self._heard)

    def offer(self, frame: Frame, read: VisitRead) -> None:
        """Say that this visit waits; nothing is said of a visit without a course."""
        visit, course = read.visit, read.course
        if course is None or visit.course_no is None:
            return
        pattern = tr("{patient}: visit {no} of {planned} waits on the to-place list.")
        text = pattern.format(patient=read.about.patient.name, no=visit.course_no, planned=course.planned)
        action = NoticeAction(tr("Find a time"), partial(self.wanted.emit, visit.patient_id))
        frame.notice(tr("A new time?"), text, Tone.INFO, action)
        made = _Offer(frame, action, visit.id, course.id, visit.course_no)
        self._offers = [*self._offers, made][-MOST:]

    def _heard(self, changes: Changes) -> None:
        for one in self._offers:
            if one.touched(changes):
                work = partial(waits_for_time, self._desk.store, one.course_id, one.number)
                run(self, work, partial(self._answered, one), self._unanswered, quiet=True)

    def _answered(self, offer: _Offer, waits: bool) -> None:
        if not waits and offer in self._offers:
            self._offers.remove(offer)
            offer.frame.withdraw(offer.action)

    def _unanswered(self, _problem: ClinicProblem) -> None:
        """The offer stays: it can be closed, and the next news asks again."""
