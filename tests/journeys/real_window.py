"""Which journeys are walked in a real window of an X server, with a window manager, as people see it.

Where there is one, the suite walks these there alone (``test_under_xvfb.py``); elsewhere off screen.
"""

import os
import shutil
from functools import cache
from pathlib import Path

from tests.every_case import EVERY_CASE

NEEDED = ("xvfb-run", "xauth", "openbox", "dbus-run-session")
INSIDE = "CLINIC_DESKTOP_INSIDE_XVFB"  # set where the tests run in the real window
_HERE = Path(__file__).parent
# Of the undoing two are enough: the others ask what else is undone, and no other window. Repair and a busy
# desk show panels that the others show, too. Those from outside start a real window of their own.
_UNDOING = "test_journey_undo.py"
_OF_UNDOING = (
    "::test_a_cancelled_visit_is_undone_by_one_key_from_another_place",
    "::test_in_a_text_field_the_keys_are_the_texts_own",
)
_ALIKE = ("test_journey_repair.py", "test_journey_busy.py")


def there() -> bool:
    """Whether a real window can be opened, and this is not yet the run in it."""
    return not os.environ.get(INSIDE) and all(shutil.which(one) for one in NEEDED)


@cache
def journeys() -> tuple[str, ...]:
    """As pytest is told of them, from the project's folder."""
    files = sorted(one.name for one in _HERE.glob("test_journey_*.py") if not one.stem.endswith("_by_names"))
    if EVERY_CASE:
        return tuple(f"tests/journeys/{one}" for one in files)
    chosen = [one for one in files if one not in (_UNDOING, *_ALIKE)]
    return tuple(f"tests/journeys/{one}" for one in (*chosen, *(_UNDOING + one for one in _OF_UNDOING)))


def is_walked_there(name: str) -> bool:
    """Whether the test of that name is among them."""
    path, _, test = name.partition("::")
    return path in journeys() or f"{path}::{test.partition('[')[0]}" in journeys()
