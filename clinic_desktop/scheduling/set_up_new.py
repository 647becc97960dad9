"""Making a new clinic from the answers of the first start; good defaults stand in for what is left out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, StoreRefused
from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.people.model import Shift, Staff
from clinic_desktop.scheduling import set_up_checks as checks
from clinic_desktop.scheduling import set_up_rules as rules
from clinic_desktop.scheduling.defaults import HOURS, ROOMS, default_setup, write_defaults
from clinic_desktop.scheduling.model import Clinic, ClinicPhone, OpenHours, Room, Setup
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.security.rights import BUNDLES, Right, require


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who works here, as named in the assistant. Initials are found when left out."""

    name: str
    roles: frozenset[Role]
    initials: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the assistant asked. It may be kept as it is and gone on with another day."""

    name: str = ""
    address: str = ""
    zone: str = "America/Chicago"
    phones: tuple[ClinicPhone, ...] = ()
    hours: tuple[OpenHours, ...] = HOURS
    rooms: tuple[Room, ...] = ROOMS
    people: tuple[NewPerson, ...] = ()


def clinic_of(answers: Answers) -> Clinic:
    """The clinic's own record."""
    return Clinic(
        id=1,
        name=answers.name.strip(),
        address=answers.address.strip(),
        zone=answers.zone,
        phones=tuple(one for one in answers.phones if one.number.strip()),
        hours=answers.hours,
    )


def staff_of(answers: Answers) -> list[Staff]:
    """The people with initials that nobody shares."""
    out: list[Staff] = []
    taken = [one.initials for one in answers.people if one.initials]
    for one in answers.people:
        initials = one.initials or checks.free_initials(one.name, taken)
        taken.append(initials)
        out.append(Staff(name=one.name.strip(), initials=initials, roles=one.roles))
    return out


def setup_of(answers: Answers) -> Setup:
    """The set-up that would be made of the answers."""
    made = default_setup(clinic_of(answers))
    return replace(made, rooms=answers.rooms, staff=tuple(staff_of(answers)))


def answer_problems(answers: Answers) -> Problems:
    """Field -> what to do: "name", "zone", "phones", "hours", "rooms", "rooms.2.name", "people.0.roles"."""
    found = checks.clinic_problems(clinic_of(answers), _NOTHING)
    return found | rooms_problems(answers) | people_problems(answers)


def rooms_problems(answers: Answers) -> Problems:
    if not answers.rooms:
        return {"rooms": Finding(rules.ROOMS)}
    rooms = tuple(replace(one, id=-n) for n, one in enumerate(answers.rooms, start=1))
    setup = replace(_NOTHING, rooms=rooms)
    return _each("rooms", [checks.room_problems(one, setup) for one in rooms])


def people_problems(answers: Answers) -> Problems:
    people = tuple(replace(one, id=-n) for n, one in enumerate(staff_of(answers), start=1))
    if not any(Right.SET_UP in BUNDLES[role] for one in people for role in one.roles):
        return {"people": Finding(rules.FIRST_MANAGER)}
    setup = replace(_NOTHING, staff=people)
    return _each("people", [checks.staff_problems(one, setup) for one in people])


_NOTHING = Setup(Clinic())


def _each(name: str, found: Sequence[Problems]) -> Problems:
    return {f"{name}.{n}.{field}": what for n, one in enumerate(found) for field, what in one.items()}


def make_clinic(store: ScheduleStore, actor: Actor, answers: Answers) -> Changes:
    """Write the clinic with rooms, people and everything that ships, in one transaction.

    Everybody works the opening hours until Set-up says otherwise, so that visits can be booked at
    once. Raises :class:`BadInput`, and :class:`StoreRefused` when there is a clinic here already.
    """
    require(actor, Right.SET_UP)
    if found := answer_problems(answers):
        raise BadInput(found)
    with store.write(actor) as unit:
        if unit.find(Clinic):
            raise StoreRefused("There is a clinic here already. It was left as it is. Open it instead.")
        unit.add(clinic_of(answers))
        unit.add_all([replace(room, position=n) for n, room in enumerate(answers.rooms, start=1)])
        for person in unit.add_all(staff_of(answers)):
            unit.add_all(opening_shifts(person.id, answers.hours))
        write_defaults(unit)
        return unit.commit()


def opening_shifts(staff_id: int, hours: Sequence[OpenHours]) -> list[Shift]:
    """One shift for each stretch of opening, on all the days that have it."""
    days: dict[tuple[int, int], set[int]] = {}
    for one in hours:
        days.setdefault((one.start, one.end), set()).add(one.weekday)
    return [
        Shift(staff_id=staff_id, weekdays=frozenset(weekdays), start=start, end=end)
        for (start, end), weekdays in days.items()
    ]
