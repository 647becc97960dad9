"""Which alarms must have stood at a moment, by nothing but what had been said until then.

It knows none of the program's rules: what is due and which limit was reached is reckoned here once more, from
the reference (sections 3 and 4) and the decisions, in minutes and numbers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from tests.simulation.world import Heard, Look, Month, Said, Sent

GIVEN = ("dose", "infusion started", "infusion stopped")
ENDS = ("released", "left", "arrived, not treated", "left before release", "transferred")
FORTY, EVERY, AGAIN = timedelta(minutes=40), timedelta(minutes=10), timedelta(minutes=10)
COMING, DUE, LATE, VERY_LATE, URGENT = range(1, 6)
HIGH, TELL, EMERGENCY = (141, 91), (160, 100), (180, 110)  # at or above either number

Facts = Sequence[Sent]


def wrong_alarms(month: Month, sprayed: set[int], prescribers: set[int]) -> Iterator[str]:
    """Alarms that were missing whenever somebody looked, and those that nothing had led to. ``sprayed``: the
    visits under Spravato's programme."""
    for look in month.looks:
        wanted = frozenset(_standing(month, look, sprayed, prescribers))
        yield from (f"no alarm: {_words(one, look)}" for one in wanted - look.alarms)
        yield from (f"an invented alarm: {_words(one, look)}" for one in look.alarms - wanted)


def _words(one: Heard, look: Look) -> str:
    return f"{one.kind} of visit {one.visit_id}, since {one.since}, level {one.level}, at {look.at}"


def _standing(month: Month, look: Look, sprayed: set[int], prescribers: set[int]) -> Iterator[Heard]:
    said = month.answers[: look.answers]
    for visit_id, facts in _of_the_day(month.sent[: look.sent], look.at).items():
        if not any(one.kind in ENDS for one in facts):
            for kind, level, since in _of_one(facts, look.at, visit_id in sprayed, prescribers):
                yield Heard(kind, visit_id, None, since, level, _answered(said, kind, visit_id, since))
    for number, called in enumerate(month.calls[: look.calls], start=1):
        answered = any(one.help_id == number for one in said)
        if not answered and _same_day(called, look.at):
            yield Heard("help", None, number, called, URGENT, answered=False)


def _same_day(one: datetime, other: datetime) -> bool:
    """Nobody in this month is there at night."""
    return abs(one - other) < timedelta(hours=14)


def _of_the_day(sent: Facts, at: datetime) -> Mapping[int, Facts]:
    """Each visit's facts in the order of their minutes; in a minute as they were said."""
    out: dict[int, list[Sent]] = defaultdict(list)
    for one in reversed(sent):
        if not _same_day(one.said, at):
            break  # whatever was said before is of an earlier day
        out[one.visit_id].append(one)
    return {number: sorted(facts[::-1], key=lambda one: _minute(one.at)) for number, facts in out.items()}


def _answered(said: Sequence[Said], kind: str, visit_id: int, since: datetime) -> bool:
    return any((one.kind, one.visit_id, one.since) == (kind, visit_id, since) for one in said)


# One patient.

Found = tuple[str, int, datetime]


def _of_one(facts: Facts, now: datetime, sprayed: bool, prescribers: set[int]) -> Iterator[Found]:
    signed = _signed(facts, prescribers)
    emergency = _emergency(facts, signed)
    if emergency is not None:
        yield "emergency pressure", URGENT, emergency.at
    tell = _to_tell(facts, signed)
    if tell is not None and tell is not emergency:
        yield "prescriber to be told", URGENT, tell.at
    for kind, due in (
        ("40-minute pressure", _forty(facts) if sprayed else None),
        ("pressure", _check(facts)),
    ):
        level = 0 if due is None else _level(_minute(now) - _minute(due))
        if due is not None and level:
            yield kind, level, due


def _level(minutes: int) -> int:
    """Coming five minutes before, late one minute after, very late five after."""
    if minutes >= 1:
        return VERY_LATE if minutes >= 5 else LATE
    return DUE if minutes == 0 else COMING if minutes >= -5 else 0


def _forty(facts: Facts) -> datetime | None:
    """Until a pressure was taken 30 to 50 minutes after the first device, or why there is none was said."""
    first = _first(facts)
    if first is None or any(one.kind == "40-minute pressure missed" for one in facts):
        return None
    since = (_minute(one.at) - _minute(first.at) for one in _pressures(facts))
    return None if any(30 <= one <= 50 for one in since) else first.at + FORTY


def _check(facts: Facts) -> datetime | None:
    """In an infusion every ten minutes; after a pressure at the limit ten minutes after the last, until it
    fell twice."""
    after, again = _after(facts), _again(facts)
    starts = [one for one in facts if one.kind in ("infusion started", "infusion stopped")]
    if starts and starts[-1].kind == "infusion started":
        usual = max(one.at for one in (starts[-1], *after)) + EVERY
        return min(usual, again or usual)
    return again


def _again(facts: Facts) -> datetime | None:
    after, reached, wanted = _after(facts), False, False
    for number, one in enumerate(after, start=1):
        reached = reached or _at(one, TELL)
        wanted = (wanted or (reached and _at(one, HIGH))) and not _fell_twice(after[:number])
    return after[-1].at + AGAIN if wanted else None


def _fell_twice(readings: Facts) -> bool:
    minutes: dict[int, tuple[int, int]] = {}
    for one in readings:
        there = minutes.get(_minute(one.at), (0, 0))
        minutes[_minute(one.at)] = max(there[0], one.systolic or 0), max(there[1], one.diastolic or 0)
    last = list(minutes.values())[-3:]
    fell = [new != old and new[0] <= old[0] and new[1] <= old[1] for old, new in pairwise(last)]
    return fell == [True, True]


# Limits, and who knows of it.

Signed = Callable[[Sent], bool]


def _signed(facts: Facts, prescribers: set[int]) -> Signed:
    """Whether a prescriber accepted a pressure: an acceptance is about the one that waits for it, else about
    the last."""
    about: list[tuple[Sent, Sent]] = []

    def signed(reading: Sent) -> bool:
        return any(
            _numbers(one) == _numbers(reading) and _minute(reading.at) <= _minute(by.at) for by, one in about
        )

    for number, one in enumerate(facts):
        then = facts[:number]
        if one.kind == "pressure accepted" and one.by in prescribers and (taken := _pressures(then)):
            waits = _emergency(then, signed) if _first(then) else _high_before(then, signed)
            about.append((one, waits or taken[-1]))
    return signed


def _emergency(facts: Facts, signed: Signed) -> Sent | None:
    """The last pressure at the emergency limit that no prescriber accepted. Before the dose one that was
    taken ten minutes later takes its place."""
    readings, first = _pressures(facts), _first(facts)
    if first is not None:
        before = [one for one in readings if facts.index(one) < facts.index(first)][-1:]
        high = [one for one in (*before, *_after(facts)) if _at(one, EMERGENCY) and not signed(one)]
        return high[-1] if high else None
    high = [one for one in readings if _at(one, EMERGENCY)]
    if not high or signed(high[-1]) or _high_before(facts, signed) is None:
        return None
    return None if _minute(readings[-1].at) - _minute(high[-1].at) >= 10 else high[-1]


def _high_before(facts: Facts, signed: Signed) -> Sent | None:
    """The last high pressure before the dose, until it is accepted or taken again after ten minutes."""
    readings = _pressures(facts)
    high = [one for one in readings if _at(one, HIGH)]
    if not high or signed(high[-1]):
        return None
    again = _minute(readings[-1].at) - _minute(high[-1].at) >= 10
    return None if again else high[-1]


def _to_tell(facts: Facts, signed: Signed) -> Sent | None:
    """The last pressure after the dose at the limit for telling, until the prescriber knows of it or of one
    that was as high."""
    high = [one for one in _after(facts) if _at(one, TELL)]
    told = [n for n, one in enumerate(facts) if one.kind == "prescriber told"]
    known = [one for one in high if signed(one) or any(n > facts.index(one) for n in told)]
    left = [one for one in high if not any(_as_high(it, one) for it in known)]
    return left[-1] if left else None


def _as_high(one: Sent, other: Sent) -> bool:
    return all(mine >= its for mine, its in zip(_numbers(one), _numbers(other), strict=True))


def _first(facts: Facts) -> Sent | None:
    return next((one for one in facts if one.kind in GIVEN), None)


def _pressures(facts: Facts) -> list[Sent]:
    return [one for one in facts if one.kind == "vitals" and one.systolic]


def _after(facts: Facts) -> list[Sent]:
    """The pressures after the first dose."""
    first = _first(facts)
    return [] if first is None else _pressures(facts[facts.index(first) :])


def _numbers(one: Sent) -> tuple[int, int]:
    return one.systolic or 0, one.diastolic or 0


def _at(one: Sent, limit: tuple[int, int]) -> bool:
    return _numbers(one)[0] >= limit[0] or _numbers(one)[1] >= limit[1]


def _minute(at: datetime) -> int:
    return int(at.timestamp() // 60)
