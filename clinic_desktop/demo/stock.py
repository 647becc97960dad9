"""The drug log of the demo clinic: what came, what is drawn and wasted of vials, and one count by two.

Vials come every week, as many as it takes: so there are those of one to two weeks, however many days are
made.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from clinic_desktop.demo.hand import Hand
from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.people.model import Drug, DrugMovement, Moved
from clinic_desktop.people.stock import StockCount
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.stocking import count_lot, move_drugs

_DAY = timedelta(days=1)
_TURN = 14 * _DAY  # before this Monday: from then on the second lot is used
_VIALS_A_DAY = 13
_STRENGTH, _ML = 50.0, 10.0
_VIAL = _STRENGTH * _ML
OLD, NEW, RESERVE = "41K207", "46K118", "52K330"
OLD_VIALS, NEW_VIALS, RESERVE_VIALS = "7H2231", "7J1010", "7K4402"


def settle_stock(hand: Hand, before: timedelta) -> None:
    """What came in the last weeks (``before``: how long ago the first came), one device that came broken, the
    count that found it, and a vial that broke."""
    first, second, third = hand.today - before, hand.monday - _TURN, hand.today - 4 * _DAY
    came = (
        (first, _devices(OLD, 54, first + before + 20 * _DAY)),
        (second, _devices(NEW, 66, second + 420 * _DAY)),
        (third, _devices(RESERVE, 30, third + 600 * _DAY)),
        (third, _vials(RESERVE_VIALS, 80, third + 560 * _DAY)),
    )
    nurse, other = hand.actors[Role.NURSE][:2]
    for day, line in came:
        _received(hand, day, line)
    hand.goes_to(hand.at(hand.today, 8 * 60 + 5))
    words = "One device was in pieces in its box when it was opened. The pharmacy takes it back."
    count = StockCount(lot=RESERVE, counted=29, second_id=other.person_id, note=words)
    count_lot(hand.store, nurse, count)
    broken = DrugMovement(drug=Drug.KETAMINE, lot=RESERVE_VIALS, on=hand.today, note="Fell and broke.")
    move_drugs(hand.store, nurse, _went(broken, Moved.WASTED, _VIAL, other.person_id))


def settle_week(hand: Hand, days: Sequence[date]) -> Changes:
    """The vials of a week of these working days came on the morning of the first."""
    lot, good_for = (OLD_VIALS, 300) if _is_long_ago(hand, days[0]) else (NEW_VIALS, 500)
    expires = hand.monday + good_for * _DAY  # one lot, one last day
    return _received(hand, days[0], _vials(lot, _VIALS_A_DAY * len(days), expires), minute=7 * 60)


def _received(hand: Hand, day: date, line: DrugMovement, minute: int = 9 * 60) -> Changes:
    hand.goes_to(hand.at(day, minute))
    return move_drugs(hand.store, hand.actors[Role.NURSE][0], replace(line, on=day)).changes


def _devices(lot: str, devices: int, expires: date) -> DrugMovement:
    return DrugMovement(lot=lot, devices=devices, expires=expires)


def _vials(lot: str, vials: int, expires: date) -> DrugMovement:
    mg = vials * _VIAL
    return DrugMovement(drug=Drug.KETAMINE, lot=lot, mg=mg, strength=_STRENGTH, ml=_ML, expires=expires)


def _is_long_ago(hand: Hand, day: date) -> bool:
    return day < hand.monday - _TURN


def house_lot(hand: Hand, visit: Visit) -> str:
    """The clinic's own devices that are used on the day of a visit."""
    return OLD if _is_long_ago(hand, visit.day) else NEW


def drawn(hand: Hand, visit: Visit, stamps: list[Stamp]) -> Changes:
    """What was infused or injected came out of a vial; the rest of it is wasted before somebody else."""
    given = [one for one in stamps if one.kind in (StampKind.DOSE, StampKind.INFUSION_START)]
    mg = sum(one.dose or 0 for one in given if one.device is None)
    if not mg or mg >= _VIAL:
        return Changes()
    lot = OLD_VIALS if _is_long_ago(hand, visit.day) else NEW_VIALS
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
