"""What the floor does to a visit, through the use cases and off the GUI thread, each with its words."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from clinic_desktop.aftercare.sheets import MadeSheet, hand_over
from clinic_desktop.aftercare.to_printer import job_of, true_sheet
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.document import RenderPdf
from clinic_desktop.foundation.errors import (
    BadInput,
    ClinicProblem,
    EnvironmentFailure,
    Refusal,
    ServerAway,
)
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.calling import Call, Called, record_call
from clinic_desktop.scheduling.holding import confirm_driver, name_driver
from clinic_desktop.scheduling.model import GoingHomePlan, Visit
from clinic_desktop.scheduling.states import ENDED, PLANNED, VisitState
from clinic_desktop.treatment.asked import ask
from clinic_desktop.treatment.bringing import bring_into, other_room
from clinic_desktop.treatment.kept_entries import judge_here, kept_entry, not_to_be_kept
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.overriding import override_driver, override_first_dose
from clinic_desktop.treatment.progress import note_overruns
from clinic_desktop.treatment.recording import Recorded, record
from clinic_desktop.treatment.rules import EMERGENCY
from clinic_desktop.ui import operations
from clinic_desktop.ui.calls.words import WHOMS, outcome_words
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.floor.reading import Stay
from clinic_desktop.ui.floor.said import said_later
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.outage.on_its_way import OnItsWay
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame, NoticeAction
from clinic_desktop.ui.printer_choice import chosen
from clinic_desktop.ui.printers import Printed, print_pages, printer_here
from clinic_desktop.ui.recorded_print import Sent, send_on_record
from clinic_desktop.ui.wording import all_worded, fields_worded, problem_worded, worded

T = TypeVar("T")
Slipped = Callable[[dict[str, str]], object]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Stamps that somebody wants to record, kept while a refusal is on the screen. said: in words. typed:
    what stood in the panel when it was begun."""

    stay: Stay
    stamps: tuple[Stamp, ...]
    said: str
    typed: object = None


class FloorActions(QObject):
    """``done`` carries what was saved; ``refused`` and ``slipped`` what was wanted. ``typed`` says what
    stands in the panel: an answer may come when somebody has gone on there."""

    done = Signal(object)  # Wanted
    refused = Signal(object, object)  # Wanted, Refusal
    slipped = Signal(object, object)  # Wanted, dict of problems

    def __init__(self, frame: Frame, desk: Desk, render: RenderPdf, parent: QObject) -> None:
        super().__init__(parent)
        self._frame, self._desk, self._render = frame, desk, render
        self._looks: dict[int, list[Callable[[], object]]] = {}  # visit -> what takes its notices away
        self.typed: Callable[[], object] = lambda: None

    def record(self, wanted: Wanted, *, happened: bool = False) -> None:
        """Save stamps; ``happened``: they are true whatever the rules say. While the server is away they are
        kept on this computer."""
        wanted = replace(wanted, typed=self.typed())
        store, actor, visit_id = self._desk.store, self._desk.actor, wanted.stay.id
        now = self._desk.now()  # of Enter: a line that is lost may be noticed much later
        if self._desk.outage.keeps:
            self._keep(wanted, actor, now, happened=happened)
            return
        sheet = wanted.stay.sheet
        new = [one for one in wanted.stamps if one.corrects is None]
        handing = next((one for one in new if one.kind is StampKind.SHEET_HANDED), None)
        if handing is not None and sheet is not None:
            to, at = handing.person, handing.at
            work = partial(hand_over, store, actor, sheet, to, at=at, happened=happened)
            self._run(work, self._told, wanted)
            return

        later = partial(self._keep, wanted, actor, now, happened=happened)
        way = OnItsWay(partial(later, waits=True))

        def save() -> tuple[Recorded, Visit | None]:
            keep = record if other_room(wanted.stamps) is None else bring_into
            saved = keep(way.through(store), actor, visit_id, wanted.stamps, happened=happened)
            others = list[Visit]()
            with suppress(EnvironmentFailure), store.read() as records:  # it is saved all the same
                others = records.find(Visit, patient_id=saved.visit.patient_id)
            coming = [one for one in others if one.state in PLANNED and one.start > saved.visit.start]
            return saved, min(coming, key=lambda one: one.start, default=None)

        key, lost = f"floor:{wanted.stay.id}", partial(self._not_recorded, way, wanted, later)
        made = operations.run(self, save, partial(self._recorded, way, wanted), lost, key=key)
        if made is not None:
            made.kept_if_away = True
            self._desk.outage.begin(way)

    def _not_recorded(
        self, way: OnItsWay, wanted: Wanted, later: Callable[[], None], problem: ClinicProblem
    ) -> None:
        if not self._desk.outage.answered(way):
            return  # it is kept by now
        if isinstance(problem, ServerAway):
            self._desk.outage.gone()
            later()
        else:
            self._failed(wanted, problem)

    def _keep(
        self, wanted: Wanted, actor: Actor, now: datetime, *, happened: bool, waits: bool = False
    ) -> None:
        """It has happened, and the server cannot be told: asked by what is known here, and kept as whoever
        recorded it, at the time when they did. While the line hung somebody else may have come in."""
        try:
            stamps = judge_here(actor, wanted.stay.care, wanted.stamps, now, happened=happened)
        except Refusal as refusal:
            waits = not_to_be_kept(wanted.stamps) is not None  # there is no saying that it has happened
            self._failed(replace(wanted, stamps=()) if waits else wanted, refusal)
            return
        except ClinicProblem as problem:
            self._failed(wanted, problem)
            return
        known, visit = wanted.stay.care.whole.stamps, wanted.stay.care.visit
        said = said_later(wanted.said, now, visit.zone)
        entry = kept_entry(actor, visit.id, stamps, now, said, happened=happened, known=known, visit=visit)
        kept, failed = partial(self._kept, wanted), partial(self._failed, wanted)
        self._desk.outage.keep(entry, kept, failed, waits=waits)

    def _kept(self, wanted: Wanted) -> None:
        self._frame.say(tr("{what}. Kept on this computer").format(what=wanted.said))
        self.done.emit(wanted)

    def _run(self, work: Callable[[], T], on: Callable[[Wanted, T], None], wanted: Wanted) -> None:
        wanted, key = replace(wanted, typed=self.typed()), f"floor:{wanted.stay.id}"
        operations.run(self, work, partial(on, wanted), partial(self._failed, wanted), key=key)

    def _failed(self, wanted: Wanted, problem: ClinicProblem) -> None:
        if isinstance(problem, Refusal):
            self.refused.emit(wanted, problem)
        elif isinstance(problem, BadInput):
            self.slipped.emit(wanted, fields_worded(problem.problems))
        else:
            operations.show_problem(problem)

    def _recorded(self, way: OnItsWay, wanted: Wanted, result: tuple[Recorded, Visit | None]) -> None:
        saved, following = result
        if not self._desk.outage.answered(way):  # it was said to be kept; what is there twice counts once
            self._desk.hub.tell(saved.changes)
            return
        self._told(wanted, saved.changes)
        for take_away in self._looks.pop(saved.visit.id, []):
            take_away()  # the record is a step further; what still stands, stands on the card
        if saved.warnings:  # one notice: several would lie over what they are about
            danger = any(one.code == EMERGENCY.code for one in saved.warnings)
            words = all_worded(saved.warnings)
            shown = self._frame.notice(tr("Look at this"), words, Tone.DANGER if danger else Tone.WARN)
            self._looks.setdefault(saved.visit.id, []).append(shown)
        moved = any(one.kind is StampKind.MOVED_ROOM for one in wanted.stamps)
        for visit in saved.displaced:
            title = tr("The room was to be another's") if moved else tr("This stay runs on")
            self._looks.setdefault(saved.visit.id, []).append(self._displaced(visit, title))
        self._afterwards(wanted, saved.visit, following)

    def _told(self, wanted: Wanted, changes: Changes) -> None:
        self._frame.say(wanted.said)
        self.done.emit(wanted)
        self._desk.record(changes)

    def _displaced(self, visit: Visit, title: str) -> Callable[[], object]:
        """Said once; what stays of it stands in the panel, and covers nothing there."""
        time = clock_time(visit.minute)
        words = tr("The visit at {time} has lost its room. It needs another place.").format(time=time)
        action = NoticeAction(tr("Repair the day"), partial(self.repair_day, visit.day, visit.id))
        return self._frame.notice(title, words, Tone.DANGER, action)

    def repair_day(self, day: date, visit_id: int | None) -> None:
        """On the board, with a proposal for what lost its place that day; ``visit_id``: what is looked at."""
        board = self._frame.go("board")
        show, propose = (getattr(board, name, None) for name in ("show_visit", "repair_day"))
        if visit_id is not None and callable(show):
            show(visit_id, day)
        if callable(propose):
            propose(day, "stands" if visit_id is not None else "", visit_id)

    def _afterwards(self, wanted: Wanted, visit: Visit, following: Visit | None) -> None:
        """What an end out of turn leaves to do at once."""
        name = wanted.stay.care.patient.name
        if visit.state in (VisitState.LEFT_EARLY, VisitState.TRANSFERRED) and _ends(wanted.stamps):
            words = tr("Tell the prescriber (T), make the calls (K), and record both. An incident is open.")
            transferred = visit.state is VisitState.TRANSFERRED
            title = tr("{name} was transferred") if transferred else tr("{name} left before release")
            self._frame.notice(title.format(name=name), words, Tone.DANGER)
        elif visit.state in ENDED and any(one.kind in _GIVES for one in wanted.stamps):
            words = tr(
                "Tell the prescriber (T). If {name} is here, strike the end out (Ctrl+H): else nothing is "
                "due. An incident is open."
            ).format(name=name)
            self._frame.notice(tr("{name}: dosed after the end").format(name=name), words, Tone.DANGER)
        elif visit.state is VisitState.NOT_TREATED and _ends(wanted.stamps):
            words = " ".join([*_open_again(wanted.stay), _next_words(following)])
            self._frame.notice(tr("{name} was not treated").format(name=name), words, Tone.INFO)

    def override(self, stay: Stay, reason: str, *, at_release: bool) -> None:
        """A prescriber allows to go on without the driver."""
        store, actor = self._desk.store, self._desk.actor
        said = tr("{name}: allowed without a driver").format(name=stay.care.patient.name)
        work = partial(override_driver, store, actor, stay.id, reason, at_release=at_release)
        self._run(work, self._told, Wanted(stay, (), said))

    def override_first_dose(self, stay: Stay, reason: str) -> None:
        """A prescriber allows 84 mg on a first day."""
        store, actor = self._desk.store, self._desk.actor
        said = tr("{name}: 84 mg allowed").format(name=stay.care.patient.name)
        work = partial(override_first_dose, store, actor, stay.id, reason)
        self._run(work, self._told, Wanted(stay, (), said))

    def ask(self, stay: Stay, rule: str, why: str) -> None:
        """Put it before a prescriber; what is asked already is said in the line."""
        said = tr("{name}: a prescriber is asked").format(name=stay.care.patient.name)
        work = partial(ask, self._desk.store, self._desk.actor, stay.id, rule, why)
        self._run(work, self._told, Wanted(stay, (), said))

    def name_driver(self, stay: Stay, plan: GoingHomePlan) -> None:
        store, actor, seen = self._desk.store, self._desk.actor, (stay.id, stay.visit.version)
        said = tr("{name}: {driver} drives home").format(name=stay.care.patient.name, driver=plan.name)

        def work() -> Changes:
            return name_driver(store, actor, [seen], plan).changes

        self._run(work, self._told, Wanted(stay, (), said))

    def confirm_driver(self, stay: Stay) -> None:
        store, actor, visit = self._desk.store, self._desk.actor, stay.visit
        said = tr("{name}: {driver} is confirmed").format(name=stay.care.patient.name, driver=visit.plan_name)

        def work() -> Changes:
            return confirm_driver(store, actor, visit.id, visit.version).changes

        self._run(work, self._told, Wanted(stay, (), said))

    def call(self, stay: Stay, call: Call) -> None:
        """Put a call about the visit on record."""
        store, actor = self._desk.store, self._desk.actor
        words = tr("{name}. {whom} called: {outcome}")
        whom = call.person or tr(WHOMS[call.whom])
        said = words.format(name=stay.care.patient.name, whom=whom, outcome=call_words(call))

        def work() -> Called:
            return record_call(store, actor, call)

        def recorded(wanted: Wanted, called: Called) -> None:
            said = " ".join([wanted.said, *(worded(one) for one in called.findings)])
            self._told(replace(wanted, said=said), called.changes)

        self._run(work, recorded, Wanted(stay, (), said))

    def print_sheet(self, stay: Stay, then: Callable[[], object]) -> None:
        """Print the sheet that is true, made with its facts where there is none; ``then`` when it is there to
        be handed over. It is on record whatever the printer does, and the next time the same one goes out."""
        make = partial(true_sheet, self._desk.store, self._desk.actor, stay.id, self._render)
        said = tr("{name}: print the sheet").format(name=stay.care.patient.name)
        self._run(make, partial(self._send_sheet, then), Wanted(stay, (), said))

    def _send_sheet(self, then: Callable[[], object], wanted: Wanted, made: MadeSheet) -> None:
        store, actor, stay = self._desk.store, self._desk.actor, wanted.stay
        printing = tr("Printing the sheet") + " \N{HORIZONTAL ELLIPSIS}"
        self._told(replace(wanted, said=printing), made.changes)
        if made.why:
            self._frame.notice(tr("Look at this"), all_worded(made.why), Tone.WARN)
        name = f"sheet-{made.sheet.visit_id}-{made.sheet.copy_number}"
        send = partial(print_pages, made.pdf.data, tr("Aftercare"), name)

        def work() -> Sent:
            job = replace(job_of(made), printer=printer_here(), copies=chosen().copies)
            return send_on_record(store, actor, job, send)

        # Not the stay's own key: whoever records meanwhile does not wait for a printer.
        key, pool = f"floor.print:{stay.id}", operations.AT_PRINTERS
        operations.run(self, work, partial(self._sheet_sent, stay, then), key=key, pool=pool)

    def _sheet_sent(self, stay: Stay, then: Callable[[], object], sent: Sent) -> None:
        self._frame.say(_where_the_sheet_is(sent.printed) if sent.printed else "")
        self._desk.record(sent.changes)
        if sent.unrecorded is not None:
            said = problem_worded(sent.unrecorded)
            self._frame.notice(tr("What came of it is not on record"), said, Tone.WARN)
        if sent.problem is not None:
            title = tr("{name}: the sheet did not come out").format(name=stay.care.patient.name)
            said = tr("{why} Ctrl+P once more.").format(why=problem_worded(sent.problem))
            self._frame.notice(title, said, Tone.DANGER)
        else:
            then()

    def note_overruns(self, visit_ids: Sequence[int]) -> None:
        """A stay ran on as time passed: displace whoever was to have its room."""
        store, actor = self._desk.store, self._desk.actor
        work = partial(note_overruns, store, actor, list(visit_ids))
        operations.run(self, work, self._desk.hub.tell, _nothing, key="floor:overruns", quiet=True)


def _where_the_sheet_is(printed: Printed) -> str:
    if printed.file is not None:
        return tr("No printer here. Sheet saved as {place}").format(place=printed.file)
    words = tr("Sheet printed on {place}") if printed.sure else tr("Sheet sent to {place}. Look there for it")
    return words.format(place=printed.printer)


def call_words(call: Call) -> str:
    """What came of it, or when somebody comes."""
    if call.arrives is None:
        return outcome_words(call.outcome)
    return tr("comes at {time}").format(time=clock_time(call.arrives))


_GIVES = (StampKind.DOSE, StampKind.INFUSION_START)


def _ends(stamps: Sequence[Stamp]) -> bool:
    ends = (StampKind.LEFT_EARLY, StampKind.TRANSFERRED, StampKind.NOT_TREATED)
    return any(one.kind in ends for one in stamps)


def _open_again(stay: Stay) -> list[str]:
    """A visit of a course that came to nothing wants a new time."""
    if not stay.planned or stay.stopped:
        return []
    pattern = tr("Visit {no} of {planned} waits on the to-place list.")
    return [pattern.format(no=stay.visit.course_no, planned=stay.planned)]


def _next_words(following: Visit | None) -> str:
    if following is None:
        return tr("No next visit is booked. Offer one.")
    when = tr("{day}, {time}").format(day=short_date(following.day), time=clock_time(following.minute))
    return tr("The next visit is on {when}.").format(when=when)


def _nothing(_problem: ClinicProblem) -> None:
    """The next minute asks again."""
