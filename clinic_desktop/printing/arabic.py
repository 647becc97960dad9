"""Arabic letters joined to their neighbours, as the shapes that a font has under code points of their own."""

from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from arabic_reshaper import ArabicReshaper  # type: ignore[import-untyped]  # it comes without types

_FIRST, _LAST = "\u0600", "\u08ff"


def join(text: str) -> str:
    """The text with each letter in the shape that its place asks for, still in the order it is read."""
    joined: str = _reshaper().reshape(text)
    return joined


@lru_cache(maxsize=1024)
def can_join(letter: str) -> bool:
    """Whether the shapes of a letter are known. Some of Pashto, Sindhi and Kurdish have none: they
    would stand unjoined, so they are not printed."""
    return not _FIRST <= letter <= _LAST or category(letter) != "Lo" or letter in _reshaper().letters


@lru_cache(maxsize=1)
def _reshaper() -> "ArabicReshaper":
    # loaded with the first Arabic word, not with the program
    from arabic_reshaper import ArabicReshaper  # noqa: PLC0415

    return ArabicReshaper({"delete_harakat": False, "support_zwj": False})
