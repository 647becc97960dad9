"""Stays of Amara in the small clinic, recorded through the use cases at their own moments."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.calling import Call, Called, record_call
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome, Whom
from clinic_desktop.scheduling.model import Claim, ClaimKind, Override, Visit
from clinic_desktop.scheduling.scoring import record_scores
from clinic_desktop.treatment.model import Incident, RemsForm, Stamp, StampKind
from clinic_desktop.treatment.recording import Recorded, record
from tests.small_clinic import BEA, SmallClinic, instant
from tests.treatment.cases import ALL_NO

K = StampKind
LOT = "12K345"
ANSWERED = Stamp(kind=K.ANSWERED, answers=ALL_NO)


@dataclass
class Stay:
    """One visit with short ways to record and to look."""

    clinic: SmallClinic
    visit_id: int

    def at(self, hour: int, minute: int = 0, second: int = 0) -> "Stay":
        self.clinic.clock.at = instant(hour, minute, second)
        return self

    def says(self, *stamps: Stamp, by: Actor | None = None, happened: bool = False) -> Recorded:
        actor = by or self.clinic.nurse
        return record(self.clinic.store, actor, self.visit_id, stamps, happened=happened)

    def is_(self, kind: StampKind, at: datetime | None = None, **more: object) -> Recorded:
        """Record one stamp by the nurse, now unless ``at`` says when."""
        return self.says(replace(Stamp(kind=kind, at=at), **more))

    def corrected(self, kind: StampKind, at: datetime, reason: str = "read wrong") -> Recorded:
        """The last entry of a kind was at another time."""
        old = self.stamps(kind)[-1]
        new = replace(old, id=0, version=0, at=at, corrects=old.id, reason=reason, deviations=())
        return self.says(new, happened=True)

    def device(self, at: datetime | None = None, *, happened: bool = False, lot: str = LOT) -> Recorded:
        return self.says(Stamp(kind=K.DOSE, at=at, lot=lot), happened=happened)

    def vitals(self, high: int = 124, low: int = 78, at: datetime | None = None) -> Recorded:
        return self.is_(K.VITALS, at, systolic=high, diastolic=low, oxygen=98, pulse=70)

    def scored(self) -> "Stay":
        """Asked how she is, with each questionnaire of the visit's type."""
        visit, wanted = self.visit, self.clinic.type_of(self.visit).scores
        asked = Score(patient_id=visit.patient_id, visit_id=visit.id, on=visit.day, total=6)
        record_scores(
            self.clinic.store, self.clinic.desk, [replace(asked, instrument=one) for one in sorted(wanted)]
        )
        return self

    def called(
        self,
        person: str = BEA.name,
        note: str = "is home",
        outcome: CallOutcome = CallOutcome.REACHED,
        at: datetime | None = None,
    ) -> Called:
        """Somebody was rung up, now unless ``at`` says when."""
        call = Call(self.visit, Whom.OTHER, outcome, note=note, person=person, at=at)
        return record_call(self.clinic.store, self.clinic.nurse, call)

    def calls(self) -> list[CallAttempt]:
        with self.clinic.store.read() as records:
            return records.find(CallAttempt, visit_id=self.visit_id)

    def asked(self) -> Recorded:
        """Consent seen, and everything asked: nothing speaks against a dose."""
        return self.says(Stamp(kind=K.CONSENT), ANSWERED)

    def prepared(self, *, scored: bool = True) -> "Stay":
        """Arrived 9:50, asked how she is, in the room at 10, consent, asked what a dose asks, pressure: ready
        for a dose at 10:10."""
        self.at(9, 50).is_(K.ARRIVED)
        if scored:
            self.scored()
        self.at(10).is_(K.IN_ROOM)
        self.at(10, 2).asked()
        self.at(10, 4).vitals()
        return self.at(10, 10)

    def sprayed(self) -> "Stay":
        """Two devices at 10:10 and 10:15, the 40-minute pressure."""
        self.prepared().device()
        self.at(10, 15).device()
        self.at(10, 50).vitals(132, 84)
        return self

    def infused(self) -> "Stay":
        """An infusion from 10:15 to 10:55."""
        self.prepared().at(10, 15).is_(K.INFUSION_START, dose=35.0, unit="mg")
        self.at(10, 55).is_(K.INFUSION_STOP)
        return self

    def checked(self, driver: str = BEA.name) -> "Stay":
        """Everything but the clock, recorded now."""
        self.vitals()
        for kind in (K.PRESSURE_ACCEPTED, K.SETTLED, K.WALKS):
            self.is_(kind)
        self.is_(K.SHEET_HANDED, person="patient and driver")
        self.is_(K.DRIVER_SEEN, person=driver)
        return self

    def refused(self, *stamps: Stamp, by: Actor | None = None, happened: bool = False) -> list[str]:
        """The codes of a refusal; empty when nothing was refused."""
        try:
            self.says(*stamps, by=by, happened=happened)
        except Refusal as refusal:
            return [one.code for one in refusal.findings]
        return []

    @property
    def visit(self) -> Visit:
        return self.clinic.visit(self.visit_id)

    @property
    def state(self) -> str:
        return self.visit.state.value

    def stamps(self, *kinds: StampKind) -> list[Stamp]:
        with self.clinic.store.read() as records:
            there = records.find(Stamp, visit_id=self.visit_id)
        return [one for one in there if not kinds or one.kind in kinds]

    def incidents(self) -> list[Incident]:
        with self.clinic.store.read() as records:
            return records.find(Incident, visit_id=self.visit_id)

    def overrides(self) -> list[Override]:
        with self.clinic.store.read() as records:
            return records.find(Override, visit_id=self.visit_id)

    def forms(self) -> list[RemsForm]:
        with self.clinic.store.read() as records:
            return records.find(RemsForm, visit_id=self.visit_id)

    def room_claim(self) -> tuple[datetime, datetime] | None:
        """From when to when the visit's room is claimed."""
        rooms = [one for one in self.claims() if one.kind is ClaimKind.ROOM]
        if not rooms:
            return None
        start, end = min(one.start for one in rooms), max(one.end for one in rooms)
        return _at(start), _at(end)

    def claims(self) -> list[Claim]:
        start = instant_minute(instant(0))
        with self.clinic.store.read() as records:
            there = records.claims_between(start, start + 1440)
        return [one for one in there if one.visit_id == self.visit_id]


def _at(minute: int) -> datetime:
    return instant(0) + timedelta(minutes=minute - instant_minute(instant(0)))


def booked(clinic: SmallClinic, code: str = "SP56", minute: int = 600, **changes: object) -> Stay:
    """A visit of Amara's on Monday; ``changes`` to the usual wish."""
    visit = book(clinic.store, clinic.desk, clinic.wish(code, minute, **changes)).visits[0]
    return Stay(clinic, visit.id)
