"""What lists, searches and duplicate checks need of a patient, and no more."""

from dataclasses import dataclass
from datetime import date

from clinic_desktop.people.duplicates import DuplicateKey
from clinic_desktop.people.model import Patient
from clinic_desktop.people.search_person import SearchEntry, address_line
from clinic_desktop.people.similar_names import NamedPerson
from clinic_desktop.people.to_dos import lacks_details


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One patient in a list. ``lacks_details``: a desk still has to ask for something."""

    id: int
    chart_number: str = ""
    given_name: str = ""
    family_name: str = ""
    preferred_name: str = ""
    birth_date: date | None = None
    phones: tuple[str, ...] = ()
    email: str = ""
    street: str = ""
    city: str = ""
    postcode: str = ""
    address: str = ""
    emergency_name: str = ""
    emergency_phone: str = ""
    alerts: str = ""
    lacks_details: bool = False
    death_date: date | None = None
    merged_into: int | None = None
    source: str = ""
    source_id: str = ""

    @classmethod
    def of(cls, patient: Patient) -> "PersonRow":
        return cls(
            id=patient.id,
            chart_number=patient.chart_number,
            given_name=patient.given_name,
            family_name=patient.family_name,
            preferred_name=patient.preferred_name,
            birth_date=patient.birth_date,
            phones=tuple(phone.number for phone in patient.phones),
            email=patient.email,
            street=patient.address.street,
            city=patient.address.city,
            postcode=patient.address.postcode,
            address=address_line(patient.address),
            emergency_name=patient.emergency.name,
            emergency_phone=patient.emergency.phone,
            alerts=patient.alerts,
            lacks_details=lacks_details(patient),
            death_date=patient.death_date,
            merged_into=patient.merged_into,
            source=patient.source,
            source_id=patient.source_id,
        )

    @property
    def name(self) -> str:
        """ "Family, Given"."""
        return ", ".join(part for part in (self.family_name, self.given_name) if part)

    @property
    def named(self) -> NamedPerson:
        return NamedPerson(self.id, self.given_name, self.family_name)

    @property
    def entry(self) -> SearchEntry:
        return SearchEntry(
            id=self.id,
            given_name=self.given_name,
            family_name=self.family_name,
            preferred_name=self.preferred_name,
            birth_date=self.birth_date,
            phones=self.phones,
            email=self.email,
            chart_number=self.chart_number,
            deceased=self.death_date is not None,
            merged_into=self.merged_into,
            address=self.address,
            emergency_name=self.emergency_name,
            emergency_phone=self.emergency_phone,
        )

    @property
    def key(self) -> DuplicateKey:
        return DuplicateKey(
            id=self.id,
            given_name=self.given_name,
            family_name=self.family_name,
            preferred_name=self.preferred_name,
            birth_date=self.birth_date,
            street=self.street,
            city=self.city,
            postcode=self.postcode,
        )
