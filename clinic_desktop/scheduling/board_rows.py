"""What boards and lists show of a visit, read in one go."""

from datetime import date
from typing import NamedTuple

from clinic_desktop.scheduling.model import Visit


class BoardRow(NamedTuple):
    """A visit with what is shown of its patient. ``phone``: the first, empty for none. ``planned``: visits
    of its course, 0 without one. Names of types, rooms and staff are in the set-up."""

    visit: Visit
    given_name: str
    family_name: str
    preferred_name: str
    birth_date: date | None
    phone: str
    planned: int

    @property
    def name(self) -> str:
        """ "Family, Given", as lists and boards show it."""
        return ", ".join(part for part in (self.family_name, self.given_name) if part)
