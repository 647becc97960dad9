"""What the import shows: a list looked over, as lines and tables of plain text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clinic_desktop.foundation.csv_out import write_csv
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.people.import_patients import ImportResult, LookedOver, Progress, look_over
from clinic_desktop.people.importing.fields import Field
from clinic_desktop.people.importing.files import read_list
from clinic_desktop.people.importing.rejected import rejected_rows
from clinic_desktop.people.importing.rows import PatientDraft
from clinic_desktop.people.importing.rules import RowProblem
from clinic_desktop.people.model import Patient
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.patients.form_fields import LABELS
from clinic_desktop.ui.patients.wording import day_words
from clinic_desktop.ui.wording import worded

_FIELDS: dict[Field, str] = {
    Field.SOURCE_ID: QT_TR_NOOP("Number in the other system"),
    Field.GIVEN_NAME: QT_TR_NOOP("First name"),
    Field.MIDDLE_NAME: QT_TR_NOOP("Middle name"),
    Field.FAMILY_NAME: QT_TR_NOOP("Last name"),
    Field.FULL_NAME: QT_TR_NOOP("Whole name"),
    Field.PREFERRED_NAME: QT_TR_NOOP("Goes by"),
    Field.BIRTH_DATE: QT_TR_NOOP("Birth date"),
    Field.DEATH_DATE: QT_TR_NOOP("Date of death"),
    Field.SEX: QT_TR_NOOP("Sex"),
    Field.LANGUAGE: QT_TR_NOOP("Language"),
    Field.EMAIL: QT_TR_NOOP("Email"),
    Field.PHONE: QT_TR_NOOP("Phone"),
    Field.MOBILE_PHONE: QT_TR_NOOP("Mobile phone"),
    Field.HOME_PHONE: QT_TR_NOOP("Home phone"),
    Field.WORK_PHONE: QT_TR_NOOP("Work phone"),
    Field.STREET: QT_TR_NOOP("Street"),
    Field.STREET_2: QT_TR_NOOP("Street, second line"),
    Field.CITY: QT_TR_NOOP("City"),
    Field.STATE: QT_TR_NOOP("State"),
    Field.POSTCODE: QT_TR_NOOP("ZIP code"),
    Field.EMERGENCY_NAME: QT_TR_NOOP("Emergency contact"),
    Field.EMERGENCY_RELATIONSHIP: QT_TR_NOOP("Emergency contact's relationship"),
    Field.EMERGENCY_PHONE: QT_TR_NOOP("Emergency phone"),
    Field.ALLERGIES: QT_TR_NOOP("Allergies"),
    Field.ALERTS: QT_TR_NOOP("Alert"),
    Field.NOTES: QT_TR_NOOP("Notes"),
}


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file as it was read once; looked over again whenever a question is answered."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """A file, and what stands in it; ``here``: records that rows may belong to."""

    file: ListFile
    seen: LookedOver
    here: Mapping[int, Patient]


def field_words(name: str) -> str:
    """A field of the record or of a list, as people call it; empty for the row as a whole."""
    if name in _FIELDS:
        return tr(_FIELDS[Field(name)])
    return tr(LABELS[name]) if name in LABELS else name.replace("_", " ").replace(".", " ").capitalize()


def read_file(path: str) -> ListFile:
    """The file's bytes. Raises :class:`EnvironmentFailure` when it cannot be read, :class:`BadInput` where it
    is larger than a list can be."""
    file = Path(path)
    try:
        return ListFile(file.name, read_list(file))
    except OSError as problem:
        pattern = tr(
            "{name} could not be read: {why}. Nothing was imported. Close it elsewhere, then try again."
        )
        raise EnvironmentFailure(pattern.format(name=file.name, why=problem.strerror)) from problem


def open_list(desk: Desk, file: ListFile, told: Mapping[str, str], progress: Progress) -> Opened:
    """Look a file over; for the work function of an operation."""
    with desk.store.read() as records:
        seen = look_over(records, file.data, desk.today(), told, progress)
        ids = {one.id for doubtful in seen.sorted.doubtful for one in doubtful.people}
        ids |= {one.same_number for one in seen.sorted.doubtful if one.same_number is not None}
        here = {one.id: one for one in records.find(Patient, id=sorted(ids))} if ids else {}
    return Opened(file, seen, here)


PEOPLE_HEADS = (
    QT_TR_NOOP("Row"),
    QT_TR_NOOP("Name"),
    QT_TR_NOOP("Birth date"),
    QT_TR_NOOP("Phone"),
    QT_TR_NOOP("Address"),
)
_REJECTED_HEADS = (QT_TR_NOOP("Row"), QT_TR_NOOP("Field"), QT_TR_NOOP("What to do"))
PROBLEM_HEADS = (QT_TR_NOOP("Row"), QT_TR_NOOP("Name"), QT_TR_NOOP("Field"), QT_TR_NOOP("What to do"))


def people_table(drafts: Sequence[PatientDraft]) -> list[tuple[str, ...]]:
    """One row for each person who would be added."""
    return [(str(draft.row), *_person_cells(draft.patient)) for draft in drafts]


def _person_cells(patient: Patient) -> tuple[str, ...]:
    born = day_words(patient.birth_date) if patient.birth_date else ""
    phone = patient.phones[0].number if patient.phones else ""
    address = ", ".join(part for part in (patient.address.street, patient.address.city) if part)
    return patient.name, born, phone, address


def problem_table(problems: Sequence[RowProblem]) -> list[tuple[str, ...]]:
    """Row, who stands in it, field and remedy of what is left out."""
    return [(str(one.row), one.who, *_told(one)) for one in problems]


def _told(one: RowProblem) -> tuple[str, str]:
    return field_words(one.field) if one.field else tr("whole row"), worded(one.finding)


def rejected_csv(data: bytes, problems: Sequence[RowProblem]) -> str:
    """The rows that were not imported as CSV, with what to do about them."""
    heads = [tr(head) for head in _REJECTED_HEADS]
    return write_csv(rejected_rows(data, problems, heads, _told))


def left_out(seen: LookedOver) -> int:
    """How many rows cannot be read."""
    return len({one.row for one in seen.preview.problems})


def summary_words(seen: LookedOver) -> str:
    """ "115 people in the list: 113 new, 2 to decide"."""
    new, already = len(seen.sorted.new), len(seen.sorted.already)
    open_rows, unread = len(seen.sorted.doubtful), left_out(seen)
    parts = [tr("%n new", "", new)]
    if already:
        parts.append(tr("%n here already", "", already))
    if open_rows:
        parts.append(tr("%n to decide", "", open_rows))
    if unread:
        parts.append(tr("%n cannot be read", "", unread))
    pattern = tr("%n (person|people) in the list", "", seen.preview.read)
    return f"{pattern}: {', '.join(parts)}."


def result_words(result: ImportResult) -> str:
    """What was done, every row accounted for."""
    parts = [tr("%n patient(s) added.", "", result.added)]
    if result.merged:
        parts.append(tr("%n record(s) here learned from the list.", "", result.merged))
    if result.already:
        parts.append(tr("%n (person|people) (is|are) here already.", "", result.already))
    if result.duplicates:
        parts.append(tr("%n left out: perhaps here already.", "", result.duplicates))
    rejected = len({one.row for one in result.rejected})
    if rejected:
        parts.append(tr("%n row(s) could not be read.", "", rejected))
    return " ".join(parts)


def to_import(seen: LookedOver, added_or_merged: int) -> str:
    """What the button says."""
    count = len(seen.sorted.new) + added_or_merged
    return tr("Import %n patient(s)", "", count)
