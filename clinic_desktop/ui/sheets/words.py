"""How a sheet stands, in words: short for the list, whole below the page."""

from datetime import datetime

from clinic_desktop.aftercare.day_sheets import SheetLine, Standing
from clinic_desktop.foundation.clock import from_utc_minute, local_time
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.wording import all_worded, reason_worded

TONES = {
    Standing.NOT_YET: Tone.NEUTRAL,
    Standing.READY: Tone.WARN,
    Standing.MADE: Tone.WARN,
    Standing.SENT: Tone.NEUTRAL,
    Standing.FAILED: Tone.DANGER,
    Standing.SAVED: Tone.INFO,
    Standing.UNKNOWN: Tone.WARN,
    Standing.PRINTED: Tone.INFO,
    Standing.UNTRUE: Tone.DANGER,
    Standing.HANDED: Tone.OK,
}
_TO_PRINT = (Standing.READY, Standing.MADE)
_TO_HAND_OVER = (Standing.SAVED, Standing.UNKNOWN, Standing.PRINTED)
# Facts of a sheet by name, and rules by code, as what came between.
_CAME_BETWEEN = {
    "last_dose_at": QT_TR_NOOP("a later dose"),
    "infusion_ended_at": QT_TR_NOOP("the infusion ended at another time"),
    "visit_day": QT_TR_NOOP("the visit is on another day"),
    "zone": QT_TR_NOOP("the clinic's time zone changed"),
    "kind": QT_TR_NOOP("another treatment"),
    "text": QT_TR_NOOP("its text was withdrawn"),
    "sheet.no-dose": QT_TR_NOOP("no dose is on record any more"),
    "sheet.infusion-runs": QT_TR_NOOP("the infusion runs again"),
    "sheet.dose-day": QT_TR_NOOP("the dose is on another day than the visit"),
    "sheet.no-kind": QT_TR_NOOP("this visit type has no sheet any more"),
}
_NEWER = {
    "patient_name": QT_TR_NOOP("the name"),
    "birth_date": QT_TR_NOOP("the birth date"),
    "driver": QT_TR_NOOP("the driver"),
    "next_visits": QT_TR_NOOP("the next visits"),
    "clinic": QT_TR_NOOP("the clinic's address or phones"),
    "language": QT_TR_NOOP("the patient's language"),
    "large_print": QT_TR_NOOP("large print"),
}
_OTHER = QT_TR_NOOP("the clinic's settings")


def at_clock(line: SheetLine, at: datetime | None) -> str:
    """The clinic's clock at an instant; empty without one."""
    return clock_time(local_time(at, line.visit.zone).minute) if at else ""


def leaves_at(line: SheetLine) -> str:
    return clock_time(from_utc_minute(line.leaves, line.visit.zone).minute)


def badge(line: SheetLine) -> str:
    """A few words for the list."""
    if line.standing is Standing.HANDED:
        return tr("handed over {time}").format(time=at_clock(line, line.handed_at))
    pattern = {
        Standing.NOT_YET: tr("not yet"),
        Standing.READY: tr("to print"),
        Standing.MADE: tr("to print"),
        Standing.SENT: tr("on its way"),
        Standing.FAILED: tr("did not come out"),
        Standing.SAVED: tr("saved {time}, copy {n}"),
        Standing.UNKNOWN: tr("sent {time}, copy {n}"),
        Standing.PRINTED: tr("printed {time}, copy {n}"),
        Standing.UNTRUE: tr("no longer true"),
    }[line.standing]
    return _about_job(pattern, line)


def _about_job(pattern: str, line: SheetLine) -> str:
    """With the time and the printer of what was sent, and the copy that it is."""
    job = line.job
    return pattern.format(
        time=at_clock(line, job.at) if job else "",
        printer=(job.printer if job else "") or tr("the printer"),
        n=line.sheet.copy_number if line.sheet else 1,
    )


def spoken(line: SheetLine) -> str:
    """The row as a sentence."""
    leaves = tr("leaves {time}").format(time=leaves_at(line))
    parts = (line.name, similar_name(line), line.type_name, leaves, badge(line))
    return ". ".join(part for part in parts if part)


def similar_name(line: SheetLine) -> str:
    """Whose sheet it could be taken for; empty where there is nobody."""
    return tr("Similar name: {names}").format(names="; ".join(line.alike)) if line.alike else ""


def similar_short(line: SheetLine) -> str:
    """Where the names have no room: a name that is cut would be the wrong one."""
    return tr("%n similar name(s)", "", len(line.alike)) if line.alike else ""


def sentence(line: SheetLine) -> str:
    """How the sheet stands and what is next."""
    if line.standing is Standing.NOT_YET:
        return all_worded(line.why)
    if line.standing is Standing.READY:
        said = tr("Not printed yet. This is the page as it would print now.")
        return f"{said} {all_worded(line.text)}".strip()
    if line.standing is Standing.UNTRUE:
        what = all_worded(line.why) or tr("Print it anew, and take the old one back.")
        said = tr("{made}. No longer true: {why}. {next}")
        return said.format(made=_made(line), why=between(line), next=what)
    if line.standing is Standing.HANDED:
        return _handed(line)
    if line.changed:
        said = tr("{made}, not handed over. Newer by now: {what}. Print it anew to have it on the sheet.")
        said = said.format(made=_made(line), what=_newer(line))
    else:
        said = tr("{made}. {printed}").format(made=_made(line), printed=_printed(line))
    return f"{said} {all_worded(line.text)}".strip()


def _printed(line: SheetLine) -> str:
    """What became of the sheet at the printer, and what is next."""
    why = tr(line.job.why) if line.job and line.job.why else ""
    failed = tr("Did not come out: {why}. Ctrl+P once more.")
    failed = failed.format(why=why) if why else tr("Did not come out. Ctrl+P once more.")
    pattern = {
        Standing.MADE: tr("Not printed yet. Ctrl+P prints it."),
        Standing.SENT: tr("Sent to {printer} {time}, and not out yet."),
        Standing.FAILED: failed,
        Standing.SAVED: tr("Saved as a PDF {time}, not printed from here. Not handed over yet."),
        Standing.UNKNOWN: tr("Sent to {printer} {time}. Nobody could tell whether it came out: look there."),
        Standing.PRINTED: tr("Printed {time} on {printer}. Not handed over yet."),
    }.get(line.standing, "")
    return _about_job(pattern, line)


def _made(line: SheetLine) -> str:
    if line.sheet is None:
        return ""
    made = at_clock(line, line.sheet.made_at)
    return tr("Made {time}, copy {n}").format(time=made, n=line.sheet.copy_number)


def _handed(line: SheetLine) -> str:
    to, at = reason_worded(line.handed_to) or tr("somebody"), at_clock(line, line.handed_at)
    if line.sheet is None:
        return tr("A sheet on paper was handed over {time} to: {to}. None was made here.").format(
            time=at, to=to
        )
    said = tr("{made}. Handed over {time} to: {to}.").format(made=_made(line), time=at, to=to)
    if not line.to_make:
        return said
    newer = tr("Newer by now: {what}. Print it anew to have it on the sheet.").format(what=_newer(line))
    return f"{said} {newer} {all_worded(line.text)}".strip()


def between(line: SheetLine) -> str:
    """What came between the sheet and now."""
    words = [_CAME_BETWEEN.get(name, _OTHER) for name in line.changed]
    return ", ".join(dict.fromkeys(tr(one) for one in words)) or tr("a newer sheet was made")


def _newer(line: SheetLine) -> str:
    words = [_NEWER.get(name, _OTHER) for name in line.changed]
    return ", ".join(dict.fromkeys(tr(one) for one in words))


def counted(lines: list[SheetLine]) -> str:
    """ "12 sheets: 2 to print, 1 to hand over"."""
    parts = [
        (sum(one.standing is Standing.UNTRUE for one in lines), QT_TR_NOOP("%n no longer true")),
        (sum(one.standing is Standing.FAILED for one in lines), QT_TR_NOOP("%n did not come out")),
        (sum(one.standing in _TO_PRINT for one in lines), QT_TR_NOOP("%n to print")),
        (sum(one.standing is Standing.SENT for one in lines), QT_TR_NOOP("%n on its way")),
        (sum(one.standing in _TO_HAND_OVER for one in lines), QT_TR_NOOP("%n to hand over")),
        (sum(one.standing is Standing.NOT_YET for one in lines), QT_TR_NOOP("%n not yet")),
        (sum(one.standing is Standing.HANDED for one in lines), QT_TR_NOOP("%n handed over")),
    ]
    said = ", ".join(tr(words, "", number) for number, words in parts if number)
    return tr("%n sheet(s)", "", len(lines)) + (f": {said}" if said else "")
