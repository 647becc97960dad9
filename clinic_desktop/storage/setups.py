"""The set-up, read whole once and again only after somebody changed it."""

from collections.abc import Callable
from typing import Any

from clinic_desktop.people.model import Absence, Shift, Staff
from clinic_desktop.scheduling.model import (
    Clinic,
    Closure,
    CourseTemplate,
    GoingHomeProfile,
    Modality,
    Room,
    Setup,
    VisitType,
)

_NUMBER = "SELECT setup_number FROM head"


class SetupCache:
    """Keeps the last set-up with its number. Threads may share one: the pair is replaced whole."""

    def __init__(self) -> None:
        self._kept: tuple[int, Setup] | None = None

    def current(self, rows: Callable[[str], list[Any]], find: Callable[[type[Any]], list[Any]]) -> Setup:
        """The committed set-up as this transaction sees it."""
        ((number,),) = rows(_NUMBER)
        kept = self._kept
        while kept is None or kept[0] != number:
            kept = (number, read_setup(find))
            # A server lets others commit between two of these reads: then it is read once more.
            ((number,),) = rows(_NUMBER)
        self._kept = kept
        return kept[1]

    def forget(self) -> None:
        """Read it anew the next time, whatever its number."""
        self._kept = None


def read_setup(find: Callable[[type[Any]], list[Any]]) -> Setup:
    """The set-up from its records, without keeping it."""
    clinics = find(Clinic)
    return Setup(
        clinic=clinics[0] if clinics else Clinic(),
        rooms=tuple(sorted(find(Room), key=lambda room: (room.position, room.id))),
        types=tuple(find(VisitType)),
        profiles=tuple(find(GoingHomeProfile)),
        templates=tuple(find(CourseTemplate)),
        modalities=tuple(find(Modality)),
        closures=tuple(find(Closure)),
        staff=tuple(find(Staff)),
        shifts=tuple(find(Shift)),
        absences=tuple(find(Absence)),
    )
