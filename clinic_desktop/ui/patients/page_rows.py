"""What the sections of a patient's page say, line by line: pure, so that it can be read in a test."""

from collections.abc import Iterator
from dataclasses import dataclass

from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.check_list import LINES, Weight, answers
from clinic_desktop.people.clearances import Stand, Standing, standings
from clinic_desktop.people.languages import ENGLISH, language_name
from clinic_desktop.people.model import Order, Patient, Sex
from clinic_desktop.people.orders import dose_words, in_force, notes_of, visits_left
from clinic_desktop.people.to_dos import to_dos
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.treatment.day_after import names_of
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.page_facts import PageFacts
from clinic_desktop.ui.patients.wording import (
    INDICATIONS,
    SEXES,
    day_words,
    driver_words,
    phone_words,
)
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import reason_worded, worded

_STANDING = {
    Standing.HOLDS: (QT_TR_NOOP("Cleared"), Tone.OK),
    Standing.ENDS_SOON: (QT_TR_NOOP("Ends soon"), Tone.WARN),
    Standing.ENDED: (QT_TR_NOOP("Ended"), Tone.NEUTRAL),
    Standing.WITHDRAWN: (QT_TR_NOOP("Withdrawn"), Tone.DANGER),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a section, and what it stands for."""

    row: Row
    payload: object = None


def to_do_lines(facts: PageFacts) -> list[Line]:
    """What is missing; the payload is the part of the record it belongs to."""
    return [Line(_to_do_row(worded(one.finding)), one.part) for one in to_dos(facts.chart, facts.today)]


def flag_words(facts: PageFacts) -> str:
    """What a check-in call put before the prescriber, and nobody has answered."""
    return "\n".join(
        tr("Check-in call, yes to: {items}. {note}").format(
            items=", ".join(tr(name) for name in names_of(one.items)), note=one.note
        )
        for one in facts.flags
    )


def clearance_lines(facts: PageFacts) -> list[Line]:
    """How the patient stands for each modality; the payload is the clearance that counts."""
    found = standings(facts.clearances, facts.today)
    order = {one.code: at for at, one in enumerate(facts.setup.modalities)}
    ordered = sorted(found, key=lambda code: order.get(code, len(order)))
    return [Line(_clearance_row(facts, found[code]), found[code].clearance) for code in ordered]


def _clearance_row(facts: PageFacts, stand: Stand) -> Row:
    clearance = stand.clearance
    word, tone = _STANDING[stand.standing]
    if stand.standing is Standing.WITHDRAWN:
        text = tr("withdrawn: {reason}").format(reason=clearance.note)
    else:
        pattern = tr("to {until}, {who}, {on}")
        who = facts.staff_name(clearance.cleared_by)
        text = pattern.format(until=day_words(clearance.until), who=who, on=day_words(clearance.on))
    return Row(facts.modality(clearance.modality), text, badge=tr(word), tone=tone)


def screening_words(facts: PageFacts) -> tuple[str, Tone]:
    """Whether the check list was reviewed, and by whom."""
    screening = facts.screening
    if screening is None:
        return tr("Not asked yet"), Tone.WARN
    if not screening.reviewed:
        return tr("Waits for review"), Tone.WARN
    return tr("Reviewed"), Tone.OK


def screening_lines(facts: PageFacts) -> list[Line]:
    """What was answered with yes, contraindications first."""
    if facts.screening is None:
        return []
    there = [item for item in answers(facts.screening) if item.present]
    rows = []
    for item in there:
        line = LINES.get(item.code)
        forbids = line is not None and line.weight is Weight.CONTRAINDICATION
        badge, tone = (tr("Contraindication"), Tone.DANGER) if forbids else (tr("Caution"), Tone.WARN)
        name = line.name if line else item.code
        rows.append(Line(Row(name[:1].upper() + name[1:], item.note, badge=badge, tone=tone)))
    return rows


def signature_words(facts: PageFacts) -> str:
    """ "Nothing to note. Maya Jones, Nov 3, 2026"."""
    screening = facts.screening
    if screening is None or screening.reviewed_at is None:
        return ""
    nothing = "" if any(item.present for item in screening.items) else tr("Nothing to note.")
    who = f"{facts.staff_name(screening.reviewed_by)}, {day_words(facts.day_of(screening.reviewed_at))}"
    return " ".join(part for part in (nothing, who) if part)


def _to_do_row(words: str) -> Row:
    """What is asked in a line of its own, and what there is to know about it below."""
    asked, mark, rest = words.partition("? ")
    return Row(f"{asked}?" if mark else words, rest, icon="right")


def order_lines(facts: PageFacts) -> list[Line]:
    """Orders in force first; the payload is the order."""
    ordered = sorted(facts.orders, key=lambda one: (not in_force(one, facts.today, facts.given), -one.id))
    return [Line(_order_row(facts, one), one) for one in ordered]


def _order_row(facts: PageFacts, order: Order) -> Row:
    stands_now = in_force(order, facts.today, facts.given)
    badge, tone = (tr("In force"), Tone.OK) if stands_now else (tr("Ended"), Tone.NEUTRAL)
    if order in facts.chart.unsettled(order.modality, facts.today):
        badge, tone = tr("Does not count"), Tone.WARN
    text = f"{facts.modality(order.modality)}, {dose_words(order)}"
    details = ", ".join(part for part in _order_details(facts, order) if part)
    return Row(text, details, badge=badge, tone=tone)


def _order_details(facts: PageFacts, order: Order) -> Iterator[str]:
    """What was written with it first: why a high dose is meant must not be what a short row cuts."""
    yield ", ".join(map(reason_worded, notes_of(order)))
    if order.interval_days:
        yield tr("every %n day(s)", "", order.interval_days)
    if order.visits:
        yield tr("%n visit(s) left", "", visits_left(order, facts.given) or 0)
    if order.valid_to:
        yield tr("to {day}").format(day=day_words(order.valid_to))
    yield facts.staff_name(order.ordered_by)
    yield f"{order.drug} {order.route}"  # the treatment says it, too: let this be what a short row cuts


def driver_lines(facts: PageFacts) -> list[Line]:
    """Usual drivers; the payload is their number."""
    return [
        Line(
            Row(
                ", ".join(part for part in (one.name, one.relationship) if part) or tr("Alone"),
                driver_words(one),
                right=one.phone,
            ),
            at,
        )
        for at, one in enumerate(facts.patient.drivers)
    ]


def visit_lines(facts: PageFacts) -> list[Line]:
    """What is to come, then what was; the payload is the visit."""
    return [Line(_visit_row(facts, one), one) for one in (*facts.coming, *facts.past)]


def _visit_row(facts: PageFacts, visit: Visit) -> Row:
    kind = facts.setup.type_by_id(visit.type_id)
    room = next((one.name for one in facts.setup.rooms if one.id == visit.room_id), "")
    day = short_date(visit.day) if visit.day.year == facts.today.year else day_words(visit.day)
    when = tr("{day}, {time}").format(day=day, time=clock_time(visit.minute))
    number = tr("visit {n}").format(n=visit.course_no) if visit.course_no else ""
    what = ", ".join(part for part in (kind.name, number, room, _way_home(visit)) if part)
    return Row(when, what, right=state_word(visit.whereabouts), state=visit.whereabouts)


def _way_home(visit: Visit) -> str:
    plan = visit.plan
    return tr("driver {name}").format(name=plan.name) if plan is not None and plan.name else ""


def treatment_facts(patient: Patient) -> list[tuple[str, str]]:
    """Why they are treated, and the programme."""
    enrolled = day_words(patient.rems_enrolled_on) if patient.rems_enrolled_on else tr("Not enrolled")
    return [
        (tr("Reason"), tr(INDICATIONS[patient.indication])),
        (tr("Spravato program"), enrolled),
        (tr("Allergies"), patient.allergies or tr("Not asked yet")),
    ]


def reach_facts(patient: Patient) -> list[tuple[str, str]]:
    """How to reach them and who else may be told."""
    facts = [(tr("Phone"), "\n".join(map(phone_words, patient.phones))), (tr("Email"), patient.email)]
    facts.append((tr("May be contacted"), permission_words(patient)))
    if patient.permissions.may_tell:
        facts.append((tr("May be told"), patient.permissions.may_tell))
    facts.append((tr("Language"), _language(patient)))
    facts.append((tr("Emergency"), emergency_words(patient)))
    facts.append((tr("Address"), address_words(patient)))
    if patient.sex is not Sex.UNKNOWN:
        facts.append((tr("Sex"), tr(SEXES[patient.sex])))
    return [(name, value or tr("Not recorded")) for name, value in facts]


def permission_words(patient: Patient) -> str:
    allowed = patient.permissions
    ways = (
        (allowed.voicemail, tr("voicemail")),
        (allowed.text, tr("text message")),
        (allowed.email, tr("email")),
    )
    given = ", ".join(word for yes, word in ways if yes)
    return tr("by {ways}").format(ways=given) if given else tr("by call in person only")


def _language(patient: Patient) -> str:
    name = language_name(patient.language)
    parts = [name, tr("large print") if patient.large_print else ""]
    if patient.language != ENGLISH:
        parts.append(tr("interpreter"))
    return ", ".join(part for part in parts if part)


def emergency_words(patient: Patient) -> str:
    one = patient.emergency
    return ", ".join(part for part in (one.name, one.relationship, one.phone) if part)


def address_words(patient: Patient) -> str:
    one = patient.address
    town = " ".join(part for part in (one.state, one.postcode) if part)
    return ", ".join(part for part in (one.street, one.city, town) if part)
