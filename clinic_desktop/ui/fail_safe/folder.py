"""The folder of one computer that has the paper for a day without the program: one for each clinic that is
opened on it, a file for each day, the last fourteen, readable for their owner alone. Everything here works
without the clinic being open.
"""

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.clock import SystemClock, computer_time
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.ui.file_dialogs import documents
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.printers import write_private
from clinic_desktop.ui.settings_store import Setting, SettingsStore

KEPT = 14
PAPER_FOLDER = Setting("paper/folder", "")
_NAME = "Clinic paper"
_DEMO = "demo"  # the demo's never lie among a clinic's
_LONGEST = 40  # letters of a clinic's file in the name of its folder
_OF_A_CLINIC = re.compile(r"[A-Za-z0-9-]+-[0-9a-f]{8}")
_OURS = re.compile(r"tomorrow-(\d{4}-\d{2}-\d{2})\.pdf")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file there: the day it is for, and when it was made."""

    day: date
    file: Path
    made_at: datetime


def own_folder() -> Path:
    """Where it is kept unless somebody chooses another place: among the documents of whoever is logged in, or
    with the program's own files where those were given a place of their own."""
    given = os.environ.get(settings.HOME_VARIABLE)
    return (Path(given) if given else documents()) / _NAME


def clinic_folder(where: str) -> str:
    """What the folder of a clinic is called, after where its data is: the name of its file or database, so
    that somebody finds it, and a few letters that only this place has. Empty for no place. Nothing is looked
    up on a disk, which may be away."""
    if not where:
        return ""
    if "://" in where:
        parts = urlsplit(where)
        place = f"{parts.hostname or ''}:{parts.port or ''}{parts.path}?{parts.query}"
        named = parts.path
    else:
        place = named = os.path.normcase(os.path.abspath(where))  # noqa: PTH100 - resolving would ask the disk
    word = re.sub(r"[^A-Za-z0-9]+", "-", PurePath(named).stem).strip("-")[:_LONGEST] or "clinic"
    return f"{word}-{sha256(place.encode()).hexdigest()[:8]}"


def chosen_for(clinic: str) -> Setting[str]:
    """Which folder was chosen here for a clinic, by its :func:`clinic_folder`."""
    return Setting(f"paper/{clinic}", "") if clinic else PAPER_FOLDER


def folder_of(preferences: SettingsStore, clinic: str = "", *, demo: bool = False) -> Path:
    """The folder on this computer of a clinic, by its :func:`clinic_folder`: the one that was chosen for it,
    as it is; else one of its own where the paper lies."""
    if clinic and (chosen := preferences.get(chosen_for(clinic))):
        return Path(chosen)
    before = preferences.get(PAPER_FOLDER)  # chosen for all clinics, as it was before each had its own
    folder = Path(before) if before else own_folder()
    return folder / _DEMO if demo else folder / clinic


def kept_there(folder: Path) -> list[Kept]:
    """What is there, the last day last; nothing where the folder cannot be read."""
    found = []
    with suppress(OSError):
        for file in folder.iterdir():
            if (one := _read(file)) is not None:
                found.append(one)
    return sorted(found, key=lambda one: one.day)


def _read(file: Path) -> Kept | None:
    name = _OURS.fullmatch(file.name)
    with suppress(ValueError, OSError):
        if name and file.is_file():
            made = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            return Kept(date.fromisoformat(name[1]), file, made)
    return None


def keep(folder: Path, day: date, data: bytes, made_at: datetime) -> Kept:
    """Write a day's paper in place of an earlier one. Raises :class:`EnvironmentFailure`."""
    parent = folder.parent if folder.name == _DEMO or _is_of_a_clinic(folder) else folder
    if not parent.is_dir() and parent != own_folder():
        # A drive that is not plugged in is not made anew as a folder on this computer.
        raise EnvironmentFailure(
            tr("The folder {folder} is not there. Connect its drive, or choose another.").format(
                folder=parent
            )
        )
    file = write_private(folder / f"tomorrow-{day.isoformat()}.pdf", data)
    with suppress(OSError):
        os.utime(file, (made_at.timestamp(), made_at.timestamp()))
    return Kept(day, file, made_at)


def clear(folder: Path, today: date | None = None) -> int:
    """Delete our files but for the last :data:`KEPT` days; what cannot be deleted now goes another time. Of
    those that lie above, from when all clinics shared a folder, whatever is so many days old goes: nobody
    knows whose they are."""
    gone = 0
    shared = _before(folder) if today is not None else []
    old = [one for one in shared if today is not None and one.day < today - timedelta(days=KEPT)]
    for one in [*kept_there(folder)[:-KEPT], *old]:
        with suppress(OSError):
            one.file.unlink()
            gone += 1
    return gone


def needed_now(folder: Path) -> Kept | None:
    """The paper for now by this computer's clock, where no clinic can be asked."""
    return for_day(kept_there(folder) or _before(folder), computer_time(SystemClock().now()).day)


def _before(folder: Path) -> list[Kept]:
    """What lies where the paper of all clinics was kept, before each had a folder of its own."""
    return kept_there(folder.parent) if _is_of_a_clinic(folder) else []


def _is_of_a_clinic(folder: Path) -> bool:
    """Whether it is one that is made for a clinic, below the folder of all."""
    return _OF_A_CLINIC.fullmatch(folder.name) is not None


def for_day(kept: list[Kept], today: date) -> Kept | None:
    """Which one is needed today: today's, else the next day's, else the last one."""
    ahead = [one for one in kept if one.day >= today]
    return ahead[0] if ahead else kept[-1] if kept else None
