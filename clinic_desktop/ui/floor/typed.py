"""Reading the line of the floor: "138/84 92 98", "10:07 arrived", "d 12K345", "10:05 10:10 d 12K345",
"10:40 138/84 92 98; 10:50 sed 5".

Nothing here decides whether something may be recorded; it only says what was typed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.calling import Call
from clinic_desktop.treatment.answers import Answer
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import standing
from clinic_desktop.treatment.slips import ANY_DAY, filled, number_slips
from clinic_desktop.treatment.stock import Lot
from clinic_desktop.ui.floor.entries import BY_KIND, Entry, Wants, entry_of
from clinic_desktop.ui.floor.said import said_of
from clinic_desktop.ui.floor.typed_asked import denies, is_answer, read_asked
from clinic_desktop.ui.floor.typed_called import called_words, read_called
from clinic_desktop.ui.floor.typed_dose import is_lot, read_dose, read_rate
from clinic_desktop.ui.floor.typed_forms import names_form, read_form
from clinic_desktop.ui.floor.typed_lots import lots_offered
from clinic_desktop.ui.floor.typed_parts import TIMED_BEHIND, split_entries
from clinic_desktop.ui.floor.typed_person import read_person
from clinic_desktop.ui.floor.typed_room import read_room, room_and_rest
from clinic_desktop.ui.floor.typed_scores import read_score
from clinic_desktop.ui.floor.typed_times import Reading, day_that_is_over, moments_of, split_times
from clinic_desktop.ui.floor.typed_told import is_strange, is_told, read_told, read_whom
from clinic_desktop.ui.floor.typed_vitals import PRESSURE, read_vitals
from clinic_desktop.ui.floor.words import at_day_clock
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.wording import all_worded

_TYPED = 1 << 61  # ids of what stands in the line only: after everything that is on record
_SAY_WHY = QT_TR_NOOP("Say why.")
UNEXPLAINED = (StampKind.NOT_TREATED, StampKind.LEFT_EARLY, StampKind.TRANSFERRED)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a line says. said: read back in words. problem: why it cannot be recorded as it stands."""

    entry: Entry | None = None
    stamps: tuple[Stamp, ...] = ()
    said: str = ""
    problem: str = ""
    offer: str = ""  # the lots that one digit names, or who could be meant by a name that is none of ours
    call: Call | None = None  # in place of stamps
    ahead: str = ""  # what Enter would ask or refuse; it is not recorded at once then

    @property
    def unexplained(self) -> bool:
        """An end of the visit, alone in the line, of which only the reason is not typed."""
        one = self.stamps[0] if len(self.stamps) == 1 else None
        return one is not None and one.kind in UNEXPLAINED and not one.note and self.problem == tr(_SAY_WHY)

    @property
    def well(self) -> bool:
        return (bool(self.stamps) or self.call is not None) and not self.problem


@dataclass(frozen=True, slots=True)
class Context:
    """What goes without saying: the visit as it stands at ``now``, the next step, a dose to expect."""

    care: Care
    now: datetime
    next_kind: StampKind
    ordered_mg: float | None = None
    waits: str = ""  # what comes before it for somebody else to do, and who can
    lots: tuple[Lot, ...] = ()  # of devices that are here, what expires first before the others
    last_time: tuple[Answer, ...] = ()  # what the patient answered before the last dose
    corrects: StampKind | None = None  # the entry that is put right: "E" of an infusion's end is that end


def read_line(text: str, context: Context) -> Typed:
    """What was typed, one entry or several; an empty line says nothing."""
    parts = split_entries(text, context.care.visit.zone, lambda rest: _entry(rest, context))
    if len(parts) == 1:
        return _read_one(parts[0], context)
    read: list[Typed] = []
    for part in parts:
        read.append(_read_one(part, context, bare=not read))
        context = as_recorded(context, read[-1].stamps)
    stamps = [stamp for one in read for stamp in one.stamps]
    stamps.sort(key=lambda one: one.at or context.now)
    said = "; ".join(one.said for one in read if one.said)
    wrong = next((f"{part}: {one.problem}" for part, one in zip(parts, read, strict=True) if one.problem), "")
    if not wrong and any(one.kind is StampKind.SHEET_HANDED for one in stamps):
        wrong = tr("Record by itself who took the sheet.")
    if not wrong and any(one.call is not None for one in read):
        wrong = tr("Record the call by itself.")
    return Typed(read[0].entry, tuple(stamps), said, wrong)


def as_recorded(context: Context, stamps: Sequence[Stamp]) -> Context:
    """As it stands once these are recorded: "b 36; e" ends what the same line began."""
    care, now = context.care, context.now
    first = _TYPED + len(care.whole.stamps)
    new = [replace(one, id=first + n, at=one.at or now) for n, one in enumerate(stamps)]
    whole = standing([*care.whole.stamps, *new])
    return replace(context, care=care.at_time(now, whole))


def _read_one(text: str, context: Context, *, bare: bool = True) -> Typed:
    """What one entry says; ``bare``: a time alone is the next step's."""
    zone = context.care.visit.zone
    times, rest = split_times(text, zone)
    if not rest and not times:
        return Typed()
    if not rest and not bare:
        return Typed(problem=tr("Say what happened then."))
    entry, rest = _entry(rest, context, len(times))
    if entry is None:
        return Typed(problem=_not_understood(text, zone))
    if entry.wants in TIMED_BEHIND:
        more, rest = split_times(rest, zone)
        times += more
    if entry.kind is None:
        return _call(entry, times, rest, context)
    draft, problem = _READERS[entry.wants](Stamp(kind=entry.kind), rest, context)
    instants, untimely = _instants(entry, times, context)
    stamps = tuple(replace(draft, at=one) for one in instants)
    shown = _accepted(draft, instants, context)
    said = said_of(entry, shown, [] if untimely else instants, zone, context.care.visit.day)
    offer = lots_offered(context.lots) if entry.kind is StampKind.DOSE and context.care.rems else ""
    if entry.kind is StampKind.TOLD:
        offer = is_strange(draft.person, context.care.setup.staff)
    offer = offer or _other_room(draft, context.care)
    return Typed(entry, stamps, said, untimely or problem, offer)


def _not_understood(text: str, zone: str) -> str:
    """A time behind words that begin nothing: that it comes first."""
    words = text.split()
    behind = next((n for n in (2, 1) if len(words) > n and _is_time(" ".join(words[-n:]), zone)), 0)
    if behind:
        time = " ".join(words[-behind:])
        return tr("Not understood. The time comes first, then a letter or a word: {time} e.").format(
            time=time
        )
    return tr("Not understood. A letter, a time or a pressure begins the line. F1 lists them.")


def _is_time(text: str, zone: str) -> bool:
    times, rest = split_times(text, zone)
    return len(times) == 1 and not rest


def _call(entry: Entry, times: Sequence[Reading], rest: str, context: Context) -> Typed:
    """A call is on record as one, whoever was called."""
    care = context.care
    at, untimely = _instants(entry, times, context)
    call, problem = read_called(rest, care, at[0] or context.now)
    when = at_day_clock(at[0], care.visit.zone, care.visit.day) if at[0] else tr("now")
    what = called_words(call, care.visit) if call else ""
    said = ", ".join(part for part in (tr(entry.label), what, when) if part)
    return Typed(entry, (), said, untimely or problem, call=replace(call, at=at[0]) if call else None)


def _accepted(draft: Stamp, instants: Sequence[datetime | None], context: Context) -> Stamp:
    """Whoever accepts a pressure now reads which one, and whether an oxygen goes with it."""
    if draft.kind is not StampKind.PRESSURE_ACCEPTED or instants != [None]:
        return draft
    return replace(draft, **filled(context.care, draft))  # type: ignore[arg-type]  # replace checks the names


def _instants(entry: Entry, times: Sequence[Reading], context: Context) -> tuple[list[datetime | None], str]:
    """The moments that are meant, in order, and what is wrong with them."""
    care, now = context.care, context.now
    if not times:
        any_day = entry.kind is None or entry.kind in ANY_DAY
        over = None if any_day else day_that_is_over(care, now)
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


def _entry(rest: str, context: Context, times: int = 0) -> tuple[Entry | None, str]:
    """What a text begins with, and the rest. Several times alone, or with a lot, are those of devices."""
    care = context.care
    if not rest:
        return BY_KIND[StampKind.DOSE if times > 1 and care.rems else context.next_kind], ""
    if PRESSURE.match(rest):
        return BY_KIND[StampKind.VITALS], rest
    if names_form(rest.partition(" ")[0]):
        return BY_KIND[StampKind.DISCHARGE_FORM], rest
    running = care.session.left_open or context.corrects is StampKind.INFUSION_STOP
    found = entry_of(rest, running=running, rems=care.rems)
    if denies(rest.lower().split()) or (found is None and is_answer(rest)):  # "no food" is no note
        return BY_KIND[StampKind.ANSWERED], rest
    if found is None and times > 1 and care.rems and is_lot(rest):
        return BY_KIND[StampKind.DOSE], rest
    return found or (None, "")


Read = tuple[Stamp, str]


_AMOUNT = re.compile(r"\d\s*(mg|mcg)\b", re.IGNORECASE)


def _note(stamp: Stamp, rest: str, context: Context) -> Read:
    if stamp.kind is StampKind.PRESSURE_ACCEPTED and is_told(rest):
        return _told(stamp, rest, context)
    if stamp.kind is StampKind.INFUSION_STOP and _AMOUNT.search(rest):  # as a note it would change no dose
        wrong = tr("An amount stands with the start. Go to 'Infusion started' below, Enter, and correct it.")
        return stamp, wrong
    if rest and room_and_rest(rest, context.care.setup.rooms) is None:
        if wrong := _here_already(stamp, context):
            return stamp, wrong
    elif stamp.kind is StampKind.IN_ROOM and rest:
        return _into_room(stamp, rest, context.care)
    return replace(stamp, note=rest), ""


def _here_already(stamp: Stamp, context: Context) -> str:
    """Whoever is here does not come once more: "i fell from chair" is what happened, and no coming in."""
    session, zone, day = context.care.whole, context.care.visit.zone, context.care.visit.day
    if stamp.kind is context.corrects:
        return ""
    if stamp.kind is StampKind.ARRIVED and session.arrived_at is not None:
        begins = tr("Already here since {time}.").format(time=at_day_clock(session.arrived_at, zone, day))
    elif stamp.kind is StampKind.IN_ROOM and session.entered_at is not None and not session.out_of_room_at:
        begins = tr("Already in the room since {time}.").format(
            time=at_day_clock(session.entered_at, zone, day)
        )
    else:
        return ""
    instead = tr("What happened is a note: N. Of a fall or other harm the prescriber is told, too: T.")
    return f"{begins} {instead}"


def _into_room(stamp: Stamp, rest: str, care: Care) -> Read:
    """The room is that of the visit, or another one: then the visit moves there first. As a note it would
    leave them in a room they are not in."""
    found = room_and_rest(rest, care.setup.rooms)
    if found is None:
        return replace(stamp, note=rest), ""
    room, note = found
    if room.id == care.visit.room_id:
        return replace(stamp, note=note), ""
    if care.whole.entered_at is not None:
        wrong = tr("{room} is another room than they came into. Record J {room}.")
        return stamp, wrong.format(room=room.name)
    return replace(stamp, room_id=room.id, note=note), ""


def _other_room(stamp: Stamp, care: Care) -> str:
    """Somebody comes into another room than the booked one: which, and what becomes of the visit."""
    names = {one.id: one.name for one in care.setup.rooms}
    if stamp.kind is not StampKind.IN_ROOM or stamp.room_id not in names:
        return ""
    words = tr("Into {room}: the visit moves there from {old}.")
    return words.format(room=names[stamp.room_id], old=names.get(care.visit.room_id or 0, tr("no room")))


def _reason(stamp: Stamp, rest: str, _context: Context) -> Read:
    missing = tr("Write the note.") if stamp.kind is StampKind.NOTE else tr(_SAY_WHY)
    return replace(stamp, note=rest), "" if rest else missing


def _told(stamp: Stamp, rest: str, context: Context) -> Read:
    stamp, problem = read_told(stamp, rest, context.care.setup.staff)
    unsaid = stamp.kind is StampKind.SAID and not stamp.note
    return stamp, problem or (tr("Write what was said, behind 'read back'.") if unsaid else "")


def _person(stamp: Stamp, rest: str, context: Context) -> Read:
    who, _, what = (part.strip() for part in rest.partition(","))
    if stamp.kind is StampKind.TOLD:
        return read_whom(replace(stamp, note=what), who, context.care.setup.staff)
    return replace(stamp, person=who, note=what), "" if who else tr("Say who.")


def _vitals(stamp: Stamp, rest: str, _context: Context) -> Read:
    stamp, problem = read_vitals(stamp, rest)
    return stamp, problem or all_worded(number_slips(stamp).values())


def _score(stamp: Stamp, rest: str, _context: Context) -> Read:
    return read_score(stamp, rest)


def _answers(stamp: Stamp, rest: str, context: Context) -> Read:
    return read_asked(stamp, rest, context.care, context.now, context.last_time)


def _dose(stamp: Stamp, rest: str, context: Context) -> Read:
    return read_dose(stamp, rest, context.care, context.ordered_mg, context.lots)


def _form(stamp: Stamp, rest: str, context: Context) -> Read:
    return read_form(stamp, rest, context.care)


def _rate(stamp: Stamp, rest: str, context: Context) -> Read:
    return read_rate(stamp, rest, context.care)


def _room(stamp: Stamp, rest: str, context: Context) -> Read:
    return read_room(stamp, rest, context.care.setup.rooms)


def _driver(stamp: Stamp, rest: str, context: Context) -> Read:
    """Nothing typed: the driver who was named. Else somebody else: name, phone, and the words 18 and fit."""
    visit = context.care.visit
    if not rest and not visit.plan_name:
        return stamp, tr("Nobody is named. Write name, phone, 18 and fit.")
    if not rest:
        return replace(stamp, person=visit.plan_name, phone=visit.plan_phone, adult=visit.plan_adult), ""
    person = read_person(rest)
    stamp = replace(stamp, person=person.name, phone=person.phone, adult=person.adult, fit=person.fit)
    stamp = replace(stamp, note=person.relationship)
    return stamp, "" if person.name else tr("Say who came.")


_READERS = {
    Wants.NOTE: _note,
    Wants.REASON: _reason,
    Wants.PERSON: _person,
    Wants.ROOM: _room,
    Wants.VITALS: _vitals,
    Wants.SCORE: _score,
    Wants.ANSWERS: _answers,
    Wants.DOSE: _dose,
    Wants.RATE: _rate,
    Wants.FORM: _form,
    Wants.DRIVER: _driver,
    Wants.TOLD: _told,
}
