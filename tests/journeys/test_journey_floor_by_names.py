"""An afternoon on the floor from outside, by accessible names: a session and an infusion to their release, a
high pressure sent home, a walk-out.

The program asks this computer's clock and nobody can move that. So the clinic lies where it is past three in
the afternoon now, at any hour of the day; the visits are of today; and what happened before is typed with its
time. The alarms, the earliest release and the rest follow from that as they would have then.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from clinic_desktop.foundation.clock import (
    FixedClock,
    SystemClock,
    WallTime,
    instant_at,
    local_time,
    to_utc_minute,
)
from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome, Whom
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.scoring import record_scores
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.treatment.alarm_records import AlarmAnswer, AlarmKind
from clinic_desktop.treatment.model import Incident, RemsForm, Stamp, StampKind
from tests.journeys.clinic_of_now import AFTERNOON, GRID, cleared, open_daily, zone_of_the_afternoon
from tests.journeys.outside import drive, timely
from tests.small_clinic import build

K = StampKind
T = TypeVar("T")
# Who comes: given name, family name, type, room, treatment, minutes ago.
COMING = (
    ("Amara", "Okafor", "SP56", "Spravato 1", "spravato", 190),
    ("Lena", "Brandt", "IVM", "Infusion 1", "iv", 150),
    ("Ana", "Ortiz", "SP56", "Spravato 2", "spravato", 75),
    ("Karl", "Meyer", "IVM", "Infusion 2", "iv", 40),
)

pytestmark = timely


@pytest.mark.parametrize("hour", range(24))
def test_somewhere_it_is_afternoon(hour: int) -> None:
    now = datetime(2026, 11, 16, hour, 59, tzinfo=UTC)
    assert local_time(now, zone_of_the_afternoon(now)).minute == AFTERNOON * 60 + 59


@dataclass(frozen=True)
class Afternoon:
    """The clinic's file, the minute of its day that times count back from, and visits by family name."""

    file: Path
    minute: int
    visits: dict[str, int]


@pytest.fixture
def afternoon(tmp_path: Path) -> Afternoon:
    """Everybody is booked, cleared and driven by Bea Marsh; Okafor was not asked yet how she is."""
    now = SystemClock().now()
    zone = zone_of_the_afternoon(now)
    here, clinic = local_time(now, zone), build(tmp_path)
    minute = here.minute - here.minute % GRID
    clinic.store.clock = FixedClock(instant_at(to_utc_minute(WallTime(here.day, 7 * 60), zone)))
    open_daily(clinic, zone, here.day)
    visits = {}
    for number, (given, family, code, room, modality, ago) in enumerate(COMING):
        patient = cleared(clinic, given, family, modality, here.day)
        nurse = (clinic.maya, clinic.tunde)[number % 2]
        where = {"room_id": clinic.rooms[room].id, "nurse_id": nurse.id}
        wish = clinic.wish(code, minute - ago, patient_id=patient, day=here.day, **where)
        visits[family] = book(clinic.store, clinic.desk, wish).visits[0].id
        if family != "Okafor":
            score = Score(
                patient_id=patient, visit_id=visits[family], on=here.day, instrument="phq9", total=6
            )
            record_scores(clinic.store, clinic.desk, [score])
    clinic.store.close()
    return Afternoon(tmp_path / "clinic.sqlite", minute, visits)


@dataclass(frozen=True)
class Kept:
    """What is on record of the afternoon afterwards."""

    store: SqlStore
    of: dict[str, int]

    def rows(self, kind: type[T], family: str) -> list[T]:
        with self.store.read() as records:
            return records.find(kind, visit_id=self.of[family])

    def stamps(self, family: str, *kinds: StampKind) -> list[Stamp]:
        return [one for one in self.rows(Stamp, family) if one.kind in kinds]

    def state(self, family: str) -> VisitState:
        with self.store.read() as records:
            return records.get(Visit, self.of[family]).state


def test_an_afternoon_on_the_floor_is_worked_by_ear(afternoon: Afternoon, clinic_home: Path) -> None:
    heard = drive("atspi_floor", afternoon.file, clinic_home, "Maya Jones", str(afternoon.minute))
    with closing(open_store(afternoon.file)) as store:
        kept = Kept(store, afternoon.visits)
        for look in LOOKS:
            look(heard, kept)
    rows = {one.partition(",")[0]: one for one in heard["floor"]}
    assert ". Left. " in rows["Okafor"]
    assert ". Left. " in rows["Brandt"]
    assert ". Left before release. " in rows["Ortiz"]
    assert ". Not treated. " in rows["Meyer"]
    for room in ("Spravato 1", "Spravato 2", "Infusion 1", "Infusion 2"):
        assert any(one.startswith(f"{room}. Turnover, ready again ") for one in heard["floor"]), room


def released_once_all_is_settled(heard: dict[str, Any], kept: Kept) -> None:
    """A Spravato session. Its release was refused before its time, and then for what was missing."""
    said = heard["Okafor"]
    assert [one.split(". ")[0] for one in said["before"]] == [
        "Consent seen", "Food and drink", "Nasal spray", "Pregnancy", "Medicines today", "Oximeter here",
        "Pressure", "Scores",
    ]  # fmt: skip
    assert said["score"] == "Okafor, Amara: PHQ-9 7, mild"
    assert said["early"].startswith("Not before ")
    assert "120 minutes after the last device" in said["early"]
    assert "Not before" not in said["refused"]
    # Each that is missing is said with its rule's own words, and with the key that settles it.
    told = {one.split(". ")[0]: one for one in said["missing"]}
    keys = {name: words.rpartition(". ")[2] for name, words in told.items()}
    assert keys == {
        "Last pressure": "V", "Oxygen": "V", "Settled": "S", "Walks steadily": "W", "Sheet": "Ctrl P",
        "Driver here": "G",
    }  # fmt: skip
    for name, words in told.items():
        assert words.removeprefix(f"{name}. missing. ").removesuffix(f" {keys[name]}") in said["refused"]
    assert said["said"] == "Okafor, Amara: Released, now"

    assert kept.state("Okafor") is VisitState.LEFT
    assert [one.device for one in kept.stamps("Okafor", K.DOSE)] == [1, 2]
    (gone,) = kept.stamps("Okafor", K.RELEASED)
    assert (gone.person, gone.deviations) == ("Bea Marsh", ())
    assert kept.rows(Incident, "Okafor") == []
    (form,) = kept.rows(RemsForm, "Okafor")
    assert form.minutes is not None
    assert form.minutes >= 170  # since the first device


def fetched_by_a_neighbour(heard: dict[str, Any], kept: Kept) -> None:
    """An infusion. The driver who was named does not come and does not answer."""
    said = heard["Brandt"]
    assert said["infusion"].startswith("Infusion started, 35 mg, ")
    assert said["to_call"].startswith("Call Bea Marsh now: ")
    assert said["called"] == "Brandt, Lena. Driver called: No answer"
    assert said["refused"].startswith("The driver is not here yet: Bea Marsh, ")
    assert said["neighbour"] == "Driver here, Tom Wills, (217) 555-0188, 18 or over, fit to drive, now"
    assert said["said"] == "Brandt, Lena: Released, now"

    assert kept.state("Brandt") is VisitState.LEFT
    (call,) = kept.rows(CallAttempt, "Brandt")
    assert (call.whom, call.outcome) == (Whom.DRIVER, CallOutcome.NO_ANSWER)
    (gone,) = kept.stamps("Brandt", K.RELEASED)
    assert (gone.person, gone.phone, gone.deviations) == ("Tom Wills", "(217) 555-0188", ())
    assert kept.rows(Incident, "Brandt") == []


def sent_home_untreated(heard: dict[str, Any], kept: Kept) -> None:
    """A pressure that is too high."""
    said = heard["Meyer"]
    assert said["refused"].startswith("Pressure 172/104 at ")
    assert "A prescriber must acknowledge it" in said["refused"]
    assert (said["end"].split(". ")[0], said["reason"]) == ("Arrived, not treated", "Pressure too high")
    assert said["told"] == "Meyer, Karl was not treated. No next visit is booked. Offer one."

    assert kept.state("Meyer") is VisitState.NOT_TREATED
    assert kept.stamps("Meyer", K.INFUSION_START) == []
    (end,) = kept.stamps("Meyer", K.NOT_TREATED)
    assert end.note == "Pressure too high"
    assert kept.rows(Incident, "Meyer") == []


def checked_late_and_gone(heard: dict[str, Any], kept: Kept) -> None:
    """The 40-minute pressure is late: heard in another room, answered, taken with its reason. Then the
    patient goes without permission, which is recorded as the truth and never as a release."""
    said = heard["Ortiz"]
    assert said["alarm"].startswith("Spravato 2, Ortiz, Ana: the 40-minute pressure is late. Due at ")
    assert "min late" in said["strip"]
    assert "Maya Jones answered at " in said["answered"]
    assert any(one.startswith("40-minute pressure. missing. ") for one in said["still"])
    assert said["refused"].startswith("Not before ")
    assert (said["reason"], said["said"]) == ("Walked out", "Ortiz, Ana: left before release, Walked out")
    assert said["told"].startswith("Ortiz, Ana left before release. Tell the prescriber (T)")

    assert kept.state("Ortiz") is VisitState.LEFT_EARLY
    assert kept.stamps("Ortiz", K.RELEASED) == []
    (answer,) = kept.rows(AlarmAnswer, "Ortiz")
    first = kept.stamps("Ortiz", K.DOSE)[0].at
    late = kept.stamps("Ortiz", K.VITALS)[-1].at
    assert first is not None
    assert late is not None
    assert (answer.kind, answer.since) == (AlarmKind.FORTY, first + timedelta(minutes=40))
    assert late > first + timedelta(minutes=50)
    (missed,) = kept.stamps("Ortiz", K.FORTY_MISSED)
    assert missed.note == "was in the bathroom at 40 minutes"
    (told,) = kept.stamps("Ortiz", K.TOLD)
    assert (told.person, told.note) == ("Dr. Lin", "walked out at the door")
    (incident,) = kept.rows(Incident, "Ortiz")
    assert incident.closed_at is None
    (form,) = kept.rows(RemsForm, "Ortiz")
    assert form.minutes is not None
    assert 55 <= form.minutes < 120  # the true ones


LOOKS: tuple[Callable[[dict[str, Any], Kept], None], ...] = (
    released_once_all_is_settled,
    fetched_by_a_neighbour,
    sent_home_untreated,
    checked_late_and_gone,
)
