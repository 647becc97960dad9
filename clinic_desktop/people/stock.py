"""The drug log: counts by two people, and what does not stand in a line of it.

A log with running counts, not the perpetual inventory of the DEA. Lines are only ever added.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.people import rules as people
from clinic_desktop.people import stock_rules as rules
from clinic_desktop.people.model import Drug, DrugMovement, Moved

YEARS_KEPT = 2  # at least [D1] [D2]; nothing here is ever deleted
MOST_DEVICES = 99
MOST_MG = 100_000  # two hundred vials of 500 mg
SAME = 0.05  # mg: what is less is rounding


@dataclass(frozen=True, slots=True)
class StockCount:
    """Two people counted a lot: devices, or mg. expected: what the log said then. From it on the log goes by
    what they counted; ``note`` explains a difference."""

    id: int = 0
    version: int = 0
    drug: Drug = Drug.SPRAVATO
    lot: str = ""
    counted: float = 0
    expected: float = 0
    by: int = 0
    second_id: int = 0
    at: datetime | None = None
    note: str = ""

    @property
    def difference(self) -> float:
        return round(self.counted - self.expected, 2)


def lot_key(lot: str) -> str:
    """A lot as it is kept: however it was typed, it is the same one."""
    return "".join(lot.split()).upper()


def amount_words(drug: Drug, amount: float, size: float | None = None) -> str:
    """ "12" devices; "9 vials and 36 mg", or mg alone where nobody knows what is in a vial."""
    if drug is Drug.SPRAVATO:
        return f"{amount:g}"
    if not size or amount < 0:
        return f"{round(amount, 2):g} mg"
    vials, rest = divmod(round(amount, 2), size)
    whole = "1 vial" if vials == 1 else f"{vials:g} vials"
    if rest < SAME:
        return whole
    return f"{whole} and {round(rest, 2):g} mg" if vials else f"{round(rest, 2):g} mg"


def line_problems(one: DrugMovement, by: int, staff: Collection[int], today: date) -> Problems:
    """Field -> what is wrong with a line of the log; empty when it can be kept."""
    return dict((*_what(one, today), *_amount(one), *_vial(one), *_people(one, by, staff)))


def _what(one: DrugMovement, today: date) -> Iterator[tuple[str, Finding]]:
    if not one.lot:
        yield "lot", Finding(rules.LOT)
    if one.what is Moved.RECEIVED and one.expires is None:
        yield "expires", Finding(rules.EXPIRES)
    if one.what is Moved.SENT and not one.note.strip():
        yield "note", Finding(people.DEVICES_WHY)
    if one.on > today:
        yield "on", Finding(people.DEVICES_LATER)


def _amount(one: DrugMovement) -> Iterator[tuple[str, Finding]]:
    """What comes is above zero, what goes below."""
    forward = one.amount > 0 if one.what is Moved.RECEIVED else one.amount < 0
    if one.drug is Drug.SPRAVATO:
        if not forward or abs(one.devices) > MOST_DEVICES:
            yield "devices", Finding(people.DEVICES if one.what is Moved.RECEIVED else rules.HOW_MANY)
    elif not forward or abs(one.mg) > MOST_MG:
        yield "mg", Finding(rules.AMOUNT)


def _vial(one: DrugMovement) -> Iterator[tuple[str, Finding]]:
    if one.drug is Drug.KETAMINE and one.what is Moved.RECEIVED:
        if not one.strength or one.strength <= 0:
            yield "strength", Finding(rules.STRENGTH)
        if not one.ml or one.ml <= 0:
            yield "ml", Finding(rules.VIAL)


def _people(one: DrugMovement, by: int, staff: Collection[int]) -> Iterator[tuple[str, Finding]]:
    if one.what is Moved.WASTED and (one.witness_id in (None, by) or one.witness_id not in staff):
        yield "witness", Finding(rules.WITNESS)


def count_problems(one: StockCount, staff: Collection[int], size: float | None) -> Problems:
    """The same of a count; ``size``: mg in one vial."""
    found: Problems = {}
    if one.counted < 0:
        found["counted"] = Finding(rules.COUNTED)
    if one.second_id == one.by or one.second_id not in staff:
        found["second"] = Finding(rules.TWO)
    # What the log says is told to two who have counted, never to one who is still alone with the number.
    if not found and abs(one.difference) >= SAME and not one.note.strip():
        words = (amount_words(one.drug, amount, size) for amount in (one.counted, one.expected))
        found["note"] = Finding(rules.DIFFERENCE, dict(zip(("counted", "expected"), words, strict=True)))
    return found
