"""The printed code that lets somebody in who forgot the password.

Twenty letters in groups of five, such as ``HKWBT-QMRXA-DJNPS-EGFUV``: none of them looks like another or like
a digit. There are 23 of them, a prime: so the last letter, which checks the others by a weighted sum, tells
every single wrong letter and every two that changed places.
"""

import secrets
from dataclasses import dataclass, field

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.security import account_rules as rules

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH, GROUP = 20, 5
_PRIME = len(LETTERS)
_BETWEEN = " -–—.\t\n"  # what somebody types between groups


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """To be shown and printed once; what is kept is its hash."""

    letters: str = field(repr=False)

    @property
    def grouped(self) -> str:
        """As it is printed: "HKWBT-QMRXA-DJNPS-EGFUV"."""
        return "-".join(self.letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def new_code() -> RecoveryCode:
    """86 bits that nobody guesses, and a letter that tells slips."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH - 1))
    return RecoveryCode(drawn + next(one for one in LETTERS if _sum(drawn + one) == 0))


def read_code(typed: str) -> RecoveryCode:
    """The code that somebody typed, in whatever case and groups. Raises :class:`BadInput` for a slip."""
    letters = "".join(one for one in typed.upper() if one not in _BETWEEN)
    for one in letters:
        if one not in LETTERS:
            raise BadInput({"code": Finding(rules.CODE_LETTER, {"letter": one})})
    if len(letters) != LENGTH:
        raise BadInput({"code": Finding(rules.CODE_LENGTH, {"wanted": LENGTH, "typed": len(letters)})})
    if _sum(letters):
        raise BadInput({"code": Finding(rules.CODE_TYPO)})
    return RecoveryCode(letters)


def _sum(letters: str) -> int:
    return sum(at * LETTERS.index(one) for at, one in enumerate(letters, start=1)) % _PRIME
