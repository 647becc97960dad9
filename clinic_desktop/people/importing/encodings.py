"""Bytes of unknown origin as text."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000  # bytes that are looked at
_WESTERN = "cp1252"
_HIGH_RUNS = re.compile(rb"[\x80-\xff]+")
_SIGN_BESIDE_LETTER = re.compile(r"[^\W\d_]([^\x00-\x7f])|([^\x00-\x7f])[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text; how its bytes were read; and how many characters could not be."""

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The bytes as text, in the encoding if one is named.

    Otherwise what marks itself is believed first, then UTF-8, which hardly anything else
    looks like by chance, then Windows-1252 for lone accented letters among ASCII, as in names of a
    western list, then what statistics say."""
    encoding = encoding or _marked(data) or _unmarked(data)
    try:
        return Decoded(_plain(data.decode(encoding)), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        return Decoded(_plain(text), encoding, text.count("\ufffd"))


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\x00", "")


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _unmarked(data: bytes) -> str:
    if wide := _wide(data):
        return wide
    if _is_utf8(data):
        return "utf-8"
    guessed = _by_statistics(data)
    runs = [len(run) for run in _HIGH_RUNS.findall(data[:_SAMPLE])]
    mostly_alone = sum(length == 1 for length in runs) > len(runs) / 2
    if mostly_alone and not _odd(data):
        return _WESTERN
    return guessed


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: separators, digits and line ends leave zeros in every other place."""
    sample = data[: _SAMPLE & ~1]
    zeros = sample.count(0)
    if zeros < len(sample) / 100 or len(sample) < 4:
        return None
    odd = sample[1::2].count(0)
    encoding = "utf-16-le" if odd > zeros / 2 else "utf-16-be"
    text = sample.decode(encoding, errors="replace")
    stray = zeros - max(odd, zeros - odd)
    return encoding if stray <= zeros / 10 and "\n" in text and "\ufffd" not in text[:-1] else None


def _is_utf8(data: bytes) -> bool:
    """Also when a few characters among many good ones are damaged."""
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd") - data.count("\ufffd".encode())
    good = sum(not c.isascii() for c in text) - text.count("\ufffd") if damaged else 0
    return damaged * 10 <= good


def _odd(data: bytes) -> bool:
    """Whether Windows-1252 would put signs where a word has letters, as in "£ukasz"."""
    text = data[:_SAMPLE].decode(_WESTERN, errors="replace")
    beside = [c for pair in _SIGN_BESIDE_LETTER.findall(text) for c in pair if c]
    return any(unicodedata.category(c) in ("Sc", "So", "Sm", "Sk", "No", "Cc") for c in beside)


def _by_statistics(data: bytes) -> str:
    # A quarter of a second to import, and needed only for lists in old encodings.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else _WESTERN
