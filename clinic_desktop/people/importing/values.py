"""What lists write for sex, for a language, and for nothing at all."""

from clinic_desktop.people.folding import fold
from clinic_desktop.people.languages import LANGUAGES
from clinic_desktop.people.model import Sex

# Written where a cell should be empty.
NOTHING = frozenset(("-", "--", "?", "n/a", "na", "nil", "none", "null", "unknown", "not provided", "#n/a"))

_SEXES = {
    Sex.FEMALE: "f female w woman weiblich femenino mujer femme",
    Sex.MALE: "m male man mannlich masculino hombre homme",
    Sex.OTHER: "x o other another nonbinary non-binary diverse divers intersex d",
    Sex.UNKNOWN: "u unknown undisclosed undifferentiated",
}
_SEX_OF = {word: sex for sex, words in _SEXES.items() for word in words.split()}

_OWN_NAMES = {
    "eng": "en", "spa": "es", "espanol": "es", "castellano": "es", "deutsch": "de", "francais": "fr",
    "chinese": "zh", "zho": "zh", "chi": "zh", "vie": "vi", "kor": "ko", "rus": "ru", "por": "pt",
    "portugues": "pt", "farsi": "fa", "tagalog": "tl", "filipino": "tl", "asl": "ase",
}  # fmt: skip
_LANGUAGE_OF = {**{fold(name): code for code, name in LANGUAGES.items()}, **_OWN_NAMES}


def sex_of(text: str) -> Sex | None:
    """The sex a cell names, or None when it is something else."""
    return _SEX_OF.get(fold(text))


def language_of(text: str) -> str | None:
    """The code of the language a cell names: "Spanish", "es", "es-MX"; None when it is not known."""
    folded = fold(text)
    code = folded.replace("_", "-").partition("-")[0]
    return code if code in LANGUAGES else _LANGUAGE_OF.get(folded)
