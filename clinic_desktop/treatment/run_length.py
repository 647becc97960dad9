"""Whether an infusion ran about as long as its type plans. Pure: the case in, findings out."""

from datetime import datetime

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.model import PhaseKind
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.infused import runs_of
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.order_of_times import leaves_its_time
from clinic_desktop.treatment.rules import INFUSION_LONG, INFUSION_SHORT, INFUSION_SHORT_RATED
from clinic_desktop.treatment.session import Session, minutes_of, when

# Shares of the planned minutes between which an end is not asked about. No source names them; they are our
# choice: wide enough that a pump set a little faster or slower asks nobody.
LEAST_SHARE, MOST_SHARE = 0.75, 1.5


def unusual_length(care: Care, whole: Session, stamp: Stamp) -> list[Finding]:
    """An end that comes clearly early or late is asked about; so is a correction that makes one. ``whole`` is
    the record with ``stamp``. Where the infusion was held up, all that it ran counts."""
    planned, ran = minutes_of(care.type, PhaseKind.INFUSION), minutes_run(whole)
    if not planned or ran is None or not _says_how_long(care, stamp):
        return []
    if ran > planned * MOST_SHARE:
        return [care.says(INFUSION_LONG, planned=planned, ran=ran)]
    if ran >= planned * LEAST_SHARE:
        return []
    runs = list(runs_of(whole))
    dose = sum(one.dose for one in runs)
    known = [one.mg_by(care.at) for one in runs]
    if None not in known:
        mg = round(sum(one or 0 for one in known), 1)
        return [care.says(INFUSION_SHORT_RATED, planned=planned, ran=ran, given=f"{mg:g}", dose=f"{dose:g}")]
    return [care.says(INFUSION_SHORT, planned=planned, ran=ran, dose=f"{dose:g}")]


def _says_how_long(care: Care, stamp: Stamp) -> bool:
    """A start is the beginning of another run; only its correction changes how long one was."""
    ends = stamp.kind is StampKind.INFUSION_STOP
    begun_anew = stamp.kind is StampKind.INFUSION_START and stamp.corrects is not None
    return (ends or begun_anew) and not leaves_its_time(care, stamp)


def minutes_run(whole: Session) -> int | None:
    """By the clock on the wall, all runs together; None while one runs, and where there was none."""
    begun: datetime | None = None
    total: int | None = None
    for one in whole.all_of(StampKind.INFUSION_START, StampKind.INFUSION_STOP):
        if one.kind is StampKind.INFUSION_START:
            begun = begun or when(one)
        elif begun is not None:
            total, begun = (total or 0) + instant_minute(when(one)) - instant_minute(begun), None
    return total if begun is None else None
