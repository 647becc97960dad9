"""Times of a visit that cannot all be true keep the release shut; they are saved all the same."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import BadInput, Refusal, RightMissing
from clinic_desktop.scheduling.model import LEAST_IV_RECOVERY
from clinic_desktop.treatment import floors
from clinic_desktop.treatment.after import close_incident
from clinic_desktop.treatment.contradicting import contradictions
from clinic_desktop.treatment.keeping_first import keep_first
from clinic_desktop.treatment.leaving import before_release
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.session import standing
from tests.small_clinic import SmallClinic, build, instant
from tests.treatment.cases import care, codes, infused, stamp
from tests.treatment.stays import LOT, K, Stay, booked

RELEASED = Stamp(kind=K.RELEASED)


def test_two_corrections_do_not_open_the_release_minutes_after_the_infusion(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").at(10, 9)
    stay.is_(K.ARRIVED)
    stay.is_(K.IN_ROOM)
    stay.asked()
    stay.vitals()
    stay.scored().at(10, 10).is_(K.INFUSION_START, dose=35.0, unit="mg")
    stay.at(10, 11).says(Stamp(kind=K.INFUSION_STOP), happened=True)
    stay.corrected(K.INFUSION_STOP, instant(9, 35))
    stay.corrected(K.INFUSION_START, instant(9, 15))
    stay.at(10, 13).checked().is_(K.LINE_OUT)
    found = stay.refused(RELEASED)
    assert found[:4] == ["release-order", "release-order", "release-recovery", "release-earlier"]
    assert stay.refused(RELEASED, happened=True)[:2] == ["release-order", "release-order"]


def test_it_names_both_times_and_what_settles_it() -> None:
    late = [replace(one, at=instant(10, 20)) if one.kind is K.ARRIVED else one for one in infused()]
    found = before_release(care("IVM", late, instant(12)))
    assert found[0].sentence() == (
        "'in room' at 10:00 AM is before 'arrived' at 10:20 AM: both cannot be true. Correct the time "
        "that is wrong."
    )
    assert "release-order" not in codes(before_release(care("IVM", infused(), instant(12))))


def test_a_release_typed_for_an_earlier_time_is_told_of_what_is_after_it_too(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").infused()
    stay.at(11, 22).checked().is_(K.LINE_OUT)
    stay.at(11, 40).corrected(K.ARRIVED, instant(11, 30))
    assert "release-order" in stay.refused(replace(RELEASED, at=instant(11, 25)))


A, R, D, S, E = K.ARRIVED, K.IN_ROOM, K.DOSE, K.INFUSION_START, K.INFUSION_STOP


@pytest.mark.parametrize(
    ("times", "found"),
    [
        ({A: 0, R: 1, S: 2, E: 3}, []),
        ({A: 1, R: 1, S: 1, E: 1}, []),  # of one minute nobody knows which came first
        ({S: 2, E: 3}, []),  # what is not on record contradicts nothing
        ({A: 2, R: 1, S: 3, E: 4}, [(R, A)]),
        ({A: 4, R: 5, S: 1, E: 6}, [(S, R)]),
        ({A: 1, R: 2, S: 4, E: 3}, [(E, S)]),
        ({A: 4, R: 5, S: 1, E: 2}, [(S, R), (E, R)]),
        ({A: 1, D: 2, S: 4, E: 3}, [(E, S)]),
        ({A: 3, D: 2}, [(D, A)]),
    ],
)
def test_what_comes_after_what(times: dict[K, int], found: list[tuple[K, K]]) -> None:
    session = standing([stamp(kind, instant(10, minute)) for kind, minute in times.items()])
    assert [(early.kind, late.kind) for early, late in contradictions(session)] == found


def test_an_earlier_end_counts_once_a_prescriber_has_answered_for_it(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").infused()
    stay.at(10, 58).corrected(K.INFUSION_STOP, instant(10, 40))
    (incident,) = stay.incidents()
    assert incident.codes == ("release-earlier",)
    stay.at(11, 12).checked().is_(K.LINE_OUT)
    assert set(stay.refused(RELEASED)) >= {"release-recovery", "release-earlier"}
    close_incident(clinic.store, clinic.prescriber, incident, "the pump says 10:40")
    assert stay.refused(RELEASED) == ["release-sheet-untrue"]  # that one counts from 10:55
    stay.is_(K.SHEET_HANDED, person="patient and driver")
    assert stay.refused(RELEASED) == []


def test_the_time_recorded_first_counts_until_then(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").infused()
    stay.at(10, 58).corrected(K.INFUSION_STOP, instant(10, 40))
    stay.at(11, 25).checked().is_(K.LINE_OUT)
    assert stay.refused(RELEASED) == []


def test_a_later_end_or_a_correction_after_the_release_waits_for_nobody(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").infused()
    stay.at(10, 58).corrected(K.INFUSION_STOP, instant(10, 57))
    stay.at(11, 30).checked().is_(K.LINE_OUT)
    stay.is_(K.RELEASED)
    stay.at(11, 35).corrected(K.INFUSION_STOP, instant(10, 56))
    assert not any("release-earlier" in one.codes for one in stay.incidents())


MOVES = st.lists(st.tuples(st.integers(16, 64), st.booleans()), min_size=1, max_size=3)


@settings(max_examples=25, deadline=None)
@given(moves=MOVES, after_the_end=st.integers(12, 75))
def test_nobody_leaves_by_an_earlier_end_that_nobody_answered_for(
    moves: list[tuple[int, bool]], after_the_end: int
) -> None:
    """The end of the infusion is moved to and fro, for some of it a prescriber answers, and then a release is
    tried: the latest of what stands and of what waits for an answer counts, at the door and on the sheet."""
    with TemporaryDirectory() as folder:
        clinic = build(Path(folder))
        stay = booked(clinic, "IVM").infused().at(11, 5)
        stands, waiting = instant(10, 55), set[datetime]()
        for minute, answered in moves:
            was, stands = stands, instant(10) + timedelta(minutes=minute)
            stay.corrected(K.INFUSION_STOP, stands)
            waiting |= {was} if stands < was else set()
            if answered:
                answer_all(clinic, stay)
                waiting.clear()
        counts = max({stands, *waiting})
        floor = counts + timedelta(minutes=LEAST_IV_RECOVERY)
        clinic.clock.at = max(instant(11, 5), counts + timedelta(minutes=after_the_end))
        stay.checked().is_(K.LINE_OUT)
        assert [one.counts_from for one in stay.stamps(K.SHEET_HANDED)] == [counts]
        assert bool(stay.refused(RELEASED)) is (clinic.clock.at < floor)
        clinic.store.close()


def answer_all(clinic: SmallClinic, stay: Stay) -> None:
    for one in stay.incidents():
        if one.closed_at is None:
            close_incident(clinic.store, clinic.prescriber, one, "the pump says so")


def test_a_last_device_moved_earlier_is_answered_for_where_the_first_one_counts_for_the_release(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic, "SP56").sprayed()
    policy(clinic, release_anchor="first")
    stay.corrected(K.DOSE, instant(10, 13))
    assert "release-earlier" in stay.incidents()[-1].codes


# In steps: each of them takes nothing away by itself.


def struck(stay: Stay, kind: K) -> None:
    """The last entry of a kind that stands is struck out."""
    gone = {one.corrects for one in stay.stamps()}
    old = [one for one in stay.stamps(kind) if one.id not in gone][-1]
    stay.says(Stamp(kind=K.STRUCK, corrects=old.id, reason="another visit"), happened=True)


def floor_of(stay: Stay) -> datetime:
    """The earliest release, to the minute, by which the database judges."""
    return instant(0) + timedelta(minutes=(stay.visit.release_from or 0) - instant_minute(instant(0)))


def test_struck_out_and_recorded_anew_with_earlier_times_waits_for_an_answer(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").infused().at(11)
    struck(stay, K.INFUSION_START)
    struck(stay, K.INFUSION_STOP)
    stay.says(Stamp(kind=K.INFUSION_START, at=instant(10, 5), dose=35.0, unit="mg"), happened=True)
    stay.says(Stamp(kind=K.INFUSION_STOP, at=instant(10, 25)), happened=True)
    assert floor_of(stay) == instant(11, 25)
    stay.checked().is_(K.LINE_OUT)
    assert [one.counts_from for one in stay.stamps(K.SHEET_HANDED)] == [instant(10, 55)]
    assert set(stay.refused(RELEASED)) == {"release-recovery", "release-earlier"}
    answer_all(clinic, stay)
    assert floor_of(stay) == instant(10, 55)


def test_a_single_device_struck_out_and_recorded_anew_waits_for_an_answer(clinic: SmallClinic) -> None:
    stay = booked(clinic, "SP56").prepared()
    stay.device()
    stay.at(10, 40)
    struck(stay, K.DOSE)
    assert stay.incidents() == []  # nobody is dosed: there is nothing to release
    stay.says(Stamp(kind=K.DOSE, at=instant(10, 5), lot=LOT), happened=True)
    assert floor_of(stay) == instant(12, 10)
    assert "release-earlier" in stay.incidents()[-1].codes


def test_a_later_dose_after_one_that_was_struck_out_waits_for_nobody(clinic: SmallClinic) -> None:
    stay = booked(clinic, "SP56").prepared()
    stay.device()
    struck(stay.at(10, 12), K.DOSE)
    stay.at(10, 20).device()
    assert not any("release-earlier" in one.codes for one in stay.incidents())


def test_an_end_corrected_while_somebody_was_said_to_be_gone_waits_once_they_are_not(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic, "IVM").infused()
    stay.at(10, 58).is_(K.LEFT_EARLY, note="walked out")
    stay.corrected(K.INFUSION_STOP, instant(10, 20))
    struck(stay, K.LEFT_EARLY)
    assert "release-earlier" in stay.incidents()[-1].codes
    assert floor_of(stay) == instant(11, 25)


def test_an_end_corrected_while_another_infusion_was_said_to_run_waits_once_none_does(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic, "IVM").infused()
    stay.at(11, 1).says(Stamp(kind=K.INFUSION_START, dose=35.0, unit="mg"), happened=True)
    stay.corrected(K.INFUSION_STOP, instant(10, 30))
    struck(stay, K.INFUSION_START)
    assert "release-earlier" in stay.incidents()[-1].codes
    assert floor_of(stay) == instant(11, 25)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["correct", "strike", "anew", "go"]), st.sampled_from([S, E]), st.integers(5, 62)
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
def test_in_whatever_steps_the_latest_that_ever_stood_counts_until_somebody_answered(
    steps: list[tuple[str, K, int]],
) -> None:
    with TemporaryDirectory() as folder:
        clinic = build(Path(folder))
        stay = booked(clinic, "IVM").infused().at(11, 5)
        with clinic.store.read() as records:
            setup, visit_type = records.setup(), records.setup().type_by_id(stay.visit.type_id)
        latest = instant(11, 25)
        for what, kind, minute in [*steps, ("come back", K.TRANSFERRED, 0)]:
            with suppress(BadInput, Refusal):
                step(stay, what, kind, instant(10) + timedelta(minutes=minute))
            floor = floors.floor_of(standing(stay.stamps()), visit_type, setup)
            latest = max(latest, floor.at) if floor else latest
        if floor is not None:
            assert floor_of(stay) == latest
        clinic.store.close()


def step(stay: Stay, what: str, kind: K, at: datetime) -> None:
    there = standing(stay.stamps())
    if what == "go" and there.ended_at is None:
        stay.is_(K.TRANSFERRED, note="breathing")
    elif what == "anew":
        given = {"dose": 35.0, "unit": "mg"} if kind is S else {}
        stay.says(replace(Stamp(kind=kind, at=at), **given), happened=True)
    elif old := there.last(K.TRANSFERRED if what in ("go", "come back") else kind):
        changed = replace(old, id=0, version=0, at=at, deviations=(), corrects=old.id, reason="read wrong")
        struck = Stamp(kind=K.STRUCK, corrects=old.id, reason="another visit")
        stay.says(changed if what == "correct" else struck, happened=True)


def test_a_start_corrected_to_the_minute_of_the_end_comes_before_it_in_the_database_too(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic, "IVM").infused()
    stay.corrected(K.INFUSION_START, instant(10, 54))
    stay.corrected(K.INFUSION_START, instant(10, 55))
    stay.at(11, 25).checked().is_(K.LINE_OUT)
    assert stay.refused(RELEASED) == []


def test_a_first_device_charted_late_waits_where_the_first_one_counts(clinic: SmallClinic) -> None:
    stay = booked(clinic, "SP56").sprayed()
    policy(clinic, release_anchor="first")
    stay.device(instant(9, 40), happened=True)
    assert "release-earlier" in stay.incidents()[-1].codes
    assert floor_of(stay) == instant(12, 10)


def policy(clinic: SmallClinic, **changes: object) -> None:
    with clinic.store.write(PROGRAM) as unit:
        here = unit.setup().clinic
        unit.save(replace(here, policies=replace(here.policies, **changes)))
        unit.commit()


def test_a_setting_that_lets_go_earlier_holds_in_the_database_too(clinic: SmallClinic) -> None:
    policy(clinic, iv_recovery_minutes=60)
    stay = booked(clinic, "IVM").infused()
    stay.at(11, 28).checked().is_(K.LINE_OUT)
    assert stay.refused(RELEASED) == ["release-recovery"]
    policy(clinic, iv_recovery_minutes=30)
    assert stay.refused(RELEASED) == []


def test_a_prescriber_says_no_and_the_time_recorded_first_stands_again(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").infused()
    stay.at(10, 58).corrected(K.INFUSION_STOP, instant(10, 40))
    (incident,) = stay.incidents()
    with pytest.raises(BadInput):
        keep_first(clinic.store, clinic.prescriber, incident, " ")
    with pytest.raises(RightMissing):
        keep_first(clinic.store, clinic.nurse, incident, "the pump says 10:55")
    keep_first(clinic.store, clinic.prescriber, incident, "the pump says 10:55")
    (stands,) = (one for one in standing(stay.stamps()).stamps if one.kind is K.INFUSION_STOP)
    assert (stands.at, stands.reason) == (instant(10, 55), "the pump says 10:55")
    (closed,) = stay.incidents()
    assert (closed.answer, closed.closed_by) == ("the pump says 10:55", clinic.lin.id)
    stay.at(11, 20).checked().is_(K.LINE_OUT)
    assert stay.refused(RELEASED) == ["release-recovery"]
    stay.at(11, 25)
    assert stay.refused(RELEASED) == []


def test_a_device_that_was_struck_out_is_put_back_by_a_no(clinic: SmallClinic) -> None:
    stay = booked(clinic, "SP56").sprayed()
    last = stay.stamps(K.DOSE)[-1]
    stay.says(Stamp(kind=K.STRUCK, corrects=last.id, reason="never given"), happened=True)
    (incident,) = (one for one in stay.incidents() if "release-earlier" in one.codes)
    keep_first(clinic.store, clinic.prescriber, incident, "two were counted")
    devices = standing(stay.stamps()).devices
    assert [one.at for one in devices] == [instant(10, 10), instant(10, 15)]


def test_what_was_struck_out_and_recorded_anew_is_not_put_back_beside_it(clinic: SmallClinic) -> None:
    """There would be a third device in the record and in the drug log."""
    stay = booked(clinic, "SP56").sprayed()
    last = stay.stamps(K.DOSE)[-1]
    stay.says(Stamp(kind=K.STRUCK, corrects=last.id, reason="read wrong"), happened=True)
    (incident,) = (one for one in stay.incidents() if "release-earlier" in one.codes)
    stay.device(instant(10, 13), happened=True)
    with pytest.raises(BadInput, match="on the floor"):
        keep_first(clinic.store, clinic.prescriber, incident, "it was 10:15")
    assert [one.at for one in standing(stay.stamps()).devices] == [instant(10, 10), instant(10, 13)]


def test_a_no_lets_nobody_go_whose_release_was_struck_out(clinic: SmallClinic) -> None:
    """Somebody who is in the house would count as gone, and nothing would be due."""
    stay = booked(clinic, "SP56").sprayed()
    stay.at(12, 16).checked().is_(K.RELEASED)
    stay.at(12, 20).corrected(K.DOSE, instant(10, 11))
    (gone,) = stay.stamps(K.RELEASED)
    stay.says(Stamp(kind=K.STRUCK, corrects=gone.id, reason="is still here"))
    (incident,) = (one for one in stay.incidents() if "release-earlier" in one.codes)
    with pytest.raises(BadInput, match="on the floor"):
        keep_first(clinic.store, clinic.prescriber, incident, "it was 10:15")
    assert stay.state == "monitoring"
    assert "release-earlier" in stay.at(12, 13).refused(RELEASED)


@pytest.mark.parametrize(
    "later", [Stamp(kind=K.DOSE, lot="12K345"), Stamp(kind=K.VITALS, systolic=150, diastolic=94)]
)
def test_nobody_is_released_before_something_that_is_on_record_of_them(
    clinic: SmallClinic, later: Stamp
) -> None:
    """In words: the database would refuse it without any."""
    stay = booked(clinic, "SP56").sprayed()
    stay.at(12, 16).checked()
    stay.at(12, 25).says(later, happened=True)
    told = stay.at(12, 26).refused(replace(RELEASED, at=instant(12, 20)))
    assert "release-order" in told
    assert "release-order" in stay.refused(replace(RELEASED, at=instant(12, 20)), happened=True)


def test_what_was_changed_once_more_is_put_right_on_the_floor(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").infused()
    stay.at(10, 58).corrected(K.INFUSION_STOP, instant(10, 40))
    stay.at(10, 59).corrected(K.INFUSION_STOP, instant(10, 50))
    incident = stay.incidents()[0]
    with pytest.raises(BadInput, match="on the floor"):
        keep_first(clinic.store, clinic.prescriber, incident, "the pump says 10:55")
    assert all(one.closed_at is None for one in stay.incidents())
