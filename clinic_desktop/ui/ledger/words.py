"""The forms of the ledger in words: the row, what is said of one, and all of them counted. Pure."""

from collections.abc import Sequence
from datetime import date

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.treatment.ledger import FormState, Ledger, LedgerForm
from clinic_desktop.treatment.rems_form import FORM_DAYS
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.wording import worded

STATES = {
    FormState.OPEN: QT_TR_NOOP("Open"),
    FormState.DUE: QT_TR_NOOP("Due"),
    FormState.FILLED: QT_TR_NOOP("Filled"),
    FormState.SENT: QT_TR_NOOP("Sent"),
    FormState.NOT_NEEDED: QT_TR_NOOP("Not needed"),
}
TONES = {
    FormState.OPEN: Tone.INFO,
    FormState.DUE: Tone.NEUTRAL,
    FormState.FILLED: Tone.INFO,
    FormState.SENT: Tone.OK,
    FormState.NOT_NEEDED: Tone.NEUTRAL,
}


def state_words(one: LedgerForm, today: date) -> str:
    """ "Late", else how far it is."""
    return tr("Late") if one.is_late(today) else tr(STATES[one.state])


def tone_of(one: LedgerForm, today: date) -> Tone:
    if one.is_late(today):
        return Tone.DANGER
    return Tone.WARN if one.is_pressing(today) else TONES[one.state]


def session_words(one: LedgerForm) -> str:
    """ "Session Mon, Nov 16, 128 min"."""
    session = tr("Session {day}").format(day=short_date(one.form.session_on))
    minutes = minutes_words(one)
    return f"{session}, {minutes}" if minutes else session


def minutes_words(one: LedgerForm) -> str:
    return "" if one.form.minutes is None else tr("{n} min").format(n=one.form.minutes)


def day_words(one: LedgerForm, today: date) -> str:
    """ "Day 5 of 7"; of one that is closed nothing."""
    return tr("Day {n} of {all}").format(n=one.day(today), all=FORM_DAYS) if one.waits else ""


def due_words(one: LedgerForm) -> str:
    if one.form.sent_on is not None:
        return tr("sent {day}").format(day=short_date(one.form.sent_on))
    return tr("due {day}").format(day=short_date(one.form.due_on)) if one.waits else ""


def lacks_words(one: LedgerForm, today: date) -> str:
    """What is missing, for the end of the row."""
    if one.state is FormState.NOT_NEEDED:
        return tr("No device of it stands on record.")
    if one.state is FormState.OPEN and one.form.session_on == today:
        return tr("The patient is here.")
    return " ".join(worded(finding) for finding in one.lacks(today))


def spoken(one: LedgerForm, today: date) -> str:
    """The row as sentences, what is pressing first."""
    parts = (
        one.patient.name,
        state_words(one, today),
        session_words(one),
        day_words(one, today),
        due_words(one),
        lacks_words(one, today),
    )
    return ". ".join(part.rstrip(".") for part in parts if part)


def counted(there: Ledger, today: date) -> str:
    """ "14 to send, 2 late, 3 due within 2 days"."""
    late, pressing = len(there.late(today)), len(there.pressing(today))
    send = sum(one.to_send(today) for one in there.waiting)
    parts = (
        tr("%n to send", "", send) if send else tr("Nothing to send"),
        tr("%n late", "", late) if late else "",
        tr("%n due within 2 days", "", pressing - late) if pressing > late else "",
    )
    return ", ".join(part for part in parts if part)


def facts_words(one: LedgerForm, setup: Setup, today: date) -> str:
    """Which session, its minutes, by when, and who did what."""
    form = one.form
    kind = setup.type_by_id(one.visit.type_id).name
    lines = [tr("{type} on {day}").format(type=kind, day=short_date(form.session_on))]
    if form.minutes is not None:
        lines.append(tr("%n minute(s) from the first device to the end", "", form.minutes))
    if day := day_words(one, today):
        lines.append(tr("{day}, to be sent by {due}.").format(day=day, due=short_date(form.due_on)))
    if form.filled_at is not None:
        filled = short_date(local_day(form.filled_at, one.visit.zone))
        lines.append(_by(tr("Filled {day}"), filled, form.filled_by, setup.staff))
    if form.sent_on is not None:
        lines.append(_by(tr("Sent {day}"), short_date(form.sent_on), form.closed_by, setup.staff))
    return "\n".join(lines)


def _by(words: str, day: str, person: int | None, staff: Sequence[Staff]) -> str:
    who = next((one.name for one in staff if one.id == person), "")
    said = words.format(day=day)
    return tr("{what}, recorded by {who}.").format(what=said, who=who) if who else f"{said}."
