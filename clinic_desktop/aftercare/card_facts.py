"""What stands on a course card: the visits of a course for the wallet. Neither treatment nor drug, in any
language; of the patient the first name and a letter."""

from dataclasses import dataclass
from datetime import date

from clinic_desktop.aftercare.values import ClinicFacts, DriverFacts, NextVisit, SheetKind
from clinic_desktop.foundation.document import PageSize

_NOBODY = DriverFacts()


@dataclass(frozen=True, slots=True)
class CardVisit:
    """A visit in clinic wall-clock time. number: its place in the course, 0 for none. held: not firm yet."""

    day: date
    minute: int
    number: int = 0
    held: bool = False


@dataclass(frozen=True, slots=True)
class CardFacts:
    """One card: everything it says that is not its wording, enough to print it again.

    patient_name: as it stands on the card. number, cards: which of how many. waits: what its held visits wait
    for, a name of the phrases; None where none is held. to_place: how many of the course have no time yet.
    cancel_days, cancel_minute: so many business days before, until then, a visit is cancelled in time.
    """

    zone: str
    visit_day: date
    patient_name: str
    clinic: ClinicFacts
    visits: tuple[CardVisit, ...]
    planned: int = 0
    number: int = 1
    cards: int = 1
    waits: str | None = None
    to_place: int = 0
    cancel_days: int = 0
    cancel_minute: int = 0
    language: str = "en"
    large_print: bool = False
    page_size: PageSize = PageSize.LETTER
    statements_off: frozenset[int] = frozenset()
    visit_id: int = 0
    kind: str = SheetKind.COURSE_CARD.value
    first_name: str = ""
    birth_date: date | None = None
    driver: DriverFacts = _NOBODY
    next_visits: tuple[NextVisit, ...] = ()
