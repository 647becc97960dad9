"""What a stay waits for that whoever acts may not record. Pure: a step and the case in, words out."""

from clinic_desktop.foundation.rulebook import Either, Param, Word, fill
from clinic_desktop.treatment.acknowledging import waits_for_prescriber
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.not_today import answered_to, says_not_today
from clinic_desktop.treatment.oxygen import low_oxygen
from clinic_desktop.treatment.requests_here import waiting_pressure
from clinic_desktop.treatment.session import when
from clinic_desktop.ui.floor.entries import BY_KIND
from clinic_desktop.ui.floor.steps import Step
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_OXYGEN, _BOTH = QT_TR_NOOP("Oxygen accepted"), QT_TR_NOOP("Pressure and oxygen accepted")


def waits_words(step: Step, care: Care) -> str:
    """Who does what comes first, where whoever acts may not; and what a prescriber said to it already."""
    if step.waits_for is None:
        return ""
    who: dict[str, Param] = {
        "step": Word(_what(step.waits_for, care)),
        "roles": Either(map(Word, step.roles)),
    }
    words = fill(tr("Waits for: {step}. A {roles} records it."), who, tr)
    if step.waits_for is not StampKind.PRESSURE_ACCEPTED:
        return words
    told = tr("If it was told and read back: p told, the name, read back.")
    if _is_not_today(care):
        return " ".join((_said_already(care), tr("Ctrl E ends the visit.")))
    return " ".join(part for part in (_said_already(care), words, told) if part)


def _what(kind: StampKind, care: Care) -> str:
    """An acceptance is about the pressure, the oxygen, or both: whichever waits."""
    if kind is not StampKind.PRESSURE_ACCEPTED or low_oxygen(care) is None:
        return BY_KIND[kind].label
    return _BOTH if waiting_pressure(care) is not None else _OXYGEN


def _is_not_today(care: Care) -> bool:
    waits = waits_for_prescriber(care)
    said = answered_to(care, waits) if waits is not None else None
    return said is not None and says_not_today(said)


def _said_already(care: Care) -> str:
    waits = waits_for_prescriber(care)
    again = answered_to(care, waits) if waits is not None else None
    if again is None:
        return ""
    name = next((one.name for one in care.setup.staff if one.id == again.by), "")
    said = ", ".join(part for part in (name, care.shown(when(again))) if part)
    return tr("{who}: {words}").format(who=said, words=again.note)
