"""A visit stays longer, or again as its type asks: everything it claims grows with it, or nothing changes."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import Conflict, Refusal, StaleEdit
from clinic_desktop.scheduling import holding, pinboard
from clinic_desktop.scheduling.defaults_types import VISIT_TYPES
from clinic_desktop.scheduling.model import Override, Visit, VisitType
from clinic_desktop.scheduling.moving import Move, move, to
from clinic_desktop.scheduling.steps import step_of
from clinic_desktop.scheduling.stretching import longer_by, most_longer, stretched
from clinic_desktop.scheduling.undoing import read_label, redo, undo
from clinic_desktop.storage import check
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.scheduling.test_booking import more_patients
from tests.scheduling.test_changing import booked, claimed
from tests.small_clinic import SmallClinic, at

TYPES: dict[str, VisitType] = {one.code: one for one in VISIT_TYPES}


def ends(clinic: SmallClinic, visit: Visit) -> dict[str, int]:
    """When the last of each kind of claim ends, in minutes from the visit's time."""
    out: dict[str, int] = {}
    for kind, _, _, end in claimed(clinic, visit):
        out[kind] = max(out.get(kind, 0), end - visit.start)
    return out


def lengthened(clinic: SmallClinic, visit: Visit, longer: int, **more: object) -> Visit:
    wanted = to(visit, longer=longer)
    return move(clinic.store, clinic.desk, [wanted], **more).visits[0]  # type: ignore[arg-type]  # move checks them


def refused(clinic: SmallClinic, wanted: Move) -> list[str]:
    with pytest.raises(Refusal) as caught:
        move(clinic.store, clinic.desk, [wanted])
    return [one.sentence() for one in caught.value.findings]


# Which phase takes the minutes.


@pytest.mark.parametrize(
    ("code", "most"), [("IVM", 50), ("IVMG", 20), ("SP84", 60), ("IMK", 30), ("CON", 0), ("KAP", 0)]
)
def test_the_type_says_how_much_longer_a_visit_may_stay(code: str, most: int) -> None:
    assert most_longer(TYPES[code]) == most


@pytest.mark.parametrize(
    ("longer", "infusion", "recovery"), [(5, 25, 35), (30, 25, 60), (35, 30, 60), (50, 45, 60)]
)
def test_the_recovery_is_lengthened_before_the_infusion(longer: int, infusion: int, recovery: int) -> None:
    visit_type = TYPES["IVM"]
    after = stretched(Visit(), visit_type, longer)
    assert after.phase_minutes == (15, 15, 15, infusion, recovery, 5, 15)
    assert longer_by(after, visit_type) == longer


def test_a_visit_as_long_as_its_type_asks_follows_the_type() -> None:
    longer = stretched(Visit(), TYPES["IVM"], 20)
    assert stretched(longer, TYPES["IVM"], 0) == Visit()
    assert stretched(longer, TYPES["IVM"], None) == longer


@pytest.mark.parametrize(
    ("code", "longer", "says"),
    [
        ("SP84", 65, "A visit of the type Spravato 84 mg may be 60 minutes longer, no more."),
        ("SP84", -5, "Spravato 84 mg is never shorter than its 150 minutes."),
        ("SP84", 7, "A visit gets longer in steps of 5 minutes."),
        ("CON", 15, "No phase of First consultation may be longer than planned. Set-up says which may"),
    ],
)
def test_a_length_that_no_visit_may_have_is_refused_in_words(code: str, longer: int, says: str) -> None:
    with pytest.raises(Refusal) as caught:
        stretched(Visit(), TYPES[code], longer)
    assert caught.value.findings[0].sentence().startswith(says)


# In the clinic, on both databases.


def test_room_patient_nurse_and_watch_grow_with_the_visit(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    before = ends(clinic, visit)
    after = lengthened(clinic, visit, 20)
    assert (after.day, after.minute, after.room_id) == (visit.day, visit.minute, visit.room_id)
    assert after.end == visit.end + 20
    assert ends(clinic, after) == {kind: end + 20 for kind, end in before.items()}
    assert set(before) == {"room", "patient", "hands", "watch"}
    assert check.findings(clinic.store.where) == []


def test_it_gets_shorter_again_down_to_what_its_type_asks(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    before = claimed(clinic, visit)
    after = lengthened(clinic, lengthened(clinic, visit, 20), 0)
    assert (after.end, after.phase_minutes) == (visit.end, ())
    assert claimed(clinic, after) == before
    assert "never shorter" in refused(clinic, to(after, longer=-5))[0]


def test_a_longer_visit_stays_as_long_where_it_is_moved(clinic: SmallClinic) -> None:
    after = lengthened(clinic, booked(clinic), 20)
    moved = move(clinic.store, clinic.desk, [to(after, minute=660)]).visits[0]
    assert moved.end - moved.start == after.end - after.start
    assert check.findings(clinic.store.where) == []


def test_it_never_grows_into_the_visit_that_has_the_room_next(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    next_one = visit.minute + visit.end - visit.start
    booked(clinic, patient_id=more_patients(clinic, 1)[0].id, minute=next_one, nurse_id=clinic.tunde.id)
    before = claimed(clinic, visit)
    with pytest.raises(Conflict) as caught:
        lengthened(clinic, visit, 5)
    assert [one.name for one in caught.value.taken] == ["Infusion 1"]
    assert (clinic.visit(visit.id), claimed(clinic, visit)) == (visit, before)


def test_it_never_grows_beyond_the_prescriber_who_must_be_there(clinic: SmallClinic) -> None:
    """Dr. Lin leaves at 6 PM; closing time would need a reason, cover can be given up by nobody."""
    visit = booked(clinic, type_code="SP56", minute=15 * 60 + 5)
    with pytest.raises(Refusal) as caught:
        move(clinic.store, clinic.prescriber, [to(visit, longer=60)], "agreed")
    assert any("prescriber" in one.sentence() for one in caught.value.findings)
    assert clinic.visit(visit.id) == visit


def test_s14_beyond_closing_time_it_takes_a_reason_and_leaves_a_trace(clinic: SmallClinic) -> None:
    visit = booked(clinic, minute=16 * 60)
    assert any("closed" in one for one in refused(clinic, to(visit, longer=30)))
    move(clinic.store, clinic.prescriber, [to(visit, longer=30)], "the family is late")
    with clinic.store.read() as records:
        assert {one.reason for one in records.find(Override, visit_id=visit.id)} == {"the family is late"}
    assert check.findings(clinic.store.where) == []


def test_who_is_in_the_room_is_no_matter_of_the_plan_any_more(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    clinic.clock.at = at(visit.day, 10, 10)
    stamps = [Stamp(kind=StampKind.ARRIVED), Stamp(kind=StampKind.IN_ROOM)]
    record(clinic.store, PROGRAM, visit.id, stamps)
    said = refused(clinic, to(clinic.visit(visit.id), longer=10))
    assert said == [
        "The patient is in the room, so the visit cannot be made longer or shorter any more. "
        "What happens now is recorded on the floor."
    ]


def test_from_an_old_screen_it_is_refused(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    lengthened(clinic, visit, 10)
    with pytest.raises(StaleEdit):
        lengthened(clinic, visit, 20)


def test_a_much_later_pick_up_asks_the_driver_again(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    visit = holding.confirm_driver(clinic.store, clinic.desk, visit.id, visit.version).visits[0]
    a_little = lengthened(clinic, visit, 15)
    assert a_little.plan_confirmed_at is not None
    assert lengthened(clinic, a_little, 35).plan_confirmed_at is None


def test_it_lies_on_the_pinboard_still(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    pinboard.park(clinic.store, clinic.desk, visit.id)
    lengthened(clinic, clinic.visit(visit.id), 10)
    with clinic.store.read() as records:
        assert [one.visit.id for one in pinboard.pinboard(records)] == [visit.id]


def test_undo_gives_the_length_back_and_redo_takes_it_again(clinic: SmallClinic) -> None:
    visit = booked(clinic)
    before = claimed(clinic, visit)
    step = step_of(move(clinic.store, clinic.desk, [to(visit, longer=20)]).changes)
    assert step is not None
    longer = claimed(clinic, visit)
    assert str(read_label(clinic.store, step)) == "length of the visit of Okafor, Amara on Mon, Nov 16"
    undone = undo(clinic.store, clinic.desk, step)
    assert (claimed(clinic, visit), clinic.visit(visit.id).phase_minutes) == (before, ())
    assert undone.step is not None
    redo(clinic.store, clinic.desk, undone.step)
    assert claimed(clinic, visit) == longer
    assert check.findings(clinic.store.where) == []


def test_another_version_of_the_type_does_not_shorten_what_was_booked(clinic: SmallClinic) -> None:
    """A visit pins the version of its type, with its longest."""
    visit = lengthened(clinic, booked(clinic), 20)
    with clinic.store.write(PROGRAM) as unit:
        kind = unit.setup().type_by_id(visit.type_id)
        phases = tuple(replace(one, may_stretch=None) for one in kind.phases)
        unit.add(replace(kind, id=0, version=0, number=2, phases=phases))
        unit.save(replace(kind, current=False))
        unit.commit()
    assert lengthened(clinic, clinic.visit(visit.id), 30).end == visit.end + 10
