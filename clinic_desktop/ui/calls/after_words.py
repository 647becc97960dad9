"""The check-in calls in words: rows, outcomes, what is before the prescriber. Pure, to be read in a test."""

from collections.abc import Iterable, Sequence
from datetime import date

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.day_after import AfterCall, AfterFlag, AfterOutcome, names_of, standing
from clinic_desktop.treatment.day_after_list import AfterRow
from clinic_desktop.treatment.day_after_offer import Offer
from clinic_desktop.ui.calls.words import phone_of, similar
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

OUTCOMES = {
    AfterOutcome.REACHED: QT_TR_NOOP("Reached"),
    AfterOutcome.NO_ANSWER: QT_TR_NOOP("No answer"),
    AfterOutcome.MESSAGE: QT_TR_NOOP("Message left"),
    AfterOutcome.WRONG_NUMBER: QT_TR_NOOP("Wrong number"),
    AfterOutcome.REFUSED: QT_TR_NOOP("Will not talk"),
    AfterOutcome.CLOSED: QT_TR_NOOP("Close the call"),
    AfterOutcome.STRUCK: QT_TR_NOOP("There was no call"),
}
HOW_IT_ENDED = {
    VisitState.LEFT_EARLY: QT_TR_NOOP("left before release"),
    VisitState.TRANSFERRED: QT_TR_NOOP("transferred (911)"),
}


def outcome_words(outcome: AfterOutcome) -> str:
    return tr(OUTCOMES[outcome])


def items_words(codes: Iterable[str]) -> str:
    return ", ".join(tr(one) for one in names_of(codes))


def ended_words(row: AfterRow) -> str:
    """How the visit ended, where that is no usual end."""
    return tr(HOW_IT_ENDED[row.visit.state]) if row.visit.state in HOW_IT_ENDED else ""


def visit_words(row: AfterRow) -> str:
    """ "IV ketamine 2, Mon, Nov 16"."""
    no = f" {row.visit.course_no}" if row.visit.course_no else ""
    return f"{row.type.name}{no}, {short_date(row.visit.day)}"


def state_words(row: AfterRow) -> str:
    """What is still to be done, in a word or two."""
    if row.waits:
        return tr("before prescriber")
    if row.closed is not None:
        return tr("not reached")
    if row.done:
        return tr("done")
    return tr("tried: {count}").format(count=row.tries) if row.tries else tr("to call")


def last_words(row: AfterRow) -> str:
    """What came of the last call, for the end of the row."""
    last = row.last
    if last is None:
        return ""
    said = outcome_words(last.outcome)
    if last.yes:
        said = tr("Yes: {items}").format(items=items_words(last.yes))
    words = tr("{outcome} {time}").format(outcome=said, time=_clock(last, row.visit.zone))
    return f"{words}. {last.note}" if last.note else words


def spoken(row: AfterRow) -> str:
    """The row as sentences."""
    parts = (
        row.patient.name,
        similar(row.alike),
        visit_words(row),
        ended_words(row),
        state_words(row),
        phone_of(row.patient),
        last_words(row),
    )
    return ". ".join(part for part in parts if part)


def call_words(call: AfterCall, calls: Sequence[AfterCall], staff: Sequence[Staff], zone: str) -> str:
    """One line of the log; one that was corrected says so."""
    at = local_time(call.at, zone) if call.at else None
    by = next((one.initials or one.name for one in staff if one.id == call.by), "")
    day = short_date(at.day) if at else ""
    when = ", ".join(part for part in (day, _clock(call, zone), by) if part)
    parts = (
        tr("{when}: {outcome}").format(when=when, outcome=outcome_words(call.outcome)),
        tr("Yes: {items}").format(items=items_words(call.yes)) if call.yes else "",
        tr("No: {items}").format(items=items_words(call.no)) if call.no else "",
        call.note,
        tr("not allowed by the patient") if call.deviation else "",
        "" if call in standing(calls) else tr("corrected since"),
    )
    return ". ".join(part for part in parts if part)


def flag_words(flag: AfterFlag, staff: Sequence[Staff]) -> str:
    """What is before the prescriber, and what was answered."""
    items = items_words(flag.items)
    if flag.open:
        return tr("Yes to: {items}. No prescriber has answered yet.").format(items=items)
    number = flag.told_by or flag.answered_by
    who = next((one.name for one in staff if one.id == number), "")
    return tr("Yes to: {items}. {who}: {answer}").format(items=items, who=who, answer=flag.answer)


def offer_words(offer: Offer) -> str:
    pattern = tr("The course owes a review: offer “{type}”") if offer.review else tr("Offer “{type}”")
    return pattern.format(type=offer.type.name)


def counted(rows: Sequence[AfterRow], today: date) -> str:
    """ "2 done, 5 to go, the oldest due Mon, Nov 16"."""
    left = [one for one in rows if not one.done]
    words = tr("{done} done, {left} to go").format(done=len(rows) - len(left), left=len(left))
    oldest = min((one.due for one in left), default=today)
    return (
        words
        if oldest >= today
        else tr("{words}, due since {day}").format(words=words, day=short_date(oldest))
    )


def said(row: AfterRow, call: AfterCall) -> str:
    """For the status bar."""
    words = tr("{name}: {outcome}.").format(
        name=row.patient.name, outcome=outcome_words(call.outcome).lower()
    )
    return f"{words} {tr('The prescriber has it.')}" if call.red else words


def _clock(call: AfterCall, zone: str) -> str:
    return clock_time(local_time(call.at, zone).minute) if call.at else ""
