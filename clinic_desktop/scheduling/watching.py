"""A nurse who may watch three patients has three numbered places; each watching claim gets one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from clinic_desktop.scheduling.model import Claim


def numbered(claims: Iterable[Claim], limit: int) -> list[Claim] | None:
    """All watching claims of one nurse with places ``0..limit-1``, or None when they do not fit.

    Intervals taken in order of their start need no more places than are ever busy at once, so
    whatever the count allows can be placed; a claim keeps the place it has where that is free.
    """
    ends = [0] * limit
    out = []
    for claim in sorted(claims, key=lambda one: (one.start, one.end, one.visit_id)):
        slot = _free_slot(ends, claim)
        if slot is None:
            return None
        ends[slot] = claim.end
        out.append(claim if claim.slot == slot else replace(claim, slot=slot))
    return out


def _free_slot(ends: Sequence[int], claim: Claim) -> int | None:
    if claim.slot < len(ends) and ends[claim.slot] <= claim.start:
        return claim.slot
    return next((slot for slot, end in enumerate(ends) if end <= claim.start), None)
