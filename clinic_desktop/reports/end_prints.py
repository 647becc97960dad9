"""Which papers of a day did not come out of a printer, as far as anybody knows."""

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.printed import Printed, PrintState, SheetPrint, as_of
from clinic_desktop.treatment.request import Reading
from clinic_desktop.treatment.session import standing

PAPERS = {
    Printed.SHEET: "aftercare sheet",
    Printed.AGAIN: "aftercare sheet",
    Printed.RECEIPT: "receipt",
    Printed.PREPARATION: "preparation sheet",
}
_NOT_OUT = (PrintState.FAILED, PrintState.SENT, PrintState.UNKNOWN)


def open_prints(there: Reading) -> list[SheetPrint]:
    """By visit and paper the last job of today, where it failed or nobody knows; a sheet that was handed over
    since the last dose is settled."""
    tried = {one.visit_id for one in there.records.find(SheetPrint, state=_NOT_OUT) if _today(there, one)}
    wanted = sorted(one for one in tried if one)
    jobs = there.records.find(SheetPrint, visit_id=wanted) if wanted else []
    last = {(one.visit_id, PAPERS[one.what]): as_of(one, there.now) for one in jobs}
    return [one for one in last.values() if _today(there, one) and _open(there, one)]


def _today(there: Reading, job: SheetPrint) -> bool:
    return job.at is not None and local_day(job.at, there.setup.clinic.zone) == there.today


def _open(there: Reading, job: SheetPrint) -> bool:
    if job.state not in (PrintState.FAILED, PrintState.UNKNOWN):
        return False
    if job.what not in (Printed.SHEET, Printed.AGAIN):
        return True
    session = standing(there.records.find(Stamp, visit_id=job.visit_id))
    return not session.since_dose(StampKind.SHEET_HANDED)
