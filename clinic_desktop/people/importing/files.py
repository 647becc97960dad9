"""Reading a list's file: never more of it than a list of patients can have."""

from pathlib import Path

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.importing.rules import LIST_TOO_LARGE

MOST_BYTES = 20_000_000  # some 100,000 patients; more is another kind of file
_MEGABYTE = 1_000_000


def read_list(file: Path) -> bytes:
    """The file's bytes. Raises :class:`BadInput` for one that is too large, of which no more is read than
    shows that; ``OSError`` where it cannot be read."""
    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadInput({"file": Finding(LIST_TOO_LARGE, {"most": MOST_BYTES // _MEGABYTE})})
    return data
