"""How the sheets of a day stand: which can be made, which are printed, untrue by now, or handed over."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from clinic_desktop.aftercare.facts import (
    READER,
    SheetMatch,
    compute_facts,
    findings_against,
    match,
    told_of,
)
from clinic_desktop.aftercare.facts_json import facts_from_json
from clinic_desktop.aftercare.in_hand import handed_over
from clinic_desktop.aftercare.sheets import source_of
from clinic_desktop.aftercare.texts import text_for, withdrawn
from clinic_desktop.aftercare.values import Sheet, SheetSource
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Patient
from clinic_desktop.people.similar_names import alike_names
from clinic_desktop.scheduling.model import PhaseKind, Visit, VisitType
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.states import NEVER_CAME, VisitState
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moments import same_minute
from clinic_desktop.treatment.printed import PrintState, SheetPrint, that_counts
from clinic_desktop.treatment.session import Session, standing


class Standing(StrEnum):
    """Where a visit's sheet is: printed only once the printing system said so."""

    NOT_YET = "not yet"
    READY = "can be printed"
    MADE = "made, and sent nowhere"
    SENT = "sent to a printer"
    FAILED = "did not come out"
    SAVED = "saved as a file"
    UNKNOWN = "sent, and nobody knows whether it came out"
    PRINTED = "printed"
    UNTRUE = "no longer true"
    HANDED = "handed over"


STANDS = {
    None: Standing.MADE,
    PrintState.SENT: Standing.SENT,
    PrintState.FAILED: Standing.FAILED,
    PrintState.SAVED: Standing.SAVED,
    PrintState.UNKNOWN: Standing.UNKNOWN,
    PrintState.PRINTED: Standing.PRINTED,
}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One visit of the day and its last sheet; where that is only another copy of one that was handed over,
    the one that was.

    leaves: UTC minute at which the patient left, or is to leave by plan and facts so far. handed_at and
    handed_to: when and to whom it was handed over, also where only the visit's own record says so (a sheet
    made on paper). why: what is missing for a sheet; empty otherwise. changed: names of facts
    (or codes of rules) that made the sheet untrue, or, where it is still true, that are newer by now.
    text: what is said of the text that would be printed. job: what became of the sheet at the printer.
    alike: others of the day whose names could be taken for this patient's.
    """

    visit: Visit
    name: str
    type_name: str
    leaves: int
    standing: Standing
    sheet: Sheet | None = None
    handed_at: datetime | None = None
    handed_to: str = ""
    why: tuple[Finding, ...] = ()
    changed: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    text: tuple[Finding, ...] = ()
    job: SheetPrint | None = None

    @property
    def to_make(self) -> bool:
        """A sheet can be made, and there is none that says what is true now."""
        if self.why:
            return False
        if self.standing is Standing.HANDED:
            return self.sheet is None or any(one in READER for one in self.changed)
        return self.standing in (Standing.READY, Standing.UNTRUE) or bool(self.changed)

    @property
    def to_print(self) -> bool:
        """Nobody can have it on paper yet."""
        return self.to_make or self.standing in (Standing.MADE, Standing.FAILED)


@dataclass(frozen=True, slots=True)
class _Papers:
    """The sheets of a visit and what was sent to printers of them, the newest last, and what happened at it.
    withdrawn: texts that go out no more."""

    sheets: Sequence[Sheet]
    jobs: Sequence[SheetPrint]
    session: Session
    withdrawn: Collection[int]


def sheets_on(records: ScheduleRecords, day: date, now: datetime) -> list[SheetLine]:
    """The visits of a day that end with a sheet, by the time their patients leave."""
    whole_day = [one for one in records.visits_on(day, day) if one.state not in NEVER_CAME]
    people = {one.id: one for one in records.find(Patient, id=[one.patient_id for one in whole_day])}
    alike = alike_names(people.values())
    lines = [
        replace(one, alike=alike.get(one.visit.patient_id, ()))
        for one in _lines(records, whole_day, people, now)
    ]
    return sorted(lines, key=lambda line: (line.leaves, line.visit.id))


def sheet_line(records: ScheduleRecords, visit_id: int, now: datetime) -> SheetLine | None:
    """One visit's line; None for a visit that ends without a sheet."""
    visit = records.get(Visit, visit_id)
    people = {visit.patient_id: records.get(Patient, visit.patient_id)}
    return next(iter(_lines(records, [visit], people, now)), None)


def _lines(
    records: ScheduleRecords, visits: Sequence[Visit], people: Mapping[int, Patient], now: datetime
) -> list[SheetLine]:
    ending_with_one = {one.id: one for one in records.setup().types if one.sheet}
    visits = [one for one in visits if one.type_id in ending_with_one and _came(one)]
    if not visits:
        return []
    numbers = [one.id for one in visits]
    made = records.find(Sheet, visit_id=numbers)
    sheets, gone = _by_visit(made), withdrawn(records, (text for one in made for text in one.text_ids))
    jobs = records.find(SheetPrint, visit_id=numbers) if made else []
    stamps = records.find(Stamp, visit_id=numbers)
    lines = []
    for visit in visits:
        session = standing(one for one in stamps if one.visit_id == visit.id)
        its_jobs = [one for one in jobs if one.visit_id == visit.id]
        papers = _Papers(sheets.get(visit.id, ()), its_jobs, session, gone)
        name, visit_type = people[visit.patient_id].name, ending_with_one[visit.type_id]
        source = source_of(records, visit.id)
        line = _line(records, visit, name, visit_type, papers, source)
        lines.append(_on_paper(_at_printer(line, papers.jobs, now), session, source))
    return lines


def _came(visit: Visit) -> bool:
    return visit.state not in NEVER_CAME and visit.state is not VisitState.NOT_TREATED


def _line(
    records: ScheduleRecords,
    visit: Visit,
    name: str,
    visit_type: VisitType,
    papers: _Papers,
    source: SheetSource,
) -> SheetLine:
    sheet = _that_counts(papers, source)
    leaves = _leaves(visit, visit_type)
    if sheet is None:
        why = tuple(findings_against(source))
        standing = Standing.NOT_YET if why else Standing.READY
        text = (
            ()
            if why
            else text_for(records, source.kind, source.language, source.visit_day).why + told_of(source)
        )
        return SheetLine(visit, name, visit_type.name, leaves, standing, why=why, text=text)
    found = match(facts_from_json(sheet.facts), source)
    chosen = text_for(records, sheet.kind, source.language, source.visit_day)
    if chosen.text.language != sheet.language and "language" not in found.aged:
        found = replace(found, aged=(*found.aged, "language"))  # approved since then, or withdrawn
    handed = handed_over(sheet, papers.session)
    if handed is None and any(one in papers.withdrawn for one in sheet.text_ids):
        found = replace(found, void=(*found.void, "text"))
    stands = Standing.HANDED if handed else Standing.PRINTED
    return SheetLine(
        visit,
        name,
        visit_type.name,
        leaves,
        stands if found.holds and sheet.voided_at is None else Standing.UNTRUE,
        sheet,
        handed.at if handed else None,
        handed.person if handed else "",
        why=tuple(findings_against(source)),
        changed=found.void or found.aged,
        text=chosen.why + told_of(source),
    )


def _at_printer(line: SheetLine, jobs: Iterable[SheetPrint], now: datetime) -> SheetLine:
    """A sheet that is true and to be handed over is printed only once the printer said so."""
    if line.sheet is None:
        return line
    job = that_counts((one for one in jobs if one.sheet_id == line.sheet.id), now)
    if line.standing is not Standing.PRINTED:
        return replace(line, job=job)
    return replace(line, job=job, standing=STANDS[job.state if job else None])


def _leaves(visit: Visit, visit_type: VisitType) -> int:
    if visit.left is not None:
        return visit.left
    turnover = sum(phase.minutes for phase in visit_type.phases if phase.kind is PhaseKind.TURNOVER)
    return max(visit.end, visit.room_until or 0) - turnover


def _on_paper(line: SheetLine, session: Session, source: SheetSource) -> SheetLine:
    """Handed over though no sheet was made here, and it counts from what a sheet counts from now."""
    handed = session.last(StampKind.SHEET_HANDED)
    if handed is None or line.sheet is not None or line.standing is not Standing.READY:
        return line
    if not same_minute(handed.counts_from, compute_facts(source).counts_from):
        return line
    return replace(line, standing=Standing.HANDED, handed_at=handed.at, handed_to=handed.person)


def _by_visit(sheets: Sequence[Sheet]) -> dict[int, list[Sheet]]:
    """The sheets of each visit, the newest last: they come in order of id."""
    out: dict[int, list[Sheet]] = {}
    for one in sheets:
        out.setdefault(one.visit_id, []).append(one)
    return out


def _that_counts(papers: _Papers, source: SheetSource) -> Sheet | None:
    """The newest sheet, unless one that says the same is in somebody's hands already."""
    newest = papers.sheets[-1] if papers.sheets else None
    true = (
        one
        for one in reversed(papers.sheets)
        if one.voided_at is None and newest and one.language == newest.language
    )
    handed = (one for one in true if handed_over(one, papers.session))
    same = (one for one in handed if match(facts_from_json(one.facts), source) == SheetMatch())
    return next(same, newest)
