"""Another desk on a server at just the moment at which it could do harm. It goes as far as it gets."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytest

from clinic_desktop.foundation.errors import ClinicProblem
from tests.small_clinic import SmallClinic
from tests.storage import postgres

_GRACE_SECONDS, _STEP_SECONDS = 20.0, 0.01
_WAITING = """SELECT count(*) FROM pg_stat_activity
              WHERE datname = current_database() AND wait_event_type = 'Lock'"""


class OtherDesk:
    """What it does and what came of it; None until it was let begin."""

    def __init__(self, clinic: SmallClinic, pool: ThreadPoolExecutor, work: Callable[[], object]) -> None:
        self._clinic, self._pool, self._work = clinic, pool, work
        self._going: Future[object] | None = None

    def goes(self) -> None:
        """As far as it gets: done, or waiting for a lock. Only the first time."""
        if self._going is not None:
            return
        going = self._going = self._pool.submit(self._answer)
        until = time.monotonic() + _GRACE_SECONDS
        with postgres.connect(str(self._clinic.store.where)) as beside:
            while not wait([going], _STEP_SECONDS).done and not beside.execute(_WAITING).fetchone()[0]:
                assert time.monotonic() < until, "the other desk neither ends nor waits"

    def _answer(self) -> object:
        try:
            return self._work()
        except ClinicProblem as problem:
            return problem

    @property
    def answer(self) -> object:
        """What it was answered or refused with."""
        assert self._going is not None, "the other desk was never let begin"
        return self._going.result(_GRACE_SECONDS)

    def goes_after(self, monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> None:
        """Let it go when the desk here has called a function of a use case."""
        real = getattr(module, name)

        def then(*args: Any, **more: Any) -> Any:
            done = real(*args, **more)
            self.goes()
            return done

        monkeypatch.setattr(module, name, then)
