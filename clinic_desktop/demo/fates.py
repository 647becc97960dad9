"""What became of the visits of a demo day, as far as their time has come."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice

from clinic_desktop.aftercare.sheets import hand_over, make_sheet
from clinic_desktop.demo.asking import answers
from clinic_desktop.demo.forms import settle_form
from clinic_desktop.demo.hand import Hand
from clinic_desktop.demo.sessions import Manner, stay, taken_away, turned_away, walked_out
from clinic_desktop.demo.stock import drawn, house_lot
from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import instant_at, instant_minute, local_time
from clinic_desktop.foundation.document import Document, RenderedPdf
from clinic_desktop.foundation.message import Message
from clinic_desktop.scheduling import cancelling, holding
from clinic_desktop.scheduling.calling import Call, record_call
from clinic_desktop.scheduling.calls import CallOutcome, Whom
from clinic_desktop.scheduling.messages import answer_message
from clinic_desktop.scheduling.model import GoingHomePlan, PhaseKind, Setup, Visit
from clinic_desktop.scheduling.reviews import Review, record_review
from clinic_desktop.scheduling.scoring import record_scores
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.after import close_incident
from clinic_desktop.treatment.cosigning import cosign
from clinic_desktop.treatment.model import Incident, Stamp, StampKind
from clinic_desktop.treatment.recording import record
from clinic_desktop.treatment.session import minutes_of
from clinic_desktop.treatment.told import ToldWord

K = StampKind
_EARLY = timedelta(minutes=45)  # before the planned time nobody has come
_CALLS_FROM, _CALLS_FOR = 9 * 60, 7 * 60  # the minutes of the day in which people are called
_AT_WORK = 130  # minutes to both sides of now
_NOTICED, _LATEST = 15, 60  # minutes, for the one stay of today that keeps its room from the next
# After which visits of a course a prescriber says how it goes on; of every fifth patient it is still open.
_REVIEWED = {"iv": (3, 6), "spravato": (8,)}
_OPEN = 5
# Working days ago -> how its first treatment ended: each happens, and none of them often.
_RARE = {
    1: K.LEFT_EARLY,
    3: K.NOT_TREATED,
    6: K.TRANSFERRED,
    9: K.NOT_TREATED,
    13: K.LEFT_EARLY,
    17: K.NOT_TREATED,
}


@dataclass
class Fates:
    """Lets a day happen. ``ago``: how many working days before today each day lies."""

    hand: Hand
    setup: Setup
    ago: dict[date, int]
    doses: dict[int, int] = field(default_factory=dict)  # patient -> mg ordered
    _rare_done: set[date] = field(default_factory=set)

    def manners(self, visits: Sequence[Visit]) -> dict[int, Manner]:
        """What is special about today's stays: one began late, one waits for the driver, one sits outside."""
        out = {one.id: Manner(mg=self.doses.get(one.patient_id, 0)) for one in visits}
        if any(one.day != self.hand.today for one in visits):
            return out
        now = instant_minute(self.hand.now)
        if ready := _just_ready(visits, self.setup, now):
            out[ready] = replace(out[ready], waits=True)
        others = [one for one in visits if one.id != ready]
        if late := _running_late(others, visits, self.setup, now):
            out[late[0]] = replace(out[late[0]], late=late[1])
        soon = [one for one in visits if now < one.start <= now + 40 and one.room_id is not None]
        if soon:
            arrived = self.hand.now.replace(microsecond=0) - timedelta(minutes=self.hand.rng.randrange(3, 12))
            out[soon[0].id] = replace(out[soon[0].id], arrived=arrived)
        return out

    def live_through(self, visit: Visit, manner: Manner, *, spare: bool) -> Changes:
        """``spare``: nothing may come between, because the course has no other day for the visit. Nor does it
        for who is in the house while somebody looks at the demo."""
        fate = self.hand.rng.random()
        spare = spare or manner.special or abs(visit.start - instant_minute(self.hand.now)) < _AT_WORK
        began = instant_at(visit.start)
        called = self._called(visit)
        self.hand.goes_to(called)
        if fate < 0.04 and not spare:
            reason = self.hand.rng.choice((cancelling.CancelReason.PATIENT, cancelling.CancelReason.UNWELL))
            desk = self.hand.one(Role.RECEPTIONIST)
            return cancelling.cancel(self.hand.store, desk, visit.id, visit.version, reason).changes
        changes = Changes()
        if called <= self.hand.now:
            visit, changes = self._prepared(visit, fate, spare=spare)
        if began - _EARLY > self.hand.now:
            return changes
        return changes | self._happen(visit, fate, manner, spare=spare)

    def _called(self, visit: Visit) -> datetime:
        """When somebody rang about a visit: at work, one or two working days before, once booked."""
        weekdays = {one.weekday for one in self.setup.clinic.hours}
        days = (visit.day - timedelta(days=n) for n in range(1, 10))
        before = [day for day in days if day.weekday() in weekdays]
        day = before[1 if visit.id % 3 == 0 else 0]
        called = self.hand.at(day, _CALLS_FROM + visit.id * 37 % _CALLS_FOR)
        return max(called, visit.booked_at) if visit.booked_at else called

    def _prepared(self, visit: Visit, fate: float, *, spare: bool) -> tuple[Visit, Changes]:
        """Called before: the driver is named where none was, most coming visits are confirmed."""
        desk, changes = self.hand.one(Role.RECEPTIONIST), Changes()
        lacks = visit.state is VisitState.HELD and visit.held_for == {"driver"}
        if lacks and (spare or fate < 0.8) and self.hand.now >= instant_at(visit.start) - _EARLY:
            plan = GoingHomePlan(
                name="Dana Fields", phone="(217) 555-0177", relationship="friend", adult=True
            )
            named = holding.name_driver(self.hand.store, desk, [(visit.id, visit.version)], plan)
            visit, changes = named.visits[0], named.changes
        over = instant_at(visit.end) < self.hand.now  # whoever confirmed has come, or has not
        if visit.state is not VisitState.BOOKED or over or fate > 0.85:
            return visit, changes
        done = holding.confirm_visit(self.hand.store, desk, visit.id, visit.version)
        visit, changes = done.visits[0], changes | done.changes
        if visit.plan is None or fate > 0.6:
            return visit, changes
        also = holding.confirm_driver(self.hand.store, desk, visit.id, visit.version)
        return also.visits[0], changes | also.changes

    def _happen(self, visit: Visit, fate: float, manner: Manner, *, spare: bool) -> Changes:
        began, over = instant_at(visit.start), instant_at(visit.end) < self.hand.now
        if visit.state is VisitState.HELD or (0.04 <= fate < 0.06 and not spare):
            if began > self.hand.now:
                return Changes()
            self.hand.goes_to(began + timedelta(minutes=30))
            desk = self.hand.one(Role.RECEPTIONIST)
            return cancelling.miss(self.hand.store, desk, visit.id, visit.version).changes
        visit_type = self.setup.type_by_id(visit.type_id)
        if visit_type.is_treatment and over:
            rare = self._rare(visit, spare=spare) or (
                K.NOT_TREATED if 0.06 <= fate < 0.075 and not spare else None
            )
            if rare is not None:
                return self._ends_so(visit, rare)
        manner = replace(manner, lot=self._lot(visit), asked=self._asked_for(visit))
        stamps = stay(visit, visit_type, self.hand.rng, self.hand.now, manner)
        return self._recorded(visit, stamps) | drawn(self.hand, visit, stamps)

    def _asked_for(self, visit: Visit) -> int:
        """The prescriber of the visit, else one of the house."""
        return visit.prescriber_id or self.hand.actors[Role.PRESCRIBER][visit.id % 2].person_id

    def _lot(self, visit: Visit) -> str:
        return self.hand.own_lots.get(visit.patient_id) or house_lot(self.hand, visit)

    def _rare(self, visit: Visit, *, spare: bool) -> StampKind | None:
        """The first treatment of certain days, long enough for it, ends otherwise."""
        kind = _RARE.get(self.ago.get(visit.day, 0))
        visit_type = self.setup.type_by_id(visit.type_id)
        fits = kind is K.NOT_TREATED and not spare
        fits = fits or (kind is K.LEFT_EARLY and bool(visit_type.dose_mg))
        fits = fits or (kind is K.TRANSFERRED and visit_type.code in ("IVM", "IVB"))
        if not fits or visit.day in self._rare_done:
            return None
        self._rare_done.add(visit.day)
        return kind

    def _ends_so(self, visit: Visit, kind: StampKind) -> Changes:
        prescriber = next(one.name for one in self.setup.staff if Role.PRESCRIBER in one.roles)
        visit_type = self.setup.type_by_id(visit.type_id)
        rng = self.hand.rng
        if kind is K.NOT_TREATED:
            return self._recorded(visit, turned_away(visit, rng))
        ways = {K.LEFT_EARLY: walked_out, K.TRANSFERRED: taken_away}
        lot = self._lot(visit)
        stamps = ways[kind](visit, visit_type, rng, prescriber, lot)
        changes = self._recorded(visit, stamps) | self._rang(visit, kind, stamps[-1].at or self.hand.now)
        if self.ago.get(visit.day, 0) > 2:
            changes |= self._answered(visit)
        return changes

    def _rang(self, visit: Visit, kind: StampKind, at: datetime) -> Changes:
        """Whoever goes without a release is called, or was fetched by those who were."""
        call = Call(visit, Whom.PATIENT, CallOutcome.REACHED, note="At home.", at=at + timedelta(minutes=7))
        if kind is K.TRANSFERRED:
            call = replace(
                call, whom=Whom.OTHER, person="911", note="On the way.", at=at - timedelta(minutes=12)
            )
        self.hand.goes_to(at + timedelta(minutes=20))
        return record_call(self.hand.store, self.hand.one(Role.NURSE), call).changes

    def _answered(self, visit: Visit) -> Changes:
        """The prescriber has looked at what went otherwise, the evening after."""
        self.hand.goes_to(instant_at(visit.end) + timedelta(hours=3))
        with self.hand.store.read() as records:
            incidents = records.find(Incident, visit_id=visit.id)
        changes = Changes()
        for one in incidents:
            prescriber = self.hand.one(Role.PRESCRIBER)
            words = "Spoke with the patient. No harm done; the next visit stands."
            changes |= close_incident(self.hand.store, prescriber, one, words)
        return changes

    def _recorded(self, visit: Visit, stamps: Sequence[Stamp]) -> Changes:
        """All of a stay; where a sheet was handed over, it was made a minute before."""
        if not stamps:
            return Changes()
        asked = self._asked(visit, stamps[0].at or self.hand.now)
        stayed = asked | self._stayed(visit, stamps)
        if any(one.told_by for one in stamps) and visit.day < self.hand.today:
            stayed |= self._signed(visit)
        return stayed | self._reviewed(visit)

    def _signed(self, visit: Visit) -> Changes:
        """In the evening the prescriber signs for what was told and read back; today's waits still."""
        with self.hand.store.read() as records:
            words = records.find(ToldWord, visit_id=visit.id, answered_at=None)
        changes = Changes()
        for one in words:
            self.hand.goes_to(instant_at(visit.end) + timedelta(minutes=40))
            whose = (who for who in self.hand.actors[Role.PRESCRIBER] if who.person_id == one.told_by)
            changes |= cosign(self.hand.store, next(whose), one)
        return changes

    def _asked(self, visit: Visit, came: datetime) -> Changes:
        """How the patient is, before a treatment; a prescriber hears of dark thoughts and speaks up."""
        scores = answers(visit, self.setup.type_by_id(visit.type_id))
        if not scores:
            return Changes()
        self.hand.goes_to(came + timedelta(minutes=4))
        scored = record_scores(self.hand.store, self.hand.one(Role.RECEPTIONIST), scores)
        if not scored.told or visit.day >= self.hand.today:
            return scored.changes
        with self.hand.store.read() as records:
            there = records.find(Message, patient_id=visit.patient_id, answered_at=None)
        self.hand.goes_to(came + timedelta(minutes=9))
        changes, words = scored.changes, "Spoke with them before the dose. The safety plan stands."
        for one in there:
            prescriber = self.hand.one(Role.PRESCRIBER)
            changes |= answer_message(self.hand.store, prescriber, one.id, one.version, words).changes
        return changes

    def _reviewed(self, visit: Visit) -> Changes:
        """A prescriber says in the evening how a course goes on."""
        modality = self.setup.type_by_id(visit.type_id).modality
        if visit.course_no not in _REVIEWED.get(modality, ()) or visit.day >= self.hand.today:
            return Changes()
        if visit.patient_id % _OPEN == 0:
            return Changes()
        self.hand.goes_to(instant_at(visit.end) + timedelta(hours=1))
        word = Review(patient_id=visit.patient_id, modality=modality, words="Sleeps better. Goes on.")
        return record_review(self.hand.store, self.hand.one(Role.PRESCRIBER), word)

    def _stayed(self, visit: Visit, stamps: Sequence[Stamp]) -> Changes:
        nurse = self.hand.one(Role.NURSE)
        ends = stamps[-1].at or self.hand.now
        handed = next((one for one in stamps if one.kind is K.SHEET_HANDED), None)
        if handed is None or handed.at is None:
            self.hand.goes_to(ends + timedelta(minutes=2))
            changes = record(self.hand.store, nurse, visit.id, stamps, happened=True).changes
            return changes | settle_form(self.hand, visit)
        at: datetime = handed.at
        self.hand.goes_to(at)
        before = [one for one in stamps if one.at is not None and one.at <= at and one is not handed]
        changes = record(self.hand.store, nurse, visit.id, before).changes
        made = make_sheet(self.hand.store, nurse, visit.id, _not_drawn)
        changes |= made.changes | hand_over(self.hand.store, nurse, made.sheet, handed.person)
        changes |= self._rung_up(visit, stamps)
        rest = [one for one in stamps if one.at is not None and one.at > at]
        self.hand.goes_to(ends + timedelta(minutes=2))
        changes |= record(self.hand.store, nurse, visit.id, rest).changes if rest else Changes()
        return changes | settle_form(self.hand, visit)

    def _rung_up(self, visit: Visit, stamps: Sequence[Stamp]) -> Changes:
        """A driver who is not here is called: nobody answers, then they are on the way."""
        waits = next((one.at for one in stamps if one.kind is K.WAITING), None)
        here = next((one.at for one in stamps if one.kind is K.DRIVER_SEEN), None)
        changes, desk = Changes(), self.hand.one(Role.RECEPTIONIST)
        if waits is None or visit.plan is None:
            return changes
        comes = local_time(here or waits + timedelta(minutes=40), visit.zone).minute
        for minutes, outcome, arrives in ((1, CallOutcome.NO_ANSWER, None), (7, CallOutcome.DRIVER, comes)):
            at = waits + timedelta(minutes=minutes)
            if at <= self.hand.now:
                self.hand.goes_to(at)
                call = Call(visit, Whom.DRIVER, outcome, visit.plan_phone, arrives=arrives)
                changes |= record_call(self.hand.store, desk, call).changes
        return changes


def _not_drawn(_document: Document) -> RenderedPdf:
    """The record of a sheet is all that is kept; its pages are drawn when somebody looks at it."""
    return RenderedPdf(b"", 1)


def _running_late(
    some: Sequence[Visit], visits: Sequence[Visit], setup: Setup, now: int
) -> tuple[int, int] | None:
    """One of some stays under way that began late enough to keep its room from the next of all visits, and by
    how much; a talk before a treatment."""
    comers = [one for one in reversed(some) if one.room_id is not None and _will_come(one)]
    for one in sorted(comers, key=lambda one: setup.type_by_id(one.type_id).is_treatment):
        late = min(now - one.start - 8, _LATEST)
        out = one.end + late
        next_in_room = (two for two in visits if two.room_id == one.room_id and two.start > one.start)
        if late >= _NOTICED and now < out and any(now < two.start < out for two in islice(next_in_room, 1)):
            return one.id, late
    return None


def _just_ready(visits: Sequence[Visit], setup: Setup, now: int) -> int:
    """The treatment that was over last, within the hour; 0 for none."""
    treated = [one for one in visits if setup.type_by_id(one.type_id).is_treatment and _will_come(one)]
    out = [(_over(one, setup), one.id) for one in treated]
    return max(((over, number) for over, number in out if now - 60 < over < now - 6), default=(0, 0))[1]


def _over(visit: Visit, setup: Setup) -> int:
    """When the patient may be fit to go, as planned."""
    return visit.end - minutes_of(setup.type_by_id(visit.type_id), PhaseKind.RELEASE, PhaseKind.TURNOVER)


def _will_come(visit: Visit) -> bool:
    return visit.state in (VisitState.BOOKED, VisitState.CONFIRMED) or visit.held_for == {"driver"}
