"""The drug log of the demo clinic: what came, what is drawn and wasted of vials, and one count by two."""

from dataclasses import replace
from datetime import timedelta

from clinic_desktop.demo.hand import Hand
from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.people.model import Drug, DrugMovement, Moved
from clinic_desktop.people.stock import StockCount
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.stocking import count_lot, move_drugs

_DAY = timedelta(days=1)
_TURN = 14 * _DAY  # before today: from then on the second delivery is used
_STRENGTH, _ML = 50.0, 10.0
_VIAL = _STRENGTH * _ML
OLD, NEW, RESERVE = "41K207", "46K118", "52K330"
OLD_VIALS, NEW_VIALS = "7H2231", "7J1010"


def settle_stock(hand: Hand, before: timedelta) -> None:
    """What came in the last weeks (``before``: how long ago the first came), one device that came broken, and
    the count that found it."""
    first, second, third = hand.today - before, hand.today - _TURN, hand.today - 4 * _DAY
    came = (
        (first, _devices(OLD, 60, good_for=before + 20 * _DAY)),
        (first, _vials(OLD_VIALS, 190, good_for=300 * _DAY)),
        (second, _devices(NEW, 90, good_for=420 * _DAY)),
        (second, _vials(NEW_VIALS, 190, good_for=500 * _DAY)),
        (third, _devices(RESERVE, 48, good_for=600 * _DAY)),
    )
    nurse, other = hand.actors[Role.NURSE][:2]
    for day, (line, good_for) in came:
        hand.goes_to(hand.at(day, 9 * 60))
        moved = DrugMovement(**line, on=day, expires=day + good_for)  # type: ignore[arg-type]  # the fields' own
        move_drugs(hand.store, nurse, moved)
    hand.goes_to(hand.at(hand.today, 8 * 60 + 5))
    words = "One device was in pieces in its box when it was opened. The pharmacy takes it back."
    count = StockCount(lot=RESERVE, counted=47, second_id=other.person_id, note=words)
    count_lot(hand.store, nurse, count)


_Line = tuple[dict[str, object], timedelta]


def _devices(lot: str, devices: int, good_for: timedelta) -> _Line:
    return {"lot": lot, "devices": devices}, good_for


def _vials(lot: str, vials: int, good_for: timedelta) -> _Line:
    fields = {"lot": lot, "drug": Drug.KETAMINE, "mg": vials * _VIAL, "strength": _STRENGTH, "ml": _ML}
    return fields, good_for


def house_lot(hand: Hand, visit: Visit) -> str:
    """The clinic's own devices that are used on the day of a visit."""
    return OLD if visit.day < hand.today - _TURN else NEW


def drawn(hand: Hand, visit: Visit, stamps: list[Stamp]) -> Changes:
    """What was infused or injected came out of a vial; the rest of it is wasted before somebody else."""
    given = [one for one in stamps if one.kind in (StampKind.DOSE, StampKind.INFUSION_START)]
    mg = sum(one.dose or 0 for one in given if one.device is None)
    if not mg or mg >= _VIAL:
        return Changes()
    lot = OLD_VIALS if visit.day < hand.today - _TURN else NEW_VIALS
    nurses = hand.actors[Role.NURSE]
    nurse, witness = nurses[visit.id % len(nurses)], nurses[(visit.id + 1) % len(nurses)]
    line = DrugMovement(drug=Drug.KETAMINE, lot=lot, on=visit.day, visit_id=visit.id)
    return move_drugs(
        hand.store,
        nurse,
        _went(line, Moved.DRAWN, mg),
        _went(line, Moved.WASTED, _VIAL - mg, witness.person_id),
    ).changes


def _went(line: DrugMovement, what: Moved, mg: float, witness: int | None = None) -> DrugMovement:
    return replace(line, what=what, mg=-mg, witness_id=witness)
