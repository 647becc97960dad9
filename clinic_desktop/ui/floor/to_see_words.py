"""Incidents and REMS forms in words: a row of the list, and all about the chosen one."""

from collections.abc import Sequence
from datetime import date, datetime

from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.treatment.ledger import LedgerForm
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.rems_form import FORM_DAYS
from clinic_desktop.treatment.to_see import OpenIncident, ToSee
from clinic_desktop.ui.floor.entries import BY_KIND
from clinic_desktop.ui.floor.said import detail_of
from clinic_desktop.ui.floor.words import at_day_clock
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.rule_words import rule_words
from clinic_desktop.ui.widgets.rows import Row


def count_words(there: ToSee, today: date) -> str:
    """ "2 incidents, 3 REMS forms, 1 overdue"; empty when nothing waits."""
    late = sum(one.is_late(today) for one in there.forms)
    parts = (
        tr("%n incident(s)", "", len(there.incidents)) if there.incidents else "",
        tr("%n REMS form(s)", "", len(there.forms)) if there.forms else "",
        tr("{n} overdue").format(n=late) if late else "",
    )
    return ", ".join(part for part in parts if part)


def incident_row(one: OpenIncident) -> Row:
    zone = one.visit.zone
    at = happened(one)
    when = at_day_clock(at, zone, date.min) if at else short_date(one.visit.day)
    return Row(one.patient, rule_words(one.incident.codes), when, icon="warning")


def happened(one: OpenIncident) -> datetime | None:
    """When it happened, by the entry that opened it."""
    return one.stamp.at if one.stamp is not None else one.incident.opened_at


def incident_words(one: OpenIncident, setup: Setup, means: str = "") -> str:
    """Who, which visit, what went past which rule and what that ``means``, when it happened and when that was
    recorded, by whom; last what was corrected, which in a small window is seen beside the answer."""
    visit, zone = one.visit, one.visit.zone
    lines = [
        tr("{type} on {day}").format(type=setup.type_by_id(visit.type_id).name, day=short_date(visit.day)),
        f"{rule_words(one.incident.codes)}.",
        *([means] if means else []),
    ]
    if one.stamp is not None and one.stamp.note:
        lines.append(tr("Said of it: {note}").format(note=one.stamp.note))
    at, opened, by = happened(one), one.incident.opened_at, _name(setup.staff, one.incident.opened_by)
    if at is not None:
        lines.append(tr("Happened {when}.").format(when=at_day_clock(at, zone, date.min)))
    if opened is not None:
        words = tr("Recorded {when} by {who}.") if by else tr("Recorded {when}.")
        lines.append(words.format(when=at_day_clock(opened, zone, date.min), who=by))
    lines += _correction(one)
    if one.to_tell:
        missing = ", ".join(tr(kind) for kind in one.to_tell)
        lines.append(tr("Not on record yet: {missing}.").format(missing=missing))
    return "\n".join(lines)


def _correction(one: OpenIncident) -> list[str]:
    """What stood before, what stands now, and why it was changed."""
    new, old, zone = one.stamp, one.was, one.visit.zone
    if new is None or old is None or new.at is None or old.at is None:
        return []
    what, day = tr(BY_KIND[old.kind].label), one.visit.day
    was, now = (at_day_clock(at, zone, day) for at in (old.at, new.at))
    before, after = (detail_of(stamp, zone, day) for stamp in (old, new))
    if new.kind is StampKind.STRUCK or before != after:  # what was measured, too: it is what is decided about
        was = ", ".join(part for part in (before, was) if part)
        now = ", ".join(part for part in (after, now) if part)
    if new.kind is StampKind.STRUCK:
        said = tr("Struck out: {what}, {was}.").format(what=what, was=was)
    else:
        said = tr("{what}: was {was}, now {now}.").format(what=what, was=was, now=now)
    return [said, tr("Why: {reason}").format(reason=new.reason)] if new.reason else [said]


def form_row(one: LedgerForm, today: date) -> Row:
    """A form that is to be sent; the ledger says the rest."""
    session = tr("Session {day}").format(day=short_date(one.form.session_on))
    day = tr("day {n} of {all}").format(n=one.day(today), all=FORM_DAYS)
    due = tr("due {day}").format(day=short_date(one.form.due_on))
    late = one.is_late(today)
    right = due if late else ", ".join((day, due))
    return Row(one.patient.name, session, right, badge=tr("overdue") if late else "", tone=Tone.DANGER)


def _name(staff: Sequence[Staff], number: int) -> str:
    return next((one.name for one in staff if one.id == number), "")
