"""The demo clinic shows a clinic at work: every state, full days, today on whatever weekday it is."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from clinic_desktop.aftercare.sheet_text import SheetText
from clinic_desktop.aftercare.text_checks import speaks_against_text
from clinic_desktop.aftercare.texts import words_of
from clinic_desktop.aftercare.texts_waiting import Texts, unapproved
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.demo import clinic as making
from clinic_desktop.demo.clinic import DemoClinic
from clinic_desktop.demo.fates import Fates
from clinic_desktop.demo.hand import ZONE
from clinic_desktop.demo.lived import taken_on
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import FixedClock, WallTime, instant_at, local_time, to_utc_minute
from clinic_desktop.foundation.document import PageSize
from clinic_desktop.foundation.errors import NotFound
from clinic_desktop.people.model import Absence, Authorization, Drug, DrugMovement, Order, Package
from clinic_desktop.people.scores import Score
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome, Whom
from clinic_desktop.scheduling.model import ClaimKind, Closure, Course, Visit
from clinic_desktop.scheduling.open_visits import stands
from clinic_desktop.scheduling.paying import running_out
from clinic_desktop.scheduling.states import HERE, VisitState
from clinic_desktop.storage.check import findings
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.treatment.day_after import AfterFlag
from clinic_desktop.treatment.day_after_list import after_list
from clinic_desktop.treatment.ledger import FormState, ledger
from clinic_desktop.treatment.model import Incident, Stamp, StampKind
from clinic_desktop.treatment.recording import record
from clinic_desktop.treatment.stock import Entry, read_lots
from clinic_desktop.treatment.stock_need import week_needs
from clinic_desktop.treatment.stocking import told_of
from clinic_desktop.treatment.told import ToldWord
from tests.aftercare.test_day_sheets import infuse
from tests.every_case import EVERY_CASE
from tests.small_clinic import SmallClinic

WEDNESDAY = date(2026, 11, 18)
SPAN = timedelta(days=15 if EVERY_CASE else 10)
WEEK = [date(2026, 11, 16) + timedelta(days=n) for n in range(7)]


def at(day: date, hour: int) -> datetime:
    return instant_at(to_utc_minute(WallTime(day, hour * 60), ZONE))


def begun(path: Path, now: datetime) -> tuple[SqlStore, DemoClinic]:
    clock = FixedClock(now)
    store = open_store(path, clock, make=True)
    maker = DemoClinic(store, clock, now)
    maker.found()
    return store, maker


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    """A Wednesday at two, with the days of ``SPAN`` to both sides."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "SPAN", SPAN)
        store, maker = begun(tmp_path_factory.mktemp("demo") / "demo.sqlite", at(WEDNESDAY, 14))
        for day in maker.week_first():
            maker.make_day(day)
    assert maker.stumbled == []
    yield store
    store.close()


def test_the_texts_are_approved_and_one_waits_that_can_be(made: SqlStore) -> None:
    now = at(WEDNESDAY, 14)
    with made.read() as records:
        assert unapproved(records, now) == []
        (one,) = Texts().waiting(records, now)
        (text,) = records.find(SheetText, kind=one.kind, number=one.number)
    assert [name for name, _, _ in one.news] == ["15, rest and looking back"]
    assert speaks_against_text(words_of(text), PageSize.LETTER, render_pdf) == []


def visits_of(store: SqlStore) -> list[Visit]:
    with store.read() as records:
        return records.visits_on(date(2026, 1, 1), date(2027, 12, 31))


def found(store: SqlStore, kind: type, **equal: object) -> list:
    with store.read() as records:
        return records.find(kind, **equal)


@pytest.mark.timeout(600)
def test_there_is_a_visit_in_every_state(made: SqlStore) -> None:
    visits = visits_of(made)
    assert {one.state for one in visits} == set(VisitState)
    assert any(one.displaced for one in visits)
    held = {word for one in visits for word in one.held_for if one.state is VisitState.HELD}
    assert held == {"driver", "clearance"}
    assert sum(one.state is VisitState.NOT_TREATED for one in visits) >= 2


def test_every_day_has_about_25_visits(made: SqlStore) -> None:
    (training,) = [one.from_day for one in found(made, Closure) if one.room_id is None]
    first, last = WEDNESDAY - SPAN, WEDNESDAY + SPAN
    counts = Counter(one.day for one in visits_of(made) if first <= one.day <= last and one.day != training)
    assert {day.weekday() for day in counts} == set(range(5))
    assert all(22 <= count <= 30 for count in counts.values()), counts
    assert 24 <= sum(counts.values()) / len(counts) <= 27


def test_all_that_a_clinic_keeps_is_there(made: SqlStore) -> None:
    assert len(found(made, Absence)) == 4
    assert {one.room_id is None for one in found(made, Closure)} == {True, False}
    assert len(found(made, Order)) > 50
    assert len([one for one in found(made, Sheet) if one.handed_at]) > 50
    incidents = found(made, Incident)
    assert {one.closed_at is None for one in incidents} == {True, False}


def test_the_ledger_shows_forms_of_each_state_and_a_late_one(made: SqlStore) -> None:
    with made.read() as records:
        there = ledger(records, WEDNESDAY)
    states = {one.state for one in (*there.waiting, *there.closed)}
    assert states >= {FormState.DUE, FormState.FILLED, FormState.SENT}  # open while somebody is watched
    assert there.late(WEDNESDAY)
    assert all(one.form.sent_on and one.form.sent_on > one.form.session_on for one in there.closed)
    assert [one.code for one in there.says] == ["certified-ends"]


def test_people_are_called_at_work_on_the_days_before(made: SqlStore) -> None:
    today = {one.visit_id for one in found(made, CallAttempt)}  # a driver who is late is called as well
    calls = [one for one in visits_of(made) if one.plan_confirmed_at is not None and one.id not in today]
    assert len(calls) > 5
    for one in calls:
        assert one.plan_confirmed_at is not None
        said = local_time(one.plan_confirmed_at, ZONE)
        assert 9 * 60 <= said.minute < 17 * 60
        assert said.day.weekday() < 5
        assert said.day < one.day
        assert one.booked_at is None or one.booked_at <= one.plan_confirmed_at


def test_check_in_calls_are_due_tried_and_done_and_one_red_answer_was_answered(made: SqlStore) -> None:
    with made.read() as records:
        rows = after_list(records, at(WEDNESDAY, 14))
    assert {one.done for one in rows} == {True, False}
    assert any(one.tries for one in rows)
    flags = found(made, AfterFlag)
    assert any(not one.open for one in flags)
    assert len(flags) <= 8, "they are rare"


def test_some_have_a_payer_a_package_or_devices_and_some_run_out(made: SqlStore) -> None:
    assert found(made, Package)
    assert {one.modality for one in found(made, Authorization)} == {"spravato"}
    assert all(one.on <= WEDNESDAY for one in found(made, DrugMovement))
    with made.read() as records:
        out = running_out(records, at(WEDNESDAY, 14))
    codes = {finding.code for one in out for finding in one.why}
    assert len(codes) > 1, codes
    assert 1 < len(out) < 12


def test_the_drug_log_agrees_with_what_was_given(made: SqlStore) -> None:
    with made.read() as records:
        lots = read_lots(records)
    assert all(one.came and one.here >= 0 for one in lots), [one.lot for one in lots if one.here < 0]
    told = {one.code for one in told_of(lots, WEDNESDAY)}
    assert told == {"stock-soon"}
    lines = [line for one in lots for line in one.lines]
    assert {line.what for line in lines} >= {Entry.USED, Entry.DRAWN, Entry.WASTED}
    (count,) = (line for line in lines if line.what is Entry.COUNTED)
    assert count.change == -1
    assert count.note
    assert all(line.seen_by not in (None, line.by) for line in lines if line.what is Entry.WASTED)


def test_there_are_vials_and_devices_of_one_to_two_weeks(made: SqlStore) -> None:
    with made.read() as records:
        lots = read_lots(records)
        needs = {one.drug: one for one in week_needs(records, WEDNESDAY, lots)}
    vials, devices = needs[Drug.KETAMINE], needs[Drug.SPRAVATO]
    assert vials.needed <= vials.here <= 2 * vials.needed + 20
    own = sum(int(one.here) for one in lots if one.owners)
    assert devices.needed <= devices.here - own <= 4 * devices.needed, "they last from course to course"


def test_words_were_told_and_read_back_and_todays_wait_for_their_signature(made: SqlStore) -> None:
    days = {one.id: one.day for one in visits_of(made)}
    words = found(made, ToldWord)
    assert len(words) > 5
    assert {days[one.visit_id] < WEDNESDAY for one in words if one.agreed} == {True}
    assert {days[one.visit_id] for one in words if one.agreed is None} <= {WEDNESDAY}


def test_rates_are_changed_forms_scored_and_drivers_called(made: SqlStore) -> None:
    kinds = Counter(one.kind for one in found(made, Stamp))
    assert kinds[StampKind.RATE] > 10
    assert kinds[StampKind.DISCHARGE_FORM] > 10
    calls = found(made, CallAttempt, whom=Whom.DRIVER)
    assert {one.outcome for one in calls} == {CallOutcome.NO_ANSWER, CallOutcome.DRIVER}
    assert any(one.arrives for one in calls)
    scored = Counter((one.patient_id, one.instrument) for one in found(made, Score))
    assert max(scored.values()) >= 3, "a plot shows a course"


def test_courses_follow_time_and_only_a_handful_wait_for_a_place(made: SqlStore) -> None:
    standing: dict[int, list[Visit]] = {}
    for one in visits_of(made):
        if one.course_id is not None and stands(one):
            standing.setdefault(one.course_id, []).append(one)
    for visits in standing.values():
        numbers = [one.course_no for one in sorted(visits, key=lambda one: one.start)]
        assert numbers == sorted(set(numbers))
    courses = found(made, Course)
    assert len(courses) > 50
    assert 1 <= sum(one.to_place > 0 for one in courses) <= 9


def test_check_finds_nothing(made: SqlStore) -> None:
    assert findings(Path(str(made.where))) == []


@pytest.mark.parametrize("today", WEEK, ids=lambda day: f"{day:%A}")
def test_there_is_a_live_day_on_every_weekday(tmp_path: Path, today: date) -> None:
    store, maker = begun(tmp_path / "demo.sqlite", at(today, 11))
    assert maker.week_first()[0] == today
    maker.make_day(today)
    with store.read() as records:
        visits, setup = records.visits_on(today, today), records.setup()
    store.close()
    assert today.weekday() in {one.weekday for one in setup.clinic.hours}
    assert 22 <= len(visits) <= 29
    assert sum(one.state in HERE for one in visits) >= 3
    assert any(one.state is VisitState.LEFT for one in visits)
    assert sum(one.state in (VisitState.BOOKED, VisitState.CONFIRMED) for one in visits) >= 5


@pytest.mark.parametrize(
    ("day", "minutes"),
    [
        (WEDNESDAY, 0),
        (WEDNESDAY, 23 * 60 + 50),
        (date(2026, 11, 29), 9 * 60 + 23),  # a talk that began so late that it was over before
    ],
    ids=["at midnight", "just before midnight", "beside a late talk"],
)
def test_somebody_may_look_in_at_any_hour(tmp_path: Path, day: date, minutes: int) -> None:
    store, maker = begun(tmp_path / "demo.sqlite", at(day, 0) + timedelta(minutes=minutes))
    maker.make_day(day)
    assert maker.stumbled == []
    assert len(visits_of(store)) >= 20
    store.close()


def test_one_stay_that_cannot_have_been_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, maker = begun(tmp_path / "demo.sqlite", at(WEDNESDAY, 11))
    told: list[int] = []
    lived = Fates.live_through

    def fourth_fails(fates: Fates, visit: Visit, *rest: Any, **more: Any) -> Changes:
        told.append(visit.id)
        if len(told) == 4:
            raise NotFound("Visit", visit.id)
        return lived(fates, visit, *rest, **more)

    monkeypatch.setattr(Fates, "live_through", fourth_fails)
    maker.make_day(WEDNESDAY)
    assert [type(one) for one in maker.stumbled] == [NotFound]
    assert len(told) >= 20
    store.close()


def test_a_day_that_has_happened_still_shows_who_was_there(file_clinic: SmallClinic) -> None:
    """Whoever has left has given the room back."""
    visit = book(file_clinic.store, file_clinic.desk, file_clinic.wish()).visits[0]
    infuse(file_clinic, visit.id)
    left = Stamp(kind=StampKind.LEFT_EARLY, at=file_clinic.clock.now(), note="Would not wait.")
    record(file_clinic.store, file_clinic.nurse, visit.id, [left])
    room = (ClaimKind.ROOM.value, file_clinic.rooms["Infusion 1"].id)
    with file_clinic.store.read() as records:
        source = taken_on(records, records.setup(), visit.day)
        assert (visit.start, visit.end, visit.id) in source([room], visit.start, visit.start + 60)[room]
        assert (visit.start, visit.end, visit.id) not in records.taken([room], visit.start, visit.end)[room]


def test_the_same_day_gives_the_same_clinic(tmp_path: Path) -> None:
    def rows(path: Path) -> list[tuple[object, ...]]:
        store, maker = begun(path, at(WEDNESDAY, 11))
        maker.make_day(WEDNESDAY)
        visits = visits_of(store)
        store.close()
        return [(one.patient_id, one.type_id, one.start, one.room_id, one.state) for one in visits]

    assert rows(tmp_path / "one.sqlite") == rows(tmp_path / "other.sqlite")
