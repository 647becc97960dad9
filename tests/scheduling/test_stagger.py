"""Two dosings of one nurse that begin close together are warned of."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.scheduling.booking import Booked, book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.model import PhaseKind, PhaseStaff
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.stagger import close_starts
from tests.scheduling.test_booking import more_patients
from tests.small_clinic import SmallClinic


def apart(clinic: SmallClinic, minutes: int) -> None:
    with clinic.store.write(PROGRAM) as unit:
        here = unit.setup().clinic
        unit.save(replace(here, policies=replace(here.policies, dosing_stagger=minutes)))
        unit.commit()


def second(clinic: SmallClinic, minute: int, **changes: object) -> Booked:
    """Another infusion beside Amara's visit at 10: hers begins at 10:15."""
    book(clinic.store, clinic.desk, clinic.wish())
    person = more_patients(clinic, 1)[0]
    room = clinic.rooms["Infusion 2"].id
    wish = clinic.wish("IVM", minute, patient_id=person.id, room_id=room, **changes)
    return book(clinic.store, clinic.desk, wish)


def said(booked: Booked) -> list[str]:
    return [one.sentence() for one in booked.warnings if one.code == "dosing-close"]


def test_s24_it_says_who_when_and_how_many_minutes_are_usual(clinic: SmallClinic) -> None:
    apart(clinic, 45)
    assert said(second(clinic, 630)) == [
        "Maya Jones begins another dosing at 10:15 AM, 30 minutes from this one; 45 are usual."
    ]


@pytest.mark.parametrize(("minutes", "warned"), [(31, True), (30, False), (0, False)])
def test_the_clinics_minutes_decide(clinic: SmallClinic, minutes: int, warned: bool) -> None:
    apart(clinic, minutes)
    assert bool(said(second(clinic, 630))) is warned


def test_another_nurse_may_begin_at_the_same_time(clinic: SmallClinic) -> None:
    apart(clinic, 45)
    assert said(second(clinic, 600, nurse_id=clinic.tunde.id)) == []


def test_a_cancelled_visit_is_no_neighbour_and_a_move_is_asked_again(clinic: SmallClinic) -> None:
    apart(clinic, 45)
    later = second(clinic, 700).visits[0]
    nearer = move(clinic.store, clinic.desk, [to(later, minute=630)])
    assert len(said(nearer)) == 1
    with clinic.store.read() as records:
        first = next(one for one in records.visits_on(later.day, later.day) if one.id != later.id)
    cancel(clinic.store, clinic.desk, first.id, first.version, CancelReason.PATIENT)
    (moved,) = nearer.visits
    assert said(move(clinic.store, clinic.desk, [to(moved, minute=635)])) == []


def test_a_consultation_begins_no_dosing(clinic: SmallClinic) -> None:
    apart(clinic, 60)
    book(clinic.store, clinic.desk, clinic.wish("SP56"))
    wish = clinic.wish("CON", 615, patient_id=clinic.noah.id)
    assert said(book(clinic.store, clinic.desk, wish)) == []


def test_a_nurse_who_serves_no_more_than_the_dosing_counts(clinic: SmallClinic) -> None:
    apart(clinic, 45)
    later = second(clinic, 630).visits[0]
    with clinic.store.read() as records:
        setup = records.setup()
        first = next(one for one in records.visits_on(later.day, later.day) if one.id != later.id)
    phases = setup.type_by_id(first.type_id).phases
    dosing = next(n for n, one in enumerate(phases) if one.kind is PhaseKind.INFUSION)
    relieved = PhaseStaff(phase_no=dosing, role=Role.NURSE, staff_id=first.nurse_id or 0)
    first = replace(first, nurse_id=clinic.tunde.id)
    assert list(close_starts(later, [first], setup)) == []
    first = replace(first, phase_staff=(relieved,))
    assert len(list(close_starts(later, [first], setup))) == 1
