"""Going over the driver (for dosing and for release apart) or the first dose: a prescriber, with a reason."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.errors import BadInput, RightMissing
from clinic_desktop.people.model import Indication, Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.security.rights import BUNDLES, Right
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.overriding import override_driver, override_first_dose
from tests.small_clinic import SmallClinic
from tests.treatment.stays import K, Stay, booked

THIRD = Stamp(kind=K.DOSE, lot="12K345")


def go_over(stay: Stay, by: Actor | None = None, reason: str = "sister on her way", **more: bool) -> None:
    clinic = stay.clinic
    override_driver(clinic.store, by or clinic.prescriber, stay.visit_id, reason, **more)


@pytest.mark.parametrize("role", [Role.NURSE, Role.MANAGER, Role.RECEPTIONIST, Role.THERAPIST])
def test_nobody_but_a_prescriber(clinic: SmallClinic, role: Role) -> None:
    stay = booked(clinic, plan=None)
    with pytest.raises(RightMissing):
        go_over(stay, Actor(9, frozenset({role})))
    assert stay.overrides() == []


def test_nobody_else_even_where_the_rights_table_says_so(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BUNDLES, Role.MANAGER, BUNDLES[Role.MANAGER] | {Right.OVERRIDE_DRIVER})
    with pytest.raises(RightMissing):
        go_over(booked(clinic, plan=None), Actor(9, frozenset({Role.MANAGER})))


def test_not_without_a_reason(clinic: SmallClinic) -> None:
    stay = booked(clinic, plan=None)
    with pytest.raises(BadInput) as slip:
        go_over(stay, reason="  ")
    assert list(slip.value.problems) == ["reason"]


def test_for_dosing_it_frees_the_visit_and_stays_on_record(clinic: SmallClinic) -> None:
    stay = booked(clinic, plan=None).prepared()
    assert stay.state == "held"
    go_over(stay)
    assert stay.state == "in room"
    (trace,) = stay.overrides()
    assert (trace.rule, trace.by, trace.reason, trace.deviation) == (
        "driver", clinic.lin.id, "sister on her way", False,
    )  # fmt: skip
    stay.device()
    assert stay.incidents() == []


def test_for_dosing_it_is_none_for_release(clinic: SmallClinic) -> None:
    stay = booked(clinic, plan=None).prepared()
    go_over(stay)
    stay.device()
    stay.at(10, 15).device()
    stay.at(10, 50).vitals()
    stay.at(12, 20).vitals()
    for kind in (K.PRESSURE_ACCEPTED, K.SETTLED, K.WALKS):
        stay.is_(kind)
    stay.is_(K.SHEET_HANDED, person="Amara")
    assert stay.refused(Stamp(kind=K.RELEASED)) == ["release-driver"]
    go_over(stay, at_release=True)
    assert stay.refused(Stamp(kind=K.RELEASED)) == []
    assert [one.rule for one in stay.overrides()] == ["driver", "driver-release"]


def test_for_release_it_is_none_for_dosing(clinic: SmallClinic) -> None:
    stay = booked(clinic, plan=None).prepared()
    go_over(stay, at_release=True)
    assert stay.state == "held"
    assert stay.refused(Stamp(kind=K.DOSE, lot="1")) == ["dose-driver"]


def test_it_goes_over_nothing_but_the_driver(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(12, 14)
    go_over(stay, at_release=True)
    assert "release-floor" in stay.refused(Stamp(kind=K.RELEASED))
    assert "release-driver" not in stay.refused(Stamp(kind=K.RELEASED))


MANAGER = Actor(9, frozenset({Role.MANAGER}), "office")


def third_device(clinic: SmallClinic, by: Actor, **facts: object) -> Stay:
    """A first visit of 84 mg that somebody booked over the rules; two devices are given."""
    with clinic.store.write(clinic.prescriber) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), **facts))
        unit.commit()
    visit = book(clinic.store, by, clinic.wish("SP84"), "known dose").visits[0]
    stay = Stay(clinic, visit.id).prepared()
    stay.device(happened=True)  # where the reason is not on record, the first one is a deviation of its own
    stay.at(10, 15).device()
    return stay.at(10, 20)


@pytest.mark.parametrize("indication", [Indication.TRD, Indication.NONE])
@pytest.mark.parametrize("role", [Role.MANAGER, Role.PRESCRIBER])
def test_who_booked_over_the_first_dose_gave_no_permission_to_give_it(
    clinic: SmallClinic, indication: Indication, role: Role
) -> None:
    stay = third_device(clinic, Actor(9, frozenset({role}), "office"), indication=indication)
    assert stay.refused(THIRD) == ["dose-first-84"]
    stay.says(THIRD, happened=True)
    before = [("dose-indication",)] if indication is Indication.NONE else []
    assert [one.codes for one in stay.incidents()] == [*before, ("dose-first-84",)]


def test_a_prescriber_allows_the_higher_first_dose_before_it_is_given(clinic: SmallClinic) -> None:
    stay = third_device(clinic, clinic.prescriber)
    for by in (clinic.nurse, MANAGER):
        with pytest.raises(RightMissing):
            override_first_dose(clinic.store, by, stay.visit_id, "known dose")
    with pytest.raises(BadInput):
        override_first_dose(clinic.store, clinic.prescriber, stay.visit_id, " ")
    override_first_dose(clinic.store, clinic.prescriber, stay.visit_id, "had it elsewhere")
    assert stay.refused(THIRD) == []
    assert stay.incidents() == []


def test_a_visit_that_is_over_needs_none(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(9, 55)
    stay.is_(K.NOT_TREATED, note="unwell")
    with pytest.raises(BadInput):
        go_over(stay)
