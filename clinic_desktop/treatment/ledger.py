"""The REMS ledger: every Spravato session with its form, the oldest first, and what is pressing about it.

A session is in it from its first device on, whether or not anybody recorded its end. How far a form is
follows from what is there; nothing counts days but the calendar.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from clinic_desktop.foundation.rulebook import Finding, Param
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.model import Patient, Sex
from clinic_desktop.scheduling.certification import certification
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.working import Roster
from clinic_desktop.treatment import ledger_rules as rules
from clinic_desktop.treatment.model import RemsForm
from clinic_desktop.treatment.rems_form import FORM_DAYS, answers_of, unanswered

SOON = 2  # days before it is due from which a form is pressing: day 5 of 7
SENT_SHOWN = 90  # days for which a session whose form was sent stays in the list


class FormState(StrEnum):
    OPEN = "open"  # the patient is here, or nobody recorded the end of the session
    DUE = "due"
    FILLED = "filled"
    SENT = "sent"
    NOT_NEEDED = "not needed"  # its devices were struck out: nothing was given


@dataclass(frozen=True, slots=True)
class LedgerForm:
    """One session of the ledger."""

    form: RemsForm
    visit: Visit
    patient: Patient

    @property
    def state(self) -> FormState:
        if self.form.sent_on is not None:
            return FormState.SENT
        if self.visit.release_from is None:
            return FormState.NOT_NEEDED
        if self.form.minutes is None:
            return FormState.OPEN
        return FormState.FILLED if self.form.filled_at is not None else FormState.DUE

    @property
    def waits(self) -> bool:
        """It is not sent, and is to be."""
        return self.state not in (FormState.SENT, FormState.NOT_NEEDED)

    def day(self, today: date) -> int:
        """The calendar day since the session, of seven."""
        return (today - self.form.session_on).days

    def is_late(self, today: date) -> bool:
        return self.waits and today > self.form.due_on

    def is_pressing(self, today: date) -> bool:
        """Late, or due within two days."""
        return self.waits and today >= self.form.due_on - timedelta(days=SOON)

    def to_send(self, today: date) -> bool:
        """Somebody has to see to it: nobody does while the patient is here."""
        return self.waits and (self.state is not FormState.OPEN or self.form.session_on < today)

    def speaks(self, today: date) -> Finding | None:
        """How pressing it is, from day 5 on."""
        if not self.is_pressing(today):
            return None
        due = short_date(self.form.due_on)
        words: dict[str, Param] = {"n": self.day(today), "days": FORM_DAYS, "due": due}
        if self.is_late(today):
            return Finding(rules.FORM_LATE, words)
        return Finding(rules.FORM_LAST_DAY if today == self.form.due_on else rules.FORM_SOON, words)

    def lacks(self, today: date) -> list[Finding]:
        """What is missing before it can be sent, as far as the record tells."""
        if not self.waits:
            return []
        enrolled, on = self.patient.rems_enrolled_on, self.form.session_on
        checks = (
            (rules.LACKS_END, self.state is FormState.OPEN and on < today),
            (rules.LACKS_ANSWERS, self.state is FormState.DUE and bool(unanswered(answers_of(self.form)))),
            (rules.LACKS_ENROLMENT, enrolled is None or enrolled > on),
            (rules.LACKS_BIRTH_DATE, self.patient.birth_date is None),
            (rules.LACKS_SEX, self.patient.sex is Sex.UNKNOWN),
        )
        return [Finding(rule) for rule, so in checks if so]


@dataclass(frozen=True, slots=True)
class Ledger:
    """waiting: not sent yet, the oldest first, so that what is late comes before the rest. closed: sent, or
    not needed, of the last 90 days, the latest first. says: what is said of all of it."""

    waiting: tuple[LedgerForm, ...] = ()
    closed: tuple[LedgerForm, ...] = ()
    says: tuple[Finding, ...] = ()

    def pressing(self, today: date) -> list[LedgerForm]:
        return [one for one in self.waiting if one.is_pressing(today)]

    def late(self, today: date) -> list[LedgerForm]:
        return [one for one in self.waiting if one.is_late(today)]


def ledger(records: ScheduleRecords, today: date) -> Ledger:
    """The whole of it, as it stands on a day."""
    days = [today - timedelta(days=n) for n in range(SENT_SHOWN)]
    forms = {
        one.id: one
        for one in (*records.find(RemsForm, sent_on=None), *records.find(RemsForm, session_on=days))
    }
    found = _about(records, forms.values())
    waiting = tuple(one for one in found if one.waits)
    closed = tuple(one for one in reversed(found) if not one.waits and one.form.session_on >= days[-1])
    return Ledger(waiting, closed, tuple(_says(waiting, records.setup(), today)))


def unsent_forms(records: ScheduleRecords) -> list[LedgerForm]:
    """What waits to be sent, the oldest first."""
    return [one for one in _about(records, records.find(RemsForm, sent_on=None)) if one.waits]


def _about(records: ScheduleRecords, forms: Iterable[RemsForm]) -> list[LedgerForm]:
    """With whom they are about, the oldest session first."""
    ordered = sorted(forms, key=lambda one: (one.due_on, one.id))
    if not ordered:
        return []
    visits = {one.id: one for one in records.find(Visit, id=sorted(one.visit_id for one in ordered))}
    whom = sorted({one.patient_id for one in visits.values()})
    patients = {one.id: one for one in records.find(Patient, id=whom)}
    return [
        LedgerForm(one, visits[one.visit_id], patients[visits[one.visit_id].patient_id]) for one in ordered
    ]


def _says(waiting: Sequence[LedgerForm], setup: Setup, today: date) -> list[Finding]:
    certified = certification(setup.clinic, today)
    unsent = sum(one.to_send(today) for one in waiting)
    week = [Finding(rules.FORM_WEEK, {"count": unsent})] if unsent and week_ends(setup, today) else []
    return [*([certified] if certified else []), *week]


def week_ends(setup: Setup, today: date) -> bool:
    """Whether no business day is left in the week after this one: Friday, or Thursday before a closed one."""
    roster = Roster(setup)
    rest = (today + timedelta(days=n) for n in range(1, 7 - today.weekday()))
    return not any(map(roster.is_business_day, rest))
