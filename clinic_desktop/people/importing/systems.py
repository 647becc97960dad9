"""Which system a list comes from, told by its headings, so that its numbers are its own."""

from collections.abc import Sequence

SYNTHEA = "Synthea"
ANY_LIST = "list"

_SIGNS = {
    SYNTHEA: ["Id", "BIRTHDATE", "DEATHDATE", "SSN", "DRIVERS", "PASSPORT", "FIRST", "LAST", "MAIDEN"],
    "Jane App": ["Patient Number", "Member Since", "First Name", "Last Name"],
    "Workflow Health": ["patient_first_name", "patient_last_name", "patient_dob"],
    "PracticeRunner": ["First Name", "Last Name", "Primary Clinician", "Date Added"],
}


def system_of(headings: Sequence[str]) -> str:
    """The system's name, or "list" for any other."""
    there = {heading.strip() for heading in headings}
    return next((system for system, signs in _SIGNS.items() if there.issuperset(signs)), ANY_LIST)
