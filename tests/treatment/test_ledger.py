"""The REMS ledger: every Spravato session from its first device on, its form until the day it was sent."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import BadInput, Refusal, RightMissing, StaleEdit
from clinic_desktop.foundation.rulebook import Problems
from clinic_desktop.people.model import Patient, ScreeningItem, Sex
from clinic_desktop.scheduling.model import Closure
from clinic_desktop.treatment import ledger_rules as rules
from clinic_desktop.treatment.ledger import FormState, Ledger, LedgerForm, ledger, week_ends
from clinic_desktop.treatment.model import RemsForm, Stamp
from clinic_desktop.treatment.rems_form import QUESTIONS, Answers, fill_form, record_sent, take_back_sent
from clinic_desktop.treatment.rems_sheet import gaps, read_worksheet
from tests.small_clinic import MONDAY, ZONE, SmallClinic, instant
from tests.treatment.stays import K, Stay, booked

DUE = MONDAY + timedelta(days=7)
DAY = timedelta(days=1)
NO_TO_ALL = tuple(ScreeningItem(one.code, present=False) for one in QUESTIONS)


def the_ledger(clinic: SmallClinic) -> Ledger:
    with clinic.store.read() as records:
        return ledger(records, local_day(clinic.clock.now(), ZONE))


def the_form(clinic: SmallClinic) -> LedgerForm:
    there = the_ledger(clinic)
    (one,) = (*there.waiting, *there.closed)
    return one


def problems(clinic: SmallClinic, form: RemsForm, answers: Answers) -> Problems:
    try:
        fill_form(clinic.store, clinic.nurse, form, answers)
    except BadInput as refused:
        return refused.problems
    return {}


@pytest.fixture
def walked_out(clinic: SmallClinic) -> Stay:
    """Devices at 10:10 and 10:15; Amara walked out at 11:12."""
    stay = booked(clinic).sprayed().at(11, 20)
    stay.says(Stamp(kind=K.LEFT_EARLY, at=instant(11, 12), note="walked out"))
    return stay


# From the first device on.


def test_h10_the_form_is_made_with_the_first_device_and_is_open_while_the_patient_is_here(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic).prepared()
    assert the_ledger(clinic) == Ledger()
    stay.device()
    one = the_form(clinic)
    assert (one.state, one.form.session_on, one.form.due_on) == (FormState.OPEN, MONDAY, DUE)
    assert one.form.minutes is None
    assert one.lacks(MONDAY)[0].rule is rules.LACKS_SEX, "that the patient is here is no lack"


def test_h10_a_session_that_nobody_ended_is_in_the_ledger_too(clinic: SmallClinic) -> None:
    booked(clinic).sprayed()
    clinic.clock.forward(3 * 1440)
    one = the_form(clinic)
    assert one.state is FormState.OPEN
    assert one.lacks(MONDAY + 3 * DAY)[0].rule is rules.LACKS_END


def test_minutes_run_from_the_first_device_whatever_the_release_counts_from(
    clinic: SmallClinic, walked_out: Stay
) -> None:
    assert clinic.store is not None
    (form,) = walked_out.forms()
    assert (form.minutes, form.ready_minutes) == (62, None)


def test_an_end_before_the_first_device_is_not_the_end_of_monitoring(clinic: SmallClinic) -> None:
    """Nobody put right yet that she was not treated."""
    stay = booked(clinic).prepared()
    stay.is_(K.NOT_TREATED, note="pressure")
    stay.at(10, 20).device(happened=True)
    one = the_form(clinic)
    assert (one.form.minutes, one.state) == (None, FormState.OPEN)
    assert one.lacks(MONDAY + DAY)[0].rule is rules.LACKS_END
    left_open = gaps(read_worksheet(clinic.store, stay.visit_id, clinic.clock.now()))
    assert any(field.startswith("Total time in minutes") for field in left_open)
    ended = stay.stamps(K.NOT_TREATED)[0]
    stay.at(11, 20).says(Stamp(kind=K.STRUCK, corrects=ended.id, reason="she was"))
    stay.says(Stamp(kind=K.LEFT_EARLY, at=instant(11, 12), note="walked out"))
    assert the_form(clinic).form.minutes == 52


def test_ready_to_leave_is_kept_apart_from_the_end_of_monitoring(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    stay.at(11, 40).is_(K.READY)
    stay.at(12, 16).checked()
    stay.is_(K.RELEASED)
    (form,) = stay.forms()
    assert (form.minutes, form.ready_minutes) == (126, 90)


def test_a_form_whose_devices_are_struck_out_is_kept_and_not_due(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    (dose,) = stay.device().stamps
    stay.at(10, 12).says(replace(dose, id=0, kind=K.STRUCK, corrects=dose.id, reason="another patient"))
    clinic.clock.forward(9 * 1440)
    there = the_ledger(clinic)
    assert (there.waiting, [one.state for one in there.closed]) == ((), [FormState.NOT_NEEDED])
    assert not there.closed[0].is_late(MONDAY + 9 * DAY)
    assert len(stay.forms()) == 1


# Day n of seven.


def test_h10_a_form_is_due_on_the_seventh_calendar_day_closures_included_and_late_after_it(
    clinic: SmallClinic, walked_out: Stay
) -> None:
    assert walked_out.forms()
    with clinic.store.write(clinic.prescriber) as unit:
        unit.add(Closure(from_day=MONDAY + DAY, to_day=DUE, reason="holiday"))
        unit.commit()
    one = the_form(clinic)
    for day, number, late in ((MONDAY, 0, False), (DUE, 7, False), (DUE + DAY, 8, True)):
        assert (one.form.due_on, one.day(day), one.is_late(day)) == (DUE, number, late)


def test_s12_day_five_and_day_seven_are_warned_of_and_what_is_late_is_told(
    clinic: SmallClinic, walked_out: Stay
) -> None:
    assert walked_out.forms()
    one = the_form(clinic)
    said = {n: one.speaks(MONDAY + n * DAY) for n in (0, 4, 5, 6, 7, 8)}
    assert {n: found and found.rule for n, found in said.items()} == {
        0: None, 4: None, 5: rules.FORM_SOON, 6: rules.FORM_SOON,
        7: rules.FORM_LAST_DAY, 8: rules.FORM_LATE,
    }  # fmt: skip
    found = said[5]
    assert found is not None
    assert found.params == {"n": 5, "days": 7, "due": "Mon, Nov 23"}


def test_s12_a_form_that_was_sent_is_warned_of_no_more(clinic: SmallClinic, walked_out: Stay) -> None:
    assert walked_out.forms()
    record_sent(clinic.store, clinic.nurse, the_form(clinic).form, MONDAY)
    assert the_form(clinic).speaks(DUE + DAY) is None


def test_s25_what_is_not_sent_is_said_at_the_end_of_the_week(clinic: SmallClinic, walked_out: Stay) -> None:
    assert walked_out.forms()
    for days, said in ((3, []), (4, [rules.FORM_WEEK]), (5, [rules.FORM_WEEK])):
        clinic.clock.at = instant(9) + days * DAY
        assert [one.rule for one in the_ledger(clinic).says] == said
    record_sent(clinic.store, clinic.nurse, the_form(clinic).form, MONDAY)
    assert the_ledger(clinic).says == ()


def test_s25_the_week_ends_before_a_closed_friday(clinic: SmallClinic) -> None:
    thursday = MONDAY + 3 * DAY
    with clinic.store.read() as records:
        assert not week_ends(records.setup(), thursday)
    with clinic.store.write(clinic.prescriber) as unit:
        unit.add(Closure(from_day=thursday + DAY, to_day=thursday + 2 * DAY, reason="holiday"))
        unit.commit()
    with clinic.store.read() as records:
        assert week_ends(records.setup(), thursday)


def test_the_oldest_session_comes_first(clinic: SmallClinic, walked_out: Stay) -> None:
    other = booked(clinic, day=MONDAY + 3 * DAY)
    with clinic.store.write(clinic.nurse) as unit:
        earlier = replace(walked_out.forms()[0], id=0, version=0, visit_id=other.visit_id)
        unit.add(replace(earlier, session_on=date(2026, 11, 2), due_on=date(2026, 11, 9)))
        unit.save(replace(unit.get(type(other.visit), other.visit_id), release_from=1))
        unit.commit()
    assert [one.form.due_on for one in the_ledger(clinic).waiting] == [date(2026, 11, 9), DUE]


def test_h2_a_session_without_an_enrolment_before_it_says_so(clinic: SmallClinic, walked_out: Stay) -> None:
    assert walked_out.forms()
    with clinic.store.write(clinic.desk) as unit:
        amara = unit.get(Patient, clinic.amara.id)
        unit.save(replace(amara, sex=Sex.FEMALE, rems_enrolled_on=MONDAY + DAY))
        unit.commit()
    assert [one.rule for one in the_form(clinic).lacks(MONDAY)] == [
        rules.LACKS_ANSWERS,
        rules.LACKS_ENROLMENT,
    ]


# Filling.


def test_h10_a_form_is_filled_by_somebody_at_a_time_and_is_not_sent_by_that(
    clinic: SmallClinic, walked_out: Stay
) -> None:
    assert walked_out.forms()
    one = the_form(clinic)
    assert one.state is FormState.DUE
    with pytest.raises(RightMissing):
        fill_form(clinic.store, clinic.desk, one.form, Answers(NO_TO_ALL))
    fill_form(clinic.store, clinic.nurse, one.form, Answers(NO_TO_ALL, 60))
    filled = the_form(clinic)
    assert (filled.state, filled.form.filled_by, filled.form.filled_at, filled.form.ready_minutes) == (
        FormState.FILLED,
        clinic.maya.id,
        clinic.clock.now(),
        60,
    )
    assert filled.waits
    with pytest.raises(StaleEdit):
        fill_form(clinic.store, clinic.nurse, one.form, Answers(NO_TO_ALL))


def test_every_question_is_answered_before_a_form_counts_as_filled(
    clinic: SmallClinic, walked_out: Stay
) -> None:
    assert walked_out.forms()
    form = the_form(clinic).form
    most = tuple(one for one in NO_TO_ALL if one.code not in ("opioids", "sedation"))
    found = problems(clinic, form, Answers(most))
    assert found["items"].params == {"count": 2}
    serious = tuple(replace(one, present=True) if one.code == "serious" else one for one in NO_TO_ALL)
    assert problems(clinic, form, Answers(serious))["serious"].rule is rules.FORM_EVENT
    assert problems(clinic, form, Answers(NO_TO_ALL, 0))["ready_minutes"].rule is rules.FORM_READY
    told = tuple(replace(one, note="breathing slow") if one.code == "serious" else one for one in serious)
    assert problems(clinic, form, Answers(told)) == {}


def test_an_open_session_is_ended_before_its_form_is_filled(clinic: SmallClinic) -> None:
    booked(clinic).sprayed()
    found = problems(clinic, the_form(clinic).form, Answers(NO_TO_ALL))
    assert found["form"].rule is rules.FORM_OPEN


def test_what_was_filled_in_stays_when_a_time_is_corrected_later(
    clinic: SmallClinic, walked_out: Stay
) -> None:
    fill_form(clinic.store, clinic.nurse, the_form(clinic).form, Answers(NO_TO_ALL, 55))
    (end,) = walked_out.stamps(K.LEFT_EARLY)
    walked_out.at(12).says(
        replace(end, id=0, at=instant(11, 15), corrects=end.id, reason="by the camera at the door")
    )
    one = the_form(clinic)
    assert (one.state, one.form.minutes, one.form.ready_minutes) == (FormState.FILLED, 65, 55)


# Sending.


def test_h10_a_form_is_closed_with_the_day_it_was_sent_and_a_wrong_day_is_corrected(
    clinic: SmallClinic, walked_out: Stay
) -> None:
    clinic.clock.forward(2 * 1440)
    wednesday = MONDAY + 2 * DAY
    one = the_form(clinic)
    with pytest.raises(RightMissing):
        record_sent(clinic.store, clinic.desk, one.form, wednesday)
    for wrong in (MONDAY - DAY, wednesday + DAY):
        with pytest.raises(BadInput):
            record_sent(clinic.store, clinic.nurse, one.form, wrong)
    record_sent(clinic.store, clinic.nurse, one.form, wednesday)
    there = the_ledger(clinic)
    assert (there.waiting, [found.form.sent_on for found in there.closed]) == ((), [wednesday])
    assert problems(clinic, there.closed[0].form, Answers(NO_TO_ALL))["form"].rule is rules.FORM_SENT_ALREADY
    record_sent(clinic.store, clinic.nurse, there.closed[0].form, MONDAY)
    assert [(form.sent_on, form.closed_by) for form in walked_out.forms()] == [(MONDAY, clinic.maya.id)]


def test_a_session_stays_in_the_list_for_ninety_days_after_it(clinic: SmallClinic, walked_out: Stay) -> None:
    record_sent(clinic.store, clinic.nurse, the_form(clinic).form, MONDAY)
    with clinic.store.read() as records:
        assert ledger(records, MONDAY + 89 * DAY).closed
        assert not ledger(records, MONDAY + 90 * DAY).closed
    assert walked_out.forms(), "out of the list, and still on record"


def test_that_a_form_was_sent_is_taken_back_with_a_reason_and_both_stay_on_record(
    any_clinic: SmallClinic,
) -> None:
    stay = booked(any_clinic).sprayed().at(11, 20)
    stay.says(Stamp(kind=K.LEFT_EARLY, at=instant(11, 12), note="walked out"))
    (form,) = stay.forms()
    with pytest.raises(BadInput, match="not recorded as sent"):
        take_back_sent(any_clinic.store, any_clinic.nurse, form, "never sent")
    record_sent(any_clinic.store, any_clinic.nurse, form, MONDAY)
    (sent,) = stay.forms()
    with pytest.raises(RightMissing):
        take_back_sent(any_clinic.store, any_clinic.desk, sent, "never sent")
    with pytest.raises(BadInput, match="Say why it is taken back"):
        take_back_sent(any_clinic.store, any_clinic.nurse, sent, " ")
    take_back_sent(any_clinic.store, any_clinic.nurse, sent, "never sent")
    assert [(one.sent_on, one.closed_by) for one in stay.forms()] == [(None, None)]
    assert [one.waits for one in the_ledger(any_clinic).waiting] == [True]


def test_ready_after_a_few_minutes_is_asked_about(clinic: SmallClinic, walked_out: Stay) -> None:
    (form,) = walked_out.forms()
    for minutes in (2, 39, 241):
        with pytest.raises(Refusal, match=f"after {minutes} minutes from the first device is unusual"):
            fill_form(clinic.store, clinic.nurse, form, Answers(NO_TO_ALL, minutes))
    fill_form(clinic.store, clinic.nurse, form, Answers(NO_TO_ALL, 2), meant=True)
    assert walked_out.forms()[0].ready_minutes == 2
