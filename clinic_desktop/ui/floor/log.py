"""What was recorded of a stay, newest first. A correction stands in for what it corrects and says what it was
and why; an entry that was struck out is still there to be read, and so is a pressure that nobody took.
"""

from collections.abc import Iterator
from datetime import date

from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.treatment.driving import calls_of_the_day
from clinic_desktop.treatment.missed import Missed, missed_checks
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import when
from clinic_desktop.ui.floor.entries import BY_KIND
from clinic_desktop.ui.floor.reading import Stay, is_only_here
from clinic_desktop.ui.floor.said import detail_of
from clinic_desktop.ui.floor.typed_called import called_words
from clinic_desktop.ui.floor.words import at_day_clock
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import reason_worded

ONLY_HERE = "offline"  # the sign of what this computer keeps while the server is away


def log_of(stay: Stay) -> list[tuple[Row, Stamp | None]]:
    """A row for each entry that stands, with the entry; None beside one that was struck out or never made,
    and beside a call, which is never changed."""
    there = {one.id: one for one in stay.stamps}
    entries = [(one, _row(stay, one, there)) for one in stay.care.whole.stamps]
    struck = [(one, _struck(stay, one, there)) for one in stay.stamps if one.kind is StampKind.STRUCK]
    missed = [(Stamp(at=one.due), _missed(stay, one)) for one in missed_checks(stay.care)]
    calls = [(Stamp(at=one.at), _call(stay, one)) for one in calls_of_the_day(stay.care, stay.calls)]
    every = [*entries, *struck, *missed, *calls]
    rows = sorted(every, key=lambda both: (when(both[0]), both[0].id), reverse=True)
    return [(row, one if one.id and one.kind is not StampKind.STRUCK else None) for one, row in rows]


def _row(stay: Stay, stamp: Stamp, there: dict[int, Stamp]) -> Row:
    text, right = _in_a_row(stay, stamp), _when_and_who(stay, stamp)
    if is_only_here(stamp):
        note = tr("Only on this computer, not on the server yet")
        return Row(text, _why(stamp), right, icon=ONLY_HERE, note=note)
    if stamp.corrects is not None:
        return Row(text, _before(stay, stamp, there), right, badge=tr("corrected"), tone=Tone.INFO)
    if stamp.deviations:
        return Row(text, "", right, badge=tr("deviation"), tone=Tone.DANGER)
    why = _given_why(stamp)
    return Row(text, why, right, badge=tr("with a reason"), tone=Tone.WARN) if why else Row(text, "", right)


def _given_why(stamp: Stamp) -> str:
    """Why it was given in spite of what was asked."""
    return _why(stamp) if stamp.warned and stamp.corrects is None else ""


def _why(stamp: Stamp) -> str:
    return tr("Why: {reason}").format(reason=reason_worded(stamp.reason)) if stamp.reason else ""


def _struck(stay: Stay, stamp: Stamp, there: dict[int, Stamp]) -> Row:
    old = there.get(stamp.corrects or 0, stamp)
    why = tr("Why: {reason}").format(reason=reason_worded(stamp.reason))
    text = ", ".join((words_of(old, *_of(stay)), _at(stay, old)))
    return Row(text, why, _when_and_who(stay, stamp), badge=tr("struck out"), tone=Tone.INFO)


def _missed(stay: Stay, missed: Missed) -> Row:
    """A pressure that nobody took; it stays, whatever comes after it."""
    why = tr("Why: {reason}").format(reason=reason_worded(missed.reason)) if missed.reason else ""
    right = at_day_clock(missed.due, stay.visit.zone, stay.visit.day)
    return Row(tr("Pressure not taken"), why or tr("M says why."), right, badge=tr("missed"), tone=Tone.WARN)


def _call(stay: Stay, call: CallAttempt) -> Row:
    people = {one.id: one.initials or one.name for one in stay.care.setup.staff}
    at = at_day_clock(call.at, stay.visit.zone, stay.visit.day) if call.at else ""
    right = ", ".join(part for part in (at, people.get(call.by, "")) if part)
    text = tr("Called {whom}").format(whom=called_words(call, stay.visit))
    if call.deviation:
        return Row(text, tr("not allowed by the patient"), right, badge=tr("deviation"), tone=Tone.DANGER)
    return Row(text, "", right)


def _in_a_row(stay: Stay, stamp: Stamp) -> str:
    """Vitals say for themselves what they are, and three numbers want the width of the row."""
    return detail_of(stamp, *_of(stay)) if stamp.kind is StampKind.VITALS else words_of(stamp, *_of(stay))


def _of(stay: Stay) -> tuple[str, date]:
    return stay.visit.zone, stay.visit.day


def words_of(stamp: Stamp, zone: str, day: date) -> str:
    """ "Vitals, 136/86, pulse 74, oxygen 98"; ``day`` of the visit."""
    entry = BY_KIND.get(stamp.kind)
    label = tr(entry.label) if entry else str(stamp.kind)
    return ", ".join(part for part in (label, detail_of(stamp, zone, day)) if part)


def corrected_words(stay: Stay, stamp: Stamp) -> str:
    """ "corrected: Consent seen, 10:02 AM", or which entry was struck out."""
    struck = stamp.kind is StampKind.STRUCK
    told = next((one for one in stay.stamps if one.id == stamp.corrects), stamp) if struck else stamp
    words = tr("struck out: {what}") if struck else tr("corrected: {what}")
    return words.format(what=", ".join((words_of(told, *_of(stay)), _at(stay, told))))


def _before(stay: Stay, stamp: Stamp, there: dict[int, Stamp]) -> str:
    """What it said before, back to the first entry, and why it was changed each time."""
    return " ".join(_steps(stay, stamp, there))


def _steps(stay: Stay, stamp: Stamp, there: dict[int, Stamp]) -> Iterator[str]:
    while (old := there.get(stamp.corrects or 0)) is not None:
        was = ", ".join(
            part for part in (detail_of(old, *_of(stay)), _at(stay, old), _given_why(old)) if part
        )
        yield tr("Was {what}. Why: {reason}.").format(what=was, reason=reason_worded(stamp.reason))
        stamp = old


def _when_and_who(stay: Stay, stamp: Stamp) -> str:
    people = {one.id: one.initials or one.name for one in stay.care.setup.staff}
    parts = (_at(stay, stamp), people.get(stamp.by, ""))
    return ", ".join(part for part in parts if part)


def _at(stay: Stay, stamp: Stamp) -> str:
    return at_day_clock(when(stamp), stay.visit.zone, stay.visit.day)
