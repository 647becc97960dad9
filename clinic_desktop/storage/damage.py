"""What holds once an open clinic's file is found damaged: it is read as far as it goes and written no more.

Writing on would spread the damage, and the copy from which something may still be found would be lost.
"""

from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.storage.failures import DAMAGED

NOT_WRITTEN = (
    "The clinic's data file is damaged, and nothing more is saved to it. Write it on paper. Close the "
    "program on every desk, then restore the last good backup."
)
SENTENCES = (NOT_WRITTEN,)


class Damage:
    """Of one open store; for any thread. On a server it is the server's to see to, and nothing is heard."""

    def __init__(self, *, server: bool) -> None:
        self._server, self._found = server, False

    @property
    def found(self) -> bool:
        return self._found

    def hear(self, problem: BaseException | None) -> None:
        """How a reading or a writing ended."""
        if not self._server and isinstance(problem, StoreRefused) and str(problem) == DAMAGED:
            self._found = True

    def refuse(self) -> None:
        """Raise :class:`StoreRefused` where damage was found."""
        if self._found:
            raise StoreRefused(NOT_WRITTEN)
