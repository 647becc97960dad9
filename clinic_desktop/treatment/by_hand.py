"""The record of a visit on paper, for a day without the program: what is known, and lines for the rest.

It is typed in afterwards with the times that stand on it, so it asks for what the program would ask for.
"""

from collections.abc import Iterator
from datetime import datetime

from clinic_desktop.foundation.clock import from_utc_minute, local_time
from clinic_desktop.foundation.document import (
    Block,
    Box,
    BoxKind,
    Cell,
    Document,
    FillLine,
    FillRow,
    Footer,
    Heading,
    KeepTogether,
    PageSize,
    Paragraph,
    Run,
    Running,
    Signature,
    Table,
    TextRole,
    cell,
    text,
)
from clinic_desktop.foundation.words import clock_time, long_date, plain_date, short_date
from clinic_desktop.people.languages import ENGLISH, language_name
from clinic_desktop.people.orders import dose_words
from clinic_desktop.scheduling.model import PhaseKind, PressureLimits, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.way_home import driver_word
from clinic_desktop.treatment.care import Care, care_of
from clinic_desktop.treatment.floors import SPRAVATO_MINUTES, recovery_minutes
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.session import minutes_after_dose, minutes_of

TITLE = "Visit record, by hand"
BOX = "[   ]"  # drawn from signs that every font has
_BODY_PT = 10.0
_ROW_EMS = 1.9
_DEVICES = 3  # of 28 mg, for 84 mg
_MOST_CHECKS = 12  # rows of an infusion's pressures: more go on a second sheet of paper
_LATER = 4  # rows for pressures that nobody could plan
_VITALS = ("Check", "Time", "Pressure", "Pulse", "SpO2", "By")
_VITALS_WIDTHS = (2.2, 1.0, 1.2, 0.8, 0.8, 1.0)
_STAFF = (("nurse", "nurse_id"), ("prescriber", "prescriber_id"), ("therapist", "therapist_id"))


def visit_by_hand(records: ScheduleRecords, visit: Visit, now: datetime) -> Document:
    """One visit's page as it is planned at ``now``."""
    return by_hand(care_of(records, visit, now, records.find(Stamp, visit_id=visit.id)))


def by_hand(care: Care) -> Document:
    """The page: who and what is planned, then lines for times, pressures, doses, checks and the release."""
    at = local_time(care.at, care.visit.zone)
    made = f"As planned on {short_date(at.day)}, {clock_time(at.minute)}. Later changes are not on it."
    blocks: tuple[Block, ...] = (
        Heading(1, text(care.patient.name)),
        Table(tuple(_known(care)), (1.0, 3.4)),
        FillRow(tuple(map(FillLine, ("Arrived at", "In the room at", "Identity checked by")))),
        *_before(care),
        *_given(care),
        Heading(3, text("Pressures and checks")),
        Table(tuple(_vitals(care)), _VITALS_WIDTHS, tuple(map(_small, _VITALS)), row_ems=_ROW_EMS),
        Paragraph(text(_limits(care.limits)), TextRole.SMALL),
        KeepTogether(tuple(_release(care))),
    )
    return Document(
        title=TITLE,
        language=ENGLISH,
        blocks=blocks,
        page_size=PageSize(care.setup.policies.sheet_page),
        body_pt=_BODY_PT,
        running=Running(text(care.patient.name, bold=True), text(long_date(care.visit.day)), everywhere=True),
        footer=Footer((f"{care.setup.clinic.name}. {TITLE}. Visit {care.visit.id}.", made)),
        most_pages=2,
    )


def _known(care: Care) -> Iterator[tuple[Cell, ...]]:
    patient, visit = care.patient, care.visit
    born = plain_date(patient.birth_date) if patient.birth_date else "NOT ON RECORD"
    yield _row("Born", f"{born}. Chart {patient.chart_number or 'without a number'}.")
    yield _row("Visit", " ".join((f"{care.type.name}.", *_marks(visit))))
    yield _row("Times", _times(care))
    yield _row("Room and staff", ", ".join(_where(care)))
    yield _row("Ordered", _ordered(care), bold=True)
    yield _row("Allergies", patient.allergies.strip() or "Nothing on record. Ask.", bold=True)
    for name, said in (("Alerts", patient.alerts), ("Note of the visit", visit.note)):
        if said.strip():
            yield _row(name, said.strip())
    if patient.language != ENGLISH:
        yield _row("Interpreter", language_name(patient.language))
    yield _row("Goes home with", _driver(care))
    phones = ", ".join(" ".join((one.number, one.label)).strip() for one in patient.phones)
    yield _row("Phones", phones or "no phone on record")
    contact = ", ".join(filter(None, (patient.emergency.name, patient.emergency.phone)))
    if contact:
        yield _row("In an emergency", contact)


def _row(name: str, said: str, *, bold: bool = False) -> tuple[Cell, ...]:
    return cell(name), (Paragraph((Run(said, bold, origin=name.lower()),)),)


def _small(words: str) -> Cell:
    return (Paragraph(text(words, bold=True), TextRole.SMALL),)


def _marks(visit: Visit) -> Iterator[str]:
    if visit.state is VisitState.HELD:
        yield f"HELD: {', '.join(sorted(visit.held_for))}."
    if visit.displaced:
        yield "DISPLACED: has no room."


def _times(care: Care) -> str:
    visit = care.visit
    lead = care.type.lead
    leaves = max(visit.end, visit.room_until or 0) - minutes_of(care.type, PhaseKind.TURNOVER)
    parts = [f"be here {_clock(visit.start - lead, visit)}"] if lead else []
    parts += [f"room {_clock(visit.start, visit)}", f"leaves about {_clock(leaves, visit)}"]
    return ", ".join(parts) + f", {long_date(visit.day)}"


def _clock(minute: int, visit: Visit) -> str:
    return clock_time(from_utc_minute(minute, visit.zone).minute)


def _where(care: Care) -> Iterator[str]:
    room = next((one.name for one in care.setup.rooms if one.id == care.visit.room_id), "")
    yield room if room and not care.visit.displaced else "no room"
    names = {one.id: one.name for one in care.setup.staff}
    for role, field in _STAFF:
        if (name := names.get(getattr(care.visit, field) or 0)) is not None:
            yield f"{role} {name}"


def _ordered(care: Care) -> str:
    if care.order is None:
        return "NO ORDER on record. Ask the prescriber before anything is given."
    order = care.order
    until = f", valid to {short_date(order.valid_to)}" if order.valid_to else ""
    return f"{order.drug} {dose_words(order)}, {order.route}{until}"


def _driver(care: Care) -> str:
    visit, plan = care.visit, care.visit.plan
    word = driver_word(visit, care.setup.profile_of(care.type))
    if plan is None:
        return "NOBODY NAMED" if word else "nobody is asked for"
    who = [plan.name or str(plan.kind), plan.phone, visit.plan_relationship, word]
    return ", ".join(filter(None, who))


def _before(care: Care) -> Iterator[Block]:
    yield Heading(3, text("Before the dose"))
    ticks = ["consent seen", "asked: food, drink, medicines, pregnancy", "driver asked for again"]
    if care.rems:
        ticks.append("enrolled in the REMS")
    yield Paragraph(text("   ".join(f"{BOX} {one}" for one in ticks)))
    above = "Above 140 or above 90: the prescriber says whether to go on."
    yield FillRow((FillLine(f"{above} Said by", 3.0), FillLine("at", 1.0)))


def _given(care: Care) -> Iterator[Block]:
    yield Heading(3, text("Given"))
    infused = any(one.kind is PhaseKind.INFUSION for one in care.type.phases)
    if care.rems:
        names, widths, rows = ("Device", "Time", "mg", "Lot", "By"), (0.7, 1.0, 0.8, 2.0, 1.0), _DEVICES
        lead = [cell(str(number)) for number in range(1, rows + 1)]
    elif infused:
        names, widths = ("Infusion", "Time", "mg", "Lot", "By"), (1.4, 1.0, 0.8, 2.0, 1.0)
        lead = [cell("started"), cell("another rate"), cell("ended")]
    else:
        names, widths = ("Dose", "Time", "mg", "Lot", "By"), (0.7, 1.0, 0.8, 2.0, 1.0)
        lead = [cell("1"), cell("2")]
    rest: tuple[Cell, ...] = ((), (), (), ())
    yield Table(tuple((one, *rest) for one in lead), widths, tuple(map(_small, names)), row_ems=_ROW_EMS)
    if care.rems:
        yield Paragraph(text("5 minutes between two devices."), TextRole.SMALL)


def _vitals(care: Care) -> Iterator[tuple[Cell, ...]]:
    names = ["before the dose"]
    infusion = minutes_of(care.type, PhaseKind.INFUSION)
    every = care.setup.policies.iv_vitals_minutes
    if care.rems:
        names.append("40 min after the first device")
    elif infusion and every:
        count = min(infusion // every, _MOST_CHECKS)
        names += [f"{number * every} min after the start" for number in range(1, count + 1)]
    names += [*("" for _ in range(_LATER)), "before release"]
    for name in names:
        yield (cell(name), (), (), (), (), ())


def _limits(limits: PressureLimits) -> str:
    def words(pair: tuple[int, int]) -> str:
        return f"{pair[0]} or {pair[1]}"

    shipped = "" if limits.are_set else " These limits are not set by a prescriber yet."
    return (
        f"At or above {words(limits.tell)}: tell the prescriber, and measure again every "
        f"{limits.repeat_minutes} minutes. At or above {words(limits.emergency)}: emergency, call 911. "
        f"SpO2 at or below {limits.oxygen_low}: nobody is dosed or released.{shipped}"
    )


def _release(care: Care) -> Iterator[Block]:
    infused = any(one.kind is PhaseKind.INFUSION for one in care.type.phases)
    checks = [
        "last pressure acceptable or falling, and signed",
        "sedation, dissociation and breathing settled",
        "walks steadily",
        *(["line out, site checked"] if infused else []),
        "sheet handed over, with its times written in",
        "driver here, fit to drive",
    ]
    rows = tuple((cell(f"{BOX} {one}"), ()) for one in checks)
    yield Heading(3, text("Release"))
    yield Box(BoxKind.NOTICE, (Paragraph(text(_floor(care), bold=True)),))
    yield Table(rows, (3.0, 1.6), (_small("The clock alone releases nobody"), _small("Time, by")))
    yield FillRow((FillLine("Went home with", 2.0), FillLine("phone", 1.2), FillLine("seen by", 1.0)))
    yield FillRow((FillLine("Anything unusual, and whom it was told", 1.0),))
    yield Signature(text("Released by: nurse or prescriber"), "left at")


def _floor(care: Care) -> str:
    """The earliest release, to be reckoned by hand [R1] [R4]."""
    if care.rems:
        anchor = "first" if care.setup.policies.release_anchor == "first" else "last"
        return f"Not before ________: {SPRAVATO_MINUTES} minutes after the {anchor} device."
    if minutes_of(care.type, PhaseKind.INFUSION):
        minutes = recovery_minutes(care.type, care.setup)
        return f"Not before ________: {minutes} minutes after the infusion ended."
    return f"Not before ________: {minutes_after_dose(care.type)} minutes after the last dose."
