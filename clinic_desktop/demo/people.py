"""Invented patients and staff: names from a list, phone numbers of the kind kept for fiction."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.resources import resource
from clinic_desktop.people.model import (
    Address,
    Break,
    Contact,
    ContactPermissions,
    Indication,
    Patient,
    Phone,
    Sex,
    Shift,
    Staff,
    UsualDriver,
)


@dataclass(frozen=True, slots=True)
class Hired:
    """Somebody of the demo clinic with the shift they work on the days it is open."""

    staff: Staff
    shift: Shift


def _hired(name: str, initials: str, role: Role, start: int, end: int, *breaks: Break) -> Hired:
    email = f"{initials.lower()}@prairielight.example"
    staff = Staff(name=name, initials=initials, roles=frozenset({role}), email=email)
    return Hired(staff, Shift(start=start, end=end, breaks=breaks))


def staff() -> list[Hired]:
    """Three nurses, two prescribers, a therapist, a receptionist, a manager. Breaks do not meet."""
    return [
        _hired("Dr. Helen Lin", "HL", Role.PRESCRIBER, 450, 1080, Break(720, 750)),
        _hired("Dr. Omar Saleh", "OS", Role.PRESCRIBER, 480, 1050, Break(765, 795)),
        _hired("Maya Jones", "MJ", Role.NURSE, 450, 1080, Break(690, 720)),
        _hired("Tunde Okoro", "TO", Role.NURSE, 450, 1080, Break(735, 765)),
        _hired("Rosa Silva", "RS", Role.NURSE, 480, 1080, Break(780, 810)),
        _hired("Ben Carver", "BC", Role.THERAPIST, 540, 1020, Break(720, 765)),
        _hired("Chris Taylor", "CT", Role.RECEPTIONIST, 450, 1080, Break(720, 750)),
        _hired("Priya Kapoor", "PK", Role.MANAGER, 480, 1020, Break(720, 765)),
    ]


class People:
    """Draws invented patients, each name once, always the same for one seed."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._words = json.loads(resource("demo", "people.json").read_text(encoding="utf-8"))
        self._names: set[tuple[str, str]] = set()
        self._phone = 0

    def patient(self, indication: Indication, today: date, *, enrolled: bool) -> Patient:
        rng = self._rng
        sex = rng.choice((Sex.FEMALE, Sex.MALE))
        given, family = self._name(sex)
        born = today - timedelta(days=rng.randrange(20 * 365, 78 * 365))
        return Patient(
            given_name=given,
            family_name=family,
            sex=sex,
            birth_date=born,
            phones=(Phone(self._number(), "mobile"),),
            address=Address(
                f"{rng.randrange(100, 9900)} {rng.choice(self._words['street'])}", "Springvale", "IL"
            ),
            emergency=Contact(*self._relative(family)),
            permissions=ContactPermissions(voicemail=rng.random() < 0.8, text=rng.random() < 0.7),
            allergies=self._one("allergies"),
            notes=self._one("note"),
            large_print=rng.random() < 0.1,
            indication=indication,
            rems_enrolled_on=today - timedelta(days=rng.randrange(60, 200)) if enrolled else None,
            drivers=tuple(self._driver(family) for _ in range(rng.choice((1, 1, 2)))),
        )

    def _name(self, sex: Sex) -> tuple[str, str]:
        while True:
            name = (
                self._rng.choice(self._words["given"][sex.value]),
                self._rng.choice(self._words["family"]),
            )
            if name not in self._names:
                self._names.add(name)
                return name

    def _one(self, kind: str) -> str:
        chosen: str = self._rng.choice(self._words[kind])
        return chosen

    def _given(self, sex: Sex) -> str:
        chosen: str = self._rng.choice(self._words["given"][sex.value])
        return chosen

    def _number(self) -> str:
        """555-0100 to 555-0199 of an area code each: numbers that nobody has."""
        self._phone += 1
        return f"({201 + self._phone // 100 * 7}) 555-01{self._phone % 100:02d}"

    def _relative(self, family: str) -> tuple[str, str, str]:
        given = self._given(self._rng.choice((Sex.FEMALE, Sex.MALE)))
        return f"{given} {family}", self._one("relationship"), self._number()

    def _driver(self, family: str) -> UsualDriver:
        name, relationship, phone = self._relative(family)
        return UsualDriver(name, phone, relationship)
