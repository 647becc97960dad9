"""What somebody on the floor types to find a key."""

import pytest

from clinic_desktop.ui.commands import best_first
from clinic_desktop.ui.floor import commands


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("infus", commands.LINE),
        ("pressure", commands.LINE),
        ("lot", commands.LINE),
        ("stop", commands.NEXT),
        ("wrong time", commands.LOG),
        ("no show", commands.END),
        ("release", commands.RELEASE),
    ],
)
def test_a_job_of_the_floor_is_found_by_its_usual_words(typed: str, found: object) -> None:
    assert found in best_first(commands.COMMANDS, typed)
