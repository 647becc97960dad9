"""How long somebody waits after tries that failed. Pure; the counting is in the account's row."""

from datetime import datetime, timedelta

FREE_TRIES = 3  # a slip, Caps Lock, and yesterday's password
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=15)
PIN_TRIES = 3  # then the password is asked: a PIN of four digits is soon guessed


def wait_after(failures: int) -> timedelta:
    """How long after the last of so many failures: nothing, then 15 seconds, doubled each time up to 15
    minutes."""
    over = failures - FREE_TRIES
    if over < 0:
        return timedelta()
    return min(FIRST_WAIT * (1 << min(over, 10)), LONGEST_WAIT)


def still_to_wait(failures: int, last: datetime | None, now: datetime) -> timedelta:
    """How long is left. A clock that was set back makes it neither shorter nor longer than the whole wait."""
    whole = wait_after(failures)
    if last is None or not whole:
        return timedelta()
    return max(timedelta(), whole - max(now - last, timedelta()))
