"""What a new clinic starts with: treatments, the way home, visit types, courses and hours.

All of it is data that the clinic changes in Set-up; the figures are the decisions page's and the
reference's section 9.
"""

from dataclasses import replace

from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.defaults_types import VISIT_TYPES
from clinic_desktop.scheduling.model import (
    Clinic,
    CourseTemplate,
    GoingHomeProfile,
    Modality,
    OpenHours,
    Room,
    Setup,
    Step,
    VisitType,
)
from clinic_desktop.scheduling.ports import ScheduleUnit

HOURS = tuple(OpenHours(weekday, 8 * 60, 17 * 60 + 30) for weekday in range(5))

MODALITIES = (
    Modality(code="iv", name="IV ketamine"),
    Modality(code="spravato", name="Spravato", rems=True, min_age=18),
    Modality(code="im", name="Intramuscular ketamine"),
    Modality(code="kap", name="Ketamine with therapy"),
)

NAMED_ADULT = GoingHomeProfile(
    name="Named adult, here at release",
    accepts=frozenset({TransportKind.ADULT_DRIVES, TransportKind.ADULT_IN_TAXI, TransportKind.PAID_ESCORT}),
)
PROFILES = (NAMED_ADULT,)

TEMPLATES = (
    CourseTemplate(code="IV6", name="IV ketamine, 6 infusions", steps=(Step("IVM", 6),), span_days=21),
    CourseTemplate(
        code="SP8",
        name="Spravato, 8 visits",
        steps=(Step("SP1", 1), Step("SP56", 7)),
        max_gap_days=None,
        weeks=(2, 2, 2, 2),
    ),
    CourseTemplate(
        code="SP12",
        name="Spravato, 8 + 4 visits",
        steps=(Step("SP1", 1), Step("SP56", 11)),
        max_gap_days=None,
        weeks=(2, 2, 2, 2, 1, 1, 1, 1),
    ),
    # Ten working days in a row [P3]; a weekend with a holiday beside it makes four days between two.
    CourseTemplate(
        code="PAIN10",
        name="IV ketamine for pain, 10 days",
        steps=(Step("IVP", 10),),
        min_clear_days=0,
        max_gap_days=4,
        span_days=14,
    ),
)

ROOMS = (
    Room(name="Consult 1", fits=frozenset({"consult", "therapy"}), position=1),
    *(Room(name=f"Infusion {n}", fits=frozenset({"iv", "im"}), position=1 + n) for n in (1, 2, 3, 4)),
    Room(name="Spravato 1", fits=frozenset({"spravato"}), position=6),
    Room(name="Spravato 2", fits=frozenset({"spravato", "consult"}), position=7),
)


def with_profile(visit_type: VisitType, profile_id: int) -> VisitType:
    """Every treatment asks for the way home of that profile; a consultation asks nothing."""
    return replace(visit_type, profile_id=profile_id if visit_type.is_treatment else None)


def default_setup(clinic: Clinic | None = None) -> Setup:
    """The shipped set-up as a value with ids of its own, without rooms and people: for rules and drawing."""
    return Setup(
        clinic=clinic or Clinic(id=1, version=1, name="Clinic", hours=HOURS),
        types=tuple(
            replace(with_profile(one, 1), id=n, version=1) for n, one in enumerate(VISIT_TYPES, start=1)
        ),
        profiles=tuple(replace(one, id=n, version=1) for n, one in enumerate(PROFILES, start=1)),
        templates=tuple(replace(one, id=n, version=1) for n, one in enumerate(TEMPLATES, start=1)),
        modalities=tuple(replace(one, id=n, version=1) for n, one in enumerate(MODALITIES, start=1)),
    )


def write_defaults(unit: ScheduleUnit) -> None:
    """Write treatments, profiles, visit types and courses into a new clinic; the caller commits."""
    unit.add_all(MODALITIES)
    named_adult, *_ = unit.add_all(PROFILES)
    unit.add_all([with_profile(one, named_adult.id) for one in VISIT_TYPES])
    unit.add_all(TEMPLATES)
