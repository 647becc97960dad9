"""A booking reads of a patient's history what its rules need, and they say what the whole of it would."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.people.model import Authorization, DrugMovement, Order
from clinic_desktop.scheduling import rules
from clinic_desktop.scheduling.booking import book, draft
from clinic_desktop.scheduling.claims import timed
from clinic_desktop.scheduling.courses import book_course
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.ports import ScheduleUnit
from clinic_desktop.scheduling.rules import Case, ahead_from, findings, still_ahead, still_on
from clinic_desktop.scheduling.settle import case_of
from clinic_desktop.scheduling.states import NEVER_CAME, VisitState
from clinic_desktop.scheduling.under_orders import used
from clinic_desktop.storage.reader import SqlRecords
from tests.every_case import EVERY_CASE
from tests.scheduling.random_histories import CHANGES, World
from tests.scheduling.test_changing import course_wish
from tests.small_clinic import BEA, MONDAY, ZONE, SmallClinic

S = VisitState
WORLDS, ASKED = 60 if EVERY_CASE else 24, 12
OF_HISTORY = {
    *(rules.CLEARANCE_AHEAD, rules.NOT_CLEARED, rules.FIRST_84, rules.LEAVES_84_FIRST),
    *(rules.SAME_DAY, rules.GAP_SHORT, rules.GAP_LONG),
    *(rules.ORDERS_UNSETTLED, rules.ORDER_MISSING, rules.ORDER_INTERVAL, rules.ORDER_USED_UP),
    rules.ORDER_ENDED,
    *(rules.AUTHORIZATION_NONE, rules.AUTHORIZATION_USED, rules.PACKAGE_USED, rules.PACKAGE_UNPAID),
    rules.DEVICES_SHORT,
}


def with_everything(unit: ScheduleUnit, case: Case, batch: Sequence[Visit]) -> Case:
    """The case beside every other visit that the patient ever had or will have."""
    changed = {one.id for one in batch} | {case.visit.id}
    others = [one for one in unit.find(Visit, patient_id=case.patient.id) if one.id not in changed]
    others += [one for one in batch if one is not case.visit]
    others = [one for one in others if one.state not in NEVER_CAME]
    same = [one for one in others if case.types[one.type_id].modality == case.type.modality]
    given = used(one for one in same if still_on(one))
    return replace(case, others=others, given=given, counted=others)


def test_the_rules_say_what_the_whole_history_would(any_clinic: SmallClinic) -> None:
    said: Counter[str] = Counter()
    for number in range(WORLDS):
        with any_clinic.store.write(PROGRAM) as unit:
            world = World(any_clinic, unit, number)
            for _ in range(ASKED):
                batch = world.batch()
                for visit in batch:
                    case = case_of(unit, world.setup, visit, batch)
                    found = findings(case)
                    assert found == findings(with_everything(unit, case, batch)), f"world {number}"
                    said.update(one.code for one in found)
    assert {one.code for one in OF_HISTORY} <= set(said), "worlds in which a rule says nothing prove nothing"


@given(
    st.integers(0, 4), st.integers(0, 1439), st.integers(0, 1439), st.sampled_from([60, 720, 1440]),
    st.booleans(), st.sampled_from(CHANGES),
)  # fmt: skip
def test_no_visit_of_an_earlier_day_is_ahead(
    ago: int, began: int, minute: int, stay: int, here: bool, today: date
) -> None:
    day = today - timedelta(days=ago)
    start = to_utc_minute(WallTime(day, began), ZONE)
    visit = Visit(day=day, start=start, end=start + stay, arrived=start if here else None)
    now = to_utc_minute(WallTime(today, minute), ZONE)
    assert not still_ahead(visit, now) or day >= ahead_from(now, ZONE)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each question was answered with that a writer asked."""
    rows: list[int] = []
    real = SqlRecords.rows

    def counting(self: SqlRecords, *query: Any) -> list[tuple[Any, ...]]:
        found = real(self, *query)
        rows.append(len(found))
        return found

    monkeypatch.setattr(SqlRecords, "rows", counting)
    return rows


def weekly(clinic: SmallClinic, weeks: int, visits: int) -> Order:
    """Amara has been coming once a week, under one order; what is agreed now began a month ago."""
    with clinic.store.write(PROGRAM) as unit:
        mine = {"patient_id": clinic.amara.id, "modality": "spravato"}
        order = unit.add(Order(**mine, drug="esketamine", dose=84, visits=visits, ordered_by=clinic.lin.id))
        month = MONDAY - timedelta(days=30)
        unit.add(Authorization(**mine, visits=20, valid_from=month))
        unit.add(DrugMovement(patient_id=clinic.amara.id, on=month, devices=90))
        kind = unit.setup().type_by_code("SP84")
        came = Visit(patient_id=clinic.amara.id, type_id=kind.id, minute=600, zone=ZONE, state=S.LEFT)
        came = replace(came.with_plan(BEA), order_id=order.id, devices=3)
        days = [MONDAY - timedelta(weeks=week) for week in range(weeks, 0, -1)]
        unit.add_all([timed(replace(came, day=day), kind) for day in days])
        unit.commit()
        return order


def test_what_an_order_has_given_counts_however_long_ago(any_clinic: SmallClinic) -> None:
    weekly(any_clinic, 40, 41)
    book(any_clinic.store, any_clinic.desk, any_clinic.wish("SP84"))
    with pytest.raises(Refusal) as no:
        book(any_clinic.store, any_clinic.desk, any_clinic.wish("SP84", day=MONDAY + timedelta(7)))
    assert [one.code for one in no.value.findings] == [rules.ORDER_USED_UP.code]


def test_what_is_asked_about_together_counts_as_it_would_be(any_clinic: SmallClinic) -> None:
    order = weekly(any_clinic, 3, 3)
    with any_clinic.store.write(PROGRAM) as unit:
        there = unit.find(Visit, patient_id=any_clinic.amara.id)
        new = draft(unit.setup(), any_clinic.wish("SP84"))
        batch = [replace(there[0], order_id=None), there[1], new]
        assert case_of(unit, unit.setup(), new, batch).given == {order.id: 2}
        assert case_of(unit, unit.setup(), there[1], batch).given == {order.id: 1}


def test_r9_whoever_has_come_for_years_is_booked_and_moved_as_quickly(
    any_clinic: SmallClinic, asked: list[int]
) -> None:
    weekly(any_clinic, 150, 900)
    asked.clear()
    (visit,) = book(any_clinic.store, any_clinic.desk, any_clinic.wish("SP84", 840)).visits
    move(any_clinic.store, any_clinic.desk, [to(visit, minute=720)])
    book_course(any_clinic.store, any_clinic.desk, course_wish(any_clinic, (1, 4, 8)))
    assert max(asked) < 20, "no more than the set-up, and the visits of a month"
