"""A discharge form before the release: what it scores, and what is said or refused. Pure.

It takes the place of nothing: the clock, the pressures and the signatures stay as they are.
"""

from collections.abc import Callable
from datetime import datetime

from clinic_desktop.foundation.rulebook import Finding, Problems, Word
from clinic_desktop.scheduling.discharge_forms import (
    FORM_NAMES,
    FORMS,
    MOST_OF_AN_ITEM,
    kept_items,
    least_of,
    most_of,
)
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.discharge_rules import (
    FORM_ITEMS,
    FORM_LOW,
    FORM_LOW_SAID,
    FORM_MISSING,
    FORM_WHICH,
)
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import when


def form_filled(care: Care, stamp: Stamp) -> dict[str, object]:
    """The items that the clinic asks now."""
    items = stamp.form_items or kept_items(stamp.form, care.setup.policies.form_off)
    return {"form_items": items} if stamp.kind is StampKind.DISCHARGE_FORM else {}


def form_slips(stamp: Stamp) -> Problems:
    """A form that nobody knows, or not every item scored from 0 to 2."""
    if stamp.kind is not StampKind.DISCHARGE_FORM:
        return {}
    if stamp.form not in FORMS:
        return {"form": Finding(FORM_WHICH, {"known": tuple(FORMS)})}
    well = all(0 <= one <= MOST_OF_AN_ITEM for one in stamp.form_scores)
    if well and len(stamp.form_scores) == len(stamp.form_items):
        return {}
    items = tuple(map(Word, stamp.form_items))
    return {
        "form": Finding(FORM_ITEMS, {"form": FORM_NAMES[stamp.form], "most": MOST_OF_AN_ITEM, "items": items})
    }


def is_low(stamp: Stamp) -> bool:
    return sum(stamp.form_scores) < least_of(len(stamp.form_items))


def against_form(care: Care, counts: Callable[[datetime], bool], since: str) -> list[Finding]:
    """Where the type asks for a form: one that counts, and enough points. Elsewhere a low one is said."""
    asked = care.type.discharge_form
    scored = [one for one in care.session.all_of(StampKind.DISCHARGE_FORM) if asked in ("", one.form)]
    last = scored[-1] if scored else None
    if asked and (last is None or not counts(when(last))):
        return [care.says(FORM_MISSING, form=FORM_NAMES[asked], since=since)]
    if last is None or not is_low(last):
        return []
    return [care.says(FORM_LOW if asked else FORM_LOW_SAID, at=care.shown(when(last)), **_points(last))]


def _points(stamp: Stamp) -> dict[str, str | int]:
    items = len(stamp.form_items)
    total = sum(stamp.form_scores)
    return {
        "form": FORM_NAMES[stamp.form],
        "total": total,
        "most": most_of(items),
        "least": least_of(items),
    }
