"""Visit types, courses and ways home as a clinic edits them: checks, and what no clinic may change.

A changed visit type is a new version; visits keep the one they were booked with.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.rulebook import Finding, Param, Problems, Word
from clinic_desktop.people.instruments import BY_CODE
from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling import set_up_rules as rules
from clinic_desktop.scheduling.asks import LONGEST_SINCE, NAMES, SINCE
from clinic_desktop.scheduling.day_after import MOST_DAYS, QUESTIONS
from clinic_desktop.scheduling.discharge_forms import FORMS
from clinic_desktop.scheduling.model import (
    LEAST_IV_RECOVERY,
    CourseTemplate,
    Cover,
    GoingHomeProfile,
    Modality,
    Phase,
    PhaseKind,
    Setup,
    VisitType,
)
from clinic_desktop.scheduling.set_up_checks import LONGEST_NAME
from clinic_desktop.scheduling.stretching import STEP

REMS_MINUTES = 120  # of watching after the dose [R1]
REMS_DOSES = (56, 84)
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
_RECOVERING = frozenset({PhaseKind.MONITORING, PhaseKind.RECOVERY})
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
        return found | {"phases": Finding(rules.PHASES)}
    for number, phase in enumerate(visit_type.phases):
        found |= {f"phases.{number}.{name}": what for name, what in _phase_problems(phase)}
    found |= _order_problems(visit_type)
    if visit_type.is_treatment:
        found |= _treatment_problems(visit_type, setup)
        if is_rems(visit_type, setup.modalities):
            found |= _rems_problems(visit_type)
    return found or _infusion_problems(visit_type)  # once the phases are in order


def _text_problems(visit_type: VisitType, setup: Setup) -> Problems:
    found: Problems = {}
    code = visit_type.code.strip()
    if not (1 < len(code) <= 6 and code.isalnum() and code == code.upper()):
        found["code"] = Finding(rules.TYPE_CODE)
    if not visit_type.name.strip() or len(visit_type.name) > LONGEST_NAME:
        found["name"] = Finding(rules.NAME, {"most": LONGEST_NAME})
    others = [one for one in setup.types if one.current and one.code != code and one.id != visit_type.id]
    if not visit_type.id and any(one.code == code for one in setup.types):
        found["code"] = Finding(rules.TYPE_CODE_TAKEN, {"code": code})
    if any(one.name.casefold() == visit_type.name.strip().casefold() for one in others):
        found["name"] = Finding(rules.TYPE_NAME_TAKEN)
    if not 0 <= visit_type.min_clear_days <= 90:
        found["min_clear_days"] = Finding(rules.DAYS, {"most": 90})
    if visit_type.max_gap_days is not None and visit_type.max_gap_days <= visit_type.min_clear_days:
        found["max_gap_days"] = Finding(rules.GAPS)
    if not visit_type.scores <= BY_CODE.keys():
        found["scores"] = Finding(rules.SCORES)
    return found | _asks_problems(visit_type) | _after_problems(visit_type)


def _asks_problems(visit_type: VisitType) -> Problems:
    """What is asked by its minutes has the field "asks_food"."""
    codes = [one.code for one in visit_type.asks]
    if not set(codes) <= NAMES.keys() or len(set(codes)) < len(codes):
        return {"asks": Finding(rules.ASKS)}
    return {
        f"asks_{one.code}": Finding(rules.ASKED_MINUTES, {"most": LONGEST_SINCE})
        for one in visit_type.asks
        if one.code in SINCE and not 1 <= one.minutes <= LONGEST_SINCE
    }


def _after_problems(visit_type: VisitType) -> Problems:
    """Of the check-in call afterwards."""
    found: Problems = {}
    if not visit_type.day_after.asks <= QUESTIONS.keys():
        found["after_asks"] = Finding(rules.AFTER_ASKS)
    if not 1 <= visit_type.day_after.open_days <= MOST_DAYS:
        found["after_days"] = Finding(rules.AFTER_DAYS, {"most": MOST_DAYS})
    return found


def _retiring_problems(visit_type: VisitType, setup: Setup) -> Problems:
    uses = [one.name for one in setup.templates if one.active and visit_type.code in one.type_codes]
    return {"current": Finding(rules.TYPE_IN_COURSE, {"name": uses[0]})} if uses else {}


def _phase_problems(phase: Phase) -> Iterator[tuple[str, Finding]]:
    if not 0 < phase.minutes <= LONGEST_PHASE or phase.minutes % STEP:
        yield "minutes", Finding(rules.PHASE_MINUTES, {"step": STEP, "most": LONGEST_PHASE})
    longest = phase.may_stretch
    if longest is not None and longest < phase.minutes:
        yield "may_stretch", Finding(rules.STRETCH)
    elif longest is not None and (longest > LONGEST_PHASE or longest % STEP):
        yield "may_stretch", Finding(rules.PHASE_MINUTES, {"step": STEP, "most": LONGEST_PHASE})
    if phase.kind is PhaseKind.TURNOVER and (phase.patient or phase.hands or phase.watch):
        yield "kind", Finding(rules.TURNOVER)
    if phase.kind is not PhaseKind.TURNOVER and not phase.patient:
        yield "kind", Finding(rules.PATIENT_HERE)
    if phase.watch not in (None, Role.NURSE):
        yield "watch", Finding(rules.WATCHING)
    if not phase.hands <= set(HANDS_ROLES):
        yield "hands", Finding(rules.HANDS)


def _order_problems(visit_type: VisitType) -> Problems:
    phases = visit_type.phases
    for number, (before, after) in enumerate(pairwise(phases), start=1):
        if _ORDER[after.kind] < _ORDER[before.kind]:
            kinds = {"after": Word(after.kind.capitalize()), "before": Word(before.kind)}
            return {f"phases.{number}.kind": Finding(rules.PHASE_ORDER, kinds)}
    if sum(one.minutes for one in phases) > LONGEST_VISIT:
        return {"phases": Finding(rules.VISIT_LONG, {"hours": LONGEST_VISIT // 60})}
    in_room = any(one.room for one in phases)
    if visit_type.needs_fit and not in_room:
        return {"phases": Finding(rules.NO_ROOM_PHASE)}
    if in_room and not visit_type.needs_fit:
        return {"needs_fit": Finding(rules.ROOM_FIT)}
    if all(one.kind in (PhaseKind.CHECK_IN, PhaseKind.TURNOVER) for one in phases):
        return {"phases": Finding(rules.NOTHING_HAPPENS)}
    return {}


def _treatment_problems(visit_type: VisitType, setup: Setup) -> Problems:
    found: Problems = {}
    if all(one.code != visit_type.modality for one in setup.modalities):
        found["modality"] = Finding(rules.MODALITY)
    if setup.profile_of(visit_type) is None:
        found["profile_id"] = Finding(rules.PROFILE)
    if not visit_type.sheet:
        found["sheet"] = Finding(rules.SHEET)
    if visit_type.discharge_form and visit_type.discharge_form not in FORMS:
        found["discharge_form"] = Finding(rules.DISCHARGE_FORM)
    if not any(one.kind in TREATING for one in visit_type.phases):
        found["phases"] = Finding(rules.DOSING_PHASE)
    if all(one.kind is not PhaseKind.RELEASE for one in visit_type.phases):
        found["phases"] = Finding(rules.RELEASE_PHASE)
    for number, phase in enumerate(visit_type.phases):
        if phase.kind in _LOOKED_AFTER and Role.NURSE not in phase.hands and phase.watch is None:
            found[f"phases.{number}.hands"] = Finding(rules.NEVER_ALONE)
    return found


def _infusion_problems(visit_type: VisitType) -> Problems:
    phases = visit_type.phases
    if all(one.kind is not PhaseKind.INFUSION for one in phases):
        return {}
    after = [n for n, one in enumerate(phases) if one.kind in _RECOVERING]
    if sum(phases[n].minutes for n in after) >= LEAST_IV_RECOVERY:
        return {}
    field = f"phases.{after[-1]}.minutes" if after else "phases"
    return {field: Finding(rules.IV_RECOVERY, {"minutes": LEAST_IV_RECOVERY})}


def _rems_problems(visit_type: VisitType) -> Problems:
    """What no setting changes: the programme's rules [R1]."""
    found: Problems = {}
    for number, phase in enumerate(visit_type.phases):
        if phase.kind in REMS_PHASES and phase.cover is not Cover.PRESCRIBER:
            found[f"phases.{number}.cover"] = Finding(rules.REMS_COVER)
    watched = [n for n, one in enumerate(visit_type.phases) if one.kind is PhaseKind.MONITORING]
    if sum(visit_type.phases[n].minutes for n in watched) < REMS_MINUTES:
        field = f"phases.{watched[-1]}.minutes" if watched else "phases"
        found[field] = Finding(rules.REMS_WATCH, {"minutes": REMS_MINUTES})
    if visit_type.dose_mg not in REMS_DOSES:
        found["dose_mg"] = Finding(rules.REMS_DOSE)
    return found


def course_problems(template: CourseTemplate, setup: Setup) -> Problems:
    found: Problems = {}
    code, name = template.code.strip(), template.name.strip()
    others = [one for one in setup.templates if one.id != template.id]
    if not (1 < len(code) <= 8 and code.isalnum()):
        found["code"] = Finding(rules.COURSE_CODE)
    elif any(one.code == code for one in others):
        found["code"] = Finding(rules.COURSE_CODE_TAKEN, {"code": code})
    if not name or len(name) > LONGEST_NAME:
        found["name"] = Finding(rules.NAME, {"most": LONGEST_NAME})
    elif any(one.active and one.name.casefold() == name.casefold() for one in others):
        found["name"] = Finding(rules.COURSE_NAME_TAKEN)
    known = {one.code for one in setup.types if one.current}
    if unknown := [one.type_code for one in template.steps if one.type_code not in known]:
        found["steps"] = Finding(rules.COURSE_TYPE, {"code": unknown[0]})
    elif any(one.count < 1 for one in template.steps) or not 1 < len(template.type_codes) <= MOST_VISITS:
        found["steps"] = Finding(rules.COURSE_VISITS, {"most": MOST_VISITS})
    return found | spacing_problems(template)


def spacing_problems(template: CourseTemplate) -> Problems:
    """What is wrong with how far apart its visits are to lie."""
    visits, least = len(template.type_codes), template.min_clear_days
    if not 0 <= least <= 60:
        return {"min_clear_days": Finding(rules.DAYS, {"most": 60})}
    if template.weeks and sum(template.weeks) != visits:
        return {"weeks": Finding(rules.WEEKS_SUM, {"held": sum(template.weeks), "visits": visits})}
    if template.weeks and max(template.weeks) > max(1, 7 // (least + 1)):
        return {"weeks": Finding(rules.WEEK_FULL, {"between": least})}
    if template.max_gap_days is not None and template.max_gap_days <= least:
        return {"max_gap_days": Finding(rules.GAPS)}
    shortest = (visits - 1) * (least + 1)
    if template.span_days is not None and template.span_days < shortest:
        params: dict[str, Param] = {"visits": visits, "between": least, "shortest": shortest}
        return {"span_days": Finding(rules.SPAN, params)}
    return {}


LONGEST_WAY = 240  # minutes that a driver takes to come


def profile_problems(profile: GoingHomeProfile, setup: Setup) -> Problems:
    found: Problems = {}
    name = profile.name.strip()
    if not name or len(name) > LONGEST_NAME:
        found["name"] = Finding(rules.NAME, {"most": LONGEST_NAME})
    elif any(one.name.casefold() == name.casefold() for one in in_use(setup) if one.id != profile.id):
        found["name"] = Finding(rules.PROFILE_NAME_TAKEN)
    if profile.required and not profile.accepts:
        found["accepts"] = Finding(rules.ACCEPTS)
    if profile.demanded not in DEMANDED:
        found["demanded"] = Finding(rules.DEMANDED)
    if TransportKind.TRANSIT_ALONE in profile.accepts and profile.min_stay_alone < REMS_MINUTES:
        found["min_stay_alone"] = Finding(rules.ALONE_MINUTES, {"minutes": REMS_MINUTES})
    for name in ("callback_minutes", "arrive_before"):
        if not 0 <= getattr(profile, name) <= LONGEST_WAY:
            found[name] = Finding(rules.WAY_MINUTES, {"most": LONGEST_WAY})
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
