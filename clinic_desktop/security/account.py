"""Somebody's account: what lets them in, and what was tried."""

from dataclasses import dataclass
from datetime import datetime

from clinic_desktop.foundation.secrets import NOTHING, Secret


@dataclass(frozen=True, slots=True)
class Account:
    """One for each person. What is secret are PHC texts, none where there is nothing.

    failures: tries with a password or a recovery code since the last that was right; pin_failures: those with
    the PIN. given: somebody else chose the password, which lets nobody in before it is changed. signed_in_at:
    desk -> when the password was given there last, as long as the PIN counts. factor: what the phone's codes
    are made from, sealed with the password; factor_step: the last code that was accepted.
    """

    id: int = 0
    version: int = 0
    staff_id: int = 0
    password: Secret = NOTHING
    pin: Secret = NOTHING
    recovery: Secret = NOTHING
    failures: int = 0
    last_failure: datetime | None = None
    pin_failures: int = 0
    signed_in_at: tuple[tuple[str, datetime], ...] = ()
    given: bool = False
    factor: Secret = NOTHING
    factor_step: int = 0
    active: bool = True
