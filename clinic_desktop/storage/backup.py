"""A copy of a clinic's file while it is in use, checked before it gets its name."""

import secrets
from contextlib import closing, suppress
from pathlib import Path

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.private_file import sync_folder
from clinic_desktop.security.key_slots import SlotsLost, copy_beside
from clinic_desktop.storage import look
from clinic_desktop.storage.engine import Sealed, Where, beside, connect_file, file_of, raw_line
from clinic_desktop.storage.failures import FULL, worded
from clinic_desktop.storage.schema import give_name, new_file

_THERE_ALREADY = "There is a file called {name} already. It was left as it is. Choose another name."
NO_ROOM = "The disk is full. No backup was made; the clinic's data is as it was. Free some space first."
_NOT_SOUND = (
    "The backup was not sound, so it was not kept. Check the disk, then run the check on the clinic's data."
)
SENTENCES = (NO_ROOM, _NOT_SOUND)


def copy_file(source: Where, target: Path) -> Path:
    """Copy a clinic's file to ``target``, which must not exist; others may go on writing meanwhile.

    The copy is of one moment, whole on the disk and checked; that of a sealed file opens with the same key.
    Raises :class:`EnvironmentFailure`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        raise EnvironmentFailure(_THERE_ALREADY.format(name=target.name))
    new = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
    try:
        with worded():
            triggers = _copied(source, beside(source, new))
            _checked(beside(source, new), triggers)
        give_name(new, target, lambda: EnvironmentFailure(_THERE_ALREADY.format(name=target.name)))
    except EnvironmentFailure as failure:
        if str(failure) == FULL:
            raise EnvironmentFailure(NO_ROOM) from failure
        raise
    finally:
        new.unlink(missing_ok=True)
    sync_folder(target.parent)
    if isinstance(source, Sealed):
        # Any copy's slots open this one too; a backup whose slots were lost meanwhile is still worth having.
        with suppress(SlotsLost), worded():
            copy_beside(source.path, target)
    return target


def _copied(source: Where, new: Path | Sealed) -> dict[str, str]:
    """Copy in one step, under one snapshot; the triggers that the copy must have."""
    new_file(file_of(new))
    with closing(connect_file(source)) as original, closing(raw_line(new, str(file_of(new)))) as copy:
        original.backup(copy)
        return look.triggers(original)


def _checked(new: Path | Sealed, triggers: dict[str, str]) -> None:
    with closing(look.read_only(new)) as copy:
        sound = look.check_whole(copy) and look.triggers(copy) == triggers
    if not sound:
        raise EnvironmentFailure(_NOT_SOUND)
