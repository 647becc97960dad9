"""The printed recovery key: 35 signs in seven groups, each with a sign that tells a mistyped group.

The signs are digits and capital letters without I, L, O and U; when they are typed all the same, they are
read as what they look like.
"""

import secrets

from clinic_desktop.foundation.errors import EnvironmentFailure

GROUPS, GROUP = 7, 5
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_BETWEEN = frozenset(" -\t\n\r\u2010\u2011\u2012\u2013\u2014.")
_FIELD = 0b100101  # x^5 + x^2 + 1: sums in this field see every changed sign and every two that were swapped

NOT_ONE = (
    "A recovery key has {groups} groups of {size} signs; this has {signs} signs. "
    "Type it as it stands on paper."
)
# What was typed is no part of it: it would stand in clear on a screen that hides it while it is typed.
MISTYPED = "Group {group} of the recovery key is mistyped. Compare it with the paper."


class Mistyped(EnvironmentFailure):
    """What was typed is no recovery key: it says which group to look at."""


def new_recovery_key() -> str:
    """140 random bits, as they are printed: ``4F7QX-9K2MB-...``."""
    groups = ([secrets.randbelow(32) for _ in range(GROUP - 1)] for _ in range(GROUPS))
    return "-".join(
        "".join(_SIGNS[one] for one in (*group, _check(group, place))) for place, group in enumerate(groups)
    )


def signs_of(typed: str) -> str:
    """What was typed without blanks and hyphens, in capitals, look-alikes read as what they look like."""
    return "".join(one for one in typed.upper() if one not in _BETWEEN).translate(_LOOK_ALIKE)


def looks_like_one(typed: str) -> bool:
    """Whether somebody meant a recovery key rather than a passphrase."""
    signs = signs_of(typed)
    return len(signs) == GROUPS * GROUP and set(signs) <= set(_SIGNS)


def read_recovery_key(typed: str) -> str:
    """The key as it was printed; raises :class:`Mistyped`."""
    signs = signs_of(typed)
    if len(signs) != GROUPS * GROUP:
        raise Mistyped(NOT_ONE.format(groups=GROUPS, size=GROUP, signs=len(signs)))
    groups = [signs[at : at + GROUP] for at in range(0, len(signs), GROUP)]
    for place, group in enumerate(groups):
        values = [_SIGNS.find(one) for one in group]
        if -1 in values or values[-1] != _check(values[:-1], place):
            raise Mistyped(MISTYPED.format(group=place + 1))
    return "-".join(groups)


def _check(values: list[int], place: int) -> int:
    total = place + 1  # the groups stand in their order
    for value in values:
        total = _doubled(total ^ value)
    return total


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value & 0b100000 else value
