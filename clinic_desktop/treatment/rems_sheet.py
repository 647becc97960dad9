"""The worksheet of a REMS form on paper: every field of the program's form, filled from the record.

It is copied from by hand, in the order and the words of the form. What the record does not say is a line to
fill in, and the line says that it is not on record.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clinic_desktop.foundation.document import (
    Blank,
    Block,
    Cell,
    Document,
    Footer,
    Heading,
    PageSize,
    Paragraph,
    Run,
    Running,
    Table,
    TextRole,
    Words,
    cell,
    text,
)
from clinic_desktop.foundation.errors import NotFound
from clinic_desktop.foundation.words import long_date, short_date
from clinic_desktop.people.languages import ENGLISH
from clinic_desktop.people.model import Sex, Staff
from clinic_desktop.scheduling.model import DEVICE_MG, Clinic, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.treatment.care import Care, care_of
from clinic_desktop.treatment.infused import given_mg
from clinic_desktop.treatment.leaving import forty_reading
from clinic_desktop.treatment.model import RemsForm, Stamp, StampKind
from clinic_desktop.treatment.pressure import is_high, words_of
from clinic_desktop.treatment.rems_form import FORM_DAYS, QUESTIONS, answers_of
from clinic_desktop.treatment.session import when

TITLE = "REMS monitoring form: worksheet"
_NOTE = "To copy from. The form itself is the program's: it is sent online or by fax, within 7 days."
_BODY_PT = 10.0
_WIDTHS = (1.15, 1.0)
_DEVICE_WIDTHS = (0.5, 1.0, 0.8, 1.7)
_BLANK_DEVICES = 3  # for 84 mg
_USUAL_MG = (2 * DEVICE_MG, 3 * DEVICE_MG)
_GAP, _GAP_EMS = "Not on record: ", 11.0
_HONORIFICS = frozenset({"dr", "dr.", "prof", "prof."})

Field = tuple[str, str]  # its name on the form; its value, empty where the record says nothing


@dataclass(frozen=True, slots=True)
class Read:
    """What a worksheet is made from. treated_before: an earlier session had a dose."""

    form: RemsForm
    care: Care

    @property
    def visit(self) -> Visit:
        return self.care.visit

    @property
    def clinic(self) -> Clinic:
        return self.care.setup.clinic


def read_worksheet(store: ScheduleStore, visit_id: int, now: datetime) -> Read:
    with store.read() as records:
        return _read(records, visit_id, now)


def blank_worksheet(records: ScheduleRecords, visit: Visit, now: datetime) -> Document:
    """The pages of a session to come: the patient and the clinic are filled in, the session is lines."""
    due = visit.day + timedelta(days=FORM_DAYS)
    form = RemsForm(visit_id=visit.id, session_on=visit.day, due_on=due)
    return worksheet(Read(form, care_of(records, visit, now, ())), rows=_BLANK_DEVICES)


def _read(records: ScheduleRecords, visit_id: int, now: datetime) -> Read:
    if not (forms := records.find(RemsForm, visit_id=visit_id)):
        raise NotFound("rems form", visit_id)
    stamps = records.find(Stamp, visit_id=visit_id)
    return Read(forms[0], care_of(records, records.get(Visit, visit_id), now, stamps))


def worksheet(read: Read, *, rows: int = 0) -> Document:
    """The pages. rows: empty lines for devices, where the session is still to come."""
    blocks: list[Block] = [Heading(1, text(TITLE)), Paragraph(text(_NOTE), TextRole.SMALL)]
    for title, fields in sections(read):
        blocks += [Heading(2, text(title)), Table(tuple(map(_row, fields)), _WIDTHS)]
    blocks += [Heading(2, text("Each device")), _devices(read, rows)]
    blocks.append(Paragraph(text(_standing(read)), TextRole.SMALL))
    return Document(
        title=TITLE,
        language=ENGLISH,
        blocks=tuple(blocks),
        page_size=PageSize(read.care.setup.policies.sheet_page),
        body_pt=_BODY_PT,
        running=Running(text(read.care.patient.name), text(f"Session {long_date(read.form.session_on)}")),
        footer=Footer((f"{read.clinic.name}. Worksheet, not the form itself.",)),
        most_pages=2,
    )


def _row(field: Field) -> tuple[Cell, ...]:
    name, value = field
    words: Words = (Run(value, True),) if value else (Run(_GAP), Blank(_GAP_EMS))
    return (cell(name), (Paragraph(words),))


def gaps(read: Read) -> list[str]:
    """The fields that the record says nothing of, in the form's order."""
    return [name for _, fields in sections(read) for name, value in fields if not value]


def sections(read: Read) -> list[tuple[str, list[Field]]]:
    """Every field of the form, in its order and its words [R3] [R4]."""
    return [
        ("Patient", list(_patient(read))),
        ("Concomitant medication", list(_answered(read, medicine=True))),
        ("Provider conducting monitoring", list(_provider(read))),
        ("Healthcare setting", list(_setting(read))),
        ("Treatment session", list(_session(read))),
        ("Vital signs", list(_vitals(read))),
        ("Events", list(_answered(read, medicine=False))),
    ]


def _patient(read: Read) -> Iterator[Field]:
    patient, on = read.care.patient, read.form.session_on
    given, initial = _initial(patient.given_name)
    born = patient.birth_date
    yield "First name", given
    yield "Middle initial", initial
    yield "Last name", patient.family_name
    yield "Birthdate (MM/DD/YYYY)", f"{born:%m/%d/%Y}" if born else ""
    yield "Sex (male / female / other)", "" if patient.sex is Sex.UNKNOWN else str(patient.sex)
    yield "First treatment?", "No" if read.care.treated_before else "Yes"
    enrolled = patient.rems_enrolled_on
    if read.care.treated_before:
        yield "If first: enrolled in the REMS?", "not the first"
    else:
        known = enrolled is not None and enrolled <= on
        yield "If first: enrolled in the REMS?", f"Yes, {enrolled:%m/%d/%Y}" if known else ""


def _initial(given: str) -> tuple[str, str]:
    """ "Amara J." is Amara, with the initial J."""
    *first, last = given.split() or [""]
    return (" ".join(first), last[0]) if first and len(last.rstrip(".")) == 1 else (given, "")


def _answered(read: Read, *, medicine: bool) -> Iterator[Field]:
    given = {one.code: one for one in answers_of(read.form)}
    for question in QUESTIONS:
        if question.medicine is medicine:
            item = given[question.code]
            answer = "" if item.present is None else "Yes" if item.present else "No"
            yield question.asks, f"{answer}: {item.note}" if answer and item.note else answer


def _provider(read: Read) -> Iterator[Field]:
    """Who signed the release; until then the nurse of the visit."""
    released = read.care.session.last(StampKind.RELEASED)
    who = released.by if released else read.visit.nurse_id
    person = next((one for one in read.care.setup.staff if one.id == who), Staff())
    parts = [one for one in person.name.split() if one.casefold() not in _HONORIFICS]
    phones = read.clinic.phones
    yield "First name", " ".join(parts[:-1])
    yield "Last name", parts[-1] if parts else ""
    yield "Telephone", person.phone or (phones[0].number if phones else "")
    yield "Email", person.email


_PLACE = re.compile(
    r"(?P<street>.+?)\s*,\s*(?P<city>[^,]+?),?\s+(?P<state>[A-Z]{2})\s+(?P<zip>\d{5}(-\d{4})?)"
)


def _setting(read: Read) -> Iterator[Field]:
    """The address is kept as it is written; where it does not end in city, state and ZIP, those are gaps."""
    lines = [one.strip(" ,") for one in read.clinic.address.splitlines() if one.strip(" ,")]
    found = _PLACE.fullmatch(", ".join(lines))
    street = found["street"] if found else ", ".join(lines)
    first, _, second = street.partition(", ")
    yield "Name", read.clinic.name
    yield "Address 1", first
    yield "Address 2", second or ("none" if first else "")
    yield "City", found["city"] if found else ""
    yield "State", found["state"] if found else ""
    yield "ZIP", found["zip"] if found else ""


def _session(read: Read) -> Iterator[Field]:
    form, session = read.form, read.care.session
    mg = given_mg(session, read.care.at)
    dose = f"{mg:g} mg" if mg in _USUAL_MG else f"other: {mg:g} mg"
    lots = list(dict.fromkeys(one.lot.strip() for one in session.devices))
    yield "Treatment date (MM/DD/YYYY)", f"{form.session_on:%m/%d/%Y}"
    yield "Dose administered: 56 mg / 84 mg / other", dose if mg else ""
    yield "Lot number(s)", ", ".join(lots) if all(lots) else ""
    yield (
        "Total time in minutes, first device to end of monitoring (at least 120)",
        "" if form.minutes is None else str(form.minutes),
    )
    yield (
        "Without the 2-hour minimum, ready to leave after ... minutes from start",
        "" if form.ready_minutes is None else str(form.ready_minutes),
    )


def _vitals(read: Read) -> Iterator[Field]:
    care, session = read.care, read.care.session
    before, forty = session.pressure_before, forty_reading(session)
    after = session.pressures_after
    last = after[-1] if after and after[-1] is not forty else None
    missed = session.last(StampKind.FORTY_MISSED)
    instead = f"not taken: {missed.note}" if missed else ""
    yield "In acceptable range before administration?", _acceptable(care, before)
    yield "In acceptable range before session completion?", _acceptable(care, last)
    yield "Blood pressure before administration (systolic/diastolic mmHg)", _reading(care, before)
    yield "Blood pressure 40 minutes after administration", _reading(care, forty) or instead
    yield "Blood pressure before session completion", _reading(care, last)


def _acceptable(care: Care, reading: Stamp | None) -> str:
    """Up to 140/90 it is; above, what a clinician said of it is told beside the numbers."""
    if reading is None:
        return ""
    if not is_high(reading):
        return "Yes"
    said = "accepted by a clinician" if care.accepted(reading) else "not accepted"
    return f"{words_of(reading)}, {said}"


def _reading(care: Care, reading: Stamp | None) -> str:
    return f"{words_of(reading)} at {care.shown(when(reading))}" if reading else ""


def _devices(read: Read, rows: int) -> Table:
    header = tuple(cell(one, bold=True) for one in ("No.", "Time", "Dose", "Lot"))
    given = tuple(_device_rows(read.care, read.care.session.devices))
    empty = tuple((cell(str(number)), (), (), ()) for number in range(len(given) + 1, rows + 1))
    return Table((*given, *empty), _DEVICE_WIDTHS, header, row_ems=1.9 if rows else 0.0)


def _device_rows(care: Care, devices: Sequence[Stamp]) -> Iterator[tuple[Cell, ...]]:
    for number, one in enumerate(devices, start=1):
        lot: Cell = cell(one.lot) if one.lot.strip() else (Paragraph((Run(_GAP), Blank(_GAP_EMS))),)
        yield cell(str(number)), cell(care.shown(when(one))), cell(f"{one.dose or 0:g} mg"), lot


def _standing(read: Read) -> str:
    form = read.form
    ended = read.care.session.ended_at
    end = f"Left at {read.care.shown(ended)}." if ended else "The end of the session is not on record."
    parts = [f"Due {short_date(form.due_on)}.", end]
    if read.clinic.rems_number:
        parts.append(f"Certified in the REMS as {read.clinic.rems_number}.")
    if form.sent_on is not None:
        parts.append(f"Sent {short_date(form.sent_on)}.")
    return " ".join(parts)
