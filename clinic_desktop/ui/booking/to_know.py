"""What is to know of visits that were just booked or moved: said while they stand as they were then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.notices import MOST
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame


@dataclass(frozen=True, slots=True)
class _Told:
    take_away: Callable[[], object]
    versions: dict[int, int]  # of the visits it tells of, as they were then


class ToKnow(QObject):
    """The notices go with an undo, and with every other change that leaves none of their visits as it was."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._told: list[_Told] = []
        desk.hub.changed.connect(self._heard)

    def say(self, frame: Frame, title: str, words: str, visits: Sequence[Visit]) -> None:
        take_away = frame.notice(title, words, Tone.WARN)
        told = _Told(take_away, {one.id: one.version for one in visits})
        self._told = [*self._told, told][-MOST:]

    def _heard(self, changes: Changes) -> None:
        for one in self._told:
            if changes.visits & one.versions.keys():
                work = partial(_stands, self._desk.store, one.versions)
                run(self, work, partial(self._answered, one), self._unanswered, quiet=True)

    def _answered(self, told: _Told, stands: bool) -> None:
        if not stands and told in self._told:
            self._told.remove(told)
            told.take_away()

    def _unanswered(self, _problem: ClinicProblem) -> None:
        """The notice goes by itself in a moment."""


def _stands(store: ScheduleStore, versions: dict[int, int]) -> bool:
    """Whether one of the visits still is as it was."""
    with store.read() as records:
        return any(one.version == versions[one.id] for one in records.find(Visit, id=sorted(versions)))
