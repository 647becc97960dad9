"""What a database says when it refuses or fails, in the program's own words."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from clinic_desktop.foundation.errors import ClinicProblem, Conflict, EnvironmentFailure, StoreRefused
from clinic_desktop.storage.guards import CLAIM_TAKEN, NO_WAY_HOME

_FULL = (
    "The disk is full. The last change was not saved; all before is safe. Free some space, then repeat it."
)
_BUSY = "The clinic's data is busy on another desk. Nothing was saved. Try again in a moment."
_DAMAGED = "The clinic's data file is damaged. It was left as it is. Restore the last good backup."
_READ_ONLY = "The clinic's data cannot be written here. Nothing was saved. Check the rights on its folder."
_AWAY = (
    "The clinic's database does not answer. Nothing of the last change was saved. Try again when it is back."
)


class GuardRefused(ClinicProblem):
    """The database itself refused a row that the rules should have refused before."""


@contextmanager
def worded() -> Iterator[None]:
    """Turn a driver's failure into a problem that can be told."""
    try:
        yield
    except IntegrityError as failure:
        raise _refused(failure) from failure
    except OperationalError as failure:
        raise _failed(failure) from failure
    except DBAPIError as failure:
        if "malformed" in str(failure.orig) or "not a database" in str(failure.orig):
            raise StoreRefused(_DAMAGED) from failure
        raise


def _refused(failure: IntegrityError) -> ClinicProblem:
    said = str(failure.orig)
    if CLAIM_TAKEN in said or "claim_taken" in said:
        return Conflict([])
    if NO_WAY_HOME in said:
        return GuardRefused("This treatment has no way home that its profile accepts. Name the driver first.")
    return GuardRefused("The database refused this change, because records would no longer fit together.")


def _failed(failure: OperationalError) -> EnvironmentFailure:
    said = str(failure.orig).lower()
    for sign, words in (
        ("disk is full", _FULL),
        ("locked", _BUSY),
        ("lock timeout", _BUSY),
        ("readonly", _READ_ONLY),
        ("read-only", _READ_ONLY),
        ("unable to open", _READ_ONLY),
    ):
        if sign in said:
            return EnvironmentFailure(words)
    if "malformed" in said or "disk i/o" in said:
        return StoreRefused(_DAMAGED)
    return EnvironmentFailure(_AWAY)
