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


def read_whom(stamp: Stamp, who: str, staff: Sequence[Staff]) -> tuple[Stamp, str]:
    """Which prescriber was told, by name: one of ours, or as it was typed; and what is wrong with it."""
    fits = _fitting(who, staff)
    if len(fits) == 1 and who:
        return replace(stamp, person=fits[0].name), ""
    names = ", ".join(one.name for one in fits or _prescribers(staff))
    if not who or fits:
        return stamp, tr("Say who: {names}.").format(names=names) if names else tr("Say who.")
    return replace(stamp, person=who), ""


def is_strange(who: str, staff: Sequence[Staff]) -> str:
    """That a name is none of our prescribers', and who they are: it is recorded all the same."""
    there = _prescribers(staff)
    if not who or not there or any(one.name == who for one in there):
        return ""
    names = ", ".join(one.name for one in there)
    return tr("{who} is no prescriber of this clinic. Those are: {names}.").format(who=who, names=names)


def _prescriber(typed: str, staff: Sequence[Staff]) -> Staff | None:
    """By initials or a part of the name; the only one there is need not be named."""
    fits = _fitting(typed, staff)
    return fits[0] if len(fits) == 1 else None


def _prescribers(staff: Sequence[Staff]) -> list[Staff]:
    return [one for one in staff if one.active and Role.PRESCRIBER in one.roles]


def _fitting(typed: str, staff: Sequence[Staff]) -> list[Staff]:
    """Whose initials or name it is; else of whose name every word begins one: "dr lin" is Dr. Helen Lin."""
    there, low = _prescribers(staff), typed.casefold()
    fits = [one for one in there if low in (one.initials.casefold(), one.name.casefold())]
    fits = fits or [one for one in there if low in one.name.casefold()]
    words = low.replace(".", " ").split()
    return fits or [one for one in there if words and all(_begins(one.name, word) for word in words)]


def _begins(name: str, word: str) -> bool:
    return any(part.startswith(word) for part in name.casefold().replace(".", " ").split())
