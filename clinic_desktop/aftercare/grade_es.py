"""How hard a Spanish text is to read: its syllables, and two formulas that were made for Spanish.

Alan N. Crawford's formula (1984) answers in school years. José Fernández Huerta's (1959) answers in points,
and his table says which school year reads what.
"""

import re

_SCHOOL_YEARS = ((90.0, 4.0), (80.0, 5.0), (70.0, 6.0), (60.0, 8.0), (50.0, 12.0))
"""From so many points on it is read in that year at the latest; with fewer, after school."""

_AFTER_SCHOOL = 13.0

_SILENT_U = re.compile(r"(?<=q)u|(?<=g)u(?=[eiéí])")
_LAST_Y = re.compile(r"y$")
_VOWELS = re.compile(r"[aeiouáéíóúü]+")
_STRONG = frozenset("aeoáéíóú")
"""Each is a syllable of its own; i, u and ü beside one are spoken with it, unless an accent parts them."""


def syllables(word: str) -> int:
    """Spoken syllables of a Spanish word, at least 1."""
    plain = _LAST_Y.sub("i", _SILENT_U.sub("", word.lower()))
    groups = _VOWELS.findall(plain)
    return max(1, sum(max(1, sum(letter in _STRONG for letter in group)) for group in groups))


def crawford(sentences: int, words: int, syllable_count: int) -> float:
    """School years, from sentences and syllables of a hundred words; 0.0 without words."""
    if not words:
        return 0.0
    return -0.205 * 100 * sentences / words + 0.049 * 100 * syllable_count / words - 3.407


def ease(sentences: int, words: int, syllable_count: int) -> float:
    """Points by Fernández Huerta, the more the easier: 206.84 - 60 syllables a word - 1.02 words a sentence.

    (His paper misprints the last term as sentences; the table was made with words a sentence.)
    """
    if not words:
        return 100.0
    return 206.84 - 60 * syllable_count / words - 1.02 * words / sentences


def year_of(points: float) -> float:
    """The school year that reads a text of so many points, by Fernández Huerta's table."""
    return next((year for least, year in _SCHOOL_YEARS if points >= least), _AFTER_SCHOOL)
