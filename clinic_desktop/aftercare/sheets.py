"""Making the sheet of a visit, and handing it over. A later dose or a moved day makes a sheet untrue."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from clinic_desktop.aftercare.codes import calendar_entry, phone_link
from clinic_desktop.aftercare.compose import Made, compose_escort, compose_receipt, compose_sheet
from clinic_desktop.aftercare.facts import compute_facts, match, told_of
from clinic_desktop.aftercare.facts_json import facts_from_json, facts_to_json
from clinic_desktop.aftercare.filling import Handover
from clinic_desktop.aftercare.phrases import PHRASES, written
from clinic_desktop.aftercare.sheet_text import ENGLISH, SheetText
from clinic_desktop.aftercare.texts import Chosen, kept, template_of, text_for, withdrawn
from clinic_desktop.aftercare.untrue import speaks_against
from clinic_desktop.aftercare.values import (
    ClinicFacts,
    DriverFacts,
    NextVisit,
    PhoneLine,
    Sheet,
    SheetFacts,
    SheetKind,
    SheetSettings,
    SheetSource,
)
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.document import Document, PageSize, RenderedPdf, RenderPdf
from clinic_desktop.foundation.errors import BadInput, Refusal, before_saving
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Patient, Staff
from clinic_desktop.scheduling.model import Clinic, PhaseKind, Setup, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.states import PLANNED
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment import slip_rules as slips
from clinic_desktop.treatment.earlier import counting, held_sessions
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import write_stamps
from clinic_desktop.treatment.session import minutes_of, standing

NEXT_VISITS = 3  # how many coming visits a sheet names


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A sheet on record, and its pages. why: what is said of its text, where that is not what the patient
    reads. again: it was at a printer before, and its foot says so."""

    sheet: Sheet
    pdf: RenderedPdf
    changes: Changes
    why: tuple[Finding, ...] = ()
    again: bool = False


def source_of(records: ScheduleRecords, visit_id: int) -> SheetSource:
    """What the record knows now about a visit, as its sheet would say it."""
    visit = records.get(Visit, visit_id)
    patient = records.get(Patient, visit.patient_id)
    setup = records.setup()
    stamps = records.find(Stamp, visit_id=visit_id)
    recorded = standing(stamps)
    session = counting(recorded, held_sessions(records, visit_id, stamps))
    coming = _coming(records, visit)
    given = session.last(StampKind.DOSE, StampKind.INFUSION_START)
    return SheetSource(
        visit_id=visit.id,
        visit_day=visit.day,
        zone=visit.zone,
        kind=setup.type_by_id(visit.type_id).sheet,
        patient_name=" ".join(part for part in (patient.given_name, patient.family_name) if part),
        first_name=patient.given_name,
        birth_date=patient.birth_date,
        clinic=clinic_facts(setup.clinic),
        last_dose_at=given.at if given else None,
        infused=session.infused,
        infusion_ended_at=session.infusion_ended_at,
        driver=DriverFacts(visit.plan_name, visit.plan_phone),
        next_visits=tuple(NextVisit(one.day, one.minute) for one in coming),
        language=patient.language,
        large_print=patient.large_print,
        settings=_settings(setup),
        corrected_to=None if session is recorded else recorded.last_dose_at,
        **_codes(setup, coming, patient.language),
    )


def _codes(setup: Setup, coming: Sequence[Visit], language: str) -> dict[str, str]:
    """What the square codes hold, where the clinic wants them."""
    clinic = setup.clinic
    if not setup.policies.sheet_codes:
        return {}
    phone = phone_link(clinic.phones[0].number) if clinic.phones else ""
    if not coming:
        return {"phone_code": phone}
    first = coming[0]
    stay = (first.end - first.start) - minutes_of(setup.type_by_id(first.type_id), PhaseKind.TURNOVER)
    entry = calendar_entry(first.start, stay, clinic.address, _appointment(language))
    return {"phone_code": phone, "visit_code": entry}


def clinic_facts(clinic: Clinic) -> ClinicFacts:
    phones = tuple(PhoneLine(one.number, one.hours, one.label) for one in clinic.phones)
    return ClinicFacts(clinic.name, clinic.address, phones)


def _settings(setup: Setup) -> SheetSettings:
    policies = setup.policies
    return SheetSettings(
        iv_no_drive_hours=policies.iv_no_drive_hours,
        alcohol_hours=policies.alcohol_hours,
        decision_hours=policies.decision_hours,
        adult_hours=policies.adult_hours,
        statements_off=policies.statements_off,
        page_size=PageSize(policies.sheet_page),
    )


def _appointment(language: str) -> str:
    """The word for the patient's calendar; English where nobody told us theirs."""
    return PHRASES.get(written(language), PHRASES[ENGLISH]).appointment


def _coming(records: ScheduleRecords, visit: Visit) -> list[Visit]:
    coming = [
        one
        for one in records.find(Visit, patient_id=visit.patient_id)
        if one.start > visit.start and one.state in PLANNED
    ]
    return sorted(coming, key=lambda one: one.start)[:NEXT_VISITS]


def preview(store: ScheduleStore, visit_id: int, render: RenderPdf) -> RenderedPdf:
    """The sheet as it would print now; nothing is recorded."""
    with store.read() as records:
        facts = compute_facts(source_of(records, visit_id))
        text = _chosen(records, facts, store_now(store)).text
        escort = _escort(records, facts, store_now(store))
        document = _document(text, escort, facts, Made(store_now(store), "", 1))
    return render(document)


def make_sheet(store: ScheduleStore, actor: Actor, visit_id: int, render: RenderPdf) -> MadeSheet:
    """Record a sheet with its facts and set its pages. Earlier sheets that are no longer true are voided.

    Raises :class:`Refusal` while the record cannot carry a sheet, and what ``render`` raises.
    """
    require(actor, Right.PRINT_SHEET)
    with store.write(actor) as unit:
        source = source_of(unit, visit_id)
        facts = compute_facts(source)
        earlier = unit.find(Sheet, visit_id=visit_id)
        _void_untrue(unit.save, earlier, source, unit.at)
        chosen = _chosen(unit, facts, unit.at)
        text = kept(unit, chosen.text)
        escort = _escort(unit, facts, unit.at)
        escort = kept(unit, escort) if escort else None
        copy = len(earlier) + 1
        by = name_of(unit, actor)
        pdf = render(_document(text, escort, facts, Made(unit.at, by, copy)))
        sheet = unit.add(
            Sheet(
                visit_id=visit_id,
                kind=facts.kind,
                language=text.language,
                text_id=text.id,
                escort_text_id=escort.id if escort else None,
                template_version=text.number,
                draft=chosen.draft,
                facts=facts_to_json(facts),
                made_at=unit.at,
                made_by=actor.person_id,
                made_name=by,
                copy_number=copy,
            )
        )
        return MadeSheet(sheet, pdf, unit.commit(), chosen.why + told_of(source))


def print_again(
    store: ScheduleStore, sheet: Sheet, render: RenderPdf, mark: Made | None = None
) -> RenderedPdf:
    """The same sheet once more, exactly as it was made: in the words that it was made with [H12]. mark: when
    and by whom it is printed again, for its foot."""
    with store.read() as records:
        document = document_of(records, sheet, mark)
    return render(document)


def document_of(records: ScheduleRecords, sheet: Sheet, mark: Made | None = None) -> Document:
    """A sheet exactly as it was made, before it is drawn."""
    facts = facts_from_json(sheet.facts)
    text = records.get(SheetText, sheet.text_id)
    escort = records.get(SheetText, sheet.escort_text_id) if sheet.escort_text_id else None
    made = Made(sheet.made_at or facts.last_dose_at, sheet.made_name, sheet.copy_number)
    return _document(text, escort, facts, made, draft=sheet.draft, again=mark)


def hand_over(
    store: ScheduleStore,
    actor: Actor,
    sheet: Sheet,
    to: str,
    *,
    at: datetime | None = None,
    happened: bool = False,
) -> Changes:
    """The sheet was given to somebody: on the sheet's record and as a stamp of the visit, at once.

    Raises :class:`Refusal` for a sheet that is no longer true, unless it has ``happened`` already: then it is
    recorded and marked, and the release still asks for a true one.
    """
    require(actor, Right.PRINT_SHEET)
    if not to.strip():
        raise BadInput({"to": Finding(slips.SHEET_TO)})
    with before_saving(), store.read() as records:
        day = records.get(Visit, sheet.visit_id).day
    with store.write(actor) as unit:
        unit.lock_days([day])
        found = _against(unit, sheet)
        if found and not happened:
            raise Refusal(found)
        stamp = Stamp(
            kind=StampKind.SHEET_HANDED,
            at=at,
            person=to.strip(),
            counts_from=facts_from_json(sheet.facts).counts_from,
            deviations=tuple(one.code for one in found),
        )
        (written,) = write_stamps(unit, sheet.visit_id, [stamp], happened=happened).stamps
        by = actor.person_id
        unit.save(replace(sheet, handed_to=written.person, handed_by_id=by, handed_at=written.at))
        return unit.commit()


def receipt(store: ScheduleStore, sheet: Sheet, render: RenderPdf) -> RenderedPdf:
    """The slip for the chart: handed over to whom, by whom, when; signatures."""
    facts = facts_from_json(sheet.facts)
    at = sheet.handed_at or store_now(store)
    with store.read() as records:
        by = _person(records, sheet.handed_by_id or sheet.made_by)
        text = text_for(records, SheetKind.RECEIPT, sheet.language, local_day(at, facts.zone)).text
        template = template_of(text, facts.zone)
    made = Made(at, by, sheet.copy_number)
    handover = Handover(sheet.handed_to, by, sheet.handed_at)
    return render(compose_receipt(template, facts, sheet.wording, made, handover))


def still_true(records: ScheduleRecords, sheet: Sheet) -> bool:
    """Whether nothing the sheet counts from has changed since it was made."""
    return not _against(records, sheet)


def _against(records: ScheduleRecords, sheet: Sheet) -> list[Finding]:
    gone = bool(withdrawn(records, sheet.text_ids))
    return speaks_against(sheet, source_of(records, sheet.visit_id), withdrawn=gone)


def _void_untrue(
    save: Callable[[Sheet], Sheet], earlier: Sequence[Sheet], source: SheetSource, at: datetime
) -> None:
    for one in earlier:
        if one.voided_at is None and match(facts_from_json(one.facts), source).void:
            save(replace(one, voided_at=at))


def _chosen(records: ScheduleRecords, facts: SheetFacts, at: datetime) -> Chosen:
    """The text that is in force on the day on which it is printed."""
    return text_for(records, facts.kind, facts.language, local_day(at, facts.zone))


def _escort(records: ScheduleRecords, facts: SheetFacts, at: datetime) -> SheetText | None:
    """The words of the page for the escort, where the clinic has one. Nothing is known of their language, who
    mostly is family: the patient's, if the page is approved in it, unless the clinic wants English."""
    policies = records.setup().policies
    if not policies.escort_page:
        return None
    language = ENGLISH if policies.escort_in_english else facts.language
    return text_for(records, SheetKind.ESCORT, language, local_day(at, facts.zone)).text


def _document(
    text: SheetText,
    escort: SheetText | None,
    facts: SheetFacts,
    made: Made,
    *,
    draft: bool = False,
    again: Made | None = None,
) -> Document:
    sheet = compose_sheet(template_of(text, facts.zone, draft=draft), facts, made, again)
    if escort is None:
        return sheet
    waited = escort.decided_at is None or escort.decided_at > made.at
    return replace(sheet, then=compose_escort(template_of(escort, facts.zone, draft=waited), facts, made))


def name_of(records: ScheduleRecords, actor: Actor) -> str:
    return _person(records, actor.person_id)


def _person(records: ScheduleRecords, person_id: int) -> str:
    found = records.find(Staff, id=person_id) if person_id else []
    return found[0].name if found else ""


def store_now(store: ScheduleStore) -> datetime:
    """The store's own time, for what is shown but not recorded."""
    return store.clock.now()
