"""Names as lists write them."""

import re

_PARTICLES = frozenset(
    {"af", "al", "ben", "bin", "da", "das", "de", "dei", "del", "della", "den", "der", "di", "do", "dos",
     "du", "el", "la", "las", "le", "los", "of", "san", "st", "ter", "van", "von", "y", "zu", "zum"}
)  # fmt: skip
_GENERATION = re.compile(r"(?:jr|sr|[ivx]{2,4}|2nd|3rd)\.?", re.IGNORECASE)
_ADDED_DIGITS = re.compile(r"(?<=[^\W\d_])\d+(?!\w)")


def split_name(full: str) -> tuple[str, str]:
    """Given and family name out of one cell: "Okafor, Mary" or "Mary Okafor". Particles and Jr. stay
    with the family name; a single name is the family name."""
    family, comma, given = full.partition(",")
    if comma and not _GENERATION.fullmatch(given.strip()):
        return given.strip(), family.strip()
    words = full.split()
    at = len(words) - 1
    while at > 0 and _GENERATION.fullmatch(words[at]):
        at -= 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


def without_added_digits(name: str) -> str:
    """A name without the digits Synthea writes after each word: "Freeman822" is Freeman."""
    return _ADDED_DIGITS.sub("", name)
