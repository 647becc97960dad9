"""A large file is read behind the window, and holds up nothing else; damage stands in red and stays."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.ui import damage_banner, operations
from clinic_desktop.ui.banner import BannerAction
from clinic_desktop.ui.damage_banner import DamageBanner
from clinic_desktop.ui.operations import BEHIND, run
from clinic_desktop.ui.shell import Shell


class LargeFile:
    """Read for as long as the test lets it; then it is as sound as it was made."""

    def __init__(self, *, sound: bool) -> None:
        self.damaged, self._sound = False, sound
        self.began, self.end = threading.Event(), threading.Event()

    def read_whole(self) -> None:
        self.began.set()
        assert self.end.wait(60)
        if not self._sound:
            self.damaged = True
            raise StoreRefused("The clinic's file is damaged.")


def damage(shell: Shell) -> list[str]:
    return [one.title for one in shell.banners.banners() if one.id == damage_banner.ID]


def test_while_a_large_file_is_read_what_is_kept_behind_the_window_goes_on(
    qtbot: QtBot, shell: Shell
) -> None:
    """The day's copy for the floor, for one: it is wanted most when a file or its disk fails."""
    file, kept = LargeFile(sound=True), list[str]()
    DamageBanner(shell, file, (), shell).start()
    qtbot.waitUntil(file.began.is_set)
    try:
        run(shell, lambda: "the day", kept.append, pool=BEHIND)
        qtbot.waitUntil(lambda: kept == ["the day"], timeout=5_000)
    finally:
        file.end.set()
    qtbot.waitUntil(lambda: not operations.running_count())
    assert damage(shell) == []


def test_damage_that_is_found_behind_the_window_stands_in_red_with_what_helps(
    qtbot: QtBot, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damage_banner, "EVERY_MS", 600_000)  # the read alone tells
    file, pressed = LargeFile(sound=False), list[str]()
    restore = BannerAction("Restore ...", lambda: pressed.append("restore"))
    DamageBanner(shell, file, (restore,), shell).start()
    file.end.set()
    qtbot.waitUntil(lambda: not operations.running_count())
    assert damage(shell) == ["The clinic's file is damaged: nothing is saved"]
    (banner,) = [one for one in shell.banners.banners() if one.id == damage_banner.ID]
    banner.actions[0].handler()
    assert pressed == ["restore"]
    assert shell.notices.notices() == [], "it is said once"


def test_damage_that_somebody_at_work_meets_is_said_while_the_file_is_still_read(
    qtbot: QtBot, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damage_banner, "EVERY_MS", 10)
    file = LargeFile(sound=True)
    DamageBanner(shell, file, (), shell).start()
    qtbot.waitUntil(file.began.is_set)
    file.damaged = True
    qtbot.waitUntil(lambda: bool(damage(shell)))
    file.end.set()
    qtbot.waitUntil(lambda: not operations.running_count())
