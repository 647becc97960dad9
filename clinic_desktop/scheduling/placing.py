"""Putting a visit at a time, into a room and to its people: one way for new visits and for moved ones."""

from datetime import date
from typing import Protocol

from clinic_desktop.foundation.clock import DAY_MINUTES, FIRST_DAY, LAST_DAY
from clinic_desktop.foundation.errors import BadInput, NotFound
from clinic_desktop.foundation.records import changed
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.claims import phases_of, timed
from clinic_desktop.scheduling.model import PhaseStaff, Setup, Visit
from clinic_desktop.scheduling.rules import BEYOND_CALENDAR, GRID, NO_SUCH_TIME
from clinic_desktop.scheduling.set_up_rules import PHASES


class Place(Protocol):
    """Where a visit is wanted: clinic wall-clock time, room and people."""

    @property
    def day(self) -> date: ...
    @property
    def minute(self) -> int: ...
    @property
    def fold(self) -> int: ...
    @property
    def room_id(self) -> int | None: ...
    @property
    def nurse_id(self) -> int | None: ...
    @property
    def prescriber_id(self) -> int | None: ...
    @property
    def therapist_id(self) -> int | None: ...
    @property
    def phase_staff(self) -> tuple[PhaseStaff, ...]: ...


def placed(setup: Setup, visit: Visit, place: Place) -> Visit:
    """The visit there, with its derived times; not yet written. Raises :class:`BadInput` for a time that
    no visit can have, and :class:`NotFound` for people whom the clinic does not know."""
    _check_time(setup, visit, place)
    _check_people(setup, place)
    visit_type = setup.type_by_id(visit.type_id)
    there = changed(
        visit,
        day=place.day,
        minute=place.minute,
        fold=place.fold,
        room_id=place.room_id if visit_type.needs_fit else None,
        nurse_id=place.nurse_id,
        prescriber_id=place.prescriber_id,
        therapist_id=place.therapist_id,
        phase_staff=place.phase_staff,
        displaced=False,
    )
    if not phases_of(there, visit_type):  # the set-up saves none like that; who spoils one is told
        raise BadInput({"type": Finding(PHASES)})
    return timed(there, visit_type)


def _check_time(setup: Setup, visit: Visit, place: Place) -> None:
    if not FIRST_DAY <= place.day <= LAST_DAY:
        raise BadInput({"day": Finding(BEYOND_CALENDAR)})
    if not (0 <= place.minute < DAY_MINUTES and place.fold in (0, 1)):
        raise BadInput({"time": Finding(NO_SUCH_TIME)})
    grid = setup.policies.grid
    # A visit booked on another grid may stay where it is and still change its room or its people.
    stays = visit.id and (visit.day, visit.minute, visit.fold) == (place.day, place.minute, place.fold)
    if place.minute % grid and not stays:
        raise BadInput({"time": Finding(GRID, {"grid": grid})})


def _check_people(setup: Setup, place: Place) -> None:
    wanted = {place.nurse_id, place.prescriber_id, place.therapist_id}
    wanted |= {one.staff_id for one in place.phase_staff}
    unknown = wanted - {None} - {one.id for one in setup.staff}
    if unknown:
        raise NotFound("person", min(one for one in unknown if one is not None))
