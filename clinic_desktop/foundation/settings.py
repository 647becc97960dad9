"""Where this computer keeps the program's own files, and which clinic it opened last.

The clinic's rules are in its database; only what belongs to this computer is here.
"""

import json
import logging
import os
import platform
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from clinic_desktop.foundation.errors import EnvironmentFailure

_log = logging.getLogger(__name__)

HOME_VARIABLE = "CLINIC_DESKTOP_HOME"


def home() -> Path:
    """The program's own folder, made when missing, for this user alone."""
    override = os.environ.get(HOME_VARIABLE)
    folder = Path(override) if override else user_data_path("clinic-desktop", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def is_elsewhere() -> bool:
    """Whether that folder was put elsewhere by :data:`HOME_VARIABLE`."""
    return bool(os.environ.get(HOME_VARIABLE))


def default_clinic() -> Path:
    """Where a new clinic is made unless somebody chooses another place."""
    return home() / "clinic.sqlite"


def last_clinic() -> str:
    """Path or address of the clinic that was open last on this computer; empty when there was none."""
    return str(_read().get("clinic", ""))


def remember_clinic(where: Path | str) -> None:
    _remember({"clinic": str(where)})


def to_encrypt() -> str:
    """The clinic that is to be encrypted before it is opened next; empty when none is."""
    return str(_read().get("encrypt", ""))


def wish_to_encrypt(where: str) -> None:
    """Ask for its keys at the next start, or raise :class:`EnvironmentFailure`; empty asks no more."""
    if where:
        _write(_read() | {"encrypt": where})
    else:
        _remember({"encrypt": ""})


def last_folder() -> str:
    """Where a file was last chosen or written on this computer; empty when there was none."""
    return str(_read().get("folder", ""))


def remember_folder(folder: Path) -> None:
    _remember({"folder": str(folder)})


def backup_folder(clinic: str) -> str:
    """Where the backups of a clinic go on this computer, by its path or address; empty: beside its data."""
    return backup_folders().get(clinic, "")


def backup_folders() -> dict[str, str]:
    """All that were chosen on this computer, by the clinic's path or address."""
    chosen = _read().get("backups", {})
    return {str(one): str(folder) for one, folder in chosen.items()} if isinstance(chosen, dict) else {}


def remember_backup_folder(clinic: str, folder: Path) -> None:
    """Raises :class:`EnvironmentFailure`."""
    _write(_read() | {"backups": {**backup_folders(), clinic: str(folder)}})


def restored_from(clinic: str) -> str:
    """The folder from which a clinic's last restored backup came, by the clinic's path, where that was none
    of those that this computer keeps backups in; empty without one."""
    folders = _read().get("restored_from", {})
    return str(folders.get(clinic, "")) if isinstance(folders, dict) else ""


def remember_restored_from(clinic: str, folder: Path) -> None:
    before = _read().get("restored_from", {})
    others = before if isinstance(before, dict) else {}
    _remember({"restored_from": {**others, clinic: str(folder)}})


def demo_is_whole(path: Path) -> bool:
    """Whether that demo clinic was made to its last day."""
    return bool(_read().get("demo") == path.name)


def remember_whole_demo(path: Path) -> None:
    _remember({"demo": path.name})


def desk_name() -> str:
    """What this computer is called: where a PIN counts, and where a call for help or an access came from."""
    return str(_read().get("desk", "")) or platform.node()


def _file() -> Path:
    return home() / "computer.json"


def _read() -> dict[str, Any]:
    try:
        found = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # a lost preference is asked for again; it must not stop the day
    return found if isinstance(found, dict) else {}


def _remember(more: dict[str, Any]) -> None:
    """What nobody waits for: lost on a full disk it is asked for again, and must not stop the day."""
    try:
        _write(_read() | more)
    except EnvironmentFailure as failure:
        _log.warning("not remembered: %s (%s)", ", ".join(more), failure)


def _write(values: dict[str, Any]) -> None:
    try:
        fresh = _file().with_suffix(".new")
        fresh.write_text(json.dumps(values, indent=1), encoding="utf-8")
        fresh.replace(_file())
    except OSError as failure:
        said = f"What was chosen could not be kept on this computer ({failure.strerror})."
        raise EnvironmentFailure(said) from failure
