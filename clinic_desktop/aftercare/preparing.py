"""The preparation sheet of a visit to come: its pages, and the record that it was printed. A visit that moves
makes it untrue; nothing waits for it, and nobody signs for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from clinic_desktop.aftercare.compose import Made, compose_preparation
from clinic_desktop.aftercare.facts_json import facts_to_json, preparation_from_json
from clinic_desktop.aftercare.prepare import (
    PrepareFacts,
    PrepareSource,
    compute_preparation,
    made_untrue,
    preparation_kind,
)
from clinic_desktop.aftercare.rules import NOTHING_TO_PREPARE, NOTHING_TO_PREPARE_FOR, PREPARATION_STALE
from clinic_desktop.aftercare.sheet_text import SheetText
from clinic_desktop.aftercare.sheets import clinic_facts, name_of, store_now
from clinic_desktop.aftercare.texts import kept, template_of, text_for
from clinic_desktop.aftercare.values import DriverFacts
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.document import Document, PageSize, RenderedPdf, RenderPdf
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.instruments import named
from clinic_desktop.people.model import Patient, TransportKind
from clinic_desktop.scheduling.business_days import cancelled_in_time_until
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.states import PLANNED
from clinic_desktop.scheduling.way_home import gaps
from clinic_desktop.scheduling.working import Roster
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment.printed import Began, Printed, PrintState, SheetPrint

_ALONE = {TransportKind.TAXI_ALONE: "taxi", TransportKind.TRANSIT_ALONE: "transit"}


@dataclass(frozen=True, slots=True)
class Preparation:
    """The record of a preparation sheet that was sent to a printer. ``facts``: :class:`PrepareFacts` as JSON.

    voided_at: a newer one was printed after the visit moved. text_id: its words, as they were.
    """

    id: int = 0
    version: int = 0
    visit_id: int = 0
    kind: str = ""
    language: str = "en"
    text_id: int = 0
    draft: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)
    made_at: datetime | None = None
    made_by: int = 0
    made_name: str = ""
    copy_number: int = 1
    voided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PreparationPages:
    """Pages to look at, and what they say. why: what is said of the text, where the patient reads another."""

    pdf: RenderedPdf
    facts: PrepareFacts
    made: Made
    why: tuple[Finding, ...] = ()


def preparation_source(records: ScheduleRecords, visit_id: int) -> PrepareSource:
    """What the record knows now. Raises :class:`Refusal` for a visit that nobody prepares for."""
    visit = records.get(Visit, visit_id)
    patient = records.get(Patient, visit.patient_id)
    setup = records.setup()
    visit_type = setup.type_by_id(visit.type_id)
    kind = preparation_kind(visit_type.sheet)
    if not kind:
        raise Refusal([Finding(NOTHING_TO_PREPARE, {"type": visit_type.name})])
    if visit.state not in PLANNED:
        raise Refusal([Finding(NOTHING_TO_PREPARE_FOR)])
    missing = gaps(visit.plan, setup.profile_of(visit_type))
    return PrepareSource(
        visit_id=visit.id,
        kind=kind,
        zone=visit.zone,
        start=visit.start,
        lead=visit_type.lead,
        asks={one.code: one.minutes for one in visit_type.asks},
        patient_name=" ".join(part for part in (patient.given_name, patient.family_name) if part),
        first_name=patient.given_name,
        birth_date=patient.birth_date,
        clinic=clinic_facts(setup.clinic),
        driver=DriverFacts(visit.plan_name, visit.plan_phone),
        asks_driver=bool(missing),
        alone="" if missing or visit.plan_kind is None else _ALONE.get(visit.plan_kind, ""),
        cancel_by=cancelled_in_time_until(visit, Roster(setup)),
        score_forms=named(visit_type.scores),
        language=patient.language,
        large_print=patient.large_print,
        page_size=PageSize(setup.policies.sheet_page),
        statements_off=setup.policies.statements_off,
    )


def preparation_pages(
    store: ScheduleStore, actor: Actor, visit_id: int, render: RenderPdf
) -> PreparationPages:
    """The sheet as it prints now; nothing is recorded yet."""
    require(actor, Right.PRINT_SHEET)
    with store.read() as records:
        facts = compute_preparation(preparation_source(records, visit_id))
        copy = len(records.find(Preparation, visit_id=visit_id)) + 1
        made = Made(store_now(store), name_of(records, actor), copy)
        chosen = text_for(records, facts.kind, facts.language, local_day(made.at, facts.zone))
        template = template_of(chosen.text, facts.zone)
    return PreparationPages(render(compose_preparation(template, facts, made)), facts, made, chosen.why)


def preparation_document(records: ScheduleRecords, printed: Preparation) -> Document:
    """A preparation sheet as it went out, before it is drawn."""
    facts = preparation_from_json(printed.facts)
    text = records.get(SheetText, printed.text_id)
    template = template_of(text, facts.zone, draft=printed.draft)
    if printed.made_at is None:
        raise ValueError("it is on record without a time")
    made = Made(printed.made_at, printed.made_name, printed.copy_number)
    return compose_preparation(template, facts, made)


def begin_preparation(store: ScheduleStore, actor: Actor, pages: PreparationPages, job: SheetPrint) -> Began:
    """Put on record what these pages say and that they are about to be sent, at once and before they are: a
    desk that dies meanwhile leaves a trace. It is recorded also where the visit moved meanwhile.

    ``job`` says where they go; what became of them is said by ``finish``.
    """
    require(actor, Right.PRINT_SHEET)
    facts, made = pages.facts, pages.made
    with store.write(actor) as unit:
        for one in unit.find(Preparation, visit_id=facts.visit_id):
            if one.voided_at is None and made_untrue(preparation_from_json(one.facts), facts):
                unit.save(replace(one, voided_at=unit.at))
        chosen = text_for(unit, facts.kind, facts.language, local_day(made.at, facts.zone))
        text = kept(unit, chosen.text)
        printed = unit.add(
            Preparation(
                visit_id=facts.visit_id,
                kind=facts.kind,
                language=text.language,
                text_id=text.id,
                draft=chosen.draft,
                facts=facts_to_json(facts),
                made_at=made.at,
                made_by=actor.person_id,
                made_name=made.by,
                copy_number=made.copy_number,
            )
        )
        begun = unit.add(
            replace(
                job,
                what=Printed.PREPARATION,
                preparation_id=printed.id,
                visit_id=facts.visit_id,
                pages=pages.pdf.page_count,
                state=PrintState.SENT,
                at=unit.at,
                by=actor.person_id,
            )
        )
        return Began(begun, unit.commit())


def speaks_against_preparation(records: ScheduleRecords, printed: Preparation) -> tuple[str, ...]:
    """What is no longer so of a printed sheet, by the names of its facts; empty while it holds."""
    if printed.voided_at is not None:
        return ("newer",)
    try:
        now = compute_preparation(preparation_source(records, printed.visit_id))
    except Refusal as refused:
        return tuple(one.code for one in refused.findings)
    return made_untrue(preparation_from_json(printed.facts), now)


def stale_preparations(
    records: ScheduleRecords, visits: Iterable[Visit], now: datetime
) -> dict[int, tuple[Finding, ...]]:
    """What to tell each patient whose last preparation sheet of a visit ahead does not hold any more."""
    whose = {one.id: one.patient_id for one in visits}
    printed = _maybe_on_paper(records, records.find(Preparation, visit_id=sorted(whose)) if whose else [])
    found: dict[int, list[Finding]] = {}
    for one in {one.visit_id: one for one in sorted(printed, key=lambda one: one.id)}.values():
        facts = preparation_from_json(one.facts)
        if facts.visit_day >= local_day(now, facts.zone) and _moved(records, one):
            name = records.get(Patient, whose[one.visit_id]).name
            found.setdefault(whose[one.visit_id], []).append(_stale(one, facts, name))
    return {patient: tuple(findings) for patient, findings in found.items()}


def _maybe_on_paper(records: ScheduleRecords, sheets: Sequence[Preparation]) -> list[Preparation]:
    """Without those of which it is known that they never came out."""
    jobs = records.find(SheetPrint, preparation_id=[one.id for one in sheets]) if sheets else []
    failed = {one.preparation_id for one in jobs if one.state is PrintState.FAILED}
    return [one for one in sheets if one.id not in failed]


def _moved(records: ScheduleRecords, printed: Preparation) -> Sequence[str]:
    """Of a visit that has begun nothing is prepared any more."""
    against = speaks_against_preparation(records, printed)
    began = records.get(Visit, printed.visit_id).arrived is not None
    return () if began else against


def _stale(printed: Preparation, facts: PrepareFacts, name: str) -> Finding:
    made = short_date(local_day(printed.made_at, facts.zone)) if printed.made_at else ""
    time = f"{short_date(facts.visit_day)}, {clock_time(facts.start.minute or 0)}"
    return Finding(PREPARATION_STALE, {"day": made, "time": time, "patient": name})
