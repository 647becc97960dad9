"""Printing a PDF through CUPS, as it is, and following the job until it is on paper or has failed."""

import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple

from clinic_desktop.foundation.errors import EnvironmentFailure, NotPrinted
from clinic_desktop.foundation.other_programs import plain_environment
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.ipp import Abilities, Job, JobState, ask_job, ask_printer
from clinic_desktop.ui.printer_choice import PrinterChoice

PATIENCE = 60.0  # seconds a job may take before somebody looks at the printer
TURN_PATIENCE = 600.0  # the same while it waits for other jobs of its printer
TROUBLE_PATIENCE = 8.0  # the same once the printer says what it lacks
EVERY = 0.3
MOST_UNANSWERED = 5  # questions one after the other: a busy printing system may leave one out
_JOB = re.compile(r"request id is (\S+)-(\d+) ")
_FAILED = (JobState.CANCELED, JobState.ABORTED)


class Trouble(NamedTuple):
    """What is wrong with a printer: in a few words for the record, and what to do. Both to be translated."""

    why: str
    sentence: str


_NO_PAPER = Trouble(
    QT_TR_NOOP("out of paper"), QT_TR_NOOP("{printer} is out of paper. Add paper, then print again.")
)
_PAUSED = Trouble(
    QT_TR_NOOP("paused"),
    QT_TR_NOOP("{printer} is paused. Start it in the system's printer settings, then print again."),
)
_TROUBLES = {
    "media-empty": _NO_PAPER,
    "media-needed": _NO_PAPER,
    "media-jam": Trouble(
        QT_TR_NOOP("paper is jammed"),
        QT_TR_NOOP("Paper is jammed in {printer}. Take it out, then print again."),
    ),
    "toner-empty": Trouble(
        QT_TR_NOOP("out of toner"), QT_TR_NOOP("{printer} is out of toner. Change it, then print again.")
    ),
    "marker-supply-empty": Trouble(
        QT_TR_NOOP("out of ink or toner"),
        QT_TR_NOOP("{printer} is out of ink or toner. Change it, then print again."),
    ),
    "door-open": Trouble(
        QT_TR_NOOP("a door is open"), QT_TR_NOOP("A door of {printer} is open. Close it, then print again.")
    ),
    "cover-open": Trouble(
        QT_TR_NOOP("a cover is open"), QT_TR_NOOP("A cover of {printer} is open. Close it, then print again.")
    ),
    "offline": Trouble(
        QT_TR_NOOP("switched off or not connected"),
        QT_TR_NOOP("{printer} is switched off or not connected. Switch it on, then print again."),
    ),
    "paused": _PAUSED,
}
_SLOW = Trouble(
    QT_TR_NOOP("nothing printed within a minute"),
    QT_TR_NOOP("{printer} has not printed. Look at its paper and its lights, then print again."),
)
_GIVEN_UP = Trouble(
    QT_TR_NOOP("the printer gave up"),
    QT_TR_NOOP("{printer} did not print. Look at it, then print again, or save the pages as PDF."),
)

_TWO_SIDES, _ONE_SIDE = "two-sided-long-edge", "one-sided"
_COLLATED = "separate-documents-collated-copies"
_no_longer = threading.Event()  # the program ends: nobody waits for a printer

Pause = Callable[[float], object]


def here() -> bool:
    """Whether this computer has CUPS."""
    return shutil.which("lp") is not None and shutil.which("lpstat") is not None


def queue() -> str:
    """The default queue, else the first; empty without CUPS or without a queue."""
    if not here():
        return ""
    default = _said(["lpstat", "-d"])
    if ":" in default:
        return default.rsplit(":", 1)[1].strip()
    return next(iter(queues()), "")


def queues() -> list[str]:
    """The names of all queues, as the system lists them."""
    return _said(["lpstat", "-e"]).split()


def abilities(name: str) -> Abilities | None:
    """What a queue can do; None where there is none of that name, or where nobody tells."""
    try:
        return ask_printer(_said(["lpstat", "-H"]).strip(), name)
    except (OSError, ValueError):
        return None


def two_sided(can: Abilities | None) -> bool:
    """Whether it prints both sides of a page."""
    return can is not None and _TWO_SIDES in can.sides


def options(choice: PrinterChoice, can: Abilities | None) -> list[str]:
    """The choice as ``lp`` is told it: nothing that the printer does not have, for which it would give the
    job up."""
    told = []
    if choice.copies > 1:
        told += ["-n", str(choice.copies)]
        if can is not None and _COLLATED in can.copies:
            told += ["-o", f"multiple-document-handling={_COLLATED}"]
    if two_sided(can) and (choice.both_sides or choice.printer):  # else as the system has it
        told += ["-o", f"sides={_TWO_SIDES if choice.both_sides else _ONE_SIDE}"]
    return told


def print_pdf(to: str, data: bytes, title: str, media: str = "", pause: Pause = _no_longer.wait) -> bool:
    """Hand a PDF to a queue and wait for it: :func:`hand_over`, then :func:`follow`."""
    return follow(to, hand_over(to, data, title, media), pause)


def hand_over(to: str, data: bytes, title: str, media: str = "", more: Sequence[str] = ()) -> int:
    """Hand a PDF to a queue; the number of its job there.

    ``title`` is seen by everybody who sees the queue, and must not name a patient. ``media`` names the
    paper, "Letter" or "A4"; ``more``: of :func:`options`. Raises :class:`NotPrinted` when it is not taken.
    """
    paper = ["-o", f"media={media}"] if media else []
    # Through a pipe: the page never lies in a file of ours.
    done = _run(["lp", "-d", to, "-t", title, *paper, *more], data)
    found = _JOB.search(done.stdout.decode("utf-8", "replace"))
    if done.returncode or found is None:
        raise _not_printed(_GIVEN_UP, to)
    return int(found[2])


def follow(to: str, number: int, pause: Pause = _no_longer.wait) -> bool:
    """Wait until a job is on paper. False: nobody tells what became of it, or the program ends meanwhile.

    A job that does not print is taken back, so that no sheet comes out later unattended; then
    :class:`NotPrinted` says what to do. While it waits for other jobs of its printer its time has not begun.
    """
    server = _said(["lpstat", "-H"]).strip()
    worked = turned = 0.0
    job, unanswered = None, 0
    while worked < (TROUBLE_PATIENCE if job is not None and trouble(job) else PATIENCE):
        try:
            job, unanswered = _asked(server, to, number), 0
        except (OSError, ValueError):
            unanswered += 1
            if unanswered == MOST_UNANSWERED or _no_longer.is_set():
                return False
            pause(EVERY)
            continue
        if job.state is JobState.COMPLETED:
            return True
        if job.state in _FAILED:
            raise _not_printed(_GIVEN_UP, to)
        if _no_longer.is_set():
            return False
        pause(EVERY)
        if job.state is JobState.PENDING and not trouble(job) and turned < TURN_PATIENCE:
            turned += EVERY
        else:
            worked += EVERY
    _cancel(to, number)
    raise _not_printed((job and trouble(job)) or _SLOW, to, halts=True)


def _asked(server: str, to: str, number: int) -> Job:
    """How a job goes. One that waits does not know that its printer stands still: that is asked too."""
    job = ask_job(server, number)
    if job.state is not JobState.PENDING or job.reasons:
        return job
    printer = ask_printer(server, to)
    return Job(JobState.STOPPED, printer.reasons) if printer is not None and printer.stopped else job


def take_back(to: str, number: int) -> bool:
    """So that it does not come out later, when nobody looks. True where it is out already."""
    try:
        if ask_job(_said(["lpstat", "-H"]).strip(), number).state is JobState.COMPLETED:
            return True
    except (OSError, ValueError):
        pass
    _cancel(to, number)
    return False


def _cancel(to: str, number: int) -> None:
    _run(["cancel", f"{to}-{number}"])


def wait_no_longer() -> None:
    """The program ends: whoever follows a job lets go of it. What the printer has, it prints."""
    _no_longer.set()


def wait_again() -> None:
    """The program has begun."""
    _no_longer.clear()


def trouble(job: Job) -> Trouble | None:
    """What the printer lacks; None when it says nothing that is known."""
    for reason in job.reasons:
        for begins, known in _TROUBLES.items():
            if reason.startswith(begins):
                return known
    return _PAUSED if job.state is JobState.STOPPED else None


def _not_printed(what: Trouble, printer: str, *, halts: bool = False) -> NotPrinted:
    return NotPrinted(tr(what.sentence).format(printer=printer), what.why, halts=halts)


def _said(command: Sequence[str]) -> str:
    done = _run(command)
    return "" if done.returncode else done.stdout.decode("utf-8", "replace")


def _run(command: Sequence[str], data: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    environment = {**plain_environment(), "LC_ALL": "C"}  # the answers are read by us, not by people
    try:
        return subprocess.run(  # noqa: S603 - a fixed command of the printing system
            command, input=data, capture_output=True, check=False, timeout=20, env=environment
        )
    except (subprocess.TimeoutExpired, OSError) as slow:
        raise EnvironmentFailure(
            tr("The printing system does not answer. Save the sheet as PDF, and tell who looks after it.")
        ) from slow
