"""What waits for a prescriber because of what is planned: clearances, consultations without a decision,
orders and renewals."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from clinic_desktop.foundation.clock import day_span, instant_at
from clinic_desktop.foundation.rulebook import Finding, Param, Rule, Word
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.model import Clearance, Order, Patient
from clinic_desktop.people.orders import dose_words
from clinic_desktop.people.screenings import current
from clinic_desktop.scheduling.clearing import check_list_first
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.reviews import open_reviews
from clinic_desktop.scheduling.states import CAME_TO_NOTHING, PLANNED, UNDOSED, VisitState
from clinic_desktop.scheduling.to_renew import to_renew
from clinic_desktop.scheduling.under_orders import (
    ORDER_FROM_WEEK,
    last_order,
    order_for,
    unsettled_for,
    used,
    week_of,
)
from clinic_desktop.treatment import decision_rules as rules
from clinic_desktop.treatment.asked import CLEARANCE, Asked
from clinic_desktop.treatment.request import About, Reading, Request, RequestKind

ORDER_AHEAD = timedelta(days=28)  # visits of so many days to come are looked at for their order
UNDECIDED = timedelta(days=30)  # a consultation that nobody decided on is asked about so long


def _request(
    there: Reading,
    kind: RequestKind,
    says: Finding,
    about: About,
    visit: Visit,
    patient: Patient,
    code: str = "",
) -> Request:
    here, since = there.is_here(patient.id), instant_at(visit.start)
    return Request(kind, says, about, since, patient.id, patient.name, visit, code, here=here)


def clearances(there: Reading) -> Iterator[Request]:
    """Visits that are held for a clearance, of which no consultation is still to come: one request for each
    patient and treatment, with the first of them; about the consultation that is over, or going on."""
    held = there.records.find(Visit, state=VisitState.HELD)
    held = [one for one in held if "clearance" in one.held_for and one.day >= there.today]
    if not held:
        return
    patients = there.patients(held)
    talks = _talks(there, patients)
    seen: set[tuple[int, str]] = set()
    for visit in sorted(held, key=lambda one: one.start):
        modality = there.setup.modality_of(there.setup.type_by_id(visit.type_id))
        theirs = talks.get(visit.patient_id, [])
        ahead = any(one.state in PLANNED and one.start < visit.start for one in theirs)
        if modality is None or ahead or (visit.patient_id, modality.code) in seen:
            continue
        seen.add((visit.patient_id, modality.code))
        patient = patients[visit.patient_id]
        past = [one for one in theirs if one.state not in (*PLANNED, *CAME_TO_NOTHING)]
        said: dict[str, Param] = {
            "modality": modality.name,
            "day": short_date(visit.day),
            "patient": patient.name,
        }
        about = max(past, key=lambda one: one.start, default=visit)
        says = Finding(rules.CLEARANCE, said)
        asked = _request(there, RequestKind.CLEARANCE, says, about, visit, patient, modality.code)
        yield replace(asked, against=_unreviewed(there, patient))


def _unreviewed(there: Reading, patient: Patient) -> tuple[Finding, ...]:
    """In the list nobody sees the check list; so it has to be reviewed before."""
    return tuple(check_list_first(patient, current(there.records, patient.id)))


def _talks(there: Reading, patients: Iterable[int]) -> dict[int, list[Visit]]:
    """Patient -> consultations, from a month ago on."""
    types = [one.id for one in there.setup.types if one.gives_clearance]
    who = sorted(patients)
    if not types or not who:
        return {}
    out: dict[int, list[Visit]] = defaultdict(list)
    for one in there.records.find(Visit, patient_id=who, type_id=types):
        if one.day >= there.today - UNDECIDED:
            out[one.patient_id].append(one)
    return out


def consultations(there: Reading) -> Iterator[Request]:
    """Consultations of the last month that are over, with nothing decided since: no clearance, no renewal,
    and no word against one. Where a visit is held for it, the clearance is asked for by that."""
    for visit, patient in undecided(there):
        says = Finding(rules.CONSULTATION, {"day": short_date(visit.day)})
        yield _request(there, RequestKind.CONSULTATION, says, visit, visit, patient)


def undecided(there: Reading) -> list[tuple[Visit, Patient]]:
    """The last of each patient, the oldest first."""
    types = {one.id for one in there.setup.types if one.gives_clearance}
    over = [
        one
        for one in there.records.visits_on(there.today - UNDECIDED, there.today)
        if one.type_id in types and one.state is VisitState.LEFT
    ]
    last = {one.patient_id: one for one in over}
    if not last:
        return []
    patients = there.patients(last.values())
    decided = _decided(there, last)
    there_held = there.records.find(Visit, state=VisitState.HELD, patient_id=sorted(last))
    held = {one.patient_id for one in there_held if "clearance" in one.held_for and one.day >= there.today}
    return [
        (visit, patients[number])
        for number, visit in last.items()
        if number not in held and number not in decided and patients[number].death_date is None
    ]


def _decided(there: Reading, last: dict[int, Visit]) -> set[int]:
    """Patients of whom a prescriber decided since the consultation, for or against; and who is cleared for a
    treatment already: what another one asks for is said by the visit that is held for it."""
    cleared = {
        one.patient_id
        for one in there.records.find(Clearance, patient_id=sorted(last))
        if one.visit_id == last[one.patient_id].id
        or (one.withdrawn_at is None and max(one.until, one.on) >= last[one.patient_id].day)
    }
    numbers = {one.id: one.patient_id for one in last.values()}
    against = there.records.find(Asked, visit_id=sorted(numbers), rule=CLEARANCE)
    return cleared | {numbers[one.visit_id] for one in against}


def renewals(there: Reading) -> Iterator[Request]:
    """Clearances that end, or ended, while visits are to come."""
    found = to_renew(there.records, there.today)
    patients = {one.id: one for one in there.found(Patient, (one.clearance.patient_id for one in found))}
    for one in found:
        until = one.clearance.until
        late = until < there.today
        rule = rules.RENEWAL_ENDED if late else rules.RENEWAL
        yield Request(
            RequestKind.RENEWAL,
            Finding(rule, {"modality": one.modality, "day": short_date(until)}),
            one,
            instant_at(day_span(until, there.setup.clinic.zone)[0]),
            one.clearance.patient_id,
            one.patient,
            one.visits[0] if one.visits else None,
            one.clearance.modality,
            here=there.is_here(one.clearance.patient_id),
            late=late,
            against=_unreviewed(there, patients[one.clearance.patient_id]),
        )


def reviews(there: Reading) -> Iterator[Request]:
    """What a prescriber owes a course, the longest due first."""
    for one in open_reviews(there.records, there.today):
        said: dict[str, Param] = {
            "after": Word(one.due.after),
            "modality": there.setup.modality(one.modality).name,
            "day": short_date(one.due.since),
        }
        yield Request(
            RequestKind.REVIEW,
            Finding(rules.REVIEW, said),
            one,
            instant_at(day_span(one.due.since, there.setup.clinic.zone)[0]),
            one.patient_id,
            one.patient,
            modality=one.modality,
            here=there.is_here(one.patient_id),
        )


@dataclass(frozen=True, slots=True)
class _Chart:
    """What the orders of one patient's one treatment are held against."""

    there: Reading
    patient: Patient
    modality: str
    visits: Sequence[Visit]  # of the treatment, those that stand
    orders: Sequence[Order]


def orders(there: Reading) -> Iterator[Request]:
    """Treatments of the next four weeks without an order that covers them: what a dose, or a booking, would
    be refused for. One request for each patient and treatment, with the first visit."""
    coming = [
        one
        for one in there.records.visits_on(there.today, there.today + ORDER_AHEAD)
        if one.state in UNDOSED and there.setup.type_by_id(one.type_id).is_treatment
    ]
    patients = there.patients(coming)
    charts = list(_charts(there, coming, patients))
    for chart in charts:
        theirs = [one for one in chart.visits if one.state in UNDOSED and one.day >= there.today]
        for visit in sorted(theirs, key=lambda one: one.start):
            says = _lacking(chart, visit)
            if says is not None and visit.day <= there.today + ORDER_AHEAD:
                kind, about = RequestKind.ORDER, visit
                yield _request(there, kind, says, about, visit, chart.patient, chart.modality)
                break


def _charts(there: Reading, coming: Sequence[Visit], patients: dict[int, Patient]) -> Iterator[_Chart]:
    """Of patients with an order for the treatment, or in a treatment that needs one from some week on."""
    if not patients:
        return
    who = sorted(patients)
    written = there.records.find(Order, patient_id=who)
    types = {one.id: one.modality for one in there.setup.types}
    rems = {one.code for one in there.setup.modalities if one.rems}
    wanted = {(one.patient_id, types[one.type_id]) for one in coming}
    wanted = {
        key for key in wanted if key[1] in rems or any((o.patient_id, o.modality) == key for o in written)
    }
    asked = sorted({patient for patient, _ in wanted})
    visits = there.records.find(Visit, patient_id=asked) if asked else []
    for patient, modality in sorted(wanted):
        theirs = [
            one
            for one in visits
            if one.patient_id == patient
            and types[one.type_id] == modality
            and one.state not in CAME_TO_NOTHING
        ]
        mine = [one for one in written if (one.patient_id, one.modality) == (patient, modality)]
        yield _Chart(there, patients[patient], modality, theirs, mine)


def _lacking(chart: _Chart, visit: Visit) -> Finding | None:
    """Why no order covers a coming visit."""
    given = used(chart.visits)
    said: dict[str, Param] = {
        "modality": chart.there.setup.modality(chart.modality).name,
        "day": short_date(visit.day),
    }
    if both := unsettled_for(visit, chart.orders, given):
        return Finding(rules.ORDER_UNSETTLED, said | {"orders": tuple(dose_words(one) for one in both)})
    if beyond := _beyond(chart, visit, given):
        rule, last = beyond
        return Finding(rule, said | ({"until": short_date(last.valid_to)} if last.valid_to else {}))
    week = week_of(visit, chart.visits)
    needs = chart.there.setup.modality(chart.modality).rems and week >= ORDER_FROM_WEEK
    if needs and order_for(visit, chart.orders, given) is None:
        return Finding(rules.ORDER_NEEDED, said | {"week": week})
    return None


def _beyond(chart: _Chart, visit: Visit, given: dict[int, int]) -> tuple[Rule, Order] | None:
    """The last order, where it ends before a visit or its visits are gone by then."""
    last = last_order(visit, chart.orders)
    if last is None:
        return None
    if last.valid_to is not None and visit.day > last.valid_to:
        return rules.ORDER_ENDS, last
    before = sum(one.state in UNDOSED and one.start < visit.start for one in chart.visits)
    gone = last.visits is not None and given.get(last.id, 0) + before >= last.visits
    return (rules.ORDER_USED_UP, last) if gone else None
