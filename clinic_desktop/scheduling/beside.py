"""A course beside one that still runs: asked before a second one of the same treatment is booked."""

from collections.abc import Sequence

from clinic_desktop.foundation.rulebook import Finding, Param, Rule, Severity
from clinic_desktop.foundation.words import long_date
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.model import CourseTemplate, Setup, Visit
from clinic_desktop.scheduling.rules import still_ahead

COURSE_BESIDE = Rule(
    "course-beside",
    "decision: courses",
    Severity.WARNING,
    "{patient} has visits of {treatment} to come already ({count}), the last on {day}. "
    "Book these beside them only if both are meant.",
)


def beside(
    setup: Setup, patient: Patient, visits: Sequence[Visit], template: CourseTemplate, now: int
) -> tuple[Finding, ...]:
    """What to know before a new course: another one of the same treatment has visits to come. ``visits``:
    the patient's, at least those to come. ``now`` in UTC minutes."""
    modality = setup.type_by_code(template.type_codes[0]).modality if template.type_codes else ""
    same = {one.id for one in setup.types if modality and one.modality == modality}
    ahead = [one for one in visits if one.course_id and one.type_id in same and still_ahead(one, now)]
    if not ahead:
        return ()
    said: dict[str, Param] = {
        "patient": patient.name,
        "treatment": setup.modality(modality).name,
        "count": len(ahead),
        "day": long_date(max(one.day for one in ahead)),
    }
    return (Finding(COURSE_BESIDE, said),)
