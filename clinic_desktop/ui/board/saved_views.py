"""Ways of looking at the board that somebody saved under a name, each on a key of its own. This computer
keeps them: they are for its people's eyes, and no part of the clinic.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.board.zoom import LEVELS, WHOLE
from clinic_desktop.ui.settings_store import Setting, SettingsStore

SLOTS = range(1, 10)
LONGEST_NAME = 40
_NONE: list[str] = []
VIEWS = Setting("board/views", _NONE)


@dataclass(frozen=True, slots=True)
class SavedView:
    """ended: cancelled and missed visits are shown. zoom: per cent."""

    name: str
    kind: ViewKind = ViewKind.ROOMS
    ended: bool = False
    zoom: int = WHOLE


class SavedViews:
    """Views by their slot."""

    def __init__(self, settings: SettingsStore | None) -> None:
        self._settings = settings
        kept = settings.get(VIEWS) if settings is not None else []
        self._views: dict[int, SavedView] = dict(filter(None, map(_read, kept)))

    @property
    def all(self) -> Mapping[int, SavedView]:
        return self._views

    def save(self, slot: int, view: SavedView) -> None:
        """In place of what was there."""
        self._views[slot] = view
        self._keep()

    def forget(self, slot: int) -> None:
        self._views.pop(slot, None)
        self._keep()

    def free_slot(self) -> int:
        """The first that holds nothing; else the first."""
        return next((one for one in SLOTS if one not in self._views), SLOTS[0])

    def _keep(self) -> None:
        if self._settings is not None:
            self._settings.set(VIEWS, [_written(slot, view) for slot, view in sorted(self._views.items())])


def _written(slot: int, view: SavedView) -> str:
    return json.dumps({"slot": slot, **asdict(view)})


def _read(kept: str) -> tuple[int, SavedView] | None:
    """A slot and its view; None for what is not one, by whatever hand or version it was written."""
    try:
        found = json.loads(kept)
        slot, name, kind = int(found["slot"]), str(found["name"]), ViewKind(found["kind"])
        ended, zoom = bool(found["ended"]), int(found["zoom"])
    except (ValueError, KeyError, TypeError):
        return None
    if slot not in SLOTS or not name.strip():
        return None
    return slot, SavedView(name[:LONGEST_NAME], kind, ended, zoom if zoom in LEVELS else WHOLE)
