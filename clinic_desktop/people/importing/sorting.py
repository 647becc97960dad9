"""Who of a list is new, who was imported before, and who may be somebody already here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from clinic_desktop.people.duplicates import DuplicateIndex, DuplicateKey, Likeness, likely_duplicates
from clinic_desktop.people.folding import squeezed
from clinic_desktop.people.importing.rows import PatientDraft

SourceId = tuple[str, str]  # source, number there


@dataclass(frozen=True, slots=True)
class Already:
    """A row imported before, and whose record it is."""

    draft: PatientDraft
    patient_id: int


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A row that may be somebody here, or somebody further up in the list: a person decides.

    people: likenesses to records. rows: likenesses to earlier rows of the list, their ids the row
    numbers. same_number: the source's number belongs to this record, but the person looks different;
    or None.
    """

    draft: PatientDraft
    people: tuple[Likeness, ...] = ()
    rows: tuple[Likeness, ...] = ()
    same_number: int | None = None


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows of a list by what is to be done with them."""

    new: tuple[PatientDraft, ...] = ()
    already: tuple[Already, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()


def sort_out(
    drafts: Iterable[PatientDraft], imported: Mapping[SourceId, DuplicateKey], people: DuplicateIndex
) -> Sorted:
    """Sort the rows of a list.

    imported: source and number of every record imported before. people: everybody here. A known
    number only counts when the person looks the same: two systems may count alike.
    """
    new: list[PatientDraft] = []
    already: list[Already] = []
    doubtful: list[Doubtful] = []
    above = DuplicateIndex()
    numbers: dict[SourceId, int] = {}
    for draft in drafts:
        patient = draft.patient
        key = replace(DuplicateKey.of(patient), id=-draft.row)
        number = (patient.source, patient.source_id)
        known = imported.get(number)
        if known and _looks_the_same(key, known):
            already.append(Already(draft, known.id))
            continue
        found = tuple(people.likely(key))
        in_list = tuple(replace(likeness, id=-likeness.id) for likeness in above.likely(key))
        repeated = numbers.get(number)
        if found or in_list or known or repeated:
            same_number = known.id if known else None
            doubtful.append(Doubtful(draft, found, _with_row(in_list, repeated), same_number))
        else:
            new.append(draft)
        above.put(key)
        numbers.setdefault(number, draft.row)
    return Sorted(tuple(new), tuple(already), tuple(doubtful))


def _looks_the_same(key: DuplicateKey, known: DuplicateKey) -> bool:
    same_name = _name(key) == _name(known)
    return same_name or bool(likely_duplicates(key, [known]))


def _name(key: DuplicateKey) -> tuple[str, str]:
    return squeezed(key.given_name), squeezed(key.family_name)


def _with_row(likenesses: tuple[Likeness, ...], row: int | None) -> tuple[Likeness, ...]:
    """The likenesses, with the row of the same number even when the names there look different."""
    if row is None or any(likeness.id == row for likeness in likenesses):
        return likenesses
    return (*likenesses, Likeness(row, 0, ()))
