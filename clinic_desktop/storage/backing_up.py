"""Backups of a clinic that is open: made, put on record, and the old ones let go of."""

import secrets
from pathlib import Path

from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.backups import Backup
from clinic_desktop.foundation.errors import EnvironmentFailure, StoreRefused
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security.backup_place import KIND, may_back_up, may_back_up_to
from clinic_desktop.security.put_on_record import put_on_record
from clinic_desktop.storage import backup_folder
from clinic_desktop.storage.backup_folder import FILE, NameTaken
from clinic_desktop.storage.damage import NOT_WRITTEN
from clinic_desktop.storage.engine import is_address
from clinic_desktop.storage.make_backup import make
from clinic_desktop.storage.store import SqlStore


def back_up(store: SqlStore, folder: Path | None = None, actor: Actor = PROGRAM) -> Backup:
    """A dated backup in the clinic's folder for them (or another), and the old ones go by the rule.

    Others may go on writing meanwhile. Raises :class:`EnvironmentFailure`; the clinic's data is as it was.
    Raises :class:`RightMissing`, and :class:`Refusal` in an emergency.
    """
    (may_back_up if folder is None else may_back_up_to)(actor)
    _must_be_recordable(store)
    folder = folder or backup_folder.folder_of(store.where)
    backup_folder.must_be_there(folder, backup_folder.own_folder(store.where))
    ending = "dump" if is_address(store.where) else FILE
    with store.read() as records:
        zone_name = records.setup().clinic.zone
    name = backup_folder.file_name(store.clock.now(), ending, zone_name=zone_name)
    try:
        made = _made(store, folder / name, actor)
    except NameTaken:  # another desk, in the same second
        other = name.replace(f".{ending}", f"-{secrets.token_hex(3)}.{ending}")
        made = _made(store, folder / other, actor)
    backup_folder.clear(folder, made.facts.clinic, made.at)
    return made


def back_up_to(store: SqlStore, file: Path, actor: Actor = PROGRAM) -> Backup:
    """A backup as a file of that name, which must not exist yet; nothing is deleted. The same otherwise."""
    may_back_up_to(actor)
    _must_be_recordable(store)
    if not file.parent.is_dir():
        raise EnvironmentFailure(backup_folder.FOLDER_GONE.format(folder=file.parent))
    return _made(store, file, actor)


def _must_be_recordable(store: SqlStore) -> None:
    """Where nothing is written any more, no copy could be put on record either: so none is begun."""
    if store.damaged:
        raise StoreRefused(NOT_WRITTEN)


def _made(store: SqlStore, target: Path, actor: Actor) -> Backup:
    """On record, or not there: nobody has a copy of the clinic that the trail does not know of."""
    made = _written(store, target)
    try:
        on_record(store, actor, made)
    except BaseException:
        backup_folder.let_go(made.file)
        raise
    return made


def _written(store: SqlStore, target: Path) -> Backup:
    if is_address(store.where):
        from clinic_desktop.storage import server_backup  # noqa: PLC0415 - most clinics have no server

        return server_backup.make(store.where, target, store.clock.now())
    return make(store.where, target, store.clock.now())


def on_record(store: SqlStore, actor: Actor, made: Backup) -> None:
    """Into the audit trail, with where the trail stood in the backup."""
    head = made.facts.head
    about = {
        "number": head.number,
        "hash": head.hash,
        "checked": made.facts.checked.name.lower(),
        "findings": list(made.facts.findings),
        "size": made.facts.size,
        "sha256": made.facts.sha256,
    }
    put_on_record(store, actor, Deed.BACKED_UP, KIND, about)
