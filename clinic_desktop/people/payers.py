"""What does not stand in an authorization, or a package."""

from collections.abc import Iterator
from datetime import date

from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.people import rules
from clinic_desktop.people.model import Authorization, Package


def authorization_problems(one: Authorization) -> Problems:
    """Field -> what is wrong with it; empty when it can be kept."""
    return dict(_authorization(one))


def _authorization(one: Authorization) -> Iterator[tuple[str, Finding]]:
    if not one.payer.strip():
        yield "payer", Finding(rules.PAYER)
    if not one.number.strip():
        yield "number", Finding(rules.AUTHORIZATION_NUMBER)
    if one.visits is not None and one.visits < 1:
        yield "visits", Finding(rules.PAID_VISITS)
    if one.valid_from == date.min:
        yield "valid_from", Finding(rules.FIRST_DAY)
    if one.valid_to is not None and one.valid_to < one.valid_from:
        yield "valid_to", Finding(rules.LAST_DAY_BEFORE_FIRST)


def package_problems(one: Package) -> Problems:
    """The same of a package."""
    found: Problems = {}
    if not one.name.strip():
        found["name"] = Finding(rules.PACKAGE_NAME)
    if one.visits < 1:
        found["visits"] = Finding(rules.PAID_VISITS)
    elif not 0 <= one.paid <= one.visits:
        found["paid"] = Finding(rules.PACKAGE_PAID, {"visits": one.visits})
    return found
