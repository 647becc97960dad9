"""Who could take a patient home: usual drivers and whoever came along last, and whether they can then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinic_desktop.foundation.clock import WallTime
from clinic_desktop.people.model import Patient, UsualDriver
from clinic_desktop.scheduling.model import GoingHomePlan, Setup, Visit, VisitType
from clinic_desktop.scheduling.needs import need_of
from clinic_desktop.scheduling.planner_days import can_fetch
from clinic_desktop.scheduling.way_home import gaps


@dataclass(frozen=True, slots=True)
class DriverOffer:
    """A way home to offer. usual: their days and times, where they are a usual driver.

    last: the patient went home so the last time.
    """

    plan: GoingHomePlan
    usual: UsualDriver | None = None
    last: bool = False


def drivers_of(patient: Patient, visits: Iterable[Visit]) -> tuple[DriverOffer, ...]:
    """The way home of last time first, then the usual drivers."""
    plans = [one.plan for one in visits]
    last = next((plan for plan in reversed(plans) if plan is not None), None)
    usual = [DriverOffer(plan_of(one), one, _same(plan_of(one), last)) for one in patient.drivers]
    if last is not None and not any(one.last for one in usual):
        usual.append(DriverOffer(unconfirmed(last), None, last=True))
    return tuple(sorted(usual, key=lambda one: not one.last))


def plan_of(driver: UsualDriver) -> GoingHomePlan:
    """Going home with a usual driver, not yet confirmed for any visit."""
    return GoingHomePlan(driver.kind, driver.name, driver.phone, driver.relationship, driver.adult)


def unconfirmed(plan: GoingHomePlan) -> GoingHomePlan:
    """The same way home for another visit: it must be confirmed anew."""
    return GoingHomePlan(plan.kind, plan.name, plan.phone, plan.relationship, plan.adult)


def comes(
    setup: Setup, visit_type: VisitType, at: WallTime, offer: DriverOffer, minutes: tuple[int, ...] = ()
) -> bool:
    """Whether they can come when such a visit is over; who gave no days and times can. ``minutes``: the
    lengths of its phases, where they differ from the type's."""
    need = need_of(visit_type, setup.policies.iv_cover, minutes)
    usual = [offer.usual] if offer.usual else []
    return can_fetch(usual, need, at.day, at, setup.clinic.zone)


def proposed(
    setup: Setup,
    visit_type: VisitType,
    at: WallTime,
    offers: Sequence[DriverOffer],
    minutes: tuple[int, ...] = (),
) -> DriverOffer | None:
    """The first who can come then and whom the visit accepts; None where nobody is asked for."""
    profile = setup.profile_of(visit_type)
    if profile is None or not profile.required:
        return None
    able = (one for one in offers if comes(setup, visit_type, at, one, minutes))
    return next((one for one in able if not gaps(one.plan, profile)), None)


def _same(one: GoingHomePlan, other: GoingHomePlan | None) -> bool:
    return other is not None and (one.kind, one.name) == (other.kind, other.name)
