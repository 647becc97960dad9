"""One row of a list as a patient."""

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.folding import digits, fold, squeezed
from clinic_desktop.people.identity_numbers import without_identity_numbers
from clinic_desktop.people.importing import rules
from clinic_desktop.people.importing.columns import Mapping
from clinic_desktop.people.importing.dates import DateReader
from clinic_desktop.people.importing.fields import DATES, NAMES, PHONES, Field
from clinic_desktop.people.importing.names import split_name, without_added_digits
from clinic_desktop.people.importing.reading import Row
from clinic_desktop.people.importing.rules import RowProblem
from clinic_desktop.people.importing.values import NOTHING, language_of, sex_of
from clinic_desktop.people.model import Address, Contact, Patient, Phone, Sex
from clinic_desktop.people.phones import usual_phone
from clinic_desktop.people.validation import problems

_TEXTS = (Field.NOTES, Field.ALERTS, Field.ALLERGIES)
_ESSENTIAL = (*NAMES, Field.BIRTH_DATE)
# "None" among allergies is an answer, and Na is a name.
_MEAN_WHAT_THEY_SAY = (*NAMES, Field.MIDDLE_NAME, Field.PREFERRED_NAME, Field.EMERGENCY_NAME, *_TEXTS)
_MAIL = re.compile(r"[^\s@]@[^\s@]")

Cells = dict[Field, str]


@dataclass(frozen=True, slots=True)
class PatientDraft:
    """A row read as a patient, not yet kept. ``patient.source`` and ``patient.source_id`` name it
    for good, so that a second import of the list adds nobody."""

    row: int
    patient: Patient


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one row: a draft, or why not; and what else is to be said of it."""

    draft: PatientDraft | None = None
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the rows of one list."""

    headings: Sequence[str]
    mapping: Mapping
    dates: DateReader
    source: str
    strip_digits: bool = False

    def read(self, row: Row) -> Outcome:
        """The row as a patient, or every reason why not."""
        if broken := self._broken(row):
            return Outcome(problems=(RowProblem(row.number, "", broken),))
        cells = self._cells(row)
        clean = {field: without_identity_numbers(text) for field, text in cells.items()}
        dropped = tuple(_dropped(row.number, field) for field in cells if clean[field] != cells[field])
        clean = {field: text for field, text in clean.items() if text}
        unreadable = tuple(self._unreadable(clean))
        who = self._who(clean, {field for field, _ in unreadable})
        found = tuple(RowProblem(row.number, field, why, who) for field, why in unreadable)
        if found:
            return Outcome(problems=found, notes=dropped)
        patient, left = self._patient(clean)
        wrong = problems(patient, self.dates.today)
        if not wrong.keys().isdisjoint(_unreachable(patient)):
            patient, more = _without_unusable(patient, wrong.keys())
            left, wrong = left + more, problems(patient, self.dates.today)
        if wrong:
            found = tuple(RowProblem(row.number, field, why, who) for field, why in wrong.items())
            return Outcome(problems=found, notes=dropped)
        draft = PatientDraft(row.number, _with_source(_with_notes(patient, left), self.source, clean))
        notes = tuple(_kept_in_notes(row.number, field, text) for field, text in left)
        return Outcome(draft, (), (*dropped, *notes))

    def _who(self, cells: Cells, unreadable: set[str]) -> str:
        """The name in the row as the list of patients writes it; empty where it is what cannot be read."""
        given, family = self._names(cells) if unreadable.isdisjoint(NAMES) else ("", "")
        return Patient(given_name=given, family_name=family).name

    def _broken(self, row: Row) -> Finding | None:
        columns, cells = len(self.headings), len(row.cells)
        if row.quote_open:
            return Finding(rules.QUOTE_OPEN)
        if cells > columns and any(cell.strip() for cell in row.cells[columns:]):
            return Finding(rules.ROW_TOO_LONG, {"cells": cells, "columns": columns})
        for column in self.mapping.known:
            if column.at >= cells and column.field in _ESSENTIAL:
                return Finding(rules.ROW_TOO_SHORT, {"column": column.heading})
        return None

    def _cells(self, row: Row) -> Cells:
        """Field -> what stands there; several phones of one kind in several lines."""
        cells: Cells = {}
        for column in self.mapping.known:
            text = _tidied(row.cells[column.at] if column.at < len(row.cells) else "", column.field)
            if text:
                cells[column.field] = f"{cells[column.field]}\n{text}" if column.field in cells else text
        return cells

    def _unreadable(self, cells: Cells) -> Iterator[tuple[str, Finding]]:
        names = [(field, cells[field]) for field in NAMES if field in cells]
        if not names:
            yield Field.FAMILY_NAME, Finding(rules.NAME_MISSING)
        for field, text in names:
            if not any(c.isalpha() for c in text) or _MAIL.search(text):
                yield field, Finding(rules.NAME_UNREADABLE, {"value": text})
        for field in DATES:
            if field in cells and self.dates.read(cells[field]) is None:
                params = {"value": cells[field], "example": self.dates.example}
                yield field, Finding(rules.DATE_UNREADABLE, params)

    def _patient(self, cells: Cells) -> tuple[Patient, "list[Left]"]:
        """The patient, and what the row says that was not understood."""
        given, family = self._names(cells)
        sex, language = sex_of(cells.get(Field.SEX, "u")), language_of(cells.get(Field.LANGUAGE, "en"))
        not_understood = {Field.SEX: sex is None, Field.LANGUAGE: language is None}
        patient = Patient(
            given_name=given,
            family_name=family,
            preferred_name=cells.get(Field.PREFERRED_NAME, ""),
            birth_date=self.dates.read(cells.get(Field.BIRTH_DATE, "")),
            death_date=self.dates.read(cells.get(Field.DEATH_DATE, "")),
            sex=sex or Sex.UNKNOWN,
            language=language or "en",
            phones=_phones(cells),
            email=cells.get(Field.EMAIL, ""),
            address=Address(
                street=", ".join(cells[f] for f in (Field.STREET, Field.STREET_2) if f in cells),
                city=cells.get(Field.CITY, ""),
                state=cells.get(Field.STATE, ""),
                postcode=cells.get(Field.POSTCODE, ""),
            ),
            emergency=Contact(
                cells.get(Field.EMERGENCY_NAME, ""),
                cells.get(Field.EMERGENCY_RELATIONSHIP, ""),
                usual_phone(cells.get(Field.EMERGENCY_PHONE, "")),
            ),
            allergies=cells.get(Field.ALLERGIES, ""),
            alerts=cells.get(Field.ALERTS, ""),
            notes=cells.get(Field.NOTES, ""),
        )
        return patient, [(field, cells[field]) for field, is_left in not_understood.items() if is_left]

    def _names(self, cells: Cells) -> tuple[str, str]:
        given, family = cells.get(Field.GIVEN_NAME, ""), cells.get(Field.FAMILY_NAME, "")
        if Field.FULL_NAME in cells:
            split_given, split_family = split_name(cells[Field.FULL_NAME])
            given, family = given or split_given, family or split_family
        given = " ".join(filter(None, (given, cells.get(Field.MIDDLE_NAME, ""))))
        if self.strip_digits:
            return without_added_digits(given), without_added_digits(family)
        return given, family


Left = tuple[Field, str]


def _tidied(text: str, field: Field) -> str:
    text = text.strip() if field in _TEXTS else " ".join(text.split())
    return "" if field not in _MEAN_WHAT_THEY_SAY and fold(text) in NOTHING else text


def _dropped(row: int, field: Field) -> Finding:
    return Finding(rules.NUMBERS_DROPPED, {"row": row, "field": field.replace("_", " ")})


def _phones(cells: Cells) -> tuple[Phone, ...]:
    return tuple(
        Phone(number, label)
        for field, label in PHONES.items()
        for number in dict.fromkeys(map(usual_phone, cells.get(field, "").splitlines()))
    )


def _unreachable(patient: Patient) -> set[str]:
    """The names, in :func:`problems`, of the ways to reach a patient: unusable ones go to the notes."""
    return {"email", "emergency.phone", *(f"phones.{at}" for at in range(len(patient.phones)))}


def _without_unusable(patient: Patient, wrong: Collection[str]) -> tuple[Patient, list[Left]]:
    """The patient without a mail or phone that is none, and what was taken out."""
    left: list[Left] = []
    phones = []
    for at, phone in enumerate(patient.phones):
        if f"phones.{at}" in wrong:
            left.append((Field.PHONE, phone.number))
        else:
            phones.append(phone)
    if "email" in wrong:
        left.append((Field.EMAIL, patient.email))
        patient = replace(patient, email="")
    if "emergency.phone" in wrong:
        left.append((Field.EMERGENCY_PHONE, patient.emergency.phone))
        patient = replace(patient, emergency=replace(patient.emergency, phone=""))
    return replace(patient, phones=tuple(phones)), left


def _with_notes(patient: Patient, left: Sequence[Left]) -> Patient:
    lines = [f"{field.replace('_', ' ').capitalize()}: {text}" for field, text in left]
    return replace(patient, notes="\n".join(filter(None, (patient.notes, *lines))))


def _kept_in_notes(row: int, field: Field, text: str) -> Finding:
    return Finding(rules.KEPT_IN_NOTES, {"row": row, "value": text, "field": field.replace("_", " ")})


def _with_source(patient: Patient, source: str, cells: Cells) -> Patient:
    return replace(patient, source=source, source_id=cells.get(Field.SOURCE_ID) or _fingerprint(patient))


def _fingerprint(patient: Patient) -> str:
    """Stands for a row without a number of its own; the same row gets the same again."""
    told = (
        squeezed(patient.given_name),
        squeezed(patient.family_name),
        str(patient.birth_date or ""),
        *(digits(phone.number) for phone in patient.phones),
        fold(patient.email),
    )
    return "row:" + hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:32]
