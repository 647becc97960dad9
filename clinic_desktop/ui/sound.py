"""What an alarm sounds like, and what is asked of the computer's speaker. The tones are worked out here: no
sound file, and none of them imitates a patient monitor.
"""

from array import array
from enum import StrEnum
from math import pi, sin
from typing import Protocol

from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

RATE = 44_100  # samples in a second
_LOUD = 0.6
_FADE = 0.012  # seconds in which a tone comes and goes, so that it does not click
_PAUSE = 0.06


class Tune(StrEnum):
    CHECK = "a late check"
    LIMIT = "a limit"
    HELP = "help"


# Hertz and seconds, one after the other.
_NOTES: dict[Tune, tuple[tuple[float, float], ...]] = {
    Tune.CHECK: ((659.3, 0.22), (523.3, 0.34)),
    Tune.LIMIT: ((523.3, 0.18), (659.3, 0.18), (784.0, 0.36)),
    Tune.HELP: ((659.3, 0.14), (784.0, 0.14), (987.8, 0.22)) * 2,
}


class Trouble(StrEnum):
    """Why nobody would hear anything."""

    NO_DEVICE = "no device"
    MUTED = "muted"
    UNABLE = "unable"


_WORDS = {
    Trouble.NO_DEVICE: QT_TR_NOOP("This computer has no sound device."),
    Trouble.MUTED: QT_TR_NOOP("This computer's sound is muted."),
    Trouble.UNABLE: QT_TR_NOOP("On this kind of computer the program has no sound."),
}


class Speaker(Protocol):
    """Both answer what is wrong, None where nothing is known to be. Asked off the GUI thread."""

    def play(self, tune: Tune) -> Trouble | None:
        """Play it to its end."""
        ...

    def trouble(self) -> Trouble | None: ...


class Silent:
    """For windows that make no sound and miss none: pictures, and tests."""

    def play(self, _tune: Tune) -> Trouble | None:
        return None

    def trouble(self) -> Trouble | None:
        return None


def trouble_words(trouble: Trouble) -> str:
    """What is wrong, and what follows from it."""
    return f"{tr(_WORDS[trouble])} {tr('Alarms do not sound here; their banner comes earlier.')}"


def samples(tune: Tune) -> bytes:
    """16-bit samples of one channel, in the order of this computer's bytes."""
    made = array("h")
    for hertz, seconds in _NOTES[tune]:
        count, fade = round(seconds * RATE), round(_FADE * RATE)
        for n in range(count):
            loud = _LOUD * min(1.0, n / fade, (count - n) / fade)
            made.append(round(32_767 * loud * sin(2 * pi * hertz * n / RATE)))
        made.extend([0] * round(_PAUSE * RATE))
    return made.tobytes()
