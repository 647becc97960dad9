"""The demo clinic itself: when it is open, when parts of it are closed, and who is away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from clinic_desktop.demo.hand import ZONE
from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Absence, Staff
from clinic_desktop.scheduling.defaults import HOURS
from clinic_desktop.scheduling.model import Clinic, ClinicPhone, Closure, Policies, Room
from clinic_desktop.scheduling.set_up import Edit

DAY = timedelta(days=1)


def open_weekdays(today: date) -> frozenset[int]:
    """Monday to Friday, and today's: whoever tries the demo on a Sunday sees a day at work."""
    return frozenset(range(5)) | {today.weekday()}


def demo_clinic(today: date, weekdays: frozenset[int]) -> Clinic:
    """Its certification runs out in three weeks, so that the ledger has something to say of it."""
    phones = (ClinicPhone("(217) 555-0100", "Clinic", "weekdays 8 AM to 5:30 PM"),
              ClinicPhone("(217) 555-0199", "Nurse on call", "all other hours"))  # fmt: skip
    return Clinic(
        name="Prairie Light Clinic (demo)",
        address="12 Orchard Way, Springvale, IL 62700",
        zone=ZONE,
        phones=phones,
        hours=tuple(replace(HOURS[0], weekday=weekday) for weekday in sorted(weekdays)),
        rems_number="DEMO-0001",
        certified_on=today - 700 * DAY,
        certified_until=today + 21 * DAY,
        policies=Policies(escort_page=True),
        demo=True,
    )


def working_days(first: date, last: date, weekdays: frozenset[int]) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() in weekdays]


def shut_and_away(
    today: date, weekdays: frozenset[int], rooms: Sequence[Room], people: Sequence[Staff]
) -> list[Edit]:
    """A room that was repaired last week, an afternoon of training ahead, and who is away when; not today."""
    before = [day for day in working_days(today - 14 * DAY, today - DAY, weekdays)]
    ahead = working_days(today + DAY, today + 21 * DAY, weekdays)
    room = next(one for one in rooms if one.name == "Infusion 4")
    repaired, training = before[-6], ahead[9]

    def away(role: Role, day: date, to: date, reason: str, start: int = 0) -> Absence:
        person = next(one for one in reversed(people) if role in one.roles)
        return Absence(staff_id=person.id, from_day=day, from_minute=start, to_day=to, reason=reason)

    return [
        Edit((one,), reason=one.reason)
        for one in (
            Closure(
                room_id=room.id, from_day=repaired, to_day=repaired + DAY, reason="The floor is repaired"
            ),
            Closure(from_day=training, from_minute=15 * 60, to_day=training, reason="Training of the team"),
            away(Role.NURSE, ahead[5], ahead[5], "Dentist", 14 * 60),
            away(Role.THERAPIST, ahead[6], ahead[8], "Vacation"),
            away(Role.NURSE, before[-4], before[-4], "Ill", 15 * 60),
            away(Role.RECEPTIONIST, before[-8], before[-7], "Vacation"),
        )
    ]
