"""Names as they are compared: without case, accents and width, in any script."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Letters Unicode does not take apart, as people type them who lack the key.
_PLAIN = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        "ŋ": "n",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
        "ƴ": "y",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "\u02bb": "'",
        "\u02bc": "'",
        "\u02b9": "'",
        "\u2019": "'",
        "\u2018": "'",
        "\u0640": None,  # Arabic stretching line
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u00ad": None,
    }
)
# Combining classes of accents and of Hebrew and Arabic points. Vowel signs and viramas of Indic and
# south-east Asian scripts, and the Japanese voicing mark, have other classes: they tell names apart.
_NO_DIGIT = re.compile(r"\D+")
_ACCENTS = frozenset(range(10, 36)) | frozenset(range(202, 241)) | {1}


def fold(text: str) -> str:
    """The text in small letters without accents; stays the same when folded again."""
    return text.lower() if text.isascii() else _fold_unicode(text)


@lru_cache(maxsize=4096)
def _fold_unicode(text: str) -> str:
    bare = _without_accents(unicodedata.normalize("NFKD", text)).casefold()
    bare = _without_accents(unicodedata.normalize("NFKD", bare)).translate(_PLAIN)
    return unicodedata.normalize("NFKD", bare)


def _without_accents(decomposed: str) -> str:
    return "".join(c for c in decomposed if unicodedata.combining(c) not in _ACCENTS)


def words(text: str) -> tuple[str, ...]:
    """The folded words of a name. A word with a sign inside counts whole and in its parts:
    O'Brien is obrien, o and brien."""
    return tuple(dict.fromkeys(_words(fold(text))))


def _words(folded: str) -> Iterator[str]:
    for chunk in folded.split():
        found = parts(chunk)
        yield from found
        if len(found) > 1:
            yield "".join(found)


def parts(chunk: str) -> list[str]:
    """What stands between signs and blanks in folded text."""
    if chunk.isalnum():
        return [chunk]
    return "".join(c if is_word_sign(c) else " " for c in chunk).split()


def is_word_sign(character: str) -> bool:
    """A letter, a digit, or a mark that belongs to a letter."""
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def squeezed(text: str) -> str:
    """The folded text without blanks and signs: "Van der Merwe" is vandermerwe."""
    folded = fold(text)
    return folded if folded.isalnum() else "".join(c for c in folded if is_word_sign(c))


def digits(text: str) -> str:
    """The digits of a phone number, in ASCII, without the country code 1 of an 11-digit number."""
    found = _NO_DIGIT.sub("", text)
    if not found.isascii():
        found = "".join(str(unicodedata.digit(c)) for c in found)
    return found[1:] if len(found) == 11 and found[0] == "1" else found
