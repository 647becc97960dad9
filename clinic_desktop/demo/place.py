"""Where the demo clinic of a day is kept: made anew each day, so that today is always in the middle of it."""

from datetime import date
from pathlib import Path

from clinic_desktop.foundation import settings


def demo_file(today: date) -> Path:
    """The file of today's demo clinic; those of other days are removed. Nothing in them is real."""
    wanted = settings.home() / f"demo-{today.isoformat()}.sqlite"
    for old in settings.home().glob("demo-*.sqlite*"):
        if not old.name.startswith(wanted.name):
            old.unlink(missing_ok=True)
    return wanted
