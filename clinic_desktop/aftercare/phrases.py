"""The few fixed words around a text: labels, footer, notices. One set per language of the texts.

All but the English ones are drafts until somebody who speaks the language has reviewed them.
"""

from clinic_desktop.aftercare.phrase_set import Phrases
from clinic_desktop.aftercare.phrases_in.arabic import ARABIC
from clinic_desktop.aftercare.phrases_in.chinese import CHINESE
from clinic_desktop.aftercare.phrases_in.english import ENGLISH
from clinic_desktop.aftercare.phrases_in.haitian import HAITIAN
from clinic_desktop.aftercare.phrases_in.korean import KOREAN
from clinic_desktop.aftercare.phrases_in.russian import RUSSIAN
from clinic_desktop.aftercare.phrases_in.spanish import SPANISH
from clinic_desktop.aftercare.phrases_in.vietnamese import VIETNAMESE
from clinic_desktop.foundation.words import LanguageMissing

PHRASES = {
    "en": ENGLISH,
    "es": SPANISH,
    "vi": VIETNAMESE,
    "ru": RUSSIAN,
    "zh-Hans": CHINESE,
    "ko": KOREAN,
    "ar": ARABIC,
    "ht": HAITIAN,
}


def phrases(language: str) -> Phrases:
    """The fixed words of a language; raises ``LanguageMissing``."""
    try:
        return PHRASES[language]
    except KeyError:
        raise LanguageMissing(language) from None
