"""What a text for others than the patient must not say: what was given, or why.

Whoever takes the patient home reads neither the drug nor the illness, in any language.
"""

import re
from collections.abc import Iterator

from clinic_desktop.aftercare.values import SheetKind

FOR_OTHERS = frozenset({SheetKind.ESCORT.value, SheetKind.COURSE_CARD.value})
"""The kinds that somebody else than the patient reads, or finds in a lost wallet."""

_EVERYWHERE = ("ketamin", "esketamin", "spravato", "mg", "ptsd")
_BEGIN: dict[str, tuple[str, ...]] = {
    "en": ("infusion", "injection", "nasal", "dose", "depressi"),
    "es": ("infusi", "inyecci", "nasal", "dosis", "depresi"),
    "ru": (
        "кетамин",
        "эскетамин",
        "справат",
        "капельниц",
        "инфузи",
        "укол",
        "инъекц",
        "доз",
        "депресс",
        "мг",
    ),
    "ht": ("sewòm", "piki", "dòz", "depresyon"),
}
"""Beginnings of words."""

_INSIDE: dict[str, tuple[str, ...]] = {
    "vi": ("truyền thuốc", "tiêm", "thuốc xịt", "liều", "trầm cảm"),
    "zh-Hans": ("氯胺酮", "输液", "注射", "打针", "鼻喷", "剂量", "毫克", "抑郁"),
    "ko": ("케타민", "스프라바토", "주입", "주사", "스프레이", "용량", "우울"),
    "ar": ("كيتامين", "سبرافاتو", "تسريب", "حقن", "جرع", "بخاخ", "اكتئاب", "ملغ"),
}
"""Where words are not parted by spaces, are made of several, or take something before them."""

_WORD = re.compile(r"[^\W\d_]+")


def private_words(kind: str, language: str, text: str) -> Iterator[str]:
    """What in a line nobody but the patient should read; nothing for a sheet of the patient's own."""
    if kind not in FOR_OTHERS:
        return
    said = text.casefold()
    beginnings = _EVERYWHERE + _BEGIN.get(language, ())
    yield from (word for word in _WORD.findall(said) if word.startswith(beginnings))
    yield from (words for words in _INSIDE.get(language, ()) if words in said)
