"""The REMS form of a Spravato session: made with the first device, filled, sent, and never deleted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import BadInput, Refusal
from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.model import ScreeningItem
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment import ledger_rules as rules
from clinic_desktop.treatment.asking import medicines_said
from clinic_desktop.treatment.model import RemsForm, StampKind
from clinic_desktop.treatment.moments import after
from clinic_desktop.treatment.session import Session

FORM_DAYS = 7  # calendar days, holidays included [R3] [R10]
_LONGEST = 24 * 60  # minutes; more than that is a slip
_USUAL = range(40, 4 * 60 + 1)  # before the 40-minute pressure nobody is ready; other minutes are asked about


@dataclass(frozen=True, slots=True)
class Question:
    """What the form asks and no entry of the session says: ``code`` is kept, ``asks`` is answered with yes or
    no. medicine: one of the day's medicines, else something that happened."""

    code: str
    asks: str
    medicine: bool = False


# In the form's own words, medicines before events [R3] [R4].
QUESTIONS: tuple[Question, ...] = (
    Question("benzodiazepines", "Benzodiazepines", medicine=True),
    Question("hypnotics", "Non-benzodiazepine sedative hypnotics", medicine=True),
    Question("opioids", "Opioids", medicine=True),
    Question("stimulants", "Psychostimulants", medicine=True),
    Question("maoi", "Monoamine oxidase inhibitors", medicine=True),
    Question("sedation", "Did the patient experience sedation?"),
    Question("dissociation", "Did the patient experience dissociation?"),
    Question("serious", "Respiratory depression, or another serious event?"),
)
_TOLD = frozenset({"serious"})  # a yes alone says too little


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody fills in: an answer to every question, and after how many minutes from the first device
    the patient would have been ready to leave without the 2-hour minimum."""

    items: tuple[ScreeningItem, ...]
    ready_minutes: int | None = None


def keep_form(unit: ScheduleUnit, visit: Visit, session: Session) -> None:
    """Make the form of a session with its first device, and bring its day and its minutes up to date. Where
    no device stands any more the entry stays as it was: the ledger says that nothing is due."""
    first = session.first_dose_at
    if first is None or not _under_rems(unit, visit):
        return
    on = local_day(first, visit.zone)
    there = next(iter(unit.find(RemsForm, visit_id=visit.id)), None)
    form = replace(
        there or RemsForm(visit_id=visit.id),
        session_on=on,
        due_on=on + timedelta(days=FORM_DAYS),
        minutes=_minutes(first, session.ended_at),
    )
    if form.filled_at is None:  # what somebody typed there stays
        ready = _minutes(first, session.time_of(StampKind.READY))
        form = replace(form, ready_minutes=ready, items=medicines_said(session))
    if there is None:
        unit.add(form)
    elif form != there:
        unit.save(form)


def _minutes(first: datetime, then: datetime | None) -> int | None:
    """Always from the first device, whatever the clinic's earliest release counts from. None where it was
    before that: one of the two is wrong, and nobody knows yet which."""
    if then is None or after(first, then):
        return None
    return max(0, int((then - first).total_seconds()) // 60)


def _under_rems(unit: ScheduleUnit, visit: Visit) -> bool:
    setup = unit.setup()
    modality = setup.modality_of(setup.type_by_id(visit.type_id))
    return modality is not None and modality.rems


def answers_of(form: RemsForm) -> tuple[ScreeningItem, ...]:
    """Every question with its answer so far."""
    given = {one.code: one for one in form.items}
    return tuple(given.get(one.code, ScreeningItem(one.code)) for one in QUESTIONS)


def unanswered(items: Sequence[ScreeningItem]) -> list[Question]:
    answered = {one.code for one in items if one.present is not None}
    return [one for one in QUESTIONS if one.code not in answered]


def filling_problems(form: RemsForm, answers: Answers) -> Problems:
    """What speaks against this as a filled form."""
    found: Problems = {}
    if form.minutes is None:
        found["form"] = Finding(rules.FORM_OPEN)
    if form.sent_on is not None:
        found["form"] = Finding(rules.FORM_SENT_ALREADY, {"day": short_date(form.sent_on)})
    if left := unanswered(answers.items):
        found["items"] = Finding(rules.FORM_UNANSWERED, {"count": len(left)})
    if any(one.present and one.code in _TOLD and not one.note.strip() for one in answers.items):
        found["serious"] = Finding(rules.FORM_EVENT)
    if answers.ready_minutes is not None and not 0 < answers.ready_minutes <= _LONGEST:
        found["ready_minutes"] = Finding(rules.FORM_READY)
    return found


def fill_form(
    store: ScheduleStore, actor: Actor, form: RemsForm, answers: Answers, *, meant: bool = False
) -> Changes:
    """The form is filled: who and when stay with it. Filled again while it is not sent, the audit trail keeps
    what it said before. Minutes that are unlikely are refused until they are ``meant``."""
    require(actor, Right.RECORD)
    if problems := filling_problems(form, answers):
        raise BadInput(problems)
    ready = answers.ready_minutes
    if ready is not None and ready not in _USUAL and ready != form.ready_minutes and not meant:
        raise Refusal([Finding(rules.READY_UNLIKELY, {"minutes": ready})])
    with store.write(actor) as unit:
        unit.save(
            replace(
                form,
                items=answers.items,
                ready_minutes=answers.ready_minutes,
                filled_at=unit.at,
                filled_by=actor.person_id,
            )
        )
        return unit.commit()


def record_sent(store: ScheduleStore, actor: Actor, form: RemsForm, sent_on: date) -> Changes:
    """The form of a session was sent on that day, whether or not it was filled here: that is what happened.
    It is never deleted; another day said later takes the place of a wrong one, and the audit trail keeps
    both."""
    require(actor, Right.RECORD)
    with store.write(actor) as unit:
        today = local_day(unit.at, unit.setup().clinic.zone)
        if not form.session_on <= sent_on <= today:
            params = {"first": short_date(form.session_on)}
            raise BadInput({"sent_on": Finding(rules.FORM_SENT, params)})
        unit.save(replace(form, sent_on=sent_on, closed_by=actor.person_id))
        return unit.commit()


def take_back_sent(store: ScheduleStore, actor: Actor, form: RemsForm, reason: str) -> Changes:
    """It was not sent after all: it waits again, late where it is late. The audit trail keeps the day that
    was said, who said it, and why it was taken back."""
    require(actor, Right.RECORD)
    if form.sent_on is None:
        raise BadInput({"form": Finding(rules.FORM_NOT_SENT)})
    if not reason.strip():
        raise BadInput({"reason": Finding(rules.FORM_REASON)})
    with store.write(actor) as unit:
        unit.because(reason.strip())
        unit.save(replace(form, sent_on=None, closed_by=None))
        return unit.commit()
