"""One person as the search sees them."""

from dataclasses import dataclass
from datetime import date

from clinic_desktop.people.folding import digits, fold, squeezed, words
from clinic_desktop.people.model import Address, Patient


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What a person is found by and what the list of hits shows.

    ``deceased`` and ``merged_into`` (the record that was kept) only mark a hit; both stay findable.
    """

    id: int
    given_name: str = ""
    family_name: str = ""
    preferred_name: str = ""
    birth_date: date | None = None
    phones: tuple[str, ...] = ()
    email: str = ""
    chart_number: str = ""
    deceased: bool = False
    merged_into: int | None = None
    address: str = ""
    emergency_name: str = ""
    emergency_phone: str = ""

    @classmethod
    def of(cls, patient: Patient) -> "SearchEntry":
        return cls(
            id=patient.id,
            given_name=patient.given_name,
            family_name=patient.family_name,
            preferred_name=patient.preferred_name,
            birth_date=patient.birth_date,
            phones=tuple(phone.number for phone in patient.phones),
            email=patient.email,
            chart_number=patient.chart_number,
            deceased=patient.death_date is not None,
            merged_into=patient.merged_into,
            address=address_line(patient.address),
            emergency_name=patient.emergency.name,
            emergency_phone=patient.emergency.phone,
        )


def address_line(address: Address) -> str:
    """ "12 Orchard Way Springvale IL 62701"."""
    return " ".join(filter(None, (address.street, address.city, address.state, address.postcode)))


Key = tuple[bool, str, str, int, int]


@dataclass(slots=True, eq=False)
class Person:
    """An entry with what is compared. ``key`` orders lists: the living and unmerged first,
    then by family and given name. ``text`` holds every name word between blanks; ``anything``,
    once it is asked for, whatever letters find, held here because thousands are read through for one key."""

    entry: SearchEntry
    key: Key
    family_words: tuple[str, ...]
    other_words: tuple[str, ...]
    text: str
    chart: str
    chart_number: str  # without leading letters and zeros
    phones: tuple[str, ...]
    email: str
    anything: str = ""

    @classmethod
    def of(cls, entry: SearchEntry) -> "Person":
        last, first = fold(entry.family_name), fold(entry.given_name)
        family, other = _name_words(last), _name_words(first)
        if entry.preferred_name:
            other = tuple(dict.fromkeys((*other, *_name_words(fold(entry.preferred_name)))))
        chart = squeezed(entry.chart_number)
        gone = entry.deceased or entry.merged_into is not None
        born = entry.birth_date.toordinal() if entry.birth_date else 0
        return cls(
            entry,
            (gone, last, first, born, entry.id),
            family,
            other,
            f" {' '.join(family)} {' '.join(other)} ",
            chart,
            chart.lstrip(_LETTERS_AND_ZEROS),
            tuple(dict.fromkeys(filter(None, map(digits, entry.phones)))),
            fold(entry.email).strip(),
        )

    def code_lines(self) -> list[str]:
        """What is found by its beginning apart from names, each marked with its kind, and whose it is."""
        whose = f"{SEPARATOR}{self.entry.id}"
        found = [f"{CHART}{number}{whose}" for number in {self.chart, self.chart_number} if number]
        if self.email:
            found.append(f"{MAIL}{self.email}{whose}")
        for number in self.phones:
            found += (f"{PHONE}{number}{whose}", f"{PHONE_END}{number[::-1]}{whose}")
        return found


CHART, MAIL, PHONE, PHONE_END = "c", "m", "p", "e"
SEPARATOR = "\x00"
_LETTERS_AND_ZEROS = "abcdefghijklmnopqrstuvwxyz0"


def _name_words(name: str) -> tuple[str, ...]:
    """The words of a folded name, and the name run together: Van der Merwe is also vandermerwe."""
    if name.isalpha():
        return (name,)
    found = words(name)
    if len(found) < 2:
        return found
    return tuple(dict.fromkeys((*found, squeezed(name))))
