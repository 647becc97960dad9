"""Patients who have been coming for years, each made from a number: the same one every time."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from clinic_desktop.people.model import (
    Authorization,
    Clearance,
    DrugMovement,
    Indication,
    Order,
    Package,
    Patient,
    Screening,
)
from clinic_desktop.scheduling.claims import timed
from clinic_desktop.scheduling.model import Course, Setup, Visit, VisitType
from clinic_desktop.scheduling.ports import ScheduleUnit
from clinic_desktop.scheduling.states import DOSED, HERE, LIVE, VisitState
from tests.small_clinic import BEA, MONDAY, ZONE, SmallClinic

S = VisitState
_TREATED = DOSED | {S.LEFT, S.LEFT_EARLY, S.TRANSFERRED}
_STATES = (*S, *[S.LEFT] * 8, *[S.BOOKED] * 4)
# The clocks go back on November 1, 2026 and forward on March 14, 2027: hours that come twice, or never.
CHANGES = (date(2026, 11, 1), date(2027, 3, 14))


class World:
    """Somebody with visits, orders, and whatever was agreed, paid and brought. The test's own transaction."""

    def __init__(self, clinic: SmallClinic, unit: ScheduleUnit, number: int) -> None:
        self.unit, self.chance = unit, random.Random(number)  # noqa: S311 - the same history for the same number
        self.setup = self._setup()
        self.patient = self._patient(clinic)
        self.orders = [self.unit.add(one) for one in self._orders(clinic)]
        self.courses = [
            unit.add(Course(patient_id=self.patient.id, template_code="IV6", name="Course", planned=6))
            for _ in range(2)
        ]
        self._agreed()
        for one in (self.patient.id, clinic.noah.id):
            unit.add_all([self._there(one) for _ in range(self.chance.choice([2, 4, 8, 16, 40]))])

    def _setup(self) -> Setup:
        """With visit types in two versions: what was booked with the old one is the same treatment."""
        for one in [one for one in self.unit.find(VisitType) if one.modality]:
            if self.chance.random() < 0.3:
                self.unit.save(replace(one, current=False))
                self.unit.add(replace(one, id=0, number=one.number + 1))
        return self.unit.setup()

    def _patient(self, clinic: SmallClinic) -> Patient:
        indication = self.chance.choice([Indication.TRD, Indication.MDSI])
        made = self.unit.add(replace(clinic.amara, id=0, chart_number="", indication=indication))
        if self.chance.random() < 0.6:
            for kind in (Screening, Clearance):
                for one in self.unit.find(kind, patient_id=clinic.amara.id):
                    self.unit.add(replace(one, id=0, patient_id=made.id))
        return made

    def _orders(self, clinic: SmallClinic) -> Iterator[Order]:
        for _ in range(self.chance.choice([0, 1, 1, 2, 4])):
            yield Order(
                patient_id=self.patient.id,
                modality=self.chance.choice(["iv", "spravato"]),
                drug="ketamine",
                route="IV",
                dose=40,
                interval_days=self.chance.choice([None, 7, 14]),
                visits=self.chance.choice([None, 0, 1, 2, 3, 5, 8]),
                valid_to=self.chance.choice([None, self._day(), MONDAY + timedelta(90)]),
                ordered_by=clinic.lin.id,
                ordered_at=clinic.clock.now() - timedelta(days=self.chance.randint(0, 300)),
            )

    def _agreed(self) -> None:
        mine = {"patient_id": self.patient.id}
        for _ in range(self.chance.choice([0, 0, 1, 2, 4])):
            first = self._day()
            last = self.chance.choice([None, first + timedelta(self.chance.randint(0, 200))])
            visits = self.chance.choice([None, 1, 3, 12])
            modality = self.chance.choice(["iv", "spravato"])
            self.unit.add(
                Authorization(**mine, modality=modality, visits=visits, valid_from=first, valid_to=last)
            )
        for _ in range(self.chance.choice([0, 0, 1, 3])):
            visits = self.chance.choice([1, 4, 30])
            self.unit.add(Package(**mine, modality="iv", visits=visits, paid=self.chance.randint(0, visits)))
        for _ in range(self.chance.choice([0, 1, 2])):
            self.unit.add(DrugMovement(**mine, on=self._day(), devices=self.chance.choice([3, 6, 12])))

    def _day(self) -> date:
        near = self.chance.choice([MONDAY, *CHANGES]) + timedelta(self.chance.randint(-4, 4))
        return self.chance.choice([near, MONDAY + timedelta(self.chance.randint(-400, 120))])

    def visit(self, patient_id: int) -> Visit:
        """A visit as a desk would book it."""
        kind = self.chance.choice(self.setup.types)
        made = Visit(
            patient_id=patient_id,
            type_id=kind.id,
            day=self._day(),
            minute=self.chance.choice([60, 90, 150, 600, 840]),
            fold=self.chance.randint(0, 1),
            zone=ZONE,
        )
        return timed(made.with_plan(BEA), kind)

    def _there(self, patient_id: int) -> Visit:
        visit = replace(self.visit(patient_id), state=self.chance.choice(_STATES))
        modality = self.setup.type_by_id(visit.type_id).modality
        # A visit names an order of its own treatment, and only when it was dosed.
        orders = (
            [one.id for one in self.orders if one.modality == modality] if visit.state in _TREATED else []
        )
        course = self.chance.choice([None, *self.courses])
        return replace(
            visit,
            order_id=self.chance.choice([None, *orders, *orders]) if patient_id == self.patient.id else None,
            devices=self.chance.choice([0, 2, 3]) if visit.state in _TREATED else 0,
            arrived=visit.start if visit.state in HERE else None,
            course_id=course.id if course and patient_id == self.patient.id else None,
            course_no=1 if course and patient_id == self.patient.id else None,
        )

    def batch(self) -> list[Visit]:
        """What is asked about together: new visits, and some that stand and move."""
        there = [one for one in self.unit.find(Visit, patient_id=self.patient.id) if one.state in LIVE]
        first = sorted(there, key=lambda one: one.start)[:1]
        some = self.chance.sample(there, min(len(there), 2))
        dosed = [one for one in there if one.order_id is not None][:1]
        moved = self.chance.choice([[], first, first, some[:1], some, dosed])
        new = [self.visit(self.patient.id) for _ in range(self.chance.randint(0 if moved else 1, 3))]
        return [*(self._moved(one) for one in moved), *new]

    def _moved(self, visit: Visit) -> Visit:
        there = replace(visit, day=self._day(), minute=self.chance.choice([90, 600]), fold=0)
        return timed(there, self.setup.type_by_id(visit.type_id))
