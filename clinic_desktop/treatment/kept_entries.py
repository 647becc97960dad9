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
from clinic_desktop.people.model import Patient
from clinic_desktop.people.stock import lot_key
from clinic_desktop.scheduling.merging import kept_id
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment.ahead import NEW, asked_again
from clinic_desktop.treatment.alarm_records import AlarmAnswer
from clinic_desktop.treatment.alarms import Alarm
from clinic_desktop.treatment.asking import against_answers
from clinic_desktop.treatment.bringing import other_room, write_as_it_was
from clinic_desktop.treatment.calling import (
    SAME_MOMENT,
    House,
    answer_to,
    is_answered,
    may_answer,
    save_answer,
)
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.gates import asked, may_accept
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moving_rooms import rooms_of
from clinic_desktop.treatment.recording import right_for
from clinic_desktop.treatment.room_time import here_until, room_needed_until
from clinic_desktop.treatment.rules import NOT_WITHOUT_SERVER, OF_ANOTHER_VISIT
from clinic_desktop.treatment.session import Session, standing, state_of, when
from clinic_desktop.treatment.slip_rules import ASKED
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

    patient_id and booked_at: whose visit it was, and when it was booked. Where a backup was restored, its
    number may be another visit's by now. 0 and None where the version that kept it did not know of them.

    not_saved: why the server did not take it, in words. From then on it is recorded by hand, and only shown
    here. None where it is still to be saved. another: it may be on record already, by somebody else or by
    hand, and nothing is to be recorded before that was looked at.
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
    patient_id: int = 0
    booked_at: datetime | None = None
    not_saved: str | None = None
    another: bool = False

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
class Another:
    """``person`` recorded the same ``kind`` of the same visit, which the desk that kept its own did not know
    of: both may be one and the same. zone: of the visit."""

    kind: StampKind
    person: str
    at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Returned:
    """One entry to be looked at. ``why`` not saved, or what speaks against it. another: what somebody else
    recorded meanwhile that may be the same."""

    entry: KeptEntry
    outcome: Outcome
    why: tuple[Finding, ...] = ()
    changes: Changes = field(default_factory=Changes)
    another: Another | None = None


def happened_at(entry: KeptEntry) -> datetime:
    """When it was with the patient, whenever it was typed: of several the first."""
    return min([entry.kept_at, *(one.at for one in entry.stamps if one.at is not None)])


def not_to_be_kept(stamps: Iterable[Stamp]) -> Refusal | None:
    """What needs the clinic's records to be judged, and is not done by the program without them."""
    found = [
        Finding(NOT_WITHOUT_SERVER) for one in stamps if one.kind in _NOT_KEPT or one.corrects is not None
    ]
    return Refusal(found[:1]) if found else None


def judge_here(
    actor: Actor, care: Care, stamps: Sequence[Stamp], now: datetime, *, happened: bool = False
) -> tuple[Stamp, ...]:
    """Ask for permission, and whether it is meant, by what this computer knows of the visit, as the record
    would: a dose in spite of an answer wants its reason here, too. Answers the stamps with what their reason
    goes past (``warned``): the server may know of more.

    Raises :class:`Refusal`, :class:`BadInput` or :class:`RightMissing` like
    :func:`~clinic_desktop.treatment.recording.record`.
    """
    if refusal := not_to_be_kept(stamps):
        raise refusal
    if other_room(stamps) is not None:
        require(actor, Right.MOVE)  # as bringing them there asks afterwards
    whole, refused, judged = care.whole, list[Finding](), list[Stamp]()
    for stamp in stamps:
        require(actor, right_for(stamp.kind))
        at = min(stamp.at or now, now)
        then = care.at_time(at, whole)
        meant = _meant(then, stamp)
        if wrong := slips(then, meant, now) | telling_slips(then, meant, actor):
            raise BadInput(wrong)
        if meant.kind is StampKind.PRESSURE_ACCEPTED and meant.told_by is None:
            may_accept(actor, then)  # else it would not be saved afterwards
        number = NEW + sum(one.id >= NEW for one in whole.stamps)  # after what is kept already
        new = changed(meant, id=number, visit_id=care.visit.id, at=at, recorded_at=now)
        whole = whole.with_new(new)
        soft = against_answers(then, new)
        judged.append(replace(stamp, warned=tuple(one.code for one in soft)) if soft else stamp)
        soft = [] if stamp.reason.strip() else soft
        asks = asked_again(then, new, whole, typed=stamp.at is not None)
        refused += [*blocking(asked(then, meant)), *asks, *soft]
    if refused and not happened:
        raise Refusal(refused)
    return tuple(judged)


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
    visit: Visit | None = None,
) -> KeptEntry:
    """An entry of this moment. What has no time of its own happened now, in whole seconds. known: what the
    desk knows of the visit, the entries that it keeps among it; visit: as the desk knows it."""
    at = now.replace(microsecond=0)
    timed = tuple(one if one.at is not None else changed(one, at=at) for one in stamps)
    who, roles = actor.person_id, tuple(sorted(actor.roles))
    seen = max((one.id for one in known if one.id < NEW), default=0)
    entry = KeptEntry(visit_id, who, roles, actor.desk, at, timed, said, happened, seen, until=actor.until)
    return entry if visit is None else replace(entry, patient_id=visit.patient_id, booked_at=visit.booked_at)


def kept_answer(
    actor: Actor, alarm: Alarm, now: datetime, said: str = "", patient: Patient | None = None
) -> KeptEntry:
    """Somebody sees to an alarm, that of ``patient``, while the server is away. Raises :class:`Refusal` where
    nobody is at work."""
    may_answer(actor)
    who, roles = actor.person_id, tuple(sorted(actor.roles))
    answer = answer_to(alarm, now, who)
    visit_id = alarm.visit_id or 0
    entry = KeptEntry(visit_id, who, roles, actor.desk, now, (), said, answer=answer, until=actor.until)
    return entry if patient is None or not entry.visit_id else replace(entry, patient_id=patient.id)


def care_with(care: Care, kept: Iterable[KeptEntry]) -> Care:
    """A visit as it stands with what is kept of it: what is shown and sounds meanwhile. Its state and its
    room follow the facts; what else a record brings with it (claims, incidents) comes when it is saved. What
    is saved by now stands once."""
    mine, spoken_for = [entry for entry in kept if _is_of(entry, care.visit)], set[int]()
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


def _is_of(entry: KeptEntry, visit: Visit) -> bool:
    return entry.visit_id == visit.id and entry.booked_at in (None, visit.booked_at)


def _by_the_facts(care: Care, whole: Session) -> Visit:
    """How far it is and where."""
    visit = changed(care.visit, state=state_of(whole, care.visit.state, care.type))
    if care.whole.entered_at is None and (room_id := other_room(whole.stamps)) is not None:
        visit = changed(visit, room_id=room_id)
    if visit.arrived is None and whole.arrived_at is not None:
        visit = changed(visit, arrived=instant_minute(whole.arrived_at))
    if whole.entered_at is None:
        return visit
    rooms, out = rooms_of(visit, whole, 0), whole.out_of_room_at
    visit = changed(
        visit,
        room_id=rooms[-1].room_id if rooms else visit.room_id,
        entered=instant_minute(whole.entered_at),
        left=None if out is None else instant_minute(out),
    )
    now = instant_minute(max([care.at, *map(when, whole.stamps)]))
    needed = (visit, care.type, whole, now, care.setup.policies.grid)
    until = room_needed_until(*needed) if visit.room_id else None
    return changed(visit, room_until=until, here_until=here_until(*needed))


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
    from cattrs.preconf.json import make_converter  # noqa: PLC0415 - slow to load, seldom needed

    return make_converter()


def save_kept(store: ScheduleStore, entry: KeptEntry, spoken_for: set[int] | None = None) -> Returned:
    """Write one entry that was kept, as whoever recorded it, with its true times.

    What the rules speak against is saved all the same and marked, as everything that has happened.
    spoken_for: ids of stamps that were found to be one of the entries before, to which this one's are added.
    Raises :class:`EnvironmentFailure` where the server went away again: the entry stays kept.
    """
    returned = _became(store, entry, spoken_for)
    if any(one.code == OF_ANOTHER_VISIT.code for one in returned.why):
        return returned  # what stands there is another patient's
    return replace(returned, another=_another(store, entry))


def is_saved(store: ScheduleStore, entry: KeptEntry, spoken_for: set[int]) -> bool:
    """Whether all of it is on record; nothing is written. spoken_for: as with :func:`save_kept`. Raises
    :class:`EnvironmentFailure`."""
    found = set(spoken_for)
    try:
        if not _is_its_visit(store, entry):
            return False
        with store.read() as records:
            if entry.answer is not None:
                return is_answered(records, entry.answer)
            left = _left_of(entry, records.find(Stamp, visit_id=entry.visit_id), found)
    except EnvironmentFailure:
        raise
    except ClinicProblem:  # its visit is gone
        return False
    if not left:
        spoken_for |= found
    return not left


def _became(store: ScheduleStore, entry: KeptEntry, spoken_for: set[int] | None) -> Returned:
    spoken_for = set() if spoken_for is None else spoken_for
    try:
        if not _is_its_visit(store, entry):
            return Returned(entry, Outcome.NOT_SAVED, (Finding(OF_ANOTHER_VISIT),))
        if entry.answer is not None:
            return _answer_saved(store, entry, entry.answer)
        try:
            return _saved(store, entry, spoken_for)
        except Refusal as refused:
            return _saved(store, entry, spoken_for, refused)
    except EnvironmentFailure:
        raise
    except ClinicProblem as problem:
        return Returned(entry, Outcome.NOT_SAVED, problem.findings)


def _another(store: ScheduleStore, entry: KeptEntry) -> Another | None:
    """What somebody else recorded since the desk last knew of the visit, and may be the same."""
    if not entry.stamps:
        return None
    with store.read() as records:
        found = standing(records.find(Stamp, visit_id=entry.visit_id)).stamps
        others = [one for one in found if _is_since(one, entry) and one.by != entry.person_id]
        same = next((one for one in others if any(_may_be(one, kept) for kept in entry.stamps)), None)
        if same is None:
            return None
        person = next((one.name for one in records.setup().staff if one.id == same.by), "")
        return Another(same.kind, person, when(same), records.get(Visit, entry.visit_id).zone)


def _may_be(there: Stamp, kept: Stamp) -> bool:
    """Whether what two people recorded may be one thing. Whoever measures again reads other numbers; a note
    is its writer's own."""
    if there.kind is not kept.kind or kept.kind is StampKind.NOTE:
        return False
    numbers = (there.systolic, there.diastolic) == (kept.systolic, kept.diastolic)
    return kept.kind is not StampKind.VITALS or numbers


def _is_its_visit(store: ScheduleStore, entry: KeptEntry) -> bool:
    """Whether the number is still the visit's of whose patient it was kept, whatever record that is now."""
    if not entry.visit_id or not entry.patient_id:
        return True
    with store.read() as records:
        visit = records.get(Visit, entry.visit_id)
        if not _is_of(entry, visit):
            return False
        there = visit.patient_id == entry.patient_id or records.find(Patient, id=entry.patient_id)
        return bool(there) and visit.patient_id in (entry.patient_id, kept_id(records, entry.patient_id))


def _saved(
    store: ScheduleStore, entry: KeptEntry, spoken_for: set[int], refused: Refusal | None = None
) -> Returned:
    """Its stamps without those that the server had saved when it went away, or that another program of this
    computer has saved by now: that is looked at where they are written. refused: what speaks against them."""
    found = set(spoken_for)
    with store.write(entry.actor) as unit:
        unit.lock_days([unit.get(Visit, entry.visit_id).day])
        left = _left_of(entry, unit.find(Stamp, visit_id=entry.visit_id), found)
        if not left:
            spoken_for |= found
            return Returned(entry, Outcome.THERE)
        meant = _was_meant(entry, refused)
        if refused is not None and not meant:
            left = [one if one.reason.strip() else replace(one, reason=KEPT_MEANWHILE) for one in left]
        written = write_as_it_was(unit, entry.visit_id, left, happened=refused is not None)
        changes = unit.commit()
    spoken_for |= found
    if refused is not None and not meant:
        return Returned(entry, Outcome.MARKED, refused.findings, changes)
    if written.in_spite:
        return Returned(entry, Outcome.MARKED, tuple(written.in_spite), changes)
    return Returned(entry, Outcome.SAVED, tuple(written.warnings), changes)


def _was_meant(entry: KeptEntry, refused: Refusal | None) -> bool:
    """Whether nothing speaks against it but what was asked when it was kept, and said again."""
    return refused is not None and entry.happened and {one.code for one in refused.findings} <= ASKED


def _answer_saved(store: ScheduleStore, entry: KeptEntry, answer: AlarmAnswer) -> Returned:
    changes = save_answer(store, entry.actor, answer)
    return Returned(entry, Outcome.SAVED if changes else Outcome.THERE, changes=changes)


def _left_of(entry: KeptEntry, found: Iterable[Stamp], spoken_for: set[int]) -> list[Stamp]:
    there = [one for one in found if one.by == entry.person_id and _is_since(one, entry)]
    left = []
    for stamp in entry.stamps:
        same = next((one for one in there if one.id not in spoken_for and _is_same(one, stamp)), None)
        if same is None:
            left.append(stamp)
        else:
            spoken_for.add(same.id)  # it stands for one of them only
    return left


def _is_since(there: Stamp, entry: KeptEntry) -> bool:
    """Whether it was recorded since the desk knew of the visit. A standby that was behind gives numbers once
    more."""
    later = there.recorded_at is not None and there.recorded_at >= entry.kept_at
    return there.id > entry.seen or later


def _is_same(there: Stamp, kept: Stamp) -> bool:
    if there.at is None or kept.at is None:
        return False
    # One that was saved from here has its own time to the second. The server's time is that of what it saved
    # as it went away; else two alike of one minute would be taken for one, and a dose be lost.
    by_its_clock = there.at == there.recorded_at and abs(there.at - kept.at) <= SAME_MOMENT
    if there.at != kept.at and not by_its_clock:
        return False
    if kept.room_id is not None and there.kind is StampKind.MOVED_ROOM and kept.kind is StampKind.IN_ROOM:
        kept = changed(kept, kind=there.kind)  # they were on record in the booked room when it was saved
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
