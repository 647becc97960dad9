"""A clinic whose day is today, and where it is afternoon now: the program asks this computer's clock, and
nobody can move that."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import Clearance, Indication, Patient, Phone, Screening, Shift, UsualDriver
from clinic_desktop.scheduling.model import Clinic, OpenHours
from tests.small_clinic import SmallClinic

AFTERNOON, EASTMOST = 15, 14  # o'clock; the zone that is furthest ahead, in hours
DAILY = frozenset(range(7))
GRID = 5  # minutes; visits begin on these steps


def zone_of_the_afternoon(now: datetime) -> str:
    """Where the clock shows a time between three and four in the afternoon; its offset never changes."""
    ahead = AFTERNOON - now.hour
    ahead -= 24 if ahead > EASTMOST else 0
    return f"Etc/GMT{-ahead:+d}"  # the sign is as POSIX has it


def open_daily(clinic: SmallClinic, zone: str, today: date) -> None:
    """On every day of the week, in that zone."""
    with clinic.store.write(PROGRAM) as unit:
        (itself,) = unit.find(Clinic)
        hours = tuple(OpenHours(weekday, 8 * 60, 19 * 60) for weekday in sorted(DAILY))
        unit.save(replace(itself, zone=zone, hours=hours, certified_on=today - timedelta(days=300)))
        for one in unit.find(Shift):
            unit.save(replace(one, weekdays=DAILY, end=19 * 60))
        unit.commit()


def cleared(
    clinic: SmallClinic, given: str, family: str, modality: str, today: date, *drivers: UsualDriver
) -> int:
    """Somebody who may be treated today, by every rule."""
    before = today - timedelta(days=20)
    person = Patient(
        given_name=given,
        family_name=family,
        birth_date=date(1984, 4, 12),
        phones=(Phone("(512) 555-0142"),),
        indication=Indication.TRD,
        allergies="None known",
        rems_enrolled_on=before,
        drivers=drivers,
    )
    with clinic.store.write(PROGRAM) as unit:
        made = unit.add(person).id
        at, lin = clinic.store.clock.now(), clinic.lin.id
        unit.add(Screening(patient_id=made, reviewed_by=lin, reviewed_at=at))
        until = today + timedelta(days=300)
        unit.add(Clearance(patient_id=made, modality=modality, cleared_by=lin, on=before, until=until))
        unit.commit()
    return made
