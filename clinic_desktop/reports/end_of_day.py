"""The end of the day: what is still open before the house is closed, and what the week leaves. Each line
leads to where it is settled; nothing is settled here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.rulebook import Finding, Param, Word, blocking
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import Patient
from clinic_desktop.reports import end_rules as rules
from clinic_desktop.reports.end_prints import PAPERS, open_prints
from clinic_desktop.scheduling.business_days import business_day_after
from clinic_desktop.scheduling.certification import certification
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.states import LIVE, VisitState
from clinic_desktop.scheduling.working import Roster
from clinic_desktop.treatment import day_after_rules
from clinic_desktop.treatment import requests_here as now_here
from clinic_desktop.treatment import requests_to_come as to_come
from clinic_desktop.treatment.alarm_records import AlarmAnswer, HelpCall
from clinic_desktop.treatment.care import care_of
from clinic_desktop.treatment.day_after_list import after_list
from clinic_desktop.treatment.leaving import before_release
from clinic_desktop.treatment.ledger import SOON, LedgerForm, unsent_forms
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.printed import PrintState
from clinic_desktop.treatment.request import Reading, Request, reading
from clinic_desktop.treatment.requests_day_after import named
from clinic_desktop.treatment.session import standing
from clinic_desktop.treatment.slips import day_of_stay
from clinic_desktop.treatment.stock import read_lots
from clinic_desktop.treatment.stock_watch import ends_within

TREATED = timedelta(days=14)  # whoever was treated in these days is asked for a next visit
_LEFT_OPEN = 50  # earlier visits without an end that are listed at most
_TREATED = frozenset({VisitState.LEFT, VisitState.LEFT_EARLY})


class Chapter(StrEnum):
    """What a line belongs to, in the order of the list."""

    HERE = "Still here"
    UNSIGNED = "Releases that nobody signed"
    UNCLOSED = "Visits without an end"
    FORMS = "REMS forms"
    SHEETS = "Sheets not handed over"
    PRINTS = "Papers that did not come out"
    COSIGN = "Words to sign for"
    INCIDENTS = "Incidents"
    DAY_AFTER = "Check-in calls"
    HELP = "Calls for help"
    NEXT_VISIT = "No next visit"
    UNDECIDED = "Consultations without a decision"
    EXPIRES = "What ends"

    @property
    def of_the_week(self) -> bool:
        return self in (Chapter.NEXT_VISIT, Chapter.UNDECIDED, Chapter.EXPIRES)


class Where(StrEnum):
    """The place in which a line is settled."""

    FLOOR = "floor"
    SHEETS = "sheets"
    LEDGER = "ledger"
    DRUGS = "drugs"  # in the ledger
    DECISIONS = "decisions"
    CALLS = "calls"  # the check-in calls
    PATIENT = "patients"
    SET_UP = "set-up"


@dataclass(frozen=True, slots=True)
class EndLine:
    """One thing that is open. number: of the visit or the patient, as ``where`` asks. request: what a
    prescriber answers."""

    chapter: Chapter
    says: Finding
    where: Where
    number: int = 0
    patient: str = ""
    urgent: bool = False  # it does not wait until the next business day
    request: Request | None = None


@dataclass(frozen=True, slots=True)
class EndOfDay:
    """The lines of a day, in the order of their chapters."""

    day: date
    clinic: str
    page: str
    lines: tuple[EndLine, ...] = ()

    def of(self, chapter: Chapter) -> list[EndLine]:
        return [one for one in self.lines if one.chapter is chapter]


def end_of_day(records: ScheduleRecords, now: datetime) -> EndOfDay:
    """Everything that is open at a moment, as it stands on record."""
    there = reading(records, now)
    lines = [line for look in _LOOKS for line in look(there)]
    order = list(Chapter)
    lines.sort(key=lambda one: (order.index(one.chapter), not one.urgent))
    clinic = there.setup.clinic
    return EndOfDay(there.today, clinic.name, there.setup.policies.sheet_page, tuple(lines))


def _stays(there: Reading) -> Iterator[EndLine]:
    """Who is here, and whose release only wants somebody to sign it."""
    patients = there.patients(there.here)
    for visit in there.here:
        name = patients[visit.patient_id].name
        if _only_to_sign(there, visit):
            says, chapter = Finding(rules.UNSIGNED), Chapter.UNSIGNED
        else:
            says, chapter = Finding(rules.HERE, {"state": Word(visit.state)}), Chapter.HERE
        yield EndLine(chapter, says, Where.FLOOR, visit.id, name, urgent=True)


def _only_to_sign(there: Reading, visit: Visit) -> bool:
    if not there.setup.type_by_id(visit.type_id).is_treatment:
        return False
    care = care_of(there.records, visit, there.now, there.records.find(Stamp, visit_id=visit.id))
    return care.session.dosed and not blocking(before_release(care))


def _left_open(there: Reading) -> Iterator[EndLine]:
    """Visits of earlier days of which nobody said how they ended; who is here since yesterday is here."""
    here = {one.id for one in there.here}
    found = [one for one in there.records.unclosed_before(there.today, _LEFT_OPEN) if one.id not in here]
    patients = there.patients(found)
    for visit in found:
        says = Finding(rules.UNCLOSED, {"day": short_date(visit.day)})
        yield EndLine(Chapter.UNCLOSED, says, Where.FLOOR, visit.id, patients[visit.patient_id].name)


def _forms(there: Reading) -> Iterator[EndLine]:
    """What is not sent: late, due today, due before the clinic opens again, due soon, and the rest."""
    opens = business_day_after(there.today, 1, Roster(there.setup))
    for one in unsent_forms(there.records):
        if one.to_send(there.today):
            says = _form(one, there.today, opens)
            urgent = says.rule in (rules.FORM_LATE, rules.FORM_TODAY, rules.FORM_CLOSED)
            name = one.patient.name
            yield EndLine(Chapter.FORMS, says, Where.LEDGER, one.visit.id, name, urgent=urgent)


def _form(one: LedgerForm, today: date, opens: date) -> Finding:
    due = one.form.due_on
    said = {"due": short_date(due), "open": short_date(opens)}
    if due < today:
        return Finding(rules.FORM_LATE, said)
    if due == today:
        return Finding(rules.FORM_TODAY, said)
    if due < opens:
        return Finding(rules.FORM_CLOSED, said)
    return Finding(rules.FORM_SOON if due <= today + timedelta(days=SOON) else rules.FORM_UNSENT, said)


def _sheets(there: Reading) -> Iterator[EndLine]:
    """Dosed today, gone, and no sheet was handed over since the last dose."""
    wanted = {one.id for one in there.setup.types if one.sheet}
    gone = [
        one
        for one in there.records.visits_on(there.today, there.today)
        if one.state in _TREATED and one.type_id in wanted
    ]
    patients = there.patients(gone)
    for visit in gone:
        session = standing(there.records.find(Stamp, visit_id=visit.id))
        if session.dosed and not session.since_dose(StampKind.SHEET_HANDED):
            name = patients[visit.patient_id].name
            yield EndLine(Chapter.SHEETS, Finding(rules.SHEET), Where.FLOOR, visit.id, name, urgent=True)


def _prints(there: Reading) -> Iterator[EndLine]:
    """Papers of today whose last job failed, or of which nobody knows."""
    found = open_prints(there)
    visits = {one.id: one for one in there.found(Visit, (one.visit_id for one in found))}
    patients = there.patients(visits.values())
    for job in found:
        visit = visits[job.visit_id or 0]
        rule = rules.PRINT_FAILED if job.state is PrintState.FAILED else rules.PRINT_UNKNOWN
        said: dict[str, Param] = {"what": Word(PAPERS[job.what]), "at": _clock(job.at, visit.zone)}
        says = Finding(rule, said | {"printer": job.printer})
        yield EndLine(Chapter.PRINTS, says, Where.SHEETS, visit.id, patients[visit.patient_id].name)


def _cosignatures(there: Reading) -> Iterator[EndLine]:
    for one in now_here.cosignatures(there):
        yield _of_request(one, Chapter.COSIGN, urgent=True)


def _incidents(there: Reading) -> Iterator[EndLine]:
    for one in now_here.incidents(there):
        yield _of_request(one, Chapter.INCIDENTS)


def _day_after(there: Reading) -> Iterator[EndLine]:
    """Check-in calls that are not done; red answers that nobody answered; and who closed one today."""
    for row in after_list(there.records, there.now):
        for flag in row.waits:
            says = Finding(day_after_rules.END_RED, {"items": named(flag.items)})
            yield EndLine(Chapter.DAY_AFTER, says, Where.CALLS, row.visit.id, row.patient.name, urgent=True)
        said: dict[str, Param] = {"day": short_date(row.visit.day), "tries": row.tries}
        if row.closed is not None:
            says = Finding(day_after_rules.END_CLOSED, said | {"who": there.name(row.closed.by)})
            yield EndLine(Chapter.DAY_AFTER, says, Where.CALLS, row.visit.id, row.patient.name)
        elif not row.done:
            last = row.until is not None and there.today >= row.until
            says = Finding(day_after_rules.END_LAST if last else day_after_rules.END_OPEN, said)
            urgent = last or row.out_of_turn
            yield EndLine(Chapter.DAY_AFTER, says, Where.CALLS, row.visit.id, row.patient.name, urgent=urgent)


def _help(there: Reading) -> Iterator[EndLine]:
    """The calls of the day, also those that were answered: what came of them is still to be said."""
    zone = there.setup.clinic.zone
    night = day_of_stay(there.now, zone)
    calls = [one for one in there.records.find(HelpCall) if one.at and day_of_stay(one.at, zone) == night]
    rooms = {one.id: one.name for one in there.setup.rooms}
    found = there.records.find(AlarmAnswer, help_id=[one.id for one in calls]) if calls else []
    answers = {one.help_id: one for one in found}
    for call in calls:
        where = rooms.get(call.room_id or 0, call.desk)
        said: dict[str, Param] = {"where": where, "at": _clock(call.at, zone)}
        answer = answers.get(call.id)
        if answer is None:
            yield EndLine(Chapter.HELP, Finding(rules.HELP_OPEN, said), Where.FLOOR, urgent=True)
        else:
            said |= {"who": there.name(answer.by), "answered": _clock(answer.at, zone)}
            yield EndLine(Chapter.HELP, Finding(rules.HELP_ANSWERED, said), Where.FLOOR)


def _clock(at: datetime | None, zone: str) -> str:
    return clock_time(local_time(at, zone).minute) if at else ""


def _of_request(one: Request, chapter: Chapter, *, urgent: bool = False) -> EndLine:
    """What a prescriber answers."""
    return EndLine(chapter, one.says, Where.DECISIONS, 0, one.patient, urgent, one)


def _next_visits(there: Reading) -> Iterator[EndLine]:
    """Treated in the last two weeks and nothing booked: unless the course ended, or the patient died."""
    treats = {one.id for one in there.setup.types if one.is_treatment}
    lately = [
        one
        for one in there.records.visits_on(there.today - TREATED, there.today)
        if one.type_id in treats and one.state in {*_TREATED, VisitState.TRANSFERRED}
    ]
    last = {one.patient_id: one for one in lately}
    if not last:
        return
    coming = {
        one.patient_id
        for one in there.records.find(Visit, patient_id=sorted(last), state=sorted(LIVE))
        if one.day >= there.today
    }
    courses = {one.id: one for one in there.found(Course, (one.course_id for one in last.values()))}
    patients = there.patients(last.values())
    for number, visit in last.items():
        course, patient = courses.get(visit.course_id or 0), patients[number]
        if number not in coming and _goes_on(patient, course):
            yield _no_next(visit, patient, course)


def _goes_on(patient: Patient, course: Course | None) -> bool:
    """One whose course is over, or stopped, is not asked for another visit."""
    return patient.death_date is None and (course is None or course.state == "running")


def _no_next(visit: Visit, patient: Patient, course: Course | None) -> EndLine:
    said: dict[str, Param] = {"day": short_date(visit.day), "count": course.to_place if course else 0}
    rule = rules.NEXT_TO_PLACE if course is not None and course.to_place else rules.NEXT_VISIT
    return EndLine(Chapter.NEXT_VISIT, Finding(rule, said), Where.PATIENT, patient.id, patient.name)


def _undecided(there: Reading) -> Iterator[EndLine]:
    for one in to_come.consultations(there):
        yield _of_request(one, Chapter.UNDECIDED)


def _expires(there: Reading) -> Iterator[EndLine]:
    """Clearances and orders that end before a visit, the site's certification, and lots of the drug log."""
    for one in (*to_come.renewals(there), *to_come.orders(there)):
        yield _of_request(one, Chapter.EXPIRES)
    certified = certification(there.setup.clinic, there.today)
    if certified is not None and any(one.rems for one in there.setup.modalities):
        yield EndLine(Chapter.EXPIRES, certified, Where.SET_UP)
    for says in ends_within(read_lots(there.records), there.today):
        yield EndLine(Chapter.EXPIRES, says, Where.DRUGS)


_LOOKS: tuple[Callable[[Reading], Iterator[EndLine]], ...] = (
    _stays,
    _left_open,
    _forms,
    _sheets,
    _prints,
    _cosignatures,
    _incidents,
    _day_after,
    _help,
    _next_visits,
    _undecided,
    _expires,
)
