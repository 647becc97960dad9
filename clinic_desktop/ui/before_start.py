"""What must be there before the first window: the program's own files, and a folder of its own to write to.

Told in a plain box of the system, without our fonts and colours: they may be what is missing.
"""

import os
import tempfile

from PySide6.QtWidgets import QMessageBox

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.resources import resource

# One of each kind: where one is gone, more are.
_NEEDED = (
    ("theme", "tokens.json"),
    ("fonts", "inter"),
    ("fonts", "noto"),
    ("icons", "calendar.svg"),
    ("aftercare", "en"),
)
_SAFE = "What is safe: the clinic's data was not opened, and nothing in it was changed."
# In English: the translations are among the files that may be missing.
FILES = (
    "Clinic Desktop's own files are damaged",
    f"Missing or unreadable: {{names}}.\n\n{_SAFE}\n\n"
    "What to do: install the program again, over what is there. The clinic's data stays.",
)
HOME = (
    "Clinic Desktop cannot use its own folder",
    f"{{folder}}: {{why}}.\n\n{_SAFE}\n\n"
    "What to do: let whoever looks after this computer give you the right to write to this folder, or free "
    "some space on its disk. Then start the program again.",
)


def wrong_here() -> tuple[str, str] | None:
    """Title and words of what keeps the program from starting; None where all is there."""
    names = [name for name in ("/".join(parts) for parts in _NEEDED) if not _readable(name)]
    if names:
        return FILES[0], FILES[1].format(names=", ".join(names))
    try:
        folder = settings.home()
        # Asked by writing: rights on paper say little, on Windows and on network drives least.
        with tempfile.NamedTemporaryFile(prefix=".clinic-", dir=folder) as trial:
            trial.write(b"?")
            trial.flush()
    except OSError as problem:
        where = os.environ.get(settings.HOME_VARIABLE) or problem.filename or ""
        return HOME[0], HOME[1].format(folder=where, why=problem.strerror or type(problem).__name__)
    return None


def _readable(name: str) -> bool:
    try:
        path = resource(*name.split("/"))
        if path.is_dir():
            return any(path.iterdir())
        with path.open("rb") as file:
            return bool(file.read(1))
    except OSError:
        return False


def tell_plainly(title: str, words: str) -> None:
    """Until Enter or Esc."""
    box = QMessageBox(QMessageBox.Icon.Critical, "Clinic Desktop", title, QMessageBox.StandardButton.Close)
    box.setInformativeText(words)
    box.exec()
