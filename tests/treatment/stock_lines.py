"""Short ways to write the drug log of the small clinic, and to read it."""

from dataclasses import replace
from datetime import date, timedelta

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.people.model import Drug, DrugMovement, Moved
from clinic_desktop.people.stock import StockCount
from clinic_desktop.treatment.stock import Lot, read_lots
from clinic_desktop.treatment.stocking import Counted, Logged, count_lot, move_drugs
from tests.small_clinic import MONDAY, SmallClinic

LOT, VIALS = "12K345", "KET7"
LATER = MONDAY + timedelta(days=400)


def line(what: Moved, devices: int = 0, **more: object) -> DrugMovement:
    return replace(DrugMovement(what=what, on=MONDAY, devices=devices, lot=LOT), **more)


def came(clinic: SmallClinic, devices: int, expires: date = LATER, **more: object) -> DrugMovement:
    (kept,) = logged(clinic, line(Moved.RECEIVED, devices, expires=expires, **more)).lines
    return kept


def vials_came(clinic: SmallClinic, count: int = 10, expires: date = LATER) -> DrugMovement:
    """Vials of 10 mL with 50 mg in each mL."""
    (kept,) = logged(
        clinic, vial(Moved.RECEIVED, 500.0 * count, strength=50.0, ml=10.0, expires=expires)
    ).lines
    return kept


def vial(what: Moved, mg: float, **more: object) -> DrugMovement:
    made = DrugMovement(what=what, drug=Drug.KETAMINE, on=MONDAY, mg=mg, lot=VIALS)
    return replace(made, **more)


def logged(clinic: SmallClinic, *lines: DrugMovement, by: Actor | None = None) -> Logged:
    return move_drugs(clinic.store, by or clinic.nurse, *lines)


def counted(clinic: SmallClinic, number: float, note: str = "", **more: object) -> Counted:
    count = StockCount(lot=LOT, counted=number, second_id=clinic.lin.id, note=note)
    return count_lot(clinic.store, clinic.nurse, replace(count, **more))


def lots(clinic: SmallClinic) -> dict[str, Lot]:
    with clinic.store.read() as records:
        return {one.lot: one for one in read_lots(records)}


def here(clinic: SmallClinic, lot: str = LOT) -> float:
    return lots(clinic)[lot].here
