"""The floor at work: reads the day that is shown, works the cards out at the desk's clock, and keeps the
panel with the patient who is chosen. A timer only looks at the clock; nothing is counted in memory.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import ClinicProblem, ServerAway
from clinic_desktop.people.similar_names import alike_names
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.progress import runs_on
from clinic_desktop.treatment.stock import lots_for
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.floor.card import Card, Group
from clinic_desktop.ui.floor.checklist import checklist_of
from clinic_desktop.ui.floor.countdown import device_words
from clinic_desktop.ui.floor.entries import BY_KIND, Entry, Wants
from clinic_desktop.ui.floor.head import ordered_mg
from clinic_desktop.ui.floor.kept_cards import Asked, KeptCards
from clinic_desktop.ui.floor.numbers import numbers_of
from clinic_desktop.ui.floor.panel import RecordPanel
from clinic_desktop.ui.floor.reading import FloorRead, Stay, read_copy, read_now, with_kept
from clinic_desktop.ui.floor.shared_room import say_shared
from clinic_desktop.ui.floor.steps import Step, step_for
from clinic_desktop.ui.floor.tile import Row, floor_rows
from clinic_desktop.ui.floor.to_see_words import count_words
from clinic_desktop.ui.floor.typed import Context
from clinic_desktop.ui.floor.typed_times import day_that_is_over
from clinic_desktop.ui.floor.view import FloorView
from clinic_desktop.ui.floor.waits import waits_words
from clinic_desktop.ui.floor.words import next_words
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import HERE, LatestReader, run, show_problem
from clinic_desktop.ui.outage.since_read import SinceRead
from clinic_desktop.ui.wishes import Wish
from clinic_desktop.ui.wording import problem_worded

TICK_MS = 1_000
_NO_FLOOR = QT_TR_NOOP(
    "This computer has no floor to record on. Write on paper, with the time, or record at a desk that shows "
    "the floor; what is on paper is entered once the server is back."
)
_KINDS = frozenset(
    {"stamp", "visit", "sheet", "sheet_print", "rule_override", "clearance", "screening", "drug_order"}
) | {
    "call_attempt",
    "incident",
    "message",
    "score",
    "review",
    "rems_form",
    "drug_movement",
    "stock_count",
}


class Floor(QObject):
    """``overrun`` names visits whose stays ran on; ``turned`` when another day is shown,
    ``came`` when it was read."""

    turned = Signal(object)  # datetime.date
    came = Signal()
    overrun = Signal(list)

    def __init__(self, desk: Desk, view: FloorView, panel: RecordPanel) -> None:
        super().__init__(view)
        self._desk, self._view, self._panel = desk, view, panel
        self.day = desk.today()
        self.read = self._as_read = self._unread = FloorRead(self.day, self.day)
        self.cards: tuple[Card, ...] = ()
        self.rows: tuple[Row, ...] = ()
        self._asked: Wish | None = None  # to choose a visit whose day is looked up
        self._showing = False
        self._minute = -1
        self._kept_cards = KeptCards()
        self._active = self._was_told = False
        self._hears = False  # what is shown was read from the clinic, and every change since
        self._reader: LatestReader[FloorRead] = LatestReader(self, self._arrived, self._could_not)
        self._reader.busy_changed.connect(view.set_busy)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        view.list.picked.connect(self._picked)
        for acts in (view.list.typed, view.list.opened):
            acts.connect(self._by_hand)
        panel.line.line.textChanged.connect(self._line_changed)  # by keys, or by a screen reader
        view.clock.show_time(desk.now(), desk.zone)  # before it is first painted
        desk.hub.changed.connect(self._heard)
        desk.setup_changed.connect(self._set_up_anew)
        desk.actor_changed.connect(self._other_actor)
        self._kept = SinceRead(self, desk.outage, self._kept_meanwhile, self._heard_all)

    # Reading.

    def start(self) -> None:
        """The floor is shown: read today, and look at the clock from now on."""
        self._active = True
        self._timer.start()
        self.go_to(self._desk.today())

    def rest(self) -> None:
        self._active = False
        self._hears = self._hears and self._desk.outage.away_since is not None  # else from here on not
        self._timer.stop()

    def _read(self, then: Callable[[], object] | None = None) -> None:
        self._kept.asks()
        self._reader.read(partial(read_now, self._desk.store, self.day, self._desk.now()), then)
        if self._desk.outage.away_since is not None:  # which may hang, and answer nothing
            self._read_copy(self._say_no_floor)

    def _read_copy(self, otherwise: Callable[[], object]) -> None:
        """What this computer keeps, where it is newer than what is shown; ``otherwise`` where it is not."""
        shown = self._as_read is not self._unread and self._as_read.day == self.day
        copy = None if shown and self._hears else self._desk.outage.open_copy
        if copy is None:
            otherwise()
            return
        work = partial(read_copy, copy, self.day, self._desk.now(), self._as_read.as_of if shown else None)

        def no(_problem: ClinicProblem) -> None:
            otherwise()

        run(self, work, partial(self._copy_came, otherwise), no, quiet=True, pool=HERE)

    def _copy_came(self, otherwise: Callable[[], object], read: FloorRead | None) -> None:
        shown = self._as_read.as_of if self._as_read.day == self.day else None
        if read is None:
            otherwise()
        elif read.as_of is not None and (shown is None or read.as_of > shown):
            self._arrived(read)

    def _say_no_floor(self) -> None:
        if self._as_read is self._unread and self._desk.outage.away_since is not None:
            self._view.set_failure(tr(_NO_FLOOR))
            self.refresh()

    def once_read(self, then: Callable[[], object]) -> None:
        """Now, or as soon as what is being read is here: who was booked a moment ago is found, too. While
        nothing can be read, now."""
        if self._reader.busy and self._desk.outage.away_since is None:
            self._reader.follow(then)
        else:
            then()

    def _picked(self, visit_id: int) -> None:
        if not self._showing:
            self._by_hand()
        self.show_panel(visit_id)

    def _by_hand(self, _typed: str = "") -> None:
        """Somebody works on who is chosen: nobody else is, once something is read that was asked before."""
        self._reader.only_show()
        if self._asked is not None:
            self._asked.drop()

    def _line_changed(self, text: str) -> None:
        if text and not self._showing:  # else it stands there as it was left with who is shown
            self._by_hand()

    def go_to(self, day: date) -> None:
        """Show another day."""
        self._by_hand()
        self._turn_to(day)

    def _turn_to(self, day: date, then: Callable[[], object] | None = None) -> None:
        self.day, self._was_told = day, False
        self.turned.emit(day)
        self._read(then)

    def _heard(self, changes: Changes) -> None:
        if self._active and (self.read.day in changes.days or changes.kinds & _KINDS or changes.patients):
            self._read()

    def _set_up_anew(self) -> None:
        if self._active:
            self._read()

    def _other_actor(self) -> None:
        """What comes next is a matter of rights too."""
        if self._active:
            self.refresh()

    def _arrived(self, read: FloorRead) -> None:
        if read.day != self.day:
            return
        self._as_read, self._hears = read, self._active and not read.from_copy
        self._view.set_failure("")
        self._kept.was_read()
        self.read = with_kept(read, self._kept.entries)
        self.refresh()
        self._say_age()
        self.came.emit()

    def _say_age(self) -> None:
        """Where it was not read and heard of up to the moment at which the server went."""
        self._desk.outage.shows_floor_of(None if self._hears else self._as_read.as_of)

    def _could_not(self, problem: ClinicProblem) -> None:
        if isinstance(problem, ServerAway):
            self._read_copy(partial(self._stays, problem))
        else:
            self._stays(problem)

    def _stays(self, problem: ClinicProblem) -> None:
        """What is shown stays, under its own day; where none was read yet, words take its place."""
        if self._as_read is self._unread:
            words = problem_worded(problem)
            self._view.set_failure(f"{words} {tr(_NO_FLOOR)}" if isinstance(problem, ServerAway) else words)
            self.refresh()
            return
        self._say_age()
        told, self._was_told = self._was_told, False
        if not told:
            show_problem(problem)
        if self.day != self.read.day:
            self.go_to(self.read.day)
            self._was_told = True  # that it cannot be read anew either is no news

    def _kept_meanwhile(self) -> None:
        """Something more is kept on this computer: what is shown goes by it. Or the server went, and what is
        read for the first time would wait for it."""
        if self._active and self._as_read is self._unread:
            self._read_copy(self._say_no_floor)
        self.read = with_kept(self._as_read, self._kept.entries)
        if self._active:
            self.refresh()

    def _heard_all(self) -> None:
        """The server is back, and has what was kept, or soon has: until that is read it is shown as it
        was."""
        self._kept_meanwhile()
        self._hears = self._hears and self._active
        if self._active:
            self._read()

    # The clock.

    def tick(self) -> None:
        """Look at the clock; a new minute changes words, a new day is read."""
        now = self._desk.now()
        self._view.clock.show_time(now, self._desk.zone)
        self._panel.show_countdown(self.countdown(now))
        minute = instant_minute(now)
        if minute == self._minute:
            return
        today = self._desk.today()
        if today != self.read.today:
            self.go_to(today if self.day == self.read.today else self.day)
            return
        self.refresh()
        late = [one.id for one in self.read.here if runs_on(one.visit, one.care.type, minute)]
        if late:
            self.overrun.emit(late)

    def countdown(self, now: datetime) -> str:
        """While a device is due for the patient who is chosen."""
        stay = self.stay
        if stay is None or self.is_over(stay):
            return ""
        return device_words(stay.care.at_time(now, stay.care.whole), now)

    # What is shown.

    def refresh(self) -> None:
        """Work the cards out anew from what was read, at the desk's clock."""
        now = self._desk.now()
        self._minute = instant_minute(now)
        groups = (
            (Group.HERE, self.read.here),
            (Group.COMING, self.read.coming),
            (Group.UNCLOSED, self.read.unclosed),
            (Group.DONE, self.read.done),
            (Group.AWAY, self.read.away),
        )
        numbers = self._numbers()
        there = [one for group, stays in groups if group is not Group.AWAY for one in stays]
        alike = alike_names(one.care.patient for one in there)
        asked = (
            Asked(one, group, numbers.get(one.id, 0), alike.get(one.visit.patient_id, ()))
            for group, stays in groups
            for one in stays
        )
        self.cards = say_shared(self._kept_cards.cards(asked, now), self.read.here)
        self._view.show_day(self.read.day, self.read.today)
        self._view.show_waiting(count_words(self.read.waiting, self.read.today))
        self.rows = floor_rows(self.cards, self.read.rooms(now), self._desk.zone)
        self._showing = True
        self._view.show_rows(self.rows)
        self._showing = False
        self._view.clock.show_time(now, self._desk.zone)
        self.show_panel()

    def _numbers(self) -> dict[int, int]:
        return numbers_of(self.read.here, self.read.coming, self.read.done, self.read.places)

    def in_room(self, number: int) -> Card | None:
        """The card of who is in the room of a number under another one, or under none."""
        there = (one for one in self.read.here if one.visit.entered is not None and one.visit.left is None)
        found = next((one for one in there if self.read.places.get(one.visit.room_id or 0) == number), None)
        return next((one for one in self.cards if found is not None and one.visit_id == found.id), None)

    @property
    def stay(self) -> Stay | None:
        """The stay that is chosen."""
        return self.read.stay(self._view.list.current)

    def context(self, stay: Stay) -> Context:
        """What the line is read against, at this moment."""
        now = self._desk.now()
        care = stay.care.at_time(now, stay.care.whole)
        step = step_for(self._desk.actor, care)
        waits = waits_words(step, care)
        if step.kind is StampKind.RELEASED and self._desk.outage.keeps:  # it would be refused
            step = Step(StampKind.NOTE)
            waits = tr("No release by the program before the server is back: on paper, entered afterwards.")
        lots = lots_for(self.read.lots, care.patient.id)
        return Context(care, now, step.kind, ordered_mg(stay), waits, lots, stay.last_time)

    def is_over(self, stay: Stay) -> bool:
        """Whether the visit's day is: its times are then typed, never taken from the clock."""
        return day_that_is_over(stay.care, self._desk.now()) is not None

    def show_panel(self, _visit_id: int = 0) -> None:
        before, self._showing = self._showing, True
        self._fill_panel()
        self._showing = before

    def _fill_panel(self) -> None:
        stay = self.stay
        card = next((one for one in self.cards if stay is not None and one.visit_id == stay.id), None)
        if stay is None or card is None:
            self._panel.show_nobody()
            return
        context = self.context(stay)
        session = context.care.session
        over = session.ended_at is not None and not session.left_open
        nothing = over or (bool(context.waits) and context.next_kind is StampKind.NOTE)
        step = "" if nothing else next_words(context.next_kind)
        stay = replace(stay, care=context.care)
        self._panel.show_stay(stay, card, checklist_of(context.care), step, context.waits)
        self._panel.line.set_context(context, line_hint(context))
        self._panel.show_countdown(self.countdown(context.now))

    def show_visit(
        self, visit_id: int, day: date | None = None, then: Callable[[], object] | None = None
    ) -> None:
        """Choose a visit, now or as soon as its day is read; ``then`` once it is chosen. Where the day cannot
        be read, or somebody goes on with another meanwhile, nobody is chosen: whatever is typed is about who
        stands there."""
        choose = partial(self._choose, visit_id, then or _nothing)
        if self._is_here(visit_id, day) and choose():
            return
        if day is None:
            store = self._desk.store

            def work() -> date:
                with store.read() as records:
                    return records.get(Visit, visit_id).day

            self._by_hand()
            self._asked = Wish(self._view, lambda found: self.show_visit(visit_id, found, then))
            run(self, work, self._asked.come)
            return
        self._turn_to(day, choose)

    def _choose(self, visit_id: int, then: Callable[[], object]) -> bool:
        found = self._view.list.go_to(visit_id)
        if found:
            then()
        return found

    def _is_here(self, visit_id: int, day: date | None) -> bool:
        """Whether a visit is shown by what this computer knows, while nothing can be read."""
        away = self._desk.outage.away_since is not None
        return away and day in (None, self.read.day) and self.read.stay(visit_id) is not None

    def to_next_unclosed(self) -> bool:
        """To the next visit that an earlier day left open; False when there is none."""
        found = self.read.left_open
        if found:
            here = next((n for n, one in enumerate(found) if one.id == self._view.list.current), -1)
            visit = found[(here + 1) % len(found)]
            self.show_visit(visit.id, visit.day)
        return bool(found)


def _nothing() -> None:
    """Nothing follows."""


def line_hint(context: Context) -> str:
    """What stands below the empty line: what would be typed next."""
    if day_that_is_over(context.care, context.now):
        return tr("The time of that day comes first: 10:07 138/84 92 98")
    entry = BY_KIND[context.next_kind]
    if entry.hint:
        words = tr("{label}: {letter} {hint}") if entry.letter else tr("{label}: {hint}")
        return words.format(label=tr(entry.label), letter=entry.letter, hint=_behind(entry, context))
    return tr("A letter, 138/84 92 98, or a time first: 10:07. A ; begins another.")


def _behind(entry: Entry, context: Context) -> str:
    """What is typed behind a letter; of a dose in mg the ordered amount goes without saying."""
    if entry.wants is not Wants.DOSE or context.care.rems:
        return tr(entry.hint)
    if context.ordered_mg is None:
        return tr(BY_KIND[StampKind.INFUSION_START].hint)
    return tr("alone for the ordered {mg:g} mg, or with another dose").format(mg=context.ordered_mg)
