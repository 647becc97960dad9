"""Progress on standard error, so that a command's own output stays clean for scripts."""

from typing import TextIO


class Progress:
    """Lines for what begins, and on a terminal one line that changes while it goes on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = 0

    def line(self, text: str) -> None:
        self._stream.write(text + "\n")
        self._stream.flush()

    def step(self, text: str) -> None:
        if not self._stream.isatty():
            return
        indented = f"          {text}"
        self._stream.write("\r" + indented.ljust(self._shown))
        self._stream.flush()
        self._shown = len(indented)

    def end_steps(self) -> None:
        if self._shown:
            self._stream.write("\r" + " " * self._shown + "\r")
            self._stream.flush()
            self._shown = 0
