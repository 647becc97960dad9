"""The paper fail-safe: everything that a day needs when the program does not run, as one document.

A leaf that says what it is, the day by rooms, the call list, a record to write by hand and a pre-filled sheet
for each treatment, and the REMS forms that wait. It is made from one moment of the records, and writes none.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from clinic_desktop.foundation.clock import WallTime, instant_at, local_time, to_utc_minute
from clinic_desktop.foundation.document import (
    Block,
    BulletList,
    Cell,
    Document,
    Footer,
    Heading,
    PageSize,
    Paragraph,
    Table,
    TextRole,
    cell,
    text,
)
from clinic_desktop.foundation.words import clock_time, long_date, plain_date, short_date
from clinic_desktop.people.languages import ENGLISH
from clinic_desktop.people.model import Patient
from clinic_desktop.reports.day_sheet import day_document, day_read
from clinic_desktop.reports.sums import ReportStore, UsageSource
from clinic_desktop.scheduling.call_list import call_list, next_business_day
from clinic_desktop.scheduling.call_sheet import call_sheet
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.treatment.by_hand import BOX, visit_by_hand
from clinic_desktop.treatment.day_after_list import after_list
from clinic_desktop.treatment.day_after_sheet import after_blocks
from clinic_desktop.treatment.ledger import LedgerForm, unsent_forms
from clinic_desktop.treatment.rems_sheet import blank_worksheet

TITLE = "Paper for a day without the program"
_BODY_PT = 11.0
_FORM_WIDTHS = (2.2, 1.3, 1.3, 1.3, 1.6)
_FORM_HEADER = ("Patient", "Born", "Session", "Due", "Sent on, by")
_HOW = (
    "Write each time as a clock shows it, and who did it.",
    "A sheet for a patient counts only once its times are written in.",
    "The clock alone releases nobody: the checks on the visit's page do.",
    "When the program runs again, type in what happened, with the times of the paper. It takes late entries.",
    "Names of patients: keep this out of sight, and shred it when it is typed in.",
)

Ahead = Callable[[ScheduleRecords, Visit, datetime], Document | None]
"""The pre-filled sheet of a visit to come, made at a moment; None where the visit ends without one."""


def days_ahead(records: ScheduleRecords, today: date) -> list[date]:
    """The days that are to be on paper this evening: the next business day, and a day before it on which
    somebody is booked all the same."""
    last = next_business_day(today, roster_for(records.setup()))
    visits = records.visits_on(today + timedelta(days=1), last)
    return sorted({last, *(one.day for one in visits if one.state in LIVE)})


@dataclass(frozen=True, slots=True)
class Part:
    """What goes to a printer in one job. patient: whose it is, for the screen alone; empty for the lists."""

    patient: str
    document: Document


def fail_safe(store: ReportStore, day: date, ahead: Ahead) -> Document:
    """All of a day's paper, one document behind the other."""
    return _chained([one.document for one in parts_of(store, day, ahead)])


def parts_of(store: ReportStore, day: date, ahead: Ahead) -> list[Part]:
    """The same in parts: the lists of the day, one for each treatment, and the REMS forms."""
    with store.read() as records:
        return list(_parts(records, day, store.clock.now(), ahead))


def _parts(records: UsageSource, day: date, now: datetime, ahead: Ahead) -> Iterator[Part]:
    setup = records.setup()
    treatments = _treatments(records, day, setup)
    forms = [one for one in unsent_forms(records) if one.to_send(day)]
    # Who is called is told as that morning tells it: the day itself first.
    morning = max(now, instant_at(to_utc_minute(WallTime(day, 0), setup.clinic.zone)))
    after = after_blocks(after_list(records, morning))
    house = [
        _first_leaf(setup, day, now, len(treatments), len(forms)),
        day_document(day_read(records, day, now)),
        call_sheet(call_list(records, morning), setup, now, "", after, whole_day=True),
    ]
    yield Part("", _chained(house))
    for one in treatments:
        name = records.get(Patient, one.patient_id).name
        yield Part(name, _chained(list(_of_visit(records, one, now, ahead))))
    rems = [blank_worksheet(records, one, now) for one in treatments if _is_rems(one, setup)]
    yield Part("", _chained([_rems_list(setup, day, forms), *rems]))


def _treatments(records: ScheduleRecords, day: date, setup: Setup) -> list[Visit]:
    """In the order of the day."""
    visits = [
        one
        for one in records.visits_on(day, day)
        if one.state in LIVE and setup.type_by_id(one.type_id).is_treatment
    ]
    return sorted(visits, key=lambda one: (one.start, one.room_id or 0, one.id))


def _is_rems(visit: Visit, setup: Setup) -> bool:
    modality = setup.modality_of(setup.type_by_id(visit.type_id))
    return modality is not None and modality.rems


def _of_visit(records: ScheduleRecords, visit: Visit, now: datetime, ahead: Ahead) -> Iterator[Document]:
    yield visit_by_hand(records, visit, now)
    sheet = ahead(records, visit, now)
    if sheet is not None:
        yield sheet


def _first_leaf(setup: Setup, day: date, now: datetime, treatments: int, forms: int) -> Document:
    at = local_time(now, setup.clinic.zone)
    stood = f"{long_date(at.day)}, {clock_time(at.minute)}"
    made = f"The plan as it stood on {stood}. What changed later is not here."
    here = (
        "The day by rooms.",
        "The call list: everybody of the day with phones and drivers, then open calls.",
        f"For each treatment ({treatments}): a record to write by hand, and the patient's sheet, pre-filled.",
        f"REMS forms that are to be sent ({forms}), and a worksheet for each Spravato session of the day.",
    )
    blocks = (
        Heading(1, text(f"{TITLE}: {long_date(day)}")),
        Paragraph(text(made, bold=True)),
        Heading(2, text("What is here")),
        BulletList(tuple(map(text, here))),
        Heading(2, text("How to use it")),
        BulletList(tuple(map(text, _HOW))),
    )
    return _page(setup, TITLE, blocks)


def _rems_list(setup: Setup, day: date, forms: Sequence[LedgerForm]) -> Document:
    """What is to be sent, the first due first."""
    title = "REMS forms to send"
    rows = tuple(_form_row(one, day) for one in forms)
    header = tuple((Paragraph(text(one, bold=True), TextRole.SMALL),) for one in _FORM_HEADER)
    table = Table(rows, _FORM_WIDTHS, header, row_ems=2.4)
    nothing = Paragraph(text("No form of an earlier session waits."))
    return _page(setup, title, (Heading(1, text(f"{title}: {long_date(day)}")), table if rows else nothing))


def _form_row(one: LedgerForm, day: date) -> tuple[Cell, ...]:
    born = one.patient.birth_date
    late = "LATE: " if one.form.due_on < day else "TODAY: " if one.form.due_on == day else ""
    return (
        cell(one.patient.name, bold=True),
        cell(plain_date(born) if born else ""),
        cell(short_date(one.form.session_on)),
        cell(f"{late}{short_date(one.form.due_on)}", bold=bool(late)),
        cell(BOX),
    )


def _page(setup: Setup, title: str, blocks: tuple[Block, ...]) -> Document:
    return Document(
        title=title,
        language=ENGLISH,
        blocks=blocks,
        page_size=PageSize(setup.policies.sheet_page),
        body_pt=_BODY_PT,
        footer=Footer((setup.clinic.name,)),
    )


def _chained(parts: Sequence[Document]) -> Document:
    """One behind the other, each on pages of its own."""
    whole: Document | None = None
    for one in reversed(parts):
        whole = _followed(one, whole)
    return whole or parts[0]


def _followed(one: Document, behind: Document | None) -> Document:
    """What goes out with a document already comes before what follows it."""
    return replace(one, then=behind if one.then is None else _followed(one.then, behind))
