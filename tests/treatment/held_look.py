"""Two programs that come to one kept entry: the first one has looked, and not yet written."""

from threading import Event
from typing import Any

import pytest

from clinic_desktop.treatment import kept_entries


def hold_the_first_look(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, Event]:
    """``looked`` once what is there was looked at; it goes on with ``on``, and every later look at once."""
    looks, looked, on = kept_entries._left_of, Event(), Event()

    def look(*what: Any) -> Any:
        left = looks(*what)
        if not looked.is_set():
            looked.set()
            on.wait(10)
        return left

    monkeypatch.setattr(kept_entries, "_left_of", look)
    return looked, on
