"""Slips of the pen: entries that cannot be meant. Refused by field, before anything else is asked.

A fact is never a slip because a rule forbids it; it is one when it contradicts itself or the record.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from clinic_desktop.foundation.clock import local_day, local_time
from clinic_desktop.foundation.rulebook import Finding, Problems, Word
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import TransportKind
from clinic_desktop.people.stock import lot_key
from clinic_desktop.scheduling.model import DEVICE_MG, Visit
from clinic_desktop.treatment import slip_rules as rules
from clinic_desktop.treatment.acknowledging import to_accept
from clinic_desktop.treatment.asking import answer_slips
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.discharge import form_filled, form_slips
from clinic_desktop.treatment.dose_facts import NASAL, dose_filled, dose_slips
from clinic_desktop.treatment.leaving import FORTY_TO, forty_closed
from clinic_desktop.treatment.missed import missed_checks
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moments import after
from clinic_desktop.treatment.moving_rooms import move_slips
from clinic_desktop.treatment.oxygen import low_oxygen
from clinic_desktop.treatment.pressure import same_pressure, words_of
from clinic_desktop.treatment.scores import score_slips
from clinic_desktop.treatment.session import ENDS, GIVEN, Session, when

K = StampKind
AHEAD = timedelta(minutes=2)  # a clock on the wall may run a little before the program's
NIGHT = timedelta(hours=6)

_REASONED = (K.NOT_TREATED, K.LEFT_EARLY, K.TRANSFERRED, K.FORTY_MISSED, K.CHECK_MISSED)
_WITH_PERSON = (K.SHEET_HANDED, K.TOLD, K.STAYS)
ANY_DAY = (K.NOTE, K.TOLD, K.SAID, K.STRUCK)  # somebody is told the day after
_AFTER_DOSE_ONLY = (
    K.DOSING_ENDED,
    K.FORTY_MISSED,
    K.CHECK_MISSED,
    K.READY,
    K.WAITING,
    K.RELEASED,
    K.LEFT_EARLY,
)
_COMING_AND_GOING = (K.ARRIVED, K.IN_ROOM, K.MOVED_ROOM, K.READY, K.WAITING, *ENDS)


def day_of_stay(at: datetime, zone: str) -> date:
    """The day whose stays a moment still belongs to: they may run past midnight. Earlier days are over."""
    return local_day(at - NIGHT, zone)


def slips(care: Care, stamp: Stamp, now: datetime) -> Problems:
    """Field -> what to do, for a new stamp at ``care.at``; ``now`` is the transaction's moment."""
    problems = _time(care.visit, care.at if stamp.at is None else stamp.at, stamp.kind, now)
    problems |= _one_device(care, stamp) | dose_slips(care, stamp) | answer_slips(care, stamp)
    for check in (number_slips, score_slips, form_slips, _dose, _words):
        problems |= check(stamp)
    if stamp.corrects is None:
        for look in _LOOKS:
            problems |= look(care, stamp)
    return problems


def correction_slips(whole: Session, stamp: Stamp) -> Problems:
    """A correction names an entry that stands, keeps its kind, and says why."""
    old = next((one for one in whole.stamps if one.id == stamp.corrects), None)
    if old is None:
        return {"corrects": Finding(rules.CORRECTED_MEANWHILE)}
    if stamp.kind not in (old.kind, K.STRUCK):
        return {"kind": Finding(rules.OTHER_KIND, {"kind": Word(old.kind)})}
    if not stamp.reason.strip():
        return {"reason": Finding(rules.CORRECTION_REASON)}
    return {}


def _time(visit: Visit, at: datetime, kind: StampKind, now: datetime) -> Problems:
    if at > now + AHEAD:
        return {"time": Finding(rules.TO_COME)}
    if kind not in ANY_DAY and visit.day not in (day_of_stay(at, visit.zone), local_day(at, visit.zone)):
        return {"time": Finding(rules.OTHER_DAY, {"day": short_date(visit.day)})}
    return {}


def number_slips(stamp: Stamp) -> Problems:
    """Numbers that nobody has: 80/120, 400/20, a pulse of 4."""
    problems: Problems = {}
    if stamp.systolic is not None or stamp.diastolic is not None:
        problems |= _pressure(stamp.systolic, stamp.diastolic)
    if stamp.pulse is not None and not 20 <= stamp.pulse <= 250:
        problems["pulse"] = Finding(rules.PULSE)
    if stamp.oxygen is not None and not 50 <= stamp.oxygen <= 100:
        problems["oxygen"] = Finding(rules.OXYGEN)
    if stamp.kind is K.VITALS and stamp.systolic is None and stamp.pulse is None and stamp.oxygen is None:
        problems.setdefault("pressure", Finding(rules.NO_NUMBERS))
    return problems


def _pressure(high: int | None, low: int | None) -> Problems:
    if high is None or low is None:
        return {"pressure": Finding(rules.ONE_NUMBER)}
    if not (40 <= high <= 300 and 20 <= low <= 200) or low >= high:
        return {"pressure": Finding(rules.PRESSURE)}
    return {}


def _dose(stamp: Stamp) -> Problems:
    if stamp.kind in (K.DOSE, K.INFUSION_START) and (stamp.dose is None or stamp.dose <= 0):
        return {"dose": Finding(rules.DOSE)}
    return {}


def _words(stamp: Stamp) -> Problems:
    problems: Problems = {}
    if stamp.kind in _REASONED and not stamp.note.strip():
        problems["note"] = Finding(rules.REASON)
    if stamp.kind in _WITH_PERSON and not stamp.person.strip():
        problems["person"] = Finding(rules.WHO)
    elif stamp.kind in (*_WITH_PERSON, K.DRIVER_SEEN) and not _has_letters(stamp.person):
        problems["person"] = Finding(rules.NO_NAME, {"name": stamp.person})
    if stamp.kind is K.MOVED_ROOM and stamp.room_id is None:
        problems["room"] = Finding(rules.WHICH_ROOM)
    if stamp.kind is K.NOTE and not stamp.note.strip():
        problems["note"] = Finding(rules.NOTE)
    return problems


def _has_letters(name: str) -> bool:
    """Numbers alone are nobody: they were measured, and typed where a name was meant."""
    return not name.strip() or any(one.isalpha() for one in name)


def _belongs(care: Care, stamp: Stamp) -> Problems:
    """What cannot be said of a visit of this kind, or not at this point of it."""
    if not care.type.is_treatment and stamp.kind in (*GIVEN, K.RATE, K.ANSWERED, *_AFTER_DOSE_ONLY):
        return {"kind": Finding(rules.NO_DOSE_HERE, {"visit": care.type.name})}
    if care.whole.dosed and stamp.kind in (K.NOT_TREATED, K.LEFT):
        return {"kind": Finding(rules.DOSED, {"time": _clock(care, care.whole.first_dose_at)})}
    if not care.whole.dosed and stamp.kind in _AFTER_DOSE_ONLY:
        return {"kind": Finding(rules.NOT_DOSED)}
    if not care.whole.dosed and stamp.kind is K.LEFT and care.type.is_treatment:
        return {"kind": Finding(rules.NOT_TREATED)}
    return {}


def _over(care: Care, stamp: Stamp) -> Problems:
    """What was before the end may be recorded after it; another end is a correction of the one there is."""
    ending = care.whole.last(*ENDS)
    if ending is None or stamp.kind not in _COMING_AND_GOING:
        return {}
    if stamp.kind not in ENDS and after(when(ending), care.at):
        return {}
    return {"kind": Finding(rules.OVER, {"ending": Word(ending.kind), "time": _clock(care, ending.at)})}


def _infusion(care: Care, stamp: Stamp) -> Problems:
    if care.rems and stamp.kind in (K.INFUSION_START, K.RATE, K.INFUSION_STOP):
        return {"kind": Finding(rules.IN_DEVICES)}
    if stamp.kind is K.INFUSION_START and care.session.left_open:
        return {"kind": Finding(rules.RUNS_ALREADY)}
    if stamp.kind in (K.RATE, K.INFUSION_STOP) and not care.session.left_open:
        return {"kind": Finding(rules.NONE_RUNS)}
    return {}


def _one_device(care: Care, stamp: Stamp) -> Problems:
    """More than a device holds is a slip; less of it may have been given."""
    if care.rems and stamp.kind is K.DOSE and stamp.dose is not None and stamp.dose > DEVICE_MG:
        return {"dose": Finding(rules.DEVICE, {"mg": DEVICE_MG})}
    return {}


def _forty(care: Care, stamp: Stamp) -> Problems:
    first = care.whole.first_dose_at
    if stamp.kind is not K.FORTY_MISSED or first is None or forty_closed(care.whole, care.at):
        return {}
    return {"kind": Finding(rules.FORTY_OPEN, {"time": _clock(care, first + FORTY_TO)})}


def _check_missed(care: Care, stamp: Stamp) -> Problems:
    if stamp.kind is not K.CHECK_MISSED or not care.session.dosed or missed_checks(care):
        return {}
    return {"kind": Finding(rules.NONE_MISSED)}


def _accepting(care: Care, stamp: Stamp) -> Problems:
    if stamp.kind is not K.PRESSURE_ACCEPTED:
        return {}
    reading = to_accept(care)
    if reading is None:
        return {"pressure": Finding(rules.NO_PRESSURE)}
    if stamp.systolic is not None and not same_pressure(stamp, reading):
        return {"pressure": Finding(rules.OTHER_PRESSURE, {"reading": words_of(reading)})}
    return {}


def _driver(care: Care, stamp: Stamp) -> Problems:
    """The driver who was named is enough by name; somebody else in one line [decision: going home]."""
    if stamp.kind is not K.DRIVER_SEEN:
        return {}
    if not stamp.person.strip():
        return {"person": Finding(rules.WHO_CAME)}
    if is_the_named(care.visit, stamp.person):
        return {}
    problems: Problems = {}
    if not stamp.phone.strip():
        problems["phone"] = Finding(rules.DRIVER_PHONE)
    plan = care.visit.plan
    drives = plan is None or plan.kind is TransportKind.ADULT_DRIVES
    if not stamp.adult and drives and not stamp.fit:  # both asked at once
        problems["adult"] = Finding(rules.DRIVER_ADULT_FIT)
    elif not stamp.adult:
        problems["adult"] = Finding(rules.DRIVER_ADULT)
    elif drives and not stamp.fit:
        problems["fit"] = Finding(rules.DRIVER_FIT)
    return problems


def is_the_named(visit: Visit, person: str) -> bool:
    """Whether it is the person of the going-home plan who came, with all that the plan asks of them."""
    named = visit.plan_name.strip().casefold()
    complete = visit.plan_adult and bool(visit.plan_phone.strip())
    return bool(named) and complete and named == person.strip().casefold()


def _clock(care: Care, at: datetime | None) -> str:
    return clock_time(local_time(at, care.visit.zone).minute) if at else ""


_LOOKS: tuple[Callable[[Care, Stamp], Problems], ...] = (
    _belongs, _over, _infusion, _forty, _check_missed, _accepting, _driver, move_slips,
)  # fmt: skip


def filled(care: Care, stamp: Stamp) -> dict[str, object]:
    """What goes without saying: the device's number and dose, the numbers that are accepted, who came, and
    what a sheet on paper counts from: what is on record when it is handed over."""
    if stamp.kind is K.DOSE and care.rems:
        others = [one.device or 0 for one in care.whole.devices if one.id != stamp.corrects]
        number, mg = stamp.device or max(others, default=0) + 1, stamp.dose or DEVICE_MG
        there = {"device": number, "dose": mg, "unit": "mg"}
        return {**there, "route": stamp.route or NASAL, "lot": lot_key(stamp.lot)}
    if stamp.kind is K.PRESSURE_ACCEPTED and stamp.systolic is None:
        return _accepted(care) | ({} if stamp.person else _whom(care, stamp))
    if stamp.kind is K.SHEET_HANDED and stamp.counts_from is None:
        old = next((one for one in care.whole.stamps if one.id == stamp.corrects), None)
        return {"counts_from": old.counts_from if old else care.sheet_from}
    if stamp.kind is K.MOVED_ROOM and not stamp.note:
        return {"note": next((one.name for one in care.setup.rooms if one.id == stamp.room_id), "")}
    whom = {} if stamp.person else _whom(care, stamp)
    return whom | dose_filled(care, stamp) | form_filled(care, stamp)


def _accepted(care: Care) -> dict[str, object]:
    """The numbers that an acceptance without its own is about."""
    reading, low = to_accept(care), low_oxygen(care)
    if reading is None:
        return {}
    pressure = {"systolic": reading.systolic, "diastolic": reading.diastolic}
    return {**pressure, "oxygen": low.oxygen if low else None}


def _whom(care: Care, stamp: Stamp) -> dict[str, object]:
    """The driver who was named came, whoever was seen last takes the patient over, and a word is that of the
    prescriber who said it."""
    if stamp.told_by is not None:
        return {"person": next((one.name for one in care.setup.staff if one.id == stamp.told_by), "")}
    visit, seen = care.visit, care.session.last(K.DRIVER_SEEN)
    if stamp.kind is K.RELEASED and seen is not None and care.session.driver_here:
        return {"person": seen.person, "phone": seen.phone}
    if stamp.kind is K.DRIVER_SEEN:
        return {"person": visit.plan_name, "phone": visit.plan_phone, "adult": visit.plan_adult}
    return {}
