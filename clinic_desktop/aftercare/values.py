"""What a sheet is made from, what it says, and the record that it was made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from clinic_desktop.foundation.document import PageSize

LONGEST_HOURS = 168


class PageFacts(Protocol):
    """What every page says of a visit, whichever page it is."""

    @property
    def visit_id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def zone(self) -> str: ...
    @property
    def visit_day(self) -> date: ...
    @property
    def patient_name(self) -> str: ...
    @property
    def first_name(self) -> str: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def clinic(self) -> "ClinicFacts": ...
    @property
    def driver(self) -> "DriverFacts": ...
    @property
    def next_visits(self) -> "tuple[NextVisit, ...]": ...
    @property
    def statements_off(self) -> frozenset[int]: ...
    @property
    def language(self) -> str: ...
    @property
    def large_print(self) -> bool: ...
    @property
    def page_size(self) -> PageSize: ...


class SheetKind(StrEnum):
    """Which text is handed out; a visit type names one of those after a treatment."""

    IV = "iv"
    IV_PAIN = "iv-pain"
    IM = "im"
    KAP = "kap"  # ketamine with therapy, by whichever way it is given
    SPRAVATO = "spravato"
    RECEIPT = "receipt"
    ESCORT = "escort"  # a page for whoever takes the patient home
    COURSE_CARD = "course-card"  # the visits of a course, for the wallet
    PREP_IV = "prep-iv"  # what to do before a visit
    PREP_IV_PAIN = "prep-iv-pain"
    PREP_IM = "prep-im"
    PREP_KAP = "prep-kap"
    PREP_SPRAVATO = "prep-spravato"


KETAMINE = (SheetKind.IV, SheetKind.IV_PAIN, SheetKind.IM, SheetKind.KAP)
"""Whose hours without driving are counted from the end of the infusion, or from the last dose."""

PREPARATIONS = {
    SheetKind.IV: SheetKind.PREP_IV,
    SheetKind.IV_PAIN: SheetKind.PREP_IV_PAIN,
    SheetKind.IM: SheetKind.PREP_IM,
    SheetKind.KAP: SheetKind.PREP_KAP,
    SheetKind.SPRAVATO: SheetKind.PREP_SPRAVATO,
}
"""The sheet after a treatment -> what is read before it."""

AFTER_TREATMENT = tuple(PREPARATIONS)
BEFORE_TREATMENT = tuple(PREPARATIONS.values())


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A phone of the clinic with its hours, as the clinic wrote them."""

    number: str
    hours: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class ClinicFacts:
    name: str = ""
    address: str = ""
    phones: tuple[PhoneLine, ...] = ()


@dataclass(frozen=True, slots=True)
class DriverFacts:
    """Who takes the patient home, as far as known."""

    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class NextVisit:
    """Clinic wall-clock time."""

    day: date
    minute: int


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """The clinic's choices. Hours are elapsed hours from the end of the infusion or the last dose.

    adult_hours: how long an adult stays with the patient; None where the clinic asks for nobody.
    statements_off: numbers of statements the clinic leaves out. [reference 5.2]
    codes: square codes for a phone's camera stand beside the next visit.
    """

    iv_no_drive_hours: int = 24
    alcohol_hours: int = 24
    decision_hours: int = 24
    adult_hours: int | None = None
    statements_off: frozenset[int] = frozenset()
    page_size: PageSize = PageSize.LETTER
    codes: bool = True

    def __post_init__(self) -> None:
        asked = (self.iv_no_drive_hours, self.alcohol_hours, self.decision_hours, self.adult_hours)
        if any(hours is not None and not 1 <= hours <= LONGEST_HOURS for hours in asked):
            raise ValueError(f"hours on a sheet go from 1 to {LONGEST_HOURS}")


@dataclass(frozen=True, slots=True)
class SheetSource:
    """What the record knows about a visit when its sheet is asked for. Instants are aware.

    infused: an infusion runs or ran. Its end counts, or what was given after it; without an end it runs.
    visit_code, phone_code: what the square codes hold; empty for none. corrected_to: an earlier time to
    which the last dose or the end was corrected, and that does not count before a prescriber has answered.
    """

    visit_id: int
    visit_day: date
    zone: str
    kind: str
    patient_name: str
    birth_date: date | None
    clinic: ClinicFacts
    first_name: str = ""
    last_dose_at: datetime | None = None
    infused: bool = False
    infusion_ended_at: datetime | None = None
    driver: DriverFacts = DriverFacts()
    next_visits: tuple[NextVisit, ...] = ()
    language: str = "en"
    large_print: bool = False
    settings: SheetSettings = SheetSettings()
    corrected_to: datetime | None = None
    visit_code: str = ""
    phone_code: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and where it matters a clock time. ``zone_mark`` tells two equal readings in autumn apart."""

    day: date
    minute: int | None = None
    zone_mark: str = ""


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Everything a sheet says that is not its wording: enough to print it again exactly.

    infusion_end or last_dose is what the times count from, as a clock reading; never both.
    """

    visit_id: int
    kind: str
    zone: str
    visit_day: date
    last_dose_at: datetime
    drive_from: Moment
    alcohol_from: Moment
    decisions_from: Moment
    patient_name: str
    birth_date: date | None
    clinic: ClinicFacts
    infusion_ended_at: datetime | None = None
    infusion_end: Moment | None = None
    last_dose: Moment | None = None
    no_drive_hours: int | None = None
    adult_until: Moment | None = None
    driver: DriverFacts = DriverFacts()
    next_visits: tuple[NextVisit, ...] = ()
    language: str = "en"
    large_print: bool = False
    statements_off: frozenset[int] = frozenset()
    page_size: PageSize = PageSize.LETTER
    first_name: str = ""
    visit_code: str = ""
    phone_code: str = ""

    @property
    def counts_from(self) -> datetime:
        """The end of the infusion, or the last dose."""
        return self.infusion_ended_at or self.last_dose_at


@dataclass(frozen=True, slots=True)
class SheetVersion:
    """Which wording: the text's name, its version and its language."""

    template_id: str
    version: int
    language: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The record that a sheet was printed, and later handed over. ``facts`` are :class:`SheetFacts` as JSON.

    copy_number counts from 1; a reprint says which copy it is. voided_at: a later dose or a moved day
    made it untrue. text_id: its words, as they were. draft: they were not approved then.
    made_name: who made it, as printed on it. escort_text_id: the words of the page for the escort that went
    with it, where the clinic has one.
    """

    id: int = 0
    version: int = 0
    visit_id: int = 0
    kind: str = ""
    language: str = "en"
    text_id: int = 0
    escort_text_id: int | None = None
    template_version: int = 0
    draft: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)
    made_at: datetime | None = None
    made_by: int = 0
    made_name: str = ""
    copy_number: int = 1
    handed_to: str = ""
    handed_by_id: int | None = None
    handed_at: datetime | None = None
    voided_at: datetime | None = None

    @property
    def wording(self) -> SheetVersion:
        return SheetVersion(self.kind, self.template_version, self.language)

    @property
    def text_ids(self) -> tuple[int, ...]:
        return tuple(one for one in (self.text_id, self.escort_text_id) if one is not None)
