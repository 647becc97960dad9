"""What the Calls place does off the GUI thread: read the list, print it, make a text anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from clinic_desktop.aftercare.slips_out import stale_slips
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.document import RenderPdf
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import near_date
from clinic_desktop.scheduling.call_list import CallRow, Span, call_days, call_list
from clinic_desktop.scheduling.call_sheet import TITLE, call_sheet
from clinic_desktop.scheduling.call_words import Caller, script
from clinic_desktop.scheduling.calls import Whom
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.treatment.day_after_list import AfterRow, after_list
from clinic_desktop.treatment.day_after_sheet import after_blocks
from clinic_desktop.ui.calls.words import line_words
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.printers import Printed, print_pages, printer_here
from clinic_desktop.ui.recorded_print import Leaving


@dataclass(frozen=True, slots=True)
class CallsRead:
    """The list at a moment, and the days of each part of it."""

    today: date
    rows: tuple[CallRow, ...]
    days: dict[Span, tuple[date, ...]]
    slips: Mapping[int, tuple[Finding, ...]]  # by patient: papers in their hands that are not true any more
    after: tuple[AfterRow, ...]  # check-in calls, the day after

    def of(self, span: Span) -> list[CallRow]:
        return [one for one in self.rows if one.span is span]

    def heading(self, span: Span) -> str:
        """ "Tuesday, November 17"; of several days the last, which is the business day."""
        days = self.days[span]
        if span is Span.TODAY or len(days) == 1:
            return near_date(days[-1])
        return tr("to {day}").format(day=near_date(days[-1]))


def read_calls(store: ScheduleStore, now: datetime) -> CallsRead:
    with store.read() as records:
        setup = records.setup()
        today = local_day(now, setup.clinic.zone)
        spans = call_days(today, roster_for(setup))
        days = {span: tuple(day for day, one in spans.items() if one is span) for span in Span}
        rows = tuple(call_list(records, now))
        slips = stale_slips(records, [one.patient.id for one in rows], now)
        return CallsRead(today, rows, days, slips, tuple(after_list(records, now)))


def print_calls(store: ScheduleStore, actor: Actor, now: datetime, by: str, render: RenderPdf) -> Printed:
    """The open calls as they stand at this moment, on paper."""
    with store.read() as records:
        setup = records.setup()
        after = after_blocks(after_list(records, now))
        document = call_sheet(call_list(records, now), setup, now, by, after)
    pdf, day = render(document), local_day(now, setup.clinic.zone).isoformat()
    Leaving(store, actor, "call list", about={"day": day}).put(printer_here())
    return print_pages(pdf.data, tr(TITLE), f"call-list-{day}")


def fresh_text(store: ScheduleStore, now: datetime, visit_id: int, caller: Caller) -> str:
    """The words of a text for a visit as it stands now; empty where there is none to send any more."""
    with store.read() as records:
        row = next((one for one in call_list(records, now) if one.visit.id == visit_id), None)
    sms = script(row, Whom.PATIENT, caller).sms if row is not None else None
    return line_words(sms) if sms else ""
