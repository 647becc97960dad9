"""How a dose was given: its route, and mg/kg with the weight and the day of it."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desktop.people.model import Order
from clinic_desktop.treatment.dose_facts import dose_filled, dose_slips
from clinic_desktop.treatment.dosing import before_dose
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import MONDAY, SmallClinic, instant
from tests.treatment.cases import K, before_dosing, care, codes
from tests.treatment.stays import booked

WEIGHED = date(2026, 11, 9)
BY_WEIGHT = Order(modality="iv", route="IV", dose=0.5, unit="mg/kg", weight_kg=72.0, weighed_on=WEIGHED)
START = Stamp(kind=K.INFUSION_START, unit="mg")


def filled(stamp: Stamp, order: Order | None = BY_WEIGHT) -> Stamp:
    here = care("IVM", before_dosing(), instant(10, 10), order=order)
    return replace(stamp, **dose_filled(here, stamp))


def slips(stamp: Stamp, order: Order | None = BY_WEIGHT) -> list[str]:
    here = care("IVM", before_dosing(), instant(10, 10), order=order)
    return codes(list(dose_slips(here, filled(stamp, order)).values()))


def test_the_weight_and_its_day_are_the_orders() -> None:
    said = filled(replace(START, per_kg=0.5))
    assert (said.dose, said.weight_kg, said.weighed_on) == (36.0, 72.0, WEIGHED)


def test_a_typed_weight_is_of_the_visits_day() -> None:
    said = filled(replace(START, per_kg=0.5, weight_kg=70.0))
    assert (said.dose, said.weight_kg, said.weighed_on) == (35.0, 70.0, MONDAY)


def test_a_dose_by_weight_without_one_is_no_dose() -> None:
    assert slips(replace(START, per_kg=0.5), None) == ["slip-weight"]
    assert slips(replace(START, per_kg=0.5, weight_kg=7.0)) == ["slip-weight"]
    assert slips(replace(START, per_kg=0.5, weight_kg=70.0, weighed_on=date(2026, 11, 17))) == ["slip-weight"]
    assert slips(replace(START, per_kg=0.5, weight_kg=70.0)) == []


@pytest.mark.parametrize(("mg", "wanted"), [(35.5, []), (36.0, []), (40.0, ["slip-per-kg"])])
def test_the_mg_are_those_of_the_weight(mg: float, wanted: list[str]) -> None:
    assert slips(replace(START, per_kg=0.5, weight_kg=71.0, dose=mg)) == wanted


@pytest.mark.parametrize(
    ("kind", "typed", "order", "route"),
    [
        (K.INFUSION_START, "", None, "IV"),
        (K.DOSE, "", None, ""),
        (K.DOSE, "", BY_WEIGHT, "IV"),
        (K.DOSE, "", replace(BY_WEIGHT, route="intramuscular"), "IM"),
        (K.DOSE, "IM", BY_WEIGHT, "IM"),
        (K.DOSE, "", replace(BY_WEIGHT, route="by the moon"), ""),
    ],
)
def test_the_route_is_the_orders_unless_another_is_said(
    kind: K, typed: str, order: Order | None, route: str
) -> None:
    assert filled(Stamp(kind=kind, dose=36.0, route=typed), order).route == route


@pytest.mark.parametrize(
    ("route", "ordered", "wanted"),
    [("IV", "IV", []), ("IM", "IV", ["dose-route"]), ("IM", "intramuscular", []), ("IM", "by the moon", [])],
)
def test_another_route_than_the_ordered_one_is_refused(route: str, ordered: str, wanted: list[str]) -> None:
    order = replace(BY_WEIGHT, route=ordered)
    here = care("IVM", before_dosing(), instant(10, 10), order=order)
    assert codes(before_dose(here, replace(START, dose=36.0, route=route))) == wanted


def test_a_device_is_given_by_the_nose(clinic: SmallClinic) -> None:
    stay = booked(clinic)
    stay.prepared().device()
    assert [one.route for one in stay.stamps(K.DOSE)] == ["nasal"]
