"""A clinic adds a way of treating that does not ship, and treats somebody with it, on each database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from clinic_desktop.aftercare.sheets import hand_over, make_sheet
from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.people.check_list import LINES
from clinic_desktop.people.model import Order, Patient, Phone, Screening, ScreeningItem, TransportKind
from clinic_desktop.people.patients import create
from clinic_desktop.people.screenings import review
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.booking import Wish, book
from clinic_desktop.scheduling.clearing import Decision, clear
from clinic_desktop.scheduling.defaults_types import check_in, turnover
from clinic_desktop.scheduling.model import (
    ClinicPhone,
    Cover,
    GoingHomePlan,
    Modality,
    Phase,
    PhaseKind,
    VisitType,
)
from clinic_desktop.scheduling.ordering import write_order
from clinic_desktop.scheduling.pressure_limits import set_limits
from clinic_desktop.scheduling.set_up import Edit, change_set_up
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage import check
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.treatment.care import care_of
from clinic_desktop.treatment.leaving import earliest_release
from clinic_desktop.treatment.model import RemsForm, Stamp, StampKind
from clinic_desktop.treatment.recording import Recorded, record
from tests.printing.reading import read
from tests.scheduling.set_up_world import TUESDAY, World, world_in

K = StampKind
NURSE = frozenset({Role.NURSE})
BEN = GoingHomePlan(TransportKind.ADULT_DRIVES, "Ben Marsh", "217 555 0142", "brother", adult=True)
LOZENGE = VisitType(
    code="LOZ",
    name="Ketamine lozenge",
    family="other",
    modality="oral",
    needs_fit="oral",
    phases=(
        check_in(10),
        Phase(PhaseKind.PREP, 10, hands=NURSE),
        Phase(PhaseKind.DOSING, 15, hands=NURSE, cover=Cover.CLINICIAN),
        Phase(PhaseKind.RECOVERY, 60, watch=Role.NURSE, cover=Cover.CLINICIAN),
        Phase(PhaseKind.RELEASE, 5, hands=NURSE),
        turnover(10),
    ),
    sheet="iv",
)


@pytest.fixture
def world(any_store: SqlStore) -> World:
    return world_in(any_store)


def set_up(world: World) -> None:
    """The treatment with its pressure limits, a room for it, and a visit type of it."""

    def save(one) -> None:
        change_set_up(world.store, world.manager, Edit((one,)))

    phone = ClinicPhone("(217) 555-0100", "Clinic", "weekdays 8 AM to 5:30 PM")
    save(replace(world.setup.clinic, phones=(phone,)))
    save(Modality(code="oral", name="Oral ketamine lozenge", min_age=21))
    room = world.room("Infusion 4")
    save(replace(room, fits=room.fits | {"oral"}))
    save(replace(LOZENGE, profile_id=world.setup.profiles[0].id))
    oral = next(one for one in world.setup.modalities if one.code == "oral")
    set_limits(world.store, world.acting("Dr. Priya Lin"), (oral.id, oral.version), oral.limits)


def new_patient(world: World, born: date = date(1984, 4, 12)) -> Patient:
    """Somebody whose check list is reviewed."""
    nurse = world.acting("Maya Jones")
    draft = Patient(
        given_name="Amara",
        family_name="Okafor",
        birth_date=born,
        phones=(Phone("217 555 0133"),),
        allergies="None known",
    )
    patient = create(world.store, nurse, draft).patient
    items = tuple(ScreeningItem(code, present=False) for code in LINES)
    review(world.store, nurse, Screening(patient_id=patient.id, items=items))
    return patient


def wish(world: World, patient: Patient, room: str = "Infusion 4") -> Wish:
    return Wish(
        patient.id, "LOZ", TUESDAY, 600,
        room_id=world.room(room).id, nurse_id=world.person("Maya Jones").id, plan=BEN,
    )  # fmt: skip


def refused(world: World, wanted: Wish) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        book(world.store, world.manager, wanted)
    return [one.code for one in refusal.value.findings]


def test_what_booking_asks_of_every_treatment_is_asked_of_the_new_one(world: World) -> None:
    set_up(world)
    patient, young = new_patient(world), new_patient(world, born=date(2006, 1, 1))
    prescriber = world.acting("Dr. Priya Lin")
    assert refused(world, wish(world, patient)) == ["clearance"]
    with pytest.raises(Refusal, match="21 or over"):
        clear(world.store, prescriber, Decision(young.id, "oral"))
    clear(world.store, prescriber, Decision(patient.id, "oral"))
    assert refused(world, wish(world, patient, room="Infusion 1")) == ["room-unfit"]
    assert refused(world, wish(world, young)) == ["age", "clearance"]
    undriven = book(world.store, world.manager, replace(wish(world, patient), plan=None)).visits[0]
    assert (undriven.state, undriven.held_for) == (VisitState.HELD, frozenset({"driver"}))


def test_somebody_is_cleared_booked_treated_and_taken_home(world: World) -> None:
    set_up(world)
    patient = new_patient(world)
    clear(world.store, world.acting("Dr. Priya Lin"), Decision(patient.id, "oral"))
    order = Order(patient_id=patient.id, modality="oral", drug="ketamine", route="lozenge", dose=200)
    write_order(world.store, world.acting("Dr. Priya Lin"), order)
    visit = book(world.store, world.manager, wish(world, patient)).visits[0]
    assert visit.state is VisitState.BOOKED

    def at(hour: int, minute: int) -> None:
        world.clock.at = datetime(2026, 11, 3, hour + 6, minute, tzinfo=UTC)

    def stamp(kind: StampKind, **more) -> Recorded:
        return record(world.store, world.acting("Maya Jones"), visit.id, [Stamp(kind=kind, **more)])

    def pressure() -> None:
        stamp(K.VITALS, systolic=124, diastolic=78, oxygen=98, pulse=70)

    at(9, 50)
    stamp(K.ARRIVED)
    at(10, 0)
    stamp(K.IN_ROOM)
    with pytest.raises(Refusal, match="No blood pressure"):
        stamp(K.DOSE, dose=200.0, unit="mg")
    stamp(K.CONSENT)
    pressure()
    at(10, 10)
    given = stamp(K.DOSE, dose=200.0, unit="mg")
    assert given.visit.state is VisitState.MONITORING
    with world.store.read() as records:
        stamps = records.find(Stamp, visit_id=visit.id)
        floor = earliest_release(care_of(records, given.visit, world.clock.at, stamps))
    assert floor is not None
    assert floor.at == datetime(2026, 11, 3, 17, 10, tzinfo=UTC)  # the 60 minutes that its type plans

    at(11, 0)
    pressure()
    for kind in (K.PRESSURE_ACCEPTED, K.SETTLED, K.WALKS):
        stamp(kind)
    made = make_sheet(world.store, world.acting("Maya Jones"), visit.id, render_pdf)
    assert "Not before Wednesday, November 4, 2026, 10:10 AM" in read(made.pdf)
    hand_over(world.store, world.acting("Maya Jones"), made.sheet, "Amara and Ben")
    stamp(K.DRIVER_SEEN)
    with pytest.raises(Refusal, match="Not before 11:10 AM"):
        stamp(K.RELEASED)
    at(11, 12)
    assert stamp(K.RELEASED).visit.state is VisitState.LEFT
    with world.store.read() as records:
        assert records.find(RemsForm) == []  # not under the programme
    assert check.findings(world.store.where) == []


def test_one_under_the_programme_is_held_to_all_of_it(world: World) -> None:
    """Whatever its name: enrolment, a prescriber on site, 120 minutes and the form go by the programme."""
    spray = Modality(code="esk", name="Esketamine", rems=True, min_age=18)
    change_set_up(world.store, world.manager, Edit((spray,)))
    room = world.room("Spravato 1")
    change_set_up(world.store, world.manager, Edit((replace(room, fits=room.fits | {"esk"}),)))
    like = world.setup.type_by_code("SP56")
    new = replace(like, id=0, version=0, code="ESK", name="Esketamine 56 mg", modality="esk", needs_fit="esk")
    change_set_up(world.store, world.manager, Edit((new,)))
    patient = new_patient(world)
    clear(world.store, world.acting("Dr. Priya Lin"), Decision(patient.id, "esk"))
    wanted = replace(
        wish(world, patient, room="Spravato 1"),
        type_code="ESK",
        prescriber_id=world.person("Dr. Priya Lin").id,
    )
    assert refused(world, wanted) == ["indication"]
    visit = book(world.store, world.acting("Dr. Priya Lin"), wanted, "asked by phone").visits[0]
    world.clock.at += timedelta(days=1)
    with pytest.raises(Refusal) as refusal:
        record(world.store, world.acting("Maya Jones"), visit.id, [Stamp(kind=K.DOSE, lot="12K345")])
    assert "dose-enrolment" in {one.code for one in refusal.value.findings}
