"""What a card of the floor says at one moment. Pure: a stay and the clock in, words and tones out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.foundation.words import clock_time, near_date, short_date
from clinic_desktop.scheduling.model import DEVICE_MG, Visit
from clinic_desktop.scheduling.states import UNDOSED, VisitState
from clinic_desktop.scheduling.way_home import driver_word
from clinic_desktop.treatment.acknowledging import waits_for_prescriber
from clinic_desktop.treatment.alarm_records import AlarmKind
from clinic_desktop.treatment.alarms import CHECKS, Alarm, AlarmLevel, alarms_of, due_level, level_now
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.dosing import incomplete
from clinic_desktop.treatment.due import Due, DueKind, due_of, phase_clock
from clinic_desktop.treatment.infused import runs_of
from clinic_desktop.treatment.leaving import earliest_release
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moments import after
from clinic_desktop.treatment.not_today import answered_to, says_not_today
from clinic_desktop.treatment.pressure import Level, level_of, words_of
from clinic_desktop.treatment.progress import where_now
from clinic_desktop.treatment.session import when
from clinic_desktop.ui.driver_badge import DriverMark, driver_spoken
from clinic_desktop.ui.floor.blockers import blockers_of
from clinic_desktop.ui.floor.checklist import checklist_of
from clinic_desktop.ui.floor.driver_words import on_the_way
from clinic_desktop.ui.floor.entries import BY_KIND
from clinic_desktop.ui.floor.reading import Stay
from clinic_desktop.ui.floor.trend import Trend, trend_of
from clinic_desktop.ui.floor.typed_times import day_that_is_over
from clinic_desktop.ui.floor.words import ahead, at_clock, away, counted, length, minutes_between, unbroken
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.wording import held_words

_DUE_WORDS = {
    DueKind.DEVICE: QT_TR_NOOP("Next device {time}"),
    DueKind.PRESSURE_40: QT_TR_NOOP("40-minute pressure {time}"),
    DueKind.PRESSURE: QT_TR_NOOP("Pressure due {time}"),
    DueKind.INFUSION_END: QT_TR_NOOP("Infusion ends {time}"),
    DueKind.RELEASE: QT_TR_NOOP("Last checks {time}"),
}
_ANCHORS = {
    "first": QT_TR_NOOP("first device"),
    "last": QT_TR_NOOP("last device"),
    "last dose": QT_TR_NOOP("dose"),
    "infusion's end": QT_TR_NOOP("infusion"),
}
_GIVEN = (StampKind.DOSE, StampKind.INFUSION_START, StampKind.INFUSION_STOP)
_AGAIN = QT_TR_NOOP("Pressure again {time}")  # until it fell twice
_LIMITS = {
    AlarmKind.EMERGENCY: (QT_TR_NOOP("Emergency {reading}"), QT_TR_NOOP("call prescriber")),
    AlarmKind.SEDATION: (QT_TR_NOOP("Sedation {reading}"), QT_TR_NOOP("call prescriber")),
    AlarmKind.OXYGEN: (QT_TR_NOOP("Oxygen {reading}"), QT_TR_NOOP("tell prescriber")),
    AlarmKind.TELL: (QT_TR_NOOP("Pressure {reading}"), QT_TR_NOOP("tell prescriber")),
}
_TONES = {
    AlarmLevel.NONE: Tone.NEUTRAL,
    AlarmLevel.COMING: Tone.WARN,
    AlarmLevel.DUE: Tone.WARN,
    AlarmLevel.LATE: Tone.DANGER,
    AlarmLevel.VERY_LATE: Tone.DANGER,
}


class Group(StrEnum):
    HERE = "here"
    COMING = "coming"
    UNCLOSED = "unclosed"  # of a day that is over, without an end
    DONE = "done"
    AWAY = "away"  # missed or cancelled


@dataclass(frozen=True, slots=True)
class Ring:
    """Elapsed time: ``share`` of the phase (0 to 1, None where no length is known), and its words. left: what
    remains of it."""

    text: str
    below: str
    share: float | None = None
    left: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """The next thing due: clock time first, how far away at the right."""

    text: str
    right: str
    tone: Tone
    icon: str = "clock"


@dataclass(frozen=True, slots=True)
class Vitals:
    """The last vitals: when, the pressure with its tone, and oxygen and pulse."""

    time: str = ""
    pressure: str = ""
    beside: str = ""
    tone: Tone = Tone.NEUTRAL
    low: bool = False  # the oxygen is too low

    @property
    def words(self) -> tuple[str, str, str]:
        return self.pressure, self.beside, self.time


@dataclass(frozen=True, slots=True)
class Card:
    """A stay in words. number: of its room's key (Ctrl and the digit), 0 for none. release: the rule of the
    earliest release, and its time. level: of the most urgent alarm. alarm: a reading at a limit that the
    prescriber is called for or told of, its time, and which of both. also: the other limits. earlier: the
    day, where it is over. due_at: when what the bar says is due. blockers: what stands before the next gate.
    trend: the last pressures. alike: others of the day with a name like it. only_here: what this computer
    keeps of it and no other desk sees, doses first."""

    visit_id: int
    group: Group
    number: int
    state: VisitState
    name: str
    what: str
    room: str
    nurse: str
    time: str
    family: str = "other"
    ring: Ring | None = None
    doses: tuple[str, ...] = ()
    release: tuple[str, str] = ("", "")
    level: AlarmLevel = AlarmLevel.NONE
    alarm: tuple[str, str, str] = ("", "", "")
    also: str = ""
    bar: Bar | None = None
    due_at: datetime | None = None
    vitals: Vitals | None = None
    driver: DriverMark | None = None
    driver_name: str = ""
    trouble: str = ""
    earlier: str = ""
    blockers: tuple[str, ...] = ()
    trend: Trend | None = None
    alike: tuple[str, ...] = ()
    only_here: tuple[str, ...] = ()

    @property
    def similar(self) -> str:
        """Whom not to take them for; empty where there is nobody."""
        return tr("Similar name: {names}").format(names="; ".join(self.alike)) if self.alike else ""

    @property
    def key(self) -> tuple[str, int]:
        """Which row of the floor it is."""
        return "visit", self.visit_id

    @property
    def to_settle(self) -> str:
        """ "3 to settle: oxygen, sheet, driver"; empty where nothing is."""
        return self.to_settle_with(len(self.blockers)) if self.blockers else ""

    def to_settle_with(self, shown: int) -> str:
        """The same with as many named as there is room for: "6 to settle: time, pressure +4"."""
        more = len(self.blockers) - shown
        named = ", ".join(self.blockers[:shown]) + (f" +{more}" if more else "")
        return tr("{n} to settle: {what}").format(n=len(self.blockers), what=named)

    def only_here_with(self, shown: int) -> str:
        """ "Only on this computer: Vitals 10:04 AM +2", as many named as there is room for."""
        more = len(self.only_here) - shown
        named = ", ".join(self.only_here[:shown]) + (f" +{more}" if more else "")
        return tr("Only on this computer: {what}").format(what=named)

    @property
    def limits(self) -> str:
        """ "Emergency 186/112, sedation 1, oxygen 86": every limit that was reached; empty where none was."""
        return ", ".join(part for part in (self.alarm[0], self.also) if part)

    @property
    def late(self) -> bool:
        return self.bar is not None and self.bar.tone is Tone.DANGER

    @property
    def spoken(self) -> str:
        """Everything on the card as one line for a screen reader."""
        parts = [
            ", ".join(part for part in (self.limits, *self.alarm[1:]) if part),
            self.earlier,
            self.name,
            self.similar,
            self.what,
            self.room,
        ]
        parts.append(self.only_here_with(len(self.only_here)) if self.only_here else "")
        parts.append(state_word(self.state))
        if self.ring:
            parts.append(" ".join(part for part in (self.ring.text, self.ring.below) if part))
            parts.append(self.ring.left)
        parts += [", ".join(self.doses), " ".join(part for part in self.release if part)]
        parts.append(" ".join(part for part in (self.bar.text, self.bar.right) if part) if self.bar else "")
        if self.vitals:
            parts.append(" ".join(part for part in self.vitals.words if part))
        parts += [self.trend.spoken if self.trend else "", self.to_settle]
        if self.driver:
            parts.append(", ".join(part for part in (driver_spoken(self.driver), self.driver_name) if part))
        parts += [self.trouble, tr("Nurse {name}").format(name=self.nurse) if self.nurse else "", self.time]
        return ". ".join(part for part in parts if part)


def card_of(stay: Stay, group: Group, number: int, now: datetime, names_alike: tuple[str, ...] = ()) -> Card:
    """The card of a stay at ``now``. names_alike: others of the day who could be mistaken."""
    care = stay.care.at_time(now, stay.care.whole)
    card = Card(
        visit_id=stay.id,
        group=group,
        number=number,
        state=where_now(stay.visit, care.type, care.session),
        name=care.patient.name,
        what=_what(stay),
        room=_room(stay, group),
        nurse=_initials(stay),
        time=_planned(stay) if group is not Group.DONE else _left(stay),
        family=care.type.family,
        earlier=near_date(stay.visit.day) if day_that_is_over(care, now) else "",
        alike=names_alike,
        only_here=_only_here(stay),
    )
    if group in (Group.DONE, Group.AWAY):
        return replace(card, trouble=_dosed_since(care))
    mark, driver = _driver(stay, care)
    trouble = _not_closed(stay) if group is Group.UNCLOSED else _trouble(stay)
    card = replace(card, driver=mark, driver_name=driver, trouble=trouble)
    return _in_the_house(card, care, now) if group is Group.HERE else card


def _only_here(stay: Stay) -> tuple[str, ...]:
    """What was given before everything else: where there is no room for all, it is named."""
    found = sorted(stay.only_here, key=lambda one: one.kind not in _GIVEN)
    return tuple(_kept_words(one, stay.visit.zone) for one in found)


def _kept_words(stamp: Stamp, zone: str) -> str:
    entry = BY_KIND.get(stamp.kind)
    label = tr(entry.label) if entry else str(stamp.kind)
    device = f" {stamp.device}" if stamp.device is not None else ""
    return f"{label}{device} {at_clock(when(stamp), zone)}"


def _in_the_house(card: Card, care: Care, now: datetime) -> Card:
    if not care.type.is_treatment:
        return replace(card, ring=_ring(care, card.state, now), release=(_planned_for(card), ""))
    blockers, due = blockers_of(checklist_of(care)), _first_due(due_of(care), now)
    planned = _planned_for(card)
    alarms = alarms_of(care)
    return replace(
        card,
        ring=_ring(care, card.state, now),
        doses=_doses(care),
        level=level_now(alarms),
        alarm=_alarm(alarms, care),
        also=_also(alarms),
        release=_release(care, now) if care.session.dosed else (planned, ""),
        bar=_bar(due, care, now, blockers) if care.session.dosed else _before_dose(care, blockers),
        due_at=due.at if due is not None else _waits_since(care),
        vitals=_vitals(care),
        blockers=blockers,
        trend=trend_of(care),
    )


def _alarm(alarms: Sequence[Alarm], care: Care) -> tuple[str, str, str]:
    """The limit that was reached, the most urgent one."""
    found = next((one for one in alarms if one.kind in _LIMITS), None)
    if found is None:
        return "", "", ""
    what, ask = (tr(one).format(reading=found.reading) for one in _LIMITS[found.kind])
    if found.told is not None:
        ask = tr("told {time}, to acknowledge").format(time=at_clock(found.told, care.visit.zone))
    return what, at_clock(found.since, care.visit.zone), ask


def _also(alarms: Sequence[Alarm]) -> str:
    """The limits behind the most urgent one: none of them is hidden by it."""
    others = [one for one in alarms if one.kind in _LIMITS][1:]
    return ", ".join(tr(_LIMITS[one.kind][0]).format(reading=one.reading).lower() for one in others)


def _planned_for(card: Card) -> str:
    return tr("Planned for {time}").format(time=card.time)


def _what(stay: Stay) -> str:
    name = stay.care.type.name
    if not stay.visit.course_no or not stay.planned:
        return name
    return tr("{type}, {number} of {planned}").format(
        type=name, number=stay.visit.course_no, planned=stay.planned
    )


def _room(stay: Stay, group: Group) -> str:
    """Where the patient is; whoever waits to be fetched has left the room to the next one."""
    if group is Group.HERE and stay.visit.left is not None:
        return tr("Waiting chair")
    rooms = stay.care.setup.rooms
    return next((one.name for one in rooms if one.id == stay.visit.room_id), "")


def _initials(stay: Stay) -> str:
    staff = stay.care.setup.staff
    return next((one.initials or one.name for one in staff if one.id == stay.visit.nurse_id), "")


def _planned(stay: Stay) -> str:
    return clock_time(from_utc_minute(stay.visit.start, stay.visit.zone).minute)


def _left(stay: Stay) -> str:
    ended = stay.care.whole.ended_at
    return at_clock(ended, stay.visit.zone) if ended else _planned(stay)


def _ring(care: Care, state: VisitState, now: datetime) -> Ring | None:
    clock = phase_clock(care, state)
    if clock is None:
        return None
    elapsed = max(0, minutes_between(clock.since, now))
    if clock.minutes is None:
        return Ring(counted(elapsed), "")
    share = min(1.0, elapsed / clock.minutes) if clock.minutes else 1.0
    left = tr("{length} left").format(length=counted(clock.minutes - elapsed)) if share < 1 else ""
    return Ring(counted(elapsed), tr("of {length}").format(length=counted(clock.minutes)), share, left)


def _doses(care: Care) -> tuple[str, ...]:
    """What was given; where the dosing ended before all of it, that too."""
    given = tuple(_dose(one, care) for one in care.session.all_of(*_GIVEN))
    short = incomplete(care) if care.session.since_dose(StampKind.DOSING_ENDED) else None
    if short is None:
        return given
    return (*given, tr("ended at {given:g} of {planned:g} mg").format(given=short[0], planned=short[1]))


def _dose(stamp: Stamp, care: Care) -> str:
    time = at_clock(when(stamp), care.visit.zone)
    if stamp.device is not None:
        part = f"{stamp.dose:g} mg  " if stamp.dose is not None and stamp.dose != DEVICE_MG else ""
        return f"{stamp.device}  {part}{time}"
    if stamp.kind is StampKind.INFUSION_STOP:
        run = next((one for one in runs_of(care.session) if one.stopped == stamp.at), None)
        mg = run.mg_by(when(stamp)) if run else None
        words = tr("ended {time}") if mg is None else tr("ended {time}, {mg:g} mg given")
        return words.format(time=time, mg=round(mg or 0, 1))
    return f"{stamp.dose:g} {stamp.unit or 'mg'}  {time}"


def _release(care: Care, now: datetime) -> tuple[str, str]:
    """The rule in words, and the time with how far it is."""
    floor = earliest_release(care)
    if floor is None:
        return tr("Earliest release after the infusion's end"), ""
    rule = tr("Earliest release, {length} after {anchor}").format(
        length=length(floor.minutes), anchor=tr(_ANCHORS[floor.anchor])
    )
    if floor.at == care.held_until:  # the corrected time stands beside it, and does not count yet
        rule = tr("Earliest release, by the time recorded first")
    value = tr("{time}, {away}").format(time=care.clock(floor.at), away=ahead(minutes_between(now, floor.at)))
    return rule, value


def _waits_since(care: Care) -> datetime | None:
    """Before a dose: since when a pressure waits for a prescriber, and with it the patient."""
    waits = None if care.session.dosed else waits_for_prescriber(care)
    return when(waits) if waits is not None else None


def _before_dose(care: Care, blockers: Sequence[str]) -> Bar:
    waits = waits_for_prescriber(care)
    if waits is not None:
        again = answered_to(care, waits)
        if again is not None:
            said = tr("said {time}").format(time=care.shown(when(again)))
            if says_not_today(again):
                return Bar(
                    tr("{reading}: not treated today").format(reading=words_of(waits)), said, Tone.WARN
                )
            return Bar(tr("{reading}: take it again").format(reading=words_of(waits)), said, Tone.WARN)
        since = tr("since {time}").format(time=care.shown(when(waits)))
        return Bar(tr("{reading} waits for a prescriber").format(reading=words_of(waits)), since, Tone.WARN)
    if not blockers:
        return Bar(tr("Before the dose"), tr("all settled"), Tone.OK, "check")
    return Bar(tr("Before the dose"), "", Tone.NEUTRAL, "list")


def _first_due(found: Sequence[Due], now: datetime) -> Due | None:
    """A check that is late stands before everything else, then a pressure that is repeated because of a
    limit; then what comes first."""
    return min(
        found,
        key=lambda one: (one.kind not in CHECKS or one.at > now, not one.again, one.at),
        default=None,
    )


def _bar(due: Due | None, care: Care, now: datetime, blockers: Sequence[str]) -> Bar | None:
    if due is None:
        return None
    if due.waits:
        return Bar(tr("Next device waits for a prescriber"), "", Tone.WARN, "lock")
    minutes, tone = minutes_between(now, due.at), _TONES[due_level(due, now)]
    clock = care.shown if due.kind in CHECKS else care.clock  # a wait is over no minute too early
    text = tr(_AGAIN if due.again else _DUE_WORDS[due.kind]).format(time=clock(due.at))
    if due.kind is DueKind.RELEASE and due.at <= now:
        if blockers:
            return Bar(tr("Not released yet"), "", Tone.WARN, "lock")
        return Bar(tr("May be released"), "", Tone.OK, "check")
    if due.kind not in CHECKS:
        return Bar(text, ahead(minutes), tone)
    if due.until is not None and now > due.until:
        text = tr("40-minute pressure missed: say why")
    return Bar(text, away(minutes), tone)


def _vitals(care: Care) -> Vitals:
    """The last ones: their time, the pressure, and what was measured beside it."""
    found = care.session.last(StampKind.VITALS)
    if found is None:
        return Vitals()
    beside = [
        tr("oxygen {n}").format(n=found.oxygen) if found.oxygen is not None else "",
        tr("pulse {n}").format(n=found.pulse) if found.pulse is not None else "",
    ]
    return Vitals(
        at_clock(when(found), care.visit.zone),
        words_of(found) if found.systolic is not None else "",
        ", ".join(part for part in beside if part),
        _pressure_tone(care, found),
        low=found.oxygen is not None and found.oxygen <= care.limits.oxygen_low,
    )


def _pressure_tone(care: Care, reading: Stamp) -> Tone:
    tones = {Level.HIGH: Tone.WARN, Level.TELL: Tone.DANGER, Level.EMERGENCY: Tone.DANGER}
    return tones.get(level_of(reading, care.limits), Tone.NEUTRAL)


def _driver(stay: Stay, care: Care) -> tuple[DriverMark | None, str]:
    """How the way home stands, and who with which phone."""
    seen = care.session.last(StampKind.DRIVER_SEEN)
    here = care.session.driver_here
    word = driver_word(stay.visit, care.setup.profile_of(care.type), here=here)
    who = (seen.person, seen.phone) if here and seen else (stay.visit.plan_name, stay.visit.plan_phone)
    named = ", ".join(part for part in (who[0], unbroken(who[1])) if part)
    said = ", ".join(part for part in (on_the_way(stay, care), named) if part)
    return (DriverMark(word) if word else None), said or _alone(stay)


def _alone(stay: Stay) -> str:
    plan = stay.visit.plan
    return str(plan.kind) if plan is not None and not plan.kind.has_person else ""


def _not_closed(stay: Stay) -> str:
    day = short_date(stay.visit.day)
    if stay.visit.arrived is None:
        return tr("Not closed on {day}. Came, or missed? Ctrl B: to the board.").format(day=day)
    return tr("Not closed on {day}. Record how it ended, with its time.").format(day=day)


def _dosed_since(care: Care) -> str:
    """Somebody who has gone, by the record, and was given something afterwards: nothing is due for them."""
    end, given = care.whole.ended_at, care.whole.last(StampKind.DOSE, StampKind.INFUSION_START)
    if end is None or given is None or not after(when(given), end):
        return ""
    return tr("Dosed after the end: strike the end out if they are here")


def _trouble(stay: Stay) -> str:
    """Whose room this stay keeps, or that its own room is still taken; what who is here is still held for."""
    held = held_words(stay.visit.held_for) if _is_to_be_dosed(stay.visit) else ()
    return ". ".join(part for part in (_room_trouble(stay), *held) if part)


def _is_to_be_dosed(visit: Visit) -> bool:
    return visit.state in UNDOSED and visit.arrived is not None


def _room_trouble(stay: Stay) -> str:
    if stay.visit.displaced:
        return tr("Displaced: its room is still taken")
    if not stay.displaced:
        return ""
    waiting, name = stay.displaced[0]
    time = clock_time(from_utc_minute(waiting.start, waiting.zone).minute)
    return tr("Runs on: {name}, {time}, has lost this room").format(name=name, time=time)
