"""Everybody the clinic knows, in memory: to be found while one types, and compared while one adds.

Loading and looking up news touch the store and belong off the screen's thread. ``find``, ``likely``
and ``take`` are quick; any thread may ask while another takes in news.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.store import Records
from clinic_desktop.people.clearances import standings
from clinic_desktop.people.duplicates import DuplicateIndex, DuplicateKey
from clinic_desktop.people.model import Clearance, Patient
from clinic_desktop.people.person_row import PersonRow
from clinic_desktop.people.search import Matched, SearchIndex


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody found. ``former``: the record merged into this one by which they were found."""

    person: PersonRow
    matched: Matched
    former: PersonRow | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What a change means for the directory. ``clearances`` None: none changed."""

    people: tuple[PersonRow, ...] = ()
    clearances: tuple[Clearance, ...] | None = None


class Directory:
    """All patients by name, number and birth date, who may be whom, and who is cleared."""

    def __init__(self, people: Iterable[PersonRow] = (), clearances: Iterable[Clearance] = ()) -> None:
        self._people = {one.id: one for one in people}
        self._search = SearchIndex(one.entry for one in self._people.values())
        self._duplicates = DuplicateIndex(one.key for one in self._people.values() if not one.merged_into)
        self._cleared = _by_patient(clearances)
        self._count = sum(one.merged_into is None for one in self._people.values())
        self._lock = Lock()

    def __len__(self) -> int:
        """How many people; a merged record is none of its own."""
        return self._count

    def get(self, patient_id: int) -> PersonRow | None:
        return self._people.get(patient_id)

    def kept(self, patient_id: int) -> PersonRow | None:
        """The record a number leads to, through every merge."""
        person = self._people.get(patient_id)
        while person is not None and person.merged_into is not None:
            person = self._people.get(person.merged_into)
        return person

    def prepare(self) -> None:
        """Make what the first search would otherwise wait for."""
        self._search.prepare()

    def find(self, text: str, limit: int = 50, first: Collection[int] = ()) -> list[Found]:
        """Who fits what is typed, the likeliest first; each person once. ``first``: ids of those who come
        before others whom the text fits equally."""
        found: dict[int, Found] = {}
        with self._lock:
            hits = self._search.find(text, limit, first)
        for hit in hits:
            own, person = self._people[hit.entry.id], self.kept(hit.entry.id)
            if person is not None and person.id not in found:
                found[person.id] = Found(person, hit.matched, None if own is person else own)
        return list(found.values())

    def likely(self, draft: Patient) -> list[PersonRow]:
        """Who may be this person already, the likeliest first."""
        with self._lock:
            found = self._duplicates.likely(DuplicateKey.of(draft))
        return [self._people[one.id] for one in found]

    def is_cleared(self, patient_id: int, day: date) -> bool:
        """Whether the person is cleared for any treatment on that day."""
        return any(stand.holds for stand in standings(self._cleared.get(patient_id, ()), day).values())

    def take(self, news: News) -> None:
        """Be up to date again."""
        with self._lock:
            for one in news.people:
                self._put(one)
        if news.clearances is not None:
            self._cleared = _by_patient(news.clearances)

    def _put(self, person: PersonRow) -> None:
        before = self._people.get(person.id)
        self._count += (person.merged_into is None) - (before is not None and before.merged_into is None)
        self._people[person.id] = person
        self._search.put(person.entry)
        if person.merged_into is None:
            self._duplicates.put(person.key)
        else:
            self._duplicates.remove(person.id)

    def refresh(self, records: Records, changes: Changes) -> None:
        """Look up what changed and take it in, in one go."""
        self.take(look_up(records, changes))


def load(records: Records) -> Directory:
    """Everybody, from the store."""
    people = [PersonRow.of(one) for one in records.find(Patient)]
    directory = Directory(people, records.find(Clearance))
    directory.prepare()
    return directory


def look_up(records: Records, changes: Changes) -> News:
    """What a change means, from the store."""
    people: Sequence[Patient] = ()
    if changes.patients:
        people = records.find(Patient, id=sorted(changes.patients))
    clearances = tuple(records.find(Clearance)) if "clearance" in changes.kinds else None
    return News(tuple(map(PersonRow.of, people)), clearances)


def _by_patient(clearances: Iterable[Clearance]) -> dict[int, list[Clearance]]:
    gathered: dict[int, list[Clearance]] = {}
    for one in clearances:
        gathered.setdefault(one.patient_id, []).append(one)
    return gathered
