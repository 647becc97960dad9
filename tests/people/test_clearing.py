"""A prescriber clears, withdraws and orders; visits held for a clearance follow at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.errors import BadInput, Refusal, RightMissing, StaleEdit
from clinic_desktop.people.model import Clearance, Indication, Order, Screening
from clinic_desktop.people.orders import dose_words, in_force, order_asks, order_problems
from clinic_desktop.people.patients import edit
from clinic_desktop.people.screenings import answer, review
from clinic_desktop.scheduling.clearing import Decision, clear, withdraw
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ordering import stop_order, write_order
from clinic_desktop.scheduling.states import VisitState
from tests.people.small_clinic import TODAY
from tests.people.test_screenings import all_no

FRIDAY = date(2026, 11, 20)
IV = Order(modality="iv", drug="ketamine", route="IV", dose=0.5, unit="mg/kg", weight_kg=72, weighed_on=TODAY)


def warned(cleared) -> list[str]:
    return [one.code for one in cleared.warnings]


def test_a_clearance_lasts_as_long_as_the_clinic_set(clinic):
    amara = clinic.patient()
    cleared = clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv"))
    assert (cleared.clearance.on, cleared.clearance.until) == (TODAY, date(2027, 11, 17))
    assert cleared.clearance.cleared_by == clinic.prescriber.person_id


def test_it_starts_on_the_day_of_its_consultation(clinic):
    amara = clinic.patient()
    consultation = clinic.book(amara.id, "CON", TODAY, 14 * 60)
    cleared = clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv", visit_id=consultation.id))
    assert (cleared.clearance.on, cleared.clearance.visit_id) == (TODAY, consultation.id)


def test_only_a_prescriber_clears(clinic):
    amara = clinic.patient()
    for actor in (clinic.nurse, clinic.reception, clinic.manager):
        with pytest.raises(RightMissing):
            clear(clinic.store, actor, Decision(amara.id, "iv"))
    assert clinic.find(Clearance) == []


def test_without_a_reviewed_check_list_it_is_said_and_goes_on(clinic):
    amara = clinic.patient()
    assert warned(clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv"))) == [
        "clearance-check-list"
    ]
    review(clinic.store, clinic.nurse, all_no(amara.id))
    assert warned(clear(clinic.store, clinic.prescriber, Decision(amara.id, "spravato"))) == []


def test_h2_where_the_check_list_is_not_in_sight_it_has_to_be_reviewed(clinic):
    amara = clinic.patient()
    from_the_list = Decision(amara.id, "iv", unseen=True)
    with pytest.raises(Refusal, match="Open the patient, review it there, then clear"):
        clear(clinic.store, clinic.prescriber, from_the_list)
    answer(clinic.store, clinic.reception, all_no(amara.id))
    with pytest.raises(Refusal, match="not reviewed yet"):
        clear(clinic.store, clinic.prescriber, from_the_list)
    assert clinic.find(Clearance) == []
    review(clinic.store, clinic.nurse, clinic.find(Screening)[0])
    assert clear(clinic.store, clinic.prescriber, from_the_list).clearance.id


def test_an_unreviewed_contraindication_forbids_it(clinic):
    amara = clinic.patient()
    kept = answer(clinic.store, clinic.reception, all_no(amara.id, brain_bleed="2015")).screening
    with pytest.raises(Refusal, match="bleeding in the brain on the check list"):
        clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv"))
    review(clinic.store, clinic.prescriber, kept)
    assert clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv")).clearance.id


def test_spravato_is_for_adults_and_ketamine_asks_no_age(clinic):
    young = clinic.patient(birth_date=date(2009, 3, 1))
    with pytest.raises(Refusal, match="Spravato is for people of 18 or over"):
        clear(clinic.store, clinic.prescriber, Decision(young.id, "spravato"))
    assert clear(clinic.store, clinic.prescriber, Decision(young.id, "iv")).clearance.id


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (Decision(1, "iv", on=date(2026, 11, 18)), "begins today or earlier"),
        (Decision(1, "iv", on=date(2026, 11, 2), until=date(2026, 11, 1)), "ends before it begins"),
    ],
)
def test_its_dates_make_sense(clinic, decision, says):
    clinic.patient()
    with pytest.raises(Refusal, match=says):
        clear(clinic.store, clinic.prescriber, decision)


def test_the_dead_are_not_cleared(clinic):
    gone = clinic.patient(death_date=date(2026, 10, 1))
    with pytest.raises(Refusal, match="died on"):
        clear(clinic.store, clinic.prescriber, Decision(gone.id, "iv"))
    with pytest.raises(Refusal, match="died on"):
        write_order(clinic.store, clinic.prescriber, replace(IV, patient_id=gone.id))


def held_for_clearance(clinic) -> Visit:
    """A treatment on Friday behind a consultation this afternoon."""
    amara = clinic.patient(indication=Indication.ANXIETY)
    clinic.book(amara.id, "CON", TODAY, 14 * 60)
    held = clinic.book(amara.id, "IVM", FRIDAY, 10 * 60)
    assert (held.state, held.held_for) == (VisitState.HELD, {"clearance"})
    return held


def test_a_held_visit_is_booked_in_the_same_breath(clinic):
    held = held_for_clearance(clinic)
    cleared = clear(clinic.store, clinic.prescriber, Decision(held.patient_id, "iv"))
    assert [(v.id, v.state) for v in cleared.visits] == [(held.id, VisitState.BOOKED)]
    assert held.id in cleared.changes.visits
    assert FRIDAY in cleared.changes.days
    assert clinic.get(Visit, held.id).state is VisitState.BOOKED


def test_a_withdrawal_holds_coming_visits_and_keeps_its_reason(clinic):
    held = held_for_clearance(clinic)
    cleared = clear(clinic.store, clinic.prescriber, Decision(held.patient_id, "iv", note="cardiology fine"))
    with pytest.raises(Refusal, match="Say why"):
        withdraw(clinic.store, clinic.prescriber, cleared.clearance.id, 1, "  ")
    gone = withdraw(clinic.store, clinic.prescriber, cleared.clearance.id, 1, "new arrhythmia")
    assert gone.clearance.note == "cardiology fine; new arrhythmia"
    assert clinic.get(Visit, held.id).state is VisitState.HELD
    with pytest.raises(Refusal, match="withdrawn already"):
        withdraw(clinic.store, clinic.prescriber, cleared.clearance.id, 2, "again")


def test_a_withdrawal_of_what_another_desk_changed_is_stale(clinic):
    amara = clinic.patient()
    cleared = clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv")).clearance
    with pytest.raises(StaleEdit):
        withdraw(clinic.store, clinic.prescriber, cleared.id, 7, "late")


def test_an_order_carries_the_clearance_on(clinic):
    held = held_for_clearance(clinic)
    amara = held.patient_id
    clear(clinic.store, clinic.prescriber, Decision(amara, "iv", on=date(2026, 3, 1)))
    ordered = write_order(clinic.store, clinic.prescriber, replace(IV, patient_id=amara))
    assert [one.until for one in clinic.find(Clearance)] == [date(2027, 3, 1), date(2027, 11, 17)]
    assert ordered.carried == clinic.find(Clearance)[1]
    again = write_order(clinic.store, clinic.prescriber, replace(IV, patient_id=amara, dose=0.6))
    assert again.carried is None  # nothing gets longer


def test_an_order_that_carries_the_clearance_on_frees_a_held_visit(clinic):
    amara = clinic.patient()
    clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv", until=FRIDAY - timedelta(days=1)))
    clinic.book(amara.id, "CON", TODAY, 14 * 60)
    held = clinic.book(amara.id, "IVM", FRIDAY, 10 * 60)
    assert held.held_for == {"clearance"}
    ordered = write_order(clinic.store, clinic.prescriber, replace(IV, patient_id=amara.id))
    assert [v.state for v in ordered.visits] == [VisitState.BOOKED]


def test_an_order_clears_nobody_for_the_first_time(clinic):
    held = held_for_clearance(clinic)
    ordered = write_order(clinic.store, clinic.prescriber, replace(IV, patient_id=held.patient_id))
    assert (ordered.order.id, ordered.visits) == (1, ())
    assert clinic.find(Clearance) == []
    assert clinic.get(Visit, held.id).state is VisitState.HELD


def test_an_order_does_not_lift_a_withdrawal_or_revive_what_has_ended(clinic):
    amara, mara = clinic.patient(), clinic.patient("Mara", "Lund")
    cleared = clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv")).clearance
    withdraw(clinic.store, clinic.prescriber, cleared.id, 1, "pressure")
    ended = Decision(mara.id, "iv", on=date(2026, 11, 2), until=date(2026, 11, 16))
    clear(clinic.store, clinic.prescriber, ended)
    for one in (amara, mara):
        write_order(clinic.store, clinic.prescriber, replace(IV, patient_id=one.id))
    assert len(clinic.find(Clearance)) == 2


def test_an_order_asks_what_clearing_asks(clinic):
    """It is written all the same: what the prescriber ordered is on record, and clears nobody."""
    amara, young = clinic.patient(), clinic.patient("Ben", "Lund")
    spravato = Order(modality="spravato", drug="esketamine", route="nasal", dose=56)
    for patient, order in ((amara, IV), (young, spravato)):
        clear(clinic.store, clinic.prescriber, Decision(patient.id, order.modality, until=FRIDAY))
    answer(clinic.store, clinic.reception, all_no(amara.id, aneurysm="2011"))
    edit(clinic.store, clinic.reception, replace(young, birth_date=date(2012, 3, 1)))
    for patient, order in ((amara, IV), (young, spravato)):
        assert write_order(clinic.store, clinic.prescriber, replace(order, patient_id=patient.id)).order.id
    assert [one.until for one in clinic.find(Clearance)] == [FRIDAY, FRIDAY]


def test_only_a_prescriber_orders(clinic):
    amara = clinic.patient()
    with pytest.raises(RightMissing):
        write_order(clinic.store, clinic.nurse, replace(IV, patient_id=amara.id))


def test_an_order_is_changed_and_stopped(clinic):
    amara = clinic.patient()
    first = write_order(clinic.store, clinic.prescriber, replace(IV, patient_id=amara.id)).order
    more = write_order(clinic.store, clinic.prescriber, replace(first, dose=0.75)).order
    assert (more.dose, more.version) == (0.75, 2)
    stopped = stop_order(clinic.store, clinic.prescriber, more.id, more.version, "course over").order
    assert not in_force(stopped, TODAY, {})
    assert stopped.note == "course over"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(IV, drug=" "), "drug"),
        (replace(IV, route=""), "route"),
        (replace(IV, dose=0.0), "dose"),
        (replace(IV, dose=float("nan")), "dose"),
        (replace(IV, unit="ml"), "unit"),
        (replace(IV, weight_kg=None), "weight_kg"),
        (replace(IV, weighed_on=date(2026, 11, 18)), "weighed_on"),
        (replace(IV, interval_days=0), "interval_days"),
        (replace(IV, visits=0), "visits"),
        (replace(IV, valid_to=date(2026, 11, 16)), "valid_to"),
    ],
)
def test_what_does_not_stand_in_an_order_is_said_beside_its_field(clinic, wrong, field):
    assert list(order_problems(wrong, TODAY)) == [field]
    with pytest.raises(BadInput):
        write_order(clinic.store, clinic.prescriber, replace(wrong, patient_id=clinic.patient().id))


SPRAVATO = Order(modality="spravato", drug="esketamine", route="nasal", dose=56)
MUSCLE = replace(IV, modality="im", route="IM")


@pytest.mark.parametrize(
    ("order", "answer"),
    [
        (IV, ""),
        (replace(IV, dose=0.75), ""),
        (replace(IV, dose=0.8), "asked"),
        (replace(IV, dose=1.4), "asked"),
        (replace(IV, dose=4.9), "asked"),
        (replace(IV, dose=5), "refused"),  # the point of 0.5 forgotten
        (replace(IV, dose=50), "refused"),
        (replace(IV, weight_kg=720), "asked"),  # a nought too many in the weight
        (replace(IV, unit="mg", dose=36), ""),
        (replace(IV, unit="mg", dose=359), "asked"),
        (replace(IV, unit="mg", dose=360), "refused"),
        (replace(IV, unit="mg", dose=3500), "refused"),
        (replace(IV, route="Intravenous, slow", unit="mg", dose=3500), "refused"),
        (replace(MUSCLE, dose=1), ""),
        (replace(MUSCLE, dose=2), "asked"),
        (replace(MUSCLE, dose=14), "refused"),
        (SPRAVATO, ""),
        (replace(SPRAVATO, dose=84), ""),
        (replace(SPRAVATO, dose=112), "asked"),
        (replace(SPRAVATO, dose=840), "refused"),
        (
            Order(modality="oral", drug="ketamine", route="lozenge", dose=200),
            "",
        ),  # no figure in the reference
    ],
)
def test_a_dose_above_the_usual_is_asked_about_and_ten_times_the_usual_refused(order, answer):
    found = "refused" if order_problems(order, TODAY) else "asked" if order_asks(order) else ""
    assert found == answer


def test_an_order_above_the_usual_says_why_it_is_meant(clinic):
    order = replace(IV, patient_id=clinic.patient().id, dose=1.4)
    with pytest.raises(Refusal) as refused:
        write_order(clinic.store, clinic.prescriber, order)
    assert str(refused.value) == (
        "1.4 mg/kg (101 mg at 72 kg) is above the usual 54 mg (0.75 mg/kg at 72 kg). "
        "Check the number, the unit and the weight. If it is meant, say why."
    )
    assert clinic.find(Order) == []
    written = write_order(clinic.store, clinic.prescriber, order, "long infusion for pain").order
    assert (written.dose, written.note) == (1.4, "long infusion for pain")
    again = write_order(clinic.store, clinic.prescriber, replace(written, visits=6)).order
    assert (again.visits, again.note) == (
        6,
        "long infusion for pain",
    )  # the same dose is not asked about twice
    with pytest.raises(Refusal):
        write_order(clinic.store, clinic.prescriber, replace(again, dose=1.5))


def test_ten_times_the_usual_is_said_in_the_words_of_the_order():
    assert order_problems(replace(IV, dose=5), TODAY)["dose"].sentence() == (
        "5 mg/kg (360 mg at 72 kg) is ten times the usual 0.5 mg/kg (36 mg at 72 kg) or more. "
        "Check the number, the unit and the weight."
    )
    assert (
        "ten times the usual 84 mg" in order_problems(replace(SPRAVATO, dose=840), TODAY)["dose"].sentence()
    )


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (replace(IV, dose=1.4), "order-above-usual"),  # for pain
        (replace(IV, dose=1.5), "order-above-all"),
        (replace(MUSCLE, dose=2), "order-above-all"),
        (replace(SPRAVATO, dose=112), "order-above-all"),
    ],
)
def test_more_than_any_source_gives_is_told_apart(order, code):
    assert [one.code for one in order_asks(order)] == [code]


def test_a_new_order_replaces_the_one_in_force_for_its_treatment(clinic):
    amara = clinic.patient().id
    first = write_order(clinic.store, clinic.prescriber, replace(IV, patient_id=amara, note="slowly")).order
    other = write_order(clinic.store, clinic.prescriber, replace(SPRAVATO, patient_id=amara)).order
    new = write_order(clinic.store, clinic.prescriber, replace(IV, patient_id=amara, dose=0.6)).order
    old = clinic.get(Order, first.id)
    assert (old.visits, old.note) == (0, "slowly; replaced by a newer order")
    assert [in_force(clinic.get(Order, one), TODAY, {}) for one in (first.id, other.id, new.id)] == [
        False, True, True,
    ]  # fmt: skip


def test_a_dose_by_weight_reads_with_its_whole():
    assert dose_words(IV) == "0.5 mg/kg (36 mg at 72 kg)"
    assert dose_words(Order(dose=56)) == "56 mg"


def test_an_open_caution_warns_and_an_open_contraindication_refuses_a_booking(clinic):
    amara = clinic.patient()
    clear(clinic.store, clinic.prescriber, Decision(amara.id, "iv"))
    kept = answer(clinic.store, clinic.reception, all_no(amara.id, stimulants="lisdexamfetamine")).screening
    assert clinic.book(amara.id, "IVM", FRIDAY, 10 * 60).state is VisitState.BOOKED
    answer(clinic.store, clinic.reception, replace(kept, items=all_no(amara.id, aneurysm="2011").items))
    with pytest.raises(Refusal, match="has aneurysm or vessel malformation on the check list"):
        clinic.book(amara.id, "IVM", FRIDAY, 13 * 60)
