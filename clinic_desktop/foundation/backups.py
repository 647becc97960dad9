"""What a backup is, how long it is kept, and when the last good one is too old. Pure rules."""

import json
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, TypeVar

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import CLOCKS_DIFFER, WallTime, computer_time, local_time, short_zone
from clinic_desktop.foundation.server_place import Owner

DAYS, MONTHS = 14, 12
DUE_AFTER = timedelta(days=1)
OLD_AFTER = timedelta(days=2)
KEYS = "keys"
"""The code of the finding that an encrypted clinic's slots are missing or damaged: nobody may be able to open
it, nor its backup."""
_FORM = 1
_NAMED = re.compile(
    r"clinic-backup-(?:before-.+-)?(\d{4}-\d\d-\d\d-\d{6}[+-]\d{4})(?:-\w+)?\.(?:sqlite|dump)"
)


class Dated(Protocol):
    """What the rule asks of a backup. good: it was whole, and its data without a finding."""

    @property
    def at(self) -> datetime: ...
    @property
    def good(self) -> bool: ...


D = TypeVar("D", bound=Dated)


def has_come(at: datetime, now: datetime) -> bool:
    """Whether a time is not one of a clock that was ahead."""
    return at - now <= CLOCKS_DIFFER


def to_delete(backups: Iterable[D], now: datetime) -> list[D]:
    """Those that nobody needs any more, oldest first.

    Kept are all of today, the best one of each of the last 14 days that have one, the best one of each of the
    last 12 months that have one, the last one and the last good one. The best is the last good one, else the
    last. Days without a backup do not count: neither a holiday nor a computer whose clock was wrong for a day
    takes the old ones away. Those of a clock that was ahead stay until their time comes, and keep no other
    from being kept.
    """
    come = [one for one in backups if has_come(one.at, now)]
    oldest_first, today = sorted(come, key=lambda one: one.at), now.astimezone().date()
    kept = {id(one) for one in oldest_first[-1:] if one}
    kept |= {id(one) for one in [one for one in oldest_first if one.good][-1:]}
    kept |= {id(one) for one in oldest_first if day_of(one) >= today}
    days: dict[object, D] = {}
    months: dict[object, D] = {}
    for one in sorted(oldest_first, key=lambda one: (one.good, one.at)):
        day = day_of(one)
        days[day] = one
        months[day.year, day.month] = one
    for best, count in ((days, DAYS), (months, MONTHS)):
        last = sorted(best, reverse=True)[:count]  # type: ignore[type-var]  # all days, or all months
        kept |= {id(best[key]) for key in last}
    return [one for one in oldest_first if id(one) not in kept]


def named_at(name: str) -> datetime | None:
    """When a backup was made by its file's name, which has the clinic's own clock and its offset; None for
    another name."""
    named = _NAMED.fullmatch(name)
    if named is not None:
        with suppress(ValueError):
            return datetime.strptime(named.group(1), "%Y-%m-%d-%H%M%S%z")
    return None


def clinics_time(at: datetime, name: str, zone_name: str = "") -> tuple[WallTime, str]:
    """A moment of a backup by the clinic's clock, and what that time is called ("CST", "UTC-6"): by the
    clinic's zone, else by the offset in the file's name, else by this computer's clock (no name)."""
    if zone_name:
        return local_time(at, zone_name), short_zone(at, zone_name)
    named = named_at(name)
    if named is None:
        return computer_time(at), ""
    local = at.astimezone(named.tzinfo)
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    called = f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"
    return WallTime(local.date(), local.hour * 60 + local.minute), called


def day_of(one: Dated) -> date:
    """The day by this computer's clock."""
    return one.at.astimezone().date()


@dataclass(frozen=True, slots=True)
class Head:
    """Where an audit trail ends: the number of its last entry, and that entry's hash."""

    number: int
    hash: str


class Check(StrEnum):
    """How a backup was looked at after it was written; the value completes "Checked: "."""

    WHOLE = "every page and every record"
    PAGES = "every page and every guard"  # too large for the rest in the middle of a day
    RESTORED = "restored into a place of its own, and every record"
    CONTENTS = "its table of contents; this desk may not restore it to look inside"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is written beside a backup, in ``NAME.json``. Nothing of a patient, and no name of a clinic.

    clinic: the hash of the first entry of its audit trail, which no other clinic has. sha256, size: of the
    file's bytes. findings: codes of what the check found in the data.
    """

    clinic: str
    made_at: datetime
    program: str
    revision: str
    head: Head
    checked: Check
    findings: tuple[str, ...]
    size: int
    sha256: str

    def to_json(self) -> str:
        values: dict[str, Any] = {
            "form": _FORM,
            "made_at": self.made_at.astimezone(UTC).isoformat(),
            "program": self.program,
            "clinic": self.clinic,
            "revision": self.revision,
            "audit": {"number": self.head.number, "hash": self.head.hash},
            "checked": self.checked.name.lower(),
            "findings": list(self.findings),
            "size": self.size,
            "sha256": self.sha256,
        }
        return json.dumps(values, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Facts":
        """Raises ``ValueError`` for what is no such file."""
        try:
            values = json.loads(text)
            audit = values["audit"]
            made_at = datetime.fromisoformat(values["made_at"])
            if values["form"] != _FORM or made_at.tzinfo is None:
                raise ValueError("another form")
            return cls(
                str(values["clinic"]),
                made_at,
                str(values["program"]),
                str(values["revision"]),
                Head(int(audit["number"]), str(audit["hash"])),
                Check[str(values["checked"]).upper()],
                tuple(map(str, values["findings"])),
                int(values["size"]),
                str(values["sha256"]),
            )
        except (KeyError, TypeError, AttributeError) as problem:
            raise ValueError("not the facts of a backup") from problem


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup and what is known of it. whole: its file is there, and as long as it was."""

    file: Path
    facts: Facts
    whole: bool = True

    @property
    def at(self) -> datetime:
        return self.facts.made_at

    @property
    def good(self) -> bool:
        return self.whole and not self.facts.findings


class Age(StrEnum):
    """How the backups stand."""

    FRESH = "fresh"
    DUE = "due"
    OLD = "old"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Standing:
    """How the backups of a clinic stand on this computer. backups: newest first. elsewhere: when another
    computer made the last one that was good, where that is on record. since: when there was first something
    to back up. by_owner: only the owner of the database may look into one and restore it. in_clear: the files
    among an encrypted clinic's that are not encrypted, of before it was. keys_lost: the file that opens an
    encrypted clinic, where it is missing or damaged. keys_copy: a copy of it beside a backup that has the
    same key; each None where there is none. came_from: the folder from which a backup was restored, where no
    folder was chosen since. on_the_datas_disk: the folder is lost where the disk of the data is."""

    folder: Path
    backups: Sequence[Backup] = ()
    elsewhere: datetime | None = None
    since: datetime | None = None
    by_owner: bool = False
    in_clear: frozenset[Path] = frozenset()
    keys_lost: Path | None = None
    keys_copy: Path | None = None
    came_from: Path | None = None
    on_the_datas_disk: bool = False

    def last(self, now: datetime) -> Backup | None:
        """Those by a clock that was ahead do not count, here and below: they would keep everybody from the
        next one until that time comes."""
        return next((one for one in self.backups if has_come(one.at, now)), None)

    def to_take(self, now: datetime) -> Backup | None:
        """The one to restore where nobody knows better: the newest sound one; else the newest."""
        sound = sorted((one for one in self.backups if one.good), key=lambda one: not has_come(one.at, now))
        return next(iter([*sound, *self.backups]), None)

    def last_good(self, now: datetime) -> datetime | None:
        """When the last good one was made, here or elsewhere."""
        here = [one.at for one in self.backups if one.good]
        known = here if self.elsewhere is None else [*here, self.elsewhere]
        return max((at for at in known if has_come(at, now)), default=None)

    def age(self, now: datetime) -> Age:
        """Older than a day: one is due, and where an encrypted clinic has none that is encrypted. Older than
        two: somebody has to see to it."""
        last = self.last_good(now)
        if last is None:
            young = self.since is None or now - self.since <= OLD_AFTER
            return Age.DUE if young else Age.NEVER
        if now - last > OLD_AFTER:
            return Age.OLD
        good = [one for one in self.backups if one.good]
        clear_only = bool(good) and all(one.file in self.in_clear for one in good)
        return Age.DUE if clear_only or now - last >= DUE_AFTER else Age.FRESH

    def unsound(self, now: datetime) -> Backup | None:
        """The last one, where something was found in it; None also where its file is gone, which says nothing
        of the data."""
        last = self.last(now)
        return last if last is not None and last.whole and last.facts.findings else None

    def due(self, now: datetime) -> bool:
        """Whether one is made without being asked for. Where something was found in the last one, not before
        a day is over: the next one of the same data is no better, and together they fill the disk. Where only
        the keys were lost and are back, at once."""
        if self.age(now) is Age.FRESH:
            return False
        last = self.unsound(now)
        if last is None or now - last.at >= DUE_AFTER:
            return True
        return last.facts.findings == (KEYS,) and self.keys_lost is None


@dataclass(frozen=True, slots=True)
class Inside:
    """What is in a backup, or in the clinic as it is now. first, last: the days of its visits. accounts: how
    many there are, closed ones too; where there is none, whoever opens it makes the first manager's. name,
    zone: the clinic's; empty before the set-up, and where that cannot be read."""

    revision: str
    head: Head
    patients: int
    visits: int
    first: date | None
    last: date | None
    changed_at: datetime | None
    accounts: int
    name: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A look into a backup, before it is put in place of the clinic that is there now.

    facts: from beside it; None for a file without. as_written: its bytes are those that were written; None
    where nobody knows. now: the clinic that is there; None where none is, or where it cannot be read.
    same_clinic: it is an earlier state of that one; None without one. lost: how many entries of the audit
    trail came after it, which are what would no longer be there; None where that cannot be said. newer: the
    newest sound backup of the same clinic that lies in the same folder; None where none is newer.
    """

    file: Path
    inside: Inside
    facts: Facts | None = None
    as_written: bool | None = None
    findings: tuple[str, ...] = ()
    now: Inside | None = None
    same_clinic: bool | None = None
    lost: int | None = None
    newer: Backup | None = None

    @property
    def before_accounts(self) -> bool:
        """It is of before the first account, and nobody need sign in to what it would become."""
        return self.inside.accounts == 0 and (self.now is None or self.now.accounts > 0)

    @property
    def replaces_another(self) -> bool:
        """It is another clinic's than the one that is there, which has patients or visits."""
        here = self.now
        return self.same_clinic is False and here is not None and bool(here.patients or here.visits)

    @property
    def sound(self) -> bool:
        return self.as_written is not False and not self.findings


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done. aside: where the data that was there before lies now; None where none was."""

    seen: Seen
    aside: str | None


class Keeper(Protocol):
    """Who makes the backups of a clinic and knows them; everything here waits for disks, so for a worker."""

    def standing(self) -> Standing:
        """How they stand now."""
        ...

    def make(self, actor: Actor) -> Standing:
        """One more, and how they stand then; raises :class:`EnvironmentFailure`."""
        ...

    def keep_in(self, actor: Actor, folder: Path) -> Standing:
        """From now on there, on this computer; raises :class:`RightMissing`."""
        ...

    def look(self, actor: Actor, file: Path, owner: Owner | None = None, typed: str = "") -> Seen:
        """What is in one, on a server looked at by its owner. typed: the passphrase or recovery key of an
        encrypted one that nothing here opens. Raises :class:`EnvironmentFailure` (``KeyWanted`` where it has
        to be typed) and :class:`RightMissing`."""
        ...
