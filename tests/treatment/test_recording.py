"""Permission and truth: what the rules refuse, what is always saved, and what it leaves behind."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import BadInput, Refusal, RightMissing
from clinic_desktop.people.model import Absence, Clearance, Indication, Patient, TransportKind
from clinic_desktop.scheduling.calls import CallOutcome
from clinic_desktop.scheduling.cancelling import CancelReason, cancel, miss
from clinic_desktop.scheduling.holding import name_driver
from clinic_desktop.scheduling.model import ClaimKind, Closure, GoingHomeProfile
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.after import close_incident
from clinic_desktop.treatment.model import Stamp, StampKind
from tests.small_clinic import BEA, FRONT_DESK, MONDAY, SmallClinic, instant
from tests.treatment.stays import ANSWERED, LOT, K, booked


def test_a_spravato_session_from_the_door_to_the_door(clinic: SmallClinic) -> None:
    stay = booked(clinic)
    seen = []
    for step in (stay.prepared, stay.sprayed):
        step()
        seen.append(stay.state)
    stay.at(12, 10).checked()
    stay.at(12, 14)
    assert stay.refused(Stamp(kind=K.RELEASED)) == ["release-floor"]
    stay.at(12, 15).is_(K.RELEASED)
    assert seen == ["in room", "monitoring"]
    assert stay.state == "left"
    assert not stay.incidents()


def test_h4_release_is_refused_at_minute_119_and_granted_at_120(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(12, 14, 59).checked()
    assert stay.refused(Stamp(kind=K.RELEASED)) == ["release-floor"]
    assert stay.at(12, 15).refused(Stamp(kind=K.RELEASED)) == []


def test_a_clock_reading_ahead_of_the_clock_opens_no_gate(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(12, 14).checked()
    assert stay.refused(Stamp(kind=K.RELEASED, at=instant(12, 15))) == ["release-floor"]
    with pytest.raises(BadInput) as slip:
        stay.is_(K.RELEASED, instant(12, 17))
    assert list(slip.value.problems) == ["time"]


def test_a_clock_on_the_wall_that_runs_ahead_is_taken_as_now(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(9, 50)
    assert stay.is_(K.ARRIVED, instant(9, 51)).stamps[0].at == instant(9, 50)


def test_two_devices_three_minutes_apart_are_recorded_as_they_were(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    stay.at(10, 13)
    assert stay.refused(Stamp(kind=K.DOSE, lot="12K345")) == ["dose-rest"]
    saved = stay.device(happened=True).stamps[0]
    assert (saved.device, saved.at, saved.deviations) == (2, instant(10, 13), ("dose-rest",))
    assert [one.codes for one in stay.incidents()] == [("dose-rest",)]
    assert stay.state == "monitoring"


def test_a_part_of_a_device_is_recorded_as_it_was_given(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    stay.at(10, 15)
    part = Stamp(kind=K.DOSE, lot="12K345", dose=14.0)
    assert stay.refused(part) == ["dose-part"]
    saved = stay.says(part, happened=True).stamps[0]
    assert (saved.device, saved.dose, saved.unit, saved.deviations) == (2, 14.0, "mg", ("dose-part",))
    assert [one.codes for one in stay.incidents()] == [("dose-part",)]
    assert stay.state == "monitoring"


def test_a_dose_without_a_driver_is_true_and_gives_no_permission(clinic: SmallClinic) -> None:
    stay = booked(clinic, plan=None).prepared()
    assert stay.state == "held"
    assert stay.refused(Stamp(kind=K.DOSE, lot="1")) == ["dose-driver"]
    stay.device(happened=True)
    assert stay.state == "dosing"
    assert [(one.rule, one.deviation) for one in stay.overrides()] == [("driver", True)]
    assert [one.codes for one in stay.incidents()] == [("dose-driver",)]
    stay.at(10, 15).device()
    stay.at(10, 50).vitals()
    stay.at(12, 20).vitals()
    for kind in (K.PRESSURE_ACCEPTED, K.SETTLED, K.WALKS):
        stay.is_(kind)
    stay.is_(K.SHEET_HANDED, person="Amara")
    assert stay.refused(Stamp(kind=K.RELEASED)) == ["release-driver"]


def test_struck_out_it_leaves_no_permission_behind(clinic: SmallClinic) -> None:
    stay = booked(clinic, plan=None).prepared()
    wrong = stay.device(happened=True).stamps[0]
    stay.is_(K.STRUCK, corrects=wrong.id, reason="another patient's device")
    assert stay.state == "held"
    assert stay.refused(Stamp(kind=K.DOSE, lot="1")) == ["dose-driver"]


def test_everything_at_once_is_refused_together_and_opens_one_incident(clinic: SmallClinic) -> None:
    stay = booked(clinic, plan=None)
    with clinic.store.write(clinic.prescriber) as unit:
        cleared = unit.find(Clearance, patient_id=clinic.amara.id)
        for one in cleared:
            unit.save(replace(one, withdrawn_at=instant(9)))
        unit.commit()
    stay.at(10)
    against = ["dose-lot", "dose-clearance", "dose-driver", "dose-pressure"]
    assert stay.refused(Stamp(kind=K.DOSE)) == [*against, "dose-not-asked"]
    assert stay.stamps() == []
    stay.says(Stamp(kind=K.DOSE), happened=True)
    assert [one.codes for one in stay.incidents()] == [tuple(against)]
    assert stay.state == "dosing"


def test_happened_without_a_rule_against_it_is_no_deviation(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    assert stay.device(happened=True).stamps[0].deviations == ()
    assert not stay.incidents()


def test_nobody_is_released_past_the_gate_and_who_has_gone_has_left_before_release(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic).sprayed().at(11, 20)
    missing = stay.refused(Stamp(kind=K.RELEASED))
    assert "release-floor" in missing
    with pytest.raises(Refusal) as refusal:
        stay.says(Stamp(kind=K.RELEASED), happened=True)
    assert [one.code for one in refusal.value.findings] == [*missing, "release-not-given"]
    assert stay.stamps(K.RELEASED) == []
    stay.is_(K.LEFT_EARLY, note="walked out")
    assert (stay.state, stay.visit.left is not None) == ("left before release", True)
    assert len(stay.incidents()) == 1


def test_several_facts_are_saved_together_or_not_at_all(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared().at(10, 20)
    two = [Stamp(kind=K.DOSE, at=instant(10, 10), lot="1"), Stamp(kind=K.DOSE, at=instant(10, 13), lot="1")]
    assert stay.refused(*two) == ["dose-rest"]
    assert stay.stamps(K.DOSE) == []
    assert [one.device for one in stay.says(*two, happened=True).stamps] == [1, 2]


def test_an_hour_charted_on_paper_is_judged_as_it_was(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(13)
    stay.says(
        Stamp(kind=K.ARRIVED, at=instant(9, 50)),
        Stamp(kind=K.IN_ROOM, at=instant(10)),
        replace(ANSWERED, at=instant(10, 2)),
        Stamp(kind=K.VITALS, at=instant(10, 4), systolic=124, diastolic=78),
        Stamp(kind=K.DOSE, at=instant(10, 10), lot="1"),
        Stamp(kind=K.DOSE, at=instant(10, 15), lot="1"),
    )
    assert stay.state == "monitoring"
    assert not stay.incidents()
    assert all(one.recorded_at == instant(13) for one in stay.stamps())


def test_a_pressure_taken_after_the_dose_does_not_allow_a_dose_charted_late(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(10, 30)
    stay.says(replace(ANSWERED, at=instant(10, 2)))
    stay.vitals(at=instant(10, 20))
    assert stay.refused(Stamp(kind=K.DOSE, at=instant(10, 10), lot="1")) == ["dose-pressure"]


def test_a_high_pressure_before_the_dose_is_not_a_nurses_to_accept(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.vitals(152, 94)
    with pytest.raises(RightMissing):
        stay.is_(K.PRESSURE_ACCEPTED)
    with pytest.raises(RightMissing):
        stay.says(Stamp(kind=K.PRESSURE_ACCEPTED), happened=True)
    signed = stay.says(Stamp(kind=K.PRESSURE_ACCEPTED), by=clinic.prescriber).stamps[0]
    assert (signed.systolic, signed.diastolic, signed.by) == (152, 94, clinic.lin.id)
    assert stay.refused(Stamp(kind=K.DOSE, lot="1")) == []


def test_an_acknowledgement_is_of_the_pressure_that_waits_for_it_not_of_the_last(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(11)
    stay.vitals(190, 115)
    stay.at(11, 10).vitals(138, 84)
    with pytest.raises(RightMissing):
        stay.is_(K.PRESSURE_ACCEPTED)
    signed = stay.says(Stamp(kind=K.PRESSURE_ACCEPTED), by=clinic.prescriber).stamps[0]
    assert (signed.systolic, signed.diastolic) == (190, 115)
    assert stay.is_(K.PRESSURE_ACCEPTED).stamps[0].systolic == 138


@pytest.mark.parametrize("kind", [K.DOSE, K.INFUSION_START])
def test_a_high_pressure_typed_after_the_dose_with_its_minute_is_held_against_nobody(
    clinic: SmallClinic, kind: StampKind
) -> None:
    stay = booked(clinic, "SP56" if kind is K.DOSE else "IVM").prepared()
    stay.says(Stamp(kind=kind, lot="1" if kind is K.DOSE else "", dose=28.0, unit="mg"))
    saved = stay.at(10, 13).vitals(190, 115, at=instant(10, 10)).stamps[0]
    assert (saved.deviations, stay.incidents()) == ((), [])


def test_a_dose_moved_into_the_minute_of_a_pressure_charted_after_it_is_held_against_nobody(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic).at(10, 12)
    dose = stay.device(happened=True).stamps[0]
    assert dose.deviations == ("dose-pressure",)
    stay.at(10, 20).vitals(at=instant(10, 10))
    moved = replace(dose, id=0, version=0, at=instant(10, 10), corrects=dose.id, reason="by the sheet")
    saved = stay.says(replace(moved, deviations=()), happened=True).stamps[0]
    assert saved.deviations == ("release-earlier",)  # asks a prescriber, and holds nothing against the dose


def test_a_high_pressure_charted_later_for_the_minute_before_the_dose_is_told(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    saved = stay.at(10, 13).vitals(190, 115, at=instant(10, 9)).stamps[0]
    assert saved.deviations == ("dose-pressure-high",)


def test_a_pressure_that_stays_high_after_the_dose_is_a_prescribers_to_accept(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(12, 20)
    stay.vitals(150, 92)
    with pytest.raises(RightMissing):
        stay.is_(K.PRESSURE_ACCEPTED)
    stay.at(12, 30).vitals(146, 90)
    stay.is_(K.PRESSURE_ACCEPTED)  # it falls: a nurse's to sign


@pytest.mark.parametrize(
    ("high", "low", "told"),
    [(159, 99, []), (160, 99, ["pressure-tell"]), (180, 90, ["pressure-emergency"])],
)
def test_a_limit_after_the_dose_is_told_at_once(
    clinic: SmallClinic, high: int, low: int, told: list[str]
) -> None:
    stay = booked(clinic).sprayed().at(11)
    assert [one.code for one in stay.vitals(high, low).warnings] == told


@pytest.mark.parametrize(("oxygen", "told"), [(93, []), (92, ["oxygen-tell"])])
def test_a_low_oxygen_after_the_dose_is_told_at_once(
    clinic: SmallClinic, oxygen: int, told: list[str]
) -> None:
    stay = booked(clinic).sprayed().at(11)
    reading = Stamp(kind=K.VITALS, systolic=124, diastolic=78, oxygen=oxygen)
    assert [one.code for one in stay.says(reading).warnings] == told


def test_the_next_pressure_is_due_as_the_clock_shows_it(clinic: SmallClinic) -> None:
    told = booked(clinic).sprayed().at(11, 0, 40).vitals(165, 99).warnings
    assert [one.params["time"] for one in told] == ["11:10 AM"]


def test_missing_consent_is_told_beside_the_dose(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(10, 4)
    stay.says(ANSWERED)
    stay.vitals()
    assert [one.code for one in stay.device().warnings] == ["dose-consent", "dose-score"]


@pytest.mark.parametrize(
    ("kind", "role", "may"),
    [
        (K.ARRIVED, Role.RECEPTIONIST, True),
        (K.DRIVER_SEEN, Role.RECEPTIONIST, True),
        (K.SHEET_HANDED, Role.RECEPTIONIST, True),
        (K.VITALS, Role.RECEPTIONIST, False),
        (K.DOSE, Role.RECEPTIONIST, False),
        (K.DOSE, Role.THERAPIST, False),
        (K.SETTLED, Role.RECEPTIONIST, False),
        (K.WALKS, Role.MANAGER, False),
        (K.LINE_OUT, Role.THERAPIST, False),
        (K.PRESSURE_ACCEPTED, Role.RECEPTIONIST, False),
        (K.RELEASED, Role.RECEPTIONIST, False),
        (K.TRANSFERRED, Role.RECEPTIONIST, True),
        (K.SETTLED, Role.PRESCRIBER, True),
    ],
)
def test_who_may_record(clinic: SmallClinic, kind: object, role: Role, may: bool) -> None:
    stay = booked(clinic).sprayed().at(12, 20)
    actor = Actor(0, frozenset({role}), "a desk")
    full = Stamp(
        kind=K(kind), systolic=None, dose=28.0, lot="1", person="Bea Marsh", note="a reason", phone="1"
    )
    full = replace(full, systolic=120, diastolic=80) if kind is K.VITALS else full
    if may:
        assert stay.says(full, by=actor, happened=True).stamps
    else:
        with pytest.raises(RightMissing):
            stay.says(full, by=actor, happened=True)


def test_a_visit_without_a_dose_is_not_released_and_a_dosed_one_not_sent_home_untreated(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic).prepared()
    for kind in (K.RELEASED, K.LEFT_EARLY, K.LEFT, K.READY):
        with pytest.raises(BadInput) as slip:
            stay.says(Stamp(kind=kind, note="a reason"), happened=True)
        assert list(slip.value.problems) == ["kind"]
    stay.device()
    for kind in (K.NOT_TREATED, K.LEFT):
        with pytest.raises(BadInput) as slip:
            stay.says(Stamp(kind=kind, note="a reason"), happened=True)
        assert list(slip.value.problems) == ["kind"]


def test_the_front_desk_cannot_close_a_treatment_past_the_gate(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(13)
    with pytest.raises(BadInput):
        stay.says(Stamp(kind=K.LEFT), by=FRONT_DESK)
    assert stay.state == "monitoring"


def test_high_pressure_ends_arrived_not_treated(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.vitals(168, 102)
    with pytest.raises(BadInput) as slip:
        stay.is_(K.NOT_TREATED)
    assert list(slip.value.problems) == ["note"]
    stay.at(10, 20).is_(K.NOT_TREATED, note="pressure")
    assert (stay.state, stay.visit.end_reason) == ("arrived, not treated", "pressure")
    assert stay.room_claim() == (instant(10), instant(10, 35))  # 15 minutes of turnover
    assert stay.forms() == []
    assert stay.incidents() == []


@pytest.mark.parametrize(
    ("kind", "state"), [(K.LEFT_EARLY, "left before release"), (K.TRANSFERRED, "transferred")]
)
def test_leaving_out_of_turn_is_always_possible(clinic: SmallClinic, kind: object, state: str) -> None:
    stay = booked(clinic).sprayed().at(11, 20)
    stay.is_(K(kind), instant(11, 18), note="walked out")
    stay.is_(K.TOLD, person="Dr. Lin")
    stay.called("Bea Marsh", outcome=CallOutcome.NO_ANSWER)
    assert stay.state == state
    assert [one.codes for one in stay.incidents()] == [(state,)]
    (form,) = stay.forms()
    assert form.minutes == 68
    assert (form.due_on - form.session_on).days == 7


@pytest.mark.parametrize("role", Role)
def test_whoever_sees_a_patient_walk_out_may_say_so(clinic: SmallClinic, role: Role) -> None:
    stay = booked(clinic).sprayed().at(11, 20)
    walked_out = Stamp(kind=K.LEFT_EARLY, at=instant(11, 12), note="walked out")
    stay.says(walked_out, by=Actor(0, frozenset({role}), "a desk"))
    assert (stay.state, stay.stamps(K.LEFT_EARLY)[0].at) == ("left before release", instant(11, 12))
    assert [one.codes for one in stay.incidents()] == [("left before release",)]


def test_somebody_held_who_collapses_in_the_waiting_room_is_transferred(clinic: SmallClinic) -> None:
    stay = booked(clinic, plan=None).at(9, 50)
    stay.is_(K.ARRIVED)
    stay.at(9, 55).is_(K.TRANSFERRED, note="collapsed, 911")
    assert stay.state == "transferred"
    assert [(one.rule, one.deviation) for one in stay.overrides()] == [("driver", True)]


def test_the_form_runs_from_the_first_device_and_is_due_in_seven_calendar_days(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(12, 30).checked().at(12, 40)
    stay.is_(K.RELEASED)
    (form,) = stay.forms()
    assert (form.session_on, (form.due_on - form.session_on).days, form.minutes) == (MONDAY, 7, 150)
    released = stay.stamps(K.RELEASED)[0]
    stay.is_(K.RELEASED, instant(12, 35), corrects=released.id, reason="read from the clock")
    assert [one.minutes for one in stay.forms()] == [145]


def test_an_infusion_leaves_no_form(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").infused().at(11, 30)
    stay.is_(K.LINE_OUT)
    stay.checked().is_(K.RELEASED)
    assert stay.state == "left"
    assert stay.forms() == []


def test_ready_is_kept_apart_from_left(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(12)
    stay.is_(K.READY)
    assert stay.state == "ready"
    assert stay.visit.left is None
    stay.at(12, 5).is_(K.WAITING)
    assert stay.state == "ready"
    assert "release-driver" in stay.at(13).refused(Stamp(kind=K.RELEASED))


def test_in_the_waiting_chair_the_room_is_free_and_the_watching_place_is_not(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(12)
    stay.is_(K.WAITING)
    assert stay.room_claim() == (instant(10), instant(12, 15))
    watched = [one for one in stay.claims() if one.kind is ClaimKind.WATCH]
    assert max(one.end for one in watched) > instant_minute(instant(12, 10))


def test_who_is_here_without_a_driver_is_here_and_only_held(clinic: SmallClinic) -> None:
    stay = booked(clinic, plan=None).prepared()
    assert stay.state == "held"
    assert stay.visit.entered is not None
    with pytest.raises(Refusal):
        cancel(clinic.store, clinic.desk, stay.visit_id, stay.visit.version, CancelReason.NO_DRIVER)
    name_driver(clinic.store, clinic.desk, [(stay.visit_id, stay.visit.version)], BEA)
    assert stay.state == "in room"
    stay.device()
    assert stay.state == "dosing"


def test_who_comes_after_all_without_what_is_asked_now_is_here_and_only_held(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(10, 20)
    miss(clinic.store, clinic.desk, stay.visit_id, stay.visit.version)
    with clinic.store.write(clinic.prescriber) as unit:
        (profile,) = unit.find(GoingHomeProfile)
        unit.save(replace(profile, accepts=frozenset({TransportKind.PAID_ESCORT})))
        unit.commit()
    stay.at(10, 25).is_(K.ARRIVED)
    assert (stay.state, stay.visit.held_for, stay.overrides()) == ("held", {"driver"}, [])


def test_losing_the_driver_before_the_dose_holds_the_visit_again(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    name_driver(clinic.store, clinic.desk, [(stay.visit_id, stay.visit.version)], None)
    assert stay.state == "held"
    assert stay.refused(Stamp(kind=K.DOSE, lot="1")) == ["dose-driver"]


def test_who_was_called_missed_and_comes_after_all_is_here(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(10, 20)
    miss(clinic.store, clinic.desk, stay.visit_id, stay.visit.version)
    assert stay.claims() == []
    stay.at(10, 25).is_(K.ARRIVED)
    assert (stay.state, stay.visit.end_reason) == ("arrived", "")
    assert stay.room_claim() == (instant(10), instant(12, 40))


def test_the_named_driver_is_enough_by_name(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(12)
    assert stay.is_(K.DRIVER_SEEN).stamps[0].person == "Bea Marsh"
    assert stay.is_(K.DRIVER_SEEN, person="bea marsh ").stamps


@pytest.mark.parametrize(
    ("entry", "lacking"),
    [
        ({"person": "Jo Reed"}, ["phone", "adult"]),
        ({"person": "Jo Reed", "phone": "555-0101"}, ["adult"]),  # both are asked in one sentence
        ({"person": "Jo Reed", "phone": "555-0101", "adult": True}, ["fit"]),
        ({"person": "Jo Reed", "phone": "555-0101", "adult": True, "fit": True}, []),
    ],
)
def test_somebody_else_came_in_one_line(
    clinic: SmallClinic, entry: dict[str, object], lacking: list[str]
) -> None:
    stay = booked(clinic).sprayed().at(12)
    if not lacking:
        seen = stay.is_(K.DRIVER_SEEN, **entry).stamps[0]
        assert (seen.person, seen.by) == ("Jo Reed", clinic.maya.id)
        return
    with pytest.raises(BadInput) as slip:
        stay.is_(K.DRIVER_SEEN, **entry)
    assert list(slip.value.problems) == lacking


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        (Stamp(kind=K.VITALS, systolic=400, diastolic=20), ["pressure"]),
        (Stamp(kind=K.VITALS, systolic=80, diastolic=120), ["pressure"]),
        (Stamp(kind=K.VITALS, systolic=120), ["pressure"]),
        (Stamp(kind=K.VITALS), ["pressure"]),
        (Stamp(kind=K.VITALS, systolic=120, diastolic=80, pulse=3), ["pulse"]),
        (Stamp(kind=K.VITALS, systolic=120, diastolic=80, oxygen=130), ["oxygen"]),
        (Stamp(kind=K.DOSE, dose=56.0, lot="1"), ["dose"]),
        (Stamp(kind=K.INFUSION_START, dose=35.0), ["kind"]),
        (Stamp(kind=K.INFUSION_STOP), ["kind"]),
        (Stamp(kind=K.PRESSURE_ACCEPTED), ["pressure"]),
        (Stamp(kind=K.DOSING_ENDED), ["kind"]),
        (Stamp(kind=K.FORTY_MISSED, note="asleep"), ["kind"]),
        (Stamp(kind=K.SHEET_HANDED), ["person"]),
        (Stamp(kind=K.NOTE), ["note"]),
        (Stamp(kind=K.ARRIVED, at=instant(9)), []),
    ],
)
def test_a_slip_of_the_pen_is_refused_by_its_field(
    clinic: SmallClinic, entry: Stamp, fields: list[str]
) -> None:
    stay = booked(clinic).at(9, 30)
    if not fields:
        assert stay.says(entry).stamps
        return
    with pytest.raises(BadInput) as slip:
        stay.says(entry, happened=True)
    assert list(slip.value.problems) == fields
    assert stay.stamps() == []


def test_a_visit_of_another_day_is_a_slip(clinic: SmallClinic) -> None:
    stay = booked(clinic, day=MONDAY.replace(day=17)).at(10)
    with pytest.raises(BadInput) as slip:
        stay.is_(K.ARRIVED)
    assert "Tue, Nov 17" in slip.value.problems["time"].sentence()
    assert stay.is_(K.NOTE, note="comes").stamps


def test_a_stay_past_midnight_belongs_to_its_day(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(24 - 1, 50).at(23, 59)
    clinic.clock.forward(20)
    assert stay.vitals().stamps


def test_a_40_minute_pressure_is_not_called_missed_while_there_is_time(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    with pytest.raises(BadInput) as slip:
        stay.at(11).is_(K.FORTY_MISSED, note="asleep")
    assert "11:00 AM" in slip.value.problems["kind"].sentence()
    assert stay.at(11, 1).is_(K.FORTY_MISSED, note="asleep").stamps


def test_a_visit_that_is_over_is_not_ended_twice(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(11)
    stay.is_(K.LEFT_EARLY, note="walked out")
    for kind in (K.RELEASED, K.TRANSFERRED, K.ARRIVED):
        with pytest.raises(BadInput) as slip:
            stay.says(Stamp(kind=kind, note="a reason"), happened=True)
        assert "left before release" in slip.value.problems["kind"].sentence()


def test_a_consultation_has_no_dose(clinic: SmallClinic) -> None:
    stay = booked(clinic, "CON").at(10)
    with pytest.raises(BadInput):
        stay.device(happened=True)
    stay.is_(K.IN_ROOM)
    stay.at(10, 50).is_(K.LEFT)
    assert stay.state == "left"


@pytest.mark.parametrize(
    "trouble",
    [
        Closure(from_day=MONDAY, to_day=MONDAY, reason="burst pipe"),
        Absence(staff_id=1, from_day=MONDAY, to_day=MONDAY, reason="ill"),
        Absence(staff_id=3, from_day=MONDAY, to_day=MONDAY, reason="ill"),
    ],
)
def test_no_plan_stops_a_fact(clinic: SmallClinic, trouble: object) -> None:
    stay = booked(clinic).prepared()
    with clinic.store.write(clinic.desk) as unit:
        unit.add(trouble)
        unit.commit()
    stay.says(Stamp(kind=K.DOSE, lot="1"), happened=True)
    stay.at(10, 15).device(happened=True)
    stay.at(10, 50).vitals()
    assert stay.state == "monitoring"


def test_a_lowered_watching_limit_stops_no_fact(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    with clinic.store.write(clinic.desk) as unit:
        unit.save(replace(clinic.maya, watch_limit=0))
        unit.commit()
    stay.device()
    stay.at(10, 15).device()
    assert stay.state == "monitoring"


def test_an_incident_is_closed_with_words_by_a_prescriber(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.device(happened=True, lot="")
    (incident,) = stay.incidents()
    with pytest.raises(RightMissing):
        close_incident(clinic.store, clinic.nurse, incident, "seen")
    with pytest.raises(BadInput):
        close_incident(clinic.store, clinic.prescriber, incident, " ")
    close_incident(clinic.store, clinic.prescriber, incident, "lot found on the box: 12K345")
    assert [(one.answer, one.closed_by) for one in stay.incidents()] == [
        ("lot found on the box: 12K345", clinic.lin.id)
    ]


def test_ending_short_of_what_was_planned_is_asked_and_recorded_as_incomplete(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    ended = Stamp(kind=K.DOSING_ENDED, note="nausea")
    stay.at(10, 20)
    with pytest.raises(Refusal) as refusal:
        stay.says(ended)
    assert [one.sentence() for one in refusal.value.findings] == [
        "28 mg of 56 mg were given. Is this all? Then it is recorded as incomplete dosing."
    ]
    saved = stay.says(ended, happened=True).stamps[0]
    assert saved.deviations == ("dosing-incomplete",)
    assert [one.codes for one in stay.incidents()] == [("dosing-incomplete",)]
    assert stay.visit.state is VisitState.MONITORING


def test_ending_after_all_that_was_planned_is_not_asked(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    assert stay.refused(Stamp(kind=K.DOSING_ENDED)) == []


def test_a_dose_above_the_usual_is_asked_about_and_recorded_when_it_is_meant(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").prepared()
    dose = Stamp(kind=K.INFUSION_START, dose=100.0, unit="mg")
    assert stay.refused(dose) == ["dose-unusual"]
    stay.says(dose, happened=True)
    assert (stay.visit.state, stay.incidents()) == (VisitState.DOSING, [])


def test_a_first_dose_asks_for_allergies_and_the_second_does_not(clinic: SmallClinic) -> None:
    with clinic.store.write(clinic.desk) as unit:
        unit.save(replace(clinic.amara, allergies=""))
        unit.commit()
    stay = booked(clinic).prepared()
    assert stay.refused(Stamp(kind=K.DOSE, lot="12K345")) == ["dose-allergies"]
    stay.device(happened=True)
    stay.at(10, 15).device()
    assert stay.incidents() == []


def test_a_dose_far_beyond_the_usual_is_refused_and_what_happened_is_put_before_the_prescriber(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic, "IVM").prepared()
    dose = Stamp(kind=K.INFUSION_START, dose=3500.0, unit="mg")
    assert stay.refused(dose) == ["dose-slip"]
    stay.says(dose, happened=True)
    (incident,) = stay.incidents()
    assert incident.codes == ("dose-slip",)


def test_a_correction_to_a_dose_above_the_usual_is_asked_about(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").prepared()
    (given,) = stay.is_(K.INFUSION_START, dose=35.0, unit="mg").stamps
    wrong = replace(given, id=0, version=0, dose=350.0, corrects=given.id, reason="read from the pump")
    assert stay.refused(wrong) == ["dose-unusual"]


def test_a_device_at_the_emergency_limit_waits_for_a_prescriber(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    stay.at(10, 14).vitals(190, 115)
    second = Stamp(kind=K.DOSE, lot=LOT)
    assert stay.at(10, 15).refused(second) == ["dose-pressure-emergency"]
    stay.says(Stamp(kind=K.PRESSURE_ACCEPTED), by=clinic.prescriber)
    stay.says(second)
    assert (stay.state, stay.incidents()) == ("monitoring", [])


def test_a_device_at_the_emergency_limit_that_was_given_is_recorded_with_an_incident(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    stay.at(10, 14).vitals(190, 115)
    stay.at(10, 15).device(happened=True)
    assert [one.codes for one in stay.incidents()] == [("dose-pressure-emergency",)]


def test_a_pressure_at_the_emergency_limit_that_was_charted_late_opens_an_incident(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    stay.at(10, 15).device()
    stay.at(10, 20).vitals(190, 115, at=instant(10, 13))
    assert [one.codes for one in stay.incidents()] == [("dose-pressure-emergency",)]


def test_a_high_pressure_between_two_devices_is_asked_about_and_no_deviation(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    stay.at(10, 14).vitals(160, 95)
    assert stay.at(10, 15).refused(Stamp(kind=K.DOSE, lot=LOT)) == ["dose-pressure-again"]
    stay.device(happened=True)
    assert stay.incidents() == []


def test_a_reason_for_the_treatment_that_was_taken_off_the_record_stops_the_dose(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    with clinic.store.write(clinic.desk) as unit:
        patient = unit.get(Patient, clinic.amara.id)
        unit.save(replace(patient, indication=Indication.NONE))
        unit.commit()
    assert stay.refused(Stamp(kind=K.DOSE, lot=LOT)) == ["dose-indication"]
    stay.device(happened=True)
    assert [one.codes for one in stay.incidents()] == [("dose-indication",)]


def test_a_pressure_at_the_limit_for_telling_is_no_nurses_to_accept(clinic: SmallClinic) -> None:
    """174/104, then 170/102: it fell once, and the prescriber need not have been told."""
    stay = booked(clinic).sprayed()
    stay.at(12, 6).vitals(174, 104)
    stay.at(12, 16).vitals(170, 102)
    with pytest.raises(RightMissing):
        stay.is_(K.PRESSURE_ACCEPTED)
    stay.at(12, 26).vitals(168, 100)
    stay.is_(K.PRESSURE_ACCEPTED)
    assert stay.stamps(K.PRESSURE_ACCEPTED)[-1].systolic == 168


@pytest.mark.parametrize("kind", [K.SHEET_HANDED, K.DRIVER_SEEN, K.TOLD])
def test_numbers_are_nobodys_name(clinic: SmallClinic, kind: StampKind) -> None:
    """A reading that is typed where a name was meant would be lost, and the release a step nearer."""
    stay = booked(clinic).sprayed().at(12, 16)
    with pytest.raises(BadInput, match="nobody's name"):
        stay.is_(kind, person="128/80 72 98")
    stay.is_(K.SHEET_HANDED, person="Амара")
