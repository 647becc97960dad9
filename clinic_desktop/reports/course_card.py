"""A patient's course on a card for the wallet: when to come, and whom to call. Neither treatment nor drug."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_desktop.foundation.document import (
    Block,
    Cards,
    Document,
    Footer,
    Lines,
    PageSize,
    Paragraph,
    Run,
    Table,
    cell,
    text,
)
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import Patient
from clinic_desktop.reports.day_sheet import Say
from clinic_desktop.reports.sums import ReportStore
from clinic_desktop.scheduling.model import Course, Setup, Visit
from clinic_desktop.scheduling.states import LIVE, NEVER_CAME, VisitState

VISITS_TO_A_CARD = 6
_WIDTH, _HEIGHT = 252.0, 162.0  # points: 3.5 by 2.25 inches
_BODY_PT = 9.0

OF = "{number} of {planned}"
CARD = "card {number} of {cards}"
TO_PLACE = "Not yet given a time: {count}. We will call you."
NOT_YET = "* Not confirmed yet: we will call you."
NO_RIDE_YET = "* Not confirmed yet: we still need to know who takes you home."
NO_OK_YET = "* Not confirmed yet: we still need an OK from our medical team."
NEITHER_YET = "* Not confirmed yet: we still need an OK from our medical team, and who takes you home."
CALL = "Call us if you cannot come: {phone}"
CUT = "Cut along the dashes. It names no treatment; it is the patient's own."

SPOKEN = (OF, CARD, TO_PLACE, NOT_YET, NO_RIDE_YET, NO_OK_YET, NEITHER_YET, CALL, CUT)
_WAITS_FOR = {
    frozenset({"driver"}): NO_RIDE_YET,
    frozenset({"clearance"}): NO_OK_YET,
    frozenset({"driver", "clearance"}): NEITHER_YET,
}


@dataclass(frozen=True, slots=True)
class CourseOnPaper:
    """What the card is made from: the course with its visits by time."""

    setup: Setup
    patient: Patient
    course: Course
    visits: tuple[Visit, ...]


def read_courses(store: ReportStore, patient_id: int) -> tuple[CourseOnPaper, ...]:
    """The patient's courses that still have visits to come, each with all that took place or is to come."""
    with store.read() as records:
        setup, patient = records.setup(), records.get(Patient, patient_id)
        visits = sorted(records.find(Visit, patient_id=patient_id), key=lambda one: (one.start, one.id))
        courses = records.find(Course, patient_id=patient_id)
    out = []
    for course in courses:
        mine = tuple(one for one in visits if one.course_id == course.id and one.state not in NEVER_CAME)
        if any(one.state in LIVE for one in mine):
            out.append(CourseOnPaper(setup, patient, course, mine))
    return tuple(out)


def card_document(courses: Sequence[CourseOnPaper], say: Say = str) -> Document:
    """The cards to cut out: six visits to a card. There must be a course."""
    cards = tuple(card for one in courses for card in _cards(one, say))
    page = PageSize(courses[0].setup.policies.sheet_page)
    grid = Cards(cards, _WIDTH, _HEIGHT)
    return Document("Course card", "en", (grid,), page, body_pt=_BODY_PT, footer=Footer((say(CUT),), ""))


def _cards(read: CourseOnPaper, say: Say) -> list[tuple[Block, ...]]:
    starts = range(0, len(read.visits), VISITS_TO_A_CARD)
    parts = [read.visits[n : n + VISITS_TO_A_CARD] for n in starts]
    return [_card(read, part, number, len(parts), say) for number, part in enumerate(parts, start=1)]


def _card(
    read: CourseOnPaper, visits: Sequence[Visit], number: int, cards: int, say: Say
) -> tuple[Block, ...]:
    clinic, patient = read.setup.clinic, read.patient
    initial = f"{patient.family_name[0]}." if patient.family_name else ""
    about = [part for part in (patient.preferred_name or patient.given_name, initial) if part]
    whose = [" ".join(about), *([say(CARD).format(number=number, cards=cards)] if cards > 1 else [])]
    out: list[Block] = [
        Paragraph(text(clinic.name, bold=True)),
        Paragraph(text(", ".join(part for part in whose if part))),
    ]
    out.append(Table(tuple(_row(read, one, say) for one in visits), (3, 2, 1.6), lines=Lines.NONE))
    held = [one for one in visits if one.state is VisitState.HELD]
    if held:
        waits = frozenset[str]().union(*(one.held_for for one in held))
        out.append(Paragraph(text(say(_WAITS_FOR.get(waits, NOT_YET)))))
    if read.course.to_place and number == cards:
        out.append(Paragraph(text(say(TO_PLACE).format(count=read.course.to_place))))
    if clinic.phones:
        phone = clinic.phones[0]
        said = say(CALL).format(phone=", ".join(part for part in (phone.number, phone.hours) if part))
        out.append(Paragraph((Run(said, bold=True),)))
    return tuple(out)


def _row(read: CourseOnPaper, visit: Visit, say: Say) -> tuple[tuple[Block, ...], ...]:
    which = say(OF).format(number=visit.course_no, planned=read.course.planned) if visit.course_no else ""
    if visit.state is VisitState.HELD:
        which = f"{which} *".strip()
    return (cell(short_date(visit.day), bold=True), cell(clock_time(visit.minute), bold=True), cell(which))
