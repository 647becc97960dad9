"""Numbers that identify a person to an authority: social security, licence, passport, identity card.

They are never stored [decision: privacy]. A number is recognised by its own form (three, two and four digits)
or by the word before it. Phone numbers, dates, doses and lots are left alone, and so is a bare row of digits:
nobody can tell it from a chart number.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass
from datetime import date, datetime
from typing import Any

from clinic_desktop.foundation.records import field_names

_PLAIN = str.maketrans({
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "),
})  # fmt: skip

# 123-45-6789, 123.45.6789, 123 - 45 - 6789; not part of a longer run.
_DASHED = r"(?<!\d)(?<!\d[-.])\d{3} ?[-.] ?\d{2} ?[-.] ?\d{4}(?!\d|[-.]\d)"
# 123 45 6789, unless it goes on, is dialled from abroad, or is a row of doses.
_SPACED = (
    r"(?<!\d)(?<!\d[-. ])(?<!\+)(?!000|666|9)\d{3} (?!00)\d{2} (?!0000)\d{4}"
    r"(?!\d|[-. ]\d| ?(?:mg|mcg|ml|g|iu)\b)"
)

_SECURITY = r"(?:\bssn|\bs\.s\.n\.?|\bsoc(?:ial|\.)?(?: ?sec(?:urity|\.)?)?|\bitin|\bseguro social)"
_DOCUMENT = (
    r"(?:\b(?:driv(?:er'?s?|ing) ?)?(?:licen[cs]es?|lic\.)|(?<![\w/])d\.?l\.?(?!\w)|\blicencia"
    r"|\bpass?aportes?|\bpassports?"
    r"|\b(?:id|identity|identification|tax|alien|green) ?card|\b(?:photo|state|national|military|voter) id"
    r"|\b(?:id|identity|identification|alien)(?= ?(?:no|nr|num|number)\b|\.? ?#))"
)
# What may stand between the word and its number: "licence no. (IL): D1234567", "passport is 533401234".
_BETWEEN = (
    r"(?:'s)?[ :#=()\n-]*(?:(?:(?:numbers?|no|nr|num)\b\.?|\b(?:is|was|card|id)\b|\((?-i:[A-Z]{2})\)"
    r"|(?-i:[A-Z]{2})\b)[ :#=()\n-]*){0,3}"
)
_NINE = r"\d(?:[-. /]?\d){8}(?!\d|[-.]\d)"
_DATE = r"(?!\d{1,2}[-.]\d{1,2}[-.]\d{2,4}(?!\d))(?!\d{4}[-.]\d{1,2}[-.]\d{1,2}(?!\d))"
_PHONE = r"(?!\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d))"
_NUMBER = (
    rf"{_DATE}{_PHONE}(?:(?:[a-z]{{1,3}}-?|(?-i:[A-Z]{{1,3}}) )?\d(?:[-. ]?\d){{4,}}[a-z]{{0,2}}(?!\w)"
    r"|(?=(?:[a-z]*\d){3})[a-z\d*]{7,}(?!\w))"
)

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<number>{_DASHED})",
        rf"(?P<number>{_SPACED})",
        rf"{_SECURITY}{_BETWEEN}(?P<number>{_NINE})",
        rf"{_DOCUMENT}{_BETWEEN}(?P<number>{_NUMBER})",
    )
)
# A licence to practise, and numbers that a clinic gives itself: "RN license 123456", "patient ID no. 123456".
_NOT_THE_PATIENTS = re.compile(
    r"\b(?:medical|nursing|nurse'?s?|physician'?s?|professional|facility|clinic'?s?|pharmacy|business|rn|md|np"
    r"|dea|board|chart|patient|record|order|lot|device|rems|visit|session|case)[ :-]*$",
    re.IGNORECASE,
)
_WORDLESS = frozenset({int, float, bool, type(None), date, datetime})
_AS_PRINTED = frozenset({"lot"})  # on the box of a medicine: what was given is always recorded
_FEWEST = 5  # digits
_DIGITS = re.compile(rf"(?:\d\D*?){{{_FEWEST}}}")


def identity_numbers(text: str) -> tuple[str, ...]:
    """Those that stand in a text, as they are written there."""
    return tuple(text[start:end] for start, end in _spans(text))


def without_identity_numbers(text: str) -> str:
    """The text with each of them taken out; lines stay lines."""
    spans = _spans(text)
    if not spans:
        return text
    for start, end in reversed(spans):
        text = f"{text[:start].rstrip(' ')} {text[end:].lstrip(' ')}"
    return re.sub(r" +([,;.)\n]|$)", r"\1", text).strip()


def texts_in(value: object) -> Iterator[tuple[str, str]]:
    """Every text of a record and of what it is made of, with the name of the field it stands in."""
    return _texts("", value)


def new_identity_numbers(record: object, before: object = None) -> dict[str, str]:
    """Field -> a number that was not in the record before."""
    texts = {
        name: text for name, text in texts_in(record) if name not in _AS_PRINTED and _DIGITS.search(text)
    }
    if not texts:
        return {}
    old = {text for _, text in texts_in(before)} if before is not None else set()
    found = {name: identity_numbers(text) for name, text in texts.items() if text not in old}
    return {name: numbers[0] for name, numbers in found.items() if numbers}


def _spans(text: str) -> list[tuple[int, int]]:
    """Where they stand, in order, none within another."""
    if not _DIGITS.search(text):
        return []
    plain = text.translate(_PLAIN)
    found = sorted({
        match.span("number")
        for form in _FORMS
        for match in form.finditer(plain)
        if not _NOT_THE_PATIENTS.search(plain, 0, match.start())
    })  # fmt: skip
    out: list[tuple[int, int]] = []
    for start, end in found:
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return out


def _texts(name: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if type(value) is str:  # a word of a closed list is nobody's number
            yield name, value
    elif is_dataclass(value):
        kind: Any = type(value)
        for field in field_names(kind):
            inner = getattr(value, field)
            if type(inner) is str:
                yield (f"{name}.{field}" if name else field), inner
            elif inner and type(inner) not in _WORDLESS and not isinstance(inner, str):
                yield from _texts(f"{name}.{field}" if name else field, inner)
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for at, one in enumerate(value):
            yield from _texts(f"{name}.{at}", one)
