"""Stamps in words: read back beside the line, in the log, and as they would be typed again."""

from collections.abc import Sequence
from datetime import date, datetime

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.scheduling.model import DEVICE_MG
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import when
from clinic_desktop.ui.floor.dose_words import dose_said, dose_typed
from clinic_desktop.ui.floor.entries import BY_KIND, Entry, Wants
from clinic_desktop.ui.floor.typed_asked import asked_typed, asked_words
from clinic_desktop.ui.floor.typed_forms import form_typed, form_words
from clinic_desktop.ui.floor.typed_scores import score_words
from clinic_desktop.ui.floor.words import at_clock, at_day_clock
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.wording import reason_worded


def said_of(entry: Entry, stamp: Stamp, at: Sequence[datetime | None], zone: str, day: date) -> str:
    """ "Vitals, 136/86, pulse 74, oxygen 98, now"; ``day`` of the visit."""
    times = [tr("now") if one is None else at_day_clock(one, zone, day) for one in at]
    return ", ".join(part for part in (tr(entry.label), detail_of(stamp, zone, day), *times) if part)


def said_later(said: str, at: datetime, zone: str) -> str:
    """The same to be read later, when its "now" is over; ``at``: when it was."""
    ending = ", " + tr("now")
    parts = said.split("; ")
    return "; ".join(
        f"{part.removesuffix(ending)}, {at_clock(at, zone)}" if part.endswith(ending) else part
        for part in parts
    )


def detail_of(stamp: Stamp, zone: str, day: date) -> str:
    """The values of a stamp in words; ``day`` of the visit."""
    parts = [f"{stamp.systolic}/{stamp.diastolic}"] if stamp.systolic is not None else []
    if stamp.pulse is not None:
        parts.append(tr("pulse {n}").format(n=stamp.pulse))
    if stamp.oxygen is not None:
        parts.append(tr("oxygen {n}").format(n=stamp.oxygen))
    parts += [score_words(stamp), asked_words(stamp.answers, zone, day), form_words(stamp)]
    if stamp.dose is not None:
        parts.append(f"{stamp.dose:g} {stamp.unit or 'mg'}")
    parts += dose_said(stamp)
    if stamp.lot:
        parts.append(tr("lot {lot}").format(lot=stamp.lot))
    elif stamp.device is not None:
        parts.append(tr("lot unknown"))
    parts += [_who(stamp), stamp.phone, _vouched(stamp), _note(stamp)]
    return ", ".join(part for part in parts if part)


def _who(stamp: Stamp) -> str:
    """A name as it was typed; who took a sheet may be chosen from a list. Of a told word: by whom."""
    if stamp.told_by is not None:
        return tr("told by {name}, read back").format(name=stamp.person)
    return reason_worded(stamp.person) if stamp.kind is StampKind.SHEET_HANDED else stamp.person


def _note(stamp: Stamp) -> str:
    """What was said beside; where nothing was asked for, that it is only a note."""
    entry, said = BY_KIND.get(stamp.kind), reason_worded(stamp.note)
    plain = entry is not None and entry.wants is Wants.NOTE and not entry.hint and stamp.told_by is None
    return tr("note: {text}").format(text=said) if plain and said else said


def _vouched(stamp: Stamp) -> str:
    if stamp.kind is not StampKind.DRIVER_SEEN or not stamp.adult:
        return ""
    return tr("18 or over, fit to drive") if stamp.fit else tr("18 or over")


def as_typed(stamp: Stamp, zone: str, day: date) -> str:
    """A stamp as it would be typed again, for correcting it; ``day`` of the visit."""
    entry, on = BY_KIND.get(stamp.kind), local_day(when(stamp), zone)
    time = at_clock(when(stamp), zone).replace(" ", "").lower()
    time = time if on == day else f"{on.month}/{on.day}/{on.year} {time}"
    pressure = stamp.kind is StampKind.VITALS and stamp.systolic is not None
    word = entry.words[0] if entry and not pressure else ""
    answers = asked_typed(stamp.answers, zone)
    return " ".join(part for part in (time, word, answers, *_values(stamp)) if part)


def _values(stamp: Stamp) -> list[str]:
    if stamp.told_by is not None:
        told = "told " if stamp.kind is StampKind.PRESSURE_ACCEPTED else ""
        return [f"{told}{stamp.person}, read back", stamp.note]
    if stamp.kind is StampKind.PRESSURE_ACCEPTED:
        return [stamp.note]
    if stamp.kind is StampKind.DOSE and stamp.device is not None:
        part = f"{stamp.dose:g}mg" if stamp.dose is not None and stamp.dose != DEVICE_MG else ""
        return [part, stamp.lot or "unknown", stamp.note]
    pressure = f"{stamp.systolic}/{stamp.diastolic}" if stamp.systolic is not None else ""
    oxygen = f"o{stamp.oxygen}" if stamp.oxygen is not None else ""
    pulse = f"p{stamp.pulse}" if stamp.pulse is not None else ""
    score = str(stamp.score) if stamp.score is not None else ""
    said = ["18"] * stamp.adult + ["fit"] * stamp.fit if stamp.kind is StampKind.DRIVER_SEEN else []
    if stamp.person and stamp.note and stamp.kind is not StampKind.DRIVER_SEEN:
        return [f"{stamp.person}, {stamp.note}"]
    return [
        pressure,
        pulse,
        oxygen,
        score,
        form_typed(stamp),
        *dose_typed(stamp),
        stamp.person,
        stamp.phone,
        *said,
        stamp.note,
    ]
