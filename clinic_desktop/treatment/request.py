"""What waits for a prescriber: one request, and what is read once for all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from clinic_desktop.foundation.clock import local_day, local_time
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import Order, Patient
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.reviews import OpenReview
from clinic_desktop.scheduling.states import HERE
from clinic_desktop.scheduling.to_renew import ToRenew
from clinic_desktop.treatment.asked import Asked
from clinic_desktop.treatment.day_after import AfterFlag
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.to_see import OpenIncident
from clinic_desktop.treatment.told import ToldWord

T = TypeVar("T")


class RequestKind(StrEnum):
    """In the order in which they are answered, of people who are here as of the others."""

    PRESSURE = "pressure"
    DAY_AFTER = "day after"
    OVERRIDE = "override"
    COSIGN = "co-signature"
    DAY_AFTER_COSIGN = "co-signature of the day after"
    EARLIER = "earlier time"
    INCIDENT = "incident"
    CLEARANCE = "clearance"
    CONSULTATION = "consultation"
    ORDER = "order"
    RENEWAL = "renewal"
    REVIEW = "review"
    TEXT = "text"


IN_WORDS = (
    RequestKind.EARLIER,
    RequestKind.INCIDENT,
    RequestKind.REVIEW,
    RequestKind.DAY_AFTER,
)  # of which a bare yes says nothing


@dataclass(frozen=True, slots=True)
class WaitingText:
    """A text that waits for its approval; another house keeps it. title: in English. news: the
    sentences that are others than in what is handed out today: the name of the statement, empty for words of
    none; the old one and the new one, empty where there is none. wanted_from: the day from which its
    writer wants it handed out; None as soon as it is approved."""

    kind: str
    language: str
    number: int
    shipped: str
    title: str
    language_name: str
    since: datetime
    written_by: int = 0
    changed: str = ""
    wanted_from: date | None = None
    news: tuple[tuple[str, str, str], ...] = ()

    @property
    def id(self) -> tuple[object, ...]:
        return self.kind, self.language, self.number, self.shipped


About = (
    Stamp | AfterFlag | Asked | ToldWord | OpenIncident | ToRenew | OpenReview | Visit | Order | WaitingText
)


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that a prescriber decides. says: what it is, in words. about: what the answer is given to.
    visit: where it stands. here: the patient is in the house. late: it was due before. urgent:
    somebody who is at home may be in danger; it stands with those who are here. against: what keeps a yes
    from being said here. phones: of whoever may have to be called at once."""

    kind: RequestKind
    says: Finding
    about: About
    since: datetime
    patient_id: int = 0
    patient: str = ""
    visit: Visit | None = None
    modality: str = ""
    here: bool = False
    late: bool = False
    urgent: bool = False
    against: tuple[Finding, ...] = ()
    phones: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it the same request, read again."""
        about = self.about.incident if isinstance(self.about, OpenIncident) else self.about
        return self.kind, self.patient_id, getattr(about, "id", 0), self.modality


@dataclass(frozen=True, slots=True)
class Reading:
    """The records at a moment, and whose patients are in the house."""

    records: ScheduleRecords
    setup: Setup
    now: datetime
    today: date
    here: Sequence[Visit] = ()

    def is_here(self, patient_id: int) -> bool:
        return any(one.patient_id == patient_id for one in self.here)

    def patients(self, visits: Iterable[Visit]) -> dict[int, Patient]:
        return {one.id: one for one in self.found(Patient, (one.patient_id for one in visits))}

    def visits(self, numbers: Iterable[int]) -> dict[int, Visit]:
        return {one.id: one for one in self.found(Visit, numbers)}

    def found(self, kind: type[T], numbers: Iterable[int | None]) -> list[T]:
        wanted = sorted({one for one in numbers if one})
        return self.records.find(kind, id=wanted) if wanted else []

    def shown(self, at: datetime, visit: Visit) -> str:
        """ "10:47 AM", with its day where that is another one."""
        words, day = clock_time(local_time(at, visit.zone).minute), local_day(at, visit.zone)
        return words if day == self.today else f"{words}, {short_date(day)}"

    def name(self, person_id: int) -> str:
        """Somebody who works here; the clinic where nobody is named."""
        staff = (one.name for one in self.setup.staff if one.id == person_id)
        return next(staff, self.setup.clinic.name)


def reading(records: ScheduleRecords, now: datetime) -> Reading:
    setup = records.setup()
    today = local_day(now, setup.clinic.zone)
    night = today - timedelta(days=1)  # a stay may run past midnight
    here = [one for one in records.find(Visit, state=sorted(HERE)) if one.day >= night]
    return Reading(records, setup, now, today, here)
