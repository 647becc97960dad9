"""What the window asks about the backups of the clinic that it has open."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.backups import Backup, Seen, Standing
from clinic_desktop.foundation.server_place import Owner
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security import key_slots
from clinic_desktop.security.backup_place import choose_folder
from clinic_desktop.security.key_slots import SlotsLost, slots_file
from clinic_desktop.security.rights import Right, require
from clinic_desktop.storage import backing_up, backup_folder, cipher, restoring
from clinic_desktop.storage.as_read import fields, is_moment, moment
from clinic_desktop.storage.engine import Sealed, file_of, is_address, real_file
from clinic_desktop.storage.keyed import opened_backup
from clinic_desktop.storage.owner import as_owner
from clinic_desktop.storage.store import SqlStore

_PLAIN = b"SQLite format 3\x00"
_LAST = "SELECT at, after FROM audit WHERE action = ? ORDER BY id DESC LIMIT 1"


def _clear(file: Path) -> bool:
    with suppress(OSError), file.open("rb") as opened:
        return opened.read(len(_PLAIN)) == _PLAIN
    return False


def _opens(file: Path) -> bool:
    """Whether the slots beside a file can be read."""
    try:
        key_slots.read(file)
    except SlotsLost:
        return False
    return True


def _copy_of_keys(where: Sealed, backups: Sequence[Backup]) -> Path | None:
    """The newest that lies beside a backup with the clinic's own key: what opens that opens the clinic."""
    for one in backups:
        with suppress(OSError):
            if one.whole and _opens(one.file) and not _clear(one.file) and cipher.fits(one.file, where.key):
                return slots_file(one.file)
    return None


class ClinicKeeper:
    """Of one open store."""

    def __init__(self, store: SqlStore) -> None:
        self._store, self._cleared = store, False

    def standing(self) -> Standing:
        where = self._store.where
        if not self._cleared and not is_address(where):  # once, at the start
            self._cleared = True
            backup_folder.clear_ended(file_of(where).absolute().parent)
        with self._store.read() as records:
            first = records.rows("SELECT hash, at FROM audit WHERE id = 1")
            last = records.rows(_LAST, [Deed.BACKED_UP.value]) if is_address(where) else []
        clinic = str(first[0][0]) if first else ""
        backups = backup_folder.known(where, clinic) if clinic else []
        stands = Standing(
            backup_folder.folder_of(where),
            backups,
            by_owner=is_address(where) and not self._store.may_do_too_much(),
            since=moment(first[0][1]) if first else None,
            came_from=backup_folder.came_from(where),
            on_the_datas_disk=backup_folder.on_the_datas_disk(where),
            in_clear=frozenset(one.file for one in backups if isinstance(where, Sealed) and _clear(one.file)),
        )
        if isinstance(where, Sealed) and not _opens(file := real_file(where.path)):
            stands = replace(stands, keys_lost=slots_file(file), keys_copy=_copy_of_keys(where, backups))
        sound = last and is_moment(last[0][0]) and not fields(last[0][1]).get("findings")
        return replace(stands, elsewhere=moment(last[0][0])) if sound else stands

    def make(self, actor: Actor) -> Standing:
        backing_up.back_up(self._store, actor=actor)
        return self.standing()

    def keep_in(self, actor: Actor, folder: Path) -> Standing:
        choose_folder(self._store, actor, str(folder))
        settings.remember_backup_folder(backup_folder.named(self._store.where), folder)
        return self.standing()

    def look(self, actor: Actor, file: Path, owner: Owner | None = None, typed: str = "") -> Seen:
        require(actor, Right.SET_UP)
        where = self._store.where
        if owner is None or not is_address(where):
            return restoring.look_into(opened_backup(file, where, typed=typed), where)
        with as_owner(where, owner) as mine:
            return restoring.look_into(file, mine)
