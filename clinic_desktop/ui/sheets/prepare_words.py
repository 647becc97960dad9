"""How the preparation sheets of a day stand and how far their printing is, in words."""

from collections.abc import Sequence
from datetime import date

from clinic_desktop.aftercare.day_preparations import PreparationLine
from clinic_desktop.aftercare.day_sheets import Standing
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.ui.batch import PaperState, Progress
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.printers import saved_folder
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import all_worded, problem_worded

_NAMED = 3  # how many a notice names
_STANDS = {
    Standing.READY: (QT_TR_NOOP("to print"), Tone.WARN),
    Standing.MADE: (QT_TR_NOOP("to print"), Tone.WARN),
    Standing.SENT: (QT_TR_NOOP("on its way"), Tone.NEUTRAL),
    Standing.FAILED: (QT_TR_NOOP("did not come out"), Tone.DANGER),
    Standing.SAVED: (QT_TR_NOOP("saved"), Tone.INFO),
    Standing.UNKNOWN: (QT_TR_NOOP("sent, look there"), Tone.WARN),
    Standing.PRINTED: (QT_TR_NOOP("printed"), Tone.OK),
    Standing.UNTRUE: (QT_TR_NOOP("the visit moved"), Tone.WARN),
}
_STATES = {
    PaperState.WAITS: (QT_TR_NOOP("waits"), Tone.NEUTRAL),
    PaperState.HANDED: (QT_TR_NOOP("on its way"), Tone.NEUTRAL),
    PaperState.PRINTED: (QT_TR_NOOP("printed"), Tone.OK),
    PaperState.SAVED: (QT_TR_NOOP("saved"), Tone.INFO),
    PaperState.UNKNOWN: (QT_TR_NOOP("sent, look there"), Tone.WARN),
    PaperState.FAILED: (QT_TR_NOOP("did not come out"), Tone.DANGER),
    PaperState.STOPPED: (QT_TR_NOOP("not sent"), Tone.WARN),
}


def title(days: Sequence[date]) -> str:
    first, last = short_date(days[0]), short_date(days[-1])
    span = first if first == last else tr("{first} to {last}").format(first=first, last=last)
    return tr("Preparation sheets, {days}").format(days=span)


def line_row(line: PreparationLine, problem: ClinicProblem | None = None) -> Row:
    """A visit, and how its sheet stands. problem: for which none was made just now."""
    words, tone = _STANDS[line.standing]
    why = tr(line.job.why) if line.standing is Standing.FAILED and line.job and line.job.why else ""
    note = _note(problem_worded(problem) if problem is not None else why, line)
    return Row(line.name, _when(line), note=note, badge=tr(words), tone=tone)


def paper_row(line: PreparationLine, number: int, progress: Progress) -> Row:
    """The same while its batch is on its way, or after."""
    words, tone = _STATES[progress.states[number]]
    why = progress.why.get(number)
    note = _note(problem_worded(why) if why else "", line)
    return Row(line.name, _when(line), note=note, badge=tr(words), tone=tone)


def _note(wrong: str, line: PreparationLine) -> str:
    """What went wrong with a sheet; else why it is not in the patient's language."""
    return wrong or all_worded(line.text)


def _when(line: PreparationLine) -> str:
    time = f"{short_date(line.visit.day)}, {clock_time(line.visit.minute)}"
    return tr("{time}, {what}").format(time=time, what=line.type_name)


def standing_words(lines: Sequence[PreparationLine]) -> str:
    """What is to be done, before anything is sent."""
    if not lines:
        return tr("Nobody who is booked has to prepare.")
    wanted = [one for one in lines if one.to_print]
    if not wanted:
        sent = tr("All of them were sent already. They can be printed once more.")
        return f"{sent} {in_english(lines)}".strip()
    said = [tr("%n to print.", "", len(wanted))]
    if len(wanted) < len(lines):
        said.append(tr("%n sent already, left out.", "", len(lines) - len(wanted)))
    return " ".join([*said, in_english(wanted)]).strip()


def in_english(lines: Sequence[PreparationLine]) -> str:
    """How many go to somebody who reads another language; their lines say why. Empty where there is none."""
    number = sum(bool(one.text) for one in lines)
    return tr("%n in English for want of a translation: see why below.", "", number) if number else ""


def failed_words(names: Sequence[str], problems: Sequence[ClinicProblem]) -> str:
    """Which did not come out and why: the first few, and how many more."""
    pairs = list(zip(names, map(problem_worded, problems), strict=True))
    said = [tr("{name}: {why}").format(name=name, why=why) for name, why in pairs[:_NAMED]]
    more = len(pairs) - _NAMED
    return " ".join([*said, tr("And %n more.", "", more)] if more > 0 else said)


def progress_words(progress: Progress, *, running: bool) -> str:
    """How far it is: "7 of 25 handed to Front desk, 3 printed." and what did not go."""
    of, said = len(progress.states), []
    if progress.trouble is not None:
        return problem_worded(progress.trouble)
    saved = progress.count(PaperState.SAVED)
    if saved:
        files = tr("No printer here. {n} of {of} saved as files in {folder}.")
        said.append(files.format(n=saved, of=of, folder=saved_folder()))
    else:
        words = tr("{n} of {of} handed to {printer}, {out} printed.")
        printer = progress.printer or tr("the printer")
        out = progress.count(PaperState.PRINTED)
        said.append(words.format(n=progress.handed, of=of, printer=printer, out=out))
    for state, words in (
        (PaperState.FAILED, QT_TR_NOOP("%n did not come out.")),
        (PaperState.UNKNOWN, QT_TR_NOOP("%n sent, and not known to have come out.")),
        (PaperState.STOPPED, QT_TR_NOOP("%n not sent.")),
    ):
        if progress.count(state):
            said.append(tr(words, "", progress.count(state)))
    if not running:
        said.insert(0, tr("Stopped.") if progress.count(PaperState.STOPPED) else tr("Done."))
    return " ".join(said)
