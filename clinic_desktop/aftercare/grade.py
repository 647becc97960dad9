"""How many years of school a text asks for, by two formulas in each language that is measured.

English: Flesch-Kincaid counts syllables; the Automated Readability Index counts letters, and so does not
share what the syllable rules get wrong. Spanish: Crawford, and the table of Fernández Huerta. All go by the
length of sentences, too.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from clinic_desktop.aftercare import grade_es
from clinic_desktop.aftercare.check import all_blocks, parts_of
from clinic_desktop.aftercare.template import BulletText, HeadingText, ParagraphText, Template, TextPart
from clinic_desktop.foundation.document import TextRole

HIGHEST_GRADE = 6.0
"""The sheets stay at or below it [H1] [H2]."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)")
_IN_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_LEAST_WORDS = 4  # of what is called hard: “Call 911 immediately.” is no long sentence
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(r"[^aeiouy](?:e|es|ed)$")
_SPOKEN_END = re.compile(r"(?:[^aeiou]le|[^aeiou]les|[td]ed|(?:s|x|z|ch|sh|c|g)es)$")
_TWO_VOWELS = re.compile(
    r"ia(?!l$|n$)|(?<![ct])ie[tn]|io(?!n|us)|[^cx]iou|eo(?!u)|(?<!q)ua(?!r)|ea(?=l[iu]|$)|[aeou]ing|[iu]um|[^t]ier$"
)
"""Two vowels side by side that are spoken apart."""

_FIELD_WORD = "moment"
"""Stands for a fact when a text is measured: a word of two syllables, three in Spanish, which flatters no
text."""

_KNOWN = {
    "business": 2, "create": 2, "created": 3, "evening": 2, "every": 2, "everything": 3, "headaches": 2,
    "hour": 2, "hours": 2, "ideas": 3, "intravenous": 5, "lion": 2, "maybe": 2, "people": 2, "poem": 2,
    "science": 2, "society": 4, "someone": 2, "something": 2, "sometimes": 2, "suicidal": 4, "suicide":
    3, "tired": 2,
}  # fmt: skip
"""Words that the rules get wrong."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of a text."""

    sentences: int
    words: int
    syllables: int
    letters: int = 0

    @property
    def grade(self) -> float:
        """Flesch-Kincaid grade level; 0.0 for a text without words."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def automated(self) -> float:
        """Automated Readability Index, a school grade; 0.0 for a text without words."""
        if not self.words:
            return 0.0
        return 4.71 * self.letters / self.words + 0.5 * self.words / self.sentences - 21.43

    @property
    def crawford(self) -> float:
        """School years of a Spanish text."""
        return grade_es.crawford(self.sentences, self.words, self.syllables)

    @property
    def huerta(self) -> float:
        """School year of a Spanish text by Fernández Huerta's table."""
        return grade_es.year_of(grade_es.ease(self.sentences, self.words, self.syllables))


def measure(sentences: Iterable[str], language: str = "en") -> Counts:
    """Count texts; each is at least one sentence, whether it ends with a full stop or not."""
    counts = [_count(text, _SYLLABLES[language]) for text in sentences]
    return Counts(*(sum(column) for column in zip(*counts, strict=True))) if counts else Counts(0, 0, 0)


def measure_template(template: Template) -> Counts:
    """Every word of a text, facts counted as a word of two syllables."""
    return measure(_sentences(template, fragments=True), template.front.language)


def measure_prose(template: Template) -> Counts:
    """Only whole sentences: lists and headings, whose few words flatter a text, are left out."""
    return measure(_sentences(template, fragments=False), template.front.language)


def grades(template: Template) -> dict[str, float]:
    """Formula -> the grade of the text as a whole or of its sentences alone, whichever is higher.

    Empty for a language that nobody measures.
    """
    formulas = _FORMULAS.get(template.front.language, {})
    counted = [measure_template(template), measure_prose(template)] if formulas else []
    return {name: max(map(formula, counted)) for name, formula in formulas.items()}


def school_grade(template: Template) -> float | None:
    """The grade by which a text is judged: the highest that any formula finds. None in a language for which
    there is none here: nobody is told a figure that means nothing."""
    return max(grades(template).values(), default=None)


def hardest_sentence(template: Template) -> str:
    """Of the sentences of a text the one that asks for the most years of school, its facts by their names;
    empty without any, and in a language that nobody measures."""
    language = template.front.language
    formulas = _FORMULAS.get(language, {})
    counted = _IN_SENTENCES.split("\n".join(_sentences(template, fragments=False)))
    named = _IN_SENTENCES.split("\n".join(_sentences(template, fragments=False, named=True)))
    long = [pair for pair in zip(counted, named, strict=True) if len(_WORD.findall(pair[0])) >= _LEAST_WORDS]
    if not formulas or not long:
        return ""

    def years(pair: tuple[str, str]) -> float:
        counts = measure([pair[0]], language)
        return max(formula(counts) for formula in formulas.values())

    return max(long, key=years)[1].strip()


def syllables(word: str) -> int:
    """Spoken syllables of an English word, at least 1."""
    plain = re.sub(r"['’](?:s|d|m|t|ll|re|ve)?$", "", word.lower())
    return _KNOWN.get(plain) or max(1, _by_rule(plain))


def _by_rule(word: str) -> int:
    count = len(_VOWELS.findall(word)) + len(_TWO_VOWELS.findall(word))
    if _SILENT_E.search(word) and not _SPOKEN_END.search(word):
        count -= 1
    return count


_SYLLABLES: Mapping[str, Callable[[str], int]] = {"en": syllables, "es": grade_es.syllables}
_FORMULAS: Mapping[str, Mapping[str, Callable[[Counts], float]]] = {
    "en": {"Flesch-Kincaid": lambda counts: counts.grade, "ARI": lambda counts: counts.automated},
    "es": {"Crawford": lambda counts: counts.crawford, "Fernández Huerta": lambda counts: counts.huerta},
}


@lru_cache(maxsize=4096)  # a sentence is counted in a text, in its prose, by itself, and after the next key
def _count(text: str, spoken: Callable[[str], int]) -> tuple[int, int, int, int]:
    words = _WORD.findall(text)
    ends = len([piece for piece in _SENTENCE_END.split(text) if _WORD.search(piece)])
    letters = sum(letter.isalpha() for word in words for letter in word)
    return (ends if words else 0), len(words), sum(map(spoken, words)), letters


def _sentences(template: Template, *, fragments: bool, named: bool = False) -> Iterator[str]:
    if fragments:
        yield template.front.title
    wanted = (HeadingText, ParagraphText, BulletText)
    for block in all_blocks(template.blocks):
        if not isinstance(block, wanted):
            continue
        words = "".join(
            part.text if isinstance(part, TextPart) else f"{{{{{part.name}}}}}" if named else _FIELD_WORD
            for part in parts_of(block)
        )
        whole = isinstance(block, ParagraphText | BulletText) and words.rstrip().endswith((".", "?", "!"))
        if fragments or (whole and getattr(block, "role", None) is not TextRole.CALLOUT):
            yield words
