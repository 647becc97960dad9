"""Visit types, courses and ways home as a clinic edits them: checks, and what no clinic may change.

A changed visit type is a new version; visits keep the one they were booked with.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.model import (
    CourseTemplate,
    Cover,
    GoingHomeProfile,
    Modality,
    Phase,
    PhaseKind,
    Setup,
    VisitType,
)
from clinic_desktop.scheduling.set_up_checks import LONGEST_NAME, Problems

REMS_MINUTES = 120  # of watching after the dose [R1]
REMS_DOSES = (56, 84)
STEP = 5  # minutes; lengths of phases fall on it whatever the clinic's grid
LONGEST_PHASE = 600
LONGEST_VISIT = 900
MOST_VISITS = 60
HANDS_ROLES = (Role.NURSE, Role.PRESCRIBER, Role.THERAPIST)
DEMANDED = ("booking", "confirmation", "start")  # strictest first

_ORDER = {
    PhaseKind.CHECK_IN: 0,
    PhaseKind.PREP: 1,
    PhaseKind.DOSING: 2,
    PhaseKind.INFUSION: 2,
    PhaseKind.SESSION: 2,
    PhaseKind.MONITORING: 3,
    PhaseKind.RECOVERY: 3,
    PhaseKind.RELEASE: 4,
    PhaseKind.TURNOVER: 5,
}
TREATING = frozenset({PhaseKind.DOSING, PhaseKind.INFUSION})
_LOOKED_AFTER = TREATING | {PhaseKind.MONITORING, PhaseKind.RECOVERY, PhaseKind.RELEASE}
# The programme asks for a prescriber on site while these run [R1].
REMS_PHASES = frozenset({PhaseKind.DOSING, PhaseKind.MONITORING})


def is_rems(visit_type: VisitType, modalities: Iterable[Modality]) -> bool:
    """Whether the type is under Spravato's programme, so that some of it is locked."""
    return any(one.rems and one.code == visit_type.modality for one in modalities)


def type_problems(visit_type: VisitType, setup: Setup) -> Problems:
    """Field -> what to do; a phase's field is "phases.2.minutes", or "phases" for all of them."""
    if not visit_type.current:
        return _retiring_problems(visit_type, setup)
    found = _text_problems(visit_type, setup)
    if not visit_type.phases:
        return found | {"phases": "A visit has at least one phase. Add one."}
    for number, phase in enumerate(visit_type.phases):
        found |= {f"phases.{number}.{name}": what for name, what in _phase_problems(phase)}
    found |= _order_problems(visit_type)
    if visit_type.is_treatment:
        found |= _treatment_problems(visit_type, setup)
        if is_rems(visit_type, setup.modalities):
            found |= _rems_problems(visit_type)
    return found


def _text_problems(visit_type: VisitType, setup: Setup) -> Problems:
    found: Problems = {}
    code = visit_type.code.strip()
    if not (1 < len(code) <= 6 and code.isalnum() and code == code.upper()):
        found["code"] = "Two to six capital letters or digits, such as IVM."
    if not visit_type.name.strip() or len(visit_type.name) > LONGEST_NAME:
        found["name"] = f"Give it a name of at most {LONGEST_NAME} letters."
    others = [one for one in setup.types if one.current and one.code != code and one.id != visit_type.id]
    if not visit_type.id and any(one.code == code for one in setup.types):
        found["code"] = f"{code} is another visit type already. Choose another code."
    if any(one.name.casefold() == visit_type.name.strip().casefold() for one in others):
        found["name"] = "There is a visit type of this name already. Choose another."
    if not 0 <= visit_type.min_clear_days <= 90:
        found["min_clear_days"] = "0 to 90 days."
    if visit_type.max_gap_days is not None and visit_type.max_gap_days <= visit_type.min_clear_days:
        found["max_gap_days"] = "The longest gap lies above the shortest. Change one of the two."
    return found


def _retiring_problems(visit_type: VisitType, setup: Setup) -> Problems:
    uses = [one.name for one in setup.templates if one.active and visit_type.code in one.type_codes]
    return (
        {"current": f"The course {uses[0]} is made of it. Change or retire that course first."}
        if uses
        else {}
    )


def _phase_problems(phase: Phase) -> Iterator[tuple[str, str]]:
    if not 0 < phase.minutes <= LONGEST_PHASE or phase.minutes % STEP:
        yield "minutes", f"{STEP} to {LONGEST_PHASE} minutes, in steps of {STEP}."
    if phase.may_stretch is not None and phase.may_stretch < phase.minutes:
        yield "may_stretch", "The longest lies above the usual minutes. Leave it empty for none."
    if phase.kind is PhaseKind.TURNOVER and (phase.patient or phase.hands or phase.watch):
        yield "kind", "Turnover keeps the room, not the patient and not the people."
    if phase.kind is not PhaseKind.TURNOVER and not phase.patient:
        yield "kind", "The patient is here in every phase but turnover."
    if phase.watch not in (None, Role.NURSE):
        yield "watch", "Watching places are a nurse's."
    if not phase.hands <= set(HANDS_ROLES):
        yield "hands", "A nurse, a prescriber or a therapist serves a visit."


def _order_problems(visit_type: VisitType) -> Problems:
    phases = visit_type.phases
    for number, (before, after) in enumerate(pairwise(phases), start=1):
        if _ORDER[after.kind] < _ORDER[before.kind]:
            return {
                f"phases.{number}.kind": f"{after.kind.capitalize()} comes before {before.kind}. Move it up."
            }
    if sum(one.minutes for one in phases) > LONGEST_VISIT:
        return {"phases": f"All phases together take at most {LONGEST_VISIT // 60} hours."}
    in_room = any(one.room for one in phases)
    if visit_type.needs_fit and not in_room:
        return {"phases": "No phase takes the room. Tick one, or say that this visit needs none."}
    if in_room and not visit_type.needs_fit:
        return {"needs_fit": "Its phases take a room. Say what the room must be fit for."}
    if all(one.kind in (PhaseKind.CHECK_IN, PhaseKind.TURNOVER) for one in phases):
        return {"phases": "Something must happen between check-in and turnover. Add a phase."}
    return {}


def _treatment_problems(visit_type: VisitType, setup: Setup) -> Problems:
    found: Problems = {}
    if all(one.code != visit_type.modality for one in setup.modalities):
        found["modality"] = "Pick the treatment that a prescriber clears for."
    if setup.profile_of(visit_type) is None:
        found["profile_id"] = "Pick what it asks of the way home."
    if not visit_type.sheet:
        found["sheet"] = "Pick the sheet that is handed over at release."
    if not any(one.kind in TREATING for one in visit_type.phases):
        found["phases"] = "A treatment has a dosing or an infusion phase. Add it."
    if all(one.kind is not PhaseKind.RELEASE for one in visit_type.phases):
        found["phases"] = "A treatment ends with a release phase. Add it."
    for number, phase in enumerate(visit_type.phases):
        if phase.kind in _LOOKED_AFTER and Role.NURSE not in phase.hands and phase.watch is None:
            found[f"phases.{number}.hands"] = (
                "A patient under treatment is never alone. Tick a nurse's hands or a watching place."
            )
    return found


def _rems_problems(visit_type: VisitType) -> Problems:
    """What no setting changes: the programme's rules [R1]."""
    found: Problems = {}
    for number, phase in enumerate(visit_type.phases):
        if phase.kind in REMS_PHASES and phase.cover is not Cover.PRESCRIBER:
            found[f"phases.{number}.cover"] = (
                "Locked: a prescriber is on site while Spravato is given and watched."
            )
    watched = [n for n, one in enumerate(visit_type.phases) if one.kind is PhaseKind.MONITORING]
    if sum(visit_type.phases[n].minutes for n in watched) < REMS_MINUTES:
        field = f"phases.{watched[-1]}.minutes" if watched else "phases"
        found[field] = f"Locked: Spravato is watched for at least {REMS_MINUTES} minutes after the dose."
    if visit_type.dose_mg not in REMS_DOSES:
        found["dose_mg"] = "56 or 84 mg: the number of devices follows from it."
    return found


def course_problems(template: CourseTemplate, setup: Setup) -> Problems:
    found: Problems = {}
    code, name = template.code.strip(), template.name.strip()
    others = [one for one in setup.templates if one.id != template.id]
    if not (1 < len(code) <= 8 and code.isalnum()):
        found["code"] = "Two to eight letters or digits, such as IV6."
    elif any(one.code == code for one in others):
        found["code"] = f"{code} is another course already. Choose another code."
    if not name or len(name) > LONGEST_NAME:
        found["name"] = f"Give it a name of at most {LONGEST_NAME} letters."
    elif any(one.active and one.name.casefold() == name.casefold() for one in others):
        found["name"] = "There is a course of this name already. Choose another."
    known = {one.code for one in setup.types if one.current}
    if unknown := [one.type_code for one in template.steps if one.type_code not in known]:
        found["steps"] = f"There is no visit type {unknown[0]} now. Pick another."
    elif any(one.count < 1 for one in template.steps) or not 1 < len(template.type_codes) <= MOST_VISITS:
        found["steps"] = f"A course has 2 to {MOST_VISITS} visits."
    return found | _spacing_problems(template)


def _spacing_problems(template: CourseTemplate) -> Problems:
    visits, least = len(template.type_codes), template.min_clear_days
    if not 0 <= least <= 60:
        return {"min_clear_days": "0 to 60 days."}
    if template.weeks and sum(template.weeks) != visits:
        return {"weeks": f"The weeks hold {sum(template.weeks)} visits, the course has {visits}."}
    if template.weeks and max(template.weeks) > max(1, 7 // (least + 1)):
        return {"weeks": f"So many visits do not fit one week with {_days(least)} between."}
    if template.max_gap_days is not None and template.max_gap_days <= least:
        return {"max_gap_days": "The longest gap lies above the shortest. Change one of the two."}
    shortest = (visits - 1) * (least + 1)
    if template.span_days is not None and template.span_days < shortest:
        return {"span_days": f"{visits} visits with {_days(least)} between take {shortest} days or more."}
    return {}


def _days(count: int) -> str:
    return "1 clear day" if count == 1 else f"{count} clear days"


def profile_problems(profile: GoingHomeProfile, setup: Setup) -> Problems:
    found: Problems = {}
    name = profile.name.strip()
    if not name or len(name) > LONGEST_NAME:
        found["name"] = f"Give it a name of at most {LONGEST_NAME} letters."
    elif any(one.name.casefold() == name.casefold() for one in in_use(setup) if one.id != profile.id):
        found["name"] = "There is one of this name already. Choose another."
    if profile.required and not profile.accepts:
        found["accepts"] = "Tick at least one way home, or say that nothing is asked."
    if profile.demanded not in DEMANDED:
        found["demanded"] = "Pick when it must be met."
    if TransportKind.TRANSIT_ALONE in profile.accepts and profile.min_stay_alone < REMS_MINUTES:
        found["min_stay_alone"] = f"At least {REMS_MINUTES} minutes after the last dose to leave alone."
    return found


def in_use(setup: Setup) -> list[GoingHomeProfile]:
    """Profiles that a clinic still chooses from: not those that only old versions of types refer to."""
    current = {one.profile_id for one in setup.types if one.current}
    ever = {one.profile_id for one in setup.types}
    return [one for one in setup.profiles if one.id in current or one.id not in ever]


def asks_more(before: GoingHomeProfile, after: GoingHomeProfile) -> bool:
    """Whether a plan that met ``before`` may fail ``after``: then booked visits must keep ``before``."""
    if not after.required:
        return False
    return (
        not before.required
        or not before.accepts <= after.accepts
        or DEMANDED.index(after.demanded) < DEMANDED.index(before.demanded)
        or after.min_stay_alone > before.min_stay_alone
    )
