"""A record that somebody changed while it was open here: as it stands, who changed it, and from what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, cast

from clinic_desktop.foundation.trail import Trace
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Meanwhile(Generic[R]):
    """seen: as it was shown. now: as it stands; None where it was taken away. traces: what was written since,
    the newest first."""

    seen: R
    now: R | None
    traces: tuple[Trace[R], ...]

    @property
    def last(self) -> Trace[R] | None:
        """The latest change; None where nothing was written since, or nothing of it is told."""
        return self.traces[0] if self.traces else None


class _Trail(ScheduleRecords, Protocol):
    def changed_since(self, kind: type[Any], record_id: int, version: int) -> Sequence[Trace[Any]]: ...


def read_meanwhile(store: ScheduleStore, seen: R) -> Meanwhile[R]:
    """What became of a record since the version that ``seen`` is. Who it was is in the trail, and every
    screen may ask: whoever may see the record may know who changed it under their hands."""
    kind, old = type(seen), cast("Any", seen)
    with store.read() as records:
        trail = cast("_Trail", records)  # every store's reader looks into its trail
        found = records.find(kind, id=old.id)
        return Meanwhile(
            seen, found[0] if found else None, tuple(trail.changed_since(kind, old.id, old.version))
        )
