"""A line of the audit trail, as it is read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Trace(Generic[R_co]):
    """One record that one transaction wrote, with its images.

    number: its place in the trail; later is higher. before None: it was new; after None: it was taken
    away. person_id 0 is the program itself.
    """

    number: int
    at: datetime
    person_id: int
    before: R_co | None
    after: R_co | None
    reason: str = ""
