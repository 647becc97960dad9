"""Importing a list of patients: looked over first, then all that can be kept in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import islice

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.kept_words import IMPORTED
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.store import Records, Unit
from clinic_desktop.people.duplicates import Agreement, DuplicateIndex, DuplicateKey
from clinic_desktop.people.importing.columns import DateOrder
from clinic_desktop.people.importing.preview import Preview, preview
from clinic_desktop.people.importing.rows import PatientDraft
from clinic_desktop.people.importing.rules import RowProblem
from clinic_desktop.people.importing.sorting import Already, Doubtful, Sorted, sort_out
from clinic_desktop.people.merging import combined
from clinic_desktop.people.model import Patient
from clinic_desktop.people.ports import PeopleStore
from clinic_desktop.security.rights import Right, require

_AT_ONCE = 500
_MUST_AGREE = frozenset({"given name", "family name", "birth date", "street"})

Progress = Callable[[int, int], None]  # rows done, rows altogether


class Choice(StrEnum):
    """What is done with a row that may be somebody here."""

    SKIP = "skip"
    ADD = "add"
    MERGE = "merge"  # the record here learns what only the list knows


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's answer for one row; ``patient_id`` is the record for a merge."""

    choice: Choice
    patient_id: int = 0


@dataclass(frozen=True, slots=True)
class LookedOver:
    """A list as read, and its rows sorted by what would be done with them."""

    preview: Preview
    sorted: Sorted

    @property
    def ready(self) -> bool:
        return self.preview.ready


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of a list. Every row read is counted once: added, already, duplicates, merged or rejected.

    ``duplicates`` were left out because nobody decided, or somebody decided so. ``questions`` not
    empty: nothing was imported, they are to be answered first (columns, order of dates). ``date_order``
    is how dates of numbers were read, ``date_row`` the row that decided it (0: none had to).
    """

    read: int = 0
    added: int = 0
    already: int = 0
    duplicates: int = 0
    merged: int = 0
    rejected: tuple[RowProblem, ...] = ()
    notes: tuple[Finding, ...] = ()
    questions: tuple[Finding, ...] = ()
    date_order: DateOrder | None = None
    date_row: int = 0
    changes: Changes = field(default_factory=Changes)


def look_over(
    records: Records,
    data: bytes,
    today: date,
    overrides: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> LookedOver:
    """Read a list and sort its rows; nothing is written.

    overrides: heading -> field, "ignore", or "birth_date:day-first". Raises :class:`BadInput` for a
    heading or field that does not exist.
    """
    seen = preview(data, today, overrides)
    return LookedOver(seen, _sorted(seen.rows, records.find(Patient), progress))


def import_file(
    store: PeopleStore,
    actor: Actor,
    data: bytes,
    overrides: Mapping[str, str] | None = None,
    dry_run: bool = False,
    decisions: Mapping[int, Decision] | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Import a list: all that can be kept, or nothing. Importing it again adds nobody.

    decisions: row -> what to do with somebody who may be here already; without one the row is left
    out and counted. ``dry_run`` says what would happen.
    """
    require(actor, Right.IMPORT)
    today = _today(store, actor)
    with store.read() as records:
        seen = look_over(records, data, today, overrides, progress)
    if dry_run or not seen.ready:
        return _result(seen, seen.sorted.new, decisions or {})
    with store.write(actor) as unit:
        unit.because(f"{IMPORTED} {seen.preview.source}")
        new = _not_added_meanwhile(unit, seen.sorted.new)
        kept = _decided(seen.sorted.doubtful, decisions or {}, Choice.ADD)
        unit.add_all([draft.patient for draft in (*new, *(one.draft for one in kept))])
        for one in _decided(seen.sorted.doubtful, decisions or {}, Choice.MERGE):
            _fill_in(unit, (decisions or {})[one.draft.row].patient_id, one.draft.patient)
        return _result(seen, new, decisions or {}, unit.commit())


def _today(store: PeopleStore, actor: Actor) -> date:
    with store.write(actor) as unit:
        return local_day(unit.at, unit.setup().clinic.zone)


def _sorted(drafts: Sequence[PatientDraft], people: Sequence[Patient], progress: Progress | None) -> Sorted:
    imported = {(one.source, one.source_id): DuplicateKey.of(one) for one in people if one.source_id}
    index = DuplicateIndex(DuplicateKey.of(one) for one in people if one.merged_into is None)
    found = sort_out(_told(drafts, progress), imported, index)
    already = found.already + tuple(Already(d.draft, d.people[0].id) for d in found.doubtful if _is_here(d))
    return replace(found, already=already, doubtful=tuple(d for d in found.doubtful if not _is_here(d)))


def _told(drafts: Sequence[PatientDraft], progress: Progress | None) -> Iterator[PatientDraft]:
    for done, draft in enumerate(drafts, start=1):
        yield draft
        if progress is not None:
            progress(done, len(drafts))


def _is_here(one: Doubtful) -> bool:
    """Name, birth date and street letter for letter, and nothing that differs: the very same person."""
    if one.same_number is not None or not one.people:
        return False
    parts = dict(one.people[0].parts)
    agrees = all(parts[name] is Agreement.SAME for name in _MUST_AGREE)
    return agrees and Agreement.DIFFERENT not in parts.values() and Agreement.CLOSE not in parts.values()


def _not_added_meanwhile(unit: Unit, new: Sequence[PatientDraft]) -> list[PatientDraft]:
    """Without those whom another desk imported since the list was looked over."""
    there: set[tuple[str, str]] = set()
    numbers = iter(draft.patient.source_id for draft in new)
    while batch := list(islice(numbers, _AT_ONCE)):
        there |= {(one.source, one.source_id) for one in unit.find(Patient, source_id=batch)}
    unclear = {draft.row for draft in new if (draft.patient.source, draft.patient.source_id) in there}
    return [draft for draft in new if draft.row not in unclear]


def _decided(
    doubtful: Iterable[Doubtful], decisions: Mapping[int, Decision], choice: Choice
) -> list[Doubtful]:
    return [one for one in doubtful if (d := decisions.get(one.draft.row)) is not None and d.choice is choice]


def _fill_in(unit: Unit, patient_id: int, listed: Patient) -> None:
    """The record here learns what only the list knows, and whose number it has there."""
    here = unit.get(Patient, patient_id)
    after = combined(here, listed)
    if not here.source_id:
        after = replace(after, source=listed.source, source_id=listed.source_id)
    if after != here:
        unit.save(after)


def _result(
    seen: LookedOver,
    new: Sequence[PatientDraft],
    decisions: Mapping[int, Decision],
    changes: Changes | None = None,
) -> ImportResult:
    sorted_rows = seen.sorted
    kept, merged = (
        len(_decided(sorted_rows.doubtful, decisions, choice)) for choice in (Choice.ADD, Choice.MERGE)
    )
    return ImportResult(
        read=seen.preview.read,
        added=len(new) + kept,
        already=len(sorted_rows.already) + len(sorted_rows.new) - len(new),
        duplicates=len(sorted_rows.doubtful) - kept - merged,
        merged=merged,
        rejected=seen.preview.problems,
        notes=seen.preview.notes,
        questions=seen.preview.questions,
        date_order=seen.preview.date_order,
        date_row=seen.preview.date_row,
        changes=changes or Changes(),
    )
