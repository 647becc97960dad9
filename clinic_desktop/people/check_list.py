"""The check list before ketamine and Spravato: what forbids it, and what asks for care.

Each line names its source in the clinical reference. Both drugs share the list: esketamine is half of
ketamine, and a clinic that gives both asks once.
"""

from dataclasses import dataclass
from enum import StrEnum

from clinic_desktop.people.model import Screening, ScreeningItem


class Weight(StrEnum):
    CONTRAINDICATION = "contraindication"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line: ``code`` is kept in records, ``asks`` is what a person answers yes or no to,
    ``name`` is short enough for a sentence. ``by_itself``: no answer to all that is open answers it."""

    code: str
    weight: Weight
    name: str
    asks: str
    source: str
    by_itself: bool = False


DRUG_ALLERGY = "drug-allergy"

_C, _K = Weight.CONTRAINDICATION, Weight.CAUTION

CHECK_LIST: tuple[CheckLine, ...] = (
    CheckLine(
        "aneurysm",
        _C,
        "aneurysm or vessel malformation",
        "Aneurysmal vascular disease (aorta, brain, arms, legs) or arteriovenous malformation",
        "L5, L11",
    ),
    CheckLine("brain-bleed", _C, "bleeding in the brain", "Bleeding inside the brain, ever", "L5, L11"),
    CheckLine(
        DRUG_ALLERGY,
        _C,
        "allergy to ketamine",
        "Allergy to ketamine, esketamine or a part of the product",
        "L5, L11",
    ),
    CheckLine("psychosis", _K, "psychosis", "Psychosis or schizophrenia, now or before", "L2, SB"),
    CheckLine(
        "blood-pressure",
        _K,
        "uncontrolled blood pressure",
        "High blood pressure that is not controlled",
        "SA, L11",
    ),
    CheckLine("heart", _K, "heart or vessel disease", "Poorly controlled heart or vessel disease", "SA, P1"),
    CheckLine(
        "substance-use",
        _K,
        "substance use",
        "Misuse of alcohol, cannabis, opioids or other drugs, now or before",
        "L2, SB",
    ),
    CheckLine("pregnancy", _K, "pregnancy", "Pregnant, or planning to be", "L5", by_itself=True),
    CheckLine("lactation", _K, "breastfeeding", "Breastfeeding", "L5"),
    CheckLine(
        "depressants",
        _K,
        "sedatives",
        "Takes benzodiazepines, sleeping pills or other drugs that sedate",
        "L2, R4",
    ),
    CheckLine("opioids", _K, "opioids", "Takes opioids", "R3"),
    CheckLine("stimulants", _K, "stimulants", "Takes stimulants", "R4, L4"),
    CheckLine("maoi", _K, "MAOI", "Takes an MAOI, or did in the last weeks", "R4, L4"),
    CheckLine(
        "bladder", _K, "bladder symptoms", "Bladder pain, urgency, frequency or blood in the urine", "A10"
    ),
    CheckLine("liver", _K, "severe liver disease", "Severe liver disease", "P1"),
    CheckLine("sleep-apnea", _K, "sleep apnea", "Sleep apnea or use of CPAP", "I8"),
    CheckLine(
        "suicidal",
        _K,
        "suicidal thoughts",
        "Thoughts of suicide now: needs an early visit and a safety plan",
        "SA",
        by_itself=True,
    ),
)

LINES: dict[str, CheckLine] = {line.code: line for line in CHECK_LIST}


def answers(screening: Screening | None) -> tuple[ScreeningItem, ...]:
    """Every line of today's list with its answer so far; lines of an older list come last."""
    given = {item.code: item for item in screening.items} if screening else {}
    current = tuple(given.get(line.code, ScreeningItem(line.code)) for line in CHECK_LIST)
    return current + tuple(item for code, item in given.items() if code not in LINES)


def open_lines(items: tuple[ScreeningItem, ...]) -> list[CheckLine]:
    """Lines nobody answered yet."""
    answered = {item.code for item in items if item.present is not None}
    return [line for line in CHECK_LIST if line.code not in answered]


def present(items: tuple[ScreeningItem, ...], weight: Weight) -> list[ScreeningItem]:
    """What was answered with yes, of one weight."""
    return [
        item for item in items if item.present and item.code in LINES and LINES[item.code].weight is weight
    ]


def names(items: list[ScreeningItem]) -> tuple[str, ...]:
    """The short names, for a sentence."""
    return tuple(LINES[item.code].name if item.code in LINES else item.code for item in items)
