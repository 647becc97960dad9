"""The history of a patient in words, line by line: pure, so that it can be read in a test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from clinic_desktop.foundation.message import Message
from clinic_desktop.foundation.trail import Trace
from clinic_desktop.people.model import (
    Authorization,
    Clearance,
    DrugMovement,
    Merge,
    Order,
    Package,
    Patient,
    Screening,
)
from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.scheduling.crisis import CrisisCall
from clinic_desktop.scheduling.model import Course, Override, Visit
from clinic_desktop.scheduling.papers import Paper
from clinic_desktop.scheduling.pinboard import Pin
from clinic_desktop.scheduling.reviews import Review
from clinic_desktop.scheduling.waiting import WaitEntry
from clinic_desktop.treatment.day_after import AfterCall, AfterFlag
from clinic_desktop.treatment.history import Recorded
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.printed import SheetPrint
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.history_calls import (
    call_changes,
    crisis_changes,
    message_changes,
    paper_changes,
    pin_changes,
    wait_changes,
)
from clinic_desktop.ui.patients.history_care import (
    clearance_changes,
    merge_changes,
    order_changes,
    screening_changes,
)
from clinic_desktop.ui.patients.history_day_after import after_call_changes, after_flag_changes
from clinic_desktop.ui.patients.history_facts import History
from clinic_desktop.ui.patients.history_payers import (
    authorization_changes,
    movement_changes,
    package_changes,
)
from clinic_desktop.ui.patients.history_plan import course_changes, visit_changes
from clinic_desktop.ui.patients.history_prints import print_changes
from clinic_desktop.ui.patients.history_record import patient_changes
from clinic_desktop.ui.patients.history_scores import review_changes, score_changes
from clinic_desktop.ui.patients.history_visit import override_said, stamp_said
from clinic_desktop.ui.wording import reason_worded


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change: when and by whom, what in words, and why where somebody said so."""

    number: int
    when: str
    who: str
    what: tuple[str, ...]
    why: str = ""
    desk: str = ""

    @property
    def head(self) -> str:
        """ "Nov 17, 2026, 9:12 AM, Dana Reyes", and at which PC where that has a name."""
        if self.desk:
            pattern = tr("{when}, {who}, on the PC called {desk}")
            return pattern.format(when=self.when, who=self.who, desk=self.desk)
        return tr("{when}, {who}").format(when=self.when, who=self.who)

    @property
    def spoken(self) -> str:
        """For the ear: an arrow is no word."""
        parts = [self.head, *self.what, self.why]
        return ". ".join(part for part in parts if part).replace("→", tr("becomes"))


def lines_of(history: History) -> list[HistoryLine]:
    """The newest first. What nobody would notice, such as a record that went over with a merge, is left to
    the line that says so."""
    return [line for trace in history.traces if (line := _line(history, trace)).what]


def _line(history: History, trace: Trace[Recorded]) -> HistoryLine:
    kind = type(trace.after if trace.after is not None else trace.before)
    what = tuple(_WORDS[kind](history, trace.before, trace.after))
    reason = trace.reason or (trace.after.reason if isinstance(trace.after, Override) else "")
    why = why_words(reason)
    desk = trace.desk if trace.person_id else ""  # the program is at no desk
    return HistoryLine(trace.number, history.when(trace.at), history.who(trace.person_id), what, why, desk)


def why_words(reason: str) -> str:
    """The reason as it was given, where there is one."""
    return tr("Reason: {reason}").format(reason=reason_worded(reason)) if reason else ""


_WORDS: dict[type, Callable[[History, Any, Any], Iterator[str]]] = {
    Patient: patient_changes,
    Clearance: clearance_changes,
    Screening: screening_changes,
    Order: order_changes,
    Visit: visit_changes,
    Course: course_changes,
    Merge: merge_changes,
    Stamp: stamp_said,
    Override: override_said,
    Authorization: authorization_changes,
    Package: package_changes,
    DrugMovement: movement_changes,
    CallAttempt: call_changes,
    WaitEntry: wait_changes,
    Pin: pin_changes,
    Message: message_changes,
    CrisisCall: crisis_changes,
    Paper: paper_changes,
    Score: score_changes,
    Review: review_changes,
    SheetPrint: print_changes,
    AfterCall: after_call_changes,
    AfterFlag: after_flag_changes,
}
