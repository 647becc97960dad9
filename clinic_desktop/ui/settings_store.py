"""What one PC remembers for the eyes of its people: window, look, last place. Clinic rules live elsewhere.

QSettings gives text back for everything but text, so each value is kept as JSON and checked against
its declared type; what does not fit counts as never set.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QByteArray, QSettings

V = TypeVar("V", bool, int, float, str, list[str])


@dataclass(frozen=True, slots=True)
class Setting(Generic[V]):
    """A name such as "window/geometry" and what holds until it is set; the default declares the type."""

    name: str
    default: V


GEOMETRY = Setting("window/geometry", "")
MAXIMIZED = Setting("window/maximized", False)
APPEARANCE = Setting("look/appearance", "system")
TEXT_SIZE = Setting("look/text_size", 100)
LAST_PLACE = Setting("window/place", "board")
LAST_PERSON = Setting("window/person", 0)  # who was let in last; 0: nobody yet
LANGUAGE = Setting("look/language", "")
PRINTER = Setting("print/printer", "")  # empty: the one that the system prints on
COPIES = Setting("print/copies", 1)
BOTH_SIDES = Setting("print/both_sides", False)


class SettingsStore:
    """The typed door to an INI file."""

    def __init__(self, path: Path) -> None:
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def get(self, setting: Setting[V]) -> V:
        """The stored value, or the default when there is none of the declared type."""
        try:
            value = json.loads(str(self._settings.value(setting.name, "")))
        except ValueError:
            return setting.default
        return value if _fits(value, setting.default) else setting.default

    def set(self, setting: Setting[V], value: V) -> None:
        self._settings.setValue(setting.name, json.dumps(value))

    def get_bytes(self, setting: Setting[str]) -> QByteArray:
        """A value kept with ``set_bytes``; empty when there is none."""
        return QByteArray.fromBase64(self.get(setting).encode("ascii", "ignore"))

    def set_bytes(self, setting: Setting[str], value: QByteArray) -> None:
        self.set(setting, bytes(value.toBase64().data()).decode("ascii"))

    def flush(self) -> bool:
        """Write now; False when the file cannot be written."""
        self._settings.sync()
        return self._settings.status() == QSettings.Status.NoError


def _fits(value: object, default: object) -> bool:
    if isinstance(default, list):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is type(default)
