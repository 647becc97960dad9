"""What this computer has of a clinic that does not open: backups, the paper, and what was kept sealed; for
worker threads.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import SystemClock, computer_time
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security import unlocking
from clinic_desktop.security.away import AwayDoor, KeptDeed
from clinic_desktop.security.key_slots import slots_file
from clinic_desktop.security.rights import Right, require
from clinic_desktop.storage.backup_folder import folder_of
from clinic_desktop.storage.engine import is_address, real_file
from clinic_desktop.storage.kept_copy import kept_at
from clinic_desktop.ui.fail_safe.folder import Kept, needed_now
from clinic_desktop.ui.fail_safe.place import SealedPlace, paper_key, sealed_in
from clinic_desktop.ui.first_run.kept_page import KeptPaper
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.printers import Printed, print_pages, printer_here

_DAYS = 3  # that are shown of what was kept: today and what is on paper after it


def _backups_of(where: str) -> str:
    """The folder in which the clinic's backups lie; empty where there are none."""
    folder = folder_of(where if is_address(where) else real_file(Path(where))) if where else None
    return str(folder) if folder is not None and folder.is_dir() else ""


@dataclass(frozen=True, slots=True)
class Help:
    """Where a clinic does not open: where backups lie, the readable paper that is needed now, and whether
    this computer kept the schedule sealed for somebody who can open it."""

    backups: str
    paper: Kept | None
    kept: bool


def help_for(where: str, papers: Path, kept: Path) -> Help:
    """For a worker thread."""
    can_open = False
    with suppress(ClinicProblem, OSError):
        can_open = bool(
            AwayDoor(kept).people() if is_address(where) else slots_file(real_file(Path(where))).exists()
        )
    return Help(_backups_of(where), needed_now(papers), bool(where) and can_open and bool(sealed_in(kept)))


@dataclass(frozen=True, slots=True)
class KeptHere:
    """What this computer kept, opened. actor: who came in by their password; None where a file was opened by
    its key, which tells of nobody. key: what opens it. floor: there is one, too, on which they can go on."""

    pages: list[KeptPaper]
    actor: Actor | None = None
    key: bytes = field(default=b"", repr=False)
    floor: bool = False


def open_kept(where: str, folder: Path, staff_id: int, typed: str) -> KeptHere:
    """By what was typed, for a worker thread; whoever came in is on record with the days that they see before
    they see them. Raises :class:`ClinicProblem`."""
    if not is_address(where):
        return KeptHere(
            kept_papers(folder, lambda: paper_key(unlocking.opened_by(real_file(Path(where)), typed)))
        )
    now, door = SystemClock().now(), AwayDoor(folder)
    actor, key = door.enter(staff_id, typed, settings.desk_name(), now)
    require(actor, Right.VIEW)
    pages = kept_papers(folder, lambda: key)
    for one in pages:
        door.keep(KeptDeed(Deed.VIEWED, actor, 0, now, day=one.day), key)
    return KeptHere(pages, actor, key, kept_at(folder))


def print_kept(folder: Path, came_in: KeptHere | None, day: date, data: bytes) -> Printed:
    """A day's pages to the printer, or into a file where there is none; who came in is on record with it
    before, for a worker thread. Raises :class:`ClinicProblem`."""
    if came_in is not None and came_in.actor is not None:
        require(came_in.actor, Right.PRINT_SHEET)
        printer, now = printer_here(), SystemClock().now()
        deed = Deed.PRINTED if printer else Deed.EXPORTED
        AwayDoor(folder).keep(KeptDeed(deed, came_in.actor, 0, now, printer, day), came_in.key)
    title = tr("Paper for a day without the program")
    return print_pages(data, title, f"paper-{day.isoformat()}")


def kept_papers(folder: Path, key: Callable[[], bytes]) -> list[KeptPaper]:
    """From today on, by this computer's clock; else the last day that there is."""
    place = SealedPlace(folder, key())
    today = computer_time(SystemClock().now()).day
    there = place.there()
    wanted = [one for one in there if one.day >= today][:_DAYS] or there[-1:]
    if not wanted:
        raise EnvironmentFailure(tr("Nothing that was kept here opens with this key."))
    read = [(one.day, *place.read(one)) for one in wanted]
    return [KeptPaper(day, made_at, data) for day, data, made_at in read]
