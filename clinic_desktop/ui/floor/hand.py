"""The hand of whoever records: from the line, a key or a button to the use case, and back with its answer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.states import NEVER_CAME
from clinic_desktop.security.rights import Right, may
from clinic_desktop.treatment.asking_rules import SOFT
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.slip_rules import ASKED
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.floor.actions import FloorActions, Wanted
from clinic_desktop.ui.floor.commands import FLOOR, NEXT
from clinic_desktop.ui.floor.ends import OUT_OF_TURN, ask_end, ask_open_ends, ask_why
from clinic_desktop.ui.floor.entries import BY_KIND
from clinic_desktop.ui.floor.floor import Floor
from clinic_desktop.ui.floor.log import corrected_words
from clinic_desktop.ui.floor.panel import RecordPanel
from clinic_desktop.ui.floor.reading import Stay
from clinic_desktop.ui.floor.reasons import Reasons
from clinic_desktop.ui.floor.said import said_of
from clinic_desktop.ui.floor.typed import Typed, read_line, typed_moment
from clinic_desktop.ui.floor.words import at_clock, next_words
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame, NoticeAction
from clinic_desktop.ui.wording import all_worded, worded

K = StampKind
_AT_ONCE = (K.ARRIVED, K.IN_ROOM, K.CONSENT)  # F5 records these; everything else it puts into the line
_AGAINST = QT_TR_NOOP("Not recorded. The rules speak against it:")


class Hand(QObject):
    """``reveal`` brings the panel up where it is folded away; ``back`` puts the focus on the work."""

    def __init__(
        self,
        frame: Frame,
        desk: Desk,
        floor: Floor,
        panel: RecordPanel,
        actions: FloorActions,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._frame, self._desk, self._floor = frame, desk, floor
        self._panel, self._actions, self._window = panel, actions, window
        self._reasons = Reasons(desk, actions, window)
        self._want(None)
        self._about = 0
        self._half_typed: dict[int, str] = {}  # by visit, while another is chosen
        desk.actor_changed.connect(self._forget_half_typed)
        self._announced: tuple[int, StampKind] | None = None  # the step that was said before F5 records it
        self.reveal: Callable[[], object] = lambda: None
        self.back: Callable[[], object] = lambda: None
        panel.line.entered.connect(self._entered)
        panel.line.insisted.connect(self._insisted_line)
        panel.line.unexplained.connect(self._unexplained)
        panel.line.edited.connect(self._edited)
        panel.refusal.insisted.connect(self.insist)
        panel.refusal.overridden.connect(self.override)
        panel.correcting.corrected.connect(self._corrected)
        panel.correcting.edited.connect(self._edited)
        panel.correcting.insisted.connect(self._insisted_correction)
        panel.correcting.left.connect(self.calm)
        actions.typed = lambda: panel.typed
        actions.done.connect(self._done)
        actions.refused.connect(self._refused)
        actions.slipped.connect(self._slipped)

    # The line.

    def open(self, text: str = "", *, time_first: bool = False) -> None:
        """Put the focus into the line, with a text already typed."""
        if self.chosen() is None:
            return
        self.reveal()
        if any(one.isVisible() for one in (self._panel.correcting, self._panel.naming, self._panel.driver)):
            self.calm()
        self._panel.line.start(text, time_first=time_first)
        self._panel.bring_up(self._panel.line)

    def ask_time(self, kind: StampKind, words: str = "") -> None:
        """Open the line for what happened on a day that is over: only its time is still to be typed."""
        self.open(" ".join(part for part in (BY_KIND[kind].words[0], words) if part), time_first=True)

    def _entered(self, typed: Typed) -> None:
        stay = self._floor.stay
        if stay is not None and typed.call is not None:
            self._actions.call(stay, typed.call)
        elif stay is not None:
            self._record(stay, typed.stamps, typed.said)

    def _record(self, stay: Stay, stamps: tuple[Stamp, ...], said: str) -> None:
        words = tr("{name}: {what}").format(name=stay.care.patient.name, what=said)
        wanted = Wanted(stay, stamps, words)
        handing = any(one.kind is K.SHEET_HANDED and one.corrects is None for one in stamps)
        if handing and stay.sheet is None:
            self._want(wanted)
            words = tr("No sheet is made yet. Ctrl P prints it; Ctrl Enter: a paper one was handed.")
            self._panel.line.say(words)
        else:
            self._actions.record(wanted)

    def _edited(self) -> None:
        self._want(None)
        self._panel.refusal.hide()

    def _now(self, stay: Stay, stamp: Stamp) -> None:
        """Record one stamp at this moment, without the line; where there is no saying that it is meant, the
        line asks: for the time of an earlier day, and for Enter where the visit was cancelled or missed."""
        if self._floor.is_over(stay):
            self.ask_time(stamp.kind, stamp.person or stamp.note)
            return
        if stay.visit.state in NEVER_CAME:
            words = tr("{name}: {state}. Enter records that it happened after all.")
            state = state_word(stay.visit.state)
            self._frame.say(words.format(name=stay.care.patient.name, state=state))
            self.open(" ".join(part for part in (BY_KIND[stamp.kind].words[0], stamp.note) if part))
            return
        said = said_of(BY_KIND[stamp.kind], stamp, [None], stay.visit.zone, stay.visit.day)
        self._record(stay, (stamp,), said)

    # Keys.

    def next(self) -> None:
        """The next step: at once where nothing needs to be said, else in the line."""
        stay = self.chosen()
        if stay is None:
            return
        context = self._floor.context(stay)
        kind = context.next_kind
        if context.waits:
            self._frame.say(context.waits)
        if context.waits and kind is K.NOTE:
            return
        if kind not in (*_AT_ONCE, K.RELEASED):
            self._open_for(stay, kind)
        elif self._is_seen(stay, kind):
            self._now(stay, Stamp(kind=kind))

    def _is_seen(self, stay: Stay, kind: StampKind) -> bool:
        """Nothing is recorded, let alone signed, by a key whose step nobody can read: where it does not stand
        on the screen it is shown and said first, and the key pressed once more records it."""
        step, said = (stay.id, kind), self._announced
        self._announced = None
        if said == step or self._panel.names_next:
            return True
        self._announced = step
        self.reveal()
        words = tr("{name}: {step}. {key} once more records it.")
        key, step_words = key_text(NEXT.keys[0]), next_words(kind)
        self._frame.say(words.format(name=stay.care.patient.name, step=step_words, key=key))
        return False

    def _open_for(self, stay: Stay, kind: StampKind) -> None:
        if kind is K.SHEET_HANDED and not stay.sheet_holds:
            self.sheet()
        elif self._floor.is_over(stay) and kind is not K.VITALS:
            self.ask_time(kind)
        else:
            self.open("" if kind is K.VITALS else f"{BY_KIND[kind].words[0]} ")

    def stamp(self, kind: StampKind, person: str = "") -> None:
        """One stamp of a kind, now."""
        stay = self.chosen()
        if stay is not None:
            self._now(stay, Stamp(kind=kind, person=person))

    def arrived(self) -> None:
        """The patient has come, once."""
        stay = self.chosen()
        if stay is not None and stay.care.whole.last(K.ARRIVED):
            self._frame.say(tr("{name} has arrived already").format(name=stay.care.patient.name))
        else:
            self.stamp(K.ARRIVED)

    def release(self) -> None:
        self.stamp(K.RELEASED)

    def driver_here(self) -> None:
        """The driver who was named, at once; somebody else is said in the line."""
        stay = self.chosen()
        if stay is None:
            return
        typed = read_line(BY_KIND[K.DRIVER_SEEN].words[0], self._floor.context(stay))
        if typed.well:
            self._record(stay, typed.stamps, typed.said)
        else:
            self._open_for(stay, K.DRIVER_SEEN)

    def sheet(self) -> None:
        """Make and print the sheet, then say who took it."""
        stay = self.chosen()
        if stay is not None:
            self._actions.print_sheet(stay, partial(self._printed, stay.id))

    def _printed(self, visit_id: int) -> None:
        """Once the floor knows the sheet: whoever is quick would hear else that none is made."""
        self._floor.once_read(partial(self._handed, visit_id))

    def _handed(self, visit_id: int) -> None:
        """A sheet is there: who takes it? Asked of nobody who went on while the printer was slow."""
        stay = self._floor.stay
        if stay is None or stay.id != visit_id or self._panel.in_use or not self._window.isVisible():
            return
        if self._floor.is_over(stay):
            self.ask_time(K.SHEET_HANDED)
        else:
            self.open(f"{BY_KIND[K.SHEET_HANDED].words[0]} ")

    def next_sheet(self) -> None:
        """Print a sheet where none is true, else say who took it."""
        stay = self.chosen()
        if stay is not None:
            self._open_for(stay, K.SHEET_HANDED)

    def end(self) -> None:
        """Another end than a release, with its reason."""
        stay = self.chosen()
        if stay is None:
            return
        over, care = self._floor.is_over(stay), stay.care
        ended = partial(self._ended, stay, None)
        ask_end(self._window, dosed=care.whole.dosed, rems=care.rems, over=over, on_end=ended)

    def _unexplained(self, typed: Typed) -> None:
        """An end was typed without its reason: it is asked for as Ctrl+E asks."""
        stay = self._floor.stay
        if stay is not None:
            (end,) = typed.stamps
            ask_why(self._window, end.kind, partial(self._ended, stay, end.at))

    def _ended(self, stay: Stay, at: datetime | None, kind: StampKind, reason: str) -> None:
        """at: the time that was typed; None means now."""
        end = Stamp(kind=kind, at=at, note=reason)
        if at is not None:
            zone, day = stay.visit.zone, stay.visit.day
            self._record(stay, (end,), said_of(BY_KIND[kind], end, [at], zone, day))
        elif kind in OUT_OF_TURN and not self._floor.is_over(stay) and may(self._desk.actor, Right.RELEASE):
            ask_open_ends(self._window, end, stay.care.whole, partial(self._has_gone, stay))
        else:
            self._now(stay, end)

    def _has_gone(self, stay: Stay, stamps: tuple[Stamp, ...]) -> None:
        """With what was asked about it: it has happened, and is not asked again."""
        if len(stamps) == 1:
            self._now(stay, stamps[0])
            return
        zone, day = stay.visit.zone, stay.visit.day
        said = "; ".join(said_of(BY_KIND[one.kind], one, [None], zone, day) for one in stamps)
        words = tr("{name}: {what}").format(name=stay.care.patient.name, what=said)
        self._actions.record(Wanted(stay, stamps, words), happened=True)

    def override(self) -> None:
        """A prescriber goes over what was refused; whoever may not asks a prescriber for it."""
        stay = self.chosen()
        if stay is None:
            return
        if self._panel.refusal.about_first_dose:
            self._reasons.override_first_dose(stay)
        else:
            self._reasons.override_driver(stay)

    # Corrections.

    def correct(self, stamp: Stamp) -> None:
        """Open an entry of the log for correcting."""
        stay = self.chosen()
        entry = BY_KIND.get(stamp.kind)
        if stay is None or entry is None:
            return
        self.reveal()
        self._panel.line.hide()
        said = said_of(entry, stamp, [stamp.at], stay.visit.zone, stay.visit.day)
        context = replace(self._floor.context(stay), corrects=stamp.kind)
        self._panel.correcting.correct(stamp, said, context)
        self._panel.bring_up(self._panel.correcting)

    def _corrected(self, stamp: Stamp) -> None:
        stay = self._floor.stay
        if stay is None:
            return
        self._record(stay, (stamp,), corrected_words(stay, stamp))

    def _insisted_correction(self) -> None:
        if self._wanted is not None:
            self.insist()

    # Answers.

    def _want(self, wanted: Wanted | None, against: Sequence[Finding] = ()) -> None:
        """What Ctrl Enter records from now on, and what was said against it: of nothing that was refused
        before anything is left."""
        codes = {one.code for one in against}
        self._wanted = wanted
        self._soft_said = " ".join(worded(one) for one in against if one.code in SOFT)
        # Nothing speaks against it: it is asked whether it is meant. And nothing else was said.
        self._only_asked, self._only_soft = codes <= ASKED | SOFT, codes <= SOFT
        # A dose given in spite of what was asked: only with a reason. Past a rule it is an incident anyway.
        self._needs_why = self._only_asked and bool(codes & SOFT)

    def insist(self) -> None:
        """It has happened: record it whatever the rules say."""
        wanted = self._wanted
        if wanted is None:
            return
        if self._needs_why:
            self._reasons.given(wanted, self._soft_said, happened=not self._only_soft)
            return
        if not self._only_asked and any(one.kind is K.RELEASED for one in wanted.stamps):
            self._reasons.left(wanted)
        else:
            self._actions.record(wanted, happened=True)

    def _insisted_line(self, typed: Typed) -> None:
        """Ctrl Enter insists only on what was refused before."""
        if self._wanted is not None:
            self.insist()
        else:
            self._entered(typed)

    def _done(self, saved: Wanted) -> None:
        if self._is_shown(saved):
            self.calm()
            self.back()

    def _is_shown(self, wanted: Wanted) -> bool:
        """Whether the panel stands as it did when that was begun: what is typed since is no part of it."""
        return wanted.stay.id == self._about and wanted.typed == self._panel.typed

    def calm(self) -> None:
        """Nothing refused, nothing half typed."""
        self._want(None)
        self._panel.calm()

    def _refused(self, wanted: Wanted, refusal: Refusal) -> None:
        if not self._is_shown(wanted):
            self._say_elsewhere(wanted, all_worded(refusal.findings))
            return
        self.reveal()
        # A print, a permission: it has not happened.
        self._want(wanted if wanted.stamps else None, refusal.findings)
        against = tr(_AGAINST) if wanted.stamps else tr("Not done. The rules speak against it:")
        title = tr("Not recorded yet. Look once more:") if self._only_asked else against
        kinds = {one.kind for one in wanted.stamps}
        self._panel.refuse(refusal, title, kinds, may_override=may(self._desk.actor, Right.OVERRIDE_DRIVER))

    def _slipped(self, wanted: Wanted, problems: dict[str, str]) -> None:
        if not self._is_shown(wanted):
            self._say_elsewhere(wanted, " ".join(problems.values()))
            return
        self.reveal()
        if self._panel.correcting.isVisible() and any(one.corrects for one in wanted.stamps):
            self._panel.correcting.show_problems(problems)
        else:
            self._panel.line.say(" ".join(problems.values()))

    def _say_elsewhere(self, wanted: Wanted, why: str) -> None:
        """Somebody has gone on, to another patient or in the line: no key there answers what was refused."""
        stay, name = wanted.stay, wanted.stay.care.patient.name
        title = tr("{name}: not recorded") if wanted.stamps else tr("{name}: not done")
        what = wanted.said.removeprefix(f"{name}: ")
        show = NoticeAction(tr("Show the visit"), partial(self._show, stay.id, stay.visit.day))
        self._frame.notice(title.format(name=name), f"{what}. {why}", Tone.DANGER, show)

    def _show(self, visit_id: int, day: date) -> None:
        self._frame.go(FLOOR)
        self._floor.show_visit(visit_id, day)

    def chose(self, visit_id: int) -> None:
        """Another patient is chosen: what was half typed for the last one is said, and waits with them."""
        if visit_id != self._about:
            left, typed = self._floor.read.stay(self._about), self._panel.line.text.strip()
            if left is not None and typed:
                words = tr("{name}, not recorded: {text}")
                self._frame.say(words.format(name=left.care.patient.name, text=typed))
                self._half_typed[self._about] = self._of_now(left, typed)
            self._about = visit_id
            self.calm()
            self._panel.line.line.setText(self._half_typed.pop(visit_id, ""))

    def _forget_half_typed(self) -> None:
        """They are the words of whoever was at work."""
        self._half_typed.clear()

    def _of_now(self, stay: Stay, typed: str) -> str:
        """A line with the time at which it was typed: it may be gone on with much later."""
        if typed_moment(typed, self._floor.context(stay)) is not None:
            return typed
        return f"{at_clock(self._desk.now(), stay.visit.zone).replace(' ', '').lower()} {typed}"

    def chosen(self) -> Stay | None:
        """The stay that is chosen; that nobody is, is said."""
        stay = self._floor.stay
        if stay is None:
            self._frame.say(tr("Pick a patient first"))
        return stay
