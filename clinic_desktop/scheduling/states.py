"""The states of a visit as one table: from where to where, who may, and what is stamped."""

from dataclasses import dataclass
from enum import StrEnum

from clinic_desktop.security.rights import Right


class VisitState(StrEnum):
    HELD = "held"
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    IN_ROOM = "in room"
    DOSING = "dosing"
    MONITORING = "monitoring"
    READY = "ready"
    LEFT = "left"
    CANCELLED = "cancelled"
    MISSED = "missed"
    NOT_TREATED = "arrived, not treated"
    LEFT_EARLY = "left before release"
    TRANSFERRED = "transferred"


S = VisitState
PLANNED = frozenset({S.HELD, S.BOOKED, S.CONFIRMED})
HERE = frozenset({S.ARRIVED, S.IN_ROOM, S.DOSING, S.MONITORING, S.READY})
UNDOSED = PLANNED | {S.ARRIVED, S.IN_ROOM}
DOSED = frozenset({S.DOSING, S.MONITORING, S.READY})
ENDED = frozenset({S.LEFT, S.CANCELLED, S.MISSED, S.NOT_TREATED, S.LEFT_EARLY, S.TRANSFERRED})
NEVER_CAME = frozenset({S.CANCELLED, S.MISSED})
CAME_TO_NOTHING = NEVER_CAME | {S.NOT_TREATED}
LIVE = PLANNED | HERE


@dataclass(frozen=True, slots=True)
class Transition:
    """``stamp`` names the fact that is recorded with its time; empty when there is none."""

    before: VisitState
    after: VisitState
    right: Right
    stamp: str = ""


def _from(befores: frozenset[VisitState], after: VisitState, right: Right, stamp: str) -> list[Transition]:
    return [Transition(before, after, right, stamp) for before in sorted(befores)]


# Who is stamped as here, though nothing was booked for them any more, is here.
_MAY_COME = frozenset({S.BOOKED, S.CONFIRMED}) | NEVER_CAME

# A fact that is corrected or struck out may take a visit back from any of these rows to where it stood.
TRANSITIONS: tuple[Transition, ...] = (
    Transition(S.HELD, S.BOOKED, Right.BOOK),
    Transition(S.HELD, S.CONFIRMED, Right.BOOK),  # where the driver is asked for only before the start
    Transition(S.BOOKED, S.HELD, Right.BOOK),
    Transition(S.CONFIRMED, S.HELD, Right.BOOK),
    Transition(S.BOOKED, S.CONFIRMED, Right.BOOK),
    Transition(S.CONFIRMED, S.BOOKED, Right.BOOK),
    # A held patient may be in the house: held until a driver is named, then where the stamps say.
    *_from(frozenset({S.ARRIVED, S.IN_ROOM}) | NEVER_CAME, S.HELD, Right.BOOK, ""),
    Transition(S.HELD, S.ARRIVED, Right.BOOK),
    Transition(S.HELD, S.IN_ROOM, Right.BOOK),
    # Facts may skip a step that nobody stamped: a patient in the room has arrived.
    *_from(_MAY_COME, S.ARRIVED, Right.BOOK, "arrived"),
    *_from(_MAY_COME | {S.ARRIVED}, S.IN_ROOM, Right.RECORD, "in room"),
    *_from(UNDOSED | NEVER_CAME, S.DOSING, Right.RECORD, "dose"),
    *_from(frozenset({S.MONITORING, S.READY}), S.DOSING, Right.RECORD, "dose"),
    *_from(UNDOSED | NEVER_CAME | {S.DOSING, S.READY}, S.MONITORING, Right.RECORD, "dosing ended"),
    *_from(frozenset({S.DOSING, S.MONITORING}), S.READY, Right.RECORD, "ready"),
    *_from(DOSED, S.LEFT, Right.RELEASE, "released"),
    # A consultation or a therapy session has no dose: it ends from the room, or from the phone.
    *_from(_MAY_COME | {S.ARRIVED, S.IN_ROOM}, S.LEFT, Right.BOOK, "left"),
    *_from(PLANNED, S.CANCELLED, Right.CANCEL, ""),
    *_from(PLANNED, S.MISSED, Right.CANCEL, ""),
    # Cancelled or missed by a slip, and undone: it stands again as it stood.
    *_from(NEVER_CAME, S.BOOKED, Right.CANCEL, ""),
    *_from(NEVER_CAME, S.CONFIRMED, Right.CANCEL, ""),
    *_from(UNDOSED | NEVER_CAME, S.NOT_TREATED, Right.BOOK, "arrived, not treated"),
    # Whoever sees a patient walk out, or taken away by an ambulance, may say so.
    *_from(DOSED, S.LEFT_EARLY, Right.BOOK, "left before release"),
    *_from(UNDOSED | DOSED | NEVER_CAME, S.TRANSFERRED, Right.BOOK, "transferred"),
)

ALLOWED: dict[tuple[VisitState, VisitState], Transition] = {(t.before, t.after): t for t in TRANSITIONS}


def transition(before: VisitState, after: VisitState) -> Transition | None:
    """The row of the table, or None when there is no such way."""
    return ALLOWED.get((before, after))
