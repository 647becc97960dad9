"""What a visit type needs, as minutes counted from the visit's time. Check-in lies before it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.intervals import Interval, merged
from clinic_desktop.scheduling.claims import phases_of
from clinic_desktop.scheduling.masks import Span
from clinic_desktop.scheduling.model import Cover, Phase, PhaseKind, Visit, VisitType

TREATING = frozenset({PhaseKind.DOSING, PhaseKind.INFUSION, PhaseKind.SESSION})

Timed = tuple[int, Phase, Interval]  # the phase's number, the phase, its minutes


@dataclass(frozen=True, slots=True)
class Serving:
    """One phase that a role serves. ``hands``: with its hands, else with a watching place."""

    phase_no: int
    span: Span
    hands: bool


@dataclass(frozen=True, slots=True)
class Need:
    """Everything a visit takes. Spans are merged and in order; minutes from the visit's time.

    fit: what the room must be fit for, empty without a room. in_room: the part of the room's time
    before turnover, which must lie within opening hours; cleaning may go on after closing, and
    check-in takes nobody and may lie before opening. cover: who must be on site, and when. dosed:
    from the dose until release, while enough staff must be in the house. stay: minutes until release
    ends and the patient goes home.
    """

    fit: str
    stay: int
    room: tuple[Span, ...]
    in_room: tuple[Span, ...]
    patient: tuple[Span, ...]
    serving: tuple[tuple[Role, tuple[Serving, ...]], ...]
    cover: tuple[tuple[Cover, tuple[Span, ...]], ...]
    dosed: tuple[Span, ...]

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(role for role, _ in self.serving)

    def served_by(self, role: Role) -> tuple[Serving, ...]:
        return dict(self.serving).get(role, ())

    def hands(self, role: Role) -> tuple[Span, ...]:
        """When the role's hands are taken."""
        return _spans(Interval(*one.span) for one in self.served_by(role) if one.hands)

    def watch(self, role: Role) -> tuple[Span, ...]:
        """When one of the role's watching places is taken."""
        return _spans(Interval(*one.span) for one in self.served_by(role) if not one.hands)


@lru_cache(maxsize=256)
def need_of(visit_type: VisitType, iv_cover: Cover, minutes: tuple[int, ...] = ()) -> Need:
    """The needs of a type; ``minutes`` replace the lengths of its phases when given.

    iv_cover: the clinic's policy on who must be on site where a phase asks for a clinician.
    """
    phases = phases_of(Visit(phase_minutes=minutes), visit_type)
    turnover = [span.start for _, phase, span in phases if phase.kind is PhaseKind.TURNOVER]
    end = max((span.end for _, _, span in phases), default=0)
    return Need(
        fit=visit_type.needs_fit,
        stay=min(turnover, default=end),
        room=_when(phases, lambda phase: phase.room),
        in_room=_when(phases, lambda phase: phase.room and phase.kind is not PhaseKind.TURNOVER),
        patient=_when(phases, lambda phase: phase.patient),
        serving=_serving(phases),
        cover=_cover(phases, iv_cover),
        dosed=_dosed(phases) if visit_type.is_treatment else (),
    )


def _serving(phases: list[Timed]) -> tuple[tuple[Role, tuple[Serving, ...]], ...]:
    by_role: dict[Role, list[Serving]] = {}
    for number, phase, span in phases:
        for role in phase.hands:
            by_role.setdefault(role, []).append(Serving(number, (span.start, span.end), hands=True))
        if phase.watch is not None:
            by_role.setdefault(phase.watch, []).append(Serving(number, (span.start, span.end), hands=False))
    return tuple((role, tuple(by_role[role])) for role in sorted(by_role))


def _cover(phases: list[Timed], iv_cover: Cover) -> tuple[tuple[Cover, tuple[Span, ...]], ...]:
    out: dict[Cover, list[Interval]] = {}
    for _, phase, span in phases:
        who = iv_cover if phase.cover is Cover.CLINICIAN else phase.cover
        if who is not Cover.NOBODY:
            out.setdefault(who, []).append(span)
    return tuple((who, _spans(out[who])) for who in sorted(out))


def _dosed(phases: list[Timed]) -> tuple[Span, ...]:
    start = min((span.start for _, phase, span in phases if phase.kind in TREATING), default=None)
    end = max((span.end for _, phase, span in phases if phase.kind is not PhaseKind.TURNOVER), default=0)
    return () if start is None else ((start, end),)


def _when(phases: list[Timed], wanted: Callable[[Phase], bool]) -> tuple[Span, ...]:
    return _spans(span for _, phase, span in phases if wanted(phase))


def _spans(intervals: Iterable[Interval]) -> tuple[Span, ...]:
    return tuple((one.start, one.end) for one in merged(intervals))
