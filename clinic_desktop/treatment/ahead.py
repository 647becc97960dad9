"""What a stamp is asked about before it is kept, and what would keep it from being saved. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from clinic_desktop.foundation.rulebook import Finding, blocking
from clinic_desktop.treatment.asking import against_answers
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.dosing import asked_before_dose
from clinic_desktop.treatment.gates import asked
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.order_of_times import measured_gone, unlikely
from clinic_desktop.treatment.run_length import unusual_length
from clinic_desktop.treatment.sedation import against_settled
from clinic_desktop.treatment.session import Session
from clinic_desktop.treatment.slips import filled
from clinic_desktop.treatment.vitals import unlikely_vitals

NEW = 1 << 62  # the id of a stamp that is not written yet: after all others of its moment


def asked_again(care: Care, new: Stamp, after: Session, *, typed: bool) -> list[Finding]:
    """What is asked once more, and kept when it is said again. ``new``: a stamp as it would stand in
    ``after``; ``typed``: its time was."""
    times = unlikely(care, after, new) if typed or measured_gone(care, new) else []
    return [
        *times,
        *asked_before_dose(care, new),
        *unusual_length(care, after, new),
        *unlikely_vitals(care, new),
        *against_settled(care, new),
    ]


def would_be_refused(care: Care, stamp: Stamp, now: datetime) -> Sequence[Finding]:
    """What would keep a stamp from being saved at once, as the visit is known here. Of a correction nothing:
    it says how it was. The drug log is looked at when it is saved."""
    if stamp.corrects is not None:
        return ()
    at = min(stamp.at or now, now)
    care = care.at_time(at, care.whole)
    there = replace(stamp, **filled(care, stamp))  # type: ignore[arg-type]  # replace checks the names
    new = replace(there, id=NEW, visit_id=care.visit.id, at=at, recorded_at=now)
    after = care.whole.with_new(new)
    asks = asked_again(care, new, after, typed=stamp.at is not None)
    soft = [] if stamp.reason.strip() else against_answers(care, there)
    return [*blocking(asked(care, there)), *asks, *soft]
