"""Fifty invented patients in a small clinic, one of them with everything."""

from datetime import date, timedelta
from random import Random

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.check_list import CHECK_LIST
from clinic_desktop.people.model import (
    Address,
    Clearance,
    Contact,
    ContactPermissions,
    Indication,
    Order,
    Patient,
    Phone,
    Screening,
    ScreeningItem,
    UsualDriver,
)
from clinic_desktop.scheduling.clearing import Decision, clear
from tests.people.small_clinic import TODAY, SmallClinic

GIVEN_ON = TODAY - timedelta(days=200)
ENDS_ON = GIVEN_ON + timedelta(days=365)
_GIVEN = (
    "Amara", "Ben", "Chidi", "Daniela", "Emeka", "Fatima", "Grace", "Hiro", "Ines", "José", "Keisha", "Linh",
    "Marco", "Nadia", "Olga", "Priya", "Rosa",
)  # fmt: skip
_FAMILY = (
    "Abbott", "Castellanos", "Dubois", "Eze", "Fischer", "García", "Huang", "Ivanova", "Jones", "Kapoor",
    "Lin", "Marsh", "Nguyễn", "Okonkwo", "Park",
)  # fmt: skip


def fill(clinic: SmallClinic) -> Patient:
    """Forty-nine people with whatever is known of them, and Amara Okafor of whom everything is."""
    rng = Random(20261117)  # noqa: S311 - the same people each time
    with clinic.store.write(PROGRAM) as unit:
        added = unit.add_all([_somebody(rng, at) for at in range(49)])
        lin = next(one for one in clinic.staff.values() if one.initials == "LL").id
        cleared = [one for one in added if rng.random() < 0.6]
        unit.add_all([
            Clearance(0, 0, one.id, rng.choice(("iv", "spravato")), lin, GIVEN_ON, ENDS_ON)
            for one in cleared
        ])  # fmt: skip
        unit.commit()
    amara = _amara(clinic)
    _visits(clinic, amara, added[:4])
    return amara


def _somebody(rng: Random, at: int) -> Patient:
    given, family = rng.choice(_GIVEN), rng.choice(_FAMILY)
    known = rng.random() < 0.7
    return Patient(
        given_name=given,
        family_name=family,
        birth_date=date(1950, 1, 1) + timedelta(days=rng.randrange(20_000)) if known or at % 3 else None,
        phones=(Phone(f"(512) 555-{rng.randrange(10_000):04d}", "mobile"),),
        emergency=Contact("A friend", "friend", "(512) 555-0100") if known else Contact(),
        allergies="None known" if known else "",
        indication=rng.choice(list(Indication)[1:]) if known else Indication.NONE,
        alerts="Needs the ground floor" if at % 11 == 5 else "",
        death_date=date(2026, 5, 3) if at == 20 else None,
        drivers=(UsualDriver("A friend", "(512) 555-0100", "friend"),) if known else (),
        address=Address(f"{at + 1} Elm Street", "Austin", "TX", "78701"),
    )


def _amara(clinic: SmallClinic) -> Patient:
    amara = clinic.patient(
        "Amara",
        "Okafor",
        preferred_name="Mara",
        birth_date=date(1984, 4, 12),
        phones=(Phone("(512) 555-0142", "mobile"), Phone("(512) 555-0199", "work")),
        email="amara.okafor@example.org",
        address=Address("12 Elm Street", "Austin", "TX", "78701"),
        emergency=Contact("Daniel Okafor", "husband", "(512) 555-0178"),
        permissions=ContactPermissions(True, True, False, "Daniel Okafor (husband)"),
        allergies="Latex: rash",
        alerts="Fainted at an IV start in 2024. Lie flat first.",
        notes="Prefers mornings and the same chair.",
        indication=Indication.TRD,
        drivers=(
            UsualDriver("Daniel Okafor", "(512) 555-0178", "husband"),
            UsualDriver(
                "Ngozi Eze",
                "(512) 555-0115",
                "friend",
                weekdays=frozenset({4}),
                from_minute=540,
                to_minute=840,
            ),
        ),
    )
    clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv", on=date(2026, 11, 3)))
    items = tuple(
        ScreeningItem(
            line.code,
            line.code in ("stimulants", "sleep-apnea"),
            "CPAP, brings it along" if line.code == "sleep-apnea" else "",
        )
        for line in CHECK_LIST
    )
    with clinic.store.write(clinic.nurse) as unit:
        unit.add(Screening(0, 0, amara.id, clinic.nurse.person_id, unit.at, items))
        ordered = Order(
            0, 0, amara.id, "iv", "ketamine", "IV", 0.5, "mg/kg", 72, date(2026, 11, 3), 3, 5,
            date(2027, 2, 1), clinic.prescriber.person_id, unit.at,
        )  # fmt: skip
        unit.add(ordered)
        unit.commit()
    return clinic.get(Patient, amara.id)


def _visits(clinic: SmallClinic, amara: Patient, others: list[Patient]) -> None:
    clinic.book(amara.id, "CON", TODAY + timedelta(days=1), 540)
    for at, minute in ((3, 600), (7, 600), (10, 615)):
        day = TODAY + timedelta(days=at)
        if day.weekday() < 5:
            clinic.book(amara.id, "IVM", day, minute)
    for at, other in enumerate(others):
        clinic.book(other.id, "CON", TODAY, 11 * 60 + at * 75)
    clinic.book(amara.id, "FUP", TODAY, 16 * 60)
