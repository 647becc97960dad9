"""The program itself, with a window that is gone when the block ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from shiboken6 import delete

from clinic_desktop.app import Program
from clinic_desktop.foundation import settings
from clinic_desktop.ui.settings_store import SettingsStore


@contextmanager
def a_program() -> Iterator[Program]:
    settings.home().mkdir(parents=True, exist_ok=True)
    made = Program(SettingsStore(settings.home() / "window.ini"))
    yield made
    made.close()
    for one in (made.window, made._start):  # too late for qtbot: it closes its windows before a fixture ends
        if one is not None:
            one.close()
            delete(one)
