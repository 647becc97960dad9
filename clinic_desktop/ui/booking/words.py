"""How times, places, people and reasons read in the booking panels."""

from datetime import date, timedelta

from clinic_desktop.foundation.clock import WallTime, from_utc_minute, to_utc_minute
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import TransportKind
from clinic_desktop.people.similar_names import Similarity
from clinic_desktop.scheduling.choices import Choice
from clinic_desktop.scheduling.looking import Offer
from clinic_desktop.scheduling.looking_booking import Look, Namesake
from clinic_desktop.scheduling.looking_patient import About
from clinic_desktop.scheduling.model import GoingHomePlan, PhaseKind, Setup, Visit, VisitType
from clinic_desktop.scheduling.needs import need_of
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.patients.wording import born_words

_PHASES = {
    PhaseKind.PREP: QT_TR_NOOP("prep"),
    PhaseKind.DOSING: QT_TR_NOOP("dosing"),
    PhaseKind.INFUSION: QT_TR_NOOP("infusion"),
    PhaseKind.SESSION: QT_TR_NOOP("session"),
    PhaseKind.MONITORING: QT_TR_NOOP("monitoring"),
    PhaseKind.RECOVERY: QT_TR_NOOP("recovery"),
    PhaseKind.RELEASE: QT_TR_NOOP("release"),
}
_HOW = {
    TransportKind.ADULT_DRIVES: QT_TR_NOOP("drives"),
    TransportKind.ADULT_IN_TAXI: QT_TR_NOOP("comes along in a taxi or ride-share"),
    TransportKind.ADULT_ON_TRANSIT: QT_TR_NOOP("comes along on public transport"),
    TransportKind.PAID_ESCORT: QT_TR_NOOP("paid medical escort"),
    TransportKind.TAXI_ALONE: QT_TR_NOOP("taxi or ride-share, alone"),
    TransportKind.TRANSIT_ALONE: QT_TR_NOOP("public transport, alone"),
}
_SUGGESTED = {
    "again": QT_TR_NOOP("As the last time"),
    "cleared": QT_TR_NOOP("Cleared for it"),
    "new": QT_TR_NOOP("Not cleared for a treatment yet, so a consultation comes first"),
}


def day_words(day: date, today: date, *, inside: bool = False) -> str:
    """ "Today", "Tomorrow" or "Thu, Nov 19"; with the year where it is another. inside: in a sentence."""
    if day == today:
        return tr("today") if inside else tr("Today")
    if day == today + timedelta(days=1):
        return tr("tomorrow") if inside else tr("Tomorrow")
    if day.year != today.year:
        return f"{short_date(day)}, {day.year}"
    return short_date(day)


def when_words(at: WallTime, today: date) -> str:
    """ "Thu, Nov 19, 10:15 AM", in a sentence."""
    return tr("{day}, {time}").format(day=day_words(at.day, today, inside=True), time=clock_time(at.minute))


def from_to(first: int, last: int) -> str:
    """ "10:15-11:45 AM": the half of the day once, where it is the same."""
    begin, half = clock_time(first).rsplit(" ", 1)
    end = clock_time(last)
    same = end.endswith(half)
    return f"{begin if same else clock_time(first)}\N{EN DASH}{end}"


def span_words(setup: Setup, visit_type: VisitType, at: WallTime, *, short: bool = False) -> str:
    """From the visit's time to the patient's way home. short: the half of the day at the end only."""
    need = need_of(visit_type, setup.policies.iv_cover)
    end = from_utc_minute(to_utc_minute(at, setup.clinic.zone) + need.stay, setup.clinic.zone)
    if short:
        return f"{clock_time(at.minute).rsplit(' ', 1)[0]}\N{EN DASH}{clock_time(end.minute)}"
    return from_to(at.minute, end.minute)


def phases_words(visit_type: VisitType) -> str:
    """ "90 min: prep 15, infusion 40, recovery 30, release 5"."""
    minutes: dict[PhaseKind, int] = {}
    for phase in visit_type.phases:
        if phase.kind in _PHASES:
            minutes[phase.kind] = minutes.get(phase.kind, 0) + phase.minutes
    parts = ", ".join(f"{tr(_PHASES[kind])} {count}" for kind, count in minutes.items())
    pattern = tr("{total} min: {parts}") if len(minutes) > 1 else tr("{total} min")
    return pattern.format(total=sum(minutes.values()), parts=parts)


def stay_words(visit_type: VisitType) -> str:
    """ "90 min"."""
    total = sum(phase.minutes for phase in visit_type.phases if phase.kind in _PHASES)
    return tr("{total} min").format(total=total)


def place_words(setup: Setup, choice: Choice) -> str:
    """ "Infusion 4, MJ"."""
    room = next((one.name for one in setup.rooms if one.id == choice.room_id), "")
    people = (choice.nurse_id, choice.prescriber_id, choice.therapist_id)
    initials = [_initials(setup, one) for one in people if one is not None]
    return ", ".join(part for part in (room or tr("No room"), *initials) if part)


def people_words(setup: Setup, choice: Choice) -> str:
    """ "Infusion 4, Maya Jones": to be read out."""
    room = next((one.name for one in setup.rooms if one.id == choice.room_id), "")
    ids = (choice.nurse_id, choice.prescriber_id, choice.therapist_id)
    names = [one.name for wanted in ids for one in setup.staff if one.id == wanted]
    return ", ".join(part for part in (room, *names) if part)


def initials_of(setup: Setup, staff_id: int | None) -> str:
    return "" if staff_id is None else _initials(setup, staff_id)


def driver_line(plan: GoingHomePlan) -> str:
    """ "Bea Marsh, sister"; for a way home alone what it is."""
    if not plan.kind.has_person:
        return how_words(plan.kind).capitalize()
    return ", ".join(part for part in (plan.name, plan.relationship) if part)


def how_words(kind: TransportKind) -> str:
    """ "drives"."""
    return tr(_HOW[kind])


def home_words(plan: GoingHomePlan) -> str:
    """ "Bea Marsh drives": for the sentence that is read back."""
    return f"{plan.name} {how_words(plan.kind)}" if plan.kind.has_person else how_words(plan.kind)


def offer_reason(setup: Setup, known: About | None, visit_type: VisitType, offer: Offer) -> str:
    """What speaks for a time: how it lies to the patient's other visits, or how much room it leaves."""
    if offer.late:
        return tr("Free, but after the last start that is safe that day")
    before = None
    if known is not None:
        earlier = [v for v in known.of_modality(setup, visit_type.modality) if v.day < offer.at.day]
        before = earlier[-1] if earlier else None
    if before is None:
        return _leeway(offer)
    days = (offer.at.day - before.day).days
    gap = tr("%n day(s) after {visit}", "", days).format(visit=_visit_words(before))
    same = _sameness(before, offer)
    return f"{same}, {gap}" if same else gap[:1].upper() + gap[1:]


def visit_line(setup: Setup, visit: Visit, planned: int = 0) -> str:
    """ "IV ketamine, visit 2 of 6"."""
    name = setup.type_by_id(visit.type_id).name
    if not visit.course_no:
        return name
    pattern = tr("{type}, visit {no} of {planned}") if planned else tr("{type}, visit {no}")
    return pattern.format(type=name, no=visit.course_no, planned=planned)


def suggestion_words(seen: Look) -> str:
    """Why that type is chosen, while nobody chose another: "Next of IV ketamine, 6 infusions"."""
    if seen.about is None or seen.type is None:
        return ""
    if seen.course is not None and seen.visit_no is not None:
        pattern = tr("Visit {no} of {planned} of the course")
        return pattern.format(no=seen.visit_no, planned=seen.course.planned)
    if seen.answers.type_code or seen.type.code != seen.about.suggestion.type_code:
        return ""
    why = _SUGGESTED.get(seen.about.suggestion.why)
    return tr(why) if why else ""


def namesake_words(one: Namesake, setup: Setup, today: date) -> str:
    """ "Another Okafor, Amara is here that day: Jan 2, 1990 (36), 2:00 PM, Consult 1"."""
    room = next((room.name for room in setup.rooms if room.id == one.visit.room_id), "")
    facts = (born_words(one.patient, today), clock_time(one.visit.minute), room)
    pattern = tr("A similar name on that day: {name}, {facts}. Check the birth date.")
    if one.similarity is Similarity.SAME_NAME:
        pattern = tr("Another {name} on that day: {facts}. Check the birth date.")
    return pattern.format(name=one.patient.name, facts=", ".join(part for part in facts if part))


def _visit_words(visit: Visit) -> str:
    return tr("visit {no}").format(no=visit.course_no) if visit.course_no else tr("the last visit")


def _sameness(before: Visit, offer: Offer) -> str:
    time, nurse = before.minute == offer.at.minute, before.nurse_id == offer.choice.nurse_id
    if before.nurse_id is None:
        nurse = False
    if time and nurse:
        return tr("Same time and nurse")
    return tr("Same time") if time else tr("Same nurse") if nurse else ""


def _leeway(offer: Offer) -> str:
    if offer.until <= offer.at.minute:
        return tr("Only this time")
    return tr("Any time to {time}").format(time=clock_time(offer.until))


def _initials(setup: Setup, staff_id: int) -> str:
    return next((one.initials or one.name for one in setup.staff if one.id == staff_id), "")


def room_words(setup: Setup, room_id: int | None) -> str:
    """The room's name; empty for a visit without one."""
    return next((one.name for one in setup.rooms if one.id == room_id), "")
