"""Reading the line of the floor: "136/86 98 74", "10:07 arrived", "d 12K345", "10:05 10:10 d 12K345".

Nothing here decides whether something may be recorded; it only says what was typed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from clinic_desktop.foundation.words import short_date
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.slips import ANY_DAY
from clinic_desktop.ui.floor.entries import BY_KIND, Entry, Wants, entry_of
from clinic_desktop.ui.floor.said import said_of
from clinic_desktop.ui.floor.typed_times import Reading, day_that_is_over, moments_of, split_times
from clinic_desktop.ui.floor.typed_told import is_told, read_told
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_PRESSURE = re.compile(r"(\d{2,3})/(\d{1,3})")
_NUMBER = re.compile(r"([ops]?)(\d{1,3})(%?)", re.IGNORECASE)
_LOT = re.compile(r"(?=.*\d)[A-Za-z0-9-]{3,}")
_PHONE = re.compile(r"\+?[\d(][\d\s().-]{5,}\d")
_DOSE = re.compile(r"(\d+(?:\.\d+)?)(?:mg)?", re.IGNORECASE)
_PART = re.compile(r"(\d+(?:\.\d+)?) ?mg(?:\s+|$)", re.IGNORECASE)
_UNKNOWN = frozenset({"unknown", "?"})
_ADULT, _FIT = frozenset({"18", "18+", "adult"}), frozenset({"fit"})
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
    waits: str = ""  # what comes before it for somebody else to do, and who can


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes a patient home, as typed in one line."""

    name: str
    phone: str
    adult: bool
    fit: bool


def read_line(text: str, context: Context) -> Typed:
    """What was typed; an empty line says nothing."""
    zone = context.care.visit.zone
    times, rest = split_times(text, zone)
    if not rest and not times:
        return Typed()
    entry, rest = _entry(rest, context)
    if entry is None:
        return Typed(problem=tr("Not understood. A letter, a time or a pressure begins the line."))
    if entry.wants in _TIMED_BEHIND:
        more, rest = split_times(rest, zone)
        times += more
    draft, problem = _READERS[entry.wants](Stamp(kind=entry.kind), rest, context)
    instants, untimely = _instants(entry, times, context)
    stamps = tuple(replace(draft, at=one) for one in instants)
    said = said_of(entry, draft, [] if untimely else instants, zone, context.care.visit.day)
    return Typed(entry, stamps, said, untimely or problem)


def _instants(entry: Entry, times: Sequence[Reading], context: Context) -> tuple[list[datetime | None], str]:
    """The moments that are meant, in order, and what is wrong with them."""
    care, now = context.care, context.now
    if not times:
        over = day_that_is_over(care, now) if entry.kind not in ANY_DAY else None
        asked = tr("This is about {day}. Begin with the time of that day, like 10:07.")
        return [None], asked.format(day=short_date(over)) if over else ""
    found = [moments_of(one, care, now) for one in times]
    if not all(found):
        return [None], tr("The clock never shows that time on this day.")
    problem = tr("One time, like 10:07.") if len(times) > 1 and entry.kind is not StampKind.DOSE else ""
    return sorted((one[0] for one in found), key=lambda one: one or now), problem


def typed_moment(text: str, context: Context) -> datetime | None:
    """The moment that a line begins with; None when it begins with none."""
    times, _ = split_times(text, context.care.visit.zone)
    if not times:
        return None
    found = moments_of(times[0], context.care, context.now)
    return (found[0] or context.now) if found else None


def untimed(text: str, zone: str) -> str:
    """What a line says besides the moment that it begins with."""
    return split_times(text, zone)[1]


def _entry(rest: str, context: Context) -> tuple[Entry | None, str]:
    if not rest:
        return BY_KIND[context.next_kind], ""
    if _PRESSURE.match(rest):
        return BY_KIND[StampKind.VITALS], rest
    care = context.care
    return entry_of(rest, running=care.session.running, rems=care.rems) or (None, "")


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


_AMOUNT = re.compile(r"\d\s*(mg|mcg)\b", re.IGNORECASE)


def _note(stamp: Stamp, rest: str, context: Context) -> Read:
    if stamp.kind is StampKind.PRESSURE_ACCEPTED and is_told(rest):
        return _told(stamp, rest, context)
    if stamp.kind is StampKind.INFUSION_STOP and _AMOUNT.search(rest):  # as a note it would change no dose
        wrong = tr("An amount stands with the start. Go to 'Infusion started' below, Enter, and correct it.")
        return stamp, wrong
    return replace(stamp, note=rest), ""


def _reason(stamp: Stamp, rest: str, _context: Context) -> Read:
    missing = tr("Write the note.") if stamp.kind is StampKind.NOTE else tr("Say why.")
    return replace(stamp, note=rest), "" if rest else missing


def _told(stamp: Stamp, rest: str, context: Context) -> Read:
    stamp, problem = read_told(stamp, rest, context.care.setup.staff)
    unsaid = stamp.kind is StampKind.SAID and not stamp.note
    return stamp, problem or (tr("Write what was said, behind 'read back'.") if unsaid else "")


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
    Wants.TOLD: _told,
}
