"""The languages a patient may prefer, by ISO 639 code, with their English names."""

ENGLISH = "en"

_OTHERS = {
    "ase": "American Sign Language",
    "am": "Amharic",
    "ar": "Arabic",
    "hy": "Armenian",
    "bn": "Bengali",
    "my": "Burmese",
    "yue": "Cantonese",
    "ceb": "Cebuano",
    "hr": "Croatian",
    "cs": "Czech",
    "prs": "Dari",
    "nl": "Dutch",
    "fr": "French",
    "de": "German",
    "el": "Greek",
    "gu": "Gujarati",
    "ht": "Haitian Creole",
    "he": "Hebrew",
    "hi": "Hindi",
    "hmn": "Hmong",
    "ig": "Igbo",
    "ilo": "Ilocano",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "km": "Khmer",
    "rw": "Kinyarwanda",
    "ko": "Korean",
    "ku": "Kurdish",
    "lo": "Lao",
    "zh": "Mandarin",
    "mh": "Marshallese",
    "nv": "Navajo",
    "ne": "Nepali",
    "ps": "Pashto",
    "pdc": "Pennsylvania Dutch",
    "fa": "Persian",
    "pl": "Polish",
    "pt": "Portuguese",
    "pa": "Punjabi",
    "ro": "Romanian",
    "ru": "Russian",
    "sm": "Samoan",
    "sr": "Serbian",
    "so": "Somali",
    "sw": "Swahili",
    "sv": "Swedish",
    "tl": "Tagalog",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "ti": "Tigrinya",
    "to": "Tongan",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "yi": "Yiddish",
    "yo": "Yoruba",
}

# English and Spanish first: they are nearly every choice; the rest by name.
LANGUAGES: dict[str, str] = {ENGLISH: "English", "es": "Spanish", **_OTHERS}


# What is written, where that is more than a language.
_WRITINGS = {"zh-Hans": "Chinese (simplified)"}


def language_name(code: str) -> str:
    """The English name; an unknown code stands for itself."""
    return LANGUAGES.get(code) or _WRITINGS.get(code, code)
