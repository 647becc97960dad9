"""The aftercare sheet of a visit to come, for a day without the program.

The dose is still to come, so nothing that counts from it is printed: those are lines. For Spravato the day
after is known with the day of the visit [L4]. It is no sheet on record: nothing was made, printed or handed
over, and a release asks for a true one, or for this one with its times written in.
"""

from dataclasses import replace
from datetime import datetime

from clinic_desktop.aftercare.compose import Ahead, Made, compose_ahead
from clinic_desktop.aftercare.facts import compute_facts
from clinic_desktop.aftercare.sheets import source_of
from clinic_desktop.aftercare.texts import template_of, text_for
from clinic_desktop.aftercare.values import AFTER_TREATMENT, SheetFacts, SheetKind
from clinic_desktop.foundation.clock import instant_at
from clinic_desktop.foundation.document import Box, BoxKind, Document, FillLine, FillRow, Paragraph, text
from clinic_desktop.foundation.words import plain_date
from clinic_desktop.scheduling.model import PhaseKind, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.treatment.session import minutes_of

MARK = "Pre-filled, times by hand"
_AFTER_DOSE = frozenset({"alcohol_until", "decisions_until", "drive_from", "drive_time"})
_COUNTS = "It counts only once the clinic has written the times on its lines. Not on record as printed."


def ahead_sheet(records: ScheduleRecords, visit: Visit, now: datetime) -> Document | None:
    """The pages; None for a visit that ends without a sheet. ``now``: when they are made."""
    visit_type = records.setup().type_by_id(visit.type_id)
    if visit_type.sheet not in AFTER_TREATMENT:
        return None
    infused = bool(minutes_of(visit_type, PhaseKind.INFUSION))
    # The facts are reckoned as if the dose were given at the visit's time: of them only the day is printed.
    planned = instant_at(visit.start)
    source = replace(
        source_of(records, visit.id),
        last_dose_at=planned,
        infused=infused,
        infusion_ended_at=planned if infused else None,
    )
    facts = compute_facts(source)
    chosen = text_for(records, facts.kind, facts.language, visit.day)
    template = template_of(chosen.text, facts.zone)
    return compose_ahead(template, facts, Made(now, ""), ahead_of(facts))


def ahead_of(facts: SheetFacts) -> Ahead:
    """What of the facts is left to be written by hand, and what the box says."""
    fields, infused = set(_AFTER_DOSE), facts.infusion_end is not None
    spravato = facts.kind == SheetKind.SPRAVATO
    if not spravato:
        fields |= {"drive_date", "infusion_end" if infused else "last_dose"}
    if facts.adult_until is not None:
        fields.add("adult_until")
    anchor = "the infusion ended" if infused else "the last dose"
    said = [f"{MARK}. {_COUNTS}"]
    if facts.no_drive_hours:
        said.append(f"Driving, the day and then the time: {facts.no_drive_hours} hours after {anchor}.")
    else:
        said.append(f"The day holds for a visit on {plain_date(facts.visit_day)} alone.")
    lines = (FillLine("Times written by", 2.0), FillLine("at", 1.0))
    words = Paragraph(text(" ".join(said), bold=True))
    return Ahead(frozenset(fields), Box(BoxKind.DANGER, (words, FillRow(lines))), MARK)
