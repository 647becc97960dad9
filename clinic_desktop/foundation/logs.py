"""The log: rotating, small, and without patient data.

What is told to a person may name a patient, so an exception is logged by its kind and its place in
the program, never by its words.
"""

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_SIZE, _KEPT = 1_000_000, 5

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PrivateFormatter(logging.Formatter):
    """Formats an exception as its kind and its frames; what it says stays out."""

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have written the words of the exception into the record before.
        known, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = known

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the library's name
        return trace_of(ei[1]) if ei[1] is not None else ""


def trace_of(problem: BaseException) -> str:
    """Kind and frames of an exception and of what caused it, without their words or values."""
    lines = []
    seen: BaseException | None = problem
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        for frame in traceback.extract_tb(seen.__traceback__):
            lines.append(f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}")
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


class _QuietFile(RotatingFileHandler):
    """What cannot be written, on a full disk for example, is lost without a word: the library would show the
    record and its values on the terminal."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        pass


def start_log(folder: Path, level: int = logging.INFO) -> Path:
    """Send the program's log to a rotating file in ``folder``; returns the file."""
    path = folder / "clinic-desktop.log"
    handler = _QuietFile(path, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(PrivateFormatter(_FORMAT))
    root = logging.getLogger()
    root.setLevel(level)
    root.addHandler(handler)
    # The database library would log statements with their values when asked to; never here.
    logging.getLogger("sqlalchemy").setLevel(logging.WARNING)
    return path
