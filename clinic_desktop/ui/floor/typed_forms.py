"""A discharge form as it is typed: its name, then a number for each item, like "aldrete 2 2 2 2 1"."""

import re
from dataclasses import replace

from clinic_desktop.scheduling.discharge_forms import FORM_NAMES, FORMS, kept_items, most_of
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui.i18n import tr

_SCORES = re.compile(r"(?:\d\b\s*)+|\d{3,5}\b")


def names_form(word: str) -> bool:
    """Whether a word is the name of a form."""
    return word.lower() in FORMS


def read_form(stamp: Stamp, rest: str, care: Care) -> tuple[Stamp, str]:
    """The stamp with its points; without a name it is the form that the visit's type asks for."""
    first, _, behind = rest.partition(" ")
    form, left = (first.lower(), behind) if names_form(first) else (care.type.discharge_form, rest)
    if not form:
        return stamp, tr("Say which form: {known}.").format(known=", ".join(FORMS))
    found = _SCORES.match(left)
    scores = tuple(int(one) for one in found[0] if one.isdigit()) if found else ()
    items = kept_items(form, care.setup.policies.form_off)
    note = left[found.end() :].strip() if found else left
    stamp = replace(stamp, form=form, form_items=items, form_scores=scores, note=note)
    if len(scores) == len(items):
        return stamp, ""
    words = tr("0 to 2 each: {items}.").format(items=", ".join(tr(one) for one in items))
    return stamp, words


def form_words(stamp: Stamp) -> str:
    """ "Modified Aldrete 9 of 10 (activity 2, respiration 2, ...)"."""
    if not stamp.form:
        return ""
    name = FORM_NAMES.get(stamp.form, stamp.form)
    if len(stamp.form_scores) != len(stamp.form_items):
        return " ".join((name, *map(str, stamp.form_scores)))
    points = zip(stamp.form_items, stamp.form_scores, strict=False)
    each = ", ".join(f"{tr(item)} {score}" for item, score in points)
    words = tr("{form} {total} of {most} ({items})")
    most = most_of(len(stamp.form_items))
    return words.format(form=name, total=sum(stamp.form_scores), most=most, items=each)


def form_typed(stamp: Stamp) -> str:
    return " ".join([stamp.form, *map(str, stamp.form_scores)]) if stamp.form else ""
