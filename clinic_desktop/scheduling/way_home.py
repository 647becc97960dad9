"""Whether a going-home plan meets what its visit's profile asks."""

from clinic_desktop.scheduling.model import GoingHomePlan, GoingHomeProfile, Visit, VisitType

NOBODY = "nobody is named"


def gaps(plan: GoingHomePlan | None, profile: GoingHomeProfile | None) -> list[str]:
    """What is still missing, in words; empty when the plan meets the profile."""
    if profile is None or not profile.required:
        return []
    if plan is None:
        return [NOBODY]
    if plan.kind not in profile.accepts:
        return [f"{plan.kind} is not accepted for this visit"]
    if not plan.kind.has_person:
        return []
    asked = {
        "a name": bool(plan.name.strip()),
        "a phone number": bool(plan.phone.strip()),
        "being 18 or over": plan.adult,
    }
    return [what for what, there in asked.items() if not there]


def driver_word(visit: Visit, profile: GoingHomeProfile | None, *, here: bool = False) -> str:
    """One of the four words for the driver, or nothing where none is asked for."""
    if profile is None or not profile.required:
        return ""
    if here:
        return "here"
    if gaps(visit.plan, profile):
        return "missing"
    return "confirmed" if visit.plan_confirmed_at else "named"


def needs_way_home(visit_type: VisitType, profile: GoingHomeProfile | None) -> bool:
    return visit_type.is_treatment and profile is not None and profile.required
