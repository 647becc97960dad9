"""Facts as words: what each field of a text becomes on paper."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from clinic_desktop.aftercare.card_facts import CardFacts
from clinic_desktop.aftercare.fields import FIELDS, Gap
from clinic_desktop.aftercare.phrase_set import Phrases
from clinic_desktop.aftercare.phrases import phrases
from clinic_desktop.aftercare.prepare import PrepareFacts
from clinic_desktop.aftercare.rules import FACT_MISSING
from clinic_desktop.aftercare.template import Part, TextPart
from clinic_desktop.aftercare.values import Moment, PageFacts, SheetFacts, SheetVersion
from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.document import Blank, Inline, Run, Words
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import clock_time, long_date, near_date, plain_date

_TIE = "\u00a0"
_HALF = re.compile(r"(?<=\d) [ap]\.? ?m\b", re.IGNORECASE)
_INKLESS = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


class Skipped(Exception):
    """The sentence is left out."""


@dataclass(frozen=True, slots=True)
class Handover:
    """Who got the sheet, from whom, when; what is not known yet is written by hand."""

    to: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Filling:
    """Facts in the language of a text. ``wording`` is the sheet's, also on its receipt. by_hand: fields that
    are lines to fill in, whatever the facts say: the dose is still to come."""

    facts: PageFacts
    language: str
    wording: SheetVersion
    copy_number: int = 1
    handover: Handover = Handover()
    by_hand: frozenset[str] = frozenset()

    @property
    def phrases(self) -> Phrases:
        return phrases(self.language)

    def words(self, parts: tuple[Part, ...]) -> Words:
        """Text and facts of one sentence. Raises ``Skipped``, or ``Refusal`` for a fact that is missing."""
        return _labels_kept(one_stop(tuple(self._inline(part) for part in parts)))

    def day(self, day: date) -> str:
        """ "Wednesday, November 18, 2026", its month and day never parted by a line's end."""
        return long_date(day, self.language, tie=_TIE)

    def clock(self, minute: int) -> str:
        return tied(clock_time(minute, self.language))

    def missing(self, name: str, gap: Gap) -> None:
        """Do with a missing fact what the text says; returns when a line is to be filled in by hand."""
        if name in self.by_hand:
            return
        if gap is Gap.SKIP:
            raise Skipped
        if gap is Gap.BLOCK:
            raise Refusal([Finding(FACT_MISSING, {"fact": FIELDS[name].label})])

    def _inline(self, part: Part) -> Inline:
        if isinstance(part, TextPart):
            return Run(part.text, part.bold)
        known = "" if part.name in self.by_hand else self.value(part.name)
        if has_ink(known):
            return Run(known, part.bold, origin=FIELDS[part.name].label)
        self.missing(part.name, part.gap)
        return Blank()

    def value(self, name: str) -> str:
        """The words of a field that stands in a sentence; empty when the fact is not known."""
        return _VALUES[name](self)

    def moment(self, moment: Moment) -> str:
        """A day just ahead, and its time: "Wednesday, November 18, 11:11 AM"."""
        day, time = near_date(moment.day, self.language, tie=_TIE), self.time(moment)
        return self.at(day, time) if time else day

    def at(self, day: str, time: str) -> str:
        """A day in words with its time."""
        return self.phrases.moment.format(day=day, time=time)

    def told(self, *things: str) -> str:
        """Those that are known, one after the other."""
        return self.phrases.marks.comma.join(filter(None, things))

    def time(self, moment: Moment | None) -> str:
        """The clock time alone, with the zone's mark where the clock shows it twice."""
        if moment is None or moment.minute is None:
            return ""
        return self.clock(moment.minute) + (_TIE + moment.zone_mark if moment.zone_mark else "")

    def stamp(self, at: datetime) -> tuple[str, str]:
        """Day and time of an instant on the clinic's clock: "November 17, 2026" and "12:04 PM"."""
        reading = local_time(at, self.facts.zone)
        return tied(plain_date(reading.day, self.language)), self.clock(reading.minute)


def tied(text: str) -> str:
    """Text that is never broken at its spaces: a time, a phone number."""
    return text.replace(" ", _TIE)


def hours_tied(hours: str) -> str:
    """Hours as a clinic typed them, "8 AM to 6 PM": no line ends between a time and its half of the day."""
    return _HALF.sub(lambda found: tied(found[0]), hours)


def one_stop(words: Words) -> Words:
    """A fact with a full stop of its own ("11:11 a. m.") at the end of a sentence: one is enough."""
    out: list[Inline] = []
    for one in words:
        last = out[-1] if out else None
        if isinstance(one, Run) and isinstance(last, Run) and _stops_twice(last, one):
            out.extend([replace(one, text=one.text[1:])] if one.text != "." else [])
        else:
            out.append(one)
    return tuple(out)


def _labels_kept(words: Words) -> Words:
    """A line to fill in stands beside what it is for: "Phone: ____" goes to the next line whole."""
    out = list(words)
    for number, one in enumerate(words[1:], start=1):
        before = out[number - 1]
        if isinstance(one, Blank) and isinstance(before, Run) and before.text.endswith(" "):
            out[number - 1] = replace(before, text=before.text[:-1] + _TIE)
    return tuple(out)


def _stops_twice(fact: Run, then: Run) -> bool:
    return bool(fact.origin) and fact.text.endswith(".") and then.text.startswith(".")


def has_ink(text: str) -> bool:
    """Whether anything of it would show on paper."""
    return any(unicodedata.category(character) not in _INKLESS for character in text)


def _after(filling: Filling) -> SheetFacts:
    """Only the texts of these sheets have the fields that ask for it."""
    if not isinstance(filling.facts, SheetFacts):
        raise TypeError(f"a {filling.facts.kind} sheet knows of no dose")
    return filling.facts


def _before(filling: Filling) -> PrepareFacts:
    if not isinstance(filling.facts, PrepareFacts):
        raise TypeError(f"a {filling.facts.kind} sheet is not made before the visit")
    return filling.facts


def _card(filling: Filling) -> CardFacts:
    if not isinstance(filling.facts, CardFacts):
        raise TypeError(f"a {filling.facts.kind} sheet is no course card")
    return filling.facts


def _card_name(filling: Filling) -> str:
    facts, words = _card(filling), filling.phrases.course
    which = words.card.format(number=facts.number, cards=facts.cards) if facts.cards > 1 else ""
    return filling.told(facts.patient_name, which)


def _held_for(filling: Filling) -> str:
    waits = _card(filling).waits
    return filling.phrases.course.waits[waits] if waits else ""


def _to_place(filling: Filling) -> str:
    count = _card(filling).to_place
    return str(count) if count else ""


def _cancel_days(filling: Filling) -> str:
    days = _card(filling).cancel_days
    return tied(filling.phrases.number_of_days(days)) if days else ""


def _moment(filling: Filling, at: Moment | None) -> str:
    return filling.moment(at) if at else ""


def _birth_date(filling: Filling) -> str:
    born = filling.facts.birth_date
    return tied(plain_date(born, filling.language)) if born else ""


def _main_phone(filling: Filling) -> str:
    phones = filling.facts.clinic.phones
    return tied(phones[0].number) if phones else ""


def _no_drive_hours(filling: Filling) -> str:
    hours = _after(filling).no_drive_hours
    return tied(filling.phrases.number_of_hours(hours)) if hours else ""


def _adult_until(filling: Filling) -> str:
    until = _after(filling).adult_until
    return filling.moment(until) if until else ""


def _driver_named(filling: Filling) -> str:
    """Who is on record, as far as that is enough."""
    facts = _before(filling)
    if facts.asks_driver:
        return ""
    alone = filling.phrases.alone.get(facts.alone, "")
    return alone or filling.told(facts.driver.name, tied(facts.driver.phone))


def _sheet_version(filling: Filling) -> str:
    named = phrases(filling.wording.language).language_name
    version, copy = filling.wording.version, filling.copy_number
    return filling.phrases.sheet_version.format(language=named, version=version, copy=copy)


def _handed_time(filling: Filling) -> str:
    at = filling.handover.at
    return filling.stamp(at)[1] if at else ""


def _drive_from(filling: Filling) -> str:
    start = _after(filling).drive_from
    return filling.day(start.day) if start.minute is None else filling.moment(start)


_VALUES: dict[str, Callable[[Filling], str]] = {
    "patient_name": lambda filling: filling.facts.patient_name,
    "birth_date": _birth_date,
    "visit_date": lambda filling: filling.day(filling.facts.visit_day),
    "clinic_name": lambda filling: filling.facts.clinic.name,
    "clinic_address": lambda filling: filling.told(*filling.facts.clinic.address.splitlines()),
    "clinic_phone": _main_phone,
    "driver_name": lambda filling: filling.facts.driver.name,
    "driver_phone": lambda filling: tied(filling.facts.driver.phone),
    "first_name": lambda filling: filling.facts.first_name or filling.phrases.the_patient,
    "drive_from": _drive_from,
    "drive_date": lambda filling: filling.day(_after(filling).drive_from.day),
    "drive_time": lambda filling: filling.time(_after(filling).drive_from),
    "no_drive_hours": _no_drive_hours,
    "infusion_end": lambda filling: filling.time(_after(filling).infusion_end),
    "last_dose": lambda filling: filling.time(_after(filling).last_dose),
    "alcohol_until": lambda filling: filling.moment(_after(filling).alcohol_from),
    "decisions_until": lambda filling: filling.moment(_after(filling).decisions_from),
    "adult_until": _adult_until,
    "visit_time": lambda filling: filling.time(_before(filling).start),
    "arrive_time": lambda filling: filling.time(_before(filling).arrive),
    "food_until": lambda filling: _moment(filling, _before(filling).food_until),
    "liquid_until": lambda filling: _moment(filling, _before(filling).liquid_until),
    "spray_until": lambda filling: _moment(filling, _before(filling).spray_until),
    "sober_from": lambda filling: _moment(filling, _before(filling).sober_from),
    "cancel_by": lambda filling: _moment(filling, _before(filling).cancel_by),
    "score_forms": lambda filling: filling.told(*_before(filling).score_forms),
    "driver_asked": lambda filling: filling.phrases.who_drives if _before(filling).asks_driver else "",
    "driver_named": _driver_named,
    "card_name": _card_name,
    "held_for": _held_for,
    "to_place": _to_place,
    "cancel_days": _cancel_days,
    "cancel_time": lambda filling: filling.clock(_card(filling).cancel_minute),
    "sheet_version": _sheet_version,
    "handed_to": lambda filling: filling.handover.to,
    "handed_by": lambda filling: filling.handover.by,
    "handed_time": _handed_time,
}
