"""What a password and a PIN must be: long enough, and not what anybody would try first.

No kinds of characters are asked for, and none grows old: that makes people write them down (NIST SP 800-63B).
"""

import re
import unicodedata
from collections.abc import Iterable

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.security import account_rules as rules

LEAST, MOST = 10, 256
PIN_LEAST, PIN_MOST = 4, 6
_OF_ITS_OWN = 6  # letters that a password has besides words that anybody would try
_SHORTEST_NAME = 3
# What stands most often in the lists of stolen passwords; what is hung on to them does not count.
_TRIED_FIRST = (
    "password", "passwort", "contrasena", "motdepasse", "passw", "passcode", "passphrase", "secret",
    "changeme", "welcome", "letmein", "iloveyou", "qwertyuiop", "qwertyui", "qwerty", "qwertz",
    "azerty", "asdfghjkl", "asdfgh", "asdf", "zxcvbnm", "zxcvbn", "qazwsxedc", "qazwsx", "abcdefghij",
    "abcdef", "abcabc", "abc", "administrator", "admin", "default", "guest", "master", "login", "root",
    "test", "user", "sunshine", "princess", "dragon", "monkey", "football", "baseball", "basketball",
    "superman", "batman", "shadow", "michael", "jordan", "jennifer", "charlie", "trustno", "starwars",
    "freedom", "whatever", "computer", "internet", "chocolate", "butterfly", "summer", "winter",
    "spring", "autumn", "january", "february", "march", "april", "june", "july", "august", "september",
    "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "medical", "doctor", "nurse", "clinic", "desktop", "clinicdesktop",
    "reception", "frontdesk", "hospital", "health", "office", "patient", "ketamine", "esketamine",
    "spravato", "infusion", "xxx",
)  # fmt: skip
_AS_LETTERS = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"})
_RUNS = ("01234567890" * 2, "09876543210" * 2, "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def must_be_good(password: str, names: Iterable[str]) -> None:
    """Raise :class:`BadInput` unless it is a good password. ``names``: the person's and the clinic's."""
    if found := weakness(password, names):
        raise BadInput({"password": found})


def weakness(password: str, names: Iterable[str]) -> Finding | None:
    """What is wrong with a password; None when all is well."""
    if len(password) < LEAST:
        return Finding(rules.PASSWORD_SHORT, {"least": LEAST})
    if len(password) > MOST:
        return Finding(rules.PASSWORD_LONG, {"most": MOST})
    plain = _folded(password)
    if _is_pattern(plain) or _little_besides(plain, _TRIED_FIRST):
        return Finding(rules.PASSWORD_GUESSED)
    own = [word for name in names for word in re.findall(r"[^\W\d_]+", _folded(name))]
    if _little_besides(plain, [*_TRIED_FIRST, *(one for one in own if len(one) >= _SHORTEST_NAME)]):
        return Finding(rules.PASSWORD_NAMES)
    return None


def must_be_pin(pin: str) -> None:
    """Raise :class:`BadInput` unless it is a PIN that is not tried first."""
    if not (PIN_LEAST <= len(pin) <= PIN_MOST and pin.isascii() and pin.isdigit()):
        raise BadInput({"pin": Finding(rules.PIN_FORM, {"least": PIN_LEAST, "most": PIN_MOST})})
    if _is_pattern(pin) or pin in ("2580", "0852", "1004"):  # down the middle of the keys, and back
        raise BadInput({"pin": Finding(rules.PIN_EASY)})


def _folded(text: str) -> str:
    """Small letters without their accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def _is_pattern(text: str) -> bool:
    """One part again and again, or a run of the alphabet, the digits or the keyboard."""
    return re.fullmatch(r"(.{1,4}?)\1+.{0,3}", text) is not None or any(text in run for run in _RUNS)


def _little_besides(plain: str, words: Iterable[str]) -> bool:
    """Whether little of it is left without such words; only where there is one."""
    known = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    core = re.sub(r"^[^a-z]+|[^a-z]+$", "", plain)  # "p@ssw0rd!2026" is read as "password"
    for text in (plain, core.translate(_AS_LETTERS), plain.translate(_AS_LETTERS)):
        rest = re.sub(known, "", text)
        if rest != text and sum(one.isalpha() for one in rest) < _OF_ITS_OWN:
            return True
    return False
