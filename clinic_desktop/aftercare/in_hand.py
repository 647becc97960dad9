"""Whether a sheet is in somebody's hands: what counts is the visit's own record, where a handover that never
was can be struck out and a wrong time put right. Pure."""

from clinic_desktop.aftercare.facts_json import facts_from_json
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moments import same_minute
from clinic_desktop.treatment.session import Session


def handed_over(sheet: Sheet, session: Session) -> Stamp | None:
    """The record of the handover of this sheet, the last one where there are several; None where the sheet
    was never handed over, or where that was struck out."""
    if sheet.handed_at is None:
        return None
    counts_from = facts_from_json(sheet.facts).counts_from
    handed = session.all_of(StampKind.SHEET_HANDED)
    return next((one for one in reversed(handed) if same_minute(one.counts_from, counts_from)), None)
