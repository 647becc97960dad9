"""The computer's speaker. The library is imported when a sound, or whether there can be one, is first asked
for: the program starts without it, and runs where it is missing.
"""

import subprocess
import sys
from collections.abc import Generator
from importlib import import_module
from threading import Event, Lock
from types import ModuleType

from clinic_desktop.foundation.other_programs import plain_environment
from clinic_desktop.ui.sound import RATE, Trouble, Tune, samples

_NO_SPEAKER = "Discard all samples"  # ALSA's way out where there is no card
_NULL = "null"  # what the library plays into where there is no sound at all
_ASKED_FOR = 2  # seconds that the system may take to say whether it is muted
_IN_FLIGHT = 3  # lumps that the device has taken and not sounded yet
_LONGEST = 5  # seconds until a tune is given up

# How a system is asked whether its sound is off, and the answer that means yes. Windows has no such command:
# there nobody is told, and the sound test shows it.
_MUTED = {
    "linux": (("pactl", "get-sink-mute", "@DEFAULT_SINK@"), "yes"),
    "darwin": (("osascript", "-e", "output muted of (get volume settings)"), "true"),
}


class ComputerSpeaker:
    """Plays one tune at a time; the device is open only meanwhile."""

    def __init__(self) -> None:
        self._lock = Lock()

    def trouble(self) -> Trouble | None:
        audio = _library()
        if audio is None:
            return Trouble.UNABLE
        if not _has_device(audio):
            return Trouble.NO_DEVICE
        return Trouble.MUTED if muted() else None

    def play(self, tune: Tune) -> Trouble | None:
        with self._lock:
            found, audio = self.trouble(), _library()
            if audio is None or found not in (None, Trouble.MUTED):
                return found
            try:
                _play(audio, tune)
            except audio.MiniaudioError:
                return Trouble.NO_DEVICE
            return found


def _library() -> ModuleType | None:
    """None where there is no wheel of it. To import it takes a tenth of a second."""
    try:
        return import_module("miniaudio")
    except (ImportError, OSError):
        return None


def _has_device(audio: ModuleType) -> bool:
    try:
        devices = audio.Devices()
        there = devices.get_playbacks()
    except audio.MiniaudioError:
        return False
    real = [one for one in there if not str(one["name"]).startswith(_NO_SPEAKER)]
    return bool(real) and devices.backend.lower() != _NULL


def _play(audio: ModuleType, tune: Tune) -> None:
    over = Event()

    def stream() -> Generator[bytes, int, None]:
        left = memoryview(samples(tune))
        frames = yield b""
        while left:
            size = 2 * frames
            frames = yield bytes(left[:size]).ljust(size, b"\0")
            left = left[size:]
        for _ in range(_IN_FLIGHT):
            frames = yield bytes(2 * frames)
        over.set()

    source = stream()
    next(source)
    with audio.PlaybackDevice(nchannels=1, sample_rate=RATE, app_name="Clinic Desktop") as device:
        device.start(source)
        over.wait(_LONGEST)


def muted() -> bool:
    """Whether the system says that its sound is off; False where it does not tell."""
    asked = _MUTED.get(sys.platform)
    if asked is None:
        return False
    command, yes = asked
    try:
        done = subprocess.run(  # noqa: S603 - one of the two lines above, nothing of anybody's
            command, capture_output=True, text=True, timeout=_ASKED_FOR, check=False, env=plain_environment()
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0 and yes in done.stdout.lower()
