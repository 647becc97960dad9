"""What a prescriber said, typed in one line: "p told lin read back", "said lin read back 84 mg next time"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Staff
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui.i18n import tr

_TOLD = re.compile(r"told\b(?: by)?", re.IGNORECASE)
_READ_BACK = re.compile(r",?\s*\b(?:read ?back|rb)\b[,:]?", re.IGNORECASE)


def is_told(rest: str) -> bool:
    """Whether an acceptance is said to be somebody else's."""
    return bool(_TOLD.match(rest))


def read_told(stamp: Stamp, rest: str, staff: Sequence[Staff]) -> tuple[Stamp, str]:
    """Who said it, that it was read back, and the words."""
    rest = _TOLD.sub("", rest, count=1) if is_told(rest) else rest
    who, found, words = _parts(rest)
    one = _prescriber(who.strip(" ,"), staff)
    if one is None:
        return stamp, tr("Say which prescriber said it, like: lin, read back.")
    if not found:  # it is not said to be read back before it is typed
        return replace(stamp, person=one.name), tr("Read it back, then write 'read back' behind the name.")
    return replace(stamp, told_by=one.id, person=one.name, note=words), ""


def _parts(rest: str) -> tuple[str, bool, str]:
    found = _READ_BACK.search(rest)
    if found is None:
        return rest.partition(",")[0], False, ""
    return rest[: found.start()], True, rest[found.end() :].strip()


def _prescriber(typed: str, staff: Sequence[Staff]) -> Staff | None:
    """By initials or a part of the name; the only one there is need not be named."""
    there = [one for one in staff if one.active and Role.PRESCRIBER in one.roles]
    low = typed.casefold()
    fits = [one for one in there if low in (one.initials.casefold(), one.name.casefold())]
    fits = fits or [one for one in there if low in one.name.casefold()]
    return fits[0] if len(fits) == 1 else None
