"""What a nurse records while the server is away: kept on the computer, and saved in order once it is back.

Nothing here asks for permission that nobody could give: a kept entry has happened. What would give one is not
kept (:func:`not_to_be_kept`): a patient is released with the program, or on paper and entered afterwards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import BadInput, ClinicProblem, EnvironmentFailure, Refusal
from clinic_desktop.foundation.kept_words import KEPT_MEANWHILE
from clinic_desktop.foundation.records import changed, values_of
from clinic_desktop.foundation.rulebook import Finding, blocking
from clinic_desktop.people.stock import lot_key
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment.ahead import NEW
from clinic_desktop.treatment.alarm_records import AlarmAnswer
from clinic_desktop.treatment.alarms import Alarm
from clinic_desktop.treatment.bringing import bring_into, other_room
from clinic_desktop.treatment.calling import SAME_MOMENT, House, answer_to, may_answer, save_answer
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.gates import asked, may_accept
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moving_rooms import rooms_of
from clinic_desktop.treatment.recording import record, right_for
from clinic_desktop.treatment.rules import NOT_WITHOUT_SERVER
from clinic_desktop.treatment.session import Session, state_of
from clinic_desktop.treatment.slips import filled, slips
from clinic_desktop.treatment.telling import telling_slips

_NOT_KEPT = frozenset({StampKind.RELEASED, StampKind.SHEET_HANDED})
_NUMBERED = frozenset({"id", "version", "visit_id", "at", "recorded_at", "by", "deviations", "warned"})


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """Stamps of one visit that somebody recorded with Enter at ``kept_at``, each with its own time; or the
    ``answer`` that they gave to an alarm, and no stamp. visit_id: 0 where a call for help was answered.

    said: what the floor said of it, in words. roles, desk and until (of emergency access): the person's then.
    happened: the person said that it has been done whatever the rules say. seen: the number of the visit's
    newest entry that the desk knew of: what was there already is another entry than this.
    """

    visit_id: int
    person_id: int
    roles: tuple[Role, ...]
    desk: str
    kept_at: datetime
    stamps: tuple[Stamp, ...]
    said: str = ""
    happened: bool = False
    seen: int = 0
    answer: AlarmAnswer | None = None
    until: datetime | None = None

    @property
    def actor(self) -> Actor:
        """Whether emergency access let them goes by when they recorded it."""
        done_at = None if self.until is None else self.kept_at
        return Actor(self.person_id, frozenset(self.roles), self.desk, self.until, done_at)


class Outcome(StrEnum):
    """What became of a kept entry once the server was back."""

    SAVED = "saved"
    MARKED = "saved, and marked: a rule speaks against it"
    THERE = "was there already"
    NOT_SAVED = "not saved"


@dataclass(frozen=True, slots=True)
class Returned:
    """One entry to be looked at. ``why`` not saved, or what speaks against it."""

    entry: KeptEntry
    outcome: Outcome
    why: tuple[Finding, ...] = ()
    changes: Changes = field(default_factory=Changes)


def not_to_be_kept(stamps: Iterable[Stamp]) -> Refusal | None:
    """What needs the clinic's records to be judged, and is not done by the program without them."""
    found = [
        Finding(NOT_WITHOUT_SERVER) for one in stamps if one.kind in _NOT_KEPT or one.corrects is not None
    ]
    return Refusal(found[:1]) if found else None


def judge_here(
    actor: Actor, care: Care, stamps: Sequence[Stamp], now: datetime, *, happened: bool = False
) -> None:
    """Ask for permission by what this computer knows of the visit, as the record would.

    Raises :class:`Refusal`, :class:`BadInput` or :class:`RightMissing` like
    :func:`~clinic_desktop.treatment.recording.record`.
    """
    if refusal := not_to_be_kept(stamps):
        raise refusal
    if other_room(stamps) is not None:
        require(actor, Right.MOVE)  # as bringing them there asks afterwards
    whole, refused = care.whole, list[Finding]()
    for number, stamp in enumerate(stamps):
        require(actor, right_for(stamp.kind))
        at = min(stamp.at or now, now)
        then = care.at_time(at, whole)
        meant = _meant(then, stamp)
        if wrong := slips(then, meant, now) | telling_slips(then, meant, actor):
            raise BadInput(wrong)
        if meant.kind is StampKind.PRESSURE_ACCEPTED and meant.told_by is None:
            may_accept(actor, then)  # else it would not be saved afterwards
        refused += blocking(asked(then, meant))
        new = changed(meant, id=NEW + number, visit_id=care.visit.id, at=at, recorded_at=now)
        whole = whole.with_new(new)
    if refused and not happened:
        raise Refusal(refused)


def _meant(care: Care, stamp: Stamp) -> Stamp:
    """With what goes without saying, as the record would fill it in."""
    return replace(stamp, **filled(care, stamp))  # type: ignore[arg-type]  # replace checks the names


def kept_entry(
    actor: Actor,
    visit_id: int,
    stamps: Sequence[Stamp],
    now: datetime,
    said: str = "",
    *,
    happened: bool = False,
    known: Iterable[Stamp] = (),
) -> KeptEntry:
    """An entry of this moment. What has no time of its own happened now, in whole seconds. known: what the
    desk knows of the visit, the entries that it keeps among it."""
    at = now.replace(microsecond=0)
    timed = tuple(one if one.at is not None else changed(one, at=at) for one in stamps)
    who, roles = actor.person_id, tuple(sorted(actor.roles))
    seen = max((one.id for one in known if one.id < NEW), default=0)
    return KeptEntry(visit_id, who, roles, actor.desk, at, timed, said, happened, seen, until=actor.until)


def kept_answer(actor: Actor, alarm: Alarm, now: datetime, said: str = "") -> KeptEntry:
    """Somebody sees to an alarm while the server is away. Raises :class:`Refusal` where nobody is at work."""
    may_answer(actor)
    who, roles = actor.person_id, tuple(sorted(actor.roles))
    answer = answer_to(alarm, now, who)
    visit_id = alarm.visit_id or 0
    return KeptEntry(visit_id, who, roles, actor.desk, now, (), said, answer=answer, until=actor.until)


def care_with(care: Care, kept: Iterable[KeptEntry]) -> Care:
    """A visit as it stands with what is kept of it: what is shown and sounds meanwhile. Its state and its
    room follow the facts; what else a record brings with it (claims, incidents) comes when it is saved. What
    is saved by now stands once."""
    mine, spoken_for = [entry for entry in kept if entry.visit_id == care.visit.id], set[int]()
    new = [(entry, one) for entry in mine for one in _left_of(entry, care.whole.stamps, spoken_for)]
    if not new:
        return care
    whole = care.whole
    for number, (entry, one) in enumerate(new):
        meant = _meant(care.at_time(one.at or entry.kept_at, whole), one)
        about = {"visit_id": care.visit.id, "recorded_at": entry.kept_at, "by": entry.person_id}
        whole = whole.with_new(changed(meant, id=NEW + number, **about))
    visit = _by_the_facts(care, whole)
    return replace(care, visit=visit, session=whole.as_of(care.at), whole=whole)


def _by_the_facts(care: Care, whole: Session) -> Visit:
    """How far it is and where."""
    visit = changed(care.visit, state=state_of(whole, care.visit.state, care.type))
    if visit.arrived is None and whole.arrived_at is not None:
        visit = changed(visit, arrived=instant_minute(whole.arrived_at))
    if whole.entered_at is None:
        return visit
    rooms, out = rooms_of(visit, whole, 0), whole.out_of_room_at
    return changed(
        visit,
        room_id=rooms[-1].room_id if rooms else visit.room_id,
        entered=instant_minute(whole.entered_at),
        left=None if out is None else instant_minute(out),
    )


def house_with(house: House, kept: Sequence[KeptEntry]) -> House:
    """The house as it stands with what is kept: its alarms meanwhile, and who has answered them. Whoever came
    since is in it."""
    if not kept:
        return house
    every = [care_with(one, kept) for one in (*house.cares, *house.coming)]
    here = [one.visit.state in LIVE and one.visit.arrived is not None for one in every]
    return replace(
        house,
        cares=tuple(one for one, there in zip(every, here, strict=True) if there),
        answers=(*house.answers, *answers_in(kept)),
        coming=tuple(one for one, there in zip(every, here, strict=True) if not there),
    )


def answers_in(kept: Iterable[KeptEntry]) -> list[AlarmAnswer]:
    return [one.answer for one in kept if one.answer is not None]


def as_bytes(entry: KeptEntry) -> bytes:
    return str(_converter().dumps(entry)).encode()


def from_bytes(data: bytes) -> KeptEntry:
    found: KeptEntry = _converter().loads(data.decode(), KeptEntry)
    return found


@lru_cache(maxsize=1)
def _converter() -> Any:  # noqa: ANN401 - the library's own kind
    # Only where something was kept: making it takes longer than most of what the floor does.
    from cattrs.preconf.json import make_converter  # noqa: PLC0415 - see above

    return make_converter()


def save_kept(store: ScheduleStore, entry: KeptEntry, spoken_for: set[int] | None = None) -> Returned:
    """Write one entry that was kept, as whoever recorded it, with its true times.

    What the rules speak against is saved all the same and marked, as everything that has happened.
    spoken_for: ids of stamps that were found to be one of the entries before, to which this one's are added.
    Raises :class:`EnvironmentFailure` where the server went away again: the entry stays kept.
    """
    if entry.answer is not None:
        return _answer_saved(store, entry, entry.answer)
    left = _not_there_yet(store, entry, spoken_for if spoken_for is not None else set())
    if not left:
        return Returned(entry, Outcome.THERE)
    try:
        return _saved(store, entry, left, happened=False)
    except Refusal as refused:
        return _marked(store, entry, left, refused)
    except EnvironmentFailure:
        raise
    except ClinicProblem as problem:
        return Returned(entry, Outcome.NOT_SAVED, problem.findings)


def _saved(store: ScheduleStore, entry: KeptEntry, stamps: Sequence[Stamp], *, happened: bool) -> Returned:
    keep = record if other_room(stamps) is None else bring_into
    done = keep(store, entry.actor, entry.visit_id, stamps, happened=happened)
    return Returned(entry, Outcome.MARKED if happened else Outcome.SAVED, done.warnings, done.changes)


def _answer_saved(store: ScheduleStore, entry: KeptEntry, answer: AlarmAnswer) -> Returned:
    try:
        changes = save_answer(store, entry.actor, answer)
    except EnvironmentFailure:
        raise
    except ClinicProblem as problem:
        return Returned(entry, Outcome.NOT_SAVED, problem.findings)
    return Returned(entry, Outcome.SAVED if changes else Outcome.THERE, changes=changes)


def _marked(store: ScheduleStore, entry: KeptEntry, stamps: Sequence[Stamp], refused: Refusal) -> Returned:
    reasoned = [one if one.reason.strip() else replace(one, reason=KEPT_MEANWHILE) for one in stamps]
    try:
        return replace(_saved(store, entry, reasoned, happened=True), why=refused.findings)
    except EnvironmentFailure:
        raise
    except ClinicProblem as problem:
        return Returned(entry, Outcome.NOT_SAVED, problem.findings)


def _not_there_yet(store: ScheduleStore, entry: KeptEntry, spoken_for: set[int]) -> list[Stamp]:
    """Its stamps without those that the server had saved when it went away."""
    with store.read() as records:
        found = records.find(Stamp, visit_id=entry.visit_id)
    return _left_of(entry, found, spoken_for)


def _left_of(entry: KeptEntry, found: Iterable[Stamp], spoken_for: set[int]) -> list[Stamp]:
    there = [one for one in found if one.by == entry.person_id and one.id > entry.seen]
    left = []
    for stamp in entry.stamps:
        same = next((one for one in there if one.id not in spoken_for and _is_same(one, stamp)), None)
        if same is None:
            left.append(stamp)
        else:
            spoken_for.add(same.id)  # it stands for one of them only
    return left


def _is_same(there: Stamp, kept: Stamp) -> bool:
    if there.at is None or kept.at is None:
        return False
    # One that was saved from here has its own time to the second. The server's time is that of what it saved
    # as it went away; else two alike of one minute would be taken for one, and a dose be lost.
    by_its_clock = there.at == there.recorded_at and abs(there.at - kept.at) <= SAME_MOMENT
    if there.at != kept.at and not by_its_clock:
        return False
    known, wanted = values_of(there), values_of(kept)
    # What the program fills in when it saves (a dose's route, who was seen) does not tell them apart.
    told = (name for name, value in wanted.items() if name not in _NUMBERED and value not in _NOTHING)
    return all(known[name] == _as_saved(kept.kind, name, wanted[name]) for name in told)


def _as_saved(kind: StampKind, name: str, value: object) -> object:
    """A value as it is on record: a lot however it was typed is one; the room that somebody was brought into
    is the visit's."""
    if name == "lot":
        return lot_key(str(value))
    return None if name == "room_id" and kind is StampKind.IN_ROOM else value


_NOTHING: tuple[object, ...] = (None, "", (), False)
