"""The call list in words: outcomes, rows, what was tried. Pure, so that it can be read in a test."""

from collections.abc import Sequence
from datetime import date

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.rulebook import fill
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import Patient, Staff
from clinic_desktop.scheduling.call_list import MISSING, CallRow, Span, Todo
from clinic_desktop.scheduling.call_words import Line
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome, Whom
from clinic_desktop.ui.driver_badge import DriverMark, driver_spoken
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

WHOMS = {
    Whom.PATIENT: QT_TR_NOOP("Patient"),
    Whom.DRIVER: QT_TR_NOOP("Driver"),
    Whom.EMERGENCY: QT_TR_NOOP("Emergency"),
    Whom.OTHER: QT_TR_NOOP("Somebody else"),
}
SPANS = {
    Span.TODAY: QT_TR_NOOP("Today"),
    Span.NEXT: QT_TR_NOOP("Next day"),
    Span.AFTER: QT_TR_NOOP("Drivers after"),
}
OUTCOMES = {
    CallOutcome.BOTH: QT_TR_NOOP("Visit and driver"),
    CallOutcome.VISIT: QT_TR_NOOP("Visit confirmed"),
    CallOutcome.DRIVER: QT_TR_NOOP("Driver says yes"),
    CallOutcome.UNDECIDED: QT_TR_NOOP("Not decided"),
    CallOutcome.NO_ANSWER: QT_TR_NOOP("No answer"),
    CallOutcome.MESSAGE: QT_TR_NOOP("Message left"),
    CallOutcome.MOVES: QT_TR_NOOP("Wants to move"),
    CallOutcome.CANCELS: QT_TR_NOOP("Cancels"),
    CallOutcome.CALLS_BACK: QT_TR_NOOP("Calls back"),
    CallOutcome.TEXTED: QT_TR_NOOP("Text sent"),
    CallOutcome.WRONG_PERSON: QT_TR_NOOP("Wrong person"),
    CallOutcome.CANNOT_DRIVE: QT_TR_NOOP("Cannot come"),
    CallOutcome.REACHED: QT_TR_NOOP("Reached"),
    CallOutcome.DECLINED: QT_TR_NOOP("Declined"),
    CallOutcome.BOOKED: QT_TR_NOOP("Booked"),
}


def line_words(line: Line) -> str:
    """A sentence of the script in the person's language."""
    return fill(tr(line.sentence), line.params, tr)


def all_lines(lines: Sequence[Line]) -> str:
    return " ".join(map(line_words, lines))


def outcome_words(outcome: CallOutcome) -> str:
    return tr(OUTCOMES[outcome])


def time_words(row: CallRow, today: date) -> str:
    """The time; with the weekday where the part of the list has more than one day."""
    time = clock_time(row.visit.minute)
    ahead = (row.visit.day - today).days
    return time if ahead <= 1 else f"{short_date(row.visit.day):.3} {time}"


def type_words(row: CallRow) -> str:
    """ "IV ketamine 2; held; first visit"."""
    no = f" {row.visit.course_no}" if row.visit.course_no else ""
    parts = (
        f"{row.type.name}{no}",
        tr("first visit") if row.first else "",
        tr("%n missed", "", row.missed) if row.missed else "",
    )
    return ", ".join(part for part in parts if part)


def visit_words(row: CallRow) -> str:
    """How far the visit itself is settled."""
    if row.said_yes and row.held:
        return tr("Said yes, held")
    if Todo.VISIT in row.todo and row.attempts and not row.said_yes:
        return outcome_words(row.attempts[-1].outcome)
    return state_word(row.visit.whereabouts)


def mark_of(row: CallRow) -> DriverMark | None:
    return DriverMark(row.driver) if row.driver else None


def phone_of(patient: Patient) -> str:
    return patient.phones[0].number if patient.phones else tr("no phone")


def last_words(row: CallRow) -> str:
    """What came of the last call, for the end of the row."""
    if not row.attempts:
        return tr("time changed since the last call") if row.void else ""
    last = row.attempts[-1]
    words = tr("{outcome} {time}").format(outcome=outcome_words(last.outcome), time=_at(last, row.visit.zone))
    return f"{words}. {last.note}" if last.note else words


def spoken(row: CallRow) -> str:
    """The row as sentences."""
    mark = mark_of(row)
    parts = (
        row.patient.name,
        similar(row.alike),
        type_words(row),
        tr("{day} at {time}").format(day=short_date(row.visit.day), time=clock_time(row.visit.minute)),
        visit_words(row),
        driver_spoken(mark, late=row.red) if mark else tr("No driver needed"),
        phone_of(row.patient),
        last_words(row),
        tr("done") if row.done else "",
    )
    return ". ".join(part for part in parts if part)


def similar(names: Sequence[str]) -> str:
    return tr("Similar name: {names}").format(names="; ".join(names)) if names else ""


def similar_short(names: Sequence[str]) -> str:
    """Where the names have no room: a name that is cut would be the wrong one."""
    return tr("%n similar name(s)", "", len(names)) if names else ""


def attempt_words(attempt: CallAttempt, staff: Sequence[Staff], zone: str, today: date) -> str:
    """One line of the log."""
    at = local_time(attempt.at, zone) if attempt.at else None
    day = "" if at is None or at.day == today else short_date(at.day) + ", "
    by = next((one.initials or one.name for one in staff if one.id == attempt.by), "")
    when = ", ".join(part for part in (f"{day}{_at(attempt, zone)}", by) if part)
    words = tr("{when}: {whom}, {outcome}").format(
        when=when, whom=attempt.person or tr(WHOMS[attempt.whom]), outcome=outcome_words(attempt.outcome)
    )
    parts = (words, attempt.note, tr("not allowed by the patient") if attempt.deviation else "")
    return ". ".join(part for part in parts if part)


def counted(rows: Sequence[CallRow]) -> str:
    """ "1 done, 13 to go"."""
    done = sum(one.done for one in rows)
    return tr("{done} done, {left} to go").format(done=done, left=len(rows) - done)


def without_driver(rows: Sequence[CallRow]) -> int:
    return sum(one.driver == MISSING for one in rows)


def said(row: CallRow, attempt: CallAttempt) -> str:
    """For the status bar."""
    return tr("{name}: {outcome}.").format(
        name=row.patient.name, outcome=outcome_words(attempt.outcome).lower()
    )


def _at(attempt: CallAttempt, zone: str) -> str:
    return clock_time(local_time(attempt.at, zone).minute) if attempt.at else ""
