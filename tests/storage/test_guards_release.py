"""H4, H5, H7, H9 in the database: nobody dosed is recorded as released while something is missing, whoever
writes. Truth is never refused: what happened otherwise has words of its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.discharge_forms import FORMS
from clinic_desktop.scheduling.model import Modality, Override, VisitType
from clinic_desktop.scheduling.states import CAME_TO_NOTHING
from clinic_desktop.storage import check
from clinic_desktop.storage.failures import GuardRefused
from clinic_desktop.storage.tables import metadata
from clinic_desktop.treatment.after import close_incident
from clinic_desktop.treatment.model import Stamp, StampKind
from tests.small_clinic import BEA, SmallClinic, instant
from tests.storage.conftest import Direct
from tests.storage.forging import unguarded
from tests.treatment.stays import Stay, booked

K = StampKind
CHECKS = (K.VITALS, K.PRESSURE_ACCEPTED, K.SETTLED, K.WALKS, K.SHEET_HANDED, K.DRIVER_SEEN)
USUAL = {"systolic": 124, "diastolic": 78, "oxygen": 98, "pulse": 70}


def past_the_rules(clinic: SmallClinic, visit_id: int, *stamps: Stamp, by: int | None = None) -> None:
    """What a program writes that knows none of our rules."""
    with clinic.store.write(PROGRAM) as unit:
        for one in stamps:
            signed = clinic.maya.id if by is None else by
            unit.add(replace(one, visit_id=visit_id, at=one.at or unit.at, recorded_at=unit.at, by=signed))
        unit.commit()


def letting_go_refused(stay: Stay, at: datetime | None = None, *, by: int | None = None) -> bool:
    """Whether the database takes no release of the stay as it is on record; one that it took stands."""
    try:
        past_the_rules(stay.clinic, stay.visit_id, Stamp(kind=K.RELEASED, at=at), by=by)
    except GuardRefused:
        return True
    return False


def checked(stay: Stay, *, without: StampKind | None = None, **numbers: object) -> Stay:
    """Everything but the clock, recorded now, but for one thing."""
    reading = USUAL | numbers
    pressure = {"systolic": reading["systolic"], "diastolic": reading["diastolic"]}
    more: dict[StampKind, dict[str, object]] = {
        K.VITALS: reading,
        K.PRESSURE_ACCEPTED: pressure,
        K.SHEET_HANDED: {"person": "patient", "counts_from": instant(10, 15)},
        K.DRIVER_SEEN: {"person": BEA.name},
    }
    left = [one for one in CHECKS if one is not without]
    made = [replace(Stamp(kind=one), **more.get(one, {})) for one in left]
    past_the_rules(stay.clinic, stay.visit_id, *made)
    return stay


def sprayed(clinic: SmallClinic) -> Stay:
    return booked(clinic).sprayed().at(12, 15)


def test_it_is_said_in_words(clinic: SmallClinic) -> None:
    with pytest.raises(GuardRefused, match="The release still lacks something"):
        past_the_rules(clinic, sprayed(clinic).visit_id, Stamp(kind=K.RELEASED))


def test_h4_with_everything_on_record_the_release_is_taken(clinic: SmallClinic) -> None:
    assert not letting_go_refused(checked(sprayed(clinic)))


def test_h4_not_before_the_planned_floor_nor_before_first_plus_120(clinic: SmallClinic) -> None:
    stay = checked(sprayed(clinic))
    assert letting_go_refused(stay, instant(12, 13))
    with clinic.store.write(PROGRAM) as unit:  # whatever the visit is made to say
        unit.save(replace(stay.visit, release_from=1))
        unit.commit()
    assert letting_go_refused(stay, instant(12, 9))
    assert not letting_go_refused(stay, instant(12, 10))


@pytest.mark.parametrize("missing", CHECKS, ids=str)
def test_h5_h7_h9_each_check_of_the_gate_is_asked_for(clinic: SmallClinic, missing: StampKind) -> None:
    assert letting_go_refused(checked(sprayed(clinic), without=missing))


@pytest.mark.parametrize("missing", [K.SETTLED, K.WALKS, K.VITALS, K.DRIVER_SEEN], ids=str)
def test_h5_a_check_from_before_the_last_dose_does_not_count(clinic: SmallClinic, missing: StampKind) -> None:
    stay = checked(sprayed(clinic), without=missing)
    early = replace(Stamp(kind=missing, at=instant(10, 12)), **(USUAL if missing is K.VITALS else {}))
    past_the_rules(clinic, stay.visit_id, early)
    assert letting_go_refused(stay)


@pytest.mark.parametrize("kind", [K.SETTLED, K.PRESSURE_ACCEPTED], ids=str)
def test_h5_what_was_struck_out_does_not_count(clinic: SmallClinic, kind: StampKind) -> None:
    stay = checked(sprayed(clinic))
    said = stay.stamps(kind)[0]
    past_the_rules(clinic, stay.visit_id, Stamp(kind=K.STRUCK, corrects=said.id, reason="another patient"))
    assert letting_go_refused(stay)


def test_h5_nobody_leaves_who_is_not_awake(clinic: SmallClinic) -> None:
    stay = checked(sprayed(clinic))
    past_the_rules(clinic, stay.visit_id, Stamp(kind=K.SEDATION, score=3))
    assert letting_go_refused(stay)
    past_the_rules(clinic, stay.at(12, 18).visit_id, Stamp(kind=K.SEDATION, score=4))
    assert not letting_go_refused(stay)


def test_h5_the_forty_minute_pressure_or_why_it_was_missed(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    stay.at(10, 15).device()
    stay.at(12, 15)
    checked(stay)
    assert letting_go_refused(stay)
    past_the_rules(clinic, stay.visit_id, Stamp(kind=K.FORTY_MISSED, note="the cuff was broken"))
    assert not letting_go_refused(stay)


def test_h5_the_pressure_before_the_dose(clinic: SmallClinic) -> None:
    stay = checked(sprayed(clinic))
    before = next(one for one in stay.stamps(K.VITALS) if one.at == instant(10, 4))
    past_the_rules(clinic, stay.visit_id, Stamp(kind=K.STRUCK, corrects=before.id, reason="another patient"))
    assert letting_go_refused(stay)


def test_h5_nobody_leaves_at_the_emergency_limit_that_the_clinic_set(clinic: SmallClinic) -> None:
    with clinic.store.write(PROGRAM) as unit:
        modality = next(one for one in unit.find(Modality) if one.rems)
        limits = replace(modality.limits, tell=(130, 95), emergency=(130, 95))
        unit.save(replace(modality, limits=limits))
        unit.commit()
    stay = sprayed(clinic)
    checked(stay, systolic=130)
    assert letting_go_refused(stay)
    checked(stay.at(12, 18), systolic=129, diastolic=95)
    assert letting_go_refused(stay)
    checked(stay.at(12, 20), systolic=129, diastolic=94)
    assert letting_go_refused(stay)  # a usual one does not answer for those at the limit
    accepted = Stamp(kind=K.PRESSURE_ACCEPTED, systolic=129, diastolic=95)
    past_the_rules(clinic, stay.visit_id, accepted)
    assert letting_go_refused(stay)  # by a nurse
    past_the_rules(clinic, stay.visit_id, accepted, by=clinic.lin.id)
    assert not letting_go_refused(stay)


def test_h5_an_emergency_right_before_the_dose_is_acknowledged(clinic: SmallClinic) -> None:
    stay = checked(sprayed(clinic))
    high = {"systolic": 190, "diastolic": 115}
    past_the_rules(clinic, stay.visit_id, replace(Stamp(kind=K.VITALS, at=instant(10, 7)), **high))
    assert letting_go_refused(stay)
    accepted = replace(Stamp(kind=K.PRESSURE_ACCEPTED), **high)
    past_the_rules(clinic, stay.visit_id, accepted, by=clinic.lin.id)
    assert not letting_go_refused(stay)


def test_h5_a_high_pressure_falls_or_a_prescriber_accepts_it(clinic: SmallClinic) -> None:
    stay = sprayed(clinic)
    checked(stay, systolic=150)  # 132/84 at the fortieth minute
    assert letting_go_refused(stay)
    accepted = Stamp(kind=K.PRESSURE_ACCEPTED, systolic=150, diastolic=78)
    past_the_rules(clinic, stay.visit_id, accepted, by=clinic.lin.id)
    assert not letting_go_refused(stay)


def test_h5_a_high_pressure_that_falls_is_signed_by_a_nurse(clinic: SmallClinic) -> None:
    stay = sprayed(clinic)
    higher = replace(Stamp(kind=K.VITALS, at=instant(12, 1)), **(USUAL | {"systolic": 156}))
    past_the_rules(clinic, stay.visit_id, higher)
    checked(stay, systolic=150)
    assert not letting_go_refused(stay)


@pytest.mark.parametrize("then", [{"systolic": 144, "diastolic": 91}, {"systolic": 150, "diastolic": 92}])
def test_h5_a_high_pressure_is_lower_than_the_one_before_it(
    clinic: SmallClinic, then: dict[str, int]
) -> None:
    """Not than some other one."""
    stay = sprayed(clinic)
    for minute, numbers in ((1, {"systolic": 158, "diastolic": 94}), (8, then)):
        past_the_rules(
            clinic, stay.visit_id, replace(Stamp(kind=K.VITALS, at=instant(12, minute)), **numbers)
        )
    checked(stay, systolic=150, diastolic=92)
    assert letting_go_refused(stay)


def test_h5_a_pressure_that_was_corrected_is_not_what_the_last_one_fell_from(clinic: SmallClinic) -> None:
    stay = sprayed(clinic)
    typed = Stamp(kind=K.VITALS, at=instant(12, 1), systolic=190, diastolic=99)
    past_the_rules(clinic, stay.visit_id, typed)
    old = stay.stamps(K.VITALS)[-1]
    past_the_rules(clinic, stay.visit_id, replace(typed, systolic=149, corrects=old.id, reason="read wrong"))
    checked(stay, systolic=150, diastolic=92)
    assert letting_go_refused(stay)


def test_the_form_that_the_type_asks_for(clinic: SmallClinic) -> None:
    stay = checked(sprayed(clinic))
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(VisitType, stay.visit.type_id), discharge_form="aldrete"))
        unit.commit()
    assert letting_go_refused(stay)
    form = Stamp(kind=K.DISCHARGE_FORM, form="aldrete", form_items=FORMS["aldrete"])
    early = replace(form, at=instant(11, 43), form_scores=(2, 2, 2, 2, 2))
    past_the_rules(clinic, stay.visit_id, early, replace(early, at=None, form="padss"))
    assert letting_go_refused(stay)  # before the last half hour, and another form
    past_the_rules(clinic, stay.visit_id, replace(form, form_scores=(2, 1, 2, 2, 1)))
    assert letting_go_refused(stay)  # 8 of 10
    past_the_rules(clinic, stay.at(12, 18).visit_id, replace(form, form_scores=(2, 2, 1, 2, 2)))
    assert not letting_go_refused(stay)


def test_h9_the_last_sheet_counts_and_only_one_from_after_the_dose(clinic: SmallClinic) -> None:
    stay = checked(sprayed(clinic))
    other = Stamp(kind=K.SHEET_HANDED, person="patient", counts_from=instant(10, 10))
    past_the_rules(clinic, stay.at(12, 16).visit_id, other)
    assert letting_go_refused(stay)
    old = stay.stamps(K.SHEET_HANDED)[-1]
    right = replace(other, at=instant(10, 14), counts_from=instant(10, 15))
    past_the_rules(clinic, stay.visit_id, replace(right, corrects=old.id, reason="read wrong"))
    first = stay.stamps(K.SHEET_HANDED)[0]
    past_the_rules(clinic, stay.visit_id, Stamp(kind=K.STRUCK, corrects=first.id, reason="another patient"))
    assert letting_go_refused(stay)  # before the last device


def test_h5_at_the_limit_for_telling_the_prescriber_it_falls_twice(
    clinic: SmallClinic,
) -> None:
    stay = sprayed(clinic)
    for minute, systolic in ((0, 176), (5, 170)):
        higher = replace(Stamp(kind=K.VITALS, at=instant(12, minute)), **(USUAL | {"systolic": systolic}))
        past_the_rules(clinic, stay.visit_id, higher)
        if systolic == 176:
            checked(stay, systolic=170)
            assert letting_go_refused(stay)  # it fell once
            (once,) = [one for one in stay.stamps(K.VITALS) if one.at == instant(12, 15)]
            past_the_rules(clinic, stay.visit_id, Stamp(kind=K.STRUCK, corrects=once.id, reason="wrong room"))
    checked(stay, systolic=164)
    assert not letting_go_refused(stay)


def test_h5_a_low_oxygen_is_accepted_by_a_prescriber_or_taken_again(clinic: SmallClinic) -> None:
    stay = checked(sprayed(clinic), oxygen=92)
    assert letting_go_refused(stay)
    accepted = Stamp(kind=K.PRESSURE_ACCEPTED, systolic=124, diastolic=78, oxygen=92)
    past_the_rules(clinic, stay.visit_id, accepted)
    assert letting_go_refused(stay)  # by a nurse
    past_the_rules(clinic, stay.visit_id, accepted, by=clinic.lin.id)
    assert not letting_go_refused(stay)


def test_h5_oxygen_above_the_limit_is_enough(clinic: SmallClinic) -> None:
    assert not letting_go_refused(checked(sprayed(clinic), oxygen=93))


def test_h5_signed_by_a_nurse_or_a_prescriber(clinic: SmallClinic) -> None:
    stay = checked(sprayed(clinic))
    with clinic.store.write(PROGRAM) as unit:
        kim = unit.add(Staff(name="Kim Reyes", roles=frozenset({Role.RECEPTIONIST, Role.MANAGER})))
        unit.commit()
    assert letting_go_refused(stay, by=kim.id)
    assert not letting_go_refused(stay, by=clinic.lin.id)


def test_h6_devices_of_the_planned_dose_that_nobody_gave(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    stay.at(10, 50).vitals()
    stay.at(12, 15)
    past_the_rules(clinic, stay.visit_id, *gate_of(instant(10, 10)))
    assert letting_go_refused(stay)
    past_the_rules(clinic, stay.visit_id, Stamp(kind=K.DOSING_ENDED, note="unwell"))
    assert not letting_go_refused(stay)


def test_h7_a_prescribers_permission_stands_for_the_driver_a_deviation_does_not(clinic: SmallClinic) -> None:
    stay = checked(sprayed(clinic), without=K.DRIVER_SEEN)
    visit = stay.visit
    over = Override(
        visit_id=visit.id, rule="driver-release", by=clinic.lin.id, reason="neighbor waits outside"
    )
    for deviation in (True, False):
        with clinic.store.write(PROGRAM) as unit:
            unit.add(replace(over, deviation=deviation, day=visit.day, minute=visit.minute))
            unit.commit()
        assert letting_go_refused(stay) == deviation


@pytest.mark.parametrize("rule", ["driver", "driver-release", "dose-first-84"])
def test_a_prescriber_and_nobody_else_goes_over_a_rule_of_the_treatment_room(
    clinic: SmallClinic, rule: str
) -> None:
    visit = booked(clinic).visit
    over = Override(visit_id=visit.id, rule=rule, by=clinic.lin.id, reason="a neighbor", day=visit.day)

    def give(one: Override) -> None:
        with clinic.store.write(PROGRAM) as unit:
            unit.add(one)
            unit.commit()

    for refused in (replace(over, by=clinic.maya.id), replace(over, reason=" ")):
        with pytest.raises(GuardRefused, match="prescriber"):
            give(refused)
    for allowed in (over, replace(over, by=clinic.maya.id, deviation=True)):
        give(allowed)


def test_an_infusion_that_runs_and_a_line_that_is_in(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").prepared().at(10, 15)
    stay.is_(K.INFUSION_START, dose=35.0, unit="mg")
    stay.at(12, 15)
    past_the_rules(clinic, stay.visit_id, *gate_of(instant(10, 15)))
    assert letting_go_refused(stay)
    stay.is_(K.INFUSION_STOP, instant(10, 55))
    past_the_rules(clinic, stay.visit_id, *gate_of(instant(10, 55)))
    assert letting_go_refused(stay)
    past_the_rules(clinic, stay.visit_id, Stamp(kind=K.LINE_OUT))
    assert not letting_go_refused(stay)


def test_an_infusion_runs_whatever_is_given_beside_it(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").prepared().at(10, 15)
    stay.is_(K.INFUSION_START, dose=35.0, unit="mg")
    stay.at(10, 20).says(Stamp(kind=K.DOSE, dose=4.0, unit="mg", route="IM"), happened=True)
    stay.at(12, 15)
    past_the_rules(clinic, stay.visit_id, *gate_of(instant(10, 20)), Stamp(kind=K.LINE_OUT))
    assert letting_go_refused(stay)
    stay.is_(K.INFUSION_STOP, instant(10, 55))
    past_the_rules(clinic, stay.visit_id, *gate_of(instant(10, 55)))
    assert not letting_go_refused(stay)


@pytest.mark.parametrize(
    ("kind", "at"),
    [
        (K.ARRIVED, instant(10, 3)),
        (K.IN_ROOM, instant(10, 16)),
        (K.INFUSION_START, instant(9, 55)),
        (K.INFUSION_STOP, instant(9, 52)),
    ],
    ids=lambda one: str(one) if isinstance(one, StampKind) else "",
)
def test_times_of_the_visit_that_cannot_all_be_true(
    clinic: SmallClinic, kind: StampKind, at: datetime
) -> None:
    stay = booked(clinic, "IVM").infused()
    old = stay.stamps(kind)[0]
    past_the_rules(clinic, stay.visit_id, replace(old, id=0, at=at, corrects=old.id, reason="read wrong"))
    stopped = at if kind is K.INFUSION_STOP else instant(10, 55)
    stay.at(12, 15)
    if kind is K.INFUSION_START:  # a pressure before that as well
        past_the_rules(clinic, stay.visit_id, replace(Stamp(kind=K.VITALS, at=instant(9, 54)), **USUAL))
    past_the_rules(clinic, stay.visit_id, *gate_of(stopped), Stamp(kind=K.LINE_OUT))
    assert letting_go_refused(stay)
    (wrong,) = [one for one in stay.stamps(kind) if one.corrects == old.id]
    past_the_rules(
        clinic,
        stay.visit_id,
        replace(old, id=0, corrects=wrong.id, reason="it was right"),
        *gate_of(instant(10, 55)),
    )
    assert not letting_go_refused(stay)


def test_an_end_before_anything_was_given(clinic: SmallClinic) -> None:
    """The start was struck out, and something was injected after the end."""
    stay = booked(clinic, "IVM").infused().at(11, 10)
    stay.says(Stamp(kind=K.DOSE, dose=4.0, unit="mg", route="IM"), happened=True)
    start = stay.stamps(K.INFUSION_START)[0]
    stay.at(11, 11).says(Stamp(kind=K.STRUCK, corrects=start.id, reason="another patient"), happened=True)
    for incident in stay.incidents():
        close_incident(clinic.store, clinic.prescriber, incident, "as it was")
    past_the_rules(clinic, stay.at(12, 30).visit_id, *gate_of(instant(11, 10)), Stamp(kind=K.LINE_OUT))
    assert letting_go_refused(stay)
    stop = stay.stamps(K.INFUSION_STOP)[0]
    past_the_rules(clinic, stay.visit_id, Stamp(kind=K.STRUCK, corrects=stop.id, reason="another patient"))
    assert not letting_go_refused(stay)


def test_an_earlier_end_waits_for_a_prescribers_answer(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").infused().at(10, 58)
    stay.corrected(K.INFUSION_STOP, instant(10, 40))
    past_the_rules(clinic, stay.at(11, 12).visit_id, *gate_of(instant(10, 40)), Stamp(kind=K.LINE_OUT))
    assert letting_go_refused(stay)
    close_incident(clinic.store, clinic.prescriber, stay.incidents()[0], "the pump says 10:40")
    assert not letting_go_refused(stay)


def test_meanwhile_a_sheet_by_the_earlier_end_does_not_count(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").infused().at(10, 58)
    stay.corrected(K.INFUSION_STOP, instant(10, 40))
    past_the_rules(clinic, stay.at(12, 15).visit_id, *gate_of(instant(10, 40)), Stamp(kind=K.LINE_OUT))
    assert letting_go_refused(stay)
    past_the_rules(clinic, stay.visit_id, *gate_of(instant(10, 55)))
    assert not letting_go_refused(stay)


def test_a_danger_that_was_struck_out_waits_for_a_prescriber(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(11)
    (reading,) = stay.vitals(192, 118).stamps
    stay.says(Stamp(kind=K.STRUCK, corrects=reading.id, reason="a slip"))
    checked(stay.at(12, 16))
    assert letting_go_refused(stay)
    close_incident(clinic.store, clinic.prescriber, stay.incidents()[0], "the cuff was loose")
    assert not letting_go_refused(stay)


def _struck_and_anew(stay: Stay) -> None:
    """The end of the infusion, struck out and recorded anew for an earlier time."""
    stay.at(11).says(Stamp(kind=K.STRUCK, corrects=stay.stamps(K.INFUSION_STOP)[0].id, reason="read wrong"))
    stay.says(Stamp(kind=K.INFUSION_STOP, at=instant(10, 40)), happened=True)


def _put_right_where_it_had_ended(stay: Stay) -> None:
    """The end put right while somebody was recorded as gone, and that struck out."""
    gone = stay.at(11).is_(K.LEFT_EARLY, note="walked out").stamps[0]
    stay.at(11, 1).corrected(K.INFUSION_STOP, instant(10, 40))
    stay.says(Stamp(kind=K.STRUCK, corrects=gone.id, reason="another patient"), happened=True)


@pytest.mark.parametrize("steps", [_struck_and_anew, _put_right_where_it_had_ended])
def test_meanwhile_nor_does_one_where_the_earlier_end_came_in_steps(
    clinic: SmallClinic, steps: Callable[[Stay], None]
) -> None:
    stay = booked(clinic, "IVM").infused()
    steps(stay)
    (waits,) = (one for one in stay.incidents() if "release-earlier" in one.codes)
    past_the_rules(clinic, stay.at(12, 15).visit_id, *gate_of(instant(10, 40)), Stamp(kind=K.LINE_OUT))
    assert letting_go_refused(stay)
    close_incident(clinic.store, clinic.prescriber, waits, "the pump says 10:40")
    assert not letting_go_refused(stay)


def test_meanwhile_a_sheet_by_what_stood_in_between_counts_no_more_than_one_by_the_earlier_end(
    clinic: SmallClinic,
) -> None:
    """The latest of what stood counts, and nothing else that is later than the earlier end."""
    stay = booked(clinic, "IVM").infused().at(10, 58)
    for minute in (50, 40):
        stay.corrected(K.INFUSION_STOP, instant(10, minute))
    past_the_rules(clinic, stay.at(12, 15).visit_id, *gate_of(instant(10, 50)), Stamp(kind=K.LINE_OUT))
    assert letting_go_refused(stay)
    past_the_rules(clinic, stay.at(12, 16).visit_id, *gate_of(instant(10, 55)))
    assert not letting_go_refused(stay)


def test_only_a_prescriber_closes_an_incident_and_the_answer_stays(
    clinic: SmallClinic, direct: Direct
) -> None:
    """A release may wait for it."""
    stay = booked(clinic, "IVM").infused().at(10, 58)
    stay.corrected(K.INFUSION_STOP, instant(10, 40))
    close = "UPDATE incident SET closed_at = 1, answer = 'Fine', closed_by = {}"
    assert "answered by no prescriber" in direct.refused(close.format(clinic.maya.id))
    assert "append only" in direct.refused("UPDATE incident SET codes = '[]'")
    direct.run(close.format(clinic.lin.id))
    assert "append only" in direct.refused("UPDATE incident SET answer = 'No'")


def gate_of(last_dose: datetime) -> list[Stamp]:
    """The checks of a release, by the last dose."""
    numbers = {"systolic": 124, "diastolic": 78}
    return [
        replace(Stamp(kind=K.VITALS), **USUAL),
        replace(Stamp(kind=K.PRESSURE_ACCEPTED), **numbers),
        Stamp(kind=K.SETTLED),
        Stamp(kind=K.WALKS),
        Stamp(kind=K.SHEET_HANDED, counts_from=last_dose),
        Stamp(kind=K.DRIVER_SEEN, person=BEA.name),
    ]


def test_the_state_cannot_say_left_of_somebody_whom_nobody_let_go(
    clinic: SmallClinic, direct: Direct
) -> None:
    stay = sprayed(clinic)
    assert "release refused" in direct.refused(f"UPDATE visit SET state = 'left' WHERE id = {stay.visit_id}")
    for truth in ("left early", "transferred"):
        direct.run(f"UPDATE visit SET state = '{truth}' WHERE id = {stay.visit_id}")


@pytest.mark.parametrize("state", sorted(CAME_TO_NOTHING))
def test_the_state_cannot_say_of_somebody_dosed_that_there_was_no_treatment(
    clinic: SmallClinic, direct: Direct, state: str
) -> None:
    """Without a claim no board and no floor would show them any more."""
    stay = sprayed(clinic)
    said = direct.refused(f"UPDATE visit SET state = '{state}' WHERE id = {stay.visit_id}")
    assert "release refused" in said
    with unguarded(clinic.store.where) as past:
        past.silent(f"DELETE FROM claim WHERE visit_id = {stay.visit_id}")
        past.silent(f"UPDATE visit SET state = '{state}' WHERE id = {stay.visit_id}")
    found = {one.code: one.message for one in check.findings(clinic.store.where)}
    assert found["releases"] == f"Visit {stay.visit_id} is {state}, and a dose was given."


def test_raw_sql_lets_nobody_go(clinic: SmallClinic, direct: Direct) -> None:
    stay = sprayed(clinic)
    told = {"id", "kind", "at", "by"}
    columns = ", ".join(one.name for one in metadata.tables["stamp"].columns if one.name not in told)
    copy = f"""INSERT INTO stamp ({columns}, kind, at, "by") SELECT {columns}, 'released', {{}}, "by"
               FROM stamp WHERE visit_id = {stay.visit_id} AND kind = 'arrived'"""
    second = int(instant(14).timestamp())
    assert "release refused" in direct.refused(copy.format(second))
    checked(stay.at(14))
    direct.run(copy.format(second))


def _a_note(stay: Stay) -> int:
    return stay.says(Stamp(kind=K.NOTE, note="seen")).stamps[0].id


def _a_release_that_was_struck_out(stay: Stay) -> int:
    released = checked(stay).is_(K.RELEASED).stamps[0]
    stay.says(Stamp(kind=K.STRUCK, corrects=released.id, reason="another patient"))
    past_the_rules(stay.clinic, stay.visit_id, Stamp(kind=K.VITALS, **USUAL | {"systolic": 210}))
    return released.id


@pytest.mark.parametrize("named", [_a_note, _a_release_that_was_struck_out])
def test_a_release_that_names_what_it_does_not_correct_is_asked_like_any(
    clinic: SmallClinic, direct: Direct, named: Callable[[Stay], int]
) -> None:
    stay = sprayed(clinic)
    false = Stamp(kind=K.RELEASED, corrects=named(stay), reason="slip")
    with pytest.raises(GuardRefused, match="The release still lacks something"):
        past_the_rules(clinic, stay.visit_id, false)
    assert "release refused" in direct.refused(f"UPDATE visit SET state = 'left' WHERE id = {stay.visit_id}")


def test_a_correction_of_a_release_says_how_it_was(clinic: SmallClinic) -> None:
    stay = checked(sprayed(clinic))
    saved = stay.is_(K.RELEASED).stamps[0]
    stay.at(12, 20)
    corrected = Stamp(kind=K.RELEASED, at=instant(12, 5), corrects=saved.id, reason="typed the wrong hour")
    stay.says(corrected, happened=True)
    (incident,) = stay.incidents()
    assert "release-floor" in incident.codes
