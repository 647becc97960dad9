"""A patient's course on a card for the wallet: when to come, and whom to call. Chosen like every text, put on
record with its words and its facts, so that it can be printed again as it was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from clinic_desktop.aftercare.card_facts import CardFacts, CardVisit
from clinic_desktop.aftercare.compose import Made
from clinic_desktop.aftercare.compose_card import compose_card
from clinic_desktop.aftercare.facts_json import cards_from_json, facts_to_json
from clinic_desktop.aftercare.rules import NO_CARD, NO_COURSE
from clinic_desktop.aftercare.sheet_text import SheetText
from clinic_desktop.aftercare.sheets import clinic_facts, name_of, store_now
from clinic_desktop.aftercare.texts import Chosen, kept, template_of, text_for
from clinic_desktop.aftercare.values import SheetKind
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.document import PageSize, RenderedPdf, RenderPdf
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.model import Course, Setup, Visit
from clinic_desktop.scheduling.papers import Named, Paper, named, stale_cards
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.states import LIVE, NEVER_CAME, VisitState
from clinic_desktop.security.rights import Right, require

VISITS_TO_A_CARD = 6
BOTH, NOTHING_KNOWN = "both", "later"


@dataclass(frozen=True, slots=True)
class CardPages:
    """Pages to look at, what they say, and the visits that they name. draft: their words were not approved
    yet. again: when and by whom a card that went out is printed once more. why: what is said of them, where
    they are not what the patient needs."""

    pdf: RenderedPdf
    patient_id: int
    named: tuple[Named, ...]
    cards: tuple[CardFacts, ...]
    chosen: Chosen
    draft: bool
    at: datetime
    again: Made | None = None
    why: tuple[Finding, ...] = ()


def card_pages(store: ScheduleStore, patient_id: int, render: RenderPdf) -> CardPages:
    """The cards as they print now; nothing is recorded yet. Raises :class:`Refusal` for a patient without a
    course that has visits to come."""
    at = store_now(store)
    with store.read() as records:
        courses = tuple(_courses(records, patient_id))
        if not courses:
            raise Refusal([Finding(NO_COURSE)])
        setup, patient = records.setup(), records.get(Patient, patient_id)
        cards = tuple(card for course, mine in courses for card in _cards(setup, patient, course, mine))
        zone = setup.clinic.zone
        chosen = text_for(records, SheetKind.COURSE_CARD, patient.language, local_day(at, zone))
    template = template_of(chosen.text, zone)
    visits = named(visit for _, mine in courses for visit in mine)
    pdf = render(compose_card(template, cards, at))
    return CardPages(pdf, patient_id, visits, cards, chosen, chosen.draft, at, why=chosen.why)


def same_card_pages(store: ScheduleStore, actor: Actor, patient_id: int, render: RenderPdf) -> CardPages:
    """The card that went out last, exactly as it was; its foot says who printed it again, and when. What it
    names and does not hold any more is said. Raises :class:`Refusal` where none went out."""
    require(actor, Right.PRINT_SHEET)
    with store.read() as records:
        out = [one for one in records.find(Paper, patient_id=patient_id) if one.facts]
        if not out:
            raise Refusal([Finding(NO_CARD)])
        paper = max(out, key=lambda one: one.id)
        text, now = records.get(SheetText, paper.text_id or 0), store_now(store)
        visits = records.find(Visit, patient_id=patient_id)
        stale = stale_cards(records, [patient_id], visits, now).get(patient_id, ())
        why = _not_their_language(records, patient_id, text, now)
        mark = Made(now, name_of(records, actor))
    return CardPages(
        card_again(store, paper, render, mark),
        patient_id,
        paper.named,
        cards_from_json(paper.facts["cards"]),
        Chosen(text),
        bool(paper.facts["draft"]),
        _made_at(paper),
        mark,
        (*stale, *why),
    )


def _not_their_language(
    records: ScheduleRecords, patient_id: int, text: SheetText, now: datetime
) -> tuple[Finding, ...]:
    """Why a card that went out in English is in English, where that is still so."""
    zone, language = records.setup().clinic.zone, records.get(Patient, patient_id).language
    chosen = text_for(records, SheetKind.COURSE_CARD, language, local_day(now, zone))
    return chosen.why if chosen.text.language == text.language else ()


def keep_card(store: ScheduleStore, actor: Actor, pages: CardPages) -> Changes:
    """Put on record that a course card went out, with the visits as it names them and the words it says."""
    require(actor, Right.PRINT_SHEET)
    with store.write(actor) as unit:
        text = kept(unit, pages.chosen.text)
        facts: dict[str, object] = {
            "cards": [facts_to_json(one) for one in pages.cards],
            "draft": pages.draft,
            "at": pages.at.isoformat(),
        }
        if pages.again:
            facts["again"] = {"at": pages.again.at.isoformat(), "by": pages.again.by}
        unit.add(
            Paper(
                patient_id=pages.patient_id,
                named=pages.named,
                text_id=text.id,
                facts=facts,
                made_at=unit.at,
                made_by=actor.person_id,
            )
        )
        return unit.commit()


def card_again(
    store: ScheduleStore, paper: Paper, render: RenderPdf, mark: Made | None = None
) -> RenderedPdf:
    """A card that went out, exactly as it was [H12]: to see what the patient holds in their hands. mark: when
    and by whom it is printed again, for its foot; else what its foot said."""
    cards = cards_from_json(paper.facts["cards"])
    with store.read() as records:
        text = records.get(SheetText, paper.text_id or 0)
    template = template_of(text, cards[0].zone, draft=bool(paper.facts["draft"]))
    return render(compose_card(template, cards, _made_at(paper), mark or _mark(paper)))


def _made_at(paper: Paper) -> datetime:
    return datetime.fromisoformat(str(paper.facts["at"]))


def _mark(paper: Paper) -> Made | None:
    """What the foot of a card says that was itself printed again."""
    kept_mark = paper.facts.get("again")
    if not isinstance(kept_mark, dict):
        return None
    return Made(datetime.fromisoformat(kept_mark["at"]), kept_mark["by"])


def _courses(records: ScheduleRecords, patient_id: int) -> Iterator[tuple[Course, tuple[Visit, ...]]]:
    """The patient's courses that still have visits to come, each with all that took place or is to come."""
    visits = sorted(records.find(Visit, patient_id=patient_id), key=lambda one: (one.start, one.id))
    for course in records.find(Course, patient_id=patient_id):
        mine = tuple(one for one in visits if one.course_id == course.id and one.state not in NEVER_CAME)
        if any(one.state in LIVE for one in mine):
            yield course, mine


def _cards(setup: Setup, patient: Patient, course: Course, visits: Sequence[Visit]) -> Iterator[CardFacts]:
    """Six visits to a card."""
    starts = range(0, len(visits), VISITS_TO_A_CARD)
    clinic, policies = setup.clinic, setup.policies
    initial = f"{patient.family_name[0]}." if patient.family_name else ""
    called = " ".join(filter(None, (patient.preferred_name or patient.given_name, initial)))
    for number, first in enumerate(starts, start=1):
        part = visits[first : first + VISITS_TO_A_CARD]
        yield CardFacts(
            zone=clinic.zone,
            visit_day=part[0].day,
            patient_name=called,
            clinic=clinic_facts(clinic),
            visits=tuple(
                CardVisit(one.day, one.minute, one.course_no or 0, one.state is VisitState.HELD)
                for one in part
            ),
            planned=course.planned,
            number=number,
            cards=len(starts),
            waits=_waits(part),
            to_place=course.to_place if number == len(starts) else 0,
            cancel_days=policies.cancel_days,
            cancel_minute=policies.cancel_minute,
            language=patient.language,
            large_print=patient.large_print,
            page_size=PageSize(policies.sheet_page),
            statements_off=policies.statements_off,
        )


def _waits(visits: Sequence[Visit]) -> str | None:
    held = [one for one in visits if one.state is VisitState.HELD]
    if not held:
        return None
    waits = frozenset[str]().union(*(one.held_for for one in held))
    known = {frozenset({"driver"}): "driver", frozenset({"clearance"}): "clearance"}
    return BOTH if waits == {"driver", "clearance"} else known.get(waits, NOTHING_KNOWN)
