"""Where the paper of one clinic is kept on this computer: sealed where its data is sealed or on a server, as
pages that anybody who uses this computer can open where it is a plain file or somebody chose that.
"""

import hashlib
import hmac
import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.security.sealed_files import seal, unseal
from clinic_desktop.ui.fail_safe import folder as readable
from clinic_desktop.ui.fail_safe.folder import KEPT, Kept, for_day
from clinic_desktop.ui.printers import write_private
from clinic_desktop.ui.settings_store import Setting

_OURS = re.compile(r"paper-(\d{4}-\d{2}-\d{2})\.sealed")
_PURPOSE = b"clinic-desktop: the paper for a day without the program"


def paper_key(data_key: bytes) -> bytes:
    """The key of an encrypted file's paper: whoever has the file's key has it, and not the other way."""
    return hmac.new(data_key, _PURPOSE, hashlib.sha256).digest()


def also_readable(clinic: str) -> Setting[bool]:
    """Whether this computer keeps the pages of a sealed clinic also as files that open without a key."""
    return Setting(f"paper/readable/{clinic}", False)


@dataclass(frozen=True, slots=True)
class SealedPlace:
    """A folder of sealed pages, one file for each day, and what opens them."""

    folder: Path
    key: bytes = field(repr=False)

    def keep(self, day: date, data: bytes, made_at: datetime) -> Kept:
        """Raises :class:`EnvironmentFailure`."""
        inside = made_at.isoformat().encode() + b"\n" + data
        file = self.folder / f"paper-{day.isoformat()}.sealed"
        write_private(file, seal(self.key, inside, _about(day)))
        return Kept(day, file, made_at)

    def there(self) -> list[Kept]:
        """What this key opens, with the time at which it was made, the last day last."""
        found = []
        for one in sealed_in(self.folder):
            with suppress(EnvironmentFailure):
                found.append(Kept(one.day, one.file, self.read(one)[1]))
        return found

    def read(self, kept: Kept) -> tuple[bytes, datetime]:
        """The pages, and when they were made. Raises :class:`EnvironmentFailure`."""
        try:
            inside = unseal(self.key, kept.file.read_bytes(), _about(kept.day))
        except OSError as failure:
            said = f"{kept.file.name} cannot be read ({failure.strerror})."
            raise EnvironmentFailure(said) from failure
        made, _, data = inside.partition(b"\n")
        return data, datetime.fromisoformat(made.decode())

    def clear(self) -> None:
        """Delete all but the last days."""
        for one in sealed_in(self.folder)[:-KEPT]:
            with suppress(OSError):
                one.file.unlink()


def sealed_in(folder: Path) -> list[Kept]:
    """The sealed pages of a folder by day, whoever can open them. made_at is the file's own time."""
    found = []
    with suppress(OSError):
        for file in folder.iterdir():
            name = _OURS.fullmatch(file.name)
            with suppress(ValueError, OSError):
                if name:
                    made = datetime.fromtimestamp(file.stat().st_mtime, UTC)
                    found.append(Kept(date.fromisoformat(name[1]), file, made))
    return sorted(found, key=lambda one: one.day)


def _about(day: date) -> str:
    return f"paper for {day.isoformat()}"


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """``folder`` of readable pages, ``sealed`` or both; with ``sealed`` alone no readable page of ours stays
    in ``old``."""

    folder: Path | None
    sealed: SealedPlace | None = None
    old: Path | None = None

    def there(self) -> list[Kept]:
        if self.sealed is not None:
            return self.sealed.there()
        return readable.kept_there(self.folder) if self.folder is not None else []

    def keep(self, day: date, data: bytes, made_at: datetime) -> Kept:
        """Raises :class:`EnvironmentFailure`; what could be kept sealed is kept then."""
        kept = self.sealed.keep(day, data, made_at) if self.sealed is not None else None
        if self.folder is not None:
            pages = readable.keep(self.folder, day, data, made_at)
            kept = kept or pages
        if kept is None:
            raise EnvironmentFailure("There is no place for the paper.")
        return kept

    def clear(self, today: date) -> None:
        if self.sealed is not None:
            self.sealed.clear()
        if self.folder is not None:
            readable.clear(self.folder, today)
        elif self.old is not None:
            forget_readable(self.old)

    def needed(self, today: date) -> Kept | None:
        return for_day(self.there(), today)


def forget_readable(folder: Path) -> None:
    """Delete our readable pages of a folder."""
    for one in readable.kept_there(folder):
        with suppress(OSError):
            one.file.unlink()
