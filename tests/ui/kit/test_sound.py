"""The tones, and what is said where none can be heard. No test needs a sound device."""

import subprocess
import sys
from array import array
from collections.abc import Generator
from pathlib import Path
from types import SimpleNamespace

import pytest

from clinic_desktop.ui import sound_device
from clinic_desktop.ui.sound import RATE, Trouble, Tune, samples, trouble_words
from clinic_desktop.ui.sound_device import ComputerSpeaker, muted


class Wrong(Exception):
    """What the library raises."""


class Devices:
    """The library's list of devices, with one of this name."""

    def __init__(self, name: str, backend: str) -> None:
        self.name, self.backend = name, backend

    def get_playbacks(self) -> list[dict[str, str]]:
        return [{"name": self.name}] if self.name else []


class Device:
    """An opened device that takes what it is given in lumps, as the library's thread does."""

    def __init__(self, taken: list[bytes]) -> None:
        self._taken = taken

    def __enter__(self) -> "Device":
        return self

    def __exit__(self, *_what: object) -> None:
        pass

    def start(self, source: Generator[bytes, int, None]) -> None:
        while True:
            try:
                self._taken.append(source.send(4_410))
            except StopIteration:
                return


def library(name: str = "Speakers", backend: str = "WASAPI", taken: list[bytes] | None = None) -> object:
    def opened(**_more: object) -> Device:
        if taken is None:
            raise Wrong
        return Device(taken)

    return SimpleNamespace(
        MiniaudioError=Wrong, Devices=lambda: Devices(name, backend), PlaybackDevice=opened
    )


@pytest.fixture(autouse=True)
def loud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_device, "muted", lambda: False)


def use(monkeypatch: pytest.MonkeyPatch, made: object) -> ComputerSpeaker:
    monkeypatch.setattr(sound_device, "_library", lambda: made)
    return ComputerSpeaker()


@pytest.mark.parametrize("tune", Tune)
def test_a_tune_is_short_never_clips_and_begins_and_ends_in_silence(tune: Tune) -> None:
    made = array("h", samples(tune))
    assert 0.4 < len(made) / RATE < 2
    assert 10_000 < max(made) < 25_000
    assert (made[0], made[-1]) == (0, 0)


def test_the_three_are_told_apart() -> None:
    assert len({samples(tune) for tune in Tune}) == 3


@pytest.mark.parametrize("trouble", Trouble)
def test_what_is_wrong_is_said_with_what_follows(trouble: Trouble) -> None:
    assert trouble_words(trouble).endswith("Alarms do not sound here; their banner comes earlier.")


@pytest.mark.parametrize(
    ("made", "trouble"),
    [
        (None, Trouble.UNABLE),
        (library(""), Trouble.NO_DEVICE),
        (library("NULL Playback Device", "Null"), Trouble.NO_DEVICE),
        (library("Discard all samples (playback) or generate zero samples (capture)"), Trouble.NO_DEVICE),
        (library(), None),
    ],
)
def test_no_library_and_no_device_are_known(
    monkeypatch: pytest.MonkeyPatch, made: object, trouble: Trouble | None
) -> None:
    speaker = use(monkeypatch, made)
    assert speaker.trouble() is trouble


def test_the_whole_tune_is_played(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[bytes] = []
    assert use(monkeypatch, library(taken=taken)).play(Tune.LIMIT) is None
    assert b"".join(taken).startswith(samples(Tune.LIMIT))
    assert {len(one) for one in taken} == {8_820}


def test_a_device_that_does_not_open_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert use(monkeypatch, library()).play(Tune.HELP) is Trouble.NO_DEVICE


def test_what_is_muted_is_played_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[bytes] = []
    monkeypatch.setattr(sound_device, "muted", lambda: True)
    speaker = use(monkeypatch, library(taken=taken))
    assert (speaker.trouble(), speaker.play(Tune.HELP)) == (Trouble.MUTED, Trouble.MUTED)
    assert taken


@pytest.mark.parametrize(
    ("platform", "answer", "code", "off"),
    [
        ("linux", "Mute: yes\n", 0, True),
        ("linux", "Mute: no\n", 0, False),
        ("linux", "", 1, False),
        ("darwin", "true\n", 0, True),
        ("darwin", "missing value\n", 0, False),
        ("win32", "", 0, False),
    ],
)
def test_muted_where_the_system_tells(
    monkeypatch: pytest.MonkeyPatch, platform: str, answer: str, code: int, off: bool
) -> None:
    def ran(*_what: object, **_more: object) -> object:
        return SimpleNamespace(returncode=code, stdout=answer)

    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(subprocess, "run", ran)
    assert muted() is off


def test_a_system_without_the_command_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_what: object, **_more: object) -> object:
        raise FileNotFoundError

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(subprocess, "run", missing)
    assert muted() is False


def test_the_library_is_not_imported_before_it_is_asked_for() -> None:
    code = "import sys, clinic_desktop.ui.sound_device; sys.exit('miniaudio' in sys.modules)"
    root = Path(sound_device.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=root).returncode == 0
