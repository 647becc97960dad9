"""What the board does to visits, through the use cases, off the GUI thread; each with its words."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.foundation.errors import ClinicProblem, Conflict, NotFound, Refusal, StaleEdit
from clinic_desktop.foundation.rulebook import Severity
from clinic_desktop.scheduling.booking import Booked
from clinic_desktop.scheduling.holding import confirm_driver, confirm_visit
from clinic_desktop.scheduling.looking import Offer
from clinic_desktop.scheduling.looking_lost import Lost, after_moving, moved_to
from clinic_desktop.scheduling.meanwhile import Meanwhile, read_meanwhile
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.moving import Move, move
from clinic_desktop.scheduling.overlaps import SHARED
from clinic_desktop.scheduling.rules import not_begun
from clinic_desktop.scheduling.settle import right_to_pass
from clinic_desktop.scheduling.states import ENDED, NEVER_CAME, VisitState
from clinic_desktop.security.rights import may
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.progress import note_overruns
from clinic_desktop.treatment.recording import Recorded, record
from clinic_desktop.ui import lost_race, operations
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.day_axis import short_clock
from clinic_desktop.ui.board.move_words import MoveWords, to_place
from clinic_desktop.ui.board.nurse_words import with_nurses
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import ReasonDialog
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.lost_race import LostRace
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame, NoticeAction
from clinic_desktop.ui.reconfirming import tell_to_confirm_again
from clinic_desktop.ui.visit_changed import visit_told
from clinic_desktop.ui.who_may import over_rule_words
from clinic_desktop.ui.wording import worded

REASONS = (
    ("patient", QT_TR_NOOP("The patient needs this time")),
    ("clinician", QT_TR_NOOP("A clinician has agreed")),
    ("staff", QT_TR_NOOP("Somebody stays longer or comes in")),
    ("room", QT_TR_NOOP("The room will be made ready")),
)

_Say = Callable[[Setup, date, Lost, str], LostRace]
_Over = Callable[[Visit], NoticeAction | None]


class BoardActions(QObject):
    """Saves, says what was saved, and tells the hub; a failure is worded where it happens.

    ``overtaken`` when something else is there than the board shows; ``moved``: the visits as they lay, and
    as they lie now.
    """

    overtaken = Signal()
    moved = Signal(object, object)  # each a tuple of Visit

    def __init__(
        self,
        frame: Frame,
        desk: Desk,
        window: QWidget,
        names: Callable[[int], str],
        visits: Callable[[int], Visit | None],
    ) -> None:
        """``names``: the name of the patient of a shown visit, or nothing. ``visits``: the visit as shown."""
        super().__init__(window)
        self._frame, self._desk, self._window, self._names = frame, desk, window, names
        self._visits = visits

    def arrived(self, block: Block) -> None:
        self._stamp(block, StampKind.ARRIVED, tr("{name} has arrived"))

    def to_room(self, block: Block) -> None:
        self._stamp(block, StampKind.IN_ROOM, tr("{name} is in the room"))

    def over(self, block: Block) -> None:
        self._stamp(block, StampKind.LEFT, tr("The visit of {name} is over"))

    def _stamp(self, block: Block, kind: StampKind, words: str) -> None:
        store, actor = self._desk.store, self._desk.actor

        def saved(recorded: Recorded) -> None:
            self._frame.say(words.format(name=block.name))
            for one in recorded.warnings:
                self._frame.notice(tr("Recorded, with something to know"), worded(one), Tone.WARN)
            self._desk.record(recorded.changes)

        work = partial(record, store, actor, block.id, [Stamp(kind=kind)])
        operations.run(self, work, saved, self._failed, key=f"visit:{block.id}")

    def confirm(self, block: Block) -> None:
        store, actor = self._desk.store, self._desk.actor
        self._save(
            block,
            lambda version: confirm_visit(store, actor, block.id, version).changes,
            tr("The visit of {name} is confirmed").format(name=block.name),
            lambda now: now.state is VisitState.BOOKED,
        )

    def confirm_driver(self, block: Block) -> None:
        store, actor = self._desk.store, self._desk.actor
        self._save(
            block,
            lambda version: confirm_driver(store, actor, block.id, version).changes,
            tr("The driver of {name} is confirmed").format(name=block.name),
            lambda now: now.plan is not None and now.plan.confirmed_at is None,
        )

    def note_overruns(self, visit_ids: Sequence[int]) -> None:
        """Stays ran on as time passed: whoever was to have their rooms is displaced."""
        store, actor = self._desk.store, self._desk.actor
        work = partial(note_overruns, store, actor, list(visit_ids))
        operations.run(
            self, work, self._desk.hub.tell, _until_the_next_minute, key="board:overruns", quiet=True
        )

    def _save(
        self,
        block: Block,
        work: Callable[[int], Changes],
        words: str,
        wants: Callable[[Visit], bool],
        version: int = 0,
    ) -> None:
        """``work`` over the version that was seen. ``wants``: whether the visit as somebody else left it may
        still be confirmed; then that is one key away."""

        def saved(changes: Changes) -> None:
            self._frame.say(words)
            self._desk.hub.tell(changes)
            self._desk.remember(changes)

        def over(now: Visit) -> NoticeAction | None:
            if not_begun(now, "confirmed") is not None or not wants(now):
                return None
            again = partial(self._save, block, work, words, wants, now.version)
            return NoticeAction(tr("Confirm it all the same"), again)

        def failed(problem: ClinicProblem) -> None:
            if isinstance(problem, StaleEdit):
                self._overtaken(problem, over, tr("It was not confirmed."))
            else:
                self._failed(problem)

        operations.run(self, partial(work, version or block.version), saved, failed, key=f"visit:{block.id}")

    def move(
        self,
        block: Block,
        wanted: Move,
        words: MoveWords,
        put_back: Callable[[], object],
        why: str = "",
        sharing: Collection[int] = (),
        *,
        may_share: bool = False,
        hold_on: Callable[[], object] | None = None,
    ) -> None:
        """Move a visit; ``put_back`` when it stays where it was; ``hold_on`` when nobody gives a reason after
        all, and it goes on being carried. A hard rule asks for a reason, once; so
        does a place that others have (``sharing``), where it was seen to be taken (``may_share``). Whoever
        gives it reads all that the rules were seen to say: one reason goes over all of it."""
        store, actor = self._desk.store, self._desk.actor

        saved = self._saved_moves([wanted], words.saved)

        def failed(problem: ClinicProblem) -> None:
            if isinstance(problem, Refusal) and not why and self._may_go_over(problem):
                said = _each_once(map(worded, problem.findings), words.rules)
                self._ask_why(block, wanted, words, put_back, said, hold_on=hold_on)
            elif isinstance(problem, Conflict) and not why and may_share and _shareable(problem):
                others = {one.visit_id for one in problem.taken if one.visit_id is not None}
                said = _each_once(words.rules, self._who_has(problem))
                self._ask_why(block, wanted, words, put_back, said, others, hold_on)
            else:
                put_back()
                say = lost_race.of_move if wanted.longer is None else lost_race.of_longer
                ask = partial(self._ask_where, block, wanted, why, say)
                self._not_moved(problem, wanted, ask, partial(self._move_over, block, wanted, why))

        work = partial(move, store, actor, [wanted], why, sharing)
        if operations.run(self, work, saved, failed, key=f"visit:{block.id}") is None:
            put_back()

    def _not_moved(
        self,
        problem: ClinicProblem,
        wanted: Move,
        ask: Callable[[Conflict, Lost], None],
        over: _Over | None = None,
        leave: str = "",
    ) -> None:
        """Where somebody else was faster, it is looked for other times before that is said."""
        if isinstance(problem, StaleEdit):
            self._overtaken(problem, over, leave)
            return
        if not isinstance(problem, Conflict):
            self._failed(problem)
            return
        self.overtaken.emit()
        work = partial(after_moving, self._desk.store, self._desk.now(), wanted, problem)
        operations.run(self, work, partial(ask, problem))

    def _ask_where(
        self, block: Block, wanted: Move, why: str, say: _Say, problem: Conflict, lost: Lost
    ) -> None:
        """Who was faster, and the three nearest times; without any it is said and left."""
        if not lost.offers:
            self._failed(problem)
            return

        def again(number: int) -> None:
            self._moved_instead(block, wanted, why, lost.offers[number])

        race = say(self._desk.setup, self._desk.today(), lost, block.name)
        race.ask(self._window, tr("Move to {when}"), tr("Leave it where it is"), again)

    def _moved_instead(self, block: Block, wanted: Move, why: str, offer: Offer) -> None:
        """To another time, with the reason that was given already."""
        instead = moved_to(wanted, offer)
        words = to_place(block, instead, self._desk.setup, self._visits(block.id))
        self.move(block, instead, words, _nothing_held, why)

    def swap(
        self, block: Block, both: Sequence[Move], with_whom: str, put_back: Callable[[], object]
    ) -> None:
        """Two visits change rooms, both or none: the block's own move comes first. ``put_back`` when they
        stay where they were."""
        store, actor = self._desk.store, self._desk.actor

        words = tr("{name} and {other} changed rooms").format(name=block.name, other=with_whom)
        words = with_nurses(words, self._desk.setup, self._visits(block.id), both[0])

        def failed(problem: ClinicProblem) -> None:
            put_back()
            say = partial(lost_race.of_swap, other=with_whom)
            over = partial(self._swap_over, block, both, with_whom)
            ask = partial(self._ask_where, block, both[0], "", say)
            self._not_moved(problem, both[0], ask, over, tr("They did not change rooms."))

        work = partial(move, store, actor, list(both))
        operations.run(self, work, self._saved_moves(both, words), failed, key=f"visit:{block.id}")

    def _saved_moves(self, moves: Sequence[Move], words: str) -> Callable[[Booked], None]:
        """What follows once visits have moved: it is said, told, can be undone, and may have freed a time."""
        before = tuple(one for move in moves if (one := self._visits(move.visit_id)) is not None)

        def saved(booked: Booked) -> None:
            self._frame.say(words)
            self._desk.hub.tell(booked.changes)
            self._desk.remember(booked.changes)
            tell_to_confirm_again(self._frame, booked.warnings)
            self.moved.emit(before, booked.visits)

        return saved

    def _may_go_over(self, problem: Refusal) -> bool:
        return _is_hard(problem) and may(self._desk.actor, right_to_pass(problem.findings))

    def _ask_why(
        self,
        block: Block,
        wanted: Move,
        words: MoveWords,
        put_back: Callable[[], object],
        said: str,
        sharing: Collection[int] = (),
        hold_on: Callable[[], object] | None = None,
    ) -> None:
        def because(_code: str, text: str) -> None:
            self.move(block, wanted, words, put_back, text, sharing)

        dialog = ReasonDialog.ask(
            self._window, tr("This goes over a rule"), said, REASONS, words.verb, because
        )
        dialog.rejected.connect(hold_on or put_back)

    def _failed(self, problem: ClinicProblem) -> None:
        if isinstance(problem, StaleEdit):
            self._overtaken(problem)
            return
        if isinstance(problem, Conflict | NotFound):
            self.overtaken.emit()
        if isinstance(problem, Conflict):
            title, text = self._conflict_words(problem)
            self._frame.notice(title, text, Tone.WARN)
        elif isinstance(problem, Refusal):
            said = [worded(one) for one in problem.findings]
            if _is_hard(problem) and not self._may_go_over(problem):
                said.append(over_rule_words(right_to_pass(problem.findings)))
            self._frame.notice(tr("Not saved"), " ".join(said), Tone.WARN)
        else:
            operations.show_problem(problem)

    # Another desk changed the visit.

    def _overtaken(self, problem: StaleEdit, over: _Over | None = None, leave: str = "") -> None:
        """Who changed it, when, and what of it; ``over``: what can be done to it now, ``leave``: what
        was left undone."""
        seen, name = self._visits(problem.record_id), self._names(problem.record_id)
        self.overtaken.emit()  # after which it may be on the board no more
        if seen is None:
            self._tell_overtaken(tr("Somebody else changed this visit"), "", None)
            return

        def read(told: Meanwhile[Visit]) -> None:
            title, what = visit_told(told, self._desk)
            action = over(told.now) if over and told.now else None
            about = ". ".join(part for part in (name, what) if part)
            self._tell_overtaken(title, about, action, leave, told.now)

        operations.run(self, partial(read_meanwhile, self._desk.store, seen), read)

    def _tell_overtaken(
        self,
        title: str,
        what: str,
        action: NoticeAction | None,
        not_done: str = "",
        now: Visit | None = None,
    ) -> None:
        again = tr("Nothing was saved. Look at it again, then repeat your change.")
        if now is not None and now.state in NEVER_CAME:
            again = tr("Nothing was saved. Book another time if one is wanted.")
        elif now is not None and now.state in ENDED:
            again = tr("Nothing was saved. The visit is over.")
        move = tr("Your move was not saved: the visit stays there unless you move it.")
        leave = (not_done or move) if action else again
        self._frame.notice(title, f"{what} {leave}".strip(), Tone.WARN, action)

    def _move_over(self, block: Block, wanted: Move, why: str, now: Visit) -> NoticeAction | None:
        """The same move of the visit as it is now; none where it lies there already, or may not be moved."""
        there = (now.day, now.minute, now.fold, now.room_id)
        if not_begun(now, "moved") is not None or (
            wanted.longer is None and there == (wanted.day, wanted.minute, wanted.fold, wanted.room_id)
        ):
            return None
        instead = replace(wanted, version=now.version)
        words = to_place(block, instead, self._desk.setup, now)

        def again() -> None:
            self.move(block, instead, words, _nothing_held, why)

        return NoticeAction(tr("Move it all the same"), again)

    def _swap_over(
        self, block: Block, both: Sequence[Move], with_whom: str, now: Visit
    ) -> NoticeAction | None:
        """The same swap; none where one of the two lies elsewhere now: that is another question."""
        seen = self._visits(now.id)
        there = (now.day, now.minute, now.fold, now.room_id)
        if not_begun(now, "moved") is not None or seen is None:
            return None
        if there != (seen.day, seen.minute, seen.fold, seen.room_id):
            return None
        again = [replace(one, version=now.version) if one.visit_id == now.id else one for one in both]
        do = partial(self.swap, block, again, with_whom, _nothing_held)
        return NoticeAction(tr("Change rooms all the same"), do)

    def _conflict_words(self, problem: Conflict) -> tuple[str, str]:
        """What is taken until when, and who has it."""
        names = ", ".join(dict.fromkeys(one.name for one in problem.taken)) or tr("That time")
        stays = tr("Nothing was changed. Pick another time.")
        return tr("{what} was just taken").format(what=names), " ".join([*self._who_has(problem), stays])

    def _who_has(self, problem: Conflict) -> list[str]:
        """ "Infusion 2 is not free before 1:45: Petrov, Nina.", once of each room and person."""
        ends: dict[str, int] = {}
        who: dict[str, dict[str, None]] = {}
        for one in problem.taken:
            if name := self._names(one.visit_id) if one.visit_id is not None else "":
                ends[one.name] = max(ends.get(one.name, 0), one.until)
                who.setdefault(one.name, {})[name] = None
        words = tr("{what} is not free before {time}: {who}.")
        return [
            words.format(what=what, time=short_clock(self._minute(end)), who="; ".join(who[what]))
            for what, end in ends.items()
        ]

    def _minute(self, utc: int) -> int:
        return from_utc_minute(utc, self._desk.zone).minute


def _is_hard(problem: Refusal) -> bool:
    """Whether a reason can go over all of it."""
    return all(one.severity is Severity.HARD for one in problem.findings)


def _each_once(*sentences: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(chain(*sentences)))


def _shareable(problem: Conflict) -> bool:
    """Whether somebody may put two visits at once there; the patient is never in two."""
    return all(one.kind in SHARED for one in problem.taken)


def _nothing_held() -> None:
    """The visit lies where it was."""


def _until_the_next_minute(_problem: ClinicProblem) -> None:
    """It is asked again in a minute."""
