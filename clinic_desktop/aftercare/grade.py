"""How many years of school a text asks for, by the Flesch-Kincaid grade formula."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clinic_desktop.aftercare.check import all_blocks, parts_of
from clinic_desktop.aftercare.sheet_text import ENGLISH
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
"""Stands for a fact when a text is measured: a word of two syllables, which flatters no text."""

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

    @property
    def grade(self) -> float:
        """Flesch-Kincaid grade level; 0.0 for a text without words."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def measure(sentences: Iterable[str]) -> Counts:
    """Count texts; each is at least one sentence, whether it ends with a full stop or not."""
    counts = [_count(text) for text in sentences]
    return Counts(*(sum(column) for column in zip(*counts, strict=True))) if counts else Counts(0, 0, 0)


def measure_template(template: Template) -> Counts:
    """Every word of a text, facts counted as a word of two syllables."""
    return measure(_sentences(template, fragments=True))


def measure_prose(template: Template) -> Counts:
    """Only whole sentences: lists and headings, whose few words flatter a text, are left out."""
    return measure(_sentences(template, fragments=False))


def school_grade(template: Template) -> float | None:
    """The grade by which a text is judged: the harder of the whole and of its sentences. None in a language
    for which there is no formula here: nobody is told a figure that means nothing."""
    if template.front.language != ENGLISH:
        return None
    return max(measure_template(template).grade, measure_prose(template).grade)


def hardest_sentence(template: Template) -> str:
    """Of the sentences of a text the one that asks for the most years of school, its facts by their names;
    empty without any."""
    counted = _IN_SENTENCES.split("\n".join(_sentences(template, fragments=False)))
    named = _IN_SENTENCES.split("\n".join(_sentences(template, fragments=False, named=True)))
    long = [pair for pair in zip(counted, named, strict=True) if len(_WORD.findall(pair[0])) >= _LEAST_WORDS]
    return max(long, key=lambda pair: measure([pair[0]]).grade, default=("", ""))[1].strip()


def syllables(word: str) -> int:
    """Spoken syllables of an English word, at least 1."""
    plain = re.sub(r"['’](?:s|d|m|t|ll|re|ve)?$", "", word.lower())
    return _KNOWN.get(plain) or max(1, _by_rule(plain))


def _by_rule(word: str) -> int:
    count = len(_VOWELS.findall(word)) + len(_TWO_VOWELS.findall(word))
    if _SILENT_E.search(word) and not _SPOKEN_END.search(word):
        count -= 1
    return count


def _count(text: str) -> tuple[int, int, int]:
    words = _WORD.findall(text)
    ends = len([piece for piece in _SENTENCE_END.split(text) if _WORD.search(piece)])
    return (ends if words else 0), len(words), sum(map(syllables, words))


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
