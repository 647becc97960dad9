"""A store whose line can be cut."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from clinic_desktop.foundation.errors import ServerAway


@dataclass
class Cut:
    """A store whose line can be cut; ``in_commit``: it goes with the next commit, which was carried out;
    ``hangs`` is what comes to pass before anybody
    notices."""

    store: Any
    cut: bool = False
    in_commit: bool = False
    hangs: Callable[[], object] = bool

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def read(self) -> Any:
        self._must_answer()
        return self.store.read()

    @contextmanager
    def write(self, actor: Any) -> Iterator[Any]:
        self._must_answer()
        with self.store.write(actor) as unit:
            yield unit
        if self.in_commit:
            self.cut, self.in_commit = True, False
            self.hangs()
            raise ServerAway("It went away while it saved.", unsure=True)

    def _must_answer(self) -> None:
        if self.cut:
            self.hangs()
            raise ServerAway("The clinic's database does not answer.")
