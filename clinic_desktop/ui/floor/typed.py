"""Reading the line of the floor: "136/86 98 74", "10:07 arrived", "d 12K345", "10:05 10:10 d 12K345".

Nothing here decides whether something may be recorded; it only says what was typed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from clinic_desktop.foundation.clock import WallTime, instant_at, local_time, to_utc_minute
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.ui.clock_text import parse_clock
from clinic_desktop.ui.floor.entries import BY_KIND, Entry, Wants, entry_of
from clinic_desktop.ui.floor.said import said_of
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_TIME = re.compile(r"\d{1,2}:\d{2}(?:[ap]m?)?|\d{1,2}[ap]m?", re.IGNORECASE)
_EITHER = re.compile(r"[1-9]:\d{2}|1[0-2]:\d{2}")  # says nothing of morning or afternoon
_PRESSURE = re.compile(r"(\d{2,3})/(\d{1,3})")
_NUMBER = re.compile(r"([ops]?)(\d{1,3})(%?)", re.IGNORECASE)
_LOT = re.compile(r"(?=.*\d)[A-Za-z0-9-]{3,}")
_PHONE = re.compile(r"\+?[\d(][\d\s().-]{5,}\d")
_DOSE = re.compile(r"(\d+(?:\.\d+)?)(?:mg)?", re.IGNORECASE)
_PART = re.compile(r"(\d+(?:\.\d+)?) ?mg(?:\s+|$)", re.IGNORECASE)
_UNKNOWN = frozenset({"unknown", "?"})
_ADULT, _FIT = frozenset({"18", "18+", "adult"}), frozenset({"fit"})
_AHEAD, _RECENT = timedelta(minutes=2), timedelta(hours=8)
_NIGHT, _HALF = 6 * 60, 12 * 60
_TIMED_BEHIND = frozenset({Wants.NOTE, Wants.VITALS, Wants.DOSE})

_VITALS = QT_TR_NOOP("Write pressure, oxygen and pulse, like 136/86 98 74.")
_MG = QT_TR_NOOP("Write the dose in mg, like 35.")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a line says. said: read back in words. problem: why it cannot be recorded as it stands."""

    entry: Entry | None = None
    stamps: tuple[Stamp, ...] = ()
    said: str = ""
    problem: str = ""

    @property
    def well(self) -> bool:
        return bool(self.stamps) and not self.problem


@dataclass(frozen=True, slots=True)
class Context:
    """What goes without saying: the visit as it stands at ``now``, the next step, a dose to expect."""

    care: Care
    now: datetime
    next_kind: StampKind
    ordered_mg: float | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes a patient home, as typed in one line."""

    name: str
    phone: str
    adult: bool
    fit: bool


def read_line(text: str, context: Context) -> Typed:
    """What was typed; an empty line says nothing."""
    times, rest = _times(text)
    if not rest and not times:
        return Typed()
    entry, rest = _entry(rest, context)
    if entry is None:
        return Typed(problem=tr("Not understood. A letter, a time or a pressure begins the line."))
    if entry.wants in _TIMED_BEHIND:
        more, rest = _times(rest)
        times += more
    draft, problem = _READERS[entry.wants](Stamp(kind=entry.kind), rest, context)
    if len(times) > 1 and entry.kind is not StampKind.DOSE:
        problem = tr("One time, like 10:07.")
    instants = sorted((_instant(one, context) for one in times), key=lambda one: one or context.now) or [None]
    stamps = tuple(replace(draft, at=one) for one in instants)
    return Typed(entry, stamps, said_of(entry, draft, instants, context.care.visit.zone), problem)


def typed_moment(text: str, context: Context) -> datetime | None:
    """The moment that a line begins with; None when it begins with none."""
    times, _ = _times(text)
    return (_instant(times[0], context) or context.now) if times else None


def untimed(text: str) -> str:
    """What a line says besides the moment that it begins with."""
    return _times(text)[1]


def _times(text: str) -> tuple[list[tuple[int, ...]], str]:
    """The clock readings that a text begins with, and what follows them.

    Each as the minutes of the day that it may mean, the likeliest first: "7:10" is said of both halves.
    """
    words = text.split()
    out: list[tuple[int, ...]] = []
    while words and _TIME.fullmatch(words[0]) and (minute := parse_clock(words[0])) is not None:
        out.append((minute, (minute + _HALF) % (2 * _HALF)) if _EITHER.fullmatch(words[0]) else (minute,))
        words.pop(0)
    return out, " ".join(words)


def _entry(rest: str, context: Context) -> tuple[Entry | None, str]:
    if not rest:
        return BY_KIND[context.next_kind], ""
    if _PRESSURE.match(rest):
        return BY_KIND[StampKind.VITALS], rest
    return entry_of(rest, running=context.care.session.running) or (None, "")


def _instant(minutes: Sequence[int], context: Context) -> datetime | None:
    """The moment of a clock reading: the last one that is not to come. The present minute is now."""
    now, zone = context.now, context.care.visit.zone
    here = local_time(now, zone)
    if here.minute in minutes:
        return None
    days = [here.day, here.day - timedelta(days=1)] if here.minute < _NIGHT else [here.day]
    likely, *other = (_moments(minute, days, zone) for minute in minutes)
    recent = [one for half in other for one in half if one > now - _RECENT]
    past = [one for one in (*likely, *recent) if one <= now + _AHEAD]
    return max(past) if past else likely[0]


def _moments(minute: int, days: Sequence[date], zone: str) -> list[datetime]:
    """Both moments of a reading that comes twice."""
    return [instant_at(to_utc_minute(WallTime(day, minute, fold), zone)) for day in days for fold in (1, 0)]


def read_person(text: str) -> Person:
    """ "Jo Reed 217-555-0101 18 fit": the words 18 (or adult) and fit are said of the person."""
    words = text.replace(",", " ").split()
    said = {word.lower() for word in words}
    left = " ".join(word for word in words if word.lower() not in _ADULT | _FIT)
    phone = _PHONE.search(left)
    name = left.replace(phone[0], " ") if phone else left
    return Person(
        " ".join(name.split()), phone[0].strip() if phone else "", bool(said & _ADULT), bool(said & _FIT)
    )


Read = tuple[Stamp, str]


def _note(stamp: Stamp, rest: str, _context: Context) -> Read:
    return replace(stamp, note=rest), ""


def _reason(stamp: Stamp, rest: str, _context: Context) -> Read:
    missing = tr("Write the note.") if stamp.kind is StampKind.NOTE else tr("Say why.")
    return replace(stamp, note=rest), "" if rest else missing


def _person(stamp: Stamp, rest: str, _context: Context) -> Read:
    who, _, what = (part.strip() for part in rest.partition(","))
    return replace(stamp, person=who, note=what), "" if who else tr("Say who.")


def _vitals(stamp: Stamp, rest: str, _context: Context) -> Read:
    """Pressure first, then oxygen and pulse; "o98" and "p74" in any order."""
    words = rest.split()
    if words and (pressure := _PRESSURE.fullmatch(words[0])):
        stamp = replace(stamp, systolic=int(pressure[1]), diastolic=int(pressure[2]))
        words.pop(0)
    numbers = [found for word in words if (found := _NUMBER.fullmatch(word))]
    if len(numbers) != len(words) or len(numbers) > 2:
        return stamp, tr(_VITALS)
    stamp = _oxygen_and_pulse(stamp, numbers)
    nothing = stamp.systolic is None and stamp.oxygen is None and stamp.pulse is None
    return stamp, tr(_VITALS) if nothing else ""


def _oxygen_and_pulse(stamp: Stamp, numbers: Sequence[re.Match[str]]) -> Stamp:
    bare: list[int] = []
    for one in numbers:
        letter, number = one[1].lower(), int(one[2])
        if letter == "p":
            stamp = replace(stamp, pulse=number)
        elif letter or one[3]:
            stamp = replace(stamp, oxygen=number)
        else:
            bare.append(number)
    if len(bare) == 2 and bare[0] > 100 >= bare[1]:  # more than 100 percent: they were turned round
        bare.reverse()
    for number in bare:
        free = stamp.oxygen is None and number <= 100
        stamp = replace(stamp, oxygen=number) if free else replace(stamp, pulse=number)
    return stamp


def _dose(stamp: Stamp, rest: str, context: Context) -> Read:
    if context.care.rems:
        return _device(stamp, rest, context)
    words = [word for word in rest.split() if word.lower() != "mg"]
    found = _DOSE.fullmatch(words[0]) if words else None
    if words and not found:
        return stamp, tr(_MG)
    dose = float(found[1]) if found else context.ordered_mg
    stamp = replace(stamp, dose=dose, unit="mg", note=" ".join(words[1:]))
    return stamp, "" if dose else tr(_MG)


def _device(stamp: Stamp, rest: str, context: Context) -> Read:
    """A device holds 28 mg; "14 mg" is said of a part. Its lot is the last one's unless another is typed, or
    that it is unknown. Whether that may be given is for the rules to say."""
    part = _PART.match(rest)
    words = rest[part.end() :].split() if part else rest.split()
    found = next((n for n, word in enumerate(words) if _LOT.fullmatch(word) or word.lower() in _UNKNOWN), -1)
    devices = context.care.session.devices
    lot = devices[-1].lot if devices else ""
    if found >= 0:
        typed = words.pop(found)
        lot = "" if typed.lower() in _UNKNOWN else typed
        if found and words[found - 1].lower() == "lot":
            words.pop(found - 1)
    dose, unit = (float(part[1]), "mg") if part else (None, "")
    return replace(stamp, lot=lot, note=" ".join(words), dose=dose, unit=unit), ""


def _driver(stamp: Stamp, rest: str, context: Context) -> Read:
    """Nothing typed: the driver who was named. Else somebody else: name, phone, and the words 18 and fit."""
    visit = context.care.visit
    if not rest and not visit.plan_name:
        return stamp, tr("Nobody is named. Write name, phone, 18 and fit.")
    if not rest:
        return replace(stamp, person=visit.plan_name, phone=visit.plan_phone, adult=visit.plan_adult), ""
    person = read_person(rest)
    stamp = replace(stamp, person=person.name, phone=person.phone, adult=person.adult, fit=person.fit)
    return stamp, "" if person.name else tr("Say who came.")


_READERS = {
    Wants.NOTE: _note,
    Wants.REASON: _reason,
    Wants.PERSON: _person,
    Wants.VITALS: _vitals,
    Wants.DOSE: _dose,
    Wants.DRIVER: _driver,
}
